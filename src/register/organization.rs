//! The organization card and the settings (duty 2.3-1, clauses 2.1 and 2.4; presentation [P 001]).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{OrganizationId, SettingsId};
use crate::names::Role;

/// What kind of organization this is; decides the words (класс / группа) and the required chats.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrganizationKind {
    /// Школа.
    #[default]
    School,
    /// Колледж, техникум.
    College,
    /// Детский сад.
    Kindergarten,
}

/// An order or another local act: number as written, date where known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OrderReference {
    /// Number as written, without «№».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// Date of the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
}

fn is_nothing(order: &OrderReference) -> bool {
    *order == OrderReference::default()
}

/// Somebody who answers for the platform by order [R 2.1, 2.4].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResponsiblePerson {
    /// Full name as in the order.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The order that appoints them.
    #[serde(default)]
    pub order: OrderReference,
}

/// The local act on the use of the platform and the page where it is published [P 001].
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LocalAct {
    /// Number and date.
    #[serde(default)]
    pub reference: OrderReference,
    /// Address of the page on the school's site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
}

/// The organization card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    #[serde(skip)]
    pub id: OrganizationId,
    /// Name as the school calls itself, «Школа № 14».
    pub name: String,
    #[serde(default)]
    pub kind: OrganizationKind,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// The head (директор, заведующий).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head: String,
    /// The administrator [R 2.1].
    #[serde(default)]
    pub administrator: ResponsiblePerson,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deputies: Vec<ResponsiblePerson>,
    #[serde(default)]
    pub local_act: LocalAct,
    /// The local act (or the clause of the contracts) by which staff are bound to use the platform [R 1.8].
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub staff_act: OrderReference,
    /// «Пункты нашего положения»: the duty's code («2.3-9») → the school's own clause.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own_clauses: BTreeMap<String, String>,
    /// Whether the safe mode, chats and the like are «не требуется»: duty codes [R 2.3 «при необходимости»].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_required: Vec<String>,
}

/// Thresholds of staleness for one role, in days [proposal: no norm sets them].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleThresholds {
    /// `unclaimed`: days after hand-over when a later observation shows nobody.
    pub unclaimed_observed: u16,
    /// `unclaimed`: days after hand-over without any observation.
    pub unclaimed_silent: u16,
    /// `stalled`: days over which nobody new joined.
    pub stalled: u16,
    /// `old_privileged`: days after hand-over (teacher and employee links only).
    pub privileged: u16,
}

impl Default for RoleThresholds {
    fn default() -> Self {
        Self { unclaimed_observed: 14, unclaimed_silent: 30, stalled: 30, privileged: 7 }
    }
}

/// Thresholds and the school's own schedule. All of it is ours, none of it a norm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    #[serde(skip)]
    pub id: SettingsId,
    #[serde(default)]
    pub student: RoleThresholds,
    #[serde(default)]
    pub parent: RoleThresholds,
    #[serde(default)]
    pub teacher: RoleThresholds,
    #[serde(default)]
    pub employee: RoleThresholds,
    /// «Отложить на … дней» in the cleanup.
    pub defer_days: u16,
    /// A flagged link should be dealt with within so many days.
    pub act_within_days: u16,
    /// A group should be reconciled every so many days.
    pub reconcile_every_days: u16,
    /// The cleanup of links is due every so many weeks.
    pub cleanup_every_weeks: u16,
    /// People who left are proposed for erasure after so many months [proposal: 152-ФЗ names no number, it wants the
    /// data gone once they are of no use].
    #[serde(default = "erase_after_months", skip_serializing_if = "is_usual_erasure")]
    pub erase_after_months: u16,
    /// The day the user confirmed as true after a jump of the clock; see faults row 30.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_day: Option<Date>,
    /// «Что нажать в кабинете»: the code of a kind of step → the school's own text, where it differs from ours.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub step_texts: BTreeMap<String, String>,
    /// The school's own rhythm of a duty: its code → how often to look and when somebody looked last.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub duty_rhythms: BTreeMap<String, DutyRhythm>,
    /// Saved filters of the list of people. They hold no words of a search, so they name nobody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people_filters: Vec<super::PeopleFilter>,
}

/// How often the school itself wants to look at a duty. No norm sets it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyRhythm {
    /// Every so many weeks; 0: no rhythm of its own.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub every_weeks: u16,
    /// The day on which somebody looked and said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub looked_on: Option<Date>,
}

fn is_nought(weeks: &u16) -> bool {
    *weeks == 0
}

/// A year: the child may come back, and for a year the school may be asked whether access was taken away in time.
fn erase_after_months() -> u16 {
    12
}

fn is_usual_erasure(months: &u16) -> bool {
    *months == erase_after_months()
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            id: SettingsId(1),
            student: RoleThresholds::default(),
            parent: RoleThresholds::default(),
            teacher: RoleThresholds::default(),
            employee: RoleThresholds::default(),
            defer_days: 7,
            act_within_days: 7,
            reconcile_every_days: 30,
            cleanup_every_weeks: 2,
            erase_after_months: erase_after_months(),
            confirmed_day: None,
            step_texts: BTreeMap::new(),
            duty_rhythms: BTreeMap::new(),
            people_filters: Vec::new(),
        }
    }
}

impl Settings {
    /// The thresholds of a role.
    pub fn thresholds(&self, role: Role) -> &RoleThresholds {
        match role {
            Role::Student => &self.student,
            Role::Parent => &self.parent,
            Role::Teacher => &self.teacher,
            Role::Employee => &self.employee,
        }
    }

    /// The thresholds of a role, to be edited.
    pub fn thresholds_mut(&mut self, role: Role) -> &mut RoleThresholds {
        match role {
            Role::Student => &mut self.student,
            Role::Parent => &mut self.parent,
            Role::Teacher => &mut self.teacher,
            Role::Employee => &mut self.employee,
        }
    }
}
