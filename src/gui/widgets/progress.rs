//! A thin bar of progress.

use egui::{CornerRadius, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use crate::gui::theme::Tokens;

/// A bar as wide as given and `height` high; `share` of it (0–1) is filled. The words are read aloud.
pub fn progress_ui(ui: &mut Ui, width: f32, height: f32, share: f32, accessible_text: &str) -> Response {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let share = share.clamp(0.0, 1.0);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(egui::Role::ProgressIndicator, true, accessible_text);
        info.value = Some(f64::from(share));
        info
    });
    let radius = CornerRadius::from(height / 2.0);
    ui.painter().rect_filled(rect, radius, tokens.track);
    let filled = Rect::from_min_size(rect.min, vec2((rect.width() * share).round(), height));
    if filled.width() > 0.0 {
        ui.painter().rect_filled(filled, radius, tokens.accent);
    }
    response
}
