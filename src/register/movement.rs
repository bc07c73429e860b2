//! Movements of people as operations: enrolment, transfer, leaving, return, another name, another phone (duty 2.3-8).
//! Each carries the steps in the cabinet that were previewed with it, so that both stand in one journal entry.

use std::sync::Arc;

use jiff::civil::Date;

use super::ids::{GroupId, PersonId};
use super::{CabinetTask, Membership, MovementKind, OrderReference, Person};
use crate::names::{FullName, Phone, Role};

/// A movement with everything that follows from it.
#[derive(Clone, Debug)]
pub struct MovementOperation {
    /// The day it holds from.
    pub on: Date,
    /// The order; may be empty.
    pub order: OrderReference,
    pub step: MovementStep,
}

/// What happens to whom.
#[derive(Clone, Debug)]
pub enum MovementStep {
    /// Зачисление, приём на работу: somebody new, with their adults.
    Enter(Box<Entering>),
    /// Перевод в другую группу.
    Transfer { seen: Arc<Membership>, to: GroupId, tasks: Vec<CabinetTask> },
    /// Отчисление, выпуск, увольнение; a part each.
    Leave(Vec<Leaving>),
    /// Somebody who left, or who held another role, comes (back) in this role.
    Return(Box<Returning>),
    /// Another name; the old one stays known.
    Rename { seen: Arc<Person>, name: FullName, tasks: Vec<CabinetTask> },
    /// Another phone number, and with it mostly another account.
    NewPhone { seen: Arc<Person>, phone: Option<Phone>, tasks: Vec<CabinetTask> },
}

/// Somebody new. The person of every task is filled in when the person has a number.
#[derive(Clone, Debug)]
pub struct Entering {
    pub person: Person,
    pub role: Role,
    pub group: Option<GroupId>,
    pub post: String,
    pub adults: Vec<EnteringAdult>,
    pub tasks: Vec<CabinetTask>,
}

/// An adult of somebody new.
#[derive(Clone, Debug)]
pub struct EnteringAdult {
    pub who: EnteringWho,
    /// «мать», «отец», «опекун»; may be empty.
    pub basis: String,
    pub tasks: Vec<CabinetTask>,
}

/// An adult who is known, or a new one.
#[derive(Clone, Debug)]
pub enum EnteringWho {
    Known(PersonId),
    New { name: FullName, phone: Option<Phone> },
}

/// One person who leaves.
#[derive(Clone, Debug)]
pub struct Leaving {
    pub seen: Arc<Person>,
    /// [`MovementKind::Left`], [`MovementKind::Graduated`] or [`MovementKind::Dismissed`]: which roles end.
    pub kind: MovementKind,
    pub tasks: Vec<CabinetTask>,
}

/// Somebody who comes back.
#[derive(Clone, Debug)]
pub struct Returning {
    pub seen: Arc<Person>,
    pub role: Role,
    pub group: Option<GroupId>,
    pub post: String,
    pub tasks: Vec<CabinetTask>,
}

impl MovementStep {
    /// Stable name in the journal.
    pub fn code(&self) -> &'static str {
        match self {
            MovementStep::Enter(entering) if entering.role.is_staff() => "hire",
            MovementStep::Enter(_) => "enrol",
            MovementStep::Transfer { .. } => "transfer",
            MovementStep::Leave(leaving) => match leaving.first().map(|one| one.kind) {
                Some(MovementKind::Dismissed) => "dismiss",
                Some(MovementKind::Graduated) => "graduate",
                _ => "leave",
            },
            MovementStep::Return(_) => "return_person",
            MovementStep::Rename { .. } => "rename_person",
            MovementStep::NewPhone { .. } => "new_phone",
        }
    }
}

/// Whether a role ends with a movement of this kind, for somebody who is (or is not) a student.
///
/// A dismissal ends the staff roles only: a teacher whose child goes to the school stays as a parent. A student who
/// leaves keeps no role of a student; who is none leaves with whatever ties them to the school as a parent.
pub fn role_ends(kind: MovementKind, role: Role, is_student: bool) -> bool {
    match kind {
        MovementKind::Dismissed => role.is_staff(),
        MovementKind::Graduated => role == Role::Student,
        MovementKind::Left if is_student => role == Role::Student,
        MovementKind::Left => role == Role::Parent,
        MovementKind::Enrolled
        | MovementKind::Transferred
        | MovementKind::Hired
        | MovementKind::Returned
        | MovementKind::Renamed => false,
    }
}
