//! Ссылки: the table, its filters, forms and pasted lists, and what the file holds afterwards.

use egui::accesskit::Role as Seen;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use sferum_console::desktop::ThemePreference;
use sferum_console::names::Role;
use sferum_console::register::{Invite, InviteId, InviteState, Register, Target};

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

mod course;
mod hand_out;
mod issue;
mod leaked;
mod narrow;
mod table;

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 10, 12);

fn open_links(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    console.harness.run();
    console
}

fn press(console: &mut Console, label: &str) {
    console.harness.get_by_role_and_label(Seen::Button, label).click();
    console.harness.run();
}

fn register(console: &Console) -> &Register {
    &console.harness.state().view().snapshot.as_ref().expect("a file is open").register
}

#[test]
fn links_dark() {
    let mut console = open_links(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    for _ in 0..3 {
        console.harness.key_press(Key::ArrowDown);
        console.harness.key_press(Key::Space);
    }
    compare_picture(&mut console.harness, "links-dark");
}

#[test]
fn links_light() {
    let mut console = open_links(Setup::default());
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Enter);
    compare_picture(&mut console.harness, "links-light");
}

#[test]
fn links_at_one_and_a_half() {
    let mut console = open_links(Setup { scale_percent: 150, ..Setup::default() });
    compare_picture(&mut console.harness, "links-light-150");
}

fn shown(console: &Console) -> String {
    let nodes: Vec<_> = console.harness.query_all_by_label_contains("показано").collect();
    nodes.first().and_then(|node| node.accesskit_node().label().or_else(|| node.value())).unwrap_or_default()
}

fn type_text(console: &mut Console, text: &str) {
    console.harness.event(Event::Text(text.to_owned()));
    console.harness.run();
}

#[test]
fn search_and_filter_narrow_the_list_and_are_dropped() {
    let mut console = open_links(Setup::default());
    let all = shown(&console);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::F);
    console.harness.run();
    type_text(&mut console, "родитель 8б");
    assert_ne!(shown(&console), all);
    console.harness.get_by_label("Отметить ссылку Родители 8Б …2oDy");
    type_text(&mut console, " нет такого");
    assert!(shown(&console).ends_with("показано 0"), "{}", shown(&console));
    press(&mut console, "Сбросить фильтр");
    assert_eq!(shown(&console), all);

    press(&mut console, "Фильтр");
    for word in ["Только те, что пора аннулировать", "родитель"] {
        console.harness.get_by_role_and_label(Seen::CheckBox, word).click();
        console.harness.run();
    }
    compare_picture(&mut console.harness, "links-filter-light");
    console.harness.key_press(Key::Escape);
    console.harness.run();
    press(&mut console, "Убрать фильтр «Роль: родитель»");
    assert!(shown(&console).ends_with("показано 16"), "{}", shown(&console));
    press(&mut console, "Сбросить");
    assert_eq!(shown(&console), all);
}

#[test]
fn marked_links_are_revoked_only_after_the_confirmation() {
    let mut console = open_links(Setup::default());
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Space);
    console.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    console.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    console.harness.run();
    press(&mut console, "Аннулировать 3 ссылки");
    compare_picture(&mut console.harness, "links-revoke-light");
    let revoked = |register: &Register| {
        let invites = register.tables().invites.values();
        let today =
            |invite: &&Invite| invite.revocation.as_ref().is_some_and(|revocation| revocation.on == TODAY);
        invites.filter(today).map(|invite| invite.id).collect::<Vec<InviteId>>()
    };
    let before = revoked(register(&console));
    console.harness.key_press(Key::Enter);
    console.harness.run();
    assert_eq!(revoked(register(&console)), before, "Enter does not confirm it");
    console.harness.key_press(Key::Delete);
    console.harness.run();
    let buttons = console.harness.query_all_by_label("Аннулировать 3 ссылки");
    buttons.last().expect("the dialog is open").click();
    console.harness.run();
    assert_eq!(revoked(register(&console)).len(), before.len() + 3);
    console.harness.get_by_label_contains("Аннулированы 3 ссылки");
    let (session, _folder) = console.reopened();
    assert_eq!(revoked(session.register()).len(), before.len() + 3);
}

#[test]
fn a_pasted_list_is_seen_row_by_row_and_only_good_rows_are_recorded() {
    let mut console = open_links(Setup::default());
    let count = register(&console).tables().invites.len();
    let known =
        register(&console).tables().invites.values().next().expect("a link").address.as_str().to_owned();
    let token = |letter: char| format!("https://max.ru/join/{}", letter.to_string().repeat(43));
    let text = format!(
        "7Б родители {}\n{} — ученики 5 «А»\n\n7Б ученики {known}\n99Я родители {}\n6А родители {}\n8Б\n",
        token('a'),
        token('b'),
        token('c'),
        token('a'),
    );
    console.harness.event(Event::Paste(text));
    console.harness.run();
    compare_picture(&mut console.harness, "links-paste-light");
    press(&mut console, "Записать 2 ссылки");
    let (session, _folder) = console.reopened();
    let invites: Vec<Invite> = session.register().tables().invites.values().skip(count).cloned().collect();
    let found: Vec<_> = invites
        .iter()
        .map(|invite| {
            let title = sferum_console::regulation::target_title(session.register(), invite.target);
            (title, invite.role, invite.state(TODAY))
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Родители 7Б".to_owned(), Role::Parent, InviteState::InForce),
            ("5А, класс".to_owned(), Role::Student, InviteState::InForce),
        ]
    );
}

#[test]
fn a_new_link_is_recorded_with_its_hand_over() {
    let mut console = open_links(Setup { theme: ThemePreference::Dark, ..Setup::default() });
    let count = register(&console).tables().invites.len();
    press(&mut console, "Новая ссылка");
    console.harness.get_by_role_and_label(Seen::TextInput, "Куда ведёт").focus();
    console.harness.run();
    type_text(&mut console, "7б род");
    console.harness.get_by_label("Родители 7Б, чат").click();
    console.harness.run();
    console.harness.get_by_role_and_label(Seen::TextInput, "Адрес ссылки").focus();
    console.harness.run();
    type_text(&mut console, "https://max.ru/somebody");
    compare_picture(&mut console.harness, "links-new-dark");
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    type_text(&mut console, "https://max.ru/join/new-link-of-the-parents-of-7b-0123456789");
    press(&mut console, "Записать ссылку");
    let (session, _folder) = console.reopened();
    let invites: Vec<Invite> = session.register().tables().invites.values().skip(count).cloned().collect();
    let [invite] = invites.as_slice() else { panic!("one link is new: {}", invites.len()) };
    assert!(matches!(invite.target, Target::Chat(_)) && invite.role == Role::Parent);
    assert_eq!(invite.issued_on, Some(TODAY));
    assert_eq!(invite.handed_over.as_ref().and_then(|hand_over| hand_over.on), Some(TODAY));
}

#[test]
fn who_is_inside_is_recorded_from_the_card() {
    let mut console = open_links(Setup::default());
    let count = register(&console).tables().observations.len();
    console.harness.key_press(Key::ArrowDown);
    console.harness.key_press(Key::Enter);
    console.harness.run();
    press(&mut console, "Кто внутри: Записать");
    type_text(&mut console, "19 из 24");
    console.harness.key_press(Key::Enter);
    console.harness.run();
    let (session, _folder) = console.reopened();
    let seen =
        session.register().tables().observations.values().nth(count).expect("a new observation").clone();
    assert_eq!((seen.joined, seen.of, seen.on, seen.role), (19, Some(24), TODAY, Role::Parent));
}

/// Opens a page of the menu «Ещё».
fn open_page(setup: Setup, word: &str) -> Console {
    let mut console = open_links(setup);
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, word).click();
    console.harness.run();
    console
}

/// The page «Выпустить ссылки» of a school where the classes of the fifth to seventh year lost all their links.
fn open_issue(setup: Setup) -> Console {
    use sferum_console::gui::Action;
    use sferum_console::register::Operation;
    let mut console = open_links(setup);
    let register = register(&console);
    let lost = |invite: &&std::sync::Arc<Invite>| {
        let group = register.group_of_target(invite.target).and_then(|group| register.group(group));
        invite.revocation.is_none() && group.is_some_and(|group| group.label.starts_with(['5', '6', '7']))
    };
    let ids: Vec<InviteId> = register.tables().invites.values().map(|invite| invite.id).collect();
    let all: Vec<std::sync::Arc<Invite>> =
        ids.iter().filter_map(|id| register.invite(*id).cloned()).collect();
    let seen = all.iter().filter(lost).cloned().collect();
    let operation = Operation::RevokeInvites { seen, on: TODAY, reason: String::new(), successor: None };
    console.harness.state_mut().act(Action::execute(operation, "готово"));
    press(&mut console, "Ещё: выпустить, раздать, документы");
    console.harness.get_by_role_and_label(Seen::MenuItem, "Выпустить ссылки").click();
    console.harness.run();
    console
}

fn address(letter: char) -> String {
    format!("https://max.ru/join/{}", letter.to_string().repeat(43))
}

fn paste(console: &mut Console, text: &str) {
    console.harness.event(Event::Paste(text.to_owned()));
    console.harness.run();
}

/// Presses a button and answers what it put on the clipboard.
fn copied_by(console: &mut Console, label: &str) -> String {
    console.harness.get_by_role_and_label(Seen::Button, label).click();
    let mut copied = None;
    for _ in 0..6 {
        console.harness.step();
        for command in &console.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                copied = Some(text.clone());
            }
        }
    }
    console.harness.run();
    copied.expect("something was copied")
}

fn workspace(console: Console, key: &str) -> Option<String> {
    let (session, _folder) = console.reopened();
    session.get_workspace(key).expect("the file can be read")
}
