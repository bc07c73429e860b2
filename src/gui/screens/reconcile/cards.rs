//! The cards of a comparison: a line at the left, people at the right, the line of match between them.

use egui::{
    Align, CornerRadius, Layout, Pos2, Rect, Response, Sense, Shape, Stroke, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use super::keys;
use super::pairing::{Candidate, Item, ItemKind, MissingRow, Pairing};
use super::words::ask_whom;
use crate::gui::ScreenContext;
use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tokens, Tone, hairline, size};
use crate::gui::widgets::badge::{badge_ui, quiet_badge_ui};
use crate::gui::widgets::checkbox::{Mark, bare_checkbox_ui};
use crate::gui::widgets::label::Run;
use crate::gui::widgets::menu::{menu_on, menu_row_ui};
use crate::gui::widgets::{Button, paint};
use crate::session::LineAnswer;

/// Height of a card in points.
pub(super) const CARD: f32 = 54.0;
/// Space between cards.
pub(super) const GAP: f32 = 8.0;
/// Most candidates shown beside a line; more are found by typing.
pub(super) const MOST_SHOWN: usize = 4;

/// Left and right column of a row.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    pub(super) left: Rect,
    pub(super) right: Rect,
}

/// The two columns of a rectangle as wide as the page.
pub(super) fn columns(rect: Rect) -> Columns {
    let width = rect.width();
    let (left, right) = if width < 1000.0 { (0.405, 0.44) } else { (0.385, 0.45) };
    let (left, right) = ((width * left).round(), (width * right).round());
    Columns {
        left: Rect::from_min_size(rect.min, vec2(left, rect.height())),
        right: Rect::from_min_size(pos2(rect.right() - right, rect.top()), vec2(right, rect.height())),
    }
}

/// Height of an item in points, without the space after it.
pub(super) fn height_of(item: &Item) -> f32 {
    let cards = item.candidates.len().clamp(1, MOST_SHOWN) as f32;
    cards * CARD + (cards - 1.0) * GAP
}

/// What was pressed on a card.
pub(super) enum Pressed {
    Select,
    Answer(Option<LineAnswer>),
    AdultForm,
    PersonForm,
}

/// Draws an item into `rect`.
pub(super) fn item_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    pairing: &Pairing,
    index: usize,
    rect: Rect,
) -> Option<Pressed> {
    let item = pairing.items.get(index)?;
    let selected = pairing.cursor == Some(index);
    let Columns { left, right } = columns(rect);
    let left = Rect::from_center_size(left.center(), vec2(left.width(), CARD));
    let mut pressed = left_card_ui(ui, context, pairing, index, left, selected);
    for (place, candidate) in item.candidates.iter().take(MOST_SHOWN).enumerate() {
        let top = right.top() + place as f32 * (CARD + GAP);
        let card = Rect::from_min_size(pos2(right.left(), top), vec2(right.width(), CARD));
        joint(ui, item, candidate, place, left, card, selected);
        let chosen = selected && item.kind == ItemKind::Several && pairing.candidate == place;
        pressed = right_card_ui(ui, item, candidate, place, card, selected, chosen).or(pressed);
    }
    pressed
}

fn left_card_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    pairing: &Pairing,
    index: usize,
    rect: Rect,
    selected: bool,
) -> Option<Pressed> {
    let item = &pairing.items[index];
    let (icon, tone) = look_of(item);
    let name = format!("{}: {}", item.written, item.note);
    let response = card_ui(ui, rect, ("line", item.line), selected, &name);
    let mut pressed = response.clicked().then_some(Pressed::Select);
    paint::icon(
        ui.painter(),
        pos2(rect.left() + 25.0, rect.center().y),
        icon,
        20.0,
        tone.ink(Tokens::of(ui)),
    );
    let mut buttons = ui.new_child(
        UiBuilder::new()
            .id_salt(("line-buttons", item.line))
            .max_rect(rect.shrink2(vec2(11.0, 11.0)))
            .layout(Layout::right_to_left(Align::Center)),
    );
    buttons.spacing_mut().item_spacing.x = 4.0;
    pressed = left_buttons_ui(&mut buttons, context, pairing, item).or(pressed);
    let right = buttons.min_rect().left() - 10.0;
    words(ui, rect.left() + 47.0, right, rect, &item.written, &item.note, &response);
    pressed
}

fn look_of(item: &Item) -> (Icon, Tone) {
    match (&item.answer, item.kind) {
        (Some(LineAnswer::IsPerson(_) | LineAnswer::AdultOf { .. } | LineAnswer::KnownAdultOf { .. }), _) => {
            (icons::CHECK_CIRCLE, Tone::Good)
        }
        (Some(LineAnswer::NotOurs), _) => (icons::USER_MINUS, Tone::Attention),
        (None, ItemKind::Likely) => (icons::LINK_SIMPLE, Tone::Neutral),
        (None, _) => (icons::QUESTION, Tone::Attention),
        (_, ItemKind::Left) => (icons::USER_MINUS, Tone::Attention),
        (_, ItemKind::WrongRole) => (icons::USER_SWITCH, Tone::Attention),
        (_, ItemKind::WrongGroup) => (icons::SWAP, Tone::Attention),
        (_, ItemKind::Twice) => (icons::COPY, Tone::Neutral),
        (_, ItemKind::Declined) => (icons::INFO, Tone::Neutral),
        _ => (icons::CIRCLE_DASHED, Tone::Neutral),
    }
}

fn left_buttons_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    pairing: &Pairing,
    item: &Item,
) -> Option<Pressed> {
    let mut pressed = None;
    let more_name = format!("Другой ответ: {}", item.written);
    if item.kind == ItemKind::Likely {
        let more = ui.add(Button::icon_only(icons::DOTS_THREE, &more_name).in_bar());
        menu_on(&more, |ui| pressed = menu_ui(ui, context, pairing, item));
        let candidate = item.candidates.first()?;
        let on = item.confirmed() == Some(candidate.person);
        let other = item.answer.as_ref().filter(|_| !on);
        let word =
            other.map_or(candidate.confirm, |answer| answer_words(context, pairing, item.kind, answer));
        let name = format!("{word}: {}, {}", item.written, candidate.name);
        let button = Button::outlined(word).icon(icons::CHECK).in_bar().selected(on).accessible_name(&name);
        let button =
            if other.is_some() { Button::outlined(word).in_bar().accessible_name(&name) } else { button };
        if ui.add(button).clicked() {
            let answer =
                if on || other.is_some() { None } else { Some(LineAnswer::IsPerson(candidate.person)) };
            pressed = Some(Pressed::Answer(answer));
        }
        return pressed;
    }
    let word = match &item.answer {
        None => "Выбрать",
        Some(answer) => answer_words(context, pairing, item.kind, answer),
    };
    let name = format!("{word}: {}", item.written);
    let button = ui.add(Button::outlined(word).in_bar().accessible_name(&name));
    menu_on(&button, |ui| pressed = menu_ui(ui, context, pairing, item));
    pressed
}

/// What an answer is called on its button.
fn answer_words(
    context: &ScreenContext<'_>,
    pairing: &Pairing,
    kind: ItemKind,
    answer: &LineAnswer,
) -> &'static str {
    match answer {
        LineAnswer::IsPerson(_) => "Опознан",
        LineAnswer::AskTeacher => ask_whom(context.register(), pairing.group),
        LineAnswer::NotOurs => "Не из школы",
        LineAnswer::AdultOf { .. } => "Новый взрослый",
        LineAnswer::KnownAdultOf { .. } => "Взрослый ребёнка",
        LineAnswer::NoTask => "Оставить",
        LineAnswer::AsFound => match kind {
            ItemKind::Left | ItemKind::WrongGroup => "Удалить там",
            ItemKind::WrongRole => "Сменить роль",
            _ => "Учтено",
        },
    }
}

fn menu_ui(ui: &mut Ui, context: &ScreenContext<'_>, pairing: &Pairing, item: &Item) -> Option<Pressed> {
    let mut pressed = None;
    let mut row = |ui: &mut Ui, icon, word: &str, key: &str, answer: Pressed| {
        if menu_row_ui(ui, icon, word, key, false).clicked() {
            pressed = Some(answer);
        }
    };
    let only = item.candidates.first().map(|candidate| candidate.person);
    match (item.kind, only) {
        (ItemKind::Left | ItemKind::WrongGroup, _) => {
            row(ui, icons::USER_MINUS, "Удалить там", "", Pressed::Answer(Some(LineAnswer::AsFound)));
        }
        (ItemKind::WrongRole, _) => {
            let again = Pressed::Answer(Some(LineAnswer::AsFound));
            row(ui, icons::USER_SWITCH, "Удалить и пригласить заново", "", again);
        }
        (ItemKind::Declined, Some(person)) => {
            let takes_part = LineAnswer::IsPerson(person);
            row(ui, icons::CHECK, "Теперь участвует", "", Pressed::Answer(Some(takes_part)));
        }
        _ => {}
    }
    let ask = ask_whom(context.register(), pairing.group);
    row(ui, icons::CHALKBOARD_TEACHER, ask, "0", Pressed::Answer(Some(LineAnswer::AskTeacher)));
    row(ui, icons::USER_PLUS, "Взрослый ребёнка…", "Р", Pressed::AdultForm);
    row(ui, icons::MAGNIFYING_GLASS, "Это…", "Э", Pressed::PersonForm);
    row(ui, icons::PROHIBIT, "Не из школы", "Н", Pressed::Answer(Some(LineAnswer::NotOurs)));
    if !item.kind.is_about_who() {
        row(ui, icons::MINUS, "Оставить как есть", "Пробел", Pressed::Answer(Some(LineAnswer::NoTask)));
    } else if item.answer.is_some() {
        row(ui, icons::CLOCK, "Решить позже", "Пробел", Pressed::Answer(None));
    }
    pressed
}

fn right_card_ui(
    ui: &mut Ui,
    item: &Item,
    candidate: &Candidate,
    place: usize,
    rect: Rect,
    selected: bool,
    keyboard: bool,
) -> Option<Pressed> {
    let tokens = Tokens::of(ui);
    let fill = if keyboard { tokens.hover } else { tokens.surface };
    let edge = if selected && item.kind == ItemKind::Several { tokens.accent } else { tokens.border };
    paint::boxed(ui.painter(), rect, 8, fill, edge);
    let mut buttons = ui.new_child(
        UiBuilder::new()
            .id_salt(("candidate", item.line, candidate.person.0))
            .max_rect(rect.shrink2(vec2(11.0, 11.0)))
            .layout(Layout::right_to_left(Align::Center)),
    );
    let mut pressed = None;
    let ui_of_buttons = &mut buttons;
    let confirmed = item.confirmed();
    match item.kind {
        ItemKind::Several => {
            let on = confirmed == Some(candidate.person);
            let digit = (place + 1).to_string();
            let word = if on { "Выбрано" } else { "Выбрать" };
            let name = format!("{word}: {} это {}", item.written, candidate.name);
            let button = Button::outlined(word).in_bar().selected(on).accessible_name(&name);
            let button = if on { button.icon(icons::CHECK) } else { button.key(&digit) };
            if ui_of_buttons.add(button).clicked() {
                let answer = (!on).then_some(LineAnswer::IsPerson(candidate.person));
                pressed = Some(Pressed::Answer(answer));
            }
        }
        ItemKind::Likely if confirmed == Some(candidate.person) => {
            badge_ui(ui_of_buttons, Tone::Good, icons::CHECK, "подтверждено");
        }
        ItemKind::Likely if item.is_open() => {
            badge_ui(ui_of_buttons, Tone::Accent, icons::LINK_SIMPLE, "предложено");
        }
        ItemKind::Likely => {
            quiet_badge_ui(ui_of_buttons, Tone::Neutral, icons::MINUS, "другой ответ");
        }
        ItemKind::Left => {
            badge_ui(ui_of_buttons, Tone::Attention, icons::USER_MINUS, "выбыл, но там");
        }
        ItemKind::WrongRole => {
            badge_ui(ui_of_buttons, Tone::Attention, icons::USER_SWITCH, "не та роль");
        }
        ItemKind::WrongGroup => {
            badge_ui(ui_of_buttons, Tone::Attention, icons::SWAP, "не отсюда");
        }
        ItemKind::Declined => {
            quiet_badge_ui(ui_of_buttons, Tone::Neutral, icons::INFO, "не участвует");
        }
        ItemKind::Twice | ItemKind::Stranger => {
            quiet_badge_ui(ui_of_buttons, Tone::Neutral, icons::COPY, "дважды");
        }
    }
    let right = buttons.min_rect().left() - 10.0;
    let whole = ui.interact(
        Rect::from_min_max(rect.min, pos2(right, rect.bottom())),
        ui.scope_id().with(("who", item.line, candidate.person.0)),
        Sense::click(),
    );
    let name = format!("{}, {}", candidate.name, candidate.note);
    whole.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), &name));
    words(ui, rect.left() + 19.0, right, rect, &candidate.name, &candidate.note, &whole);
    pressed.or_else(|| whole.clicked().then_some(Pressed::Select))
}

/// A row of somebody who was not found, at the right.
pub(super) fn missing_ui(ui: &mut Ui, row: &MissingRow, rect: Rect) {
    missing_row_ui(ui, row, rect, 0.0);
}

/// The same with the tick that makes a task «пригласить». Answers whether the tick was pressed.
pub(super) fn missing_with_tick_ui(ui: &mut Ui, row: &MissingRow, invited: bool, rect: Rect) -> bool {
    const TICK: f32 = 28.0;
    missing_row_ui(ui, row, rect, TICK);
    let place = Rect::from_min_size(pos2(rect.left() + 19.0, rect.center().y - 12.0), vec2(TICK, 24.0));
    let mut child = ui.new_child(UiBuilder::new().id_salt(("invite", row.person.0)).max_rect(place));
    let name = format!("Пригласить: {}", row.name);
    let hint = "Шаг «пригласить» появится в задачах для кабинета";
    bare_checkbox_ui(&mut child, Mark::from(invited), &name).on_hover_text(hint).clicked()
}

fn missing_row_ui(ui: &mut Ui, row: &MissingRow, rect: Rect, indent: f32) {
    let tokens = Tokens::of(ui);
    paint::boxed(ui.painter(), rect, 8, tokens.surface, tokens.border);
    let mut badge = ui.new_child(
        UiBuilder::new()
            .id_salt(("missing", &row.name))
            .max_rect(rect.shrink2(vec2(11.0, 11.0)))
            .layout(Layout::right_to_left(Align::Center)),
    );
    if !row.badge.is_empty() {
        badge_ui(&mut badge, Tone::Neutral, icons::CIRCLE_DASHED, &row.badge);
    }
    let right = badge.min_rect().left() - 10.0;
    let whole = ui.interact(rect, ui.scope_id().with(("missing-row", &row.name)), Sense::hover());
    let name = format!("{}, {}: {}", row.name, row.note, row.badge);
    whole.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), &name));
    words(ui, rect.left() + 19.0 + indent, right, rect, &row.name, &row.note, &whole);
}

/// Two lines of a card, cut with «…» and whole under the pointer.
fn words(ui: &Ui, left: f32, right: f32, rect: Rect, first: &str, second: &str, whole: &Response) {
    let most = (right - left).max(20.0);
    let name = paint::line(ui, &[Run::body(first).size(size::BODY).medium()], most);
    let note = paint::line(ui, &[Run::caption(second)], most);
    if name.elided || note.elided {
        whole.clone().on_hover_text(format!("{first}\n{second}"));
    }
    paint::put_left(ui.painter(), pos2(left, rect.top() + 18.0), name);
    paint::put_left(ui.painter(), pos2(left, rect.top() + 36.5), note);
}

fn card_ui(ui: &Ui, rect: Rect, salt: (&str, u32), selected: bool, name: &str) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.interact(rect, ui.scope_id().with(salt), Sense::click());
    response.widget_info(|| WidgetInfo::selected(egui::Role::ListBoxOption, ui.is_enabled(), selected, name));
    let fill = match (selected, response.hovered()) {
        (true, _) => tokens.accent_ground,
        (false, true) => tokens.hover,
        (false, false) => tokens.surface,
    };
    if selected {
        let stroke = Stroke::new(2.0, tokens.accent);
        ui.painter().rect(rect, CornerRadius::same(8), fill, stroke, egui::StrokeKind::Inside);
    } else {
        paint::boxed(ui.painter(), rect, 8, fill, tokens.border);
    }
    response
}

/// The line between the columns: whole where one is proposed, dashed where several fit.
fn joint(ui: &Ui, item: &Item, candidate: &Candidate, place: usize, left: Rect, right: Rect, selected: bool) {
    let tokens = Tokens::of(ui);
    let (from, to) = (left.right_center(), right.left_center());
    if item.kind == ItemKind::Several {
        let chosen = item.confirmed().map(|person| person == candidate.person);
        let color = match chosen {
            Some(true) => tokens.accent,
            Some(false) => tokens.border,
            None if selected => tokens.accent,
            None => tokens.control,
        };
        curve(ui, from, to, color, chosen != Some(true));
        if chosen != Some(false) {
            let at = bezier(from, to, 0.5);
            number_on_line(ui, at, place + 1, color);
        }
        return;
    }
    let color = if item.confirmed().is_some() { tokens.good } else { tokens.control };
    paint::horizontal_line(ui.painter(), from.x..=to.x, from.y, color);
    let galley = paint::line(ui, &[Run::caption(item.joint)], (to.x - from.x - 24.0).max(8.0));
    let center = pos2((from.x + to.x) / 2.0, from.y);
    let room = Rect::from_center_size(center, galley.size() + vec2(16.0, 2.0));
    ui.painter().rect_filled(room, CornerRadius::ZERO, tokens.window);
    paint::put_center(ui.painter(), center, galley);
}

fn bezier(from: Pos2, to: Pos2, t: f32) -> Pos2 {
    let middle = (from.x + to.x) / 2.0;
    let (a, b, c, d) = (from, pos2(middle, from.y), pos2(middle, to.y), to);
    let u = 1.0 - t;
    let mix = |a: f32, b: f32, c: f32, d: f32| {
        u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
    };
    pos2(mix(a.x, b.x, c.x, d.x), mix(a.y, b.y, c.y, d.y))
}

fn curve(ui: &Ui, from: Pos2, to: Pos2, color: egui::Color32, dashed: bool) {
    let points: Vec<Pos2> = (0..=24).map(|step| bezier(from, to, step as f32 / 24.0)).collect();
    let stroke = Stroke::new(hairline(ui.pixels_per_point()).max(1.4), color);
    if dashed {
        ui.painter().extend(Shape::dashed_line(&points, stroke, 5.0, 3.5));
    } else {
        ui.painter().add(Shape::line(points, stroke));
    }
}

fn number_on_line(ui: &Ui, center: Pos2, number: usize, color: egui::Color32) {
    let tokens = Tokens::of(ui);
    let rect = Rect::from_center_size(center, vec2(24.0, 22.0));
    paint::boxed(ui.painter(), rect, 5, tokens.window, color);
    let word = number.to_string();
    let galley = paint::line(ui, &[Run::caption(&word).medium().ink(Ink::Tone(Tone::Accent))], 20.0);
    paint::put_center(ui.painter(), center, galley);
}

/// Does what was pressed.
pub(super) fn apply(pairing: &mut Pairing, index: usize, pressed: Pressed) {
    match pressed {
        Pressed::Select => {
            pairing.cursor = Some(index);
            pairing.candidate = 0;
        }
        Pressed::Answer(answer) => pairing.answer(index, answer),
        Pressed::AdultForm => keys::open_adult(pairing, index),
        Pressed::PersonForm => keys::open_person(pairing, index),
    }
}
