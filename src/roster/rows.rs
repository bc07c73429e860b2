//! Sheet and header → rows in the program's terms, with every problem tied to its row and column.

use std::collections::HashMap;

use super::aliases::{Field, field_of_header, fold_header};
use super::cells::{Cell, is_total, name_issue, read_birth_date, read_name, read_phone, says_nothing};
use super::delimited::{Sheet, SheetRow};
use super::header::{Header, MappedColumn};
use super::mapped::{ClassValue, FillDown, MappedRoster, ReadOptions, RosterParent, RosterRow, SourceFacts};
use super::namesakes::Namesakes;
use super::problem::{Issue, IssueCode, RosterError, Severity};
use crate::names::{FullName, GroupLabel, Role, clean, parse_group_label, role_from_words};
use crate::wording::counted;

/// Reads the rows below the header. Rows with an [`Severity::Error`] are left out, the others are taken,
/// perhaps without one value.
///
/// # Errors
/// [`RosterError::NoGroupColumn`] when the file lists students and neither a column, a title nor the user
/// names their class; [`RosterError::HeaderOnly`] when no row is left below the header.
pub fn read_rows(sheet: &Sheet, header: &Header, options: &ReadOptions) -> Result<MappedRoster, RosterError> {
    let mut reading = Reading::new(header, options);
    if reading.lists_students_without_any_group() {
        return Err(RosterError::NoGroupColumn { header_row: header.row });
    }
    for row in sheet.rows().filter(|row| row.number() > header.row) {
        reading.read_row(row);
    }
    if reading.rows_seen == 0 {
        return Err(RosterError::HeaderOnly { header_row: header.row });
    }
    Ok(reading.finish(sheet))
}

/// The state of reading one file.
struct Reading<'h> {
    header: &'h Header,
    default_role: Option<Role>,
    /// The class of rows that name none, and whether it also wins over those that do.
    file_group: Option<GroupLabel>,
    file_group_wins: bool,
    columns: Columns<'h>,
    rows: Vec<RosterRow>,
    issues: Vec<Issue>,
    class_values: Vec<ClassValue>,
    class_value_of: HashMap<String, usize>,
    namesakes: Namesakes,
    totals_dropped: u32,
    rows_seen: u32,
}

/// The columns by field, looked up once.
struct Columns<'h> {
    full_name: Option<&'h MappedColumn>,
    surname: Option<&'h MappedColumn>,
    given: Option<&'h MappedColumn>,
    patronymic: Option<&'h MappedColumn>,
    group: Option<&'h MappedColumn>,
    parallel: Option<&'h MappedColumn>,
    letter: Option<&'h MappedColumn>,
    role: Option<&'h MappedColumn>,
    post: Option<&'h MappedColumn>,
    phone: Option<&'h MappedColumn>,
    birth_date: Option<&'h MappedColumn>,
    class_teacher: Option<&'h MappedColumn>,
    parents: Vec<&'h MappedColumn>,
}

impl<'h> Columns<'h> {
    fn of(header: &'h Header) -> Self {
        let find = |field| header.columns.find(field);
        let is_parent =
            |column: &&MappedColumn| matches!(column.field, Field::ParentName(_) | Field::ParentPhone(_));
        Self {
            full_name: find(Field::FullName),
            surname: find(Field::Surname),
            given: find(Field::Given),
            patronymic: find(Field::Patronymic),
            group: find(Field::Group),
            parallel: find(Field::Parallel),
            letter: find(Field::Letter),
            role: find(Field::Role),
            post: find(Field::Post),
            phone: find(Field::Phone),
            birth_date: find(Field::BirthDate),
            class_teacher: find(Field::ClassTeacher),
            parents: header.columns.columns.iter().filter(is_parent).collect(),
        }
    }

    /// Columns without which a row is not whole.
    fn needed(&self) -> impl Iterator<Item = &'h MappedColumn> {
        [self.full_name, self.surname, self.given, self.group, self.parallel, self.letter, self.role]
            .into_iter()
            .flatten()
    }

    /// The column to blame for a bad name. A header without any is refused before rows are read.
    fn name_header(&self) -> &'h str {
        self.full_name.or(self.surname).map_or("ФИО", |column| column.header.as_str())
    }
}

fn text_of<'s>(row: SheetRow<'s>, column: Option<&MappedColumn>) -> Option<&'s str> {
    column.map(|column| row.cell(column.index))
}

fn cell_of<'c>(row: SheetRow<'c>, column: &'c MappedColumn) -> Cell<'c> {
    Cell { row: row.number(), header: &column.header, text: row.cell(column.index) }
}

/// The class a row is to have.
enum GroupReading {
    Group(GroupLabel),
    None,
    /// Not readable; the issue is already noted.
    Bad,
}

impl<'h> Reading<'h> {
    fn new(header: &'h Header, options: &ReadOptions) -> Self {
        let chosen = options.group_override.as_deref().and_then(|label| parse_group_label(label).ok());
        let titled = header.title.group_label.as_deref().and_then(|label| parse_group_label(label).ok());
        Self {
            header,
            default_role: options.default_role.or(header.role_hint),
            file_group_wins: chosen.is_some(),
            file_group: chosen.or(titled),
            columns: Columns::of(header),
            rows: Vec::new(),
            issues: Vec::new(),
            class_values: Vec::new(),
            class_value_of: HashMap::new(),
            namesakes: Namesakes::default(),
            totals_dropped: 0,
            rows_seen: 0,
        }
    }

    fn lists_students_without_any_group(&self) -> bool {
        let no_column = self.columns.group.is_none() && self.columns.parallel.is_none();
        let no_role_column = self.columns.role.is_none() && self.columns.post.is_none();
        let students = self.default_role == Some(Role::Student) && no_role_column;
        students && no_column && self.file_group.is_none()
    }

    fn read_row(&mut self, row: SheetRow<'_>) {
        if row.cells().find(|cell| !cell.trim().is_empty()).is_some_and(is_total)
            || is_total(row.cell(self.name_index()))
        {
            self.totals_dropped += 1;
            return;
        }
        // Rows numbered beforehand and left blank, and headers repeated on every printed page.
        if self.is_blank_in_mapped_columns(row) || self.repeats_the_header(row) {
            return;
        }
        self.rows_seen += 1;
        if row.filled_width() > self.header.width {
            self.complain_of_extra_cells(row);
            return;
        }
        self.warn_of_missing_cells(row);
        let Some(name) = self.read_name(row) else { return };
        let role = self.read_role(row);
        let group = match self.read_group(row, role) {
            GroupReading::Group(group) => Some(group),
            GroupReading::None if role == Some(Role::Student) => {
                self.complain_of_missing_group(row);
                return;
            }
            GroupReading::None => None,
            GroupReading::Bad if role == Some(Role::Student) => return,
            GroupReading::Bad => None,
        };
        let phone = self.columns.phone.and_then(|column| read_phone(cell_of(row, column), &mut self.issues));
        let birth_date = self
            .columns
            .birth_date
            .and_then(|column| read_birth_date(cell_of(row, column), &mut self.issues));
        let read = RosterRow {
            row: row.number(),
            name,
            group,
            role,
            post: clean(text_of(row, self.columns.post).unwrap_or_default()),
            phone,
            birth_date,
            class_teacher: clean(text_of(row, self.columns.class_teacher).unwrap_or_default()),
            parents: self.read_parents(row),
            leads: Vec::new(),
            child: None,
        };
        self.take_unless_duplicate(read);
    }

    fn name_index(&self) -> usize {
        self.columns.full_name.or(self.columns.surname).map_or(0, |column| column.index)
    }

    fn is_blank_in_mapped_columns(&self, row: SheetRow<'_>) -> bool {
        let matters = |field| !matches!(field, Field::Number | Field::Unknown | Field::Sensitive(_));
        let within = self.header.columns.columns.iter().filter(|column| matters(column.field));
        row.filled_width() <= self.header.width
            && within.into_iter().all(|column| row.cell(column.index).trim().is_empty())
    }

    fn repeats_the_header(&self, row: SheetRow<'_>) -> bool {
        let mapped = self.header.columns.columns.iter().filter(|column| column.field != Field::Unknown);
        let mut same = 0;
        for column in mapped {
            let cell = row.cell(column.index);
            if cell.trim().is_empty() {
                continue;
            }
            if fold_header(cell) != fold_header(&column.header) || field_of_header(cell) == Field::Unknown {
                return false;
            }
            same += 1;
        }
        same > 1
    }

    fn complain_of_extra_cells(&mut self, row: SheetRow<'_>) {
        let extra = row.filled_width() - self.header.width;
        let message = format!(
            "В строке {} на {} больше, чем столбцов в заголовке: похоже, внутри ячейки стоит лишний разделитель. \
             Строка не взята. Исправьте её в файле.",
            row.number(),
            counted(extra as u64, "поле", "поля", "полей"),
        );
        self.issues.push(Issue {
            row: row.number(),
            column: None,
            severity: Severity::Error,
            code: IssueCode::TooManyFields,
            message,
        });
    }

    fn warn_of_missing_cells(&mut self, row: SheetRow<'_>) {
        let Some(missing) = self.columns.needed().find(|column| column.index >= row.cell_count()) else {
            return;
        };
        let message = format!(
            "Строка {} короче заголовка: нет столбца «{}». Проверьте, не пропущен ли разделитель.",
            row.number(),
            missing.header
        );
        let cell = cell_of(row, missing);
        self.issues.push(cell.issue(Severity::Warning, IssueCode::TooFewFields, message));
    }

    fn read_name(&mut self, row: SheetRow<'_>) -> Option<FullName> {
        let columns = &self.columns;
        let surname = text_of(row, columns.surname);
        // A joined column beside a split one is usually a short form: the split one is exact.
        let split_is_whole = surname.is_some() && columns.given.is_some();
        let joined = text_of(row, columns.full_name).filter(|_| !split_is_whole);
        let name = read_name(
            joined,
            surname.unwrap_or_default(),
            text_of(row, columns.given),
            text_of(row, columns.patronymic),
        );
        match name {
            Ok(name) => Some(name),
            Err(problem) => {
                let header = if split_is_whole {
                    columns.surname.map_or("ФИО", |column| column.header.as_str())
                } else {
                    columns.name_header()
                };
                let cell = Cell { row: row.number(), header, text: joined.or(surname).unwrap_or_default() };
                self.issues.push(name_issue(cell, problem));
                None
            }
        }
    }

    /// The word of the file wins over the choice for the whole file; a post nobody knows is an employee's.
    fn read_role(&mut self, row: SheetRow<'_>) -> Option<Role> {
        let role_text = text_of(row, self.columns.role).filter(|text| !says_nothing(text));
        let post_text = text_of(row, self.columns.post).filter(|text| !says_nothing(text));
        if let Some(role) =
            role_text.and_then(role_from_words).or_else(|| post_text.and_then(role_from_words))
        {
            return Some(role);
        }
        if let (Some(column), Some(_)) = (self.columns.role, role_text) {
            self.warn_of_unknown_role(row, column);
        }
        self.default_role.or_else(|| post_text.map(|_| Role::Employee))
    }

    fn warn_of_unknown_role(&mut self, row: SheetRow<'_>, column: &MappedColumn) {
        // «Статус» holds «обучается», «прибыл» and the like, which say nothing about the role.
        if fold_header(&column.header) != "роль" {
            return;
        }
        let cell = cell_of(row, column);
        let taken = if self.default_role.is_some() {
            "взята роль, выбранная для всего файла"
        } else {
            "роль не взята"
        };
        let message = format!(
            "Строка {}, столбец «{}»: роль не распознана, {taken}. Впишите «ученик», «родитель», «учитель» или \
             «сотрудник».",
            cell.row, cell.header
        );
        self.issues.push(cell.issue(Severity::Warning, IssueCode::UnknownRole, message));
    }

    fn read_group(&mut self, row: SheetRow<'_>, role: Option<Role>) -> GroupReading {
        if self.file_group_wins
            && let Some(group) = &self.file_group
        {
            return GroupReading::Group(group.clone());
        }
        let written = self.written_group(row);
        if says_nothing(&written) {
            // A class in the title speaks of its pupils and their parents, not of the staff.
            let of_title = self.file_group.clone().filter(|_| !role.is_some_and(Role::is_staff));
            return of_title.map_or(GroupReading::None, GroupReading::Group);
        }
        if let Some(known) = self.class_value_of.get(&written) {
            let value = &mut self.class_values[*known];
            value.rows += 1;
            return value.label.clone().map_or(GroupReading::Bad, GroupReading::Group);
        }
        let several = written.contains([',', ';']);
        match parse_group_label(&written) {
            Ok(label) if !several => {
                self.class_value_of.insert(written.clone(), self.class_values.len());
                self.class_values.push(ClassValue {
                    written,
                    label: Some(label.clone()),
                    rows: 1,
                    answer: None,
                });
                GroupReading::Group(label)
            }
            _ => {
                self.complain_of_bad_group(row, several, role);
                GroupReading::Bad
            }
        }
    }

    /// The class as written: from its column, or from «Параллель» and «Литера».
    fn written_group(&self, row: SheetRow<'_>) -> String {
        let group = clean(text_of(row, self.columns.group).unwrap_or_default());
        if !says_nothing(&group) {
            return group;
        }
        let parallel = clean(text_of(row, self.columns.parallel).unwrap_or_default());
        let letter = clean(text_of(row, self.columns.letter).unwrap_or_default());
        if parallel.is_empty() { String::new() } else { format!("{parallel} {letter}").trim().to_owned() }
    }

    fn complain_of_bad_group(&mut self, row: SheetRow<'_>, several: bool, role: Option<Role>) {
        let Some(column) = self.columns.group.or(self.columns.parallel) else { return };
        let cell = cell_of(row, column);
        let reason = if several {
            "указано несколько классов"
        } else {
            "название класса слишком длинное"
        };
        let (severity, outcome) = match role {
            Some(Role::Student) => (Severity::Error, "Строка не взята. Оставьте один класс."),
            _ => (Severity::Warning, "Человек взят без класса."),
        };
        let message = format!("Строка {}, столбец «{}»: {reason}. {outcome}", cell.row, cell.header);
        self.issues.push(cell.issue(severity, IssueCode::BadGroup, message));
    }

    fn complain_of_missing_group(&mut self, row: SheetRow<'_>) {
        let column = self.columns.group.or(self.columns.parallel).map(|column| column.header.clone());
        let place = column.as_ref().map(|header| format!(", столбец «{header}»")).unwrap_or_default();
        let message = format!(
            "Строка {}{place}: у ученика не указан класс. Строка не взята. Впишите класс или укажите его для всего \
             файла.",
            row.number()
        );
        let code = IssueCode::NoGroup;
        self.issues.push(Issue { row: row.number(), column, severity: Severity::Error, code, message });
    }

    fn read_parents(&mut self, row: SheetRow<'_>) -> Vec<RosterParent> {
        let mut parents: Vec<RosterParent> = Vec::new();
        for column in &self.columns.parents {
            let cell = cell_of(row, column);
            if says_nothing(cell.text) {
                continue;
            }
            let (Field::ParentName(number) | Field::ParentPhone(number)) = column.field else { continue };
            let position = parents.iter().position(|parent| parent.number == number).unwrap_or_else(|| {
                parents.push(RosterParent {
                    number,
                    basis: "",
                    name: String::new(),
                    full_name: None,
                    phone: None,
                });
                parents.len() - 1
            });
            match column.field {
                Field::ParentPhone(_) => parents[position].phone = read_phone(cell, &mut self.issues),
                _ => parents[position].name = clean(cell.text),
            }
        }
        parents
    }

    /// The same name, class and role twice is one person entered twice, unless a date of birth or a phone
    /// tells them apart: namesakes are real.
    fn take_unless_duplicate(&mut self, read: RosterRow) {
        let twin = self.namesakes.twin_or_remember(&read, &self.rows);
        if let Some(twin) = twin {
            let message = format!(
                "Строка {} повторяет строку {}: те же ФИО, класс и роль. Вторая не взята. Если это тёзки, укажите \
                 даты рождения.",
                read.row, twin
            );
            let (code, severity) = (IssueCode::DuplicateRow, Severity::Warning);
            self.issues.push(Issue { row: read.row, column: None, severity, code, message });
            return;
        }
        self.rows.push(read);
    }

    fn finish(self, sheet: &Sheet) -> MappedRoster {
        let columns = &self.header.columns.columns;
        let headers_of = |wanted: fn(Field) -> bool| -> Vec<String> {
            columns.iter().filter(|column| wanted(column.field)).map(|column| column.header.clone()).collect()
        };
        let skipped_columns = headers_of(|field| matches!(field, Field::Sensitive(_)));
        let notes = self.notes(&skipped_columns);
        MappedRoster {
            source: SourceFacts {
                format: sheet.delimiter().map_or("sheet", |delimiter| delimiter.format()),
                encoding: None,
                delimiter: sheet.delimiter().map(|delimiter| delimiter.code()),
                sheet: None,
                header_row: self.header.row,
            },
            rows: self.rows,
            issues: self.issues,
            skipped_columns,
            unknown_columns: headers_of(|field| field == Field::Unknown),
            class_values: self.class_values,
            post_roles: Vec::new(),
            fill_down: FillDown::default(),
            totals_dropped: self.totals_dropped,
            rows_seen: self.rows_seen,
            notes,
            row_places: Default::default(),
        }
    }

    fn notes(&self, skipped_columns: &[String]) -> Vec<String> {
        let mut notes = Vec::new();
        if !skipped_columns.is_empty() {
            notes.push(format!(
                "Не загружаются лишние персональные данные: {}.",
                quoted_list(skipped_columns.iter().map(String::as_str))
            ));
        }
        if !self.columns.parents.is_empty() {
            notes.push(format!(
                "Столбцы о родителях распознаны, но пока не загружаются: {}.",
                quoted_list(self.columns.parents.iter().map(|column| column.header.as_str()))
            ));
        }
        if self.totals_dropped > 0 {
            let rows = counted(u64::from(self.totals_dropped), "строка", "строки", "строк");
            notes.push(format!("Пропущены итоги: {rows}."));
        }
        notes
    }
}

fn quoted_list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    texts.map(|text| format!("«{text}»")).collect::<Vec<_>>().join(", ")
}
