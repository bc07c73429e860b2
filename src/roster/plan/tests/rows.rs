//! What becomes of rows, and the object that is printed of them.

use super::*;

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
            "added": 0, "updated": 1, "moved": 0, "unchanged": 0, "absent": 1, "ambiguous": 0, "skipped": 0,
            "renamed": 0, "conflicts": 0, "departed": 0, "parents_added": 0, "assignments": 0
        },
        "changes": [
            {
                "row": 2, "kind": "updated", "person": 1, "group": "5А",
                "fields": [{ "field": "phone", "before": "+7 912 ••• •• 01", "after": "+7 912 ••• •• 02" }]
            },
            { "row": null, "kind": "absent", "person": 2, "group": "5А", "fields": [] }
        ],
        "conflicts": [],
        "adult_proposals": [],
        "assignments": [],
        "brake": null,
        "skipped_columns": [],
        "groups_created": [],
        "issues": [],
        "applied": false,
        "journal_entry": null
    });
    assert_eq!(plan.to_json(&roster, false, None), expected);
    assert_eq!(plan.to_json(&roster, true, Some(3))["journal_entry"], 3);
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
fn json_tells_renames_conflicts_and_departures_without_names() {
    let mut register = school_with(
        "ФИО;Класс;Телефон\nГромова Анна Львовна;5А;\nСомов Яков;5А;+79120000001\nБ Белла;5А;\nВ Вера;5А;\nГ Глеб;5А;\n",
    );
    edit_person(&mut register, "Сомов Яков", |person| person.phone_origin = Origin::Hand);
    let text = "ФИО;Класс;Телефон\nКотова Анна Львовна;5А;\nСомов Яков;5А;+79120000002\n";
    let (roster, columns) = read(text, Some(Role::Student));
    let (scope, departing) = (Scope::Full, Departing::Everybody);
    let mut choices = PlanChoices { scope, departing, columns, ..PlanChoices::for_year(YEAR) };
    let json_of = |choices: &PlanChoices| {
        let plan = plan_import(&register, &roster, choices, TODAY, &|_| true).expect("nobody cancels");
        plan.to_json(&roster, false, None)
    };
    let told = json_of(&choices);
    let departed = |person: u32| serde_json::json!({ "row": null, "kind": "departed", "person": person, "group": "5А", "fields": [] });
    assert_eq!(
        told["changes"],
        serde_json::json!([
            {
                "row": 2, "kind": "renamed", "person": null, "group": "5А", "fields": [],
                "candidates": [1], "accepted": false
            },
            departed(3), departed(4), departed(5)
        ])
    );
    assert_eq!(
        told["conflicts"],
        serde_json::json!([{
            "row": 3, "field": "phone", "column": "Телефон", "in_file": "+7 912 ••• •• 02",
            "by_hand": "+7 912 ••• •• 01", "taken": false, "refused": false
        }])
    );
    assert_eq!(
        told["brake"],
        serde_json::json!({ "departing": 3, "group": null, "departing_there": 3, "of": 5 })
    );
    let counts = ["renamed", "conflicts", "departed", "absent"].map(|name| told["plan"][name].as_u64());
    assert_eq!(counts, [Some(1), Some(1), Some(3), Some(3)]);
    choices.accept_renames = true;
    let told = json_of(&choices);
    assert_eq!((&told["changes"][0]["accepted"], &told["changes"][0]["person"]), (&true.into(), &1.into()));
    assert_eq!(
        told["changes"][0]["fields"],
        serde_json::json!([{ "field": "name", "before": null, "after": null }])
    );
    assert!(!told.to_string().contains("Котова") && !told.to_string().contains("Громова"));
}

#[test]
fn a_blank_cell_never_erases() {
    let register = school_with(CLASS);
    for name in ["Громов Илья Петрович", "Лисицына Вера", "Орлов Пётр Ильич"]
    {
        let text = format!(
            "ФИО;Класс;Дата рождения;Телефон\n{name};{};;\n",
            if name.starts_with('О') { "5Б" } else { "5А" }
        );
        let plan = students(&register, &text);
        assert!(plan.is_empty() && kinds(&plan) == ["unchanged"], "{name}");
    }
    let mut register = school();
    let staff = "ФИО;Должность;Телефон\nКим Нина Львовна;учитель химии;+79120000001\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    apply(&mut register, &plan);
    assert!(planned(&register, "ФИО;Должность;Телефон\nКим Нина;;\n", Role::Teacher, |_| {}).is_empty());
}

#[test]
fn every_row_can_be_left_out_and_says_why_it_is_what_it_is() {
    let mut register = school_with(CLASS);
    edit_person(&mut register, "Лисицына Вера", |person| person.phone_origin = Origin::Hand);
    let text = "ФИО;Класс;Дата рождения;Телефон\n\
        Громов Илья Петрович;5Б;;+79120000044\n\
        Новиков Лев Олегович;5В;;\n\
        Котова Вера;5А;;\n\
        Орлова Пётр Ильич;5Б;01.02.2015;\n";
    let full = |change: &dyn Fn(&mut PlanChoices)| {
        planned(&register, text, Role::Student, |choices| {
            choices.scope = Scope::Full;
            change(choices);
        })
    };
    let plan = full(&|_| {});
    assert_eq!(kinds(&plan), ["moved", "added", "added", "renamed"]);
    assert!(plan.rows.iter().all(|row| !row.why.is_empty()));
    let numbers: BTreeSet<u32> = plan.rows.iter().map(|row| row.row).collect();
    for row in &numbers {
        let without = full(&|choices| choices.left_out_rows = BTreeSet::from([*row]));
        let left_out = without.rows.iter().find(|planned| planned.row == *row).expect("is there");
        assert_eq!((left_out.kind, left_out.why.as_str()), (PlanKind::Skipped, "строка исключена вами"));
        assert!(without.operation("а", "0").rows.iter().all(|decision| decision.row != *row));
    }
    let nothing = full(&|choices| {
        choices.left_out_rows = numbers.clone();
        choices.accept_renames = true;
    });
    assert!(nothing.is_empty() && nothing.groups_created.is_empty());
    assert_eq!(nothing.counts.skipped, 4);
}
