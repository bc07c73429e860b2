//! Columns with personal data that this program never takes, told by their headers and by their values.
//!
//! 152-ФЗ, ст. 5: no more data than the purpose needs. A column is told by its values as well, since a number of an
//! identity document under «Код» or under no header at all is the same document.

use serde::{Deserialize, Serialize};

use super::aliases::{Field, field_of_header, fold_header};
use super::header::MappedColumn;
use super::sheet_rows::RowsBelow;

/// A category of personal data that a roster may hold and this program never takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SensitiveKind {
    /// СНИЛС.
    InsuranceNumber,
    /// Passport or birth certificate.
    IdentityDocument,
    /// ИНН.
    TaxNumber,
    /// Home address.
    Address,
    /// Login of some system.
    Login,
    /// Password.
    Password,
    /// Health, disability, insurance policy.
    Health,
    /// Nationality, citizenship, religion.
    Nationality,
    /// Benefits, standing of the family, records of misconduct.
    SocialStatus,
}

impl SensitiveKind {
    /// What the values look like, for «похоже на …».
    pub(super) fn russian_likeness(self) -> &'static str {
        match self {
            Self::InsuranceNumber => "похоже на СНИЛС",
            Self::IdentityDocument => "похоже на номера документов",
            Self::TaxNumber => "похоже на ИНН",
            _ => "лишние персональные данные",
        }
    }
}

/// Beginnings and parts of folded headers of sensitive columns.
const PARTS: &[(&str, SensitiveKind)] = &[
    ("снилс", SensitiveKind::InsuranceNumber),
    ("страховойномер", SensitiveKind::InsuranceNumber),
    ("страховогономер", SensitiveKind::InsuranceNumber),
    ("пенсионн", SensitiveKind::InsuranceNumber),
    ("паспорт", SensitiveKind::IdentityDocument),
    ("свидетельств", SensitiveKind::IdentityDocument),
    ("свид-во", SensitiveKind::IdentityDocument),
    ("удостоверен", SensitiveKind::IdentityDocument),
    ("сериядок", SensitiveKind::IdentityDocument),
    ("номердок", SensitiveKind::IdentityDocument),
    ("серияиномер", SensitiveKind::IdentityDocument),
    ("серия,номер", SensitiveKind::IdentityDocument),
    ("серияномер", SensitiveKind::IdentityDocument),
    ("кемвыдан", SensitiveKind::IdentityDocument),
    ("документ", SensitiveKind::IdentityDocument),
    ("адрес", SensitiveKind::Address),
    ("прописк", SensitiveKind::Address),
    ("регистрации", SensitiveKind::Address),
    ("местожит", SensitiveKind::Address),
    ("проживан", SensitiveKind::Address),
    ("логин", SensitiveKind::Login),
    ("login", SensitiveKind::Login),
    ("учетнаязапись", SensitiveKind::Login),
    ("парол", SensitiveKind::Password),
    ("password", SensitiveKind::Password),
    ("здоров", SensitiveKind::Health),
    ("диагноз", SensitiveKind::Health),
    ("заболеван", SensitiveKind::Health),
    ("инвалид", SensitiveKind::Health),
    ("овз", SensitiveKind::Health),
    ("аллерг", SensitiveKind::Health),
    ("прививк", SensitiveKind::Health),
    ("полис", SensitiveKind::Health),
    ("национальн", SensitiveKind::Nationality),
    ("гражданств", SensitiveKind::Nationality),
    ("вероисповед", SensitiveKind::Nationality),
    ("льгот", SensitiveKind::SocialStatus),
    ("социальн", SensitiveKind::SocialStatus),
    ("соцстатус", SensitiveKind::SocialStatus),
    ("соцкатегор", SensitiveKind::SocialStatus),
    ("статуссемьи", SensitiveKind::SocialStatus),
    ("категориясемьи", SensitiveKind::SocialStatus),
    ("малоимущ", SensitiveKind::SocialStatus),
    ("многодет", SensitiveKind::SocialStatus),
    ("опекаем", SensitiveKind::SocialStatus),
    ("пдн", SensitiveKind::SocialStatus),
    ("внутришкольн", SensitiveKind::SocialStatus),
];

/// The category that a header, folded by [`fold_header`], names.
pub(super) fn sensitive_kind(folded: &str) -> Option<SensitiveKind> {
    if folded.starts_with("инн") {
        return Some(SensitiveKind::TaxNumber);
    }
    // «Социальный педагог» is a post.
    if folded.contains("педагог") {
        return None;
    }
    // An e-mail address is not a home address; it is not taken either, but needs no warning.
    let is_mail = folded.contains("почт") || folded.contains("mail");
    PARTS
        .iter()
        .find(|(part, kind)| folded.contains(part) && !(is_mail && *kind == SensitiveKind::Address))
        .map(|(_, kind)| *kind)
}

/// Marks columns without a telling header whose values are insurance numbers, tax numbers or documents. Without any
/// header (`guessed`) every column is looked at: ten digits of a passport pass as a phone.
pub(super) fn mark_by_values(columns: &mut [MappedColumn], rows: RowsBelow<'_>, guessed: bool) {
    let is_open = |field| guessed || matches!(field, Field::Unknown | Field::Number);
    for column in columns.iter_mut().filter(|column| is_open(column.field)) {
        let mut filled = 0_u32;
        let mut kinds: Vec<(SensitiveKind, u32)> = Vec::new();
        for text in rows.sample().map(|row| row.cell(column.index).trim()).filter(|text| !text.is_empty()) {
            filled += 1;
            let Some(kind) = kind_of_value(text) else { continue };
            match kinds.iter_mut().find(|(known, _)| *known == kind) {
                Some((_, count)) => *count += 1,
                None => kinds.push((kind, 1)),
            }
        }
        // Half is enough: the error on this side costs nothing but a column nobody asked for.
        if let Some((kind, _)) = kinds.into_iter().find(|(_, count)| count * 2 >= filled) {
            column.field = Field::Sensitive(kind);
        }
    }
}

/// Whether the column was told by its values: its header says nothing of the kind.
pub(super) fn is_told_by_values(column: &MappedColumn) -> bool {
    matches!(column.field, Field::Sensitive(_))
        && !matches!(field_of_header(&column.header), Field::Sensitive(_))
        && sensitive_kind(&fold_header(&column.header)).is_none()
}

/// What a single value looks like, if it looks like a document at all.
pub(super) fn kind_of_value(text: &str) -> Option<SensitiveKind> {
    if text.len() > 40 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    match digits.len() {
        11 if has_shape(text, "ddd-ddd-ddd dd") || has_shape(text, "ddd-ddd-ddd-dd") => {
            Some(SensitiveKind::InsuranceNumber)
        }
        // Without dashes it must pass the check sum, and not begin as a phone does.
        11 if plain && !matches!(digits[0], 7 | 8) && is_insurance_number(&digits) => {
            Some(SensitiveKind::InsuranceNumber)
        }
        12 if plain && is_tax_number(&digits) => Some(SensitiveKind::TaxNumber),
        10 if has_shape(text, "dddd dddddd") || has_shape(text, "dd dd dddddd") => {
            Some(SensitiveKind::IdentityDocument)
        }
        6 if is_birth_certificate(text) => Some(SensitiveKind::IdentityDocument),
        _ => None,
    }
}

/// Whether the text has this shape; `d` is a digit, «№» and «N» in the text are passed over.
fn has_shape(text: &str, shape: &str) -> bool {
    let without_sign = text.replace(['№', 'N'], " ").replace('\u{A0}', " ");
    let joined = without_sign.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.chars().count() == shape.chars().count()
        && joined.chars().zip(shape.chars()).all(|(letter, expected)| {
            if expected == 'd' { letter.is_ascii_digit() } else { letter == expected }
        })
}

/// «II-МЮ № 123456»: a Roman number, a dash, two Russian letters, six digits.
fn is_birth_certificate(text: &str) -> bool {
    let Some((series, rest)) = text.trim().split_once(['-', '–']) else { return false };
    let roman = series.trim();
    let letters: String = rest.trim().chars().take_while(|letter| letter.is_alphabetic()).collect();
    !roman.is_empty()
        && roman.chars().all(|letter| matches!(letter, 'I' | 'V' | 'X' | 'L' | '1' | 'І' | 'Х'))
        && letters.chars().count() == 2
        && letters.chars().all(char::is_uppercase)
}

fn is_insurance_number(digits: &[u32]) -> bool {
    let sum: u32 = digits[..9].iter().zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = sum % 101 % 100;
    check == digits[9] * 10 + digits[10]
}

fn is_tax_number(digits: &[u32]) -> bool {
    let check = |weights: &[u32]| {
        digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11 % 10
    };
    check(&[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[10]
        && check(&[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == digits[11]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_sensitive_columns() {
        let cases = [
            ("СНИЛС", SensitiveKind::InsuranceNumber),
            ("№ СНИЛС ребёнка", SensitiveKind::InsuranceNumber),
            ("Страховой номер", SensitiveKind::InsuranceNumber),
            ("Паспорт (серия, номер)", SensitiveKind::IdentityDocument),
            ("Свидетельство о рождении", SensitiveKind::IdentityDocument),
            ("Серия и номер", SensitiveKind::IdentityDocument),
            ("Кем выдан", SensitiveKind::IdentityDocument),
            ("ИНН", SensitiveKind::TaxNumber),
            ("Место жительства", SensitiveKind::Address),
            ("Прописка", SensitiveKind::Address),
            ("Адрес родителей", SensitiveKind::Address),
            ("Логин в дневнике", SensitiveKind::Login),
            ("Пароль", SensitiveKind::Password),
            ("Группа здоровья", SensitiveKind::Health),
            ("Инвалидность", SensitiveKind::Health),
            ("ОВЗ", SensitiveKind::Health),
            ("Диагноз", SensitiveKind::Health),
            ("Мед. полис", SensitiveKind::Health),
            ("Национальность", SensitiveKind::Nationality),
            ("Льготы", SensitiveKind::SocialStatus),
            ("Социальный статус семьи", SensitiveKind::SocialStatus),
            ("Учёт в ПДН", SensitiveKind::SocialStatus),
        ];
        for (header, kind) in cases {
            assert_eq!(sensitive_kind(&fold_header(header)), Some(kind), "{header}");
        }
        for header in ["Адрес эл. почты", "Социальный педагог", "Телефон", "Статус", "Класс"]
        {
            assert_eq!(sensitive_kind(&fold_header(header)), None, "{header}");
        }
    }

    #[test]
    fn values_of_documents() {
        let cases = [
            ("112-233-445 95", Some(SensitiveKind::InsuranceNumber)),
            ("112-233-445-95", Some(SensitiveKind::InsuranceNumber)),
            ("11223344595", Some(SensitiveKind::InsuranceNumber)),
            ("11223344596", None),
            ("500100732259", Some(SensitiveKind::TaxNumber)),
            ("500100732258", None),
            ("4508 123456", Some(SensitiveKind::IdentityDocument)),
            ("45 08 № 123456", Some(SensitiveKind::IdentityDocument)),
            ("II-МЮ № 123456", Some(SensitiveKind::IdentityDocument)),
            ("89130000001", None),
            ("+7 913 000-00-01", None),
            ("9130000001", None),
            ("12.03.2011", None),
            ("ИС-21-1", None),
            ("", None),
        ];
        for (text, kind) in cases {
            assert_eq!(kind_of_value(text), kind, "{text}");
        }
    }
}
