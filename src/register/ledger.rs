//! Requests, movements, cabinet tasks, appeals and remembered answers (duties 2.3-6, 2.3-8, 2.3-10).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{
    AppealId, CabinetTaskId, GroupId, InviteId, JoinRequestId, MovementId, PersonId, RememberedId,
};
use super::invites::Target;
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

/// A step to be done in the cabinet.
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
