//! Who is missing from the file, who of them is entered as left, and when so many leave that the number must be typed
//! (duty 2.3-8).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::civil::Date;

use super::groups::{Places, Wanted};
use super::matching::Match;
use super::standing::{goes_on, has_left, same_family};
use super::{AbsentRow, Brake, Departing, PlanChoices, Scope};
use crate::names::Role;
use crate::register::{EntityKind, GroupChoice, GroupId, PersonId, Register};

/// Share of a group or of the organization, in per cent, above which the number must be typed.
const MOST_PERCENT: u32 = 10;

/// People of a group or of the organization above which the number must be typed.
const MOST_PEOPLE: u32 = 25;

/// Fewer than this are no matter of shares: one child of eight who moves away is no mistake in the file.
const FEWEST_FOR_A_SHARE: u32 = 3;

/// People by their numbers, which are dense.
struct PeopleSet(Vec<bool>);

impl PeopleSet {
    fn new(register: &Register) -> Self {
        Self(vec![false; register.counter(EntityKind::Person) as usize + 1])
    }

    /// Whether the person was not in the set before.
    fn insert(&mut self, person: PersonId) -> bool {
        self.0.get_mut(person.0 as usize).is_some_and(|there| !std::mem::replace(there, true))
    }

    fn contains(&self, person: PersonId) -> bool {
        self.0.get(person.0 as usize).is_some_and(|there| *there)
    }
}

/// The people whom the file should have named and did not, by group and person. Candidates of undecided rows are not
/// missing. For [`Scope::Additions`], which misses nobody, these are the members of the classes that newcomers are put
/// into: among them those who changed their surname are looked for.
pub(super) fn list_missing(
    register: &Register,
    wanted: &[Wanted],
    matches: &[Match],
    places: &Places<'_>,
    choices: &PlanChoices,
    today: Date,
) -> Vec<AbsentRow> {
    let mut seen = PeopleSet::new(register);
    for person in matches.iter().flat_map(Match::possible_people) {
        seen.insert(*person);
    }
    let mut missing = Vec::new();
    let mut note = |person, group: Option<GroupId>, group_label: &str| {
        if seen.insert(person) {
            missing.push(AbsentRow { person, group, group_label: group_label.to_owned(), departs: false });
        }
    };
    for (group, role) in groups_to_compare(register, wanted, matches, places, choices) {
        let label = register.group(group).map_or("", |group| group.label.as_str());
        if role == Role::Parent {
            register
                .current_members(group, role, today)
                .into_iter()
                .for_each(|it| note(it, Some(group), label));
            continue;
        }
        // A transfer that ended a membership today leaves the person current for the rest of the day.
        let stays = register.memberships_of_group(group).filter(|membership| {
            membership.role == role && goes_on(membership, today) && register.is_current(membership, today)
        });
        stays.for_each(|membership| note(membership.person, Some(group), label));
    }
    if choices.scope == Scope::Full {
        let roles = roles_of(wanted);
        let outside_groups = register.tables().memberships.values().filter(|membership| {
            membership.group.is_none()
                && roles.contains(&membership.role)
                && goes_on(membership, today)
                && register.is_current(membership, today)
        });
        outside_groups.for_each(|membership| note(membership.person, None, ""));
    }
    missing.sort_by_key(|row| (row.group, row.person));
    missing
}

/// Those of the missing who are absent once changes of surname are taken off.
pub(super) fn list_absent(
    register: &Register,
    missing: Vec<AbsentRow>,
    matches: &[Match],
    choices: &PlanChoices,
) -> Vec<AbsentRow> {
    if choices.scope == Scope::Additions || missing.is_empty() {
        return Vec::new();
    }
    let mut explained = PeopleSet::new(register);
    for person in matches.iter().flat_map(Match::possible_people) {
        explained.insert(*person);
    }
    missing.into_iter().filter(|row| !explained.contains(row.person)).collect()
}

fn roles_of(wanted: &[Wanted]) -> BTreeSet<Role> {
    wanted.iter().filter_map(|wanted| wanted.role).collect()
}

fn groups_to_compare(
    register: &Register,
    wanted: &[Wanted],
    matches: &[Match],
    places: &Places<'_>,
    choices: &PlanChoices,
) -> BTreeSet<(GroupId, Role)> {
    if choices.scope == Scope::Full {
        let roles = roles_of(wanted);
        return register
            .groups_in_year(choices.year)
            .filter(|group| choices.unit.is_none() || group.unit.is_none() || group.unit == choices.unit)
            .flat_map(|group| roles.iter().map(|role| (group.id, *role)))
            .collect();
    }
    let is_meant =
        |found: &Match| choices.scope == Scope::Groups || matches!(found, Match::New { chosen: false, .. });
    let existing = |wanted: &Wanted| match wanted.place? {
        GroupChoice::Existing(group) if !places.is_own_of_staff(group) => Some((group, wanted.role?)),
        GroupChoice::Existing(_) | GroupChoice::New(_) => None,
    };
    // Rows of one class stand together: most repeat the one before.
    let mut found: Vec<(GroupId, Role)> = Vec::new();
    for (wanted, _) in wanted.iter().zip(matches).filter(|(_, found)| is_meant(found)) {
        if let Some(place) = existing(wanted)
            && found.last() != Some(&place)
        {
            found.push(place);
        }
    }
    found.into_iter().collect()
}

/// Marks the absent whom this import enters as left and returns them. Nobody for [`Scope::Additions`].
///
/// Somebody who has another part in the school that the file does not speak of (a teacher who is a parent, in a list
/// of staff) is listed as absent and does not leave: leaving is for good and ends every part.
pub(super) fn mark_departing(
    register: &Register,
    absent: &mut [AbsentRow],
    wanted: &[Wanted],
    choices: &PlanChoices,
    today: Date,
) -> Vec<PersonId> {
    let leaves: &dyn Fn(PersonId) -> bool = match &choices.departing {
        _ if choices.scope == Scope::Additions => return Vec::new(),
        Departing::Nobody => return Vec::new(),
        Departing::These(people) => &|person| people.contains(&person),
        Departing::Everybody => &|_| true,
    };
    let roles = roles_of(wanted);
    let mut departures = Vec::new();
    for row in absent.iter_mut().filter(|row| leaves(row.person)) {
        row.departs = !has_another_part(register, row.person, &roles, today);
        departures.extend(row.departs.then_some(row.person));
    }
    departures.sort_unstable();
    departures
}

fn has_another_part(register: &Register, person: PersonId, roles: &BTreeSet<Role>, today: Date) -> bool {
    let is_named = |role: Role| roles.iter().any(|named| same_family(*named, role));
    let is_here = |child: PersonId| register.person(child).is_some_and(|child| !has_left(child, today));
    register
        .memberships_of_person(person)
        .any(|membership| goes_on(membership, today) && !is_named(membership.role))
        || (!is_named(Role::Parent)
            && register
                .guardianships_of_adult(person)
                .any(|link| link.until.is_none_or(|until| until > today) && is_here(link.child)))
}

/// Whether the departures need their number typed. They do when in some group, or in the whole organization among
/// people with the roles of the file, more than 25 leave, or more than 10 % and at least three. Of several such places
/// the gravest by share is named.
pub(super) fn brake(
    register: &Register,
    absent: &[AbsentRow],
    wanted: &[Wanted],
    today: Date,
) -> Option<Brake> {
    let mut departing = 0_u32;
    let mut by_group: BTreeMap<GroupId, u32> = BTreeMap::new();
    for row in absent.iter().filter(|row| row.departs) {
        departing += 1;
        if let Some(group) = row.group {
            *by_group.entry(group).or_default() += 1;
        }
    }
    if departing < FEWEST_FOR_A_SHARE {
        return None;
    }
    let roles = roles_of(wanted);
    let whole = (String::new(), departing, count_members(register, &roles, today));
    let groups = by_group.into_iter().filter(|(_, there)| *there >= FEWEST_FOR_A_SHARE).map(|(id, there)| {
        let members: HashSet<PersonId> =
            roles.iter().flat_map(|role| register.current_members(id, *role, today)).collect();
        let label = register.group(id).map(|group| group.label.clone()).unwrap_or_default();
        (label, there, members.len() as u32)
    });
    let is_too_many = |there: u32, of: u32| {
        there > MOST_PEOPLE || u64::from(there) * 100 > u64::from(of) * u64::from(MOST_PERCENT)
    };
    // Cross-multiplied shares, then numbers; of equals the whole organization, which stands first.
    let is_graver = |one: &(String, u32, u32), other: &(String, u32, u32)| {
        let (left, right) = (u64::from(one.1) * u64::from(other.2), u64::from(other.1) * u64::from(one.2));
        (left, one.1) > (right, other.1)
    };
    std::iter::once(whole)
        .chain(groups)
        .filter(|(_, there, of)| is_too_many(*there, *of))
        .reduce(|gravest, place| if is_graver(&place, &gravest) { place } else { gravest })
        .map(|(group, departing_there, of)| Brake { departing, group, departing_there, of })
}

/// How many people of the organization have one of the roles now.
fn count_members(register: &Register, roles: &BTreeSet<Role>, today: Date) -> u32 {
    let mut people = PeopleSet::new(register);
    let mut count = 0;
    let mut add = |person| count += u32::from(people.insert(person));
    let of_roles = |role: &Role| roles.contains(role);
    for membership in register.tables().memberships.values().filter(|it| of_roles(&it.role)) {
        if register.is_current(membership, today) {
            add(membership.person);
        }
    }
    if roles.contains(&Role::Parent) {
        let is_here = |id: PersonId| register.person(id).is_some_and(|it| !has_left(it, today));
        for link in register.tables().guardianships.values() {
            if link.until.is_none_or(|until| until >= today) && is_here(link.child) && is_here(link.adult) {
                add(link.adult);
            }
        }
    }
    count
}
