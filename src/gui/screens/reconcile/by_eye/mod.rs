//! «По снимку»: a picture of the member list at the left, the roster with ticks at the right. The picture stays in
//! memory only, and only while the page is open; the ticks outlive it.

mod picture_view;
mod tick_list;

use std::sync::Arc;

use egui::{ColorImage, Event, Ui};

use self::picture_view::PictureView;
use self::tick_list::TickList;
use super::ReconcileState;
use super::done::Finished;
use super::places::Place;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext, icons};
use crate::session::{Snapshot, picture_operation};
use crate::wording::{counted, plural};

/// A picture beside the roster.
pub(super) struct ByEye {
    place: Place,
    ticks: TickList,
    view: PictureView,
    /// Leaving was asked for while something is ticked.
    confirm_leaving: bool,
}

impl ByEye {
    /// A place to be ticked, without a picture yet.
    pub(super) fn of(place: &Place, snapshot: &Snapshot) -> ByEye {
        let mut ticks = TickList::new(place.scope);
        ticks.refresh(snapshot);
        ByEye { place: place.clone(), ticks, view: PictureView::default(), confirm_leaving: false }
    }

    /// Puts a picture under those that are there: a long list takes several screens.
    pub(super) fn add(&mut self, picture: Arc<ColorImage>) {
        self.view.add(picture);
    }

    /// Forgets the pictures; the ticks stay.
    pub(super) fn forget_pictures(&mut self) {
        self.view.forget();
    }

    /// Whether there is nothing to lose: no tick, no picture.
    pub(super) fn is_empty(&self) -> bool {
        !self.ticks.is_touched() && self.view.is_empty()
    }
}

/// Pictures that were pasted since the last frame.
pub(super) fn take_pasted_pictures(ui: &Ui) -> Vec<Arc<ColorImage>> {
    if !ui.ctx().memory(|memory| memory.allows_interaction(ui.layer_id())) {
        return Vec::new();
    }
    let mut pasted = Vec::new();
    ui.ctx().input_mut(|input| {
        input.events.retain(|event| match event {
            Event::PasteImage(picture) => {
                pasted.push(picture.clone());
                false
            }
            _ => true,
        });
    });
    if !pasted.is_empty() {
        ui.ctx().request_repaint();
    }
    pasted
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReconcileState,
    actions: &mut Vec<Action>,
) {
    let Some(by_eye) = state.by_eye.as_deref_mut() else { return };
    by_eye.ticks.refresh(context.snapshot);
    for picture in take_pasted_pictures(ui) {
        by_eye.add(picture);
    }
    let leaves = !by_eye.confirm_leaving && by_eye.ticks.take_keys(ui);
    let (back, write) = header_ui(ui, context, by_eye);
    tools_ui(ui, by_eye, actions);
    by_eye.ticks.show(ui, context.narrow);
    if by_eye.view.show(ui) {
        actions.push(Action::ChooseMemberPicture);
    }
    let mut left = false;
    if back || leaves {
        left = !by_eye.ticks.is_touched();
        by_eye.confirm_leaving = !left;
    }
    left |= confirm_leaving_ui(ui, by_eye);
    if write {
        let (inside, scope) = (by_eye.ticks.inside(), &by_eye.place.scope);
        let (operation, counts) = picture_operation(context.register(), scope, inside, context.today);
        let (title, role) = (by_eye.place.short.clone(), by_eye.ticks.role());
        actions.push(Action::execute(operation, format!("Сверка по снимку записана: {title}")));
        state.handed_over = Some(Finished::by_eye(counts, title, role));
    } else if left {
        state.by_eye = None;
    }
}

fn header_ui(ui: &mut Ui, context: &ScreenContext<'_>, by_eye: &ByEye) -> (bool, bool) {
    let title = format!("По снимку: {}", by_eye.place.short);
    let (ticked, expected) = by_eye.ticks.counts();
    let words = plural(ticked as u64, "Отмечен", "Отмечены", "Отмечено");
    let subtitle = format!("{words} {ticked} из {expected} · снимок никуда не записывается");
    let reason = if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else if by_eye.ticks.is_touched() {
        None
    } else {
        Some("Отметьте, кто виден на снимке")
    };
    page::header_above_filters_ui(ui, &title, &subtitle, |ui| {
        let back = ui.add(Button::outlined("Назад").icon(icons::ARROW_LEFT).key("Esc")).clicked();
        let write = Button::primary("Записать сверку").icon(icons::CHECK).disabled_because(reason);
        (back, ui.add(write).clicked())
    })
}

fn tools_ui(ui: &mut Ui, by_eye: &mut ByEye, actions: &mut Vec<Action>) {
    page::filter_bar_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let view = &mut by_eye.view;
        if !view.is_empty() {
            if ui.add(Button::icon_only(icons::MINUS, "Уменьшить снимок").in_bar()).clicked() {
                view.zoom_out();
            }
            if ui.add(Button::icon_only(icons::PLUS, "Увеличить снимок").in_bar()).clicked() {
                view.zoom_in();
            }
            if ui.add(Button::ghost("По ширине").in_bar()).clicked() {
                view.fit_width();
            }
            let forget = Button::ghost("Убрать").icon(icons::X).in_bar().accessible_name("Убрать снимки");
            if ui.add(forget).clicked() {
                view.forget();
            }
            let more = Button::ghost("Ещё снимок…").icon(icons::FOLDER).in_bar();
            if ui.add(more.tooltip("Или вставьте следующий экран списка: Ctrl+V")).clicked()
            {
                actions.push(Action::ChooseMemberPicture);
            }
            let count = counted(view.count() as u64, "снимок", "снимка", "снимков");
            label::line_ui(ui, &[Run::caption(&count)]);
        }
    });
}

fn confirm_leaving_ui(ui: &Ui, by_eye: &mut ByEye) -> bool {
    if !by_eye.confirm_leaving {
        return false;
    }
    let dialog = Dialog::new("by-eye-leave", "Оставить сверку?").confirm("Оставить").cancel("Вернуться");
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        label::body_ui(ui, "Отметки на этой странице не записаны и пропадут. В списке ничего не изменится.");
    });
    if answer != DialogAnswer::Open {
        by_eye.confirm_leaving = false;
    }
    answer == DialogAnswer::Confirmed
}
