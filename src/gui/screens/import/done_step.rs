//! The last step: what was brought in, the way back, and what comes next.

use egui::{Ui, UiBuilder, vec2};

use super::lists::RowKind;
use super::state::{Done, ImportState};
use super::words::{group_word, kind_words};
use crate::gui::theme::{Ink, Tone, size};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
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
    let Some(done) = &mut state.done else { return };
    let taken_back = is_taken_back(context, done);
    let room = ui.available_rect_before_wrap();
    let width = WIDTH.min(room.width() - 48.0);
    let top = egui::pos2(room.center().x - width / 2.0, room.top());
    let rect = egui::Rect::from_min_size(top, vec2(width, room.height()));
    let mut again = false;
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.add_space(((room.height() - 420.0) * 0.35).clamp(16.0, 96.0));
        card_ui(ui, 24, |ui| {
            title_ui(ui, done, taken_back);
            divider_ui(ui, 14.0);
            if !taken_back {
                counts_ui(ui, context, done);
                divider_ui(ui, 14.0);
            }
            again = next_ui(ui, context, done, taken_back, actions);
        });
    });
    if again {
        state.begin();
    }
}

fn is_taken_back(context: &ScreenContext<'_>, done: &Done) -> bool {
    let register = context.register();
    let asked = done.undo_asked_at.is_some_and(|revision| register.revision > revision);
    match done.created {
        Some(created) => !register.tables().contains(created),
        None => asked,
    }
}

fn title_ui(ui: &mut Ui, done: &Done, taken_back: bool) {
    ui.horizontal(|ui| {
        let (icon, tone) = if taken_back {
            (icons::ARROW_COUNTER_CLOCKWISE, Tone::Neutral)
        } else {
            (icons::CHECK, Tone::Good)
        };
        icon_tile_ui(ui, tone, icon, 40.0);
        ui.add_space(4.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            let title =
                if taken_back { "Загрузка отменена" } else { "Список внесён" };
            label::line_ui(ui, &[Run::body(title).size(size::SECTION).semibold().ink(Ink::Main)]);
            label::line_ui(ui, &[Run::caption(&done.name)]);
        });
    });
}

fn counts_ui(ui: &mut Ui, context: &ScreenContext<'_>, done: &Done) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let counts = done.counts;
    for (kind, word, count) in [
        (RowKind::Added, "Добавлено", counts.added),
        (RowKind::Updated, "Изменено", counts.updated),
        (RowKind::Moved, "Переведено", counts.moved),
        (RowKind::Waiting, "Ждут вашего ответа и не внесены", counts.ambiguous),
        (RowKind::Unchanged, "Без изменений", counts.unchanged),
        (RowKind::Skipped, "Пропущено", counts.skipped),
    ] {
        if count > 0 {
            let (_, icon, tone) = kind_words(kind);
            ui.add(ListRow::new(word).tile(tone, icon).count(&number(u64::from(count))));
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
}

/// Answers whether another roster is to be loaded.
fn next_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    done: &mut Done,
    taken_back: bool,
    actions: &mut Vec<Action>,
) -> bool {
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
            done.undo_asked_at = Some(context.register().revision);
            actions.push(Action::Undo(UndoTarget { entry: done.entry, parts: None }));
        }
    });
    again
}
