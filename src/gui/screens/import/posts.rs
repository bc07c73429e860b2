//! The posts of a staff list and the role each becomes by the visible rule.

use egui::Ui;

use super::state::ImportState;
use crate::gui::theme::Tone;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::table::{Column, DataTable, TALL_ROW, Width};
use crate::gui::{Action, icons};
use crate::names::Role;
use crate::wording::{number, role_name};

pub(super) const TABLE: &str = "import-posts";
/// A post is held by staff only.
const ROLES: [Role; 2] = [Role::Teacher, Role::Employee];

/// Draws the table and takes the answers.
pub(super) fn show(ui: &mut Ui, state: &mut ImportState, cursor: Option<usize>, actions: &mut Vec<Action>) {
    let Some(prepared) = state.prepared.as_deref() else { return };
    let heads = [
        Column::left("Должность в файле", Width::Exact(320.0)).unsortable(),
        Column::right("Строк", Width::Exact(84.0)).unsortable(),
        Column::left("Роль", Width::Exact(240.0)).unsortable(),
        Column::left("Откуда", Width::Remainder(180.0)).unsortable(),
    ];
    let posts = &prepared.roster.post_roles;
    let mut answer = None;
    let table = DataTable::new(TABLE, &heads).accessible_name("Должности файла").row_height(TALL_ROW);
    table.show(
        ui,
        posts.len(),
        |row| cursor == Some(row),
        |row, column, cell| {
            let Some(post) = posts.get(row) else { return };
            match column {
                0 => {
                    cell.text_medium(&post.written);
                }
                1 => {
                    cell.text_secondary(&number(u64::from(post.rows)));
                }
                2 => {
                    let mut place = ROLES.iter().position(|role| post.role == Some(*role));
                    let name = format!("Роль должности «{}»", post.written);
                    let choice = Choice::new(&name).width(216.0).placeholder("Выберите роль");
                    if choice.show(cell.ui(), &mut place, &ROLES.map(role_name)) {
                        answer =
                            place.and_then(|place| ROLES.get(place)).map(|role| (post.key.clone(), *role));
                    }
                }
                _ if post.chosen => {
                    cell.text("выбрано вами");
                }
                _ if post.role.is_none() => {
                    cell.icon_text(Tone::Attention, icons::QUESTION, "должность незнакома");
                }
                _ => {
                    cell.text_secondary("по должности");
                }
            }
        },
    );
    if let Some((post, role)) = answer {
        state.read.post_roles.insert(post, role);
        actions.push(Action::PlanRoster);
    }
}
