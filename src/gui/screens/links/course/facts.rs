//! What the page shows, worked out once for each revision.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::super::words::short_name;
use crate::register::{InviteId, PersonId};
use crate::session::Snapshot;

/// A link that somebody was asked to revoke, or that could not be revoked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenLink {
    pub invite: InviteId,
    /// «Родители 7Б».
    pub title: String,
    /// «…k7Qx».
    pub tail: String,
    pub since: Date,
    /// Why it did not work; empty for what a teacher was asked for.
    pub why: String,
}

/// What one teacher was asked for and has not done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub teacher: Option<PersonId>,
    pub name: String,
    pub links: Vec<OpenLink>,
}

/// What was done on one day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Day {
    pub revoked: usize,
    pub by: Vec<String>,
}

/// Everything of the page.
#[derive(Default)]
pub(super) struct Facts {
    pub asked: Vec<Asked>,
    pub failed: Vec<OpenLink>,
    /// The latest day first.
    pub days: Vec<(Date, Day)>,
}

impl Facts {
    pub(super) fn of(snapshot: &Snapshot) -> Self {
        let register = &snapshot.register;
        let mut asked: BTreeMap<Option<PersonId>, Vec<OpenLink>> = BTreeMap::new();
        let mut failed = Vec::new();
        let mut days: BTreeMap<Date, Day> = BTreeMap::new();
        for invite in register.tables().invites.values() {
            if let Some(revocation) = &invite.revocation {
                let day = days.entry(revocation.on).or_default();
                day.revoked += 1;
                if !revocation.by.is_empty() && !day.by.contains(&revocation.by) {
                    day.by.push(revocation.by.clone());
                }
                continue;
            }
            let title = snapshot.invites.get(invite.id).map_or("", |row| row.target_title.as_str());
            let open = |since: Date, why: &str| OpenLink {
                invite: invite.id,
                title: title.to_owned(),
                tail: invite.address.tail(),
                since,
                why: why.to_owned(),
            };
            if let Some(delegation) = &invite.delegation {
                asked.entry(delegation.to).or_default().push(open(delegation.on, ""));
            }
            if let Some(attempt) = &invite.failed {
                failed.push(open(attempt.on, &attempt.why));
            }
        }
        let mut asked: Vec<Asked> = asked
            .into_iter()
            .map(|(teacher, mut links)| {
                links.sort_by_key(|link| link.since);
                let name = teacher.map(|teacher| short_name(register, teacher)).unwrap_or_default();
                Asked { teacher, name, links }
            })
            .collect();
        // Who has waited longest stands first.
        asked.sort_by_key(|asked| asked.links.first().map(|link| link.since));
        failed.sort_by_key(|link| link.since);
        Self { asked, failed, days: days.into_iter().rev().collect() }
    }
}
