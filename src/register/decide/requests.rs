//! Requests and the steps in the cabinet (duties 2.3-6 and 2.3-8).

use std::sync::Arc;

use jiff::civil::Date;

use super::super::ids::*;
use super::super::{
    CabinetTask, FailedAttempt, JoinRequest, Refusal, RequestAnswer, RequestDecision, TaskOutcome,
};
use super::records::{limited, required};
use super::{Context, Draft, expect_as_seen, not_in_future};

/// A decision stands: whoever changes their mind takes the entry back first.
pub(super) fn decide_requests(
    draft: &mut Draft<'_>,
    decisions: &[RequestAnswer],
    on: Date,
    context: &Context,
) -> Result<(), Refusal> {
    not_in_future("on", Some(on), context.today)?;
    for answer in decisions {
        draft.next_part();
        let seen = &answer.seen;
        expect_as_seen(draft.register.tables().join_requests.get(seen.id.0), seen.as_ref())?;
        if seen.decision.is_some() {
            return Err(Refusal::AlreadyDecided(seen.id));
        }
        limited("reason", &answer.reason)?;
        let decision = RequestDecision { on, accepted: answer.accepted, reason: answer.reason.clone() };
        let person = answer.person.or(seen.person);
        draft.update(seen, JoinRequest { decision: Some(decision), person, ..(**seen).clone() });
        let steps = answer.steps.iter().map(|step| CabinetTask { request: Some(seen.id), ..step.clone() });
        add_steps(draft, steps)?;
    }
    Ok(())
}

/// Makes the steps of one matter, each after the one before.
pub(super) fn add_steps(
    draft: &mut Draft<'_>,
    steps: impl Iterator<Item = CabinetTask>,
) -> Result<(), Refusal> {
    let mut after = None;
    for step in steps {
        required("text", &step.text)?;
        limited("written_name", &step.written_name)?;
        let id =
            draft.create(|id| CabinetTask { id: CabinetTaskId(id), after: after.or(step.after), ..step });
        after = Some(CabinetTaskId(id));
    }
    Ok(())
}

pub(super) fn set_tasks(
    draft: &mut Draft<'_>,
    seen: &[Arc<CabinetTask>],
    outcome: &TaskOutcome,
    context: &Context,
) -> Result<(), Refusal> {
    if let TaskOutcome::Failed { why, .. } = outcome {
        required("why", why)?;
    }
    for task in seen {
        draft.next_part();
        expect_as_seen(draft.register.tables().cabinet_tasks.get(task.id.0), task.as_ref())?;
        let mut after = (**task).clone();
        match outcome {
            TaskOutcome::Done { on } => {
                not_in_future("on", Some(*on), context.today)?;
                (after.done_on, after.failed) = (Some(*on), None);
            }
            TaskOutcome::Failed { on, why } => {
                not_in_future("on", Some(*on), context.today)?;
                let failed = FailedAttempt { on: *on, why: why.clone() };
                (after.done_on, after.failed) = (None, Some(failed));
            }
            TaskOutcome::Open => (after.done_on, after.failed) = (None, None),
        }
        draft.update(task, after);
    }
    Ok(())
}
