//! The result: every line in one list, and who of the expected was not found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::assignment::Chosen;
use super::member_line::MemberLine;
use super::member_list::{IgnoredLine, MemberList};
use super::place::{Belonging, Place};
use crate::names::Role;
use crate::register::{PersonId, Register, Restriction};
use crate::wording::{list_of, role_name};

/// How sure a match is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Confidence {
    /// Cannot be somebody else: may be applied at once.
    Certain,
    /// Needs a tick.
    Likely,
}

impl Confidence {
    /// The word in JSON: `certain`, `likely`.
    pub fn code(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Likely => "likely",
        }
    }
}

/// A line that is one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Number of the line in the pasted text.
    pub line: u32,
    pub person: PersonId,
    pub confidence: Confidence,
    /// What agreed: «уменьшительное «Саша» и фамилия».
    pub why: String,
    /// What is wrong about the person here: «по реестру 7А», «выбыл 03.09.2026»; empty for the present.
    pub detail: String,
}

/// A line that several people fit, or that somebody found elsewhere fits: the user chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Several {
    pub line: u32,
    /// The best first, at most [`super::MOST_CANDIDATES`].
    pub candidates: Vec<PersonId>,
    pub why: String,
}

/// A line that nobody of the register fits. First of all a question to the class teacher, not a removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    pub line: u32,
    /// Children whose adult this may be («взрослый ребёнка…»).
    pub children: Vec<PersonId>,
    pub why: String,
}

/// Several lines that are certainly one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twice {
    pub person: PersonId,
    pub lines: Vec<u32>,
}

/// A member list compared with the register. Every line stands in one list, a second line of one person in `twice`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Belong here and are inside.
    pub present: Vec<Match>,
    pub several: Vec<Several>,
    /// Belong here and were not found; nobody who declined, was not invited or is away for long.
    pub missing: Vec<PersonId>,
    pub strangers: Vec<Stranger>,
    /// Выбыл, но там.
    pub left: Vec<Match>,
    /// In another role than the register knows.
    pub wrong_role: Vec<Match>,
    /// In the right role, of another group.
    pub wrong_group: Vec<Match>,
    /// Recorded as «не участвует», and inside: the record is older than the list, nothing more.
    pub declined_present: Vec<Match>,
    pub twice: Vec<Twice>,
    pub ignored: Vec<IgnoredLine>,
    /// Adults who are not inside while another adult of each of their children is: nobody misses them.
    pub covered_by_other_adult: Vec<PersonId>,
    /// Not found and only named among the candidates of a line: neither missing nor present yet.
    pub undecided: Vec<PersonId>,
    /// Found inside although their access to a child of this place is restricted.
    pub restricted: Vec<Restriction>,
}

impl Reconciliation {
    /// How many of those who belong here are inside, certain and likely.
    pub fn inside(&self) -> usize {
        self.present.len() + self.declined_present.len()
    }

    /// The result as `reconcile --json` prints it; lines by their number, a person as `{id, full_name}`.
    pub fn to_json(&self, register: &Register) -> Value {
        let person = |id: &PersonId| {
            let name = register.person(*id).map(|person| person.name.full()).unwrap_or_default();
            json!({ "id": id, "full_name": name })
        };
        let people = |ids: &[PersonId]| -> Vec<Value> { ids.iter().map(person).collect() };
        let matches = |list: &[Match]| -> Vec<Value> {
            let one = |found: &Match| {
                let mut value = json!({
                    "line": found.line,
                    "person": person(&found.person),
                    "confidence": found.confidence.code(),
                    "why": found.why,
                });
                if !found.detail.is_empty() {
                    value["detail"] = found.detail.clone().into();
                }
                value
            };
            list.iter().map(one).collect()
        };
        let several = self
            .several
            .iter()
            .map(|line| json!({ "line": line.line, "candidates": people(&line.candidates) }));
        let twice =
            self.twice.iter().map(|twice| json!({ "person": person(&twice.person), "lines": twice.lines }));
        json!({
            "present": matches(&self.present),
            "several": several.collect::<Vec<_>>(),
            "missing": people(&self.missing),
            "strangers": self.strangers.iter().map(|stranger| stranger.line).collect::<Vec<_>>(),
            "left": matches(&self.left),
            "wrong_role": matches(&self.wrong_role),
            "wrong_group": matches(&self.wrong_group),
            "declined_present": matches(&self.declined_present),
            "twice": twice.collect::<Vec<_>>(),
            "restricted": self
                .restricted
                .iter()
                .map(|one| {
                    json!({ "person": person(&one.adult), "child": person(&one.child), "paper": one.paper })
                })
                .collect::<Vec<_>>(),
            "ignored_lines": self.ignored.iter().map(|line| line.number).collect::<Vec<_>>(),
        })
    }
}

/// Puts every line where it belongs and finds the missing.
pub(super) fn sort_out(
    register: &Register,
    place: &Place,
    list: &MemberList,
    chosen: Vec<Chosen>,
    today: Date,
) -> Reconciliation {
    let mut result = Reconciliation { ignored: list.ignored.clone(), ..Reconciliation::default() };
    let mut first_lines: BTreeMap<PersonId, u32> = BTreeMap::new();
    for (member, chosen) in list.lines.iter().zip(chosen) {
        let line = member.number;
        match chosen {
            Chosen::Found { person, confidence, why } => {
                first_lines.entry(person).or_insert(line);
                let found = Match { line, person, confidence, why, detail: String::new() };
                put(&mut result, register, place, member, found, today);
            }
            Chosen::Again { person } => {
                let first = first_lines.get(&person).copied().unwrap_or(line);
                match result.twice.iter_mut().find(|twice| twice.person == person) {
                    Some(twice) => twice.lines.push(line),
                    None => result.twice.push(Twice { person, lines: vec![first, line] }),
                }
            }
            Chosen::Several { candidates, why } => result.several.push(Several { line, candidates, why }),
            Chosen::Stranger { children, why } => result.strangers.push(Stranger { line, children, why }),
        }
    }
    find_missing(&mut result, register, place, &first_lines, today);
    let group = register.group_of_target(place.scope.target);
    let inside = first_lines.keys();
    result.restricted = inside.flat_map(|person| register.restrictions_at(*person, group, today)).collect();
    result
}

fn put(
    result: &mut Reconciliation,
    register: &Register,
    place: &Place,
    member: &MemberLine,
    mut found: Match,
    today: Date,
) {
    let roles = current_roles(register, found.person, today);
    if let Some(how) = place.belonging_of(found.person) {
        match member.role.filter(|role| !roles.contains(role) && !roles.is_empty()) {
            Some(role) => {
                found.detail = format!("в списке {}, по реестру {}", role_name(role), words_of(&roles));
                result.wrong_role.push(found);
            }
            None if how == Belonging::Declined => {
                found.detail = "в реестре отмечено «не участвует»".into();
                result.declined_present.push(found);
            }
            None => result.present.push(found),
        }
        return;
    }
    let left_on = register.person(found.person).and_then(|person| person.left_on).filter(|day| *day <= today);
    if left_on.is_some() || roles.is_empty() {
        found.detail = match left_on {
            Some(day) => format!("выбытие {}", day.strftime("%d.%m.%Y")),
            None => "сейчас ни в одной группе не числится".into(),
        };
        result.left.push(found);
    } else if place.roles.is_empty() || roles.iter().any(|role| place.roles.contains(role)) {
        let groups = current_groups(register, found.person, &place.roles, today);
        found.detail = match groups.as_slice() {
            [] => "по реестру не здесь".into(),
            groups => format!("по реестру {}", list_of(groups, 3)),
        };
        result.wrong_group.push(found);
    } else {
        found.detail = format!("по реестру {}", words_of(&roles));
        result.wrong_role.push(found);
    }
}

fn words_of(roles: &[Role]) -> String {
    let words: Vec<&str> = roles.iter().map(|role| role_name(*role)).collect();
    list_of(&words, 4)
}

/// The roles a person holds on a day; an adult of a current child is a parent.
fn current_roles(register: &Register, person: PersonId, today: Date) -> Vec<Role> {
    let memberships = register.memberships_of_person(person);
    let mut roles: Vec<Role> = memberships
        .filter(|membership| register.is_current(membership, today))
        .map(|membership| membership.role)
        .collect();
    if children_of(register, person, today).next().is_some() {
        roles.push(Role::Parent);
    }
    roles.sort_by_key(|role| Role::ALL.iter().position(|other| other == role));
    roles.dedup();
    roles
}

/// The children of an adult who are at school on a day.
fn children_of(register: &Register, adult: PersonId, today: Date) -> impl Iterator<Item = PersonId> + '_ {
    register
        .guardianships_of_adult(adult)
        .filter(move |link| link.until.is_none_or(|until| until >= today))
        .map(|link| link.child)
        .filter(move |child| {
            register.memberships_of_person(*child).any(|membership| register.is_current(membership, today))
        })
}

fn current_groups(register: &Register, person: PersonId, roles: &[Role], today: Date) -> Vec<String> {
    let of_children = if roles.contains(&Role::Parent) {
        children_of(register, person, today).collect()
    } else {
        Vec::new()
    };
    let mut labels: Vec<String> = std::iter::once(person)
        .chain(of_children)
        .flat_map(|person| register.memberships_of_person(person))
        .filter(|membership| register.is_current(membership, today))
        .filter_map(|membership| register.group(membership.group?))
        .map(|group| group.label.clone())
        .collect();
    labels.sort_by_cached_key(|label| crate::names::group_sort_key(label));
    labels.dedup();
    labels
}

pub(super) fn find_missing(
    result: &mut Reconciliation,
    register: &Register,
    place: &Place,
    found: &BTreeMap<PersonId, u32>,
    today: Date,
) {
    let offered: BTreeSet<PersonId> =
        result.several.iter().flat_map(|line| line.candidates.iter().copied()).collect();
    let not_found = place.expected().filter(|person| !found.contains_key(person));
    let only_as_parent = |person: PersonId| {
        place.roles.contains(&Role::Parent)
            && !register.memberships_of_person(person).any(|membership| {
                membership.role != Role::Parent
                    && place.roles.contains(&membership.role)
                    && register.is_current(membership, today)
            })
    };
    for person in not_found {
        if offered.contains(&person) {
            result.undecided.push(person);
        } else if only_as_parent(person) && is_covered(register, place, found, person, today) {
            result.covered_by_other_adult.push(person);
        } else {
            result.missing.push(person);
        }
    }
}

/// Whether another adult of every child here is inside, or the family declined.
fn is_covered(
    register: &Register,
    place: &Place,
    found: &BTreeMap<PersonId, u32>,
    adult: PersonId,
    today: Date,
) -> bool {
    let mut children = children_of(register, adult, today)
        .filter(|child| place.children.binary_search(child).is_ok())
        .peekable();
    children.peek().is_some()
        && children.all(|child| {
            register.current_guardians(child, today).any(|link| {
                link.adult != adult
                    && (found.contains_key(&link.adult)
                        || place.belonging_of(link.adult) == Some(Belonging::Declined))
            })
        })
}
