//! The plan of an import: file against register (never file against the last file). Pure: a register, the rows
//! and the user's choices come in, the preview and the operation that does exactly the preview come out.

mod adult_twins;
mod assignments;
mod checks;
mod children;
mod conflicts;
mod departures;
mod describe;
mod describe_places;
mod families;
#[cfg(test)]
mod families_tests;
mod groups;
mod halves;
mod json;
mod matching;
mod names_of_file;
mod person_aliases;
mod reasons;
mod refusals;
mod renames;
mod same_adult;
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
    GroupId, GroupKind, ImportOperation, ImportedAssignment, NewAdult, NewGroup, OrderReference, PersonId,
    Register, Remembered, RowDecision, SchoolYear, UnitId,
};

/// How complete the user says the file is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum PersonChoice {
    /// It is this person.
    Existing(PersonId),
    /// It is somebody new.
    NewPerson,
}

/// What the user chose for the plan. No `Debug`: it may hold personal data.
#[derive(Clone)]
pub struct PlanChoices {
    /// How complete the file is.
    pub scope: Scope,
    /// The user did not say how complete it is: what is remembered for this kind of file is taken, where there is
    /// something.
    pub recall_scope: bool,
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
    /// Values set by hand that the file's value is to replace, by row.
    pub take_from_file: BTreeSet<(u32, ConflictField)>,
    /// Values of the file that are never to be asked about again, by row: remembered with this import.
    pub refuse_for_good: BTreeSet<(u32, ConflictField)>,
    /// Every proposed change of a name is accepted (`--accept-renames`). Single ones are accepted by
    /// [`decisions`](Self::decisions).
    pub accept_renames: bool,
    /// Absent people who are to be entered as left. Without effect for [`Scope::Additions`], and for people who have
    /// another part in the school that the file does not speak of: leaving is for good and ends every part.
    pub departing: Departing,
    /// Day of transfers and departures; today where unset.
    pub movement_on: Option<Date>,
    /// One order for every movement of this import.
    pub order: OrderReference,
    /// Adults of several rows that are one person, by [`AdultProposal::key`], as the user confirmed.
    pub joined_adults: BTreeSet<AdultKey>,
    /// Every proposal of [`AdultProposal`] is confirmed (`--join-families`).
    pub join_all_adults: bool,
    /// Groups whose class teacher is replaced by the one of the file, by label.
    pub replaced_teachers: BTreeSet<String>,
}

/// Who of the absent is to be entered as left.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Departing {
    /// Nobody: they are listed only.
    #[default]
    Nobody,
    /// These people, as far as they are absent.
    These(BTreeSet<PersonId>),
    /// Everybody who is absent.
    Everybody,
}

/// A field that a hand may have set and a file may say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum ConflictField {
    /// ФИО.
    Name,
    /// Date of birth.
    BirthDate,
    /// Phone.
    Phone,
    /// Post.
    Post,
    /// Class or group.
    Group,
}

impl ConflictField {
    /// Stable name for `--json`: `name`, `birth_date`, `phone`, `post`, `group`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::BirthDate => "birth_date",
            Self::Phone => "phone",
            Self::Post => "post",
            Self::Group => "group",
        }
    }
}

/// Names one proposal to join adults: folded name and phone. No `Debug`: it is personal data.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct AdultKey(pub String);

impl PlanChoices {
    /// The plainest choices for a year: additions only, everything else as the file says.
    pub fn for_year(year: SchoolYear) -> Self {
        Self {
            scope: Scope::default(),
            recall_scope: false,
            default_role: None,
            year,
            group_kind: GroupKind::default(),
            unit: None,
            left_out_rows: BTreeSet::new(),
            decisions: BTreeMap::new(),
            columns: ColumnMap::default(),
            take_from_file: BTreeSet::new(),
            refuse_for_good: BTreeSet::new(),
            accept_renames: false,
            departing: Departing::Nobody,
            movement_on: None,
            order: OrderReference::default(),
            joined_adults: BTreeSet::new(),
            join_all_adults: false,
            replaced_teachers: BTreeSet::new(),
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
    /// «Похоже, сменилась фамилия»: somebody absent and somebody new who agree in all but the surname. Nothing is done
    /// until the user says so: [`PlanRow::person`] is set once they did, [`PlanRow::candidates`] holds the proposal.
    Renamed,
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
            Self::Renamed => "renamed",
            Self::Ambiguous => "ambiguous",
            Self::Skipped => "skipped",
        }
    }
}

/// One field of a row, before → after. Phones are masked. No `Debug`: it holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Stable name for `--json`: `name`, `patronymic`, `birth_date`, `phone`, `post`, `role`, `group`, `returned`; of the
    /// adults of a row `adult`, `adult_basis`, `adult_name`, `adult_phone`; of a parent `child`.
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
    /// The people it may be, for ambiguous rows; whose surname it is that changed, for renamed ones.
    pub candidates: Vec<PersonId>,
    /// The person it is.
    pub person: Option<PersonId>,
}

impl PlanRow {
    /// Whether the import writes something for the row: a changed surname only once the user said so.
    pub fn is_applied(&self) -> bool {
        match self.kind {
            PlanKind::Added | PlanKind::Updated | PlanKind::Moved => true,
            PlanKind::Renamed => self.person.is_some(),
            PlanKind::Unchanged | PlanKind::Ambiguous | PlanKind::Skipped => false,
        }
    }
}

/// A value of the file against one set by hand: the hand's stays unless ticked. No `Debug`: it holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Row as Excel counts, from 1.
    pub row: u32,
    /// The field.
    pub field: ConflictField,
    /// The header of the column as written; empty where no single column holds it.
    pub column: String,
    /// X of «в файле X»; phones are masked.
    pub in_file: String,
    /// Y of «вручную задано Y»; phones are masked.
    pub by_hand: String,
    /// Whether the file's value is taken ([`PlanChoices::take_from_file`]).
    pub taken: bool,
    /// Whether the value is refused for good with this import. Values refused earlier make no conflict.
    pub refused: bool,
}

/// An adult whom rows of children name, or a proposal that several of them are one person. No `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct PlannedAdult {
    /// The first row that names them.
    pub row: u32,
    /// Further rows: other children of theirs.
    pub more_rows: Vec<u32>,
    /// Name.
    pub name: FullName,
    /// The person of the register; `None`: somebody new.
    pub person: Option<PersonId>,
    /// «мать», «отец», or empty.
    pub basis: String,
    /// Why it is this person, or that they are new. Russian.
    pub why: String,
    /// Number of guardianships this import makes for them.
    pub new_children: u32,
}

/// «Похоже, один человек»: adults of several rows, or an adult of a row and somebody of the register, who agree in
/// ФИО and phone. Separate until the user confirms. No `Debug`: it holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct AdultProposal {
    /// Names the proposal in [`PlanChoices::joined_adults`].
    pub key: AdultKey,
    /// Name as written first.
    pub name: FullName,
    /// Rows that name them.
    pub rows: Vec<u32>,
    /// Who of the register it would be, staff included; `None`: one new person for all rows.
    pub person: Option<PersonId>,
    /// What agrees. Russian.
    pub why: String,
    /// Whether it is confirmed.
    pub joined: bool,
}

/// A class teacher the file names. No `Debug`: it holds personal data.
#[derive(Clone, PartialEq, Eq)]
pub struct PlannedAssignment {
    /// The row that says so first.
    pub row: u32,
    /// Label of the group.
    pub group: String,
    /// The teacher's name.
    pub teacher: FullName,
    /// What becomes of it.
    pub state: AssignmentState,
    /// Name of the present class teacher, where somebody else is.
    pub instead_of: String,
}

/// What becomes of a class teacher of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssignmentState {
    /// Is appointed by this import.
    New,
    /// Is it already.
    Known,
    /// The group has another one: stays unless the user says so ([`PlanChoices::replaced_teachers`]).
    Taken,
    /// Replaces the other one, as the user said.
    Replaces,
    /// No employee of this name, or several.
    Unknown,
}

/// More people would be entered as left than goes without a word: the number must be typed. That is so when of some
/// group, or of everybody with the roles of the file, more than 25 leave, or more than 10 % and at least three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brake {
    /// People entered as left by this import: the number to be typed.
    pub departing: u32,
    /// Where they are too many: label of the group, or empty for the whole organization.
    pub group: String,
    /// Departing there.
    pub departing_there: u32,
    /// Members there before the import.
    pub of: u32,
}

/// Somebody of the register who is not in the file. Listed only, unless the user enters them as left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsentRow {
    /// The person.
    pub person: PersonId,
    /// The group in which the file should have named them.
    pub group: Option<GroupId>,
    /// Its label; empty without a group.
    pub group_label: String,
    /// Whether this import enters them as left.
    pub departs: bool,
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
    /// `staff_group_unknown`, `same_phone_as_adult`, `maybe_same_person`, `parent_name_short`,
    /// `parent_phones_differ`, `child_unknown`, `child_ambiguous`, `class_teacher_unknown`, `class_teacher_taken`,
    /// `class_teacher_differs`, `led_class_unknown`, `bad_decision`, `no_role`, `no_group`.
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
    /// Rows that look like a changed surname, accepted or not.
    pub renamed: u32,
    /// Values of the file that differ from ones set by hand.
    pub conflicts: u32,
    /// Absent people who are entered as left.
    pub departed: u32,
    /// Adults whom the import creates for children.
    pub parents_added: u32,
    /// Class teachers the import appoints.
    pub assignments: u32,
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
    /// Values set by hand that the file contradicts, by row.
    pub conflicts: Vec<Conflict>,
    /// The adults whom rows of children name.
    pub adults: Vec<PlannedAdult>,
    /// Adults who look like one person.
    pub adult_proposals: Vec<AdultProposal>,
    /// The class teachers whom the file names.
    pub assignments: Vec<PlannedAssignment>,
    /// Set when the number of departures must be typed before the import.
    pub brake: Option<Brake>,
    new_adults: Vec<NewAdult>,
    new_assignments: Vec<ImportedAssignment>,
    departures: Vec<PersonId>,
    movement_on: Option<Date>,
    order: OrderReference,
    remember: Vec<Remembered>,
    /// Whether some of what is remembered answers a question of this plan and is not known yet.
    answers_questions: bool,
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
    let refusals = refusals::Refusals::new(register);
    let mut places = groups::Places::new(register, choices);
    let wanted = groups::place_rows(&mut places, roster, choices, &mut issues);
    let matching_done = |share: f32| progress(share * 0.6);
    let mut matches =
        matching::match_rows(register, roster, &wanted, choices, &refusals, today, &matching_done)?;
    let missing = departures::list_missing(register, &wanted, &matches, &places, choices, today);
    renames::propose(register, roster, &wanted, &places, &missing, choices, today, &mut matches);
    let twins = adult_twins::propose(register, roster, &wanted, choices, &mut matches, &mut issues);
    let mut absent = departures::list_absent(register, missing, &matches, choices);
    let background = describe::Background { register, choices, refusals: &refusals, places: &places, today };
    let describing_done = |share: f32| progress(0.6 + share * 0.35);
    let described = describe::describe_rows(background, roster, &wanted, &matches, &describing_done)?;
    let describe::Described { mut rows, mut decisions, issues: of_rows, conflicts, mut remember } = described;
    issues.extend(of_rows);

    let comparison = families::Comparison { register, roster, wanted: &wanted, choices, today };
    let families = families::plan_families(&comparison, &mut rows, &mut decisions, &mut issues);
    let adult_proposals = twins.into_iter().chain(families.proposals).collect();
    let new_groups = places.keep_used(&mut decisions);
    let appointed = assignments::plan_assignments(&comparison, &places, &rows, &new_groups, &mut issues);
    // Whom the file names in another's row is not missing from it.
    absent.retain(|row| !families.named.contains(&row.person) && !appointed.named.contains(&row.person));
    let departures = departures::mark_departing(register, &mut absent, &wanted, choices, today);
    let brake = departures::brake(register, &absent, &wanted, today);
    remember.extend(person_aliases::answers_of(register, roster, &wanted, &matches, choices));
    checks::warn_of_shared_phones(register, roster, &wanted, choices, &mut issues);
    issues.sort_by_key(|issue| issue.row);
    let counts = PlanCounts {
        absent: absent.len() as u32,
        departed: departures.len() as u32,
        conflicts: conflicts.len() as u32,
        parents_added: families.new_adults.len() as u32,
        assignments: appointed.operations.len() as u32,
        ..count(roster, &rows)
    };
    progress(1.0).then_some(ImportPlan {
        planned_at: register.revision,
        year: choices.year,
        rows,
        absent,
        issues,
        groups_created: new_groups.iter().map(|group| group.label.clone()).collect(),
        counts,
        conflicts,
        adults: families.adults,
        adult_proposals,
        assignments: appointed.rows,
        brake,
        new_adults: families.new_adults,
        new_assignments: appointed.operations,
        departures,
        movement_on: choices.movement_on,
        order: choices.order.clone(),
        answers_questions: !remember.is_empty(),
        remember,
        new_groups,
        decisions,
    })
}

impl PlanCounts {
    /// The numbers by their stable names, as `--json` and the journal keep them.
    pub fn named(&self) -> Vec<(&'static str, u32)> {
        vec![
            ("added", self.added),
            ("updated", self.updated),
            ("moved", self.moved),
            ("unchanged", self.unchanged),
            ("absent", self.absent),
            ("ambiguous", self.ambiguous),
            ("skipped", self.skipped),
            ("renamed", self.renamed),
            ("conflicts", self.conflicts),
            ("departed", self.departed),
            ("parents_added", self.parents_added),
            ("assignments", self.assignments),
        ]
    }
}

fn count(roster: &MappedRoster, rows: &[PlanRow]) -> PlanCounts {
    let of = |kind: PlanKind| rows.iter().filter(|row| row.kind == kind).count() as u32;
    let left_out_by_the_reader = roster.rows_seen.saturating_sub(roster.rows.len() as u32);
    PlanCounts {
        added: of(PlanKind::Added),
        updated: of(PlanKind::Updated),
        moved: of(PlanKind::Moved),
        unchanged: of(PlanKind::Unchanged),
        ambiguous: of(PlanKind::Ambiguous),
        skipped: of(PlanKind::Skipped) + left_out_by_the_reader,
        renamed: of(PlanKind::Renamed),
        ..PlanCounts::default()
    }
}

impl ImportPlan {
    /// Whether the import would change nothing. Answers that keep a question from being asked again (a value refused
    /// for good, a person named for a row) are a change.
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty()
            && self.departures.is_empty()
            && self.new_assignments.is_empty()
            && !self.answers_questions
    }

    /// Adds answers to be remembered with the import (column map, scope of this kind of file). They alone do not make
    /// a plan that changes nothing into an import.
    pub fn remember(&mut self, answers: Vec<Remembered>) {
        self.remember.extend(answers);
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
            remember: self.remember.clone(),
            new_adults: self.new_adults.clone(),
            departures: self.departures.clone(),
            assignments: self.new_assignments.clone(),
            movement_on: self.movement_on,
            order: self.order.clone(),
            counts: self.counts.named(),
        }
    }
}
