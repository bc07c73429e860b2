//! What entries about class teachers and statuses did, in one sentence without names.

use serde_json::Value;

use crate::wording::counted;

/// The sentence of an entry with one of the two codes.
pub(super) fn sentence(code: &str, details: &Value) -> String {
    let count = |name: &str| details[name].as_u64().unwrap_or(0);
    if code == "set_verification" {
        let state = match details["state"].as_str() {
            Some("waiting") => "ждут подтверждения",
            Some("verified") => "подтверждены",
            Some("rejected") => "отклонены",
            _ => "сведения сняты",
        };
        return format!("Статусы: {state}, {}", counted(count("people"), "запись", "записи", "записей"));
    }
    let groups = counted(count("groups"), "группа", "группы", "групп");
    match count("replaced") {
        0 => format!("Классное руководство: {groups}"),
        replaced => format!("Классное руководство: {groups}, из них смен: {replaced}"),
    }
}
