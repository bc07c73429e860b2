//! Which worksheets are read, and where their rows stand.

use sferum_console::roster::{ClassAnswer, ReadChoices, SheetChoice, open_body};

use crate::fixture::*;
use crate::writing::*;

fn classes() -> Vec<Tab> {
    vec![
        tab("Пояснения", &[&["Заполните листы классов"]]),
        tab("7А", &[&["ФИО", "Телефон"], &["Ким Ян", "1"]]),
        tab("7Б", &[&["Список 7В класса"], &["ФИО", "Телефон"], &["Ли Анна", ""], &["", "89175550131"]]),
        Tab { hidden: true, ..tab("6А", &[&["ФИО"], &["Пак Юн"]]) },
    ]
}

#[test]
fn every_visible_sheet_named_after_a_class_is_one() {
    for (format, bytes) in every_format(&classes()) {
        let (opened, roster) = read(&bytes, &students()).unwrap_or_else(|error| panic!("{format}: {error}"));
        assert_eq!(opened.sheet_choice, Some(SheetChoice::EveryAsClass), "{format}");
        assert_eq!(people(&roster), ["2 Ким Ян 7А — —", "1000003 Ли Анна 7Б — —"], "{format}");
        assert_eq!(roster.row_places.words(1_000_003), "лист «7Б», строка 3");
        let issue =
            roster.issues.iter().find(|issue| issue.code.code() == "no_name").expect("a row without a name");
        assert_eq!(roster.row_places.words(issue.row), "лист «7Б», строка 4");
        assert!(issue.message.starts_with("Лист «7Б», строка 4, столбец «ФИО»: "), "{}", issue.message);
        assert_eq!(opened.row(1_000_003).map(|row| row.cell(0)), Some("Ли Анна"));
        assert!(
            roster.notes.contains(&"На этих листах списка нет, они не прочитаны: «Пояснения».".to_owned())
        );
        let values: Vec<&str> = roster.class_values.iter().map(|value| value.written.as_str()).collect();
        assert_eq!(values, ["7А", "7Б"]);
        assert_eq!(roster.source.sheet.as_deref(), Some("7А, 7Б"));
        let facts: Vec<(&str, bool, bool)> = opened
            .sheets
            .iter()
            .map(|sheet| (sheet.name.as_str(), sheet.hidden, sheet.looks_like_roster))
            .collect();
        assert_eq!(
            facts,
            [("Пояснения", false, false), ("7А", false, true), ("7Б", false, true), ("6А", true, true)],
            "{format}"
        );
    }
}

#[test]
fn answers_about_class_values_hold_for_sheets() {
    let mut choices = students();
    choices.class_answers.insert("7А".into(), ClassAnswer::LeaveOut);
    choices.class_answers.insert("7Б".into(), ClassAnswer::Group("8Б".into()));
    let (_, roster) = read(&xlsx(&classes()), &choices).expect("reads");
    assert_eq!(people(&roster), ["1000003 Ли Анна 8Б — —"]);
}

#[test]
fn a_named_sheet_is_read_even_when_hidden() {
    let choices = ReadChoices { sheet: Some(SheetChoice::Named("6А".into())), ..students() };
    let (_, roster) = read(&xlsx(&classes()), &choices).expect("reads");
    assert_eq!(people(&roster), ["2 Пак Юн 6А — —"]);
    let choices = ReadChoices { sheet: Some(SheetChoice::Named("9Я".into())), ..students() };
    let error = read(&xlsx(&classes()), &choices).map(|_| ()).expect_err("no such sheet");
    assert_eq!(error.code(), "no_such_sheet");
    assert!(error.russian("к.xlsx").contains("в нём нет листа «9Я»"), "{}", error.russian("к.xlsx"));
}

#[test]
fn the_best_header_wins_and_the_first_of_equals() {
    let tabs = [
        tab("Коротко", &[&["ФИО"], &["Ким Ян"]]),
        tab("Полно", &[&["ФИО", "Класс", "Телефон"], &["Ли Анна", "5А", ""]]),
        tab("Тоже", &[&["ФИО", "Класс", "Телефон"], &["Цой Вера", "5А", ""]]),
    ];
    let (opened, roster) = read(&ods(&tabs), &students()).expect("reads");
    assert_eq!(opened.sheet_choice, Some(SheetChoice::Named("Полно".into())));
    assert_eq!(people(&roster), ["2 Ли Анна 5А — —"]);
}

#[test]
fn a_workbook_without_a_list_says_so_and_shows_its_rows() {
    let bytes = xlsx(&[tab("Лист1", &[&["приход", "расход"], &["12,5", "7"]])]);
    let body = body(&bytes).expect("parses");
    let error = open_body(&body, &students()).map(|_| ()).expect_err("no header");
    assert_eq!(error.code(), "no_header");
    let shown = sferum_console::roster::open_body_for_mapping(&body, &students()).expect("shown");
    assert_eq!(shown.sheet.row_count(), 2);
    let empty = xlsx(&[tab("Лист1", &[])]);
    assert_eq!(read(&empty, &students()).map(|_| ()).expect_err("empty").code(), "no_sheets");
}
