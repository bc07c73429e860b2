//! The rows of the tree: units, groups, chats, after search, filter and sorting. Made anew only when one of
//! these or the snapshot changed.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::{Filter, RowKey};
use crate::names::{Role, group_sort_key, parse_group_label};
use crate::register::{Chat, ChatId, GroupId, GroupKind, InviteState, Register, SchoolYear, Target, UnitId};
use crate::regulation::{
    Coverage, chat_coverage, chat_title, last_look_at_chat, needs_class_teacher, role_of_chat,
};
use crate::session::{GroupList, GroupRow, Snapshot, search_words};

/// What a column sorts by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    #[default]
    Label,
    Teacher,
    Students,
    WithAdult,
    Chats,
    Links,
    Seen,
}

impl SortBy {
    /// In the order of the columns.
    pub const ALL: [SortBy; 7] = [
        SortBy::Label,
        SortBy::Teacher,
        SortBy::Students,
        SortBy::WithAdult,
        SortBy::Chats,
        SortBy::Links,
        SortBy::Seen,
    ];
}

/// A row of the tree.
#[derive(Clone, Debug)]
pub enum TreeRow {
    Unit(UnitLine),
    Group { row: usize, depth: usize, open: Option<bool> },
    Chat(ChatLine),
    Archived { key: RowKey, name: String, on: Date },
}

/// A building with what its groups add up to.
#[derive(Clone, Debug)]
pub struct UnitLine {
    pub id: Option<UnitId>,
    pub name: String,
    pub open: bool,
    pub groups: usize,
    /// Over the groups of which something is known.
    pub students: (u32, u32),
    pub with_adult: (u32, u32),
    pub chats: usize,
    pub links: usize,
}

/// A chat of an open group.
#[derive(Clone, Debug)]
pub struct ChatLine {
    pub id: ChatId,
    pub depth: usize,
    pub title: String,
    pub owner: String,
    pub role: Option<Role>,
    pub coverage: Coverage,
    pub links: usize,
    pub flagged: usize,
    pub last_seen: Option<Date>,
}

impl ChatLine {
    /// Whether something is known of this role in the chat.
    pub fn shows(&self, role: Role) -> bool {
        self.role == Some(role) && self.coverage.inside.is_some()
    }
}

/// What the rows were made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeKey {
    pub version: (u64, Date),
    pub search: String,
    pub filter: Filter,
    pub sort: (SortBy, bool),
    pub closed_units: BTreeSet<Option<UnitId>>,
    pub open_groups: BTreeSet<GroupId>,
}

/// The rows in sight and what they show.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    key: Option<TreeKey>,
    pub groups: Arc<GroupList>,
    pub rows: Vec<TreeRow>,
    /// Groups that passed search and filter, folded ones too.
    pub shown: usize,
}

impl Tree {
    /// Makes the rows anew where something they depend on changed.
    pub fn refresh(&mut self, snapshot: &Snapshot, key: TreeKey) {
        if self.key.as_ref() == Some(&key) {
            return;
        }
        self.groups = match key.filter.year {
            Some(year) if snapshot.groups.year != Some(year) => {
                Arc::new(GroupList::of_year(&snapshot.register, &snapshot.judged, year))
            }
            _ => snapshot.groups.clone(),
        };
        (self.rows, self.shown) = if key.filter.archived {
            archived_rows(&snapshot.register, &key)
        } else {
            Rows { snapshot, groups: &self.groups, key: &key, rows: Vec::new(), shown: 0 }.made()
        };
        self.key = Some(key);
    }

    /// What a row is of.
    pub fn key_of(&self, row: usize) -> Option<RowKey> {
        Some(match self.rows.get(row)? {
            TreeRow::Unit(unit) => RowKey::Unit(unit.id),
            TreeRow::Group { row, .. } => RowKey::Group(self.groups.rows().get(*row)?.id),
            TreeRow::Chat(chat) => RowKey::Chat(chat.id),
            TreeRow::Archived { key, .. } => *key,
        })
    }

    /// Where something stands.
    pub fn place_of(&self, wanted: RowKey) -> Option<usize> {
        (0..self.rows.len()).find(|row| self.key_of(*row) == Some(wanted))
    }

    /// The group of a row of kind «group».
    pub fn group(&self, row: usize) -> Option<&GroupRow> {
        self.groups.rows().get(row).map(AsRef::as_ref)
    }
}

struct Rows<'a> {
    snapshot: &'a Snapshot,
    groups: &'a GroupList,
    key: &'a TreeKey,
    rows: Vec<TreeRow>,
    shown: usize,
}

impl Rows<'_> {
    fn made(mut self) -> (Vec<TreeRow>, usize) {
        let words = search_words(&self.key.search);
        let all = self.groups.rows();
        let mut passed: Vec<usize> = (0..all.len())
            .filter(|row| all[*row].matches(&words) && passes(&all[*row], &self.key.filter, self.snapshot))
            .collect();
        self.shown = passed.len();
        self.sort(&mut passed);
        let mut units: Vec<Option<UnitId>> = Vec::new();
        for group in all.iter().filter(|group| group.unit.is_some()) {
            if !units.contains(&group.unit) {
                units.push(group.unit);
            }
        }
        if words.is_empty() && !self.key.filter.narrows() {
            let empty = self.snapshot.register.tables().units.values();
            units.extend(
                empty
                    .filter(|unit| unit.archived_on.is_none())
                    .map(|unit| Some(unit.id))
                    .filter(|unit| !all.iter().any(|group| group.unit == *unit)),
            );
        }
        for unit in units {
            self.unit(unit, &passed);
        }
        for row in passed.into_iter().filter(|row| all[*row].unit.is_none()) {
            self.group(row, 0);
        }
        (self.rows, self.shown)
    }

    fn sort(&self, passed: &mut [usize]) {
        let (by, ascending) = self.key.sort;
        let all = self.groups.rows();
        let share = |coverage: &Coverage| {
            coverage
                .inside
                .map_or(-1, |inside| i64::from(inside) * 1000 / i64::from(coverage.expected.max(1)))
        };
        match by {
            // The list itself stands in this order.
            SortBy::Label => {}
            SortBy::Teacher => {
                passed.sort_by_cached_key(|row| crate::names::fold(&all[*row].class_teachers.join(" ")))
            }
            SortBy::Students => passed.sort_by_key(|row| share(&all[*row].students)),
            SortBy::WithAdult => passed.sort_by_key(|row| share(&all[*row].with_adult)),
            SortBy::Chats => passed.sort_by_key(|row| all[*row].chats),
            SortBy::Links => passed.sort_by_key(|row| (all[*row].flagged_links, all[*row].links)),
            SortBy::Seen => passed.sort_by_key(|row| all[*row].last_seen),
        }
        if !ascending {
            passed.reverse();
        }
    }

    fn unit(&mut self, id: Option<UnitId>, passed: &[usize]) {
        let all = self.groups.rows();
        let within: Vec<usize> = passed.iter().copied().filter(|row| all[*row].unit == id).collect();
        if within.is_empty() && (self.key.filter.narrows() || !self.key.search.is_empty()) {
            return;
        }
        let sum = |coverage: fn(&GroupRow) -> &Coverage| {
            let known = within.iter().filter_map(|row| {
                let coverage = coverage(&all[*row]);
                Some((coverage.inside?, coverage.expected))
            });
            known.fold((0, 0), |sum, known| (sum.0 + known.0, sum.1 + known.1))
        };
        let name = id
            .and_then(|id| self.snapshot.register.unit(id))
            .map_or_else(String::new, |unit| unit.name.clone());
        let open = !self.key.closed_units.contains(&id);
        self.rows.push(TreeRow::Unit(UnitLine {
            id,
            name,
            open,
            groups: within.len(),
            students: sum(|group| &group.students),
            with_adult: sum(|group| &group.with_adult),
            chats: within.iter().map(|row| all[*row].chats).sum(),
            links: within.iter().map(|row| all[*row].links).sum(),
        }));
        if open {
            for row in within {
                self.group(row, 1);
            }
        }
    }

    fn group(&mut self, row: usize, depth: usize) {
        let group = &self.groups.rows()[row];
        let open = self.key.open_groups.contains(&group.id);
        self.rows.push(TreeRow::Group { row, depth, open: (group.chats > 0).then_some(open) });
        if !open {
            return;
        }
        let register = &self.snapshot.register;
        for chat in register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()) {
            self.rows.push(TreeRow::Chat(chat_line(self.snapshot, chat, depth + 1)));
        }
    }
}

fn chat_line(snapshot: &Snapshot, chat: &Chat, depth: usize) -> ChatLine {
    let register: &Register = &snapshot.register;
    let invites = register.invites_of_target(Target::Chat(chat.id));
    let open: Vec<_> =
        invites.filter(|invite| invite.state(snapshot.today) != InviteState::Revoked).collect();
    let flagged = |invite: crate::register::InviteId| {
        snapshot.invites.get(invite).is_some_and(|row| !row.flags.is_empty())
    };
    ChatLine {
        id: chat.id,
        depth,
        title: chat_title(register, chat),
        owner: chat
            .owner
            .and_then(|owner| register.person(owner))
            .map_or_else(String::new, |owner| owner.name.short()),
        role: role_of_chat(chat.kind),
        coverage: chat_coverage(register, chat, snapshot.today),
        links: open.len(),
        flagged: open.iter().filter(|invite| flagged(invite.id)).count(),
        last_seen: last_look_at_chat(register, chat),
    }
}

fn passes(group: &GroupRow, filter: &Filter, snapshot: &Snapshot) -> bool {
    let parallel = || parse_group_label(&group.label).ok().and_then(|label| label.parallel);
    filter
        .parallels
        .is_none_or(|(from, to)| parallel().is_some_and(|parallel| (from..=to).contains(&parallel)))
        && (!filter.no_teacher || (needs_class_teacher(group.kind) && group.class_teachers.is_empty()))
        && (!filter.flagged || group.flagged_links > 0)
        && (!filter.long_ago || is_overdue(group.last_seen, snapshot))
}

/// Whether the last look is older than the school's own schedule. What nobody ever looked at is not late.
pub fn is_overdue(last_seen: Option<Date>, snapshot: &Snapshot) -> bool {
    let every = i32::from(snapshot.register.settings().reconcile_every_days);
    last_seen.is_some_and(|seen| (snapshot.today - seen).get_days() > every)
}

fn archived_rows(register: &Register, key: &TreeKey) -> (Vec<TreeRow>, usize) {
    let words = search_words(&key.search);
    let found = |name: &str| words.iter().all(|word| crate::names::fold(name).contains(word.as_str()));
    let tables = register.tables();
    let units =
        tables.units.values().map(|unit| (RowKey::Unit(Some(unit.id)), unit.name.clone(), unit.archived_on));
    let mut groups: Vec<_> = tables.groups.values().filter(|group| group.archived_on.is_some()).collect();
    groups.sort_by_cached_key(|group| (std::cmp::Reverse(group.year), group_sort_key(&group.label)));
    let groups = groups.into_iter().map(|group| {
        let year = group.year.map_or_else(String::new, |year| format!(", {year}"));
        (RowKey::Group(group.id), format!("{}{year}", group.label), group.archived_on)
    });
    // The chats of an archived group come back with it.
    let alone = |chat: &&Chat| {
        chat.group.and_then(|group| register.group(group)).is_none_or(|group| group.archived_on.is_none())
    };
    let chats = tables.chats.values().filter(alone);
    let chats = chats.map(|chat| (RowKey::Chat(chat.id), chat_title(register, chat), chat.archived_on));
    let rows: Vec<TreeRow> = units
        .chain(groups)
        .chain(chats)
        .filter(|(_, name, _)| found(name))
        .filter_map(|(key, name, on)| Some(TreeRow::Archived { key, name, on: on? }))
        .collect();
    let shown = rows.len();
    (rows, shown)
}

/// The school years that have groups, newest first.
pub fn years(register: &Register) -> Vec<SchoolYear> {
    let years: BTreeSet<SchoolYear> = register
        .tables()
        .groups
        .values()
        .filter(|group| group.archived_on.is_none())
        .filter_map(|group| group.year)
        .collect();
    years.into_iter().rev().collect()
}

/// Whether the group is one of teachers, of whom the columns of children say nothing.
pub fn is_staff(group: &GroupRow) -> bool {
    group.kind == GroupKind::TeachingStaff
}
