//! Roster files of schools: bytes → encoding → sheet → header → mapped rows.
//!
//! Nothing here knows the register's file, the screen or the clock. What cannot be read is refused in words
//! (`RosterError::russian`), what is doubtful in one row becomes an [`Issue`] with its row and column; nothing is
//! replaced, shifted or merged silently.

mod aliases;
mod cells;
mod class_values;
mod cyrillic_score;
mod delimited;
mod encoding;
mod field_codes;
mod guessed_columns;
mod header;
mod header_columns;
mod joining;
mod mapped;
mod memory;
mod name_order;
mod namesakes;
mod opening;
mod parent_headers;
mod parents;
mod pasted;
mod person_names;
mod plan;
mod post_roles;
mod problem;
mod row_columns;
mod row_places;
mod rows;
mod sensitive;
mod sheet;
mod sheet_choosing;
mod sheet_rows;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_encodings;
#[cfg(test)]
mod tests_of_families;
mod title;
mod workbook;

pub use aliases::Field;
pub use delimited::{Delimiter, read_sheet};
pub use encoding::{Decoded, RosterEncoding, decode};
pub use header::{
    ColumnMap, ColumnOverride, HEADER_SEARCH_ROWS, Header, MappedColumn, describe_header, find_header,
};
pub use mapped::{
    ClassAnswer, ClassValue, FillDown, MappedRoster, PostRole, ReadOptions, RosterParent, RosterRow,
    SourceFacts,
};
pub use memory::{Recalled, answers_to_remember, recall, remembered_words, scope_words};
pub use opening::{
    OpenedRoster, OpenedSheet, RosterBody, SheetFacts, SourceFormat, open_body, open_body_for_mapping,
    open_for_mapping, open_roster, read_body, read_opened, read_roster,
};
pub use pasted::read_pasted;
pub use plan::{
    AbsentRow, AdultKey, AdultProposal, AssignmentState, Brake, Conflict, ConflictField, Departing,
    FieldChange, ImportPlan, PersonChoice, PlanChoices, PlanCounts, PlanIssue, PlanKind, PlanRow,
    PlannedAdult, PlannedAssignment, Scope, plan_import,
};
pub use post_roles::role_of_post;
pub use problem::{
    ForeignFormat, Issue, IssueCode, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, RosterError,
    Severity,
};
pub use row_places::{RowPlace, RowPlaces};
pub use rows::read_rows;
pub use sensitive::SensitiveKind;
pub use sheet::{Sheet, SheetRow};
pub use title::TitleFacts;
pub use workbook::{
    MergedRange, READ_WORKBOOK_COMMAND, SourceKind, Workbook, WorkbookFormat, WorkbookProblem,
    WorkbookReader, WorkbookSheet, detect_source, read_workbook_unprotected, run_workbook_child,
};

use std::collections::BTreeMap;

use crate::names::Role;

/// What the user chose for a file; everything unset is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReadChoices {
    /// Encoding.
    pub encoding: Option<RosterEncoding>,
    /// Delimiter.
    pub delimiter: Option<Delimiter>,
    /// Row of the header as Excel counts, from 1.
    pub header_row: Option<u32>,
    /// Meanings of columns that differ from what the header says.
    pub column_overrides: Vec<ColumnOverride>,
    /// Role of people for whom the file names none.
    pub default_role: Option<Role>,
    /// Class of every row.
    pub group: Option<String>,
    /// Worksheet of a workbook; the first that looks like a roster where unset.
    pub sheet: Option<SheetChoice>,
    /// Meanings of class values, by [`ClassValue::written`].
    pub class_answers: BTreeMap<String, ClassAnswer>,
    /// Roles of posts that differ from the rule, by [`PostRole::key`].
    pub post_roles: BTreeMap<String, Role>,
    /// Fill empty class cells from the row above.
    pub fill_down: bool,
}

/// Which worksheets of a workbook are read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum SheetChoice {
    /// The sheet of this name.
    Named(String),
    /// Every visible sheet, one after the other; the name of a sheet is the class of its rows.
    EveryAsClass,
}
