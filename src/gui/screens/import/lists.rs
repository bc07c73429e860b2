//! The rows of the plan sorted into the lists at the left: made once for each plan, drawn from indices.

use std::collections::{BTreeMap, BTreeSet};

use super::answers::MarkKey;
use crate::roster::{AssignmentState, PlanKind, PlanRow, Severity};
use crate::session::PreparedRoster;

/// One list of «Что изменится».
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) enum RowKind {
    #[default]
    Added,
    Updated,
    Moved,
    Renamed,
    Conflicts,
    Adults,
    Joins,
    Teachers,
    Absent,
    Waiting,
    Unchanged,
    Skipped,
}

impl RowKind {
    pub(super) const ALL: [Self; 12] = [
        Self::Added,
        Self::Updated,
        Self::Moved,
        Self::Renamed,
        Self::Conflicts,
        Self::Adults,
        Self::Joins,
        Self::Teachers,
        Self::Absent,
        Self::Waiting,
        Self::Unchanged,
        Self::Skipped,
    ];

    fn of(row: &PlanRow) -> Self {
        match row.kind {
            PlanKind::Added => Self::Added,
            PlanKind::Updated => Self::Updated,
            PlanKind::Moved => Self::Moved,
            PlanKind::Unchanged => Self::Unchanged,
            PlanKind::Renamed => Self::Renamed,
            PlanKind::Ambiguous => Self::Waiting,
            PlanKind::Skipped => Self::Skipped,
        }
    }

    /// Whether the rows of the list can be marked.
    pub(super) fn has_marks(self) -> bool {
        !matches!(self, Self::Adults | Self::Waiting | Self::Unchanged | Self::Skipped)
    }

    /// Whether the list stands at the left even when it is empty.
    pub(super) fn always_stands(self) -> bool {
        matches!(
            self,
            Self::Added | Self::Updated | Self::Moved | Self::Absent | Self::Waiting | Self::Unchanged
        )
    }

    /// Whether the list holds rows of people, with columns that can be sorted.
    pub(super) fn is_of_people(self) -> bool {
        !matches!(self, Self::Conflicts | Self::Adults | Self::Joins | Self::Teachers)
    }
}

/// One row of a list: an index into what the plan holds of its sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Planned(usize),
    Absent(usize),
    /// A row the reader could not take: index into the issues of the plan.
    Unread(usize),
    Conflict(usize),
    Adult(usize),
    Proposal(usize),
    Assignment(usize),
}

/// The lists of one plan.
#[derive(Default)]
pub(super) struct Lists {
    items: [Vec<Item>; RowKind::ALL.len()],
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
    /// Sorts the rows of a plan into lists; what was answered in a list stays there.
    pub(super) fn build(&mut self, prepared: &PreparedRoster, stays_in: &BTreeMap<u32, RowKind>) {
        let plan = &prepared.plan;
        let row_before = self.cursor_row(prepared);
        let mut items: [Vec<Item>; RowKind::ALL.len()] = Default::default();
        for (index, row) in plan.rows.iter().enumerate() {
            let kind = stays_in.get(&row.row).copied().unwrap_or(RowKind::of(row));
            items[kind as usize].push(Item::Planned(index));
        }
        let all = |count: usize, item: fn(usize) -> Item| (0..count).map(item).collect::<Vec<_>>();
        items[RowKind::Absent as usize] = all(plan.absent.len(), Item::Absent);
        items[RowKind::Conflicts as usize] = all(plan.conflicts.len(), Item::Conflict);
        let is_new =
            |index: &usize| plan.adults[*index].person.is_none() || plan.adults[*index].new_children > 0;
        items[RowKind::Adults as usize] = (0..plan.adults.len()).filter(is_new).map(Item::Adult).collect();
        items[RowKind::Joins as usize] = all(plan.adult_proposals.len(), Item::Proposal);
        items[RowKind::Teachers as usize] = all(plan.assignments.len(), Item::Assignment);
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
        self.keep_cursor(prepared, row_before);
    }

    /// The cursor stays on its row; where the row went to another list, on the next one.
    fn keep_cursor(&mut self, prepared: &PreparedRoster, row_before: Option<u32>) {
        let count = self.shown().len();
        if row_before.is_some() && self.cursor_row(prepared) == row_before {
            return;
        }
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

    /// The item under the cursor.
    pub(super) fn cursor_item(&self) -> Option<Item> {
        self.shown().get(self.cursor?).copied()
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
        let holds = |item: &Item| row_of(prepared, *item) == Some(row);
        let of_people = RowKind::ALL.iter().filter(|kind| kind.is_of_people());
        let found = of_people.copied().find(|kind| self.items[*kind as usize].iter().any(holds));
        if let Some(kind) = found {
            self.open(kind, prepared);
            self.cursor = self.place_of(prepared, row);
            self.scroll_to = self.cursor;
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
        let Some((column, ascending)) = self.sort.filter(|_| self.kind.is_of_people()) else { return };
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
        row_of(prepared, self.cursor_item()?)
    }

    fn place_of(&self, prepared: &PreparedRoster, row: u32) -> Option<usize> {
        self.shown().iter().position(|item| row_of(prepared, *item) == Some(row))
    }
}

/// The row of the file; nobody who is absent has one.
pub(super) fn row_of(prepared: &PreparedRoster, item: Item) -> Option<u32> {
    let plan = &prepared.plan;
    match item {
        Item::Planned(index) => plan.rows.get(index).map(|row| row.row),
        Item::Unread(index) => plan.issues.get(index).map(|issue| issue.row),
        Item::Conflict(index) => plan.conflicts.get(index).map(|conflict| conflict.row),
        Item::Adult(index) => plan.adults.get(index).map(|adult| adult.row),
        Item::Proposal(index) => plan.adult_proposals.get(index)?.rows.first().copied(),
        Item::Assignment(index) => plan.assignments.get(index).map(|assignment| assignment.row),
        Item::Absent(_) => None,
    }
}

/// The row as the file counts it; where several worksheets were read, with the worksheet.
pub(super) fn row_number(prepared: &PreparedRoster, row: u32) -> String {
    let place = prepared.opened.row_places.place(row);
    match place.sheet {
        Some(sheet) => format!("{sheet}: {}", place.row),
        None => place.row.to_string(),
    }
}

/// The planned row of the file with this number.
pub(super) fn planned_row(prepared: &PreparedRoster, row: u32) -> Option<&PlanRow> {
    let found = prepared.plan.rows.binary_search_by_key(&row, |planned| planned.row).ok()?;
    prepared.plan.rows.get(found)
}

/// What a mark beside an item says; `None` where it cannot be marked.
pub(super) fn mark_of(prepared: &PreparedRoster, kind: RowKind, item: Item) -> Option<MarkKey> {
    let plan = &prepared.plan;
    match item {
        Item::Planned(index) if kind == RowKind::Renamed => {
            let row = plan.rows.get(index)?;
            let person = row.candidates.first().copied().filter(|_| row.candidates.len() == 1);
            Some(MarkKey::Rename(row.row, person.or(row.person)?))
        }
        Item::Planned(index) => plan.rows.get(index).map(|row| MarkKey::Row(row.row)),
        Item::Absent(index) => plan.absent.get(index).map(|absent| MarkKey::Depart(absent.person)),
        Item::Conflict(index) => {
            plan.conflicts.get(index).map(|conflict| MarkKey::Conflict(conflict.row, conflict.field))
        }
        Item::Proposal(index) => {
            plan.adult_proposals.get(index).map(|proposal| MarkKey::Join(proposal.key.clone()))
        }
        Item::Assignment(index) => {
            let assignment = plan.assignments.get(index)?;
            let can_replace = matches!(assignment.state, AssignmentState::Taken | AssignmentState::Replaces);
            can_replace.then(|| MarkKey::Teacher(assignment.group.clone()))
        }
        Item::Adult(_) | Item::Unread(_) => None,
    }
}

fn name_key(prepared: &PreparedRoster, item: Item) -> String {
    match item {
        Item::Planned(index) => {
            prepared.plan.rows.get(index).map(|row| row.name.sort_key()).unwrap_or_default()
        }
        _ => String::new(),
    }
}
