//! «Отборы»: what the list is narrowed to, with columns and order, saved in the file under a name. They belong to the
//! file because they speak of its groups; the words of a search are never saved, for they may be a name.

use egui::Ui;

use super::columns::shown_codes;
use super::{Filter, PeopleState, SortBy};
use crate::gui::widgets::Button;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::label;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::{Action, ScreenContext, icons};
use crate::names::clean;
use crate::register::{Entity, Operation, PeopleFilter, Settings};

/// More saved filters than this are a list, not a menu.
const MOST_SAVED: usize = 20;

/// Draws the button with its menu.
pub fn button_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut PeopleState,
    actions: &mut Vec<Action>,
) {
    let saved = &context.register().settings().people_filters;
    let button = ui.add(Button::outlined("Отборы").icon(icons::LIST_BULLETS).in_bar());
    menu_on(&button, |ui| {
        for filter in saved {
            if menu_row_ui(ui, icons::FUNNEL_SIMPLE, &filter.name, "", false).clicked() {
                state.apply_saved(filter);
            }
        }
        if !saved.is_empty() {
            menu_divider_ui(ui);
        }
        if menu_row_ui(ui, icons::FLOPPY_DISK, "Сохранить отбор…", "", false).clicked() {
            state.saving = Some(state.applied.clone().unwrap_or_default());
        }
        if let Some(name) = state.applied.clone()
            && menu_row_ui(ui, icons::X, &format!("Удалить отбор «{name}»"), "", true).clicked()
        {
            let mut wanted = context.register().settings().clone();
            wanted.people_filters.retain(|filter| filter.name != name);
            actions.push(edit_settings(context, wanted, format!("Отбор «{name}» удалён")));
            state.applied = None;
        }
    });
}

/// The short form that asks for the name.
pub fn dialog_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut PeopleState, actions: &mut Vec<Action>) {
    let Some(name) = &mut state.saving else { return };
    let saved = &context.register().settings().people_filters;
    let typed = clean(name);
    let replaces = saved.iter().any(|filter| filter.name == typed);
    let trouble = if typed.is_empty() {
        Some("Назовите отбор")
    } else if typed.chars().count() > 60 {
        Some("Название длиннее 60 знаков")
    } else if !replaces && saved.len() >= MOST_SAVED {
        Some("Отборов уже 20: удалите лишний")
    } else if context.file.read_only {
        Some("Файл открыт только для чтения")
    } else {
        None
    };
    let confirm = if replaces { "Заменить отбор" } else { "Сохранить отбор" };
    let dialog = Dialog::new("save-people-filter", "Сохранить отбор").confirm(confirm);
    let searched = !state.search.trim().is_empty();
    let (answer, ()) = dialog.disabled_because(trouble).show(ui.ctx(), |ui| {
        TextField::new("Название", name).hint("Например, учителя без подтверждения").show(ui);
        label::secondary_ui(
            ui,
            "Сохранятся условия, столбцы и порядок строк. Отбор виден всем, кто открывает этот файл.",
        );
        if searched {
            label::caption_ui(ui, "Слова поиска не сохраняются: в них может быть имя.");
        }
    });
    match answer {
        DialogAnswer::Open | DialogAnswer::Alternative => {}
        DialogAnswer::Cancelled => state.saving = None,
        DialogAnswer::Confirmed => {
            let filter = state.saved_as(context, typed.clone());
            let mut wanted = context.register().settings().clone();
            match wanted.people_filters.iter_mut().find(|known| known.name == typed) {
                Some(known) => *known = filter,
                None => wanted.people_filters.push(filter),
            }
            actions.push(edit_settings(context, wanted, format!("Отбор «{typed}» сохранён")));
            state.saving = None;
            state.applied = Some(typed);
        }
    }
}

fn edit_settings(context: &ScreenContext<'_>, wanted: Settings, done: String) -> Action {
    let seen = context.register().settings().clone();
    Action::execute(Operation::Edit { seen: Entity::from(seen), wanted: wanted.into() }, done)
}

impl PeopleState {
    /// Narrows the list as a saved filter says.
    pub(super) fn apply_saved(&mut self, saved: &PeopleFilter) {
        self.search.clear();
        self.filter = Filter {
            role: saved.role,
            group: saved.group,
            left: saved.left,
            without_group: saved.without_group,
            restricted: saved.restricted,
            absent: saved.absent,
            stage: saved.stage,
            verification: saved.verification,
        };
        let by = SortBy::ALL.into_iter().find(|by| by.code() == saved.sort).unwrap_or_default();
        self.sort = Some((by, !saved.descending));
        self.columns = (!saved.columns.is_empty()).then(|| saved.columns.clone());
        self.applied = Some(saved.name.clone());
        self.marked.clear();
    }

    fn saved_as(&self, context: &ScreenContext<'_>, name: String) -> PeopleFilter {
        let (by, ascending) = self.sort();
        let filter = &self.filter;
        PeopleFilter {
            name,
            role: filter.role,
            group: filter.group,
            left: filter.left,
            without_group: filter.without_group,
            restricted: filter.restricted,
            absent: filter.absent,
            stage: filter.stage,
            verification: filter.verification,
            columns: shown_codes(context, self),
            sort: by.code().to_owned(),
            descending: !ascending,
        }
    }
}
