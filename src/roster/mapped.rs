//! What a read roster is: people in the program's terms, problems, and facts about the file.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::problem::Issue;
use super::row_places::RowPlaces;
use crate::names::{FullName, GroupLabel, Phone, Role};

/// What the user said about the whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// Role of people for whom the file names none.
    pub default_role: Option<Role>,
    /// Class of every row, whatever the file says.
    pub group_override: Option<String>,
    /// As [`ReadChoices::class_answers`](super::ReadChoices).
    pub class_answers: BTreeMap<String, ClassAnswer>,
    /// As [`ReadChoices::post_roles`](super::ReadChoices).
    pub post_roles: BTreeMap<String, Role>,
    /// As [`ReadChoices::fill_down`](super::ReadChoices).
    pub fill_down: bool,
}

/// One person of the file. `Debug` shows the row number only: logs must not name people.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// Name as written, cleaned.
    pub name: FullName,
    /// Class or group; `None` is valid for staff and parents.
    pub group: Option<GroupLabel>,
    /// Role; `None` where neither file nor user names one.
    pub role: Option<Role>,
    /// Post as written, or empty.
    pub post: String,
    /// Phone, when exactly one readable number is given.
    pub phone: Option<Phone>,
    /// Date of birth.
    pub birth_date: Option<Date>,
    /// «Классный руководитель» or «Классное руководство» as written, or empty.
    pub class_teacher: String,
    /// Parents named in the row, as written.
    pub parents: Vec<RosterParent>,
    /// Classes that an employee leads, read from [`class_teacher`](Self::class_teacher) («5А, 6Б»); empty for students.
    pub leads: Vec<GroupLabel>,
    /// The child of an adult, in lists of parents that name them.
    pub child: Option<FullName>,
}

impl fmt::Debug for RosterRow {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RosterRow({})", self.row)
    }
}

/// A parent named in a student's row. No `Debug`, for the same reason as [`RosterRow`].
#[derive(Clone, PartialEq, Eq)]
pub struct RosterParent {
    /// Which parent of the row, from 1.
    pub number: u8,
    /// «мать», «отец», «опекун» as the column says; empty for «родитель 1» and «законный представитель».
    pub basis: &'static str,
    /// Name as written, cleaned; may be empty or only a given name.
    pub name: String,
    /// The name read: at least surname and given name. `None` where it is too little to tell a person by.
    pub full_name: Option<FullName>,
    /// Phone, when exactly one readable number is given.
    pub phone: Option<Phone>,
}

/// A class as the file writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassValue {
    /// The spelling of the file, cleaned.
    pub written: String,
    /// How it is understood, the user's answer ([`ReadChoices::class_answers`](super::ReadChoices)) first; `None`: it
    /// cannot be read, or the user leaves its rows out.
    pub label: Option<GroupLabel>,
    /// Number of rows with it.
    pub rows: u32,
    /// What the user said of it.
    pub answer: Option<ClassAnswer>,
}

/// What the user says of a class value of the file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum ClassAnswer {
    /// It is this class or group.
    Group(String),
    /// Its rows are not taken.
    LeaveOut,
}

/// A post of the file and the role that the visible rule makes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRole {
    /// The post as the file writes it first.
    pub written: String,
    /// [`fold`](crate::names::fold) of it: key of [`ReadChoices::post_roles`](super::ReadChoices).
    pub key: String,
    /// The role its people get; `None` where the rule does not know.
    pub role: Option<Role>,
    /// Number of rows with it.
    pub rows: u32,
    /// Whether the user chose the role.
    pub chosen: bool,
}

/// How the file was read: `source` of `import --json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFacts {
    /// `csv`, `tsv`, `xlsx`, `xls`, `ods` or `pasted`.
    pub format: &'static str,
    /// WHATWG name of the encoding; `None` for a sheet that is no text.
    pub encoding: Option<&'static str>,
    /// The delimiting character; `None` for a sheet that has none.
    pub delimiter: Option<&'static str>,
    /// Name of the worksheet; `None` for delimited text.
    pub sheet: Option<String>,
    /// Row of the header as Excel counts, from 1.
    pub header_row: u32,
}

/// Empty class cells below a filled one, as merged cells leave them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FillDown {
    /// Rows of this kind.
    pub rows: u32,
    /// Whether they were filled.
    pub done: bool,
}

/// A roster in the program's terms.
#[derive(Clone)]
pub struct MappedRoster {
    /// How the file was read.
    pub source: SourceFacts,
    /// The people, in the order of the file.
    pub rows: Vec<RosterRow>,
    /// Problems of rows, in the order of the file.
    pub issues: Vec<Issue>,
    /// Headers of columns that are not taken for the protection of people (152-ФЗ).
    pub skipped_columns: Vec<String>,
    /// Headers that were not recognised.
    pub unknown_columns: Vec<String>,
    /// Distinct spellings of classes with the number of rows, in the order of the file.
    pub class_values: Vec<ClassValue>,
    /// Distinct posts with the role each becomes, in the order of the file.
    pub post_roles: Vec<PostRole>,
    /// Rows whose class stood empty below a filled one and was filled down, or could be.
    pub fill_down: FillDown,
    /// Rows dropped because they are totals.
    pub totals_dropped: u32,
    /// Rows of the table that held anything, people or not (totals and repeated headers left out).
    pub rows_seen: u32,
    /// Things to say once about the whole file, in Russian.
    pub notes: Vec<String>,
    /// Where the rows of the file stand, when they come from several worksheets.
    pub row_places: RowPlaces,
}
