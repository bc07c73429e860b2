//! The wizard's words: kinds of change, remarks, what stands before a change.

use super::lists::{RowKind, row_number};
use crate::gui::icons::{self, Icon};
use crate::gui::theme::Tone;
use crate::register::{Organization, OrganizationKind};
use crate::roster::{AssignmentState, ConflictField, Field, FieldChange};
use crate::session::PreparedRoster;
use crate::wording::list_of;

/// «класс» or «группа», as the organization says.
pub(super) fn group_word(organization: &Organization) -> &'static str {
    if organization.kind == OrganizationKind::School { "класс" } else { "группа" }
}

/// Name, icon and tone of a list.
pub(super) fn kind_words(kind: RowKind) -> (&'static str, Icon, Tone) {
    match kind {
        RowKind::Added => ("Новые", icons::PLUS, Tone::Good),
        RowKind::Updated => ("Изменятся", icons::PENCIL_SIMPLE, Tone::Accent),
        RowKind::Moved => ("Переводы", icons::SWAP, Tone::Accent),
        RowKind::Renamed => ("Похоже, сменилась фамилия", icons::USER_SWITCH, Tone::Attention),
        RowKind::Conflicts => ("Задано вручную", icons::HAND, Tone::Attention),
        RowKind::Adults => ("Родители", icons::USERS, Tone::Good),
        RowKind::Joins => ("Похоже, один человек", icons::INTERSECT, Tone::Attention),
        RowKind::Teachers => ("Классные руководители", icons::CHALKBOARD_TEACHER, Tone::Accent),
        RowKind::Absent => ("Нет в файле", icons::MINUS, Tone::Danger),
        RowKind::Waiting => ("Ждут вашего ответа", icons::QUESTION, Tone::Attention),
        RowKind::Unchanged => ("Без изменений", icons::EQUALS, Tone::Neutral),
        RowKind::Skipped => ("Пропущены", icons::PROHIBIT, Tone::Neutral),
    }
}

/// What a list means, in a few words beside its name.
pub(super) fn kind_note(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Added => "в программе таких людей нет",
        RowKind::Updated => "найдены в программе, в файле есть новое",
        RowKind::Moved => "найдены в другом классе или группе",
        RowKind::Renamed => "отметьте, если это тот же человек",
        RowKind::Conflicts => "останется ваше, пока вы не отметите",
        RowKind::Adults => "взрослые, которых называют строки детей",
        RowKind::Joins => "отметьте, кого объединить в одного",
        RowKind::Teachers => "где уже назначен другой, отметьте замену",
        RowKind::Absent => "останутся в программе, кроме отмеченных выбывшими",
        RowKind::Waiting => "пока вы не ответите, строка не вносится",
        RowKind::Unchanged => "в файле и в программе одно и то же",
        RowKind::Skipped => "эти строки не вносятся",
    }
}

/// What an empty list says.
pub(super) fn nothing_words(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Added => "Новых людей в файле нет",
        RowKind::Updated => "Изменений у знакомых людей нет",
        RowKind::Moved => "Переводов в файле нет",
        RowKind::Renamed => "Похожих на смену фамилии нет",
        RowKind::Conflicts => "Файл не спорит с тем, что задано вручную",
        RowKind::Adults => "Родителей в файле нет",
        RowKind::Joins => "Похожих взрослых нет",
        RowKind::Teachers => "Классных руководителей в файле нет",
        RowKind::Absent => "Все, кого ждали в файле, в нём есть",
        RowKind::Waiting => "Вопросов к вам не осталось",
        RowKind::Unchanged => "Строк без изменений нет",
        RowKind::Skipped => "Ни одна строка не пропущена",
    }
}

/// What a field set by hand is called.
pub(super) fn conflict_field_name(field: ConflictField) -> &'static str {
    match field {
        ConflictField::Name => "ФИО",
        ConflictField::BirthDate => "дата рождения",
        ConflictField::Phone => "телефон",
        ConflictField::Post => "должность",
        ConflictField::Group => "класс или группа",
    }
}

/// «строка 64», «строки 64, 301».
pub(super) fn rows_words(prepared: &PreparedRoster, rows: &[u32]) -> String {
    let numbers: Vec<String> = rows.iter().map(|row| row_number(prepared, *row)).collect();
    let word = if rows.len() == 1 { "строка" } else { "строки" };
    format!("{word} {}", list_of(&numbers, 6))
}

/// What becomes of a class teacher of the file.
pub(super) fn assignment_words(state: AssignmentState) -> (&'static str, Icon, Tone) {
    match state {
        AssignmentState::New => ("будет назначен", icons::PLUS, Tone::Good),
        AssignmentState::Known => ("уже назначен", icons::EQUALS, Tone::Neutral),
        AssignmentState::Taken => ("останется прежний", icons::WARNING, Tone::Attention),
        AssignmentState::Replaces => ("заменит прежнего", icons::SWAP, Tone::Accent),
        AssignmentState::Unknown => ("такого сотрудника нет", icons::WARNING, Tone::Attention),
    }
}

/// The title of a remark.
pub(super) fn issue_title(code: &str) -> &'static str {
    match code {
        "too_many_fields" => "Лишние ячейки в строке",
        "too_few_fields" => "Не хватает ячеек в строке",
        "no_name" => "Нет фамилии и имени",
        "bad_name" => "Имя не читается",
        "no_group" => "Нет класса или группы",
        "bad_group" => "Класс не читается",
        "no_role" => "Неизвестно, кто это",
        "unknown_role" => "Роль не распознана",
        "bad_phone" => "Телефон не читается",
        "two_phones" => "Два номера в одной ячейке",
        "bad_birth_date" => "Дата рождения не читается",
        "duplicate_row" => "Строка повторяется",
        "ambiguous" => "Кто из них?",
        "was_here_before" => "Раньше выбыл",
        "birth_date_differs" => "Другая дата рождения",
        "namesakes" => "Тёзки в одном классе",
        "hand_edit_kept" => "Задано вручную",
        "group_ambiguous" => "Класс есть в двух корпусах",
        "staff_group_unknown" => "Группа не найдена",
        "same_phone_as_adult" => "Один номер на двоих",
        "maybe_same_person" => "Похоже, один человек",
        "parent_name_short" => "Родитель без полного имени",
        "parent_phones_differ" => "Разные телефоны родителя",
        "child_unknown" => "Ребёнок не найден",
        "child_ambiguous" => "Детей с таким именем несколько",
        "bad_child" => "Имя ребёнка не читается",
        "bad_leads" => "Классное руководство не читается",
        "class_teacher_unknown" => "Такого сотрудника нет",
        "class_teacher_taken" => "Назначен другой руководитель",
        "class_teacher_differs" => "Руководитель назван по-разному",
        "led_class_unknown" => "Такого класса нет",
        "name_order" => "Другой порядок слов в ФИО",
        "hidden_row" => "Скрытая строка",
        "bad_decision" => "Ответ не подошёл",
        _ => "Замечание",
    }
}

/// What stood there before, where nothing did.
pub(super) fn before_words(change: &FieldChange) -> String {
    match (change.before.as_str(), change.code) {
        ("", "phone") => "нет номера".into(),
        ("", "patronymic") => "без отчества".into(),
        ("", "birth_date") => "нет даты".into(),
        ("", _) => "нет".into(),
        (before, code) => value_words(before, code),
    }
}

/// What stands there after, where nothing does.
pub(super) fn after_words(change: &FieldChange) -> String {
    match (change.after.as_str(), change.code) {
        ("", "returned") => "вернулся".into(),
        ("", _) => "нет".into(),
        (after, code) => value_words(after, code),
    }
}

/// A plus of a phone would stand beside the sign of the change.
pub(super) fn value_words(value: &str, code: &str) -> String {
    match value.strip_prefix("+7").filter(|_| code.ends_with("phone")) {
        Some(rest) => format!("8{rest}"),
        None => value.to_owned(),
    }
}

/// Everything a column may be said to mean, in the order of the list.
pub(super) const FIELDS: [Field; 25] = [
    Field::Unknown,
    Field::FullName,
    Field::Surname,
    Field::Given,
    Field::Patronymic,
    Field::Group,
    Field::Parallel,
    Field::Letter,
    Field::Role,
    Field::Post,
    Field::Phone,
    Field::BirthDate,
    Field::ParentName(1),
    Field::ParentSurname(1),
    Field::ParentGiven(1),
    Field::ParentPatronymic(1),
    Field::ParentPhone(1),
    Field::ParentName(2),
    Field::ParentSurname(2),
    Field::ParentGiven(2),
    Field::ParentPatronymic(2),
    Field::ParentPhone(2),
    Field::ClassTeacher,
    Field::Child,
    Field::Number,
];

/// A phone as the file writes it, with the middle digits hidden.
pub(super) fn mask_written_phone(text: &str) -> String {
    let digits: Vec<(usize, char)> =
        text.char_indices().filter(|(_, letter)| letter.is_ascii_digit()).collect();
    let (Some((fourth, _)), true) = (digits.get(3), digits.len() >= 7) else { return text.to_owned() };
    let head = fourth + 1;
    let bracket = if text[head..].starts_with(')') { ")" } else { "" };
    let tail: String = digits[digits.len() - 2..].iter().map(|(_, digit)| digit).collect();
    format!("{}{bracket} ••• {tail}", &text[..head])
}

/// A cell of the file as it may stand on the screen.
pub(super) fn shown_cell(field: Option<Field>, text: &str) -> String {
    match field {
        Some(Field::Phone | Field::ParentPhone(_)) => mask_written_phone(text.trim()),
        _ => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_phones_show_their_ends_only() {
        for (written, masked) in [
            ("8 (917) 555-01-31", "8 (917) ••• 31"),
            ("+79175550131", "+7917 ••• 31"),
            ("79175550131", "7917 ••• 31"),
            ("нет", "нет"),
            ("12-34", "12-34"),
        ] {
            assert_eq!(mask_written_phone(written), masked, "{written}");
        }
    }
}
