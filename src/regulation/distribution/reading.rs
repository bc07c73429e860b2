//! Lines of a distribution in any order of words: «7Б Иванова Мария Петровна, приказ 45 от 01.09.2026», a table copied
//! from a spreadsheet, the cabinet's list with the class in a line of its own.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::tokens::{Facts, Token, day_of_cell, names_of, tokens_of};
use crate::names::{fold, group_key};
use crate::register::{GroupId, OrderReference, Register, SchoolYear};
use crate::regulation::class_teachers::needs_class_teacher;

/// The longest group label looked for, in words.
const LONGEST_LABEL_WORDS: usize = 4;

/// One group with one name, as a line gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistributionLine {
    /// Number of the line or row, from 1.
    pub line: u32,
    /// The groups of the register that the label fits; none: unknown, several: one label in several units.
    pub groups: Vec<GroupId>,
    /// The label as written.
    pub label: String,
    /// The name as written; empty where the line names nobody.
    pub name: String,
    pub order: OrderReference,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub temporary: bool,
}

/// Reads pasted text; cells of a spreadsheet come apart at tabs.
pub fn read_distribution(
    register: &Register,
    text: &str,
    year: SchoolYear,
    today: Date,
) -> Vec<DistributionLine> {
    let rows: Vec<(u32, Vec<String>)> = (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line.split('\t').map(str::to_owned).collect()))
        .collect();
    read_distribution_rows(register, &rows, year, today)
}

/// Reads rows of cells: by the header where there is one, else like free text. An order on a line of its own is of all
/// lines below; a class on a line of its own is of the name below.
pub fn read_distribution_rows(
    register: &Register,
    rows: &[(u32, Vec<String>)],
    year: SchoolYear,
    today: Date,
) -> Vec<DistributionLine> {
    let labels = Labels::of(register, year);
    let mut reader =
        Reader { labels, today, header: None, above: Facts::default(), waiting: None, read: Vec::new() };
    for (line, cells) in rows {
        reader.take(*line, cells);
    }
    if let Some(waiting) = reader.waiting.take() {
        reader.push_nameless(waiting);
    }
    reader.read
}

struct Reader {
    labels: Labels,
    today: Date,
    header: Option<Vec<Column>>,
    /// An order, and a day, that stand above the lines.
    above: Facts,
    /// A line with a class and without a name.
    waiting: Option<(u32, Vec<Place>, Facts)>,
    read: Vec<DistributionLine>,
}

impl Reader {
    fn take(&mut self, line: u32, cells: &[String]) {
        if let Some(header) = Column::header(cells) {
            self.header = Some(header);
            return;
        }
        let cells = match &self.header {
            Some(header) => in_words(header, cells, self.today),
            None => without_ordinal(&self.labels, cells),
        };
        let mut tokens = tokens_of(&cells);
        let mut facts = Facts::take(&mut tokens, self.today);
        let mut places = self.labels.take(&mut tokens);
        facts.take_lone_days(&mut tokens, self.today);
        if places.is_empty() {
            places.extend(unknown_label(&mut tokens));
        }
        let names = names_of(&tokens);
        match (places.is_empty(), names.is_empty()) {
            (true, true) => {
                // «Приказ № 45 от 01.09.2026» at the top of a list.
                if facts.order != OrderReference::default() {
                    self.above.order = facts.order;
                }
                self.above.since = facts.since.or(self.above.since);
            }
            (false, true) => {
                if let Some(before) = self.waiting.replace((line, places, facts)) {
                    self.push_nameless(before);
                }
            }
            (true, false) => {
                let Some((_, places, before)) = self.waiting.take() else {
                    // Titles are noise; somebody with a whole name is worth a question.
                    if names.iter().any(|name| name.split(' ').count() > 1) {
                        self.push(line, &[Place::default()], &names, &facts);
                    }
                    return;
                };
                let facts = if facts == Facts::default() { before } else { facts };
                self.push(line, &places, &names, &facts);
            }
            (false, false) => {
                if let Some(before) = self.waiting.take() {
                    self.push_nameless(before);
                }
                self.push(line, &places, &names, &facts);
            }
        }
    }

    fn push(&mut self, line: u32, places: &[Place], names: &[String], facts: &Facts) {
        let order = if facts.order == OrderReference::default() { &self.above.order } else { &facts.order };
        for place in places {
            for name in names {
                self.read.push(DistributionLine {
                    line,
                    groups: place.groups.clone(),
                    label: place.label.clone(),
                    name: name.clone(),
                    order: order.clone(),
                    since: facts.since.or(self.above.since),
                    until: facts.until,
                    temporary: facts.temporary,
                });
            }
        }
    }

    fn push_nameless(&mut self, (line, places, facts): (u32, Vec<Place>, Facts)) {
        self.push(line, &places, &[String::new()], &facts);
    }
}

/// A label as written, and the groups it fits.
#[derive(Clone, Default)]
struct Place {
    label: String,
    groups: Vec<GroupId>,
}

/// The labels of a year.
struct Labels(BTreeMap<String, Vec<GroupId>>);

impl Labels {
    fn of(register: &Register, year: SchoolYear) -> Labels {
        let mut labels: BTreeMap<String, Vec<GroupId>> = BTreeMap::new();
        for group in register.groups_in_year(year).filter(|group| needs_class_teacher(group.kind)) {
            labels.entry(group_key(&group.label)).or_default().push(group.id);
        }
        Labels(labels)
    }

    /// Takes every known label out of the words, the longest first.
    fn take(&self, tokens: &mut [Token]) -> Vec<Place> {
        let mut found: Vec<(usize, Place)> = Vec::new();
        for length in (1..=LONGEST_LABEL_WORDS).rev() {
            for place in 0..(tokens.len() + 1).saturating_sub(length) {
                let words = &tokens[place..place + length];
                if words.iter().any(|token| token.used) {
                    continue;
                }
                let text: Vec<&str> = words.iter().map(|token| token.text.as_str()).collect();
                let label = text.join(" ").trim_matches('.').to_owned();
                let Some(groups) = self.0.get(&group_key(&label)) else { continue };
                found.push((place, Place { label, groups: groups.clone() }));
                tokens[place..place + length].iter_mut().for_each(|token| token.used = true);
            }
        }
        found.sort_by_key(|(place, _)| *place);
        found.into_iter().map(|(_, place)| place).collect()
    }

    fn knows(&self, text: &str) -> bool {
        self.0.contains_key(&group_key(text))
    }
}

/// A word with figures that no group has: «12Ъ». It is named, not guessed.
fn unknown_label(tokens: &mut [Token]) -> Option<Place> {
    let is_label = |token: &&mut Token| {
        let digits = token.text.chars().filter(char::is_ascii_digit).count();
        !token.used && (1..=6).contains(&digits) && token.text.chars().any(char::is_alphabetic)
    };
    let token = tokens.iter_mut().find(is_label)?;
    token.used = true;
    Some(Place { label: token.text.clone(), groups: Vec::new() })
}

/// A table without header often begins with numbers from 1.
fn without_ordinal(labels: &Labels, cells: &[String]) -> Vec<String> {
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let is_ordinal = |cell: &String| {
        let text = cell.trim().trim_end_matches('.');
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let others_name_class = cells.iter().skip(1).any(|cell| labels.knows(cell));
    match cells.split_first() {
        Some((first, rest))
            if filled > 2 && is_ordinal(first) && (others_name_class || !labels.knows(first)) =>
        {
            rest.to_vec()
        }
        _ => cells.to_vec(),
    }
}

/// What a column of a table with a header holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Group,
    Name,
    Order,
    OrderDate,
    Since,
    Until,
    Note,
    Other,
}

impl Column {
    /// The columns, where the row is a header: it names classes and people.
    fn header(cells: &[String]) -> Option<Vec<Column>> {
        let columns: Vec<Column> = cells.iter().map(|cell| Column::of(cell)).collect();
        let has = |wanted| columns.contains(&wanted);
        (has(Column::Group) && has(Column::Name)).then_some(columns)
    }

    fn of(cell: &str) -> Column {
        let word: String = fold(cell).chars().filter(|letter| !matches!(letter, '.' | '*' | '№')).collect();
        let word = word.trim();
        let has = |part: &str| word.contains(part);
        match word {
            "с" | "c" | "начало" | "с какого дня" | "с какого числа" | "дата начала" | "с даты" => {
                Column::Since
            }
            "по" | "до" | "окончание" | "конец" | "по какой день" | "дата окончания" | "по дату" => {
                Column::Until
            }
            "примечание" | "заметка" | "комментарий" => Column::Note,
            _ if has("приказ") && has("дата") => Column::OrderDate,
            _ if has("приказ") || has("распоряжение") => Column::Order,
            _ if has("руковод") || has("куратор") || has("воспитател") || has("фио") || has("педагог") => {
                Column::Name
            }
            "фамилия" | "имя" | "отчество" | "учитель" | "преподаватель" | "сотрудник" => {
                Column::Name
            }
            "класс" | "группа" | "учебная группа" | "класс/группа" | "литера" | "наименование класса" => {
                Column::Group
            }
            _ => Column::Other,
        }
    }
}

/// The cells of a row in the words that free text is read by.
fn in_words(header: &[Column], cells: &[String], today: Date) -> Vec<String> {
    let mut words = Vec::new();
    let mut name = String::new();
    for (column, cell) in header.iter().zip(cells) {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        let day = || {
            day_of_cell(cell, today).map(|day| format!("{:02}.{:02}.{}", day.day(), day.month(), day.year()))
        };
        match column {
            Column::Group | Column::Note => words.push(cell.to_owned()),
            Column::Name => {
                name.push(' ');
                name.push_str(cell);
            }
            Column::Order => words.push(format!("приказ {cell}")),
            Column::OrderDate => words.extend(day().map(|day| format!("от {day}"))),
            Column::Since => words.extend(day().map(|day| format!("с {day}"))),
            Column::Until => words.extend(day().map(|day| format!("по {day}"))),
            Column::Other => {}
        }
    }
    words.insert(words.len().min(1), name);
    words
}
