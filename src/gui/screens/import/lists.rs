//! The rows of the plan sorted into the lists at the left: made once for each plan, drawn from indices.

use std::collections::{BTreeMap, BTreeSet};

use crate::roster::{PlanKind, Severity};
use crate::session::PreparedRoster;

/// One list of «Что изменится».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum RowKind {
    #[default]
    Added,
    Updated,
    Moved,
    Absent,
    Waiting,
    Unchanged,
    Skipped,
}

impl RowKind {
    pub(super) const ALL: [Self; 7] = [
        Self::Added,
        Self::Updated,
        Self::Moved,
        Self::Absent,
        Self::Waiting,
        Self::Unchanged,
        Self::Skipped,
    ];

    fn of(kind: PlanKind) -> Self {
        match kind {
            PlanKind::Added => Self::Added,
            PlanKind::Updated => Self::Updated,
            PlanKind::Moved => Self::Moved,
            PlanKind::Unchanged => Self::Unchanged,
            PlanKind::Ambiguous | PlanKind::Renamed => Self::Waiting,
            PlanKind::Skipped => Self::Skipped,
        }
    }

    /// Whether a row of the list can be left out.
    pub(super) fn has_marks(self) -> bool {
        matches!(self, Self::Added | Self::Updated | Self::Moved)
    }
}

/// One row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// Index into the rows of the plan.
    Planned(usize),
    /// Index into the absent people of the plan.
    Absent(usize),
    /// A row the reader could not take: index into the issues of the plan.
    Unread(usize),
}

/// The lists of one plan.
#[derive(Default)]
pub(super) struct Lists {
    items: [Vec<Item>; 7],
    /// Rows about which there is something to say.
    warned: BTreeSet<u32>,
    pub(super) kind: RowKind,
    /// Place in the shown list.
    pub(super) cursor: Option<usize>,
    pub(super) anchor: Option<usize>,
    pub(super) scroll_to: Option<usize>,
    /// Column and whether it ascends.
    pub(super) sort: Option<(usize, bool)>,
}

impl Lists {
    /// Sorts the rows of a plan into lists; what was left out stays where it was.
    pub(super) fn build(&mut self, prepared: &PreparedRoster, left_out: &BTreeMap<u32, RowKind>) {
        let plan = &prepared.plan;
        let row_before = self.cursor_row(prepared);
        let mut items: [Vec<Item>; 7] = Default::default();
        for (index, row) in plan.rows.iter().enumerate() {
            let kind = left_out.get(&row.row).copied().unwrap_or(RowKind::of(row.kind));
            items[kind as usize].push(Item::Planned(index));
        }
        items[RowKind::Absent as usize] = (0..plan.absent.len()).map(Item::Absent).collect();
        let mut last_unread = None;
        for (index, issue) in plan.issues.iter().enumerate() {
            let is_planned = || plan.rows.binary_search_by_key(&issue.row, |row| row.row).is_ok();
            if issue.severity == Severity::Error && last_unread != Some(issue.row) && !is_planned() {
                last_unread = Some(issue.row);
                items[RowKind::Skipped as usize].push(Item::Unread(index));
            }
        }
        self.items = items;
        self.warned = plan.issues.iter().map(|issue| issue.row).collect();
        self.sort_shown(prepared);
        let count = self.shown().len();
        let found = row_before.and_then(|row| self.place_of(prepared, row));
        self.cursor = found.or(self.cursor).filter(|_| count > 0).map(|place| place.min(count - 1));
    }

    /// How many rows a list has.
    pub(super) fn count(&self, kind: RowKind) -> usize {
        self.items[kind as usize].len()
    }

    /// The list that is open.
    pub(super) fn shown(&self) -> &[Item] {
        &self.items[self.kind as usize]
    }

    /// Whether there is something to say about a row.
    pub(super) fn is_warned(&self, row: u32) -> bool {
        self.warned.contains(&row)
    }

    /// Opens the first list that holds something, unless the open one does.
    pub(super) fn open_first(&mut self, prepared: &PreparedRoster) {
        let filled = |kind: &&RowKind| !self.items[**kind as usize].is_empty();
        if self.shown().is_empty() {
            let kind = RowKind::ALL.iter().find(filled).copied().unwrap_or_default();
            self.open(kind, prepared);
        }
    }

    /// Opens a list.
    pub(super) fn open(&mut self, kind: RowKind, prepared: &PreparedRoster) {
        if self.kind != kind {
            self.kind = kind;
            (self.cursor, self.anchor) = (None, None);
            self.scroll_to = Some(0);
            self.sort_shown(prepared);
        }
    }

    /// Opens the list that holds a row of the file and selects it.
    pub(super) fn jump(&mut self, row: u32, prepared: &PreparedRoster) {
        for kind in RowKind::ALL {
            let holds = |item: &&Item| row_of(prepared, **item) == Some(row);
            if self.items[kind as usize].iter().find(holds).is_some() {
                self.open(kind, prepared);
                self.cursor = self.place_of(prepared, row);
                self.scroll_to = self.cursor;
                return;
            }
        }
    }

    /// Sorts by a column; once more turns the order round.
    pub(super) fn sort_by(&mut self, column: usize, prepared: &PreparedRoster) {
        let ascending = self.sort != Some((column, true));
        self.sort = Some((column, ascending));
        self.sort_shown(prepared);
        (self.cursor, self.anchor) = (None, None);
    }

    fn sort_shown(&mut self, prepared: &PreparedRoster) {
        let Some((column, ascending)) = self.sort else { return };
        let list = &mut self.items[self.kind as usize];
        match column {
            0 => list.sort_by_cached_key(|item| name_key(prepared, *item)),
            _ => list.sort_by_key(|item| row_of(prepared, *item)),
        }
        if !ascending {
            list.reverse();
        }
    }

    /// The row of the file under the cursor.
    pub(super) fn cursor_row(&self, prepared: &PreparedRoster) -> Option<u32> {
        row_of(prepared, *self.shown().get(self.cursor?)?)
    }

    fn place_of(&self, prepared: &PreparedRoster, row: u32) -> Option<usize> {
        self.shown().iter().position(|item| row_of(prepared, *item) == Some(row))
    }
}

/// The row of the file; nobody who is absent has one.
pub(super) fn row_of(prepared: &PreparedRoster, item: Item) -> Option<u32> {
    match item {
        Item::Planned(index) => prepared.plan.rows.get(index).map(|row| row.row),
        Item::Unread(index) => prepared.plan.issues.get(index).map(|issue| issue.row),
        Item::Absent(_) => None,
    }
}

fn name_key(prepared: &PreparedRoster, item: Item) -> String {
    match item {
        Item::Planned(index) => {
            prepared.plan.rows.get(index).map(|row| row.name.sort_key()).unwrap_or_default()
        }
        Item::Absent(_) | Item::Unread(_) => String::new(),
    }
}
