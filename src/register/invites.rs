//! Invite links and what was seen of the places they open (duties 2.3-4, 2.3-9).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{ChatId, GroupId, InviteId, ObservationId, PersonId};
use crate::names::{InviteAddress, Role};

/// What a link opens, or what an observation is of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    #[default]
    Organization,
    Group(GroupId),
    Chat(ChatId),
}

/// By which way a link was handed over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandOverWay {
    /// Через классного руководителя.
    #[default]
    ClassTeacher,
    /// Лично.
    InPerson,
    /// Печать.
    Print,
    /// Опубликована (сайт школы).
    Published,
    /// Другое.
    Other,
}

/// That a link was given out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The day; `None`: before the records began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    #[serde(default)]
    pub way: HandOverWay,
    /// The only person it was given to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PersonId>,
    /// Where it was published, or whom «другое» means.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// That a link was revoked in the cabinet and confirmed here (duty 2.3-9).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    pub on: Date,
    /// Who did it, as chosen at unlock.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Why: rule codes or own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// That a decision on a flagged link was put off.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deferral {
    pub until: Date,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// That the link got into strangers' hands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    pub on: Date,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// That a teacher was asked to revoke the link of their chat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    pub on: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<PersonId>,
}

/// That the revocation did not work in the cabinet; the link comes back next time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedAttempt {
    pub on: Date,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// An invite link. It stays in the register for ever, revoked or not (the audit).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    #[serde(skip)]
    pub id: InviteId,
    pub target: Target,
    pub role: Role,
    pub address: InviteAddress,
    /// The day it was entered here.
    pub recorded_on: Date,
    /// The day it was made; `None`: before the records began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<Date>,
    /// Who made it (a chat's links are made by its teacher).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_by: Option<PersonId>,
    /// `None`: in reserve, made and given to nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_over: Option<HandOver>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<Date>,
    /// The link that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<InviteId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation: Option<Revocation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deferral: Option<Deferral>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exposure: Option<Exposure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<Delegation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<FailedAttempt>,
}

/// The state of a link on a day (domain §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InviteState {
    /// В запасе.
    Reserve,
    /// Действует.
    InForce,
    /// Отложена до.
    Deferred,
    /// Аннулирована.
    Revoked,
}

impl Invite {
    /// A link in reserve with nothing else known of it. The id is assigned by `decide`.
    pub fn in_reserve(target: Target, role: Role, address: InviteAddress, recorded_on: Date) -> Invite {
        Invite {
            id: InviteId::default(),
            target,
            role,
            address,
            recorded_on,
            issued_on: None,
            issued_by: None,
            handed_over: None,
            expires_on: None,
            replaced_by: None,
            revocation: None,
            deferral: None,
            exposure: None,
            delegation: None,
            failed: None,
        }
    }

    /// The state on a day. A deferral counts until the day before its date.
    pub fn state(&self, today: Date) -> InviteState {
        if self.revocation.is_some() {
            InviteState::Revoked
        } else if self.deferral.as_ref().is_some_and(|deferral| deferral.until > today) {
            InviteState::Deferred
        } else if self.handed_over.is_none() {
            InviteState::Reserve
        } else {
            InviteState::InForce
        }
    }

    /// The day its age counts from: hand-over, else issue, else the day it was entered.
    pub fn counts_from(&self) -> Date {
        self.handed_over
            .as_ref()
            .and_then(|hand_over| hand_over.on)
            .or(self.issued_on)
            .unwrap_or(self.recorded_on)
    }
}

/// How something was seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObservationSource {
    /// A number from the class teacher, or read in the cabinet.
    #[default]
    Number,
    /// A tick at a person or a class.
    Ticks,
    /// Reconciliation of a pasted list.
    Reconciliation,
    /// The roster ticked by eye beside a picture of the member list.
    Picture,
}

impl ObservationSource {
    /// Whether everybody inside was compared with the roster, person by person.
    pub fn compares_people(self) -> bool {
        matches!(self, ObservationSource::Reconciliation | ObservationSource::Picture)
    }
}

/// What was really seen of a place, on a date. For parents the numbers count children with an adult in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    #[serde(skip)]
    pub id: ObservationId,
    pub target: Target,
    pub role: Role,
    pub on: Date,
    #[serde(default)]
    pub source: ObservationSource,
    pub joined: u32,
    /// «из»: as told; `None`: the roster's own number counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
}
