//! The card of an entry: its parts, every field before → after, the way back.

use egui::{Layout, Ui, UiBuilder, vec2};

use super::lines::Line;
use super::{JournalState, table};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::change_ui;
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::page::Inspector;
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::register::{EntityKey, EntityKind, GroupId, InviteId, JournalChange, PersonId, Register};
use crate::session::{ChangeLine, change_lines, entity_title};
use crate::wording::{counted, number};

/// Changes put into words at a time.
const PAGE: usize = 200;
/// The worker hands over at most so many changes of an entry.
const LOADED_AT_MOST: usize = 5000;

/// One row of the card.
enum Row {
    /// A part begins: its number.
    Part(u32),
    Entity {
        key: EntityKey,
        title: String,
    },
    Field(ChangeLine),
}

impl Row {
    fn height(&self) -> f32 {
        match self {
            Row::Part(_) => 30.0,
            Row::Entity { .. } => 26.0,
            Row::Field(_) => 48.0,
        }
    }
}

/// The changes of the selected entry, put into words page by page.
pub(super) struct Details {
    entry: u64,
    changes: Vec<JournalChange>,
    rows: Vec<Row>,
    /// How many changes are in `rows`.
    worded: usize,
    wanted: usize,
    parts: usize,
}

impl Details {
    pub(super) fn new(entry: u64, changes: Vec<JournalChange>) -> Self {
        let mut parts: Vec<u32> = changes.iter().map(|change| change.part).collect();
        parts.dedup();
        Self { entry, changes, rows: Vec::new(), worded: 0, wanted: PAGE, parts: parts.len() }
    }

    fn put_into_words(&mut self, register: &Register) {
        while self.worded < self.wanted.min(self.changes.len()) {
            let change = &self.changes[self.worded];
            let begins = self.worded == 0 || self.changes[self.worded - 1].part != change.part;
            if begins && self.parts > 1 {
                self.rows.push(Row::Part(change.part));
            }
            let fields = change.fields.after.as_ref().or(change.fields.before.as_ref());
            let title = entity_title(register, change.key, fields);
            self.rows.push(Row::Entity { key: change.key, title });
            self.rows.extend(change_lines(register, change).into_iter().map(Row::Field));
            self.worded += 1;
        }
    }
}

/// Draws the card of an entry.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut JournalState,
    entry: u64,
    actions: &mut Vec<Action>,
) {
    let mut details = state.details.take().filter(|details| details.entry == entry);
    if let Some(details) = &mut details {
        details.put_into_words(context.register());
    }
    let Some(line) = state.line(entry) else { return };
    let title = format!("Запись № {}", number(entry));
    let read_only = context.file.read_only.then_some("Файл открыт только для чтения");
    let has_details = details.is_some();
    let response = Inspector::new(&title, &line.when_full).as_page(context.narrow).show(
        ui,
        |ui| body_ui(ui, context, line, details.as_mut(), read_only.is_none(), actions),
        |ui| foot_ui(ui, line, read_only, has_details),
    );
    if response.foot.undo {
        actions.push(table::undo(entry, None));
    }
    if let (true, Some(details)) = (response.foot.copy, &details) {
        actions.push(copy_changes(context.register(), details));
    }
    state.details = details;
    if response.closed {
        (state.selected, state.details) = (None, None);
    }
}

/// What was pressed in the foot.
struct Foot {
    undo: bool,
    copy: bool,
}

fn foot_ui(ui: &mut Ui, line: &Line, read_only: Option<&'static str>, has_details: bool) -> Foot {
    let word = if line.entry.undoes.is_some() {
        "Вернуть отменённое"
    } else {
        "Отменить запись"
    };
    let reason = read_only.or(line.why_not_undone());
    let undo = Button::outlined(word).icon(icons::ARROW_COUNTER_CLOCKWISE).disabled_because(reason);
    let undo = ui.add(undo).clicked();
    let copy = Button::outlined("Для Excel").icon(icons::COPY);
    let copy = has_details && ui.add(copy.accessible_name("Копировать изменения для Excel")).clicked();
    Foot { undo, copy }
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &Line,
    details: Option<&mut Details>,
    can_write: bool,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 6.0;
    label::rich_ui(ui, &[Run::body(&line.what).medium().line_height(20.0)]);
    label::line_ui(ui, &[Run::caption(&line.entry.actor)]);
    ui.add_space(4.0);
    if let Some(undone_by) = line.entry.undone_by {
        let text = format!("Её отменила запись № {}.", number(undone_by));
        if Callout::neutral("Запись отменена", &text).opens().show(ui).is_some() {
            actions.push(Action::Go(Destination::JournalEntry(undone_by)));
        }
    }
    if let Some(undone) = line.entry.undoes {
        let word = format!("К записи № {}", number(undone));
        if link_button_ui(ui, &word).clicked() {
            actions.push(Action::Go(Destination::JournalEntry(undone)));
        }
    }
    let Some(details) = details else {
        if line.entry.change_count > 0 {
            label::caption_ui(ui, "Читаю изменения");
        }
        return;
    };
    if details.changes.len() >= LOADED_AT_MOST && line.entry.change_count > LOADED_AT_MOST as u64 {
        let all = number(line.entry.change_count);
        let text =
            format!("Показаны первые {} из {all}. Отменить можно всю запись.", number(LOADED_AT_MOST as u64));
        Callout::neutral("Изменений очень много", &text).show(ui);
    }
    ui.add_space(4.0);
    rows_ui(ui, context, line, details, can_write, actions);
    let rest = details.changes.len() - details.worded;
    if rest > 0 {
        let word = format!("Показать ещё {} из {}", rest.min(PAGE), number(rest as u64));
        if ui.add(Button::outlined(&word)).clicked() {
            details.wanted += PAGE;
        }
    }
}

/// Rows of known heights: only those in sight are drawn.
fn rows_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &Line,
    details: &Details,
    can_write: bool,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for (index, row) in details.rows.iter().enumerate() {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), row.height()));
        if !ui.is_rect_visible(rect) {
            continue;
        }
        let layout = Layout::left_to_right(egui::Align::Center);
        let mut row_ui =
            ui.new_child(UiBuilder::new().id_salt(("journal row", index)).max_rect(rect).layout(layout));
        match row {
            Row::Part(part) => part_ui(&mut row_ui, line, *part, can_write, actions),
            Row::Entity { key, title } => entity_ui(&mut row_ui, context.register(), *key, title, actions),
            Row::Field(change) => field_ui(&mut row_ui, change),
        }
    }
}

fn part_ui(ui: &mut Ui, line: &Line, part: u32, can_write: bool, actions: &mut Vec<Action>) {
    let words = format!("Часть {part}");
    label::line_ui(ui, &[Run::caption(&words).semibold()]);
    if line.parts_taken_back.contains(&part) {
        label::line_ui(ui, &[Run::caption("· отменена")]);
    } else if can_write && line.why_not_undone().is_none() {
        let name = format!("Отменить часть {part}");
        ui.add_space(4.0);
        if small_link_button_ui(ui, "Отменить эту часть", &name).clicked() {
            actions.push(table::undo(line.entry.number, Some(part)));
        }
    }
}

fn entity_ui(ui: &mut Ui, register: &Register, key: EntityKey, title: &str, actions: &mut Vec<Action>) {
    let there = register.tables().contains(key);
    let destination = match key.kind {
        EntityKind::Person if there => Some(Destination::Person(PersonId(key.id))),
        EntityKind::Group if there => Some(Destination::Group(GroupId(key.id))),
        EntityKind::Invite if there => Some(Destination::Invite(InviteId(key.id))),
        _ => None,
    };
    match destination {
        Some(destination) => {
            let room = ui.available_width();
            ui.set_max_width(room);
            if named_link_button_ui(ui, None, &cut(title, 40), title).clicked() {
                actions.push(Action::Go(destination));
            }
        }
        None => {
            label::line_ui(ui, &[Run::body(title).medium()]);
        }
    }
}

/// A title that fits a line of the card.
fn cut(title: &str, most: usize) -> String {
    if title.chars().count() <= most {
        return title.to_owned();
    }
    title.chars().take(most - 1).chain(['…']).collect()
}

fn field_ui(ui: &mut Ui, change: &ChangeLine) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        label::line_ui(ui, &[Run::caption(&change.field)]);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if !change.before.is_empty() {
                let most = if change.after.is_empty() { ui.available_width() } else { 138.0 };
                ui.scope(|ui| {
                    ui.set_max_width(most);
                    change_ui(ui, Tone::Danger, "−", &change.before);
                });
            }
            if !change.before.is_empty() && !change.after.is_empty() {
                label::icon_ui(ui, icons::ARROW_RIGHT, 14.0, Ink::Secondary);
            }
            if !change.after.is_empty() {
                change_ui(ui, Tone::Good, "+", &change.after);
            }
        });
    });
}

fn copy_changes(register: &Register, details: &Details) -> Action {
    let rows = details.changes.iter().flat_map(|change| {
        let fields = change.fields.after.as_ref().or(change.fields.before.as_ref());
        let title = entity_title(register, change.key, fields);
        let part = change.part.to_string();
        change_lines(register, change)
            .into_iter()
            .map(move |line| [part.clone(), title.clone(), line.field, line.before, line.after])
    });
    let text = excel_text(&["Часть", "Что", "Поле", "Было", "Стало"], rows);
    let what = counted(details.changes.len() as u64, "изменение", "изменения", "изменений");
    Action::CopyText { text, what: format!("Скопировано: {what}") }
}
