//! `backup`, `backups`, `restore`, `verify --deep`.

use crate::console::{Console, TODAY};

fn backup(console: &Console) -> String {
    let made = console.run(&["backup", "school.sferum", "--json"]).expect(0).json();
    made["path"].as_str().expect("a path").to_owned()
}

#[test]
fn a_backup_is_listed_previewed_and_restored() {
    let console = Console::with_people();
    let path = backup(&console);
    let listed = console.run(&["backups", "school.sferum", "--json"]).expect(0).json();
    let newest = &listed[0];
    assert_eq!((newest["path"].as_str(), newest["opens"].as_bool()), (Some(path.as_str()), Some(true)));
    let link = ["link", "add", "school.sferum", "--group", "7Б", "--role", "student", TODAY];
    let url = ["--url", "https://max.ru/join/aaaaaaaaaaaaaaaa"];
    console.run(&[&link[..], &url[..]].concat()).expect(0);
    let before = console.bytes("school.sferum");
    let preview = console.run(&["restore", "school.sferum", &path, "--dry-run", "--json"]).expect(0).json();
    assert_eq!(preview["difference"]["discarded"]["count"], 1);
    assert_eq!(preview["difference"]["kinds"][0]["kind"], "invite");
    assert!(console.bytes("school.sferum") == before);
    let restored = console.run(&["restore", "school.sferum", &path]).expect(0);
    assert!(restored.stdout.contains("Восстановлено. Запись журнала № "), "{}", restored.stdout);
    assert!(restored.stdout.contains("до восстановления"), "{}", restored.stdout);
    assert_eq!(console.run(&["links", "school.sferum", "--json"]).expect(0).json(), serde_json::json!([]));
    let journal = console.run(&["journal", "school.sferum"]).expect(0);
    assert!(journal.stdout.contains("отброшено: 1 запись"), "{}", journal.stdout);
    let checked = console.run(&["verify", "school.sferum", "--deep"]).expect(0);
    assert!(
        checked.stdout.contains("Файл цел.") && checked.stdout.contains(": цела, "),
        "{}",
        checked.stdout
    );
}

#[test]
fn an_import_makes_a_backup_first_and_a_preview_none() {
    let console = Console::with_people();
    let count = |console: &Console| {
        let listed = console.run(&["backups", "school.sferum", "--json"]).expect(0).json();
        listed.as_array().expect("a list").len()
    };
    assert_eq!(count(&console), 1, "of before the first import");
    let import = ["import", "school.sferum", "roster.csv", "--role", "student", TODAY];
    console.run(&[&import[..], &["--dry-run"]].concat()).expect(0);
    assert_eq!(count(&console), 1);
    console.run(&import).expect(0);
    assert_eq!(count(&console), 2);
}

#[test]
fn a_damaged_or_lost_file_is_restored_and_what_cannot_be_is_said() {
    let console = Console::with_people();
    let path = backup(&console);
    let mut bytes = console.bytes("school.sferum");
    bytes[100..4090].fill(0x55);
    console.write("school.sferum", &bytes);
    console.run(&["groups", "school.sferum"]).expect(1);
    let restored = console.run(&["restore", "school.sferum", &path]).expect(0);
    assert!(restored.stdout.contains("повреждён"), "{}", restored.stdout);
    console.run(&["verify", "school.sferum"]).expect(0);
    std::fs::remove_file(console.path("school.sferum")).expect("removed");
    console.run(&["restore", "school.sferum", &path]).expect(0);
    console.run(&["verify", "school.sferum"]).expect(0);
    let before = console.bytes("school.sferum");
    console.run(&["new", "other.sferum", "--name", "Другая школа", TODAY]).expect(0);
    for (arguments, code, expected) in [
        (&["restore", "school.sferum", "other.sferum"][..], 1, "копия другого файла"),
        (&["restore", "school.sferum", "нет.sferum"], 1, "нет на месте"),
        (&["restore", "school.sferum", "roster.csv"], 1, "повреждена"),
        (&["restore", "school.sferum"], 2, "restore ФАЙЛ КОПИЯ"),
        (&["backup", "school.sferum", "--to", "флешка"], 1, "вынута флешка"),
        (&["backups", "school.sferum", "--to", "флешка"], 1, "вынута флешка"),
    ] {
        let ran = console.run(arguments).expect(code);
        assert!(ran.stderr.contains(expected), "{arguments:?}: {}", ran.stderr);
        assert!(console.bytes("school.sferum") == before, "{arguments:?}");
    }
    let help = console.run(&["restore", "--help"]).expect(0);
    assert!(help.stdout.contains("--dry-run") && help.stdout.contains("Резервные копии"));
}

#[test]
fn a_keyed_file_needs_its_password_for_everything() {
    let console = Console::new();
    let password = "очень длинный пароль\n";
    let run =
        |arguments: &[&str]| console.run_with_input(&[arguments, &["--password-stdin"]].concat(), password);
    run(&["new", "school.sferum", "--name", "Школа № 99", TODAY]).expect(0);
    let made = run(&["backup", "school.sferum", "--json"]).expect(0).json();
    let path = made["path"].as_str().expect("a path").to_owned();
    assert_eq!(made["encrypted"], true);
    let listed = console.run(&["backups", "school.sferum"]).expect(0);
    assert!(listed.stdout.contains("другой пароль"), "{}", listed.stdout);
    console.run(&["restore", "school.sferum", &path]).expect(1);
    run(&["restore", "school.sferum", &path]).expect(0);
    run(&["verify", "school.sferum", "--deep"]).expect(0);
}
