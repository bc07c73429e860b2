//! «Ссылка утекла» from the pasted address to its end.

use super::*;

fn a_link_in_force(console: &Console) -> Invite {
    let invites = register(console).tables().invites.values();
    let mut invites = invites.into_iter().filter(|invite| {
        invite.state(TODAY) == InviteState::InForce
            && invite.role == Role::Parent
            && invite.exposure.is_none()
            && matches!(invite.target, Target::Chat(_))
    });
    invites.next().expect("the sample has one").clone()
}

#[test]
fn a_leaked_link_is_followed_to_its_end() {
    let mut console = open_page(Setup::default(), "Ссылка утекла");
    let leaked = a_link_in_force(&console);
    paste(&mut console, leaked.address.as_str());
    let masked = leaked.address.masked();
    console.harness.get_by_label_contains(&masked);
    compare_picture(&mut console.harness, "links-leaked-found-light");
    press(&mut console, "Это она");
    console.harness.get_by_role_and_label(Seen::TextInput, "Что случилось").focus();
    console.harness.run();
    type_text(&mut console, "переслали в чат двора");
    press(&mut console, "Записать, что утекла");
    console.harness.get_by_role_and_label(Seen::TextInput, "Новая ссылка").focus();
    console.harness.run();
    paste(&mut console, leaked.address.as_str());
    console.harness.get_by_label("Это прежняя ссылка: нужна новая");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    paste(&mut console, &address('n'));
    compare_picture(&mut console.harness, "links-leaked-replace-light");
    press(&mut console, "Записать замену");
    console.harness.get_by_role_and_label(Seen::CheckBox, "Сверено: чужих внутри нет").click();
    console.harness.run();
    let text = copied_by(&mut console, "Скопировать текст");
    assert!(text.contains("прежняя больше не действует"), "{text}");
    compare_picture(&mut console.harness, "links-leaked-light");
    let memo = copied_by(&mut console, "Скопировать записку");
    assert!(memo.contains("переслали в чат двора") && memo.contains("вместо неё выпущена новая"), "{memo}");
    assert!(!memo.contains(leaked.address.as_str()) && !memo.contains(&address('n')));
    console.harness.get_by_label_contains("Всё сделано");
    press(&mut console, "Закончить");
    let (session, _folder) = console.reopened();
    let now = session.register().invite(leaked.id).expect("it stays").clone();
    assert_eq!(now.exposure.as_ref().map(|exposure| exposure.note.as_str()), Some("переслали в чат двора"));
    let successor = session.register().invite(now.replaced_by.expect("replaced")).expect("there").clone();
    assert_eq!(successor.address.as_str(), address('n'));
    assert_eq!(successor.state(TODAY), InviteState::Reserve);
    assert_eq!(session.get_workspace("leaked-link").expect("read"), None, "what is finished is forgotten");
}

#[test]
fn an_unfinished_leak_waits_in_the_file() {
    let mut console = open_page(Setup { theme: ThemePreference::Dark, ..Setup::default() }, "Ссылка утекла");
    let leaked = a_link_in_force(&console);
    paste(&mut console, leaked.address.as_str());
    press(&mut console, "Это она");
    press(&mut console, "Записать, что утекла");
    press(&mut console, "Аннулирована без замены");
    compare_picture(&mut console.harness, "links-leaked-dark");
    let folder = {
        let Console { harness, folder, file } = console;
        drop(harness);
        let mut harness = crate::console::start_page(Setup::default());
        harness.state_mut().open(file.clone(), None, None);
        harness.run();
        let mut console = Console { harness, folder, file };
        console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
        console.harness.run();
        press(&mut console, "Ещё: выпустить, раздать, документы");
        console.harness.get_by_role_and_label(Seen::MenuItem, "Ссылка утекла: продолжить").click();
        console.harness.run();
        console.harness.get_by_role_and_label(Seen::CheckBox, "Сверено: чужих внутри нет");
        console.folder
    };
    drop(folder);
}

#[test]
fn an_address_nobody_recorded_is_recorded_first() {
    let mut console = open_page(Setup::default(), "Ссылка утекла");
    paste(&mut console, &address('q'));
    press(&mut console, "Записать эту ссылку");
    console.harness.get_by_role_and_label(Seen::Button, "Записать ссылку");
}

#[test]
fn the_memo_can_be_a_document_and_its_step_ticks_itself() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Записка.docx");
    let setup = Setup { chosen: vec![Some(path.clone())], ..Setup::default() };
    let mut console = open_page(setup, "Ссылка утекла");
    let leaked = a_link_in_force(&console);
    paste(&mut console, leaked.address.as_str());
    console.harness.key_press(Key::Enter);
    console.harness.run();
    press(&mut console, "Записать, что утекла");
    press(&mut console, "Аннулирована без замены");
    console.harness.get_by_role_and_label(Seen::CheckBox, "Сверено: чужих внутри нет").click();
    console.harness.run();
    copied_by(&mut console, "Скопировать текст");
    press(&mut console, "Сохранить записку");
    assert!(std::fs::read(&path).expect("the memo").starts_with(b"PK"));
    assert!(console.harness.query_all_by_label_contains("записка готова").next().is_some());
}

#[test]
fn the_third_step_compares_the_chat_and_ticks_itself() {
    let mut console = open_page(Setup::default(), "Ссылка утекла");
    let leaked = a_link_in_force(&console);
    let title = sferum_console::regulation::target_title(register(&console), leaked.target);
    paste(&mut console, leaked.address.as_str());
    press(&mut console, "Это она");
    press(&mut console, "Записать, что утекла");
    press(&mut console, "Аннулирована без замены");
    press(&mut console, &format!("Сверить: {title}"));
    let chat = format!("Чат «{title}»");
    let place = console.harness.get_by_role_and_label(Seen::RadioButton, &chat);
    assert_eq!(place.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    console.harness.event(Event::Paste("Кто-то Незнакомый\n".into()));
    console.harness.run();
    press(&mut console, "Записать сверку");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    console.harness.run();
    console.harness.get_by_label("Сверить, кто внутри");
    let tick = console.harness.query_by_role_and_label(Seen::CheckBox, "Сверено: чужих внутри нет");
    assert!(tick.is_none(), "the step is done");
    let (session, _folder) = console.reopened();
    let seen = session.register().observations_of_target(leaked.target);
    assert!(seen.into_iter().any(|seen| seen.on == TODAY && seen.source.compares_people()));
}
