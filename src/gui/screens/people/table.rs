//! The table of people: columns, cells, marks, keys, the menu of a row.

use egui::{Modifiers, Ui};

use super::columns::{NAME, Shows, columns};
use super::forms::Form;
use super::{PeopleState, excel, participation};
use crate::gui::screens::table_layouts;
use crate::gui::theme::Tone;
use crate::gui::widgets::Run;
use crate::gui::widgets::checkbox::Mark;
use crate::gui::widgets::menu::{menu_at, menu_divider_ui, menu_row_ui};
use crate::gui::widgets::table::{Column, DataTable, TableResponse};
use crate::gui::widgets::table_cell::Cell;
use crate::gui::widgets::table_keys::{TableKey, table_keys};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{PersonId, Verification};
use crate::wording::date_short;

/// Draws the table and takes what was done in it.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let beside_card = ui.available_width() < 900.0;
    let shown = columns(context, state, beside_card);
    let columns: Vec<Column<'_>> = shown.iter().map(|(_, column)| *column).collect();
    let (by, ascending) = state.sort();
    let sorted = shown.iter().position(|(shows, _)| shows.sort() == Some(by)).map(|place| (place, ascending));
    let people = &state.found.people;
    let scroll = std::mem::take(&mut state.scroll);
    let scroll_to = state.selected.filter(|_| scroll).and_then(|person| place_of(people, person));
    let response = DataTable::new(NAME, &columns)
        .accessible_name("Люди")
        .sort(sorted)
        .row_height(context.row_height())
        .widths_by_title(table_layouts::widths(context, NAME))
        .scroll_to_row(scroll_to)
        .header_mark(Mark::of_count(state.marked.len(), people.len()))
        .show(
            ui,
            people.len(),
            |row| {
                people
                    .get(row)
                    .is_some_and(|person| state.selected == Some(*person) || state.marked.contains(person))
            },
            |row, column, cell| {
                if let (Some(person), Some((shows, _))) = (people.get(row), shown.get(column)) {
                    cell_ui(context, state, *person, *shows, cell);
                }
            },
        );
    let sort = response.sort_clicked.and_then(|column| shown.get(column)).and_then(|(shows, _)| shows.sort());
    if let Some(by) = sort {
        let (now, ascending) = state.sort();
        state.sort = Some((by, if now == by { !ascending } else { true }));
    }
    table_layouts::keep_width(context, NAME, &columns, &response, actions);
    take_response(state, &response);
    row_menu_ui(ui, context, state, actions);
}

fn place_of(people: &[PersonId], person: PersonId) -> Option<usize> {
    people.iter().position(|known| *known == person)
}

fn take_response(state: &mut PeopleState, response: &TableResponse) {
    if let Some((row, modifiers)) = response.clicked_row {
        click(state, row, modifiers);
    }
    if let Some((row, modifiers)) = response.toggled_mark {
        if modifiers.shift {
            mark_range(state, row);
        } else {
            toggle(state, row);
        }
    }
    if response.toggled_all {
        if state.marked.len() >= state.found.people.len() {
            state.marked.clear();
        } else {
            state.marked = state.found.people.iter().copied().collect();
        }
    }
    if let Some((row, at)) = response.secondary_clicked_row {
        state.selected = state.found.people.get(row).copied();
        state.menu_at = Some(at);
    }
}

fn click(state: &mut PeopleState, row: usize, modifiers: Modifiers) {
    if modifiers.shift {
        mark_range(state, row);
    } else if modifiers.command {
        toggle(state, row);
    } else {
        state.selected = state.found.people.get(row).copied();
        state.anchor = Some(row);
        state.card_open = true;
    }
}

fn toggle(state: &mut PeopleState, row: usize) {
    let Some(person) = state.found.people.get(row).copied() else { return };
    if !state.marked.remove(&person) {
        state.marked.insert(person);
    }
    state.anchor = Some(row);
}

fn mark_range(state: &mut PeopleState, row: usize) {
    let from = state.anchor.unwrap_or(row);
    let range = from.min(row)..=from.max(row);
    state.marked.extend(range.filter_map(|row| state.found.people.get(row)));
}

/// Takes the keys of the table before anything is drawn.
pub fn take_keys(ui: &Ui, state: &mut PeopleState, context: &ScreenContext<'_>) {
    if state.form.is_some() || state.duplicates.compare.is_some() || state.saving.is_some() {
        return;
    }
    let page = ((ui.available_height() - 160.0) / context.row_height()).max(1.0) as usize;
    for key in table_keys(ui, NAME) {
        let current = state.selected.and_then(|selected| place_of(&state.found.people, selected));
        if let Some(target) = key.target(current, state.found.people.len(), page) {
            if key.extends() {
                state.anchor = state.anchor.or(current);
                mark_range(state, target);
            } else {
                state.anchor = Some(target);
            }
            state.selected = state.found.people.get(target).copied();
            state.scroll = true;
            continue;
        }
        match (key, current) {
            (TableKey::Open, Some(_)) => state.card_open = true,
            (TableKey::Mark, Some(row)) => toggle(state, row),
            (TableKey::MarkAll, _) => state.marked = state.found.people.iter().copied().collect(),
            (TableKey::Menu, Some(_)) => state.menu_at = Some(ui.max_rect().center()),
            (TableKey::Escape, _) if state.card_open => state.card_open = false,
            (TableKey::Escape, _) if !state.marked.is_empty() => state.marked.clear(),
            (TableKey::Escape, _) => state.selected = None,
            _ => {}
        }
    }
}

fn row_menu_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let people = state.chosen();
    if people.is_empty() {
        return;
    }
    let (mut at, mut open, mut compared) = (state.menu_at, false, None);
    let form = &mut state.form;
    menu_at(ui, "people row", &mut at, |ui| {
        open = menu_row_ui(ui, icons::SIDEBAR, "Открыть карточку", "Enter", false).clicked();
        if menu_row_ui(ui, icons::USER_CHECK, "Отметить участие…", "", false).clicked() {
            *form = Some(Form::participation_of(context, &people));
        }
        if people.len() > 1 {
            if menu_row_ui(ui, icons::SWAP, "Перевести…", "", false).clicked() {
                *form = Some(Form::bulk_move(context, &people));
            }
            if menu_row_ui(ui, icons::SHIELD_CHECK, "Статус в кабинете…", "", false).clicked()
            {
                *form = Some(Form::bulk_verification(context, &people));
            }
        }
        if let [one, other] = people[..]
            && menu_row_ui(ui, icons::INTERSECT, "Один ли это человек?", "", false).clicked()
        {
            compared = Some((one, other));
        }
        if menu_row_ui(ui, icons::COPY, "Для Excel", "", false).clicked() {
            actions.push(excel::copy_people(context, &people));
        }
        menu_divider_ui(ui);
        if menu_row_ui(ui, icons::USER_MINUS, "Выбытие…", "", false).clicked() {
            *form = Some(Form::depart(context, &people));
        }
    });
    state.menu_at = at;
    state.card_open |= open;
    if let Some((one, other)) = compared {
        state.compare(context, one, other);
    }
}

fn cell_ui(
    context: &ScreenContext<'_>,
    state: &PeopleState,
    person: PersonId,
    shows: Shows,
    cell: &mut Cell<'_>,
) {
    let Some(row) = context.snapshot.people.get(person) else { return };
    let register = context.register();
    match shows {
        Shows::Mark => {
            cell.checkbox(state.marked.contains(&person), &row.full_name);
        }
        Shows::Name => {
            cell.text_medium(&row.full_name);
        }
        Shows::Roles => {
            cell.text_secondary(&row.role_words);
        }
        Shows::Groups if row.group_labels.is_empty() => {
            cell.nothing();
        }
        Shows::Groups => {
            cell.text(&row.group_labels);
        }
        Shows::Phone => match register.person(person).and_then(|person| person.phone.as_ref()) {
            Some(phone) => {
                cell.text_secondary(&phone.masked());
            }
            None => {
                cell.nothing();
            }
        },
        Shows::BirthDate => match register.person(person).and_then(|person| person.birth_date) {
            Some(born) => {
                cell.text_secondary(&date_short(born));
            }
            None => {
                cell.nothing();
            }
        },
        Shows::Family => {
            let family = participation::family_words(register, person, context.today);
            if family.is_empty() {
                cell.nothing();
            } else {
                cell.text_secondary(&family);
            }
        }
        Shows::Participation => participation_cell(context, person, row.left, cell),
        Shows::Verification => verification_cell(context, person, cell),
    }
}

fn participation_cell(context: &ScreenContext<'_>, person: PersonId, left: bool, cell: &mut Cell<'_>) {
    let record = context.register().person(person);
    if left {
        let on = record.and_then(|person| person.left_on).map(crate::wording::date_short);
        cell.runs(&[Run::body(&on.map_or("выбыл".to_owned(), |on| format!("выбытие {on}"))).secondary()]);
        return;
    }
    match participation::summary(context.register(), person, context.today) {
        Some((tone, icon, words)) => {
            cell.icon(tone, icon);
            cell.text_secondary(&words);
        }
        None => {
            cell.nothing();
        }
    }
}

fn verification_cell(context: &ScreenContext<'_>, person: PersonId, cell: &mut Cell<'_>) {
    let register = context.register();
    let staff = register.memberships_of_person(person).filter(|membership| membership.role.is_staff());
    let best =
        staff.filter(|membership| register.is_current(membership, context.today)).map(|one| one.verification);
    match best.max() {
        Some(Verification::Waiting) => {
            cell.icon_text(Tone::Attention, icons::HOURGLASS_MEDIUM, "ждёт");
        }
        Some(verification) => {
            cell.text_secondary(super::card_sections::verification_words(verification));
        }
        None => {
            cell.nothing();
        }
    }
}
