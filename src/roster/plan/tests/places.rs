//! Classes of the file and of the register.

use super::*;

#[test]
fn two_buildings_with_one_label() {
    let mut register = school();
    execute(
        &mut register,
        &Operation::Add(vec![
            Unit { name: "Корпус 1".into(), ..Unit::default() }.into(),
            Unit { name: "Корпус 2".into(), ..Unit::default() }.into(),
        ]),
    );
    let group = |unit| {
        let label = "5А".to_owned();
        Entity::from(Group { unit: Some(UnitId(unit)), label, year: Some(YEAR), ..Group::default() })
    };
    execute(&mut register, &Operation::Add(vec![group(1), group(2)]));
    let text = "ФИО;Класс\nГромов Илья;5а\n";
    let open = students(&register, text);
    assert_eq!((kinds(&open), codes(&open)), (vec!["skipped"], vec![(2, "group_ambiguous")]));
    let plan = planned(&register, text, Role::Student, |choices| choices.unit = Some(UnitId(2)));
    assert!(plan.groups_created.is_empty());
    apply(&mut register, &plan);
    let membership = register.tables().memberships.values().next().expect("was made");
    let unit = register.group(membership.group.expect("has a class")).expect("exists").unit;
    assert_eq!(unit, Some(UnitId(2)));
}

#[test]
fn kinds_of_new_groups() {
    let cases = [
        (OrganizationKind::School, "5А", GroupKind::SchoolClass),
        (OrganizationKind::School, "Солнышко", GroupKind::StudyGroup),
        (OrganizationKind::College, "П-101СД", GroupKind::StudyGroup),
        (OrganizationKind::Kindergarten, "Солнышко", GroupKind::KindergartenGroup),
    ];
    for (kind, label, expected) in cases {
        let register = founded(kind);
        let plan = students(&register, &format!("ФИО;Группа\nГромов Илья;{label}\n"));
        let operation = plan.operation("а", "0");
        assert_eq!(operation.new_groups[0].kind, expected, "{label}");
    }
}

#[test]
fn another_year_joins_a_new_class() {
    let mut register = school_with(CLASS);
    let next = CLASS.replace("5А", "6А").replace("5 «б»", "6Б");
    let of_next_year = |register: &Register| {
        planned(register, &next, Role::Student, |choices| choices.year = SchoolYear(2027))
    };
    let plan = of_next_year(&register);
    assert_eq!(kinds(&plan), ["updated"; 3]);
    assert_eq!(changes(&plan.rows[0]), ["класс: 5А (2026/2027) → 6А"]);
    apply(&mut register, &plan);
    assert!(of_next_year(&register).is_empty());
}
