//! Files against registers made through `decide`. All names are invented.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::names::parse_phone;
use crate::register::{
    ChangeSet, Context, Entity, Group, JournalChange, Membership, Operation, OrderReference, Organization,
    OrganizationKind, Origin, Person, Unit, decide,
};
use crate::roster::{ReadChoices, open_roster, read_roster};

const TODAY: Date = date(2026, 9, 20);
const YEAR: SchoolYear = SchoolYear(2026);

fn context() -> Context {
    Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() }
}

fn execute(register: &mut Register, operation: &Operation) -> ChangeSet {
    let changes = decide(register, operation, &context())
        .unwrap_or_else(|refusal| panic!("{refusal} for {operation:?}"));
    register.apply(&changes);
    register.revision += 1;
    changes
}

fn founded(kind: OrganizationKind) -> Register {
    let mut register = Register::default();
    let organization = Organization { name: "Школа № 14".into(), kind, ..Organization::default() };
    execute(&mut register, &Operation::Found(organization));
    register
}

fn school() -> Register {
    founded(OrganizationKind::School)
}

fn read(text: &str, role: Option<Role>) -> (MappedRoster, ColumnMap) {
    let choices = ReadChoices { default_role: role, ..ReadChoices::default() };
    let roster = read_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error} in {text}"));
    let opened = open_roster(text.as_bytes(), &choices).unwrap_or_else(|error| panic!("{error}"));
    (roster, opened.header.columns)
}

fn planned(register: &Register, text: &str, role: Role, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    let (roster, columns) = read(text, Some(role));
    let mut choices = PlanChoices { columns, ..PlanChoices::for_year(YEAR) };
    change(&mut choices);
    plan_import(register, &roster, &choices, TODAY, &|_| true).expect("nobody cancels")
}

fn students(register: &Register, text: &str) -> ImportPlan {
    planned(register, text, Role::Student, |_| {})
}

fn apply(register: &mut Register, plan: &ImportPlan) -> ChangeSet {
    execute(register, &Operation::ApplyImport(plan.operation("список.csv", "00")))
}

/// A school that holds exactly this file.
fn school_with(text: &str) -> Register {
    let mut register = school();
    let plan = students(&register, text);
    apply(&mut register, &plan);
    register
}

fn kinds(plan: &ImportPlan) -> Vec<&'static str> {
    plan.rows.iter().map(|row| row.kind.code()).collect()
}

fn codes(plan: &ImportPlan) -> Vec<(u32, &'static str)> {
    plan.issues.iter().map(|issue| (issue.row, issue.code)).collect()
}

fn changes(row: &PlanRow) -> Vec<String> {
    row.changes
        .iter()
        .map(|change| format!("{}: {} → {}", change.field, change.before, change.after))
        .collect()
}

fn person_named(register: &Register, name: &str) -> PersonId {
    let found: Vec<PersonId> = register
        .tables()
        .people
        .values()
        .filter(|person| person.name.full() == name)
        .map(|person| person.id)
        .collect();
    assert_eq!(found.len(), 1, "{name}");
    found[0]
}

fn edit_person(register: &mut Register, name: &str, edit: impl FnOnce(&mut Person)) {
    let seen = register.person(person_named(register, name)).expect("exists").clone();
    let mut wanted = (*seen).clone();
    edit(&mut wanted);
    execute(register, &Operation::Edit { seen: Entity::from(seen), wanted: wanted.into() });
}

const CLASS: &str = "ФИО;Класс;Дата рождения;Телефон\n\
    Громов Илья Петрович;5А;14.03.2015;+79120000001\n\
    Лисицына Вера;5А;;\n\
    Орлов Пётр Ильич;5 «б»;01.02.2015;\n";

#[test]
fn the_first_file_adds_and_the_second_changes_nothing() {
    let mut register = school();
    let plan = students(&register, CLASS);
    assert_eq!(kinds(&plan), ["added", "added", "added"]);
    assert_eq!(plan.groups_created, ["5А", "5Б"]);
    assert_eq!(plan.counts, PlanCounts { added: 3, ..PlanCounts::default() });
    assert!(plan.issues.is_empty());
    apply(&mut register, &plan);
    let people: Vec<_> = register.tables().people.values().collect();
    assert!(people.iter().all(|person| person.phone_origin == Origin::Import(2)));

    let again = students(&register, CLASS);
    assert_eq!(again.counts, PlanCounts { unchanged: 3, ..PlanCounts::default() });
    let operation = again.operation("список.csv", "00");
    assert!(again.is_empty() && operation.rows.is_empty() && operation.new_groups.is_empty());
    assert_eq!(operation.planned_at, register.revision);
    let nothing = decide(&register, &Operation::ApplyImport(operation), &context()).expect("allowed");
    assert!(nothing.is_empty());
    assert_eq!(again.rows[0].why, "совпали ФИО, дата рождения, класс, телефон");
    assert_eq!(again.rows[1].why, "совпали ФИО, класс");
}

#[test]
fn each_kind_of_row() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        ("a newcomer", "Новиков Лев Олегович;5А;;", "added", &[]),
        ("the same", "Громов Илья Петрович;5А;14.03.2015;+79120000001", "unchanged", &[]),
        ("blank cells erase nothing", "Громов Илья;5А;;", "unchanged", &[]),
        ("ё and case are no change", "ОРЛОВ ПЕТР ИЛЬИЧ;5Б;;", "unchanged", &[]),
        ("a class in another spelling", "Орлов Пётр Ильич;5-б;;", "unchanged", &[]),
        ("a patronymic is filled", "Лисицына Вера Олеговна;5А;;", "updated", &["отчество:  → Олеговна"]),
        (
            "a birth date is filled",
            "Лисицына Вера;5А;03.04.2015;",
            "updated",
            &["дата рождения:  → 03.04.2015"],
        ),
        (
            "a phone is changed",
            "Громов Илья Петрович;5А;;89120000022",
            "updated",
            &["телефон: +7 912 ••• •• 01 → +7 912 ••• •• 22"],
        ),
        ("a move", "Громов Илья Петрович;5Б;;", "moved", &["класс: 5А → 5Б"]),
        ("a move to a new class", "Громов Илья Петрович;5В;;", "moved", &["класс: 5А → 5В"]),
        ("born on another day: a namesake", "Громов Илья Петрович;5Б;15.03.2015;", "added", &[]),
        ("another patronymic: a namesake", "Громов Илья Ильич;5Б;;", "added", &[]),
    ];
    for (name, line, kind, expected) in cases {
        let mut register = school_with(CLASS);
        let plan = students(&register, &format!("ФИО;Класс;Дата рождения;Телефон\n{line}\n"));
        assert_eq!(kinds(&plan), [*kind], "{name}");
        assert_eq!(changes(&plan.rows[0]), *expected, "{name}");
        assert_eq!(plan.is_empty(), *kind == "unchanged", "{name}");
        apply(&mut register, &plan);
        let again = students(&register, &format!("ФИО;Класс;Дата рождения;Телефон\n{line}\n"));
        assert_eq!(kinds(&again), ["unchanged"], "{name}, once more");
    }
}

#[test]
fn a_move_ends_the_old_membership_and_keeps_one_class() {
    let mut register = school_with(CLASS);
    let plan = students(&register, "ФИО;Класс\nГромов Илья Петрович;5Б\n");
    assert!(plan.rows[0].why.starts_with("перевод, даты приказа нет; совпало ФИО"), "{}", plan.rows[0].why);
    apply(&mut register, &plan);
    let person = person_named(&register, "Громов Илья Петрович");
    let open = register.memberships_of_person(person).filter(|membership| membership.until.is_none()).count();
    assert_eq!((open, register.memberships_of_person(person).count()), (1, 2));
    assert_eq!(register.tables().movements.len(), 1);
    // There and back on one day.
    let back = students(&register, CLASS);
    assert_eq!(back.counts, PlanCounts { moved: 1, unchanged: 2, ..PlanCounts::default() });
    apply(&mut register, &back);
    assert!(students(&register, CLASS).is_empty());
}

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

#[test]
fn namesakes_are_never_merged() {
    let cases: &[(&str, &str, &str, &[&str])] = &[
        (
            "one person, two rows of the class that differ by phone only",
            "Иванов Артём;6А;;",
            "Иванов Артём;6А;;+79120000001\nИванов Артём;6А;;+79120000002",
            &["ambiguous", "ambiguous"],
        ),
        (
            "one person, two rows, one agrees by phone",
            "Иванов Артём;6А;;+79120000001",
            "Иванов Артём;6А;;+79120000001\nИванов Артём;6А;;+79120000002",
            &["unchanged", "ambiguous"],
        ),
        (
            "one person, two rows, one agrees by birth date and the other is born later",
            "Иванов Артём;6А;01.01.2014;",
            "Иванов Артём;6А;01.01.2014;\nИванов Артём;6А;02.02.2014;",
            &["unchanged", "added"],
        ),
        (
            "one person, rows in two classes",
            "Иванов Артём;6А;;",
            "Иванов Артём;6А;;\nИванов Артём;6Б;;",
            &["unchanged", "added"],
        ),
        (
            "two people in two classes, a row for one of them",
            "Иванов Артём;6А;;\nИванов Артём;6Б;;",
            "Иванов Артём;6Б;;",
            &["unchanged"],
        ),
        (
            "two people, a row in a third class",
            "Иванов Артём;6А;;\nИванов Артём;6Б;;",
            "Иванов Артём;6В;;",
            &["ambiguous"],
        ),
        (
            "two people, a row in a third class with the birth date of one",
            "Иванов Артём;6А;01.01.2014;\nИванов Артём;6Б;02.02.2014;",
            "Иванов Артём;6В;02.02.2014;",
            &["moved"],
        ),
        (
            "two people who differ by patronymic, one row without",
            "Иванов Артём Ильич;6А;;\nИванов Артём Львович;6А;;",
            "Иванов Артём;6А;;",
            &["ambiguous"],
        ),
        (
            "with and without patronymic in one class",
            "Иванов Артём Ильич;6А;;\nИванов Артём;6А;;",
            "Иванов Артём;6А;;\nИванов Артём Ильич;6А;;",
            &["unchanged", "unchanged"],
        ),
    ];
    let header = "ФИО;Класс;Дата рождения;Телефон\n";
    for (name, before, file, expected) in cases {
        let mut register = school_with(&format!("{header}{before}\n"));
        let text = format!("{header}{file}\n");
        let plan = students(&register, &text);
        assert_eq!(kinds(&plan), *expected, "{name}");
        let mut people: Vec<PersonId> = plan.rows.iter().filter_map(|row| row.person).collect();
        people.sort_unstable();
        people.dedup();
        assert_eq!(people.len(), plan.rows.iter().filter(|row| row.person.is_some()).count(), "{name}");
        for row in plan.rows.iter().filter(|row| row.kind == PlanKind::Ambiguous) {
            assert!(!row.candidates.is_empty(), "{name}: candidates are named");
            assert!(codes(&plan).contains(&(row.row, "ambiguous")), "{name}");
        }
        apply(&mut register, &plan);
        assert!(students(&register, &text).is_empty(), "{name}, once more");
    }
}

#[test]
fn the_user_says_who_it_is() {
    let header = "ФИО;Класс\n";
    let register = school_with(&format!("{header}Иванов Артём;6А\nИванов Артём;6Б\n"));
    let text = format!("{header}Иванов Артём;6В\n");
    let candidates = students(&register, &text).rows[0].candidates.clone();
    assert_eq!(candidates.len(), 2);
    let decide_by = |choice| {
        planned(&register, &text, Role::Student, |choices| {
            choices.decisions.insert(2, choice);
        })
    };
    let moved = decide_by(PersonChoice::Existing(candidates[1]));
    assert_eq!((kinds(&moved), moved.rows[0].person), (vec!["moved"], Some(candidates[1])));
    assert_eq!(kinds(&decide_by(PersonChoice::NewPerson)), ["added"]);
    let wrong = decide_by(PersonChoice::Existing(PersonId(999)));
    assert_eq!((kinds(&wrong), codes(&wrong)), (vec!["ambiguous"], vec![(2, "bad_decision")]));
}

#[test]
fn who_left_comes_back_only_by_the_users_word() {
    let mut register = school_with(CLASS);
    let id = person_named(&register, "Громов Илья Петрович");
    let people = vec![register.person(id).expect("exists").clone()];
    execute(&mut register, &Operation::Depart { people, on: TODAY, order: OrderReference::default() });
    let plan = students(&register, CLASS);
    assert_eq!(kinds(&plan), ["ambiguous", "unchanged", "unchanged"]);
    assert_eq!((codes(&plan), plan.rows[0].candidates.clone()), (vec![(2, "was_here_before")], vec![id]));
    let back = planned(&register, CLASS, Role::Student, |choices| {
        choices.decisions.insert(2, PersonChoice::Existing(id));
    });
    assert_eq!(kinds(&back), ["updated", "unchanged", "unchanged"]);
    assert_eq!(changes(&back.rows[0]), ["выбытие: 20.09.2026 → ", "роль:  → ученик", "класс:  → 5А"]);
    let operation = back.operation("список.csv", "00");
    assert!(
        matches!(operation.rows[0].person, crate::register::RowPerson::Existing { id: who, .. } if who == id)
    );
    assert!(operation.rows[0].join.is_some());
}

#[test]
fn the_scope_says_who_is_absent() {
    let register = school_with("ФИО;Класс\nА Анна;1А\nБ Белла;1А\nВ Вера;1Б\nГ Глеб;2А\n");
    let text = "ФИО;Класс\nА Анна;1А\nВ Вера;1А\n";
    let cases = [
        (Scope::Additions, vec![]),
        (Scope::Groups, vec!["Б Белла"]),
        (Scope::Full, vec!["Б Белла", "Г Глеб"]),
    ];
    for (scope, expected) in cases {
        let plan = planned(&register, text, Role::Student, |choices| choices.scope = scope);
        let names: Vec<String> =
            plan.absent.iter().map(|row| register.person(row.person).expect("exists").name.full()).collect();
        assert_eq!(names, expected, "{scope:?}");
        let absent = expected.len() as u32;
        assert_eq!(plan.counts, PlanCounts { moved: 1, unchanged: 1, absent, ..PlanCounts::default() });
        assert!(plan.operation("а", "0").rows.len() == 1, "the absent are listed only");
    }
}

#[test]
fn rows_left_out_and_problem_rows_are_skipped() {
    let register = school();
    let text = "ФИО;Класс\nГромов Илья;5А\nЛисицына;5А\nОрлов Пётр;\nСомов Яков;5В\n";
    let plan = planned(&register, text, Role::Student, |choices| {
        choices.left_out_rows.insert(5);
    });
    assert_eq!(plan.counts, PlanCounts { added: 1, skipped: 3, ..PlanCounts::default() });
    assert_eq!(plan.groups_created, ["5А"], "a group of a row left out is not created");
    assert_eq!(codes(&plan), [(3, "bad_name"), (4, "no_group")]);
}

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
fn staff_are_matched_across_their_two_roles_only() {
    let mut register = school_with("ФИО;Класс\nКим Нина Львовна;5А\n");
    let staff = "ФИО;Должность\nКим Нина Львовна;учитель химии\nРоу Ада Яновна;секретарь\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    assert_eq!(kinds(&plan), ["added", "added"], "a pupil of the same name is somebody else");
    assert!(plan.groups_created.is_empty());
    apply(&mut register, &plan);
    let teaching = register.tables().groups.values().find(|group| group.kind == GroupKind::TeachingStaff);
    let teaching = teaching.expect("made with the file").id;
    assert_eq!(register.current_members(teaching, Role::Teacher, TODAY).len(), 1);
    assert!(planned(&register, staff, Role::Teacher, |_| {}).is_empty());

    let changed = staff.replace("секретарь", "учитель музыки").replace("учитель химии", "учитель биологии");
    let plan = planned(&register, &changed, Role::Teacher, |_| {});
    assert_eq!(kinds(&plan), ["updated", "updated"]);
    assert_eq!(changes(&plan.rows[0]), ["должность: учитель химии → учитель биологии"]);
    assert_eq!(changes(&plan.rows[1])[0], "роль: сотрудник → учитель");
    apply(&mut register, &plan);
    assert!(planned(&register, &changed, Role::Teacher, |_| {}).is_empty());
}

#[test]
fn parents_stand_apart_from_their_namesakes_and_shared_phones_are_told() {
    let mut register = school_with("ФИО;Класс;Телефон\nКим Нина Львовна;5А;+79120000001\n");
    let parents = "ФИО;Класс;Телефон\nКим Нина Львовна;5А;+79120000001\n";
    let plan = planned(&register, parents, Role::Parent, |_| {});
    assert_eq!(kinds(&plan), ["added"]);
    assert_eq!(codes(&plan), [(2, "same_phone_as_adult")]);
    apply(&mut register, &plan);
    assert!(planned(&register, parents, Role::Parent, |_| {}).is_empty());
    // The second child's class is joined, the first one is not left.
    let second = planned(&register, &parents.replace("5А", "7Б"), Role::Parent, |_| {});
    assert_eq!(
        (kinds(&second), changes(&second.rows[0])),
        (vec!["updated"], vec!["класс:  → 7Б".to_owned()])
    );
    apply(&mut register, &second);
    let both: Vec<&Membership> =
        register.tables().memberships.values().filter(|membership| membership.role == Role::Parent).collect();
    assert!(both.len() == 2 && both.iter().all(|membership| membership.until.is_none()));
}

#[test]
fn a_pupil_on_the_phone_of_a_parent_is_told() {
    let text = "ФИО;Класс;Телефон;Мать;Телефон матери\n\
        Громов Илья;5А;+79120000001;Громова Анна;+79120000001\n\
        Орлов Пётр;5А;;Орлова Яна;\n";
    let plan = students(&school(), text);
    assert_eq!(plan.counts.added, 2);
    assert!(codes(&plan).contains(&(2, "same_phone_as_adult")));
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

#[test]
fn a_cancelled_plan_is_none() {
    let (roster, _) = read(CLASS, Some(Role::Student));
    let choices = PlanChoices::for_year(YEAR);
    assert!(plan_import(&school(), &roster, &choices, TODAY, &|_| false).is_none());
    let told = std::cell::RefCell::new(Vec::new());
    let progress = |share| {
        told.borrow_mut().push(share);
        true
    };
    assert!(plan_import(&school_with(CLASS), &roster, &choices, TODAY, &progress).is_some());
    let told = told.into_inner();
    assert!(told.is_sorted() && told.last() == Some(&1.0), "{told:?}");
}

#[test]
fn json_has_the_promised_object() {
    let register = school_with("ФИО;Класс;Телефон\nГромов Илья;5А;+79120000001\nСомов Яков;5А;\n");
    let (roster, columns) = read("ФИО;Класс;Телефон\nГромов Илья;5А;+79120000002\n", Some(Role::Student));
    let choices = PlanChoices { scope: Scope::Full, columns, ..PlanChoices::for_year(YEAR) };
    let plan = plan_import(&register, &roster, &choices, TODAY, &|_| true).expect("nobody cancels");
    let expected = serde_json::json!({
        "source": { "format": "csv", "encoding": "utf-8", "delimiter": ";", "sheet": null, "header_row": 1 },
        "rows": 1,
        "plan": {
            "added": 0, "updated": 1, "moved": 0, "unchanged": 0, "absent": 1, "ambiguous": 0, "skipped": 0
        },
        "changes": [
            {
                "row": 2, "kind": "updated", "person": 1, "group": "5А",
                "fields": [{ "field": "phone", "before": "+7 912 ••• •• 01", "after": "+7 912 ••• •• 02" }]
            },
            { "row": null, "kind": "absent", "person": 2, "group": "5А", "fields": [] }
        ],
        "skipped_columns": [],
        "groups_created": [],
        "issues": [],
        "applied": false,
        "journal_entry": null
    });
    assert_eq!(plan.to_json(&roster, false, None), expected);
    assert_eq!(plan.to_json(&roster, true, Some(3))["journal_entry"], 3);
}

/// Lines of a roster with few names, classes, dates and phones, so that namesakes abound.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![
        "Иванов Артём",
        "Иванов Артём Ильич",
        "ИВАНОВ АРТЕМ Львович",
        "Ким Яна",
        "Лис Ева Яновна"
    ];
    let line = (name, 0..3_usize, 0..3_usize, 0..3_usize).prop_map(|(name, class, born, phone)| {
        let class = ["5А", "5Б", "6а"][class];
        let born = ["", "01.02.2015", "03.04.2015"][born];
        let phone = ["", "+79120000001", "+79120000002"][phone];
        format!("{name};{class};{born};{phone}")
    });
    proptest::collection::vec(line, 1..12)
}

fn as_file(lines: &[String]) -> String {
    format!("ФИО;Класс;Дата рождения;Телефон\n{}\n", lines.join("\n"))
}

proptest! {
    #[test]
    fn the_plan_of_an_applied_file_is_empty(before in lines(), after in lines()) {
        let mut register = school_with(&as_file(&before));
        let again = students(&register, &as_file(&before));
        prop_assert!(again.is_empty(), "{:?}", kinds(&again));
        let plan = students(&register, &as_file(&after));
        apply(&mut register, &plan);
        let again = students(&register, &as_file(&after));
        prop_assert!(again.is_empty(), "{:?} then {:?}", kinds(&plan), kinds(&again));
        prop_assert!(again.groups_created.is_empty());
    }

    #[test]
    fn no_person_is_taken_twice_and_every_row_is_counted(before in lines(), after in lines()) {
        let register = school_with(&as_file(&before));
        let plan = planned(&register, &as_file(&after), Role::Student, |choices| choices.scope = Scope::Full);
        let mut people: Vec<PersonId> = plan.rows.iter().filter_map(|row| row.person).collect();
        people.sort_unstable();
        prop_assert!(people.windows(2).all(|pair| pair[0] != pair[1]));
        prop_assert!(plan.absent.iter().all(|absent| people.binary_search(&absent.person).is_err()));
        let counts = plan.counts;
        let rows = counts.added + counts.updated + counts.moved + counts.unchanged + counts.ambiguous + counts.skipped;
        prop_assert_eq!(rows as usize, after.len());
        prop_assert_eq!((counts.added + counts.updated + counts.moved) as usize, plan.operation("а", "0").rows.len());
    }

    #[test]
    fn an_import_taken_back_leaves_nothing(before in lines(), after in lines()) {
        let mut register = school_with(&as_file(&before));
        let untouched = register.clone();
        let plan = students(&register, &as_file(&after));
        let set = apply(&mut register, &plan);
        if !set.is_empty() {
            let journal = set.changes.iter().map(|change| JournalChange {
                part: change.part,
                key: change.key(),
                fields: change.fields(),
            });
            let changes = journal.collect();
            let entry = register.revision;
            let undo = Operation::Undo { entry, code: "import".into(), parts: None, changes };
            let undone = execute(&mut register, &undo);
            prop_assert!(undone.kept.is_empty());
        }
        prop_assert!(register.holds_the_same_as(&untouched));
    }
}
