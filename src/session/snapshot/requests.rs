//! The requests that wait for a decision, each beside what the roster says of it (duty 2.3-6).

use std::sync::Arc;

use jiff::civil::Date;

use crate::reconcile::{JudgedRequest, judge_requests};
use crate::register::{EntityKind, JoinRequest, Register};
use crate::regulation::Touched;

/// A request with what the roster says.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestRow {
    pub request: Arc<JoinRequest>,
    pub judged: JudgedRequest,
    /// What the roster says, in words; with names.
    pub words: String,
}

/// The waiting requests, the oldest first.
pub(super) fn waiting_requests(register: &Register, today: Date) -> Vec<RequestRow> {
    let requests = register.tables().join_requests.iter().map(|(_, request)| request);
    let mut waiting: Vec<Arc<JoinRequest>> =
        requests.filter(|request| request.decision.is_none()).cloned().collect();
    waiting.sort_by_key(|request| (request.received_on, request.id));
    let judged = judge_requests(register, waiting.iter().map(AsRef::as_ref), today);
    let row = |(request, judged): (Arc<JoinRequest>, JudgedRequest)| RequestRow {
        words: judged.words(register),
        request,
        judged,
    };
    waiting.into_iter().zip(judged).map(row).collect()
}

/// Whether a change may alter what the roster says: a name is looked for among everybody, so any person counts.
pub(super) fn are_touched(touched: &Touched) -> bool {
    let without = [
        EntityKind::Unit,
        EntityKind::Invite,
        EntityKind::Movement,
        EntityKind::CabinetTask,
        EntityKind::Appeal,
    ];
    touched.kinds.iter().any(|kind| !without.contains(kind))
}
