//! The register as a value: tables, the reverse index, counters, revision.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use jiff::civil::Date;

use super::change::ChangeSet;
use super::entity::{Entity, EntityKey, EntityKind, Tables};
use super::ids::*;
use super::table::Table;
use super::{
    Assignment, Chat, Group, Guardianship, Invite, Membership, Observation, Organization, Person, SchoolYear,
    Settings, Target, Unit,
};
use crate::names::Role;

/// The whole register. Cloning shares everything; `apply` copies only the chunks it touches.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Register {
    /// Number of the last journal entry that this value holds.
    pub revision: u64,
    /// The day of the last journal entry by its wall clock (faults row 30).
    pub last_recorded_day: Option<Date>,
    tables: Tables,
    /// Reverse index: who refers to an entity, sorted.
    referrers: BTreeMap<EntityKind, Table<Vec<EntityKey>>>,
    /// The last id ever given out, per kind; never rolls back.
    counters: BTreeMap<EntityKind, u32>,
}

static NO_ORGANIZATION: LazyLock<Organization> = LazyLock::new(Organization::default);
static DEFAULT_SETTINGS: LazyLock<Settings> = LazyLock::new(Settings::default);

impl Register {
    /// The tables, to read.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The organization card; an empty one before the file is founded.
    pub fn organization(&self) -> &Organization {
        self.tables.organizations.get(1).map_or(&NO_ORGANIZATION, |organization| organization)
    }

    /// The settings; the defaults before the file is founded.
    pub fn settings(&self) -> &Settings {
        self.tables.settings.get(1).map_or(&DEFAULT_SETTINGS, |settings| settings)
    }

    /// The entity with this key.
    pub fn get(&self, key: impl Into<EntityKey>) -> Option<Entity> {
        self.tables.get(key.into())
    }

    /// A unit by id.
    pub fn unit(&self, id: UnitId) -> Option<&Arc<Unit>> {
        self.tables.units.get(id.0)
    }
    /// A group by id.
    pub fn group(&self, id: GroupId) -> Option<&Arc<Group>> {
        self.tables.groups.get(id.0)
    }
    /// A chat by id.
    pub fn chat(&self, id: ChatId) -> Option<&Arc<Chat>> {
        self.tables.chats.get(id.0)
    }
    /// A person by id.
    pub fn person(&self, id: PersonId) -> Option<&Arc<Person>> {
        self.tables.people.get(id.0)
    }
    /// A membership by id.
    pub fn membership(&self, id: MembershipId) -> Option<&Arc<Membership>> {
        self.tables.memberships.get(id.0)
    }
    /// An invite link by id.
    pub fn invite(&self, id: InviteId) -> Option<&Arc<Invite>> {
        self.tables.invites.get(id.0)
    }

    /// Who refers to an entity, kinds in their order, ids rising.
    pub fn referrers(&self, key: impl Into<EntityKey>) -> &[EntityKey] {
        let key = key.into();
        self.referrers.get(&key.kind).and_then(|table| table.get(key.id)).map_or(&[], |list| list.as_slice())
    }

    fn referring(&self, key: EntityKey, kind: EntityKind) -> impl Iterator<Item = u32> + '_ {
        let list = self.referrers(key);
        let start = list.partition_point(|referrer| referrer.kind < kind);
        list[start..].iter().take_while(move |referrer| referrer.kind == kind).map(|referrer| referrer.id)
    }

    /// All memberships of a person, past ones too.
    pub fn memberships_of_person(&self, person: PersonId) -> impl Iterator<Item = &Arc<Membership>> {
        self.referring(person.into(), EntityKind::Membership).filter_map(|id| self.tables.memberships.get(id))
    }

    /// All memberships of a group, past ones too.
    pub fn memberships_of_group(&self, group: GroupId) -> impl Iterator<Item = &Arc<Membership>> {
        self.referring(group.into(), EntityKind::Membership).filter_map(|id| self.tables.memberships.get(id))
    }

    /// The adults of a child, past ones too.
    pub fn guardianships_of_child(&self, child: PersonId) -> impl Iterator<Item = &Arc<Guardianship>> {
        self.referring(child.into(), EntityKind::Guardianship)
            .filter_map(|id| self.tables.guardianships.get(id))
            .filter(move |guardianship| guardianship.child == child)
    }

    /// The children of an adult, past ones too.
    pub fn guardianships_of_adult(&self, adult: PersonId) -> impl Iterator<Item = &Arc<Guardianship>> {
        self.referring(adult.into(), EntityKind::Guardianship)
            .filter_map(|id| self.tables.guardianships.get(id))
            .filter(move |guardianship| guardianship.adult == adult)
    }

    /// The chats of a group, archived ones too.
    pub fn chats_of_group(&self, group: GroupId) -> impl Iterator<Item = &Arc<Chat>> {
        self.referring(group.into(), EntityKind::Chat).filter_map(|id| self.tables.chats.get(id))
    }

    /// The class-teacher assignments of a group, past ones too.
    pub fn assignments_of_group(&self, group: GroupId) -> impl Iterator<Item = &Arc<Assignment>> {
        self.referring(group.into(), EntityKind::Assignment).filter_map(|id| self.tables.assignments.get(id))
    }

    /// The class-teacher assignments of a person, past ones too.
    pub fn assignments_of_person(&self, person: PersonId) -> impl Iterator<Item = &Arc<Assignment>> {
        self.referring(person.into(), EntityKind::Assignment).filter_map(|id| self.tables.assignments.get(id))
    }

    /// The links that open a target, revoked ones too.
    pub fn invites_of_target(&self, target: Target) -> impl Iterator<Item = &Arc<Invite>> {
        self.referring(target.key(), EntityKind::Invite)
            .filter_map(|id| self.tables.invites.get(id))
            .filter(move |invite| invite.target == target)
    }

    /// What was seen of a target, in the order of entry.
    pub fn observations_of_target(&self, target: Target) -> impl Iterator<Item = &Arc<Observation>> {
        self.referring(target.key(), EntityKind::Observation)
            .filter_map(|id| self.tables.observations.get(id))
    }

    /// The group behind a target: the group itself or the group of the chat.
    pub fn group_of_target(&self, target: Target) -> Option<GroupId> {
        match target {
            Target::Organization => None,
            Target::Group(group) => Some(group),
            Target::Chat(chat) => self.chat(chat)?.group,
        }
    }

    /// Groups that are not archived and belong to the year (or to no year).
    pub fn groups_in_year(&self, year: SchoolYear) -> impl Iterator<Item = &Arc<Group>> {
        self.tables.groups.iter().map(|(_, group)| group).filter(move |group| {
            group.archived_on.is_none() && group.year.is_none_or(|group_year| group_year == year)
        })
    }

    /// Whether a membership lasts on a day and its person has not left.
    pub fn is_current(&self, membership: &Membership, today: Date) -> bool {
        membership.until.is_none_or(|until| until >= today)
            && self
                .person(membership.person)
                .is_some_and(|person| person.left_on.is_none_or(|left| left > today))
    }

    /// The current members of a group in a role other than parent, by membership; for parents the
    /// adults of the current students and the parent memberships of the group itself, each once.
    pub fn current_members(&self, group: GroupId, role: Role, today: Date) -> Vec<PersonId> {
        let of_role = |role: Role| {
            self.memberships_of_group(group)
                .filter(move |membership| membership.role == role && self.is_current(membership, today))
                .map(|membership| membership.person)
        };
        let mut people: Vec<PersonId> = of_role(role).collect();
        if role == Role::Parent {
            for student in of_role(Role::Student) {
                people.extend(self.current_guardians(student, today).map(|guardianship| guardianship.adult));
            }
        }
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The adults of a child on a day.
    pub fn current_guardians(
        &self,
        child: PersonId,
        today: Date,
    ) -> impl Iterator<Item = &Arc<Guardianship>> {
        self.guardianships_of_child(child)
            .filter(move |guardianship| guardianship.until.is_none_or(|until| until >= today))
            .filter(move |guardianship| {
                self.person(guardianship.adult)
                    .is_some_and(|adult| adult.left_on.is_none_or(|left| left > today))
            })
    }

    /// The class teachers of a group on a day.
    pub fn class_teachers(&self, group: GroupId, today: Date) -> impl Iterator<Item = &Arc<Assignment>> {
        self.assignments_of_group(group).filter(move |assignment| {
            assignment.since.is_none_or(|since| since <= today)
                && assignment.until.is_none_or(|until| until >= today)
        })
    }

    /// The last id given out for a kind.
    pub fn counter(&self, kind: EntityKind) -> u32 {
        self.counters.get(&kind).copied().unwrap_or(0)
    }

    /// Raises a counter to what the file says; only for loading.
    pub fn raise_counter(&mut self, kind: EntityKind, last: u32) {
        let counter = self.counters.entry(kind).or_default();
        *counter = (*counter).max(last);
    }

    /// Puts one loaded entity; only for loading, where the file's own checks stand for `decide`.
    pub fn put_loaded(&mut self, entity: Entity) {
        self.put(entity.key(), Some(entity));
    }

    /// Makes the register that the change set leads to. The revision is the caller's to raise.
    pub fn apply(&mut self, changes: &ChangeSet) {
        for change in &changes.changes {
            self.put(change.key(), change.after.clone());
        }
    }

    pub(super) fn put(&mut self, key: EntityKey, entity: Option<Entity>) {
        self.raise_counter(key.kind, key.id);
        let new_references = entity.as_ref().map(references_of).unwrap_or_default();
        let previous = self.tables.put(key, entity);
        let old_references = previous.as_ref().map(references_of).unwrap_or_default();
        if new_references == old_references {
            return;
        }
        for target in old_references {
            self.change_referrers(target, |list| {
                if let Ok(place) = list.binary_search(&key) {
                    list.remove(place);
                }
            });
        }
        for target in new_references {
            self.change_referrers(target, |list| {
                if let Err(place) = list.binary_search(&key) {
                    list.insert(place, key);
                }
            });
        }
    }

    fn change_referrers(&mut self, target: EntityKey, change: impl FnOnce(&mut Vec<EntityKey>)) {
        let table = self.referrers.entry(target.kind).or_default();
        table.change(target.id, change);
        if table.get(target.id).is_some_and(|list| list.is_empty()) {
            table.put(target.id, None);
        }
        // An index of nothing equals no index, so that registers compare by what they hold.
        if table.is_empty() {
            self.referrers.remove(&target.kind);
        }
    }

    /// Whether two registers hold the same entities, whatever their revisions and counters.
    pub fn holds_the_same_as(&self, other: &Register) -> bool {
        self.tables == other.tables
    }
}

fn references_of(entity: &Entity) -> Vec<EntityKey> {
    let mut keys = Vec::new();
    entity.references(&mut |key| {
        if !keys.contains(&key) {
            keys.push(key);
        }
    });
    keys
}
