//! The whole round of an administrator: roster → links → stale → revoked → undone, and the journal of it.

use serde_json::{Value, json};

use crate::console::{Console, ROSTER, TODAY, link, windows_1251};

#[test]
fn the_whole_round() {
    let console = Console::with_school();
    console.write("roster.csv", &windows_1251(ROSTER));
    let import = ["import", "school.sferum", "roster.csv", "--role", "student", "--json", TODAY];

    let preview = console.run(&[&import[..], &["--dry-run"]].concat()).expect(0).json();
    assert_eq!((&preview["applied"], &preview["journal_entry"]), (&json!(false), &Value::Null));
    let done = console.run(&import).expect(0).json();
    assert_eq!(done["plan"], preview["plan"], "the commit is exactly the preview");
    assert_eq!(done["plan"]["added"], 3);
    assert_eq!(done["applied"], true);
    assert_eq!(done["journal_entry"], 2);
    assert_eq!(done["source"]["encoding"], "windows-1251");
    assert_eq!(done["source"]["delimiter"], ";");
    assert_eq!(done["source"]["header_row"], 1);
    assert_eq!(done["skipped_columns"], json!(["СНИЛС"]));
    let again = console.run(&import).expect(0).json();
    assert_eq!(again["journal_entry"], Value::Null, "the same file again changes nothing");
    assert_eq!(again["plan"]["unchanged"], 3);

    let groups = console.run(&["groups", "school.sferum", "--json", TODAY]).expect(0).json();
    let seventh = groups.as_array().expect("an array").iter().find(|group| group["label"] == "7Б");
    assert_eq!(seventh.expect("7Б was created")["members"]["student"], 2);

    let add = ["link", "add", "school.sferum", "--group", "7 б", "--role", "student", TODAY];
    let url = link('a');
    let dates = ["--url", &url, "--issued", "25.08.2026", "--handed-over", "2026-08-30"];
    let added = console.run(&[&add[..], &dates].concat()).expect(0);
    assert!(!added.stdout.contains(&url), "addresses are masked");
    let observe =
        ["observe", "school.sferum", "--group", "7Б", "--role", "student", "--joined", "0", "--of", "2"];
    console.run(&[&observe[..], &["--on", "10 окт", TODAY]].concat()).expect(0);

    let flagged = console.run(&["links", "school.sferum", "--flagged", TODAY]).expect(10);
    assert!(
        flagged.stdout.contains("передана 43 дня назад, на 10 окт в классе никого из 2"),
        "{}",
        flagged.stdout
    );
    assert!(!flagged.stdout.contains(&url));
    let flags = console.run(&["links", "school.sferum", "--flagged", "--json", TODAY]).expect(10).json();
    assert_eq!(flags[0]["flags"][0]["rule"], "unclaimed");
    assert_eq!(flags[0]["flags"][0]["duty"], "2.3-9");
    // On the day before the threshold nothing is flagged.
    console.run(&["links", "school.sferum", "--flagged", "--today", "2026-09-05"]).expect(0);

    let revoke = ["link", "revoke", "school.sferum", "1", "--on", "2026-10-12", TODAY];
    let successor = console.run(&[&revoke[..], &["--successor", &link('b')]].concat()).expect(0);
    assert!(successor.stdout.contains("замена, в запасе"), "{}", successor.stdout);
    console.run(&["links", "school.sferum", "--flagged", TODAY]).expect(0);
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let links = console.run(&["links", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!((links.as_array().map(Vec::len), &links[0]["state"]), (Some(1), &json!("in_force")));

    let journal = console.run(&["journal", "school.sferum", "--json"]).expect(0);
    assert!(!journal.stdout.contains(&url), "addresses are masked in the journal");
    let journal = journal.json();
    let operations: Vec<&str> = journal
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|entry| entry["operation"].as_str())
        .collect();
    assert_eq!(operations, ["undo", "revoke_invites", "observe", "add_invites", "import", "found"]);
    assert_eq!(journal[1]["undone_by"], 6);
    let revoked = console.run(&["journal", "school.sferum", "5"]).expect(0);
    assert!(revoked.stdout.contains("никто не вступил"), "the reason in words: {}", revoked.stdout);
    let verified = console.run(&["verify", "school.sferum"]).expect(0);
    assert!(
        verified.stdout.contains("без пароля") && verified.stdout.contains("Файл цел"),
        "{}",
        verified.stdout
    );
}

#[test]
fn an_import_is_undone_by_parts() {
    let console = Console::with_people();
    let changes = console.run(&["journal", "school.sferum", "2", "--json"]).expect(0).json();
    let parts = changes[0]["changes"].as_array().expect("changes");
    let of_person = parts.iter().find(|change| change["kind"] == "person").expect("a person was added");
    let part = of_person["part"].to_string();
    console.run(&["undo", "school.sferum", "2", "--part", &part, TODAY]).expect(0);
    let people = console.run(&["people", "school.sferum", "--json"]).expect(0).json();
    assert_eq!(people.as_array().map(Vec::len), Some(2));
    console.run(&["undo", "school.sferum", "2", "--part", "9999", TODAY]).expect(1);
}

#[test]
fn a_link_of_a_chat_records_the_chat_once() {
    let console = Console::with_people();
    let add =
        ["link", "add", "school.sferum", "--group", "7Б", "--chat", "parents", "--role", "parent", TODAY];
    let (first, second) = (link('c'), link('d'));
    console.run(&[&add[..], &["--url", &first]].concat()).expect(0);
    console.run(&[&add[..], &["--url", &second]].concat()).expect(0);
    let groups = console.run(&["groups", "school.sferum", "--json", TODAY]).expect(0).json();
    let chats: Vec<&Value> = groups.as_array().into_iter().flatten().map(|group| &group["chats"]).collect();
    let parents = json!([{ "kind": "parents", "platform": "max", "state": "not_applicable" }]);
    assert!(chats.contains(&&parents), "{groups}");

    // A refused link must not leave a chat behind.
    let before = console.bytes("school.sferum");
    let again =
        ["link", "add", "school.sferum", "--group", "5А", "--chat", "parents", "--role", "parent", TODAY];
    let refused = console.run(&[&again[..], &["--url", &first]].concat()).expect(1);
    assert!(refused.stderr.contains("уже записана") && !refused.stderr.contains(&first));
    assert_eq!(console.bytes("school.sferum"), before);

    let shown = console.run(&["links", "school.sferum", "--show-addresses"]).expect(0);
    assert!(shown.stdout.contains(&first));
    let json = console.run(&["links", "school.sferum", "--show-addresses", "--json"]).expect(0).json();
    assert_eq!(json[0]["address"], first.as_str());
}

#[test]
fn an_address_that_invites_nobody_is_taken_with_a_warning() {
    let console = Console::with_people();
    let add = ["link", "add", "school.sferum", "--group", "7Б", "--role", "student", TODAY, "--url"];
    let warned = console.run(&[&add[..], &["https://max.ru/nobody"]].concat()).expect(0);
    assert!(warned.stderr.contains("а не приглашение"), "{}", warned.stderr);
    console.run(&[&add[..], &["not an address"]].concat()).expect(1);
}
