//! The classes of a file: every distinct spelling, what it is understood as, and the class of each row.

use std::collections::{BTreeMap, HashMap};

use super::cells::{Cell, says_nothing};
use super::delimited::SheetRow;
use super::header::MappedColumn;
use super::mapped::{ClassAnswer, ClassValue, FillDown, ReadOptions};
use super::problem::{Issue, IssueCode, Severity};
use super::row_columns::{Columns, cell_of, text_of};
use crate::names::{GroupLabel, Role, clean, parse_group_label};

/// A block of a merged cell is believed from this many rows on.
const SHORTEST_MERGED_BLOCK: u32 = 3;

/// The class a row is to have.
pub(super) enum GroupReading {
    /// This one.
    Group(GroupLabel),
    /// None is written.
    None,
    /// Not readable; the issue is already noted.
    Bad,
}

/// What a row has in its class columns.
#[derive(Clone, Copy)]
pub(super) enum SeenClass {
    /// The value of this index.
    Value(usize),
    /// Nothing.
    Nothing,
}

/// Reading of the class columns of one file.
pub(super) struct Classes<'h> {
    group: Option<&'h MappedColumn>,
    parallel: Option<&'h MappedColumn>,
    letter: Option<&'h MappedColumn>,
    answers: &'h BTreeMap<String, ClassAnswer>,
    /// The class of rows that name none, and whether it also wins over those that do.
    file_group: Option<GroupLabel>,
    file_group_wins: bool,
    values: Vec<ClassValue>,
    value_of: HashMap<String, usize>,
    fill_down: FillDown,
    /// The value of the last row that has one.
    above: Option<usize>,
}

impl<'h> Classes<'h> {
    /// `titled`: the class that the title rows name. `data_rows` are the rows with people, in order.
    pub fn new<'s>(
        columns: &Columns<'h>,
        titled: Option<&str>,
        options: &'h ReadOptions,
        data_rows: impl Iterator<Item = SheetRow<'s>>,
    ) -> Self {
        let chosen = options.group_override.as_deref().and_then(|label| parse_group_label(label).ok());
        let titled = titled.and_then(|label| parse_group_label(label).ok());
        let file_group_wins = chosen.is_some();
        let file_group = chosen.or(titled);
        let of_staff = options.default_role.is_some_and(Role::is_staff);
        let rows = match columns.class() {
            Some(column) if file_group.is_none() && !of_staff => rows_below_merged_cells(column, data_rows),
            _ => 0,
        };
        Self {
            group: columns.group,
            parallel: columns.parallel,
            letter: columns.letter,
            answers: &options.class_answers,
            file_group,
            file_group_wins,
            values: Vec::new(),
            value_of: HashMap::new(),
            fill_down: FillDown { rows, done: options.fill_down && rows > 0 },
            above: None,
        }
    }

    /// Whether neither a column, a title nor the user names any class.
    pub fn are_nowhere(&self) -> bool {
        self.group.is_none() && self.parallel.is_none() && self.file_group.is_none()
    }

    /// Counts what the row has; called once for every row, taken or not, so that the table of classes is whole.
    pub fn see(&mut self, row: SheetRow<'_>, role: Option<Role>) -> SeenClass {
        if self.file_group_wins {
            return SeenClass::Nothing;
        }
        let written = self.written(row);
        if says_nothing(&written) {
            let filled = self.above.filter(|_| self.fill_down.done && !role.is_some_and(Role::is_staff));
            return match filled {
                Some(index) => {
                    self.values[index].rows += 1;
                    SeenClass::Value(index)
                }
                None => SeenClass::Nothing,
            };
        }
        let index = match self.value_of.get(&written) {
            Some(index) => *index,
            None => self.remember(written),
        };
        self.values[index].rows += 1;
        self.above = Some(index);
        SeenClass::Value(index)
    }

    fn remember(&mut self, written: String) -> usize {
        let answer = self.answers.get(&written).cloned();
        let label = match &answer {
            Some(ClassAnswer::Group(label)) => parse_group_label(label).ok(),
            Some(ClassAnswer::LeaveOut) => None,
            None if names_several(&written) => None,
            None => parse_group_label(&written).ok(),
        };
        let index = self.values.len();
        self.value_of.insert(written.clone(), index);
        self.values.push(ClassValue { written, label, rows: 0, answer });
        index
    }

    /// Whether the user leaves rows of this class out.
    pub fn is_left_out(&self, seen: SeenClass) -> bool {
        matches!(seen, SeenClass::Value(index) if self.values[index].answer == Some(ClassAnswer::LeaveOut))
    }

    /// The class of a row; an unreadable or missing one is complained of.
    pub fn group_of(
        &self,
        row: SheetRow<'_>,
        seen: SeenClass,
        role: Option<Role>,
        issues: &mut Vec<Issue>,
    ) -> GroupReading {
        if self.file_group_wins
            && let Some(group) = &self.file_group
        {
            return GroupReading::Group(group.clone());
        }
        match seen {
            SeenClass::Value(index) => match &self.values[index].label {
                Some(label) => GroupReading::Group(label.clone()),
                None => {
                    issues.extend(self.complaint_of_bad_group(row, &self.values[index].written, role));
                    GroupReading::Bad
                }
            },
            SeenClass::Nothing => {
                // A class in the title speaks of its pupils and their parents, not of the staff.
                let of_title = self.file_group.clone().filter(|_| !role.is_some_and(Role::is_staff));
                if of_title.is_none() && role == Some(Role::Student) {
                    issues.push(self.complaint_of_missing_group(row));
                    return GroupReading::Bad;
                }
                of_title.map_or(GroupReading::None, GroupReading::Group)
            }
        }
    }

    /// The class as written: from its column, or from «Параллель» and «Литера».
    fn written(&self, row: SheetRow<'_>) -> String {
        let group = clean(text_of(row, self.group).unwrap_or_default());
        if !says_nothing(&group) {
            return group;
        }
        let parallel = clean(text_of(row, self.parallel).unwrap_or_default());
        let letter = clean(text_of(row, self.letter).unwrap_or_default());
        if parallel.is_empty() { String::new() } else { format!("{parallel} {letter}").trim().to_owned() }
    }

    fn complaint_of_bad_group(&self, row: SheetRow<'_>, written: &str, role: Option<Role>) -> Option<Issue> {
        let cell = cell_of(row, self.group.or(self.parallel)?);
        let (reason, cure) = if names_several(written) {
            ("указано несколько классов", "Оставьте один класс")
        } else {
            ("название класса слишком длинное", "Сократите его")
        };
        let (severity, outcome) = match role {
            Some(Role::Student) => (Severity::Error, "Строка не взята"),
            _ => (Severity::Warning, "Человек взят без класса"),
        };
        let message = format!(
            "{}: {reason}. {outcome}. {cure} или выберите класс для этого значения в таблице классов.",
            cell.place()
        );
        Some(cell.issue(severity, IssueCode::BadGroup, message))
    }

    fn complaint_of_missing_group(&self, row: SheetRow<'_>) -> Issue {
        let number = row.number();
        let column = self.group.or(self.parallel).map(|column| column.header.clone());
        let place = column.as_ref().map(|header| format!(", столбец «{header}»")).unwrap_or_default();
        let cure = if self.fill_down.rows > 0 && !self.fill_down.done {
            "Впишите класс или включите заполнение класса из строки выше."
        } else {
            "Впишите класс или укажите его для всего файла."
        };
        let message = format!("Строка {number}{place}: у ученика не указан класс. Строка не взята. {cure}");
        Issue { row: number, column, severity: Severity::Error, code: IssueCode::NoGroup, message }
    }

    /// The table of classes and the facts about merged cells.
    pub fn finish(self) -> (Vec<ClassValue>, FillDown) {
        (self.values, self.fill_down)
    }
}

fn names_several(written: &str) -> bool {
    written.contains([',', ';'])
}

/// Empty class cells that merged cells left: the first row has a class, each class stands on the first row of its block
/// only, and one block at least has [`SHORTEST_MERGED_BLOCK`] rows. 0 where it is not so.
fn rows_below_merged_cells<'s>(column: &MappedColumn, rows: impl Iterator<Item = SheetRow<'s>>) -> u32 {
    let (mut empty, mut block, mut longest) = (0_u32, 0_u32, 0_u32);
    let mut above = "";
    for row in rows {
        let text = row.cell(column.index).trim();
        if says_nothing(text) {
            if above.is_empty() {
                return 0;
            }
            empty += 1;
            block += 1;
        } else {
            // The same class twice, one under the other: it is written in every row, and somewhere forgotten.
            if text == above {
                return 0;
            }
            above = text;
            block = 1;
        }
        longest = longest.max(block);
    }
    if longest >= SHORTEST_MERGED_BLOCK { empty } else { 0 }
}

/// The classes that an employee leads, as the cell «Классное руководство» says («5А, 6Б», «нет»). «Да» means the class
/// of the row. What cannot be read is warned of.
pub(super) fn read_leads(
    cell: Cell<'_>,
    own: Option<&GroupLabel>,
    issues: &mut Vec<Issue>,
) -> Vec<GroupLabel> {
    let written = clean(cell.text);
    if says_nothing(&written) {
        return Vec::new();
    }
    if matches!(written.to_lowercase().as_str(), "да" | "+" | "есть" | "классный руководитель" | "кл. рук.")
    {
        return match own {
            Some(group) => vec![group.clone()],
            None => {
                issues.push(unreadable_leads(cell));
                Vec::new()
            }
        };
    }
    let pieces = written.split([',', ';', '/']).flat_map(|piece| piece.split(" и ")).map(str::trim);
    let mut leads: Vec<GroupLabel> = Vec::new();
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        match parse_group_label(piece) {
            Ok(label) if label.parallel.is_some() || is_group_name(&label.text) => {
                if !leads.contains(&label) {
                    leads.push(label);
                }
            }
            _ => {
                issues.push(unreadable_leads(cell));
                return Vec::new();
            }
        }
    }
    leads
}

/// A college or kindergarten group: one or two words, with a digit or a capital; longer texts are sentences.
fn is_group_name(text: &str) -> bool {
    text.split(' ').count() <= 2
        && text.chars().count() <= 30
        && text.chars().any(|letter| letter.is_ascii_digit() || letter.is_uppercase())
}

fn unreadable_leads(cell: Cell<'_>) -> Issue {
    let message = format!(
        "{}: не понятно, какой класс. Классное руководство не взято. Впишите класс («5А») или несколько через запятую.",
        cell.place()
    );
    cell.issue(Severity::Warning, IssueCode::BadLeads, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_are_led() {
        let own = parse_group_label("9В").expect("a class");
        let cases: [(&str, &[&str], usize); 10] = [
            ("5А", &["5А"], 0),
            ("5А, 6Б", &["5А", "6Б"], 0),
            ("5 «а» и 6б", &["5А", "6Б"], 0),
            ("5А; 5 а", &["5А"], 0),
            ("ИС-21-1", &["ИС-21-1"], 0),
            ("нет", &[], 0),
            ("-", &[], 0),
            ("", &[], 0),
            ("да", &["9В"], 0),
            ("замещает на время болезни", &[], 1),
        ];
        for (text, expected, problems) in cases {
            let mut issues = Vec::new();
            let cell = Cell { row: 2, header: "Классное руководство", text };
            let read = read_leads(cell, Some(&own), &mut issues);
            assert_eq!(read.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(), expected, "{text}");
            assert_eq!(issues.len(), problems, "{text}");
        }
    }
}
