//! Who of the register a row is.

use super::*;

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
fn how_names_are_compared() {
    // Name in the register, name in the file, what becomes of the row.
    let cases = [
        ("Королёва Алёна", "Королева Алена", "unchanged"),
        ("Мамедов Али Вагиф оглы", "МАМЕДОВ АЛИ ВАГИФ ОГЛЫ", "unchanged"),
        ("Мамедов Али Вагиф оглы", "Мамедов Али Вагиф кызы", "added"),
        ("Мамедов Али Вагиф оглы", "Мамедов Али", "unchanged"),
        ("Петрова-Водкина Яна", "Петрова – Водкина Яна", "unchanged"),
        ("Петрова-Водкина Яна", "Водкина Яна", "added"),
        ("Громов Илья Петрович", "Илья Петрович Громов", "unchanged"),
        ("Громов Илья Петрович", "Громов  Илья  Петрович", "unchanged"),
        ("Громов Илья Петрович", "Громова Илья Петрович", "added"),
        ("Громов Илья Петрович", "Громов Илия Петрович", "added"),
        ("Їжак Ія", "їжак Ія", "unchanged"),
    ];
    for (known, written, expected) in cases {
        let register = school_with(&format!("ФИО;Класс\n{known};5А\n"));
        let plan = students(&register, &format!("ФИО;Класс\n{written};5А\n"));
        assert_eq!(kinds(&plan), [expected], "{known}, {written}");
    }
}

#[test]
fn a_person_named_for_a_row_is_remembered() {
    let header = "ФИО;Класс\n";
    let mut register = school_with(&format!("{header}Иванов Артём;6А\nИванов Артём;6Б\n"));
    let text = format!("{header}Иванов Артём;6В\n");
    let second = students(&register, &text).rows[0].candidates[1];
    let plan = planned(&register, &text, Role::Student, |choices| {
        choices.decisions.insert(2, PersonChoice::Existing(second));
    });
    let kept = format!("{:?}", plan.operation("а", "0").remember);
    assert!(kept.contains("PersonAlias") && !kept.contains("Иванов"), "{kept}");
    apply(&mut register, &plan);
    // Back in the old class by hand: the file would ask again.
    let seen =
        register.memberships_of_person(second).find(|it| it.until.is_none()).expect("has a class").clone();
    let to = register.tables().groups.values().find(|group| group.label == "6Б").expect("exists").id;
    let order = OrderReference::default();
    execute(&mut register, &Operation::MoveMember { seen, to, on: TODAY, order });
    let again = students(&register, &text);
    assert_eq!(
        (again.rows[0].person, again.rows[0].why.as_str()),
        (Some(second), "запомнено с прошлого раза")
    );
    assert_eq!(kinds(&again), ["unchanged"], "the class set by hand stays");

    // Never against what is known.
    edit_person_with(&mut register, second, |person| person.birth_date = Some(date(2014, 1, 1)));
    let born = "ФИО;Класс;Дата рождения\nИванов Артём;6В;02.02.2014\n";
    assert_ne!(students(&register, born).rows[0].person, Some(second));
    let people = vec![register.person(second).expect("exists").clone()];
    execute(&mut register, &Operation::Depart { people, on: TODAY, order: OrderReference::default() });
    assert_ne!(students(&register, &text).rows[0].person, Some(second));
}

#[test]
fn an_answer_about_a_changed_name_holds_when_the_name_is_set_back_by_hand() {
    let before = "ФИО;Класс\nИванова Анна Олеговна;5А\n";
    let text = "ФИО;Класс\nКотова Анна Олеговна;5А\n";
    let mut register = school_with(before);
    let plan = planned(&register, text, Role::Student, |choices| {
        choices.decisions.insert(2, PersonChoice::Existing(PersonId(1)));
    });
    apply(&mut register, &plan);
    edit_person(&mut register, "Котова Анна Олеговна", |person| {
        (person.name.surname, person.name_origin) = ("Иванова".into(), Origin::Hand);
    });
    let again = planned(&register, text, Role::Student, |choices| choices.scope = Scope::Full);
    assert_eq!((kinds(&again), again.rows[0].why.as_str()), (vec!["unchanged"], "запомнено с прошлого раза"));
    assert_eq!((again.conflicts.len(), again.absent.len()), (1, 0));
    let both = format!("{text}Иванова Анна Олеговна;5А\n");
    let both = planned(&register, &both, Role::Student, |_| {});
    assert_eq!(kinds(&both), ["added", "unchanged"], "the row of the present name goes first");
}

#[test]
fn many_rows_are_matched_as_few_are() {
    let lines = |from: u32, to: u32| -> String {
        (from..to).map(|n| format!("{} Илья;{}А\n", surname(n), n % 11 + 1)).collect()
    };
    let register = school_with(&format!("ФИО;Класс\n{}", lines(0, 6_000)));
    let plan =
        planned(&register, &format!("ФИО;Класс\n{}", lines(500, 9_000)), Role::Student, |choices| {
            choices.scope = Scope::Full;
        });
    let expected = PlanCounts { added: 3_000, unchanged: 5_500, absent: 500, ..PlanCounts::default() };
    assert_eq!(plan.counts, expected);
    assert!(plan.rows.is_sorted_by_key(|row| row.row));
}

/// Different surnames of Russian letters.
fn surname(number: u32) -> String {
    let letter =
        |digit: u32| ["ба", "ве", "ги", "до", "жу", "зя", "ко", "ле", "ми", "ну"][digit as usize % 10];
    format!("К{}{}{}{}", letter(number / 1_000), letter(number / 100), letter(number / 10), letter(number))
}
