//! «Данные выбывших», «Что было в файле», the journal's check and export.

use egui::accesskit::Role as NodeRole;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, Destination, Overlay, Room};
use sferum_console::names::Role;
use sferum_console::register::{Operation, OrderReference, PersonId};
use sferum_console::regulation::{LinkDanger, links_by_danger};

use crate::console::{Console, Setup, press, sample_school};
use crate::pictures::compare_picture;

/// The sample with three pupils who left long ago; their surnames.
fn with_departed(setup: Setup) -> (Console, Vec<(PersonId, String)>) {
    let mut console = sample_school(setup);
    let register = console.harness.state().view().snapshot.clone().expect("a file is open").register;
    let is_pupil = |id: PersonId| register.memberships_of_person(id).any(|it| it.role == Role::Student);
    let pupils: Vec<_> = register
        .tables()
        .people
        .values()
        .filter(|person| person.left_on.is_none() && is_pupil(person.id))
        .take(3)
        .collect();
    for pupil in &pupils {
        let people = vec![register.person(pupil.id).expect("is there").clone()];
        let order = OrderReference { number: "88".into(), date: Some(date(2025, 6, 30)) };
        let operation = Operation::Depart { people, on: date(2025, 6, 30), order };
        console.harness.state_mut().act(Action::execute(operation, "Выбыли"));
    }
    let pupils = pupils.iter().map(|pupil| (pupil.id, pupil.name.surname.clone())).collect();
    console.harness.run();
    (console, pupils)
}

fn go(console: &mut Console, destination: Destination) {
    console.harness.state_mut().act(Action::Go(destination));
    console.harness.run();
    console.harness.run();
}

#[test]
fn who_left_is_erased_after_the_number_was_typed_and_the_papers_are_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let (act, events) = (folder.path().join("акт.docx"), folder.path().join("события.xlsx"));
    let chosen = vec![Some(act.clone()), Some(events.clone())];
    let (mut console, pupils) = with_departed(Setup { chosen, ..Setup::default() });
    go(&mut console, Destination::Erasure);
    let marked = console.harness.get_all_by_role(NodeRole::CheckBox).count();
    assert!(marked > 3, "the pupils, their parents without other children, and «all»");
    // One of them is left for later.
    let register = console.harness.state().view().snapshot.clone().expect("open").register;
    let name = register.person(pupils[2].0).expect("is there").name.full();
    press(&mut console, &format!("Удалить: {name}"));
    let due = sferum_console::regulation::erasure_due(&register, date(2026, 10, 12));
    let count = due.iter().filter(|departed| departed.obstacles.is_empty()).count() - 1;
    let words = sferum_console::wording::counted(count as u64, "человека", "человек", "человек");
    press(&mut console, &format!("Удалить данные {words}…"));
    let confirm = format!("Удалить данные {words}");
    assert!(console.harness.get_by_label(&confirm).accesskit_node().is_disabled());
    let field = format!("Впишите, сколько людей: {count}");
    console.harness.get_by_role_and_label(NodeRole::TextInput, &field).focus();
    console.harness.run();
    console.harness.get_by_role_and_label(NodeRole::TextInput, &field).type_text(&count.to_string());
    console.harness.run();
    press(&mut console, &confirm);
    assert_eq!(console.harness.state().view().error, None);
    console.harness.get_by_label("Акт об уничтожении…");
    press(&mut console, "Акт об уничтожении…");
    press(&mut console, "Выгрузка событий…");
    assert_eq!(console.harness.state().view().error, None);
    assert!(act.exists() && events.exists());
    // The last one is still proposed.
    console.harness.get_by_label(&format!("Удалить: {name}"));
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().person(pupils[0].0), None);
    assert!(session.register().person(pupils[2].0).is_some());
    assert_eq!(session.verify().expect("readable").problems, []);
    assert_eq!(session.list_erasures().expect("read")[0].record.people.len(), count);
}

#[test]
fn the_term_is_a_setting() {
    let (mut console, pupils) = with_departed(Setup::default());
    go(&mut console, Destination::Erasure);
    let label = "Удалять через, месяцев";
    console.harness.get_by_role_and_label(NodeRole::TextInput, label).focus();
    console.harness.run();
    console.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    console.harness.run();
    console.harness.get_by_role_and_label(NodeRole::TextInput, label).type_text("36");
    console.harness.run();
    press(&mut console, "Сохранить: Данные выбывших");
    console.harness.get_by_label("Сейчас удалять некого: все, кто выбыл, ещё внутри срока");
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().settings().erase_after_months, 36);
    assert!(session.register().person(pupils[0].0).is_some());
}

#[test]
fn every_link_is_gone_through_by_danger() {
    let mut console = sample_school(Setup::default());
    let snapshot = console.harness.state().view().snapshot.clone().expect("open");
    let links = links_by_danger(&snapshot.register, snapshot.today);
    go(&mut console, Destination::FileContents);
    press(&mut console, &format!("Аннулировать все ссылки ({}) по порядку опасности", links.len()));
    assert_eq!(console.harness.state().view().overlay, Some(Overlay::Cleanup));
    assert_eq!(console.harness.state().view().cleanup.left_to_do(&snapshot), links.len());
    let worst = links[0].1;
    assert!(worst <= LinkDanger::Children, "{worst:?}");
    let heading = worst.words();
    let heading: String = heading
        .chars()
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(heading.chars().skip(1))
        .collect();
    assert!(console.harness.query_all_by_label_contains(&heading).count() > 0, "{heading}");
}

#[test]
fn the_journal_is_checked_and_exported_for_a_period() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("журнал.xlsx");
    let mut console = sample_school(Setup { chosen: vec![Some(path.clone())], ..Setup::default() });
    go(&mut console, Destination::Room(Room::Journal));
    press(&mut console, "Проверить журнал");
    console.harness.get_by_label("Журнал цел");
    press(&mut console, "Закрыть");
    press(&mut console, "Экспорт журнала за период");
    press(&mut console, "Сохранить…");
    assert_eq!(console.harness.state().view().error, None);
    assert!(path.exists());
}

#[test]
fn what_to_remind_of_is_numbers_only() {
    let mut console = sample_school(Setup::default());
    console.harness.run();
    let reminders = console.harness.state().reminders().to_vec();
    assert_eq!(reminders.len(), 1);
    assert!(reminders[0].due_tasks > 0);
    assert_eq!(reminders[0].as_of, date(2026, 10, 12));
    assert!(reminders[0].next_cleanup.is_some());
}

#[test]
fn pictures_light_and_dark() {
    for (theme, name) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let (mut console, _) = with_departed(Setup { theme, ..Setup::default() });
        go(&mut console, Destination::Erasure);
        compare_picture(&mut console.harness, &format!("erasure-{name}"));
        go(&mut console, Destination::FileContents);
        compare_picture(&mut console.harness, &format!("contents-{name}"));
        go(&mut console, Destination::CleanupByDanger);
        compare_picture(&mut console.harness, &format!("cleanup-by-danger-{name}"));
    }
}

#[test]
fn pictures_of_the_dialogs() {
    let (mut console, _) = with_departed(Setup::default());
    go(&mut console, Destination::Erasure);
    let word = erase_word(&console);
    press(&mut console, &word);
    compare_picture(&mut console.harness, "erasure-confirm-light");
    console.harness.key_press(egui::Key::Escape);
    console.harness.run();
    go(&mut console, Destination::Room(Room::Journal));
    press(&mut console, "Экспорт журнала за период");
    compare_picture(&mut console.harness, "journal-export-light");
    console.harness.key_press(egui::Key::Escape);
    console.harness.run();
    press(&mut console, "Проверить журнал");
    compare_picture(&mut console.harness, "journal-check-light");
}

fn erase_word(console: &Console) -> String {
    let snapshot = console.harness.state().view().snapshot.as_ref().expect("open");
    let due = sferum_console::regulation::erasure_due(&snapshot.register, snapshot.today);
    let count = due.iter().filter(|departed| departed.obstacles.is_empty()).count();
    let words = sferum_console::wording::counted(count as u64, "человека", "человек", "человек");
    format!("Удалить данные {words}…")
}
