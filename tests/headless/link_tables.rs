//! Links out of workbooks and delimited tables, and steps with links and figures without a window.

use rust_xlsxwriter::Workbook;

use crate::console::{Console, TODAY, link, windows_1251};

fn workbook(rows: &[[&str; 5]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string(row, column, *cell).expect("the sheet fits");
        }
    }
    book.save_to_buffer().expect("memory takes every byte")
}

#[test]
fn a_workbook_of_links_is_read_by_its_columns() {
    let console = Console::with_people();
    let (pupils, parents, other) = (link('a'), link('b'), link('c'));
    let rows = [
        ["Ссылки-приглашения", "", "", "", ""],
        ["№", "Ссылка", "Класс", "Для кого", "Срок"],
        ["1", &pupils, "7Б", "ученики", "31.05.2027"],
        ["2", &parents, "7Б", "родители", ""],
        ["3", &pupils, "5А", "ученики", ""],
        ["4", &other, "9Щ", "ученики", ""],
    ];
    console.write("links.xlsx", &workbook(&rows));
    let added = console.run(&["link", "add-list", "school.sferum", "links.xlsx", TODAY]).expect(0);
    assert!(added.stderr.contains("Строка 5 не взята: она повторяет строку 3"), "{}", added.stderr);
    assert!(added.stderr.contains("Строка 6 не взята: не понятно, какой класс"), "{}", added.stderr);
    assert!(added.stdout.contains("№ 1") && added.stdout.contains("№ 2"), "{}", added.stdout);
    for address in [&pupils, &parents, &other] {
        assert!(!added.stdout.contains(address.as_str()) && !added.stderr.contains(address.as_str()));
    }
    // The same links out of delimited text are all known by their first number.
    let text = format!("класс;роль;адрес\r\n7Б;ученики;{pupils}\r\n7Б;родители;{parents}\r\n");
    console.write("links.csv", &windows_1251(&text));
    let again = console.run(&["link", "add-list", "school.sferum", "links.csv", TODAY]).expect(1);
    assert!(again.stderr.contains("Строка 2 не взята: она уже записана под № 1"), "{}", again.stderr);
    console.write("empty.xlsx", &workbook(&rows[..2]));
    let empty = console.run(&["link", "add-list", "school.sferum", "empty.xlsx", TODAY]).expect(1);
    assert!(empty.stderr.contains("нет ни одной ссылки"), "{}", empty.stderr);
}

#[test]
fn links_are_delegated_and_failed() {
    let console = Console::with_people();
    let list = format!("7Б ученики {}\n", link('a'));
    console.run_with_input(&["link", "add-list", "school.sferum", "-", TODAY], &list).expect(0);
    let nobody = console.run(&["link", "delegate", "school.sferum", "1", TODAY]).expect(1);
    assert!(nobody.stderr.contains("учитель не назначен"), "{}", nobody.stderr);
    let named = console.run(&["link", "delegate", "school.sferum", "1", "--to-person", "2", TODAY]).expect(0);
    assert!(named.stdout.contains("поручена"), "{}", named.stdout);
    console.run(&["link", "fail", "school.sferum", "1", TODAY]).expect(2);
    let fail = ["link", "fail", "school.sferum", "1", "--why", "нет кнопки", TODAY];
    assert!(console.run(&fail).expect(0).stdout.contains("аннулировать не удалось"));
    let journal = console.run(&["journal", "school.sferum", TODAY]).expect(0).stdout;
    assert!(journal.contains("Поручено учителю: 1 ссылка"), "{journal}");
    assert!(journal.contains("Не удалось аннулировать: 1 ссылка"), "{journal}");
}

#[test]
fn figures_of_a_free_column_are_pasted_and_taken_out() {
    let console = Console::with_people();
    let set = ["summary", "school.sferum", "--column", "Активных за неделю", "--paste", "-", "--json", TODAY];
    let ran = console.run_with_input(&set, "7Б 12\n5А: 7\n8Ю 3\n").expect(0);
    assert!(ran.stderr.contains("Строка 3 не взята: не понятно, какой класс"), "{}", ran.stderr);
    let figure = |rows: &serde_json::Value, label: &str| {
        let row = rows.as_array().expect("an array").iter().find(|row| row["group"] == label).cloned();
        row.expect("the class")["figures"]["Активных за неделю"].clone()
    };
    let rows = ran.json();
    assert_eq!((figure(&rows, "7Б"), figure(&rows, "5А")), (12.into(), 7.into()));
    let rows = console.run_with_input(&set, "5А —").expect(0).json();
    assert!(figure(&rows, "5А").is_null() && figure(&rows, "7Б") == 12);
    console.run(&["summary", "school.sferum", "--column", "Активных", TODAY]).expect(2);
}
