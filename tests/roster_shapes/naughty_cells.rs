//! Sixty cells that break programs, each in every column of a roster: read, planned and decided without a panic,
//! without a replaced letter and without shifting anybody else's row.

use sferum_console::names::Role;
use sferum_console::roster::{ReadChoices, Scope, open_roster, read_opened};

use super::importing::*;
use super::support::shapes::{Cell, Table};
use super::support::text_files::delimited;

/// Our own; the public list is read by `read_rosters`.
fn naughty_cells() -> Vec<String> {
    let mut cells: Vec<String> = [
        "",
        " ",
        "\u{A0}",
        "\u{200B}",
        "\u{FEFF}",
        "\u{2060}",
        "\u{AD}",
        "\u{202E}вонавИ",
        "\u{2067}Иван\u{2069}",
        "\u{200F}\u{200E}",
        "И\u{306}ван",
        "Е\u{308}лка",
        "Ива\u{301}н",
        "Z\u{334}a\u{35C}l\u{321}g\u{322}o",
        "👩‍👩‍👧‍👦",
        "🇷🇺",
        "👍🏿",
        "\u{1F468}\u{200D}",
        "\"",
        "\"\"",
        "'",
        "«»",
        "„“",
        "“a”b",
        "=1+1",
        "=HYPERLINK(\"http://x\";\"y\")",
        "+79120000001",
        "-1",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "\t",
        "a\tb",
        "'; DROP TABLE people; --",
        "1' OR '1'='1",
        "Robert'); DELETE FROM person",
        "NULL",
        "null",
        "undefined",
        "NaN",
        "Infinity",
        "0",
        "-0",
        "1e309",
        "7,9E+10",
        "9999999999999999999999",
        "00.00.0000",
        "31.02.2015",
        "29.02.2100",
        "2015-13-45",
        "1900-01-00",
        "-99999",
        "2958466",
        "\u{1}",
        "\u{7}",
        "\u{1B}[31m",
        "\u{8}\u{8}",
        "\u{7F}",
        "\u{85}",
        "a\nb",
        "a\r\nb\r\n\r\nc",
        "<script>alert(1)</script>",
        "&#1201;",
        "%s%n%x",
        "{{7*7}}",
        "../../etc/passwd",
        "C:\\CON",
        "𝓘𝓿𝓪𝓷",
        "Ｉｖａｎ",
        "ІВАН",
        "ꙮ",
        "ﷺ",
        "\u{10FFFF}",
        "\u{E000}",
        "ß",
        "İ",
        "ǅ",
    ]
    .map(str::to_owned)
    .to_vec();
    cells.push("я".repeat(101));
    cells.push("а ".repeat(3_000));
    cells.push("\u{301}".repeat(2_000));
    cells
}

const HEADER: [&str; 9] = [
    "Фамилия",
    "Имя",
    "Отчество",
    "Класс",
    "Дата рождения",
    "Телефон",
    "ФИО матери",
    "Телефон матери",
    "Классный руководитель",
];
const PLAIN: [&str; 9] = [
    "Гусев",
    "Пётр",
    "Ильич",
    "5А",
    "14.03.2015",
    "+79120000001",
    "Гусева Анна Ивановна",
    "+79120000002",
    "Орлова Вера Львовна",
];

fn row(cells: [&str; 9]) -> Vec<Cell> {
    cells.iter().map(|cell| Cell::Text((*cell).to_owned())).collect()
}

#[test]
fn sixty_cells_in_every_column() {
    let choices = ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() };
    let cells = naughty_cells();
    assert!(cells.len() >= 60);
    let (mut read_whole, mut refused) = (0, 0);
    for naughty in &cells {
        for column in 0..HEADER.len() {
            for delimiter in [';', '\t'] {
                let mut odd = PLAIN;
                odd[column] = naughty;
                let mut last = PLAIN;
                (last[0], last[1], last[5], last[7]) = ("Ким", "Яна", "+79120000003", "+79120000004");
                let rows = vec![row(HEADER), row(PLAIN), row(odd), row(last)];
                let text = delimited(&Table { rows, ..Table::default() }, delimiter);
                let place = format!("cell {naughty:?} in «{}»", HEADER[column]);
                let Ok(opened) = open_roster(text.as_bytes(), &choices) else {
                    refused += 1;
                    continue;
                };
                let roster =
                    read_opened(&opened, &choices).unwrap_or_else(|error| panic!("{place}: {error}"));
                let names: Vec<String> = roster.rows.iter().map(|row| row.name.full()).collect();
                assert_eq!(names.first().map(String::as_str), Some("Гусев Пётр Ильич"), "{place}");
                assert_eq!(names.last().map(String::as_str), Some("Ким Яна Ильич"), "{place}");
                assert!(names.len() <= 3, "{place}");
                let mut register = empty_school();
                let file = ReadFile { opened, roster };
                let first = plan(&register, &file, |choices| choices.scope = Scope::Full);
                apply(&mut register, &first);
                let again = plan(&register, &file, |choices| choices.scope = Scope::Full);
                assert!(again.is_empty(), "{place}: an applied file changes {:?}", again.counts);
                assert!(!format!("{register:?}").contains('\u{FFFD}'), "{place}");
                read_whole += 1;
            }
        }
    }
    // A character that no honest text holds spoils the file; anything else costs its own row or value only.
    assert!(refused <= 3 * 2 * HEADER.len(), "{refused} refused, {read_whole} read");
}
