//! The form «Новый файл»: kind of organization, name, then where the file lies.

use egui::{Key, Modifiers, Ui, vec2};

use super::clean_path;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, icons};
use crate::register::{Organization, OrganizationKind};

/// The kinds in the order they are offered.
const KINDS: [(OrganizationKind, &str, &str); 3] = [
    (OrganizationKind::School, "Школа", "Школа № 14"),
    (OrganizationKind::College, "Колледж", "Политехнический колледж"),
    (OrganizationKind::Kindergarten, "Детский сад", "Детский сад № 7 «Солнышко»"),
];

/// What was filled in so far.
#[derive(Default)]
pub struct NewFileForm {
    kind: usize,
    name: String,
    path: String,
    was_focused: bool,
}

impl NewFileForm {
    fn organization(&self) -> Box<Organization> {
        let kind = KINDS.get(self.kind).map_or_else(OrganizationKind::default, |(kind, ..)| *kind);
        let name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        Box::new(Organization { name, kind, ..Organization::default() })
    }
}

/// Draws the form; answers whether it was left.
pub fn show(ui: &mut Ui, form: &mut NewFileForm, actions: &mut Vec<Action>) -> bool {
    let escaped = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    let mut left = escaped;
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
        super::first_steps_ui(ui, 0);
        label::lead_ui(ui, "Новый файл");
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 7.0;
            field_label_ui(ui, "Что это за организация");
            let words = KINDS.map(|(_, word, _)| word);
            ui.horizontal(|ui| {
                ui.add_space(2.0);
                segmented_ui(ui, "Вид организации", &mut form.kind, &words);
            });
        });
        let example = KINDS.get(form.kind).map_or("", |(_, _, example)| *example);
        let field = TextField::new("Название, как вы её называете", &mut form.name).hint(example);
        let name = field.show(ui);
        if !form.was_focused {
            form.was_focused = true;
            name.request_focus();
        }
        let entered = name.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        super::no_password_ui(ui);
        let unnamed = form.name.trim().is_empty().then_some("Сначала укажите название");
        ui.horizontal(|ui| {
            let create = Button::primary("Выбрать место и создать").icon(icons::FLOPPY_DISK);
            let chosen = ui.add(create.disabled_because(unnamed)).clicked();
            if unnamed.is_none() && (chosen || entered) {
                actions.push(Action::ChooseFileToCreate { organization: form.organization() });
            }
            left |= ui.add(Button::ghost("Отмена").key("Esc")).clicked();
        });
        divider_ui(ui, 6.0);
        path_ui(ui, form, unnamed, actions);
    });
    left
}

/// For desktops that have no chooser of files.
fn path_ui(ui: &mut Ui, form: &mut NewFileForm, unnamed: Option<&str>, actions: &mut Vec<Action>) {
    label::line_ui(ui, &[Run::caption("Или укажите, где создать файл, если окно выбора не открывается")]);
    ui.horizontal(|ui| {
        let path = clean_path(&form.path);
        let reason = unnamed.or(path.is_none().then_some("Сначала укажите путь"));
        let button = Button::outlined("Создать здесь").disabled_because(reason);
        let width = ui.available_width() - button.width(ui) - space::SMALL;
        TextField::bare("Путь к новому файлу", &mut form.path)
            .hint("Папка/Школа 14.sferum")
            .width(width)
            .show(ui);
        if ui.add(button).clicked()
            && let Some(path) = path
        {
            let path = if path.extension().is_none() { path.with_extension("sferum") } else { path };
            actions.push(Action::CreateFile { path, organization: form.organization() });
        }
    });
}
