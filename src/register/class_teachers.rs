//! The head's distribution of class teachers and the confirmation of statuses as operations (duties 2.3-5, 2.3-7).

use std::sync::Arc;

use jiff::civil::Date;

use super::ids::{AssignmentId, GroupId, PersonId};
use super::organization::OrderReference;
use super::{Assignment, CabinetTask, Membership, Verification};
use crate::names::FullName;

/// Class teachers appointed in one step, a part each: whoever is replaced, the new assignment and the steps that follow
/// in the cabinet go and come back together.
#[derive(Clone, Debug, Default)]
pub struct AppointmentOperation {
    pub appointments: Vec<Appointment>,
    /// SHA-256 in hex of the pasted text or the file; empty where nothing was pasted.
    pub pasted_hash: String,
}

/// Who leads a group from a day on.
#[derive(Clone, Debug, Default)]
pub struct Appointment {
    pub group: GroupId,
    /// `None`: nobody new, only [`Appointment::ends`] end.
    pub teacher: Option<Appointee>,
    /// The assignment of the same teacher that goes on and takes the fields below, as it was seen.
    pub same: Option<Arc<Assignment>>,
    pub order: OrderReference,
    pub since: Option<Date>,
    /// Last day, where it is known beforehand.
    pub until: Option<Date>,
    pub temporary: bool,
    /// Whose place is taken for a time.
    pub stands_in_for: Option<AssignmentId>,
    /// Assignments that end with it, as they were seen: the day before `since`, without a new teacher on `until`.
    pub ends: Vec<Arc<Assignment>>,
    /// Steps in the cabinet; those that name nobody become steps about the new teacher.
    pub steps: Vec<CabinetTask>,
}

/// The person who is appointed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appointee {
    Existing(PersonId),
    /// Not in the register yet: entered as a teacher; of one name in one operation there is one person.
    New(FullName),
}

/// The state of the confirmation of «учитель» / «сотрудник» for many at once.
#[derive(Clone, Debug)]
pub struct VerificationOperation {
    /// Memberships of staff, as they were seen; a part each.
    pub seen: Vec<Arc<Membership>>,
    pub verification: Verification,
    /// The day the state began: for a waiting one the day the request was sent.
    pub on: Date,
}
