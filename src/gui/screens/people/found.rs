//! Who passes search and filter, in the order of the table. Made anew only when one of these or the
//! snapshot changed; a search that only grew looks through what it had found.

use jiff::civil::Date;

use super::{Filter, SortBy};
use crate::names::{Role, group_sort_key};
use crate::register::{ParticipationStage, ParticipationState, PersonId, Verification};
use crate::regulation::is_inside;
use crate::session::{PersonRow, Snapshot, search_words};

/// What the list was made from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundKey {
    pub version: (u64, Date),
    pub search: String,
    pub filter: Filter,
    pub sort: (SortBy, bool),
}

/// The people found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    key: Option<FoundKey>,
    pub people: Vec<PersonId>,
    /// People who have not left, whatever search and filter.
    pub here: usize,
}

impl Found {
    /// Looks anew where something it depends on changed.
    pub fn refresh(&mut self, snapshot: &Snapshot, key: FoundKey) {
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let words = search_words(&key.search);
        let list = &snapshot.people;
        let grew = self.key.as_ref().is_some_and(|old| {
            !old.search.is_empty()
                && key.search.starts_with(&old.search)
                && (old.version, &old.filter, old.sort) == (key.version, &key.filter, key.sort)
        });
        if grew {
            self.people.retain(|person| list.get(*person).is_some_and(|row| row.matches(&words)));
        } else {
            if self.key.as_ref().is_none_or(|old| old.version != key.version) {
                self.here = list.iter().filter(|row| !row.left).count();
            }
            let passing = list.matching(&words).filter(|row| passes(row, &key.filter, snapshot));
            self.people = passing.map(|row| row.id).collect();
            self.sort(snapshot, key.sort);
        }
        self.key = Some(key);
    }

    fn sort(&mut self, snapshot: &Snapshot, (by, ascending): (SortBy, bool)) {
        let row = |person: &PersonId| snapshot.people.get(*person);
        match by {
            // The list itself stands in this order.
            SortBy::Name => {}
            SortBy::Roles => {
                self.people.sort_by_cached_key(|person| row(person).map(|row| row.roles.clone()))
            }
            SortBy::Groups => self.people.sort_by_cached_key(|person| {
                let label = row(person).map_or("", |row| row.group_labels.as_str());
                // Those without a group stand last.
                (label.is_empty(), group_sort_key(label))
            }),
        }
        if !ascending {
            self.people.reverse();
        }
    }
}

fn passes(row: &PersonRow, filter: &Filter, snapshot: &Snapshot) -> bool {
    row.left == filter.left
        && filter.role.is_none_or(|role| row.roles.contains(&role))
        && filter.group.is_none_or(|group| row.groups.contains(&group))
        && (!filter.without_group || row.groups.is_empty())
        && (!filter.restricted || is_restricted(row, snapshot))
        && (!filter.absent || is_away(row, snapshot))
        && filter.stage.is_none_or(|stage| is_at_stage(row, stage, snapshot))
        && filter.verification.is_none_or(|wanted| has_verification(row, wanted, snapshot))
}

fn is_restricted(row: &PersonRow, snapshot: &Snapshot) -> bool {
    row.roles.contains(&Role::Parent)
        && !snapshot.register.restrictions_of_adult(row.id, snapshot.today).is_empty()
}

fn is_away(row: &PersonRow, snapshot: &Snapshot) -> bool {
    let person = snapshot.register.person(row.id);
    person.and_then(|person| person.absent_since).is_some_and(|since| since <= snapshot.today)
}

fn is_at_stage(row: &PersonRow, stage: ParticipationStage, snapshot: &Snapshot) -> bool {
    let register = &snapshot.register;
    let is_of_stage = |state: ParticipationState| match stage {
        ParticipationStage::Inside => is_inside(state),
        ParticipationStage::OnTheWay => {
            matches!(state, ParticipationState::Invited | ParticipationState::Requested)
        }
    };
    let mut memberships = register.memberships_of_person(row.id);
    let mut bonds = register.guardianships_of_adult(row.id);
    memberships.any(|one| register.is_current(one, snapshot.today) && is_of_stage(one.participation.state))
        || bonds.any(|bond| {
            bond.until.is_none_or(|until| until >= snapshot.today) && is_of_stage(bond.participation.state)
        })
}

fn has_verification(row: &PersonRow, wanted: Verification, snapshot: &Snapshot) -> bool {
    let register = &snapshot.register;
    register.memberships_of_person(row.id).any(|one| {
        one.role.is_staff() && one.verification == wanted && register.is_current(one, snapshot.today)
    })
}
