//! What all links of one place and role share, worked out once.

use std::cell::OnceCell;

use jiff::civil::Date;

use super::FlagFact;
use crate::names::Role;
use crate::register::{
    ChatKind, EntityKind, Group, GroupId, GroupKind, Invite, InviteId, InviteState, PersonId, Register,
    Target,
};
use crate::regulation::coverage::{Coverage, RosterCounts, combined, everybody_settled, roster_of_place};
use crate::regulation::observations::{Seen, seen_of_place};

/// A place as the rules see it.
pub(in crate::regulation) struct Place {
    target: Target,
    role: Role,
    /// Looks at the place, days rising.
    pub seen: Vec<Seen>,
    /// The link in force made last: when it was made, which, and since when it is out.
    pub newest: Option<(Date, InviteId, Date)>,
    /// Since when, and why, the place is no more.
    pub gone: Option<(Date, FlagFact)>,
    /// The chat's owner and the day they left.
    pub owner_left: Option<(PersonId, Date)>,
    /// Whether only staff belong here.
    pub is_for_staff: bool,
    roster: OnceCell<RosterCounts>,
    settled: OnceCell<Option<(u32, Option<Date>)>>,
}

impl Place {
    fn new(register: &Register, target: Target, role: Role, today: Date) -> Place {
        let (mut gone, mut owner_left, mut is_for_staff) = (None, None, false);
        if let Target::Chat(id) = target
            && let Some(chat) = register.chat(id)
        {
            gone = chat.archived_on.map(|on| (on, FlagFact::Archived { on }));
            owner_left = chat.owner.and_then(|owner| left_by(register, owner, today));
            is_for_staff = matches!(chat.kind, ChatKind::Teachers | ChatKind::Staff);
        }
        if let Some(group) = register.group_of_target(target).and_then(|group| register.group(group)) {
            gone = gone.or_else(|| end_of_group(group, today));
            is_for_staff |= group.kind == GroupKind::TeachingStaff;
        }
        Place {
            target,
            role,
            seen: seen_of_place(register, target, role),
            newest: None,
            gone,
            owner_left,
            is_for_staff,
            roster: OnceCell::new(),
            settled: OnceCell::new(),
        }
    }

    /// The place of links that are judged together. `everybody`: the roster of the organization in the role.
    pub fn beside(
        register: &Register,
        target: Target,
        role: Role,
        everybody: RosterCounts,
        today: Date,
    ) -> Place {
        let mut place = Place::new(register, target, role, today);
        if register.group_of_target(target).is_none() {
            place.roster = OnceCell::from(everybody);
        }
        place
    }

    /// The place of one link, with the other links of the same place.
    pub fn of_one(register: &Register, invite: &Invite, today: Date) -> Place {
        let mut place = Place::new(register, invite.target, invite.role, today);
        for other in register.invites_of_target(invite.target).filter(|other| other.role == invite.role) {
            place.consider_newest(other, today);
        }
        place
    }

    pub fn consider_newest(&mut self, invite: &Invite, today: Date) {
        let is_out = match invite.state(today) {
            InviteState::InForce | InviteState::Deferred => invite.handed_over.is_some(),
            InviteState::Reserve | InviteState::Revoked => false,
        };
        let still_opens = invite.expires_on.is_none_or(|last_day| last_day >= today);
        let made_on = made_on(invite);
        if is_out && still_opens && self.newest.is_none_or(|(newest, _, _)| made_on > newest) {
            self.newest = Some((made_on, invite.id, invite.counts_from()));
        }
    }

    /// The roster's numbers; counted at the first question only.
    pub fn roster(&self, register: &Register, today: Date) -> RosterCounts {
        *self.roster.get_or_init(|| roster_of_place(register, self.target, self.role, today))
    }

    /// Coverage by the latest look.
    pub fn coverage(&self, register: &Register, today: Date) -> Coverage {
        combined(self.roster(register, today), self.seen.last().copied())
    }

    /// How many are in, where everybody is in or does not participate by what is known of each.
    pub fn settled(&self, register: &Register, today: Date) -> Option<(u32, Option<Date>)> {
        *self.settled.get_or_init(|| everybody_settled(register, self.target, self.role, today))
    }
}

/// The day a link was made, as far as known: of a link from before the records began the hand-over.
pub(in crate::regulation) fn made_on(invite: &Invite) -> Date {
    let handed_on = invite.handed_over.as_ref().and_then(|hand_over| hand_over.on);
    invite.issued_on.or(handed_on).unwrap_or(invite.recorded_on)
}

/// The person with the day they left, once that day has come.
pub(super) fn left_by(register: &Register, person: PersonId, today: Date) -> Option<(PersonId, Date)> {
    register.person(person)?.left_on.filter(|left| *left <= today).map(|left| (person, left))
}

fn end_of_group(group: &Group, today: Date) -> Option<(Date, FlagFact)> {
    if let Some(on) = group.archived_on {
        return Some((on, FlagFact::Archived { on }));
    }
    let year = group.year.filter(|year| year.last_day() < today)?;
    Some((year.last_day().tomorrow().unwrap_or(today), FlagFact::YearOver { year }))
}

/// The places of all links that are not revoked, found by position, not by hashing.
pub(super) struct PlaceTable {
    places: Vec<Option<Place>>,
    group_count: usize,
}

impl PlaceTable {
    /// Looks through every link once.
    pub fn of_all(register: &Register, today: Date) -> PlaceTable {
        let group_count = register.counter(EntityKind::Group) as usize + 1;
        let chat_count = register.counter(EntityKind::Chat) as usize + 1;
        let mut places = Vec::new();
        places.resize_with((1 + group_count + chat_count) * Role::ALL.len(), || None);
        let mut table = PlaceTable { places, group_count };
        for invite in register.tables().invites.values().filter(|invite| invite.revocation.is_none()) {
            let slot = table.slot(invite.target, invite.role);
            let Some(place) = table.places.get_mut(slot) else { continue };
            place
                .get_or_insert_with(|| Place::new(register, invite.target, invite.role, today))
                .consider_newest(invite, today);
        }
        table
    }

    /// The place of a link that is not revoked.
    pub fn get(&self, invite: &Invite) -> Option<&Place> {
        self.places.get(self.slot(invite.target, invite.role))?.as_ref()
    }

    fn slot(&self, target: Target, role: Role) -> usize {
        let place = match target {
            Target::Organization => 0,
            Target::Group(GroupId(id)) => 1 + id as usize,
            Target::Chat(id) => 1 + self.group_count + id.0 as usize,
        };
        let role = match role {
            Role::Teacher => 0,
            Role::Employee => 1,
            Role::Student => 2,
            Role::Parent => 3,
        };
        place * Role::ALL.len() + role
    }
}
