//! The list of groups with what is known of each, in the order of buildings and labels.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::invites::InviteList;
use crate::names::{Role, fold, group_sort_key};
use crate::register::{Group, GroupId, GroupKind, InviteState, Register, SchoolYear, UnitId};
use crate::regulation::{Coverage, current_year, group_coverage, last_look_at_group};

/// One group of the list.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub struct GroupList {
    /// The school year shown.
    pub year: Option<SchoolYear>,
    rows: Vec<GroupRow>,
}

impl GroupList {
    /// Builds the list of the school year current on a day.
    pub fn build(register: &Register, today: Date, invites: &InviteList) -> GroupList {
        GroupList::of_year(register, today, invites, current_year(register, today))
    }

    /// Builds the list of any school year.
    pub fn of_year(register: &Register, today: Date, invites: &InviteList, year: SchoolYear) -> GroupList {
        let mut links: HashMap<GroupId, (usize, usize)> = HashMap::new();
        for invite in invites.rows().iter().filter(|invite| invite.state != InviteState::Revoked) {
            if let Some(group) = invite.group {
                let counts = links.entry(group).or_default();
                counts.0 += 1;
                counts.1 += usize::from(!invite.flags.is_empty());
            }
        }
        let mut groups: Vec<&Arc<Group>> = register.groups_in_year(year).collect();
        // Buildings in the order they were entered (the main one comes first), the staff last, labels as
        // people expect them.
        groups.sort_by_cached_key(|group| {
            let staff = group.kind == GroupKind::TeachingStaff;
            (staff, group.unit, group_sort_key(&group.label), group.id)
        });
        let rows = groups
            .into_iter()
            .map(|group| row(register, group, today, links.get(&group.id).copied().unwrap_or_default()))
            .collect();
        GroupList { year: Some(year), rows }
    }

    /// Every group: by unit, then by label; the staff last.
    pub fn rows(&self) -> &[GroupRow] {
        &self.rows
    }

    /// The row of a group.
    pub fn get(&self, id: GroupId) -> Option<&GroupRow> {
        self.rows.iter().find(|row| row.id == id)
    }
}

fn row(register: &Register, group: &Group, today: Date, (links, flagged_links): (usize, usize)) -> GroupRow {
    let class_teachers: Vec<String> = register
        .class_teachers(group.id, today)
        .filter_map(|assignment| register.person(assignment.person))
        .map(|person| person.name.short())
        .collect();
    let coverage = |role| group_coverage(register, group.id, role, today);
    GroupRow {
        id: group.id,
        unit: group.unit,
        label: group.label.clone(),
        kind: group.kind,
        year: group.year,
        members: Role::ALL.map(|role| register.current_members(group.id, role, today).len()),
        students: coverage(Role::Student),
        with_adult: coverage(Role::Parent),
        teachers: coverage(Role::Teacher),
        chats: register.chats_of_group(group.id).filter(|chat| chat.archived_on.is_none()).count(),
        links,
        flagged_links,
        last_seen: last_look_at_group(register, group.id),
        search_key: fold(&format!("{} {}", group.label, class_teachers.join(" "))),
        class_teachers,
    }
}
