//! Appointing class teachers (duty 2.3-5) and confirming statuses (duty 2.3-7).

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::super::ids::*;
use super::super::{
    Appointee, Appointment, AppointmentOperation, Assignment, CabinetTask, EntityKind, GroupKind, Membership,
    Origin, Participation, Person, Refusal, Verification, VerificationOperation,
};
use super::records::required;
use super::{Context, Draft, expect_as_seen, not_in_future};
use crate::names::{FullName, Role};

pub(super) fn appoint(
    draft: &mut Draft<'_>,
    wanted: &AppointmentOperation,
    context: &Context,
) -> Result<(), Refusal> {
    let mut newcomers: HashMap<String, PersonId> = HashMap::new();
    for appointment in &wanted.appointments {
        draft.next_part();
        appoint_one(draft, appointment, &mut newcomers, context)?;
    }
    Ok(())
}

fn appoint_one(
    draft: &mut Draft<'_>,
    wanted: &Appointment,
    newcomers: &mut HashMap<String, PersonId>,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    if register.group(wanted.group).is_none() {
        return Err(Refusal::Missing(wanted.group.into()));
    }
    let since = wanted.since.unwrap_or(context.today);
    let last_day = match wanted.teacher {
        Some(_) => since.yesterday().unwrap_or(since),
        None => wanted.until.unwrap_or(context.today),
    };
    for seen in &wanted.ends {
        end(draft, wanted, seen, last_day)?;
    }
    let person = match &wanted.teacher {
        None => None,
        Some(Appointee::Existing(id)) => {
            let person = register.person(*id).ok_or(Refusal::Missing((*id).into()))?;
            if person.left_on.is_some_and(|left| left <= since) {
                return Err(Refusal::NotEditable((*id).into()));
            }
            Some(*id)
        }
        Some(Appointee::New(name)) => Some(newcomer(draft, name, newcomers)?),
    };
    if let Some(person) = person {
        lead(draft, wanted, person)?;
    }
    for step in &wanted.steps {
        required("text", &step.text)?;
        let step = CabinetTask { person: step.person.or(person), ..step.clone() };
        draft.create(|id| CabinetTask { id: CabinetTaskId(id), ..step });
    }
    Ok(())
}

/// Brings the assignment that goes on in line, or begins one; somebody who leads already begins nothing.
fn lead(draft: &mut Draft<'_>, wanted: &Appointment, person: PersonId) -> Result<(), Refusal> {
    let register = draft.register;
    let fresh = Assignment {
        id: AssignmentId::default(),
        group: wanted.group,
        person,
        order: wanted.order.clone(),
        since: wanted.since,
        until: wanted.until,
        temporary: wanted.temporary,
        stands_in_for: wanted.stands_in_for,
    };
    if let Some(seen) = &wanted.same {
        let current = register.tables().assignments.get(seen.id.0);
        expect_as_seen(current, seen.as_ref())?;
        if (seen.group, seen.person) != (wanted.group, person) {
            return Err(Refusal::NotEditable(seen.id.into()));
        }
        draft.update(seen, Assignment { id: seen.id, ..fresh });
        return Ok(());
    }
    let is_ended = |id: AssignmentId| wanted.ends.iter().any(|ended| ended.id == id);
    let leads_already = register.assignments_of_group(wanted.group).any(|known| {
        known.person == person && known.until.is_none() && !is_ended(known.id) && wanted.until.is_none()
    });
    if !leads_already {
        draft.create(|id| Assignment { id: AssignmentId(id), ..fresh });
    }
    Ok(())
}

/// An assignment never ends before it begins, and never later than it already does. One that begins on the day of its
/// successor, or later, never took effect: it goes, or both would lead that day.
fn end(
    draft: &mut Draft<'_>,
    wanted: &Appointment,
    seen: &Arc<Assignment>,
    last_day: Date,
) -> Result<(), Refusal> {
    expect_as_seen(draft.register.tables().assignments.get(seen.id.0), seen.as_ref())?;
    if seen.group != wanted.group {
        return Err(Refusal::NotEditable(seen.id.into()));
    }
    // Two rows of one distribution may end the same assignment.
    if draft.changes.iter().any(|change| change.key() == seen.id.into()) {
        return Ok(());
    }
    let never_began = seen.since.is_some_and(|since| since > last_day);
    if never_began && wanted.teacher.is_some() {
        draft.remove(seen.clone().into());
        return Ok(());
    }
    let last_day = seen.since.map_or(last_day, |since| since.max(last_day));
    if seen.until.is_none_or(|until| until > last_day) {
        draft.update(seen, Assignment { until: Some(last_day), ..(**seen).clone() });
    }
    Ok(())
}

fn newcomer(
    draft: &mut Draft<'_>,
    name: &FullName,
    newcomers: &mut HashMap<String, PersonId>,
) -> Result<PersonId, Refusal> {
    if let Some(known) = newcomers.get(&name.match_key()) {
        return Ok(*known);
    }
    required("surname", &name.surname)?;
    required("given", &name.given)?;
    let groups = draft.register.tables().groups.values();
    let staff = groups
        .filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none())
        .map(|group| group.id)
        .next();
    let person =
        PersonId(draft.create(|id| Person { id: PersonId(id), name: name.clone(), ..Person::default() }));
    draft.create(|id| Membership {
        id: MembershipId(id),
        person,
        role: Role::Teacher,
        group: staff,
        origin: Origin::Hand,
        post: String::new(),
        post_origin: Origin::Hand,
        since: None,
        until: None,
        participation: Participation::default(),
        verification: Verification::default(),
        verification_since: None,
    });
    newcomers.insert(name.match_key(), person);
    Ok(person)
}

pub(super) fn set_verification(
    draft: &mut Draft<'_>,
    wanted: &VerificationOperation,
    context: &Context,
) -> Result<(), Refusal> {
    not_in_future("on", Some(wanted.on), context.today)?;
    for seen in &wanted.seen {
        draft.next_part();
        expect_as_seen(draft.register.membership(seen.id), seen.as_ref())?;
        if !seen.role.is_staff() {
            return Err(Refusal::NotEditable(super::EntityKey {
                kind: EntityKind::Membership,
                id: seen.id.0,
            }));
        }
        // Nothing known has no day.
        let since = (wanted.verification != Verification::NoInformation).then_some(wanted.on);
        draft.update(
            seen,
            Membership { verification: wanted.verification, verification_since: since, ..(**seen).clone() },
        );
    }
    Ok(())
}
