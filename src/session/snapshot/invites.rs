//! The list of invite links as screens and commands show it.

use jiff::civil::Date;

use crate::names::{GroupSortKey, Role, fold, group_sort_key};
use crate::register::{GroupId, HandOverWay, InviteId, InviteState, Register, Target};
use crate::regulation::{Flag, all_flags, place_coverage, target_title};

/// One link of the list.
#[derive(Clone, Debug)]
pub struct InviteRow {
    pub id: InviteId,
    pub target: Target,
    /// The group behind the target.
    pub group: Option<GroupId>,
    /// «Родители 7Б», «Педагогический коллектив».
    pub target_title: String,
    /// Label of the group behind the target; the organization's name for the whole organization.
    pub group_label: String,
    pub role: Role,
    /// Last characters, «…k7Qx».
    pub tail: String,
    pub state: InviteState,
    pub handed_over_on: Option<Date>,
    pub way: Option<HandOverWay>,
    /// Days since hand-over; for a link in reserve `None`.
    pub age_days: Option<i64>,
    /// Inside and expected at the target for the role; `None`: no information.
    pub joined: Option<(u32, u32)>,
    /// Why it should be looked at, most urgent first.
    pub flags: Vec<Flag>,
    search_key: String,
    sort_key: GroupSortKey,
}

impl InviteRow {
    /// Whether every folded word of the search stands in the row (class, role, last characters).
    pub fn matches(&self, words: &[String]) -> bool {
        words.iter().all(|word| self.search_key.contains(word.as_str()))
    }

    /// Groups as people expect them: 2А < 10А.
    pub fn sort_key(&self) -> &GroupSortKey {
        &self.sort_key
    }
}

/// All links in the order of their ids.
#[derive(Clone, Debug, Default)]
pub struct InviteList {
    rows: Vec<InviteRow>,
    flagged: usize,
}

impl InviteList {
    /// Builds the list with flags judged by `today`.
    pub fn build(register: &Register, today: Date) -> InviteList {
        let mut flags: std::collections::HashMap<InviteId, Vec<Flag>> =
            all_flags(register, today).into_iter().collect();
        let mut places = std::collections::HashMap::new();
        let mut rows = Vec::with_capacity(register.tables().invites.len());
        for invite in register.tables().invites.values() {
            let group = register.group_of_target(invite.target);
            let place = places.entry((invite.target, invite.role)).or_insert_with(|| {
                let coverage = place_coverage(register, invite.target, invite.role, today);
                let group_label = group
                    .and_then(|group| register.group(group))
                    .map_or_else(|| register.organization().name.clone(), |group| group.label.clone());
                let joined = coverage.inside.map(|inside| (inside, coverage.expected));
                (target_title(register, invite.target), group_sort_key(&group_label), group_label, joined)
            });
            let (target_title, sort_key, group_label, joined) = place.clone();
            let tail = invite.address.tail();
            let handed_over_on = invite.handed_over.as_ref().and_then(|hand_over| hand_over.on);
            let age =
                invite.handed_over.as_ref().map(|_| i64::from((today - invite.counts_from()).get_days()));
            // The tail is compared as it is: addresses know upper and lower case, but a search does not care.
            let search_key = fold(&format!(
                "{target_title} {group_label} {} {tail}",
                crate::wording::role_name(invite.role)
            ));
            rows.push(InviteRow {
                id: invite.id,
                target: invite.target,
                group,
                target_title,
                group_label,
                role: invite.role,
                tail,
                state: invite.state(today),
                handed_over_on,
                way: invite.handed_over.as_ref().map(|hand_over| hand_over.way),
                age_days: age,
                joined,
                flags: flags.remove(&invite.id).unwrap_or_default(),
                search_key,
                sort_key,
            });
        }
        let flagged = rows.iter().filter(|row| !row.flags.is_empty()).count();
        InviteList { rows, flagged }
    }

    /// Every link, ids rising.
    pub fn rows(&self) -> &[InviteRow] {
        &self.rows
    }

    /// The row of a link.
    pub fn get(&self, id: InviteId) -> Option<&InviteRow> {
        let place = self.rows.binary_search_by_key(&id, |row| row.id).ok()?;
        self.rows.get(place)
    }

    /// How many links carry a flag.
    pub fn flagged_count(&self) -> usize {
        self.flagged
    }

    /// How many links are in a state.
    pub fn count_in_state(&self, state: InviteState) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }
}
