//! A duty as its page shows it (section 2): how it stands, what is left and where, what proves it, when to look again.
//!
//! Nothing here is a debt by any norm: the periods are the school's own, and a duty of teachers is only seen.

use jiff::civil::Date;

use super::clock_trust::days_after;
use super::duties::{DutyState, DutyStatus, duties, next_cleanup};
use super::duty::Duty;
use super::duty_facts::{left_of, proofs_of};
use super::observations::last_look_at_group;
use super::year::current_year;
use crate::register::{DutyRhythm, GroupId, InviteId, PersonId, Register};

/// Where something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyPlace {
    OrganizationCard,
    Group(GroupId),
    Person(PersonId),
    Link(InviteId),
    /// All that are flagged.
    Cleanup,
    Requests,
    CabinetTasks,
    Reconcile(GroupId),
    /// The list of groups.
    Groups,
}

/// One thing that is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLeft {
    pub words: String,
    /// `None`: there is no page of its own.
    pub place: Option<DutyPlace>,
}

/// A document that proves a duty or prepares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DutyPaper {
    HeadReport,
    ClassPassport,
    ResponsibleList,
    Handover,
    InspectionFolder,
    OrderAdministrator,
    OrderClassTeachers,
    LocalAct,
    ParentsInformation,
    RevocationAct,
    LinkRegister,
    ClassSheet,
}

/// Why it is time to look again on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextLookBecause {
    /// «Разбирать ссылки раз в …».
    Cleanup,
    /// «Сверять каждую группу раз в …».
    Reconcile,
    /// The rhythm of this duty alone.
    Rhythm,
}

/// When to look again, by the school's own schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextLook {
    pub on: Date,
    pub because: NextLookBecause,
}

/// A duty on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLine {
    pub status: DutyStatus,
    /// What is left, at most [`DutyLine::MOST_LEFT`] lines.
    pub left: Vec<DutyLeft>,
    /// How many more there are.
    pub left_more: usize,
    /// Facts of the register that prove it, each one sentence.
    pub proofs: Vec<String>,
    pub rhythm: DutyRhythm,
    pub next: Option<NextLook>,
    /// It is time by the school's own schedule, though nothing else waits.
    pub time_to_look: bool,
}

impl DutyLine {
    /// The longest list of what is left.
    pub const MOST_LEFT: usize = 8;

    /// When to look again where no day says so.
    pub fn usual_rhythm(&self) -> &'static str {
        match self.status.duty {
            Duty::JoinRequests
            | Duty::StatusConfirmation
            | Duty::Movement
            | Duty::Support
            | Duty::InviteLinks
            | Duty::Voluntary => "по мере поступления",
            Duty::Appointment
            | Duty::OrganizationCard
            | Duty::TeachingStaff
            | Duty::Structure
            | Duty::ClassTeachers => "при изменениях и к 1 сентября",
            Duty::RevokeUnclaimed => "после первого разбора",
            Duty::Oversight => "после первой сверки",
            Duty::ChatTransfer
            | Duty::ClassChats
            | Duty::SubjectChats
            | Duty::EmployeeRole
            | Duty::StudentsJoin
            | Duty::ParentsJoin
            | Duty::SafeMode => "срока нет",
        }
    }
}

/// Every duty with its page, in the order of [`Duty::ALL`].
pub fn duty_page(register: &Register, today: Date) -> Vec<DutyLine> {
    duties(register, today).into_iter().map(|status| line(register, status, today)).collect()
}

/// One duty with its page.
pub fn duty_line(register: &Register, duty: Duty, today: Date) -> DutyLine {
    let status = duties(register, today).into_iter().find(|status| status.duty == duty);
    let unknown = DutyStatus { duty, state: DutyState::NotTracked, count: 0, next_date: None };
    line(register, status.unwrap_or(unknown), today)
}

fn line(register: &Register, status: DutyStatus, today: Date) -> DutyLine {
    let duty = status.duty;
    let rhythm = register.settings().duty_rhythms.get(duty.code()).copied().unwrap_or_default();
    let mut left = match status.state {
        DutyState::Attention | DutyState::Due => left_of(register, duty, today),
        DutyState::Done | DutyState::NotTracked | DutyState::NotRequired => Vec::new(),
    };
    let left_more = left.len().saturating_sub(DutyLine::MOST_LEFT);
    left.truncate(DutyLine::MOST_LEFT);
    let required = status.state != DutyState::NotRequired;
    let next = next_look(register, duty, rhythm, today).filter(|_| required);
    let nothing_waits = matches!(status.state, DutyState::Done | DutyState::NotTracked);
    let time_to_look = nothing_waits && next.is_some_and(|next| next.on <= today);
    DutyLine { status, left, left_more, proofs: proofs_of(register, duty, today), rhythm, next, time_to_look }
}

/// The duty's own rhythm first; then the schedules that the settings always had.
fn next_look(register: &Register, duty: Duty, rhythm: DutyRhythm, today: Date) -> Option<NextLook> {
    if rhythm.every_weeks > 0 {
        let on = match rhythm.looked_on {
            Some(looked_on) => days_after(looked_on, rhythm.every_weeks.saturating_mul(7)),
            None => today,
        };
        return Some(NextLook { on, because: NextLookBecause::Rhythm });
    }
    match duty {
        Duty::RevokeUnclaimed => {
            next_cleanup(register).map(|on| NextLook { on, because: NextLookBecause::Cleanup })
        }
        Duty::Oversight => {
            let groups = register.groups_in_year(current_year(register, today));
            let oldest = groups.filter_map(|group| last_look_at_group(register, group.id)).min()?;
            let on = days_after(oldest, register.settings().reconcile_every_days);
            Some(NextLook { on, because: NextLookBecause::Reconcile })
        }
        _ => None,
    }
}

/// The documents of a duty, the most telling first.
pub fn duty_papers(duty: Duty) -> &'static [DutyPaper] {
    match duty {
        Duty::Appointment => {
            &[DutyPaper::OrderAdministrator, DutyPaper::ResponsibleList, DutyPaper::Handover]
        }
        Duty::OrganizationCard => &[DutyPaper::ResponsibleList, DutyPaper::LocalAct],
        Duty::TeachingStaff | Duty::Structure => &[DutyPaper::HeadReport],
        Duty::InviteLinks => &[DutyPaper::LinkRegister, DutyPaper::InspectionFolder],
        Duty::ClassTeachers => &[DutyPaper::OrderClassTeachers, DutyPaper::ResponsibleList],
        Duty::RevokeUnclaimed => {
            &[DutyPaper::RevocationAct, DutyPaper::LinkRegister, DutyPaper::InspectionFolder]
        }
        Duty::Oversight => &[DutyPaper::HeadReport, DutyPaper::ClassPassport, DutyPaper::ClassSheet],
        Duty::Voluntary => &[DutyPaper::ParentsInformation, DutyPaper::LocalAct],
        Duty::JoinRequests | Duty::StatusConfirmation | Duty::Movement | Duty::Support => {
            &[DutyPaper::HeadReport]
        }
        Duty::ClassChats | Duty::SafeMode => &[DutyPaper::ClassPassport],
        Duty::ParentsJoin | Duty::StudentsJoin => &[DutyPaper::ParentsInformation],
        Duty::ChatTransfer | Duty::SubjectChats | Duty::EmployeeRole => &[],
    }
}

/// The codes of journal entries that prove a duty. A code that no file holds yet finds nothing and does no harm.
pub fn duty_codes(duty: Duty) -> &'static [&'static str] {
    match duty {
        Duty::Appointment | Duty::OrganizationCard => &["found", "edit_organization"],
        Duty::TeachingStaff => &["import", "add_person", "add_membership", "hire"],
        Duty::Structure => &[
            "add_unit",
            "add_school_group",
            "edit_school_group",
            "archive",
            "change_year",
            "move_groups",
            "split_group",
            "merge_groups",
            "import",
        ],
        Duty::InviteLinks => &["add_invites", "hand_over_invites"],
        Duty::ClassTeachers => &["add_assignment", "edit_assignment", "appoint_class_teachers"],
        Duty::JoinRequests => &["decide_requests"],
        Duty::StatusConfirmation | Duty::EmployeeRole => &["edit_membership", "set_verification"],
        Duty::Movement => &[
            "move_member",
            "move_members",
            "depart",
            "enrol",
            "transfer",
            "leave",
            "graduate",
            "hire",
            "dismiss",
            "return_person",
            "rename_person",
            "new_phone",
            "tick_movements",
            "import",
        ],
        Duty::RevokeUnclaimed => &["revoke_invites", "defer_invites", "delegate_invites"],
        Duty::Support => &["add_appeal", "edit_appeal"],
        Duty::Oversight => &["reconcile", "observe", "class_sheet"],
        Duty::Voluntary => &["set_participation", "class_sheet"],
        Duty::ChatTransfer => &["transfer_chats", "add_chat", "edit_chat"],
        Duty::ClassChats => &["settle_chats", "hand_over_chats", "add_chat", "edit_chat"],
        Duty::SubjectChats => &["set_subjects", "add_chat", "edit_chat"],
        Duty::StudentsJoin | Duty::ParentsJoin => &["add_invites"],
        Duty::SafeMode => &["tick_safe_mode", "edit_school_group"],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::Role;
    use crate::register::{ChatKind, ParticipationState, Target};
    use crate::regulation::fixture::School;
    use crate::sample::{self, SampleKind};

    const TODAY: Date = date(2026, 10, 12);

    #[test]
    fn what_is_left_leads_somewhere_and_is_no_longer_than_the_page() {
        let mut seen = 0;
        for kind in [SampleKind::School, SampleKind::College] {
            let register = sample::register(kind, TODAY).expect("the sample stands");
            for line in duty_page(&register, TODAY) {
                let waits = matches!(line.status.state, DutyState::Attention | DutyState::Due);
                assert_eq!(waits, !line.left.is_empty(), "{:?}: {:?}", line.status, line.left);
                assert!(line.left.len() <= DutyLine::MOST_LEFT);
                if line.status.state == DutyState::Done {
                    assert!(!line.proofs.is_empty(), "{:?} is done and nothing proves it", line.status.duty);
                }
                seen += line.left.len();
            }
        }
        assert!(seen > 5, "the samples have something to do");
    }

    #[test]
    fn the_next_day_is_the_schools_own() {
        let mut school = School::new();
        let group = school.class("7Б");
        let next = |school: &School, duty| duty_line(&school.register, duty, TODAY).next.map(|next| next.on);
        assert_eq!(next(&school, Duty::Oversight), None);
        school.observe(Target::Group(group), Role::Student, date(2026, 10, 1), 3, Some(27));
        assert_eq!(next(&school, Duty::Oversight), Some(date(2026, 10, 31)));
        let rhythm = |every_weeks, looked_on| DutyRhythm { every_weeks, looked_on };
        let table = [
            (rhythm(0, None), None, false),
            (rhythm(0, Some(date(2026, 9, 1))), None, false),
            (rhythm(2, None), Some(TODAY), true),
            (rhythm(2, Some(date(2026, 9, 28))), Some(TODAY), true),
            (rhythm(2, Some(date(2026, 9, 29))), Some(date(2026, 10, 13)), false),
        ];
        for (rhythm, on, time_to_look) in table {
            school.settings(|settings| {
                settings.duty_rhythms.insert("2.3-10".into(), rhythm);
            });
            let line = duty_line(&school.register, Duty::Support, TODAY);
            assert_eq!((line.next.map(|next| next.on), line.time_to_look), (on, time_to_look), "{rhythm:?}");
        }
    }

    #[test]
    fn a_duty_put_aside_has_neither_a_day_nor_anything_left() {
        let mut school = School::new();
        let group = school.class("7Б");
        school.link(Target::Group(group), Role::Student, Some(date(2026, 9, 1)));
        assert!(!duty_line(&school.register, Duty::RevokeUnclaimed, TODAY).left.is_empty());
        let seen = school.register.organization().clone();
        let mut wanted = seen.clone();
        wanted.not_required = vec![Duty::RevokeUnclaimed.code().into()];
        school.edit(seen, wanted);
        let line = duty_line(&school.register, Duty::RevokeUnclaimed, TODAY);
        assert_eq!((line.status.state, line.left.len(), line.next), (DutyState::NotRequired, 0, None));
    }

    /// Whoever declines, was not invited or is not known of is named nowhere on the page and moves nothing on it.
    #[test]
    fn neutral_people_stand_on_no_page() {
        use ParticipationState::*;
        for state in [NoInformation, NotInvited, DoesNotParticipate] {
            let mut school = School::new();
            let group = school.class("7Б");
            for kind in [ChatKind::Students, ChatKind::Parents, ChatKind::Teachers] {
                school.chat(group, kind);
            }
            for student in school.students(group, 4) {
                let adult = school.adult(student);
                school.takes_part(student, state);
                school.adult_takes_part(student, adult, state);
            }
            for line in duty_page(&school.register, TODAY) {
                let texts = line.left.iter().map(|left| left.words.clone()).chain(line.proofs.clone());
                for text in texts.filter(|text| !text.contains("Чат") && !text.contains("чат")) {
                    assert!(!text.contains("Лыткина") && !text.contains("Орлова"), "{state:?}: {text}");
                }
                let own_left = line.left.iter().any(|left| matches!(left.place, Some(DutyPlace::Person(_))));
                assert!(!own_left, "{state:?}: {:?}", line.left);
            }
        }
    }

    #[test]
    fn every_duty_that_leaves_papers_names_ours_first() {
        for duty in Duty::ALL.into_iter().filter(|duty| duty.ours()) {
            assert!(!duty_papers(duty).is_empty() && !duty_codes(duty).is_empty(), "{duty:?}");
        }
    }
}
