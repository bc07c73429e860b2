//! What a change set touches of everything that is judged: the places whose links, numbers and titles may differ.
//!
//! Both registers are asked, the one before and the one after: who moved from one class to another touches both.

use std::collections::BTreeSet;

use crate::register::{
    CabinetTaskId, Change, ChangeSet, ChatId, Entity, EntityKey, EntityKind, GroupId, InviteId,
    JoinRequestId, Person, PersonId, Register, Target,
};

/// With more changes than this everything is judged anew: an import touches most of the school.
const MOST_CHANGES: usize = 2_000;

/// What a change set touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// The card, the settings or too much to go through: everything is judged anew.
    pub everything: bool,
    /// Kinds of the changed records.
    pub kinds: BTreeSet<EntityKind>,
    /// Groups whose links, numbers or class teachers may differ; their chats with them.
    pub groups: BTreeSet<GroupId>,
    /// Groups and chats of which a title may differ are groups that were changed themselves.
    pub relabelled: BTreeSet<GroupId>,
    /// Chats of no group.
    pub chats: BTreeSet<ChatId>,
    /// The organization as a place: its links, and the rosters that hold everybody.
    pub organization: bool,
    /// People who may be counted otherwise.
    pub counted_people: BTreeSet<PersonId>,
    /// People whose row in a list may differ.
    pub listed_people: BTreeSet<PersonId>,
    /// Links that were made, changed or removed.
    pub invites: BTreeSet<InviteId>,
    /// Requests that were made, changed or removed, or whose place has another title.
    pub requests: BTreeSet<JoinRequestId>,
    /// Steps that were made, changed or removed, or that name a changed person or place.
    pub steps: BTreeSet<CabinetTaskId>,
}

impl Touched {
    /// Goes through the changes that lead from one register to the next.
    pub fn of(before: &Register, after: &Register, changes: &ChangeSet) -> Touched {
        let mut touched = Touched { everything: changes.changes.len() > MOST_CHANGES, ..Touched::default() };
        for change in &changes.changes {
            touched.kinds.insert(change.key().kind);
            if touched.everything {
                continue;
            }
            for (register, entity) in [(before, &change.before), (after, &change.after)] {
                if let Some(entity) = entity {
                    touched.entity(register, entity, change);
                }
            }
        }
        if !touched.everything {
            touched.steps_of_places(before, after);
        }
        touched
    }

    /// Whether a record of a kind changed.
    pub fn kind(&self, kind: EntityKind) -> bool {
        self.kinds.contains(&kind)
    }

    /// The places whose links are to be judged anew.
    pub fn targets(&self, register: &Register) -> BTreeSet<Target> {
        let mut targets: BTreeSet<Target> = self.chats.iter().map(|chat| Target::Chat(*chat)).collect();
        for group in &self.groups {
            targets.extend(targets_of_group(register, *group));
        }
        if self.organization {
            // Where no group stands behind a chat, everybody of the organization belongs to it.
            targets.insert(Target::Organization);
            let chats = register.tables().chats.values().filter(|chat| chat.group.is_none());
            targets.extend(chats.map(|chat| Target::Chat(chat.id)));
        }
        targets
    }

    fn entity(&mut self, register: &Register, entity: &Entity, change: &Change) {
        match entity {
            Entity::Organization(_) | Entity::Settings(_) => self.everything = true,
            Entity::Unit(_) | Entity::Movement(_) | Entity::Appeal(_) | Entity::Remembered(_) => {}
            Entity::Group(group) => {
                self.groups.insert(group.id);
                self.relabelled.insert(group.id);
                for membership in register.memberships_of_group(group.id) {
                    self.list_with_adults(register, membership.person);
                }
            }
            Entity::Person(person) => self.person(register, person, change),
            Entity::Chat(chat) => match chat.group {
                Some(group) => {
                    self.groups.insert(group);
                    self.relabelled.insert(group);
                }
                None => {
                    self.chats.insert(chat.id);
                }
            },
            Entity::Membership(membership) => {
                self.counted_people.insert(membership.person);
                self.groups.extend(membership.group);
                self.organization = true;
                self.list_with_adults(register, membership.person);
            }
            Entity::Guardianship(bond) => {
                self.counted_people.insert(bond.child);
                self.groups_of(register, bond.child);
                self.organization = true;
                self.listed_people.insert(bond.adult);
            }
            Entity::Assignment(assignment) => {
                self.groups.insert(assignment.group);
            }
            Entity::Invite(invite) => {
                self.invites.insert(invite.id);
                self.place(register, invite.target);
            }
            Entity::Observation(observation) => self.place(register, observation.target),
            Entity::JoinRequest(request) => {
                self.requests.insert(request.id);
            }
            Entity::CabinetTask(task) => {
                self.steps.insert(task.id);
            }
        }
    }

    fn person(&mut self, register: &Register, person: &Person, change: &Change) {
        // Records that become one, or two again, carry everything that hung on them along.
        if let (Some(Entity::Person(before)), Some(Entity::Person(after))) = (&change.before, &change.after) {
            self.everything |= before.merged != after.merged;
        }
        self.listed_people.insert(person.id);
        self.groups.extend(register.assignments_of_person(person.id).map(|assignment| assignment.group));
        for referrer in register.referrers(person.id) {
            match referrer.kind {
                EntityKind::Chat => self.place(register, Target::Chat(ChatId(referrer.id))),
                EntityKind::Invite => {
                    if let Some(invite) = register.invite(InviteId(referrer.id)) {
                        self.place(register, invite.target);
                    }
                }
                EntityKind::CabinetTask => {
                    self.steps.insert(CabinetTaskId(referrer.id));
                }
                _ => {}
            }
        }
        if !counts_otherwise(change) {
            return;
        }
        self.organization = true;
        self.counted_people.insert(person.id);
        self.list_with_adults(register, person.id);
        self.groups_of(register, person.id);
        for bond in register.guardianships_of_adult(person.id) {
            self.counted_people.insert(bond.child);
            self.groups_of(register, bond.child);
        }
    }

    fn groups_of(&mut self, register: &Register, person: PersonId) {
        self.groups.extend(register.memberships_of_person(person).filter_map(|membership| membership.group));
    }

    /// The adults show the groups of their children.
    fn list_with_adults(&mut self, register: &Register, person: PersonId) {
        self.listed_people.insert(person);
        self.listed_people.extend(register.guardianships_of_child(person).map(|bond| bond.adult));
    }

    fn place(&mut self, register: &Register, target: Target) {
        match (target, register.group_of_target(target)) {
            (_, Some(group)) => {
                self.groups.insert(group);
            }
            (Target::Chat(chat), None) => {
                self.chats.insert(chat);
            }
            (Target::Organization | Target::Group(_), None) => self.organization = true,
        }
    }

    /// Steps and requests name the places, and a step may wait for another.
    fn steps_of_places(&mut self, before: &Register, after: &Register) {
        let places = self.relabelled.iter().map(|group| EntityKey::from(*group));
        let places = places.chain(self.chats.iter().map(|chat| EntityKey::from(*chat)));
        let chats = self.relabelled.iter().flat_map(|group| after.chats_of_group(*group));
        let places: Vec<EntityKey> = places.chain(chats.map(|chat| chat.id.into())).collect();
        for referrer in places.iter().flat_map(|place| after.referrers(*place)) {
            match referrer.kind {
                EntityKind::JoinRequest => {
                    self.requests.insert(JoinRequestId(referrer.id));
                }
                EntityKind::CabinetTask => {
                    self.steps.insert(CabinetTaskId(referrer.id));
                }
                _ => {}
            }
        }
        if self.kind(EntityKind::CabinetTask) || self.kind(EntityKind::Chat) || !self.relabelled.is_empty() {
            // What a step waits for and which chat it is done in are no references: all open steps are asked.
            for register in [before, after] {
                let steps = register.tables().cabinet_tasks.values();
                let touched = steps.filter(|step| {
                    let follows = step.after.is_some_and(|first| self.steps.contains(&first));
                    follows || step.chat.is_some_and(|chat| places.contains(&chat.into()))
                });
                let touched: Vec<CabinetTaskId> = touched.map(|step| step.id).collect();
                self.steps.extend(touched);
            }
        }
    }
}

/// The group and its chats.
pub(super) fn targets_of_group(register: &Register, group: GroupId) -> impl Iterator<Item = Target> + '_ {
    let chats = register.chats_of_group(group).map(|chat| Target::Chat(chat.id));
    std::iter::once(Target::Group(group)).chain(chats)
}

/// Whether a changed person may count otherwise: a name or a phone alone changes no number.
fn counts_otherwise(change: &Change) -> bool {
    let (Some(Entity::Person(before)), Some(Entity::Person(after))) = (&change.before, &change.after) else {
        return true;
    };
    (before.left_on, before.absent_since, before.birth_date)
        != (after.left_on, after.absent_since, after.birth_date)
}
