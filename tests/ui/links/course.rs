//! «Ход разбора»: the chart, the schedule, what teachers were asked for, past cleanups.

use super::*;

#[test]
fn the_course_of_cleanups_in_both_themes() {
    for (theme, name) in
        [(ThemePreference::Light, "links-course-light"), (ThemePreference::Dark, "links-course-dark")]
    {
        let mut console = open_page(Setup { theme, ..Setup::default() }, "Ход разбора");
        compare_picture(&mut console.harness, name);
    }
}

#[test]
fn the_schedule_is_changed_here_and_what_is_asked_of_teachers_stands_here() {
    let mut console = open_links(Setup::default());
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Space);
    console.harness.run();
    press(&mut console, "Поручить учителю: отмеченные ссылки, 1");
    press(&mut console, "Поручить 1 ссылку");
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Ход разбора").click();
    console.harness.run();
    let reminders: Vec<String> = console
        .harness
        .query_all_by_label_contains("Скопировать напоминание: ")
        .filter_map(|node| node.accesskit_node().label())
        .collect();
    let text = copied_by(&mut console, reminders.last().expect("somebody was asked"));
    assert!(text.contains("просили 12 окт") && !text.contains("https://"), "{text}");
    console.harness.get_by_role_and_label(Seen::ComboBox, "Как часто разбирать ссылки").click();
    console.harness.run();
    console.harness.get_by_label("каждые 5 недель").click();
    console.harness.run();
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().settings().cleanup_every_weeks, 5);
}

#[test]
fn from_the_list_through_the_cleanup_to_the_act() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Акт.docx");
    let mut console = open_links(Setup { chosen: vec![Some(path.clone())], ..Setup::default() });
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Space);
    console.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    console.harness.run();
    press(&mut console, "Аннулировать 2 ссылки");
    let buttons = console.harness.query_all_by_label("Аннулировать 2 ссылки");
    buttons.last().expect("the dialog is open").click();
    console.harness.run();
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Акт об аннулировании…").click();
    console.harness.run();
    compare_picture(&mut console.harness, "links-act-light");
    press(&mut console, "Сохранить акт");
    console.harness.get_by_label_contains("Акт сохранён, ");
    let bytes = std::fs::read(&path).expect("the act lies where it was asked for");
    assert!(bytes.starts_with(b"PK"), "a text document is a package");
}

#[test]
fn the_register_is_saved_without_addresses_unless_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Реестр");
    let mut console = open_links(Setup {
        theme: ThemePreference::Dark,
        chosen: vec![Some(path.clone())],
        ..Setup::default()
    });
    press(&mut console, "Ещё: выпустить, раздать, документы");
    compare_picture(&mut console.harness, "links-more-dark");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Реестр ссылок…").click();
    console.harness.run();
    compare_picture(&mut console.harness, "links-register-dark");
    console.harness.get_by_role_and_label(Seen::RadioButton, "Вид файла: CSV").click();
    console.harness.run();
    press(&mut console, "Сохранить реестр");
    console.harness.get_by_label_contains("Реестр ссылок сохранён, без адресов");
    let text = std::fs::read(path.with_extension("csv")).expect("the ending is added");
    let address =
        register(&console).tables().invites.values().next().expect("a link").address.as_str().to_owned();
    assert!(!text.windows(address.len()).any(|part| part == address.as_bytes()));
}
