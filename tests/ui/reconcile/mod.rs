//! Сверка: a pasted list to the operation, Friday's summary, and what the file holds afterwards.

mod answers;
mod by_eye;
mod looks;
mod narrow;
mod sheets;

use egui::{Event, Key};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::Role;
use sferum_console::register::{
    CabinetTaskKind, GroupId, ObservationSource, ParticipationState, PersonId, Register, RememberedKind,
    Target,
};

use crate::console::{Console, Setup, sample_school};

/// The list of a chat as it is copied, made up.
const PASTED: &str = concat!(
    include_str!("../../../sample-data/school/7Б участники чата.txt"),
    "Костик Рыбак-Верещагин\nбыл(а) давно\n"
);

const STRANGER: &str = "Костик Рыбак-Верещагин";

fn group(console: &Console, label: &str) -> GroupId {
    let snapshot = console.harness.state().view().snapshot.clone().expect("a file is open");
    let found = snapshot.groups.rows().iter().find(|row| row.label == label).map(|row| row.id);
    found.expect("the sample has the class")
}

/// The room with a class chosen.
fn open(setup: Setup, label: &str) -> Console {
    let mut console = sample_school(setup);
    let group = group(&console, label);
    console.harness.state_mut().act(Action::Go(Destination::ReconcileGroup(group)));
    console.harness.run();
    console
}

/// Pastes without touching the field first.
fn paste(console: &mut Console, text: &str) {
    console.harness.event(Event::Paste(text.to_owned()));
    console.harness.run();
}

fn press(console: &mut Console, key: Key) {
    console.harness.key_press(key);
    console.harness.run();
}

fn click(console: &mut Console, label: &str) {
    console.harness.get_by_label(label).click();
    console.harness.run();
}

fn type_into(console: &mut Console, label: &str, text: &str) {
    console.harness.get_by_label(label).focus();
    console.harness.run();
    console.harness.event(Event::Text(text.to_owned()));
    console.harness.run();
}

fn person(register: &Register, name: &str) -> PersonId {
    let mut people = register.tables().people.values();
    people
        .find(|person| person.name.full() == name)
        .map(|person| person.id)
        .expect("the sample has this person")
}

fn is_inside(register: &Register, adult: &str) -> bool {
    let adult = person(register, adult);
    register.guardianships_of_adult(adult).any(|link| link.participation.state == ParticipationState::Joined)
}

#[test]
fn a_likely_match_is_ticked_and_an_unknown_becomes_a_task() {
    let mut console = open(Setup::default(), "7Б");
    let before = console.harness.state().view().snapshot.as_ref().map(|snapshot| snapshot.register.revision);
    paste(&mut console, PASTED);
    console.harness.get_by_label_contains("Осталось решить");
    click(&mut console, "Это она: Мама Саши Волкова, Волкова Елена Олеговна");
    // Two fit «Наталья К.» equally: the digit chooses.
    click(&mut console, "Выбрать: Наталья К. это Климова Наталья Петровна");
    click(&mut console, "Записать сверку");
    console.harness.get_by_label("Сверка записана");

    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(Some(register.revision), before.map(|revision| revision + 1), "one entry");
    assert!(is_inside(register, "Волкова Елена Олеговна") && is_inside(register, "Климова Наталья Петровна"));
    let asked: Vec<_> = register
        .tables()
        .cabinet_tasks
        .values()
        .filter(|task| task.kind == CabinetTaskKind::AskTeacher)
        .map(|task| (task.written_name.clone(), task.done_on))
        .collect();
    assert_eq!(asked, [("Ирина Смирнова".to_owned(), None), (STRANGER.to_owned(), None)]);
    let seen = register
        .tables()
        .observations
        .values()
        .max_by_key(|seen| seen.id)
        .cloned()
        .expect("an observation was written");
    assert_eq!(
        (seen.role, seen.on, seen.source),
        (Role::Parent, date(2026, 10, 12), ObservationSource::Reconciliation)
    );
    assert!(matches!(seen.target, Target::Chat(_)) && seen.joined >= 19, "{}", seen.joined);
    let aliases = register.tables().remembered.values();
    let aliases: Vec<_> = aliases.filter(|known| known.kind == RememberedKind::PersonAlias).collect();
    let klimova = person(register, "Климова Наталья Петровна").to_string();
    assert!(aliases.iter().any(|known| known.key.contains("наталья к") && known.value == klimova));
}

#[test]
fn nothing_likely_is_written_by_itself_and_the_undo_takes_all_of_it_back() {
    let mut console = open(Setup::default(), "7Б");
    let register =
        |console: &Console| console.harness.state().view().snapshot.clone().expect("a file is open").register;
    let before = register(&console);
    paste(&mut console, PASTED);
    click(&mut console, "Записать сверку");
    let after = register(&console);
    assert_eq!(is_inside(&after, "Волкова Елена Олеговна"), is_inside(&before, "Волкова Елена Олеговна"));
    let remembered = |register: &Register| register.tables().remembered.values().count();
    assert_eq!(remembered(&after), remembered(&before), "nothing confirmed, nothing remembered");
    click(&mut console, "Отменить сверку");
    console.harness.get_by_label("Сверка отменена");
    assert!(register(&console).tables() == before.tables(), "the undo leaves nothing behind");
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut console = open(Setup::default(), "7Б");
    paste(&mut console, PASTED);
    let open_before = console.harness.query_all_by_label_contains("Это он").count();
    assert!(open_before >= 1);
    press(&mut console, Key::Home);
    press(&mut console, Key::Space);
    press(&mut console, Key::Num1);
    // «Не из школы» for the stranger at the end.
    press(&mut console, Key::End);
    press(&mut console, Key::Y);
    click(&mut console, "Записать сверку");
    let (session, _folder) = console.reopened();
    let mut tasks = session.register().tables().cabinet_tasks.values();
    assert!(tasks.any(|task| task.kind == CabinetTaskKind::Remove && task.written_name == STRANGER));
}

#[test]
fn an_unknown_is_the_adult_of_a_child() {
    let mut console = open(Setup::default(), "7Б");
    paste(&mut console, PASTED);
    press(&mut console, Key::End);
    press(&mut console, Key::H);
    type_into(&mut console, "Ребёнок", "Дроздов Лев");
    console.harness.get_by_label_contains("Дроздов Лев Романович").click();
    console.harness.run();
    type_into(&mut console, "Кем приходится", "отец");
    click(&mut console, "Добавить взрослого");
    click(&mut console, "Записать сверку");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let child = person(register, "Дроздов Лев Романович");
    let father =
        register.current_guardians(child, date(2026, 10, 12)).find(|link| link.basis == "отец").cloned();
    let father = father.expect("the father was added");
    let name = register.person(father.adult).map(|person| person.name.full());
    assert_eq!(name.as_deref(), Some("Рыбак-Верещагин Костик"));
    assert_eq!(father.participation.state, ParticipationState::Joined);
}

#[test]
fn a_text_without_names_is_said_so() {
    let mut console = open(Setup::default(), "7Б");
    paste(&mut console, "27 участников\nв сети");
    console.harness.get_by_label_contains("В тексте нет имён");
}

#[test]
fn a_list_from_a_file_is_compared_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("чат.txt");
    sferum_console::files::write_bytes_atomically(&path, PASTED.as_bytes()).expect("the list can be written");
    let mut console = open(Setup { chosen: vec![Some(path)], ..Setup::default() }, "7Б");
    click(&mut console, "Взять из файла");
    console.harness.run();
    console.harness.get_by_label("Записать сверку");
}

#[test]
fn fridays_summary_comes_from_pasted_answers() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
    console.harness.run();
    let (seventh, fifth) = (group(&console, "7Б"), group(&console, "5А"));
    click(&mut console, "Вставить ответы");
    type_into(
        &mut console,
        "Ответы, по строке на класс",
        "7Б 24/22\n5 «А»: 20 из 25, 19 из 25\n12Ю 1/1\nСпасибо",
    );
    console.harness.get_by_label_contains("Эти строки не прочитаны");
    click(&mut console, "Вписать: 2 ответа");
    click(&mut console, "Записать: 2");

    let (session, _folder) = console.reopened();
    let observations = session.register().tables().observations.values();
    let mut written: Vec<_> = observations
        .filter(|seen| seen.on == date(2026, 10, 12) && seen.source == ObservationSource::Number)
        .filter(|seen| [Target::Group(seventh), Target::Group(fifth)].contains(&seen.target))
        .map(|seen| (seen.target, seen.role, seen.joined))
        .collect();
    written.sort();
    let mut expected = vec![
        (Target::Group(seventh), Role::Student, 24),
        (Target::Group(seventh), Role::Parent, 22),
        (Target::Group(fifth), Role::Student, 20),
        (Target::Group(fifth), Role::Parent, 19),
    ];
    expected.sort();
    assert_eq!(written, expected);
}

#[test]
fn the_summary_is_typed_down_the_column() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
    console.harness.run();
    let labels: Vec<String> = {
        let snapshot = console.harness.state().view().snapshot.clone().expect("a file is open");
        snapshot.groups.rows().iter().take(2).map(|row| row.label.clone()).collect()
    };
    type_into(&mut console, &format!("{}: ученики внутри", labels[0]), "11");
    press(&mut console, Key::Enter);
    console.harness.event(Event::Text("12".to_owned()));
    console.harness.run();
    press(&mut console, Key::Enter);
    console.harness.get_by_label("Записать: 2");
}

#[test]
fn a_request_is_answered_and_leaves_a_step() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::JoinRequests));
    console.harness.run();
    click(&mut console, "Отклонить: Наталья");
    click(&mut console, "Отклонить");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let request = register.tables().join_requests.values().find(|request| request.written_name == "Наталья");
    let decision = request.and_then(|request| request.decision.clone()).expect("the request was decided");
    assert!(!decision.accepted && decision.on == date(2026, 10, 12));
    let mut tasks = register.tables().cabinet_tasks.values();
    assert!(tasks.any(|task| task.kind == CabinetTaskKind::DeclineRequest && task.done_on.is_none()));
}

#[test]
fn requests_are_pasted_from_the_cabinet() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::JoinRequests));
    console.harness.run();
    let known = |console: &Console| {
        let snapshot = console.harness.state().view().snapshot.clone().expect("a file is open");
        snapshot.register.tables().join_requests.values().count()
    };
    let before = known(&console);
    click(&mut console, "Внести заявки");
    type_into(
        &mut console,
        "Заявки из кабинета, по одной на строке",
        "Климова Наталья Петровна 7Б родитель\nДроздова Мария Львовна 7Б",
    );
    click(&mut console, "Внести: 2 заявки");
    assert_eq!(known(&console), before + 2);
}

#[test]
fn a_step_is_ticked_and_another_did_not_work() {
    let mut console = open(Setup::default(), "7Б");
    paste(&mut console, PASTED);
    click(&mut console, "Записать сверку");
    click(&mut console, "Задачи для кабинета");
    let who_is = |name: &str| format!("Уточнить у классного руководителя, кто это в «Родители 7Б»: «{name}»");
    click(&mut console, &format!("Сделано: {}", who_is("Ирина Смирнова")));
    click(&mut console, &format!("Другое: {}", who_is(STRANGER)));
    click(&mut console, "Не удалось…");
    type_into(&mut console, "Потому что", "учитель на больничном");
    click(&mut console, "Записать");
    let (session, _folder) = console.reopened();
    let task = |name: &str| {
        let mut tasks = session.register().tables().cabinet_tasks.values();
        tasks.find(|task| task.written_name == name).cloned().expect("the reconciliation made this step")
    };
    assert_eq!(task("Ирина Смирнова").done_on, Some(date(2026, 10, 12)));
    let failed = task(STRANGER);
    assert_eq!(failed.failed.map(|failed| failed.why).as_deref(), Some("учитель на больничном"));
    assert_eq!(failed.done_on, None);
}

#[test]
fn a_free_column_holds_figures_of_the_cabinet() {
    let mut console = sample_school(Setup::default());
    console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
    console.harness.run();
    let seventh = group(&console, "1А");
    click(&mut console, "Добавить столбец");
    type_into(&mut console, "Что в нём", "Активных за неделю");
    click(&mut console, "Добавить");
    type_into(&mut console, "1А: Активных за неделю", "17");
    click(&mut console, "Записать: 1");
    let (session, _folder) = console.reopened();
    let figures = session.register().group(seventh).map(|group| group.figures.clone()).unwrap_or_default();
    let figures: Vec<_> = figures.iter().map(|figure| (figure.column.as_str(), figure.value)).collect();
    assert_eq!(figures, [("Активных за неделю", 17)]);
}
