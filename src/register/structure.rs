//! The structure: unit → group → chat (duties 2.2, 2.3-2, 2.3-3, 2.5, 2.6).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{ChatId, GroupId, PersonId, UnitId};

/// A school year by the calendar year it starts in; 1 September – 31 August.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SchoolYear(pub i16);

impl SchoolYear {
    /// The school year a day falls into.
    ///
    /// ```
    /// use sferum_console::register::SchoolYear;
    /// assert_eq!(SchoolYear::of(jiff::civil::date(2026, 8, 31)), SchoolYear(2025));
    /// assert_eq!(SchoolYear::of(jiff::civil::date(2026, 9, 1)), SchoolYear(2026));
    /// ```
    pub fn of(day: Date) -> Self {
        Self(if day.month() >= 9 { day.year() } else { day.year() - 1 })
    }

    /// The first day, 1 September.
    pub fn first_day(self) -> Date {
        Date::new(self.0.clamp(1, 9000), 9, 1).expect("1 September exists in every year up to 9000")
    }

    /// The year after.
    pub fn next(self) -> SchoolYear {
        SchoolYear(self.0.saturating_add(1))
    }

    /// The last day, 31 August.
    pub fn last_day(self) -> Date {
        Date::new(self.0.clamp(1, 9000) + 1, 8, 31).expect("31 August exists in every year up to 9001")
    }
}

impl std::fmt::Display for SchoolYear {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.0, self.0 + 1)
    }
}

/// A building or department (корпус, отделение).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    #[serde(skip)]
    pub id: UnitId,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_on: Option<Date>,
}

/// What a group is; decides its words and the chats it needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// Класс.
    #[default]
    SchoolClass,
    /// Учебная группа.
    StudyGroup,
    /// Педагогический коллектив (duty 2.3-2).
    TeachingStaff,
    /// Кружок.
    Club,
    /// Группа детского сада.
    KindergartenGroup,
}

/// A figure read in the cabinet, in a column that the school named itself («Активных за неделю»). It moves no rule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFigure {
    pub column: String,
    pub value: u32,
    /// The day it was read.
    pub on: Date,
}

/// A class, study group, staff group, club or kindergarten group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    #[serde(skip)]
    pub id: GroupId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    #[serde(default)]
    pub kind: GroupKind,
    /// Canonical label, «5А», «ИС-21-1».
    pub label: String,
    /// The school year; `None` for groups that outlive years (teaching staff).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<SchoolYear>,
    /// Day the safe mode was ticked for the group [R 2.10].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safe_mode_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_on: Option<Date>,
    /// The latest figure of each free column of «Сводка классов»; earlier ones are in the journal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<GroupFigure>,
    /// The group it was before: of the year before (5А of 6А), or the one it was split from. No reference of the
    /// file: whoever reads it must bear that the group is gone by an undo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<GroupId>,
}

/// The kinds of chat [R 2.5, 2.6].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// Class teacher with the students.
    #[default]
    Students,
    /// Class teacher with the parents.
    Parents,
    /// Class teacher with the teachers who teach the group.
    Teachers,
    /// A discipline [R 2.6].
    Subject,
    /// All staff.
    Staff,
    /// Anything else.
    Other,
}

/// Where a chat lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Platform {
    #[default]
    Max,
    VkMessenger,
    Telegram,
    Whatsapp,
    Viber,
    Other,
}

/// What became of a chat in the move from VK Мессенджер to MAX [R 2.2].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// Never was in VK Мессенджер, or nobody asked.
    #[default]
    NotApplicable,
    /// Перенесён.
    Transferred,
    /// Не перенёсся.
    NotTransferred,
    /// Создан заново.
    CreatedAnew,
    /// Не нужен.
    NotNeeded,
}

/// A chat of a group, or (without a group) of the organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chat {
    #[serde(skip)]
    pub id: ChatId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    #[serde(default)]
    pub kind: ChatKind,
    /// Title as in the messenger; empty: made from kind and group.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    #[serde(default)]
    pub platform: Platform,
    #[serde(default)]
    pub transfer: TransferState,
    /// Who owns the chat in the messenger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<PersonId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archived_on: Option<Date>,
}
