use jiff::civil::date;

use super::*;
use crate::register::{JoinRequest, JoinRequestId, Operation, Target};
use crate::regulation::fixture::School;

const TODAY: Date = date(2026, 10, 12);

fn kinds(list: &TodayList) -> Vec<TaskKind> {
    list.tasks.iter().map(|task| task.kind).collect()
}

fn task(list: &TodayList, kind: TaskKind) -> &Task {
    list.tasks.iter().find(|task| task.kind == kind).expect("the task is on the list")
}

/// A school in use: people, a look, a card that is filled in.
fn school_in_use() -> School {
    let mut school = School::new();
    let seen = school.register.organization().clone();
    let mut wanted = seen.clone();
    wanted.administrator.name = "Давыдов Пётр Алексеевич".into();
    wanted.administrator.order.number = "187".into();
    school.edit(seen, wanted);
    let group = school.class("5А");
    school.students(group, 3);
    school.observe(Target::Group(group), Role::Student, date(2026, 10, 9), 2, None);
    school
}

#[test]
fn a_fresh_file_shows_at_most_three_tasks_in_the_order_of_the_first_steps() {
    use TaskKind::*;
    let mut school = School::new();
    let list = today_tasks(&school.register, TODAY);
    assert!(list.is_fresh);
    assert_eq!(kinds(&list), [LoadRoster, RecordLinks, OrganizationCard]);
    for label in ["5А", "5Б", "6А", "7А"] {
        let group = school.class(label);
        school.students(group, 5);
    }
    let list = today_tasks(&school.register, TODAY);
    assert_eq!(kinds(&list), [SeeWhoIsInside, RecordLinks, OrganizationCard]);
    assert_eq!(list.tasks[0].title, "Кто уже в системе?");
    assert_eq!(
        list.tasks[0].reason,
        "В списках 20 человек; отметьте по каждому классу, сколько вступило, или «не знаю»"
    );
    assert!(list.more.is_empty());
}

#[test]
fn links_that_strangers_have_come_first_and_stale_ones_next() {
    let mut school = school_in_use();
    let group = school.class("8Б");
    let exposed = school.link(Target::Group(group), Role::Parent, Some(date(2026, 9, 20)));
    let note = "снимок экрана в открытой группе".into();
    let seen = vec![school.invite(exposed)];
    school.run(Operation::ExposeInvites { seen, on: date(2026, 10, 11), note });
    for (label, handed_on) in [("9А", date(2026, 8, 2)), ("9Б", date(2026, 9, 27))] {
        let group = school.class(label);
        school.link(Target::Group(group), Role::Student, Some(handed_on));
        school.observe(Target::Group(group), Role::Student, date(2026, 10, 9), 0, Some(24));
    }
    let list = today_tasks(&school.register, TODAY);
    assert_eq!(kinds(&list), [TaskKind::ExposedLinks, TaskKind::StaleLinks, TaskKind::Reconcile]);
    let first = &list.tasks[0];
    assert_eq!(first.title, "Аннулировать 1 ссылку, попавшую к посторонним");
    assert_eq!(first.reason, "8Б, родители: у посторонних с 11 окт: снимок экрана в открытой группе");
    assert_eq!(first.duty_line(), "п. 2.3, аннулирование ссылок ради безопасности участников");
    assert_eq!((first.urgency, first.subjects.as_slice()), (Urgency::AtOnce, &[exposed.into()][..]));
    let stale = &list.tasks[1];
    assert_eq!(stale.title, "Аннулировать 2 невостребованные ссылки");
    assert_eq!(stale.reason, "Переданы 15–71 день назад, и по ним никто не вступил");
    assert_eq!(stale.duty_line(), "п. 2.3, аннулирование невостребованных ссылок");
    assert_eq!(stale.button, "Разобрать 2");
}

#[test]
fn requests_say_how_long_they_wait() {
    let mut school = school_in_use();
    let waiting = |received_on| JoinRequest {
        id: JoinRequestId(0),
        written_name: "Мама Саши".into(),
        role: Role::Parent,
        target: Target::Organization,
        received_on,
        person: None,
        decision: None,
    };
    school.run(Operation::Add(vec![waiting(date(2026, 10, 8)).into(), waiting(TODAY).into()]));
    let list = today_tasks(&school.register, TODAY);
    let requests = task(&list, TaskKind::JoinRequests);
    assert_eq!(requests.title, "Рассмотреть 2 заявки");
    assert_eq!(requests.reason, "Самая давняя ждёт 4 дня; в списках пока никого не нашли");
}

#[test]
fn one_class_without_teacher_is_named_with_the_reason() {
    let mut school = school_in_use();
    let group = school.class("5В");
    let [nosova, other] = ["Носова", "Давыдова"].map(|surname| school.person(surname, Role::Teacher, None));
    school.assign(group, nosova, false);
    let first_class =
        school.register.groups_in_year(crate::register::SchoolYear(2026)).find(|group| group.label == "5А");
    let first_class = first_class.expect("was added").id;
    school.assign(first_class, other, false);
    school.leaves(nosova, date(2026, 9, 30));
    let list = today_tasks(&school.register, TODAY);
    let teachers = task(&list, TaskKind::ClassTeachers);
    assert_eq!(teachers.title, "Закрепить классного руководителя за 5В");
    assert_eq!(teachers.reason, "Место свободно с 1 окт: Носова В. И., увольнение, приказ № 211");
    let movements = task(&list, TaskKind::MovementsToCabinet);
    assert_eq!(movements.title, "Отметить в кабинете 1 увольнение");
    assert_eq!(movements.reason, "По приказу № 211, в кабинете ещё не отмечены");
}

#[test]
fn groups_due_for_a_look_are_one_task_however_many() {
    let mut school = school_in_use();
    for label in ["8Б", "9А", "10 инж", "11А"] {
        let group = school.class(label);
        school.observe(Target::Group(group), Role::Student, date(2026, 9, 4), 20, Some(24));
    }
    let list = today_tasks(&school.register, TODAY);
    let look = task(&list, TaskKind::Reconcile);
    assert_eq!(look.title, "Сверить 4 класса: 8Б, 9А, 10 инж и ещё 1");
    assert_eq!(look.reason, "По нашему графику пора: последний раз сверены больше 30 дней назад");
}

#[test]
fn a_duty_put_aside_brings_no_task() {
    let mut school = school_in_use();
    let group = school.class("8Б");
    school.link(Target::Group(group), Role::Student, Some(date(2026, 8, 1)));
    assert_eq!(kinds(&today_tasks(&school.register, TODAY)), [TaskKind::StaleLinks]);
    let seen = school.register.organization().clone();
    let mut wanted = seen.clone();
    wanted.not_required = vec!["2.3-9".into()];
    school.edit(seen, wanted);
    assert_eq!(kinds(&today_tasks(&school.register, TODAY)), []);
}

#[test]
fn pending_links_stand_by_age_with_the_threshold_before_15() {
    let mut school = school_in_use();
    let group = school.class("8Б");
    for (days_ago, seen) in
        [(0, None), (7, None), (8, None), (14, None), (15, Some(0)), (31, None), (70, None), (20, Some(3))]
    {
        let handed_on = TODAY.saturating_sub(jiff::Span::new().days(days_ago));
        let group = school.class(&format!("{days_ago} инж"));
        school.link(Target::Group(group), Role::Student, Some(handed_on));
        if let Some(joined) = seen {
            school.observe(Target::Group(group), Role::Student, date(2026, 10, 10), joined, Some(24));
        }
    }
    school.link(Target::Group(group), Role::Parent, None);
    let ages = today_tasks(&school.register, TODAY).pending_ages;
    assert_eq!(ages.buckets.map(|bucket| bucket.count), [2, 2, 1, 1, 1]);
    assert_eq!(ages.buckets.map(|bucket| bucket.due), [0, 0, 1, 1, 1]);
    assert_eq!((ages.threshold_before, ages.due, ages.buckets[4].words), (2, 3, "> 60"));
}

#[test]
fn when_all_is_done_the_list_says_when_to_come_back() {
    let mut school = school_in_use();
    let group = school.class("8Б");
    school.observe(Target::Group(group), Role::Student, date(2026, 9, 14), 20, Some(24));
    let id = school.link(Target::Group(group), Role::Student, Some(date(2026, 9, 13)));
    let list = today_tasks(&school.register, TODAY);
    assert_eq!((kinds(&list), list.next_visit), (vec![], Some(date(2026, 10, 15))));
    assert_eq!(list.later[0].title, "Сверить 1 группу");
    school.today = TODAY;
    let seen = vec![school.invite(id)];
    school.run(Operation::DeferInvites { seen, until: date(2026, 10, 14), reason: String::new() });
    let list = today_tasks(&school.register, TODAY);
    assert_eq!((list.next_visit, list.later.len()), (Some(date(2026, 10, 14)), 2));
    assert_eq!(list.later[0].title, "Вернуться к 1 отложенной ссылке");
}

#[test]
fn every_role_has_its_bar() {
    let roles: Vec<Role> =
        today_tasks(&school_in_use().register, TODAY).coverage.iter().map(|sum| sum.role).collect();
    assert_eq!(roles, Role::ALL);
}
