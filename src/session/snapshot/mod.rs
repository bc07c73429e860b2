//! A snapshot: the register of one revision with the lists derived from it, built off the drawing thread.

mod groups;
mod invites;
mod people;
mod veiled;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

pub use groups::{GroupList, GroupRow};
pub use invites::{InviteList, InviteRow};
pub use people::{PeopleList, PersonRow, search_words};
pub use veiled::{NameIsHidden, unveiled_operation, veil_change, veil_entries, veil_text};

use crate::register::{ChangeSet, Entity, EntityKind, PersonId, Register};
use crate::regulation::{ClockTrust, TodayList, today_tasks};

/// The register and its lists, shared by everything that shows them.
#[derive(Clone)]
pub struct Snapshot {
    pub register: Arc<Register>,
    /// The day the lists were judged by.
    pub today: Date,
    /// Whether the wall clock may be believed; if not, `today` stands still.
    pub clock_trust: ClockTrust,
    pub people: Arc<PeopleList>,
    pub groups: Arc<GroupList>,
    pub invites: Arc<InviteList>,
    pub today_list: Arc<TodayList>,
    /// Whether names of people are hidden in it: [`Snapshot::veiled`].
    pub veiled: bool,
}

impl Snapshot {
    /// Builds every list.
    pub fn build(register: &Arc<Register>, today: Date, clock_trust: ClockTrust) -> Snapshot {
        let invites = Arc::new(InviteList::build(register, today));
        Snapshot {
            register: register.clone(),
            today,
            clock_trust,
            people: Arc::new(PeopleList::build(register, today)),
            groups: Arc::new(GroupList::build(register, today, &invites)),
            today_list: Arc::new(today_tasks(register, today)),
            invites,
            veiled: false,
        }
    }

    /// The snapshot after a change on the same day: only lists that the change touches are made anew.
    pub fn updated(
        &self,
        register: &Arc<Register>,
        clock_trust: ClockTrust,
        changes: &ChangeSet,
    ) -> Snapshot {
        let today = self.today;
        let touched = Touched::of(register, changes);
        let invites =
            if touched.invites { Arc::new(InviteList::build(register, today)) } else { self.invites.clone() };
        let people = match &touched.people {
            TouchedPeople::All => Arc::new(PeopleList::build(register, today)),
            TouchedPeople::Some(people) if people.is_empty() => self.people.clone(),
            TouchedPeople::Some(people) => {
                let people: Vec<PersonId> = people.iter().copied().collect();
                Arc::new(self.people.updated(register, today, &people))
            }
        };
        Snapshot {
            register: register.clone(),
            today,
            clock_trust,
            people,
            groups: Arc::new(GroupList::build(register, today, &invites)),
            today_list: Arc::new(today_tasks(register, today)),
            invites,
            veiled: false,
        }
    }

    /// What tells one snapshot from another: caches of screens hang on it.
    pub fn version(&self) -> (u64, Date) {
        // No file sees so many entries: the highest bit is free.
        (self.register.revision | (u64::from(self.veiled) << 63), self.today)
    }
}

enum TouchedPeople {
    Some(BTreeSet<PersonId>),
    All,
}

struct Touched {
    people: TouchedPeople,
    invites: bool,
}

impl Touched {
    fn of(register: &Register, changes: &ChangeSet) -> Touched {
        let mut people = BTreeSet::new();
        let (mut all_people, mut invites) = (false, false);
        for change in &changes.changes {
            invites |= !matches!(
                change.key().kind,
                EntityKind::Remembered | EntityKind::Appeal | EntityKind::CabinetTask
            );
            for entity in [&change.before, &change.after].into_iter().flatten() {
                match entity {
                    Entity::Person(person) => {
                        people.insert(person.id);
                    }
                    Entity::Membership(membership) => {
                        people.insert(membership.person);
                        // The adults show the groups of their children.
                        let adults = register.guardianships_of_child(membership.person);
                        people.extend(adults.map(|guardianship| guardianship.adult));
                    }
                    Entity::Guardianship(guardianship) => {
                        people.insert(guardianship.adult);
                    }
                    Entity::Group(_) if change.before.is_some() => all_people = true,
                    _ => {}
                }
            }
        }
        let people = if all_people { TouchedPeople::All } else { TouchedPeople::Some(people) };
        Touched { people, invites }
    }
}
