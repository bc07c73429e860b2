//! What a cleanup goes through and how far it has come. Only the order and the first day are kept; what became of
//! each link is read from the register, so undo and a restart simply show what is true.

use crate::names::capitalized;
use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::names::{GroupSortKey, Role};
use crate::register::{GroupId, Invite, InviteId, InviteState};
use crate::regulation::link_danger;
use crate::session::{InviteRow, Snapshot};

/// What is kept in the file of a cleanup that was left unfinished.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The first day: failures and requests from it on belong to this cleanup.
    pub begun_on: Date,
    /// The links were chosen by hand: they are gone through whether flagged or not.
    #[serde(default)]
    pub chosen: bool,
    /// Every link that opens, the most dangerous first: the file got to strangers. Nothing may be put off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub by_danger: bool,
    pub order: Vec<InviteId>,
}

/// What became of a link in this cleanup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Open,
    Revoked,
    Deferred,
    Failed,
    Delegated,
    /// Nothing speaks for revoking it any more: somebody was seen inside, or an edit settled it.
    NotNeeded,
}

/// One link of the cleanup.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub id: InviteId,
    pub title: String,
    pub tail: String,
    pub group_label: String,
    /// Under which heading of the list it stands.
    pub heading: String,
    pub outcome: Outcome,
}

/// A row of the list at the left.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    Heading {
        label: String,
        done: usize,
        total: usize,
    },
    /// Place among the items.
    Item(usize),
}

/// The items of a snapshot in the order of the cleanup.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    pub items: Vec<Item>,
    pub entries: Vec<Entry>,
}

/// How many links of a kept cleanup are open, without building its list.
pub(super) fn count_open(snapshot: &Snapshot, kept: &Kept) -> usize {
    let is_open = |id: &&InviteId| match (snapshot.invites.get(**id), snapshot.register.invite(**id)) {
        (Some(row), Some(invite)) => outcome(invite, row, kept, snapshot.today) == Outcome::Open,
        _ => false,
    };
    kept.order.iter().filter(is_open).count()
}

impl Progress {
    pub(super) fn of(snapshot: &Snapshot, kept: &Kept) -> Self {
        let items: Vec<Item> = kept
            .order
            .iter()
            .filter_map(|id| {
                let row = snapshot.invites.get(*id)?;
                let invite = snapshot.register.invite(*id)?;
                Some(Item {
                    id: *id,
                    title: row.target_title.clone(),
                    tail: row.tail.clone(),
                    group_label: row.group_label.clone(),
                    heading: match kept.by_danger {
                        true => capitalized(link_danger(&snapshot.register, invite).words()),
                        false => row.group_label.clone(),
                    },
                    outcome: outcome(invite, row, kept, snapshot.today),
                })
            })
            .collect();
        let mut entries = Vec::with_capacity(items.len() * 2);
        let mut from = 0;
        while from < items.len() {
            let label = &items[from].heading;
            let length = items[from..].iter().take_while(|item| item.heading == *label).count();
            let group = &items[from..from + length];
            let done = group.iter().filter(|item| item.outcome != Outcome::Open).count();
            entries.push(Entry::Heading { label: label.clone(), done, total: length });
            entries.extend((from..from + length).map(Entry::Item));
            from += length;
        }
        Self { items, entries }
    }

    pub(super) fn place_of(&self, id: InviteId) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    pub(super) fn left(&self) -> usize {
        self.items.iter().filter(|item| item.outcome == Outcome::Open).count()
    }

    pub(super) fn done(&self) -> usize {
        self.items.len() - self.left()
    }

    /// The next open link after a place, from the top again where none is below; never the place itself.
    pub(super) fn next_open(&self, after: Option<usize>) -> Option<InviteId> {
        let start = after.map_or(0, |place| place + 1);
        let places = (start..self.items.len()).chain(0..start.min(self.items.len()));
        places
            .filter(|place| Some(*place) != after)
            .map(|place| &self.items[place])
            .find(|item| item.outcome == Outcome::Open)
            .map(|item| item.id)
    }

    /// The open links of the class that a link belongs to.
    pub(super) fn open_of_group(&self, id: InviteId) -> Vec<InviteId> {
        let Some(item) = self.items.iter().find(|item| item.id == id) else { return Vec::new() };
        let of_group =
            |other: &&Item| other.group_label == item.group_label && other.outcome == Outcome::Open;
        self.items.iter().filter(of_group).map(|item| item.id).collect()
    }

    pub(super) fn with_outcome(&self, outcome: Outcome) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.outcome == outcome)
    }
}

fn outcome(invite: &Invite, row: &InviteRow, kept: &Kept, today: Date) -> Outcome {
    match invite.state(today) {
        InviteState::Revoked => return Outcome::Revoked,
        InviteState::Deferred if !kept.by_danger => return Outcome::Deferred,
        InviteState::Deferred | InviteState::Reserve | InviteState::InForce => {}
    }
    let delegated = invite.delegation.as_ref().map(|delegation| delegation.on);
    let failed = invite.failed.as_ref().map(|failed| failed.on);
    if delegated.is_some_and(|on| on >= kept.begun_on) {
        Outcome::Delegated
    } else if failed.is_some_and(|on| on >= kept.begun_on) {
        Outcome::Failed
    } else if row.flags.is_empty() && !kept.chosen {
        Outcome::NotNeeded
    } else {
        Outcome::Open
    }
}

/// The flagged links, classes in the order of the cabinet.
pub(super) fn flagged(snapshot: &Snapshot) -> Vec<InviteId> {
    let flagged = snapshot.invites.rows().filter(|row| !row.flags.is_empty());
    in_cabinet_order(snapshot, flagged.map(|row| row.id).collect())
}

/// Sorts links by class as the list of classes stands (buildings, numbers, the staff last), those of past years after
/// them, the whole organization last; within a class parents, students, teachers.
pub(super) fn in_cabinet_order(snapshot: &Snapshot, mut links: Vec<InviteId>) -> Vec<InviteId> {
    type Place = (usize, Option<GroupSortKey>, String, u8, String, InviteId);
    let places: HashMap<GroupId, usize> =
        snapshot.groups.rows().iter().enumerate().map(|(place, row)| (row.id, place)).collect();
    let role_rank = |role| match role {
        Role::Parent => 0,
        Role::Student => 1,
        Role::Teacher => 2,
        Role::Employee => 3,
    };
    links.sort_by_cached_key(|id| -> Place {
        let Some(row) = snapshot.invites.get(*id) else {
            return (usize::MAX, None, String::new(), 0, String::new(), *id);
        };
        let place = match row.group {
            Some(group) => places.get(&group).copied().unwrap_or(usize::MAX - 2),
            None => usize::MAX - 1,
        };
        let (key, label) = (Some(row.sort_key().clone()), row.group_label.clone());
        (place, key, label, role_rank(row.role), row.target_title.clone(), *id)
    });
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(outcomes: &[Outcome]) -> Progress {
        let items = outcomes.iter().enumerate().map(|(place, outcome)| Item {
            id: InviteId(place as u32),
            title: String::new(),
            tail: String::new(),
            group_label: "7Б".into(),
            heading: "7Б".into(),
            outcome: *outcome,
        });
        Progress { items: items.collect(), entries: Vec::new() }
    }

    #[test]
    fn the_next_link_is_below_or_from_the_top_again_and_never_the_same() {
        use Outcome::{Open, Revoked};
        for (outcomes, after, expected) in [
            (vec![Open, Open, Open], Some(0), Some(1)),
            (vec![Open, Revoked, Open], Some(0), Some(2)),
            (vec![Open, Revoked, Open], Some(2), Some(0)),
            (vec![Revoked, Open], Some(1), None),
            (vec![Revoked, Revoked], None, None),
            (vec![Revoked, Open], None, Some(1)),
            (vec![], None, None),
        ] {
            assert_eq!(
                progress(&outcomes).next_open(after),
                expected.map(InviteId),
                "{outcomes:?} {after:?}"
            );
        }
    }

    #[test]
    fn what_is_kept_is_read_again() {
        let kept = Kept {
            begun_on: jiff::civil::date(2026, 10, 12),
            chosen: false,
            by_danger: false,
            order: vec![InviteId(7), InviteId(3)],
        };
        let text = serde_json::to_string(&kept).expect("plain");
        assert_eq!(text, r#"{"begun_on":"2026-10-12","chosen":false,"order":[7,3]}"#);
        assert_eq!(serde_json::from_str::<Kept>(&text).expect("the same"), kept);
    }
}
