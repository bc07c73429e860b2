//! «Выбывшие: кто ещё внутри»: who is gone from the roster and was seen since, or not looked for (duty 2.3-8).

use egui::Ui;
use jiff::civil::Date;

use super::{leave_on_escape, to_people};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::Tone;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{Entity, Operation, Register};
use crate::regulation::{Leaver, leaver_steps, leavers, target_title};
use crate::wording::{counted, date_short, list_of, role_name};

const TABLE: &str = "leavers";

/// State of the page.
#[derive(Default)]
pub struct LeaversState {
    rows: Vec<Leaver>,
    made_for: Option<(u64, Date)>,
    cursor: Option<usize>,
    scroll: bool,
    had_text_focus: bool,
}

impl LeaversState {
    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let version = context.snapshot.version();
        if self.made_for != Some(version) {
            self.rows = leavers(context.register(), context.today);
            self.made_for = Some(version);
        }
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LeaversState, actions: &mut Vec<Action>) {
    state.refresh(context);
    keys(ui, state, actions);
    header_ui(ui, context, state, actions);
    if state.rows.is_empty() {
        let sentence = "Никого из выбывших после выбытия не видели, и все их места с тех пор сверены";
        EmptyState::done("Искать некого", sentence).show(ui);
    } else {
        note_ui(ui);
        table_ui(ui, context, state, actions);
    }
    leave_on_escape(ui, &mut state.had_text_focus, actions);
}

fn note_ui(ui: &mut Ui) {
    page::filter_bar_ui(ui, |ui| {
        let text = "Видели: человек стоит в списке участников после выбытия. Не сверяли: список с тех пор не смотрели.";
        label::line_ui(ui, &[Run::caption(text)]);
    });
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &LeaversState, actions: &mut Vec<Action>) {
    let seen = state.rows.iter().filter(|row| row.is_seen()).count();
    let subtitle = match (state.rows.len(), seen) {
        (0, _) => String::new(),
        (all, 0) => format!("{}, никого не видели", counted(all as u64, "место", "места", "мест")),
        (all, seen) => format!("{}, видели внутри: {seen}", counted(all as u64, "место", "места", "мест")),
    };
    page::header_ui(ui, "Выбывшие: кто ещё внутри", &subtitle, |ui| {
        if ui.add(Button::outlined("К людям").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(to_people());
        }
        if !state.rows.is_empty()
            && ui.add(Button::icon_only(icons::FILE_XLS, "Копировать для Excel")).clicked()
        {
            actions.push(copy_rows(context, &state.rows));
        }
        let steps: Vec<Entity> = state
            .rows
            .iter()
            .flat_map(|row| leaver_steps(context.register(), row))
            .map(Entity::from)
            .collect();
        let because = context.file.read_only.then_some("Файл открыт только для чтения");
        let word = format!("Завести {}", counted(steps.len() as u64, "дело", "дела", "дел"));
        let button = Button::primary(&word).icon(icons::LIST_CHECKS).disabled_because(because);
        if !steps.is_empty() && ui.add(button).clicked() {
            let count = counted(steps.len() as u64, "дело", "дела", "дел");
            actions.push(Action::execute(Operation::Add(steps), format!("Заведено для кабинета: {count}")));
        }
    });
}

fn table_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LeaversState, actions: &mut Vec<Action>) {
    let columns = [
        Column::left("ФИО", Width::Remainder(220.0)).unsortable(),
        Column::left("Откуда", Width::Exact(if context.narrow { 120.0 } else { 190.0 })).unsortable(),
        Column::left("Что известно", Width::Exact(if context.narrow { 220.0 } else { 300.0 })).unsortable(),
        Column::left("", Width::Exact(190.0)),
    ];
    let (rows, cursor) = (&state.rows, state.cursor);
    let scroll_to = std::mem::take(&mut state.scroll).then_some(cursor).flatten();
    let mut from_cells = Vec::new();
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Выбывшие: кто ещё внутри")
        .row_height(TALL_ROW)
        .scroll_to_row(scroll_to)
        .show(
            ui,
            rows.len(),
            |row| cursor == Some(row),
            |row, column, cell| {
                if let Some(row) = rows.get(row) {
                    cell_ui(context, row, column, cell, &mut from_cells);
                }
            },
        );
    actions.append(&mut from_cells);
    if let Some((row, _)) = response.clicked_row {
        if state.cursor == Some(row) {
            open_row(state, actions);
        }
        state.cursor = Some(row);
    }
}

fn cell_ui(
    context: &ScreenContext<'_>,
    row: &Leaver,
    column: usize,
    cell: &mut Cell<'_>,
    actions: &mut Vec<Action>,
) {
    let register = context.register();
    let name = register.person(row.person).map_or_else(String::new, |person| person.name.full());
    match column {
        0 => cell.two_lines(&[Run::body(&name).medium()], &[Run::caption(role_name(row.role))]),
        1 => {
            let (first, second) = from_words(register, row);
            cell.two_lines(&[Run::body(&first)], &[Run::caption(&second)]);
        }
        2 => {
            let words = known_words(register, row);
            let (tone, icon) = match row.is_seen() {
                true => (Tone::Attention, icons::EYE),
                false => (Tone::Neutral, icons::CIRCLE_DASHED),
            };
            cell.icon_text(tone, icon, &words);
        }
        _ if row.tasks.is_empty() => {
            let accessible = format!("Сверить: {name}");
            if named_link_button_ui(cell.ui(), Some(icons::ARROWS_LEFT_RIGHT), "Сверить", &accessible)
                .clicked()
            {
                actions.push(Action::Go(Destination::ReconcileGroup(row.group)));
            }
        }
        _ => {
            let word = counted(row.tasks.len() as u64, "дело в списке", "дела в списке", "дел в списке");
            let accessible = format!("{word}: {name}");
            if named_link_button_ui(cell.ui(), Some(icons::LIST_CHECKS), &word, &accessible).clicked() {
                actions.push(Action::Go(Destination::CabinetTasks));
            }
        }
    }
}

/// «7Б → 7В» and the day.
fn from_words(register: &Register, row: &Leaver) -> (String, String) {
    let label = |group| register.group(group).map_or("", |group| group.label.as_str());
    let first = match row.moved_to {
        Some(to) => format!("{} → {}", label(row.group), label(to)),
        None => label(row.group).to_owned(),
    };
    let verb = if row.moved_to.is_some() { "до" } else { "выбытие" };
    (first, format!("{verb} {}", date_short(row.left_on)))
}

fn known_words(register: &Register, row: &Leaver) -> String {
    if row.is_seen() {
        let places: Vec<String> =
            row.seen_in.iter().map(|place| format!("«{}»", target_title(register, *place))).collect();
        return format!("видели в {}", list_of(&places, 2));
    }
    match row.last_look {
        Some(day) if day > row.left_on => "после выбытия не видели".to_owned(),
        Some(day) => format!("последняя сверка {}", date_short(day)),
        None => "поимённо не сверяли".to_owned(),
    }
}

fn copy_rows(context: &ScreenContext<'_>, rows: &[Leaver]) -> Action {
    let register = context.register();
    let cells = rows.iter().map(|row| {
        let name = register.person(row.person).map_or_else(String::new, |person| person.name.full());
        let (from, left) = from_words(register, row);
        [name, role_name(row.role).to_owned(), from, left, known_words(register, row)]
    });
    let text = excel_text(&["ФИО", "Роль", "Откуда", "Когда", "Что известно"], cells);
    let count = counted(rows.len() as u64, "строка", "строки", "строк");
    Action::CopyText { text, what: format!("Скопировано для Excel: {count}") }
}

fn open_row(state: &LeaversState, actions: &mut Vec<Action>) {
    if let Some(row) = state.cursor.and_then(|row| state.rows.get(row)) {
        actions.push(Action::Go(Destination::Person(row.person)));
    }
}

fn keys(ui: &Ui, state: &mut LeaversState, actions: &mut Vec<Action>) {
    for key in table_keys(ui, TABLE) {
        match key {
            TableKey::Open => open_row(state, actions),
            TableKey::Escape => actions.push(to_people()),
            key => {
                if let Some(target) = key.target(state.cursor, state.rows.len(), 8) {
                    (state.cursor, state.scroll) = (Some(target), true);
                }
            }
        }
    }
}
