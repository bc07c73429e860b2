//! Ticks beside a picture become the same operation as a list, and say no more than eyes can see.

use std::collections::BTreeSet;

use super::*;
use crate::register::decide::{Context, decide};

fn context() -> Context {
    Context { today: TODAY, now: jiff::Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

fn ticked(school: &School, scope: ReconcileScope, inside: &[u32]) -> ReconcilePlan {
    let inside: BTreeSet<PersonId> = inside.iter().map(|person| PersonId(*person)).collect();
    let request = EyeRequest { scope, place_title: "7Б", inside: &inside, on: TODAY };
    plan_by_eye(&school.register, &request, TODAY)
}

fn founded_school() -> School {
    let mut school = school();
    school.put(Organization {
        id: OrganizationId(1), name: "Школа № 14".into(), ..Organization::default()
    });
    school
}

#[test]
fn everybody_of_the_place_can_be_ticked_and_nobody_else() {
    let mut school = founded_school();
    let bond = school.register.guardianships_of_adult(PersonId(14)).next().expect("a child").clone();
    let declined =
        Participation { state: ParticipationState::DoesNotParticipate, ..Participation::default() };
    school.put(Guardianship { participation: declined, ..(*bond).clone() });
    let people = people_of_place(&school.register, &PARENTS, TODAY);
    let ids: Vec<(u32, bool)> = people.iter().map(|one| (one.person.0, one.is_expected)).collect();
    // The class teacher is admitted, not asked for; who declined may be ticked and is not expected.
    let expected = [(11, true), (12, true), (13, true), (14, false), (15, true), (16, true), (17, true)];
    assert_eq!(ids, expected);
}

#[test]
fn ticks_are_an_observation_of_their_own_kind() {
    let mut school = founded_school();
    let before = school.register.clone();
    let plan = ticked(&school, PARENTS, &[11, 16, 30, 20]);
    assert!(plan.operation.tasks.is_empty() && plan.operation.aliases.is_empty());
    let missing: Vec<u32> = plan.result.missing.iter().map(|person| person.0).collect();
    // 12 has the children of 11, 15 the child of 16: another adult of theirs is inside.
    assert_eq!(missing, [13, 14, 17]);
    let operation = Operation::ApplyReconciliation(plan.operation);
    let set = decide(&school.register, &operation, &context()).expect("a fresh plan");
    school.register.apply(&set);
    let seen: Vec<_> = school.register.observations_of_target(PARENTS.target).cloned().collect();
    let seen: Vec<_> = seen.iter().map(|seen| (seen.joined, seen.role, seen.source)).collect();
    // Children with an adult in: two of 11, one of 16; somebody of another class counts for nothing.
    assert_eq!(seen, [(3, Role::Parent, ObservationSource::Picture)]);
    let joined = |adult: u32| {
        let mut bonds = school.register.guardianships_of_adult(PersonId(adult));
        bonds.all(|bond| bond.participation.state == ParticipationState::Joined)
    };
    assert!(joined(11) && joined(16) && !joined(13));
    school.register.apply(&set.inverted());
    assert!(school.register.holds_the_same_as(&before));
}

#[test]
fn eyes_close_invitations_and_never_a_removal() {
    let mut school = founded_school();
    let steps = [
        (1, CabinetTaskKind::Invite, Some(13), ""),
        (2, CabinetTaskKind::Invite, Some(17), ""),
        (3, CabinetTaskKind::Remove, Some(20), "Вера"),
        (4, CabinetTaskKind::Remove, None, "Кто-то"),
        (5, CabinetTaskKind::AskTeacher, None, "Ксюша"),
    ];
    for (id, kind, person, name) in steps {
        school.put(CabinetTask {
            id: CabinetTaskId(id),
            kind,
            person: person.map(PersonId),
            written_name: name.into(),
            group: Some(CLASS),
            chat: Some(ChatId(2)),
            ..CabinetTask::default()
        });
    }
    let plan = ticked(&school, PARENTS, &[11, 13]);
    assert_eq!(plan.operation.closed, [CabinetTaskId(1)]);
}
