//! The plan of an import: file against register (never file against the last file). Pure: a register, the rows
//! and the user's choices come in, the preview and the operation that does exactly the preview come out.

mod checks;
mod describe;
mod groups;
mod json;
mod matching;
mod standing;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::header::ColumnMap;
use super::mapped::MappedRoster;
use super::problem::{Issue, Severity};
use crate::names::{FullName, Role};
use crate::register::{
    GroupId, GroupKind, ImportOperation, NewGroup, PersonId, Register, RowDecision, SchoolYear, UnitId,
};

/// How complete the user says the file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// «Только новенькие»: nobody is missing from it.
    #[default]
    Additions,
    /// «Полный список этих классов»: members of the classes named in the file may be missing from it.
    Groups,
    /// «Вся школа»: anybody with the roles of the file may be missing from it.
    Full,
}

impl Scope {
    /// The word for `--scope`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Additions => "additions",
            Self::Groups => "groups",
            Self::Full => "full",
        }
    }

    /// The scope of a word of [`Scope::code`].
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Additions, Self::Groups, Self::Full].into_iter().find(|scope| scope.code() == code)
    }
}

/// The user's answer about one row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonChoice {
    /// It is this person.
    Existing(PersonId),
    /// It is somebody new.
    NewPerson,
}

/// What the user chose for the plan.
#[derive(Debug, Clone)]
pub struct PlanChoices {
    /// How complete the file is.
    pub scope: Scope,
    /// Role of rows for which neither the file nor the reader named one.
    pub default_role: Option<Role>,
    /// The school year the file is for.
    pub year: SchoolYear,
    /// Kind of new groups, where their label and the organization do not decide it.
    pub group_kind: GroupKind,
    /// The unit (building, department) the file is for. Without one every unit is searched.
    pub unit: Option<UnitId>,
    /// Rows the user left out.
    pub left_out_rows: BTreeSet<u32>,
    /// Answers by row.
    pub decisions: BTreeMap<u32, PersonChoice>,
    /// The columns of the file, so that issues name a column as the file writes it. May be empty.
    pub columns: ColumnMap,
}

impl PlanChoices {
    /// The plainest choices for a year: additions only, everything else as the file says.
    pub fn for_year(year: SchoolYear) -> Self {
        Self {
            scope: Scope::default(),
            default_role: None,
            year,
            group_kind: GroupKind::default(),
            unit: None,
            left_out_rows: BTreeSet::new(),
            decisions: BTreeMap::new(),
            columns: ColumnMap::default(),
        }
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PlanKind {
    /// A person who is not in the register.
    Added,
    /// A known person with something new.
    Updated,
    /// A known person in another group of the same year.
    Moved,
    /// Nothing new.
    Unchanged,
    /// The user must say who it is; nothing is done until then.
    Ambiguous,
    /// Left out by the user, or without a role or a usable group.
    Skipped,
}

impl PlanKind {
    /// Stable name for `--json`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Updated => "updated",
            Self::Moved => "moved",
            Self::Unchanged => "unchanged",
            Self::Ambiguous => "ambiguous",
            Self::Skipped => "skipped",
        }
    }

    /// Whether the import writes something for such a row.
    pub fn is_applied(self) -> bool {
        matches!(self, Self::Added | Self::Updated | Self::Moved)
    }
}

/// One field of a row, before → after. Phones are masked. No `Debug`: it holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Stable name for `--json`: `name`, `patronymic`, `birth_date`, `phone`, `post`, `role`, `group`, `returned`.
    pub code: &'static str,
    /// Russian name, «дата рождения».
    pub field: &'static str,
    /// Value in the register; empty where there is none.
    pub before: String,
    /// Value after the import.
    pub after: String,
}

/// One row of the preview. No `Debug`: it holds personal data.
#[derive(Clone)]
pub struct PlanRow {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// What becomes of it.
    pub kind: PlanKind,
    /// Name as the file writes it.
    pub name: FullName,
    /// Role; `None` only for a skipped row that has none.
    pub role: Option<Role>,
    /// Label of the group the person is to be in; empty for staff without one.
    pub group: String,
    /// Why it was taken for this person, or why it cannot be decided. Russian.
    pub why: String,
    /// What changes, field by field.
    pub changes: Vec<FieldChange>,
    /// The people it may be; filled for ambiguous rows only.
    pub candidates: Vec<PersonId>,
    /// The person it is.
    pub person: Option<PersonId>,
}

/// Somebody of the register who is not in the file. Listed only, never removed by an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentRow {
    /// The person.
    pub person: PersonId,
    /// The group in which the file should have named them.
    pub group: Option<GroupId>,
    /// Its label; empty without a group.
    pub group_label: String,
}

/// A problem in the preview: one of the reader's or one of the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanIssue {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The header of the column as written, where one column is to blame.
    pub column: Option<String>,
    /// Whether the row is left out.
    pub severity: Severity,
    /// Stable code: [`IssueCode::code`](super::IssueCode::code), or one of the plan: `ambiguous`,
    /// `was_here_before`, `birth_date_differs`, `namesakes`, `hand_edit_kept`, `group_ambiguous`,
    /// `staff_group_unknown`, `same_phone_as_adult`, `maybe_same_person`, `parents_later`, `class_teacher_later`,
    /// `bad_decision`, `no_role`, `no_group`.
    pub code: &'static str,
    /// Russian text: what, where, what to do.
    pub message: String,
}

impl From<&Issue> for PlanIssue {
    fn from(issue: &Issue) -> Self {
        Self {
            row: issue.row,
            column: issue.column.clone(),
            severity: issue.severity,
            code: issue.code.code(),
            message: issue.message.clone(),
        }
    }
}

/// Numbers of people by what becomes of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// New people.
    pub added: u32,
    /// Known people with something new.
    pub updated: u32,
    /// Known people in another group.
    pub moved: u32,
    /// Known people with nothing new.
    pub unchanged: u32,
    /// People of the register missing from the file.
    pub absent: u32,
    /// Rows waiting for an answer.
    pub ambiguous: u32,
    /// Rows left out by the reader, by the plan or by the user.
    pub skipped: u32,
}

/// The preview of an import, and by [`ImportPlan::operation`] exactly what it does. No `Debug`: it holds
/// personal data.
#[derive(Clone)]
pub struct ImportPlan {
    /// Revision of the register that was planned against.
    pub planned_at: u64,
    /// The year the file is for.
    pub year: SchoolYear,
    /// The rows the reader took, in the order of the file.
    pub rows: Vec<PlanRow>,
    /// Who is missing from the file, by group and person.
    pub absent: Vec<AbsentRow>,
    /// The reader's and the plan's issues, by row.
    pub issues: Vec<PlanIssue>,
    /// Labels of the groups that the import creates.
    pub groups_created: Vec<String>,
    /// The numbers of the preview.
    pub counts: PlanCounts,
    new_groups: Vec<NewGroup>,
    decisions: Vec<RowDecision>,
}

/// Rows between two calls of `progress`.
const PROGRESS_EVERY: usize = 1_000;

/// Compares a roster with the register. `progress` is told the done share, 0 to 1, about every thousand rows;
/// when it answers `false`, planning stops.
///
/// Returns `None` only when `progress` asked to stop.
pub fn plan_import(
    register: &Register,
    roster: &MappedRoster,
    choices: &PlanChoices,
    today: Date,
    progress: &dyn Fn(f32) -> bool,
) -> Option<ImportPlan> {
    let mut issues: Vec<PlanIssue> = roster.issues.iter().map(PlanIssue::from).collect();
    let mut places = groups::Places::new(register, choices);
    let wanted = groups::place_rows(&mut places, roster, choices, &mut issues);
    let matches = matching::match_rows(register, roster, &wanted, choices, today, progress)?;
    let mut describing = describe::Describing::new(register, choices, &places, today, &mut issues);
    let mut rows = Vec::with_capacity(roster.rows.len());
    let mut decisions = Vec::new();
    for (index, row) in roster.rows.iter().enumerate() {
        if index % PROGRESS_EVERY == 0 && !progress(0.6 + 0.3 * index as f32 / roster.rows.len() as f32) {
            return None;
        }
        let (planned, decision) = describing.describe(row, &wanted[index], &matches[index]);
        rows.push(planned);
        decisions.extend(decision);
    }
    let new_groups = places.keep_used(&mut decisions);
    let absent = checks::list_absent(register, &wanted, &matches, &places, choices, today);
    checks::warn_of_shared_phones(register, roster, &wanted, &matches, choices, &mut issues);
    checks::note_what_comes_later(roster, choices, &mut issues);
    issues.sort_by_key(|issue| issue.row);
    let counts = count(roster, &rows, absent.len());
    progress(1.0).then_some(ImportPlan {
        planned_at: register.revision,
        year: choices.year,
        rows,
        absent,
        issues,
        groups_created: new_groups.iter().map(|group| group.label.clone()).collect(),
        counts,
        new_groups,
        decisions,
    })
}

fn count(roster: &MappedRoster, rows: &[PlanRow], absent: usize) -> PlanCounts {
    let of = |kind: PlanKind| rows.iter().filter(|row| row.kind == kind).count() as u32;
    let left_out_by_the_reader = roster.rows_seen.saturating_sub(roster.rows.len() as u32);
    PlanCounts {
        added: of(PlanKind::Added),
        updated: of(PlanKind::Updated),
        moved: of(PlanKind::Moved),
        unchanged: of(PlanKind::Unchanged),
        absent: absent as u32,
        ambiguous: of(PlanKind::Ambiguous),
        skipped: of(PlanKind::Skipped) + left_out_by_the_reader,
    }
}

impl ImportPlan {
    /// Whether the import would change nothing.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
    }

    /// The operation that does exactly what the preview shows. Empty for a plan that changes nothing.
    /// `file_hash` is the SHA-256 of the file's bytes in hex.
    pub fn operation(&self, file_name: &str, file_hash: &str) -> ImportOperation {
        ImportOperation {
            planned_at: self.planned_at,
            file_name: file_name.to_owned(),
            file_hash: file_hash.to_owned(),
            year: Some(self.year),
            new_groups: self.new_groups.clone(),
            rows: self.decisions.clone(),
            remember: Vec::new(),
        }
    }
}
