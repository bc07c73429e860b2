//! Comparing a pasted member list with the roster as one cancellable job over a snapshot, and turning the user's
//! answers into one operation (duties 2.3-6 and 2.3-8, clause 2.4).

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::worker::JobHandle;
use crate::names::{FullName, Role, fold};
use crate::reconcile::{
    Confidence, MemberList, ReconcileScope, Reconciliation, alias_key, read_member_list, reconcile,
};
use crate::register::{
    CabinetTask, CabinetTaskId, CabinetTaskKind, EntityKey, GroupId, Observation, ObservationId,
    ObservationSource, Operation, ParticipationState, PersonId, ReconciledAdult, ReconciliationOperation,
    Register, Remembered, RememberedKind, Target,
};
use crate::regulation::{class_teacher_word, role_of_chat, target_title};
use crate::wording::role_genitive;

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
    /// It is this person, and belongs here; remembered as an alias.
    IsPerson(PersonId),
    /// «Уточнить у классного».
    AskTeacher,
    /// «Не из школы»: to be removed.
    NotOurs,
    /// An adult of this child, created with the answer.
    AdultOf { child: PersonId, name: FullName, basis: String },
    /// To be removed in the cabinet or chat: left, wrong role or wrong group.
    Remove(PersonId),
    /// To be removed and invited again in the right role.
    InviteAgain(PersonId),
    /// Nothing is done and nothing is written of the line.
    Nothing,
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
    /// Lines of the list that are people.
    pub lines: u32,
    pub tasks: u32,
    pub closed: u32,
    pub aliases: u32,
    pub new_adults: u32,
    pub missing: u32,
}

/// The one operation that enters a comparison as it was answered, and its numbers.
pub fn reconciliation_operation(
    register: &Register,
    prepared: &PreparedReconciliation,
    answers: &[(u32, LineAnswer)],
    today: Date,
) -> (Operation, ReconciliationCounts) {
    let writer = Writer { register, prepared, answers, today };
    let inside = writer.people_inside();
    let new_adults = writer.new_adults();
    let tasks = writer.tasks();
    let closed = writer.closed(&inside);
    let aliases = writer.aliases();
    let counts = ReconciliationCounts {
        inside: writer.count_inside(&inside, &new_adults),
        lines: prepared.list.lines.len() as u32,
        tasks: tasks.len() as u32,
        closed: closed.len() as u32,
        aliases: aliases.len() as u32,
        new_adults: new_adults.len() as u32,
        missing: prepared.result.missing.len() as u32,
    };
    let keys = |people: &mut dyn Iterator<Item = PersonId>| -> Vec<EntityKey> {
        people.flat_map(|person| writer.keys_of(person)).collect()
    };
    let operation = ReconciliationOperation {
        planned_at: prepared.compared_at,
        target: prepared.scope.target,
        role: Some(prepared.role),
        on: today,
        pasted_hash: prepared.text_hash.clone(),
        counts: vec![
            ("lines", counts.lines),
            ("inside", counts.inside),
            ("missing", counts.missing),
            ("strangers", prepared.result.strangers.len() as u32),
            ("tasks", counts.tasks),
        ],
        observations: vec![Observation {
            id: ObservationId::default(),
            target: prepared.scope.target,
            role: prepared.role,
            on: today,
            source: ObservationSource::Reconciliation,
            joined: counts.inside,
            of: None,
        }],
        joined: keys(&mut inside.iter().copied()),
        not_seen: keys(&mut prepared.result.missing.iter().copied()),
        new_adults,
        new_bonds: Vec::new(),
        tasks,
        closed,
        aliases,
    };
    (Operation::ApplyReconciliation(operation), counts)
}

struct Writer<'a> {
    register: &'a Register,
    prepared: &'a PreparedReconciliation,
    answers: &'a [(u32, LineAnswer)],
    today: Date,
}

impl Writer<'_> {
    /// Certain ones, and those whom the user confirmed.
    fn people_inside(&self) -> BTreeSet<PersonId> {
        let certain = self.prepared.result.present.iter();
        let certain = certain.filter(|found| found.confidence == Confidence::Certain).map(|found| found.person);
        let confirmed = self.answers.iter().filter_map(|(_, answer)| match answer {
            LineAnswer::IsPerson(person) => Some(*person),
            _ => None,
        });
        certain.chain(confirmed).collect()
    }

    /// The records of the scope that say how far a person has come; for parents adult × child.
    fn keys_of(&self, person: PersonId) -> Vec<EntityKey> {
        let group = group_of_scope(self.register, &self.prepared.scope);
        let here = |of: Option<GroupId>| group.is_none() || of == group;
        let own = self
            .register
            .memberships_of_person(person)
            .filter(|one| one.role == self.prepared.role && here(one.group))
            .filter(|one| self.register.is_current(one, self.today))
            .map(|one| EntityKey::from(one.id));
        let mut keys: Vec<EntityKey> = own.collect();
        if self.prepared.role == Role::Parent {
            keys.extend(self.children_here(person).into_iter().map(|(key, _)| key));
        }
        keys
    }

    /// The children of an adult who stand in the scope, with the record of each.
    fn children_here(&self, adult: PersonId) -> Vec<(EntityKey, PersonId)> {
        let links = self.register.guardianships_of_adult(adult);
        links
            .filter(|link| link.until.is_none_or(|until| until >= self.today))
            .filter(|link| self.is_child_here(link.child))
            .map(|link| (link.id.into(), link.child))
            .collect()
    }

    fn is_child_here(&self, child: PersonId) -> bool {
        let group = group_of_scope(self.register, &self.prepared.scope);
        self.register.memberships_of_person(child).any(|one| {
            one.role == Role::Student
                && self.register.is_current(one, self.today)
                && (group.is_none() || one.group == group)
        })
    }

    /// Children with an adult inside, or people; those recorded as «не участвует» and seen are seen.
    fn count_inside(&self, inside: &BTreeSet<PersonId>, new_adults: &[ReconciledAdult]) -> u32 {
        let declined = self.prepared.result.declined_present.iter();
        let declined = declined.filter(|found| found.confidence == Confidence::Certain).map(|found| found.person);
        let everybody: BTreeSet<PersonId> = inside.iter().copied().chain(declined).collect();
        if self.prepared.role != Role::Parent {
            return everybody.iter().filter(|person| !self.keys_of(**person).is_empty()).count() as u32;
        }
        let known = everybody.iter().flat_map(|adult| self.children_here(*adult)).map(|(_, child)| child);
        let made = new_adults.iter().flat_map(|adult| adult.children.iter().map(|(child, _)| *child));
        let children: BTreeSet<PersonId> = known.chain(made.filter(|child| self.is_child_here(*child))).collect();
        children.len() as u32
    }

    fn written(&self, line: u32) -> &str {
        let lines = self.prepared.list.lines.iter();
        lines.clone().find(|known| known.number == line).map_or("", |line| line.written.as_str())
    }

    fn new_adults(&self) -> Vec<ReconciledAdult> {
        let made = self.answers.iter().filter_map(|(line, answer)| match answer {
            LineAnswer::AdultOf { child, name, basis } => Some(ReconciledAdult {
                name: name.clone(),
                phone: None,
                children: vec![(*child, basis.clone())],
                alias_key: Some(alias_key(self.written(*line), &self.prepared.scope)),
            }),
            _ => None,
        });
        made.collect()
    }

    fn aliases(&self) -> Vec<Remembered> {
        let confirmed = self.answers.iter().filter_map(|(line, answer)| match answer {
            LineAnswer::IsPerson(person) => Some(Remembered {
                kind: RememberedKind::PersonAlias,
                key: alias_key(self.written(*line), &self.prepared.scope),
                value: person.to_string(),
                ..Remembered::default()
            }),
            _ => None,
        });
        confirmed.collect()
    }

    fn tasks(&self) -> Vec<Vec<CabinetTask>> {
        let steps = self.answers.iter().map(|(line, answer)| self.steps(*line, answer));
        steps.filter(|steps| !steps.is_empty() && !self.is_asked_already(&steps[0])).collect()
    }

    /// «Уточнить» of the same name in the same place is not asked twice.
    fn is_asked_already(&self, step: &CabinetTask) -> bool {
        self.open_tasks().any(|task| {
            task.kind == step.kind
                && task.person == step.person
                && fold(&task.written_name) == fold(&step.written_name)
        })
    }

    fn open_tasks(&self) -> impl Iterator<Item = &CabinetTask> {
        let target = self.prepared.scope.target;
        let tasks = self.register.tables().cabinet_tasks.values();
        tasks.filter(move |task| task.done_on.is_none() && task.target() == target)
    }

    fn steps(&self, line: u32, answer: &LineAnswer) -> Vec<CabinetTask> {
        let written = self.written(line).to_owned();
        let place = self.place_words();
        let role = role_genitive(self.prepared.role);
        match answer {
            LineAnswer::AskTeacher => vec![self.step(
                CabinetTaskKind::AskTeacher,
                format!("{}, кто это {place}: «{written}»", self.ask_words()),
                None,
                written,
            )],
            LineAnswer::NotOurs => vec![self.step(
                CabinetTaskKind::Remove,
                format!("Удалить {place}: «{written}», не из школы"),
                None,
                written,
            )],
            LineAnswer::Remove(person) => {
                let text = format!("Удалить {place}: {}", self.full_name(*person));
                vec![self.step(CabinetTaskKind::Remove, text, Some(*person), written)]
            }
            LineAnswer::InviteAgain(person) => {
                let name = self.full_name(*person);
                let remove = format!("Удалить {place}: {name}, роль не та");
                let invite = format!("Пригласить заново с верной ролью (не {role}): {name}");
                vec![
                    self.step(CabinetTaskKind::RemoveForRole, remove, Some(*person), written.clone()),
                    self.step(CabinetTaskKind::InviteAgain, invite, Some(*person), written),
                ]
            }
            LineAnswer::IsPerson(_) | LineAnswer::AdultOf { .. } | LineAnswer::Nothing => Vec::new(),
        }
    }

    fn step(
        &self,
        kind: CabinetTaskKind,
        text: String,
        person: Option<PersonId>,
        written_name: String,
    ) -> CabinetTask {
        let chat = match self.prepared.scope.target {
            Target::Chat(chat) => Some(chat),
            _ => None,
        };
        let group = group_of_scope(self.register, &self.prepared.scope);
        let role = Some(self.prepared.role);
        CabinetTask { kind, text, person, group, chat, role, written_name, ..CabinetTask::default() }
    }

    fn full_name(&self, person: PersonId) -> String {
        self.register.person(person).map_or_else(String::new, |person| person.name.full())
    }

    fn place_words(&self) -> String {
        let title = target_title(self.register, self.prepared.scope.target);
        match self.prepared.scope.target {
            Target::Chat(_) => format!("в чате «{title}»"),
            Target::Group(_) => format!("в кабинете, {title}"),
            Target::Organization => "в кабинете, вся организация".into(),
        }
    }

    fn ask_words(&self) -> &'static str {
        let group = group_of_scope(self.register, &self.prepared.scope);
        match group.and_then(|group| self.register.group(group)).map(|group| class_teacher_word(group.kind)) {
            Some("куратор") => "Уточнить у куратора",
            Some("воспитатель") => "Уточнить у воспитателя",
            Some(word) if word.starts_with("классный") => "Уточнить у классного руководителя",
            _ => "Уточнить",
        }
    }

    /// Open steps that the list proves done: who was to be removed is gone, who was to be invited is there, who was
    /// asked about is known or gone.
    fn closed(&self, inside: &BTreeSet<PersonId>) -> Vec<CabinetTaskId> {
        let result = &self.prepared.result;
        let others = [&result.left, &result.wrong_role, &result.wrong_group, &result.declined_present];
        let found: BTreeSet<PersonId> = others
            .into_iter()
            .flatten()
            .map(|found| found.person)
            .chain(result.present.iter().map(|found| found.person))
            .chain(result.undecided.iter().copied())
            .chain(inside.iter().copied())
            .collect();
        let names: BTreeSet<String> = self.prepared.list.lines.iter().map(|line| fold(&line.written)).collect();
        let asked: BTreeSet<String> = self
            .answers
            .iter()
            .filter(|(_, answer)| *answer == LineAnswer::AskTeacher)
            .map(|(line, _)| fold(self.written(*line)))
            .collect();
        let is_proved = |task: &CabinetTask| {
            let name = fold(&task.written_name);
            let is_gone = task.person.is_none_or(|person| !found.contains(&person))
                && (name.is_empty() || !names.contains(&name))
                && (task.person.is_some() || !name.is_empty());
            match task.kind {
                CabinetTaskKind::Remove | CabinetTaskKind::RemoveForRole => is_gone,
                CabinetTaskKind::AskTeacher => !name.is_empty() && !asked.contains(&name),
                CabinetTaskKind::Invite | CabinetTaskKind::InviteAgain => {
                    task.person.is_some_and(|person| inside.contains(&person))
                }
                _ => false,
            }
        };
        let of_role = |task: &CabinetTask| task.role.is_none_or(|role| role == self.prepared.role);
        self.open_tasks().filter(|task| of_role(task) && is_proved(task)).map(|task| task.id).collect()
    }
}
