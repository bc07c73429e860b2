//! Who is missing from the file, who leaves, and the brake.

use super::*;

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

/// A school whose classes have these numbers of pupils: `1А`, `2А`, …
fn school_of(classes: &[u32]) -> (Register, Vec<String>) {
    let mut lines = Vec::new();
    for (class, pupils) in (1..).zip(classes) {
        // Given names tell the pupils apart; no two share one, so nobody looks renamed.
        lines.extend((0..*pupils).map(|pupil| format!("Г Имя{};{class}А", letters(class * 1_000 + pupil))));
    }
    (school_with(&file_of(&lines)), lines)
}

fn letters(number: u32) -> String {
    number
        .to_string()
        .chars()
        .filter_map(|digit| "абвгдежзик".chars().nth(digit.to_digit(10)? as usize))
        .collect()
}

fn file_of(lines: &[String]) -> String {
    format!("ФИО;Класс\n{}\n", lines.join("\n"))
}

#[test]
fn the_brake_fires_where_too_many_leave() {
    // Pupils of the classes, how many of each are missing, the gravest place with its numbers.
    type Place = (&'static str, u32, u32);
    let cases: &[(&[u32], &[u32], Option<Place>)] = &[
        (&[30, 30, 30], &[0, 0, 0], None),
        (&[30, 30, 30], &[2, 2, 2], None),
        (&[30, 30, 30], &[3, 0, 0], None),
        (&[30, 30, 30], &[4, 0, 0], Some(("1А", 4, 30))),
        (&[8, 30, 30], &[1, 0, 0], None),
        (&[8, 30, 30], &[2, 0, 0], None),
        (&[8, 30, 30], &[3, 0, 0], Some(("1А", 3, 8))),
        (&[30, 30, 30], &[3, 3, 4], Some(("3А", 4, 30))),
        (&[10, 10, 10], &[2, 2, 0], Some(("", 4, 30))),
        (&[300, 5], &[26, 0], Some(("1А", 26, 300))),
        (&[300, 5], &[25, 0], None),
        (&[250, 250], &[13, 13], Some(("", 26, 500))),
        (&[4, 30], &[4, 0], Some(("1А", 4, 4))),
    ];
    for (classes, missing, expected) in cases {
        let (register, lines) = school_of(classes);
        let mut kept = lines.clone();
        for (class, gone) in (1..).zip(*missing) {
            for _ in 0..*gone {
                let last =
                    kept.iter().rposition(|line| line.ends_with(&format!(";{class}А"))).expect("is there");
                kept.remove(last);
            }
        }
        let plan = planned(&register, &file_of(&kept), Role::Student, |choices| {
            (choices.scope, choices.departing) = (Scope::Full, Departing::Everybody);
        });
        let departing = missing.iter().sum::<u32>();
        let brake = expected.map(|(group, departing_there, of)| Brake {
            departing,
            group: group.to_owned(),
            departing_there,
            of,
        });
        assert_eq!(plan.brake, brake, "{classes:?} less {missing:?}");
        assert_eq!((plan.counts.departed, plan.counts.absent), (departing, departing));
        assert_eq!(plan.is_empty(), departing == 0);
    }
}

#[test]
fn who_of_the_absent_is_entered_as_left() {
    let register = school_with("ФИО;Класс\nА Анна;1А\nБ Белла;1А\nВ Вера;1Б\nГ Глеб;2А\n");
    let text = "ФИО;Класс\nА Анна;1А\n";
    let ids = |names: &[&str]| names.iter().map(|name| person_named(&register, name)).collect::<Vec<_>>();
    let these = |names: &[&str]| Departing::These(ids(names).into_iter().collect());
    let cases: &[(Scope, Departing, &[&str])] = &[
        (Scope::Additions, Departing::Everybody, &[]),
        (Scope::Groups, Departing::Nobody, &[]),
        (Scope::Groups, Departing::Everybody, &["Б Белла"]),
        (Scope::Full, Departing::Everybody, &["Б Белла", "В Вера", "Г Глеб"]),
        (Scope::Full, these(&["В Вера", "А Анна"]), &["В Вера"]),
        (Scope::Groups, these(&["Г Глеб"]), &[]),
    ];
    for (scope, departing, expected) in cases {
        let plan = planned(&register, text, Role::Student, |choices| {
            (choices.scope, choices.departing) = (*scope, departing.clone());
            choices.movement_on = Some(date(2026, 9, 1));
            choices.order.number = "12-у".into();
        });
        let operation = plan.operation("а", "0");
        assert_eq!(operation.departures, ids(expected), "{scope:?}, {departing:?}");
        assert_eq!(
            (operation.movement_on, operation.order.number.as_str()),
            (Some(date(2026, 9, 1)), "12-у")
        );
        let marked = plan.absent.iter().filter(|row| row.departs).count();
        assert_eq!((marked, plan.is_empty()), (expected.len(), expected.is_empty()));
    }
}

#[test]
fn who_has_another_part_in_the_school_is_listed_and_stays() {
    let mut register = school();
    let staff = "ФИО;Должность\nКим Нина Львовна;учитель химии\nРоу Ада Яновна;секретарь\n";
    let plan = planned(&register, staff, Role::Teacher, |_| {});
    apply(&mut register, &plan);
    let ada = person_named(&register, "Роу Ада Яновна");
    let parent = Membership {
        id: crate::register::MembershipId(0),
        person: ada,
        role: Role::Parent,
        group: None,
        origin: Origin::Hand,
        post: String::new(),
        post_origin: Origin::Hand,
        since: None,
        until: None,
        participation: Default::default(),
        verification: Default::default(),
        verification_since: None,
    };
    execute(&mut register, &Operation::Add(vec![parent.into()]));
    let plan = planned(
        &register,
        "ФИО;Должность\nДон Ян;сторож\n",
        Role::Employee,
        |choices| {
            (choices.scope, choices.departing) = (Scope::Full, Departing::Everybody);
        },
    );
    let absent: Vec<_> = plan.absent.iter().map(|row| (row.person, row.departs)).collect();
    assert_eq!(absent, [(ada, false)]);
}
