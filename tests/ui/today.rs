//! Сегодня, and the help that stands beside it.

use egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{ConsoleApp, Overlay, Room};
use sferum_console::register::{JoinRequest, MovementId, MovementKind, Organization, RequestDecision};
use sferum_console::regulation::TaskKind;
use sferum_console::session::{Clock, Session};

use crate::console::{Setup, clock, sample_school, start_page};
use crate::pictures::compare_picture;

#[test]
fn every_task_leads_somewhere() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    let tasks = harness.state().view().snapshot.as_ref().expect("an open file").today_list.tasks.clone();
    assert!(!tasks.is_empty() && tasks.len() <= 7);
    for task in &tasks {
        harness.get_by_label(&format!("{}: {}", task.button, task.title)).click();
        harness.run();
        let here = harness.query_by_label("Закрыть окно").is_some();
        let view = harness.state().view();
        assert!(here || view.overlay.is_some() || view.room != Room::Today, "{}", task.title);
        harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num1);
        harness.run();
        assert_eq!((harness.state().view().room, harness.state().view().overlay), (Room::Today, None));
    }
    harness.get_by_label("Начать по порядку").click();
    harness.run();
    assert_eq!(harness.state().view().overlay, Some(Overlay::Cleanup), "the exposed link comes first");
}

/// The requests nobody decided on, oldest first.
fn waiting_requests(harness: &Harness<'_, ConsoleApp>) -> Vec<JoinRequest> {
    let snapshot = harness.state().view().snapshot.as_ref().expect("an open file");
    let requests = snapshot.register.tables().join_requests.values();
    let mut waiting: Vec<_> = requests.filter(|request| request.decision.is_none()).cloned().collect();
    waiting.sort_by_key(|request| request.received_on);
    waiting
}

fn open_task(harness: &mut Harness<'_, ConsoleApp>, kind: TaskKind) {
    let list = &harness.state().view().snapshot.as_ref().expect("an open file").today_list;
    let task = list.tasks.iter().find(|task| task.kind == kind).expect("the sample has such a task");
    let name = format!("{}: {}", task.button, task.title);
    harness.get_by_label(&name).click();
    harness.run();
}

#[test]
fn requests_are_answered_where_they_are_shown_until_none_is_left() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    let waiting = waiting_requests(harness);
    let [first, second, third] = waiting.as_slice() else { panic!("the sample has three requests") };
    open_task(harness, TaskKind::JoinRequests);
    harness.event(egui::Event::PointerGone);
    compare_picture(harness, "today-requests-light");

    harness.get_by_label(&format!("Принята: заявка, {}", first.written_name)).click();
    harness.run();
    assert!(harness.query_by_label(&format!("Принята: заявка, {}", first.written_name)).is_none());
    harness.get_by_label("Заявки на вступление");

    harness.get_by_label(&format!("Отклонена: заявка, {}", second.written_name)).click();
    harness.run();
    assert_eq!(waiting_requests(harness).len(), 2, "declining asks for the reason first");
    let field = format!("Почему отклонена: заявка, {}", second.written_name);
    harness.get_by_label(&field).type_text("Нет такого ученика");
    harness.key_press(Key::Enter);
    harness.run();

    // By keyboard alone: the next row has the focus.
    harness.key_press(Key::Space);
    harness.run();
    harness.get_by_label("Здесь всё сделано");
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.query_by_label("Здесь всё сделано").is_none());

    let ids = [first, second, third].map(|request| request.id);
    let (session, _folder) = console.reopened();
    let decisions = ids.map(|id| {
        let request = session.register().tables().join_requests.get(id.0).expect("requests stay");
        request.decision.clone().expect("it was answered")
    });
    let decision =
        |accepted, reason: &str| RequestDecision { on: date(2026, 10, 12), accepted, reason: reason.into() };
    assert_eq!(decisions, [decision(true, ""), decision(false, "Нет такого ученика"), decision(true, "")]);
}

#[test]
fn a_movement_is_ticked_and_the_tick_taken_back_with_the_window_open() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    open_task(harness, TaskKind::MovementsToCabinet);
    let open = |harness: &Harness<'_, ConsoleApp>| {
        let snapshot = harness.state().view().snapshot.as_ref().expect("an open file");
        let movements = snapshot.register.tables().movements.values();
        movements.filter(|movement| movement.in_cabinet_on.is_none()).map(|movement| movement.id).collect()
    };
    let before: Vec<MovementId> = open(harness);
    assert_eq!(before.len(), 2);
    harness.get_by_label_contains("Отмечено: перевод, ").click();
    harness.run();
    assert_eq!(open(harness).len(), 1);
    harness.get_by_label("Отменить").click();
    harness.run();
    assert_eq!(open(harness), before);
    harness.get_by_label_contains("Отмечено: перевод, ").click();
    harness.run();
    harness.get_by_label_contains("Отмечено: отчисление, ");
    let left = open(harness);
    let ticked = before.into_iter().find(|id| !left.contains(id)).expect("one was ticked");
    let (session, _folder) = console.reopened();
    let movement = session.register().tables().movements.get(ticked.0).expect("movements stay");
    assert_eq!(
        (movement.kind, movement.in_cabinet_on),
        (MovementKind::Transferred, Some(date(2026, 10, 12)))
    );
}

#[test]
fn an_appeal_is_answered_only_with_words() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    open_task(harness, TaskKind::Appeals);
    let question = "Как включить безопасный режим ребёнку";
    let button = format!("Отвечено: {question}");
    assert!(harness.get_by_label(&button).accesskit_node().is_disabled());
    harness.get_by_label(&format!("Ответ: {question}")).type_text("В настройках приватности");
    harness.run();
    compare_picture(harness, "today-appeals-light");
    harness.get_by_label(&button).click();
    harness.run();
    harness.get_by_label("Здесь всё сделано");
    let (session, _folder) = console.reopened();
    let appeals = session.register().tables().appeals.values();
    let answers: Vec<_> = appeals.filter(|appeal| appeal.question == question).collect();
    assert_eq!(answers.len(), 1);
    let answered = (answers[0].answer.as_str(), answers[0].answered_on);
    assert_eq!(answered, ("В настройках приватности", Some(date(2026, 10, 12))));
}

#[test]
fn later_folds_out() {
    let mut console = sample_school(Setup::default());
    let harness = &mut console.harness;
    let later = harness.state().view().snapshot.as_ref().expect("an open file").today_list.later.clone();
    let first = later.first().expect("the sample has something of the coming days");
    assert!(harness.query_by_label(&first.title).is_none());
    harness.get_by_label("Показать: Позже на этой неделе").click();
    harness.run();
    assert!(harness.query_all_by_label(&first.title).count() >= 1);
}

#[test]
fn a_fresh_file_begins_with_three_steps_at_most() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let chosen = vec![Some(folder.path().join("Новая школа.sferum"))];
    let mut harness = start_page(Setup { chosen, ..Setup::default() });
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    harness.get_by_label("Название, как вы её называете").type_text("Школа № 3");
    harness.key_press(Key::Enter);
    harness.run();
    for field in ["Новый пароль", "Пароль ещё раз"] {
        harness.get_by_role_and_label(egui::accesskit::Role::PasswordInput, field).focus();
        harness.run();
        harness
            .get_by_role_and_label(egui::accesskit::Role::PasswordInput, field)
            .type_text("барсук овраг сирень");
        harness.run();
    }
    for button in ["Выбрать место и создать", "Подтвердить завтра", "Позже"]
    {
        harness.get_by_label(button).click();
        harness.run();
    }
    harness.event(egui::Event::PointerGone);
    compare_picture(&mut harness, "today-fresh-light");
    harness.get_by_label("Загрузить список школы").click();
    harness.run();
    assert_eq!(harness.state().view().overlay, Some(Overlay::Import));
}

#[test]
fn a_doubtful_clock_is_asked_about_and_the_answer_is_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 2.sferum");
    let december = "2026-12-01T09:00:00+03:00[Europe/Moscow]".parse().expect("a valid moment");
    let card = Organization { name: "Школа 2".into(), ..Organization::default() };
    drop(Session::create(&file, None, card, Clock::fixed(december), "").expect("the file is made"));
    let mut harness = start_page(Setup::default());
    harness.state_mut().open(file.clone(), None, None);
    harness.run();
    harness.get_by_label("Верна ли дата на компьютере?");
    harness.get_by_label("Да, сегодня 12 октября 2026").click();
    harness.run();
    assert_eq!(harness.state().view().error, None);
    assert!(harness.query_by_label("Верна ли дата на компьютере?").is_none());
    drop(harness);
    let session = Session::open(&file, None, clock(), None).expect("the file opens");
    assert_eq!(session.register().settings().confirmed_day, Some(date(2026, 10, 12)));
}

#[test]
fn pictures_of_today() {
    for (theme, name) in [(ThemePreference::Light, "today-light"), (ThemePreference::Dark, "today-dark")] {
        let mut console = sample_school(Setup { theme, ..Setup::default() });
        compare_picture(&mut console.harness, name);
    }
}

#[test]
fn at_one_and_a_half_the_cards_stand_below_each_other() {
    let mut console = sample_school(Setup { scale_percent: 150, ..Setup::default() });
    compare_picture(&mut console.harness, "today-light-150");
}

#[test]
fn at_one_and_a_half_the_window_of_requests_scrolls() {
    let mut console =
        sample_school(Setup { theme: ThemePreference::Dark, scale_percent: 150, ..Setup::default() });
    let harness = &mut console.harness;
    open_task(harness, TaskKind::JoinRequests);
    let first = waiting_requests(harness).remove(0);
    harness.get_by_label(&format!("Отклонена: заявка, {}", first.written_name)).click();
    harness.run();
    harness.event(egui::Event::PointerGone);
    compare_picture(harness, "today-requests-dark-150");
}
