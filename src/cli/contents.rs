//! `contents`: what a file holds, in categories and counts (152-ФЗ, ст. 21 ч. 3.1).

use std::fmt::Write;

use serde_json::{Value, json};

use super::failure::{DONE, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json, print_line};
use crate::regulation::{ContentsSubject, FileContents, file_contents};
use crate::session::{FilePaper, write_file_paper};
use crate::wording::counted;

/// `contents FILE [--out PATH.docx] [--json]`.
pub(super) fn contents(given: &Given) -> Outcome {
    let session = open(given)?;
    let contents = file_contents(session.register(), judged_day(&session));
    if given.values.contains_key("out") {
        write_file_paper(&session, &FilePaper::Contents, &given.path_of("out")?)?;
        if !given.has("json") {
            print_line("Страница «Что было в файле» записана. Заполните пропуски.")?;
        }
    }
    if given.has("json") {
        print_json(&contents_json(&contents, session.encrypted()))?;
    } else if !given.values.contains_key("out") {
        print(&contents_text(&contents))?;
    }
    Ok(DONE)
}

fn contents_text(contents: &FileContents) -> String {
    let mut headings = vec!["Категория"];
    headings.extend(ContentsSubject::ALL.map(ContentsSubject::words));
    headings.push("Записей");
    let mut table = TextTable::new(&headings, &[1, 2, 3, 4, 5]);
    let cells = |words: &str, people: [u32; 4], records: u32| {
        let mut cells = vec![words.to_owned()];
        cells.extend(people.map(|count| count.to_string()));
        cells.push(records.to_string());
        cells
    };
    for line in &contents.lines {
        table.row(cells(line.category.words(), line.people, line.records));
    }
    let mut text = format!(
        "Людей: {}, из них выбыли {}, несовершеннолетних по записанным датам {}.\n\n",
        contents.people_count(),
        contents.departed,
        contents.known_minors
    );
    if !contents.lines.is_empty() {
        text.push_str(&table.render());
    }
    let open = contents.open_link_count();
    let _ = writeln!(
        text,
        "\nСсылки, по которым можно войти: {}; аннулированных {}.",
        counted(open.into(), "ссылка", "ссылки", "ссылок"),
        contents.revoked_links
    );
    for (danger, count) in &contents.open_links {
        let _ = writeln!(text, "  {}: {count}", danger.words());
    }
    text
}

fn contents_json(contents: &FileContents, encrypted: bool) -> Value {
    let by_subject = |people: [u32; 4]| {
        let [students, parents, staff, others] = people;
        json!({ "students": students, "parents": parents, "staff": staff, "others": others })
    };
    let lines = contents.lines.iter().map(|line| {
        json!({
            "category": line.category.code(),
            "title": line.category.words(),
            "people": by_subject(line.people),
            "records": line.records,
        })
    });
    let links = contents
        .open_links
        .iter()
        .map(|(danger, count)| json!({ "danger": danger.code(), "title": danger.words(), "count": count }));
    json!({
        "encrypted": encrypted,
        "people": by_subject(contents.people),
        "people_count": contents.people_count(),
        "departed": contents.departed,
        "known_minors": contents.known_minors,
        "categories": lines.collect::<Vec<_>>(),
        "open_links": links.collect::<Vec<_>>(),
        "revoked_links": contents.revoked_links,
    })
}
