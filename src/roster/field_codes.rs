//! Fields and columns by the words that scripts, the file's memory and `--json` use for them.

use super::aliases::{Field, fold_header};
use super::header::{ColumnMap, MappedColumn};

/// Fields of one code each; parents follow by number.
const PLAIN: &[(&str, Field)] = &[
    ("surname", Field::Surname),
    ("given", Field::Given),
    ("patronymic", Field::Patronymic),
    ("full_name", Field::FullName),
    ("group", Field::Group),
    ("parallel", Field::Parallel),
    ("letter", Field::Letter),
    ("role", Field::Role),
    ("post", Field::Post),
    ("phone", Field::Phone),
    ("birth_date", Field::BirthDate),
    ("class_teacher", Field::ClassTeacher),
    ("child", Field::Child),
    ("ignore", Field::Unknown),
];

/// The highest parent of a row that a code names.
const MOST_PARENTS: u8 = 4;

impl Field {
    /// Stable name: `surname`, `group`, `parent1`, `parent1_phone`. Everything that is not taken is `ignore`.
    pub fn code(self) -> String {
        match self {
            Self::ParentName(number) => format!("parent{number}"),
            Self::ParentSurname(number) => format!("parent{number}_surname"),
            Self::ParentGiven(number) => format!("parent{number}_given"),
            Self::ParentPatronymic(number) => format!("parent{number}_patronymic"),
            Self::ParentPhone(number) => format!("parent{number}_phone"),
            other => {
                let known = PLAIN.iter().find(|(_, field)| *field == other);
                known.map_or("ignore", |(code, _)| *code).to_owned()
            }
        }
    }

    /// The field of a code of [`Field::code`]; `ignore` is [`Field::Unknown`].
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some((_, field)) = PLAIN.iter().find(|(known, _)| *known == code) {
            return Some(*field);
        }
        let rest = code.strip_prefix("parent")?;
        let (number, part) = rest.split_once('_').unwrap_or((rest, ""));
        let number: u8 = number.parse().ok().filter(|number| (1..=MOST_PARENTS).contains(number))?;
        match part {
            "" if rest.ends_with('_') => None,
            "" => Some(Self::ParentName(number)),
            "surname" => Some(Self::ParentSurname(number)),
            "given" => Some(Self::ParentGiven(number)),
            "patronymic" => Some(Self::ParentPatronymic(number)),
            "phone" => Some(Self::ParentPhone(number)),
            _ => None,
        }
    }

    /// Every code that [`Field::from_code`] knows, parents by the first two.
    pub fn codes() -> Vec<String> {
        let parents = [1, 2].map(|number| [Self::ParentName(number), Self::ParentPhone(number)]);
        let plain = PLAIN.iter().map(|(_, field)| *field);
        plain.chain(parents.into_iter().flatten()).map(Self::code).collect()
    }
}

impl ColumnMap {
    /// The columns that a person means by `written`: «#3» is the third, anything else a header, compared as headers
    /// are (letter case, «ё», blanks and dots do not count).
    pub fn find_written(&self, written: &str) -> Vec<&MappedColumn> {
        if let Some(number) = written.trim().strip_prefix('#').and_then(|text| text.parse::<usize>().ok()) {
            return self.columns.iter().filter(|column| column.index + 1 == number).collect();
        }
        let wanted = fold_header(written);
        self.columns.iter().filter(|column| fold_header(&column.header) == wanted).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_fields_are_two_ways_of_one() {
        for code in Field::codes() {
            assert_eq!(Field::from_code(&code).map(Field::code), Some(code));
        }
        assert_eq!(Field::from_code("parent3_phone"), Some(Field::ParentPhone(3)));
        assert_eq!(Field::from_code("parent2_given"), Some(Field::ParentGiven(2)));
        assert_eq!(Field::ParentSurname(1).code(), "parent1_surname");
        for wrong in ["", "parent", "parent0", "parent99", "parent1_", "телефон"] {
            assert_eq!(Field::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn columns_are_found_by_header_and_by_number() {
        let column =
            |index, header: &str| MappedColumn { index, header: header.into(), field: Field::Unknown };
        let map =
            ColumnMap { columns: vec![column(0, "Ф.И.О."), column(1, "Ёлка"), column(2, "елка")] };
        let found = |written| map.find_written(written).iter().map(|column| column.index).collect::<Vec<_>>();
        assert_eq!(found("фио"), [0]);
        assert_eq!(found("#2"), [1]);
        assert_eq!(found("ЁЛКА"), [1, 2]);
        assert!(found("#9").is_empty() && found("класс").is_empty());
    }
}
