//! The work beside the cabinet without a window: lists compared, requests, the summary, the click list, appeals.

use serde_json::{Value, json};

use crate::console::{CANARY, Console, TODAY, link};

const MEMBERS: &str = "3 участника\nКанарейкина Юлия Олеговна\nбыл(а) недавно\nКлавдия Незнакомая\n";

#[test]
fn a_list_is_compared_and_only_what_is_certain_applied() {
    let console = Console::with_people();
    let reconcile = ["reconcile", "school.sferum", "--group", "7Б", "--role", "student", "-", TODAY];
    let before = console.bytes("school.sferum");
    let read = console.run_with_input(&[&reconcile[..], &["--json"]].concat(), MEMBERS).expect(0).json();
    assert_eq!(before, console.bytes("school.sferum"), "without --apply-certain nothing changes");
    assert_eq!(read["present"][0]["line"], 2);
    assert_eq!(read["present"][0]["confidence"], "certain");
    assert_eq!(read["present"][0]["person"]["full_name"], "Канарейкина Юлия Олеговна");
    assert_eq!(read["missing"][0]["full_name"], "Осокин Пётр Ильич");
    assert_eq!((&read["strangers"], &read["ignored_lines"]), (&json!([4]), &json!([1, 3])));
    let keys = [
        "present",
        "several",
        "missing",
        "strangers",
        "left",
        "wrong_role",
        "wrong_group",
        "declined_present",
        "twice",
        "ignored_lines",
    ];
    assert!(keys.iter().all(|key| read.get(key).is_some()), "{read}");

    let apply = [&reconcile[..], &["--apply-certain", "--invite-missing"]].concat();
    let applied = console.run_with_input(&apply, MEMBERS).expect(0);
    assert!(applied.stdout.contains("Новых: 2 дела, закрыто: 0"), "{}", applied.stdout);
    let tasks = console.run(&["tasks", "school.sferum", "--json", TODAY]).expect(0).json();
    let sections: Vec<&Value> =
        tasks.as_array().expect("an array").iter().map(|task| &task["section"]).collect();
    assert_eq!(sections, ["Пригласить", "Уточнить"]);
    assert_eq!(tasks[1]["search_for"], "Клавдия Незнакомая");
    let journal = console.run(&["journal", "school.sferum", TODAY]).expect(0);
    assert!(journal.stdout.contains("Сверка: внутри 1, нет 1, не опознано 1"), "{}", journal.stdout);

    // The next list proves both done, in one entry that can be taken back.
    let both = "Канарейкина Юлия Олеговна\nОсокин Пётр Ильич";
    let applied = console.run_with_input(&[&reconcile[..], &["--apply-certain"]].concat(), both).expect(0);
    assert!(applied.stdout.contains("Новых: 0 дел, закрыто: 2"), "{}", applied.stdout);
    let tasks = |console: &Console| {
        console.run(&["tasks", "school.sferum", "--json", TODAY]).expect(0).json().as_array().map(Vec::len)
    };
    assert_eq!(tasks(&console), Some(0));
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    assert_eq!(tasks(&console), Some(2));
}

#[test]
fn steps_are_ticked_or_come_back_with_the_reason() {
    let console = Console::with_people();
    let reconcile = ["reconcile", "school.sferum", "--group", "7Б", "--role", "student", "-", TODAY];
    console
        .run_with_input(&[&reconcile[..], &["--apply-certain", "--invite-missing"]].concat(), MEMBERS)
        .expect(0);
    console.run(&["tasks", "school.sferum", "--failed", "1", TODAY]).expect(2);
    console.run(&["tasks", "school.sferum", "--done", "9", TODAY]).expect(1);
    let ran = console
        .run(&["tasks", "school.sferum", "--done", "2", "--failed", "1", "--why", "нет кнопки", TODAY])
        .expect(0);
    assert!(ran.stdout.contains("Сделано: 1 дело") && ran.stdout.contains("Не удалось: 1 дело"));
    let left = console.run(&["tasks", "school.sferum", TODAY]).expect(0);
    assert!(left.stdout.contains("не удалось 12 окт 2026: нет кнопки"), "{}", left.stdout);
    assert!(left.stdout.contains("Всего: 1 дело"), "{}", left.stdout);
}

#[test]
fn requests_are_read_judged_and_decided() {
    let console = Console::with_people();
    let add = ["request", "add", "school.sferum", "-", "--group", "7Б", "--role", "student", TODAY];
    console.run_with_input(&add, "Канарейкина Юлия Олеговна\nКлавдия Незнакомая\n").expect(0);
    let again = console.run_with_input(&add, "Клавдия Незнакомая").expect(1);
    assert!(again.stderr.contains("уже ждёт под № 2"), "{}", again.stderr);
    let one = ["request", "add", "school.sferum", "--name", "Пётр", "--group", "7Б", TODAY];
    assert!(console.run(&one).expect(1).stderr.contains("--role"));
    let waiting = console.run(&["requests", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!(waiting[0]["verdict"]["kind"], "ours");
    assert_eq!(waiting[1]["verdict"]["kind"], "unknown");
    let decide = |number: &'static str, how: &'static str| {
        ["request", "decide", "school.sferum", number, how, "--why", "по списку", TODAY]
    };
    console.run(&["request", "decide", "school.sferum", "1", TODAY]).expect(2);
    console.run(&decide("1", "--accept")).expect(0);
    console.run(&decide("1", "--decline")).expect(1);
    console.run(&decide("2", "--decline")).expect(0);
    let tasks = console.run(&["tasks", "school.sferum", TODAY]).expect(0);
    let accept = format!("Принять заявку в «7Б»: «{CANARY} Юлия Олеговна», ученик");
    assert!(tasks.stdout.contains(&accept), "{}", tasks.stdout);
    assert!(tasks.stdout.contains("Отклонить заявку в «7Б»: «Клавдия Незнакомая»"), "{}", tasks.stdout);
    assert!(
        console
            .run(&["requests", "school.sferum", TODAY])
            .expect(0)
            .stdout
            .contains("Ждут решения: 0 заявок")
    );
}

#[test]
fn fridays_summary_comes_from_pasted_answers() {
    let console = Console::with_people();
    console.write("answers.txt", "7Б 1 из 2, родители 0\nспасибо\n8Ю 20/20\n".as_bytes());
    let paste = ["summary", "school.sferum", "--paste", "answers.txt", TODAY];
    let ran = console.run(&[&paste[..], &["--json"]].concat()).expect(0);
    assert!(ran.stderr.contains("Строка 3 не взята: не понятно, какой класс"), "{}", ran.stderr);
    let rows = ran.json();
    let seventh = rows.as_array().and_then(|rows| rows.iter().find(|row| row["group"] == "7Б")).expect("7Б");
    assert_eq!((&seventh["students"]["inside"], &seventh["students"]["of"]), (&json!(1), &json!(2)));
    assert_eq!(seventh["parents"]["inside"], 0);
    let text = console.run(&["summary", "school.sferum", TODAY]).expect(0).stdout;
    assert!(text.contains("1 из 2") && text.contains("нет сведений"), "{text}");
    console.write("answers.txt", "спасибо".as_bytes());
    console.run(&paste).expect(1);
}

#[test]
fn links_are_recorded_by_a_list_handed_over_deferred_and_leaked() {
    let console = Console::with_people();
    let (pupils, parents) = (link('a'), link('b'));
    let list = format!("7Б ученики {pupils}\n7Б родители {parents}\n9Щ родители {}\n", link('c'));
    let added = console.run_with_input(&["link", "add-list", "school.sferum", "-", TODAY], &list).expect(0);
    assert!(added.stderr.contains("Строка 3 не взята"), "{}", added.stderr);
    assert!(!added.stdout.contains(&pupils) && !added.stderr.contains(&link('c')), "addresses are masked");
    let missing = console.run(&["link", "missing", "school.sferum", "--json", TODAY]).expect(0).json();
    let of_seventh = missing.as_array().expect("an array").iter().filter(|row| row["group"] == "7Б");
    assert_eq!(of_seventh.filter(|row| row["reserve"].is_u64()).count(), 2, "{missing}");
    let hand_over = ["link", "hand-over", "school.sferum", "1", "2", "--on", "01.09.2026", TODAY];
    assert!(console.run(&hand_over).expect(0).stdout.contains("передана 1 сен 2026"));
    let defer = ["link", "defer", "school.sferum", "2", "--until", "2026-10-20", "--why", "собрание", TODAY];
    assert!(console.run(&defer).expect(0).stdout.contains("отложена до 20 окт 2026"));
    let leaked = console.run(&["link", "leaked", "school.sferum", &pupils, TODAY]).expect(0);
    assert!(leaked.stdout.contains("Открывает: 7Б, ученики"), "{}", leaked.stdout);
    assert!(!leaked.stdout.contains(&pupils));
    let tasks = console.run(&["tasks", "school.sferum", TODAY]).expect(0).stdout;
    assert!(tasks.starts_with("Ссылки у посторонних\n  ссылка № 1"), "{tasks}");
    console.run(&["link", "leaked", "school.sferum", &link('d'), TODAY]).expect(1);
    console.run(&["link", "hand-over", "school.sferum", "77", TODAY]).expect(1);
}

#[test]
fn appeals_are_noted_answered_and_listed() {
    let console = Console::with_school();
    console.run(&["appeal", "add", "school.sferum", "--text", "Не приходит код", TODAY]).expect(0);
    console.run(&["appeal", "answer", "school.sferum", "1", TODAY]).expect(2);
    console.run(&["appeal", "answer", "school.sferum", "2", "--answer", "Помогли", TODAY]).expect(1);
    console.run(&["appeal", "answer", "school.sferum", "1", "--answer", "Помогли", TODAY]).expect(0);
    let appeals = console.run(&["appeals", "school.sferum", "--json", TODAY]).expect(0).json();
    assert_eq!(
        (&appeals[0]["answer"], &appeals[0]["answered_on"]),
        (&json!("Помогли"), &json!("2026-10-12"))
    );
    console.run(&["appeal", "withdraw", "school.sferum", "1", TODAY]).expect(0);
    assert!(console.run(&["appeal"]).expect(2).stderr.contains("appeal add"));
}
