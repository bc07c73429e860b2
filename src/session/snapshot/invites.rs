//! The list of invite links as screens and commands show it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::names::{GroupSortKey, Role, fold, group_sort_key, parse_group_label};
use crate::register::{GroupId, HandOverWay, Invite, InviteId, InviteState, Register, Table, Target};
use crate::regulation::{Flag, Judged, Touched, target_title};
use crate::wording::role_name;

/// One link of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct InviteRow {
    pub id: InviteId,
    pub target: Target,
    /// The group behind the target.
    pub group: Option<GroupId>,
    /// «Родители 7Б», «Педагогический коллектив».
    pub target_title: String,
    /// Label of the group behind the target; the organization's name for the whole organization.
    pub group_label: String,
    /// The parallel of the group behind the target, where its label tells it.
    pub parallel: Option<u8>,
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

    fn place_words(&self) -> (&GroupSortKey, &str, Target) {
        (&self.sort_key, &self.target_title, self.target)
    }

    /// Groups as people expect them: 2А < 10А.
    pub fn sort_key(&self) -> &GroupSortKey {
        &self.sort_key
    }
}

/// All links in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InviteList {
    rows: Table<InviteRow>,
    flagged: usize,
    /// How many links are in each state, see `place_of`.
    in_state: [usize; 4],
    /// Where each target with links stands among them: by class, then by title.
    ranks: Arc<HashMap<Target, u32>>,
}

impl InviteList {
    /// Builds the list of a judged register.
    pub fn build(register: &Register, judged: &Judged) -> InviteList {
        let mut list = InviteList::default();
        // Links of one place mostly share its words.
        let mut places: HashMap<Target, PlaceWords> = HashMap::new();
        for invite in register.tables().invites.values() {
            let words =
                places.entry(invite.target).or_insert_with(|| PlaceWords::of(register, invite.target));
            list.put(invite.id, Some(row(invite, words, judged)));
        }
        list.ranks = Arc::new(list.ranked());
        list
    }

    /// The list after a change: rows of the touched places and links are made anew.
    pub fn updated(&self, register: &Register, judged: &Judged, touched: &Touched) -> InviteList {
        let mut list = self.clone();
        let mut moved = false;
        for id in touched.invites.iter().filter(|id| register.invite(**id).is_none()) {
            moved |= list.put(*id, None);
        }
        for target in touched.targets(register) {
            let mut words = None;
            for invite in register.invites_of_target(target) {
                let words = words.get_or_insert_with(|| PlaceWords::of(register, target));
                moved |= list.put(invite.id, Some(row(invite, words, judged)));
            }
        }
        if moved {
            list.ranks = Arc::new(list.ranked());
        }
        list
    }

    /// Puts a row in place of what stood there; says whether the order of the targets may differ.
    fn put(&mut self, id: InviteId, row: Option<InviteRow>) -> bool {
        let row = row.map(Arc::new);
        let old = self.rows.put(id.0, row.clone());
        if let Some(old) = &old {
            self.flagged -= usize::from(!old.flags.is_empty());
            self.in_state[place_of(old.state)] -= 1;
        }
        if let Some(new) = &row {
            self.flagged += usize::from(!new.flags.is_empty());
            self.in_state[place_of(new.state)] += 1;
        }
        match (old, row) {
            (Some(old), Some(new)) => old.place_words() != new.place_words(),
            (None, Some(new)) => !self.ranks.contains_key(&new.target),
            (old, None) => old.is_some(),
        }
    }

    fn ranked(&self) -> HashMap<Target, u32> {
        let mut first_of: HashMap<Target, &InviteRow> = HashMap::new();
        for row in self.rows.values() {
            first_of.entry(row.target).or_insert(row);
        }
        let mut targets: Vec<&InviteRow> = first_of.into_values().collect();
        targets.sort_by(|one, other| one.place_words().cmp(&other.place_words()));
        targets.iter().zip(0..).map(|(row, rank)| (row.target, rank)).collect()
    }

    /// Where a target stands among those with links: by class, then by title.
    pub fn rank_of(&self, target: Target) -> u32 {
        self.ranks.get(&target).copied().unwrap_or(u32::MAX)
    }

    /// Every parallel that has links.
    pub fn parallels(&self) -> BTreeSet<u8> {
        self.rows.values().filter_map(|row| row.parallel).collect()
    }

    /// Every link, ids rising.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = &InviteRow> {
        self.rows.values()
    }

    /// How many links there are, revoked ones too.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no link.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of a link.
    pub fn get(&self, id: InviteId) -> Option<&InviteRow> {
        self.rows.get(id.0).map(AsRef::as_ref)
    }

    /// The links that open a target, ids rising; found without looking through all.
    pub fn of_target<'a>(
        &'a self,
        register: &'a Register,
        target: Target,
    ) -> impl Iterator<Item = &'a InviteRow> {
        register.invites_of_target(target).filter_map(|invite| self.get(invite.id))
    }

    /// The links of a group and its chats.
    pub fn of_group<'a>(
        &'a self,
        register: &'a Register,
        group: GroupId,
    ) -> impl Iterator<Item = &'a InviteRow> {
        let chats = register.chats_of_group(group).map(|chat| Target::Chat(chat.id));
        let targets = std::iter::once(Target::Group(group)).chain(chats);
        targets.flat_map(move |target| self.of_target(register, target))
    }

    /// How many links carry a flag.
    pub fn flagged_count(&self) -> usize {
        self.flagged
    }

    /// How many links are in a state.
    pub fn count_in_state(&self, state: InviteState) -> usize {
        self.in_state[place_of(state)]
    }
}

fn place_of(state: InviteState) -> usize {
    match state {
        InviteState::Reserve => 0,
        InviteState::InForce => 1,
        InviteState::Deferred => 2,
        InviteState::Revoked => 3,
    }
}

/// What all links of one target show alike.
struct PlaceWords {
    group: Option<GroupId>,
    title: String,
    group_label: String,
    parallel: Option<u8>,
    sort_key: GroupSortKey,
}

impl PlaceWords {
    fn of(register: &Register, target: Target) -> PlaceWords {
        let group = register.group_of_target(target);
        let group_label = group
            .and_then(|group| register.group(group))
            .map_or_else(|| register.organization().name.clone(), |group| group.label.clone());
        PlaceWords {
            group,
            title: target_title(register, target),
            parallel: group.and_then(|_| parse_group_label(&group_label).ok()?.parallel),
            sort_key: group_sort_key(&group_label),
            group_label,
        }
    }
}

fn row(invite: &Invite, words: &PlaceWords, judged: &Judged) -> InviteRow {
    let today = judged.today();
    let tail = invite.address.tail();
    let found = judged.invite(invite.id);
    let age = invite.handed_over.as_ref().map(|_| i64::from((today - invite.counts_from()).get_days()));
    // The tail is compared as it is: addresses know upper and lower case, but a search does not care.
    let search_key =
        fold(&format!("{} {} {} {tail}", words.title, words.group_label, role_name(invite.role)));
    InviteRow {
        id: invite.id,
        target: invite.target,
        group: words.group,
        target_title: words.title.clone(),
        group_label: words.group_label.clone(),
        parallel: words.parallel,
        role: invite.role,
        tail,
        state: invite.state(today),
        handed_over_on: invite.handed_over.as_ref().and_then(|hand_over| hand_over.on),
        way: invite.handed_over.as_ref().map(|hand_over| hand_over.way),
        age_days: age,
        joined: found.and_then(|found| found.joined),
        flags: found.map_or_else(Vec::new, |found| found.flags.clone()),
        search_key,
        sort_key: words.sort_key.clone(),
    }
}
