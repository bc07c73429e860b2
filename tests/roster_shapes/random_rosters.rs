//! Random rosters: what was applied changes nothing, and undoing it leaves the register as it was.

use proptest::prelude::*;
use sferum_console::register::Register;
use sferum_console::roster::{ReadChoices, Scope};

use super::importing::*;
use super::support::school_names::{BOYS, FATHERS, FATHERS_WITH_PARTICLE, SURNAMES};

/// One row: few names, so that namesakes and doubles are frequent.
#[derive(Clone, Debug)]
struct Row {
    surname: usize,
    given: usize,
    father: usize,
    class: usize,
    day: Option<u8>,
    phone: Option<u8>,
    mother: Option<u8>,
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..6_usize, 0..4_usize, 0..6_usize, 0..3_usize)
        .prop_flat_map(|key| {
            (Just(key), prop::option::of(1..28_u8), prop::option::of(0..30_u8), prop::option::of(0..9_u8))
        })
        .prop_map(|((surname, given, father, class), day, phone, mother)| Row {
            surname,
            given,
            father,
            class,
            day,
            phone,
            mother,
        });
    prop::collection::vec(row, 1..24)
}

fn file_of(rows: &[Row]) -> String {
    let mut text = "ФИО;Класс;Дата рождения;Телефон;ФИО матери;Телефон матери\n".to_owned();
    for row in rows {
        let father = match row.father {
            0 => "",
            1 => FATHERS_WITH_PARTICLE[0].1,
            index => FATHERS[index].1,
        };
        let day = row.day.map_or(String::new(), |day| format!("{day:02}.03.2015"));
        let phone = row.phone.map_or(String::new(), |phone| format!("+791200000{phone:02}"));
        let mother = row.mother.map_or(";".to_owned(), |which| {
            format!("{} Анна Петровна;+791300000{:02}", SURNAMES[usize::from(which) / 2].1, which % 3)
        });
        let (surname, given) = (SURNAMES[row.surname].0, BOYS[row.given]);
        text.push_str(&format!("{surname} {given} {father};{}А;{day};{phone};{mother}\n", row.class + 5));
    }
    text
}

fn pupils() -> ReadChoices {
    ReadChoices { default_role: Some(sferum_console::names::Role::Student), ..ReadChoices::default() }
}

fn school_after(rows: &[Row]) -> Register {
    let mut register = empty_school();
    let file = read(file_of(rows).as_bytes(), &pupils());
    let first = plan(&register, &file, |_| {});
    apply(&mut register, &first);
    register
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A second import of the same file writes nothing. Rows that wait for an answer still wait.
    #[test]
    fn an_applied_file_changes_nothing(rows in rows()) {
        let register = school_after(&rows);
        let file = read(file_of(&rows).as_bytes(), &pupils());
        let again = plan(&register, &file, |choices| choices.scope = Scope::Full);
        let kinds: Vec<_> = again.rows.iter().map(|row| (row.row, row.kind.code())).collect();
        prop_assert!(again.is_empty(), "{:?} {:?}\n{}", again.counts, kinds, file_of(&rows));
        prop_assert_eq!(again.counts.parents_added, 0);
        prop_assert_eq!(again.counts.absent, 0);
    }

    /// One file after another, then the second again.
    #[test]
    fn the_second_of_two_files_changes_nothing_twice(one in rows(), two in rows()) {
        let mut register = school_after(&one);
        let file = read(file_of(&two).as_bytes(), &pupils());
        let second = plan(&register, &file, |choices| choices.scope = Scope::Full);
        if !second.is_empty() {
            apply(&mut register, &second);
        }
        let again = plan(&register, &file, |choices| choices.scope = Scope::Full);
        prop_assert!(
            again.is_empty(),
            "{:?}\nfirst\n{}then\n{}", again.counts, file_of(&one), file_of(&two)
        );
    }

    /// The changes of an import, taken back, leave exactly the register there was.
    #[test]
    fn taken_back_it_is_as_it_was(one in rows(), two in rows()) {
        let before = school_after(&one);
        let file = read(file_of(&two).as_bytes(), &pupils());
        let second = plan(&before, &file, |choices| choices.scope = Scope::Full);
        prop_assume!(!second.is_empty());
        let mut register = before.clone();
        let changes = apply(&mut register, &second);
        register.apply(&changes.inverted());
        prop_assert!(register.holds_the_same_as(&before));
    }
}
