//! What a pasted member list showed, entered as previewed (duties 2.3-6, 2.3-8, 2.3-9).

use jiff::civil::Date;

use super::super::entity::{Entity, EntityKey};
use super::super::ids::*;
use super::super::{
    CabinetTask, Guardianship, Membership, Observation, ObservationSource, Participation, ParticipationState,
    Person, ReconciledAdult, ReconciliationOperation, Refusal, Remembered, RememberedKind,
};
use super::import::remember;
use super::records::{limited, required};
use super::requests::add_steps;
use super::{Context, Draft, expect_planned_now, not_in_future};

pub(super) fn apply(
    draft: &mut Draft<'_>,
    wanted: &ReconciliationOperation,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    expect_planned_now(register, wanted.planned_at)?;
    not_in_future("on", Some(wanted.on), context.today)?;
    for observation in &wanted.observations {
        draft.next_part();
        draft.create(|id| Observation {
            id: ObservationId(id),
            target: wanted.target,
            on: wanted.on,
            source: match observation.source {
                ObservationSource::Picture => ObservationSource::Picture,
                _ => ObservationSource::Reconciliation,
            },
            ..observation.clone()
        });
    }
    for key in &wanted.joined {
        draft.next_part();
        change_participation(draft, *key, |known| seen_inside(known, wanted.on))?;
    }
    for key in &wanted.not_seen {
        draft.next_part();
        change_participation(draft, *key, |known| seen_outside(known, wanted.on))?;
    }
    for adult in &wanted.new_adults {
        draft.next_part();
        add_adult(draft, adult, wanted.on)?;
    }
    for bond in &wanted.new_bonds {
        let mut open = register.guardianships_of_child(bond.child).filter(|link| link.adult == bond.adult);
        if open.any(|link| link.until.is_none()) {
            continue;
        }
        draft.next_part();
        create_bond(draft, bond.adult, bond.child, &bond.basis, wanted.on);
    }
    for steps in &wanted.tasks {
        draft.next_part();
        add_steps(draft, steps.iter().cloned())?;
    }
    for id in &wanted.closed {
        draft.next_part();
        let task = register.tables().cabinet_tasks.get(id.0).ok_or(Refusal::Missing((*id).into()))?;
        if task.done_on.is_none() {
            draft.update(task, CabinetTask { done_on: Some(wanted.on), failed: None, ..(**task).clone() });
        }
    }
    remember(draft, &wanted.aliases);
    Ok(())
}

/// What was told later than the list was seen stays; who was confirmed stays confirmed.
fn seen_inside(known: &Participation, on: Date) -> Option<Participation> {
    if known.as_of.is_some_and(|as_of| as_of > on) {
        return None;
    }
    let state = match known.state {
        ParticipationState::Confirmed => ParticipationState::Confirmed,
        _ => ParticipationState::Joined,
    };
    Some(Participation { state, as_of: Some(on), ..Participation::default() })
}

/// Only who stood as inside goes back; nobody becomes a debt by not being found [R 1.8].
fn seen_outside(known: &Participation, on: Date) -> Option<Participation> {
    let was_inside = matches!(known.state, ParticipationState::Joined | ParticipationState::Confirmed);
    let is_older = known.as_of.is_none_or(|as_of| as_of < on);
    (was_inside && is_older).then(|| Participation {
        state: ParticipationState::Invited,
        as_of: Some(on),
        ..Participation::default()
    })
}

fn change_participation(
    draft: &mut Draft<'_>,
    key: EntityKey,
    change: impl Fn(&Participation) -> Option<Participation>,
) -> Result<(), Refusal> {
    match draft.register.get(key).ok_or(Refusal::Missing(key))? {
        Entity::Membership(membership) => {
            if let Some(participation) = change(&membership.participation) {
                draft.update(&membership, Membership { participation, ..(*membership).clone() });
            }
        }
        Entity::Guardianship(bond) => {
            if let Some(participation) = change(&bond.participation) {
                draft.update(&bond, Guardianship { participation, ..(*bond).clone() });
            }
        }
        _ => return Err(Refusal::NotEditable(key)),
    }
    Ok(())
}

/// The adult, their children and the name they were found under: one part.
fn add_adult(draft: &mut Draft<'_>, adult: &ReconciledAdult, on: Date) -> Result<(), Refusal> {
    required("surname", &adult.name.surname)?;
    required("given", &adult.name.given)?;
    limited("patronymic", &adult.name.patronymic)?;
    let person = PersonId(draft.create(|id| Person {
        id: PersonId(id),
        name: adult.name.clone(),
        phone: adult.phone.clone(),
        ..Person::default()
    }));
    for (child, basis) in &adult.children {
        create_bond(draft, person, *child, basis, on);
    }
    if let Some(key) = &adult.alias_key {
        let known = draft.register.tables().remembered.iter().map(|(_, known)| known);
        let known = known
            .filter(|known| known.kind == RememberedKind::PersonAlias)
            .find(|known| known.key == *key)
            .cloned();
        let value = person.to_string();
        match known {
            Some(known) => draft.update(&known, Remembered { value, ..(*known).clone() }),
            None => {
                draft.create(|id| Remembered {
                    id: RememberedId(id),
                    kind: RememberedKind::PersonAlias,
                    key: key.clone(),
                    value,
                });
            }
        }
    }
    Ok(())
}

fn create_bond(draft: &mut Draft<'_>, adult: PersonId, child: PersonId, basis: &str, on: Date) {
    let participation =
        Participation { state: ParticipationState::Joined, as_of: Some(on), ..Participation::default() };
    draft.create(|id| Guardianship {
        id: GuardianshipId(id),
        adult,
        child,
        basis: basis.to_owned(),
        participation,
        ..Guardianship::default()
    });
}
