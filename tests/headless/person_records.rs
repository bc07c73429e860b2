//! `duplicates`, `merge`, `apart`: records of one person.

use crate::console::{Console, TODAY, windows_1251};

/// One adult in two roles and two files, with one phone.
fn with_a_twin() -> Console {
    let console = Console::with_people();
    let staff = "Фамилия;Имя;Отчество;Должность;Телефон\r\nКанарейкина;Вера;Олеговна;учитель;89001000009\r\n";
    console.write("staff.csv", &windows_1251(staff));
    console.run(&["import", "school.sferum", "staff.csv", "--role", "teacher", TODAY]).expect(0);
    let parents = "Фамилия;Имя;Отчество;Телефон\r\nКанарейкина;Вера;Олеговна;89001000009\r\n";
    console.write("parents.csv", &windows_1251(parents));
    console.run(&["import", "school.sferum", "parents.csv", "--role", "parent", TODAY]).expect(0);
    console
}

fn pair(console: &Console) -> Option<(String, String)> {
    let found = console.run(&["duplicates", "school.sferum", "--json", TODAY]).expect(0).json();
    let first = found.as_array().expect("a list").first()?.clone();
    assert_eq!(first["certain"], true);
    assert_eq!(first["because"][0], "name_and_phone");
    Some((first["keep"]["id"].to_string(), first["merge"]["id"].to_string()))
}

#[test]
fn records_are_found_merged_and_brought_back() {
    let console = with_a_twin();
    let (keep, gone) = pair(&console).expect("a pair");
    let merged = console.run(&["merge", "school.sferum", &keep, &gone, TODAY]).expect(0);
    assert!(merged.stdout.contains("Запись журнала"), "{}", merged.stdout);
    assert_eq!(pair(&console), None);
    console.run(&["merge", "school.sferum", &keep, &gone, TODAY]).expect(1);
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    assert_eq!(pair(&console), Some((keep.clone(), gone.clone())));
    console.run(&["merge", "school.sferum", &keep, &keep, TODAY]).expect(1);
    console.run(&["merge", "school.sferum", "икс", &gone, TODAY]).expect(2);
    console.run(&["verify", "school.sferum"]).expect(0);
}

#[test]
fn certain_ones_are_merged_at_once_and_others_told_apart() {
    let console = with_a_twin();
    let (keep, gone) = pair(&console).expect("a pair");
    console.run(&["apart", "school.sferum", &gone, &keep, TODAY]).expect(0);
    assert_eq!(pair(&console), None);
    console.run(&["undo", "school.sferum", TODAY]).expect(0);
    let done =
        console.run(&["duplicates", "school.sferum", "--apply-certain", "--json", TODAY]).expect(0).json();
    assert!(done["merged_in_entry"].is_u64() && done["left"].as_array().is_some_and(Vec::is_empty), "{done}");
}
