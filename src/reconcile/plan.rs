//! From a compared list to one operation: what was seen, who is inside, what is to be done in the cabinet and which
//! steps the list proves done. Only what is certain or was answered is applied; a likely match waits for its tick.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::answers::{LineAnswer, LineAnswers};
use super::member_line::MemberLine;
use super::outcome::{Confidence, Match};
use super::place::Place;
use super::{MemberList, ReconcileScope, Reconciliation, alias_key, reconcile_answered};
use crate::names::{Role, fold};
use crate::register::{
    CabinetTask, CabinetTaskId, CabinetTaskKind, ChatKind, EntityKey, Observation, ObservationId,
    ObservationSource, PersonId, ReconciledAdult, ReconciledBond, ReconciliationOperation, Register,
    Remembered, RememberedKind, Target,
};
use crate::wording::role_name;

/// Who of the missing becomes a task «пригласить».
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WhomToInvite {
    /// Taking part is voluntary [R 1.8]: nobody by itself.
    #[default]
    Nobody,
    Everybody,
    These(BTreeSet<PersonId>),
}

/// What a plan is made of.
#[derive(Clone, Copy, Debug)]
pub struct PlanRequest<'a> {
    pub scope: ReconcileScope,
    /// What the place is called on screen: «Родители 7Б».
    pub place_title: &'a str,
    pub list: &'a MemberList,
    pub answers: &'a LineAnswers,
    pub invite: &'a WhomToInvite,
    /// The day on which the list was seen.
    pub on: Date,
    /// SHA-256 of the pasted text in hex.
    pub pasted_hash: &'a str,
}

/// A compared list and the operation that enters it.
#[derive(Clone, Debug)]
pub struct ReconcilePlan {
    pub result: Reconciliation,
    pub operation: ReconciliationOperation,
}

/// Plans what a member list changes. Rests on the register as of its revision; `decide` refuses a later one.
pub fn plan_reconciliation(register: &Register, request: &PlanRequest<'_>, today: Date) -> ReconcilePlan {
    let result = reconcile_answered(register, &request.scope, request.list, request.answers, today);
    let place = Place::of(register, request.scope, today);
    let operation = operation_of(register, request, &result, &place, today);
    ReconcilePlan { result, operation }
}

/// The operation that enters a result.
pub(super) fn operation_of(
    register: &Register,
    request: &PlanRequest<'_>,
    result: &Reconciliation,
    place: &Place,
    today: Date,
) -> ReconciliationOperation {
    let planner = Planner {
        register,
        request,
        result,
        place,
        lines: request.list.lines.iter().map(|line| (line.number, line)).collect(),
        today,
    };
    ReconciliationOperation {
        planned_at: register.revision,
        target: request.scope.target,
        role: request.scope.role,
        on: request.on,
        pasted_hash: request.pasted_hash.to_owned(),
        counts: planner.counts(),
        observations: planner.observations(),
        joined: planner.joined(),
        not_seen: planner.not_seen(),
        new_adults: planner.new_adults(),
        new_bonds: planner.new_bonds(),
        tasks: planner.tasks(),
        closed: planner.closed(),
        aliases: planner.aliases(),
    }
}

struct Planner<'a> {
    register: &'a Register,
    request: &'a PlanRequest<'a>,
    result: &'a Reconciliation,
    place: &'a Place,
    lines: BTreeMap<u32, &'a MemberLine>,
    today: Date,
}

impl Planner<'_> {
    fn counts(&self) -> Vec<(&'static str, u32)> {
        let result = self.result;
        [
            ("lines", self.request.list.lines.len()),
            ("inside", result.inside()),
            ("missing", result.missing.len()),
            ("strangers", result.strangers.len()),
            ("several", result.several.len()),
            ("left", result.left.len()),
            ("wrong_role", result.wrong_role.len()),
            ("wrong_group", result.wrong_group.len()),
            ("declined_present", result.declined_present.len()),
            ("ignored", result.ignored.len()),
        ]
        .into_iter()
        .map(|(name, count)| (name, u32::try_from(count).unwrap_or(u32::MAX)))
        .collect()
    }

    /// Everybody who belongs here and is inside; a likely match is a head as well, only its name waits for a tick.
    fn inside(&self) -> impl Iterator<Item = &Match> {
        self.result.present.iter().chain(&self.result.declined_present)
    }

    fn certain_inside(&self) -> impl Iterator<Item = PersonId> {
        self.inside().filter(|found| found.confidence == Confidence::Certain).map(|found| found.person)
    }

    /// One for each role that was looked at; of a chat of any other kind nothing can be counted.
    fn observations(&self) -> Vec<Observation> {
        let people: BTreeSet<PersonId> = self.inside().map(|found| found.person).collect();
        let seen = |role: &Role| {
            let joined = match role {
                Role::Parent => self.children_with_an_adult(&people),
                role => people.iter().filter(|person| self.holds(**person, *role)).count(),
            };
            Observation {
                id: ObservationId::default(),
                target: self.request.scope.target,
                role: *role,
                on: self.request.on,
                source: ObservationSource::Reconciliation,
                joined: u32::try_from(joined).unwrap_or(u32::MAX),
                of: None,
            }
        };
        let asked = |role: &&Role| self.request.scope.role == Some(**role) || self.has_members(**role);
        self.place.roles.iter().filter(asked).map(seen).collect()
    }

    /// Whether anybody of the role belongs here: in a class without teachers of its own nobody is nought of them.
    fn has_members(&self, role: Role) -> bool {
        match role {
            Role::Parent => !self.place.children.is_empty(),
            role => self.place.members().any(|person| self.holds(person, role)),
        }
    }

    fn holds(&self, person: PersonId, role: Role) -> bool {
        let group = self.group();
        let teaches_here = role == Role::Teacher
            && group.is_some_and(|group| {
                self.register.class_teachers(group, self.today).any(|assignment| assignment.person == person)
            });
        teaches_here
            || self.register.memberships_of_person(person).any(|membership| {
                membership.role == role
                    && (role.is_staff() || group.is_none() || membership.group == group)
                    && self.register.is_current(membership, self.today)
            })
    }

    fn group(&self) -> Option<crate::register::GroupId> {
        self.register.group_of_target(self.request.scope.target)
    }

    fn children_with_an_adult(&self, people: &BTreeSet<PersonId>) -> usize {
        let entered: BTreeSet<PersonId> = self
            .request
            .answers
            .values()
            .flat_map(|answer| match answer {
                LineAnswer::AdultOf { child, .. } => vec![*child],
                LineAnswer::NewAdult(adult) => adult.children.iter().map(|(child, _)| *child).collect(),
                _ => Vec::new(),
            })
            .collect();
        let has_one = |child: &&PersonId| {
            entered.contains(*child)
                || self
                    .register
                    .current_guardians(**child, self.today)
                    .any(|bond| people.contains(&bond.adult))
        };
        self.place.children.iter().filter(has_one).count()
    }

    /// The memberships and guardianships through which somebody is here.
    fn bonds_here(&self, person: PersonId) -> Vec<EntityKey> {
        if self.is_apart() {
            return Vec::new();
        }
        let roles = &self.place.roles;
        let group = self.group();
        let memberships = self.register.memberships_of_person(person).filter(|membership| {
            roles.contains(&membership.role)
                && (membership.role.is_staff() || group.is_none() || membership.group == group)
                && self.register.is_current(membership, self.today)
        });
        let mut keys: Vec<EntityKey> = memberships.map(|membership| membership.id.into()).collect();
        if roles.contains(&Role::Parent) {
            let of_children = self.register.guardianships_of_adult(person).filter(|bond| {
                bond.until.is_none_or(|until| until >= self.today)
                    && self.place.children.binary_search(&bond.child).is_ok()
            });
            keys.extend(of_children.map(|bond| EntityKey::from(bond.id)));
        }
        keys
    }

    /// Who is in «Физика» says nothing of who takes part in the class.
    fn is_apart(&self) -> bool {
        match self.request.scope.target {
            Target::Chat(chat) => self
                .register
                .chat(chat)
                .is_none_or(|chat| matches!(chat.kind, ChatKind::Subject | ChatKind::Other)),
            Target::Organization | Target::Group(_) => false,
        }
    }

    fn joined(&self) -> Vec<EntityKey> {
        let people: BTreeSet<PersonId> = self.certain_inside().collect();
        people.into_iter().flat_map(|person| self.bonds_here(person)).collect()
    }

    fn not_seen(&self) -> Vec<EntityKey> {
        self.result.missing.iter().flat_map(|person| self.bonds_here(*person)).collect()
    }

    fn new_adults(&self) -> Vec<ReconciledAdult> {
        let of_line = |(number, answer): (&u32, &LineAnswer)| {
            let LineAnswer::NewAdult(adult) = answer else { return None };
            let line = self.lines.get(number)?;
            Some(ReconciledAdult {
                name: adult.name.clone(),
                phone: line.phone.clone(),
                children: adult.children.clone(),
                alias_key: Some(alias_key(&line.written, &self.request.scope)),
            })
        };
        self.request.answers.iter().filter_map(of_line).collect()
    }

    fn new_bonds(&self) -> Vec<ReconciledBond> {
        let of_line = |(number, answer): (&u32, &LineAnswer)| match answer {
            LineAnswer::AdultOf { adult, child, basis } if self.lines.contains_key(number) => {
                Some(ReconciledBond { adult: *adult, child: *child, basis: basis.clone() })
            }
            _ => None,
        };
        self.request.answers.iter().filter_map(of_line).collect()
    }

    /// Answers are remembered, unless two members bear the same written name.
    fn aliases(&self) -> Vec<Remembered> {
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        for line in &self.request.list.lines {
            *times.entry(fold(&line.written)).or_default() += 1;
        }
        let of_line = |(number, answer): (&u32, &LineAnswer)| {
            let person = match answer {
                LineAnswer::Person(person) | LineAnswer::AdultOf { adult: person, .. } => *person,
                _ => return None,
            };
            let line = self.lines.get(number)?;
            (times.get(&fold(&line.written)) == Some(&1)).then(|| Remembered {
                kind: RememberedKind::PersonAlias,
                key: alias_key(&line.written, &self.request.scope),
                value: person.to_string(),
                ..Remembered::default()
            })
        };
        self.request.answers.iter().filter_map(of_line).collect()
    }

    fn task(&self, kind: CabinetTaskKind, text: String) -> CabinetTask {
        let chat = match self.request.scope.target {
            Target::Chat(chat) => Some(chat),
            Target::Organization | Target::Group(_) => None,
        };
        CabinetTask { kind, text, group: self.group(), chat, ..CabinetTask::default() }
    }

    fn tasks(&self) -> Vec<Vec<CabinetTask>> {
        let mut tasks: Vec<Vec<CabinetTask>> = Vec::new();
        let certain = |list: &[Match]| -> Vec<Match> {
            list.iter().filter(|found| found.confidence == Confidence::Certain).cloned().collect()
        };
        for found in certain(&self.result.left).iter().chain(&certain(&self.result.wrong_group)) {
            tasks.push(vec![self.removal(CabinetTaskKind::Remove, found)]);
        }
        for found in &certain(&self.result.wrong_role) {
            tasks.push(self.role_change(found));
        }
        for stranger in &self.result.strangers {
            tasks.extend(self.of_stranger(stranger.line).map(|task| vec![task]));
        }
        for person in self.result.missing.iter().filter(|person| self.is_invited(**person)) {
            let text = format!("Пригласить в «{}»: {}", self.request.place_title, self.name(*person));
            let role = self.place.roles.iter().copied().find(|role| match role {
                Role::Parent => self.register.guardianships_of_adult(*person).next().is_some(),
                role => self.holds(*person, *role),
            });
            let task = self.task(CabinetTaskKind::Invite, text);
            tasks.push(vec![CabinetTask { person: Some(*person), role, ..task }]);
        }
        tasks.retain(|steps| steps.first().is_some_and(|step| !self.is_open_already(step)));
        tasks
    }

    fn is_invited(&self, person: PersonId) -> bool {
        match self.request.invite {
            WhomToInvite::Nobody => false,
            WhomToInvite::Everybody => true,
            WhomToInvite::These(people) => people.contains(&person),
        }
    }

    fn name(&self, person: PersonId) -> String {
        self.register.person(person).map_or_else(|| format!("№ {person}"), |person| person.name.full())
    }

    fn written(&self, line: u32) -> String {
        self.lines.get(&line).map_or_else(String::new, |line| line.written.clone())
    }

    fn removal(&self, kind: CabinetTaskKind, found: &Match) -> CabinetTask {
        let written = self.written(found.line);
        let text = format!(
            "Удалить из «{}»: {}, в списке «{written}» ({})",
            self.request.place_title,
            self.name(found.person),
            found.detail
        );
        CabinetTask { person: Some(found.person), written_name: written, ..self.task(kind, text) }
    }

    /// A role is not changed in place: removed, then invited again [pub, weak].
    fn role_change(&self, found: &Match) -> Vec<CabinetTask> {
        let role = Role::ALL.into_iter().find(|role| match role {
            Role::Parent => self.register.guardianships_of_adult(found.person).next().is_some(),
            role => self.register.memberships_of_person(found.person).any(|membership| {
                membership.role == *role && self.register.is_current(membership, self.today)
            }),
        });
        let first = self.removal(CabinetTaskKind::RemoveForRole, found);
        // Somebody of another role belongs elsewhere; only who belongs here comes back here.
        if self.place.belonging_of(found.person).is_none() {
            return vec![CabinetTask { kind: CabinetTaskKind::Remove, ..first }];
        }
        let as_whom = role.map_or_else(String::new, |role| format!(" в роли «{}»", role_name(role)));
        let text = format!(
            "Пригласить заново в «{}»{as_whom}: {}",
            self.request.place_title,
            self.name(found.person)
        );
        let second = self.task(CabinetTaskKind::InviteAgain, text);
        let second = CabinetTask { person: Some(found.person), role, ..second };
        vec![CabinetTask { role, ..first }, second]
    }

    fn of_stranger(&self, line: u32) -> Option<CabinetTask> {
        let written = self.written(line);
        let place = self.request.place_title;
        let (kind, text) = match self.request.answers.get(&line) {
            None | Some(LineAnswer::AskTeacher) => (
                CabinetTaskKind::AskTeacher,
                format!("Уточнить у классного руководителя, кто это в «{place}»: «{written}»"),
            ),
            Some(LineAnswer::Remove) => (
                CabinetTaskKind::Remove,
                format!("Удалить из «{place}»: «{written}», в реестре такого человека нет"),
            ),
            Some(_) => return None,
        };
        Some(CabinetTask { written_name: written, ..self.task(kind, text) })
    }

    /// Open steps of this place.
    fn open_here(&self) -> impl Iterator<Item = &CabinetTask> {
        let here = self.request.scope.target;
        let tasks = self.register.tables().cabinet_tasks.values();
        tasks.filter(move |task| task.done_on.is_none() && task.target() == here)
    }

    /// The same matter is open already; of a stranger the question may have become a removal.
    fn is_open_already(&self, wanted: &CabinetTask) -> bool {
        self.open_here().any(|task| {
            task.kind == wanted.kind
                && task.person == wanted.person
                && (wanted.person.is_some() || fold(&task.written_name) == fold(&wanted.written_name))
        })
    }

    /// Open steps that the list proves done: who is to go is not there, who is to come is, a question is answered.
    fn closed(&self) -> Vec<CabinetTaskId> {
        let result = self.result;
        let mut there: BTreeSet<PersonId> = BTreeSet::new();
        let lists = [
            &result.present,
            &result.declined_present,
            &result.left,
            &result.wrong_role,
            &result.wrong_group,
        ];
        there.extend(lists.into_iter().flatten().map(|found| found.person));
        there.extend(result.several.iter().flat_map(|line| line.candidates.iter().copied()));
        let right: BTreeSet<PersonId> = self.certain_inside().collect();
        let strange: BTreeSet<String> =
            result.strangers.iter().map(|line| fold(&self.written(line.line))).collect();
        let written: BTreeSet<String> =
            self.request.list.lines.iter().map(|line| fold(&line.written)).collect();
        let is_proved = |task: &&CabinetTask| {
            let name = fold(&task.written_name);
            let name_is_gone = name.is_empty() || !written.contains(&name);
            match (task.kind, task.person) {
                (CabinetTaskKind::Remove, Some(person)) => {
                    !there.contains(&person) && name_is_gone || right.contains(&person)
                }
                (CabinetTaskKind::RemoveForRole, Some(person)) => {
                    !there.contains(&person) && name_is_gone || right.contains(&person)
                }
                (CabinetTaskKind::Invite | CabinetTaskKind::InviteAgain, Some(person)) => {
                    right.contains(&person)
                }
                (CabinetTaskKind::Remove, None) => !name.is_empty() && name_is_gone,
                (CabinetTaskKind::AskTeacher, _) if !name.is_empty() => {
                    let answered = self.answered(&name);
                    name_is_gone || answered || !strange.contains(&name) && self.is_known(&name)
                }
                _ => false,
            }
        };
        self.open_here().filter(is_proved).map(|task| task.id).collect()
    }

    /// The user has just said who, or what, the written name is.
    fn answered(&self, name: &str) -> bool {
        self.request
            .answers
            .iter()
            .any(|(line, answer)| *answer != LineAnswer::AskTeacher && fold(&self.written(*line)) == name)
    }

    /// The written name is now somebody for certain.
    fn is_known(&self, name: &str) -> bool {
        let result = self.result;
        let lists = [
            &result.present,
            &result.declined_present,
            &result.left,
            &result.wrong_role,
            &result.wrong_group,
        ];
        lists
            .into_iter()
            .flatten()
            .any(|found| found.confidence == Confidence::Certain && fold(&self.written(found.line)) == name)
    }
}
