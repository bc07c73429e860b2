//! «Движение»: the ledger of a period with its filters, the ticks of the cabinet, copy and export.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Frame, Margin, Panel, Ui};
use jiff::civil::Date;

use super::month_words::month_line;
use super::{leave_on_escape, to_people};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::screens::form_fields::{DateField, order_words};
use crate::gui::theme::Tokens;
use crate::gui::widgets::checkbox::{Mark, mark_row_ui};
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{Movement, MovementId, MovementKind, Operation, Register, SchoolYear};
use crate::regulation::{
    LedgerFilter, LedgerRow, MonthCounts, movement_kind_words, movement_ledger, movements_by_month,
};
use crate::session::{MOVEMENT_HEADERS, movement_cells};
use crate::wording::{counted, date_short};

const TABLE: &str = "movement ledger";
const KINDS: [MovementKind; 8] = [
    MovementKind::Enrolled,
    MovementKind::Transferred,
    MovementKind::Left,
    MovementKind::Graduated,
    MovementKind::Hired,
    MovementKind::Dismissed,
    MovementKind::Returned,
    MovementKind::Renamed,
];

/// State of the page.
#[derive(Default)]
pub struct LedgerState {
    from: DateField,
    until: DateField,
    /// Place among the kinds, after «все».
    kind: Option<usize>,
    order: String,
    only_open: bool,
    rows: Vec<LedgerRow>,
    months: Vec<MonthCounts>,
    made_for: Option<((u64, Date), LedgerFilter)>,
    marked: BTreeSet<MovementId>,
    cursor: Option<usize>,
    scroll: bool,
    begun: bool,
    had_text_focus: bool,
}

impl LedgerState {
    /// The school year so far, at the first time.
    pub fn begin(&mut self, today: Date) {
        if !std::mem::replace(&mut self.begun, true) {
            self.from = DateField::of(Date::new(SchoolYear::of(today).0, 9, 1).ok());
            self.kind = Some(0);
        }
    }

    fn filter(&self, today: Date) -> LedgerFilter {
        LedgerFilter {
            from: self.from.date(today),
            until: self.until.date(today),
            kind: self.kind.and_then(|place| KINDS.get(place.checked_sub(1)?)).copied(),
            order: self.order.clone(),
            only_open: self.only_open,
        }
    }

    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let key = (context.snapshot.version(), self.filter(context.today));
        if self.made_for.as_ref() == Some(&key) {
            return;
        }
        self.rows = movement_ledger(context.register(), &key.1);
        self.months = movements_by_month(&self.rows);
        let rows = &self.rows;
        self.marked.retain(|id| rows.iter().any(|row| row.movement == *id));
        self.made_for = Some(key);
    }

    fn toggle(&mut self, row: usize) {
        let Some(id) = self.rows.get(row).map(|row| row.movement) else { return };
        if !self.marked.remove(&id) {
            self.marked.insert(id);
        }
    }
}

/// Draws the page.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LedgerState, actions: &mut Vec<Action>) {
    state.refresh(context);
    keys(ui, context, state, actions);
    header_ui(ui, context, state, actions);
    filter_bar_ui(ui, context, state, actions);
    state.refresh(context);
    if !state.marked.is_empty() {
        marked_bar_ui(ui, context, state, actions);
    }
    months_ui(ui, state);
    if state.rows.is_empty() {
        let sentence = "Здесь стоят зачисления, переводы, выбытия и приём на работу за выбранные дни";
        if EmptyState::new(icons::SWAP, "За эти дни движения нет", sentence)
            .primary(icons::USER_PLUS, "Зачислить")
            .show(ui)
        {
            let page = crate::gui::PeoplePage::Enrol(None);
            actions.push(Action::Go(Destination::PeoplePage(page)));
        }
    } else {
        table_ui(ui, context, state, actions);
    }
    leave_on_escape(ui, &mut state.had_text_focus, actions);
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &LedgerState, actions: &mut Vec<Action>) {
    let count = state.rows.len() as u64;
    let open = state.rows.iter().filter(|row| row.in_cabinet_on.is_none()).count();
    let subtitle = match open {
        0 => format!("{}, все отмечены в кабинете", counted(count, "движение", "движения", "движений")),
        open => {
            format!("{}, в кабинете не отмечено {open}", counted(count, "движение", "движения", "движений"))
        }
    };
    page::header_above_filters_ui(ui, "Движение", &subtitle, |ui| {
        if ui.add(Button::outlined("К людям").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(to_people());
        }
        let nothing = state.rows.is_empty().then_some("За эти дни движения нет");
        let save = Button::outlined("Сохранить").icon(icons::FLOPPY_DISK);
        let save = save.accessible_name("Сохранить движение в файл").disabled_because(nothing);
        if ui.add(save).clicked() {
            actions.push(Action::ChooseMovementTable(state.rows.clone()));
        }
        let open: Vec<Arc<Movement>> = movements(context.register(), &state.rows)
            .filter(|movement| movement.in_cabinet_on.is_none())
            .cloned()
            .collect();
        let word = format!("Отметить в кабинете: {}", open.len());
        if !open.is_empty() && ui.add(Button::primary(&word).icon(icons::CHECKS)).clicked() {
            actions.push(tick(open, Some(context.today)));
        }
    });
}

fn movements<'register>(
    register: &'register Register,
    rows: &'register [LedgerRow],
) -> impl Iterator<Item = &'register Arc<Movement>> {
    rows.iter().filter_map(|row| register.tables().movements.get(row.movement.0))
}

fn tick(seen: Vec<Arc<Movement>>, on: Option<Date>) -> Action {
    let count = counted(seen.len() as u64, "движение", "движения", "движений");
    let done = match on {
        Some(_) => format!("Отмечено в кабинете: {count}"),
        None => format!("Отметка снята: {count}"),
    };
    Action::execute(Operation::TickMovements { seen, on }, done)
}

fn filter_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LedgerState,
    actions: &mut Vec<Action>,
) {
    page::filter_bar_ui(ui, |ui| {
        label::line_ui(ui, &[Run::caption("с")]);
        state.from.bare_ui(ui, "С какого дня", 122.0, context.today);
        label::line_ui(ui, &[Run::caption("по")]);
        state.until.bare_ui(ui, "По какой день", 122.0, context.today);
        let mut kinds = vec!["любое движение"];
        kinds.extend(KINDS.map(movement_kind_words));
        Choice::new("Вид движения").width(156.0).in_bar().show(ui, &mut state.kind, &kinds);
        TextField::bare("Номер приказа", &mut state.order).hint("№ приказа").width(104.0).in_bar().show(ui);
        if mark_row_ui(ui, Mark::from(state.only_open), "нет в кабинете").clicked() {
            state.only_open = !state.only_open;
        }
        page::trailing_ui(ui, "copy", |ui| {
            let copy = if context.narrow {
                Button::icon_only(icons::FILE_XLS, "Копировать для Excel").in_bar()
            } else {
                Button::ghost("Копировать для Excel").icon(icons::FILE_XLS).in_bar()
            };
            if ui.add(copy).clicked() {
                actions.push(copy_rows(context, &state.rows));
            }
        });
    });
}

fn copy_rows(context: &ScreenContext<'_>, rows: &[LedgerRow]) -> Action {
    let cells = rows.iter().map(|row| movement_cells(context.register(), row));
    let text = excel_text(&MOVEMENT_HEADERS, cells);
    let count = counted(rows.len() as u64, "строка", "строки", "строк");
    Action::CopyText { text, what: format!("Скопировано для Excel: {count}") }
}

fn marked_bar_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LedgerState,
    actions: &mut Vec<Action>,
) {
    let marked: Vec<LedgerRow> =
        state.rows.iter().filter(|row| state.marked.contains(&row.movement)).cloned().collect();
    page::marked_bar_ui(ui, |ui| {
        let mark = Mark::of_count(marked.len(), state.rows.len());
        if mark_row_ui(ui, mark, &format!("Отмечено {}", marked.len())).clicked() {
            if mark == Mark::On {
                state.marked.clear();
            } else {
                state.marked = state.rows.iter().map(|row| row.movement).collect();
            }
        }
        let of_state = |is_open: bool| -> Vec<Arc<Movement>> {
            let of_marked = movements(context.register(), &marked);
            of_marked.filter(|movement| movement.in_cabinet_on.is_none() == is_open).cloned().collect()
        };
        let (open, ticked) = (of_state(true), of_state(false));
        let word = format!("В кабинете отмечены: {}", open.len());
        if !open.is_empty() && ui.add(Button::outlined(&word).icon(icons::CHECK).in_bar()).clicked() {
            actions.push(tick(open, Some(context.today)));
            state.marked.clear();
        }
        let word = format!("Снять отметку: {}", ticked.len());
        if !ticked.is_empty() && ui.add(Button::outlined(&word).icon(icons::X).in_bar()).clicked() {
            actions.push(tick(ticked, None));
            state.marked.clear();
        }
        if ui.add(Button::outlined("Для Excel").icon(icons::COPY).in_bar()).clicked() {
            actions.push(copy_rows(context, &marked));
        }
    });
}

/// The counts of the latest months in one line; all of them in its tooltip.
fn months_ui(ui: &mut Ui, state: &LedgerState) {
    if state.months.is_empty() {
        return;
    }
    let lines: Vec<String> = state.months.iter().map(month_line).collect();
    let frame = Frame::new().fill(Tokens::of(ui).window).inner_margin(Margin {
        left: 24,
        right: 24,
        top: 7,
        bottom: 7,
    });
    let panel = Panel::top("ledger-months").resizable(false).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| {
        let shown = lines.iter().take(3).cloned().collect::<Vec<_>>().join("   ·   ");
        label::line_ui(ui, &[Run::caption(&shown)]).on_hover_text(lines.join("\n"));
    });
}

fn table_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut LedgerState, actions: &mut Vec<Action>) {
    let columns = [
        Column::marks(),
        Column::left("Дата", Width::Exact(112.0)).unsortable(),
        Column::left("ФИО", Width::Remainder(200.0)).unsortable(),
        Column::left("Движение", Width::Exact(140.0)).unsortable(),
        Column::left("Откуда и куда", Width::Exact(if context.narrow { 120.0 } else { 176.0 })).unsortable(),
        Column::left("Приказ", Width::Exact(if context.narrow { 130.0 } else { 236.0 })).unsortable(),
        Column::left("В кабинете", Width::Exact(140.0)).unsortable(),
    ];
    let (rows, marked, cursor) = (&state.rows, &state.marked, state.cursor);
    let scroll_to = std::mem::take(&mut state.scroll).then_some(cursor).flatten();
    let response = DataTable::new(TABLE, &columns)
        .accessible_name("Движение")
        .row_height(context.row_height())
        .header_mark(Mark::of_count(marked.len(), rows.len()))
        .scroll_to_row(scroll_to)
        .show(
            ui,
            rows.len(),
            |row| cursor == Some(row),
            |row, column, cell| {
                if let Some(row) = rows.get(row) {
                    cell_ui(context, row, marked, column, cell);
                }
            },
        );
    if let Some((row, _)) = response.toggled_mark {
        state.toggle(row);
    }
    if response.toggled_all {
        if state.marked.len() == state.rows.len() {
            state.marked.clear();
        } else {
            state.marked = state.rows.iter().map(|row| row.movement).collect();
        }
    }
    if let Some((row, _)) = response.clicked_row {
        if state.cursor == Some(row) {
            open_row(state, actions);
        }
        state.cursor = Some(row);
    }
}

fn cell_ui(
    context: &ScreenContext<'_>,
    row: &LedgerRow,
    marked: &BTreeSet<MovementId>,
    column: usize,
    cell: &mut Cell<'_>,
) {
    let register = context.register();
    let name = || register.person(row.person).map_or_else(String::new, |person| person.name.full());
    match column {
        0 => {
            cell.checkbox(marked.contains(&row.movement), &format!("{}, {}", name(), date_short(row.on)));
        }
        1 => {
            cell.text(&date_short(row.on));
        }
        2 => {
            cell.text_medium(&name());
        }
        3 => {
            cell.text(movement_kind_words(row.kind));
        }
        4 => {
            let label = |group| register.group(group).map_or("", |group| group.label.as_str());
            let words = match (row.from.map(label), row.to.map(label)) {
                (Some(from), Some(to)) => format!("{from} → {to}"),
                (Some(from), None) => format!("из {from}"),
                (None, Some(to)) => format!("в {to}"),
                (None, None) => String::new(),
            };
            cell.text_secondary(&words);
        }
        5 => {
            cell.text_secondary(&order_words(&row.order));
        }
        _ => match row.in_cabinet_on {
            Some(on) => {
                cell.icon_text(crate::gui::theme::Tone::Good, icons::CHECK, &date_short(on));
            }
            None => {
                cell.text_secondary("ещё нет");
            }
        },
    }
}

fn open_row(state: &LedgerState, actions: &mut Vec<Action>) {
    if let Some(row) = state.cursor.and_then(|row| state.rows.get(row)) {
        actions.push(Action::Go(Destination::Person(row.person)));
    }
}

fn keys(ui: &Ui, context: &ScreenContext<'_>, state: &mut LedgerState, actions: &mut Vec<Action>) {
    let in_sight = ((ui.available_height() - 180.0) / context.row_height()).max(1.0) as usize;
    for key in table_keys(ui, TABLE) {
        match (key, state.cursor) {
            (TableKey::Open, _) => open_row(state, actions),
            (TableKey::Mark, Some(row)) => state.toggle(row),
            (TableKey::MarkAll, _) => state.marked = state.rows.iter().map(|row| row.movement).collect(),
            (TableKey::Escape, _) if !state.marked.is_empty() => state.marked.clear(),
            (TableKey::Escape, _) => actions.push(to_people()),
            (key, cursor) => {
                if let Some(target) = key.target(cursor, state.rows.len(), in_sight) {
                    (state.cursor, state.scroll) = (Some(target), true);
                }
            }
        }
    }
}
