//! Roles, and the rule by which a roster's words («учитель математики», «мать») become a role.

use serde::{Deserialize, Serialize};

use super::folding::fold;

/// A participant's role, as the cabinet knows them. [R 2.5–2.9]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// «Учитель»: teaches, brings up or leads those who do.
    Teacher,
    /// «Сотрудник»: works at the organization and does not teach. [R 2.7]
    Employee,
    /// «Ученик / обучающийся». [R 2.8]
    Student,
    /// «Родитель (законный представитель)». [R 2.9]
    Parent,
}

impl Role {
    /// Every role in the order in which screens list them.
    pub const ALL: [Role; 4] = [Role::Teacher, Role::Employee, Role::Student, Role::Parent];

    /// The word for it in files, JSON and arguments: `teacher`, `employee`, `student`, `parent`.
    pub fn code(self) -> &'static str {
        match self {
            Role::Teacher => "teacher",
            Role::Employee => "employee",
            Role::Student => "student",
            Role::Parent => "parent",
        }
    }

    /// The role of a code of [`Role::code`], exactly as written there.
    pub fn from_code(code: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether people of this role work at the organization and have a status to be verified. [R 2.3-7]
    pub fn is_staff(self) -> bool {
        matches!(self, Role::Teacher | Role::Employee)
    }
}

/// Staff who stand near teaching by their title and do not teach; looked at before everything else.
const NOT_TEACHING: [&str; 8] =
    ["помощник", "помощниц", "ассистент", "непедагог", "ахч", "ахр", "хозяйств", "безопасност"];

const PARENT: [&str; 15] = [
    "родител",
    "мать",
    "матери",
    "мама",
    "мамы",
    "отец",
    "отца",
    "папа",
    "опекун",
    "попечител",
    "представител",
    "бабушка",
    "дедушка",
    "мачеха",
    "отчим",
];

const TEACHER: [&str; 26] = [
    "учител",
    "педагог",
    "препод",
    "воспитател",
    "завуч",
    "директор",
    "руководител",
    "куратор",
    "методист",
    "тьютор",
    "логопед",
    "дефектолог",
    "психолог",
    "концертмейстер",
    "тренер",
    "вожат",
    "мастер",
    "кл",
    "инструктор",
    "доцент",
    "профессор",
    "балетмейстер",
    "хормейстер",
    "наставник",
    "библиотекарь-педагог",
    "классн",
];

const STUDENT: [&str; 8] =
    ["ученик", "учениц", "учащ", "обучающ", "студент", "воспитанник", "воспитанниц", "школьни"];

const EMPLOYEE: [&str; 44] = [
    "сотрудни",
    "работник",
    "персонал",
    "секретар",
    "завхоз",
    "заведующ",
    "уборщи",
    "охран",
    "бухгалтер",
    "лаборант",
    "библиотекар",
    "повар",
    "медсестр",
    "медбрат",
    "медицинск",
    "врач",
    "фельдшер",
    "сторож",
    "вахтер",
    "дворник",
    "гардеробщи",
    "водител",
    "кухон",
    "инженер",
    "программист",
    "электрик",
    "слесар",
    "плотник",
    "рабочий",
    "рабочая",
    "техник",
    "технолог",
    "делопроизводител",
    "кадр",
    "специалист",
    "экономист",
    "юрист",
    "юрисконсульт",
    "администратор",
    "диспетчер",
    "кладовщи",
    "кастелянш",
    "оператор",
    "архивариус",
];

/// The role that a roster's cell names, or `None` when it names none or more than one.
///
/// The rule, by the beginnings of words, «ё» as «е», first match wins:
/// 1. a word for a parent («мать», «законный представитель», «опекун») is a parent, also «мать ученика»;
///    together with a position («учитель, родитель») it is nobody: one cell, two roles, a person decides;
/// 2. an assistant or the economic side («помощник воспитателя», «младший воспитатель», «зам. директора по
///    АХЧ») is an employee;
/// 3. a teaching or leading position («учитель», «педагог-библиотекарь», «заместитель директора») is a teacher;
/// 4. a learner («ученик», «обучающийся», «студент», «воспитанник») is a student;
/// 5. any other position of the list («секретарь», «лаборант», «охранник») is an employee.
///
/// The codes of [`Role::code`] are understood as well.
pub fn role_from_words(text: &str) -> Option<Role> {
    let folded = fold(text);
    if let Some(role) = Role::from_code(&folded) {
        return Some(role);
    }
    let words: Vec<&str> =
        folded.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let names_any = |stems: &[&str]| words.iter().any(|word| stems.iter().any(|stem| begins(word, stem)));
    let is_junior =
        words.windows(2).any(|pair| pair[0].starts_with("младш") && pair[1].starts_with("воспит"));

    let position = if is_junior || names_any(&NOT_TEACHING) {
        Some(Role::Employee)
    } else if names_any(&TEACHER) {
        Some(Role::Teacher)
    } else if names_any(&STUDENT) {
        Some(Role::Student)
    } else if names_any(&EMPLOYEE) {
        Some(Role::Employee)
    } else {
        None
    };
    match (names_any(&PARENT), position) {
        (true, None | Some(Role::Student)) => Some(Role::Parent),
        (true, _) => None,
        (false, position) => position,
    }
}

/// Short words are compared whole: «мать» must not be found in «математика», nor «кл» in «кладовщик».
fn begins(word: &str, stem: &str) -> bool {
    if stem.chars().count() <= 5 && !matches!(stem, "учащ" | "вожат" | "повар" | "охран" | "кухон")
    {
        word == stem
    } else {
        word.starts_with(stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_go_there_and_back() {
        for role in Role::ALL {
            assert_eq!(Role::from_code(role.code()), Some(role));
            assert_eq!(serde_json::to_string(&role).expect("plain"), format!("\"{}\"", role.code()));
        }
        assert_eq!(Role::from_code("Teacher"), None);
    }

    #[test]
    fn roster_words_name_roles() {
        let cases = [
            ("Учитель", Role::Teacher),
            ("УЧИТЕЛЬ МАТЕМАТИКИ", Role::Teacher),
            ("учитель-логопед", Role::Teacher),
            ("Педагог", Role::Teacher),
            ("Преподаватель", Role::Teacher),
            ("Воспитатель", Role::Teacher),
            ("Классный руководитель", Role::Teacher),
            ("кл. рук.", Role::Teacher),
            ("Заместитель директора по УВР", Role::Teacher),
            ("Педагог-библиотекарь", Role::Teacher),
            ("Мастер производственного обучения", Role::Teacher),
            ("Педагог по работе с обучающимися", Role::Teacher),
            ("Секретарь", Role::Employee),
            ("секретарь учебной части", Role::Employee),
            ("завхоз", Role::Employee),
            ("Уборщица служебных помещений", Role::Employee),
            ("охранник", Role::Employee),
            ("Главный бухгалтер", Role::Employee),
            ("Сотрудник", Role::Employee),
            ("лаборант", Role::Employee),
            ("Библиотекарь", Role::Employee),
            ("повар", Role::Employee),
            ("Медсестра", Role::Employee),
            ("Вахтёр", Role::Employee),
            ("Кладовщик", Role::Employee),
            ("Помощник воспитателя", Role::Employee),
            ("Младший воспитатель", Role::Employee),
            ("Заместитель директора по АХЧ", Role::Employee),
            ("Рабочий по обслуживанию здания", Role::Employee),
            ("Ученик", Role::Student),
            ("ученица", Role::Student),
            ("учащийся", Role::Student),
            ("Обучающийся", Role::Student),
            ("студент 2 курса", Role::Student),
            ("Воспитанник", Role::Student),
            ("Родитель", Role::Parent),
            ("Родитель (законный представитель)", Role::Parent),
            ("мать", Role::Parent),
            ("Мама", Role::Parent),
            ("отец", Role::Parent),
            ("папа", Role::Parent),
            ("Опекун", Role::Parent),
            ("мать ученицы", Role::Parent),
            ("student", Role::Student),
        ];
        for (words, role) in cases {
            assert_eq!(role_from_words(words), Some(role), "{words}");
        }
    }

    #[test]
    fn unclear_words_name_no_role() {
        for words in ["", "5А", "Матвей", "Мамедов", "математика", "Учитель, родитель", "да"]
        {
            assert_eq!(role_from_words(words), None, "{words}");
        }
    }
}
