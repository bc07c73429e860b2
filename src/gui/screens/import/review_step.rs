//! The third step: what will change, row by row, before anything does.

use egui::{Margin, Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::file_step::{failure_ui, left_panel_ui};
use super::lists::RowKind;
use super::review_table;
use super::row_card;
use super::state::{ImportState, Step};
use super::words::{issue_title, kind_note, kind_words};
use super::work_ui;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tokens, Tone};
use crate::gui::widgets::button::{named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::{Button, page, paint};
use crate::gui::{Action, ScreenContext, icons};
use crate::roster::Severity;
use crate::session::PreparedRoster;
use crate::wording::{counted, number};

/// Height of a remark.
const REMARK: f32 = 54.0;

/// Draws the step.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ImportState,
    actions: &mut Vec<Action>,
) {
    review_table::keys(ui, state, actions);
    left_panel_ui(ui, |ui| left_ui(ui, state, actions));
    foot_ui(ui, context, state, actions);
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
    review_table::show(&mut table_ui, context, state, actions);
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

fn title_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &ImportState, actions: &mut Vec<Action>) {
    let kind = state.lists.kind;
    let (word, ..) = kind_words(kind);
    let count = state.lists.count(kind);
    page::filter_bar_ui(ui, |ui| {
        label::line_ui(ui, &[Run::body(&format!("{word} {}", number(count as u64))).semibold()]);
        if count == 0 {
            return;
        }
        page::trailing_ui(ui, "copy-rows", |ui| {
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
        let room = ui.available_width() - 220.0;
        if room > 120.0 {
            ui.allocate_ui(vec2(room, 20.0), |ui| label::line_ui(ui, &[Run::caption(kind_note(kind))]));
        }
    });
}

fn left_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    let rect = ui.max_rect();
    let padded = Rect::from_min_max(rect.min + vec2(8.0, 10.0), rect.max - vec2(9.0, 0.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(padded));
    let ui = &mut inner;
    ui.spacing_mut().item_spacing.y = 0.0;
    heading_ui(ui, "Что изменится", "", |_| {});
    for kind in RowKind::ALL {
        let (word, icon, tone) = kind_words(kind);
        let count = number(state.lists.count(kind) as u64);
        let row = ListRow::new(word).tile(tone, icon).count(&count).selected(state.lists.kind == kind);
        if ui.add(row).clicked() {
            state.lists.open(kind, prepared);
        }
    }
    divider_ui(ui, 8.0);
    let count = prepared.plan.issues.len();
    let mut copy = false;
    heading_ui(ui, "Замечания", &number(count as u64), |ui| {
        copy = count > 0 && small_link_button_ui(ui, "Для Excel", "Копировать замечания для Excel").clicked();
    });
    if copy {
        actions.push(copy_issues(prepared));
    }
    let mut jump = None;
    let skipped = &prepared.roster.skipped_columns;
    let scroll = egui::ScrollArea::vertical().auto_shrink(false).id_salt("remarks");
    scroll.show_rows(
        ui,
        REMARK,
        count + skipped.len() + usize::from(count + skipped.len() == 0),
        |ui, rows| {
            for index in rows {
                if let Some(column) = index.checked_sub(count).and_then(|place| skipped.get(place)) {
                    let title = format!("Столбец «{column}» пропущен");
                    remark_ui(
                        ui,
                        icons::SHIELD_CHECK,
                        Tone::Neutral,
                        &title,
                        "Для этой работы не нужен, 152-ФЗ",
                        "",
                    );
                } else if let Some(issue) = prepared.plan.issues.get(index) {
                    let place = match &issue.column {
                        Some(column) => format!("Строка {}, столбец «{column}»", issue.row),
                        None => format!("Строка {}", issue.row),
                    };
                    let (icon, tone) = match issue.severity {
                        Severity::Error => (icons::WARNING_CIRCLE, Tone::Danger),
                        Severity::Warning => (icons::WARNING, Tone::Attention),
                    };
                    if remark_ui(ui, icon, tone, issue_title(issue.code), &place, &issue.message) {
                        jump = Some(issue.row);
                    }
                } else {
                    ui.horizontal(|ui| {
                        ui.add_space(16.0);
                        label::line_ui(ui, &[Run::caption("Замечаний нет")]);
                    });
                }
            }
        },
    );
    if let Some(row) = jump {
        state.lists.jump(row, prepared);
    }
}

fn heading_ui(ui: &mut Ui, word: &str, count: &str, right: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        ui.set_min_height(34.0);
        let left = |ui: &mut Ui| {
            label::lead_ui(ui, word);
            label::line_ui(ui, &[Run::caption(count)]);
        };
        let width = ui.available_width() - 12.0;
        ui.allocate_ui(vec2(width, 34.0), |ui| both_ends_ui(ui, 34.0, left, right));
    });
}

/// A remark of two lines; with a message it can be pressed.
fn remark_ui(ui: &mut Ui, icon: icons::Icon, tone: Tone, title: &str, place: &str, message: &str) -> bool {
    let tokens = Tokens::of(ui);
    let opens = !message.is_empty();
    let sense = if opens { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), REMARK), sense);
    let name = format!("{title}. {place}");
    let role = if opens { egui::Role::Button } else { egui::Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), &name));
    if opens && response.hovered() {
        ui.painter().rect_filled(rect, 6.0, tokens.subtle);
    }
    let (first, second) = (rect.top() + 17.0, rect.top() + 36.0);
    paint::icon(ui.painter(), pos2(rect.left() + 24.0, first), icon, 17.0, tone.ink(tokens));
    let room = rect.width() - 44.0 - if opens { 34.0 } else { 12.0 };
    let left = rect.left() + 44.0;
    let title = paint::line(ui, &[Run::body(title).medium()], room);
    paint::put_left(ui.painter(), pos2(left, first), title);
    let place = paint::line(ui, &[Run::caption(place)], room);
    paint::put_left(ui.painter(), pos2(left, second), place);
    if opens {
        let color = Ink::Secondary.color(tokens);
        paint::icon(ui.painter(), pos2(rect.right() - 18.0, first), icons::ARROW_RIGHT, 15.0, color);
    }
    paint::focus_ring(ui, &response, 6);
    let response = if opens { response.on_hover_text(message) } else { response };
    response.clicked()
}

fn copy_issues(prepared: &PreparedRoster) -> Action {
    let rows = prepared.plan.issues.iter().map(|issue| {
        let column = issue.column.clone().unwrap_or_default();
        [issue.row.to_string(), column, issue_title(issue.code).to_owned(), issue.message.clone()]
    });
    let text = excel_text(&["Строка", "Столбец", "Замечание", "Что делать"], rows);
    Action::CopyText { text, what: "Замечания скопированы".into() }
}

fn foot_ui(ui: &mut Ui, context: &ScreenContext<'_>, state: &mut ImportState, actions: &mut Vec<Action>) {
    let word = format!("Внести {}", state.changes_words());
    let nothing = state.change_count() == 0;
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else if state.job.is_some() {
        Some("Список ещё проверяется")
    } else if nothing {
        Some("В этом файле нечего вносить")
    } else {
        None
    };
    page::foot_ui(ui, |ui| {
        if ui.add(Button::outlined("Столбцы").icon(icons::ARROW_LEFT)).clicked() {
            state.step = Step::Columns;
        }
        page::trailing_ui(ui, "import-commit", |ui| {
            if !context.narrow {
                label::line_ui(ui, &[Run::caption(&foot_hint(state, nothing))]);
                ui.add_space(8.0);
            }
            let word = if nothing { "Изменений нет" } else { word.as_str() };
            if ui.add(Button::primary(word).disabled_because(reason)).clicked() {
                actions.push(Action::CommitRoster);
            }
        });
    });
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
