//! Roster files of schools: bytes → encoding → sheet → header → mapped rows.
//!
//! Nothing here knows the register's file, the screen or the clock. What cannot be read is refused in words
//! (`RosterError::russian`), what is doubtful in one row becomes an [`Issue`] with its row and column; nothing is
//! replaced, shifted or merged silently.

mod aliases;
mod cells;
mod cyrillic_score;
mod delimited;
mod encoding;
mod header;
mod mapped;
mod namesakes;
mod plan;
mod problem;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;
mod title;

pub use aliases::{Field, SensitiveKind};
pub use delimited::{Delimiter, read_sheet};
pub use encoding::{Decoded, RosterEncoding, decode};
pub use header::{
    ColumnMap, ColumnOverride, HEADER_SEARCH_ROWS, Header, MappedColumn, describe_header, find_header,
};
pub use mapped::{
    ClassAnswer, ClassValue, FillDown, MappedRoster, PostRole, ReadOptions, RosterParent, RosterRow,
    SourceFacts,
};
pub use plan::{
    AbsentRow, AdultKey, AdultProposal, AssignmentState, Brake, Conflict, ConflictField, Departing,
    FieldChange, ImportPlan, PersonChoice, PlanChoices, PlanCounts, PlanIssue, PlanKind, PlanRow,
    PlannedAdult, PlannedAssignment, Scope, plan_import,
};
pub use problem::{
    ForeignFormat, Issue, IssueCode, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, RosterError,
    Severity,
};
pub use rows::read_rows;
pub use sheet::{Sheet, SheetRow};
pub use title::TitleFacts;

use std::collections::BTreeMap;

use crate::names::Role;

/// What the user chose for a file; everything unset is found out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetChoice {
    /// The sheet of this name.
    Named(String),
    /// Every visible sheet, one after the other; the name of a sheet is the class of its rows.
    EveryAsClass,
}

/// A file opened as far as its header: what the first steps of the import show.
#[derive(Clone)]
pub struct OpenedRoster {
    /// The rows as the file has them, without the values of sensitive columns.
    pub sheet: Sheet,
    /// The header and the meaning of the columns.
    pub header: Header,
    /// How the file was decoded.
    pub encoding: RosterEncoding,
    /// Whether the encoding was judged by plausibility, so that the switch should be offered.
    pub encoding_guessed: bool,
}

/// Decodes a file, splits it and finds its header. Values of sensitive columns are dropped here, before anything
/// else can see them.
///
/// # Errors
/// [`RosterError`]: everything that keeps the file as a whole from being read.
pub fn open_roster(bytes: &[u8], choices: &ReadChoices) -> Result<OpenedRoster, RosterError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(RosterError::FileTooLarge { bytes: bytes.len() as u64 });
    }
    let decoded = decode(bytes, choices.encoding)?;
    let sheet = read_sheet(&decoded.text, choices.delimiter)?;
    let header = find_header(&sheet, choices.header_row, &choices.column_overrides)?;
    Ok(without_sensitive_values(sheet, header, &decoded))
}

/// The rows of a file that [`open_roster`] refuses only for its header, so that the user can point at the header row
/// and at the columns. `None` when the file cannot be read at all. Values of sensitive columns are dropped here too.
pub fn open_for_mapping(bytes: &[u8], choices: &ReadChoices) -> Option<OpenedRoster> {
    if bytes.len() > MAX_FILE_BYTES {
        return None;
    }
    let decoded = decode(bytes, choices.encoding).ok()?;
    let sheet = read_sheet(&decoded.text, choices.delimiter).ok()?;
    let header = describe_header(&sheet, choices.header_row, &choices.column_overrides)?;
    Some(without_sensitive_values(sheet, header, &decoded))
}

fn without_sensitive_values(sheet: Sheet, header: Header, decoded: &Decoded) -> OpenedRoster {
    let sensitive = header.columns.sensitive_indices();
    let sheet =
        if sensitive.is_empty() { sheet } else { sheet.without_columns_below(&sensitive, header.row) };
    OpenedRoster { sheet, header, encoding: decoded.encoding, encoding_guessed: decoded.guessed }
}

/// Reads a delimited roster from its bytes to rows in the program's terms.
///
/// # Errors
/// [`RosterError`]: everything that keeps the file as a whole from being read; problems of single rows are
/// [`MappedRoster::issues`].
pub fn read_roster(bytes: &[u8], choices: &ReadChoices) -> Result<MappedRoster, RosterError> {
    read_opened(&open_roster(bytes, choices)?, choices)
}

/// Reads the rows of an opened roster.
///
/// # Errors
/// As [`read_roster`].
pub fn read_opened(opened: &OpenedRoster, choices: &ReadChoices) -> Result<MappedRoster, RosterError> {
    let options = ReadOptions {
        default_role: choices.default_role,
        group_override: choices.group.clone(),
        class_answers: choices.class_answers.clone(),
        post_roles: choices.post_roles.clone(),
        fill_down: choices.fill_down,
    };
    let mut roster = read_rows(&opened.sheet, &opened.header, &options)?;
    roster.source.encoding = Some(opened.encoding.code());
    Ok(roster)
}
