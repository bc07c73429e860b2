//! People, memberships, guardianship, participation and class-teacher assignments
//! (duties 2.3-5 … 2.3-8, clause 1.8).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{AssignmentId, GroupId, GuardianshipId, MembershipId, PersonId};
use super::organization::OrderReference;
use crate::names::{FullName, Phone, Role};

/// Who set a field last: a hand, or the import with this journal entry number.
/// That is what makes edits by hand survive the next roster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    #[default]
    Hand,
    /// Journal entry number of the import.
    Import(u32),
}

/// A person, whatever roles they hold. No more data than the work needs (152-ФЗ).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    #[serde(skip)]
    pub id: PersonId,
    pub name: FullName,
    #[serde(default)]
    pub name_origin: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    #[serde(default)]
    pub birth_date_origin: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    #[serde(default)]
    pub phone_origin: Origin,
    /// Day the person left the organization for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_on: Option<Date>,
    /// Long absence (декрет, больничный): outside coverage from this day until its end or until cleared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_since: Option<Date>,
    /// The last day of the absence, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absent_until: Option<Date>,
    /// Why somebody is away for long, where it is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absence_reason: Option<AbsenceReason>,
    /// The last day of a contract for a time: a reminder, never an end by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_until: Option<Date>,
    /// Names borne before, the latest last: a member list may still show them (duty 2.3-8).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<FullName>,
    /// Day the safe mode was ticked [R 2.10].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe_mode_on: Option<Date>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Records of the same person that were merged into this one. They are in the register no longer; the journal
    /// still tells of them, and an erasure has to find them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<PersonId>,
}

impl Person {
    /// Whether the person is away for long on a day: then they stand outside coverage.
    pub fn is_absent(&self, today: Date) -> bool {
        self.absent_since.is_some_and(|since| since <= today)
            && self.absent_until.is_none_or(|until| until >= today)
    }
}

/// Why somebody is away for long. No more than the work needs: never a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceReason {
    /// Декрет, отпуск по уходу.
    ParentalLeave,
    /// Больничный.
    SickLeave,
    /// Академический отпуск, командировка и другое.
    OtherLeave,
}

/// How far a membership (for parents: adult × child) has come on the platform.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationState {
    /// Нет сведений: neutral, never counted, never flagged.
    #[default]
    NoInformation,
    /// Не приглашали: neutral.
    NotInvited,
    /// Приглашён.
    Invited,
    /// Заявка.
    Requested,
    /// Присоединился.
    Joined,
    /// Подтверждён.
    Confirmed,
    /// Не участвует: a person's right [R 1.8], neutral.
    DoesNotParticipate,
    /// Выбыл.
    Departed,
}

/// Why somebody does not participate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NonParticipation {
    /// Отказ.
    Declined,
    /// Отказ за ребёнка.
    DeclinedForChild,
    /// Нет телефона.
    NoPhone,
}

/// Participation with its date and, where there is one, the reason and the alternative way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    #[serde(default)]
    pub state: ParticipationState,
    /// The day the state was seen or told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<NonParticipation>,
    /// How the family is informed instead (diary, meetings).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alternative: String,
    /// The day a refusal was withdrawn [R 1.8]; kept so that nobody asks for it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal_withdrawn_on: Option<Date>,
}

/// Confirmation of the status «учитель» / «сотрудник» (duty 2.3-7).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Нет сведений: neutral.
    #[default]
    NoInformation,
    /// Ждёт подтверждения.
    Waiting,
    /// Подтверждён.
    Verified,
    /// Отклонён.
    Rejected,
}

/// Person × role × group. Parents get theirs from their children (see [`Guardianship`]); a parent
/// membership of its own exists only while the child is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    #[serde(skip)]
    pub id: MembershipId,
    pub person: PersonId,
    pub role: Role,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    #[serde(default)]
    pub origin: Origin,
    /// Post as written («учитель математики»).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub post: String,
    #[serde(default)]
    pub post_origin: Origin,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// Last day of the membership; `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(default)]
    pub participation: Participation,
    #[serde(default)]
    pub verification: Verification,
    /// The day that state began: for a waiting one the day it was asked for. Unknown where nobody noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_since: Option<Date>,
}

/// An adult of a child; carries the parents' participation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardianship {
    #[serde(skip)]
    pub id: GuardianshipId,
    pub adult: PersonId,
    pub child: PersonId,
    /// «мать», «отец», «опекун».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub basis: String,
    /// «Доступ ограничен, бумага у …»: where the paper is kept; empty: not restricted.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub restriction: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    #[serde(default)]
    pub participation: Participation,
}

/// A class teacher, curator or educator of a group by the head's distribution (duty 2.3-5).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    #[serde(skip)]
    pub id: AssignmentId,
    pub group: GroupId,
    pub person: PersonId,
    #[serde(default)]
    pub order: OrderReference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// «Временно».
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub temporary: bool,
    /// Whose place is taken for a time (декрет, больничный). Not a reference: the file has no column for it, so the
    /// assignment named may be gone by an undo, and whoever reads it must bear that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_in_for: Option<AssignmentId>,
}
