//! A filled box with an icon and a word where something is due; the quiet variant where nothing is.

use egui::{CornerRadius, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::paint;
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone};

const HEIGHT: f32 = 22.0;

/// A filled badge, 22 high. Only where action is due: a column of coloured boxes is noise.
pub fn badge_ui(ui: &mut Ui, tone: Tone, icon: Icon, word: &str) -> Response {
    let run = Run::body(word).size(crate::gui::theme::size::CAPTION).medium().tone(tone);
    draw(ui, Some(tone), tone, icon, run, word)
}

/// An icon in the colour of a tone and a grey word, without a box: «действует», «в запасе».
pub fn quiet_badge_ui(ui: &mut Ui, tone: Tone, icon: Icon, word: &str) -> Response {
    draw(ui, None, tone, icon, Run::caption(word).ink(Ink::Secondary), word)
}

fn draw(ui: &mut Ui, ground: Option<Tone>, tone: Tone, icon: Icon, run: Run<'_>, word: &str) -> Response {
    let tokens = Tokens::of(ui);
    let most = (ui.available_width() - 34.0).max(8.0);
    let galley = paint::line(ui, &[run], most);
    let elided = galley.elided;
    let (rect, response) =
        ui.allocate_exact_size(vec2((galley.size().x + 35.0).round(), HEIGHT), Sense::hover());
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, CornerRadius::same(5), ground.ground(tokens));
    }
    paint::icon(ui.painter(), pos2(rect.left() + 14.0, rect.center().y), icon, 15.0, tone.ink(tokens));
    paint::put_left(ui.painter(), pos2(rect.left() + 27.0, rect.center().y), galley);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), word));
    if elided { response.on_hover_text(word) } else { response }
}

/// A changed value of an import: a sign and the value on the ground of a tone («− 7А», «+ 7Б»).
pub fn change_ui(ui: &mut Ui, tone: Tone, sign: &str, value: &str) -> Response {
    let tokens = Tokens::of(ui);
    let text = format!("{sign} {value}");
    let galley = paint::line(ui, &[Run::body(&text).tone(tone)], (ui.available_width() - 14.0).max(8.0));
    let elided = galley.elided;
    let (rect, response) =
        ui.allocate_exact_size(vec2((galley.size().x + 14.0).round(), HEIGHT), Sense::hover());
    ui.painter().rect_filled(rect, CornerRadius::same(5), tone.ground(tokens));
    paint::put_left(ui.painter(), pos2(rect.left() + 7.0, rect.center().y), galley);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, ui.is_enabled(), &text));
    if elided { response.on_hover_text(value) } else { response }
}

/// An icon in a small square on the ground of a tone: lists of tasks (40) and of kinds of change (22).
pub fn icon_tile_ui(ui: &mut Ui, tone: Tone, icon: Icon, side: f32) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    let radius = if side > 30.0 { 8 } else { 5 };
    ui.painter().rect_filled(rect, CornerRadius::same(radius), tone.ground(tokens));
    let icon_size = if side > 30.0 { 22.0 } else { 14.0 };
    paint::icon(ui.painter(), rect.center(), icon, icon_size, tone.ink(tokens));
    response
}
