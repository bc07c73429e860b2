//! The journal's words for what the duties page changes.

use serde_json::Value;

use crate::regulation::Duty;
use crate::wording::{counted, date_short};

/// «помощь и поддержка участников: раз в 2 недели, просмотрено 5 окт 2026», duty by duty.
pub(super) fn rhythm_words(value: &Value) -> String {
    let Value::Object(rhythms) = value else { return String::new() };
    let lines = rhythms.iter().map(|(code, rhythm)| {
        let title = match Duty::from_code(code) {
            Some(duty) => duty.title(),
            None => code.as_str(),
        };
        let weeks = rhythm["every_weeks"].as_u64().filter(|weeks| *weeks > 0);
        let weeks = weeks.map(|weeks| format!("раз в {}", counted(weeks, "неделю", "недели", "недель")));
        let looked = rhythm["looked_on"].as_str().and_then(|day| day.parse().ok());
        let looked = looked.map(|day| format!("просмотрено {}", date_short(day)));
        let parts: Vec<String> = weeks.into_iter().chain(looked).collect();
        if parts.is_empty() { title.to_owned() } else { format!("{title}: {}", parts.join(", ")) }
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::rhythm_words;

    #[test]
    fn a_rhythm_is_told_by_the_name_of_its_duty() {
        let table = [
            (json!({"2.3-10": {"every_weeks": 2}}), "помощь и поддержка участников: раз в 2 недели"),
            (
                json!({"2.4": {"looked_on": "2026-10-05"}, "2.3-1": {}}),
                "сведения об организации; контроль использования: просмотрено 5 окт 2026",
            ),
            (json!({}), ""),
            (json!(null), ""),
        ];
        for (value, expected) in table {
            assert_eq!(rhythm_words(&value), expected, "{value}");
        }
    }
}
