//! What the wizard knows: the source, the choices, the plan on screen and where the user stands in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::lists::{Lists, RowKind};
use super::row_card::RowCard;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::{EntityKey, GroupKind, Operation, SchoolYear};
use crate::regulation::{current_year, usual_group_kind};
use crate::roster::{
    ColumnOverride, Field, OpenedRoster, PersonChoice, PlanChoices, PlanCounts, ReadChoices, Scope,
};
use crate::session::{
    Executed, JobHandle, PreparedRoster, RosterContent, RosterImport, RosterRequest, RosterSource, Snapshot,
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

/// What was brought in.
pub(super) struct Done {
    pub(super) name: String,
    pub(super) counts: PlanCounts,
    pub(super) groups_created: Vec<String>,
    pub(super) entry: Option<u64>,
    /// Something the import created: while it is in the register the import was not taken back.
    pub(super) created: Option<EntityKey>,
    /// Revision of the register when «Отменить загрузку» was pressed.
    pub(super) undo_asked_at: Option<u64>,
}

/// State of the screen.
#[derive(Default)]
pub struct ImportState {
    pub(super) step: Step,
    pub(super) source: Option<RosterSource>,
    pub(super) read: ReadChoices,
    pub(super) scope: Scope,
    pub(super) decisions: BTreeMap<u32, PersonChoice>,
    /// Rows left out, and the list in which each stays to be marked again.
    pub(super) left_out: BTreeMap<u32, RowKind>,
    pub(super) chosen_year: Option<SchoolYear>,
    pub(super) year: Option<SchoolYear>,
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
    /// The revision for which the plan was last made anew by itself.
    replanned_at: Option<u64>,
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
        self.group_kind = usual_group_kind(snapshot.register.organization().kind);
    }

    /// What the background job is to read and plan; `None` while there is no source.
    pub fn request(&self) -> Option<RosterRequest> {
        let year = self.chosen_year.or(self.year)?;
        let plan = PlanChoices {
            scope: self.scope,
            default_role: self.read.default_role,
            group_kind: self.group_kind,
            left_out_rows: self.left_out.keys().copied().collect(),
            decisions: self.decisions.clone(),
            ..PlanChoices::for_year(year)
        };
        let reuse = self.content.clone();
        Some(RosterRequest { source: self.source.clone()?, read: self.read.clone(), plan, reuse })
    }

    /// The job began.
    pub fn started(&mut self, job: JobHandle) {
        self.job = Some(job);
    }

    /// Takes what the job made.
    pub fn take_prepared(&mut self, prepared: RosterImport) {
        self.job = None;
        match prepared {
            RosterImport::Ready(prepared) => {
                self.failure = None;
                self.unmapped = None;
                self.content.clone_from(&prepared.content);
                self.lists.build(&prepared, &self.left_out);
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

    /// The operation of the plan on screen, and what to say when it is done.
    pub fn operation(&self) -> Option<(Operation, String)> {
        let prepared = self.prepared.as_deref().filter(|prepared| !prepared.plan.is_empty())?;
        (self.job.is_none()).then(|| (prepared.operation(), format!("Внесено: {}", self.changes_words())))
    }

    /// The import was committed.
    pub fn committed(&mut self, executed: &Executed) {
        let Some(prepared) = self.prepared.take() else { return };
        let created = executed.changes.changes.iter().find(|change| change.before.is_none());
        self.done = Some(Done {
            name: prepared.name.clone(),
            counts: prepared.plan.counts,
            groups_created: prepared.plan.groups_created.clone(),
            entry: executed.entry,
            created: created.map(crate::register::Change::key),
            undo_asked_at: None,
        });
        self.step = Step::Done;
        self.notice = None;
        self.lists = Lists::default();
        self.card = None;
    }

    /// Plans anew when the register changed under the plan on screen.
    pub(super) fn follow_register(&mut self, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
        self.judge_by(context.snapshot);
        let is_old = |prepared: &PreparedRoster| prepared.plan.planned_at != context.register().revision;
        let revision = Some(context.register().revision);
        let is_new = self.replanned_at != revision;
        if is_new && self.job.is_none() && self.prepared.as_deref().is_some_and(is_old) {
            self.replanned_at = revision;
            self.notice = Some("Люди в программе тем временем изменились: проверка сделана заново".into());
            actions.push(Action::PlanRoster);
        }
    }

    /// Whether leaving would lose something the user decided.
    pub(super) fn has_decisions(&self) -> bool {
        !self.decisions.is_empty() || !self.left_out.is_empty() || !self.read.column_overrides.is_empty()
    }

    /// How many people the plan changes.
    pub(super) fn change_count(&self) -> u32 {
        let counts = self.prepared.as_ref().map(|prepared| prepared.plan.counts).unwrap_or_default();
        counts.added + counts.updated + counts.moved
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

    /// Leaves rows out, or takes them back in.
    pub(super) fn set_left_out(&mut self, rows: &[u32], kind: RowKind, left_out: bool) {
        for row in rows {
            if left_out {
                self.left_out.insert(*row, kind);
            } else {
                self.left_out.remove(row);
            }
        }
    }
}
