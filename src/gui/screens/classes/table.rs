//! The tree as a table: columns, cells, keys, the menu of a row.

use egui::Ui;
use jiff::civil::Date;

use super::tree::{ChatLine, SortBy, Tree, TreeRow, UnitLine, is_overdue, is_staff};
use super::{ClassesState, RowKey, words};
use crate::gui::screens::table_layouts::{self, Hideable};
use crate::gui::theme::Tone;
use crate::gui::widgets::Run;
use crate::gui::widgets::menu::{menu_at, menu_divider_ui, menu_row_ui};
use crate::gui::widgets::table::{Column, DataTable, TableResponse, Width};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::Role;
use crate::register::{EntityKey, GroupKind};
use crate::regulation::{Coverage, needs_class_teacher};
use crate::session::{GroupRow, Snapshot};
use crate::wording::{counted, date_short, days_ago, plural};

const NAME: &str = "classes";

/// Draws the table and takes what was done in it.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ClassesState, actions: &mut Vec<Action>) {
    let words = words(context.register().organization().kind);
    let all = [
        Column::left(words.column, Width::Exact(204.0)),
        Column::left(words.leader, Width::Remainder(144.0)),
        Column::right("Ученики", Width::Exact(84.0)).tooltip("Внутри из тех, кто участвует"),
        Column::right("Со взрослым", Width::Exact(100.0)).tooltip("Дети, у которых внутри есть взрослый"),
        Column::right("Чаты", Width::Exact(54.0)),
        Column::right("Ссылки", Width::Exact(70.0)).tooltip("Действуют, отложены или в запасе"),
        Column::right("Сверено", Width::Exact(142.0)),
    ];
    let shown: Vec<usize> = (0..all.len()).filter(|column| is_column_shown(context, *column)).collect();
    let columns: Vec<Column<'_>> = shown.iter().filter_map(|column| all.get(*column).copied()).collect();
    let (by, ascending) = state.sort();
    let sorted = shown.iter().position(|column| SortBy::ALL.get(*column) == Some(&by));
    let sorted = sorted.map(|column| (column, ascending));
    let selected = state.selected.and_then(|selected| state.tree.place_of(selected));
    let scroll = std::mem::take(&mut state.scroll);
    let tree = &state.tree;
    let response = DataTable::new(NAME, &columns)
        .accessible_name(words.title)
        .sort(sorted)
        .row_height(context.row_height())
        .widths_by_title(table_layouts::widths(context, NAME))
        .scroll_to_row(selected.filter(|_| scroll))
        .show(
            ui,
            tree.rows.len(),
            |row| Some(row) == selected,
            |row, column, cell| {
                if let Some(column) = shown.get(column) {
                    cell_ui(context, tree, row, *column, cell);
                }
            },
        );
    table_layouts::keep_width(context, NAME, &columns, &response, actions);
    take_response(state, &response, &shown);
    row_menu_ui(ui, context, state, actions);
}

/// The columns after the name of the group and its leader may be hidden, by their places.
const HIDEABLE: [(usize, Hideable); 5] = [
    (2, Hideable { code: "students", title: "Ученики", shown: true }),
    (3, Hideable { code: "with_adult", title: "Со взрослым", shown: true }),
    (4, Hideable { code: "chats", title: "Чаты", shown: true }),
    (5, Hideable { code: "links", title: "Ссылки", shown: true }),
    (6, Hideable { code: "reconciled", title: "Сверено", shown: true }),
];

fn is_column_shown(context: &ScreenContext<'_>, place: usize) -> bool {
    let hideable = HIDEABLE.iter().find(|(known, _)| *known == place);
    hideable.is_none_or(|(_, column)| table_layouts::is_shown(context, NAME, column))
}

/// The button «Столбцы».
pub fn columns_button_ui(ui: &mut Ui, context: &ScreenContext<'_>, actions: &mut Vec<Action>) {
    table_layouts::columns_button_ui(ui, context, NAME, &HIDEABLE.map(|(_, column)| column), actions);
}

fn take_response(state: &mut ClassesState, response: &TableResponse, shown: &[usize]) {
    if let Some((row, _)) = response.clicked_row {
        state.selected = state.tree.key_of(row);
        state.card_open = true;
    }
    if let Some(row) = response.double_clicked_row.or(response.toggled_caret) {
        fold(state, row, None);
    }
    if let Some((row, at)) = response.secondary_clicked_row {
        state.selected = state.tree.key_of(row);
        state.menu_at = Some(at);
    }
    let clicked = response.sort_clicked.and_then(|column| shown.get(column));
    if let Some(by) = clicked.and_then(|column| SortBy::ALL.get(*column).copied()) {
        let (now, ascending) = state.sort();
        state.sort = Some((by, if now == by { !ascending } else { true }));
    }
}

/// Opens or closes a row; `None` turns it round.
fn fold(state: &mut ClassesState, row: usize, open: Option<bool>) {
    match (state.tree.key_of(row), state.tree.rows.get(row)) {
        (Some(RowKey::Unit(unit)), Some(TreeRow::Unit(line))) => {
            if open.unwrap_or(!line.open) {
                state.closed_units.remove(&unit);
            } else {
                state.closed_units.insert(unit);
            }
        }
        (Some(RowKey::Group(group)), Some(TreeRow::Group { open: Some(was), .. })) => {
            if open.unwrap_or(!was) {
                state.open_groups.insert(group);
            } else {
                state.open_groups.remove(&group);
            }
        }
        _ => {}
    }
}

/// Takes the keys of the table before anything is drawn.
pub fn take_keys(ui: &Ui, state: &mut ClassesState, context: &ScreenContext<'_>) {
    if state.form.is_some() {
        return;
    }
    let page = ((ui.available_height() - 160.0) / context.row_height()).max(1.0) as usize;
    for key in table_keys(ui, NAME) {
        let current = state.selected.and_then(|selected| state.tree.place_of(selected));
        if let Some(target) = key.target(current, state.tree.rows.len(), page) {
            state.selected = state.tree.key_of(target);
            state.scroll = true;
            continue;
        }
        match (key, current) {
            (TableKey::Fold, Some(row)) => {
                if is_open(&state.tree, row) {
                    fold(state, row, Some(false));
                } else {
                    state.selected = parent_of(&state.tree, row).or(state.selected);
                    state.scroll = true;
                }
            }
            (TableKey::Unfold, Some(row)) => fold(state, row, Some(true)),
            (TableKey::Open | TableKey::Mark, Some(_)) => state.card_open = true,
            (TableKey::Menu, Some(_)) => state.menu_at = Some(ui.max_rect().center()),
            (TableKey::Escape, _) if state.card_open => state.card_open = false,
            (TableKey::Escape, _) => state.selected = None,
            _ => {}
        }
        state.refresh(context);
    }
}

fn is_open(tree: &Tree, row: usize) -> bool {
    match tree.rows.get(row) {
        Some(TreeRow::Unit(unit)) => unit.open,
        Some(TreeRow::Group { open, .. }) => *open == Some(true),
        _ => false,
    }
}

fn depth_of(row: &TreeRow) -> usize {
    match row {
        TreeRow::Unit(_) | TreeRow::Archived { .. } => 0,
        TreeRow::Group { depth, .. } => *depth,
        TreeRow::Chat(chat) => chat.depth,
    }
}

fn parent_of(tree: &Tree, row: usize) -> Option<RowKey> {
    let depth = depth_of(tree.rows.get(row)?);
    (0..row).rev().find(|above| depth_of(&tree.rows[*above]) < depth).and_then(|above| tree.key_of(above))
}

fn row_menu_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ClassesState,
    actions: &mut Vec<Action>,
) {
    let Some(selected) = state.selected else { return };
    let register = context.register();
    let key: Option<EntityKey> = match selected {
        RowKey::Unit(unit) => unit.map(Into::into),
        RowKey::Group(group) => Some(group.into()),
        RowKey::Chat(chat) => Some(chat.into()),
    };
    let Some(entity) = key.and_then(|key| register.get(key)) else { return };
    let (mut menu_at_point, mut open) = (state.menu_at, false);
    let form = &mut state.form;
    menu_at(ui, "classes row", &mut menu_at_point, |ui| {
        open = menu_row_ui(ui, icons::SIDEBAR, "Открыть", "Enter", false).clicked();
        menu_divider_ui(ui);
        super::place_cards::entity_menu_ui(ui, context, &entity, form, actions);
    });
    state.menu_at = menu_at_point;
    state.card_open |= open;
}

fn cell_ui(context: &ScreenContext<'_>, tree: &Tree, row: usize, column: usize, cell: &mut Cell<'_>) {
    match tree.rows.get(row) {
        Some(TreeRow::Unit(unit)) => unit_cell(context, unit, column, cell),
        Some(TreeRow::Group { row, depth, open }) => {
            if let Some(group) = tree.group(*row) {
                group_cell(context, group, (*depth, *open), column, cell);
            }
        }
        Some(TreeRow::Chat(chat)) => chat_cell(context, chat, column, cell),
        Some(TreeRow::Archived { key, name, on }) => archived_cell(*key, name, *on, column, cell),
        None => {}
    }
}

fn unit_cell(context: &ScreenContext<'_>, unit: &UnitLine, column: usize, cell: &mut Cell<'_>) {
    match column {
        0 => {
            let [one, few, many] = words(context.register().organization().kind).counted;
            cell.span(2);
            cell.caret(Some(unit.open), 0, &unit.name);
            cell.icon(Tone::Neutral, icons::BUILDINGS);
            let groups = counted(unit.groups as u64, one, few, many);
            cell.runs(&[Run::body(&unit.name).medium(), Run::caption("   "), Run::caption(&groups)]);
        }
        2 => {
            cell.fraction(unit.students.0 as usize, unit.students.1 as usize);
        }
        3 => {
            cell.fraction(unit.with_adult.0 as usize, unit.with_adult.1 as usize);
        }
        4 => {
            cell.text(&unit.chats.to_string());
        }
        5 => {
            cell.text(&unit.links.to_string());
        }
        _ => {}
    }
}

fn group_cell(
    context: &ScreenContext<'_>,
    group: &GroupRow,
    (depth, open): (usize, Option<bool>),
    column: usize,
    cell: &mut Cell<'_>,
) {
    let staff = is_staff(group);
    match column {
        0 if staff => {
            cell.span(2);
            cell.caret(open, depth, &group.label);
            cell.icon(Tone::Neutral, icons::USERS_FOUR);
            let note = match group.teachers.inside {
                Some(inside) if group.teachers.expected > 0 => {
                    format!("{inside} из {} внутри", group.teachers.expected)
                }
                _ => counted(group.member_count(Role::Teacher) as u64, "учитель", "учителя", "учителей"),
            };
            cell.runs(&[Run::body(&group.label).medium(), Run::caption("   "), Run::caption(&note)]);
        }
        0 => {
            cell.caret(open, depth, &group.label);
            if open.is_none() {
                cell.ui().add_space(20.0);
            }
            cell.text_medium(&group.label);
        }
        1 if staff => {}
        1 => teacher_cell(group, cell),
        2 if staff || group.kind == GroupKind::KindergartenGroup => {
            cell.nothing();
        }
        2 => coverage_cell(&group.students, cell),
        3 if staff => {
            cell.nothing();
        }
        3 => coverage_cell(&group.with_adult, cell),
        4 => number_cell(group.chats, false, cell),
        5 => links_cell(group.links, group.flagged_links, false, cell),
        _ => seen_cell(context.snapshot, group.last_seen, cell),
    }
}

fn teacher_cell(group: &GroupRow, cell: &mut Cell<'_>) {
    if !group.class_teachers.is_empty() {
        cell.text(&group.class_teachers.join(", "));
    } else if needs_class_teacher(group.kind) {
        cell.icon_text(Tone::Attention, icons::WARNING, "не назначен");
    } else {
        cell.nothing();
    }
}

fn chat_cell(context: &ScreenContext<'_>, chat: &ChatLine, column: usize, cell: &mut Cell<'_>) {
    match column {
        0 => {
            cell.caret(None, chat.depth, &chat.title);
            cell.icon(Tone::Neutral, icons::CHAT_CIRCLE);
            cell.text(&chat.title);
        }
        1 => {
            cell.text_secondary(&chat.owner);
        }
        2 if chat.shows(Role::Student) => coverage_cell(&chat.coverage, cell),
        3 if chat.shows(Role::Parent) => coverage_cell(&chat.coverage, cell),
        2 | 3 => {
            cell.nothing();
        }
        4 => {}
        5 => links_cell(chat.links, chat.flagged, true, cell),
        _ => seen_cell(context.snapshot, chat.last_seen, cell),
    }
}

fn archived_cell(key: RowKey, name: &str, on: Date, column: usize, cell: &mut Cell<'_>) {
    match column {
        0 => {
            cell.span(3);
            let icon = match key {
                RowKey::Unit(_) => icons::BUILDINGS,
                RowKey::Group(_) => icons::USERS_THREE,
                RowKey::Chat(_) => icons::CHAT_CIRCLE,
            };
            cell.icon(Tone::Neutral, icon);
            cell.text_secondary(name);
        }
        6 => {
            cell.text_secondary(&format!("с {}", date_short(on)));
        }
        _ => {}
    }
}

/// «25/26»; «—/26» while nobody looked.
fn coverage_cell(coverage: &Coverage, cell: &mut Cell<'_>) {
    match coverage.inside {
        Some(inside) => {
            cell.fraction(inside as usize, coverage.expected.max(inside) as usize);
        }
        None if coverage.expected == 0 => {
            cell.nothing();
        }
        None => {
            let text = format!("—/{}", coverage.expected);
            cell.text_with_tooltip(Run::body(&text).secondary(), "Нет сведений, кто внутри");
        }
    }
}

fn number_cell(number: usize, quiet: bool, cell: &mut Cell<'_>) {
    match (number, quiet) {
        (0, _) => cell.nothing(),
        (number, true) => cell.text_secondary(&number.to_string()),
        (number, false) => cell.text(&number.to_string()),
    };
}

fn links_cell(links: usize, flagged: usize, quiet: bool, cell: &mut Cell<'_>) {
    let before = cell.ui().available_width();
    number_cell(links, quiet, cell);
    if flagged > 0 {
        let used = before - cell.ui().available_width();
        cell.ui().add_space((22.0 - used).max(0.0));
        let why =
            format!("Пора аннулировать: {flagged} {}", plural(flagged as u64, "ссылка", "ссылки", "ссылок"));
        cell.flag(Tone::Attention, icons::WARNING, &why);
    }
}

fn seen_cell(snapshot: &Snapshot, last_seen: Option<Date>, cell: &mut Cell<'_>) {
    let Some(seen) = last_seen else {
        cell.text_secondary("нет сведений");
        return;
    };
    let ago = days_ago((snapshot.today - seen).get_days().into());
    if is_overdue(last_seen, snapshot) {
        cell.icon_text(Tone::Attention, icons::CLOCK, &ago).on_hover_text(date_short(seen));
    } else {
        cell.text_with_tooltip(Run::body(&ago).secondary(), &date_short(seen));
    }
}
