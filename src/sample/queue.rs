//! What waits for the administrator of the sample: requests, appeals, steps left in the cabinet.

use super::SampleKind;
use super::builder::Builder;
use super::people::MadePerson;
use super::story::Made;
use crate::names::Role;
use crate::register::{Appeal, CabinetTask, Entity, JoinRequest, JoinRequestId, Refusal, Target};

/// Requests that wait, appeals and steps left in the cabinet.
pub(super) fn enter(builder: &mut Builder, made: &Made) -> Result<(), Refusal> {
    let school = builder.kind == SampleKind::School;
    let (parents_group, students_group) = if school { (18, 12) } else { (2, 0) };
    let student = made.people.students_of(students_group).nth(2);
    let shown = |person: &MadePerson| format!("{} {}", person.name.given, person.name.surname);
    let written = student.map_or_else(String::new, |student| shown(&made.people.students[student].person));
    let mut adults = made
        .people
        .students_of(parents_group)
        .filter_map(|student| made.people.students[student].adults.first());
    let adult = adults.nth(1).map(|(adult, _)| *adult);
    let parent = adult.map_or_else(String::new, |adult| shown(&made.people.adults[adult].person));
    let request = |written_name: String, person, role, group: usize, days| {
        Entity::from(JoinRequest {
            id: JoinRequestId(0),
            written_name,
            role,
            target: Target::Group(made.groups[group]),
            received_on: builder.days_ago(days),
            person,
            decision: None,
        })
    };
    // Two were found in the lists, one is nobody known.
    let requests = vec![
        request(parent, adult.map(|adult| made.adults[adult]), Role::Parent, parents_group, 4),
        request(written, student.map(|student| made.students[student]), Role::Student, students_group, 2),
        request("Наталья".into(), None, Role::Parent, parents_group, 1),
    ];
    builder.add(requests)?;
    let appeal = |days, question: &str, answer: &str| {
        Entity::from(Appeal {
            received_on: builder.days_ago(days),
            question: question.to_owned(),
            answer: answer.to_owned(),
            answered_on: (!answer.is_empty()).then(|| builder.days_ago(days - 1)),
            ..Appeal::default()
        })
    };
    builder.add(vec![
        appeal(9, "Не приходит код подтверждения на телефон", "Помогла поддержка: бот max.ru/sferum_help"),
        appeal(1, "Как включить безопасный режим ребёнку", ""),
    ])?;
    let task = |text: &str, group: usize, due: i32| {
        let (group, due_on) = (Some(made.groups[group]), Some(builder.days_ago(-due)));
        Entity::from(CabinetTask { text: text.to_owned(), group, due_on, ..CabinetTask::default() })
    };
    builder.add(vec![
        task("Убрать из чата родителей выбывшего ученика", 0, 2),
        task("Создать чат с учителями группы", 1, 5),
    ])?;
    Ok(())
}
