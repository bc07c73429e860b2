//! Which adults of a file look like one person, or like somebody of the register: by ФИО and phone, or, where a
//! phone is missing, by ФИО with patronymic and the surname of the children. Everything here is only proposed.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::families::{Comparison, Mention, PlannedFamilies, column_of};
use super::standing::is_adult;
use super::{AdultKey, AdultProposal, PlanIssue, PlanRow};
use crate::names::{FullName, Phone, fold};
use crate::register::{AdultChoice, NewAdult, PersonId, Register};
use crate::roster::problem::Severity;

/// Adults of one name beyond which none are compared: no school has so many namesakes, and a file made to stop the
/// program must not.
const MOST_OF_A_NAME: usize = 200;

/// Who a mention is.
pub(super) struct Resolved {
    pub who: AdultChoice,
    /// Why. Russian.
    pub why: &'static str,
}

/// Adults who may be one person.
struct Cluster<'a> {
    phone: Option<&'a Phone>,
    /// Places of the mentions.
    members: Vec<usize>,
    /// Whether a member came by the surname of the children.
    by_children: bool,
}

/// Finds who every mention is; proposals and new adults go to `families`, in the order of the file.
pub(super) fn resolve(
    of: &Comparison<'_>,
    rows: &[PlanRow],
    mentions: &[Mention<'_>],
    issues: &mut Vec<PlanIssue>,
    families: &mut PlannedFamilies,
) -> Vec<Resolved> {
    let mut who: Vec<Option<Resolved>> = mentions
        .iter()
        .map(|mention| {
            let known = |id| Resolved {
                who: AdultChoice::Existing(id), why: "уже записан за этим ребёнком"
            };
            mention.known.map(known)
        })
        .collect();
    // Somebody whom a row knows in another column is nobody else of that row.
    let known: HashSet<(usize, PersonId)> =
        mentions.iter().filter_map(|mention| Some((mention.place, mention.known?))).collect();
    let mut place_of_name: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<(Vec<usize>, Vec<PersonId>)> = Vec::new();
    for (place, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.known.is_none()) {
        let name = *place_of_name.entry(mention.name.match_key()).or_insert_with(|| {
            names.push(Default::default());
            names.len() - 1
        });
        names[name].0.push(place);
    }
    if !names.is_empty() {
        for person in of.register.tables().people.values() {
            if let Some(name) = place_of_name.get(&person.name.match_key()) {
                names[*name].1.push(person.id);
            }
        }
    }
    let mut warned: BTreeMap<u32, &Mention<'_>> = BTreeMap::new();
    for (members, people) in &names {
        for cluster in clusters(rows, mentions, members) {
            let is_free = |person: &PersonId| {
                let mut places = cluster.members.iter().map(|member| mentions[*member].place);
                !places.any(|place| rows[place].person == Some(*person) || known.contains(&(place, *person)))
            };
            let people: Vec<PersonId> = people.iter().copied().filter(is_free).collect();
            let proposal = propose(of, rows, mentions, &cluster, &people);
            let proposal = proposal.filter(|_| members.len() <= MOST_OF_A_NAME);
            if let Some(proposal) = &proposal
                && !proposal.joined
            {
                for place in &cluster.members {
                    warned.entry(rows[mentions[*place].place].row).or_insert(&mentions[*place]);
                }
            }
            settle(mentions, &cluster, proposal.as_ref(), families, &mut who);
            families.proposals.extend(proposal);
        }
    }
    families.proposals.sort_by_key(|proposal| proposal.rows.first().copied());
    issues.extend(warned.into_iter().map(|(row, mention)| warning(of, row, mention)));
    // Every mention was known or stands in exactly one cluster.
    who.into_iter()
        .map(|resolved| resolved.unwrap_or(Resolved { who: AdultChoice::New(usize::MAX), why: "" }))
        .collect()
}

fn warning(of: &Comparison<'_>, row: u32, mention: &Mention<'_>) -> PlanIssue {
    let message = format!(
        "Строка {row}: похоже, такой родитель уже есть в другой строке или в списке. Пока записывается отдельно. \
         Если это один человек, отметьте это в списке «Похоже, один человек»."
    );
    let column = column_of(of.choices, mention.parent);
    PlanIssue { row, column, severity: Severity::Warning, code: "maybe_same_person", message }
}

/// Mentions of one name apart by phone; those without a phone go by the surname of the child.
fn clusters<'a>(rows: &[PlanRow], mentions: &[Mention<'a>], members: &[usize]) -> Vec<Cluster<'a>> {
    let alone =
        |place: usize| Cluster { phone: mentions[place].phone, members: vec![place], by_children: false };
    if members.len() > MOST_OF_A_NAME {
        return members.iter().map(|place| alone(*place)).collect();
    }
    let stem = |place: usize| surname_stem(&rows[mentions[place].place].name);
    let mut found: Vec<Cluster<'a>> = Vec::new();
    let (with_phone, without): (Vec<usize>, Vec<usize>) =
        members.iter().partition(|place| mentions[**place].phone.is_some());
    for place in with_phone {
        match found.iter_mut().find(|cluster| cluster.phone == mentions[place].phone) {
            Some(cluster) => cluster.members.push(place),
            None => found.push(alone(place)),
        }
    }
    for place in without {
        let own = stem(place);
        let mut similar = found.iter_mut().filter(|cluster| {
            !mentions[place].name.patronymic.is_empty()
                && cluster.members.iter().any(|member| stem(*member) == own)
        });
        match (similar.next(), similar.next()) {
            (Some(only), None) => {
                only.members.push(place);
                only.by_children = true;
            }
            _ => found.push(alone(place)),
        }
    }
    for cluster in &mut found {
        cluster.members.sort_unstable();
    }
    found.sort_by_key(|cluster| cluster.members.first().copied());
    found
}

/// What is proposed of a cluster; `people` have its name and may be it.
fn propose(
    of: &Comparison<'_>,
    rows: &[PlanRow],
    mentions: &[Mention<'_>],
    cluster: &Cluster<'_>,
    people: &[PersonId],
) -> Option<AdultProposal> {
    let first = &mentions[*cluster.members.first()?];
    let stems: Vec<String> =
        cluster.members.iter().map(|place| surname_stem(&rows[mentions[*place].place].name)).collect();
    let by_phone = people.iter().copied().find(|person| {
        let phone = of.register.person(*person).and_then(|person| person.phone.as_ref());
        phone.is_some() && phone == cluster.phone && could_be_adult(of.register, *person)
    });
    let by_children =
        || people.iter().copied().find(|person| looks_related(of, *person, cluster, first, &stems));
    let person = by_phone.or_else(by_children);
    if person.is_none() && cluster.members.len() < 2 {
        return None;
    }
    let weak = cluster.by_children || cluster.phone.is_none() || (person.is_some() && by_phone.is_none());
    let mut why = match weak {
        true => "совпали ФИО и фамилия детей, телефон указан не везде".to_owned(),
        false => "совпали ФИО и телефон".to_owned(),
    };
    if let Some(person) = person {
        why.push_str(role_of_known(of.register, person));
    }
    let rest = match cluster.phone {
        Some(phone) => phone.as_str().to_owned(),
        None => stems.into_iter().next().unwrap_or_default(),
    };
    let key = AdultKey(format!("{}|{rest}", first.name.match_key()));
    let joined = of.choices.join_all_adults || of.choices.joined_adults.contains(&key);
    let rows = cluster.members.iter().map(|place| rows[mentions[*place].place].row).collect();
    Some(AdultProposal { key, name: first.name.clone(), rows, person, why, joined })
}

/// A student of the register is no parent.
fn could_be_adult(register: &Register, person: PersonId) -> bool {
    is_adult(register, person) || register.memberships_of_person(person).next().is_none()
}

/// Same ФИО with patronymic, phones that do not contradict, and a child of the same surname.
fn looks_related(
    of: &Comparison<'_>,
    id: PersonId,
    cluster: &Cluster<'_>,
    mention: &Mention<'_>,
    stems: &[String],
) -> bool {
    let Some(person) = of.register.person(id) else { return false };
    !mention.name.patronymic.is_empty()
        && (person.phone.is_none() || cluster.phone.is_none())
        && of.register.guardianships_of_adult(id).any(|link| {
            let child = of.register.person(link.child);
            child.is_some_and(|child| stems.contains(&surname_stem(&child.name)))
        })
}

pub(super) fn role_of_known(register: &Register, person: PersonId) -> &'static str {
    let is_staff = register
        .memberships_of_person(person)
        .any(|membership| membership.role.is_staff() && membership.until.is_none());
    match is_staff {
        true => "; уже есть в списке среди сотрудников",
        false => "; уже есть в списке",
    }
}

fn settle(
    mentions: &[Mention<'_>],
    cluster: &Cluster<'_>,
    proposal: Option<&AdultProposal>,
    families: &mut PlannedFamilies,
    who: &mut [Option<Resolved>],
) {
    let mut new_adult = |mention: &Mention<'_>, phone: Option<&Phone>| {
        families.new_adults.push(NewAdult { name: mention.name.clone(), phone: phone.cloned() });
        AdultChoice::New(families.new_adults.len() - 1)
    };
    let joined = proposal.filter(|proposal| proposal.joined);
    let together = joined.and_then(|proposal| match proposal.person {
        Some(person) => Some((AdultChoice::Existing(person), "как вы подтвердили, человек из списка")),
        None => {
            let first = &mentions[*cluster.members.first()?];
            Some((new_adult(first, cluster.phone), "как вы подтвердили, один человек"))
        }
    });
    for place in &cluster.members {
        let mention = &mentions[*place];
        let (adult, why) = together.unwrap_or_else(|| (new_adult(mention, mention.phone), "в списке нет"));
        who[*place] = Some(Resolved { who: adult, why });
    }
}

/// A surname without the ending that tells man from woman: «Громов» and «Громова», «Лесной» and «Лесная» agree.
pub(super) fn surname_stem(name: &FullName) -> String {
    let mut surname = fold(&name.surname);
    for ending in ["ая", "яя", "ий", "ый", "ой"] {
        if let Some(stem) = surname.strip_suffix(ending).filter(|stem| stem.chars().count() > 2) {
            surname.truncate(stem.len());
            return surname;
        }
    }
    if ["ова", "ева", "ина", "ына"].iter().any(|ending| surname.ends_with(ending)) {
        surname.pop();
    }
    surname
}
