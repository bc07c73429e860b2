//! What holds for every file.

use proptest::prelude::*;

use super::*;

/// Lines of a roster with few names, classes, dates and phones, so that namesakes abound.
fn lines() -> impl Strategy<Value = Vec<String>> {
    let name = prop_oneof![
        "Иванов Артём",
        "Иванов Артём Ильич",
        "ИВАНОВ АРТЕМ Львович",
        "Ким Яна",
        "Лис Ева Яновна",
        "Лис-Ким Ева Яновна",
        "Котов Артём Ильич"
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
    fn a_whole_list_with_its_renames_leaves_nothing_but_questions(before in lines(), after in lines()) {
        let mut register = school_with(&as_file(&before));
        let whole = |register: &Register| {
            planned(register, &as_file(&after), Role::Student, |choices| {
                (choices.scope, choices.accept_renames) = (Scope::Full, true);
            })
        };
        let plan = whole(&register);
        prop_assert_eq!(plan.is_empty(), plan.operation("а", "0").rows.is_empty());
        apply(&mut register, &plan);
        let again = whole(&register);
        // What waits for an answer may be settled by what the others brought.
        prop_assert!(again.is_empty() || plan.counts.ambiguous > 0, "{:?} then {:?}", kinds(&plan), kinds(&again));
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
        let rows = counts.added + counts.updated + counts.moved + counts.unchanged + counts.ambiguous + counts.skipped
            + counts.renamed;
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
