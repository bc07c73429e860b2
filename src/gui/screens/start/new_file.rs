//! The form «Новый файл»: kind of organization and name, the password, then where the file lies.

use egui::{Key, Modifiers, Ui, vec2};

use super::clean_path;
use crate::gui::safe_actions::SafeAction;
use crate::gui::screens::safe::PasswordForm;
use crate::gui::theme::space;
use crate::gui::widgets::Button;
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::choice::segmented_ui;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::{Action, icons};
use crate::register::{Organization, OrganizationKind};
use crate::session::own_words;

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
    /// The second step, once it was reached.
    password: PasswordForm,
    at_password: bool,
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
    let mut left = escaped && !form.at_password;
    form.at_password &= !escaped;
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, space::MEDIUM);
        super::first_steps_ui(ui, usize::from(form.at_password));
        if form.at_password {
            password_ui(ui, form, actions);
        } else {
            left |= name_ui(ui, form);
        }
    });
    left
}

/// The first step; answers whether the form was left.
fn name_ui(ui: &mut Ui, form: &mut NewFileForm) -> bool {
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
    let unnamed = form.name.trim().is_empty().then_some("Сначала укажите название");
    ui.horizontal(|ui| {
        let next = Button::primary("Дальше: пароль").icon(icons::ARROW_RIGHT).disabled_because(unnamed);
        let pressed = ui.add(next).clicked();
        form.at_password = unnamed.is_none() && (pressed || entered);
        ui.add(Button::ghost("Отмена").key("Esc")).clicked()
    })
    .inner
}

/// The second step: a file of real people never stands without a password.
fn password_ui(ui: &mut Ui, form: &mut NewFileForm, actions: &mut Vec<Action>) {
    label::lead_ui(ui, "Пароль файла");
    let why = "В файле имена детей и ссылки в их чаты, поэтому он всегда зашифрован. Пароль нигде не записан, и \
               прислать его никто не сможет: сразу после создания программа даст код восстановления, который \
               хранится в сейфе.";
    label::secondary_ui(ui, why);
    let entered = form.password.show(ui, &own_words(&form.organization()));
    let missing = form.password.missing();
    ui.horizontal_wrapped(|ui| {
        let create = Button::primary("Выбрать место и создать").icon(icons::FLOPPY_DISK);
        let chosen = ui.add(create.disabled_because(missing)).clicked();
        if missing.is_none() && (chosen || entered) {
            let (organization, password) = (form.organization(), form.password.secret());
            actions.push(Action::ChooseFileToCreate { organization, password });
        }
        if ui.add(Button::ghost("Назад").key("Esc")).clicked() {
            form.at_password = false;
        }
    });
    divider_ui(ui, 6.0);
    path_ui(ui, form, missing, actions);
}

/// For desktops that have no chooser of files.
fn path_ui(ui: &mut Ui, form: &mut NewFileForm, missing: Option<&str>, actions: &mut Vec<Action>) {
    label::line_ui(ui, &[Run::caption("Или укажите, где создать файл, если окно выбора не открывается")]);
    ui.horizontal(|ui| {
        let path = clean_path(&form.path);
        let reason = missing.or(path.is_none().then_some("Сначала укажите путь"));
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
            let (organization, password) = (form.organization(), form.password.secret());
            actions.push(Action::Safe(SafeAction::CreateFile { path, organization, password }));
        }
    });
}
