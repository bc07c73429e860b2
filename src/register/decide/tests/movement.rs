//! Movements: what ends, what begins, which steps come and go with them.

use std::sync::Arc;

use super::*;
use crate::names::parse_phone;
use crate::register::{
    Assignment, CabinetTask, CabinetTaskKind, Entering, EnteringAdult, EnteringWho, Guardianship, Leaving,
    MovementKind, MovementOperation, MovementStep, Returning,
};

fn movement(step: MovementStep) -> Operation {
    let order = OrderReference { number: "214".into(), date: Some(TODAY) };
    Operation::RecordMovement(Box::new(MovementOperation { on: TODAY, order, step }))
}

fn task(kind: CabinetTaskKind, text: &str) -> CabinetTask {
    CabinetTask { kind, text: text.into(), ..CabinetTask::default() }
}

fn entering(surname: &str, role: Role, group: Option<GroupId>) -> Entering {
    Entering {
        person: Person { name: FullName::new(surname, "Пётр", ""), ..Person::default() },
        role,
        group,
        post: String::new(),
        adults: Vec::new(),
        tasks: vec![task(CabinetTaskKind::Invite, "пригласить")],
    }
}

/// A class, a student in it with an adult, all by one movement.
fn with_student() -> Register {
    let mut register = founded();
    done(&mut register, &class("7Б"));
    done(&mut register, &class("7В"));
    let adult = EnteringAdult {
        who: EnteringWho::New { name: FullName::new("Белкина", "Анна", ""), phone: None },
        basis: "мать".into(),
        tasks: vec![task(CabinetTaskKind::Invite, "пригласить взрослого")],
    };
    let entering =
        Entering { adults: vec![adult], ..entering("Белкин", Role::Student, Some(GroupId(2))) };
    done(&mut register, &movement(MovementStep::Enter(Box::new(entering))));
    register
}

fn person(register: &Register, id: u32) -> Arc<Person> {
    register.person(PersonId(id)).expect("was entered").clone()
}

fn leave(register: &Register, id: u32, kind: MovementKind) -> Operation {
    let tasks = vec![task(CabinetTaskKind::Remove, "удалить")];
    movement(MovementStep::Leave(vec![Leaving { seen: person(register, id), kind, tasks }]))
}

fn open_texts(register: &Register) -> Vec<String> {
    let tasks = register.tables().cabinet_tasks.values().filter(|task| task.done_on.is_none());
    tasks.map(|task| task.text.clone()).collect()
}

#[test]
fn an_enrolment_brings_person_adult_movement_and_steps_in_one_entry_and_goes_with_it() {
    let mut register = founded();
    done(&mut register, &class("7Б"));
    let before = register.clone();
    let adult = EnteringAdult {
        who: EnteringWho::New { name: FullName::new("Белкина", "Анна", ""), phone: None },
        basis: "мать".into(),
        tasks: vec![task(CabinetTaskKind::Invite, "пригласить взрослого")],
    };
    let entering =
        Entering { adults: vec![adult], ..entering("Белкин", Role::Student, Some(GroupId(2))) };
    let set = done(&mut register, &movement(MovementStep::Enter(Box::new(entering))));
    let student = register.tables().memberships.values().next().expect("a student");
    assert_eq!((student.group, student.since), (Some(GroupId(2)), Some(TODAY)));
    let bond = register.tables().guardianships.values().next().expect("an adult");
    assert_eq!((bond.child, bond.basis.as_str()), (student.person, "мать"));
    let moved = register.tables().movements.values().next().expect("a movement");
    assert_eq!(
        (moved.kind, moved.to, moved.order.number.as_str()),
        (MovementKind::Enrolled, Some(GroupId(2)), "214")
    );
    let of: Vec<_> = register.tables().cabinet_tasks.values().map(|task| task.person).collect();
    assert_eq!(of, [Some(student.person), Some(bond.adult)], "each step knows whom it is about");
    assert_eq!(set.part_count(), 1);
    done(&mut register, &undo(&set, "enrol"));
    assert!(register.holds_the_same_as(&before));
}

#[test]
fn who_leaves_is_invited_no_more_and_who_comes_back_is_not_removed() {
    let mut register = with_student();
    let operation = leave(&register, 1, MovementKind::Left);
    done(&mut register, &operation);
    assert_eq!(person(&register, 1).left_on, Some(TODAY));
    assert_eq!(open_texts(&register), ["пригласить взрослого", "удалить"]);
    assert!(matches!(refused(&register, &leave(&register, 1, MovementKind::Left)), Refusal::NotEditable(_)));
    // The step of the fixture names nobody, so it stays; that of the leaver goes.
    let seen = register.tables().cabinet_tasks.values().last().expect("the removal").clone();
    let of_leaver = CabinetTask { person: Some(PersonId(1)), ..seen.clone() };
    done(&mut register, &Operation::Edit { seen: seen.into(), wanted: of_leaver.into() });
    let returning = Returning {
        seen: person(&register, 1),
        role: Role::Student,
        group: Some(GroupId(3)),
        post: String::new(),
        tasks: Vec::new(),
    };
    done(&mut register, &movement(MovementStep::Return(Box::new(returning))));
    assert_eq!(person(&register, 1).left_on, None);
    assert_eq!(open_texts(&register), ["пригласить взрослого"]);
    let kinds: Vec<_> = register.tables().movements.values().map(|movement| movement.kind).collect();
    assert_eq!(kinds, [MovementKind::Enrolled, MovementKind::Left, MovementKind::Returned]);
}

#[test]
fn a_dismissed_teacher_whose_child_learns_here_stays_a_parent() {
    let mut register = with_student();
    let teacher = entering("Носов", Role::Teacher, Some(GroupId(1)));
    done(&mut register, &movement(MovementStep::Enter(Box::new(teacher))));
    let bond = Guardianship { adult: PersonId(3), child: PersonId(1), ..Guardianship::default() };
    let leads = Assignment { group: GroupId(2), person: PersonId(3), ..Assignment::default() };
    done(&mut register, &Operation::Add(vec![bond.into(), leads.into()]));
    let operation = leave(&register, 3, MovementKind::Dismissed);
    done(&mut register, &operation);
    assert_eq!(person(&register, 3).left_on, None, "a parent is still here");
    let staff = register.memberships_of_person(PersonId(3)).next().expect("a role");
    assert_eq!((staff.until, staff.participation.state), (Some(TODAY), ParticipationState::Departed));
    assert!(register.assignments_of_person(PersonId(3)).all(|one| one.until == Some(TODAY)));
    assert!(register.guardianships_of_adult(PersonId(3)).all(|one| one.until.is_none()));
    let mut register = with_student();
    let teacher = entering("Носов", Role::Teacher, Some(GroupId(1)));
    done(&mut register, &movement(MovementStep::Enter(Box::new(teacher))));
    let operation = leave(&register, 3, MovementKind::Dismissed);
    done(&mut register, &operation);
    assert_eq!(person(&register, 3).left_on, Some(TODAY));
}

#[test]
fn a_refusal_goes_along_and_any_other_state_begins_anew() {
    for (state, expected) in [
        (ParticipationState::Joined, ParticipationState::NoInformation),
        (ParticipationState::DoesNotParticipate, ParticipationState::DoesNotParticipate),
    ] {
        let mut register = with_student();
        let seen = register.tables().memberships.values().next().expect("a student").clone();
        let participation = Participation { state, as_of: Some(TODAY), ..Participation::default() };
        let seen = vec![Arc::new(seen.clone()).into()];
        done(&mut register, &Operation::SetParticipation { seen, participation });
        let seen = register.membership(MembershipId(1)).expect("a student").clone();
        let step = MovementStep::Transfer { seen, to: GroupId(3), tasks: Vec::new() };
        done(&mut register, &movement(step));
        let now = register.memberships_of_person(PersonId(1)).find(|one| one.until.is_none());
        let now = now.expect("the new class");
        assert_eq!((now.group, now.participation.state), (Some(GroupId(3)), expected), "{state:?}");
    }
}

#[test]
fn the_old_name_stays_known_and_the_new_number_replaces_the_old() {
    let mut register = with_student();
    let name = FullName::new("Рощина", "Анна", "");
    let step = MovementStep::Rename { seen: person(&register, 2), name: name.clone(), tasks: Vec::new() };
    done(&mut register, &movement(step));
    assert_eq!(person(&register, 2).name, name);
    assert_eq!(person(&register, 2).former_names, [FullName::new("Белкина", "Анна", "")]);
    let back = FullName::new("Белкина", "Анна", "");
    let step = MovementStep::Rename { seen: person(&register, 2), name: back, tasks: Vec::new() };
    done(&mut register, &movement(step));
    assert_eq!(person(&register, 2).former_names, [name], "a name borne now is no former one");
    let phone = parse_phone("8 945 000-00-17").ok();
    let tasks = vec![task(CabinetTaskKind::Other, "убрать старый аккаунт")];
    let step = MovementStep::NewPhone { seen: person(&register, 2), phone: phone.clone(), tasks };
    done(&mut register, &movement(step));
    assert_eq!(person(&register, 2).phone, phone);
    assert!(open_texts(&register).contains(&"убрать старый аккаунт".to_owned()));
}

#[test]
fn ticks_of_the_cabinet_come_and_go() {
    let mut register = with_student();
    let seen = |register: &Register| -> Vec<_> {
        register.tables().movements.iter().map(|(_, movement)| movement.clone()).collect()
    };
    let tick = |seen, on| Operation::TickMovements { seen, on };
    let operation = tick(seen(&register), Some(TODAY));
    done(&mut register, &operation);
    assert_eq!(seen(&register)[0].in_cabinet_on, Some(TODAY));
    let tomorrow = TODAY.tomorrow().ok();
    assert!(matches!(refused(&register, &tick(seen(&register), tomorrow)), Refusal::DateInFuture { .. }));
    let operation = tick(seen(&register), None);
    done(&mut register, &operation);
    assert_eq!(seen(&register)[0].in_cabinet_on, None);
}
