//! Comparing a pasted member list with the roster as one cancellable job over a snapshot, and turning the user's
//! answers into one operation (duties 2.3-6 and 2.3-8, clause 2.4).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::worker::JobHandle;
use crate::names::{FullName, Role};
use crate::reconcile::{
    EyeRequest, LineAnswer as PlannedAnswer, LineAnswers, MemberList, NewAdultAnswer, PlanRequest,
    ReconcilePlan, ReconcileScope, Reconciliation, WhomToInvite, plan_by_eye, plan_reconciliation,
    read_member_list, reconcile,
};
use crate::register::{
    CabinetTask, CabinetTaskKind, GroupId, Operation, ParticipationState, PersonId, Register, Target,
};
use crate::regulation::{role_of_chat, target_title};

/// What is compared with what.
#[derive(Clone)]
pub struct ReconciliationRequest {
    pub scope: ReconcileScope,
    /// The text as it was pasted.
    pub text: Arc<str>,
}

/// A list compared with the roster. No `Debug`: it holds personal data.
pub struct PreparedReconciliation {
    pub scope: ReconcileScope,
    /// The role that is counted: of the scope, else of the chat's kind.
    pub role: Role,
    pub list: MemberList,
    pub result: Reconciliation,
    /// SHA-256 of the pasted text, in hex: the evidence.
    pub text_hash: String,
    /// Recorded as «не участвует» and not in the list: nobody looks for them [R 1.8].
    pub declined: Vec<PersonId>,
    /// Revision of the register it was compared with.
    pub compared_at: u64,
}

/// How the job ended.
pub enum ReconciliationOutcome {
    Ready(Box<PreparedReconciliation>),
    /// The text holds no name.
    NoNames,
    Cancelled,
}

/// The role whose people a scope counts.
pub fn role_of_scope(register: &Register, scope: &ReconcileScope) -> Role {
    scope.role.unwrap_or_else(|| match scope.target {
        Target::Chat(chat) => {
            register.chat(chat).and_then(|chat| role_of_chat(chat.kind)).unwrap_or(Role::Student)
        }
        _ => Role::Student,
    })
}

/// Reads the list and compares it.
pub fn prepare_reconciliation(
    register: &Register,
    request: &ReconciliationRequest,
    today: Date,
    job: &JobHandle,
) -> ReconciliationOutcome {
    let list = read_member_list(&request.text);
    if list.lines.is_empty() {
        return ReconciliationOutcome::NoNames;
    }
    if !job.report(0.2) {
        return ReconciliationOutcome::Cancelled;
    }
    let result = reconcile(register, &request.scope, &list, today);
    if !job.report(0.9) {
        return ReconciliationOutcome::Cancelled;
    }
    let role = role_of_scope(register, &request.scope);
    let mut declined = declined_of(register, request.scope.target, role, today);
    let inside = |person: &PersonId| result.declined_present.iter().any(|found| found.person == *person);
    declined.retain(|person| !inside(person));
    let hash = Sha256::digest(request.text.as_bytes());
    ReconciliationOutcome::Ready(Box::new(PreparedReconciliation {
        scope: request.scope,
        role,
        list,
        result,
        text_hash: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        declined,
        compared_at: register.revision,
    }))
}

/// Those of a group who are recorded as «не участвует»; for parents the adults. Nothing for the organization:
/// such a list would be read by nobody.
fn declined_of(register: &Register, target: Target, role: Role, today: Date) -> Vec<PersonId> {
    let Some(group) = register.group_of_target(target) else { return Vec::new() };
    let declined = |state| state == ParticipationState::DoesNotParticipate;
    if role != Role::Parent {
        let members = register.memberships_of_group(group);
        return members
            .filter(|member| member.role == role && register.is_current(member, today))
            .filter(|member| declined(member.participation.state))
            .map(|member| member.person)
            .collect();
    }
    let children = register.current_members(group, Role::Student, today);
    let mut adults: Vec<PersonId> = children
        .iter()
        .flat_map(|child| register.current_guardians(*child, today))
        .filter(|link| declined(link.participation.state))
        .map(|link| link.adult)
        .collect();
    adults.sort_unstable();
    adults.dedup();
    adults
}

/// The text of a file that holds a member list, or why there is none, in Russian.
pub struct MemberText(pub Result<String, String>);

/// The largest file of names that is read, in bytes.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// Reads a text file whatever Cyrillic encoding it has.
///
/// # Errors
/// A sentence for the user: what is wrong and what to do.
pub fn read_member_file(path: &Path) -> Result<String, String> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let failed = |why: &str| format!("Файл «{name}» не прочитан: {why}. Ничего не изменилось.");
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|_| failed("его нельзя открыть"))?;
    let mut limited = std::io::Read::take(file, MOST_BYTES + 1);
    std::io::Read::read_to_end(&mut limited, &mut bytes).map_err(|_| failed("он не читается до конца"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(failed("он слишком велик для списка имён. Скопируйте имена и вставьте их"));
    }
    let decoded = crate::roster::decode(&bytes, None);
    let decoded = decoded.map_err(|_| failed("это не текст. Скопируйте имена со страницы и вставьте их"))?;
    Ok(decoded.text)
}

/// What the user answered on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineAnswer {
    /// It is this person; remembered as an alias.
    IsPerson(PersonId),
    /// «Уточнить у классного».
    AskTeacher,
    /// «Не из школы»: to be removed.
    NotOurs,
    /// An adult of this child, created with the answer.
    AdultOf { child: PersonId, name: FullName, basis: String },
    /// Somebody of the register who is an adult of this child from now on; remembered as an alias.
    KnownAdultOf { adult: PersonId, child: PersonId, basis: String },
    /// Nobody known, and nothing is to be done.
    NoTask,
    /// As the comparison found it: who left is to be removed, who stands in a wrong role is to be invited again, who
    /// is recorded as «не участвует» is only counted.
    AsFound,
}

/// The group behind a scope.
pub fn group_of_scope(register: &Register, scope: &ReconcileScope) -> Option<GroupId> {
    register.group_of_target(scope.target)
}

/// What a reconciliation will write, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReconciliationCounts {
    /// Seen inside; for parents children with an adult in.
    pub inside: u32,
    /// Matters that are to be done in the cabinet.
    pub tasks: u32,
    /// Open steps that the list proves done.
    pub closed: u32,
    /// Names that will be known next time.
    pub aliases: u32,
    pub new_adults: u32,
    pub missing: u32,
    /// Of the tasks: who is to be invited.
    pub invited: u32,
}

/// The one operation that enters a comparison as it was answered, and its numbers. Of the missing only `invited`
/// become tasks: taking part is voluntary [R 1.8].
pub fn reconciliation_operation(
    register: &Register,
    prepared: &PreparedReconciliation,
    answers: &[(u32, LineAnswer)],
    invited: &BTreeSet<PersonId>,
    today: Date,
) -> (Operation, ReconciliationCounts) {
    let answers: LineAnswers =
        answers.iter().filter_map(|(line, answer)| Some((*line, in_the_planners_words(answer)?))).collect();
    let title = target_title(register, prepared.scope.target);
    let request = PlanRequest {
        scope: prepared.scope,
        place_title: &title,
        list: &prepared.list,
        answers: &answers,
        invite: &WhomToInvite::These(invited.clone()),
        on: today,
        pasted_hash: &prepared.text_hash,
    };
    let plan = plan_reconciliation(register, &request, today);
    let counts = counts_of(&plan, prepared.role);
    (Operation::ApplyReconciliation(plan.operation), counts)
}

/// The one operation that enters what was ticked beside a picture, and its numbers.
pub fn picture_operation(
    register: &Register,
    scope: &ReconcileScope,
    inside: &BTreeSet<PersonId>,
    today: Date,
) -> (Operation, ReconciliationCounts) {
    let title = target_title(register, scope.target);
    let request = EyeRequest { scope: *scope, place_title: &title, inside, on: today };
    let plan = plan_by_eye(register, &request, today);
    let counts = counts_of(&plan, role_of_scope(register, scope));
    (Operation::ApplyReconciliation(plan.operation), counts)
}

fn counts_of(plan: &ReconcilePlan, role: Role) -> ReconciliationCounts {
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let operation = &plan.operation;
    let seen = operation.observations.iter().find(|seen| seen.role == role);
    let is_invitation = |task: &&CabinetTask| task.kind == CabinetTaskKind::Invite;
    ReconciliationCounts {
        inside: seen.or(operation.observations.first()).map_or(0, |seen| seen.joined),
        tasks: count(operation.tasks.len()),
        closed: count(operation.closed.len()),
        aliases: count(operation.aliases.len()),
        new_adults: count(operation.new_adults.len()),
        missing: count(plan.result.missing.len()),
        invited: count(operation.tasks.iter().flatten().filter(is_invitation).count()),
    }
}

/// What is worked upon anyway needs no answer: who is certainly somebody who left becomes a task by itself.
fn in_the_planners_words(answer: &LineAnswer) -> Option<PlannedAnswer> {
    Some(match answer {
        LineAnswer::IsPerson(person) => PlannedAnswer::Person(*person),
        LineAnswer::AskTeacher => PlannedAnswer::AskTeacher,
        LineAnswer::NotOurs => PlannedAnswer::Remove,
        LineAnswer::AdultOf { child, name, basis } => PlannedAnswer::NewAdult(NewAdultAnswer {
            name: name.clone(),
            children: vec![(*child, basis.clone())],
        }),
        LineAnswer::KnownAdultOf { adult, child, basis } => {
            PlannedAnswer::AdultOf { adult: *adult, child: *child, basis: basis.clone() }
        }
        LineAnswer::NoTask => PlannedAnswer::NoTask,
        LineAnswer::AsFound => return None,
    })
}
