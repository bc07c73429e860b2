//! The left side of the third step: the lists of what will change, and every remark about the file.

use egui::{Rect, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::lists::{RowKind, row_number};
use super::state::ImportState;
use super::words::{issue_title, kind_words};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::theme::{Ink, Tokens, Tone};
use crate::gui::widgets::button::{named_link_button_ui, small_link_button_ui};
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::paint;
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::{Action, icons};
use crate::roster::Severity;
use crate::session::PreparedRoster;
use crate::wording::number;

/// Height of a remark.
const REMARK: f32 = 54.0;

/// Draws it.
pub(super) fn show(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    if state.prepared.is_none() {
        return;
    }
    let rect = ui.max_rect();
    let padded = Rect::from_min_max(rect.min + vec2(8.0, 10.0), rect.max - vec2(1.0, 0.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(padded));
    let scroll = egui::ScrollArea::vertical().auto_shrink(false).id_salt("review-left");
    scroll.show(&mut inner, |ui| {
        ui.set_max_width(padded.width() - 8.0);
        ui.spacing_mut().item_spacing.y = 0.0;
        heading_ui(ui, "Что изменится", "", |_| {});
        kinds_ui(ui, state);
        divider_ui(ui, 8.0);
        remarks_ui(ui, state, actions);
    });
}

fn kinds_ui(ui: &mut Ui, state: &mut ImportState) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    for kind in RowKind::ALL {
        let rows = state.lists.count(kind);
        let is_open = state.lists.kind == kind;
        if rows == 0 && !kind.always_stands() && !is_open {
            continue;
        }
        let (word, icon, tone) = kind_words(kind);
        let count = number(rows as u64);
        let row = ListRow::new(word).tile(tone, icon).count(&count).selected(is_open);
        if ui.add(row).clicked() {
            state.lists.open(kind, prepared);
        }
    }
}

fn remarks_ui(ui: &mut Ui, state: &mut ImportState, actions: &mut Vec<Action>) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    let count = prepared.plan.issues.len();
    let mut copy = false;
    heading_ui(ui, "Замечания", &number(count as u64), |ui| {
        copy = count > 0 && small_link_button_ui(ui, "Для Excel", "Копировать замечания для Excel").clicked();
    });
    if copy {
        actions.push(copy_issues(prepared));
    }
    if count > 0 {
        save_rows_ui(ui, actions);
    }
    let skipped = &prepared.roster.skipped_columns;
    let all = count + skipped.len();
    if all == 0 {
        ui.horizontal(|ui| {
            ui.add_space(16.0);
            label::line_ui(ui, &[Run::caption("Замечаний нет")]);
        });
        return;
    }
    // Of thousands of remarks only those in sight are drawn.
    let top = ui.cursor().top();
    let sight = ui.clip_rect();
    let first = (((sight.top() - top) / REMARK).floor().max(0.0) as usize).min(all);
    let last = (((sight.bottom() - top) / REMARK).ceil().max(0.0) as usize).min(all);
    ui.add_space(REMARK * first as f32);
    let mut jump = None;
    for index in first..last {
        jump = remark_of_ui(ui, prepared, index).or(jump);
    }
    ui.add_space(REMARK * (all - last.max(first)) as f32);
    if let Some(row) = jump {
        state.lists.jump(row, prepared);
    }
}

fn save_rows_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let word = "Сохранить строки с замечаниями";
        if named_link_button_ui(ui, Some(icons::FILE_ARROW_DOWN), word, word).clicked() {
            actions.push(Action::ChooseProblemRows);
        }
    });
    ui.add_space(4.0);
}

/// Answers the row to jump to.
fn remark_of_ui(ui: &mut Ui, prepared: &PreparedRoster, index: usize) -> Option<u32> {
    let Some(issue) = prepared.plan.issues.get(index) else {
        let column = prepared.roster.skipped_columns.get(index - prepared.plan.issues.len())?;
        let title = format!("Столбец «{column}» пропущен");
        let place = "Для этой работы не нужен, 152-ФЗ";
        remark_ui(ui, icons::SHIELD_CHECK, Tone::Neutral, &title, place, "");
        return None;
    };
    let row = row_number(prepared, issue.row);
    let place = match &issue.column {
        Some(column) => format!("Строка {row}, столбец «{column}»"),
        None => format!("Строка {row}"),
    };
    let (icon, tone) = match issue.severity {
        Severity::Error => (icons::WARNING_CIRCLE, Tone::Danger),
        Severity::Warning => (icons::WARNING, Tone::Attention),
    };
    remark_ui(ui, icon, tone, issue_title(issue.code), &place, &issue.message).then_some(issue.row)
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
        [row_number(prepared, issue.row), column, issue_title(issue.code).to_owned(), issue.message.clone()]
    });
    let text = excel_text(&["Строка", "Столбец", "Замечание", "Что делать"], rows);
    Action::CopyText { text, what: "Замечания скопированы".into() }
}
