//! Whole files with families, staff, classes and posts as schools write them. All names are invented.

use super::*;
use crate::names::{FullName, fold};
use proptest::prelude::*;

fn read_with(text: &str, choices: &ReadChoices) -> MappedRoster {
    read_roster(text.as_bytes(), choices).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn read(text: &str) -> MappedRoster {
    read_with(text, &ReadChoices::default())
}

fn students() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() }
}

fn codes(roster: &MappedRoster) -> Vec<(u32, &'static str)> {
    roster.issues.iter().map(|issue| (issue.row, issue.code.code())).collect()
}

fn parents(row: &RosterRow) -> Vec<(u8, &'static str, String, Option<String>)> {
    let phone = |parent: &RosterParent| parent.phone.as_ref().map(|phone| phone.as_str().to_owned());
    row.parents
        .iter()
        .map(|it| {
            let name = it.full_name.as_ref().map_or(format!("?{}", it.name), FullName::full);
            (it.number, it.basis, name, phone(it))
        })
        .collect()
}

#[test]
fn parents_of_a_pupil() {
    type Parent = (u8, &'static str, &'static str, Option<&'static str>);
    let cases: [(&str, &[Parent]); 7] = [
        (
            "ФИО ученика;Класс;Мать;Телефон;Отец;Тел.\nКим Ян;5А;Ким Ольга Львовна;89130000003;-;\n",
            &[(1, "мать", "Ким Ольга Львовна", Some("+79130000003"))],
        ),
        (
            "ФИО;Класс;Фамилия матери;Имя матери;Отчество матери;Телефон матери;ФИО отца\n\
             Ким Ян;5А;Гусева;Анна;Ильинична;89130000003;умер\n",
            &[(1, "мать", "Гусева Анна Ильинична", Some("+79130000003"))],
        ),
        (
            "ФИО;Класс;Родитель 1;Родитель 1 телефон;Родитель 2\n\
             Ким Ян;5А;Гусева Анна Ильинична;8 (913) 000-00-03;\"Гусев Пётр, 89130000004\"\n",
            &[
                (1, "", "Гусева Анна Ильинична", Some("+79130000003")),
                (2, "", "Гусев Пётр", Some("+79130000004")),
            ],
        ),
        (
            "ФИО;Класс;Родители;\n;;ФИО;Телефон\nКим Ян;5А;Гусева Анна;89130000003\n",
            &[(1, "", "Гусева Анна", Some("+79130000003"))],
        ),
        (
            "ФИО;Класс;Родители (ФИО, телефон)\n\
             Ким Ян;5А;\"Гусева Анна Ильинична (мама) 89130000003\nГусев Пётр Львович (папа) 89130000004\"\n",
            &[
                (1, "мать", "Гусева Анна Ильинична", Some("+79130000003")),
                (2, "отец", "Гусев Пётр Львович", Some("+79130000004")),
            ],
        ),
        (
            "ФИО;Класс;Законный представитель;Опекун\nКим Ян;5А;Анна Ильинична Гусева;нет\n",
            &[(1, "", "Гусева Анна Ильинична", None)],
        ),
        ("ФИО;Класс;Телефон родителя\nКим Ян;5А;89130000003\n", &[(1, "", "?", Some("+79130000003"))]),
    ];
    for (text, expected) in cases {
        let roster = read_with(text, &students());
        let expected: Vec<_> =
            expected.iter().map(|it| (it.0, it.1, it.2.to_owned(), it.3.map(str::to_owned))).collect();
        assert_eq!(parents(&roster.rows[0]), expected, "{text}");
        assert!(roster.issues.is_empty(), "{text}: {:?}", codes(&roster));
        assert!(roster.notes.is_empty(), "{text}: {:?}", roster.notes);
        assert!(roster.rows[0].phone.is_none(), "{text}");
    }
}

#[test]
fn parents_who_cannot_be_told() {
    let text = "ФИО;Класс;Мать;Телефон матери\nКим Ян;5А;Наталья;89130000003, 89130000004\n";
    let roster = read_with(text, &students());
    assert_eq!(codes(&roster), [(2, "two_phones"), (2, "parent_name_short")]);
    assert_eq!(parents(&roster.rows[0]), [(1, "мать", "?Наталья".to_owned(), None)]);
    assert_eq!(roster.issues[1].column.as_deref(), Some("Мать"));
}

#[test]
fn lists_of_parents_name_their_children() {
    let text = "ФИО родителя;Телефон;Ребёнок;Класс\n\
                Гусева Анна Ильинична;89130000003;Гусев Лев;5А\n\
                Ким Ольга;;Саша;5Б\n\
                Ли Яна;;;\n";
    let roster = read(text);
    assert!(roster.rows.iter().all(|row| row.role == Some(Role::Parent)));
    let children: Vec<_> = roster.rows.iter().map(|row| row.child.as_ref().map(FullName::full)).collect();
    assert_eq!(children, [Some("Гусев Лев".to_owned()), None, None]);
    assert_eq!(codes(&roster), [(3, "bad_child")]);
    assert!(roster.rows[0].phone.is_some() && roster.rows[0].parents.is_empty());
}

#[test]
fn posts_become_roles_and_can_be_overruled() {
    let text = "ФИО;Должность;Классное руководство\n\
                Гусев Пётр;учитель физики;5А\n\
                Ким Яна;Директор;нет\n\
                Ли Яна;учитель физики;\"5А, 6 «б»\"\n\
                Цой Юн;звонарь;где-то в третьем корпусе\n";
    let roster = read(text);
    let table: Vec<_> = roster
        .post_roles
        .iter()
        .map(|post| (post.written.as_str(), post.role, post.rows, post.chosen))
        .collect();
    assert_eq!(
        table,
        [
            ("учитель физики", Some(Role::Teacher), 2, false),
            ("Директор", Some(Role::Employee), 1, false),
            ("звонарь", Some(Role::Employee), 1, false),
        ]
    );
    let leads: Vec<Vec<&str>> =
        roster.rows.iter().map(|row| row.leads.iter().map(|label| label.text.as_str()).collect()).collect();
    assert_eq!(leads, [vec!["5А"], vec![], vec!["5А", "6Б"], vec![]]);
    assert_eq!(codes(&roster), [(5, "bad_leads")]);

    let choices = ReadChoices {
        post_roles: [(fold("Директор"), Role::Teacher)].into(),
        ..ReadChoices::default()
    };
    let roster = read_with(text, &choices);
    assert_eq!(roster.rows[1].role, Some(Role::Teacher));
    assert!(roster.post_roles[1].chosen);

    let pupils = read_with("ФИО;Класс;Должность\nКим Ян;5А;староста\n", &students());
    assert_eq!(pupils.rows[0].role, Some(Role::Student));
    assert_eq!(pupils.post_roles[0].role, Some(Role::Student));
}

#[test]
fn the_class_teacher_of_a_pupil_stays_as_written() {
    let roster = read_with("ФИО;Класс;Классный руководитель\nКим Ян;5А;Гусева А. И.\n", &students());
    assert_eq!(roster.rows[0].class_teacher, "Гусева А. И.");
    assert!(roster.rows[0].leads.is_empty() && roster.notes.is_empty());
}

#[test]
fn every_class_value_is_listed_and_can_be_answered() {
    let text = "ФИО;Класс\nКим Ян;5а\nЛи Яна;5а\n;6Б\nЦой Юн;5А, 5Б\nПак Ия;выбыл\nТен Ян;7В\n";
    let listed = |roster: &MappedRoster| -> Vec<(String, Option<String>, u32)> {
        let label = |value: &ClassValue| value.label.as_ref().map(|label| label.text.clone());
        roster.class_values.iter().map(|value| (value.written.clone(), label(value), value.rows)).collect()
    };
    let some = |text: &str| Some(text.to_owned());
    let roster = read_with(text, &students());
    let expected = [
        ("5а".to_owned(), some("5А"), 2),
        ("6Б".to_owned(), some("6Б"), 1),
        ("5А, 5Б".to_owned(), None, 1),
        ("выбыл".to_owned(), some("выбыл"), 1),
        ("7В".to_owned(), some("7В"), 1),
    ];
    assert_eq!(listed(&roster), expected);
    assert_eq!(codes(&roster), [(4, "no_name"), (5, "bad_group")]);

    let choices = ReadChoices {
        class_answers: [
            ("5А, 5Б".to_owned(), ClassAnswer::Group("5 Б".to_owned())),
            ("выбыл".to_owned(), ClassAnswer::LeaveOut),
        ]
        .into(),
        ..students()
    };
    let roster = read_with(text, &choices);
    assert_eq!(listed(&roster)[2..4], [("5А, 5Б".to_owned(), some("5Б"), 1), ("выбыл".to_owned(), None, 1)]);
    assert_eq!(codes(&roster), [(4, "no_name")]);
    assert_eq!(roster.rows.len(), 4);
    assert_eq!(roster.notes, ["Не взяты классы, которые вы решили не загружать: 1 строка."]);
}

#[test]
fn merged_classes_are_filled_down_only_when_asked() {
    let merged = "ФИО;Класс\nКим Ян;5А\nЛи Яна;\nЦой Юн;\nПак Ия;5Б\nТен Ян;\n";
    let roster = read_with(merged, &students());
    assert_eq!(roster.fill_down, FillDown { rows: 3, done: false });
    assert_eq!(codes(&roster), [(3, "no_group"), (4, "no_group"), (6, "no_group")]);
    assert!(roster.issues[0].message.ends_with("или включите заполнение класса из строки выше."));

    let roster = read_with(merged, &ReadChoices { fill_down: true, ..students() });
    assert_eq!(roster.fill_down, FillDown { rows: 3, done: true });
    let classes: Vec<_> =
        roster.rows.iter().filter_map(|row| row.group.as_ref()).map(|it| it.text.as_str()).collect();
    assert_eq!(classes, ["5А", "5А", "5А", "5Б", "5Б"]);
    assert_eq!(roster.class_values.iter().map(|value| value.rows).collect::<Vec<_>>(), [3, 2]);

    for text in [
        // Written in every row and forgotten in one.
        "ФИО;Класс\nКим Ян;5А\nЛи Яна;5А\nЦой Юн;\nПак Ия;\nТен Ян;\n",
        "ФИО;Класс\nКим Ян;\nЛи Яна;5А\nЦой Юн;\nПак Ия;\n",
        "ФИО;Класс\nКим Ян;5А\nЛи Яна;\nЦой Юн;5Б\n",
    ] {
        let roster = read_with(text, &ReadChoices { fill_down: true, ..students() });
        assert_eq!(roster.fill_down, FillDown::default(), "{text}");
    }
}

#[test]
fn files_without_a_header() {
    let text = "Список обучающихся на 01.09.2026;;;\n1;Гусев Пётр Ильич;5А;89130000001\n2;Ким Яна;5Б;\n";
    let opened = open_roster(text.as_bytes(), &ReadChoices::default()).expect("opens");
    assert!(opened.header.guessed);
    assert_eq!((opened.header.row, opened.header.data_after), (0, 1));
    let roster = read(text);
    assert_eq!(roster.rows.len(), 2);
    assert_eq!(roster.rows[0].role, Some(Role::Student));
    assert_eq!(roster.source.header_row, 0);
    assert_eq!(roster.notes, ["Заголовка нет, столбцы узнаны по значениям. Проверьте их."]);

    // What cannot be told is asked, and the answer is enough.
    let unclear = "5А;гусев пётр\n5Б;ким яна\n";
    assert_eq!(read_roster(unclear.as_bytes(), &students()).map(|_| ()).unwrap_err().code(), "no_header");
    let answered = ReadChoices {
        column_overrides: vec![ColumnOverride { index: 1, field: Field::FullName }],
        ..students()
    };
    assert_eq!(read_with(unclear, &answered).rows.len(), 2);

    // A list of names alone, for a class the user names.
    let names = "Гусев Пётр Ильич\nКим Яна Львовна\n";
    assert_eq!(read_roster(names.as_bytes(), &students()).map(|_| ()).unwrap_err().code(), "no_group_column");
    let choices = ReadChoices { group: Some("5А".into()), ..students() };
    assert_eq!(read_with(names, &choices).rows.len(), 2);
}

#[test]
fn signatures_name_the_kind_of_file() {
    let signature = |text: &str, choices: &ReadChoices| {
        open_roster(text.as_bytes(), choices).expect("opens").header.signature()
    };
    let plain = signature("ФИО;Класс\nКим Ян;5А\n", &students());
    assert_eq!(plain, signature("Список 9Б;\nФ.И.О.; КЛАСС \nЛи Яна;6Б\n", &students()));
    let overridden = ReadChoices {
        column_overrides: vec![ColumnOverride { index: 1, field: Field::Unknown }],
        group: Some("5А".into()),
        ..students()
    };
    assert_eq!(plain, signature("ФИО;Класс\nКим Ян;5А\n", &overridden));
    assert_ne!(plain, signature("ФИО;Группа\nКим Ян;5А\n", &students()));
    let guessed = signature("Ким Ян;5А\n", &students());
    assert_eq!(guessed, signature("Ли Яна;6Б\nГусев Пётр;7В\n", &students()));
    assert_ne!(guessed, plain);
    assert!(plain.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn documents_are_told_by_their_values() {
    let text = "ФИО;Класс;Код;Отметка\nКим Ян;5А;112-233-445 95;да\nЛи Яна;5А;112-233-446 96;\n";
    let opened = open_roster(text.as_bytes(), &students()).expect("opens");
    let kept: String = opened.sheet.rows().skip(1).flat_map(SheetRow::cells).collect();
    assert_eq!(kept, "Ким Ян5АдаЛи Яна5А");
    let roster = read_with(text, &students());
    assert_eq!(roster.skipped_columns, ["Код"]);
    assert_eq!(roster.notes, ["Не загружаются лишние персональные данные: «Код» (похоже на СНИЛС)."]);
    // Without a header too.
    let text = "Ким Ян Львович;5А;4508 123456\nЛи Яна Юрьевна;5А;4508 123457\n";
    let opened = open_roster(text.as_bytes(), &students()).expect("opens");
    assert!(!opened.sheet.rows().flat_map(SheetRow::cells).any(|cell| cell.contains("4508")));
}

#[test]
fn names_of_a_column_stand_in_one_order() {
    let text = "ФИО;Класс\nПётр Ильич Гусев;5А\nЯна Ким;5А\nЛев Ильич Маркович;5А\n";
    let roster = read_with(text, &students());
    let names: Vec<String> = roster.rows.iter().map(|row| row.name.full()).collect();
    assert_eq!(names, ["Гусев Пётр Ильич", "Ким Яна", "Маркович Лев Ильич"]);
    assert!(roster.issues.is_empty());

    let text = "ФИО;Класс\nГусев Пётр Ильич;5А\nГусева Яна Ильинична;5А\nЛев Ильич Попов;5А\n";
    let roster = read_with(text, &students());
    assert_eq!(roster.rows[2].name.full(), "Попов Лев Ильич");
    assert_eq!(codes(&roster), [(4, "name_order")]);
}

#[test]
fn capitals_are_shown_as_names() {
    let roster = read_with("ФИО;Класс\nГУСЕВ ПЁТР;5А\nКИМ-ЛИ ЯНА;5А\n", &students());
    let names: Vec<String> = roster.rows.iter().map(|row| row.name.full()).collect();
    assert_eq!(names, ["Гусев Пётр", "Ким-Ли Яна"]);
    assert_eq!(roster.notes, ["ФИО в файле записаны заглавными буквами, взяты как «Иванов Иван»."]);
}

#[test]
fn numbers_of_spreadsheets() {
    let text = "ФИО;Класс;Телефон;Дата рождения\n\
                Ким Ян;5А;79130000001;40616\nЛи Яна;5А;79130000002.0;\nЦой Юн;5А;7.9E+10;\nПак Ия;5А;7,9E+10;\n";
    let roster = read_with(text, &students());
    assert_eq!(codes(&roster), [(4, "bad_phone"), (5, "bad_phone")]);
    assert!(roster.issues[0].message.contains("формат «Текстовый»"));
    assert_eq!(roster.rows[0].birth_date.map(|date| date.to_string()).as_deref(), Some("2011-03-14"));
    assert!(roster.rows[1].phone.is_some());
}

#[test]
fn empty_rows_totals_and_headers_of_two_lines() {
    let text = "ФИО\u{A0}ученика;\"Класс\n(группа)\"\nКим Ян;5А\n\n;;\nЛи Яна;5А\n3;\nИтого: 2;\n";
    let roster = read_with(text.replace("\n3;\n", "\n").as_str(), &students());
    assert_eq!(roster.rows.len(), 2);
    assert_eq!(roster.notes, ["Пропущены итоги: 1 строка.", "Пропущены пустые строки: 2 строки."]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_family_file_panics(body in "[а-яА-ЯёЁ0-9;\"\t,\r\n .+()-]{0,300}") {
        for header in [
            "ФИО;Класс;Родители (ФИО, телефон);Фамилия матери;Имя матери;Телефон",
            "ФИО родителя;Телефон;Ребёнок;Класс",
            "ФИО;Должность;Классное руководство",
            "Ученик;;Мать;\nФамилия;Имя;ФИО;Телефон",
            "",
        ] {
            let text = format!("{header}\n{body}");
            for choices in [students(), ReadChoices { fill_down: true, ..ReadChoices::default() }] {
                if let Ok(roster) = read_roster(text.as_bytes(), &choices) {
                    prop_assert!(roster.rows.len() as u32 <= roster.rows_seen);
                    let counted: u32 = roster.class_values.iter().map(|value| value.rows).sum();
                    prop_assert!(counted <= roster.rows_seen);
                }
            }
        }
    }

    #[test]
    fn no_pasted_text_panics(text in "[а-яА-Я0-9;\"\t,\r\n .)•\u{A0}\u{2028}-]{0,200}") {
        if let Ok(sheet) = read_pasted(&text) {
            prop_assert!(sheet.row_count() > 0);
        }
    }
}
