//! What a filled «Лист класса» says, entered as previewed (duties 2.3-6, 2.3-8; clause 1.8).

use super::super::entity::{Entity, EntityKey};
use super::super::ids::ObservationId;
use super::super::{
    ClassSheetOperation, Guardianship, Membership, Observation, ObservationSource, Participation,
    ParticipationState, Refusal, Target,
};
use super::{Context, Draft, expect_planned_now, not_in_future};

pub(super) fn apply(
    draft: &mut Draft<'_>,
    wanted: &ClassSheetOperation,
    context: &Context,
) -> Result<(), Refusal> {
    let register = draft.register;
    expect_planned_now(register, wanted.planned_at)?;
    not_in_future("on", Some(wanted.on), context.today)?;
    for observation in &wanted.observations {
        draft.next_part();
        draft.create(|id| Observation {
            id: ObservationId(id),
            target: Target::Group(wanted.group),
            on: wanted.on,
            source: ObservationSource::Ticks,
            ..observation.clone()
        });
    }
    for (key, state) in &wanted.participation {
        draft.next_part();
        change(draft, *key, |known| {
            let told = Participation { state: *state, as_of: Some(wanted.on), ..Participation::default() };
            match state {
                ParticipationState::DoesNotParticipate => {
                    Participation { reason: known.reason, alternative: known.alternative.clone(), ..told }
                }
                _ => told,
            }
        })?;
    }
    Ok(())
}

fn change(
    draft: &mut Draft<'_>,
    key: EntityKey,
    told: impl Fn(&Participation) -> Participation,
) -> Result<(), Refusal> {
    match draft.register.get(key).ok_or(Refusal::Missing(key))? {
        Entity::Membership(membership) => {
            let participation = told(&membership.participation);
            draft.update(&membership, Membership { participation, ..(*membership).clone() });
        }
        Entity::Guardianship(bond) => {
            let participation = told(&bond.participation);
            draft.update(&bond, Guardianship { participation, ..(*bond).clone() });
        }
        _ => return Err(Refusal::NotEditable(key)),
    }
    Ok(())
}
