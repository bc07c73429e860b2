//! The third step: what will change, row by row, before anything does.

use egui::{Margin, Rect, Ui, UiBuilder, vec2};

use super::file_step::{failure_ui, left_panel_ui};
use super::lists::RowKind;
use super::state::{ImportState, Step};
use super::words::{kind_note, kind_words};
use super::{brake, marks, movement_bar, review_left, review_table, row_card, special_table, work_ui};
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::wording::{counted, number};

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    review_table::keys(ui, state, actions);
    left_panel_ui(ui, |ui| review_left::show(ui, state, actions));
    foot_ui(ui, context, state, actions);
    brake::show(ui, state, actions);
    title_ui(ui, context, state, actions);
    if state.failure.is_some() || state.notice.is_some() || state.job.is_some() {
        let frame = egui::Frame::new().inner_margin(Margin { left: 24, right: 24, top: 2, bottom: 8 });
        let panel = egui::Panel::top("import-notices").resizable(false).show_separator_line(false);
        panel.frame(frame).show(ui, |ui| {
            failure_ui(ui, state, actions);
            work_ui(ui, state, actions);
        });
    } else {
        state.job_since = None;
    }
    if state.prepared.is_none() {
        return;
    }
    movement_bar::show(ui, context, state, actions);
    if state.lists.shown().is_empty() {
        nothing_ui(ui, state);
        return;
    }
    rows_and_card_ui(ui, context, state, actions);
}

/// The table is as high as its rows, and what is under the cursor stands right beneath it.
fn rows_and_card_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    row_card::prepare(context, state);
    let room = ui.available_rect_before_wrap();
    let card_room = if state.card.is_some() { state.card_height.max(120.0) + 32.0 } else { 0.0 };
    let wanted = review_table::height(state.lists.shown().len(), state.lists.kind);
    let height = wanted.min(room.height() - card_room).max(review_table::height(2, state.lists.kind));
    let (top, below) = room.split_top_bottom_at_y(room.top() + height);
    let mut table_ui = ui.new_child(UiBuilder::new().id_salt("review-rows").max_rect(top));
    table_ui.set_clip_rect(top.intersect(ui.clip_rect()));
    if state.lists.kind.is_of_people() {
        review_table::show(&mut table_ui, context, state, actions);
    } else {
        special_table::show(&mut table_ui, context, state, actions);
    }
    if state.card.is_none() {
        return;
    }
    let card_rect = Rect::from_min_max(below.min + vec2(20.0, 16.0), below.max - vec2(24.0, 0.0));
    let mut card_ui = ui.new_child(UiBuilder::new().id_salt("row-card").max_rect(card_rect));
    // On a low page the card scrolls within what the table leaves.
    let scroll = egui::ScrollArea::vertical().auto_shrink(false).id_salt("row-card-scroll");
    let used = scroll.show(&mut card_ui, |ui| row_card::show(ui, state, actions)).content_size.y;
    if (used - state.card_height).abs() > 0.5 {
        state.card_height = used;
        ui.ctx().request_repaint();
    }
}

fn nothing_ui(ui: &mut Ui, state: &ImportState) {
    ui.add_space(24.0);
    ui.horizontal(|ui| {
        ui.add_space(24.0);
        label::line_ui(ui, &[Run::body(super::words::nothing_words(state.lists.kind)).secondary()]);
    });
}

fn title_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState, actions: &mut Vec<Action>) {
    let kind = state.lists.kind;
    let (word, ..) = kind_words(kind);
    let count = state.lists.count(kind);
    page::filter_bar_ui(ui, |ui| {
        label::line_ui(ui, &[Run::body(&format!("{word} {}", number(count as u64))).semibold()]);
        if count == 0 {
            return;
        }
        let mut buttons_left = ui.available_rect_before_wrap().right();
        page::trailing_ui(ui, "copy-rows", |ui| {
            buttons_left = ui.max_rect().left();
            if let Some(word) = mark_all_word(state)
                && named_link_button_ui(ui, Some(icons::CHECKS), word, word).clicked()
            {
                marks::toggle_all(state, actions);
            }
            ui.add_space(8.0);
            let copy = named_link_button_ui(
                ui,
                Some(icons::FILE_XLS),
                "Копировать для Excel",
                "Копировать эти строки для Excel",
            );
            if copy.clicked()
                && let Some(prepared) = &state.prepared
            {
                actions.push(review_table::copy_rows(context, prepared, &state.lists));
            }
        });
        let room = buttons_left - ui.cursor().left() - 16.0;
        if room > 120.0 {
            ui.allocate_ui(vec2(room, 20.0), |ui| label::line_ui(ui, &[Run::caption(kind_note(kind))]));
        }
    });
}

/// What marking the whole list at once is called, where that is a decision of its own.
fn mark_all_word(state: &ImportState) -> Option<&'static str> {
    let prepared = state.prepared.as_deref().filter(|_| marks::can_mark(state))?;
    let (marked, all) = marks::marked_of(state, prepared);
    match state.lists.kind {
        _ if all == 0 => None,
        RowKind::Joins if marked < all => Some("Объединить всех"),
        RowKind::Joins => Some("Не объединять"),
        RowKind::Absent if marked < all => Some("Отметить всех"),
        RowKind::Absent => Some("Снять отметки"),
        RowKind::Renamed if marked < all => Some("Подтвердить все"),
        _ => None,
    }
}

fn foot_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState, actions: &mut Vec<Action>) {
    if state.done.is_some() {
        page::foot_ui(ui, |ui| {
            label::line_ui(ui, &[Run::caption("Список уже внесён, здесь видно, что изменилось")]);
            page::trailing_ui(ui, "import-back", |ui| {
                if ui.add(Button::outlined("К итогу загрузки").icon(icons::ARROW_LEFT)).clicked()
                {
                    state.step = Step::Done;
                }
            });
        });
        return;
    }
    let nothing = state.changes_nothing();
    let reason = reason_not_to_commit(context, state);
    page::foot_ui(ui, |ui| {
        if ui.add(Button::outlined("Столбцы").icon(icons::ARROW_LEFT)).clicked() {
            state.step = Step::Columns;
        }
        page::trailing_ui(ui, "import-commit", |ui| {
            if !context.narrow {
                label::line_ui(ui, &[Run::caption(&foot_hint(state, nothing))]);
                ui.add_space(8.0);
            }
            let word = if nothing { "Изменений нет".into() } else { commit_words(state) };
            if ui.add(Button::primary(&word).disabled_because(reason)).clicked() {
                brake::ask_or_commit(state, actions);
            }
        });
    });
}

fn reason_not_to_commit(context: &ScreenContext<'_>, state: &ImportState) -> Option<&'static str> {
    if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else if state.job.is_some() {
        Some("Список ещё проверяется")
    } else if state.changes_nothing() {
        Some("В этом файле нечего вносить")
    } else {
        state.answers.movement_trouble(context.today)
    }
}

/// «Внести 28 изменений».
fn commit_words(state: &ImportState) -> String {
    match state.change_count() {
        0 => "Внести".into(),
        _ => format!("Внести {}", state.changes_words()),
    }
}

fn foot_hint(state: &ImportState, nothing: bool) -> String {
    let waiting = state.lists.count(RowKind::Waiting) as u64;
    if waiting > 0 {
        let rows = counted(waiting, "строка ждёт", "строки ждут", "строк ждут");
        return format!("{rows} ответа и пока не вносится");
    }
    if nothing {
        let same = state.lists.count(RowKind::Unchanged) > 0;
        return if same {
            "В файле то же, что в программе"
        } else {
            "Ни одну строку внести нельзя"
        }
        .into();
    }
    "Список можно будет вернуть: «Журнал», «Отменить»".into()
}
