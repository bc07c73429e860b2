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
            let named = [("groups", "групп"), ("finished", "выпускных"), ("added", "новых людей")];
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sentences_tell_years_and_numbers() {
        let counts = json!({ "groups": 30, "finished": 0, "added": 27 });
        let table = [
            (
                "change_year",
                json!({ "to": 2027, "counts": counts }),
                "Переход на 2027/2028 учебный год; групп: 30, новых людей: 27",
            ),
            ("change_year", json!(null), "Переход на 0/1 учебный год"),
            ("move_groups", json!({ "groups": 2, "unit": 1 }), "Перенесено в другой корпус: 2 группы"),
            ("move_groups", json!({ "groups": 1, "unit": null }), "Убрано из корпуса: 1 группа"),
            ("split_group", json!({ "parts": 1 }), "Группа разделена: 1 новая"),
            ("merge_groups", json!({ "groups": 5 }), "Объединено с другой группой: 5 групп"),
        ];
        for (code, details, expected) in table {
            assert_eq!(year_sentence(code, &details), expected);
        }
    }
}
