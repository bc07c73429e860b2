//! The journal's sentences on the structure: the change of the year, groups moved, split and joined.

use serde_json::Value;

use crate::register::SchoolYear;
use crate::wording::counted;

/// What such an entry did, in one sentence.
pub(super) fn year_sentence(code: &str, details: &Value) -> String {
    let number = |name: &str| details[name].as_u64().unwrap_or(0);
    let groups = |name: &str| counted(number(name), "группа", "группы", "групп");
    match code {
        "change_year" => {
            let year = details["to"].as_i64().and_then(|year| i16::try_from(year).ok()).unwrap_or_default();
            let counts = &details["counts"];
            let named = [("groups", "групп"), ("graduated", "выпущено"), ("added", "новых людей")];
            let told: Vec<String> = named
                .into_iter()
                .filter_map(|(name, word)| {
                    counts[name].as_u64().filter(|count| *count > 0).map(|count| format!("{word}: {count}"))
                })
                .collect();
            let told = if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) };
            format!("Переход на {} учебный год{told}", SchoolYear(year))
        }
        "move_groups" if details["unit"].is_null() => format!("Убрано из корпуса: {}", groups("groups")),
        "move_groups" => format!("Перенесено в другой корпус: {}", groups("groups")),
        "split_group" => format!("Группа разделена: {}", counted(number("parts"), "новая", "новые", "новых")),
        _ => format!("Объединено с другой группой: {}", groups("groups")),
    }
}
