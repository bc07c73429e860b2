//! The first step of a chosen file: how it is read, with its own rows, and three questions about it.

use crate::names::capitalized;
use egui::{Frame, Margin, Panel, Ui};
use jiff::civil::Date;

use super::state::{ImportState, Step};
use super::words::{group_word, shown_cell};
use super::work_ui;
use crate::gui::theme::{Ink, Tokens};
use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::widgets::checkbox::{checkbox_ui, radio_row_ui};
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::section_ui;
use crate::gui::widgets::table::{Column, DataTable, Width};
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::{Role, parse_group_label};
use crate::register::SchoolYear;
use crate::roster::{Delimiter, Field, OpenedRoster, RosterEncoding, Scope, SheetChoice, SheetFacts};
use crate::wording::{counted, role_plural};

/// Rows of the file that the sample shows.
const SAMPLE_ROWS: usize = 200;
/// Columns of the file that the sample shows.
const SAMPLE_COLUMNS: usize = 24;
/// Width of the questions.
pub(super) const LEFT_WIDTH: f32 = 316.0;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    if left_panel_ui(ui, |ui| questions_ui(ui, context, state, actions)) {
        actions.push(Action::PlanRoster);
    }
    foot_ui(ui, state);
    let frame = Frame::new().inner_margin(Margin { left: 24, right: 24, top: 14, bottom: 8 });
    let top = Panel::top("import-detected").resizable(false).show_separator_line(false).frame(frame);
    top.show(ui, |ui| {
        if detected_ui(ui, state) {
            actions.push(Action::PlanRoster);
        }
        failure_ui(ui, state, actions);
        work_ui(ui, state, actions);
    });
    if let Some(opened) = state.opened() {
        sample_ui(ui, opened);
    }
}

/// The panel at the left of every step, with a line beside it.
pub(super) fn left_panel_ui<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    let panel = Panel::left("import-left")
        .exact_size(LEFT_WIDTH)
        .resizable(false)
        .show_separator_line(false)
        .frame(Frame::new().fill(tokens.surface));
    panel
        .show(ui, |ui| {
            let rect = ui.max_rect();
            let inner = contents(ui);
            paint::vertical_line(ui.painter(), rect.right() - 1.0, rect.y_range(), tokens.border);
            inner
        })
        .inner
}

fn questions_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) -> bool {
    let frame = Frame::new().inner_margin(Margin { left: 24, right: 20, top: 14, bottom: 14 });
    let scroll = egui::ScrollArea::vertical().auto_shrink(false);
    scroll
        .show(ui, |ui| {
            frame
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    let mut changed = role_question_ui(ui, state);
                    changed |= scope_question_ui(ui, context, state);
                    changed |= group_question_ui(ui, context, state);
                    changed |= year_question_ui(ui, context, state);
                    ui.add_space(14.0);
                    if ui.add(Button::outlined("Другой файл").icon(icons::FOLDER)).clicked() {
                        actions.push(Action::ChooseRoster);
                    }
                    changed
                })
                .inner
        })
        .inner
}

fn role_question_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    section_ui(ui, "Кто в этом списке");
    ui.add_space(4.0);
    let before = state.read.default_role;
    let said = state.role_said_by_file().map(|role| format!("в файле: {}", role_plural(role)));
    let note = if before.is_none() { said.as_deref().unwrap_or("") } else { "" };
    let recalled = |role: Role| {
        if before == Some(role) && state.recalled_role == Some(role) {
            "как в прошлый раз"
        } else {
            ""
        }
    };
    let notes =
        [Role::Student, Role::Parent, Role::Teacher, Role::Employee].map(|role| (role, recalled(role)));
    if radio_row_ui(ui, before.is_none(), "роль написана в файле", note).clicked() {
        state.read.default_role = None;
    }
    for (role, note) in notes {
        if radio_row_ui(ui, before == Some(role), role_plural(role), note).clicked() {
            state.read.default_role = Some(role);
        }
    }
    before != state.read.default_role
}

fn scope_question_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState) -> bool {
    ui.add_space(12.0);
    section_ui(ui, "Насколько он полный");
    ui.add_space(4.0);
    let before = state.scope;
    let mut said = false;
    let is_school = group_word(context.register().organization()) == "класс";
    let (these, all) = if is_school {
        ("полный список этих классов", "вся школа")
    } else {
        ("полный список этих групп", "вся организация")
    };
    for (scope, word, note) in [
        (Scope::Additions, "только новенькие", "кого нет в файле, не проверяем"),
        (Scope::Groups, these, "покажем, кого из них нет в файле"),
        (Scope::Full, all, "покажем всех, кого нет в файле"),
    ] {
        let note = if before == scope && state.recalled_scope == Some(scope) {
            "как в прошлый раз"
        } else {
            note
        };
        if radio_row_ui(ui, before == scope, word, note).clicked() {
            (state.scope, state.scope_said, said) = (scope, true, true);
        }
    }
    said
}

fn group_question_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState) -> bool {
    ui.add_space(12.0);
    let label = match group_word(context.register().organization()) {
        "класс" => "Класс для всех строк",
        _ => "Группа для всех строк",
    };
    let typed = state.group_text.trim().to_owned();
    let error = (!typed.is_empty() && parse_group_label(&typed).is_err()).then_some("Так она не называется");
    let changed = TextField::new(label, &mut state.group_text)
        .hint("если в файле нет такого столбца")
        .error(error)
        .show(ui)
        .changed();
    let typed = state.group_text.trim();
    let group = (!typed.is_empty() && parse_group_label(typed).is_ok()).then(|| typed.to_owned());
    let differs = changed && group != state.read.group;
    if differs {
        state.read.group = group;
    }
    differs
}

fn year_question_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState) -> bool {
    let Some(year) = state.year else { return false };
    let current = state.chosen_year.unwrap_or(year);
    ui.add_space(12.0);
    if let Some(coming) = coming_year(context.today) {
        return coming_year_ui(ui, state, current, coming);
    }
    let label = field_label_ui(ui, "Учебный год");
    ui.add_space(3.0);
    let years = [year, SchoolYear(year.0 + 1)];
    let names = years.map(|year| year.to_string());
    let mut chosen = years.iter().position(|known| *known == current);
    let changed = Choice::new("Учебный год").labelled_by(label.id).width(272.0).show(ui, &mut chosen, &names);
    if changed {
        state.chosen_year = chosen.and_then(|index| years.get(index)).copied();
    }
    changed
}

/// The year that begins or has just begun; `None` outside August and September, when nobody mistakes it.
fn coming_year(today: Date) -> Option<SchoolYear> {
    matches!(today.month(), 8 | 9).then(|| SchoolYear(today.year()))
}

fn coming_year_ui(ui: &mut Ui, state: &mut ImportState, current: SchoolYear, coming: SchoolYear) -> bool {
    section_ui(ui, &format!("Это список на {coming}?"));
    ui.add_space(4.0);
    let before = SchoolYear(coming.0 - 1);
    let mut changed = false;
    for (year, word) in [(coming, format!("да, на {coming}")), (before, format!("нет, на {before}"))]
    {
        if radio_row_ui(ui, current == year, &word, "").clicked() {
            state.chosen_year = Some(year);
            changed = current != year;
        }
    }
    changed
}

/// What was found out about the file, each with a switch.
fn detected_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    ui.scope(|ui| facts_ui(ui, state));
    let mut changed = false;
    let is_workbook = state.opened().is_some_and(|opened| !opened.sheets.is_empty());
    let fits = ui.available_width() > 800.0;
    ui.horizontal_top(|ui| {
        if is_workbook {
            changed |= sheet_ui(ui, state);
        } else {
            changed |= encoding_ui(ui, state);
            changed |= delimiter_ui(ui, state);
        }
        if fits {
            changed |= header_row_ui(ui, state);
        }
    });
    if !fits {
        changed |= header_row_ui(ui, state);
    }
    if state.opened().is_some_and(|opened| opened.encoding_guessed) && state.read.encoding.is_none() {
        label::caption_ui(
            ui,
            "Кодировка подобрана по смыслу. Если вместо фамилий непонятные знаки, выберите другую.",
        );
    }
    let notes = state.opened().map(|opened| opened.notes.join(" ")).unwrap_or_default();
    if !notes.is_empty() {
        label::caption_ui(ui, &notes);
    }
    changed
}

/// «Как прочитан файл · книга Excel».
fn facts_ui(ui: &mut Ui, state: &ImportState) {
    ui.spacing_mut().interact_size.y = 20.0;
    ui.horizontal(|ui| {
        label::lead_ui(ui, "Как прочитан файл");
        if let Some(opened) = state.opened() {
            label::line_ui(ui, &[Run::caption(opened.format.russian_name())]);
        }
    });
}

fn sheet_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    let Some(opened) = state.opened() else { return false };
    let every = (opened.sheets.len() > 1).then(|| "Каждый лист — отдельный класс".to_owned());
    let words = |sheet: &SheetFacts| {
        let rows = counted(u64::from(sheet.rows), "строка", "строки", "строк");
        let hidden = if sheet.hidden { ", скрыт" } else { "" };
        format!("{}: {rows}{hidden}", sheet.name)
    };
    let options: Vec<String> = opened.sheets.iter().map(words).chain(every).collect();
    let mut chosen = match &opened.sheet_choice {
        Some(SheetChoice::Named(name)) => opened.sheets.iter().position(|sheet| sheet.name == *name),
        Some(SheetChoice::EveryAsClass) => Some(opened.sheets.len()),
        None => None,
    };
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    if !named_choice_ui(ui, "Лист книги", 456.0, &mut chosen, &options) {
        return false;
    }
    let names: Vec<String> = opened.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    state.read.sheet = chosen.map(|place| match names.get(place) {
        Some(name) => SheetChoice::Named(name.clone()),
        None => SheetChoice::EveryAsClass,
    });
    // Row and columns were chosen for another sheet.
    state.read.header_row = None;
    state.read.column_overrides.clear();
    true
}

fn encoding_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    let known = state.read.encoding.or(state.opened().and_then(|opened| opened.encoding));
    let mut chosen =
        known.and_then(|known| RosterEncoding::ALL.iter().position(|encoding| *encoding == known));
    let names = RosterEncoding::ALL.map(RosterEncoding::russian_name);
    let changed = named_choice_ui(ui, "Кодировка", 264.0, &mut chosen, &names);
    if changed {
        state.read.encoding = chosen.and_then(|index| RosterEncoding::ALL.get(index)).copied();
    }
    changed
}

fn delimiter_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    let found = state.opened().and_then(|opened| opened.sheet.delimiter());
    let known = state.read.delimiter.or(found);
    let mut chosen = known.and_then(|known| Delimiter::ALL.iter().position(|delimiter| *delimiter == known));
    let names = Delimiter::ALL.map(Delimiter::russian_name);
    let changed = named_choice_ui(ui, "Разделитель", 184.0, &mut chosen, &names);
    if changed {
        state.read.delimiter = chosen.and_then(|index| Delimiter::ALL.get(index)).copied();
    }
    changed
}

fn named_choice_ui(
    ui: &mut Ui,
    name: &str,
    width: f32,
    chosen: &mut Option<usize>,
    options: &[&str],
) -> bool {
    let mut changed = false;
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.y = 4.0;
        let label = field_label_ui(ui, name);
        changed = Choice::new(name)
            .labelled_by(label.id)
            .placeholder("Не определена")
            .width(width)
            .show(ui, chosen, options);
    });
    ui.add_space(8.0);
    changed
}

fn header_row_ui(ui: &mut Ui, state: &mut ImportState) -> bool {
    let current = state.read.header_row.or(state.opened().map(|opened| opened.header.row));
    let Some(current) = current else { return false };
    let mut wanted = current;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.set_min_width(150.0);
        field_label_ui(ui, "Строка заголовков");
        ui.horizontal(|ui| {
            let first = (current <= 1).then_some("Выше строк нет");
            let up = Button::outlined("−").accessible_name("Строка заголовков выше").disabled_because(first);
            if ui.add(up).clicked() {
                wanted = current - 1;
            }
            let number = if current == 0 { "нет".to_owned() } else { current.to_string() };
            label::line_ui(ui, &[Run::body(&number).medium()]);
            if ui.add(Button::outlined("+").accessible_name("Строка заголовков ниже")).clicked()
            {
                wanted = current + 1;
            }
            let mut without = current == 0;
            if checkbox_ui(ui, &mut without, "заголовка нет").clicked() {
                wanted = u32::from(!without);
            }
        });
    });
    if wanted != current {
        state.read.header_row = Some(wanted);
        // Meanings were given to the columns of another header.
        state.read.column_overrides.clear();
    }
    wanted != current
}

/// Why the file cannot be read, and what helps.
pub(super) fn failure_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    if let Some(notice) = &state.notice {
        let closed = Callout::neutral("", notice).closable().show(ui);
        if closed == Some(CalloutAction::Closed) {
            state.notice = None;
        }
    }
    if let Some(failure) = &state.failure {
        let about_columns =
            failure.is_about_columns() && state.step == Step::File && state.unmapped.is_some();
        let (title, rest) = failure.text.split_once(": ").unwrap_or(("Файл не прочитан", &failure.text));
        let rest = capitalized(rest);
        let both = ["Выбрать другой файл", "Указать столбец"];
        let buttons = if about_columns { &both[..] } else { &both[..1] };
        match Callout::danger(title, &rest).buttons(buttons).show(ui) {
            Some(CalloutAction::Button(0)) => actions.push(Action::ChooseRoster),
            Some(CalloutAction::Button(_)) => state.step = Step::Columns,
            _ => {}
        }
    } else if state.lacks_role() {
        let text = if state.step == Step::File {
            "В файле это не написано. Ответьте слева, и строки прочитаются."
        } else {
            "В файле это не написано. Ответьте на первом шаге, и строки прочитаются."
        };
        Callout::attention("Кто в этом списке?", text).show(ui);
    }
}

/// The file's own rows as they are decoded and divided; the row of headings stands out.
fn sample_ui(ui: &mut Ui, opened: &OpenedRoster) {
    let columns = &opened.header.columns.columns;
    let shown = columns.len().min(SAMPLE_COLUMNS);
    let mut heads = vec![Column::left("", Width::Exact(64.0)).unsortable()];
    heads.extend(columns[..shown].iter().enumerate().map(|(index, column)| {
        let wanted = sample_width(column.field);
        let width = if index + 1 == shown { Width::Remainder(wanted) } else { Width::Exact(wanted) };
        Column::left(&column.header, width).unsortable()
    }));
    let rows: Vec<_> = opened.sheet.rows().take(SAMPLE_ROWS).collect();
    let header = opened.header.row;
    let table = DataTable::new("import-sample", &heads).accessible_name("Строки файла");
    let cells = |row: usize, column: usize, cell: &mut crate::gui::widgets::table_cell::Cell<'_>| {
        let Some(row) = rows.get(row) else { return };
        if column == 0 {
            cell.text_secondary(&row.number().to_string());
            return;
        }
        let field = columns.get(column - 1).map(|column| column.field).filter(|_| row.number() > header);
        let text = shown_cell(field, row.cell(column - 1));
        let run = Run::body(&text);
        let run = match row.number().cmp(&header) {
            std::cmp::Ordering::Less => run.ink(Ink::Secondary),
            std::cmp::Ordering::Equal => run.medium(),
            std::cmp::Ordering::Greater => run,
        };
        cell.runs(&[run]);
    };
    table.show(ui, rows.len(), |row| rows.get(row).is_some_and(|row| row.number() == header), cells);
}

/// What a column of such values usually needs, in points.
fn sample_width(field: Field) -> f32 {
    match field {
        Field::Number => 72.0,
        Field::Group | Field::Parallel | Field::Letter => 84.0,
        Field::Sensitive(_) => 100.0,
        Field::FullName | Field::ParentName(_) | Field::Post => 240.0,
        Field::BirthDate => 126.0,
        _ => 128.0,
    }
}

fn foot_ui(ui: &mut Ui, state: &mut ImportState) {
    let ready = state.prepared.is_some();
    page::foot_ui(ui, |ui| {
        page::trailing_ui(ui, "import-next", |ui| {
            let classes = state.prepared.as_ref().map_or(0, |prepared| prepared.roster.class_values.len());
            if classes > 0 {
                let words = format!("Классов и групп в файле: {classes}");
                label::line_ui(ui, &[Run::caption(&words)]);
                ui.add_space(8.0);
            }
            let reason = if !ready {
                Some("Файл пока не прочитан")
            } else {
                state.lacks_role().then_some("Сначала ответьте слева, кто в этом списке")
            };
            let next = Button::primary("Дальше: столбцы").disabled_because(reason);
            if ui.add(next).clicked() {
                state.step = Step::Columns;
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_year_is_asked_about_where_two_may_be_meant() {
        for (today, asked) in [
            (date(2026, 7, 31), None),
            (date(2026, 8, 1), Some("2026/2027")),
            (date(2026, 9, 30), Some("2026/2027")),
            (date(2026, 10, 1), None),
        ] {
            assert_eq!(coming_year(today).map(|year| year.to_string()).as_deref(), asked, "{today}");
        }
    }
}
