//! Coverage: how many are in, of how many (clauses 2.4 and 1.8; domain §3).
//!
//! Whoever does not participate, was not invited or is away for long stands beside the number, never
//! in «из»: taking part is voluntary [R 1.8]. What nobody looked at is `None`, not nought.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::observations::{Seen, latest_seen_of_group, role_of_chat, seen_of_place, seen_of_target};
use super::participation::ParticipationCounts;
use super::year::current_year;
use crate::names::Role;
use crate::register::{
    Chat, Group, GroupId, GroupKind, ParticipationState, PersonId, Register, Target, UnitId,
};

/// How many are in, of how many. For parents: children with an adult in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// `None`: нет сведений.
    pub inside: Option<u32>,
    /// «из»; 0 where neither the roster nor an observation says.
    pub expected: u32,
    /// Не участвует, не приглашали, away for long: beside the number, never in it.
    pub neutral: u32,
    /// How old the knowledge of `inside` is.
    pub as_of: Option<Date>,
}

impl Coverage {
    /// How many are still out, where that is known.
    pub fn missing(&self) -> Option<u32> {
        self.inside.map(|inside| self.expected.saturating_sub(inside))
    }
}

/// Coverage summed over groups. Groups of which nothing is known are counted, not guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummedCoverage {
    pub role: Role,
    /// Over the groups with knowledge only; `as_of` is the latest.
    pub total: Coverage,
    /// The oldest knowledge in the sum.
    pub oldest: Option<Date>,
    pub groups_known: u32,
    /// Groups with members of which nothing is known.
    pub groups_unknown: u32,
}

/// The roster's own view of a place: members by state and the day of the newest state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterCounts {
    pub counts: ParticipationCounts,
    pub as_of: Option<Date>,
}

impl RosterCounts {
    fn add(&mut self, state: ParticipationState, as_of: Option<Date>, absent: bool) {
        self.counts.add(state, absent);
        if state != ParticipationState::NoInformation {
            self.as_of = self.as_of.max(as_of);
        }
    }
}

/// Coverage of a group in a role: from the latest observation of the group (or of its chat for that
/// role), else from what is known of its members one by one.
pub fn group_coverage(register: &Register, group: GroupId, role: Role, today: Date) -> Coverage {
    combined(roster_of_group(register, group, role, today), latest_seen_of_group(register, group, role))
}

/// Coverage of a chat in its own role; «другое» has numbers only from observations.
pub fn chat_coverage(register: &Register, chat: &Chat, today: Date) -> Coverage {
    match role_of_chat(chat.kind) {
        Some(role) => place_coverage(register, Target::Chat(chat.id), role, today),
        None => {
            let of_role = |role| seen_of_target(register, Target::Chat(chat.id), role).pop();
            combined(
                RosterCounts::default(),
                Role::ALL.into_iter().filter_map(of_role).max_by_key(|seen| seen.on),
            )
        }
    }
}

/// Coverage of what a link opens.
pub fn place_coverage(register: &Register, target: Target, role: Role, today: Date) -> Coverage {
    match target {
        Target::Group(group) => group_coverage(register, group, role, today),
        Target::Chat(_) | Target::Organization => {
            let roster = roster_of_place(register, target, role, today);
            let mut coverage = combined(roster, seen_of_place(register, target, role).pop());
            if is_subject_chat(register, target) && seen_of_target(register, target, role).is_empty() {
                // The states of the class say nothing of who is in a chat of a discipline.
                (coverage.inside, coverage.as_of) = (None, None);
            }
            coverage
        }
    }
}

fn is_subject_chat(register: &Register, target: Target) -> bool {
    use crate::register::ChatKind::{Other, Subject};
    matches!(target, Target::Chat(chat) if register.chat(chat).is_some_and(|chat| matches!(chat.kind, Subject | Other)))
}

/// Coverage of the current year's groups of a unit (`None`: of those without a unit).
pub fn unit_coverage(register: &Register, unit: Option<UnitId>, role: Role, today: Date) -> SummedCoverage {
    let groups = register.groups_in_year(current_year(register, today)).filter(|group| group.unit == unit);
    summed(register, groups.map(AsRef::as_ref), role, today)
}

/// Coverage of the whole school. Students and parents: over the current year's classes and groups (not
/// the clubs, whose children stand in a class already). Staff: of the teaching staff as one.
pub fn school_coverage(register: &Register, role: Role, today: Date) -> SummedCoverage {
    if role.is_staff() {
        return staff_coverage(register, role, today);
    }
    let groups = register.groups_in_year(current_year(register, today));
    summed(register, groups.map(AsRef::as_ref), role, today)
}

fn staff_coverage(register: &Register, role: Role, today: Date) -> SummedCoverage {
    let of_staff_groups = register
        .tables()
        .groups
        .values()
        .filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none())
        .filter_map(|group| latest_seen_of_group(register, group.id, role));
    let of_organization = seen_of_target(register, Target::Organization, role).pop();
    let seen = of_staff_groups.chain(of_organization).max_by_key(|seen| seen.on);
    let coverage = combined(roster_of_organization(register, role, today), seen);
    let known = coverage.inside.is_some();
    SummedCoverage {
        role,
        total: coverage,
        oldest: coverage.as_of,
        groups_known: known.into(),
        groups_unknown: (!known && coverage.expected > 0).into(),
    }
}

fn summed<'register>(
    register: &Register,
    groups: impl Iterator<Item = &'register Group>,
    role: Role,
    today: Date,
) -> SummedCoverage {
    let mut sum =
        SummedCoverage { role, total: Coverage::default(), oldest: None, groups_known: 0, groups_unknown: 0 };
    for group in groups.filter(|group| counts_in_totals(group.kind, role)) {
        let coverage = group_coverage(register, group.id, role, today);
        // Without «из» a number cannot be summed.
        let Some(inside) = coverage.inside.filter(|_| coverage.expected > 0) else {
            sum.groups_unknown += u32::from(coverage.expected > 0);
            continue;
        };
        sum.groups_known += 1;
        sum.total.inside = Some(sum.total.inside.unwrap_or(0) + inside);
        sum.total.expected += coverage.expected;
        sum.total.neutral += coverage.neutral;
        sum.total.as_of = sum.total.as_of.max(coverage.as_of);
        sum.oldest = match (sum.oldest, coverage.as_of) {
            (Some(oldest), Some(day)) => Some(oldest.min(day)),
            (oldest, day) => oldest.or(day),
        };
    }
    sum
}

/// Clubs would count a child twice; a kindergarten has no place for children [R 2.5, pub].
fn counts_in_totals(kind: GroupKind, role: Role) -> bool {
    match kind {
        GroupKind::SchoolClass | GroupKind::StudyGroup => true,
        GroupKind::KindergartenGroup => role != Role::Student,
        GroupKind::TeachingStaff => role.is_staff(),
        GroupKind::Club => false,
    }
}

/// An observation beside the roster. «Из» is shown as told, except where the told number plainly holds
/// people who are outside the count: they never stand in «из» [R 1.8].
pub(super) fn combined(roster: RosterCounts, seen: Option<Seen>) -> Coverage {
    let (expected, neutral) = (roster.counts.expected(), roster.counts.outside_count());
    let Some(seen) = seen else {
        let inside = roster.counts.inside_known();
        return Coverage { inside, expected, neutral, as_of: inside.and(roster.as_of) };
    };
    let told = match seen.of {
        Some(of) if of > expected && of <= roster.counts.members() => expected.max(seen.joined),
        Some(of) => of,
        None if expected == 0 => 0,
        None => expected.max(seen.joined),
    };
    Coverage { inside: Some(seen.joined), expected: told, neutral, as_of: Some(seen.on) }
}

/// The roster's numbers behind what a link opens.
pub(super) fn roster_of_place(register: &Register, target: Target, role: Role, today: Date) -> RosterCounts {
    match register.group_of_target(target) {
        Some(group) => roster_of_group(register, group, role, today),
        None => roster_of_organization(register, role, today),
    }
}

/// The members of a group by state; for parents its children by the state of their adults.
pub fn roster_of_group(register: &Register, group: GroupId, role: Role, today: Date) -> RosterCounts {
    let mut roster = RosterCounts::default();
    let of_role = if role == Role::Parent { Role::Student } else { role };
    for membership in register.memberships_of_group(group) {
        if membership.role != of_role || !register.is_current(membership, today) {
            continue;
        }
        if role == Role::Parent {
            add_child(register, &mut roster, membership.person, today);
        } else {
            let participation = &membership.participation;
            roster.add(
                participation.state,
                participation.as_of,
                is_absent(register, membership.person, today),
            );
        }
    }
    roster
}

/// Everybody of a role in the organization, each person once; for parents every student once.
fn roster_of_organization(register: &Register, role: Role, today: Date) -> RosterCounts {
    let of_role = if role == Role::Parent { Role::Student } else { role };
    let mut people: BTreeMap<PersonId, (ParticipationState, Option<Date>)> = BTreeMap::new();
    for membership in register.tables().memberships.values() {
        if membership.role == of_role && register.is_current(membership, today) {
            let found = (membership.participation.state, membership.participation.as_of);
            let known = people.entry(membership.person).or_insert(found);
            if weight(found.0) > weight(known.0) {
                *known = found;
            }
        }
    }
    let mut roster = RosterCounts::default();
    for (person, (state, as_of)) in people {
        if role == Role::Parent {
            add_child(register, &mut roster, person, today);
        } else {
            roster.add(state, as_of, is_absent(register, person, today));
        }
    }
    roster
}

/// Which of two states of one person tells more.
fn weight(state: ParticipationState) -> u8 {
    match state {
        ParticipationState::Departed | ParticipationState::NoInformation => 0,
        ParticipationState::NotInvited | ParticipationState::DoesNotParticipate => 1,
        ParticipationState::Invited => 2,
        ParticipationState::Requested => 3,
        ParticipationState::Joined | ParticipationState::Confirmed => 4,
    }
}

fn is_absent(register: &Register, person: PersonId, today: Date) -> bool {
    register.person(person).is_some_and(|person| person.absent_since.is_some_and(|since| since <= today))
}

/// A child by its adults: one adult in is enough; an adult who was invited keeps it in «из»; where the
/// known answers are all neutral, so is the child. From 18 the student decides alone and is not counted.
fn add_child(register: &Register, roster: &mut RosterCounts, child: PersonId, today: Date) {
    if is_of_age(register, child, today) {
        return;
    }
    let (mut best, mut as_of) = (ParticipationState::NoInformation, None);
    for guardianship in register.current_guardians(child, today) {
        let participation = &guardianship.participation;
        if weight(participation.state) > weight(best) {
            (best, as_of) = (participation.state, participation.as_of);
        }
    }
    roster.add(best, as_of, is_absent(register, child, today));
}

fn is_of_age(register: &Register, person: PersonId, today: Date) -> bool {
    let birth_date = register.person(person).and_then(|person| person.birth_date);
    birth_date.is_some_and(|born| born.saturating_add(jiff::Span::new().years(18)) <= today)
}

/// Whether everybody of a place is in or does not participate, by what is known of each; then how many
/// are in, and of which day the newest state is. Stops at the first who is not: flags ask this of every
/// place that nobody observed.
pub(super) fn everybody_settled(
    register: &Register,
    target: Target,
    role: Role,
    today: Date,
) -> Option<(u32, Option<Date>)> {
    let group = register.group_of_target(target)?;
    if is_subject_chat(register, target) {
        return None;
    }
    let of_role = if role == Role::Parent { Role::Student } else { role };
    let (mut inside, mut latest) = (0, None);
    for membership in register.memberships_of_group(group) {
        if membership.role != of_role || !register.is_current(membership, today) {
            continue;
        }
        let mut one = RosterCounts::default();
        if role == Role::Parent {
            add_child(register, &mut one, membership.person, today);
        } else {
            let participation = &membership.participation;
            one.add(participation.state, participation.as_of, is_absent(register, membership.person, today));
        }
        let counts = one.counts;
        if counts.expected() != counts.inside || counts.not_invited > 0 {
            return None;
        }
        inside += counts.inside;
        latest = latest.max(one.as_of);
    }
    (inside > 0).then_some((inside, latest))
}
