//! Links out of a workbook, seen row by row like a pasted list.

use rust_xlsxwriter::Workbook;
use sferum_console::files::write_bytes_atomically;

use super::*;

#[test]
fn a_table_of_links_is_seen_before_it_is_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("Ссылки.xlsx");
    let mut console = open_links(Setup { chosen: vec![Some(path.clone())], ..Setup::default() });
    let known = register(&console).tables().invites.values().next().expect("a link").clone();
    let rows = [
        ["Класс", "Для кого", "Ссылка", "Срок"].map(str::to_owned),
        ["7Б".into(), "родители".into(), address('a'), "31.05.2027".into()],
        ["5 «А»".into(), "ученики".into(), address('b'), String::new()],
        ["6А".into(), "родители".into(), known.address.as_str().to_owned(), String::new()],
        ["6А".into(), "родители".into(), address('a'), String::new()],
        ["6А".into(), "ученики".into(), address('c'), "скоро".into()],
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(&rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("the sheet fits");
        }
    }
    write_bytes_atomically(&path, &book.save_to_buffer().expect("memory")).expect("written");

    let count = register(&console).tables().invites.len();
    press(&mut console, "Вставить список ссылок");
    press(&mut console, "Ссылки из файла…");
    console.harness.get_by_label("Файл «Ссылки.xlsx»");
    console.harness.get_by_label("повторяет строку 2");
    console.harness.get_by_label("срок не похож на дату");
    compare_picture(&mut console.harness, "links-table-light");
    press(&mut console, "Записать 2 ссылки");
    let (session, _folder) = console.reopened();
    let written: Vec<Invite> = session.register().tables().invites.values().skip(count).cloned().collect();
    assert_eq!(written.len(), 2);
    assert_eq!(written[0].expires_on, Some(jiff::civil::date(2027, 5, 31)));
    assert_eq!((written[0].role, written[1].role), (Role::Parent, Role::Student));
}
