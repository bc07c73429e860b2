//! Сводка классов: how many are inside in every group, as of when, and what changed; typed in place or pasted.

use std::collections::BTreeMap;

use egui::{Id, Key, Ui};
use jiff::civil::Date;

use super::sheet_preview::{SheetPreview, preview_ui};
use super::summary_columns::{Typed, actions_of, cell_ui, new_column_ui, read_cell};
use super::summary_paste::{Paste, paste_ui};
use super::summary_sheets::label_ui;
use super::{Mode, mode_bar_ui};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::screens::group_titles::group_titles;
use crate::gui::theme::Tone;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::{
    GroupId, Observation, ObservationId, ObservationSource, Operation, OrganizationKind, Register, Target,
};
use crate::regulation::{SummaryCell, SummaryRow, summary_request_text};
use crate::session::Snapshot;
use crate::wording::{counted, date_short, days_ago, plural};

const TABLE: &str = "class-summary";

/// One number of a group: what is known, and what is typed.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    role: Role,
    /// `None` where there is no such number: a kindergarten has no place for children.
    known: Option<SummaryCell>,
    pub(super) text: String,
    /// «из» as an answer told it.
    pub(super) told_of: Option<u32>,
}

impl Figure {
    fn new(role: Role, known: Option<SummaryCell>) -> Figure {
        Figure { role, known, text: String::new(), told_of: None }
    }

    fn inside(&self) -> Option<u32> {
        self.known?.coverage.inside
    }

    fn expected(&self) -> u32 {
        self.told_of.or(self.known.map(|cell| cell.coverage.expected)).unwrap_or(0)
    }

    fn typed(&self) -> Option<u32> {
        self.text.trim().parse().ok().filter(|number| *number <= 9999)
    }

    fn is_wrong(&self) -> bool {
        !self.text.trim().is_empty() && self.typed().is_none()
    }

    /// The difference to the number before: of what is typed, else of the last two looks.
    fn change(&self) -> Option<i64> {
        match (self.typed(), self.inside()) {
            (Some(typed), Some(known)) => Some(i64::from(typed) - i64::from(known)),
            (Some(_), None) => None,
            (None, _) => self.known?.change(),
        }
    }
}

/// One group.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) group: GroupId,
    pub(super) label: String,
    teacher: String,
    neutral: u32,
    as_of: Option<Date>,
    pub(super) figures: [Figure; 2],
    /// Known number and typed text of each free column.
    pub(super) extra: Vec<(Option<u32>, String)>,
}

impl Line {
    fn of(register: &Register, row: &SummaryRow) -> Line {
        let teachers = row.class_teachers.iter().filter_map(|person| register.person(*person));
        let teachers: Vec<String> = teachers.map(|person| person.name.short()).collect();
        Line {
            group: row.group,
            label: row.label.clone(),
            teacher: teachers.join(", "),
            neutral: row.not_participating,
            as_of: row.as_of(),
            extra: row
                .figures
                .iter()
                .map(|figure| (figure.as_ref().map(|figure| figure.value), String::new()))
                .collect(),
            figures: [Figure::new(Role::Student, row.students), Figure::new(Role::Parent, Some(row.parents))],
        }
    }

    fn is_typed(&self) -> bool {
        self.figures.iter().any(|figure| !figure.text.trim().is_empty())
            || self.extra.iter().any(|(_, text)| !text.trim().is_empty())
    }

    fn is_wrong(&self) -> bool {
        let is_wrong = |text: &str| read_cell(text) == Typed::Wrong;
        self.figures.iter().any(Figure::is_wrong) || self.extra.iter().any(|(_, text)| is_wrong(text))
    }
}

/// State of the mode.
#[derive(Default)]
pub(super) struct SummaryState {
    pub(super) lines: Vec<Line>,
    /// Free columns: of the register, then those added here that hold nothing yet.
    pub(super) columns: Vec<String>,
    pub(super) new_column: Option<String>,
    version: Option<(u64, Date)>,
    cursor: Option<usize>,
    pub(super) scroll_to: Option<usize>,
    pub(super) paste: Option<Paste>,
    pub(super) sheet: Option<SheetPreview>,
    /// Revision at which numbers were handed over to be written.
    handed_over_at: Option<u64>,
}

impl SummaryState {
    /// Keeps what is typed while the register changes under it.
    fn refresh(&mut self, snapshot: &Snapshot) {
        let version = snapshot.version();
        if self.version == Some(version) {
            return;
        }
        let is_written =
            self.handed_over_at.take_if(|revision| snapshot.register.revision > *revision).is_some();
        let (before, columns) = (std::mem::take(&mut self.lines), std::mem::take(&mut self.columns));
        let before: BTreeMap<GroupId, Line> = before.into_iter().map(|line| (line.group, line)).collect();
        let summary = &snapshot.summary;
        self.lines = summary.rows.iter().map(|row| Line::of(&snapshot.register, row)).collect();
        self.columns = summary.columns.clone();
        self.columns.extend(
            columns.iter().filter(|column| !self.columns.contains(column)).cloned().collect::<Vec<_>>(),
        );
        for line in &mut self.lines {
            line.extra.resize(self.columns.len(), (None, String::new()));
            let Some(known) = before.get(&line.group).filter(|_| !is_written) else { continue };
            for (figure, known) in line.figures.iter_mut().zip(&known.figures) {
                figure.text.clone_from(&known.text);
                figure.told_of = known.told_of;
            }
            for (column, (_, text)) in columns.iter().zip(&known.extra) {
                if let Some(place) = self.columns.iter().position(|one| one == column) {
                    line.extra[place].1.clone_from(text);
                }
            }
        }
        self.version = Some(version);
    }

    fn typed_count(&self) -> usize {
        self.lines.iter().filter(|line| line.is_typed()).count()
    }

    fn observations(&self, on: Date) -> Vec<Observation> {
        let figures =
            self.lines.iter().flat_map(|line| line.figures.iter().map(move |figure| (line, figure)));
        figures
            .filter_map(|(line, figure)| {
                Some(Observation {
                    id: ObservationId::default(),
                    target: Target::Group(line.group),
                    role: figure.role,
                    on,
                    source: ObservationSource::Number,
                    joined: figure.typed()?,
                    of: figure.told_of,
                })
            })
            .collect()
    }
}

/// Draws the mode.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut SummaryState,
    mode: &mut Mode,
    actions: &mut Vec<Action>,
) {
    state.refresh(context.snapshot);
    keys(ui, state);
    header_ui(ui, context, state, actions);
    let (ask, excel, add, sheets) = mode_bar_ui(ui, mode, |ui| {
        // With little room only the icons stay.
        let of = |icon, word| {
            if context.narrow { Button::icon_only(icon, word) } else { Button::ghost(word).icon(icon) }
        };
        let add = of(icons::PLUS, "Столбец").in_bar();
        let add = add.tooltip("Столбец для цифр из кабинета").accessible_name("Добавить столбец");
        let add = ui.add(add).clicked();
        let ask = of(icons::COPY, "Запрос классным")
            .in_bar()
            .tooltip("Скопировать сообщение классным руководителям")
            .accessible_name("Скопировать запрос классным");
        let excel = of(icons::TABLE, "Для Excel").in_bar();
        let excel = excel.accessible_name("Копировать для Excel").tooltip("Копировать для Excel");
        let sheets = Button::icon_only(icons::FILE_ARROW_DOWN, "Сохранить листы всех классов…").in_bar();
        (ui.add(ask).clicked(), ui.add(excel).clicked(), add, ui.add(sheets).clicked())
    });
    if sheets {
        actions.push(Action::ChooseClassSheetFolder);
    }
    if add {
        state.new_column = Some(String::new());
    }
    if ask {
        let what = "Запрос скопирован: вставьте его в чат классных руководителей".into();
        actions.push(Action::CopyText { text: summary_request_text(context.register(), None), what });
    }
    if excel {
        let what = format!("Скопировано: {}", counted(state.lines.len() as u64, "строка", "строки", "строк"));
        let titles = group_titles(context.register().organization().kind);
        actions.push(Action::CopyText { text: excel_of(state, titles), what });
    }
    if state.lines.is_empty() {
        if EmptyState::new(icons::TABLE, "Классов пока нет", "Сначала загрузите список людей")
            .primary(icons::UPLOAD_SIMPLE, "Загрузить список")
            .show(ui)
        {
            actions.push(Action::Go(Destination::Import));
        }
    } else {
        table_ui(ui, context, state, actions);
    }
    paste_ui(ui, context, state);
    new_column_ui(ui, state);
    preview_ui(ui, context, state, actions);
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut SummaryState, actions: &mut Vec<Action>) {
    let count = state.lines.len() as u64;
    let groups = match context.register().organization().kind {
        OrganizationKind::School => counted(count, "класс", "класса", "классов"),
        _ => counted(count, "группа", "группы", "групп"),
    };
    let fresh =
        state.lines.iter().filter(|line| line.as_of.is_some_and(|day| (context.today - day).get_days() <= 7));
    let subtitle = format!("{groups} · сведения не старше недели: {}", fresh.count());
    let typed = state.typed_count();
    let wrong = state.lines.iter().find(|line| line.is_wrong());
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения".to_owned())
    } else if let Some(wrong) = wrong {
        Some(format!("{}: в клетке не число", wrong.label))
    } else if typed == 0 {
        Some("Впишите числа или вставьте ответы классных".to_owned())
    } else {
        None
    };
    let word = if typed == 0 { "Записать".to_owned() } else { format!("Записать: {typed}") };
    let (read, paste, write) =
        page::header_above_filters_ui(ui, "Сводка классов", &subtitle, |ui| {
            let read = Button::outlined("Прочитать лист").icon(icons::UPLOAD_SIMPLE);
            let read = ui.add(read.accessible_name("Прочитать лист класса…")).clicked();
            let paste = ui.add(Button::outlined("Вставить ответы").icon(icons::CLIPBOARD_TEXT)).clicked();
            let write = Button::primary(&word).icon(icons::CHECK).disabled_because(reason.as_deref());
            (read, paste, ui.add(write).clicked())
        });
    if read {
        actions.push(Action::ChooseClassSheet);
    }
    if paste {
        state.paste = Some(Paste::default());
    }
    if write {
        state.handed_over_at = Some(context.register().revision);
        let written = plural(typed as u64, "группе", "группам", "группам");
        let done = format!("Записано, кто внутри: по {typed} {written}");
        let observations = state.observations(context.today);
        if !observations.is_empty() {
            actions.push(Action::execute(Operation::Observe(observations), done));
        }
        actions.extend(actions_of(state, context.today));
    }
}

fn keys(ui: &Ui, state: &mut SummaryState) {
    if state.paste.is_some() || state.new_column.is_some() || state.sheet.is_some() {
        return;
    }
    for key in table_keys(ui, TABLE) {
        match key {
            TableKey::Open => {
                if let Some(line) = state.cursor.and_then(|cursor| state.lines.get(cursor)) {
                    let id = field_id(line.group, 0);
                    ui.memory_mut(|memory| memory.request_focus(id));
                }
            }
            key => {
                if let Some(target) = key.target(state.cursor, state.lines.len(), 12) {
                    state.cursor = Some(target);
                    state.scroll_to = Some(target);
                }
            }
        }
    }
}

pub(super) fn field_id(group: GroupId, column: usize) -> Id {
    Id::unique(("summary field", group.0, column))
}

fn table_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut SummaryState, actions: &mut Vec<Action>) {
    let wide = |normal: f32| if context.narrow { normal * 0.82 } else { normal };
    let titles = state.columns.clone();
    let (group, leader) = group_titles(context.register().organization().kind);
    let mut columns = vec![
        Column::left(group, Width::Exact(wide(120.0))).unsortable(),
        Column::left(leader, Width::Exact(wide(196.0))).unsortable(),
        Column::left("Ученики внутри", Width::Exact(wide(206.0))).unsortable(),
        Column::left("Дети, у которых внутри взрослый", Width::Exact(wide(236.0))).unsortable(),
        Column::right("Не участвуют", Width::Exact(wide(116.0)))
            .unsortable()
            .tooltip("Ученики, которые не участвуют: это их право, в «из» они не входят"),
    ];
    columns.extend(titles.iter().map(|title| Column::left(title, Width::Exact(140.0)).unsortable()));
    columns.push(Column::right("Сведения", Width::Remainder(130.0)).unsortable());
    let scroll_to = state.scroll_to.take();
    let cursor = state.cursor;
    let count = state.lines.len();
    let lines = &mut state.lines;
    let mut go_to = None;
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Сводка классов")
        .row_height(36.0)
        .scroll_to_row(scroll_to)
        .show(
            ui,
            count,
            |row| cursor == Some(row),
            |row, column, cell| {
                let Some(line) = lines.get_mut(row) else { return };
                match column {
                    0 => label_ui(cell, line, actions),
                    1 if line.teacher.is_empty() => {
                        cell.nothing();
                    }
                    1 => {
                        cell.text_secondary(&line.teacher);
                    }
                    2 | 3 => {
                        let (label, group) = (line.label.clone(), line.group);
                        if line.figures[column - 2].known.is_none() {
                            cell.nothing();
                            return;
                        }
                        if let Some(step) =
                            figure_ui(cell, &label, group, &mut line.figures[column - 2], column - 2)
                        {
                            go_to = Some((row as i64 + step, column - 2));
                        }
                    }
                    4 if line.neutral == 0 => {
                        cell.nothing();
                    }
                    4 => {
                        cell.text_secondary(&line.neutral.to_string());
                    }
                    column if column < 5 + titles.len() => {
                        let title = &titles[column - 5];
                        if let Some(step) = cell_ui(cell, line, column - 5, title) {
                            go_to = Some((row as i64 + step, column - 3));
                        }
                    }
                    _ => match line.as_of {
                        Some(day) => {
                            let age = days_ago((context.today - day).get_days().into());
                            cell.text_with_tooltip(Run::body(&age).secondary(), &date_short(day));
                        }
                        None => {
                            cell.text_secondary("нет сведений");
                        }
                    },
                }
            },
        );
    if let Some((row, _)) = response.clicked_row {
        state.cursor = Some(row);
    }
    let target = go_to.and_then(|(row, column)| Some((usize::try_from(row).ok()?, column)));
    if let Some((row, column)) = target.filter(|(row, _)| *row < count) {
        let id = field_id(state.lines[row].group, column);
        ui.memory_mut(|memory| memory.request_focus(id));
        state.cursor = Some(row);
        state.scroll_to = Some(row);
    }
}

/// A cell to type in: the known number is its grey hint. Answers where Enter and the arrows go.
fn figure_ui(
    cell: &mut Cell<'_>,
    label: &str,
    group: GroupId,
    figure: &mut Figure,
    column: usize,
) -> Option<i64> {
    let whom = if figure.role == Role::Parent {
        "дети со взрослым"
    } else {
        "ученики внутри"
    };
    let ui = cell.ui();
    ui.spacing_mut().item_spacing.x = 8.0;
    let hint = figure.inside().map_or_else(|| "—".to_owned(), |inside| inside.to_string());
    let name = format!("{label}: {whom}");
    let field = TextField::bare(&name, &mut figure.text)
        .id(field_id(group, column))
        .hint(&hint)
        .width(58.0)
        .in_bar()
        .show(ui);
    if field.changed() {
        figure.told_of = None;
    }
    let (has_focus, lost_focus) = (field.has_focus(), field.lost_focus());
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let step = if (lost_focus && pressed(Key::Enter)) || (has_focus && pressed(Key::ArrowDown)) {
        Some(1)
    } else {
        (has_focus && pressed(Key::ArrowUp)).then_some(-1)
    };
    if figure.expected() > 0 {
        label::line_ui(ui, &[Run::caption(&format!("из {}", figure.expected()))]);
    }
    if figure.is_wrong() {
        label::icon_line_ui(
            ui,
            icons::WARNING_CIRCLE,
            Tone::Danger,
            &[Run::caption("не число").tone(Tone::Danger)],
        );
    } else if figure.typed().is_some_and(|typed| figure.expected() > 0 && typed > figure.expected()) {
        let run = Run::caption("больше списка").tone(Tone::Attention);
        label::icon_line_ui(ui, icons::WARNING, Tone::Attention, &[run]);
    } else if let Some(change) = figure.change().filter(|change| *change != 0) {
        let (sign, icon) = if change > 0 { ("+", icons::ARROW_UP) } else { ("−", icons::ARROW_DOWN) };
        let tone = if change > 0 { Tone::Good } else { Tone::Attention };
        let words = format!("{sign}{}", change.unsigned_abs());
        label::icon_line_ui(ui, icon, tone, &[Run::caption(&words).tone(tone)]);
    }
    step
}

fn excel_of(state: &SummaryState, (group, leader): (&str, &str)) -> String {
    let mut header = vec![
        group,
        leader,
        "Ученики внутри",
        "из",
        "Изменение",
        "Дети со взрослым",
        "из",
        "Изменение",
        "Не участвуют",
        "На день",
    ];
    header.extend(state.columns.iter().map(String::as_str));
    let number = |value: Option<u32>| value.map(|value| value.to_string()).unwrap_or_default();
    let change = |figure: &Figure| figure.change().map(|change| change.to_string()).unwrap_or_default();
    let rows = state.lines.iter().map(|line| {
        let [students, adults] = &line.figures;
        let mut cells = vec![
            line.label.clone(),
            line.teacher.clone(),
            number(students.typed().or(students.inside())),
            students.expected().to_string(),
            change(students),
            number(adults.typed().or(adults.inside())),
            adults.expected().to_string(),
            change(adults),
            line.neutral.to_string(),
            line.as_of.map(date_short).unwrap_or_default(),
        ];
        cells.extend(line.extra.iter().map(|(known, text)| match read_cell(text) {
            Typed::Number(typed) => typed.to_string(),
            _ => number(*known),
        }));
        cells
    });
    excel_text(&header, rows)
}
