//! Adults whose access to a child is restricted: never looked for, always told of.

use super::*;

/// The father of two children of 7Б may not see the first.
fn with_a_paper() -> School {
    let mut school = school();
    let bonds = school.register.guardianships_of_adult(PersonId(12)).cloned();
    let bond = bonds.into_iter().find(|bond| bond.child == PersonId(1)).expect("his child");
    school.put(Guardianship { restriction: "у секретаря".into(), ..(*bond).clone() });
    school
}

#[test]
fn who_is_restricted_is_told_when_inside() {
    let school = with_a_paper();
    let result = school.reconcile(PARENTS, "Иванов Пётр Андреевич\nВолкова Анна Павловна");
    let told: Vec<_> =
        result.restricted.iter().map(|one| (one.adult.0, one.child.0, one.paper.as_str())).collect();
    assert_eq!(told, [(12, 1, "у секретаря")]);
    let json = result.to_json(&school.register);
    assert_eq!(json["restricted"][0]["paper"], "у секретаря");
    assert!(school.reconcile(PARENTS, "Волкова Анна Павловна").restricted.is_empty());
}

#[test]
fn who_is_restricted_to_every_child_is_not_missed() {
    let mut school = with_a_paper();
    for bond in school.register.guardianships_of_adult(PersonId(12)).cloned().collect::<Vec<_>>() {
        school.put(Guardianship { restriction: "у секретаря".into(), ..(*bond).clone() });
    }
    let result = school.reconcile(PARENTS, "Волкова Анна Павловна");
    let named = |list: &[PersonId]| list.contains(&PersonId(12));
    assert!(!named(&result.missing) && !named(&result.undecided), "nobody proposes to invite him");
}

#[test]
fn a_request_of_somebody_restricted_is_a_sign_of_trouble() {
    let school = with_a_paper();
    let request = |name: &str, target| JoinRequest {
        id: JoinRequestId(1),
        written_name: name.into(),
        role: Role::Parent,
        target,
        received_on: TODAY,
        person: None,
        decision: None,
    };
    for (name, target, trouble) in [
        ("Иванов Пётр Андреевич", Target::Group(CLASS), true),
        ("Иванов Пётр Андреевич", Target::Organization, true),
        ("Иванова Ольга Сергеевна", Target::Group(CLASS), false),
    ] {
        let judged = judge_request(&school.register, &request(name, target), TODAY);
        let restricted =
            judged.signs.contains(&RequestSign::Restricted { papers: "у секретаря".into() });
        assert_eq!((restricted, judged.is_clear()), (trouble, !trouble), "{name}: {:?}", judged.signs);
    }
}
