//! A picture of a member list cannot be read, but it can stand beside the roster: who is seen in it is ticked by hand
//! (duties 2.3-6 and 2.3-8). The ticks become the same operation as a compared list, without lines: nothing can be
//! said of strangers, and no name is remembered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::answers::LineAnswers;
use super::outcome::{Confidence, Match, Reconciliation, find_missing};
use super::place::{Belonging, Place};
use super::plan::{PlanRequest, ReconcilePlan, WhomToInvite, operation_of};
use super::{MemberList, ReconcileScope};
use crate::register::{ObservationSource, PersonId, Register};

/// Somebody who may be seen in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonOfPlace {
    pub person: PersonId,
    /// Should be inside; else recorded as «не участвует», not invited or away for long: never missing [R 1.8].
    pub is_expected: bool,
}

/// Who belongs to a place on a day, ids rising. Whoever is only admitted (the class teacher in a chat of parents)
/// is not asked for.
pub fn people_of_place(register: &Register, scope: &ReconcileScope, today: Date) -> Vec<PersonOfPlace> {
    let place = Place::of(register, *scope, today);
    let of_place = |person: PersonId| match place.belonging_of(person)? {
        Belonging::Expected => Some(PersonOfPlace { person, is_expected: true }),
        Belonging::Declined | Belonging::Neutral => Some(PersonOfPlace { person, is_expected: false }),
        Belonging::Admitted => None,
    };
    place.members().filter_map(of_place).collect()
}

/// What was ticked beside a picture.
#[derive(Clone, Copy, Debug)]
pub struct EyeRequest<'a> {
    pub scope: ReconcileScope,
    /// What the place is called on screen: «Родители 7Б».
    pub place_title: &'a str,
    /// Who was seen.
    pub inside: &'a BTreeSet<PersonId>,
    /// The day of the picture.
    pub on: Date,
}

/// Plans what the ticks change: who is inside, who was not found, and the invitations they prove done. Nobody becomes
/// a task by not being seen.
pub fn plan_by_eye(register: &Register, request: &EyeRequest<'_>, today: Date) -> ReconcilePlan {
    let place = Place::of(register, request.scope, today);
    let mut result = Reconciliation::default();
    let seen: Vec<PersonId> =
        request.inside.iter().copied().filter(|person| place.belonging_of(*person).is_some()).collect();
    for person in &seen {
        let found = Match {
            line: 0,
            person: *person,
            confidence: Confidence::Certain,
            why: "глазами по снимку".into(),
            detail: String::new(),
        };
        match place.belonging_of(*person) {
            Some(Belonging::Declined) => result.declined_present.push(found),
            _ => result.present.push(found),
        }
    }
    let found: BTreeMap<PersonId, u32> = seen.iter().map(|person| (*person, 0)).collect();
    find_missing(&mut result, register, &place, &found, today);
    let (list, answers) = (MemberList::default(), LineAnswers::new());
    let plain = PlanRequest {
        scope: request.scope,
        place_title: request.place_title,
        list: &list,
        answers: &answers,
        invite: &WhomToInvite::Nobody,
        on: request.on,
        pasted_hash: "",
    };
    let mut operation = operation_of(register, &plain, &result, &place, today);
    for observation in &mut operation.observations {
        observation.source = ObservationSource::Picture;
    }
    // A tick proves who is inside; that somebody else is gone, or who a stranger was, no tick says.
    let tasks = &register.tables().cabinet_tasks;
    operation.closed.retain(|id| {
        let person = tasks.get(id.0).and_then(|task| task.person);
        person.is_some_and(|person| found.contains_key(&person))
    });
    ReconcilePlan { result, operation }
}
