//! What column headers are called in schools, and what they mean here.

use serde::{Deserialize, Serialize};

use super::parent_headers::{parent_header, parent_number};
use super::sensitive::{SensitiveKind, sensitive_kind};
use crate::names::Role;

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Surname.
    Surname,
    /// Given name.
    Given,
    /// Patronymic.
    Patronymic,
    /// Surname, given name and patronymic in one cell.
    FullName,
    /// Class or group.
    Group,
    /// Year of a class whose letter stands in another column.
    Parallel,
    /// Letter of a class whose year stands in another column.
    Letter,
    /// Role or status.
    Role,
    /// Post of an employee; also tells the role where no column [`Role`](Self::Role) does.
    Post,
    /// Phone of the person.
    Phone,
    /// Date of birth.
    BirthDate,
    /// Name of the n-th parent, from 1; the phone may stand in the same cell.
    ParentName(u8),
    /// Surname of the n-th parent.
    ParentSurname(u8),
    /// Given name of the n-th parent.
    ParentGiven(u8),
    /// Patronymic of the n-th parent.
    ParentPatronymic(u8),
    /// Phone of the n-th parent, from 1.
    ParentPhone(u8),
    /// Class teacher of a student, or class led by a teacher.
    ClassTeacher,
    /// The child of the adult whom the row lists: lists of parents.
    Child,
    /// Running number, ignored.
    Number,
    /// Data that is not taken; the cells are dropped as soon as the header is read.
    Sensitive(SensitiveKind),
    /// Not recognised, ignored.
    Unknown,
}

impl Field {
    /// The word in the list of columns on the import screen.
    pub fn russian_name(self) -> String {
        match self {
            Self::Surname => "фамилия".into(),
            Self::Given => "имя".into(),
            Self::Patronymic => "отчество".into(),
            Self::FullName => "ФИО".into(),
            Self::Group => "класс или группа".into(),
            Self::Parallel => "параллель".into(),
            Self::Letter => "литера".into(),
            Self::Role => "роль".into(),
            Self::Post => "должность".into(),
            Self::Phone => "телефон".into(),
            Self::BirthDate => "дата рождения".into(),
            Self::ParentName(number) => format!("родитель {number}: ФИО"),
            Self::ParentSurname(number) => format!("родитель {number}: фамилия"),
            Self::ParentGiven(number) => format!("родитель {number}: имя"),
            Self::ParentPatronymic(number) => format!("родитель {number}: отчество"),
            Self::ParentPhone(number) => format!("родитель {number}: телефон"),
            Self::ClassTeacher => "классный руководитель".into(),
            Self::Child => "ребёнок".into(),
            Self::Number => "номер по порядку".into(),
            Self::Sensitive(_) => "не загружается: лишние персональные данные".into(),
            Self::Unknown => "не загружается".into(),
        }
    }
}

/// Headers that mean one field, folded by [`fold_header`].
const ALIASES: &[(&str, Field)] = &[
    ("фамилия", Field::Surname),
    ("фамилияученика", Field::Surname),
    ("фамилияобучающегося", Field::Surname),
    ("имя", Field::Given),
    ("имя,отчество", Field::Given),
    ("имяотчество", Field::Given),
    ("имяиотчество", Field::Given),
    ("имяученика", Field::Given),
    ("имяобучающегося", Field::Given),
    ("отчество", Field::Patronymic),
    ("отчествоученика", Field::Patronymic),
    ("отчествообучающегося", Field::Patronymic),
    ("фио", Field::FullName),
    ("фамилияимяотчество", Field::FullName),
    ("фамилия,имя,отчество", Field::FullName),
    ("фамилияимя", Field::FullName),
    ("фамилия,имя", Field::FullName),
    ("фи", Field::FullName),
    ("полноеимя", Field::FullName),
    ("класс", Field::Group),
    ("группа", Field::Group),
    ("учебнаягруппа", Field::Group),
    ("класс/группа", Field::Group),
    ("группа/класс", Field::Group),
    ("классгруппа", Field::Group),
    ("класс(группа)", Field::Group),
    ("группа(класс)", Field::Group),
    ("подразделение", Field::Group),
    ("параллель", Field::Parallel),
    ("литера", Field::Letter),
    ("литер", Field::Letter),
    ("буква", Field::Letter),
    ("буквакласса", Field::Letter),
    ("литеракласса", Field::Letter),
    ("роль", Field::Role),
    ("статус", Field::Role),
    ("должность", Field::Post),
    ("телефон", Field::Phone),
    ("тел", Field::Phone),
    ("моб", Field::Phone),
    ("мобтел", Field::Phone),
    ("мобтелефон", Field::Phone),
    ("мобильный", Field::Phone),
    ("мобильныйтелефон", Field::Phone),
    ("контактныйтелефон", Field::Phone),
    ("сотовыйтелефон", Field::Phone),
    ("номертелефона", Field::Phone),
    ("телефона", Field::Phone),
    ("телефонученика", Field::Phone),
    ("телефонобучающегося", Field::Phone),
    ("датарождения", Field::BirthDate),
    ("др", Field::BirthDate),
    ("датарожд", Field::BirthDate),
    ("деньрождения", Field::BirthDate),
    ("родился", Field::BirthDate),
    ("классныйруководитель", Field::ClassTeacher),
    ("классноерук-во", Field::ClassTeacher),
    ("классноеруководство", Field::ClassTeacher),
    ("клрук", Field::ClassTeacher),
    ("клруководитель", Field::ClassTeacher),
    ("куратор", Field::ClassTeacher),
    ("кураторгруппы", Field::ClassTeacher),
    ("воспитательгруппы", Field::ClassTeacher),
    // The two columns this program adds to a file of rows with remarks.
    ("строкафайла", Field::Number),
    ("чтоисправить", Field::Number),
    ("п/п", Field::Number),
    ("пп", Field::Number),
    ("номер", Field::Number),
    ("номерп/п", Field::Number),
    ("нпп", Field::Number),
    ("nп/п", Field::Number),
    ("n", Field::Number),
];

/// Words by which a column or a title names the people it lists.
const PEOPLE_WORDS: &[(&str, Role)] = &[
    ("ученика", Role::Student),
    ("ученик", Role::Student),
    ("ученики", Role::Student),
    ("учеников", Role::Student),
    ("ученицы", Role::Student),
    ("учащийся", Role::Student),
    ("учащегося", Role::Student),
    ("учащиеся", Role::Student),
    ("учащихся", Role::Student),
    ("обучающийся", Role::Student),
    ("обучающегося", Role::Student),
    ("обучающиеся", Role::Student),
    ("обучающихся", Role::Student),
    ("студент", Role::Student),
    ("студента", Role::Student),
    ("студенты", Role::Student),
    ("студентов", Role::Student),
    ("ребенок", Role::Student),
    ("ребенка", Role::Student),
    ("воспитанник", Role::Student),
    ("воспитанника", Role::Student),
    ("воспитанников", Role::Student),
    ("сотрудник", Role::Employee),
    ("сотрудника", Role::Employee),
    ("сотрудники", Role::Employee),
    ("сотрудников", Role::Employee),
    ("работник", Role::Employee),
    ("работника", Role::Employee),
    ("работников", Role::Employee),
    ("педагог", Role::Teacher),
    ("педагога", Role::Teacher),
    ("педагоги", Role::Teacher),
    ("педагогов", Role::Teacher),
    ("учитель", Role::Teacher),
    ("учителя", Role::Teacher),
    ("учителей", Role::Teacher),
    ("преподаватель", Role::Teacher),
    ("преподавателя", Role::Teacher),
    ("преподавателей", Role::Teacher),
];

/// Folds a header for comparing: small letters, «ё» as «е», without `. * №`, blanks, line breaks and a colon.
pub(super) fn fold_header(header: &str) -> String {
    header
        .chars()
        .filter(|character| !character.is_whitespace() && !is_ignored(*character))
        .flat_map(char::to_lowercase)
        .map(|character| if character == 'ё' { 'е' } else { character })
        .collect()
}

fn is_ignored(character: char) -> bool {
    matches!(character, '.' | '*' | '№' | '#' | ':' | '"' | '«' | '»')
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}')
}

/// What a column with this header means; [`Field::Unknown`] where nothing is known.
pub(super) fn field_of_header(header: &str) -> Field {
    let folded = fold_header(header);
    if folded.is_empty() {
        // «№» alone folds to nothing.
        return if header.contains(['№', '#']) { Field::Number } else { Field::Unknown };
    }
    if let Some(field) = exact_field(&folded) {
        return field;
    }
    if let Some(kind) = sensitive_kind(&folded) {
        return Field::Sensitive(kind);
    }
    if let Some(parent) = parent_header(header) {
        return parent.part.field(parent.preferred_number());
    }
    // «Отчество (при наличии)», «Дата рождения (дд.мм.гггг)».
    let without_note = folded.split('(').next().unwrap_or_default();
    exact_field(without_note).unwrap_or(Field::Unknown)
}

fn exact_field(folded: &str) -> Option<Field> {
    if let Some((_, field)) = ALIASES.iter().find(|(alias, _)| *alias == folded) {
        return Some(*field);
    }
    let person = ["фио", "фамилияимяотчество"].iter().find_map(|prefix| folded.strip_prefix(prefix));
    PEOPLE_WORDS.iter().any(|(word, _)| *word == folded || person == Some(*word)).then_some(Field::FullName)
}

impl Field {
    /// Whether the column is about a parent named in a pupil's row.
    pub fn is_of_parent(self) -> bool {
        parent_number(self).is_some()
    }
}

/// Words by which a title names parents; as a header such a word names a parent within a pupil's row.
const PARENT_WORDS: [&str; 5] = ["родители", "родителей", "родителя", "родитель", "представителей"];

/// Which people a header («ФИО обучающегося») or a title («Список сотрудников») says it lists.
pub(super) fn role_named_in(text: &str) -> Option<Role> {
    let lower = text.to_lowercase().replace('ё', "е");
    let mut words = lower.split(|character: char| !character.is_alphabetic());
    words.find_map(|word| {
        if PARENT_WORDS.contains(&word) {
            return Some(Role::Parent);
        }
        PEOPLE_WORDS.iter().find(|(people, _)| *people == word).map(|(_, role)| *role)
    })
}

/// Whether the header names a pupil: «Ученик», «ФИО ребёнка».
pub(super) fn names_a_child(header: &str) -> bool {
    field_of_header(header) == Field::FullName && role_named_in(header) == Some(Role::Student)
}

/// Whether the folded text is also a word for a person's role, so that a row of data may hold it.
pub(super) fn is_people_word(folded: &str) -> bool {
    PEOPLE_WORDS.iter().any(|(word, _)| *word == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_real_rosters() {
        let cases = [
            ("Фамилия", Field::Surname),
            ("ИМЯ *", Field::Given),
            ("Отчество (при наличии)", Field::Patronymic),
            ("Ф.И.О.", Field::FullName),
            ("Ф. И. О. обучающегося", Field::FullName),
            ("ФИО\nстудента", Field::FullName),
            ("Фамилия Имя Отчество", Field::FullName),
            ("Учащийся", Field::FullName),
            ("Класс", Field::Group),
            ("Класс/группа", Field::Group),
            ("Учебная\u{A0}группа", Field::Group),
            ("Параллель", Field::Parallel),
            ("Литера", Field::Letter),
            ("Роль", Field::Role),
            ("Должность", Field::Post),
            ("Тел.", Field::Phone),
            ("Моб. телефон", Field::Phone),
            ("№ телефона", Field::Phone),
            ("Дата рожд.", Field::BirthDate),
            ("Д.Р.", Field::BirthDate),
            ("Дата рождения (дд.мм.гггг)", Field::BirthDate),
            ("Мать", Field::ParentName(1)),
            ("ФИО отца", Field::ParentName(2)),
            ("Родитель 2", Field::ParentName(2)),
            ("Родитель (законный представитель) 1", Field::ParentName(1)),
            ("Законный представитель", Field::ParentName(1)),
            ("ФИО законного представителя", Field::ParentName(1)),
            ("Телефон матери", Field::ParentPhone(1)),
            ("Родитель 2, телефон", Field::ParentPhone(2)),
            ("Телефон законного представителя", Field::ParentPhone(1)),
            ("Классный руководитель", Field::ClassTeacher),
            ("Кл. рук.", Field::ClassTeacher),
            ("№ п/п", Field::Number),
            ("№", Field::Number),
            ("СНИЛС", Field::Sensitive(SensitiveKind::InsuranceNumber)),
            ("№ СНИЛС ребёнка", Field::Sensitive(SensitiveKind::InsuranceNumber)),
            ("Паспорт (серия, номер)", Field::Sensitive(SensitiveKind::IdentityDocument)),
            ("ИНН", Field::Sensitive(SensitiveKind::TaxNumber)),
            ("Домашний адрес", Field::Sensitive(SensitiveKind::Address)),
            ("Адрес родителей", Field::Sensitive(SensitiveKind::Address)),
            ("Логин", Field::Sensitive(SensitiveKind::Login)),
            ("Пароль", Field::Sensitive(SensitiveKind::Password)),
            ("Группа здоровья", Field::Sensitive(SensitiveKind::Health)),
            ("Адрес эл. почты", Field::Unknown),
            ("Место работы матери", Field::Unknown),
            ("Физкультурная группа", Field::Unknown),
            ("Пол", Field::Unknown),
            ("", Field::Unknown),
        ];
        for (header, field) in cases {
            assert_eq!(field_of_header(header), field, "{header}");
        }
    }

    #[test]
    fn lists_say_whom_they_list() {
        assert_eq!(role_named_in("Список обучающихся 9Б"), Some(Role::Student));
        assert_eq!(role_named_in("ФИО сотрудника"), Some(Role::Employee));
        assert_eq!(role_named_in("Список родителей 5А"), Some(Role::Parent));
        assert_eq!(role_named_in("Список на 01.09.2026"), None);
    }
}
