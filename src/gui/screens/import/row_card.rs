//! The card beneath the table: a row of the file as it is written and as it is read, and who it may be.

use egui::Ui;

use super::lists::{RowKind, planned_row, row_number};
use super::state::ImportState;
use super::words::{self, shown_cell};
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::card::inset_card_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, paint};
use crate::gui::{Action, ScreenContext};
use crate::names::Phone;
use crate::register::PersonId;
use crate::roster::{ConflictField, Field, MappedColumn, PersonChoice, PlanKind, PlanRow, RosterRow};
use crate::session::PreparedRoster;
use crate::wording::date_short;

/// One column of the row.
struct CardCell {
    header: String,
    written: String,
    icon: Icon,
    tone: Tone,
    read: String,
}

/// Space between two columns of the card, in points.
const CELL_GAP: f32 = 20.0;

impl CardCell {
    /// As wide as its longest line, within reason.
    fn width(&self, ui: &Ui) -> f32 {
        let wide = |run: Run<'_>| paint::line(ui, &[run], 260.0).size().x;
        let first = wide(Run::caption(&self.header)).max(wide(Run::body(&self.written).medium()));
        first.max(wide(Run::caption(&self.read)) + 21.0).ceil() + 1.0
    }
}

/// What the card shows of one row; made once for a row of a plan.
pub(super) struct RowCard {
    row: u32,
    /// The row as the file counts it.
    place: String,
    cells: Vec<CardCell>,
    remarks: Vec<String>,
    /// People it may be, with what tells them apart.
    candidates: Vec<(PersonId, String)>,
    /// «как она записана и как прочитана», and why it was taken for this person.
    note: String,
    /// Whether the user already said who it is.
    decided: bool,
    /// Whether it can be said that it is somebody else.
    known: bool,
    /// Whether the one candidate differs by the surname.
    renamed: bool,
    /// Whether the import was committed: nothing is asked any more.
    committed: bool,
}

/// Makes the card of the row under the cursor, where there is none yet.
pub(super) fn prepare(context: &ScreenContext<'_>, state: &mut ImportState) {
    let Some(prepared) = state.prepared.as_deref() else {
        state.card = None;
        return;
    };
    let wanted = state.lists.cursor_row(prepared);
    if state.card.as_ref().map(|card| card.row) == wanted {
        return;
    }
    state.card = wanted.map(|row| {
        let decided = state.answers.decisions.contains_key(&row);
        RowCard { committed: state.done.is_some(), ..make(context, prepared, row, decided) }
    });
}

fn make(context: &ScreenContext<'_>, prepared: &PreparedRoster, row: u32, decided: bool) -> RowCard {
    let planned = planned_row(prepared, row);
    let read = prepared.roster.rows.binary_search_by_key(&row, |read| read.row).ok();
    let read = read.and_then(|index| prepared.roster.rows.get(index));
    let sheet_row = prepared.opened.row(row);
    let columns = &prepared.opened.header_of(row).columns.columns;
    let renamed = planned.filter(|planned| planned.kind == PlanKind::Renamed);
    let before = renamed
        .and_then(|planned| planned.candidates.first())
        .and_then(|person| context.register().person(*person))
        .map(|person| person.name.surname.as_str());
    let cells = columns
        .iter()
        .filter(|column| !matches!(column.field, Field::Sensitive(_) | Field::Number))
        .map(|column| {
            let text = sheet_row.map_or("", |sheet_row| sheet_row.cell(column.index));
            let cell = card_cell(column, text, read, planned, before);
            match by_hand(prepared, row, column.field) {
                Some(value) => CardCell {
                    icon: icons::HAND,
                    tone: Tone::Attention,
                    read: format!(
                        "вручную {}",
                        words::value_words(value, if column.field == Field::Phone { "phone" } else { "" })
                    ),
                    ..cell
                },
                None => cell,
            }
        })
        .filter(|cell| !cell.written.is_empty())
        .collect();
    let remarks = prepared.plan.issues.iter().filter(|issue| issue.row == row);
    let candidates = planned.map_or(&[][..], |planned| &planned.candidates);
    RowCard {
        row,
        place: row_number(prepared, row),
        cells,
        remarks: remarks.map(|issue| issue.message.clone()).collect(),
        candidates: candidates.iter().map(|person| (*person, person_words(context, *person))).collect(),
        note: match planned.map_or("", |planned| planned.why.as_str()) {
            "" => "как она записана и как прочитана".into(),
            why => format!("как она записана и как прочитана · {why}"),
        },
        decided,
        committed: false,
        renamed: renamed.is_some(),
        known: planned.is_some_and(|planned| {
            planned.person.is_some() && matches!(planned.kind, PlanKind::Updated | PlanKind::Moved)
        }),
    }
}

/// The value that a hand set and that stays, where the file says another.
fn by_hand(prepared: &PreparedRoster, row: u32, field: Field) -> Option<&str> {
    let wanted = match field {
        Field::FullName | Field::Surname => ConflictField::Name,
        Field::BirthDate => ConflictField::BirthDate,
        Field::Phone => ConflictField::Phone,
        Field::Post => ConflictField::Post,
        Field::Group => ConflictField::Group,
        _ => return None,
    };
    let mut stays = prepared.plan.conflicts.iter().filter(|conflict| conflict.row == row && !conflict.taken);
    stays.find(|conflict| conflict.field == wanted).map(|conflict| conflict.by_hand.as_str())
}

/// «Иванов Артём Павлович, 6А, 14 мар 2014».
fn person_words(context: &ScreenContext<'_>, person: PersonId) -> String {
    let row = context.snapshot.people.get(person);
    let known = context.register().person(person);
    let mut words = vec![row.map(|row| row.full_name.clone()).unwrap_or_default()];
    words.extend(row.map(|row| row.group_labels.clone()).filter(|labels| !labels.is_empty()));
    words.extend(known.and_then(|known| known.birth_date).map(date_short));
    words.extend(known.and_then(|known| known.left_on).map(|left| format!("выбыл {}", date_short(left))));
    words.join(", ")
}

fn card_cell(
    column: &MappedColumn,
    text: &str,
    read: Option<&RosterRow>,
    planned: Option<&PlanRow>,
    surname_before: Option<&str>,
) -> CardCell {
    let written = shown_cell(Some(column.field), text);
    let (icon, tone, words) = match (column.field, surname_before) {
        (Field::Surname | Field::FullName, Some(before)) => {
            (icons::WARNING, Tone::Attention, format!("в программе {before}"))
        }
        _ => how_read(column.field, &written, read, planned),
    };
    CardCell { header: column.header.clone(), written, icon, tone, read: words }
}

fn how_read(
    field: Field,
    written: &str,
    read: Option<&RosterRow>,
    planned: Option<&PlanRow>,
) -> (Icon, Tone, String) {
    let aside = |words: &str| (icons::MINUS, Tone::Neutral, words.to_owned());
    let Some(read) = read else { return aside("не взято") };
    let code = match field {
        Field::Surname | Field::Given | Field::FullName => "name",
        Field::Patronymic => "patronymic",
        Field::BirthDate => "birth_date",
        Field::Phone => "phone",
        Field::Group | Field::Parallel | Field::Letter => "group",
        Field::Role => "role",
        Field::Post => "post",
        Field::ClassTeacher if read.class_teacher.is_empty() => return aside("не взято"),
        Field::ClassTeacher | Field::Child => return (icons::CHECK, Tone::Good, "прочитано".into()),
        _ if field.is_of_parent() => return parent_read(field, written, read),
        _ => return aside("не загружается"),
    };
    let value = match field {
        Field::Surname => read.name.surname.clone(),
        Field::Given => read.name.given.clone(),
        Field::Patronymic => read.name.patronymic.clone(),
        Field::FullName => read.name.full(),
        Field::BirthDate => read.birth_date.map(date_short).unwrap_or_default(),
        Field::Phone => read.phone.as_ref().map(Phone::masked).unwrap_or_default(),
        Field::Group => planned.map(|planned| planned.group.clone()).unwrap_or_default(),
        _ => written.to_owned(),
    };
    if value.is_empty() && !written.is_empty() {
        return (icons::WARNING, Tone::Attention, "не взято".into());
    }
    let change = planned.and_then(|planned| planned.changes.iter().find(|change| change.code == code));
    match change {
        Some(change) if change.before.is_empty() => (icons::PLUS, Tone::Good, "новое".into()),
        Some(change) => (icons::WARNING, Tone::Attention, format!("в программе {}", change.before)),
        None if value != written && !matches!(field, Field::Phone | Field::BirthDate) => {
            (icons::ARROW_RIGHT, Tone::Neutral, value)
        }
        None if planned.is_some_and(|planned| planned.person.is_some()) => {
            (icons::CHECK, Tone::Good, "совпало".into())
        }
        None => (icons::CHECK, Tone::Good, "прочитано".into()),
    }
}

fn parent_read(field: Field, written: &str, read: &RosterRow) -> (Icon, Tone, String) {
    let taken = (icons::CHECK, Tone::Good, "прочитано".to_owned());
    let not_taken = (icons::WARNING, Tone::Attention, "не взято".to_owned());
    let of = |number: u8| read.parents.iter().find(|parent| parent.number == number);
    match field {
        _ if written.is_empty() => (icons::MINUS, Tone::Neutral, "пусто".into()),
        Field::ParentPhone(number) if of(number).is_some_and(|parent| parent.phone.is_some()) => taken,
        Field::ParentPhone(_) => not_taken,
        Field::ParentName(number)
        | Field::ParentSurname(number)
        | Field::ParentGiven(number)
        | Field::ParentPatronymic(number)
            if of(number).is_some_and(|parent| parent.full_name.is_some()) =>
        {
            taken
        }
        _ => not_taken,
    }
}

/// Draws the card and takes the answer.
pub(super) fn show(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(card) = &state.card else { return };
    let mut answer = None;
    inset_card_ui(ui, 16, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.scope(|ui| {
            ui.spacing_mut().interact_size.y = 20.0;
            ui.horizontal(|ui| {
                let title = format!("Строка {} файла", card.place);
                label::line_ui(ui, &[Run::body(&title).semibold()]);
                label::line_ui(ui, &[Run::caption(&card.note)]);
            });
        });
        cells_ui(ui, card);
        for remark in card.remarks.iter().take(2) {
            label::rich_ui(ui, &[Run::caption(remark).main().line_height(19.0)]);
        }
        answer = answers_ui(ui, card);
    });
    let row = card.row;
    match answer {
        Some(Answer::Choice(choice)) => {
            state.answers.decisions.insert(row, choice);
            let renamed = state.lists.kind == RowKind::Renamed && choice != PersonChoice::NewPerson;
            if renamed {
                state.answers.stays_in.insert(row, RowKind::Renamed);
            }
            actions.push(Action::PlanRoster);
        }
        Some(Answer::Again) => {
            state.answers.decisions.remove(&row);
            if state.answers.stays_in.get(&row) == Some(&RowKind::Renamed) {
                state.answers.stays_in.remove(&row);
            }
            actions.push(Action::PlanRoster);
        }
        Some(Answer::Later) => {
            let next = state.lists.cursor.map_or(0, |place| place + 1);
            state.lists.cursor = (next < state.lists.shown().len()).then_some(next);
            state.lists.scroll_to = state.lists.cursor;
        }
        None => {}
    }
}

enum Answer {
    Choice(PersonChoice),
    Again,
    Later,
}

/// Columns side by side, as many as fit, then the next line of them.
fn cells_ui(ui: &mut Ui, card: &RowCard) {
    let widths: Vec<f32> = card.cells.iter().map(|cell| cell.width(ui)).collect();
    let mut first = 0;
    while first < card.cells.len() {
        let (mut end, mut used) = (first, 0.0);
        while end < card.cells.len() && (end == first || used + widths[end] <= ui.available_width()) {
            used += widths[end] + CELL_GAP;
            end += 1;
        }
        cell_line_ui(ui, &card.cells[first..end], &widths[first..end]);
        first = end;
    }
}

fn cell_line_ui(ui: &mut Ui, cells: &[CardCell], widths: &[f32]) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = CELL_GAP;
        for (cell, width) in cells.iter().zip(widths) {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 5.0;
                ui.spacing_mut().interact_size.y = 17.0;
                ui.set_width(*width);
                label::line_ui(ui, &[Run::caption(&cell.header)]);
                label::line_ui(ui, &[Run::body(&cell.written).medium()]);
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 5.0;
                    label::icon_ui(ui, cell.icon, 15.0, Ink::Tone(cell.tone));
                    label::line_ui(ui, &[Run::caption(&cell.read)]);
                });
            });
        }
    });
}

fn answers_ui(ui: &mut Ui, card: &RowCard) -> Option<Answer> {
    let mut answer = None;
    if !card.decided && !card.known && card.candidates.is_empty() {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        if card.committed {
            return;
        }
        if card.decided {
            if ui.add(Button::outlined("Решить заново").icon(icons::ARROW_COUNTER_CLOCKWISE)).clicked()
            {
                answer = Some(Answer::Again);
            }
            return;
        }
        for (person, words) in &card.candidates {
            let word = if card.renamed {
                format!("Сменилась фамилия: {words}")
            } else {
                format!("Это он(а): {words}")
            };
            if ui.add(Button::outlined(&word).icon(icons::CHECK)).clicked() {
                answer = Some(Answer::Choice(PersonChoice::Existing(*person)));
            }
        }
        let asks = !card.candidates.is_empty();
        if (asks || card.known) && ui.add(Button::outlined("Другой человек").icon(icons::USER_PLUS)).clicked()
        {
            answer = Some(Answer::Choice(PersonChoice::NewPerson));
        }
        if asks && ui.add(Button::ghost("Решить позже")).clicked() {
            answer = Some(Answer::Later);
        }
    });
    answer
}
