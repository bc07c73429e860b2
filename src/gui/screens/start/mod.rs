//! The start page: sample school, new, open, recent.

mod forgotten;
mod new_file;
mod password;
mod recent;

use std::path::PathBuf;

use egui::{Ui, vec2};

use self::forgotten::ForgottenForm;
use self::new_file::NewFileForm;
use crate::desktop::{Preferences, RecentFilesLook};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::badge::icon_tile_ui;
use crate::gui::widgets::big_row::BigRow;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::step_line::step_line_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, Room, icons};

/// Greatest width of the page's contents in points.
const MOST_WIDTH: f32 = 960.0;
/// Width of the column of recent files in points.
const RECENT_WIDTH: f32 = 376.0;

/// State of the screen.
#[derive(Default)]
pub struct StartState {
    /// A file that asked for its password.
    pub asks_password_for: Option<PathBuf>,
    password: String,
    /// Until this moment of egui's clock no password is tried: a wrong one makes the next wait.
    pub may_try_at: f64,
    /// The way in by the recovery code, while it is open.
    forgotten: Option<ForgottenForm>,
    /// The form «Новый файл», while it is open.
    new_file: Option<NewFileForm>,
    typed_path: String,
    look: Option<RecentFilesLook>,
    /// The error that stood there when the files were looked for: after another one they are looked for anew.
    looked_after: Option<String>,
}

impl StartState {
    /// Whether the form «Новый файл» stands there: the file that opens now was made by it.
    pub(in crate::gui) fn has_made_file(&self) -> bool {
        self.new_file.is_some()
    }
}

/// The way of a new file: its organization, its password, its first list. `current` counts from 0.
pub(in crate::gui) fn first_steps_ui(ui: &mut Ui, current: usize) {
    step_line_ui(ui, &["Организация", "Пароль", "Список"], current);
}

/// Draws the screen. `opening`: a file is being opened; `error`: why the last one was not.
pub fn show(
    ui: &mut Ui,
    preferences: &Preferences,
    opening: bool,
    error: Option<&str>,
    state: &mut StartState,
    actions: &mut Vec<Action>,
) {
    let narrow = page::is_narrow(ui.ctx());
    if state.looked_after.as_deref() != error {
        state.looked_after = error.map(str::to_owned);
        state.look = None;
    }
    scroll_page_ui(ui, "start", |ui| {
        let width = ui.available_width().min(MOST_WIDTH);
        let side = ((ui.available_width() - width) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            ui.add_space(side);
            column_ui(ui, width, |ui| {
                ui.spacing_mut().item_spacing.y = space::LARGE;
                ui.add_space(if narrow { 8.0 } else { 64.0 });
                title_ui(ui);
                ui.add_space(space::SMALL);
                if opening {
                    opening_ui(ui);
                } else {
                    ready_ui(ui, preferences, narrow, error, state, actions);
                }
            });
        });
    });
}

fn title_ui(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::LARGE;
        icon_tile_ui(ui, Tone::Accent, icons::GRADUATION_CAP, 52.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let title = "Консоль администратора Сферума";
            let response = label::line_ui(ui, &[Run::body(title).size(size::HERO).semibold()]);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
            let sentence = "Показывает, что в «Сферуме» школы должно быть, что есть и что сделать сегодня. \
                            В сеть программа не выходит.";
            label::rich_ui(ui, &[Run::body(sentence).secondary()]);
        });
    });
}

fn opening_ui(ui: &mut Ui) {
    card_ui(ui, 24, |ui| {
        let words = "Открываю файл…";
        label::icon_line_ui(ui, icons::HOURGLASS_MEDIUM, Tone::Accent, &[Run::body(words).size(size::LEAD)]);
        label::caption_ui(ui, "Большой файл с паролем открывается до нескольких секунд");
    });
}

fn ready_ui(
    ui: &mut Ui,
    preferences: &Preferences,
    narrow: bool,
    error: Option<&str>,
    state: &mut StartState,
    actions: &mut Vec<Action>,
) {
    if state.asks_password_for.is_some() {
        if state.forgotten.is_some() {
            forgotten::show(ui, state, actions);
        } else {
            password::show(ui, error, state, actions);
            forgotten::link_ui(ui, state);
        }
        return;
    }
    if let Some(error) = error {
        Callout::danger("", error).show(ui);
    }
    if narrow {
        ways_ui(ui, state, actions);
        recent::show(ui, preferences, &mut state.look, actions);
        return;
    }
    let left = ui.available_width() - RECENT_WIDTH - space::LARGE;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::LARGE;
        column_ui(ui, left, |ui| ways_ui(ui, state, actions));
        column_ui(ui, RECENT_WIDTH, |ui| recent::show(ui, preferences, &mut state.look, actions));
    });
}

/// The ways to a file, or the form of a new one.
fn ways_ui(ui: &mut Ui, state: &mut StartState, actions: &mut Vec<Action>) {
    if let Some(form) = &mut state.new_file {
        if new_file::show(ui, form, actions) {
            state.new_file = None;
        }
        return;
    }
    let mut begin_new = false;
    card_ui(ui, 4, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let sample = "Выдуманная школа с людьми и ссылками: можно пробовать всё";
        if ui.add(BigRow::new(icons::GRADUATION_CAP, "Учебная школа", sample)).clicked() {
            actions.push(Action::OpenDemo);
        }
        divider_ui(ui, 0.0);
        let new = "Начать учёт в своей школе, колледже или детском саду";
        begin_new = ui.add(BigRow::new(icons::PLUS, "Новый файл", new)).clicked();
        divider_ui(ui, 0.0);
        let open = "Файл школы с этого компьютера, с флешки или из общей папки";
        if ui.add(BigRow::new(icons::FOLDER, "Открыть файл", open)).clicked() {
            actions.push(Action::ChooseFileToOpen);
        }
        divider_ui(ui, 0.0);
        let help = "С чего начать, обязанности, пароль, если файл не открывается";
        if ui.add(BigRow::new(icons::LIFEBUOY, "Справка", help).right("F1")).clicked() {
            actions.push(Action::Go(Destination::Room(Room::Help)));
        }
        divider_ui(ui, 0.0);
        typed_path_ui(ui, &mut state.typed_path, actions);
    });
    if begin_new {
        state.new_file = Some(NewFileForm::default());
    }
}

/// For desktops that have no chooser of files.
fn typed_path_ui(ui: &mut Ui, typed: &mut String, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin { left: 16, right: 12, top: 12, bottom: 14 }).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
            label::line_ui(ui, &[Run::caption("Или укажите путь к файлу, если окно выбора не открывается")]);
            ui.horizontal(|ui| {
                let path = clean_path(typed);
                let reason = path.is_none().then_some("Сначала укажите путь");
                let button = Button::outlined("Открыть")
                    .accessible_name("Открыть файл по пути")
                    .disabled_because(reason);
                let width = ui.available_width() - button.width(ui) - space::SMALL;
                let field = TextField::bare("Путь к файлу", typed).hint("Папка/Школа 14.sferum").width(width);
                let response = field.show(ui);
                let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
                if (ui.add(button).clicked() || entered)
                    && let Some(path) = path
                {
                    actions.push(Action::OpenFile { path, password: None });
                }
            });
        },
    );
}

/// A path as people paste it: spaces around it and the quotation marks of «Копировать как путь» fall off.
fn clean_path(typed: &str) -> Option<PathBuf> {
    let text = typed.trim().trim_matches(['"', '«', '»']).trim();
    (!text.is_empty()).then(|| PathBuf::from(text))
}

/// The folder of a path, to stand under the name of the file.
fn folder_words(path: &std::path::Path) -> String {
    path.parent().map_or_else(String::new, |folder| folder.display().to_string())
}

/// The name of a file without its ending.
fn name_words(path: &std::path::Path) -> String {
    path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_path_loses_its_quotation_marks() {
        let cases = [
            ("", None),
            ("  ", None),
            ("\"\"", None),
            ("/дом/Школа 14.sferum", Some("/дом/Школа 14.sferum")),
            ("  \"C:\\Школа 14.sferum\" ", Some("C:\\Школа 14.sferum")),
            ("«Школа.sferum»", Some("Школа.sferum")),
        ];
        for (typed, expected) in cases {
            assert_eq!(clean_path(typed), expected.map(PathBuf::from), "{typed}");
        }
    }
}
