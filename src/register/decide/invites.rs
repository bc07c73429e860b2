//! Invite links and observations (duties 2.3-4, 2.3-9; domain §4).

use std::sync::Arc;

use jiff::civil::Date;

use super::super::ids::*;
use super::super::{Deferral, Exposure, FailedAttempt, Invite, Observation, Operation, Refusal, Revocation};
use super::records::limited;
use super::{Context, Draft, expect_as_seen, not_in_future};

pub(super) fn check_dates(invite: &Invite, today: Date) -> Result<(), Refusal> {
    not_in_future("issued_on", invite.issued_on, today)?;
    not_in_future("handed_over_on", invite.handed_over.as_ref().and_then(|hand_over| hand_over.on), today)?;
    let handed_over_on = invite.handed_over.as_ref().and_then(|hand_over| hand_over.on);
    if invite.issued_on.zip(handed_over_on).is_some_and(|(issued, handed)| handed < issued) {
        return Err(Refusal::EndBeforeBeginning);
    }
    Ok(())
}

pub(super) fn add(draft: &mut Draft<'_>, wanted: &[Invite], context: &Context) -> Result<(), Refusal> {
    for invite in wanted {
        draft.next_part();
        check_dates(invite, context.today)?;
        draft.create(|id| Invite { id: InviteId(id), recorded_on: context.today, ..invite.clone() });
    }
    Ok(())
}

pub(super) fn observe(
    draft: &mut Draft<'_>,
    observations: &[Observation],
    context: &Context,
) -> Result<(), Refusal> {
    for observation in observations {
        draft.next_part();
        not_in_future("on", Some(observation.on), context.today)?;
        draft.create(|id| Observation { id: ObservationId(id), ..observation.clone() });
    }
    Ok(())
}

/// One step with links: hand over, revoke, defer, fail, delegate, expose.
pub(super) fn step(draft: &mut Draft<'_>, operation: &Operation, context: &Context) -> Result<(), Refusal> {
    match operation {
        Operation::HandOverInvites { seen, hand_over } => {
            not_in_future("handed_over_on", hand_over.on, context.today)?;
            limited("note", &hand_over.note)?;
            each(draft, seen, |invite| {
                let issued_on = match (invite.issued_on, hand_over.on) {
                    (Some(issued), Some(handed)) if handed < issued => {
                        return Err(Refusal::EndBeforeBeginning);
                    }
                    (issued, _) => issued,
                };
                Ok(Invite { issued_on, handed_over: Some(hand_over.clone()), ..invite.clone() })
            })
        }
        Operation::RevokeInvites { seen, on, reason, successor } => {
            revoke(draft, seen, *on, reason, successor.as_ref(), context)
        }
        Operation::DeferInvites { seen, until, reason } => {
            if *until <= context.today {
                return Err(Refusal::DateNotAfterToday { field: "until" });
            }
            limited("reason", reason)?;
            let deferral = Deferral { until: *until, reason: reason.clone() };
            each(draft, seen, |invite| Ok(Invite { deferral: Some(deferral.clone()), ..invite.clone() }))
        }
        Operation::FailInvites { seen, on, why } => {
            limited("why", why)?;
            let failed = FailedAttempt { on: *on, why: why.clone() };
            each(draft, seen, |invite| Ok(Invite { failed: Some(failed.clone()), ..invite.clone() }))
        }
        Operation::DelegateInvites { seen, delegation } => {
            each(draft, seen, |invite| Ok(Invite { delegation: Some(*delegation), ..invite.clone() }))
        }
        Operation::ExposeInvites { seen, on, note } => {
            not_in_future("on", Some(*on), context.today)?;
            limited("note", note)?;
            let exposure = Exposure { on: *on, note: note.clone() };
            each(draft, seen, |invite| {
                Ok(Invite { exposure: Some(exposure.clone()), deferral: None, ..invite.clone() })
            })
        }
        _ => Ok(()),
    }
}

fn each(
    draft: &mut Draft<'_>,
    seen: &[Arc<Invite>],
    change: impl Fn(&Invite) -> Result<Invite, Refusal>,
) -> Result<(), Refusal> {
    for invite in seen {
        draft.next_part();
        expect_as_seen(draft.register.invite(invite.id), invite.as_ref())?;
        if invite.revocation.is_some() {
            return Err(Refusal::AlreadyRevoked(invite.id));
        }
        draft.update(invite, change(invite)?);
    }
    Ok(())
}

/// In MAX a chat's link is revoked by replacing it, so a revocation may name its successor, which
/// starts in reserve.
fn revoke(
    draft: &mut Draft<'_>,
    seen: &[Arc<Invite>],
    on: Date,
    reason: &str,
    successor: Option<&crate::names::InviteAddress>,
    context: &Context,
) -> Result<(), Refusal> {
    not_in_future("on", Some(on), context.today)?;
    limited("reason", reason)?;
    let mut replaced_by = None;
    if let Some(address) = successor {
        let [invite] = seen else { return Err(Refusal::OneInviteOnly) };
        let id = draft.create(|id| Invite {
            id: InviteId(id),
            issued_on: Some(on),
            issued_by: invite.issued_by,
            ..Invite::in_reserve(invite.target, invite.role, address.clone(), context.today)
        });
        replaced_by = Some(InviteId(id));
    }
    each(draft, seen, |invite| {
        let revocation = Revocation { on, by: context.actor.clone(), reason: reason.to_owned() };
        let replaced_by = replaced_by.or(invite.replaced_by);
        Ok(Invite { revocation: Some(revocation), deferral: None, replaced_by, ..invite.clone() })
    })
}
