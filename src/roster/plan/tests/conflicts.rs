//! Values set by hand against values of the file.

use super::*;

#[test]
fn an_edit_by_hand_stays_and_an_empty_field_is_filled() {
    let mut register = school_with(CLASS);
    edit_person(&mut register, "Громов Илья Петрович", |person| {
        (person.phone, person.phone_origin) = (parse_phone("+79129999999").ok(), Origin::Hand);
    });
    edit_person(&mut register, "Лисицына Вера", |person| {
        (person.phone_origin, person.birth_date_origin) = (Origin::Hand, Origin::Hand);
    });
    let text = CLASS.replace("Лисицына Вера;5А;;", "Лисицына Вера;5А;05.05.2015;+79120000033");
    let plan = students(&register, &text);
    assert_eq!(kinds(&plan), ["unchanged", "updated", "unchanged"]);
    assert_eq!(codes(&plan), [(2, "hand_edit_kept")]);
    assert_eq!(plan.issues[0].column.as_deref(), Some("Телефон"));
    apply(&mut register, &plan);
    let person = register.person(person_named(&register, "Громов Илья Петрович")).expect("exists");
    assert_eq!(person.phone.as_ref().map(|phone| phone.as_str()), Some("+79129999999"));
}

#[test]
fn a_class_set_by_hand_stays() {
    let mut register = school_with(CLASS);
    let person = person_named(&register, "Громов Илья Петрович");
    let seen = register.memberships_of_person(person).next().expect("has a class").clone();
    let target = register.tables().groups.values().find(|group| group.label == "5Б").expect("exists").id;
    let order = OrderReference::default();
    execute(&mut register, &Operation::MoveMember { seen, to: target, on: TODAY, order });
    let plan = students(&register, CLASS);
    assert_eq!(kinds(&plan), ["unchanged"; 3]);
    assert_eq!(codes(&plan), [(2, "hand_edit_kept")]);
    assert!(plan.is_empty());
}

#[test]
fn a_birth_date_corrected_by_hand_makes_no_second_person() {
    let mut register = school_with(CLASS);
    edit_person(&mut register, "Громов Илья Петрович", |person| {
        (person.birth_date, person.birth_date_origin) = (Some(date(2015, 3, 15)), Origin::Hand);
    });
    let plan = students(&register, CLASS);
    assert_eq!(kinds(&plan), ["ambiguous", "unchanged", "unchanged"]);
    assert_eq!(codes(&plan), [(2, "birth_date_differs")]);
    let person = person_named(&register, "Громов Илья Петрович");
    let decided = planned(&register, CLASS, Role::Student, |choices| {
        choices.decisions.insert(2, PersonChoice::Existing(person));
    });
    assert_eq!(kinds(&decided), ["unchanged"; 3]);
    assert_eq!(codes(&decided), [(2, "hand_edit_kept")]);
}

/// Everything of the first pupil set by hand, and a file that says otherwise in every field.
fn set_by_hand() -> (Register, String) {
    let mut register = school_with(CLASS);
    edit_person(&mut register, "Громов Илья Петрович", |person| {
        (person.phone, person.phone_origin) = (parse_phone("+79129999999").ok(), Origin::Hand);
        (person.birth_date, person.birth_date_origin) = (Some(date(2015, 3, 15)), Origin::Hand);
    });
    let person = person_named(&register, "Громов Илья Петрович");
    let seen = register.memberships_of_person(person).next().expect("has a class").clone();
    let to = register.tables().groups.values().find(|group| group.label == "5Б").expect("exists").id;
    let order = OrderReference::default();
    execute(&mut register, &Operation::MoveMember { seen, to, on: TODAY, order });
    (register, CLASS.to_owned())
}

fn decided(register: &Register, text: &str, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    planned(register, text, Role::Student, |choices| {
        choices.decisions.insert(2, PersonChoice::Existing(PersonId(1)));
        change(choices);
    })
}

const FIELDS: [ConflictField; 3] = [ConflictField::BirthDate, ConflictField::Phone, ConflictField::Group];

#[test]
fn each_value_of_the_file_against_a_hand_is_one_conflict() {
    let (register, text) = set_by_hand();
    let plan = decided(&register, &text, |_| {});
    let told: Vec<_> = plan
        .conflicts
        .iter()
        .map(|it| (it.row, it.field, it.column.as_str(), it.in_file.as_str(), it.by_hand.as_str(), it.taken))
        .collect();
    assert_eq!(
        told,
        [
            (2, ConflictField::BirthDate, "Дата рождения", "14.03.2015", "15.03.2015", false),
            (2, ConflictField::Phone, "Телефон", "+7 912 ••• •• 01", "+7 912 ••• •• 99", false),
            (2, ConflictField::Group, "Класс", "5А", "5Б", false),
        ]
    );
    assert_eq!(codes(&plan), [(2, "hand_edit_kept"); 3]);
    assert_eq!((kinds(&plan)[0], plan.counts.conflicts), ("unchanged", 3));
}

#[test]
fn a_ticked_value_is_taken_from_the_file() {
    let (mut register, text) = set_by_hand();
    let plan = decided(&register, &text, |choices| {
        choices.take_from_file = FIELDS.map(|field| (2, field)).into();
    });
    assert_eq!((kinds(&plan)[0], codes(&plan)), ("moved", vec![]));
    assert!(plan.conflicts.iter().all(|conflict| conflict.taken) && plan.conflicts.len() == 3);
    assert_eq!(
        changes(&plan.rows[0]),
        [
            "дата рождения: 15.03.2015 → 14.03.2015",
            "телефон: +7 912 ••• •• 99 → +7 912 ••• •• 01",
            "класс: 5Б → 5А"
        ]
    );
    apply(&mut register, &plan);
    assert!(students(&register, &text).is_empty());
}

#[test]
fn a_value_refused_for_good_is_not_spoken_of_again() {
    let (mut register, text) = set_by_hand();
    let plan = decided(&register, &text, |choices| {
        choices.refuse_for_good = FIELDS.map(|field| (2, field)).into();
        // One answer cannot be both; the file's value wins.
        choices.take_from_file.insert((2, ConflictField::Group));
    });
    assert!(!plan.is_empty() && codes(&plan).is_empty());
    assert_eq!(plan.conflicts.iter().map(|it| it.refused).collect::<Vec<_>>(), [true, true, false]);
    let operation = plan.operation("список.csv", "00");
    let kept = format!("{:?}", operation.remember);
    assert!(!kept.contains("Громов") && !kept.contains("9120000001") && !kept.contains("2015"), "{kept}");
    apply(&mut register, &plan);
    let again = students(&register, &text);
    assert_eq!((kinds(&again)[0], codes(&again), again.conflicts.len()), ("unchanged", vec![], 0));
    assert!(again.is_empty());
    // Another value is another question.
    let other = students(&register, &text.replace("+79120000001", "+79120000055"));
    assert_eq!((codes(&other), other.conflicts.len()), (vec![(2, "hand_edit_kept")], 1));
}

#[test]
fn a_refusal_alone_is_an_import() {
    let mut register = school_with(CLASS);
    edit_person(&mut register, "Громов Илья Петрович", |person| {
        (person.phone, person.phone_origin) = (parse_phone("+79129999999").ok(), Origin::Hand);
    });
    assert!(students(&register, CLASS).is_empty());
    let refusing = planned(&register, CLASS, Role::Student, |choices| {
        choices.refuse_for_good.insert((2, ConflictField::Phone));
    });
    assert!(!refusing.is_empty() && refusing.operation("а", "0").rows.is_empty());
    apply(&mut register, &refusing);
    let again = students(&register, CLASS);
    assert!(again.is_empty() && again.conflicts.is_empty() && again.issues.is_empty());
}
