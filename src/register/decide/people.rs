//! People: entering, moving, leaving, participation (duties 2.3-8, clause 1.8).

use std::sync::Arc;

use jiff::civil::Date;

use super::super::entity::Entity;
use super::super::ids::*;
use super::super::{
    Assignment, Guardianship, Membership, Movement, MovementKind, OrderReference, Origin, Participation,
    ParticipationState, Person, Refusal,
};
use super::records::required;
use super::{Context, Draft, expect_as_seen, not_in_future};
use crate::names::Role;

pub(super) fn add_person(
    draft: &mut Draft<'_>,
    person: &Person,
    memberships: &[Membership],
    children: &[(PersonId, String)],
    context: &Context,
) -> Result<(), Refusal> {
    required("surname", &person.name.surname)?;
    required("given", &person.name.given)?;
    not_in_future("birth_date", person.birth_date, context.today)?;
    let id = PersonId(draft.create(|id| Person { id: PersonId(id), ..person.clone() }));
    for membership in memberships {
        draft.create(|number| Membership { id: MembershipId(number), person: id, ..membership.clone() });
    }
    for (child, basis) in children {
        draft.create(|number| Guardianship {
            id: GuardianshipId(number),
            adult: id,
            child: *child,
            basis: basis.clone(),
            ..Guardianship::default()
        });
    }
    Ok(())
}

pub(super) fn move_member(
    draft: &mut Draft<'_>,
    seen: &Arc<Membership>,
    to: GroupId,
    on: Date,
    order: &OrderReference,
) -> Result<(), Refusal> {
    expect_as_seen(draft.register.membership(seen.id), seen.as_ref())?;
    if draft.register.group(to).is_none() {
        return Err(Refusal::Missing(to.into()));
    }
    if seen.group == Some(to) {
        return Ok(());
    }
    transfer(draft, seen, to, on, Origin::Hand);
    let (person, role, from) = (seen.person, seen.role, seen.group);
    draft.create(|id| Movement {
        id: MovementId(id),
        person,
        role,
        kind: MovementKind::Transferred,
        on,
        order: order.clone(),
        from,
        to: Some(to),
        in_cabinet_on: None,
    });
    Ok(())
}

/// The same for several memberships, a part each.
pub(super) fn move_members(
    draft: &mut Draft<'_>,
    seen: &[Arc<Membership>],
    to: GroupId,
    on: Date,
    order: &OrderReference,
) -> Result<(), Refusal> {
    for membership in seen {
        draft.next_part();
        move_member(draft, membership, to, on, order)?;
    }
    Ok(())
}

/// Ends a membership the day before and begins the same in another group. What is known of the
/// person's participation belongs to the old group, so the new one starts without information; only who does not
/// participate keeps that: a refusal is the person's and not the group's [R 1.8].
pub(super) fn transfer(draft: &mut Draft<'_>, seen: &Arc<Membership>, to: GroupId, on: Date, origin: Origin) {
    let last_day = on.yesterday().unwrap_or(on);
    let until = seen.since.map_or(last_day, |since| since.max(last_day));
    draft.update(seen, Membership { until: Some(until), ..(**seen).clone() });
    draft.create(|id| Membership {
        id: MembershipId(id),
        group: Some(to),
        origin,
        since: Some(on),
        until: None,
        participation: kept_refusal(&seen.participation),
        ..(**seen).clone()
    });
}

/// A refusal goes along with the person; anything else was about the old place.
pub(super) fn kept_refusal(known: &Participation) -> Participation {
    match known.state {
        ParticipationState::DoesNotParticipate => known.clone(),
        _ => Participation::default(),
    }
}

pub(super) fn depart(
    draft: &mut Draft<'_>,
    people: &[Arc<Person>],
    on: Date,
    order: &OrderReference,
) -> Result<(), Refusal> {
    for seen in people {
        draft.next_part();
        expect_as_seen(draft.register.person(seen.id), seen.as_ref())?;
        depart_one(draft, seen, on, order);
    }
    Ok(())
}

/// Ends everything a person has in the organization. `seen` is the person as the change set has them so far.
pub(super) fn depart_one(draft: &mut Draft<'_>, seen: &Arc<Person>, on: Date, order: &OrderReference) {
    let register = draft.register;
    draft.update(seen, Person { left_on: Some(on), ..(**seen).clone() });
    for membership in register.memberships_of_person(seen.id).filter(|membership| membership.until.is_none())
    {
        let until = Some(membership.since.map_or(on, |since| since.max(on)));
        let participation = Participation {
            state: ParticipationState::Departed,
            as_of: Some(on),
            ..membership.participation.clone()
        };
        draft.update(membership, Membership { until, participation, ..(**membership).clone() });
        let kind = match membership.role {
            Role::Teacher | Role::Employee => MovementKind::Dismissed,
            Role::Student | Role::Parent => MovementKind::Left,
        };
        draft.create(|id| Movement {
            id: MovementId(id),
            person: seen.id,
            role: membership.role,
            kind,
            on,
            order: order.clone(),
            from: membership.group,
            to: None,
            in_cabinet_on: None,
        });
    }
    for assignment in register.assignments_of_person(seen.id) {
        end_assignment(draft, assignment, on);
    }
    for guardianship in register.guardianships_of_adult(seen.id).filter(|link| link.until.is_none()) {
        draft.update(guardianship, Guardianship { until: Some(on), ..(**guardianship).clone() });
    }
}

/// Ends an assignment that goes on, unless this change set has ended it already.
pub(super) fn end_assignment(draft: &mut Draft<'_>, assignment: &Arc<Assignment>, on: Date) {
    if assignment.until.is_none() && draft.latest(assignment.id).is_none() {
        let until = Some(assignment.since.map_or(on, |since| since.max(on)));
        draft.update(assignment, Assignment { until, ..(**assignment).clone() });
    }
}

pub(super) fn set_participation(
    draft: &mut Draft<'_>,
    seen: &[Entity],
    participation: &Participation,
) -> Result<(), Refusal> {
    for entity in seen {
        draft.next_part();
        match entity {
            Entity::Membership(membership) => {
                expect_as_seen(draft.register.membership(membership.id), membership.as_ref())?;
                let after = Membership { participation: participation.clone(), ..(**membership).clone() };
                draft.update(membership, after);
            }
            Entity::Guardianship(guardianship) => {
                expect_as_seen(
                    draft.register.tables().guardianships.get(guardianship.id.0),
                    guardianship.as_ref(),
                )?;
                let after = Guardianship { participation: participation.clone(), ..(**guardianship).clone() };
                draft.update(guardianship, after);
            }
            other => return Err(Refusal::NotEditable(other.key())),
        }
    }
    Ok(())
}
