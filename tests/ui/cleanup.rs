//! Разбор ссылок by keyboard alone on a Russian layout, and what the file holds afterwards.

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jiff::civil::{Date, date};
use sferum_console::desktop::ThemePreference;
use sferum_console::register::{Invite, InviteId, InviteState, Register, Target};

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

const TODAY: Date = date(2026, 10, 12);

/// A key of a Russian layout: the letter it writes, where the key stands.
fn press(console: &mut Console, place: Key, letter: &str) {
    let letters = matches!(place, Key::C | Key::Z | Key::V);
    let key = if letters { Key::Quote } else { place };
    if !letter.is_empty() {
        console.harness.event(Event::Text(letter.to_owned()));
    }
    for pressed in [true, false] {
        console.harness.event(Event::Key {
            key,
            physical_key: Some(place),
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
    }
    console.harness.run();
}

fn undo(console: &mut Console) {
    for pressed in [true, false] {
        console.harness.event(Event::Key {
            key: Key::Quote,
            physical_key: Some(Key::Z),
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        });
    }
    console.harness.run();
}

fn open_cleanup(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    console.harness.run();
    console.harness.get_by_label_contains("Разобрать").click();
    console.harness.run();
    console
}

fn register(console: &Console) -> &Register {
    &console.harness.state().view().snapshot.as_ref().expect("a file is open").register
}

fn invites(register: &Register) -> Vec<Invite> {
    register.tables().invites.values().cloned().collect()
}

/// The one link that differs, as it is now.
fn changed(before: &[Invite], after: &Register) -> Vec<Invite> {
    invites(after).into_iter().filter(|invite| !before.contains(invite)).collect()
}

#[test]
fn a_whole_cleanup_by_keys_of_a_russian_layout() {
    let mut console = open_cleanup(Setup::default());
    let start = invites(register(&console));

    // C copies the address; the letter that the key writes goes nowhere.
    press(&mut console, Key::C, "с");
    console.harness.get_by_label_contains("скопирована");

    press(&mut console, Key::Num1, "1");
    let [revoked] = changed(&start, register(&console)).try_into().expect("one link changed");
    let revocation = revoked.revocation.clone().expect("it is revoked");
    assert_eq!(revocation.on, TODAY);
    assert!(!revocation.reason.is_empty() && !revocation.by.is_empty());

    // Taken back, the link is on the page again and open.
    undo(&mut console);
    assert_eq!(changed(&start, register(&console)), []);
    press(&mut console, Key::Num1, "1");
    let again = changed(&start, register(&console));
    assert_eq!((again.len(), again[0].id), (1, revoked.id));

    let seen = invites(register(&console));
    press(&mut console, Key::Num2, "2");
    let [deferred] = changed(&seen, register(&console)).try_into().expect("one link changed");
    assert_eq!(deferred.deferral.as_ref().map(|deferral| deferral.until), Some(date(2026, 10, 19)));

    // 3 asks why; the digit that was pressed is not in the answer. Nothing is written before Enter.
    let seen = invites(register(&console));
    press(&mut console, Key::Num3, "3");
    console.harness.event(Event::Text("нет прав".to_owned()));
    console.harness.run();
    assert_eq!(changed(&seen, register(&console)), []);
    console.harness.key_press(Key::Enter);
    console.harness.run();
    let [failed] = changed(&seen, register(&console)).try_into().expect("one link changed");
    let attempt = failed.failed.clone().expect("the failure is recorded");
    assert_eq!((attempt.on, attempt.why.as_str()), (TODAY, "нет прав"));

    // A link of a class: down the list until the teacher is known, then 4.
    let seen = invites(register(&console));
    press(&mut console, Key::ArrowDown, "");
    press(&mut console, Key::Num4, "4");
    let [delegated] = changed(&seen, register(&console)).try_into().expect("one link changed");
    assert!(delegated.delegation.is_some_and(|delegation| delegation.on == TODAY && delegation.to.is_some()));

    let (revoked, deferred, failed, delegated) = (revoked.id, deferred.id, failed.id, delegated.id);
    let (session, _folder) = console.reopened();
    let file = session.register();
    let get = |id: InviteId| file.invite(id).expect("it stays in the register").clone();
    assert_eq!(get(revoked).revocation.as_ref().map(|revocation| revocation.on), Some(TODAY));
    assert_eq!(get(deferred).state(TODAY), InviteState::Deferred);
    assert_eq!(get(failed).failed.as_ref().map(|failed| failed.why.as_str()), Some("нет прав"));
    assert!(get(delegated).delegation.is_some());
    assert_eq!(get(failed).revocation, None);
}

#[test]
fn enter_never_revokes_and_escape_leaves() {
    let mut console = open_cleanup(Setup::default());
    let start = invites(register(&console));
    console.harness.key_press(Key::Enter);
    console.harness.run();
    console.harness.get_by_label("Аннулирована, клавиша 1").focus();
    console.harness.run();
    console.harness.key_press(Key::Enter);
    console.harness.run();
    assert_eq!(changed(&start, register(&console)), []);
    press(&mut console, Key::Escape, "");
    assert!(console.harness.state().view().overlay.is_none());
    console.harness.get_by_label_contains("Продолжить разбор: 16 осталось");
}

#[test]
fn a_paused_cleanup_goes_on_after_a_restart() {
    let mut console = open_cleanup(Setup::default());
    press(&mut console, Key::Num1, "1");
    press(&mut console, Key::Num1, "1");
    let file = console.file.clone();
    console.harness.state_mut().open(file, None, None);
    console.harness.run();
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    console.harness.run();
    console.harness.get_by_label_contains("Продолжить разбор: 14 осталось").click();
    console.harness.run();
    assert!(console.harness.query_all_by_label("2 из 16").count() > 0);
}

#[test]
fn a_successor_pasted_before_the_answer_lies_in_reserve() {
    let mut console = open_cleanup(Setup::default());
    // To the first link of a chat.
    let chat = |register: &Register, title: &str| {
        register.tables().invites.values().any(|invite| {
            matches!(invite.target, Target::Chat(_))
                && title == sferum_console::regulation::target_title(register, invite.target)
        })
    };
    assert!(chat(register(&console), "Родители 8Б"));
    console.harness.get_by_label_contains("Родители 8Б").click();
    console.harness.run();
    let start = invites(register(&console));
    let address = "https://max.ru/join/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE";
    console.harness.event(Event::Paste(address.to_owned()));
    console.harness.run();
    press(&mut console, Key::Num1, "1");
    let changed = changed(&start, register(&console));
    let successor = changed.iter().find(|invite| invite.address.as_str() == address).expect("it is recorded");
    let revoked = changed.iter().find(|invite| invite.revocation.is_some()).expect("one is revoked");
    assert_eq!(successor.state(TODAY), InviteState::Reserve);
    assert_eq!(revoked.replaced_by, Some(successor.id));
    assert_eq!((successor.target, successor.role), (revoked.target, revoked.role));
}

#[test]
fn a_whole_class_is_confirmed_once() {
    let mut console = open_cleanup(Setup::default());
    let start = invites(register(&console));
    // Down to the staff, who have two flagged links.
    let whole = "Отметить все 2 ссылки Педагогический коллектив";
    for _ in 0..16 {
        if console.harness.query_by_label(whole).is_none() {
            press(&mut console, Key::ArrowDown, "");
        }
    }
    console.harness.get_by_label(whole).click();
    console.harness.run();
    assert_eq!(changed(&start, register(&console)), []);
    console.harness.get_by_label("Аннулировать 2 ссылки").click();
    console.harness.run();
    let changed = changed(&start, register(&console));
    assert_eq!(changed.iter().filter(|invite| invite.revocation.is_some()).count(), 2);
}

#[test]
fn the_end_says_what_was_done() {
    let papers = tempfile::tempdir().expect("a temporary folder");
    let act = papers.path().join("Акт.docx");
    let mut console = open_cleanup(Setup { chosen: vec![Some(act.clone())], ..Setup::default() });
    for place in 0..16 {
        match place {
            2 => press(&mut console, Key::Num2, "2"),
            4 => {
                press(&mut console, Key::Num3, "3");
                console.harness.event(Event::Text("чата нет в кабинете".to_owned()));
                console.harness.run();
                console.harness.key_press(Key::Enter);
                console.harness.run();
            }
            6 => press(&mut console, Key::Num4, "4"),
            _ => press(&mut console, Key::Num1, "1"),
        }
    }
    console.harness.get_by_label("Всё разобрано");
    compare_picture(&mut console.harness, "cleanup-done-light");
    console.harness.get_by_label("Сохранить акт").click();
    console.harness.run();
    console.harness.get_by_label_contains("Акт сохранён, ");
    assert!(std::fs::read(&act).expect("the act").starts_with(b"PK"));
    console.harness.get_by_label("К ссылкам").click();
    console.harness.run();
    assert!(console.harness.query_by_label_contains("Продолжить разбор").is_none());
}

/// The first four answered, the fifth on the page: as the sketch has it.
fn in_the_middle(theme: ThemePreference) -> Console {
    let mut console = open_cleanup(Setup { theme, ..Setup::default() });
    for key in [Key::Num1, Key::Num1, Key::Num1, Key::Num2] {
        press(&mut console, key, "");
    }
    console
}

#[test]
fn cleanup_light() {
    compare_picture(&mut in_the_middle(ThemePreference::Light).harness, "cleanup-light");
}

#[test]
fn cleanup_dark() {
    let mut console = in_the_middle(ThemePreference::Dark);
    press(&mut console, Key::Num3, "");
    compare_picture(&mut console.harness, "cleanup-dark");
}

#[test]
fn cleanup_at_one_and_a_half() {
    let mut console = open_cleanup(Setup { scale_percent: 150, ..Setup::default() });
    compare_picture(&mut console.harness, "cleanup-light-150");
}

#[test]
fn the_strip_gives_the_same_answers() {
    let mut console = in_the_middle(ThemePreference::Light);
    console.harness.get_by_label("Узкая полоса поверх окон").click();
    console.harness.run();
    console.harness.set_size(egui::vec2(340.0, 372.0));
    compare_picture(&mut console.harness, "cleanup-strip-light");
    let before = invites(register(&console));
    press(&mut console, Key::Num1, "");
    assert_eq!(changed(&before, register(&console)).len(), 1);
    press(&mut console, Key::Escape, "");
    console.harness.set_size(egui::vec2(1366.0, 768.0));
    console.harness.run();
    console.harness.get_by_label("Узкая полоса поверх окон");
}
