//! Merging records of one person, telling people apart, and what is done with several records at once.

use std::sync::Arc;

use super::*;
use crate::register::{
    Assignment, Chat, Guardianship, MergeChoice, PeopleMerge, Remembered, RememberedKind,
    different_people_key,
};

fn added(register: &mut Register, entity: impl Into<Entity>) -> u32 {
    done(register, &Operation::Add(vec![entity.into()])).changes[0].key().id
}

fn person(register: &mut Register, given: &str) -> PersonId {
    let name = FullName::new("Громова", given, "Львовна");
    PersonId(added(register, Person { name, ..Person::default() }))
}

fn member(person: PersonId, role: Role, group: Option<GroupId>) -> Membership {
    Membership {
        id: MembershipId(0),
        person,
        role,
        group,
        origin: Origin::Hand,
        post: String::new(),
        post_origin: Origin::Hand,
        since: None,
        until: None,
        participation: Participation::default(),
        verification: Verification::default(),
        verification_since: None,
    }
}

fn seen(register: &Register, person: PersonId) -> Arc<Person> {
    register.person(person).expect("was added").clone()
}

fn merge(register: &Register, keep: PersonId, gone: PersonId) -> Operation {
    Operation::MergePeople(vec![PeopleMerge::new(seen(register, keep), seen(register, gone))])
}

/// A mother twice: as a teacher, and in the row of her child.
struct Family {
    register: Register,
    teacher: PersonId,
    mother: PersonId,
    child: PersonId,
}

fn family() -> Family {
    let mut register = founded();
    done(&mut register, &class("7Б"));
    let group = GroupId(2);
    let (teacher, mother) = (person(&mut register, "Анна"), person(&mut register, "Анна"));
    let child = person(&mut register, "Ада");
    added(&mut register, member(teacher, Role::Teacher, Some(GroupId(1))));
    added(&mut register, member(child, Role::Student, Some(group)));
    added(
        &mut register,
        Guardianship { adult: mother, child, basis: "мать".into(), ..Guardianship::default() },
    );
    let chat = Chat { group: Some(group), owner: Some(mother), ..Chat::default() };
    added(&mut register, chat);
    added(&mut register, Assignment { group, person: mother, ..Assignment::default() });
    let handed = Invite {
        issued_by: Some(mother),
        handed_over: Some(HandOver { to: Some(mother), ..HandOver::default() }),
        ..invite("token")
    };
    done(&mut register, &Operation::AddInvites(vec![handed]));
    Family { register, teacher, mother, child }
}

#[test]
fn everything_goes_over_to_the_one_who_stays_and_comes_back() {
    let Family { mut register, teacher, mother, child } = family();
    let before = register.clone();
    let operation = merge(&register, teacher, mother);
    let set = done(&mut register, &operation);
    assert!(register.person(mother).is_none());
    assert!(register.referrers(mother).is_empty());
    assert_eq!(seen(&register, teacher).merged, [mother]);
    let adults: Vec<_> = register.current_guardians(child, TODAY).map(|bond| bond.adult).collect();
    assert_eq!(adults, [teacher]);
    let tables = register.tables();
    assert_eq!(tables.chats.values().next().and_then(|chat| chat.owner), Some(teacher));
    assert_eq!(tables.assignments.values().next().map(|one| one.person), Some(teacher));
    let link = tables.invites.values().next().expect("the link");
    let handed_to = link.handed_over.as_ref().and_then(|done| done.to);
    assert_eq!((link.issued_by, handed_to), (Some(teacher), Some(teacher)));
    done(&mut register, &undo(&set, "merge_people"));
    assert!(register.holds_the_same_as(&before), "both are there again, with all they had");
}

#[test]
fn what_both_had_becomes_one_and_a_restriction_stays() {
    let Family { mut register, teacher, mother, child } = family();
    let bond = Guardianship {
        adult: teacher,
        child,
        restriction: "у секретаря".into(),
        participation: Participation {
            state: ParticipationState::Joined,
            as_of: Some(TODAY),
            ..Participation::default()
        },
        ..Guardianship::default()
    };
    added(&mut register, bond);
    added(&mut register, member(mother, Role::Teacher, Some(GroupId(1))));
    let set = {
        let operation = merge(&register, mother, teacher);
        done(&mut register, &operation)
    };
    let bonds: Vec<_> = register.current_guardians(child, TODAY).collect();
    assert_eq!(bonds.len(), 1);
    assert_eq!((bonds[0].basis.as_str(), bonds[0].restriction.as_str()), ("мать", "у секретаря"));
    assert_eq!(bonds[0].participation.state, ParticipationState::Joined, "what was seen tells more");
    assert_eq!(register.memberships_of_person(mother).count(), 1);
    assert!(set.changes.iter().all(|change| change.part == 1), "a person is a part");
}

#[test]
fn three_records_merge_in_one_entry_and_part_from_one_another() {
    let mut register = founded();
    let people: Vec<PersonId> = (0..3).map(|_| person(&mut register, "Анна")).collect();
    let pair = |gone: usize| PeopleMerge::new(seen(&register, people[0]), seen(&register, people[gone]));
    let operation = Operation::MergePeople(vec![pair(1), pair(2)]);
    let before = register.clone();
    let set = done(&mut register, &operation);
    assert_eq!((set.part_count(), register.tables().people.len()), (2, 1));
    assert_eq!(seen(&register, people[0]).merged, people[1..]);
    done(&mut register, &undo(&set, "merge_people"));
    assert!(register.holds_the_same_as(&before));
}

#[test]
fn what_is_no_person_twice_is_refused() {
    let Family { mut register, teacher, mother, child } = family();
    assert_eq!(refused(&register, &merge(&register, child, mother)), Refusal::AdultAndChild(mother.into()));
    assert_eq!(refused(&register, &merge(&register, child, child)), Refusal::SamePerson(child.into()));
    let operation = merge(&register, teacher, mother);
    let now = seen(&register, mother);
    let edit = Operation::Edit {
        seen: now.clone().into(),
        wanted: Person { note: "звонить".into(), ..(*now).clone() }.into(),
    };
    done(&mut register, &edit);
    assert_eq!(refused(&register, &operation), Refusal::ChangedSinceSeen(mother.into()));
}

#[test]
fn the_chosen_name_stays_and_the_other_is_known() {
    let mut register = founded();
    let (keep, gone) = (person(&mut register, "Анна"), person(&mut register, "Алла"));
    let choice = MergeChoice { name_of_merged: true, ..MergeChoice::default() };
    let pair = PeopleMerge { keep: seen(&register, keep), merge: seen(&register, gone), choice };
    done(&mut register, &Operation::MergePeople(vec![pair]));
    let person = seen(&register, keep);
    assert_eq!((person.name.given.as_str(), person.former_names[0].given.as_str()), ("Алла", "Анна"));
}

#[test]
fn answers_about_people_follow_them() {
    let mut register = founded();
    let people: Vec<PersonId> = (0..3).map(|_| person(&mut register, "Анна")).collect();
    let apart =
        Operation::TellApart(vec![(people[1], people[0]), (people[2], people[1]), (people[0], people[1])]);
    assert_eq!(done(&mut register, &apart).changes.len(), 2, "a pair is remembered once");
    let alias = Remembered {
        kind: RememberedKind::PersonAlias,
        key: "reconcile:group-2:мама ады".into(),
        value: people[1].to_string(),
        ..Remembered::default()
    };
    added(&mut register, alias);
    let operation = merge(&register, people[0], people[1]);
    done(&mut register, &operation);
    let mut answers: Vec<(&str, &str)> = register
        .tables()
        .remembered
        .values()
        .map(|answer| (answer.key.as_str(), answer.value.as_str()))
        .collect();
    answers.sort_unstable();
    let still_apart = different_people_key(people[0], people[2]);
    let first = people[0].to_string();
    assert_eq!(answers, [(still_apart.as_str(), ""), ("reconcile:group-2:мама ады", first.as_str())]);
}

#[test]
fn several_records_are_edited_and_moved_in_one_entry() {
    let mut register = founded();
    done(&mut register, &class("7А"));
    done(&mut register, &class("7Б"));
    let people: Vec<PersonId> = ["Анна", "Алла"].map(|given| person(&mut register, given)).to_vec();
    for person in &people {
        added(&mut register, member(*person, Role::Student, Some(GroupId(2))));
    }
    let members: Vec<Arc<Membership>> = register.memberships_of_group(GroupId(2)).cloned().collect();
    let moving = Operation::MoveMembers {
        seen: members.clone(),
        to: GroupId(3),
        on: TODAY,
        order: OrderReference::default(),
    };
    let set = done(&mut register, &moving);
    assert_eq!(set.part_count(), 2);
    assert_eq!(register.current_members(GroupId(3), Role::Student, TODAY), people);
    let edit = |membership: &Arc<Membership>| {
        let wanted = Membership { verification: Verification::Verified, ..(**membership).clone() };
        (Entity::from(membership.clone()), Entity::from(wanted))
    };
    let stale = Operation::EditEach(members.iter().map(edit).collect());
    assert!(matches!(refused(&register, &stale), Refusal::ChangedSinceSeen(_)));
    let members: Vec<Arc<Membership>> = register.memberships_of_group(GroupId(3)).cloned().collect();
    let edits = Operation::EditEach(members.iter().map(edit).collect());
    assert_eq!((edits.code(), done(&mut register, &edits).part_count()), ("edit_each_membership".into(), 2));
}
