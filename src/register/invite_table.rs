//! Links out of a table, one a row (duty 2.3-4): columns by their headers, else whatever stands in the row. Pure.

use jiff::civil::Date;

use super::pasted_invites::{InviteLine, PastedInvite, read_invite_lines};
use super::{Register, SchoolYear};
use crate::names::{find_addresses, fold, parse_date};

/// The header stands among so many rows that hold anything.
const HEADER_SEARCH_ROWS: usize = 15;

/// Headers in lower case, letters only.
const HEADERS: [(TableColumn, &[&str]); 6] = [
    (
        TableColumn::Group,
        &["класс", "группа", "классгруппа", "группакласс", "учебнаягруппа", "подразделение", "куда"],
    ),
    (TableColumn::Chat, &["чат", "названиечата", "беседа", "какойчат"]),
    (TableColumn::Role, &["роль", "длякого", "кому", "кто", "рольучастника", "рольпользователя"]),
    (
        TableColumn::Address,
        &[
            "ссылка",
            "адрес",
            "адресссылки",
            "ссылкаприглашение",
            "приглашение",
            "url",
            "ссылканачат",
            "ссылкавчат",
        ],
    ),
    (TableColumn::Expiry, &["срок", "срокдействия", "действуетдо", "действительнадо", "истекает", "до"]),
    (TableColumn::State, &["состояние"]),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TableColumn {
    Group,
    Chat,
    Role,
    Address,
    Expiry,
    State,
}

/// The rows of a table that may hold links. No `Debug`: it holds addresses.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct InviteTable {
    lines: Vec<InviteLine>,
}

impl InviteTable {
    /// Takes the rows of a sheet: number as the spreadsheet counts, and cells.
    pub fn of_rows(rows: &[(u32, Vec<String>)], today: Date) -> InviteTable {
        let lines = match find_header(rows) {
            Some((header, columns)) => rows[header + 1..]
                .iter()
                .map(|(row, cells)| line_of_columns(*row, cells, &columns, today))
                .filter(|line| !line.words.is_empty() || !line.addresses.is_empty())
                .collect(),
            // Without a header only rows with an address are links; the others are titles.
            None => rows
                .iter()
                .map(|(row, cells)| line_of_values(*row, cells))
                .filter(|line| !line.addresses.is_empty())
                .collect(),
        };
        InviteTable { lines }
    }

    /// Whether any row holds an address.
    pub fn has_addresses(&self) -> bool {
        self.lines.iter().any(|line| !line.addresses.is_empty())
    }
}

/// Reads the rows as [`super::read_pasted_invites`] reads lines; `line` is the row.
pub fn read_table_invites(register: &Register, table: &InviteTable, year: SchoolYear) -> Vec<PastedInvite> {
    read_invite_lines(register, &table.lines, year)
}

fn find_header(rows: &[(u32, Vec<String>)]) -> Option<(usize, Vec<(TableColumn, usize)>)> {
    for (place, (_, cells)) in rows.iter().enumerate().take(HEADER_SEARCH_ROWS) {
        if cells.iter().any(|cell| !find_addresses(cell).is_empty()) {
            return None;
        }
        let columns: Vec<(TableColumn, usize)> = HEADERS
            .into_iter()
            .filter_map(|(column, words)| Some((column, column_of(cells, words)?)))
            .collect();
        let has = |wanted| columns.iter().any(|(column, _)| *column == wanted);
        if has(TableColumn::Address) && columns.len() > 1 {
            return Some((place, columns));
        }
    }
    None
}

fn column_of(cells: &[String], words: &[&str]) -> Option<usize> {
    cells.iter().position(|cell| {
        let letters: String = fold(cell).chars().filter(|letter| letter.is_alphanumeric()).collect();
        words.contains(&letters.as_str())
    })
}

fn line_of_columns(row: u32, cells: &[String], columns: &[(TableColumn, usize)], today: Date) -> InviteLine {
    let cell = |wanted| {
        let place = columns.iter().find(|(column, _)| *column == wanted).map(|(_, place)| *place);
        place.and_then(|place| cells.get(place)).map_or("", |cell| bare(cell))
    };
    let words = [TableColumn::Group, TableColumn::Chat, TableColumn::Role].map(cell);
    let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
    let address = cell(TableColumn::Address);
    let expiry = cell(TableColumn::Expiry);
    InviteLine {
        line: row as usize,
        words: words.join(" ").split_whitespace().collect::<Vec<_>>().join(" "),
        addresses: find_addresses(address).into_iter().map(str::to_owned).collect(),
        expires_on: match expiry {
            "" => Ok(None),
            text => parse_date(text, today).map(Some).map_err(|_| ()),
        },
        is_revoked: fold(cell(TableColumn::State)).starts_with("аннулир"),
    }
}

fn line_of_values(row: u32, cells: &[String]) -> InviteLine {
    let joined = cells.iter().map(|cell| bare(cell)).collect::<Vec<_>>().join(" ; ");
    InviteLine::of_text(row as usize, &joined)
}

/// The cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn bare(cell: &str) -> &str {
    cell.trim().trim_start_matches(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::pasted_invites::PastedInviteProblem as Problem;
    use super::super::{Entity, Group, GroupId, GroupKind, Target};
    use super::*;

    const TODAY: Date = date(2026, 10, 12);
    const YEAR: SchoolYear = SchoolYear(2026);

    fn register() -> Register {
        let mut register = Register::default();
        for (id, label) in [(1, "7Б"), (2, "10 инж")] {
            let group = Group {
                id: GroupId(id),
                label: label.into(),
                kind: GroupKind::SchoolClass,
                year: Some(YEAR),
                ..Group::default()
            };
            register.put_loaded(Entity::from(group));
        }
        register
    }

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let address = |cell: &str| cell.replace('@', "https://max.ru/join/token_token_");
        (1..).zip(text.lines().map(|line| line.split('|').map(address).collect())).collect()
    }

    fn read(text: &str) -> Vec<String> {
        let table = InviteTable::of_rows(&rows(text), TODAY);
        let told = |line: &PastedInvite| match &line.outcome {
            Ok(found) => {
                let Target::Group(group) = found.target else { return "?".into() };
                let until = found.expires_on.map_or_else(String::new, |day| format!(" до {day}"));
                format!("{} {group} {:?}{until}", line.line, found.role)
            }
            Err(problem) => format!("{} {problem:?}", line.line),
        };
        read_table_invites(&register(), &table, YEAR).iter().map(told).collect()
    }

    #[test]
    fn columns_are_known_by_their_headers_wherever_they_stand() {
        let text = "Ссылки на 2026/2027\n\
            №|Адрес ссылки|Для кого|Класс/группа|Срок действия|Кому передана\n\
            1|@a|родители|7Б|31.05.2027|учитель Ивлева\n\
            2|@b|ученики|10 инж||\n\
            ||||\n\
            3||родители|10 инж||\n\
            4|@a|родители|10 инж||\n\
            5|@c|родители|9Ж||\n\
            6|@d|ученики|7Б|скоро|";
        assert_eq!(
            read(text),
            [
                "3 1 Parent до 2027-05-31",
                "4 2 Student",
                "6 NoAddress",
                "7 RepeatsLine(3)",
                "8 NoTarget",
                "9 Expiry",
            ]
        );
    }

    #[test]
    fn without_headers_the_values_speak_and_revoked_links_stay_out() {
        assert_eq!(read("Наши ссылки\n7Б|родители|@a\n@b|10 инж, ученики"), ["2 1 Parent", "3 2 Student"]);
        let text = "Класс|Роль|Ссылка|Состояние\n7Б|родитель|@a|аннулирована\n7Б|родитель|@b|действует";
        assert_eq!(read(text), ["2 Revoked", "3 1 Parent"]);
        assert_eq!(read("Класс|Ссылка\n7Б|…abcd"), ["2 NoAddress"], "a masked address is none");
        assert!(matches!(Problem::Expiry.to_string().as_str(), "the day of expiry cannot be read"));
    }
}
