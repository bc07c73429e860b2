//! Копировать для Excel: the tree, and the list of one group.

use super::tree::{Tree, TreeRow};
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::register::GroupId;
use crate::regulation::{Coverage, participation_words};
use crate::wording::{date_short, role_name};

/// The shown groups, a row each; chats of open groups under them.
pub fn copy_tree(tree: &Tree) -> Action {
    let header = [
        "Группа",
        "Руководитель",
        "Ученики внутри",
        "Ученики всего",
        "Дети со взрослым",
        "Дети всего",
        "Чаты",
        "Ссылки",
        "Пора аннулировать",
        "Сверено",
    ];
    let rows = tree.rows.iter().filter_map(|row| match row {
        TreeRow::Group { row, .. } => {
            let group = tree.group(*row)?;
            let [students, all_students] = numbers(&group.students);
            let [adults, all_children] = numbers(&group.with_adult);
            Some(vec![
                group.label.clone(),
                group.class_teachers.join(", "),
                students,
                all_students,
                adults,
                all_children,
                group.chats.to_string(),
                group.links.to_string(),
                group.flagged_links.to_string(),
                group.last_seen.map(date_short).unwrap_or_default(),
            ])
        }
        TreeRow::Archived { name, on, .. } => {
            Some(vec![name.clone(), format!("в архиве с {}", date_short(*on))])
        }
        TreeRow::Chat(_) | TreeRow::Unit(_) => None,
    });
    Action::CopyText { text: excel_text(&header, rows), what: "Таблица скопирована".into() }
}

fn numbers(coverage: &Coverage) -> [String; 2] {
    [coverage.inside.map(|inside| inside.to_string()).unwrap_or_default(), coverage.expected.to_string()]
}

/// The members of a group: name, role, participation.
pub fn copy_members(context: &ScreenContext<'_>, group: GroupId) -> Action {
    let register = context.register();
    let mut members: Vec<(Role, String, Vec<String>)> = register
        .memberships_of_group(group)
        .filter(|membership| register.is_current(membership, context.today))
        .filter_map(|membership| {
            let name = &register.person(membership.person)?.name;
            let participation = &membership.participation;
            let cells = vec![
                name.full(),
                role_name(membership.role).to_owned(),
                participation_words(participation.state).to_owned(),
                participation.as_of.map(date_short).unwrap_or_default(),
            ];
            Some((membership.role, name.sort_key(), cells))
        })
        .collect();
    members.sort();
    let rows = members.into_iter().map(|(_, _, cells)| cells);
    let text = excel_text(&["ФИО", "Роль", "Участие", "На дату"], rows);
    let label = register.group(group).map_or("", |group| group.label.as_str());
    Action::CopyText { text, what: format!("Список {label} скопирован") }
}
