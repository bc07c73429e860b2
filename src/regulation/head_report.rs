//! What the head's report says (clause 2.4): who is in, by role and by group, then and now, with the age of every number.
//!
//! Non-participation is one number beside the others and never part of a share [R 1.8]; groups of which nothing is known
//! are counted as such and stand in no share either.

use jiff::civil::Date;

use super::coverage::{Coverage, SummedCoverage, roster_of_group, summed};
use super::coverage_on_date::{CoverageOnDay, coverage_on, school_coverage_on};
use super::year::{current_year, sort_groups};
use crate::names::Role;
use crate::register::{Group, GroupId, GroupKind, PersonId, Register, SchoolYear};

/// Coverage of one place on the two days of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ThenAndNow {
    /// `None`: the report compares nothing.
    pub then: Option<CoverageOnDay>,
    pub now: CoverageOnDay,
}

/// The same groups on both days: only groups of which something was known on both are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    pub groups: u32,
    /// Inside, of how many.
    pub then: (u32, u32),
    /// Inside, of how many.
    pub now: (u32, u32),
}

/// A role over the whole school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleLine {
    pub role: Role,
    pub now: SummedCoverage,
    /// `None`: nothing to compare with, or nothing known on both days.
    pub compared: Option<Comparison>,
}

/// A group of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    pub group: GroupId,
    pub label: String,
    pub class_teachers: Vec<PersonId>,
    /// `None` in a kindergarten: there is no place for children [R 2.5, pub].
    pub students: Option<ThenAndNow>,
    /// Children with an adult in.
    pub parents: ThenAndNow,
}

impl GroupLine {
    /// The numbers of a role; only students and parents stand in a group's line.
    pub fn of_role(&self, role: Role) -> Option<ThenAndNow> {
        match role {
            Role::Student => self.students,
            Role::Parent => Some(self.parents),
            Role::Teacher | Role::Employee => None,
        }
    }
}

/// What was done within the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodNumbers {
    pub links_made: u32,
    pub links_handed_over: u32,
    pub links_revoked: u32,
    pub requests_decided: u32,
    pub movements: u32,
    pub appeals: u32,
    pub appeals_answered: u32,
    pub looks: u32,
}

/// The report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadReport {
    pub on: Date,
    /// The day that is compared with; `None`: nothing is compared.
    pub then: Option<Date>,
    /// First day of the period of [`HeadReport::numbers`].
    pub period_from: Date,
    pub roles: Vec<RoleLine>,
    pub groups: Vec<GroupLine>,
    pub numbers: PeriodNumbers,
    /// Students who do not participate: a number, their right.
    pub not_participating: u32,
    /// Links in force today.
    pub links_in_force: u32,
}

/// Makes the report of a day. `then` must lie before `on`; without it only the day itself is told, and the period begins
/// with the school year.
pub fn head_report(register: &Register, then: Option<Date>, on: Date, today: Date) -> HeadReport {
    let mut groups: Vec<_> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| !matches!(group.kind, GroupKind::TeachingStaff | GroupKind::Club))
        .collect();
    sort_groups(&mut groups);
    let lines: Vec<(GroupKind, GroupLine)> =
        groups.iter().map(|group| (group.kind, group_line(register, group, then, on, today))).collect();
    let roles = [Role::Student, Role::Parent, Role::Teacher, Role::Employee];
    let roles = roles.into_iter().map(|role| role_line(register, role, &lines, then, on, today));
    let roles = roles.filter(|line| line.now.groups_known + line.now.groups_unknown > 0).collect();
    let not_participating = groups
        .iter()
        .map(|group| roster_of_group(register, group.id, Role::Student, today).counts.does_not_participate);
    let period_from = then.unwrap_or_else(|| first_day_of(SchoolYear::of(on), on));
    HeadReport {
        on,
        then,
        period_from,
        roles,
        not_participating: not_participating.sum(),
        groups: lines.into_iter().map(|(_, line)| line).collect(),
        numbers: numbers(register, period_from, on),
        links_in_force: count(super::links_on_date::links_in_force_on(register, on).into_iter()),
    }
}

fn first_day_of(year: SchoolYear, otherwise: Date) -> Date {
    Date::new(year.0, 9, 1).unwrap_or(otherwise)
}

fn group_line(register: &Register, group: &Group, then: Option<Date>, on: Date, today: Date) -> GroupLine {
    let both = |role| ThenAndNow {
        then: then.map(|day| coverage_on(register, group.id, role, day)),
        now: coverage_on(register, group.id, role, on),
    };
    GroupLine {
        group: group.id,
        label: group.label.clone(),
        class_teachers: register
            .class_teachers(group.id, today)
            .map(|assignment| assignment.person)
            .collect(),
        students: (group.kind != GroupKind::KindergartenGroup).then(|| both(Role::Student)),
        parents: both(Role::Parent),
    }
}

fn role_line(
    register: &Register,
    role: Role,
    lines: &[(GroupKind, GroupLine)],
    then: Option<Date>,
    on: Date,
    today: Date,
) -> RoleLine {
    if role.is_staff() {
        let now = school_coverage_on(register, role, on, today);
        let before = then.map(|day| school_coverage_on(register, role, day, today).total);
        let compared = before.and_then(|before| compare([(before, now.total)].into_iter()));
        return RoleLine { role, now, compared };
    }
    let of_role = |line: &GroupLine| line.of_role(role).unwrap_or_default();
    let now = summed(role, lines.iter().map(|(kind, line)| (*kind, of_role(line).now.coverage)));
    let pairs = lines.iter().filter_map(|(_, line)| {
        let both = line.of_role(role)?;
        Some((both.then?.coverage, both.now.coverage))
    });
    RoleLine { role, now, compared: compare(pairs) }
}

/// Adds up the places of which something is known on both days.
fn compare(pairs: impl Iterator<Item = (Coverage, Coverage)>) -> Option<Comparison> {
    let mut sum = Comparison { groups: 0, then: (0, 0), now: (0, 0) };
    for (then, now) in pairs.filter(|(then, now)| then.expected > 0 && now.expected > 0) {
        let (Some(was), Some(is)) = (then.inside, now.inside) else { continue };
        sum.groups += 1;
        sum.then = (sum.then.0 + was, sum.then.1 + then.expected);
        sum.now = (sum.now.0 + is, sum.now.1 + now.expected);
    }
    (sum.groups > 0).then_some(sum)
}

fn count(items: impl Iterator) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

fn numbers(register: &Register, from: Date, until: Date) -> PeriodNumbers {
    let tables = register.tables();
    let within = |day: Date| from <= day && day <= until;
    let any = |day: Option<Date>| day.is_some_and(within);
    let invites = || tables.invites.values();
    PeriodNumbers {
        links_made: count(invites().filter(|invite| any(invite.issued_on))),
        links_handed_over: count(
            invites().filter(|invite| any(invite.handed_over.as_ref().and_then(|given| given.on))),
        ),
        links_revoked: count(invites().filter(|invite| any(invite.revocation.as_ref().map(|gone| gone.on)))),
        requests_decided: count(
            tables
                .join_requests
                .values()
                .filter(|request| any(request.decision.as_ref().map(|decision| decision.on))),
        ),
        movements: count(tables.movements.values().filter(|movement| within(movement.on))),
        appeals: count(tables.appeals.values().filter(|appeal| within(appeal.received_on))),
        appeals_answered: count(tables.appeals.values().filter(|appeal| any(appeal.answered_on))),
        looks: count(tables.observations.values().filter(|seen| within(seen.on))),
    }
}

/// One day of the course of coverage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoursePoint {
    pub on: Date,
    /// Inside and «из», over the groups of which something was known on that day.
    pub inside: u32,
    pub expected: u32,
    pub groups_known: u32,
}

impl CoursePoint {
    /// The share in per cent, 0–100.
    pub fn per_cent(&self) -> f64 {
        if self.expected == 0 { 0.0 } else { 100.0 * f64::from(self.inside) / f64::from(self.expected) }
    }
}

/// How coverage of a role went over the school year: a point for each of at most `most` days on which somebody looked,
/// the last of them always among them.
pub fn coverage_course(
    register: &Register,
    role: Role,
    on: Date,
    today: Date,
    most: usize,
) -> Vec<CoursePoint> {
    let begins = first_day_of(SchoolYear::of(on), on);
    let of_role = register.tables().observations.values().filter(|seen| seen.role == role);
    let mut days: Vec<Date> =
        of_role.map(|seen| seen.on).filter(|day| begins <= *day && *day <= on).collect();
    days.sort_unstable();
    days.dedup();
    let chosen = thinned(&days, most);
    let points = chosen.into_iter().filter_map(|day| {
        let sum = school_coverage_on(register, role, day, today);
        let inside = sum.total.inside?;
        Some(CoursePoint { on: day, inside, expected: sum.total.expected, groups_known: sum.groups_known })
    });
    points.collect()
}

/// At most so many of the days, evenly apart, the first and the last among them.
fn thinned(days: &[Date], most: usize) -> Vec<Date> {
    if days.len() <= most || most < 2 {
        return days.to_vec();
    }
    (0..most).map(|place| days[place * (days.len() - 1) / (most - 1)]).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::register::{ParticipationState, Target};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    #[test]
    fn only_what_is_known_on_both_days_is_compared() {
        let mut school = School::new();
        let [first, second, third] = ["5А", "5Б", "5В"].map(|label| school.class(label));
        for group in [first, second, third] {
            school.students(group, 10);
        }
        school.observe(Target::Group(first), Role::Student, date(2026, 9, 5), 4, None);
        school.observe(Target::Group(first), Role::Student, date(2026, 10, 5), 9, None);
        school.observe(Target::Group(second), Role::Student, date(2026, 10, 6), 7, None);
        let report = head_report(&school.register, Some(date(2026, 9, 30)), TODAY, TODAY);
        let students =
            report.roles.iter().find(|line| line.role == Role::Student).expect("there are students");
        let compared = students.compared.expect("one class is known on both days");
        assert_eq!((compared.groups, compared.then, compared.now), (1, (4, 10), (9, 10)));
        assert_eq!((students.now.total.inside, students.now.total.expected), (Some(16), 20));
        assert_eq!((students.now.groups_known, students.now.groups_unknown), (2, 1));
        assert_eq!(students.now.oldest, Some(date(2026, 10, 5)));
        assert_eq!(report.numbers.looks, 2, "within the period");
        let alone = head_report(&school.register, None, TODAY, TODAY);
        assert_eq!((alone.period_from, alone.numbers.looks), (date(2026, 9, 1), 3));
        assert!(alone.roles.iter().all(|line| line.compared.is_none()));
    }

    /// Whatever the neutral state, no share changes by it: neither the sums nor the comparison nor the course.
    #[test]
    fn neutral_people_move_no_number_of_the_report() {
        use ParticipationState::*;
        let report_of = |state: Option<ParticipationState>| {
            let mut school = School::new();
            let group = school.class("7Б");
            let inside = school.students(group, 3);
            for student in inside {
                school.takes_part(student, Joined);
            }
            if let Some(state) = state {
                for student in school.students(group, 4) {
                    let adult = school.adult(student);
                    school.takes_part(student, state);
                    school.adult_takes_part(student, adult, state);
                }
            }
            head_report(&school.register, Some(date(2026, 9, 30)), TODAY, TODAY)
        };
        let shares = |report: &HeadReport| {
            let line = report.roles.iter().find(|line| line.role == Role::Student).expect("students");
            (line.now.total.inside, line.now.total.expected, line.compared)
        };
        let without = report_of(None);
        for state in [NotInvited, DoesNotParticipate] {
            let with = report_of(Some(state));
            assert_eq!(shares(&with), shares(&without), "{state:?}");
            let parents = with.roles.iter().find(|line| line.role == Role::Parent).expect("of the others");
            assert_eq!(parents.now.total, Coverage::default(), "of them nothing is known: {state:?}");
        }
        assert_eq!(report_of(Some(DoesNotParticipate)).not_participating, 4);
        let unknown = report_of(Some(NoInformation));
        let parents = unknown.roles.iter().find(|line| line.role == Role::Parent).expect("parents");
        assert_eq!(parents.now.total.inside, None, "no knowledge is shown as that");
    }

    #[test]
    fn the_course_keeps_its_first_and_last_day() {
        let mut school = School::new();
        let group = school.class("7Б");
        school.students(group, 27);
        for day in 1..=30 {
            school.observe(Target::Group(group), Role::Student, date(2026, 9, day), day as u32 - 1, None);
        }
        let course = coverage_course(&school.register, Role::Student, TODAY, TODAY, 8);
        assert_eq!(course.len(), 8);
        assert_eq!((course[0].on, course[7].on), (date(2026, 9, 1), date(2026, 9, 30)));
        assert_eq!(course[0].per_cent(), 0.0);
        assert!(coverage_course(&school.register, Role::Parent, TODAY, TODAY, 8).is_empty());
    }
}
