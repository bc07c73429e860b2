use egui::{CornerRadius, Margin, Shadow, Stroke, Style, TextStyle, Visuals, style, vec2};

use super::{Tokens, Weight, size, text_font};

pub(super) fn of(tokens: &Tokens) -> Style {
    let mut style = Style {
        text_styles: [
            (TextStyle::Small, text_font(size::CAPTION, Weight::Regular)),
            (TextStyle::Body, text_font(size::BODY, Weight::Regular)),
            (TextStyle::Button, text_font(size::BODY, Weight::Medium)),
            (TextStyle::Monospace, text_font(size::BODY, Weight::Regular)),
            (TextStyle::Heading, text_font(size::TITLE, Weight::Semibold)),
        ]
        .into(),
        visuals: visuals(tokens),
        ..Style::default()
    };
    style.animation_time = 0.1;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    spacing(&mut style.spacing);
    style
}

fn spacing(spacing: &mut style::Spacing) {
    spacing.item_spacing = vec2(8.0, 8.0);
    spacing.button_padding = vec2(12.0, 6.0);
    spacing.interact_size = vec2(32.0, 32.0);
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 8.0;
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.indent = 20.0;
    spacing.combo_width = 120.0;
    spacing.combo_height = 320.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = style::ScrollStyle {
        floating: true,
        bar_width: 8.0,
        floating_width: 6.0,
        floating_allocated_width: 0.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 3.0,
        handle_min_length: 32.0,
        // The grounds of widgets are as light as the page: a handle of theirs cannot be seen on it.
        foreground_color: true,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.5,
        active_handle_opacity: 0.6,
        interact_handle_opacity: 0.75,
        ..style::ScrollStyle::floating()
    };
}

fn visuals(tokens: &Tokens) -> Visuals {
    // The bases carry the right gamma for text on dark and on light.
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = tokens.surface;
    visuals.window_fill = tokens.surface;
    visuals.window_stroke = Stroke::new(1.0, tokens.border);
    visuals.text_edit_bg_color = Some(tokens.surface);
    visuals.extreme_bg_color = tokens.window;
    visuals.faint_bg_color = tokens.window;
    visuals.code_bg_color = tokens.subtle;
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    let shadow = Shadow { offset: [0, 8], blur: 24, spread: 0, color: tokens.shadow };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.weak_text_color = Some(tokens.secondary);
    visuals.hyperlink_color = tokens.accent;
    visuals.warn_fg_color = tokens.attention;
    visuals.error_fg_color = tokens.danger;
    visuals.striped = false;
    visuals.selection.bg_fill = tokens.accent_ground;
    visuals.selection.stroke = Stroke::new(2.0, tokens.accent);
    visuals.text_cursor.stroke = Stroke::new(2.0, tokens.accent);

    let widget = |fill, edge| style::WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        fg_stroke: Stroke::new(1.0, tokens.text),
        corner_radius: CornerRadius::same(6),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(tokens.surface, tokens.border);
    visuals.widgets.inactive = widget(tokens.surface, tokens.strong_border);
    visuals.widgets.hovered = widget(tokens.hover, tokens.control);
    visuals.widgets.active = widget(tokens.subtle, tokens.control);
    visuals.widgets.open = widget(tokens.subtle, tokens.control);
    visuals
}
