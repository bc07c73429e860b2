//! Headers that speak of the parents in a pupil's row: whose column it is and what it holds.

use super::aliases::Field;

/// What a column holds of a parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ParentPart {
    /// The whole name, perhaps with the phone in the same cell.
    Name,
    /// Surname alone.
    Surname,
    /// Given name alone.
    Given,
    /// Patronymic alone.
    Patronymic,
    /// Phone.
    Phone,
}

impl ParentPart {
    /// The field of this part of the n-th parent.
    pub fn field(self, number: u8) -> Field {
        match self {
            Self::Name => Field::ParentName(number),
            Self::Surname => Field::ParentSurname(number),
            Self::Given => Field::ParentGiven(number),
            Self::Patronymic => Field::ParentPatronymic(number),
            Self::Phone => Field::ParentPhone(number),
        }
    }
}

/// A header about a parent, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ParentHeader {
    /// Whom it names: «мать», «отец», «опекун», «представитель», «родитель».
    pub who: &'static str,
    /// The number it gives («Родитель 2»).
    pub number: Option<u8>,
    /// What of them.
    pub part: ParentPart,
}

impl ParentHeader {
    /// The number where nothing else decides: «отец» is usually the second.
    pub fn preferred_number(self) -> u8 {
        self.number.unwrap_or(if self.who == "отец" { 2 } else { 1 })
    }

    /// «мать», «отец», «опекун»; empty where the header does not say.
    pub fn basis(self) -> &'static str {
        if matches!(self.who, "родитель" | "представитель") { "" } else { self.who }
    }

    fn is_generic(self) -> bool {
        self.number.is_none() && self.basis().is_empty()
    }
}

/// Words that may stand beside the parent in the header of a name.
const NAME_WORDS: [&str; 22] = [
    "фио",
    "ф",
    "и",
    "о",
    "фамилия",
    "имя",
    "отчество",
    "полное",
    "полностью",
    "законный",
    "законного",
    "законные",
    "законных",
    "при",
    "наличии",
    "первый",
    "второй",
    "третий",
    "или",
    "данные",
    "контакты",
    "ребенка",
];

/// Reads «Мать», «ФИО отца», «Имя матери», «Родитель 2», «Телефон законного представителя (1)»; `None` for headers that
/// speak of no parent or of something that is none of our business («Место работы матери»).
pub(super) fn parent_header(header: &str) -> Option<ParentHeader> {
    let lower = header.to_lowercase().replace('ё', "е").replace("ф.и.о", "фио").replace("ф. и. о", "фио");
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let mut who: Option<&'static str> = None;
    let mut rest: Vec<&str> = Vec::new();
    for word in words {
        match person_word(word) {
            // «Родитель (законный представитель)», «Родители: ФИО матери»: the closest word names them.
            Some(person) => who = Some(closer(who, person)),
            None => rest.push(word),
        }
    }
    let who = who?;
    let number = number_in(&lower, &rest);
    let has = |wanted: &str| rest.contains(&wanted);
    let has_phone = rest.iter().any(|word| is_phone_word(word));
    let has_name = has("фио") || has("фамилия") || has("имя") || has("отчество");
    if has_phone && !has_name {
        return Some(ParentHeader { who, number, part: ParentPart::Phone });
    }
    if !rest.iter().all(|word| NAME_WORDS.contains(word) || (has_name && is_phone_word(word))) {
        return None;
    }
    let part = match (has("фио"), has("фамилия"), has("имя"), has("отчество")) {
        (false, true, false, false) => ParentPart::Surname,
        (false, false, true, _) => ParentPart::Given,
        (false, false, false, true) => ParentPart::Patronymic,
        _ => ParentPart::Name,
    };
    Some(ParentHeader { who, number, part })
}

fn person_word(word: &str) -> Option<&'static str> {
    match word {
        "мать" | "матери" | "мама" | "мамы" => Some("мать"),
        "отец" | "отца" | "папа" | "папы" => Some("отец"),
        _ if word.starts_with("опекун") || word.starts_with("попечител") => Some("опекун"),
        _ if word.starts_with("представител") => Some("представитель"),
        // «Родительский комитет», «родительская плата» are no people.
        _ if word.starts_with("родител") && !word.starts_with("родительск") => {
            Some("родитель")
        }
        _ => None,
    }
}

/// Of two people named in one header the more exact one; «ФИО матери/отца» is any parent.
fn closer(before: Option<&'static str>, person: &'static str) -> &'static str {
    match (before, person) {
        (Some("мать"), "отец") | (Some("отец"), "мать") => "родитель",
        (Some("родитель"), "представитель") | (Some("представитель"), "родитель") => {
            "родитель"
        }
        (Some(exact), "родитель" | "представитель") => exact,
        (_, person) => person,
    }
}

fn is_phone_word(word: &str) -> bool {
    ["тел", "моб", "сотов", "контактн"].iter().any(|stem| word.starts_with(stem))
        || matches!(word, "номер" | "номера")
}

fn number_in(lower: &str, rest: &[&str]) -> Option<u8> {
    let digit = lower.chars().find_map(|letter| letter.to_digit(10)).filter(|digit| (1..=9).contains(digit));
    let word = || {
        ["первый", "второй", "третий"]
            .iter()
            .position(|ordinal| rest.contains(ordinal))
            .map(|position| position as u32 + 1)
    };
    // Nine at most, so it fits.
    digit.or_else(word).map(|digit| digit as u8)
}

/// Gives the parents of one header their numbers: one number for all columns of one parent.
#[derive(Default)]
pub(super) struct ParentNumbers {
    known: Vec<KnownParent>,
}

struct KnownParent {
    number: u8,
    who: &'static str,
    written_number: Option<u8>,
    parts: Vec<ParentPart>,
}

impl ParentNumbers {
    /// The field of a column about a parent; `left` is the field of the column left of it.
    pub fn field_of(&mut self, header: ParentHeader, left: Option<Field>) -> Field {
        let beside = left
            .filter(|_| header.is_generic() && header.part != ParentPart::Name)
            .and_then(parent_number)
            .and_then(|number| self.take_part(number, header.part));
        if let Some(field) = beside {
            return field;
        }
        let is_exact = header.basis() != "";
        let same = |known: &KnownParent| {
            known.who == header.who && (is_exact || known.written_number == header.number)
        };
        let free = |known: &&KnownParent| !known.parts.contains(&header.part);
        let found = self.known.iter().filter(free).find(|known| same(known)).map(|known| known.number);
        let found = found.or_else(|| {
            // «Родитель (ФИО)» and «Телефон законного представителя» are one person where there is no other.
            let mut generic = self
                .known
                .iter()
                .filter(free)
                .filter(|known| matches!(known.who, "родитель" | "представитель"));
            match (generic.next(), generic.next()) {
                (Some(only), None) if header.is_generic() && header.part != ParentPart::Name => {
                    Some(only.number)
                }
                _ => None,
            }
        });
        if let Some(field) = found.and_then(|number| self.take_part(number, header.part)) {
            return field;
        }
        let is_free = |number: &u8| !self.known.iter().any(|known| known.number == *number);
        let preferred = header.preferred_number();
        let number =
            if is_free(&preferred) { preferred } else { (1..=u8::MAX).find(is_free).unwrap_or(u8::MAX) };
        let parts = vec![header.part];
        self.known.push(KnownParent { number, who: header.who, written_number: header.number, parts });
        header.part.field(number)
    }

    /// A column «Телефон» right of a parent's: taken for the child's it would make the account in the messenger the
    /// parent's.
    pub fn phone_beside(&mut self, left: Option<Field>) -> Option<Field> {
        self.take_part(parent_number(left?)?, ParentPart::Phone)
    }

    fn take_part(&mut self, number: u8, part: ParentPart) -> Option<Field> {
        let known = self.known.iter_mut().find(|known| known.number == number)?;
        if known.parts.contains(&part) {
            return None;
        }
        known.parts.push(part);
        Some(part.field(number))
    }
}

/// The number of the parent a field is about.
pub(super) fn parent_number(field: Field) -> Option<u8> {
    match field {
        Field::ParentName(number)
        | Field::ParentSurname(number)
        | Field::ParentGiven(number)
        | Field::ParentPatronymic(number)
        | Field::ParentPhone(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_parents() {
        let cases = [
            ("Мать", "мать", None, ParentPart::Name),
            ("Мать (ФИО)", "мать", None, ParentPart::Name),
            ("Ф.И.О. мамы", "мать", None, ParentPart::Name),
            ("Папа", "отец", None, ParentPart::Name),
            ("Фамилия матери", "мать", None, ParentPart::Surname),
            ("Имя отца", "отец", None, ParentPart::Given),
            ("Отчество отца", "отец", None, ParentPart::Patronymic),
            ("Фамилия, имя, отчество матери", "мать", None, ParentPart::Name),
            ("ФИО родителя (1)", "родитель", Some(1), ParentPart::Name),
            ("Родитель 2", "родитель", Some(2), ParentPart::Name),
            ("Второй родитель", "родитель", Some(2), ParentPart::Name),
            ("Родитель 1 телефон", "родитель", Some(1), ParentPart::Phone),
            ("Телефон матери", "мать", None, ParentPart::Phone),
            ("Контактный тел. родителей", "родитель", None, ParentPart::Phone),
            ("Родители (ФИО, телефон)", "родитель", None, ParentPart::Name),
            ("Родитель (законный представитель) 1", "родитель", Some(1), ParentPart::Name),
            ("Законный представитель", "представитель", None, ParentPart::Name),
            ("Опекун", "опекун", None, ParentPart::Name),
            ("Родители: ФИО матери", "мать", None, ParentPart::Name),
        ];
        for (header, who, number, part) in cases {
            assert_eq!(parent_header(header), Some(ParentHeader { who, number, part }), "{header}");
        }
        for header in [
            "Место работы матери",
            "Образование отца",
            "Родительский комитет",
            "Материальное положение",
            "Почта мамы",
            "Отметка",
            "ФИО",
        ] {
            assert_eq!(parent_header(header), None, "{header}");
        }
    }
}
