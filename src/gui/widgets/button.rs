//! Buttons: primary, outlined, ghost, danger outlined, danger solid; icon-only; links.

use egui::{Color32, Rect, Response, Sense, Ui, Vec2, Widget, WidgetInfo, pos2, vec2};

use super::label::Run;
use super::{key_cap, paint};
use crate::gui::icons::Icon;
use crate::gui::theme::{Ink, Tokens, Tone, space};

/// How much a button asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one solid button of a screen.
    Primary,
    /// An ordinary one.
    #[default]
    Outlined,
    /// A quiet one: «Сбросить», «Решить позже».
    Ghost,
    /// Leads to something that cannot simply be undone.
    DangerOutlined,
    /// Only in the last confirmation.
    DangerSolid,
}

struct Look {
    fill: Color32,
    edge: Color32,
    ink: Ink,
}

impl ButtonKind {
    fn look(self, tokens: &Tokens, state: ButtonState) -> Look {
        let clear = Color32::TRANSPARENT;
        let soft = match state {
            ButtonState::Resting | ButtonState::Disabled => None,
            ButtonState::Hovered => Some(tokens.hover),
            ButtonState::Pressed => Some(tokens.subtle),
        };
        if state == ButtonState::Disabled {
            let (fill, edge) =
                if self == Self::Ghost { (clear, clear) } else { (tokens.surface, tokens.border) };
            return Look { fill, edge, ink: Ink::Disabled };
        }
        let edge = if soft.is_some() { tokens.control } else { tokens.strong_border };
        match self {
            Self::Primary => {
                let fill = if soft.is_some() { tokens.accent_hover } else { tokens.accent };
                Look { fill, edge: fill, ink: Ink::OnAccent }
            }
            Self::DangerSolid => {
                let fill = if soft.is_some() { tokens.danger_hover } else { tokens.danger };
                Look { fill, edge: fill, ink: Ink::OnAccent }
            }
            Self::Outlined => Look { fill: soft.unwrap_or(tokens.surface), edge, ink: Ink::Main },
            Self::DangerOutlined => {
                Look { fill: soft.unwrap_or(tokens.surface), edge, ink: Ink::Tone(Tone::Danger) }
            }
            Self::Ghost => Look { fill: soft.unwrap_or(clear), edge: clear, ink: Ink::Secondary },
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ButtonState {
    Resting,
    Hovered,
    Pressed,
    Disabled,
}

impl ButtonState {
    fn of(response: &Response) -> Self {
        if !response.enabled() {
            Self::Disabled
        } else if response.is_pointer_button_down_on() {
            Self::Pressed
        } else if response.hovered() {
            Self::Hovered
        } else {
            Self::Resting
        }
    }
}

/// A button with a word, optionally an icon before it and a key cap after it. Space, Enter and click press it.
#[must_use = "add it to a Ui"]
#[derive(Clone, Debug)]
pub struct Button<'a> {
    kind: ButtonKind,
    word: &'a str,
    icon: Option<Icon>,
    key: Option<&'a str>,
    tooltip: Option<&'a str>,
    accessible_name: Option<&'a str>,
    disabled_because: Option<&'a str>,
    height: f32,
    full_width: bool,
    selected: bool,
}

impl<'a> Button<'a> {
    /// A button of a kind with a word on it.
    pub const fn new(kind: ButtonKind, word: &'a str) -> Self {
        Self {
            kind,
            word,
            icon: None,
            key: None,
            tooltip: None,
            accessible_name: None,
            disabled_because: None,
            height: space::CONTROL,
            full_width: false,
            selected: false,
        }
    }

    /// The one solid button of a screen.
    pub const fn primary(word: &'a str) -> Self {
        Self::new(ButtonKind::Primary, word)
    }

    /// An ordinary button.
    pub const fn outlined(word: &'a str) -> Self {
        Self::new(ButtonKind::Outlined, word)
    }

    /// A quiet button.
    pub const fn ghost(word: &'a str) -> Self {
        Self::new(ButtonKind::Ghost, word)
    }

    /// A button that leads to something dangerous.
    pub const fn danger(word: &'a str) -> Self {
        Self::new(ButtonKind::DangerOutlined, word)
    }

    /// The button of the last confirmation.
    pub const fn danger_solid(word: &'a str) -> Self {
        Self::new(ButtonKind::DangerSolid, word)
    }

    /// A square button with only an icon; the name is read aloud and shown as the tooltip.
    pub const fn icon_only(icon: Icon, name: &'a str) -> Self {
        let mut button = Self::new(ButtonKind::Ghost, "");
        button.icon = Some(icon);
        button.accessible_name = Some(name);
        button.tooltip = Some(name);
        button
    }

    /// An icon before the word.
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A key cap after the word. It only shows the key; matching it is the caller's ([`super::shortcut`]).
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// A kind other than the constructor's.
    pub const fn kind(mut self, kind: ButtonKind) -> Self {
        self.kind = kind;
        self
    }

    /// 28 high, for bars and cards.
    pub const fn in_bar(mut self) -> Self {
        self.height = space::BAR_CONTROL;
        self
    }

    /// As wide as there is room, the word at the left.
    pub const fn full_width(mut self) -> Self {
        self.full_width = true;
        self
    }

    /// Drawn as switched on: a toggle or an open menu.
    pub const fn selected(mut self, selected: bool) -> Self {
        self.selected = selected;
        self
    }

    /// More about it, shown under the pointer.
    pub const fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = Some(text);
        self
    }

    /// A name for screen readers that says more than the word: «Открыть: ссылка …k7Qx».
    pub const fn accessible_name(mut self, name: &'a str) -> Self {
        self.accessible_name = Some(name);
        self
    }

    /// Cannot be pressed now, with the reason as the tooltip; `None` leaves it enabled.
    pub const fn disabled_because(mut self, reason: Option<&'a str>) -> Self {
        self.disabled_because = reason;
        self
    }

    /// Width it will take, in points.
    #[must_use]
    pub fn width(&self, ui: &Ui) -> f32 {
        if self.word.is_empty() {
            return self.height;
        }
        let word = paint::line(ui, &[Run::body(self.word).medium()], f32::INFINITY).size().x;
        let icon = if self.icon.is_some() { 23.0 } else { 0.0 };
        let key = self.key.map_or(0.0, |key| 10.0 + key_cap::width(ui, key) - self.padding() + 7.0);
        (word + icon + key + 2.0 * self.padding()).ceil()
    }

    fn padding(&self) -> f32 {
        if self.height < space::CONTROL { 11.0 } else { 13.0 }
    }

    fn paint(&self, ui: &Ui, response: &Response) {
        let rect = response.rect;
        let tokens = Tokens::of(ui);
        let mut look = self.kind.look(tokens, ButtonState::of(response));
        if self.selected && response.enabled() {
            look = Look { fill: tokens.accent_ground, edge: tokens.accent, ink: Ink::Tone(Tone::Accent) };
        }
        paint::boxed(ui.painter(), rect, 6, look.fill, look.edge);
        if let (Some(icon), true) = (self.icon, self.word.is_empty()) {
            paint::icon(ui.painter(), rect.center(), icon, 18.0, look.ink.color(tokens));
        } else {
            self.paint_word(ui, rect, look.ink);
        }
        paint::focus_ring(ui, response, 6);
    }

    fn paint_word(&self, ui: &Ui, rect: Rect, ink: Ink) {
        let center = rect.center().y;
        let mut left = rect.left() + self.padding();
        if let Some(icon) = self.icon {
            paint::icon(ui.painter(), pos2(left + 8.5, center), icon, 17.0, ink.color(Tokens::of(ui)));
            left += 23.0;
        }
        let key_width = self.key.map_or(0.0, |key| 17.0 + key_cap::width(ui, key));
        let right = if self.key.is_some() { rect.right() - key_width } else { rect.right() - self.padding() };
        let galley = paint::line(ui, &[Run::body(self.word).medium().ink(ink)], (right - left + 1.0).ceil());
        paint::put_left(ui.painter(), pos2(left, center), galley);
        if let Some(key) = self.key {
            let key_left = rect.right() - 7.0 - key_cap::width(ui, key);
            key_cap::paint_at(ui, pos2(key_left, center), key);
        }
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let enabled = self.disabled_because.is_none();
        let inner = ui.add_enabled_ui(enabled, |ui| {
            // The theme has its own colours for what is disabled; do not fade them a second time.
            ui.set_opacity(1.0);
            let wanted = self.width(ui);
            let width = if self.full_width { ui.available_width() } else { wanted };
            let (_, response) = ui.allocate_exact_size(vec2(width, self.height), Sense::click());
            let name = self.accessible_name.unwrap_or(self.word);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), name));
            if ui.is_rect_visible(response.rect) {
                self.paint(ui, &response);
            }
            response
        });
        let response = inner.inner;
        match (self.disabled_because, self.tooltip) {
            (Some(reason), _) => response.on_disabled_hover_text(reason),
            (None, Some(text)) => response.on_hover_text(text),
            (None, None) => response,
        }
    }
}

/// A word that acts like a button: «Показать», «Изменить». Accent, without a box.
pub fn link_button_ui(ui: &mut Ui, word: &str) -> Response {
    link_ui(ui, None, word, crate::gui::theme::size::BODY, word)
}

/// A link-like button with an icon and a name for screen readers that says more than the word.
pub fn named_link_button_ui(ui: &mut Ui, icon: Option<Icon>, word: &str, accessible_name: &str) -> Response {
    link_ui(ui, icon, word, crate::gui::theme::size::BODY, accessible_name)
}

/// A link-like button of 13, for the right end of a section heading.
pub fn small_link_button_ui(ui: &mut Ui, word: &str, accessible_name: &str) -> Response {
    link_ui(ui, None, word, crate::gui::theme::size::CAPTION, accessible_name)
}

fn link_ui(ui: &mut Ui, icon: Option<Icon>, word: &str, size: f32, accessible_name: &str) -> Response {
    let tokens = Tokens::of(ui);
    let run = Run::body(word).size(size).medium().tone(Tone::Accent);
    let galley = paint::line(ui, &[run], f32::INFINITY);
    let icon_width = if icon.is_some() { 23.0 } else { 0.0 };
    let wanted = Vec2::new(galley.size().x + icon_width, galley.size().y.max(20.0));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, ui.is_enabled(), accessible_name));
    if let Some(icon) = icon {
        paint::icon(ui.painter(), pos2(rect.left() + 8.5, rect.center().y), icon, 17.0, tokens.accent);
    }
    let word_rect = paint::put_left(ui.painter(), pos2(rect.left() + icon_width, rect.center().y), galley);
    if response.hovered() {
        paint::horizontal_line(ui.painter(), word_rect.x_range(), word_rect.bottom() - 1.0, tokens.accent);
    }
    paint::focus_ring(ui, &response, 4);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}
