//! Enrolment to the copied message, leaving with its steps, the ledger and the radar; what the file holds after.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use sferum_console::desktop::ThemePreference;
use sferum_console::register::{CabinetTaskKind, MovementKind, Register};

use crate::console::{
    Console, Setup, assert_controls_in_sight, choose, large_letters, narrow_window, press, sample_school,
    type_into,
};
use crate::pictures::compare_picture;

const PUPIL: &str = "Лыткина Дарья Павловна";

fn press_button(console: &mut Console, label: &str) {
    console.harness.get_by_role_and_label(Role::Button, label).click();
    console.harness.run();
}

fn copied(console: &Console) -> Option<String> {
    console.harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    })
}

/// «Зачислить» by its key.
fn enrol(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    console.harness.run();
    console
}

/// A page out of the menu of «Люди».
fn page(setup: Setup, word: &str) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    press_button(&mut console, "Другие действия с людьми");
    press(&mut console, word);
    console
}

fn dark() -> Setup {
    Setup { theme: ThemePreference::Dark, ..Setup::default() }
}

fn fill_in(console: &mut Console) {
    type_into(console, "ФИО ученика", "Пробный Илья Львович");
    choose(console, "Класс", "7Б");
    type_into(console, "ФИО взрослого", "Пробная Вера Игоревна");
    type_into(console, "Кем приходится", "мать");
}

fn person_id(register: &Register, name: &str) -> sferum_console::register::PersonId {
    let mut people = register.tables().people.values();
    people.find(|person| person.name.full() == name).expect("somebody of this name").id
}

#[test]
fn pictures_of_the_form() {
    let mut console = enrol(Setup::default());
    fill_in(&mut console);
    compare_picture(&mut console.harness, "enrol-light");
    let mut console = enrol(dark());
    type_into(&mut console, "ФИО ученика", PUPIL);
    choose(&mut console, "Класс", "7Б");
    compare_picture(&mut console.harness, "enrol-dark");
}

#[test]
fn somebody_is_enrolled_and_the_message_is_copied() {
    let mut console = enrol(Setup::default());
    fill_in(&mut console);
    press_button(&mut console, "Зачислить в 7Б");
    assert!(console.harness.query_by_label("Готовое сообщение").is_some(), "the newcomer's page");
    compare_picture(&mut console.harness, "enrolled-light");
    console.harness.get_by_role_and_label(Role::Button, "Скопировать сообщение").click();
    console.harness.step();
    let text = copied(&console).expect("something was copied");
    assert!(text.contains("https://") && text.contains("7Б"), "{text}");
    assert!(text.contains("Вступать не обязательно"), "taking part is voluntary");
    console.harness.run();
    let (session, _folder) = console.reopened();
    let register = session.register();
    let student = person_id(register, "Пробный Илья Львович");
    let adult = person_id(register, "Пробная Вера Игоревна");
    let bond = register.guardianships_of_child(student).next().expect("an adult");
    assert_eq!((bond.adult, bond.basis.as_str()), (adult, "мать"));
    let moved = register.tables().movements.values().find(|movement| movement.person == student);
    assert_eq!(moved.map(|movement| movement.kind), Some(MovementKind::Enrolled));
    let invited: Vec<_> = register
        .tables()
        .cabinet_tasks
        .values()
        .filter(|task| task.kind == CabinetTaskKind::Invite)
        .filter_map(|task| task.person)
        .filter(|person| [student, adult].contains(person))
        .collect();
    assert_eq!(invited, [student, adult]);
}

#[test]
fn a_pupil_who_is_here_already_must_be_looked_at_first() {
    let mut console = enrol(Setup::default());
    type_into(&mut console, "ФИО ученика", PUPIL);
    choose(&mut console, "Класс", "7Б");
    assert!(console.harness.query_by_label("Уже в реестре").is_some());
    let confirm = console.harness.get_by_role_and_label(Role::Button, "Зачислить в 7Б");
    assert!(confirm.accesskit_node().is_disabled());
    press(&mut console, "Это другой человек, тёзка");
    let confirm = console.harness.get_by_role_and_label(Role::Button, "Зачислить в 7Б");
    assert!(!confirm.accesskit_node().is_disabled());
}

#[test]
fn who_left_is_offered_to_come_back() {
    let mut console = sample_school(Setup::default());
    let snapshot = console.harness.state().view().snapshot.clone().expect("an open file");
    let register = &snapshot.register;
    let gone = register
        .tables()
        .people
        .values()
        .find(|person| {
            person.left_on.is_some()
                && register
                    .memberships_of_person(person.id)
                    .any(|one| one.role == sferum_console::names::Role::Student)
        })
        .expect("the sample has a pupil who left");
    let (id, name) = (gone.id, gone.name.full());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
    console.harness.run();
    type_into(&mut console, "ФИО ученика", &name);
    press(&mut console, &format!("Вернуть: {name}"));
    assert!(console.harness.query_by_label("Возвращается").is_some());
    choose(&mut console, "Класс", "7Б");
    press_button(&mut console, "Вернуть в 7Б");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(register.person(id).and_then(|person| person.left_on), None);
    let last = register.tables().movements.values().last().expect("a movement");
    assert_eq!((last.person, last.kind), (id, MovementKind::Returned));
}

#[test]
fn leaving_makes_the_steps_that_follow_from_it() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    type_into(&mut console, "ФИО или класс", PUPIL);
    console.harness.get_by_role_and_label(Role::Label, PUPIL).click();
    console.harness.run();
    press_button(&mut console, &format!("Другие действия: {PUPIL}"));
    press(&mut console, "Выбытие…");
    assert!(
        console.harness.query_all_by_label_contains("В кабинете: ").count() > 0,
        "the steps are shown before"
    );
    compare_picture(&mut console.harness, "leave-light");
    press_button(&mut console, "Отметить выбытие");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let pupil = person_id(register, PUPIL);
    assert!(register.person(pupil).is_some_and(|person| person.left_on.is_some()));
    let removals = register.tables().cabinet_tasks.values();
    let removals = removals.filter(|task| task.person == Some(pupil) && task.kind == CabinetTaskKind::Remove);
    assert!(removals.count() > 0);
    let entry = session.list_entries(None, 1).expect("the journal can be read");
    assert_eq!(entry[0].code, "leave", "one entry holds both");
}

#[test]
fn the_ledger_ticks_what_the_cabinet_knows() {
    let mut console = page(Setup::default(), "Движение за период");
    compare_picture(&mut console.harness, "movement-light");
    let word = "Отметить в кабинете: ";
    let button = console
        .harness
        .get_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with(word)));
    button.expect("some movements are not in the cabinet yet").click();
    console.harness.run();
    console.harness.get_by_role_and_label(Role::Button, "Копировать для Excel").click();
    console.harness.step();
    let text = copied(&console).expect("the rows are copied");
    assert!(text.starts_with("Дата\tФИО\tРоль\tДвижение"), "{text}");
    console.harness.run();
    let (session, _folder) = console.reopened();
    let open = session.register().tables().movements.values().filter(|one| one.in_cabinet_on.is_none());
    assert_eq!(open.count(), 0);
}

#[test]
fn the_radar_makes_steps_once() {
    let mut console = page(dark(), "Выбывшие: кто ещё внутри");
    compare_picture(&mut console.harness, "leavers-dark");
    let button = |console: &Console| {
        let mut buttons = console.harness.get_all_by_role(Role::Button);
        buttons.find_map(|node| node.accesskit_node().label().filter(|label| label.starts_with("Завести ")))
    };
    let word = button(&console).expect("the sample has leavers nobody looked for");
    press_button(&mut console, &word);
    assert_eq!(button(&console), None, "every one has a step now");
    let (session, _folder) = console.reopened();
    let removals = session.register().tables().cabinet_tasks.values();
    assert!(removals.filter(|task| task.kind == CabinetTaskKind::Remove).count() > 0);
}

#[test]
fn pictures_of_the_pages_in_the_other_theme() {
    let mut console = page(dark(), "Движение за период");
    compare_picture(&mut console.harness, "movement-dark");
    let mut console = page(Setup::default(), "Выбывшие: кто ещё внутри");
    compare_picture(&mut console.harness, "leavers-light");
}

#[test]
fn a_number_changes_and_the_old_account_goes() {
    let mut console = sample_school(Setup::default());
    console.harness.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    console.harness.run();
    type_into(&mut console, "ФИО или класс", PUPIL);
    console.harness.get_by_role_and_label(Role::Label, PUPIL).click();
    console.harness.run();
    press_button(&mut console, &format!("Другие действия: {PUPIL}"));
    press(&mut console, "Новый номер телефона…");
    type_into(&mut console, "Новый номер", "8 945 000-00-17");
    press_button(&mut console, "Записать номер");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let pupil = register.person(person_id(register, PUPIL)).expect("still here").clone();
    assert_eq!(pupil.phone.as_ref().map(|phone| phone.as_str()), Some("+79450000017"));
    let mut tasks = register.tables().cabinet_tasks.values();
    assert!(
        tasks.any(|task| task.person == Some(pupil.id) && task.text.starts_with("Убрать старый аккаунт"))
    );
}

#[test]
fn nothing_is_cut_off_where_there_is_little_room() {
    for setup in [narrow_window(), large_letters()] {
        let mut console = enrol(setup);
        fill_in(&mut console);
        assert_controls_in_sight(&console, "Зачислить");
    }
    for setup in [narrow_window(), large_letters()] {
        assert_controls_in_sight(&page(setup, "Движение за период"), "Движение");
    }
    for setup in [narrow_window(), large_letters()] {
        assert_controls_in_sight(&page(setup, "Выбывшие: кто ещё внутри"), "Выбыли");
    }
}
