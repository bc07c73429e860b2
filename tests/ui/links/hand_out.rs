//! «Раздать классным»: the message on the clipboard and the hand-over in the file.

use sferum_console::register::HandOverWay;

use super::*;

fn reserve(register: &Register) -> Vec<InviteId> {
    let invites = register.tables().invites.values();
    invites
        .into_iter()
        .filter(|invite| invite.state(TODAY) == InviteState::Reserve)
        .map(|invite| invite.id)
        .collect()
}

fn copy_buttons(console: &Console) -> Vec<String> {
    let nodes = console.harness.query_all_by_label_contains("Скопировать сообщение: ");
    nodes.filter_map(|node| node.accesskit_node().label()).collect()
}

/// A school where one class has fresh links, on the page.
pub(super) fn with_fresh_links(setup: Setup) -> Console {
    let mut console = open_issue(setup);
    paste(&mut console, &format!("{}\n{}", address('a'), address('b')));
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    console.harness.run();
    console.harness.key_press(Key::Escape);
    console.harness.run();
    console.harness.key_press(Key::Escape);
    console.harness.run();
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Раздать классным").click();
    console.harness.run();
    console
}

#[test]
fn one_button_copies_the_message_and_records_the_hand_over() {
    let mut console = with_fresh_links(Setup::default());
    let before = reserve(register(&console));
    let handed: Vec<InviteId> = before
        .iter()
        .copied()
        .filter(|id| {
            let invite = register(&console).invite(*id).expect("known");
            let group = register(&console).group_of_target(invite.target);
            group.is_some_and(|group| register(&console).class_teachers(group, TODAY).next().is_some())
        })
        .collect();
    let first = *handed.first().expect("a class with a teacher has a link in reserve");
    let invite = register(&console).invite(first).expect("known").clone();
    let group = register(&console).group_of_target(invite.target).expect("a class");
    let teacher = register(&console).class_teachers(group, TODAY).next().expect("a teacher").person;
    let name = register(&console).person(teacher).expect("known").name.short();
    let label = format!("Скопировать сообщение: {name}");
    assert!(copy_buttons(&console).contains(&label), "{:?}", copy_buttons(&console));
    let text = copied_by(&mut console, &label);
    assert!(text.contains(invite.address.as_str()), "the whole address is in the message");
    assert!(text.contains("Вступать не обязательно"), "{text}");
    compare_picture(&mut console.harness, "links-hand-out-light");
    console.harness.get_by_label_contains("через классного");
    let now = register(&console).invite(first).expect("known").clone();
    let hand_over = now.handed_over.clone().expect("it is handed over");
    assert_eq!(
        (hand_over.on, hand_over.way, hand_over.to),
        (Some(TODAY), HandOverWay::ClassTeacher, Some(teacher))
    );
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    console.harness.run();
    assert_eq!(reserve(register(&console)), before, "one undo takes it back");
}

#[test]
fn the_schools_own_words_are_kept() {
    let mut console = with_fresh_links(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    compare_picture(&mut console.harness, "links-hand-out-dark");
    press(&mut console, "Изменить тексты сообщений");
    compare_picture(&mut console.harness, "links-hand-out-texts-dark");
    console.harness.get_by_role_and_label(Seen::MultilineTextInput, "Для ссылки родителям").focus();
    console.harness.run();
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut console, "Мамам и папам {класс}: {ссылка}");
    press(&mut console, "Сохранить тексты");
    let kept = workspace(console, "hand-out-texts").expect("the words are in the file");
    assert!(kept.contains("Мамам и папам"));
}

#[test]
fn the_table_is_copied_without_addresses() {
    let mut console = with_fresh_links(Setup::default());
    let text = copied_by(&mut console, "Копировать для Excel");
    let mut lines = text.split("\r\n");
    assert_eq!(lines.next(), Some("Классный руководитель\tКлассы\tСсылки\tСостояние"));
    let fresh = lines.filter(|line| line.ends_with(" отдать")).count();
    assert!(fresh > 0 && !text.contains("https://"), "{text}");
}
