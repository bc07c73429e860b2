//! The list of groups with what is known of each, in the order of buildings and labels.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::names::{GroupSortKey, Role, fold, group_sort_key};
use crate::register::{EntityKind, Group, GroupId, GroupKind, Register, SchoolYear, UnitId};
use crate::regulation::{Coverage, Judged, Touched};

/// One group of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupRow {
    pub id: GroupId,
    pub unit: Option<UnitId>,
    pub label: String,
    pub kind: GroupKind,
    pub year: Option<SchoolYear>,
    /// Class teachers now, short names.
    pub class_teachers: Vec<String>,
    /// Current members by role, in the order of [`Role::ALL`]; for parents the adults.
    pub members: [usize; 4],
    /// Students inside.
    pub students: Coverage,
    /// Children with an adult inside.
    pub with_adult: Coverage,
    /// Teachers inside (of a staff group).
    pub teachers: Coverage,
    /// Chats that are not archived.
    pub chats: usize,
    /// Links in force, deferred or in reserve.
    pub links: usize,
    /// Links that carry a flag.
    pub flagged_links: usize,
    /// When anything was last seen of it.
    pub last_seen: Option<Date>,
    search_key: String,
    sort_key: (bool, Option<UnitId>, GroupSortKey, GroupId),
}

impl GroupRow {
    /// Whether every folded word of the search stands in label or teacher.
    pub fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.search_key.contains(word.as_str()))
    }

    /// How many current members hold a role.
    pub fn member_count(&self, role: Role) -> usize {
        Role::ALL.iter().position(|known| *known == role).map_or(0, |place| self.members[place])
    }
}

/// The groups of the current school year and those that outlive years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupList {
    /// The school year shown.
    pub year: Option<SchoolYear>,
    rows: Vec<Arc<GroupRow>>,
    /// The place of a group in the list, by its id.
    places: Arc<HashMap<GroupId, usize>>,
}

impl GroupList {
    /// Builds the list of the school year that a judged register works in.
    pub fn build(register: &Register, judged: &Judged) -> GroupList {
        GroupList::of_year(register, judged, judged.year())
    }

    /// Builds the list of any school year.
    pub fn of_year(register: &Register, judged: &Judged, year: SchoolYear) -> GroupList {
        let groups = register.groups_in_year(year);
        GroupList::in_order(year, groups.map(|group| Arc::new(row(register, group, judged))).collect())
    }

    /// The list of the current year after a change: rows of the touched groups are made anew.
    pub fn updated(&self, register: &Register, judged: &Judged, touched: &Touched) -> GroupList {
        let is_touched = |id: GroupId| touched.groups.contains(&id);
        if touched.kind(EntityKind::Group) {
            let groups = register.groups_in_year(judged.year());
            let rows = groups.map(|group| match self.shared(group.id).filter(|_| !is_touched(group.id)) {
                Some(known) => known.clone(),
                None => Arc::new(row(register, group, judged)),
            });
            return GroupList::in_order(judged.year(), rows.collect());
        }
        let mut list = self.clone();
        for id in &touched.groups {
            if let (Some(place), Some(group)) = (self.places.get(id), register.group(*id)) {
                list.rows[*place] = Arc::new(row(register, group, judged));
            }
        }
        list
    }

    fn in_order(year: SchoolYear, mut rows: Vec<Arc<GroupRow>>) -> GroupList {
        rows.sort_by(|one, other| one.sort_key.cmp(&other.sort_key));
        let places = rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        GroupList { year: Some(year), rows, places: Arc::new(places) }
    }

    /// Every group: by unit, then by label; the staff last.
    pub fn rows(&self) -> &[Arc<GroupRow>] {
        &self.rows
    }

    /// The row of a group.
    pub fn get(&self, id: GroupId) -> Option<&GroupRow> {
        self.shared(id).map(AsRef::as_ref)
    }

    fn shared(&self, id: GroupId) -> Option<&Arc<GroupRow>> {
        self.rows.get(*self.places.get(&id)?)
    }
}

fn row(register: &Register, group: &Group, judged: &Judged) -> GroupRow {
    let today = judged.today();
    let class_teachers: Vec<String> = register
        .class_teachers(group.id, today)
        .filter_map(|assignment| register.person(assignment.person))
        .map(|person| person.name.short())
        .collect();
    // Groups of other years are judged only where they are shown.
    let known = judged.group(group.id).cloned().unwrap_or_else(|| judged.judge_one(register, group));
    // Buildings in the order they were entered (the main one comes first), the staff last, labels as people expect
    // them.
    let staff = group.kind == GroupKind::TeachingStaff;
    GroupRow {
        id: group.id,
        unit: group.unit,
        label: group.label.clone(),
        kind: group.kind,
        year: group.year,
        members: Role::ALL.map(|role| register.current_members(group.id, role, today).len()),
        students: known.coverage(Role::Student),
        with_adult: known.coverage(Role::Parent),
        teachers: known.coverage(Role::Teacher),
        chats: register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()).count(),
        links: known.links,
        flagged_links: known.flagged_links,
        last_seen: known.last_look,
        search_key: fold(&format!("{} {}", group.label, class_teachers.join(" "))),
        sort_key: (staff, group.unit, group_sort_key(&group.label), group.id),
        class_teachers,
    }
}
