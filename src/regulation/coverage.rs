//! Coverage: how many are in, of how many (clauses 2.4 and 1.8; domain §3).
//!
//! Whoever does not participate, was not invited or is away for long stands beside the number, never
//! in «из»: taking part is voluntary [R 1.8]. What nobody looked at is `None`, not nought.

use jiff::civil::Date;

use super::observations::{Seen, latest_seen_of_group, role_of_chat, seen_of_place, seen_of_target};
use super::organization_roster::{Counted, roster_of_organization};
use super::participation::ParticipationCounts;
use super::year::current_year;
use crate::names::Role;
use crate::register::{Chat, GroupId, GroupKind, ParticipationState, PersonId, Register, Target, UnitId};

/// How many are in, of how many. For parents: children with an adult in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// `None`: нет сведений.
    pub inside: Option<u32>,
    /// «из»; 0 where neither the roster nor an observation says.
    pub expected: u32,
    /// Не участвует, не приглашали, away for long: beside the number, never in it.
    pub neutral: u32,
    /// Of `expected`: nothing is known of them, where `inside` comes from the roster one by one. They are neither in
    /// nor missing [R 1.8]. 0 where a place was looked at as a whole.
    pub unknown: u32,
    /// How old the knowledge of `inside` is.
    pub as_of: Option<Date>,
}

impl Coverage {
    /// How many are known to be still out; of whom nothing is known is not among them.
    pub fn missing(&self) -> Option<u32> {
        self.inside.map(|inside| self.expected.saturating_sub(inside).saturating_sub(self.unknown))
    }

    /// Inside, of how many of whom something is known: what a percentage may be made from. `None` where nothing is.
    pub fn share(&self) -> Option<(u32, u32)> {
        let known = self.expected.saturating_sub(self.unknown);
        self.inside.filter(|_| known > 0).map(|inside| (inside.min(known), known))
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
    pub(super) fn add(&mut self, state: ParticipationState, as_of: Option<Date>, absent: bool) {
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
    place_coverage_beside(register, target, role, today, || roster_of_place(register, target, role, today))
}

/// The same beside a roster that is known already; it is not asked for where the target is a group.
pub(super) fn place_coverage_beside(
    register: &Register,
    target: Target,
    role: Role,
    today: Date,
    roster: impl FnOnce() -> RosterCounts,
) -> Coverage {
    match target {
        Target::Group(group) => group_coverage(register, group, role, today),
        Target::Chat(_) | Target::Organization => {
            let mut coverage = combined(roster(), seen_of_place(register, target, role).pop());
            if is_subject_chat(register, target) && seen_of_target(register, target, role).is_empty() {
                // The states of the class say nothing of who is in a chat of a discipline.
                (coverage.inside, coverage.as_of, coverage.unknown) = (None, None, 0);
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
    summed(role, groups.map(|group| (group.kind, group_coverage(register, group.id, role, today))))
}

/// Coverage of the whole school. Students and parents: over the current year's classes and groups (not
/// the clubs, whose children stand in a class already). Staff: of the teaching staff as one.
pub fn school_coverage(register: &Register, role: Role, today: Date) -> SummedCoverage {
    if role.is_staff() {
        return staff_coverage(register, role, roster_of_organization(register, role, today));
    }
    let groups = register.groups_in_year(current_year(register, today));
    summed(role, groups.map(|group| (group.kind, group_coverage(register, group.id, role, today))))
}

/// Coverage of the staff as one, beside the roster of the organization in that role.
pub(super) fn staff_coverage(register: &Register, role: Role, roster: RosterCounts) -> SummedCoverage {
    let of_staff_groups = register
        .tables()
        .groups
        .values()
        .filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none())
        .filter_map(|group| latest_seen_of_group(register, group.id, role));
    let of_organization = seen_of_target(register, Target::Organization, role).pop();
    let seen = of_staff_groups.chain(of_organization).max_by_key(|seen| seen.on);
    let coverage = combined(roster, seen);
    let known = coverage.inside.is_some();
    SummedCoverage {
        role,
        total: coverage,
        oldest: coverage.as_of,
        groups_known: known.into(),
        groups_unknown: (!known && coverage.expected > 0).into(),
    }
}

/// The sum over groups, each with its own coverage in the role.
pub fn summed(role: Role, groups: impl Iterator<Item = (GroupKind, Coverage)>) -> SummedCoverage {
    let mut sum =
        SummedCoverage { role, total: Coverage::default(), oldest: None, groups_known: 0, groups_unknown: 0 };
    for (_, coverage) in groups.filter(|(kind, _)| counts_in_totals(*kind, role)) {
        // Without «из» a number cannot be summed.
        let Some(inside) = coverage.inside.filter(|_| coverage.expected > 0) else {
            sum.groups_unknown += u32::from(coverage.expected > 0);
            continue;
        };
        sum.groups_known += 1;
        sum.total.inside = Some(sum.total.inside.unwrap_or(0) + inside);
        sum.total.expected += coverage.expected;
        sum.total.neutral += coverage.neutral;
        sum.total.unknown += coverage.unknown;
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
        let unknown = inside.map_or(0, |_| roster.counts.no_information);
        return Coverage { inside, expected, neutral, unknown, as_of: inside.and(roster.as_of) };
    };
    let told = match seen.of {
        Some(of) if of > expected && of <= roster.counts.members() => expected.max(seen.joined),
        Some(of) => of,
        None if expected == 0 => 0,
        None => expected.max(seen.joined),
    };
    Coverage { inside: Some(seen.joined), expected: told, neutral, unknown: 0, as_of: Some(seen.on) }
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

/// Which of two states of one person tells more.
pub(super) fn weight(state: ParticipationState) -> u8 {
    match state {
        ParticipationState::Departed | ParticipationState::NoInformation => 0,
        ParticipationState::NotInvited | ParticipationState::DoesNotParticipate => 1,
        ParticipationState::Invited => 2,
        ParticipationState::Requested => 3,
        ParticipationState::Joined | ParticipationState::Confirmed => 4,
    }
}

pub(super) fn is_absent(register: &Register, person: PersonId, today: Date) -> bool {
    register.person(person).is_some_and(|person| person.is_absent(today))
}

/// A child by its adults: one adult in is enough; an adult who was invited keeps it in «из»; where the
/// known answers are all neutral, so is the child. From 18 the student decides alone and is not counted.
fn add_child(register: &Register, roster: &mut RosterCounts, child: PersonId, today: Date) {
    if let Some(one) = counted_child(register, child, today) {
        roster.add(one.state, one.as_of, one.absent);
    }
}

/// A child as the roster of parents counts it; `None`: from 18 the student decides alone.
pub(super) fn counted_child(register: &Register, child: PersonId, today: Date) -> Option<Counted> {
    if is_of_age(register, child, today) {
        return None;
    }
    let (mut state, mut as_of) = (ParticipationState::NoInformation, None);
    for guardianship in register.current_guardians(child, today) {
        let participation = &guardianship.participation;
        if weight(participation.state) > weight(state) {
            (state, as_of) = (participation.state, participation.as_of);
        }
    }
    Some(Counted { state, as_of, absent: is_absent(register, child, today) })
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{ChatKind, Person};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn numbers(coverage: Coverage) -> (Option<u32>, u32, u32) {
        (coverage.inside, coverage.expected, coverage.neutral)
    }

    #[test]
    fn members_count_by_their_states() {
        use ParticipationState::*;
        type Case = (&'static [ParticipationState], (Option<u32>, u32, u32));
        let table: [Case; 7] = [
            (&[], (None, 0, 0)),
            (&[NoInformation, NoInformation], (None, 2, 0)),
            (&[Joined, NoInformation], (Some(1), 2, 0)),
            (&[Joined, Confirmed, Invited], (Some(2), 3, 0)),
            (&[Joined, DoesNotParticipate, NotInvited], (Some(1), 1, 2)),
            (&[DoesNotParticipate, NoInformation], (None, 1, 1)),
            (&[DoesNotParticipate, NotInvited], (None, 0, 2)),
        ];
        for (states, expected) in table {
            let mut school = School::new();
            let group = school.class("7Б");
            for (student, state) in school.students(group, states.len()).into_iter().zip(states) {
                school.takes_part(student, *state);
            }
            let coverage = group_coverage(&school.register, group, Role::Student, TODAY);
            assert_eq!(numbers(coverage), expected, "{states:?}");
            assert_eq!(
                coverage.as_of.is_some(),
                coverage.inside.is_some(),
                "knowledge has an age: {states:?}"
            );
        }
    }

    #[test]
    fn a_look_counts_as_told_but_never_with_those_outside_the_count() {
        // (told «из», members, of them not taking part) → (inside, expected)
        let table = [
            (24, Some(27), 0, 0, (24, 27)),
            (24, None, 27, 0, (24, 27)),
            (24, None, 0, 0, (24, 0)),
            (24, Some(25), 27, 0, (24, 25)),
            (24, Some(30), 27, 0, (24, 30)),
            (24, Some(27), 27, 1, (24, 26)),
            (27, Some(27), 27, 1, (27, 27)),
            (0, Some(27), 27, 27, (0, 0)),
        ];
        for (joined, of, members, declined, expected) in table {
            let mut school = School::new();
            let group = school.class("7Б");
            for student in school.students(group, members).into_iter().take(declined) {
                school.takes_part(student, ParticipationState::DoesNotParticipate);
            }
            school.observe(Target::Group(group), Role::Student, date(2026, 10, 1), joined, of);
            let coverage = group_coverage(&school.register, group, Role::Student, TODAY);
            assert_eq!(
                (coverage.inside, coverage.expected),
                (Some(expected.0), expected.1),
                "{joined} of {of:?}"
            );
            assert_eq!((coverage.neutral, coverage.as_of), (declined as u32, Some(date(2026, 10, 1))));
        }
    }

    #[test]
    fn the_latest_look_counts_and_the_groups_own_before_its_chats() {
        let mut school = School::new();
        let group = school.class("7Б");
        let chat = school.chat(group, ChatKind::Parents);
        let look = |school: &School| group_coverage(&school.register, group, Role::Parent, TODAY).inside;
        assert_eq!(look(&school), None);
        school.observe(Target::Chat(chat), Role::Parent, date(2026, 10, 5), 20, Some(26));
        assert_eq!(look(&school), Some(20));
        assert_eq!(group_coverage(&school.register, group, Role::Student, TODAY).inside, None);
        school.observe(Target::Group(group), Role::Parent, date(2026, 10, 3), 18, Some(26));
        school.observe(Target::Group(group), Role::Parent, date(2026, 10, 1), 17, Some(26));
        assert_eq!(look(&school), Some(18));
        let chat = school.register.chat(chat).expect("was added").clone();
        assert_eq!(chat_coverage(&school.register, &chat, TODAY).inside, Some(20));
    }

    #[test]
    fn a_child_counts_once_however_many_adults_and_not_at_all_from_18() {
        use ParticipationState::*;
        let mut school = School::new();
        let group = school.class("11А");
        let children = school.students(group, 4);
        let adults: Vec<_> = children.iter().map(|child| school.adult(*child)).collect();
        let father = school.adult(children[0]);
        school.adult_takes_part(children[0], adults[0], Joined);
        school.adult_takes_part(children[0], father, DoesNotParticipate);
        school.adult_takes_part(children[1], adults[1], DoesNotParticipate);
        school.adult_takes_part(children[2], adults[2], Invited);
        let coverage =
            |school: &School| numbers(group_coverage(&school.register, group, Role::Parent, TODAY));
        assert_eq!(coverage(&school), (Some(1), 3, 1));
        let seen = school.register.person(children[2]).expect("was added").clone();
        let of_age = Person { birth_date: Some(date(2008, 10, 12)), ..(*seen).clone() };
        school.edit((*seen).clone(), of_age);
        assert_eq!(coverage(&school), (Some(1), 2, 1));
    }

    #[test]
    fn long_absence_stays_outside_coverage() {
        let mut school = School::new();
        let staff = school.staff_group();
        let teachers: Vec<_> = (0..3).map(|_| school.person("Носова", Role::Teacher, Some(staff))).collect();
        teachers.iter().for_each(|teacher| school.takes_part(*teacher, ParticipationState::Joined));
        let seen = school.register.person(teachers[0]).expect("was added").clone();
        school.edit((*seen).clone(), Person { absent_since: Some(date(2026, 9, 1)), ..(*seen).clone() });
        let sum = school_coverage(&school.register, Role::Teacher, TODAY);
        assert_eq!(numbers(sum.total), (Some(2), 2, 1));
    }

    #[test]
    fn the_school_sums_only_what_is_known_and_says_of_how_many_groups_nothing_is() {
        let mut school = School::new();
        let [known, other, unknown, empty] = ["5А", "5Б", "6А", "6Б"].map(|label| school.class(label));
        for group in [known, other, unknown] {
            school.students(group, 10);
        }
        let club = school.group("Шахматы", crate::register::GroupKind::Club);
        school.observe(Target::Group(known), Role::Student, date(2026, 10, 9), 8, None);
        school.observe(Target::Group(other), Role::Student, date(2026, 10, 2), 10, None);
        school.observe(Target::Group(club), Role::Student, date(2026, 10, 2), 5, Some(5));
        let sum = school_coverage(&school.register, Role::Student, TODAY);
        assert_eq!(numbers(sum.total), (Some(18), 20, 0));
        assert_eq!((sum.groups_known, sum.groups_unknown), (2, 1), "{empty:?} has nobody to know of");
        assert_eq!((sum.total.as_of, sum.oldest), (Some(date(2026, 10, 9)), Some(date(2026, 10, 2))));
        assert_eq!(unit_coverage(&school.register, None, Role::Student, TODAY), sum);
    }
}
