//! The shapes of `--json`, key by key, over the sample school.

use serde_json::Value;

use crate::console::{Console, TODAY};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().map(|object| object.keys().map(String::as_str).collect()).unwrap_or_default()
}

#[test]
fn every_list_has_exactly_the_promised_keys() {
    let console = Console::new();
    console.run(&["sample", "made", TODAY]).expect(0);
    let list = |command: &str| {
        let list = console.run(&[command, "made/school.sferum", "--json", TODAY]).expect(0).json();
        assert!(list.as_array().is_some_and(|rows| !rows.is_empty()), "{command}");
        list
    };
    let groups = list("groups");
    assert_eq!(keys(&groups[0]), ["chats", "class_teacher", "id", "kind", "label", "members", "school_year"]);
    assert_eq!(keys(&groups[0]["members"]), ["employee", "parent", "student", "teacher"]);
    assert_eq!(keys(&groups[0]["chats"][0]), ["kind", "platform", "state"]);
    let people = list("people");
    assert_eq!(keys(&people[0]), ["full_name", "groups", "id", "participation", "roles"]);
    assert_eq!(keys(&people[0]["participation"][0]), ["as_of", "group", "role", "state"]);
    let duties = list("duties");
    assert_eq!(
        keys(&duties[0]),
        [
            "clause",
            "count",
            "duty",
            "left",
            "left_more",
            "looked_on",
            "next_because",
            "next_date",
            "ours",
            "proofs",
            "state",
            "time_to_look",
            "title",
        ]
    );
    let links = list("links");
    assert_eq!(keys(&links[0]), ["flags", "handed_over_on", "id", "issued_on", "role", "state", "target"]);
    let flagged =
        console.run(&["links", "made/school.sferum", "--flagged", "--json", TODAY]).expect(10).json();
    assert_eq!(keys(&flagged[0]["flags"][0]), ["act_by", "duty", "reason", "rule"]);
    assert!(links[0]["id"].is_u64());
    let mut rules: Vec<&str> = flagged
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|link| link["flags"].as_array().into_iter().flatten())
        .filter_map(|flag| flag["rule"].as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    assert_eq!(rules.len(), 10, "each of the ten rules holds in the sample: {rules:?}");
}

#[test]
fn every_roster_of_the_samples_can_be_planned() {
    let console = Console::new();
    console.run(&["sample", "made", TODAY]).expect(0);
    for (file, roster, role) in [
        ("school", "Контингент 2026.csv", Some("student")),
        ("school", "Сотрудники школы.txt", None),
        ("school", "Список 7Б.csv", Some("student")),
        ("school", "Родители 5А.csv", Some("student")),
        ("college", "Студенты колледжа.csv", None),
        ("college", "Сотрудники колледжа.txt", Some("employee")),
    ] {
        let (file, roster) = (format!("made/{file}.sferum"), format!("made/{roster}"));
        let mut arguments = vec!["import", file.as_str(), &roster, "--dry-run", "--json", TODAY];
        arguments.extend(role.map(|role| ["--role", role]).into_iter().flatten());
        let before = console.bytes(&file);
        let plan = console.run(&arguments).expect(0).json();
        assert_eq!(
            keys(&plan),
            [
                "adult_proposals",
                "applied",
                "assignments",
                "brake",
                "changes",
                "conflicts",
                "groups_created",
                "issues",
                "journal_entry",
                "plan",
                "rows",
                "skipped_columns",
                "source"
            ]
        );
        assert_eq!(keys(&plan["source"]), ["delimiter", "encoding", "format", "header_row", "sheet"]);
        assert_eq!(
            keys(&plan["plan"]),
            [
                "absent",
                "added",
                "ambiguous",
                "assignments",
                "conflicts",
                "departed",
                "moved",
                "parents_added",
                "renamed",
                "skipped",
                "unchanged",
                "updated"
            ]
        );
        assert!(
            plan["plan"]["unchanged"].as_u64() > plan["plan"]["added"].as_u64(),
            "{roster}: {}",
            plan["plan"]
        );
        for issue in plan["issues"].as_array().into_iter().flatten() {
            assert_eq!(keys(issue), ["code", "column", "message", "row", "severity"]);
        }
        assert_eq!(console.bytes(&file), before, "a dry run writes nothing");
    }
}

#[test]
fn people_are_chosen_by_group_and_role() {
    let console = Console::with_people();
    let count = |arguments: &[&str]| {
        let all = [&["people", "school.sferum", "--json", TODAY][..], arguments].concat();
        console.run(&all).expect(0).json().as_array().map(Vec::len)
    };
    assert_eq!(count(&[]), Some(3));
    assert_eq!(count(&["--group", "7Б"]), Some(2));
    assert_eq!(count(&["--group", "7Б", "--role", "teacher"]), Some(0));
    assert_eq!(count(&["--role", "student"]), Some(3));
    let text = console.run(&["people", "school.sferum", TODAY]).expect(0).stdout;
    assert!(text.contains("Канарейкина Юлия Олеговна") && text.contains("Всего: 3 человека"), "{text}");
}
