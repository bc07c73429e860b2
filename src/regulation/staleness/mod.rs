//! Staleness of invite links (duty 2.3-9; domain §4). Every threshold is a setting of the school, none
//! a norm. A flag is computed from stored facts and a given day and never revokes by itself.

mod expired;
mod explain;
mod exposed;
mod old_privileged;
mod orphaned;
mod place;
mod served;
mod stalled;
mod superseded;
mod target_gone;
mod unclaimed;
mod wrong_role;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use explain::explain;
pub(super) use place::{Place, made_on};

use self::place::PlaceTable;
use super::clock_trust::{days_after, days_between};
use super::coverage::RosterCounts;
use super::duty::Duty;
use crate::names::Role;
use crate::register::{
    Invite, InviteId, InviteState, PersonId, Register, RoleThresholds, SchoolYear, Target,
};

/// The rules of domain §4, the most pressing first: a link's first flag is the one to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StalenessRule {
    Exposed,
    WrongRole,
    TargetGone,
    Expired,
    Orphaned,
    Superseded,
    OldPrivileged,
    Unclaimed,
    Stalled,
    Served,
}

impl StalenessRule {
    /// Every rule, the most pressing first.
    pub const ALL: [StalenessRule; 10] = [
        StalenessRule::Exposed,
        StalenessRule::WrongRole,
        StalenessRule::TargetGone,
        StalenessRule::Expired,
        StalenessRule::Orphaned,
        StalenessRule::Superseded,
        StalenessRule::OldPrivileged,
        StalenessRule::Unclaimed,
        StalenessRule::Stalled,
        StalenessRule::Served,
    ];

    /// Stable code, in JSON and as the reason of a revocation.
    pub fn code(self) -> &'static str {
        match self {
            StalenessRule::Exposed => "exposed",
            StalenessRule::WrongRole => "wrong_role",
            StalenessRule::TargetGone => "target_gone",
            StalenessRule::Expired => "expired",
            StalenessRule::Orphaned => "orphaned",
            StalenessRule::Superseded => "superseded",
            StalenessRule::OldPrivileged => "old_privileged",
            StalenessRule::Unclaimed => "unclaimed",
            StalenessRule::Stalled => "stalled",
            StalenessRule::Served => "served",
        }
    }

    /// The rule with this code.
    pub fn from_code(code: &str) -> Option<StalenessRule> {
        StalenessRule::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// The badge in Russian.
    pub fn words(self) -> &'static str {
        match self {
            StalenessRule::Exposed => "попала к посторонним",
            StalenessRule::WrongRole => "не та роль",
            StalenessRule::TargetGone => "группы больше нет",
            StalenessRule::Expired => "срок вышел",
            StalenessRule::Orphaned => "владелец ушёл",
            StalenessRule::Superseded => "есть новее",
            StalenessRule::OldPrivileged => "старая ссылка для сотрудников",
            StalenessRule::Unclaimed => "никто не вступил",
            StalenessRule::Stalled => "перестали вступать",
            StalenessRule::Served => "все уже внутри",
        }
    }

    /// The duty it serves: all of them duty 2.3-9.
    pub fn duty(self) -> Duty {
        Duty::RevokeUnclaimed
    }

    fn check(self, link: &Link<'_>) -> Option<Finding> {
        match self {
            StalenessRule::Exposed => exposed::check(link),
            StalenessRule::WrongRole => wrong_role::check(link),
            StalenessRule::TargetGone => target_gone::check(link),
            StalenessRule::Expired => expired::check(link),
            StalenessRule::Orphaned => orphaned::check(link),
            StalenessRule::Superseded => superseded::check(link),
            StalenessRule::OldPrivileged => old_privileged::check(link),
            StalenessRule::Unclaimed => unclaimed::check(link),
            StalenessRule::Stalled => stalled::check(link),
            StalenessRule::Served => served::check(link),
        }
    }

    /// A link in reserve is given to nobody: nobody can have failed to join by it, and every revocation
    /// in MAX leaves a fresh one behind (domain §4).
    fn holds_for_reserve(self) -> bool {
        !matches!(
            self,
            StalenessRule::Unclaimed
                | StalenessRule::Stalled
                | StalenessRule::Served
                | StalenessRule::OldPrivileged
        )
    }
}

/// Why and since when a link should be revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    pub rule: StalenessRule,
    /// The first day on which the facts speak for it.
    pub since: Date,
    /// «Пора по нашему графику»: so many days (a setting) after the link could first be seen flagged here.
    pub act_by: Date,
    /// A link of a chat: clause 2.3 speaks of links into the organization, so here it is «рекомендация».
    pub is_recommendation: bool,
    pub fact: FlagFact,
}

impl Flag {
    /// The duty it serves.
    pub fn duty(&self) -> Duty {
        self.rule.duty()
    }
}

/// The fact that a flag rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagFact {
    /// The latest look since the hand-over found nobody. `of`: of how many, where known.
    NobodyJoined { seen_on: Date, of: Option<u32> },
    /// Nobody looked since the hand-over.
    NoInformation,
    /// The same number (or fewer) over the looks of the period.
    NobodyNew { joined: u32, of: u32, from: Date, until: Date },
    /// All who are expected are in.
    EverybodyInside { inside: u32, as_of: Option<Date> },
    /// The link's last day.
    Expired { on: Date },
    /// The group or chat went to the archive.
    Archived { on: Date },
    /// The group's school year is over.
    YearOver { year: SchoolYear },
    /// The chat's owner left the organization.
    OwnerLeft { person: PersonId, on: Date },
    /// The only person it was given to left the organization.
    RecipientLeft { person: PersonId, on: Date },
    /// A newer link in force opens the same for the same role.
    NewerLink { newer: InviteId, on: Date },
    /// A student's or parent's link into a place of the staff.
    IntoStaff,
    /// Strangers have it.
    Exposed { on: Date },
    /// A link for staff, in force for longer than so many days.
    OldPrivileged { limit_days: u16 },
}

/// What a rule found: since when, and on which fact.
type Finding = (Date, FlagFact);

/// One link with all that the rules judge it by.
struct Link<'a> {
    register: &'a Register,
    invite: &'a Invite,
    place: &'a Place,
    thresholds: &'a RoleThresholds,
    /// The day its age counts from.
    handed_on: Date,
    /// Days since then.
    age: i64,
    today: Date,
}

/// The flags of one link on a day, the most pressing first. A revoked link has none, a deferred one only
/// `exposed`.
pub fn flags_of_invite(register: &Register, invite: &Invite, today: Date) -> Vec<Flag> {
    let mut flags = Vec::new();
    if invite.state(today) != InviteState::Revoked {
        let place = Place::of_one(register, invite, today);
        put_flags(&mut flags, register, invite, &place, today);
    }
    flags
}

/// Judges the links of one target in one role, revoked ones too. `everybody`: the roster of the organization in the
/// role, counted already; it stands behind a place that no group stands behind.
pub(super) fn judge_links(
    register: &Register,
    target: Target,
    role: Role,
    everybody: RosterCounts,
    today: Date,
    mut visit: impl FnMut(&Invite, &Place, Vec<Flag>),
) {
    let invites = || register.invites_of_target(target).filter(|invite| invite.role == role);
    if invites().next().is_none() {
        return;
    }
    let mut place = Place::beside(register, target, role, everybody, today);
    invites().for_each(|invite| place.consider_newest(invite, today));
    let mut flags = Vec::new();
    for invite in invites() {
        flags.clear();
        put_flags(&mut flags, register, invite, &place, today);
        visit(invite, &place, flags.to_vec());
    }
}

/// The flagged links on a day, ids rising, each with its flags. What links of one place share is worked
/// out once: a hundred thousand links take milliseconds.
pub fn all_flags(register: &Register, today: Date) -> Vec<(InviteId, Vec<Flag>)> {
    let places = PlaceTable::of_all(register, today);
    let mut flagged = Vec::new();
    // Filled anew for each link and copied out at its own length: most links have one flag or none, and room for
    // four of each would be most of the memory that is touched.
    let mut flags = Vec::new();
    for invite in register.tables().invites.values().filter(|invite| invite.revocation.is_none()) {
        let Some(place) = places.get(invite) else { continue };
        flags.clear();
        put_flags(&mut flags, register, invite, place, today);
        if !flags.is_empty() {
            flagged.push((invite.id, flags.to_vec()));
        }
    }
    flagged
}

/// Adds the flags of one link, the most pressing first.
fn put_flags(flags: &mut Vec<Flag>, register: &Register, invite: &Invite, place: &Place, today: Date) {
    let state = invite.state(today);
    let settings = register.settings();
    let handed_on = invite.counts_from();
    let link = Link {
        register,
        invite,
        place,
        thresholds: settings.thresholds(invite.role),
        handed_on,
        age: days_between(handed_on, today),
        today,
    };
    let applies = |rule: &StalenessRule| match state {
        InviteState::Revoked => false,
        InviteState::Deferred => *rule == StalenessRule::Exposed,
        InviteState::Reserve => rule.holds_for_reserve(),
        InviteState::InForce => true,
    };
    for rule in StalenessRule::ALL.into_iter().filter(applies) {
        let Some((since, fact)) = rule.check(&link) else { continue };
        let act_by = match rule {
            StalenessRule::Exposed => since,
            // Nobody can act on a link before it stands in the register.
            _ => days_after(since.max(invite.recorded_on), settings.act_within_days),
        };
        let is_recommendation = matches!(invite.target, Target::Chat(_));
        flags.push(Flag { rule, since, act_by, is_recommendation, fact });
    }
}
