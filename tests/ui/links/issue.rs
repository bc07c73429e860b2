//! «Выпустить ссылки» by the keyboard alone.

use super::*;

/// The names of the fields in their order.
fn fields(console: &Console) -> Vec<String> {
    let nodes = console.harness.query_all_by_label_contains("Адрес ссылки: ");
    nodes.filter_map(|node| node.accesskit_node().label()).collect()
}

fn focused(console: &Console) -> String {
    let nodes: Vec<_> = console.harness.query_all_by_label_contains("Адрес ссылки: ").collect();
    let focused = nodes.iter().find(|node| node.accesskit_node().is_focused());
    focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

#[test]
fn addresses_are_pasted_one_after_another_without_the_mouse() {
    let mut console = open_issue(Setup::default());
    let count = register(&console).tables().invites.len();
    let names = fields(&console);
    assert!(names.len() > 4, "{names:?}");
    assert_eq!(focused(&console), names[0], "the first empty field has the focus");
    paste(&mut console, &address('a'));
    assert_eq!(focused(&console), names[1], "the focus moved on by itself");
    paste(&mut console, &address('b'));
    // The same again: named, and the focus stays.
    paste(&mut console, &address('a'));
    assert_eq!(focused(&console), names[2]);
    let first = names[0].trim_start_matches("Адрес ссылки: ");
    console.harness.get_by_label(&format!("Та же ссылка уже стоит выше: {first}"));
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    paste(&mut console, "https://max.ru/somebody");
    console.harness.get_by_label_contains("Это адрес профиля");
    console.harness.key_press(Key::ArrowDown);
    console.harness.run();
    let known =
        register(&console).tables().invites.values().next().expect("a link").address.as_str().to_owned();
    paste(&mut console, &known);
    console.harness.get_by_label_contains("Эта ссылка уже записана: ");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    console.harness.run();
    paste(&mut console, "https://clck.ru/3AbCdE");
    console.harness.get_by_label_contains("короткая копия");
    compare_picture(&mut console.harness, "links-issue-light");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    console.harness.run();
    console.harness.get_by_label_contains("Записаны 3 ссылки");
    assert_eq!(fields(&console).len(), names.len() - 3, "what is recorded leaves the page");
    let (session, _folder) = console.reopened();
    let added: Vec<Invite> = session.register().tables().invites.values().skip(count).cloned().collect();
    assert_eq!(added.len(), 3);
    assert!(added.iter().all(|invite| invite.state(TODAY) == InviteState::Reserve));
    assert!(added.iter().all(|invite| invite.issued_on == Some(TODAY)));
    assert_eq!(added[0].address.as_str(), address('a'));
}

#[test]
fn several_addresses_pasted_at_once_go_down_the_rows() {
    let mut console = open_issue(Setup::default());
    let names = fields(&console);
    paste(&mut console, &format!("{}\n{}\n{}", address('a'), address('b'), address('c')));
    assert_eq!(focused(&console), names[3]);
    console.harness.get_by_role_and_label(Seen::Button, "Сохранить 3 ссылки");
}

#[test]
fn drafts_stay_when_the_page_is_left_and_come_back_after_undo() {
    let mut console = open_issue(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    let names = fields(&console);
    paste(&mut console, &address('d'));
    compare_picture(&mut console.harness, "links-issue-dark");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    console.harness.key_press(Key::Escape);
    console.harness.run();
    console.harness.get_by_role_and_label(Seen::Button, "Новая ссылка");
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Выпустить ссылки").click();
    console.harness.run();
    console.harness.get_by_role_and_label(Seen::Button, "Сохранить 1 ссылку");
    assert_eq!(focused(&console), names[1]);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    console.harness.run();
    assert_eq!(fields(&console).len(), names.len() - 1);
    console.harness.key_press(Key::Escape);
    console.harness.run();
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    console.harness.run();
    if console.harness.query_by_label("Сохранить 1 ссылку").is_none() {
        press(&mut console, "Ещё: выпустить, раздать, документы");
        console.harness.get_by_role_and_label(Seen::MenuItem, "Выпустить ссылки").click();
        console.harness.run();
    }
    console.harness.get_by_role_and_label(Seen::Button, "Сохранить 1 ссылку");
    let kept = workspace(console, "issue-links").expect("the draft is in the file");
    assert!(kept.contains(&address('d')));
}

#[test]
fn what_is_lacking_is_copied_without_addresses() {
    let mut console = open_issue(Setup::default());
    let rows = fields(&console);
    paste(&mut console, &address('a'));
    let text = copied_by(&mut console, "Копировать для Excel");
    let lines: Vec<&str> = text.trim_end().split("\r\n").collect();
    assert_eq!(lines[0], "Класс\tРоль\tЧат\tВписано");
    assert!(lines.len() > rows.len(), "every row is there: {}", lines.len());
    assert!(lines[1].contains("aaaa") && !text.contains("https://"), "{text}");
}
