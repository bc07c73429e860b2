//! What was brought in, and whether it was taken back since.

use std::collections::BTreeSet;

use super::lists::RowKind;
use crate::register::{EntityKind, Register};
use crate::roster::ImportPlan;
use crate::session::{Executed, entity_title};

/// Parts named on the page; the others are counted.
const KEPT_NAMED: usize = 200;

/// An import that was committed.
pub(super) struct Done {
    pub(super) name: String,
    /// The numbers, each with the list that stands behind it.
    pub(super) counts: Vec<(RowKind, &'static str, u32)>,
    pub(super) groups_created: Vec<String>,
    pub(super) entry: Option<u64>,
    pub(super) taken_back: Option<TakenBack>,
}

/// The undo of an import.
pub(super) struct TakenBack {
    /// The journal entry of the undo, by which it can be recognised when it is itself undone.
    entry: Option<u64>,
    /// How many parts were taken back.
    pub(super) parts: usize,
    /// Names of what stayed because it was changed later, as many as are shown.
    pub(super) kept: Vec<String>,
    /// How much stayed in all.
    pub(super) kept_count: usize,
}

impl Done {
    /// The numbers of a plan that was committed as `executed`.
    pub(super) fn of(name: &str, plan: &ImportPlan, executed: &Executed) -> Self {
        let counts = plan.counts;
        let renamed = accepted_renames(plan);
        let counts = [
            (RowKind::Added, "Добавлено", counts.added),
            (RowKind::Updated, "Изменено", counts.updated),
            (RowKind::Moved, "Переведено", counts.moved),
            (RowKind::Renamed, "Сменили фамилию", renamed),
            (RowKind::Adults, "Добавлено родителей", counts.parents_added),
            (RowKind::Teachers, "Назначено классных руководителей", counts.assignments),
            (RowKind::Absent, "Отмечено выбывшими", counts.departed),
            (RowKind::Waiting, "Ждут вашего ответа и не внесены", counts.ambiguous),
            (RowKind::Unchanged, "Без изменений", counts.unchanged),
            (RowKind::Skipped, "Пропущено", counts.skipped),
        ];
        Self {
            name: name.to_owned(),
            counts: counts.into_iter().filter(|(_, _, count)| *count > 0).collect(),
            groups_created: plan.groups_created.clone(),
            entry: executed.entry,
            taken_back: None,
        }
    }

    /// Follows the journal: the import may be undone here, by Ctrl+Z or in the journal, and that undone again.
    pub(super) fn follow(&mut self, executed: &Executed, register: &Register) {
        let Some(undone) = executed.undoes else { return };
        if self.entry == Some(undone) {
            // Remembered answers come and go with an import, but nobody counts them as people or groups.
            let counts = |kind: EntityKind| kind != EntityKind::Remembered;
            let changes = executed.changes.changes.iter().filter(|change| counts(change.key().kind));
            let parts: BTreeSet<u32> = changes.map(|change| change.part).collect();
            let kept: Vec<_> = executed.kept.iter().filter(|part| counts(part.subject.kind)).collect();
            let named = kept.iter().take(KEPT_NAMED);
            self.taken_back = Some(TakenBack {
                entry: executed.entry,
                parts: parts.len(),
                kept: named.map(|part| entity_title(register, part.subject, None)).collect(),
                kept_count: kept.len(),
            });
        } else if self.taken_back.as_ref().is_some_and(|taken_back| taken_back.entry == Some(undone)) {
            self.taken_back = None;
        }
    }
}

/// Rows of a changed surname that the user accepted.
pub(super) fn accepted_renames(plan: &ImportPlan) -> u32 {
    let accepted =
        |row: &&crate::roster::PlanRow| row.kind == crate::roster::PlanKind::Renamed && row.person.is_some();
    plan.rows.iter().filter(accepted).count() as u32
}
