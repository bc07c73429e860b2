//! Changed surnames: proposed, never done by themselves.

use super::*;

const HEADER: &str = "ФИО;Класс;Дата рождения;Телефон\n";

fn with_header(lines: &str) -> String {
    format!("{HEADER}{lines}\n")
}

fn full(register: &Register, text: &str, change: impl FnOnce(&mut PlanChoices)) -> ImportPlan {
    planned(register, text, Role::Student, |choices| {
        choices.scope = Scope::Full;
        change(choices);
    })
}

#[test]
fn what_is_proposed_as_a_changed_surname() {
    let anna = "Иванова Анна Олеговна;5А;01.02.2015;";
    // Before, file, the row's kind in a list of the whole school, in additions.
    let cases: &[(&str, &str, &str, &str, &str)] = &[
        ("birth date and class", anna, "Котова Анна Олеговна;5А;01.02.2015;", "renamed", "renamed"),
        ("ё/е and case", anna, "КОТОВА АННА ОЛЕГОВНА;5 «а»;01.02.2015;", "renamed", "renamed"),
        ("birth date, another class", anna, "Котова Анна Олеговна;5Б;01.02.2015;", "renamed", "added"),
        ("another birth date", anna, "Котова Анна Олеговна;5А;02.02.2015;", "added", "added"),
        ("no birth date in the file", anna, "Котова Анна Олеговна;5А;;", "renamed", "added"),
        (
            "no birth date in the register",
            "Иванова Анна Олеговна;5А;;",
            "Котова Анна Олеговна;5А;01.02.2015;",
            "renamed",
            "added",
        ),
        ("no birth date, another class", anna, "Котова Анна Олеговна;5Б;;", "added", "added"),
        (
            "no birth date, another class, the same phone",
            "Иванова Анна Олеговна;5А;;+79120000001",
            "Котова Анна Олеговна;5Б;;+79120000001",
            "renamed",
            "added",
        ),
        ("another patronymic", anna, "Котова Анна Львовна;5А;01.02.2015;", "added", "added"),
        ("another given name", anna, "Котова Алла Олеговна;5А;01.02.2015;", "added", "added"),
        ("no patronymic", anna, "Котова Анна;5А;01.02.2015;", "added", "added"),
        ("no patronymic, a double surname", anna, "Иванова-Котова Анна;5А;01.02.2015;", "renamed", "renamed"),
        ("no patronymic, one slip", anna, "Иваонва Анна;5А;;", "renamed", "added"),
        ("the same name born on another day", anna, "Иванова Анна Олеговна;5А;02.02.2015;", "added", "added"),
    ];
    for (name, before, line, whole, additions) in cases {
        let register = school_with(&with_header(before));
        let text = with_header(line);
        let plan = full(&register, &text, |_| {});
        assert_eq!(kinds(&plan), [*whole], "{name}");
        let is_proposed = *whole == "renamed";
        assert_eq!(
            (plan.counts.renamed, plan.counts.absent),
            (u32::from(is_proposed), u32::from(!is_proposed)),
            "{name}"
        );
        if is_proposed {
            let row = &plan.rows[0];
            assert!(
                plan.is_empty() && row.person.is_none() && row.changes.is_empty(),
                "{name}: only proposed"
            );
            assert_eq!(row.candidates, [PersonId(1)], "{name}");
            assert!(row.why.starts_with("похоже, сменилась фамилия: совпали имя"), "{name}: {}", row.why);
        }
        assert_eq!(kinds(&students(&register, &text)), [*additions], "{name}, additions");
    }
}

#[test]
fn a_proposal_is_accepted_row_by_row_or_all_at_once() {
    let before = with_header("Иванова Анна Олеговна;5А;01.02.2015;");
    let text = with_header("Котова Анна Олеговна;5Б;01.02.2015;");
    let person = PersonId(1);
    type Change = fn(&mut PlanChoices);
    let cases: [(&str, Change); 2] = [
        ("выбрано вами", |choices| {
            choices.decisions.insert(2, PersonChoice::Existing(PersonId(1)));
        }),
        (
            "похоже, сменилась фамилия: совпали имя, отчество и дата рождения; принято вами",
            |choices| {
                choices.accept_renames = true;
            },
        ),
    ];
    for (why, accept) in cases {
        for by_hand in [false, true] {
            let mut register = school_with(&before);
            if by_hand {
                edit_person(&mut register, "Иванова Анна Олеговна", |it| {
                    it.name_origin = Origin::Hand
                });
            }
            let plan = full(&register, &text, accept);
            let row = &plan.rows[0];
            assert_eq!((row.kind, row.person, row.why.as_str()), (PlanKind::Renamed, Some(person), why));
            assert_eq!(
                changes(row),
                ["ФИО: Иванова Анна Олеговна → Котова Анна Олеговна", "класс: 5А → 5Б"],
                "{why}"
            );
            assert!(plan.absent.is_empty() && row.is_applied() && plan.conflicts.is_empty());
            apply(&mut register, &plan);
            assert_eq!(register.person(person).expect("exists").name.surname, "Котова");
            assert!(full(&register, &text, |_| {}).is_empty() && full(&register, &text, accept).is_empty());
        }
    }
    let register = school_with(&before);
    let new = full(&register, &text, |choices| {
        choices.decisions.insert(2, PersonChoice::NewPerson);
    });
    assert_eq!((kinds(&new), new.absent.len()), (vec!["added"], 1));
}

#[test]
fn where_several_pairs_are_possible_the_user_chooses() {
    let olga = "Иванова Ольга Яновна;5А;;";
    let cases: &[(&str, &str, &str, &[&str], usize)] = &[
        (
            "two rows",
            olga,
            "Котова Ольга Яновна;5А;;\nЛисова Ольга Яновна;5А;;",
            &["ambiguous", "ambiguous"],
            1,
        ),
        (
            "two people",
            "Иванова Ольга Яновна;5А;;\nПетрова Ольга Яновна;5А;;",
            "Котова Ольга Яновна;5А;;",
            &["ambiguous"],
            2,
        ),
        (
            "a birth date settles it",
            "Иванова Ольга Яновна;5А;01.02.2015;\nПетрова Ольга Яновна;5А;02.03.2015;",
            "Котова Ольга Яновна;5А;02.03.2015;\nЛисова Ольга Яновна;5А;01.02.2015;",
            &["renamed", "renamed"],
            1,
        ),
    ];
    for (name, before, file, expected, candidates) in cases {
        let register = school_with(&with_header(before));
        let plan = full(&register, &with_header(file), |choices| choices.accept_renames = false);
        assert_eq!(kinds(&plan), *expected, "{name}");
        assert!(plan.is_empty() && plan.absent.is_empty(), "{name}: candidates are not missing");
        assert!(plan.rows.iter().all(|row| row.candidates.len() == *candidates), "{name}");
        let asked =
            plan.rows.iter().filter(|row| row.kind == PlanKind::Ambiguous).map(|row| (row.row, "ambiguous"));
        assert_eq!(codes(&plan), asked.collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn staff_need_more_than_one_teachers_room() {
    let mut register = school();
    let staff = "ФИО;Должность;Телефон\nИванова Нина Львовна;учитель химии;\nРоу Ада Яновна;секретарь;\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    apply(&mut register, &plan);
    let cases = [
        ("Котова Нина Львовна;учитель химии;", "renamed"),
        ("Котова Нина Львовна;учитель музыки;", "added"),
        ("Иванова-Котова Нина Львовна;учитель музыки;", "renamed"),
        ("Дон Ада Яновна;секретарь;", "renamed"),
    ];
    for (line, expected) in cases {
        let text = format!("ФИО;Должность;Телефон\n{line}\n");
        let plan = planned(&register, &text, Role::Teacher, |choices| choices.scope = Scope::Full);
        assert_eq!(kinds(&plan), [expected], "{line}");
    }
}
