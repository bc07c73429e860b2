//! Join requests against the roster (duty 2.3-6): «наш» with the reason, «нет такого», or a sign of trouble. The
//! administrator decides; nothing is accepted by itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::outcome::{Confidence, Match};
use super::{MemberList, ReconcileScope, read_member_list, reconcile};
use crate::names::{Role, fold, group_key};
use crate::register::{
    CabinetTask, CabinetTaskKind, GroupId, JoinRequest, JoinRequestId, ParticipationState, PersonId,
    Register, RequestAnswer, SchoolYear, Target,
};
use crate::wording::{list_of, role_name};

/// Who a request comes from, by the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestVerdict {
    /// «Наш».
    Ours { person: PersonId, confidence: Confidence, why: String },
    /// Several people fit: the user chooses.
    Several { candidates: Vec<PersonId>, why: String },
    /// «Нет такого»; the children whose adult this may be.
    Unknown { children: Vec<PersonId>, why: String },
}

/// What is to be looked at before a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestSign {
    /// The register knows the person in another role only.
    RoleDoesNotFit { detail: String },
    /// Of another group.
    OtherGroup { detail: String },
    /// Inside already, as of a day where it is known: perhaps a second account.
    AlreadyInside { as_of: Option<Date> },
    /// Выбыл.
    Left { detail: String },
    /// Holds these roles besides the one asked for.
    SecondRole { roles: Vec<Role> },
    /// A role of the staff is asked for by nobody of the register.
    StaffRoleByUnknown,
    /// A second request under the name of somebody of the staff who is inside already: ask them by another way.
    StaffNameAgain,
    /// Recorded as «не участвует»: the family may have changed its mind [R 1.8].
    RecordedAsNotParticipating,
    /// Another request of the same person waits.
    Twice,
    /// An adult whose access to the child is restricted; where the papers are kept.
    Restricted { papers: String },
    /// Among the people or families this may be, somebody's access is restricted.
    MayBeRestricted { papers: String },
}

impl RequestSign {
    /// The sign in words, lower case.
    pub fn words(&self) -> String {
        match self {
            RequestSign::RoleDoesNotFit { detail } => format!("роль не подходит: {detail}"),
            RequestSign::OtherGroup { detail } => format!("из другой группы: {detail}"),
            RequestSign::AlreadyInside { as_of: Some(day) } => {
                format!("уже внутри на {}", day.strftime("%d.%m.%Y"))
            }
            RequestSign::AlreadyInside { as_of: None } => "уже внутри".into(),
            RequestSign::Left { detail } => format!("выбыл: {detail}"),
            RequestSign::SecondRole { roles } => {
                let words: Vec<&str> = roles.iter().map(|role| role_name(*role)).collect();
                format!("вторая роль, также {}", list_of(&words, 4))
            }
            RequestSign::StaffRoleByUnknown => "роль сотрудника просит неизвестный".into(),
            RequestSign::StaffNameAgain => {
                "имя сотрудника, который уже внутри: уточните у него самого".into()
            }
            RequestSign::RecordedAsNotParticipating => "в реестре отмечено «не участвует»".into(),
            RequestSign::Twice => "вторая заявка того же человека".into(),
            RequestSign::Restricted { papers } => format!("доступ к ребёнку ограничен, бумага: {papers}"),
            RequestSign::MayBeRestricted { papers } => {
                format!("возможно, взрослый, чей доступ ограничен, бумага: {papers}")
            }
        }
    }

    /// Whether the request should not be accepted before it is cleared up.
    pub fn is_trouble(&self) -> bool {
        !matches!(self, RequestSign::SecondRole { .. } | RequestSign::RecordedAsNotParticipating)
    }
}

/// A request with what the roster says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedRequest {
    pub request: JoinRequestId,
    pub verdict: RequestVerdict,
    pub signs: Vec<RequestSign>,
}

impl JudgedRequest {
    /// Who it is, where that is certain.
    pub fn certain_person(&self) -> Option<PersonId> {
        match &self.verdict {
            RequestVerdict::Ours { person, confidence: Confidence::Certain, .. } => Some(*person),
            _ => None,
        }
    }

    /// Certain, and nothing speaks against it.
    pub fn is_clear(&self) -> bool {
        self.certain_person().is_some() && !self.signs.iter().any(RequestSign::is_trouble)
    }

    /// «наш: фамилия и имя; роль не подходит: …», lower case, with names.
    pub fn words(&self, register: &Register) -> String {
        let name = |person: &PersonId| {
            register.person(*person).map_or_else(|| format!("№ {person}"), |person| person.name.full())
        };
        let verdict = match &self.verdict {
            RequestVerdict::Ours { person, confidence: Confidence::Certain, why } => {
                format!("наш: {} ({why})", name(person))
            }
            RequestVerdict::Ours { person, why, .. } => format!("похоже, наш: {} ({why})", name(person)),
            RequestVerdict::Several { candidates, .. } => {
                let names: Vec<String> = candidates.iter().map(name).collect();
                format!("подходит несколько: {}", list_of(&names, 3))
            }
            RequestVerdict::Unknown { children, .. } if !children.is_empty() => {
                let names: Vec<String> = children.iter().map(name).collect();
                format!("нет такого; возможно, взрослый ребёнка: {}", list_of(&names, 3))
            }
            RequestVerdict::Unknown { .. } => "нет такого".to_owned(),
        };
        let signs = self.signs.iter().map(RequestSign::words);
        std::iter::once(verdict).chain(signs).collect::<Vec<_>>().join("; ")
    }
}

/// Judges one request; see [`judge_requests`].
pub fn judge_request(register: &Register, request: &JoinRequest, today: Date) -> JudgedRequest {
    let judged = judge_requests(register, std::iter::once(request), today).pop();
    judged.unwrap_or_else(|| unknown(request.id))
}

fn unknown(request: JoinRequestId) -> JudgedRequest {
    let verdict = RequestVerdict::Unknown { children: Vec::new(), why: String::new() };
    JudgedRequest { request, verdict, signs: Vec::new() }
}

/// Judges requests, in their order. Those to one place in one role are compared with the roster at once.
pub fn judge_requests<'a>(
    register: &Register,
    requests: impl Iterator<Item = &'a JoinRequest>,
    today: Date,
) -> Vec<JudgedRequest> {
    let requests: Vec<&JoinRequest> = requests.collect();
    let mut by_place: BTreeMap<(Target, Role), Vec<usize>> = BTreeMap::new();
    for (place, request) in requests.iter().enumerate() {
        by_place.entry((request.target, request.role)).or_default().push(place);
    }
    let mut judged: Vec<JudgedRequest> = requests.iter().map(|request| unknown(request.id)).collect();
    for ((target, role), places) in by_place {
        let mut list = MemberList::default();
        for place in &places {
            let written = read_member_list(&requests[*place].written_name).lines.into_iter().next();
            // The number of the line is the place of the request.
            list.lines.extend(written.map(|mut line| {
                line.number = u32::try_from(*place).unwrap_or(u32::MAX);
                line.role = None;
                line
            }));
        }
        let scope = ReconcileScope { target, role: Some(role) };
        let mut judge = Judge { register, requests: &requests, scope, today, judged: &mut judged };
        judge.judge(&list);
    }
    judged
}

struct Judge<'a> {
    register: &'a Register,
    requests: &'a [&'a JoinRequest],
    scope: ReconcileScope,
    today: Date,
    judged: &'a mut Vec<JudgedRequest>,
}

impl Judge<'_> {
    fn judge(&mut self, list: &MemberList) {
        let result = reconcile(self.register, &self.scope, list, self.today);
        for found in &result.present {
            self.found(found, None);
        }
        for found in &result.declined_present {
            self.found(found, Some(RequestSign::RecordedAsNotParticipating));
        }
        for found in &result.left {
            self.found(found, Some(RequestSign::Left { detail: found.detail.clone() }));
        }
        for found in &result.wrong_role {
            self.found(found, Some(RequestSign::RoleDoesNotFit { detail: found.detail.clone() }));
        }
        for found in &result.wrong_group {
            self.found(found, Some(RequestSign::OtherGroup { detail: found.detail.clone() }));
        }
        for line in &result.several {
            let verdict =
                RequestVerdict::Several { candidates: line.candidates.clone(), why: line.why.clone() };
            let papers = self.papers_of(line.candidates.iter().copied());
            let signs = papers.map(|papers| RequestSign::MayBeRestricted { papers });
            self.put(line.line, verdict, signs.into_iter().collect());
        }
        for line in &result.strangers {
            let verdict = RequestVerdict::Unknown { children: line.children.clone(), why: line.why.clone() };
            let asks_staff = self.scope.role.is_some_and(Role::is_staff);
            let mut signs = if asks_staff { vec![RequestSign::StaffRoleByUnknown] } else { Vec::new() };
            let register = self.register;
            let adults =
                line.children.iter().flat_map(|child| register.current_guardians(*child, self.today));
            let papers = self.papers_of(adults.map(|bond| bond.adult));
            signs.extend(papers.map(|papers| RequestSign::MayBeRestricted { papers }));
            self.put(line.line, verdict, signs);
        }
        for twice in &result.twice {
            let first = twice.lines.first().copied();
            for line in twice.lines.iter().skip(1) {
                let why = first
                    .and_then(|first| self.judged.get(first as usize))
                    .map(|judged| judged.verdict.clone());
                let verdict = why.unwrap_or_else(|| RequestVerdict::Ours {
                    person: twice.person,
                    confidence: Confidence::Likely,
                    why: String::new(),
                });
                self.put(*line, verdict, vec![RequestSign::Twice]);
            }
        }
    }

    fn put(&mut self, line: u32, verdict: RequestVerdict, signs: Vec<RequestSign>) {
        if let Some(judged) = self.judged.get_mut(line as usize) {
            (judged.verdict, judged.signs) = (verdict, signs);
        }
    }

    fn found(&mut self, found: &Match, sign: Option<RequestSign>) {
        let asked = self.requests.get(found.line as usize).map(|request| request.role);
        let papers = self.papers_of(std::iter::once(found.person));
        let restricted = papers.map(|papers| RequestSign::Restricted { papers });
        let mut signs: Vec<RequestSign> = restricted.into_iter().chain(sign).collect();
        let roles = self.roles_of(found.person);
        if let Some(as_of) = self.inside_since(found.person, asked) {
            let is_staff = roles.iter().any(|role| role.is_staff());
            signs.push(RequestSign::AlreadyInside { as_of });
            if is_staff {
                signs.push(RequestSign::StaffNameAgain);
            }
        }
        let fits = signs.iter().all(|sign| !matches!(sign, RequestSign::RoleDoesNotFit { .. }));
        let others: Vec<Role> = roles.into_iter().filter(|role| Some(*role) != asked).collect();
        if fits && !others.is_empty() {
            signs.push(RequestSign::SecondRole { roles: others });
        }
        let verdict = RequestVerdict::Ours {
            person: found.person,
            confidence: found.confidence,
            why: found.why.clone(),
        };
        self.put(found.line, verdict, signs);
    }

    /// Where the papers about restricted access of these people to children of this place are kept; `None`: there are
    /// none.
    fn papers_of(&self, people: impl Iterator<Item = PersonId>) -> Option<String> {
        let group = self.register.group_of_target(self.scope.target);
        let papers: BTreeSet<String> = people
            .flat_map(|person| self.register.restrictions_at(person, group, self.today))
            .map(|restriction| restriction.paper)
            .collect();
        let papers: Vec<String> = papers.into_iter().collect();
        (!papers.is_empty()).then(|| list_of(&papers, 3))
    }

    fn roles_of(&self, person: PersonId) -> BTreeSet<Role> {
        let register = self.register;
        let memberships = register.memberships_of_person(person);
        let mut roles: BTreeSet<Role> = memberships
            .filter(|membership| register.is_current(membership, self.today))
            .map(|membership| membership.role)
            .collect();
        let mut bonds = register.guardianships_of_adult(person);
        if bonds.any(|bond| bond.until.is_none_or(|until| until >= self.today)) {
            roles.insert(Role::Parent);
        }
        roles
    }

    /// Since when a person stands as inside this very place in the asked role; the outer `None`: does not.
    fn inside_since(&self, person: PersonId, asked: Option<Role>) -> Option<Option<Date>> {
        let is_inside = |state| matches!(state, ParticipationState::Joined | ParticipationState::Confirmed);
        let group = self.register.group_of_target(self.scope.target);
        if asked == Some(Role::Parent) {
            let of_group = |child: PersonId| {
                self.register
                    .memberships_of_person(child)
                    .any(|membership| group.is_none() || membership.group == group)
            };
            return self
                .register
                .guardianships_of_adult(person)
                .filter(|bond| of_group(bond.child))
                .find(|bond| is_inside(bond.participation.state))
                .map(|bond| bond.participation.as_of);
        }
        self.register
            .memberships_of_person(person)
            .filter(|membership| {
                Some(membership.role) == asked
                    && (membership.role.is_staff() || group.is_none() || membership.group == group)
                    && self.register.is_current(membership, self.today)
            })
            .find(|membership| is_inside(membership.participation.state))
            .map(|membership| membership.participation.as_of)
    }
}

/// The answer to a request with the step that follows in the cabinet.
pub fn answer_to_request(
    seen: &Arc<JoinRequest>,
    place_title: &str,
    accepted: bool,
    reason: &str,
    person: Option<PersonId>,
    group: Option<GroupId>,
) -> RequestAnswer {
    let (kind, verb) = match accepted {
        true => (CabinetTaskKind::AcceptRequest, "Принять"),
        false => (CabinetTaskKind::DeclineRequest, "Отклонить"),
    };
    let chat = match seen.target {
        Target::Chat(chat) => Some(chat),
        Target::Organization | Target::Group(_) => None,
    };
    let step = CabinetTask {
        text: format!("{verb} заявку в «{place_title}»: «{}», {}", seen.written_name, role_name(seen.role)),
        kind,
        group,
        chat,
        person: person.or(seen.person),
        role: Some(seen.role),
        written_name: seen.written_name.clone(),
        ..CabinetTask::default()
    };
    RequestAnswer { seen: seen.clone(), accepted, reason: reason.to_owned(), person, steps: vec![step] }
}

/// A request read from pasted text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRequest {
    /// Number of the line, from 1.
    pub line: u32,
    pub written_name: String,
    /// As the line says; else as given for all.
    pub role: Option<Role>,
    pub target: Option<Target>,
    /// The same request waits already.
    pub known: Option<JoinRequestId>,
}

/// Reads requests copied from the cabinet: a name on a line, beside or below it a role; a class label in the line
/// («7Б») is looked for among the groups of the year.
pub fn read_requests(
    register: &Register,
    text: &str,
    year: SchoolYear,
    target: Option<Target>,
    role: Option<Role>,
) -> Vec<ReadRequest> {
    let mut groups: BTreeMap<String, Option<GroupId>> = BTreeMap::new();
    for group in register.groups_in_year(year) {
        groups.entry(group_key(&group.label)).and_modify(|known| *known = None).or_insert(Some(group.id));
    }
    let waiting = |name: &str, target: Option<Target>| {
        let requests = register.tables().join_requests.values();
        requests
            .filter(|request| request.decision.is_none() && Some(request.target) == target)
            .find(|request| fold(&request.written_name) == fold(name))
            .map(|request| request.id)
    };
    let lines = read_member_list(text).lines.into_iter();
    lines
        .map(|line| {
            let group = line.group.as_deref().and_then(|key| groups.get(key).copied().flatten());
            let target = group.map(Target::Group).or(target);
            ReadRequest {
                line: line.number,
                role: line.role.or(role),
                target,
                known: waiting(&line.written, target),
                written_name: line.written,
            }
        })
        .collect()
}
