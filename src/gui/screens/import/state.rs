//! What the wizard knows: the source, the choices, the plan on screen and where the user stands in it.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::answers::Answers;
use super::class_values::ClassRows;
use super::lists::Lists;
use super::outcome::{Done, accepted_renames};
use super::row_card::RowCard;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{GroupKind, Operation, Register, SchoolYear};
use crate::regulation::{current_year, usual_group_kind};
use crate::roster::{ColumnOverride, Field, OpenedRoster, PlanChoices, ReadChoices, Recalled, Scope};
use crate::session::{
    Executed, ImportRecord, JobHandle, PROBLEM_ROWS_NAME, PreparedRoster, RosterContent, RosterImport,
    RosterRequest, RosterSource, Snapshot, problem_rows,
};
use crate::wording::counted;

/// The steps of the wizard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Step {
    #[default]
    File,
    Columns,
    Review,
    Done,
}

impl Step {
    pub(super) const fn index(self) -> usize {
        self as usize
    }
}

/// Why the file could not be read, in words for the screen.
pub(super) struct Failure {
    pub(super) text: String,
    pub(super) code: &'static str,
}

impl Failure {
    /// Whether saying what the columns are can help.
    pub(super) fn is_about_columns(&self) -> bool {
        matches!(self.code, "no_name_column" | "no_header" | "no_such_header_row" | "no_group_column")
    }
}

/// What the second step shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ColumnsPart {
    #[default]
    Columns,
    Classes,
    Posts,
}

/// Earlier imports, on the page where a file is chosen.
#[derive(Default)]
pub(super) struct History {
    pub(super) shown: bool,
    /// Newest first; `None` until the journal answered.
    pub(super) entries: Option<Vec<ImportRecord>>,
    pub(super) cursor: Option<usize>,
}

/// State of the screen.
#[derive(Default)]
pub struct ImportState {
    pub(super) step: Step,
    pub(super) source: Option<RosterSource>,
    pub(super) read: ReadChoices,
    pub(super) scope: Scope,
    /// Whether the user said how complete the file is.
    pub(super) scope_said: bool,
    /// What was said of this kind of file the last time.
    pub(super) recalled_scope: Option<Scope>,
    pub(super) recalled_role: Option<Role>,
    pub(super) answers: Answers,
    pub(super) chosen_year: Option<SchoolYear>,
    pub(super) year: Option<SchoolYear>,
    today: Option<Date>,
    group_kind: GroupKind,
    pub(super) prepared: Option<Box<PreparedRoster>>,
    /// The rows of a file whose header is not understood.
    pub(super) unmapped: Option<Box<OpenedRoster>>,
    /// The file as it was read, so that choices alone do not read it again.
    content: Option<Arc<RosterContent>>,
    pub(super) failure: Option<Failure>,
    pub(super) job: Option<JobHandle>,
    pub(super) job_since: Option<f64>,
    /// A sentence that something happened by itself: planned anew, stopped.
    pub(super) notice: Option<String>,
    pub(super) path_text: String,
    pub(super) pasted_text: String,
    pub(super) group_text: String,
    pub(super) lists: Lists,
    pub(super) card: Option<RowCard>,
    pub(super) card_height: f32,
    pub(super) done: Option<Done>,
    pub(super) asks_to_leave: bool,
    pub(super) had_text_focus: bool,
    pub(super) escape: bool,
    pub(super) column_cursor: Option<usize>,
    pub(super) columns_part: ColumnsPart,
    /// Whether the class values were looked at since there was a question about them.
    pub(super) classes_seen: bool,
    pub(super) class_rows: ClassRows,
    /// A class value that is to become a new class, and the label typed for it.
    pub(super) new_class: Option<(String, String)>,
    /// What is typed into the brake, while it asks.
    pub(super) brake_text: Option<String>,
    pub(super) history: History,
    /// Counts the plans, so that what is made from one is made anew for the next.
    pub(super) plan_number: u64,
    /// The revision for which the plan was last made anew by itself.
    replanned_at: Option<u64>,
    /// The bytes that resumed answers are about, SHA-256 in hex.
    pub(super) answered_about: Option<String>,
    /// The plan has to be made anew.
    pub(super) wants_plan: bool,
}

impl ImportState {
    /// Begins anew at the first step.
    pub fn begin(&mut self) {
        if let Some(job) = &self.job {
            job.cancel();
        }
        *self = Self::default();
    }

    /// Begins with a chosen file.
    pub fn begin_with_file(&mut self, path: PathBuf) {
        self.begin();
        self.source = Some(RosterSource::File(path));
    }

    /// Begins with pasted text.
    pub fn begin_with_text(&mut self, text: String) {
        self.begin();
        self.source = Some(RosterSource::Pasted(Arc::from(text)));
    }

    /// What the register says beforehand: its school year and what new groups are.
    pub fn judge_by(&mut self, snapshot: &Snapshot) {
        self.year = Some(current_year(&snapshot.register, snapshot.today));
        self.today = Some(snapshot.today);
        self.group_kind = usual_group_kind(snapshot.register.organization().kind);
    }

    /// What the background job is to read and plan; `None` while there is no source.
    pub fn request(&self) -> Option<RosterRequest> {
        let year = self.chosen_year.or(self.year)?;
        let mut plan = PlanChoices {
            scope: self.scope,
            default_role: self.read.default_role,
            group_kind: self.group_kind,
            recall_scope: !self.scope_said,
            ..PlanChoices::for_year(year)
        };
        self.answers.fill(&mut plan, self.today?);
        let reuse = self.content.clone();
        Some(RosterRequest { source: self.source.clone()?, read: self.read.clone(), plan, reuse })
    }

    /// The job began.
    pub fn started(&mut self, job: JobHandle) {
        self.job = Some(job);
    }

    /// Name of the file with the rows that have remarks; `None` while there is no plan.
    pub fn problem_file_name(&self) -> Option<String> {
        self.prepared.as_ref().map(|_| PROBLEM_ROWS_NAME.to_owned())
    }

    /// The rows that have remarks, as a file to be corrected and read again.
    pub fn problem_rows(&self) -> Option<Vec<u8>> {
        self.prepared.as_deref().map(problem_rows)
    }

    /// Takes what the job made.
    pub fn take_prepared(&mut self, prepared: RosterImport) {
        self.job = None;
        self.plan_number += 1;
        match prepared {
            RosterImport::Ready(prepared) => {
                self.drop_answers_about_another_file(&prepared.hash);
                self.take_recalled(&prepared.recalled);
                self.failure = None;
                self.unmapped = None;
                self.content.clone_from(&prepared.content);
                self.lists.build(&prepared, &self.answers.stays_in);
                self.prepared = Some(prepared);
            }
            RosterImport::Unreadable { text, code, opened, content, .. } => {
                self.content = content;
                self.failure = Some(Failure { text, code });
                self.unmapped = opened;
                self.prepared = None;
                self.lists = Lists::default();
                if self.step == Step::Review {
                    self.step = Step::Columns;
                }
            }
            RosterImport::Cancelled => self.notice = Some("Чтение остановлено".into()),
        }
        self.card = None;
    }

    /// What was said of such a file the last time now stands as the present answer, and says so.
    fn take_recalled(&mut self, recalled: &Recalled) {
        if let Some(scope) = recalled.scope {
            (self.scope, self.recalled_scope) = (scope, Some(scope));
        }
        if let Some(role) = recalled.default_role {
            self.read.default_role = Some(role);
            self.recalled_role = Some(role);
        }
    }

    /// The operation of the plan on screen, and what to say when it is done.
    pub fn operation(&self) -> Option<(Operation, String)> {
        let prepared = self.prepared.as_deref().filter(|prepared| !prepared.plan.is_empty())?;
        (self.done.is_none() && self.job.is_none())
            .then(|| (prepared.operation(), format!("Внесено: {}", self.changes_words())))
    }

    /// The import was committed. The plan stays, to be looked at list by list.
    pub fn committed(&mut self, executed: &Executed) {
        let Some(prepared) = self.prepared.as_deref() else { return };
        self.done = Some(Done::of(&prepared.name, &prepared.plan, executed));
        self.step = Step::Done;
        self.notice = None;
        self.brake_text = None;
        self.card = None;
    }

    /// Something was taken back: perhaps what was just brought in.
    pub fn follow_undo(&mut self, executed: &Executed, register: &Register) {
        if let Some(done) = &mut self.done {
            done.follow(executed, register);
        }
    }

    /// Takes the earlier imports.
    pub fn take_history(&mut self, entries: Vec<ImportRecord>) {
        self.history.entries = Some(entries);
    }

    /// Plans anew when the register changed under the plan on screen.
    pub(super) fn follow_register(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        self.judge_by(context.snapshot);
        if std::mem::take(&mut self.wants_plan) {
            actions.push(Action::PlanRoster);
            return;
        }
        let is_old = |prepared: &PreparedRoster| prepared.plan.planned_at != context.register().revision;
        let revision = Some(context.register().revision);
        let is_new = self.replanned_at != revision;
        if is_new && self.done.is_none() && self.job.is_none() && self.prepared.as_deref().is_some_and(is_old)
        {
            self.replanned_at = revision;
            self.notice = Some("Люди в программе тем временем изменились: проверка сделана заново".into());
            actions.push(Action::PlanRoster);
        }
    }

    /// Whether leaving would lose something the user decided.
    pub(super) fn has_decisions(&self) -> bool {
        !self.answers.is_empty()
            || !self.read.column_overrides.is_empty()
            || !self.read.class_answers.is_empty()
            || !self.read.post_roles.is_empty()
    }

    /// How many people and appointments the plan changes.
    pub(super) fn change_count(&self) -> u32 {
        let Some(plan) = self.prepared.as_ref().map(|prepared| &prepared.plan) else { return 0 };
        let counts = plan.counts;
        let rows = counts.added + counts.updated + counts.moved + accepted_renames(plan);
        rows + counts.parents_added + counts.assignments + counts.departed
    }

    /// Whether there is nothing to bring in.
    pub(super) fn changes_nothing(&self) -> bool {
        self.prepared.as_ref().is_none_or(|prepared| prepared.plan.is_empty())
    }

    /// «28 изменений».
    pub(super) fn changes_words(&self) -> String {
        counted(u64::from(self.change_count()), "изменение", "изменения", "изменений")
    }

    /// The file as far as it could be opened.
    pub(super) fn opened(&self) -> Option<&OpenedRoster> {
        self.prepared.as_ref().map(|prepared| &*prepared.opened).or(self.unmapped.as_deref())
    }

    /// Gives a column a meaning.
    pub(super) fn choose_field(&mut self, index: usize, field: Field) {
        if self.failure.is_some() {
            self.read.header_row = self.opened().map(|opened| opened.header.row);
        }
        self.read.column_overrides.retain(|choice| choice.index != index);
        self.read.column_overrides.push(ColumnOverride { index, field });
    }

    /// Whose list it is, where the file does not say it row by row.
    pub(super) fn role_said_by_file(&self) -> Option<Role> {
        self.opened().and_then(|opened| opened.header.role_hint)
    }

    /// Whether no row has a role, so that nothing could be brought in.
    pub(super) fn lacks_role(&self) -> bool {
        let no_role = |prepared: &PreparedRoster| {
            !prepared.plan.rows.is_empty() && prepared.plan.rows.iter().all(|row| row.role.is_none())
        };
        self.read.default_role.is_none() && self.prepared.as_deref().is_some_and(no_role)
    }
}
