//! Appointing class teachers and confirming statuses: what is one part, what is refused.

use std::sync::Arc;

use super::super::super::{
    Appointee, Appointment, AppointmentOperation, Assignment, CabinetTask, VerificationOperation,
};
use super::*;

fn school() -> (Register, GroupId) {
    let mut register = founded();
    let set = done(&mut register, &class("7Б"));
    let group = GroupId(set.changes[0].key().id);
    (register, group)
}

fn new_teacher(group: GroupId, surname: &str) -> Appointment {
    let name = FullName::new(surname, "Вера", "Павловна");
    Appointment { group, teacher: Some(Appointee::New(name)), since: Some(TODAY), ..Appointment::default() }
}

fn appoint(appointments: Vec<Appointment>) -> Operation {
    Operation::AppointClassTeachers(AppointmentOperation { appointments, ..AppointmentOperation::default() })
}

fn only(register: &Register, group: GroupId) -> Arc<Assignment> {
    register.class_teachers(group, TODAY).next().expect("somebody leads").clone()
}

#[test]
fn a_replacement_with_its_step_is_one_part_and_comes_back_as_one() {
    let (mut register, group) = school();
    done(&mut register, &appoint(vec![new_teacher(group, "Носова")]));
    let before = register.clone();
    let old = only(&register, group);
    let step = CabinetTask { text: "Передать права".into(), ..CabinetTask::default() };
    let new = Appointment { ends: vec![old.clone()], steps: vec![step], ..new_teacher(group, "Ким") };
    let set = done(&mut register, &appoint(vec![new]));
    assert!(set.changes.iter().all(|change| change.part == 1));
    assert_ne!(only(&register, group).person, old.person);
    let step = register.tables().cabinet_tasks.values().next().expect("the step");
    assert_eq!(step.person, Some(only(&register, group).person), "a step about nobody is about the new one");
    register.apply(&set.inverted());
    assert!(register.holds_the_same_as(&before));
}

#[test]
fn one_new_teacher_of_two_groups_is_one_person() {
    let (mut register, seventh) = school();
    let set = done(&mut register, &class("8А"));
    let eighth = GroupId(set.changes[0].key().id);
    done(&mut register, &appoint(vec![new_teacher(seventh, "Ким"), new_teacher(eighth, "Ким")]));
    assert_eq!(register.tables().people.values().count(), 1);
    assert_eq!(only(&register, seventh).person, only(&register, eighth).person);
    let membership = register.tables().memberships.values().next().expect("entered as a teacher");
    assert_eq!((membership.role, membership.group), (Role::Teacher, Some(GroupId(1))));
}

#[test]
fn what_was_seen_otherwise_and_who_left_is_refused() {
    let (mut register, group) = school();
    done(&mut register, &appoint(vec![new_teacher(group, "Носова")]));
    let old = only(&register, group);
    let stale = Arc::new(Assignment { temporary: true, ..(*old).clone() });
    let with_stale = Appointment { ends: vec![stale], ..new_teacher(group, "Ким") };
    assert_eq!(refused(&register, &appoint(vec![with_stale])), Refusal::ChangedSinceSeen(old.id.into()));
    let nowhere = new_teacher(GroupId(99), "Ким");
    assert_eq!(refused(&register, &appoint(vec![nowhere])), Refusal::Missing(GroupId(99).into()));
    let person = register.person(old.person).expect("was entered").clone();
    let order = OrderReference::default();
    done(&mut register, &Operation::Depart { people: vec![person.clone()], on: TODAY, order });
    let gone = Appointment {
        group,
        teacher: Some(Appointee::Existing(person.id)),
        since: Some(TODAY),
        ..Appointment::default()
    };
    assert_eq!(refused(&register, &appoint(vec![gone])), Refusal::NotEditable(person.id.into()));
}

#[test]
fn an_end_alone_ends_on_its_day_and_never_before_the_beginning() {
    let (mut register, group) = school();
    done(&mut register, &appoint(vec![new_teacher(group, "Носова")]));
    let old = only(&register, group);
    let end = Appointment {
        group,
        until: Some(date(2026, 9, 1)),
        ends: vec![old.clone()],
        ..Appointment::default()
    };
    done(&mut register, &appoint(vec![end]));
    let ended = register.tables().assignments.get(old.id.0).expect("it stays in the history");
    assert_eq!(ended.until, Some(TODAY));
}

#[test]
fn only_the_staff_has_a_status_and_no_information_has_no_day() {
    let (mut register, group) = school();
    done(&mut register, &appoint(vec![new_teacher(group, "Носова")]));
    let set = |register: &Register, verification, on| {
        let seen = register.tables().memberships.iter().map(|(_, one)| one.clone()).collect();
        Operation::SetVerification(VerificationOperation { seen, verification, on })
    };
    let state = |register: &Register| {
        let one = register.tables().memberships.values().next().expect("one");
        (one.verification, one.verification_since)
    };
    let waits = set(&register, Verification::Waiting, date(2026, 9, 20));
    done(&mut register, &waits);
    assert_eq!(state(&register), (Verification::Waiting, Some(date(2026, 9, 20))));
    let nothing = set(&register, Verification::NoInformation, TODAY);
    done(&mut register, &nothing);
    assert_eq!(state(&register), (Verification::NoInformation, None));
    let future = set(&register, Verification::Verified, date(2026, 10, 13));
    assert_eq!(refused(&register, &future), Refusal::DateInFuture { field: "on" });
    let mut student = (**register.tables().memberships.get(1).expect("one")).clone();
    student.role = Role::Student;
    done(&mut register, &Operation::Add(vec![student.into()]));
    let student = register.tables().memberships.get(2).expect("added").clone();
    let of_student = Operation::SetVerification(VerificationOperation {
        seen: vec![student.clone()],
        verification: Verification::Verified,
        on: TODAY,
    });
    assert_eq!(refused(&register, &of_student), Refusal::NotEditable(student.id.into()));
}
