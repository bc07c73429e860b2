//! How each duty stands, from facts only (section 2). What nothing is known of is «не отмечено», never
//! late; what the school marked «не требуется» is left alone.

use jiff::civil::Date;

use super::chats::{missing_chats, transfer_list};
use super::class_teachers::class_teacher_findings;
use super::clock_trust::days_after;
use super::duty::Duty;
use super::reconcile_due::reconcile_due;
use super::staleness::all_flags;
use super::year::current_year;
use crate::names::Role;
use crate::register::{
    ChatKind, GroupKind, Membership, ParticipationState, Register, Target, TransferState, Verification,
};

/// How a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyState {
    /// Something should be looked at now.
    Attention,
    /// Something waits.
    Due,
    Done,
    /// Nothing was recorded of it yet: no judgement.
    NotTracked,
    /// «Не требуется» by the card.
    NotRequired,
}

impl DutyState {
    /// The state in words.
    pub fn words(self) -> &'static str {
        match self {
            DutyState::Attention => "требует внимания",
            DutyState::Due => "пора по нашему графику",
            DutyState::Done => "в порядке",
            DutyState::NotTracked => "пока не отмечали",
            DutyState::NotRequired => "не требуется",
        }
    }
}

/// One duty on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyStatus {
    pub duty: Duty,
    pub state: DutyState,
    /// How many things wait (`Attention`, `Due`) or are recorded (`Done`).
    pub count: u32,
    /// When it is time to look again, where that is known.
    pub next_date: Option<Date>,
}

/// Every duty, in the order of [`Duty::ALL`].
pub fn duties(register: &Register, today: Date) -> Vec<DutyStatus> {
    Duty::ALL.into_iter().map(|duty| status(register, duty, today)).collect()
}

/// The next cleanup of links by the school's own schedule; `None` before the first revocation.
pub fn next_cleanup(register: &Register) -> Option<Date> {
    let revocations = register.tables().invites.values().filter_map(|invite| invite.revocation.as_ref());
    cleanup_after(register, revocations.map(|revocation| revocation.on).max())
}

/// The next cleanup after the day of the last revocation.
pub(super) fn cleanup_after(register: &Register, last_revocation: Option<Date>) -> Option<Date> {
    Some(days_after(last_revocation?, register.settings().cleanup_every_weeks.saturating_mul(7)))
}

/// What was found: how many things wait, how many are recorded.
struct Found {
    waiting: usize,
    recorded: usize,
    urgent: bool,
}

impl Found {
    fn due(waiting: usize, recorded: usize) -> Found {
        Found { waiting, recorded, urgent: false }
    }

    fn urgent(waiting: usize, recorded: usize) -> Found {
        Found { waiting, recorded, urgent: true }
    }
}

fn status(register: &Register, duty: Duty, today: Date) -> DutyStatus {
    if register.organization().not_required.iter().any(|code| code == duty.code()) {
        return DutyStatus { duty, state: DutyState::NotRequired, count: 0, next_date: None };
    }
    let found = find(register, duty, today);
    let (state, count) = match found {
        Found { recorded: 0, .. } => (DutyState::NotTracked, 0),
        Found { waiting: 0, recorded, .. } => (DutyState::Done, recorded),
        Found { waiting, urgent: true, .. } => (DutyState::Attention, waiting),
        Found { waiting, .. } => (DutyState::Due, waiting),
    };
    let next_date = match duty {
        Duty::RevokeUnclaimed if state == DutyState::Done => next_cleanup(register),
        _ => None,
    };
    DutyStatus { duty, state, count: u32::try_from(count).unwrap_or(u32::MAX), next_date }
}

fn find(register: &Register, duty: Duty, today: Date) -> Found {
    let tables = register.tables();
    match duty {
        Duty::Appointment => {
            let administrator = &register.organization().administrator;
            facts(&[!administrator.name.is_empty(), !administrator.order.number.is_empty()])
        }
        Duty::OrganizationCard => {
            let card = register.organization();
            facts(&[!card.address.is_empty(), !card.head.is_empty()])
        }
        Duty::TeachingStaff => Found::due(0, staff_group_members(register, today)),
        Duty::Structure => {
            let year = current_year(register, today);
            let ended = |group: &&crate::register::Group| {
                group.archived_on.is_none() && group.year.is_some_and(|year| year.last_day() < today)
            };
            let groups = register.groups_in_year(year).filter(|group| group.kind != GroupKind::TeachingStaff);
            Found::due(tables.groups.values().filter(ended).count(), groups.count())
        }
        Duty::InviteLinks => {
            let links = tables.invites.values().filter(|invite| invite.revocation.is_none());
            Found::due(0, links.count())
        }
        Duty::ClassTeachers => {
            Found::urgent(class_teacher_findings(register, today).len(), tables.assignments.len())
        }
        Duty::JoinRequests => {
            let waiting = tables.join_requests.values().filter(|request| request.decision.is_none());
            Found::due(waiting.count(), tables.join_requests.len())
        }
        Duty::StatusConfirmation => verification(register, |role| role.is_staff(), today),
        Duty::Movement => {
            let open = tables.movements.values().filter(|movement| movement.in_cabinet_on.is_none());
            Found::due(open.count(), tables.movements.len())
        }
        Duty::RevokeUnclaimed => Found::urgent(all_flags(register, today).len(), tables.invites.len()),
        Duty::Support => {
            let open = tables.appeals.values().filter(|appeal| appeal.answered_on.is_none());
            Found::due(open.count(), tables.appeals.len())
        }
        Duty::Oversight => Found::due(reconcile_due(register, today).len(), tables.observations.len()),
        // Refusals and people who were not invited are no debt [R 1.8]: there is nothing to wait for.
        Duty::Voluntary => Found::due(0, participation_recorded(register)),
        Duty::ChatTransfer => {
            let moved = |transfer| !matches!(transfer, TransferState::NotApplicable);
            let waiting = transfer_list(register).len();
            let settled = tables.chats.values().filter(|chat| moved(chat.transfer)).count();
            Found::due(waiting, settled.max(waiting))
        }
        Duty::ClassChats => Found::due(missing_chats(register, today).len(), tables.chats.len()),
        Duty::SubjectChats => Found::due(0, chats_of_kind(register, ChatKind::Subject)),
        Duty::EmployeeRole => verification(register, |role| role == Role::Employee, today),
        Duty::StudentsJoin => Found::due(0, chat_links(register, Role::Student)),
        Duty::ParentsJoin => Found::due(0, chat_links(register, Role::Parent)),
        Duty::SafeMode => safe_mode(register, today),
    }
}

/// A card's facts: none given is «не отмечено», some missing are due.
fn facts(given: &[bool]) -> Found {
    let recorded = given.iter().filter(|given| **given).count();
    Found::due(given.len() - recorded, recorded)
}

fn staff_group_members(register: &Register, today: Date) -> usize {
    let groups = register.tables().groups.values();
    let of_staff =
        groups.filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none());
    of_staff
        .flat_map(|group| register.memberships_of_group(group.id))
        .filter(|membership| register.is_current(membership, today))
        .count()
}

fn verification(register: &Register, of_role: impl Fn(Role) -> bool, today: Date) -> Found {
    let current =
        |membership: &&Membership| of_role(membership.role) && register.is_current(membership, today);
    let (mut waiting, mut recorded) = (0, 0);
    for membership in register.tables().memberships.values().filter(current) {
        recorded += usize::from(membership.verification != Verification::NoInformation);
        waiting +=
            usize::from(matches!(membership.verification, Verification::Waiting | Verification::Rejected));
    }
    Found::due(waiting, recorded)
}

fn participation_recorded(register: &Register) -> usize {
    let tables = register.tables();
    let known = |state| state != ParticipationState::NoInformation;
    tables.memberships.values().filter(|membership| known(membership.participation.state)).count()
        + tables.guardianships.values().filter(|guardianship| known(guardianship.participation.state)).count()
}

fn chats_of_kind(register: &Register, kind: ChatKind) -> usize {
    register.tables().chats.values().filter(|chat| chat.kind == kind && chat.archived_on.is_none()).count()
}

fn chat_links(register: &Register, role: Role) -> usize {
    let links = register.tables().invites.values().filter(|invite| invite.revocation.is_none());
    links.filter(|invite| invite.role == role && matches!(invite.target, Target::Chat(_))).count()
}

/// Ticked groups are recorded, the others of the year wait: but only once the first was ticked.
fn safe_mode(register: &Register, today: Date) -> Found {
    let (mut ticked, mut open) = (0, 0);
    for group in register.groups_in_year(current_year(register, today)) {
        if matches!(group.kind, GroupKind::SchoolClass | GroupKind::StudyGroup) {
            *(if group.safe_mode_on.is_some() { &mut ticked } else { &mut open }) += 1;
        }
    }
    let people = register.tables().people.values().filter(|person| person.safe_mode_on.is_some()).count();
    Found::due(if ticked > 0 { open } else { 0 }, ticked + people)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn state_of(school: &School, duty: Duty) -> (DutyState, u32) {
        let statuses = duties(&school.register, TODAY);
        let status = statuses.iter().find(|status| status.duty == duty).expect("every duty is listed");
        (status.state, status.count)
    }

    #[test]
    fn a_fresh_file_is_judged_of_nothing() {
        for status in duties(&School::new().register, TODAY) {
            assert_eq!(status.state, DutyState::NotTracked, "{:?}", status.duty);
        }
    }

    #[test]
    fn a_roster_alone_makes_no_debts() {
        let mut school = School::new();
        for label in ["5А", "5Б"] {
            let group = school.class(label);
            school.students(group, 3);
        }
        for status in duties(&school.register, TODAY) {
            assert!(matches!(status.state, DutyState::NotTracked | DutyState::Done), "{:?}", status);
        }
        assert_eq!(state_of(&school, Duty::Structure), (DutyState::Done, 2));
    }

    #[test]
    fn whoever_declines_or_was_not_invited_is_nowhere_a_debt() {
        use crate::register::ParticipationState::*;
        for state in [NoInformation, NotInvited, DoesNotParticipate] {
            let mut school = School::new();
            let group = school.class("7Б");
            for student in school.students(group, 5) {
                let adult = school.adult(student);
                school.takes_part(student, state);
                school.adult_takes_part(student, adult, state);
            }
            let waiting = duties(&school.register, TODAY)
                .into_iter()
                .filter(|status| matches!(status.state, DutyState::Attention | DutyState::Due));
            assert_eq!(waiting.count(), 0, "{state:?}");
            let list = super::super::today::today_tasks(&school.register, TODAY);
            let kinds: Vec<_> = list.tasks.iter().chain(&list.more).map(|task| task.kind).collect();
            let first_steps = super::super::today::TaskKind::SeeWhoIsInside;
            assert!(kinds.contains(&first_steps) && kinds.len() == 3, "{kinds:?}");
        }
    }

    #[test]
    fn facts_move_a_duty_and_the_card_can_put_it_aside() {
        let mut school = School::new();
        let group = school.class("7Б");
        school.link(Target::Group(group), Role::Student, Some(date(2026, 9, 1)));
        assert_eq!(state_of(&school, Duty::RevokeUnclaimed), (DutyState::Attention, 1));
        school.observe(Target::Group(group), Role::Student, date(2026, 10, 1), 3, Some(27));
        assert_eq!(state_of(&school, Duty::RevokeUnclaimed), (DutyState::Done, 1));
        let seen = school.register.organization().clone();
        let mut wanted = seen.clone();
        wanted.not_required = vec!["2.3-9".into()];
        wanted.administrator.name = "Давыдов Пётр Алексеевич".into();
        school.edit(seen, wanted);
        assert_eq!(state_of(&school, Duty::RevokeUnclaimed), (DutyState::NotRequired, 0));
        assert_eq!(state_of(&school, Duty::Appointment), (DutyState::Due, 1), "the order is missing");
    }

    #[test]
    fn a_class_without_teacher_is_looked_at_once_others_have_one() {
        let mut school = School::new();
        let [first, _] = ["5А", "5Б"].map(|label| school.class(label));
        assert_eq!(state_of(&school, Duty::ClassTeachers).0, DutyState::NotTracked);
        let teacher = school.person("Носова", Role::Teacher, None);
        school.assign(first, teacher, false);
        assert_eq!(state_of(&school, Duty::ClassTeachers), (DutyState::Attention, 1));
    }
}
