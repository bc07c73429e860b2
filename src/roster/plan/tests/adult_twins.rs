//! «Похоже, один человек»: a mother of the register who stands in the list of the staff too (domain §5).

use super::*;

const MOTHERS: &str = "ФИО;Класс;Телефон\n\
    Громова Анна Львовна;5А;+79120000021\n\
    Орлова Яна Ильинична;5А;+79120000022\n";
const STAFF: &str = "ФИО;Должность;Телефон\n\
    Громова Анна Львовна;учитель математики;+79120000021\n\
    Орлова Яна Ильинична;секретарь;+79120000029\n";

fn with_mothers() -> Register {
    let mut register = school_with(CLASS);
    let plan = planned(&register, MOTHERS, Role::Parent, |_| {});
    apply(&mut register, &plan);
    register
}

#[test]
fn only_name_and_phone_together_propose_one_person_and_nothing_is_joined_by_itself() {
    let mut register = with_mothers();
    let plan = planned(&register, STAFF, Role::Teacher, |_| {});
    assert_eq!(kinds(&plan), ["added", "added"]);
    assert_eq!(codes(&plan), [(2, "maybe_same_person")]);
    let [proposal] = plan.adult_proposals.as_slice() else { panic!("one proposal") };
    let mother = person_named(&register, "Громова Анна Львовна");
    assert_eq!((proposal.rows.as_slice(), proposal.person, proposal.joined), (&[2][..], Some(mother), false));
    let people = register.tables().people.len();
    apply(&mut register, &plan);
    assert_eq!(register.tables().people.len(), people + 2, "apart, as previewed");
}

#[test]
fn a_confirmed_proposal_gives_the_mother_her_second_role() {
    let mut register = with_mothers();
    let key = planned(&register, STAFF, Role::Teacher, |_| {}).adult_proposals[0].key.clone();
    let plan = planned(&register, STAFF, Role::Teacher, |choices| {
        choices.joined_adults.insert(key);
    });
    assert_eq!(kinds(&plan), ["updated", "added"]);
    assert_eq!(codes(&plan), []);
    assert!(plan.adult_proposals[0].joined);
    let mother = person_named(&register, "Громова Анна Львовна");
    apply(&mut register, &plan);
    let roles: Vec<Role> = register.memberships_of_person(mother).map(|membership| membership.role).collect();
    assert!(roles.contains(&Role::Parent) && roles.contains(&Role::Teacher), "{roles:?}");
    assert!(planned(&register, STAFF, Role::Teacher, |_| {}).is_empty(), "the same file again");
}
