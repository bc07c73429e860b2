//! «Что было в файле»: one page for the case that the file got to strangers (152-ФЗ, ст. 21 ч. 3.1). Counts only.

use jiff::civil::Date;

use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{BLANK, BLANK_DAY, day_of_document, short_name};
use super::revocation_act::{JournalMark, journal_line};
use crate::register::Register;
use crate::regulation::{ContentsSubject, FileContents};
use crate::wording::counted;

/// Composes the page. `encrypted`: the file has a password.
pub fn compose_contents_page(
    register: &Register,
    contents: &FileContents,
    encrypted: bool,
    journal: &JournalMark,
    today: Date,
) -> Composed {
    let organization = register.organization();
    let left = |text: String| Block::Paragraph(text, LineAlignment::Left);
    let password = if encrypted {
        "Файл зашифрован паролем (SQLCipher 4, AES-256): без пароля его содержимое не читается."
    } else {
        "Файл без пароля: его содержимое прочтёт любой, кто его получит."
    };
    let blocks = vec![
        Block::Title("Что было в файле".to_owned()),
        Block::Paragraph(
            format!("{}, на {}", organization.name, day_of_document(today)),
            LineAlignment::Center,
        ),
        left(format!("{} {password}", people_words(contents))),
        Block::Table(categories_table(contents)),
        Block::Table(links_table(contents)),
        left(links_words(contents)),
        left(
            "Паспортных данных, СНИЛС, ИНН, адресов проживания, логинов, паролей от кабинета и сведений о здоровье в \
             файле нет: программа их не хранит. В журнале файла есть прежние значения тех же сведений."
                .to_owned(),
        ),
        left(format!(
            "Что случилось: {BLANK}\nКогда обнаружено: {BLANK_DAY}, время {BLANK}\nРоскомнадзор: уведомление в течение 24 \
             часов, итоги внутреннего расследования в течение 72 часов (ст. 21 ч. 3.1 152-ФЗ)."
        )),
        Block::SmallPrint(journal_line(journal)),
        Block::Signatures(vec![Signature {
            post: "Администратор".to_owned(),
            name: short_name(&organization.administrator.name),
        }]),
    ];
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: false }
}

fn people_words(contents: &FileContents) -> String {
    let mut text = format!(
        "В файле сведения о {}, из них выбыли {}.",
        counted(contents.people_count().into(), "человеке", "людях", "людях"),
        contents.departed
    );
    if contents.known_minors > 0 {
        text.push_str(&format!(
            " Несовершеннолетних по записанным датам рождения: {}.",
            contents.known_minors
        ));
    }
    text
}

fn categories_table(contents: &FileContents) -> ComposedTable {
    let headers = ["Ученики", "Родители", "Учителя и сотрудники", "Роль не записана"];
    debug_assert_eq!(headers, ContentsSubject::ALL.map(ContentsSubject::words));
    let mut columns = vec![Column::text("Категория сведений", 40)];
    columns.extend(headers.map(|header| Column::centered(header, 12)));
    columns.push(Column::centered("Записей", 12));
    let row = |words: &str, people: [u32; 4], records: u32| {
        let mut cells = vec![words.to_owned()];
        cells.extend(people.map(|count| count.to_string()));
        cells.push(records.to_string());
        cells
    };
    let lines = contents.lines.iter().map(|line| row(line.category.words(), line.people, line.records));
    ComposedTable { columns, rows: lines.collect() }
}

fn links_table(contents: &FileContents) -> ComposedTable {
    let columns =
        vec![Column::text("Ссылки-приглашения, по которым можно войти", 80), Column::centered("Сколько", 20)];
    let rows =
        contents.open_links.iter().map(|(danger, count)| vec![danger.words().to_owned(), count.to_string()]);
    ComposedTable { columns, rows: rows.collect() }
}

fn links_words(contents: &FileContents) -> String {
    match contents.open_link_count() {
        0 => "Ссылок, по которым можно войти, в файле нет.".to_owned(),
        count => format!(
            "Аннулировать в кабинете: {}, в этом порядке. Уже аннулированных в файле {}, по ним не войти.",
            counted(count.into(), "ссылку", "ссылки", "ссылок"),
            contents.revoked_links
        ),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::regulation::{ContentsCategory, ContentsLine, LinkDanger};

    #[test]
    fn the_page_tells_counts_and_deadlines() {
        let line = ContentsLine { category: ContentsCategory::Phones, people: [10, 8, 2, 0], records: 20 };
        let contents = FileContents {
            people: [21, 18, 3, 0],
            known_minors: 21,
            departed: 4,
            lines: vec![line],
            open_links: vec![(LinkDanger::ChildrenChat, 3), (LinkDanger::Staff, 1)],
            revoked_links: 7,
        };
        let mark = JournalMark::default();
        let text = compose_contents_page(&Register::default(), &contents, false, &mark, date(2026, 10, 12))
            .to_text();
        for expected in [
            "о 42 людях, из них выбыли 4",
            "Файл без пароля",
            "Номер телефона | 10 | 8 | 2 | 0 | 20",
            "чаты с детьми | 3",
            "Аннулировать в кабинете: 4 ссылки",
            "24 часов",
            "72 часов",
        ] {
            assert!(text.contains(expected), "{expected}\n{text}");
        }
    }
}
