//! The matrix of voluntariness [R 1.8]: no report, list or percentage counts «не участвует», «не приглашали» or «нет
//! сведений» as a failing. A school with links, chats, looks and tasks is judged with its people in every mix of neutral
//! states; nothing may become worse by it.

use jiff::civil::{Date, date};

use super::cabinet_tasks::{CabinetSubject, cabinet_steps};
use super::class_summary::class_summary;
use super::coverage::{Coverage, group_coverage, place_coverage, school_coverage, unit_coverage};
use super::duties::{DutyState, duties};
use super::fixture::School;
use super::movement::leavers;
use super::reconcile_due::reconcile_due;
use super::staleness::{StalenessRule, all_flags};
use super::today::today_tasks;
use crate::names::Role;
use crate::register::ParticipationState::{self, *};
use crate::register::{ChatKind, GroupId, PersonId, Register, Target};

const TODAY: Date = date(2026, 10, 12);
const NEUTRAL: [ParticipationState; 3] = [NoInformation, NotInvited, DoesNotParticipate];

struct Made {
    school: School,
    groups: Vec<GroupId>,
    /// Those whose state is changed.
    free: Vec<(PersonId, PersonId)>,
}

/// Two classes, of which one was looked at; links out for weeks; half of the children inside.
fn made() -> Made {
    let mut school = School::new();
    let groups: Vec<GroupId> = ["7А", "7Б"].into_iter().map(|label| school.class(label)).collect();
    let mut free = Vec::new();
    for (place, group) in groups.iter().enumerate() {
        school.chat(*group, ChatKind::Students);
        school.chat(*group, ChatKind::Parents);
        for role in [Role::Student, Role::Parent] {
            school.link(Target::Group(*group), role, Some(date(2026, 9, 1)));
        }
        for (number, student) in school.students(*group, 6).into_iter().enumerate() {
            let adult = school.adult(student);
            if number < 3 {
                school.takes_part(student, Joined);
                school.adult_takes_part(student, adult, Joined);
            } else {
                free.push((student, adult));
            }
        }
        if place == 0 {
            school.observe(Target::Group(*group), Role::Student, date(2026, 9, 15), 2, None);
            school.observe(Target::Group(*group), Role::Student, date(2026, 10, 5), 3, None);
        }
    }
    Made { school, groups, free }
}

fn set(made: &mut Made, states: &[ParticipationState]) {
    for ((student, adult), state) in made.free.clone().into_iter().zip(states.iter().cycle()) {
        made.school.takes_part(student, *state);
        made.school.adult_takes_part(student, adult, *state);
    }
}

/// Everything that could be read as a failing, as numbers that must not grow.
#[derive(Debug, PartialEq)]
struct Failings {
    /// Missing, by every way of counting.
    missing: Vec<u32>,
    waiting_duties: Vec<&'static str>,
    tasks: Vec<String>,
    steps: usize,
    flags: usize,
    due: usize,
    leavers: usize,
}

fn missing(coverage: Coverage) -> u32 {
    coverage.missing().unwrap_or(0)
}

fn failings(register: &Register, groups: &[GroupId]) -> Failings {
    let mut numbers = Vec::new();
    for role in [Role::Student, Role::Parent] {
        for group in groups {
            numbers.push(missing(group_coverage(register, *group, role, TODAY)));
            numbers.push(missing(place_coverage(register, Target::Group(*group), role, TODAY)));
            for chat in register.chats_of_group(*group) {
                numbers.push(missing(place_coverage(register, Target::Chat(chat.id), role, TODAY)));
            }
        }
        numbers.push(missing(school_coverage(register, role, TODAY).total));
        numbers.push(missing(unit_coverage(register, None, role, TODAY).total));
        numbers.push(missing(place_coverage(register, Target::Organization, role, TODAY)));
    }
    let waits = |state| matches!(state, DutyState::Attention | DutyState::Due);
    let waiting = duties(register, TODAY).into_iter().filter(|status| waits(status.state));
    let list = today_tasks(register, TODAY);
    // «Все уже внутри» speaks of the link, not of people: it may well come when the last one declines.
    let is_failing = |rule| rule != StalenessRule::Served;
    let flags = all_flags(register, TODAY).into_iter().flat_map(|(_, flags)| flags);
    Failings {
        missing: numbers,
        waiting_duties: waiting.map(|status| status.duty.code()).collect(),
        tasks: list.tasks.iter().chain(&list.more).map(|task| format!("{:?}", task.kind)).collect(),
        // Links stand among the flags.
        steps: cabinet_steps(register, TODAY)
            .iter()
            .filter(|step| !matches!(step.subject, CabinetSubject::Invite(_)))
            .count(),
        flags: flags.filter(|flag| is_failing(flag.rule)).count(),
        due: reconcile_due(register, TODAY).len(),
        leavers: leavers(register, TODAY).len(),
    }
}

/// Every mix of the three states over the first three people, the rest alike.
fn mixes() -> Vec<Vec<ParticipationState>> {
    let mut mixes = Vec::new();
    for first in NEUTRAL {
        for second in NEUTRAL {
            for third in NEUTRAL {
                mixes.push(vec![first, second, third]);
            }
        }
    }
    mixes
}

#[test]
fn no_mix_of_neutral_states_is_worse_than_no_knowledge() {
    let mut base = made();
    set(&mut base, &[NoInformation]);
    let known = failings(&base.school.register, &base.groups);
    for mix in mixes() {
        let mut other = made();
        set(&mut other, &mix);
        let found = failings(&other.school.register, &other.groups);
        for (place, (before, after)) in known.missing.iter().zip(&found.missing).enumerate() {
            assert!(after <= before, "{mix:?}: number {place} grew from {before} to {after}");
        }
        assert!(found.flags <= known.flags && found.steps <= known.steps, "{mix:?}: {found:?}");
        let only_known = |list: &[String]| list.iter().all(|one| known.tasks.contains(one));
        assert!(only_known(&found.tasks), "{mix:?}: {:?} beside {:?}", found.tasks, known.tasks);
        assert!(found.waiting_duties.iter().all(|duty| known.waiting_duties.contains(duty)), "{mix:?}");
        assert_eq!((found.due, found.leavers), (known.due, known.leavers), "{mix:?}");
    }
}

#[test]
fn declining_and_never_being_asked_are_one_and_the_same_everywhere() {
    let of = |state| {
        let mut made = made();
        set(&mut made, &[state]);
        failings(&made.school.register, &made.groups)
    };
    assert_eq!(of(DoesNotParticipate), of(NotInvited));
}

#[test]
fn of_whom_nothing_is_known_stands_in_no_percentage() {
    let mut made = made();
    set(&mut made, &[NoInformation]);
    let (register, looked, unlooked) = (&made.school.register, made.groups[0], made.groups[1]);
    let coverage = group_coverage(register, unlooked, Role::Student, TODAY);
    assert_eq!((coverage.inside, coverage.expected, coverage.unknown), (Some(3), 6, 3));
    assert_eq!((coverage.missing(), coverage.share()), (Some(0), Some((3, 3))));
    // A place that was looked at as a whole: who is out is a fact of the place, not of anybody by name.
    let coverage = group_coverage(register, looked, Role::Student, TODAY);
    assert_eq!((coverage.inside, coverage.unknown, coverage.share()), (Some(3), 0, Some((3, 6))));
}

#[test]
fn whoever_declines_leaves_the_count_and_never_lowers_the_share() {
    for state in [NotInvited, DoesNotParticipate] {
        let mut made = made();
        set(&mut made, &[state]);
        for group in &made.groups {
            for role in [Role::Student, Role::Parent] {
                let coverage = group_coverage(&made.school.register, *group, role, TODAY);
                let (inside, of) = coverage.share().expect("three are known to be in");
                assert_eq!(inside, of, "{state:?}, {role:?}");
                assert_eq!(coverage.neutral, 3);
            }
        }
        for row in class_summary(&made.school.register, TODAY).rows {
            for cell in row.students.iter().chain([&row.parents]) {
                assert_eq!(cell.coverage.missing(), Some(0), "{}: nobody is missing", row.label);
            }
        }
    }
}

#[test]
fn people_without_a_group_are_expected_nowhere() {
    let mut school = School::new();
    for _ in 0..3 {
        let student = school.person("Рощина", Role::Student, None);
        school.adult(student);
    }
    for role in [Role::Student, Role::Parent] {
        let coverage = place_coverage(&school.register, Target::Organization, role, TODAY);
        assert_eq!((coverage.expected, coverage.neutral), (0, 0), "{role:?}");
    }
}

#[test]
fn from_eighteen_on_the_parents_leave_the_count() {
    for (born, expected) in [(date(2008, 10, 13), 1), (date(2008, 10, 12), 0)] {
        let mut school = School::new();
        let group = school.class("11А");
        let student = school.students(group, 1)[0];
        school.adult(student);
        let seen = school.register.person(student).expect("was added").clone();
        let wanted = crate::register::Person { birth_date: Some(born), ..(*seen).clone() };
        school.edit((*seen).clone(), wanted);
        let parents = group_coverage(&school.register, group, Role::Parent, TODAY);
        let own = group_coverage(&school.register, group, Role::Student, TODAY);
        assert_eq!((parents.expected, own.expected), (expected, 1), "{born}");
    }
}
