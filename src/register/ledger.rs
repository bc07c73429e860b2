//! Requests, movements, cabinet tasks, appeals and remembered answers (duties 2.3-6, 2.3-8, 2.3-10).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{
    AppealId, CabinetTaskId, ChatId, GroupId, InviteId, JoinRequestId, MovementId, PersonId, RememberedId,
};
use super::invites::{FailedAttempt, Target};
use super::organization::OrderReference;
use crate::names::Role;

/// What was decided on a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestDecision {
    pub on: Date,
    pub accepted: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A request to join, as the cabinet shows it (duty 2.3-6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinRequest {
    #[serde(skip)]
    pub id: JoinRequestId,
    /// The name as the messenger shows it.
    pub written_name: String,
    pub role: Role,
    pub target: Target,
    pub received_on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<RequestDecision>,
}

/// The kinds of movement (duty 2.3-8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MovementKind {
    /// Зачисление.
    Enrolled,
    /// Перевод.
    Transferred,
    /// Отчисление.
    Left,
    /// Выпуск.
    Graduated,
    /// Приём на работу.
    Hired,
    /// Увольнение.
    Dismissed,
    /// Возвращение (восстановление).
    Returned,
    /// Смена фамилии или имени.
    Renamed,
}

/// A movement of a person, by an order where there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Movement {
    #[serde(skip)]
    pub id: MovementId,
    pub person: PersonId,
    pub role: Role,
    pub kind: MovementKind,
    pub on: Date,
    #[serde(default)]
    pub order: OrderReference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<GroupId>,
    /// The day it was entered in the cabinet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_cabinet_on: Option<Date>,
}

/// What kind of step it is: its place in the click list, and what a reconciliation may close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CabinetTaskKind {
    /// Written by hand.
    #[default]
    Other,
    /// Somebody is inside who should not be.
    Remove,
    /// A role cannot be changed in place: the first of its two steps [pub, weak].
    RemoveForRole,
    /// The second: invited again in the right role.
    InviteAgain,
    /// Somebody who belongs inside was not found there.
    Invite,
    /// A name nobody of the register fits: a question to the class teacher, not a removal.
    AskTeacher,
    /// A request that was decided: to be accepted in the cabinet (duty 2.3-6).
    AcceptRequest,
    /// A request that was decided: to be declined in the cabinet (duty 2.3-6).
    DeclineRequest,
}

/// A step to be done in the cabinet.
///
/// `chat`, `request` and `after` are not references: the file has no columns for them, so what they name may be gone
/// by an undo, and whoever reads them must bear that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CabinetTask {
    #[serde(skip)]
    pub id: CabinetTaskId,
    /// What to do, in the user's editable words.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite: Option<InviteId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_on: Option<Date>,
    #[serde(default, skip_serializing_if = "is_by_hand")]
    pub kind: CabinetTaskKind,
    /// The role it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The chat it is done in; `None`: in the group, or (without a group) in the organization.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatId>,
    /// The request whose decision it carries out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<JoinRequestId>,
    /// The step that comes first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<CabinetTaskId>,
    /// The name as the cabinet or the messenger shows it: what to look for there.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub written_name: String,
    /// «Не удалось, потому что…»: the step comes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedAttempt>,
}

fn is_by_hand(kind: &CabinetTaskKind) -> bool {
    *kind == CabinetTaskKind::Other
}

impl CabinetTask {
    /// Where the step is done.
    pub fn target(&self) -> Target {
        match (self.chat, self.group) {
            (Some(chat), _) => Target::Chat(chat),
            (None, Some(group)) => Target::Group(group),
            (None, None) => Target::Organization,
        }
    }
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskOutcome {
    Done {
        on: Date,
    },
    Failed {
        on: Date,
        why: String,
    },
    /// Open again: ticked by mistake.
    Open,
}

/// An appeal of a participant (duty 2.3-10).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    #[serde(skip)]
    pub id: AppealId,
    pub received_on: Date,
    pub question: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub answer: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<Date>,
}

/// What kind of answer is remembered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RememberedKind {
    /// Header signature → column map.
    #[default]
    ColumnMap,
    /// Header signature → scope of the file.
    ImportScope,
    /// A class value of a file → group label.
    GroupAlias,
    /// A written name → person.
    PersonAlias,
    /// A value of a file that was refused for good.
    RefusedValue,
    /// «Не один человек»: two people who look alike and are not; see [`super::different_people_key`].
    DifferentPeople,
}

/// An answer the user gave once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remembered {
    #[serde(skip)]
    pub id: RememberedId,
    #[serde(default)]
    pub kind: RememberedKind,
    pub key: String,
    pub value: String,
}
