//! The screen of a locked file (faults row 26), and the one after a bug of ours (row 29).

use egui::{Key, Ui, vec2};

use crate::gui::guard::{Broken, Locked};
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::card_ui;
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::{Action, icons};

/// Width of the card in points.
const WIDTH: f32 = 480.0;

/// Draws the unlock screen.
pub fn show(ui: &mut Ui, locked: &mut Locked, actions: &mut Vec<Action>) {
    let name = locked.path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let when = format!("Заблокировано в {}: {}", locked.since, locked.reason.words());
    page_ui(ui, "locked", |ui| {
        head_ui(ui, icons::LOCK_SIMPLE, Tone::Accent, &name, &when);
        if let Some(refusal) = &locked.refusal {
            Callout::danger("", refusal).show(ui);
        }
        if locked.opening || !locked.released {
            let words = if locked.opening {
                "Открываю файл…"
            } else {
                "Дописываю последнее изменение…"
            };
            label::icon_line_ui(ui, icons::HOURGLASS_MEDIUM, Tone::Accent, &[Run::body(words)]);
            return;
        }
        if locked.encrypted {
            password_ui(ui, locked, actions);
        } else {
            let text =
                "У файла нет пароля: экран только скрыт. Сам файл прочтёт любой, кто до него доберётся.";
            Callout::attention("", text).show(ui);
            if buttons_ui(ui, Button::primary("Продолжить"), actions) {
                actions.push(Action::Unlock { password: None });
            }
        }
    });
}

fn password_ui(ui: &mut Ui, locked: &mut Locked, actions: &mut Vec<Action>) {
    let field = TextField::new("Пароль", &mut locked.password).password(true).show(ui);
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    // The field is all there is to do here.
    if ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    let empty = locked.password.is_empty().then_some("Сначала введите пароль");
    let unlock = Button::primary("Разблокировать").icon(icons::KEY).disabled_because(empty);
    let pressed = buttons_ui(ui, unlock, actions);
    if empty.is_none() && (pressed || entered) {
        actions.push(Action::Unlock { password: Some(std::mem::take(&mut locked.password)) });
    }
}

/// The button that goes on, and the way to another file.
fn buttons_ui(ui: &mut Ui, go_on: Button<'_>, actions: &mut Vec<Action>) -> bool {
    ui.horizontal(|ui| {
        let pressed = ui.add(go_on).clicked();
        if ui.add(Button::ghost("Другой файл")).clicked() {
            actions.push(Action::CloseFile);
        }
        pressed
    })
    .inner
}

/// Draws the screen after a bug of ours.
pub fn show_broken(ui: &mut Ui, broken: &Broken, actions: &mut Vec<Action>) {
    page_ui(ui, "broken", |ui| {
        let title = "Ошибка программы";
        head_ui(ui, icons::WARNING_OCTAGON, Tone::Danger, title, "Окно дальше рисовать нельзя");
        label::body_ui(
            ui,
            "Сохранённое цело: каждое изменение сразу записано в файл. Пропало только то, что вы вводили в эту минуту.",
        );
        label::secondary_ui(
            ui,
            "Если это повторится, сообщите разработчикам, что вы делали. Имён и ссылок в сообщениях об ошибке нет.",
        );
        ui.horizontal(|ui| {
            let word = if broken.had_file() {
                "Открыть файл заново"
            } else {
                "Вернуться к началу"
            };
            if ui.add(Button::primary(word).icon(icons::ARROW_COUNTER_CLOCKWISE)).clicked() {
                actions.push(Action::OpenAgain);
            }
            if ui.add(Button::outlined("Закрыть")).clicked() {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
        });
    });
}

/// One card in the middle of the window.
fn page_ui(ui: &mut Ui, id: &str, contents: impl FnOnce(&mut Ui)) {
    scroll_page_ui(ui, id, |ui| {
        let width = ui.available_width().min(WIDTH);
        let side = ((ui.available_width() - width) / 2.0).floor();
        let above = ((ui.ctx().content_rect().height() - 320.0) / 2.0).max(16.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            column_ui(ui, width, |ui| {
                ui.add_space(above);
                card_ui(ui, 24, |ui| {
                    ui.spacing_mut().item_spacing = vec2(space::SMALL, space::LARGE);
                    contents(ui);
                });
            });
        });
    });
}

fn head_ui(ui: &mut Ui, icon: icons::Icon, tone: Tone, title: &str, when: &str) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM;
        icon_tile_ui(ui, tone, icon, 44.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            label::title_ui(ui, title);
            label::caption_ui(ui, when);
        });
    });
}
