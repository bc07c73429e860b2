//! Копировать для Excel: people as the table shows them, phones masked.

use super::participation;
use crate::gui::screens::excel_rows::excel_text;
use crate::gui::{Action, ScreenContext};
use crate::register::PersonId;
use crate::wording::counted;

/// These people, a row each.
pub fn copy_people(context: &ScreenContext<'_>, people: &[PersonId]) -> Action {
    let rows = people.iter().filter_map(|person| {
        let row = context.snapshot.people.get(*person)?;
        let record = context.register().person(*person)?;
        let state = participation::summary(context.register(), *person, context.today);
        Some([
            row.full_name.clone(),
            row.role_words.clone(),
            row.group_labels.clone(),
            record.phone.as_ref().map_or_else(String::new, |phone| phone.masked()),
            state.map_or_else(String::new, |(_, _, words)| words),
        ])
    });
    let text = excel_text(&["ФИО", "Роли", "Классы", "Телефон", "Участие"], rows);
    let count = counted(people.len() as u64, "строка", "строки", "строк");
    Action::CopyText { text, what: format!("Скопировано: {count}") }
}
