//! Sentences of the journal about what is done with several people at once. Without names.

use serde_json::Value;

use crate::store::EntryRow;
use crate::wording::counted;

/// What such an entry did.
pub(super) fn sentence(entry: &EntryRow, details: &Value) -> String {
    let number = |name: &str| details[name].as_u64().unwrap_or(0);
    match entry.code.as_str() {
        "move_members" => {
            let people = counted(number("people"), "человек", "человека", "человек");
            format!("Перевод в другую группу: {people}")
        }
        "merge_people" => {
            let pairs = counted(number("pairs"), "карточка", "карточки", "карточек");
            format!("Объединены карточки одного человека: {pairs}")
        }
        "tell_apart" => {
            let pairs = counted(number("pairs"), "пара", "пары", "пар");
            format!("Отмечено, что это разные люди: {pairs}")
        }
        "edit_each_membership" => {
            let records = counted(number("records"), "запись", "записи", "записей");
            format!("Изменены роли в группах: {records}")
        }
        _ => {
            let records = counted(number("records"), "запись", "записи", "записей");
            format!("Изменены карточки людей: {records}")
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn entries_are_told_by_numbers_only() {
        for (code, details, expected) in [
            ("merge_people", json!({"pairs": 2}), "Объединены карточки одного человека: 2 карточки"),
            ("tell_apart", json!({"pairs": 1}), "Отмечено, что это разные люди: 1 пара"),
            ("move_members", json!({"people": 5, "to": 3}), "Перевод в другую группу: 5 человек"),
            ("edit_each_membership", json!({"records": 12}), "Изменены роли в группах: 12 записей"),
        ] {
            let entry = EntryRow {
                number: 1,
                at: jiff::Timestamp::UNIX_EPOCH,
                day: jiff::civil::date(2026, 10, 12),
                actor: String::new(),
                code: code.into(),
                details: details.to_string(),
                undoes: None,
                change_count: 9,
                undone_by: None,
            };
            assert_eq!(sentence(&entry, &details), expected);
        }
    }
}
