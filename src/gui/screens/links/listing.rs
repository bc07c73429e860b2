//! Which links are shown and in which order: worked out once for a snapshot, a filter and a sort.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::names::{Role, fold};
use crate::register::{InviteId, InviteState};
use crate::session::{InviteRow, Snapshot};
use crate::wording::role_name;

use super::words::state_name;

/// States in the order in which they need attention.
pub const STATES: [InviteState; 4] =
    [InviteState::InForce, InviteState::Reserve, InviteState::Deferred, InviteState::Revoked];

/// What the list is narrowed to. Empty sets narrow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub search: String,
    pub parallels: BTreeSet<u8>,
    pub roles: BTreeSet<Role>,
    pub states: BTreeSet<InviteState>,
    pub only_flagged: bool,
}

impl Filter {
    /// Whether everything is shown.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }

    /// What is narrowed, in words: «роль «сотрудник», параллели 5–9».
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if !self.search.trim().is_empty() {
            words.push(format!("«{}»", self.search.trim()));
        }
        if !self.roles.is_empty() {
            words.push(format!("роль {}", self.role_words()));
        }
        if !self.parallels.is_empty() {
            words.push(format!("параллели {}", self.parallel_words()));
        }
        if !self.states.is_empty() {
            words.push(self.state_words());
        }
        if self.only_flagged {
            words.push("пора аннулировать".into());
        }
        words.join(", ")
    }

    /// «5–11», «5, 7, 9–11».
    pub fn parallel_words(&self) -> String {
        let mut runs: Vec<(u8, u8)> = Vec::new();
        for parallel in &self.parallels {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == *parallel => *last = *parallel,
                _ => runs.push((*parallel, *parallel)),
            }
        }
        let words = runs
            .into_iter()
            .map(|(from, until)| if from == until { from.to_string() } else { format!("{from}–{until}") });
        words.collect::<Vec<_>>().join(", ")
    }

    /// «ученик, родитель».
    pub fn role_words(&self) -> String {
        self.roles.iter().map(|role| role_name(*role)).collect::<Vec<_>>().join(", ")
    }

    /// «действует, в запасе».
    pub fn state_words(&self) -> String {
        self.states.iter().map(|state| state_name(*state)).collect::<Vec<_>>().join(", ")
    }

    fn lets_through(&self, row: &InviteRow, words: &[String]) -> bool {
        (!self.only_flagged || !row.flags.is_empty())
            && (self.roles.is_empty() || self.roles.contains(&row.role))
            && (self.states.is_empty() || self.states.contains(&row.state))
            && (self.parallels.is_empty()
                || row.parallel.is_some_and(|parallel| self.parallels.contains(&parallel)))
            && row.matches(words)
    }
}

/// What the table is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    Target,
    Role,
    Link,
    HandedOver,
    Age,
    Way,
    Joined,
    /// The flagged first, the most pressing first; then deferred, in force, in reserve, revoked.
    #[default]
    State,
}

impl SortBy {
    fn compare(self, one: &InviteRow, other: &InviteRow) -> Ordering {
        match self {
            SortBy::Target => Ordering::Equal,
            SortBy::Role => one.role.cmp(&other.role),
            SortBy::Link => one.tail.cmp(&other.tail),
            SortBy::HandedOver => one.handed_over_on.cmp(&other.handed_over_on),
            SortBy::Age => one.age_days.cmp(&other.age_days),
            SortBy::Way => one.way.cmp(&other.way),
            SortBy::Joined => share(one).cmp(&share(other)),
            SortBy::State => urgency(one).cmp(&urgency(other)).then(other.age_days.cmp(&one.age_days)),
        }
    }
}

/// Inside in thousandths of the expected; what is not known comes first.
fn share(row: &InviteRow) -> Option<u64> {
    row.joined.map(|(joined, of)| u64::from(joined) * 1000 / u64::from(of.max(1)))
}

fn urgency(row: &InviteRow) -> (bool, Option<crate::regulation::StalenessRule>, u8) {
    let state = match row.state {
        InviteState::Deferred => 0,
        InviteState::InForce => 1,
        InviteState::Reserve => 2,
        InviteState::Revoked => 3,
    };
    (row.flags.is_empty(), row.flags.first().map(|flag| flag.rule), state)
}

/// What tells one snapshot from another.
type Version = (u64, jiff::civil::Date);
/// What the list was worked out for.
type MadeFor = (Version, Filter, (SortBy, bool));

/// The links in the order shown.
#[derive(Debug, Default)]
pub struct Listing {
    made_for: Option<MadeFor>,
    order: Vec<InviteId>,
    parallels_of: Option<Version>,
    parallels: BTreeSet<u8>,
}

impl Listing {
    /// Works the list out anew where the snapshot, the filter or the sort is another; answers whether it was.
    pub fn refresh(&mut self, snapshot: &Snapshot, filter: &Filter, sort: (SortBy, bool)) -> bool {
        if self.parallels_of != Some(snapshot.version()) {
            self.parallels = snapshot.invites.parallels();
            self.parallels_of = Some(snapshot.version());
        }
        let is_current = self.made_for.as_ref().is_some_and(|(version, made_filter, made_sort)| {
            *version == snapshot.version() && made_filter == filter && *made_sort == sort
        });
        if is_current {
            return false;
        }
        let words: Vec<String> = fold(&filter.search).split_whitespace().map(str::to_owned).collect();
        let rows = snapshot.invites.rows().filter(|row| filter.lets_through(row, &words));
        let mut shown: Vec<(u32, &InviteRow)> =
            rows.map(|row| (snapshot.invites.rank_of(row.target), row)).collect();
        let (by, ascending) = sort;
        shown.sort_unstable_by(|(rank, one), (other_rank, other)| {
            let by_target = rank.cmp(other_rank);
            let order = if by == SortBy::Target { by_target } else { by.compare(one, other) };
            let order = if ascending { order } else { order.reverse() };
            order.then(by_target).then(one.id.cmp(&other.id))
        });
        self.order = shown.into_iter().map(|(_, row)| row.id).collect();
        self.made_for = Some((snapshot.version(), filter.clone(), sort));
        true
    }

    /// How many links are shown.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// The link at a place of the list.
    pub fn row<'a>(&self, snapshot: &'a Snapshot, place: usize) -> Option<&'a InviteRow> {
        snapshot.invites.get(*self.order.get(place)?)
    }

    /// The links shown, in order.
    pub fn rows<'a>(&'a self, snapshot: &'a Snapshot) -> impl Iterator<Item = &'a InviteRow> {
        self.order.iter().filter_map(|id| snapshot.invites.get(*id))
    }

    /// Where a link stands.
    pub fn place_of(&self, id: InviteId) -> Option<usize> {
        self.order.iter().position(|shown| *shown == id)
    }

    /// Every parallel that has links.
    pub fn known_parallels(&self) -> BTreeSet<u8> {
        self.parallels.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallels_are_told_in_runs() {
        for (parallels, words) in
            [(vec![5, 6, 7, 8, 9, 10, 11], "5–11"), (vec![1, 5, 6, 9], "1, 5–6, 9"), (vec![], "")]
        {
            let filter = Filter { parallels: parallels.into_iter().collect(), ..Filter::default() };
            assert_eq!(filter.parallel_words(), words);
        }
    }

    #[test]
    fn a_filter_says_what_it_narrows() {
        let filter = Filter {
            search: " 7б ".into(),
            roles: [Role::Employee].into(),
            only_flagged: true,
            ..Filter::default()
        };
        assert_eq!(filter.words(), "«7б», роль сотрудник, пора аннулировать");
        assert!(!filter.is_empty() && Filter::default().is_empty());
    }
}
