//! The radar of leavers (duty 2.3-8): gone from the roster, but still seen inside, or nobody looked since.
//!
//! Facts only: an open step to remove somebody whom a member list showed, and the day of the last comparison person by
//! person. A place that nobody ever looked at says nothing, and whoever declined was never inside [R 1.8].

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::steps::places_of_member;
use crate::names::{Role, group_sort_key};
use crate::register::{
    CabinetTask, CabinetTaskId, CabinetTaskKind, GroupId, GroupKind, Membership, ParticipationState,
    PersonId, Register, Target,
};
use crate::regulation::participation::is_outside_count;
use crate::regulation::year::{current_year, target_title};

/// Somebody who left a group in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaver {
    pub person: PersonId,
    pub role: Role,
    pub group: GroupId,
    /// The day they left the group.
    pub left_on: Date,
    /// The group they went to; `None`: they left the organization.
    pub moved_to: Option<GroupId>,
    /// Where a member list showed them.
    pub seen_in: Vec<Target>,
    /// When the group was last compared person by person, before they left; `None`: never.
    pub last_look: Option<Date>,
    /// Open steps that remove them there.
    pub tasks: Vec<CabinetTaskId>,
}

impl Leaver {
    /// Whether a member list showed them.
    pub fn is_seen(&self) -> bool {
        !self.seen_in.is_empty()
    }
}

/// Everybody who left a group of this year and may still be inside: who is seen first, then by group.
pub fn leavers(register: &Register, today: Date) -> Vec<Leaver> {
    let groups: BTreeSet<GroupId> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| group.kind != GroupKind::Club)
        .map(|group| group.id)
        .collect();
    let staff = register.tables().groups.values().find(|group| group.kind == GroupKind::TeachingStaff);
    let staff_group = staff.map(|group| group.id);
    let mut radar = Radar { register, today, looks: HashMap::new(), tasks: removals(register) };
    let mut found: Vec<Leaver> = Vec::new();
    for membership in register.tables().memberships.values() {
        // Staff without a group of their own stand among the teaching staff.
        let own = membership.group.or(staff_group.filter(|_| membership.role.is_staff()));
        let Some(group) = own.filter(|group| groups.contains(group)) else { continue };
        let Some(left_on) = radar.left_on(membership) else { continue };
        found.extend(radar.of_member(membership, group, left_on));
        if membership.role == Role::Student {
            radar.of_adults(membership.person, group, left_on, &mut found);
        }
    }
    let key = |leaver: &Leaver| {
        let label = register.group(leaver.group).map_or("", |group| group.label.as_str());
        (!leaver.is_seen(), group_sort_key(label), leaver.left_on, leaver.person, leaver.role)
    };
    found.sort_by_cached_key(key);
    found.dedup_by_key(|leaver| (leaver.person, leaver.role, leaver.group));
    found
}

/// The steps that remove a leaver, where none is open.
pub fn leaver_steps(register: &Register, leaver: &Leaver) -> Vec<CabinetTask> {
    let Some(person) = register.person(leaver.person) else { return Vec::new() };
    if !leaver.tasks.is_empty() {
        return Vec::new();
    }
    let places = places_of_member(register, leaver.group, leaver.role);
    let step = |place: Target| {
        let title = target_title(register, place);
        let chat = match place {
            Target::Chat(chat) => Some(chat),
            _ => None,
        };
        CabinetTask {
            kind: CabinetTaskKind::Remove,
            text: format!("Проверить и, если есть, удалить из «{title}»: {}", person.name.full()),
            person: Some(leaver.person),
            group: Some(leaver.group),
            chat,
            role: Some(leaver.role),
            ..CabinetTask::default()
        }
    };
    places.into_iter().map(step).collect()
}

type Removals<'register> = BTreeMap<PersonId, Vec<&'register CabinetTask>>;

fn removals(register: &Register) -> Removals<'_> {
    let mut removals = Removals::new();
    for task in register.tables().cabinet_tasks.values() {
        if let (CabinetTaskKind::Remove, Some(person)) = (task.kind, task.person) {
            removals.entry(person).or_default().push(task);
        }
    }
    removals
}

struct Radar<'register> {
    register: &'register Register,
    today: Date,
    /// The last comparison, and the last look of any kind, at a group in a role.
    looks: HashMap<(GroupId, Role), (Option<Date>, Option<Date>)>,
    tasks: Removals<'register>,
}

impl Radar<'_> {
    /// The day somebody left the group, unless they are (again) in it.
    fn left_on(&self, membership: &Membership) -> Option<Date> {
        let register = self.register;
        if register.is_current(membership, self.today) {
            return None;
        }
        let is_back = register.memberships_of_person(membership.person).any(|other| {
            (other.role, other.group) == (membership.role, membership.group)
                && register.is_current(other, self.today)
        });
        if is_back {
            return None;
        }
        membership.until.or_else(|| register.person(membership.person)?.left_on)
    }

    fn of_member(&mut self, membership: &Membership, group: GroupId, left_on: Date) -> Option<Leaver> {
        let participation = &membership.participation;
        let was_outside = is_outside_count(participation.state)
            || participation.state == ParticipationState::Departed && participation.reason.is_some();
        let register = self.register;
        let next = register.memberships_of_person(membership.person).find(|other| {
            other.role == membership.role && other.group.is_some() && register.is_current(other, self.today)
        });
        let moved_to = next.and_then(|next| next.group);
        self.find(membership.person, membership.role, group, left_on, moved_to, was_outside)
    }

    fn of_adults(&mut self, child: PersonId, group: GroupId, left_on: Date, found: &mut Vec<Leaver>) {
        let register = self.register;
        for bond in register.guardianships_of_child(child) {
            let children = register.guardianships_of_adult(bond.adult);
            let groups: Vec<GroupId> = children
                .filter(|other| other.until.is_none_or(|until| until >= self.today))
                .flat_map(|other| register.memberships_of_person(other.child))
                .filter(|one| one.role == Role::Student && register.is_current(one, self.today))
                .filter_map(|one| one.group)
                .collect();
            if groups.contains(&group) {
                continue;
            }
            let moved_to = groups.first().copied();
            let was_outside = is_outside_count(bond.participation.state);
            found.extend(self.find(bond.adult, Role::Parent, group, left_on, moved_to, was_outside));
        }
    }

    fn find(
        &mut self,
        person: PersonId,
        role: Role,
        group: GroupId,
        left_on: Date,
        moved_to: Option<GroupId>,
        was_outside: bool,
    ) -> Option<Leaver> {
        let places = places_of_member(self.register, group, role);
        let (compared, looked) = self.look_at(group, role, &places);
        let own = self.tasks.get(&person).map(Vec::as_slice).unwrap_or_default();
        let here = || own.iter().filter(|task| places.contains(&task.target()));
        let open: Vec<&&CabinetTask> = here().filter(|task| task.done_on.is_none()).collect();
        // Only what a member list showed carries the name as it is written there.
        let seen_in: Vec<Target> =
            open.iter().filter(|task| !task.written_name.is_empty()).map(|task| task.target()).collect();
        let is_done = here().any(|task| task.done_on.is_some_and(|done| done >= left_on));
        let compared_since = compared.is_some_and(|day| day > left_on);
        let is_open_question =
            !open.is_empty() || looked.is_some() && !was_outside && !is_done && !compared_since;
        if seen_in.is_empty() && !is_open_question {
            return None;
        }
        let tasks = open.iter().map(|task| task.id).collect();
        Some(Leaver { person, role, group, left_on, moved_to, seen_in, last_look: compared, tasks })
    }

    fn look_at(&mut self, group: GroupId, role: Role, places: &[Target]) -> (Option<Date>, Option<Date>) {
        let register = self.register;
        *self.looks.entry((group, role)).or_insert_with(|| {
            let seen = || {
                let places = places.iter().copied().chain(std::iter::once(Target::Group(group)));
                places
                    .flat_map(|place| register.observations_of_target(place))
                    .filter(|observation| observation.role == role)
            };
            let compared = seen().filter(|one| one.source.compares_people()).map(|one| one.on).max();
            (compared, seen().map(|one| one.on).max())
        })
    }
}
