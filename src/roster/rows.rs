//! Sheet and header → rows in the program's terms, with every problem tied to its row and column.

use super::aliases::{Field, field_of_header, fold_header};
use super::cells::{is_total, read_birth_date, read_phone, says_nothing};
use super::class_values::{Classes, GroupReading, read_leads};
use super::delimited::{Sheet, SheetRow};
use super::header::{Header, MappedColumn};
use super::mapped::{MappedRoster, ReadOptions, RosterRow, SourceFacts};
use super::namesakes::Namesakes;
use super::parents::ParentColumns;
use super::person_names::{is_in_capitals, read_child, read_person_name};
use super::post_roles::{Posts, role_of_post};
use super::problem::{Issue, IssueCode, RosterError, Severity};
use super::row_columns::{Columns, cell_of, text_of};
use super::sensitive::is_told_by_values;
use super::sheet_rows::RowsBelow;
use crate::names::{GroupLabel, Role, clean, role_from_words};
use crate::wording::counted;

/// Reads the rows below the header. Rows with an [`Severity::Error`] are left out, the others are taken,
/// perhaps without one value.
///
/// # Errors
/// [`RosterError::NoGroupColumn`] when the file lists students and neither a column, a title nor the user
/// names their class; [`RosterError::HeaderOnly`] when no row is left below the header.
pub fn read_rows(sheet: &Sheet, header: &Header, options: &ReadOptions) -> Result<MappedRoster, RosterError> {
    let rows = RowsBelow::new(sheet, header.data_after);
    let mut reading = Reading::new(header, options, rows);
    if reading.lists_students_without_any_group() {
        return Err(RosterError::NoGroupColumn { header_row: header.row });
    }
    for row in rows.all() {
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
    columns: Columns<'h>,
    parents: ParentColumns<'h>,
    classes: Classes<'h>,
    posts: Posts<'h>,
    rows: Vec<RosterRow>,
    issues: Vec<Issue>,
    namesakes: Namesakes,
    totals_dropped: u32,
    rows_seen: u32,
    left_out_rows: u32,
    empty_rows: u32,
    rows_in_capitals: u32,
    last_number: u32,
}

/// What a row of the sheet is, before anybody is looked for in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowKind {
    Data,
    Total,
    /// A row numbered beforehand and left blank.
    Blank,
    /// The header, printed once more on every page.
    RepeatedHeader,
}

impl<'h> Reading<'h> {
    fn new(header: &'h Header, options: &'h ReadOptions, rows: RowsBelow<'_>) -> Self {
        let columns = Columns::of(header, rows);
        let default_role = options.default_role.or(header.role_hint);
        let data_rows = rows.all().filter(|row| row_kind(header, &columns, *row) == RowKind::Data);
        let classes = Classes::new(&columns, header.title.group_label.as_deref(), options, data_rows);
        Self {
            header,
            default_role,
            classes,
            posts: Posts::new(&options.post_roles, default_role),
            parents: ParentColumns::of(header, rows),
            columns,
            rows: Vec::new(),
            issues: Vec::new(),
            namesakes: Namesakes::default(),
            totals_dropped: 0,
            rows_seen: 0,
            left_out_rows: 0,
            empty_rows: 0,
            rows_in_capitals: 0,
            last_number: header.data_after,
        }
    }

    fn lists_students_without_any_group(&self) -> bool {
        let no_role_column = self.columns.role.is_none() && self.columns.post.is_none();
        let students = self.default_role == Some(Role::Student) && no_role_column;
        students && self.classes.are_nowhere()
    }

    fn read_row(&mut self, row: SheetRow<'_>) {
        match row_kind(self.header, &self.columns, row) {
            RowKind::Data => {}
            RowKind::Total => {
                self.totals_dropped += 1;
                return;
            }
            RowKind::Blank => {
                self.empty_rows += 1;
                return;
            }
            RowKind::RepeatedHeader => return,
        }
        // Rows that hold nothing at all are not in the sheet, but they were counted. Those above the first person and
        // below the last one say nothing.
        if self.rows_seen > 0 {
            self.empty_rows += row.number().saturating_sub(self.last_number + 1);
        }
        self.last_number = row.number();
        self.rows_seen += 1;
        if row.filled_width() > self.header.width {
            self.complain_of_extra_cells(row);
            return;
        }
        let role = self.read_role(row);
        let class = self.classes.see(row, role);
        if self.classes.is_left_out(class) {
            self.left_out_rows += 1;
            return;
        }
        self.warn_of_missing_cells(row);
        let Some(name) = read_person_name(&self.columns, row, &mut self.issues) else { return };
        let group = match self.classes.group_of(row, class, role, &mut self.issues) {
            GroupReading::Group(group) => Some(group),
            GroupReading::None => None,
            GroupReading::Bad if role == Some(Role::Student) => return,
            GroupReading::Bad => None,
        };
        if text_of(row, self.columns.name()).is_some_and(is_in_capitals) {
            self.rows_in_capitals += 1;
        }
        let phone = self.columns.phone.and_then(|column| read_phone(cell_of(row, column), &mut self.issues));
        let birth_date = self
            .columns
            .birth_date
            .and_then(|column| read_birth_date(cell_of(row, column), &mut self.issues));
        let read = RosterRow {
            row: row.number(),
            name,
            role,
            post: clean(text_of(row, self.columns.post).unwrap_or_default()),
            phone,
            birth_date,
            class_teacher: clean(text_of(row, self.columns.class_teacher).unwrap_or_default()),
            parents: self.parents.read(row, &mut self.issues),
            leads: self.read_leads(row, role, group.as_ref()),
            child: self.columns.child.and_then(|column| read_child(column, row, &mut self.issues)),
            group,
        };
        self.take_unless_duplicate(read);
    }

    fn read_leads(
        &mut self,
        row: SheetRow<'_>,
        role: Option<Role>,
        own: Option<&GroupLabel>,
    ) -> Vec<GroupLabel> {
        match self.columns.class_teacher.filter(|_| role.is_some_and(Role::is_staff)) {
            Some(column) => read_leads(cell_of(row, column), own, &mut self.issues),
            None => Vec::new(),
        }
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

    /// The word of the file wins over the choice for the whole file; a word for a role wins over the post.
    fn read_role(&mut self, row: SheetRow<'_>) -> Option<Role> {
        let role_text = text_of(row, self.columns.role).filter(|text| !says_nothing(text));
        let post_text = text_of(row, self.columns.post).filter(|text| !says_nothing(text));
        let of_post = post_text.and_then(|text| self.posts.role_of(text));
        let of_word = role_text.and_then(role_from_words).map(|role| {
            // A post in the column of roles follows the same rule as one in its own.
            let of_post = role.is_staff().then(|| role_text.and_then(role_of_post)).flatten();
            of_post.unwrap_or(role)
        });
        if of_word.is_none()
            && of_post.is_none()
            && let (Some(column), Some(_)) = (self.columns.role, role_text)
        {
            self.warn_of_unknown_role(row, column);
        }
        of_word.or(of_post).or(self.default_role)
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
        let unknown_columns = headers_of(|field| field == Field::Unknown);
        let notes = self.notes();
        let (class_values, fill_down) = self.classes.finish();
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
            unknown_columns,
            class_values,
            post_roles: self.posts.finish(),
            fill_down,
            totals_dropped: self.totals_dropped,
            rows_seen: self.rows_seen,
            notes,
            row_places: Default::default(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.header.guessed {
            notes.push("Заголовка нет, столбцы узнаны по значениям. Проверьте их.".to_owned());
        }
        notes.extend(skipped_note(&self.header.columns.columns));
        let rows = |count: u32| counted(u64::from(count), "строка", "строки", "строк");
        if self.totals_dropped > 0 {
            notes.push(format!("Пропущены итоги: {}.", rows(self.totals_dropped)));
        }
        if self.empty_rows > 0 {
            notes.push(format!("Пропущены пустые строки: {}.", rows(self.empty_rows)));
        }
        if self.left_out_rows > 0 {
            notes.push(format!(
                "Не взяты классы, которые вы решили не загружать: {}.",
                rows(self.left_out_rows)
            ));
        }
        if self.rows_in_capitals > 1 && self.rows_in_capitals as usize == self.rows.len() {
            notes.push("ФИО в файле записаны заглавными буквами, взяты как «Иванов Иван».".to_owned());
        }
        notes
    }
}

/// What a row of the sheet is.
fn row_kind(header: &Header, columns: &Columns<'_>, row: SheetRow<'_>) -> RowKind {
    let first = row.cells().find(|cell| !cell.trim().is_empty());
    if first.is_some_and(is_total) || text_of(row, columns.name()).is_some_and(is_total) {
        RowKind::Total
    } else if is_blank_in_mapped_columns(header, row) {
        RowKind::Blank
    } else if repeats_the_header(header, row) {
        RowKind::RepeatedHeader
    } else {
        RowKind::Data
    }
}

fn is_blank_in_mapped_columns(header: &Header, row: SheetRow<'_>) -> bool {
    let matters = |field| !matches!(field, Field::Number | Field::Unknown | Field::Sensitive(_));
    let mut within = header.columns.columns.iter().filter(|column| matters(column.field));
    row.filled_width() <= header.width && within.all(|column| row.cell(column.index).trim().is_empty())
}

fn repeats_the_header(header: &Header, row: SheetRow<'_>) -> bool {
    let mapped = header.columns.columns.iter().filter(|column| column.field != Field::Unknown);
    let mut same = 0;
    for column in mapped {
        let cell = row.cell(column.index);
        if cell.trim().is_empty() {
            continue;
        }
        // Of a header of two rows the lower one is printed once more: «Мать: ФИО» ends as it does.
        let is_same = fold_header(&column.header).ends_with(&fold_header(cell));
        if !is_same || field_of_header(cell) == Field::Unknown {
            return false;
        }
        same += 1;
    }
    same > 1
}

/// Says which columns are not taken for the protection of people, and why where the header does not tell.
fn skipped_note(columns: &[MappedColumn]) -> Option<String> {
    let named = columns.iter().filter_map(|column| match column.field {
        Field::Sensitive(kind) if is_told_by_values(column) => {
            Some(format!("«{}» ({})", column.header, kind.russian_likeness()))
        }
        Field::Sensitive(_) => Some(format!("«{}»", column.header)),
        _ => None,
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| format!("Не загружаются лишние персональные данные: {}.", named.join(", ")))
}
