//! Who gets which links: one row for each class teacher.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::register::{GroupId, InviteId, InviteState, PersonId};
use crate::regulation::StalenessRule;
use crate::session::Snapshot;
use crate::wording::role_plural;

/// A class teacher with everything to be passed on.
#[derive(Clone, Debug)]
pub(super) struct TeacherRow {
    pub teacher: PersonId,
    /// «Ковалёва Н. И.».
    pub name: String,
    pub groups: Vec<(GroupId, String)>,
    /// «7Б, 8А».
    pub classes: String,
    /// The links in the order of the classes.
    pub links: Vec<InviteId>,
    /// «7Б: ученики, родители».
    pub links_words: String,
    /// Those that lie in reserve.
    pub fresh: Vec<InviteId>,
    /// The last day something was handed over.
    pub handed_on: Option<Date>,
    /// The last day something was handed over to this teacher.
    pub handed_to_them_on: Option<Date>,
}

/// All class teachers and the groups that have none.
#[derive(Clone, Debug, Default)]
pub(super) struct HandOutList {
    pub rows: Vec<TeacherRow>,
    pub without_teacher: Vec<String>,
}

impl HandOutList {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let (register, today) = (&snapshot.register, snapshot.today);
        let mut links: BTreeMap<GroupId, Vec<InviteId>> = BTreeMap::new();
        for row in snapshot.invites.rows() {
            let unfit = row.flags.iter().any(|flag| must_not_be_given(flag.rule));
            if row.state != InviteState::Revoked
                && !unfit
                && let Some(group) = row.group
            {
                links.entry(group).or_default().push(row.id);
            }
        }
        let mut list = HandOutList::default();
        let mut places: BTreeMap<PersonId, usize> = BTreeMap::new();
        for group in snapshot.groups.rows() {
            let Some(of_group) = links.get(&group.id) else { continue };
            let mut teachers = register.class_teachers(group.id, today).map(|assigned| assigned.person);
            let Some(teacher) = teachers.next() else {
                if crate::regulation::needs_class_teacher(group.kind) {
                    list.without_teacher.push(group.label.clone());
                }
                continue;
            };
            let place = *places.entry(teacher).or_insert_with(|| {
                list.rows.push(TeacherRow::of(teacher, snapshot));
                list.rows.len() - 1
            });
            list.rows[place].groups.push((group.id, group.label.clone()));
            list.rows[place].take_group(snapshot, &group.label, of_group);
        }
        list
    }
}

/// A link that nobody should be given any more.
fn must_not_be_given(rule: StalenessRule) -> bool {
    matches!(
        rule,
        StalenessRule::Exposed
            | StalenessRule::Expired
            | StalenessRule::TargetGone
            | StalenessRule::WrongRole
            | StalenessRule::Superseded
    )
}

impl TeacherRow {
    fn of(teacher: PersonId, snapshot: &Snapshot) -> Self {
        Self {
            teacher,
            name: super::super::words::short_name(&snapshot.register, teacher),
            groups: Vec::new(),
            classes: String::new(),
            links: Vec::new(),
            links_words: String::new(),
            fresh: Vec::new(),
            handed_on: None,
            handed_to_them_on: None,
        }
    }

    fn take_group(&mut self, snapshot: &Snapshot, label: &str, links: &[InviteId]) {
        // A place that has a newer link is not opened by two: only the newest is passed on.
        let mut newest: BTreeMap<_, _> = BTreeMap::new();
        for row in links.iter().filter_map(|id| snapshot.invites.get(*id)) {
            newest.insert((row.target, row.role), row);
        }
        let mut links: Vec<_> = newest.into_values().collect();
        links.sort_by_key(|row| (row.role, row.target_title.clone(), row.id));
        let mut roles: Vec<&str> = Vec::new();
        for row in links {
            let word = role_plural(row.role);
            if roles.last() != Some(&word) {
                roles.push(word);
            }
            self.links.push(row.id);
            if row.state == InviteState::Reserve {
                self.fresh.push(row.id);
            }
            self.handed_on = self.handed_on.max(row.handed_over_on);
            let handed = snapshot.register.invite(row.id).and_then(|invite| invite.handed_over.as_ref());
            let to_them = handed.filter(|hand_over| hand_over.to == Some(self.teacher));
            self.handed_to_them_on = self.handed_to_them_on.max(to_them.and_then(|hand_over| hand_over.on));
        }
        for (text, separator, more) in [
            (&mut self.classes, ", ", label.to_owned()),
            (&mut self.links_words, "; ", format!("{label}: {}", roles.join(", "))),
        ] {
            if !text.is_empty() {
                text.push_str(separator);
            }
            text.push_str(&more);
        }
    }
}
