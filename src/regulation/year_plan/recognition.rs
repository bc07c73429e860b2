//! Next year's roster over the plan: 5А→6А is recognised by the pupils that both share (domain §5).

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{FateBecause, GroupFate, NextLabel, PersonFate, PlannedGroup, YearPlan};
use crate::names::{Role, group_key};
use crate::register::{GroupId, MembershipId, Register, UnitId};

/// A student of this year whom the roster names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedPupil {
    /// The membership in the class of this year.
    pub membership: MembershipId,
    /// The class of next year, as the roster writes it.
    pub to: NextLabel,
}

/// What is to be known of the roster besides its pupils.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterFacts {
    /// The user says that it holds the whole school: a group nobody of which is in it has ended.
    pub is_whole_school: bool,
}

type Key = (Option<UnitId>, String);

impl YearPlan {
    /// Corrects the plan by a roster of next year. A class becomes what most of its pupils in the roster go to; the
    /// others of it are exceptions: another class, the same year again, a split. Where the roster holds only some of a
    /// class that may finish (9, 11, the last course), those go on and the others finish, without any brake: so it is
    /// every summer. Pupils of other classes who are not in the roster go with their class and are listed as absent
    /// by the import.
    pub fn recognise(&mut self, register: &Register, placed: &[PlacedPupil], facts: RosterFacts) {
        let mut by_group: HashMap<GroupId, Vec<&PlacedPupil>> = HashMap::new();
        let mut seen = HashSet::new();
        for pupil in placed {
            let group = register.membership(pupil.membership).and_then(|membership| membership.group);
            if let (Some(group), true) = (group, seen.insert(pupil.membership)) {
                by_group.entry(group).or_default().push(pupil);
            }
        }
        for planned in &mut self.groups {
            match by_group.get(&planned.group) {
                Some(pupils) => recognise_group(planned, pupils, &mut self.people),
                None => not_in_roster(planned, facts),
            }
        }
        self.keep_exceptions_open(register);
    }

    /// A membership that ended since is no exception.
    fn keep_exceptions_open(&mut self, register: &Register) {
        let is_open = |id: &MembershipId| {
            register
                .membership(*id)
                .is_some_and(|membership| membership.until.is_none() && membership.role == Role::Student)
        };
        self.people.retain(|id, _| is_open(id));
    }
}

fn key_of(label: &NextLabel) -> Key {
    (label.unit, group_key(&label.label))
}

fn recognise_group(
    planned: &mut PlannedGroup,
    pupils: &[&PlacedPupil],
    people: &mut BTreeMap<MembershipId, PersonFate>,
) {
    let mut counts: BTreeMap<Key, (usize, &NextLabel)> = BTreeMap::new();
    for pupil in pupils {
        counts.entry(key_of(&pupil.to)).or_insert((0, &pupil.to)).0 += 1;
    }
    let by_name = planned.next_label().map(|label| (planned.unit, group_key(&label)));
    // Of two equal halves the one that the name leads to.
    let most = counts.iter().max_by_key(|(key, (count, _))| (*count, by_name.as_ref() == Some(key)));
    let Some((main, (shared, label))) = most else { return };
    let of = planned.students;
    planned.because = FateBecause::Pupils { shared: *shared, of };
    // A class that may finish and of which somebody is not in the roster, or which scatters, does not go on as one.
    let scatters = *shared * 2 <= pupils.len();
    let finishes = planned.promotion.may_graduate() && (pupils.len() < of || scatters);
    planned.fate = match finishes {
        true => GroupFate::Graduates,
        false => GroupFate::Becomes(label.label.clone()),
    };
    // The class goes within its unit; a class that changed the unit is told by its pupils one by one.
    let goes_along = !finishes && main.0 == planned.unit;
    for pupil in pupils {
        if !goes_along || key_of(&pupil.to) != *main {
            people.insert(pupil.membership, PersonFate::To(pupil.to.clone()));
        }
    }
}

fn not_in_roster(planned: &mut PlannedGroup, facts: RosterFacts) {
    if planned.students == 0 || !facts.is_whole_school {
        return;
    }
    planned.because = FateBecause::Nobody { of: planned.students };
    planned.fate = if planned.promotion.may_graduate() { GroupFate::Graduates } else { GroupFate::Open };
}
