//! The journal in Russian: what an entry did, and field by field before → after. Addresses and phones
//! are masked here, whatever the screen that shows them.

use crate::names::capitalized;
use serde_json::Value;

use super::journal_words_movement::{movement_code_words, movement_field_words, movement_sentence};
use super::journal_words_year::year_sentence;
use crate::names::{InviteAddress, Phone, Role, parse_phone};
use crate::register::{EntityKey, EntityKind, Fields, JournalChange, Register, Remembered, Target};
use crate::regulation::{StalenessRule, chat_title, target_title};
use crate::roster::remembered_words;
use crate::store::EntryRow;
use crate::wording::{counted, date_short, role_name};

/// One line of a change: field, before, after; empty means there was or is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLine {
    pub field: String,
    pub before: String,
    pub after: String,
}

/// What an entry did, in one sentence without names.
pub fn entry_sentence(entry: &EntryRow) -> String {
    if let Some(sentence) = movement_sentence(&entry.code, entry.change_count) {
        return sentence;
    }
    let details: Value = serde_json::from_str(&entry.details).unwrap_or(Value::Null);
    let records = |one, few, many| counted(entry.change_count, one, few, many);
    let links = || records("ссылка", "ссылки", "ссылок");
    match entry.code.as_str() {
        "found" => "Создан файл организации".into(),
        "import" => {
            let rows = details["rows"].as_u64().unwrap_or(0);
            let file = details["file"].as_str().unwrap_or("");
            let rows = counted(rows, "строка", "строки", "строк");
            let more = import_words(&details["counts"]);
            format!("Загружен список «{file}»: {rows}{more}")
        }
        "reconcile" => format!("Сверка{}", reconciliation_words(&details["counts"])),
        "class_sheet" => {
            let people = details["counts"]["participation"].as_u64().unwrap_or(0);
            format!("Прочитан лист класса: {}", counted(people, "отметка", "отметки", "отметок"))
        }
        "restore_backup" => super::restoring::restored_sentence(&details),
        "decide_requests" => "Рассмотрены заявки".into(),
        "finish_tasks" => format!("Сделано в кабинете: {}", records("дело", "дела", "дел")),
        "fail_tasks" => format!("Не удалось в кабинете: {}", records("дело", "дела", "дел")),
        "reopen_tasks" => format!("Снова не сделано: {}", records("дело", "дела", "дел")),
        "set_figures" => {
            let column = details["column"].as_str().unwrap_or("");
            format!("Показатель «{column}»: {}", records("группа", "группы", "групп"))
        }
        "appoint_class_teachers" | "set_verification" => {
            super::journal_words_teachers::sentence(entry.code.as_str(), &details)
        }
        "undo" => {
            let number = details["entry"].as_u64().unwrap_or(0);
            let kept = if details["parts"].is_null() { "" } else { ", часть" };
            format!("Отменена запись № {number}{kept}")
        }
        "export_addresses" => match details["paper"].as_str() {
            Some("list") => "Показан список ссылок с адресами".into(),
            Some("qr_cards") => "Выгружены карточки с кодами ссылок".into(),
            _ => "Выгружен реестр ссылок с адресами".into(),
        },
        "change_year" | "move_groups" | "split_group" | "merge_groups" => {
            year_sentence(&entry.code, &details)
        }
        "observe" => format!("Записано, кто внутри: {}", records("сверка", "сверки", "сверок")),
        "add_invites" => format!("Записано: {}", links()),
        "hand_over_invites" => format!("Переданы: {}", links()),
        "revoke_invites" => format!("Аннулировано: {}", links()),
        "defer_invites" => format!("Отложено: {}", links()),
        "fail_invites" => format!("Не удалось аннулировать: {}", links()),
        "delegate_invites" => format!("Поручено учителю: {}", links()),
        "expose_invites" => format!("Попало к посторонним: {}", links()),
        "erase" => {
            let people = details["people"].as_array().map_or(0, Vec::len) as u64;
            format!("Удалены данные выбывших: {}", counted(people, "человек", "человека", "человек"))
        }
        "erase_backups" => "Заменены резервные копии".into(),
        "set_participation" => format!("Отмечено участие: {}", records("запись", "записи", "записей")),
        "move_member" => "Перевод в другую группу".into(),
        "move_members" | "merge_people" | "tell_apart" | "edit_each_membership" | "edit_each_person" => {
            super::journal_words_people::sentence(entry, &details)
        }
        "depart" => "Выбытие".into(),
        "add_person" => "Добавлен человек".into(),
        "archive" => format!("В архив: {}", records("запись", "записи", "записей")),
        "restore" => format!("Из архива: {}", records("запись", "записи", "записей")),
        "withdraw" => format!("Убрано: {}", records("запись", "записи", "записей")),
        code => {
            let kind = code.split_once('_').and_then(|(_, kind)| EntityKind::from_code(kind)).map(kind_words);
            match (code.starts_with("edit_"), kind) {
                (true, Some(kind)) => format!("Изменено: {kind}"),
                (false, Some(kind)) => format!("Добавлено: {kind}"),
                _ => file_event_words(code).into(),
            }
        }
    }
}

/// What a member list showed: «: внутри 24, нет 3, не опознано 1». Empty where nothing did.
fn reconciliation_words(counts: &Value) -> String {
    let named = [
        ("inside", "внутри"),
        ("missing", "нет"),
        ("strangers", "не опознано"),
        ("left", "выбыли, но там"),
        ("wrong_role", "не та роль"),
        ("wrong_group", "не та группа"),
        ("several", "выбрать из нескольких"),
    ];
    let told: Vec<String> = named
        .into_iter()
        .filter_map(|(name, word)| {
            counts[name].as_u64().filter(|count| *count > 0).map(|count| format!("{word} {count}"))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!(": {}", told.join(", ")) }
}

/// What an import brought besides its rows: «; выбыло: 3, родителей: 20». Empty where nothing did.
fn import_words(counts: &Value) -> String {
    let named = [
        ("added", "новых"),
        ("moved", "переводов"),
        ("departed", "выбыло"),
        ("parents_added", "родителей"),
        ("assignments", "классных руководителей"),
    ];
    let told: Vec<String> = named
        .into_iter()
        .filter_map(|(name, word)| {
            counts[name].as_u64().filter(|count| *count > 0).map(|count| format!("{word}: {count}"))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!("; {}", told.join(", ")) }
}

fn file_event_words(code: &str) -> &str {
    match code {
        "create_file" => "Создан файл",
        "change_password" => "Сменён пароль",
        "set_password" => "Файл закрыт паролем",
        "recover_password" => "Файл открыт кодом восстановления, задан новый пароль",
        "confirm_code" => "Код восстановления проверен по листу",
        "print_code" => "Записан лист с кодом восстановления",
        "restore_backup" => "Восстановлено из копии",
        "erase" => "Стёрты сведения",
        _ => "Запись журнала",
    }
}

pub(super) fn kind_words(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Organization => "карточка организации",
        EntityKind::Settings => "настройки",
        EntityKind::Unit => "корпус",
        EntityKind::Group => "группа",
        EntityKind::Person => "человек",
        EntityKind::Chat => "чат",
        EntityKind::Membership => "участие в группе",
        EntityKind::Guardianship => "взрослый ребёнка",
        EntityKind::Assignment => "классное руководство",
        EntityKind::Invite => "ссылка",
        EntityKind::Observation => "кто внутри",
        EntityKind::JoinRequest => "заявка",
        EntityKind::Movement => "движение",
        EntityKind::CabinetTask => "дело в кабинете",
        EntityKind::Appeal => "обращение",
        EntityKind::Remembered => "запомненный ответ",
    }
}

/// What an entity is called: «Ссылка «Родители 7Б» …k7Qx». Names of people appear, so only for screens.
pub fn entity_title(register: &Register, key: EntityKey, fields: Option<&Fields>) -> String {
    let kind = kind_words(key.kind);
    let tables = register.tables();
    let person = |id: u32| tables.people.get(id).map(|person| person.name.full());
    let group = |id: u32| tables.groups.get(id).map(|group| group.label.clone());
    let named = match key.kind {
        EntityKind::Person => person(key.id).or_else(|| name_of(fields?.get("name")?)),
        EntityKind::Group => group(key.id).or_else(|| text(fields?, "label")),
        EntityKind::Unit => {
            tables.units.get(key.id).map(|unit| unit.name.clone()).or_else(|| text(fields?, "name"))
        }
        EntityKind::Chat => tables.chats.get(key.id).map(|chat| chat_title(register, chat)),
        EntityKind::Invite => tables
            .invites
            .get(key.id)
            .map(|invite| format!("{} {}", target_title(register, invite.target), invite.address.tail())),
        EntityKind::Observation => {
            tables.observations.get(key.id).map(|observation| target_title(register, observation.target))
        }
        EntityKind::Membership => {
            let known = tables.memberships.get(key.id).map(|membership| membership.person.0);
            known.or_else(|| number(fields?, "person")).and_then(person)
        }
        EntityKind::Assignment => {
            let known =
                tables.assignments.get(key.id).map(|assignment| (assignment.person.0, assignment.group.0));
            let known = known.or_else(|| Some((number(fields?, "person")?, number(fields?, "group")?)));
            known.and_then(|(teacher, of)| beside(person(teacher), group(of)))
        }
        EntityKind::Guardianship => {
            let known = tables.guardianships.get(key.id).map(|link| (link.adult.0, link.child.0));
            let known = known.or_else(|| Some((number(fields?, "adult")?, number(fields?, "child")?)));
            known.and_then(|(adult, child)| beside(person(adult), person(child)))
        }
        EntityKind::Movement => {
            let known = tables.movements.get(key.id).map(|movement| movement.person.0);
            known.or_else(|| number(fields?, "person")).and_then(person)
        }
        EntityKind::JoinRequest => {
            tables.join_requests.get(key.id).map(|request| request.written_name.clone())
        }
        _ => None,
    };
    let kind = capitalized(kind);
    match named {
        Some(named) => format!("{kind}: {named}"),
        None if matches!(key.kind, EntityKind::Organization | EntityKind::Settings) => kind,
        None => format!("{kind} № {}", key.id),
    }
}

fn text(fields: &Fields, name: &str) -> Option<String> {
    Some(fields.get(name)?.as_str()?.to_owned())
}

fn number(fields: &Fields, name: &str) -> Option<u32> {
    u32::try_from(fields.get(name)?.as_u64()?).ok()
}

/// «Громова Анна (Громов Илья)»: a person and whom or what they belong to.
fn beside(person: Option<String>, other: Option<String>) -> Option<String> {
    match (person, other) {
        (Some(person), Some(other)) => Some(format!("{person} ({other})")),
        (person, _) => person,
    }
}

fn name_of(value: &Value) -> Option<String> {
    serde_json::from_value::<crate::names::FullName>(value.clone()).ok().map(|name| name.full())
}

/// The fields of a change, before and after, in Russian.
pub fn change_lines(register: &Register, change: &JournalChange) -> Vec<ChangeLine> {
    let empty = Fields::new();
    let (before, after) = (&change.fields.before, &change.fields.after);
    if before.is_none() && after.is_none() {
        let erased = "стёрто".to_owned();
        return vec![ChangeLine { field: "Сведения".into(), before: erased.clone(), after: erased }];
    }
    let (before, after) = (before.as_ref().unwrap_or(&empty), after.as_ref().unwrap_or(&empty));
    if change.key.kind == EntityKind::Remembered {
        return vec![remembered_line(register, change.key.id, before, after)];
    }
    let mut names: Vec<&String> = after.keys().chain(before.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |fields: &Fields, name: &str| {
        fields.get(name).map_or(String::new(), |value| value_words(register, name, value))
    };
    names
        .into_iter()
        .filter(|name| !name.ends_with("origin"))
        .map(|name| ChangeLine {
            field: field_words(name).to_owned(),
            before: of(before, name),
            after: of(after, name),
        })
        .filter(|line| line.before != line.after)
        .collect()
}

/// A remembered answer. What this program cannot put into words may name a person: it is not shown.
fn remembered_line(register: &Register, id: u32, before: &Fields, after: &Fields) -> ChangeLine {
    let known = register.tables().remembered.get(id).map(|known| (**known).clone()).unwrap_or_default();
    let part = |name: &str| after.get(name).or_else(|| before.get(name)).cloned();
    let kind = part("kind").and_then(|kind| serde_json::from_value(kind).ok()).unwrap_or(known.kind);
    let key = part("key").and_then(|key| key.as_str().map(str::to_owned)).unwrap_or(known.key);
    let words = |fields: &Fields| {
        let value = text(fields, "value")?;
        remembered_words(&Remembered { kind, key: key.clone(), value, ..Remembered::default() })
    };
    let said = |fields: &Fields| match fields.contains_key("value") {
        true => words(fields).map_or("запомнено".to_owned(), |(_, said)| said),
        false => String::new(),
    };
    let about = words(after).or_else(|| words(before));
    let field = about.map_or_else(|| "Ответ".to_owned(), |(about, _)| about);
    ChangeLine { field, before: said(before), after: said(after) }
}

fn field_words(name: &str) -> &str {
    match name {
        "name" => "Имя или название",
        "birth_date" => "Дата рождения",
        "phone" => "Телефон",
        "left_on" => "Выбыл",
        "absent_since" => "Долгое отсутствие",
        "safe_mode_on" => "Безопасный режим",
        "note" => "Заметка",
        "person" => "Человек",
        "adult" => "Взрослый",
        "child" => "Ребёнок",
        "basis" => "Кем приходится",
        "restriction" => "Доступ ограничен",
        "role" => "Роль",
        "group" => "Группа",
        "post" => "Должность",
        "since" => "С какого дня",
        "until" => "По какой день",
        "participation" => "Участие",
        "verification" => "Подтверждение",
        "target" => "Куда",
        "address" => "Адрес",
        "recorded_on" => "Записана",
        "issued_on" => "Выдана",
        "issued_by" => "Кто выдал",
        "handed_over" => "Передана",
        "expires_on" => "Срок",
        "replaced_by" => "Заменена на",
        "revocation" => "Аннулирована",
        "deferral" => "Отложена",
        "exposure" => "Попала к посторонним",
        "delegation" => "Поручена учителю",
        "failed" => "Не удалось",
        "on" => "День",
        "joined" => "Внутри",
        "of" => "Из",
        "source" => "Откуда",
        "label" => "Название",
        "kind" => "Вид",
        "unit" => "Корпус",
        "year" => "Учебный год",
        "archived_on" => "В архиве",
        "title" => "Название чата",
        "platform" => "Где чат",
        "transfer" => "Перенос в MAX",
        "owner" => "Владелец",
        "head" => "Руководитель",
        "administrator" => "Администратор",
        "deputies" => "Заместители",
        "local_act" => "Локальный акт",
        "own_clauses" => "Пункты нашего положения",
        "not_required" => "Не требуется",
        "order" => "Приказ",
        "temporary" => "Временно",
        "stands_in_for" => "Замещает назначение",
        "verification_since" => "Подтверждение: с какого дня",
        "from" => "Откуда",
        "to" => "Куда",
        "in_cabinet_on" => "Отмечено в кабинете",
        "student" => "Пороги: ученики",
        "parent" => "Пороги: родители",
        "teacher" => "Пороги: учителя",
        "employee" => "Пороги: сотрудники",
        "defer_days" => "Отложить на, дней",
        "act_within_days" => "Решить за, дней",
        "reconcile_every_days" => "Сверять раз в, дней",
        "cleanup_every_weeks" => "Разбирать раз в, недель",
        "erase_after_months" => "Удалять данные выбывших через, месяцев",
        "confirmed_day" => "Подтверждённый день",
        "step_texts" => "Что нажать в кабинете",
        "duty_rhythms" => "Свой график обязанностей",
        "written_name" => "Как записан",
        "received_on" => "Получено",
        "decision" => "Решение",
        "question" => "Обращение",
        "answer" => "Ответ",
        "answered_on" => "Отвечено",
        "text" => "Что сделать",
        "chat" => "Чат",
        "request" => "Заявка",
        "after" => "После дела",
        "due_on" => "Сделать до",
        "done_on" => "Сделано",
        "invite" => "Ссылка",
        "figures" => "Показатели из кабинета",
        "predecessor" => "Чем была раньше",
        "merged" => "Объединён с карточкой",
        "people_filters" => "Сохранённые отборы людей",
        other => movement_field_words(other),
    }
}

fn value_words(register: &Register, name: &str, value: &Value) -> String {
    match (name, value) {
        (_, Value::Null) => String::new(),
        ("address", Value::String(text)) if text.contains("//") => match InviteAddress::parse(text) {
            Ok((address, _)) => address.masked(),
            Err(_) => "•••".into(),
        },
        ("phone", Value::String(text)) => parse_phone(text).as_ref().map_or("•••".into(), Phone::masked),
        ("name", Value::Object(_)) => name_of(value).unwrap_or_default(),
        ("former_names", Value::Array(names)) => {
            names.iter().filter_map(name_of).collect::<Vec<_>>().join("; ")
        }
        ("role", Value::String(code)) => {
            Role::from_code(code).map_or(code.clone(), |role| role_name(role).into())
        }
        ("duty_rhythms", value) => super::journal_words_reports::rhythm_words(value),
        ("person" | "adult" | "child" | "owner" | "issued_by", Value::Number(id)) => {
            let person = register.tables().people.get(id.as_u64().unwrap_or(0) as u32);
            person.map_or(format!("№ {id}"), |person| person.name.full())
        }
        ("group" | "from" | "to" | "predecessor", Value::Number(id)) => {
            let group = register.tables().groups.get(id.as_u64().unwrap_or(0) as u32);
            group.map_or(format!("№ {id}"), |group| group.label.clone())
        }
        ("chat", Value::Number(id)) => {
            let chat = register.tables().chats.get(id.as_u64().unwrap_or(0) as u32);
            chat.map_or(format!("№ {id}"), |chat| chat_title(register, chat))
        }
        ("request" | "after" | "invite" | "replaced_by" | "stands_in_for", Value::Number(id)) => {
            format!("№ {id}")
        }
        ("unit", Value::Number(id)) => {
            let unit = register.tables().units.get(id.as_u64().unwrap_or(0) as u32);
            unit.map_or(format!("№ {id}"), |unit| unit.name.clone())
        }
        ("year", Value::Number(year)) => {
            let year = year.as_i64().unwrap_or(0);
            format!("{year}/{}", year + 1)
        }
        ("target", value) => serde_json::from_value::<Target>(value.clone())
            .map(|target| target_title(register, target))
            .unwrap_or_default(),
        (_, Value::String(text)) => plain_text(text),
        (_, Value::Bool(true)) => "да".into(),
        (_, Value::Bool(false)) => "нет".into(),
        (_, Value::Number(number)) => number.to_string(),
        (_, Value::Array(values)) => {
            values.iter().map(|value| value_words(register, "", value)).collect::<Vec<_>>().join("; ")
        }
        (_, Value::Object(fields)) => {
            let shown = fields.iter().filter(|(_, value)| !value.is_null());
            let words = shown
                .map(|(name, value)| value_words(register, name, value))
                .filter(|words| !words.is_empty());
            words.collect::<Vec<_>>().join(", ")
        }
    }
}

/// The reason of a revocation holds the codes of the rules that flagged the link; own words stay as they are.
fn rule_words(text: &str) -> String {
    let words = text.split(", ").map(|word| match StalenessRule::from_code(word) {
        Some(rule) => rule.words(),
        None => word,
    });
    words.collect::<Vec<_>>().join(", ")
}

/// Dates and codes of the register's own enums in Russian; anything else as it is.
fn plain_text(text: &str) -> String {
    if let Ok(day) = text.parse::<jiff::civil::Date>() {
        return date_short(day);
    }
    match text {
        "no_information" => "нет сведений",
        "not_invited" => "не приглашали",
        "invited" => "приглашён",
        "requested" => "заявка",
        "joined" => "присоединился",
        "confirmed" => "подтверждён",
        "does_not_participate" => "не участвует",
        "departed" => "выбыл",
        "declined" => "отказ",
        "declined_for_child" => "отказ за ребёнка",
        "no_phone" => "нет телефона",
        "waiting" => "ждёт",
        "verified" => "подтверждён",
        "rejected" => "отклонён",
        "school_class" => "класс",
        "study_group" => "учебная группа",
        "teaching_staff" => "педагогический коллектив",
        "club" => "кружок",
        "kindergarten_group" => "группа детского сада",
        "students" => "с учениками",
        "parents" => "с родителями",
        "teachers" => "с учителями",
        "subject" => "предмет",
        "staff" => "сотрудники",
        "max" => "MAX",
        "vk_messenger" => "VK Мессенджер",
        "telegram" => "Telegram",
        "whatsapp" => "WhatsApp",
        "viber" => "Viber",
        "not_applicable" => "не требуется",
        "transferred" => "перенесён",
        "not_transferred" => "не перенёсся",
        "created_anew" => "создан заново",
        "not_needed" => "не нужен",
        "class_teacher" => "через классного",
        "in_person" => "лично",
        "print" => "печать",
        "published" => "опубликована",
        "number" => "число",
        "ticks" => "отметки",
        "reconciliation" => "сверка",
        "school" => "школа",
        "college" => "колледж",
        "kindergarten" => "детский сад",
        "enrolled" => "зачисление",
        "left" => "отчисление",
        "graduated" => "выпуск",
        "hired" => "приём на работу",
        "dismissed" => "увольнение",
        "other" => "другое",
        "remove" => "удалить",
        "remove_for_role" => "удалить, чтобы сменить роль",
        "invite_again" => "пригласить заново",
        "invite" => "пригласить",
        "ask_teacher" => "уточнить",
        "accept_request" => "принять заявку",
        "decline_request" => "отклонить заявку",
        "column_map" => "столбцы файла",
        "import_scope" => "полнота файла",
        "group_alias" => "название класса в файле",
        "person_alias" => "имя в файле",
        "refused_value" => "значение файла, о котором больше не спрашивать",
        "different_people" => "не один человек",
        other => return movement_code_words(other).map_or_else(|| rule_words(other), str::to_owned),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::register::{Person, PersonId};

    #[test]
    fn an_import_tells_what_came_besides_its_rows() {
        let cases = [
            (
                json!({"added": 12, "departed": 3, "parents_added": 20, "conflicts": 1}),
                "; новых: 12, выбыло: 3, родителей: 20",
            ),
            (json!({"added": 0, "assignments": 2}), "; классных руководителей: 2"),
            (json!({"unchanged": 900}), ""),
            (Value::Null, ""),
        ];
        for (counts, expected) in cases {
            assert_eq!(import_words(&counts), expected, "{counts}");
        }
    }

    #[test]
    fn a_reconciliation_is_told_by_its_counts_only() {
        let counts = json!({"inside": 24, "missing": 3, "strangers": 1, "left": 0, "lines": 25});
        assert_eq!(reconciliation_words(&counts), ": внутри 24, нет 3, не опознано 1");
        assert_eq!(reconciliation_words(&Value::Null), "");
    }

    #[test]
    fn a_bond_that_was_taken_back_is_still_called_by_its_people() {
        let mut register = Register::default();
        for (id, surname) in [(1, "Громова"), (2, "Громов")] {
            let name = crate::names::FullName::new(surname, "Анна", "");
            register.put_loaded(Person { id: PersonId(id), name, ..Person::default() }.into());
        }
        let key = EntityKey { kind: EntityKind::Guardianship, id: 7 };
        let fields = json!({"adult": 1, "child": 2});
        let title = entity_title(&register, key, fields.as_object());
        assert_eq!(title, "Взрослый ребёнка: Громова Анна (Громов Анна)");
        assert_eq!(entity_title(&register, key, None), "Взрослый ребёнка № 7");
    }
}
