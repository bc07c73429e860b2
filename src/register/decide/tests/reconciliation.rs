//! The parts of a reconciliation, steps of the cabinet and read figures.

use std::sync::Arc;

use super::*;
use crate::register::{
    CabinetTask, CabinetTaskKind, ReconciledAdult, ReconciliationOperation, Remembered, RememberedKind,
    TaskOutcome,
};

fn with_class() -> Register {
    let mut register = founded();
    let operation = import(&register);
    done(&mut register, &operation);
    register
}

fn reconciliation(register: &Register) -> ReconciliationOperation {
    let group = register.tables().groups.values().last().expect("7Б").id;
    ReconciliationOperation {
        planned_at: register.revision,
        target: Target::Group(group),
        on: TODAY,
        ..ReconciliationOperation::default()
    }
}

#[test]
fn every_person_and_matter_is_a_part_of_its_own() {
    let mut register = with_class();
    let members: Vec<MembershipId> = register.tables().memberships.values().map(|it| it.id).collect();
    let step = |kind| CabinetTask { kind, text: "шаг".into(), ..CabinetTask::default() };
    let operation = ReconciliationOperation {
        observations: vec![observation(TODAY, 1, None)],
        joined: vec![members[0].into(), members[1].into()],
        new_adults: vec![ReconciledAdult {
            name: FullName::new("Зорина", "Инна", ""),
            phone: None,
            children: vec![(PersonId(1), "мать".into())],
            alias_key: Some("reconcile:group-2:инна".into()),
        }],
        tasks: vec![
            vec![step(CabinetTaskKind::RemoveForRole), step(CabinetTaskKind::InviteAgain)],
            vec![step(CabinetTaskKind::AskTeacher)],
        ],
        aliases: vec![Remembered {
            kind: RememberedKind::PersonAlias,
            key: "reconcile:group-2:мама".into(),
            value: "1".into(),
            ..Remembered::default()
        }],
        ..reconciliation(&register)
    };
    let before = register.clone();
    let set = done(&mut register, &Operation::ApplyReconciliation(operation));
    assert_eq!(set.part_count(), 7);
    let second = register.tables().cabinet_tasks.get(2).expect("the second step");
    assert_eq!(second.after, Some(CabinetTaskId(1)), "a role is changed in two steps");
    assert_eq!(
        register.tables().observations.values().next().map(|seen| seen.source),
        Some(ObservationSource::Reconciliation)
    );
    let parts = (1..=7).rev().map(|part| vec![part]);
    for part in parts {
        let undo =
            Operation::Undo { entry: 2, code: "reconcile".into(), parts: Some(part), changes: journal(&set) };
        done(&mut register, &undo);
    }
    assert!(register.holds_the_same_as(&before), "part by part it is taken back");
}

#[test]
fn what_was_told_later_than_the_list_was_seen_stays() {
    let mut register = with_class();
    let seen = register.tables().memberships.values().next().expect("a member").clone();
    let told = Participation {
        state: ParticipationState::DoesNotParticipate,
        as_of: Some(TODAY),
        ..Participation::default()
    };
    done(
        &mut register,
        &Operation::SetParticipation { seen: vec![Arc::new(seen.clone()).into()], participation: told },
    );
    let earlier = ReconciliationOperation {
        on: date(2026, 10, 11),
        joined: vec![seen.id.into()],
        not_seen: vec![seen.id.into()],
        ..reconciliation(&register)
    };
    let set = decide(&register, &Operation::ApplyReconciliation(earlier), &context()).expect("a fresh plan");
    assert!(set.is_empty());
}

#[test]
fn steps_are_ticked_fail_with_a_reason_and_open_again() {
    let mut register = founded();
    let task = CabinetTask { text: "Создать чат".into(), ..CabinetTask::default() };
    done(&mut register, &Operation::Add(vec![task.into()]));
    let current = |register: &Register| register.tables().cabinet_tasks.get(1).expect("was added").clone();
    let set = |register: &Register, outcome| Operation::SetTasks { seen: vec![current(register)], outcome };
    let failed = |why: &str| TaskOutcome::Failed { on: TODAY, why: why.into() };
    assert_eq!(refused(&register, &set(&register, failed(" "))), Refusal::EmptyField { field: "why" });
    let tomorrow = TaskOutcome::Done { on: date(2026, 10, 13) };
    assert_eq!(refused(&register, &set(&register, tomorrow)), Refusal::DateInFuture { field: "on" });
    let stale = set(&register, failed("нет кнопки"));
    let operation = set(&register, failed("нет кнопки"));
    done(&mut register, &operation);
    assert_eq!(refused(&register, &stale), Refusal::ChangedSinceSeen(CabinetTaskId(1).into()));
    let operation = set(&register, TaskOutcome::Done { on: TODAY });
    done(&mut register, &operation);
    assert_eq!((current(&register).done_on, current(&register).failed.clone()), (Some(TODAY), None));
    let operation = set(&register, TaskOutcome::Open);
    done(&mut register, &operation);
    assert_eq!(current(&register).done_on, None);
}

#[test]
fn a_step_of_an_older_file_is_read_and_written_as_it_was() {
    let text = r#"{"text":"Создать чат","group":2}"#;
    let entity = Entity::from_json_text(CabinetTaskId(4).into(), text).expect("an older body");
    assert_eq!(entity.to_json_text(), text);
    let group = Entity::from_json_text(GroupId(2).into(), r#"{"kind":"school_class","label":"7Б"}"#);
    assert_eq!(group.expect("an older body").to_json_text(), r#"{"kind":"school_class","label":"7Б"}"#);
}

#[test]
fn a_figure_replaces_the_one_of_its_column() {
    let mut register = with_class();
    let group = register.tables().groups.values().last().expect("7Б").id;
    let figure = |column: &str, value| Operation::SetFigures {
        column: column.into(),
        on: TODAY,
        values: vec![(group, value)],
    };
    assert_eq!(refused(&register, &figure(" ", Some(1))), Refusal::EmptyField { field: "column" });
    for (value, expected) in [(Some(3), vec![3]), (Some(4), vec![4]), (None, vec![])] {
        done(&mut register, &figure("Сообщений", value));
        let figures = register.group(group).expect("7Б").figures.iter().map(|figure| figure.value);
        assert_eq!(figures.collect::<Vec<_>>(), expected);
    }
}
