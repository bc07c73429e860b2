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
