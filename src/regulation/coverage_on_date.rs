//! Coverage as it was known at the end of a day (clauses 2.4 and 1.8), from what was seen up to then.
//!
//! Whoever does not participate or was not invited by what is known *today* stands beside the numbers of every day: two
//! days can only be compared so, and a refusal never makes an earlier day look worse.

use jiff::civil::Date;

use super::coverage::{
    Coverage, RosterCounts, SummedCoverage, combined, counted_child, is_absent, summed, weight,
};
use super::observations::{Seen, last_observation_of_group, observation_on};
use super::organization_roster::Counted;
use super::participation::is_outside_count;
use super::year::current_year;
use crate::names::Role;
use crate::register::{
    GroupId, GroupKind, Membership, Observation, ObservationSource, ParticipationState, PersonId, Register,
    Target,
};

/// What a number rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownBy {
    /// Somebody looked at the place.
    Look(ObservationSource),
    /// The states of the members one by one.
    Members,
}

impl KnownBy {
    /// The source in words.
    pub fn words(self) -> &'static str {
        match self {
            KnownBy::Look(ObservationSource::Number) => "число от учителя или из кабинета",
            KnownBy::Look(ObservationSource::Ticks) => "отметки по списку",
            KnownBy::Look(ObservationSource::Reconciliation) => "сверка списка участников",
            KnownBy::Look(ObservationSource::Picture) => "сверка по снимку экрана",
            KnownBy::Members => "отметки у людей",
        }
    }
}

/// Coverage at the end of a day and its source; `source` is `None` where nothing was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CoverageOnDay {
    pub coverage: Coverage,
    pub source: Option<KnownBy>,
}

/// Coverage of a group in a role as it was known at the end of `day`. For `day == today` the numbers are those of
/// [`super::group_coverage`].
pub fn coverage_on(register: &Register, group: GroupId, role: Role, day: Date) -> CoverageOnDay {
    let roster = roster_on(register, group, role, day);
    of_knowledge(roster, last_observation_of_group(register, group, role, day))
}

fn of_knowledge(roster: RosterCounts, seen: Option<&Observation>) -> CoverageOnDay {
    let source = seen.map(|observation| KnownBy::Look(observation.source));
    let seen = seen.map(|seen| Seen { on: seen.on, joined: seen.joined, of: seen.of });
    let coverage = combined(roster, seen);
    CoverageOnDay { coverage, source: source.or(coverage.inside.map(|_| KnownBy::Members)) }
}

/// Coverage of the whole school as it was known at the end of `day`, over the groups of the year of `today`.
pub fn school_coverage_on(register: &Register, role: Role, day: Date, today: Date) -> SummedCoverage {
    if role.is_staff() {
        return staff_coverage_on(register, role, day);
    }
    let groups = register.groups_in_year(current_year(register, today));
    summed(role, groups.map(|group| (group.kind, coverage_on(register, group.id, role, day).coverage)))
}

fn staff_coverage_on(register: &Register, role: Role, day: Date) -> SummedCoverage {
    let of_groups = register
        .tables()
        .groups
        .values()
        .filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none())
        .filter_map(|group| last_observation_of_group(register, group.id, role, day));
    let seen = of_groups
        .chain(observation_on(register, Target::Organization, role, day))
        .max_by_key(|observation| observation.on);
    let coverage = of_knowledge(staff_roster_on(register, role, day), seen).coverage;
    let known = coverage.inside.is_some();
    SummedCoverage {
        role,
        total: coverage,
        oldest: coverage.as_of,
        groups_known: known.into(),
        groups_unknown: (!known && coverage.expected > 0).into(),
    }
}

/// Every member of the staff once, by the state that tells most.
fn staff_roster_on(register: &Register, role: Role, day: Date) -> RosterCounts {
    let mut known: std::collections::BTreeMap<PersonId, Counted> = std::collections::BTreeMap::new();
    for membership in register.tables().memberships.values() {
        if membership.role != role || !was_member(register, membership, day) {
            continue;
        }
        let one = member_on(register, membership, day);
        let place = known.entry(membership.person).or_insert(one);
        if weight(one.state) > weight(place.state) {
            *place = one;
        }
    }
    counted(known.into_values())
}

fn roster_on(register: &Register, group: GroupId, role: Role, day: Date) -> RosterCounts {
    let of_role = if role == Role::Parent { Role::Student } else { role };
    let members = register
        .memberships_of_group(group)
        .filter(|membership| membership.role == of_role && was_member(register, membership, day));
    counted(members.filter_map(|membership| match role {
        Role::Parent => counted_child(register, membership.person, day).map(|one| as_known(one, day)),
        _ => Some(member_on(register, membership, day)),
    }))
}

fn was_member(register: &Register, membership: &Membership, day: Date) -> bool {
    membership.since.is_none_or(|since| since <= day) && register.is_current(membership, day)
}

fn member_on(register: &Register, membership: &Membership, day: Date) -> Counted {
    let participation = &membership.participation;
    let absent = is_absent(register, membership.person, day);
    as_known(Counted { state: participation.state, as_of: participation.as_of, absent }, day)
}

/// A state that became known after the day was not known on it; who is outside the count stays outside it.
fn as_known(one: Counted, day: Date) -> Counted {
    let later = one.as_of.is_some_and(|as_of| as_of > day);
    if later && !is_outside_count(one.state) {
        return Counted { state: ParticipationState::NoInformation, as_of: None, ..one };
    }
    one
}

fn counted(members: impl Iterator<Item = Counted>) -> RosterCounts {
    let mut roster = RosterCounts::default();
    for one in members {
        roster.add(one.state, one.as_of, one.absent);
    }
    roster
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::fixture::School;
    use crate::regulation::{group_coverage, school_coverage};
    use crate::sample::{self, SampleKind};

    const TODAY: Date = date(2026, 10, 12);

    #[test]
    fn of_today_it_says_what_coverage_says() {
        for kind in [SampleKind::School, SampleKind::College] {
            let register = sample::register(kind, TODAY).expect("the sample stands");
            for role in Role::ALL {
                assert_eq!(
                    school_coverage_on(&register, role, TODAY, TODAY),
                    school_coverage(&register, role, TODAY),
                    "{role:?}"
                );
                for group in register.tables().groups.values() {
                    let on_day = coverage_on(&register, group.id, role, TODAY);
                    assert_eq!(on_day.coverage, group_coverage(&register, group.id, role, TODAY), "{role:?}");
                    assert_eq!(on_day.source.is_some(), on_day.coverage.inside.is_some());
                }
            }
        }
    }

    #[test]
    fn a_day_knows_what_was_seen_by_then_and_nothing_later() {
        let mut school = School::new();
        let group = school.class("7Б");
        school.students(group, 27);
        school.observe(Target::Group(group), Role::Student, date(2026, 9, 10), 12, None);
        school.observe(Target::Group(group), Role::Student, date(2026, 10, 1), 24, Some(26));
        let table = [
            (date(2026, 9, 9), None, 27, None),
            (date(2026, 9, 10), Some(12), 27, Some(date(2026, 9, 10))),
            (date(2026, 9, 30), Some(12), 27, Some(date(2026, 9, 10))),
            (date(2026, 10, 1), Some(24), 26, Some(date(2026, 10, 1))),
        ];
        for (day, inside, expected, as_of) in table {
            let coverage = coverage_on(&school.register, group, Role::Student, day).coverage;
            assert_eq!(
                (coverage.inside, coverage.expected, coverage.as_of),
                (inside, expected, as_of),
                "{day}"
            );
        }
    }

    #[test]
    fn who_declines_stands_beside_the_numbers_of_every_day() {
        let mut school = School::new();
        let group = school.class("7Б");
        let students = school.students(group, 4);
        // Told on 20 September.
        school.takes_part(students[0], ParticipationState::DoesNotParticipate);
        school.takes_part(students[1], ParticipationState::NotInvited);
        school.takes_part(students[2], ParticipationState::Joined);
        for (day, inside) in [(date(2026, 9, 19), None), (date(2026, 9, 20), Some(1))] {
            let coverage = coverage_on(&school.register, group, Role::Student, day).coverage;
            assert_eq!((coverage.inside, coverage.expected, coverage.neutral), (inside, 2, 2), "{day}");
        }
    }
}
