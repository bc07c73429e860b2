//! What is done with many marked people at once: whom it reaches, and whom it leaves out and why. Each is one journal
//! entry.

use std::sync::Arc;

use jiff::civil::Date;

use super::participation::participations;
use crate::names::Role;
use crate::register::{Entity, GroupId, Membership, Person, PersonId, Register};
use crate::wording::{counted, plural};

/// Whom an action reaches.
#[derive(Clone, Debug)]
pub struct Reach<T> {
    /// What it will change.
    pub reached: Vec<T>,
    /// How many people stand behind it.
    pub people: usize,
    /// How many are left out, by reason, in the order in which the reasons came up.
    pub skipped: Vec<(&'static str, usize)>,
}

impl<T> Default for Reach<T> {
    fn default() -> Self {
        Self { reached: Vec::new(), people: 0, skipped: Vec::new() }
    }
}

impl<T> Reach<T> {
    fn take(&mut self, found: Vec<T>) {
        self.people += 1;
        self.reached.extend(found);
    }

    fn skip(&mut self, why: &'static str) {
        match self.skipped.iter_mut().find(|(known, _)| *known == why) {
            Some((_, count)) => *count += 1,
            None => self.skipped.push((why, 1)),
        }
    }

    /// «12 человек · 3 пропущены: нет роли».
    pub fn words(&self) -> String {
        let mut words = counted(self.people as u64, "человек", "человека", "человек");
        for (why, count) in &self.skipped {
            let count = *count as u64;
            words.push_str(&format!(
                " · {count} {}: {why}",
                plural(count, "пропущен", "пропущены", "пропущено")
            ));
        }
        words
    }
}

/// Participation of everything these people have now.
pub fn participation_reach(register: &Register, people: &[PersonId], today: Date) -> Reach<Entity> {
    let mut reach = Reach::default();
    for person in people {
        let all = participations(register, *person, today);
        if has_left(register, *person, today) {
            reach.skip("уже выбыли");
        } else if all.is_empty() {
            reach.skip("нет роли");
        } else {
            reach.take(all.into_iter().map(|(entity, _)| entity).collect());
        }
    }
    reach
}

/// Students who can move into a group: the membership in a group of the same kind moves.
pub fn move_reach(
    register: &Register,
    people: &[PersonId],
    to: Option<GroupId>,
    today: Date,
) -> Reach<Arc<Membership>> {
    let mut reach = Reach::default();
    let kind = to.and_then(|to| register.group(to)).map(|group| group.kind);
    for person in people {
        let studies: Vec<&Arc<Membership>> = register
            .memberships_of_person(*person)
            .filter(|one| one.role == Role::Student && one.group.is_some() && register.is_current(one, today))
            .collect();
        let of_kind = |one: &&&Arc<Membership>| {
            one.group.and_then(|group| register.group(group)).map(|group| group.kind) == kind
        };
        let same_kind: Vec<&Arc<Membership>> = studies.iter().filter(of_kind).copied().collect();
        let chosen = if kind.is_some() && !same_kind.is_empty() { same_kind } else { studies };
        if has_left(register, *person, today) {
            reach.skip("уже выбыли");
        } else if to.is_some() && chosen.iter().any(|one| one.group == to) {
            reach.skip("уже там");
        } else {
            match chosen[..] {
                [] => reach.skip("не учатся"),
                [only] => reach.take(vec![only.clone()]),
                _ => reach.skip("учатся в нескольких группах"),
            }
        }
    }
    reach
}

/// Roles of staff whose status is confirmed in the cabinet (duty 2.3-7).
pub fn verification_reach(register: &Register, people: &[PersonId], today: Date) -> Reach<Arc<Membership>> {
    let mut reach = Reach::default();
    for person in people {
        let roles: Vec<Arc<Membership>> = register
            .memberships_of_person(*person)
            .filter(|one| one.role.is_staff() && register.is_current(one, today))
            .cloned()
            .collect();
        if has_left(register, *person, today) {
            reach.skip("уже выбыли");
        } else if roles.is_empty() {
            reach.skip("не сотрудники");
        } else {
            reach.take(roles);
        }
    }
    reach
}

/// Those who have not left yet.
pub fn departure_reach(register: &Register, people: &[PersonId]) -> Reach<Arc<Person>> {
    let mut reach = Reach::default();
    for person in people.iter().filter_map(|person| register.person(*person)) {
        if person.left_on.is_some() {
            reach.skip("уже выбыли");
        } else {
            reach.take(vec![person.clone()]);
        }
    }
    reach
}

fn has_left(register: &Register, person: PersonId, today: Date) -> bool {
    register.person(person).is_none_or(|person| person.left_on.is_some_and(|left| left <= today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_left_out_is_told_by_reason() {
        let mut reach: Reach<()> = Reach::default();
        for _ in 0..12 {
            reach.take(vec![()]);
        }
        for why in ["нет роли", "уже выбыли", "нет роли", "нет роли"] {
            reach.skip(why);
        }
        assert_eq!(reach.words(), "12 человек · 3 пропущены: нет роли · 1 пропущен: уже выбыли");
        assert_eq!(Reach::<()>::default().words(), "0 человек");
    }
}
