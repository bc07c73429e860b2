//! Modal windows: only to confirm what cannot simply be undone, and for short forms.

use egui::{
    Align, Context, CornerRadius, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Shadow, Stroke, Ui,
};

use super::button::{Button, ButtonKind};
use super::label::{self, Run};
use crate::gui::icons;
use crate::gui::theme::{Tokens, hairline, size};

/// How a dialog was answered in this frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogAnswer {
    /// Not yet.
    #[default]
    Open,
    /// The confirming button, or Enter where nothing dangerous is confirmed.
    Confirmed,
    /// The other button between cancelling and confirming.
    Alternative,
    /// The cancelling button, ×, or Escape.
    Cancelled,
}

/// A modal window. Escape cancels. Enter confirms only what is not dangerous; a dangerous button is pressed with
/// the pointer or with Space, and the focus starts at the cancelling one.
#[must_use = "call show"]
#[derive(Clone, Debug)]
pub struct Dialog<'a> {
    id: Id,
    title: &'a str,
    width: f32,
    confirm: Option<Button<'a>>,
    dangerous: bool,
    alternative: Option<Button<'a>>,
    cancel: &'a str,
    can_confirm: bool,
}

impl<'a> Dialog<'a> {
    /// A dialog with a title. `name` makes it unique in the program.
    pub fn new(name: &str, title: &'a str) -> Self {
        Self {
            id: Id::unique(("dialog", name)),
            title,
            width: 460.0,
            confirm: None,
            dangerous: false,
            alternative: None,
            cancel: "Отмена",
            can_confirm: true,
        }
    }

    /// Width in points.
    pub const fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }

    /// The solid button that does it; Enter does it too.
    pub const fn confirm(mut self, word: &'a str) -> Self {
        self.confirm = Some(Button::new(ButtonKind::Primary, word));
        self
    }

    /// The solid button in danger: «Стереть 3 записи».
    pub const fn confirm_danger(mut self, word: &'a str) -> Self {
        self.confirm = Some(Button::new(ButtonKind::DangerSolid, word));
        self.dangerous = true;
        self
    }

    /// Why it cannot be confirmed yet; `None` lets it.
    pub fn disabled_because(mut self, reason: Option<&'a str>) -> Self {
        self.can_confirm = reason.is_none();
        self.confirm = self.confirm.map(|button| button.disabled_because(reason));
        self
    }

    /// One more outlined button before the confirming one.
    pub const fn alternative(mut self, word: &'a str) -> Self {
        self.alternative = Some(Button::new(ButtonKind::Outlined, word));
        self
    }

    /// Another word for «Отмена».
    pub const fn cancel(mut self, word: &'a str) -> Self {
        self.cancel = word;
        self
    }

    /// Shows it above everything, with the window behind it dimmed and out of reach.
    pub fn show<R>(self, ctx: &Context, body: impl FnOnce(&mut Ui) -> R) -> (DialogAnswer, R) {
        let tokens = Tokens::of_context(ctx);
        let danger_focus = self.id.with("danger-focus");
        if self.dangerous && ctx.data(|data| data.get_temp(danger_focus).unwrap_or(false)) {
            ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        }
        let modal = Modal::new(self.id).backdrop_color(tokens.scrim).frame(dialog_frame(ctx, tokens)).show(
            ctx,
            |ui| {
                let width = self.width.min(ctx.content_rect().width() - 48.0);
                ui.set_width(width - 48.0);
                ui.spacing_mut().item_spacing.y = 12.0;
                let closed = self.title_ui(ui);
                let most = (ctx.content_rect().height() - 220.0).max(120.0);
                let inner = egui::ScrollArea::vertical().max_height(most).show(ui, body).inner;
                ui.add_space(4.0);
                let answer = self.buttons_ui(ui);
                (if closed { DialogAnswer::Cancelled } else { answer }, inner)
            },
        );
        // A form that grew or shrank is centred by its new height, not when the pointer happens to move.
        let (height, known) = (modal.response.rect.height(), self.id.with("height"));
        if ctx.data(|data| data.get_temp(known) != Some(height)) {
            ctx.data_mut(|data| data.insert_temp(known, height));
            ctx.request_repaint();
        }
        let is_top = modal.is_top_modal && !modal.any_popup_open;
        let (mut answer, inner) = modal.inner;
        if answer == DialogAnswer::Open && is_top {
            answer = self.answer_of_keys(ctx);
        }
        if answer != DialogAnswer::Open {
            ctx.data_mut(|data| data.remove::<bool>(self.id.with("shown")));
        }
        (answer, inner)
    }

    fn title_ui(&self, ui: &mut Ui) -> bool {
        super::section::both_ends_ui(
            ui,
            28.0,
            |ui| label::line_ui(ui, &[Run::body(self.title).size(size::DIALOG).semibold()]),
            |ui| ui.add(Button::icon_only(icons::X, "Закрыть окно").in_bar()).clicked(),
        )
        .1
    }

    fn buttons_ui(&self, ui: &mut Ui) -> DialogAnswer {
        let mut answer = DialogAnswer::Open;
        let cancel = Button::outlined(self.cancel).key("Esc");
        let width: f32 = [Some(&cancel), self.alternative.as_ref(), self.confirm.as_ref()]
            .into_iter()
            .flatten()
            .map(|button| button.width(ui) + 12.0)
            .sum::<f32>()
            - 12.0;
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            ui.add_space((ui.available_width() - width).max(0.0));
            let response = ui.add(cancel);
            self.focus_first(ui, &response);
            if response.clicked() {
                answer = DialogAnswer::Cancelled;
            }
            if self.alternative.as_ref().is_some_and(|button| ui.add(button.clone()).clicked()) {
                answer = DialogAnswer::Alternative;
            }
            if let Some(confirm) = &self.confirm {
                let response = ui.add(confirm.clone());
                if self.dangerous {
                    let focused = response.has_focus();
                    ui.data_mut(|data| data.insert_temp(self.id.with("danger-focus"), focused));
                }
                if response.clicked() {
                    answer = DialogAnswer::Confirmed;
                }
            }
        });
        answer
    }

    /// A dangerous dialog starts with the focus on the way out, unless something must be typed before.
    fn focus_first(&self, ui: &Ui, cancel: &egui::Response) {
        let shown = self.id.with("shown");
        if ui.is_sizing_pass() || ui.data(|data| data.get_temp(shown).unwrap_or(false)) {
            return;
        }
        ui.data_mut(|data| data.insert_temp(shown, true));
        if self.dangerous && self.can_confirm {
            cancel.request_focus();
        }
    }

    fn answer_of_keys(&self, ctx: &Context) -> DialogAnswer {
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            return DialogAnswer::Cancelled;
        }
        let free = ctx.memory(|memory| memory.focused().is_none());
        // A field of one line gives its focus up on Enter, so this also confirms a form from its last field.
        let plain = self.confirm.is_some() && !self.dangerous && self.can_confirm;
        if plain && free && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            return DialogAnswer::Confirmed;
        }
        DialogAnswer::Open
    }
}

pub(in crate::gui) fn dialog_frame(ctx: &Context, tokens: &Tokens) -> Frame {
    Frame::new()
        .fill(tokens.surface)
        .stroke(Stroke::new(hairline(ctx.pixels_per_point()), tokens.border))
        .corner_radius(CornerRadius::same(8))
        .shadow(Shadow { offset: [0, 8], blur: 24, spread: 0, color: tokens.shadow })
        .inner_margin(Margin { left: 24, right: 24, top: 18, bottom: 22 })
}
