//! What an import does besides its people: adults, children, appointments, departures, remembered answers.

use jiff::civil::date;

use super::*;
use crate::register::{
    AdultChoice, Assignment, ChildChoice, ImportedAssignment, MovementKind, NewAdult, Remembered,
    RememberedKind, RowAdult, RowChild, TeacherChoice,
};

fn adult(adult: AdultChoice, basis: &str) -> RowAdult {
    RowAdult { adult, basis: basis.into(), phone: None, name: None }
}

fn known_row(number: u32, id: u32) -> RowDecision {
    let person = RowPerson::Existing { id: PersonId(id), name: None, birth_date: None, phone: None };
    RowDecision { person, join: None, ..row(number, "") }
}

fn order() -> OrderReference {
    OrderReference { number: "214".into(), date: Some(TODAY) }
}

/// People 1–3 are the students of 7Б, then a mother (4) of the first two by a file.
fn family() -> (Register, ChangeSet) {
    let mut register = founded();
    let mother = || adult(AdultChoice::New(0), "мать");
    let Operation::ApplyImport(mut operation) = import(&register) else { unreachable!("an import") };
    operation.new_adults =
        vec![NewAdult { name: FullName::new("Белкина", "Анна", ""), phone: None }];
    operation.rows[0].adults = vec![mother(), mother()];
    operation.rows[1].adults = vec![mother()];
    let set = done(&mut register, &Operation::ApplyImport(operation));
    (register, set)
}

#[test]
fn a_new_adult_is_a_part_that_stays_while_a_child_refers_to_it() {
    let (mut register, set) = family();
    let made: Vec<(u32, u32, &str)> = register
        .tables()
        .guardianships
        .values()
        .map(|link| (link.adult.0, link.child.0, link.basis.as_str()))
        .collect();
    assert_eq!(made, [(1, 2, "мать"), (1, 3, "мать")], "adults stand before rows, a bond is made once");
    let only = |parts| Operation::Undo {
        entry: 2,
        code: "import".into(),
        parts: Some(parts),
        changes: journal(&set),
    };
    assert_eq!(refused(&register, &only(vec![2])), Refusal::EveryPartKept, "two children still refer to her");
    done(&mut register, &only(vec![2, 3, 4]));
    assert_eq!((register.tables().people.len(), register.tables().guardianships.len()), (1, 0));
}

#[test]
fn a_known_bond_is_not_made_again_and_only_an_empty_basis_is_filled() {
    let (mut register, _) = family();
    let give = |register: &Register, basis: &str, child: u32| {
        let row = RowDecision {
            adults: vec![adult(AdultChoice::Existing(PersonId(1)), basis)],
            ..known_row(2, child)
        };
        Operation::ApplyImport(ImportOperation {
            planned_at: register.revision,
            rows: vec![row],
            ..ImportOperation::default()
        })
    };
    let again = give(&register, "опекун", 2);
    assert!(decide(&register, &again, &context()).expect("allowed").is_empty());
    let fresh = give(&register, "", 4);
    done(&mut register, &fresh);
    let filled = give(&register, "мать", 4);
    done(&mut register, &filled);
    let bases: Vec<&str> = register.tables().guardianships.values().map(|link| link.basis.as_str()).collect();
    assert_eq!(bases, ["мать"; 3]);
}

#[test]
fn two_rows_may_edit_one_adult_and_name_children_of_other_rows() {
    let (mut register, _) = family();
    let before = register.clone();
    let phone = crate::names::parse_phone("+79120000001").ok();
    let name = Some(FullName::new("Белкина", "Анна", "Львовна"));
    let known = |phone, name| RowAdult { phone, name, ..adult(AdultChoice::Existing(PersonId(1)), "") };
    let children = vec![RowChild { child: ChildChoice::OfRow(9), basis: "отец".into() }];
    let operation = Operation::ApplyImport(ImportOperation {
        planned_at: register.revision,
        rows: vec![
            RowDecision { join: None, children, ..row(2, "Рощин") },
            RowDecision { adults: vec![known(phone.clone(), None)], ..known_row(3, 2) },
            RowDecision { adults: vec![known(None, name)], ..known_row(4, 3) },
            RowDecision { join: None, ..row(9, "Рощина") },
        ],
        ..ImportOperation::default()
    });
    let set = done(&mut register, &operation);
    let mother = register.person(PersonId(1)).expect("known");
    assert_eq!((mother.phone.clone(), mother.name.patronymic.as_str()), (phone, "Львовна"));
    assert_eq!(register.tables().guardianships.len(), 3);
    let undone = done(&mut register, &undo(&set, "import"));
    assert!(undone.kept.is_empty() && register.holds_the_same_as(&before));
}

#[test]
fn departures_of_an_import_are_parts_of_their_own_with_one_order() {
    let (mut register, _) = family();
    let leaving = |register: &Register, rows: Vec<RowDecision>| {
        Operation::ApplyImport(ImportOperation {
            planned_at: register.revision,
            departures: vec![PersonId(3), PersonId(4)],
            rows,
            movement_on: Some(date(2026, 10, 1)),
            order: order(),
            ..ImportOperation::default()
        })
    };
    let named = leaving(&register, vec![known_row(2, 3)]);
    assert_eq!(refused(&register, &named), Refusal::ChangedSinceSeen(PersonId(3).into()));
    let operation = leaving(&register, vec![]);
    let set = done(&mut register, &operation);
    let movements: Vec<_> = register
        .tables()
        .movements
        .values()
        .map(|movement| (movement.kind, movement.on, movement.order.clone()))
        .collect();
    assert_eq!(movements, [(); 2].map(|()| (MovementKind::Left, date(2026, 10, 1), order())));
    let one =
        Operation::Undo { entry: 3, code: "import".into(), parts: Some(vec![2]), changes: journal(&set) };
    done(&mut register, &one);
    let left = [3, 4].map(|id| register.person(PersonId(id)).and_then(|person| person.left_on));
    assert_eq!(left, [Some(date(2026, 10, 1)), None], "one departure is taken back, the other stays");
}

#[test]
fn an_appointment_replaces_another_the_same_day_and_undo_brings_it_back() {
    let (mut register, _) = family();
    let first = Assignment { group: GroupId(2), person: PersonId(1), ..Default::default() };
    done(&mut register, &Operation::Add(vec![first.into()]));
    let before = register.clone();
    let appointment = ImportedAssignment {
        group: GroupChoice::Existing(GroupId(2)),
        teacher: TeacherChoice::OfRow(2),
        ends: Some(AssignmentId(1)),
    };
    let staff = NewMembership { role: Role::Teacher, group: None, post: String::new() };
    let operation = Operation::ApplyImport(ImportOperation {
        planned_at: register.revision,
        rows: vec![RowDecision { join: Some(staff), ..row(2, "Рощина") }],
        assignments: vec![appointment],
        order: order(),
        ..ImportOperation::default()
    });
    let set = done(&mut register, &operation);
    let held: Vec<_> = register
        .tables()
        .assignments
        .values()
        .map(|held| (held.person.0, held.since, held.until, held.order.clone()))
        .collect();
    assert_eq!(held, [(1, None, Some(TODAY), OrderReference::default()), (5, Some(TODAY), None, order())]);
    let hired: Vec<MovementKind> =
        register.tables().movements.values().map(|movement| movement.kind).collect();
    assert_eq!(hired, [MovementKind::Hired], "the user gave an order");
    let undone = done(&mut register, &undo(&set, "import"));
    assert!(undone.kept.is_empty() && register.holds_the_same_as(&before));
}

#[test]
fn answers_of_several_kinds_are_remembered_under_their_keys() {
    let mut register = founded();
    let answer = |kind, key: &str, value: &str| Remembered {
        kind,
        key: key.into(),
        value: value.into(),
        ..Remembered::default()
    };
    let remember = |register: &Register, remember| {
        Operation::ApplyImport(ImportOperation {
            planned_at: register.revision,
            remember,
            ..ImportOperation::default()
        })
    };
    use RememberedKind::{ColumnMap, RefusedValue};
    let first = remember(
        &register,
        vec![answer(ColumnMap, "а", "1"), answer(RefusedValue, "а", "2"), answer(ColumnMap, "а", "3")],
    );
    done(&mut register, &first);
    let second = remember(&register, vec![answer(RefusedValue, "а", "4"), answer(ColumnMap, "а", "3")]);
    let set = done(&mut register, &second);
    let held: Vec<_> = register
        .tables()
        .remembered
        .values()
        .map(|it| (it.kind, it.key.as_str(), it.value.as_str()))
        .collect();
    assert_eq!(held, [(RefusedValue, "а", "4"), (ColumnMap, "а", "3")]);
    assert_eq!(set.changes.len(), 1, "what is known already is not written again");
}

#[test]
fn an_import_keeps_its_numbers_for_the_history() {
    let import = ImportOperation {
        file_name: "5А.csv".into(),
        file_hash: "00".into(),
        year: Some(SchoolYear(2026)),
        counts: vec![("added", 3), ("departed", 0)],
        ..ImportOperation::default()
    };
    assert_eq!(
        Operation::ApplyImport(import).details().to_string(),
        r#"{"counts":{"added":3,"departed":0},"file":"5А.csv","rows":0,"sha256":"00","year":2026}"#
    );
}
