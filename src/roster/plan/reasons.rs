//! The Russian sentences of a preview: why a row is who it is, and what the user is asked.

use super::matching::{Doubt, Evidence};
use super::renames::AgreedBy;
use crate::wording::list_of;

/// Which of birth date, group and phone agree, as a number below eight.
pub(super) fn bits(evidence: &Evidence) -> usize {
    usize::from(evidence.birth_date) | usize::from(evidence.group) << 1 | usize::from(evidence.phone) << 2
}

/// Why a row was taken for a person by this evidence.
pub(super) fn reason(bits: usize, group_word: &str) -> String {
    let words = [("дата рождения", 1), (group_word, 2), ("телефон", 4)];
    let agreeing = words.into_iter().filter(|(_, bit)| bits & bit != 0).map(|(word, _)| word);
    let all: Vec<&str> = std::iter::once("ФИО").chain(agreeing).collect();
    match all.as_slice() {
        [only] => format!("совпало {only}, других с таким именем нет"),
        _ => format!("совпали {}", list_of(&all, all.len())),
    }
}

/// Why a row is somebody new.
pub(super) fn new_reason(namesake_in_group: bool, chosen: bool) -> &'static str {
    match (chosen, namesake_in_group) {
        (true, _) => "выбрано вами: новый человек",
        (false, true) => "тёзка, отличается от других",
        (false, false) => "в списке нет",
    }
}

/// Why a row waits for an answer.
pub(super) fn doubt_reason(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Namesakes => "тёзки, выберите человека",
        Doubt::WasHereBefore => "раньше выбыл, вернулся?",
        Doubt::BirthDateDiffers => "дата рождения задана вручную другая",
        Doubt::SeveralRenames => "возможно, сменилась фамилия, выберите человека",
        Doubt::BadDecision => "выбранный человек не подходит",
    }
}

/// Why a changed surname is proposed.
pub(super) fn rename_reason(by: AgreedBy, with_patronymic: bool, group_word: &str, accepted: bool) -> String {
    let names = if with_patronymic { "имя, отчество" } else { "имя" };
    let agrees = match by {
        AgreedBy::BirthDate => "дата рождения",
        AgreedBy::Phone => "телефон",
        AgreedBy::Group => group_word,
        AgreedBy::Post => "должность",
        AgreedBy::Surname => "часть фамилии",
    };
    let ending = if accepted { "; принято вами" } else { "" };
    format!("похоже, сменилась фамилия: совпали {names} и {agrees}{ending}")
}

/// What is said of namesakes in one place.
pub(super) fn namesakes_message(row: u32) -> String {
    format!(
        "Строка {row}: тёзки в одном месте. Человек добавлен отдельно. Проверьте, не один ли это человек."
    )
}

/// The question of a row that waits for an answer: its stable code and the text.
pub(super) fn question(row: u32, doubt: Doubt, candidates: usize) -> (&'static str, String) {
    match doubt {
        Doubt::Namesakes if candidates > 1 => (
            "ambiguous",
            format!("Строка {row}: в списке несколько человек с таким именем. Выберите, кто это."),
        ),
        Doubt::Namesakes => (
            "ambiguous",
            format!("Строка {row}: в файле несколько строк на одного человека списка. Выберите, кто это."),
        ),
        Doubt::WasHereBefore => (
            "was_here_before",
            format!(
                "Строка {row}: человек с таким именем уже выбыл. Выберите, вернулся он или это другой человек."
            ),
        ),
        Doubt::BirthDateDiffers => (
            "birth_date_differs",
            format!(
                "Строка {row}: в файле одна дата рождения, а в списке вручную задана другая. Выберите, тот же ли \
                     это человек."
            ),
        ),
        Doubt::SeveralRenames => (
            "ambiguous",
            format!(
                "Строка {row}: похоже, сменилась фамилия, но это может быть не одна пара. Выберите, кто это, или \
                     отметьте нового человека."
            ),
        ),
        Doubt::BadDecision => (
            "bad_decision",
            format!(
                "Строка {row}: выбранного человека нет, или он уже взят для другой строки. Выберите снова."
            ),
        ),
    }
}
