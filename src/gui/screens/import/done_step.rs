//! The last step: what was brought in, the way back, and what comes next.

use egui::{Ui, UiBuilder, vec2};

use super::lists::RowKind;
use super::outcome::{Done, TakenBack};
use super::state::{ImportState, Step};
use super::words::{group_word, kind_words};
use crate::gui::theme::{Ink, Tone, size};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::section::section_ui;
use crate::gui::{Action, Destination, Room, ScreenContext, icons};
use crate::session::UndoTarget;
use crate::wording::{list_of, number};

const WIDTH: f32 = 640.0;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    let Some(done) = &state.done else { return };
    let taken_back = done.taken_back.as_ref();
    let room = ui.available_rect_before_wrap();
    let width = WIDTH.min(room.width() - 48.0);
    let top = egui::pos2(room.center().x - width / 2.0, room.top());
    let rect = egui::Rect::from_min_size(top, vec2(width, room.height()));
    let (mut again, mut open) = (false, None);
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space(((room.height() - 480.0) * 0.35).clamp(12.0, 96.0));
            card_ui(ui, 24, |ui| {
                title_ui(ui, done);
                divider_ui(ui, 14.0);
                match taken_back {
                    Some(taken_back) => taken_back_ui(ui, taken_back),
                    None => open = counts_ui(ui, context, done),
                }
                divider_ui(ui, 14.0);
                again = next_ui(ui, context, done, actions);
            });
            ui.add_space(12.0);
        });
    });
    if let Some(kind) = open
        && let Some(prepared) = state.prepared.as_deref()
    {
        state.lists.open(kind, prepared);
        state.step = Step::Review;
    }
    if again {
        state.begin();
    }
}

fn title_ui(ui: &mut Ui, done: &Done) {
    ui.horizontal(|ui| {
        let (icon, tone, title) = match &done.taken_back {
            None => (icons::CHECK, Tone::Good, "Список внесён"),
            Some(back) if back.kept_count == 0 => {
                (icons::ARROW_COUNTER_CLOCKWISE, Tone::Neutral, "Загрузка отменена")
            }
            Some(_) => (icons::ARROW_COUNTER_CLOCKWISE, Tone::Attention, "Загрузка отменена не вся"),
        };
        icon_tile_ui(ui, tone, icon, 40.0);
        ui.add_space(4.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            label::line_ui(ui, &[Run::body(title).size(size::SECTION).semibold().ink(Ink::Main)]);
            label::line_ui(ui, &[Run::caption(&done.name)]);
        });
    });
}

/// What was taken back, and by name what stayed.
fn taken_back_ui(ui: &mut Ui, taken_back: &TakenBack) {
    let undone = number(taken_back.parts as u64);
    if taken_back.kept_count == 0 {
        label::body_ui(ui, &format!("Отменено {undone}. Всё стало, как было до загрузки."));
        return;
    }
    let kept = number(taken_back.kept_count as u64);
    label::body_ui(ui, &format!("Отменено {undone}, оставлено {kept}: изменено позже."));
    ui.add_space(8.0);
    section_ui(ui, "Осталось в программе");
    ui.add_space(4.0);
    egui::ScrollArea::vertical().max_height(200.0).auto_shrink([false, true]).id_salt("kept").show_rows(
        ui,
        22.0,
        taken_back.kept.len(),
        |ui, rows| {
            for name in &taken_back.kept[rows] {
                label::line_ui(ui, &[Run::body(name)]);
            }
        },
    );
    if let Some(more) = taken_back.kept_count.checked_sub(taken_back.kept.len()).filter(|more| *more > 0) {
        label::caption_ui(ui, &format!("и ещё {}", number(more as u64)));
    }
}

/// The numbers; each opens the list behind it. Answers the list to open.
fn counts_ui(ui: &mut Ui, context: &ScreenContext<'_>, done: &Done) -> Option<RowKind> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut open = None;
    for (kind, word, count) in &done.counts {
        let (_, icon, tone) = kind_words(*kind);
        if ui.add(ListRow::new(word).tile(tone, icon).count(&number(u64::from(*count)))).clicked() {
            open = Some(*kind);
        }
    }
    if !done.groups_created.is_empty() {
        ui.add_space(6.0);
        let word = match group_word(context.register().organization()) {
            "класс" => "Созданы классы: ",
            _ => "Созданы группы: ",
        };
        label::caption_ui(ui, &format!("{word}{}", list_of(&done.groups_created, 12)));
    }
    open
}

/// Answers whether another roster is to be loaded.
fn next_ui(ui: &mut Ui, context: &ScreenContext<'_>, done: &Done, actions: &mut Vec<Action>) -> bool {
    let taken_back = done.taken_back.is_some();
    let nothing_seen = context.register().tables().observations.is_empty();
    let mut again = false;
    if !taken_back && nothing_seen {
        label::body_ui(ui, "Теперь отметьте, кто уже внутри: целыми классами, числом или «пока не знаю».");
        ui.add_space(12.0);
    }
    ui.horizontal_wrapped(|ui| {
        if taken_back {
            again = ui.add(Button::primary("Загрузить список заново")).clicked();
        } else if nothing_seen {
            if ui.add(Button::primary("Кто уже в системе?").icon(icons::USER_CHECK)).clicked() {
                actions.push(Action::Go(Destination::Presence));
            }
            again = ui.add(Button::outlined("Загрузить ещё список")).clicked();
        } else {
            if ui.add(Button::primary("К людям").icon(icons::USERS)).clicked() {
                actions.push(Action::Go(Destination::Room(Room::People)));
            }
            again = ui.add(Button::outlined("Загрузить ещё список")).clicked();
        }
        let undo = Button::outlined("Отменить загрузку").icon(icons::ARROW_COUNTER_CLOCKWISE);
        if !taken_back && ui.add(undo).clicked() {
            actions.push(Action::Undo(UndoTarget { entry: done.entry, parts: None }));
        }
    });
    again
}
