//! Saved filters of the list of people: what the list is narrowed to, which columns it shows and how it is sorted.
//! They belong to the file, since they speak of its groups; they hold no words of a search, so they name nobody.

use serde::{Deserialize, Serialize};

use super::Verification;
use super::ids::GroupId;
use crate::names::Role;

/// How far somebody has come, as far as a list may be narrowed by it. There is on purpose no way to list who declined,
/// was not invited, or of whom nothing is known [R 1.8].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationStage {
    /// Приглашён или подал заявку.
    OnTheWay,
    /// Присоединился или подтверждён.
    Inside,
}

/// What the list of people is narrowed to, with columns and order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeopleFilter {
    /// What the user calls it.
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// A group of the file; not a reference: it may be gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
    /// People who left, and nobody else.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_group: bool,
    /// Adults whose access to a child is restricted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restricted: bool,
    /// Away for long.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub absent: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<ParticipationStage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    /// Codes of the columns shown; empty: as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Code of the column that sorts; empty: by name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sort: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub descending: bool,
}

impl PeopleFilter {
    /// Whether it narrows the list at all.
    pub fn narrows(&self) -> bool {
        let plain = PeopleFilter {
            name: self.name.clone(),
            columns: self.columns.clone(),
            sort: self.sort.clone(),
            descending: self.descending,
            ..PeopleFilter::default()
        };
        *self != plain
    }
}
