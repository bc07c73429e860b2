//! The click list for the cabinet: everything that waits to be done there, in one order (duties 2.3-4, 2.3-6, 2.3-8,
//! 2.3-9). Nothing is stored here: links and requests come from their own records, steps from theirs.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::judged::{Judged, Touched};
use super::staleness::{Flag, StalenessRule, all_flags, explain};
use super::step_texts::{StepFacts, StepKind, what_to_press};
use super::year::target_title;
use crate::names::{GroupSortKey, group_sort_key};
use crate::register::{
    CabinetTask, CabinetTaskId, CabinetTaskKind, EntityKey, FailedAttempt, GroupId, Invite, InviteId,
    JoinRequest, JoinRequestId, Register, Target,
};
use crate::wording::{role_genitive_plural, role_name};

/// The sections of the list, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CabinetSection {
    /// Links that strangers have: at once.
    ExposedLinks,
    /// People inside who should not be.
    Removals,
    /// Removed, then invited again: the role.
    RoleChanges,
    /// Requests to be decided, and decided ones to be clicked.
    Requests,
    Invitations,
    /// Questions to class teachers.
    Questions,
    /// Links that it is time to revoke; those delegated to a teacher wait with the teacher.
    Links,
    Other,
}

impl CabinetSection {
    /// Every section in its order.
    pub const ALL: [CabinetSection; 8] = [
        CabinetSection::ExposedLinks,
        CabinetSection::Removals,
        CabinetSection::RoleChanges,
        CabinetSection::Requests,
        CabinetSection::Invitations,
        CabinetSection::Questions,
        CabinetSection::Links,
        CabinetSection::Other,
    ];

    /// The heading in Russian.
    pub fn words(self) -> &'static str {
        match self {
            CabinetSection::ExposedLinks => "Ссылки у посторонних",
            CabinetSection::Removals => "Удалить",
            CabinetSection::RoleChanges => "Сменить роль",
            CabinetSection::Requests => "Заявки",
            CabinetSection::Invitations => "Пригласить",
            CabinetSection::Questions => "Уточнить",
            CabinetSection::Links => "Ссылки, которые пора аннулировать",
            CabinetSection::Other => "Остальное",
        }
    }

    fn of_task(kind: CabinetTaskKind) -> CabinetSection {
        match kind {
            CabinetTaskKind::Remove => CabinetSection::Removals,
            CabinetTaskKind::RemoveForRole | CabinetTaskKind::InviteAgain => CabinetSection::RoleChanges,
            CabinetTaskKind::AcceptRequest | CabinetTaskKind::DeclineRequest => CabinetSection::Requests,
            CabinetTaskKind::Invite => CabinetSection::Invitations,
            CabinetTaskKind::AskTeacher => CabinetSection::Questions,
            CabinetTaskKind::Other => CabinetSection::Other,
        }
    }
}

/// What a line of the list is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CabinetSubject {
    Invite(InviteId),
    Request(JoinRequestId),
    Task(CabinetTaskId),
}

impl CabinetSubject {
    /// The entity behind the line.
    pub fn key(self) -> EntityKey {
        match self {
            CabinetSubject::Invite(id) => id.into(),
            CabinetSubject::Request(id) => id.into(),
            CabinetSubject::Task(id) => id.into(),
        }
    }
}

/// One line of the click list. Its text names people, never addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CabinetStep {
    pub section: CabinetSection,
    pub subject: CabinetSubject,
    /// The class it belongs to, for headings and order.
    pub group: Option<GroupId>,
    pub text: String,
    /// «Что нажать в кабинете»: the text of its kind, ours or the school's own. Empty for a step written by hand.
    pub press: String,
    /// What to search for in the cabinet: the name as written there, else the name of the register. Empty for links:
    /// their address is copied from the register.
    pub search_for: String,
    /// The step that has to be done before.
    pub waits_for: Option<CabinetTaskId>,
    pub due_on: Option<Date>,
    /// Why it did not work last time.
    pub failed: Option<FailedAttempt>,
}

/// Everything that waits in the cabinet on a day: by section, then by class (2А before 10А), then in order of entry;
/// the second step of a change of role stands right after the first. Steps due later are left out.
pub fn cabinet_steps(register: &Register, today: Date) -> Vec<CabinetStep> {
    let flags = all_flags(register, today);
    let flags = flags.iter().map(|(id, flags)| (*id, flags.as_slice()));
    let mut steps = all_steps(register, flags, today);
    sort_steps(register, &mut steps);
    steps
}

/// The click list kept from change to change: only steps of touched links, requests and tasks are made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CabinetStepList {
    steps: Arc<Vec<Arc<CabinetStep>>>,
}

impl CabinetStepList {
    /// The whole list.
    pub fn of(register: &Register, judged: &Judged) -> CabinetStepList {
        let mut steps = all_steps(register, judged.flagged(), judged.today());
        sort_steps(register, &mut steps);
        CabinetStepList { steps: Arc::new(steps.into_iter().map(Arc::new).collect()) }
    }

    /// The list after a change on the same day.
    pub fn after(&self, register: &Register, judged: &Judged, touched: &Touched) -> CabinetStepList {
        if touched.everything {
            return CabinetStepList::of(register, judged);
        }
        let subjects = subjects_of(register, touched);
        if subjects.is_empty() {
            return self.clone();
        }
        let made = subjects.iter().filter_map(|subject| {
            let flags = match subject {
                CabinetSubject::Invite(id) => judged.invite(*id).map_or(&[][..], |invite| &invite.flags),
                CabinetSubject::Request(_) | CabinetSubject::Task(_) => &[],
            };
            step_of(register, *subject, flags, judged.today())
        });
        let mut made: Vec<CabinetStep> = made.collect();
        sort_steps(register, &mut made);
        let kept: Vec<Arc<CabinetStep>> =
            self.steps.iter().filter(|step| !subjects.contains(&step.subject)).cloned().collect();
        let mut steps = Vec::with_capacity(kept.len() + made.len());
        let mut rest = kept.as_slice();
        for step in made {
            let key = sort_key(register, &step);
            let before = rest.partition_point(|other| sort_key(register, other) < key);
            steps.extend_from_slice(&rest[..before]);
            rest = &rest[before..];
            steps.push(Arc::new(step));
        }
        steps.extend_from_slice(rest);
        CabinetStepList { steps: Arc::new(steps) }
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Arc<CabinetStep>] {
        &self.steps
    }
}

fn subjects_of(register: &Register, touched: &Touched) -> BTreeSet<CabinetSubject> {
    let links = touched.targets(register).into_iter().flat_map(|target| register.invites_of_target(target));
    let links = links.map(|invite| invite.id).chain(touched.invites.iter().copied());
    let links = links.map(CabinetSubject::Invite);
    let requests = touched.requests.iter().map(|id| CabinetSubject::Request(*id));
    let tasks = touched.steps.iter().map(|id| CabinetSubject::Task(*id));
    links.chain(requests).chain(tasks).collect()
}

/// Section, class, subject. What belongs to no class stands before the classes.
fn sort_key(
    register: &Register,
    step: &CabinetStep,
) -> (CabinetSection, Option<(GroupSortKey, GroupId)>, CabinetSubject) {
    let group = step.group.and_then(|group| register.group(group));
    let group = group.map(|group| (group_sort_key(&group.label), group.id));
    (step.section, group, step.subject)
}

fn sort_steps(register: &Register, steps: &mut [CabinetStep]) {
    steps.sort_by_cached_key(|step| sort_key(register, step));
}

fn all_steps<'a>(
    register: &Register,
    flagged: impl Iterator<Item = (InviteId, &'a [Flag])>,
    today: Date,
) -> Vec<CabinetStep> {
    let tables = register.tables();
    let links = flagged.filter_map(|(id, flags)| step_of(register, CabinetSubject::Invite(id), flags, today));
    let requests = tables.join_requests.values().map(|request| CabinetSubject::Request(request.id));
    let tasks = tables.cabinet_tasks.values().map(|task| CabinetSubject::Task(task.id));
    let others = requests.chain(tasks).filter_map(|subject| step_of(register, subject, &[], today));
    links.chain(others).collect()
}

/// The step of a link with its flags, of a request or of a task; `None` where nothing waits.
fn step_of(register: &Register, subject: CabinetSubject, flags: &[Flag], today: Date) -> Option<CabinetStep> {
    match subject {
        CabinetSubject::Invite(id) => link_step(register, register.invite(id)?, flags.first()?, today),
        CabinetSubject::Request(id) => {
            let request = register.tables().join_requests.get(id.0)?;
            request.decision.is_none().then(|| request_step(register, request))
        }
        CabinetSubject::Task(id) => {
            let task = register.tables().cabinet_tasks.get(id.0)?;
            let waits = task.done_on.is_none() && task.due_on.is_none_or(|due| due <= today);
            waits.then(|| task_step(register, task))
        }
    }
}

fn link_step(register: &Register, invite: &Invite, flag: &Flag, today: Date) -> Option<CabinetStep> {
    let (section, kind) = match flag.rule {
        StalenessRule::Exposed => (CabinetSection::ExposedLinks, StepKind::ExposedLink),
        _ if invite.delegation.is_some() => return None,
        _ => (CabinetSection::Links, StepKind::StaleLink),
    };
    let (place, link) = (target_title(register, invite.target), invite.address.tail());
    let text = format!(
        "Аннулировать ссылку {link} для {} в «{place}»: {}",
        role_genitive_plural(invite.role),
        explain(flag, register, invite, today)
    );
    let facts = StepFacts { who: "", place: &place, role: Some(invite.role), link: &link };
    Some(CabinetStep {
        section,
        subject: CabinetSubject::Invite(invite.id),
        group: register.group_of_target(invite.target),
        text,
        press: what_to_press(register.settings(), kind, &facts),
        search_for: String::new(),
        waits_for: None,
        due_on: Some(flag.act_by),
        failed: invite.failed.clone(),
    })
}

fn request_step(register: &Register, request: &JoinRequest) -> CabinetStep {
    let (place, who) = (target_title(register, request.target), &request.written_name);
    let facts = StepFacts { who, place: &place, role: Some(request.role), link: "" };
    CabinetStep {
        section: CabinetSection::Requests,
        subject: CabinetSubject::Request(request.id),
        group: register.group_of_target(request.target),
        text: format!("Рассмотреть заявку в «{place}»: «{who}», {}", role_name(request.role)),
        press: what_to_press(register.settings(), StepKind::Request, &facts),
        search_for: who.clone(),
        waits_for: None,
        due_on: None,
        failed: None,
    }
}

fn task_step(register: &Register, task: &CabinetTask) -> CabinetStep {
    let of_chat = match task.target() {
        target @ Target::Chat(_) => register.group_of_target(target),
        Target::Organization | Target::Group(_) => None,
    };
    let first = task.after.and_then(|first| register.tables().cabinet_tasks.get(first.0));
    let name = || task.person.and_then(|person| register.person(person)).map(|person| person.name.full());
    let search_for = match task.written_name.is_empty() {
        true => name().unwrap_or_default(),
        false => task.written_name.clone(),
    };
    let place = target_title(register, task.target());
    let facts = StepFacts { who: &search_for, place: &place, role: task.role, link: "" };
    let press = StepKind::of_task(task.kind).map(|kind| what_to_press(register.settings(), kind, &facts));
    CabinetStep {
        section: CabinetSection::of_task(task.kind),
        subject: CabinetSubject::Task(task.id),
        group: task.group.or(of_chat),
        text: task.text.clone(),
        press: press.unwrap_or_default(),
        search_for,
        waits_for: first.filter(|first| first.done_on.is_none()).map(|first| first.id),
        due_on: task.due_on,
        failed: task.failed.clone(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::names::Role;
    use crate::register::{Entity, Exposure, Operation, TaskOutcome};
    use crate::regulation::fixture::School;

    const TODAY: Date = date(2026, 10, 12);

    fn task(kind: CabinetTaskKind, group: GroupId, text: &str) -> Entity {
        CabinetTask { kind, group: Some(group), text: text.into(), ..CabinetTask::default() }.into()
    }

    #[test]
    fn the_list_runs_by_section_then_class_and_a_change_of_role_in_two_steps() {
        let mut school = School::new();
        let (tenth, second) = (school.class("10А"), school.class("2А"));
        let link = school.link_with(Target::Group(tenth), Role::Parent, Some(TODAY), |invite| {
            invite.exposure = Some(Exposure { on: TODAY, note: String::new() });
        });
        let written_name = "Наталья".to_owned();
        school.run(Operation::Add(vec![
            task(CabinetTaskKind::Invite, second, "пригласить"),
            task(CabinetTaskKind::Other, second, "своё"),
            task(CabinetTaskKind::RemoveForRole, tenth, "удалить, чтобы сменить роль"),
            task(CabinetTaskKind::Remove, tenth, "удалить в 10А"),
            task(CabinetTaskKind::Remove, second, "удалить во 2А"),
            JoinRequest {
                id: JoinRequestId(0),
                written_name,
                role: Role::Parent,
                target: Target::Group(second),
                received_on: TODAY,
                person: None,
                decision: None,
            }
            .into(),
        ]));
        let first = CabinetTaskId(3);
        let again = CabinetTask {
            kind: CabinetTaskKind::InviteAgain,
            group: Some(tenth),
            text: "пригласить заново".into(),
            after: Some(first),
            ..CabinetTask::default()
        };
        school.run(Operation::Add(vec![again.into()]));
        let steps = cabinet_steps(&school.register, TODAY);
        let texts: Vec<&str> = steps.iter().skip(1).map(|step| step.text.as_str()).collect();
        assert_eq!(steps[0].subject, CabinetSubject::Invite(link));
        assert_eq!(
            texts,
            [
                "удалить во 2А",
                "удалить в 10А",
                "удалить, чтобы сменить роль",
                "пригласить заново",
                "Рассмотреть заявку в «2А»: «Наталья», родитель",
                "пригласить",
                "своё",
            ]
        );
        assert_eq!(steps[4].waits_for, Some(first));
        let seen: Arc<CabinetTask> =
            school.register.tables().cabinet_tasks.get(first.0).expect("was added").clone();
        school.run(Operation::SetTasks { seen: vec![seen], outcome: TaskOutcome::Done { on: TODAY } });
        let steps = cabinet_steps(&school.register, TODAY);
        let again = steps.iter().find(|step| step.text == "пригласить заново").expect("still open");
        assert_eq!((again.waits_for, steps.len()), (None, 7));
    }

    #[test]
    fn what_did_not_work_comes_back_with_its_reason_and_what_is_due_later_waits() {
        let mut school = School::new();
        let group = school.class("7Б");
        let later =
            CabinetTask {
                text: "позже".into(), due_on: Some(date(2026, 10, 13)), ..CabinetTask::default()
            };
        school.run(Operation::Add(vec![task(CabinetTaskKind::Remove, group, "удалить"), later.into()]));
        let seen = school.register.tables().cabinet_tasks.get(1).expect("was added").clone();
        let outcome = TaskOutcome::Failed { on: TODAY, why: "кнопки нет".into() };
        school.run(Operation::SetTasks { seen: vec![seen], outcome });
        let steps = cabinet_steps(&school.register, TODAY);
        assert_eq!(steps.len(), 1);
        assert_eq!(steps[0].failed.as_ref().map(|failed| failed.why.as_str()), Some("кнопки нет"));
    }
}
