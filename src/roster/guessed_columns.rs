//! Columns of a file without a header, told by what their values look like.
//!
//! Only what is plain is told: four fifths of the rows must agree. The rest is left unknown, and a file whose people
//! cannot be told is not read: the user says which column holds them.

use super::aliases::{Field, role_named_in};
use super::delimited::{Sheet, SheetRow};
use super::header::{HEADER_SEARCH_ROWS, MappedColumn};
use super::name_order::ends_as_patronymic;
use super::sheet_rows::RowsBelow;
use crate::names::{clean, parse_birth_date, parse_group_label, parse_phone, role_from_words};

/// Endings of surnames; with patronymics the proof that two words are a person.
const SURNAME_ENDINGS: [&str; 22] = [
    "ов",
    "ова",
    "ев",
    "ева",
    "ёв",
    "ёва",
    "ин",
    "ина",
    "ын",
    "ына",
    "ский",
    "ская",
    "цкий",
    "цкая",
    "ко",
    "ук",
    "юк",
    "ян",
    "дзе",
    "швили",
    "ых",
    "их",
];

/// What the values say of a file without a header.
pub(super) struct GuessedColumns {
    /// The columns; without a name column where the people cannot be told.
    pub columns: Vec<MappedColumn>,
    /// The last title row, 0 where there is none.
    pub data_after: u32,
}

/// Tells the columns of `sheet` by their values.
pub(super) fn guess_columns(sheet: &Sheet) -> GuessedColumns {
    let first = sheet
        .rows()
        .take_while(|row| row.number() <= HEADER_SEARCH_ROWS)
        .find(|row| looks_like_a_person(*row))
        .map_or(0, SheetRow::number);
    let data_after = sheet.rows().take_while(|row| row.number() < first).last().map_or(0, SheetRow::number);
    let rows = RowsBelow::new(sheet, data_after);
    let width = rows.sample().map(SheetRow::filled_width).max().unwrap_or(0);
    let columns: Vec<ColumnLook> = (0..width).map(|index| ColumnLook::at(rows, index)).collect();
    let mut fields: Vec<Field> = columns.iter().map(ColumnLook::plain_field).collect();
    place_names(&columns, &mut fields);
    keep_only_single(&mut fields);
    let columns = fields
        .into_iter()
        .enumerate()
        .map(|(index, field)| MappedColumn { index, header: format!("столбец {}", index + 1), field })
        .collect();
    GuessedColumns { columns, data_after }
}

/// How many values of a column look like what.
#[derive(Default)]
struct ColumnLook {
    rows: u32,
    filled: u32,
    numbers_in_turn: u32,
    classes: u32,
    phones: u32,
    dates: u32,
    roles: u32,
    posts: u32,
    full_names: u32,
    full_names_proved: u32,
    single_words: u32,
    patronymics: u32,
    surnames: u32,
}

impl ColumnLook {
    fn at(rows: RowsBelow<'_>, index: usize) -> Self {
        let mut look = Self::default();
        let mut before: Option<u32> = None;
        for row in rows.sample() {
            look.rows += 1;
            let text = clean(row.cell(index));
            if text.is_empty() {
                continue;
            }
            look.filled += 1;
            let number = text.trim_end_matches(['.', ')']).parse::<u32>().ok();
            let in_turn =
                number.is_some_and(|number| before.map_or(number <= 1, |before| number == before + 1));
            look.numbers_in_turn += u32::from(in_turn);
            before = number;
            look.see(&text);
        }
        look
    }

    fn see(&mut self, text: &str) {
        let words: Vec<&str> = text.split(' ').collect();
        self.classes += u32::from(is_class(text));
        self.phones += u32::from(parse_phone(text).is_ok());
        self.dates += u32::from(text.contains(['.', '-', '/']) && parse_birth_date(text).is_ok());
        let named = role_named_in(text).is_some() && words.len() == 1;
        self.roles += u32::from(named || (words.len() == 1 && role_from_words(text).is_some()));
        self.posts += u32::from(role_from_words(text).is_some());
        if is_full_name(&words) {
            self.full_names += 1;
            let proved = words.iter().any(|word| ends_as_patronymic(word) || ends_as_surname(word));
            self.full_names_proved += u32::from(proved);
        }
        if let [word] = words[..]
            && is_name_word(word)
        {
            self.single_words += 1;
            self.patronymics += u32::from(ends_as_patronymic(word));
            self.surnames += u32::from(ends_as_surname(word));
        }
    }

    /// Four fifths of the rows; of a value that may be absent four fifths of the filled and a third of all.
    fn most(&self, count: u32) -> bool {
        self.rows > 0 && count * 5 >= self.rows * 4
    }

    fn most_filled(&self, count: u32) -> bool {
        count > 0 && count * 5 >= self.filled * 4 && self.filled * 3 >= self.rows
    }

    /// What the column is by itself; names are placed by [`place_names`].
    fn plain_field(&self) -> Field {
        if self.most(self.numbers_in_turn) {
            Field::Number
        } else if self.most_filled(self.dates) {
            Field::BirthDate
        } else if self.most_filled(self.phones) {
            Field::Phone
        } else if self.most_filled(self.classes) {
            Field::Group
        } else if self.most(self.roles) {
            Field::Role
        } else if self.most_filled(self.posts) {
            Field::Post
        } else {
            Field::Unknown
        }
    }
}

/// Finds the names: one column of two or three words, else neighbouring columns of one word each.
fn place_names(columns: &[ColumnLook], fields: &mut [Field]) {
    let something_else_is_plain = fields.iter().any(|field| *field != Field::Unknown);
    let full = columns.iter().enumerate().filter(|(index, look)| {
        fields[*index] == Field::Unknown
            && look.most(look.full_names)
            // Two words with capitals are people only where something supports it: «Красная Шапочка».
            && (something_else_is_plain || look.full_names_proved * 3 >= look.full_names)
    });
    let full: Vec<usize> = full.map(|(index, _)| index).collect();
    if let [first, others @ ..] = full.as_slice() {
        fields[*first] = Field::FullName;
        // A phone right of a second person is that person's.
        if let Some(second) = others.first() {
            for field in &mut fields[*second..] {
                if matches!(*field, Field::Phone | Field::BirthDate | Field::Post) {
                    *field = Field::Unknown;
                }
            }
        }
        return;
    }
    let single = |index: usize| {
        columns.get(index).is_some_and(|look| look.most(look.single_words)) && fields[index] == Field::Unknown
    };
    let patronymic = columns.iter().position(|look| look.most_filled(look.patronymics));
    let found = match patronymic {
        Some(at) if at >= 2 && single(at - 1) && single(at - 2) => Some((at - 2, at - 1)),
        Some(at) if at >= 1 && single(at - 1) && single(at + 1) => Some((at + 1, at - 1)),
        Some(_) => None,
        None => (1..columns.len()).filter(|at| single(at - 1) && single(*at)).find_map(|at| {
            let surname_like = |index: usize| columns[index].surnames * 5 >= columns[index].rows * 3;
            match (surname_like(at - 1), surname_like(at)) {
                (true, false) => Some((at - 1, at)),
                (false, true) => Some((at, at - 1)),
                _ => None,
            }
        }),
    };
    if let Some((surname, given)) = found {
        fields[surname] = Field::Surname;
        fields[given] = Field::Given;
        if let Some(patronymic) = patronymic {
            fields[patronymic] = Field::Patronymic;
        }
    }
}

/// Two columns of one kind are not plain: neither is taken, except running numbers.
fn keep_only_single(fields: &mut [Field]) {
    let all = fields.to_vec();
    for field in fields {
        let same = all.iter().filter(|other| *other == field).count();
        if same > 1 && *field != Field::Number {
            *field = Field::Unknown;
        }
    }
}

fn looks_like_a_person(row: SheetRow<'_>) -> bool {
    let texts: Vec<String> = row.cells().map(clean).collect();
    let full = texts.iter().any(|text| is_full_name(&text.split(' ').collect::<Vec<_>>()));
    full || texts.windows(2).any(|pair| is_name_word(&pair[0]) && is_name_word(&pair[1]))
}

/// «5А», «10 инж», «ИС-21-1»; a bare number is not told from any other.
fn is_class(text: &str) -> bool {
    let has_letter = text.chars().any(char::is_alphabetic);
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_code = text.chars().count() <= 12
        && text.starts_with(char::is_uppercase)
        && text.contains('-')
        && !text.contains(' ');
    has_letter
        && has_digit
        && text.chars().count() <= 20
        && (is_code || parse_group_label(text).is_ok_and(|label| label.parallel.is_some()))
}

/// Two to four words with capitals (initials too), or small ones with a patronymic among them.
fn is_full_name(words: &[&str]) -> bool {
    let letters_only = |word: &&str| {
        word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '–' | '.' | '\'' | '’'))
            && word.chars().any(is_russian)
    };
    if !(2..=5).contains(&words.len()) || !words.iter().all(letters_only) {
        return false;
    }
    let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    let small_particles = words.len() - capitals;
    let has_patronymic = words.iter().any(|word| ends_as_patronymic(word));
    (capitals >= 2
        && small_particles <= 1
        && words.last().is_some_and(|word| small_particles == 0 || word.len() <= 10))
        || (capitals == 0 && has_patronymic)
}

fn is_name_word(word: &str) -> bool {
    word.chars().count() >= 2
        && word.starts_with(char::is_uppercase)
        && word.chars().all(|letter| is_russian(letter) || letter == '-')
}

fn ends_as_surname(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.chars().count() > 3 && SURNAME_ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

fn is_russian(letter: char) -> bool {
    matches!(letter, 'А'..='я' | 'Ё' | 'ё')
}

#[cfg(test)]
mod tests {
    use super::super::delimited::read_sheet;
    use super::*;

    fn fields(text: &str) -> Vec<Field> {
        let guessed = guess_columns(&read_sheet(text, None).expect("reads"));
        guessed.columns.into_iter().map(|column| column.field).collect()
    }

    #[test]
    fn plain_columns_are_told() {
        use Field::*;
        let cases: [(&str, &[Field]); 10] = [
            (
                "1;Гусев Пётр Ильич;5А;8 913 000-00-01;12.03.2015\n2;Ким Яна;5Б;;01.04.2015\n",
                &[Number, FullName, Group, Phone, BirthDate],
            ),
            ("Гусев;Пётр;Ильич;5А\nКим;Яна;Львовна;5А\n", &[Surname, Given, Patronymic, Group]),
            ("Пётр;Ильич;Гусев;5А\nЯна;Львовна;Ким;5А\n", &[Given, Patronymic, Surname, Group]),
            ("Гусева;Анна;5А\nСоколов;Лев;5А\n", &[Surname, Given, Group]),
            ("Анна;Гусева;5А\nЛев;Соколов;5А\n", &[Given, Surname, Group]),
            ("Ким Ян;ученик\nЛи Ян;ученик\n", &[FullName, Role]),
            ("Ким Ян;5А\n", &[FullName, Group]),
            ("Гусев Пётр Ильич;учитель физики\nКим Яна Львовна;секретарь\n", &[FullName, Post]),
            ("Гусев Пётр Ильич;ИС-21-1\nКим Яна Львовна;ПКС-23\n", &[FullName, Group]),
            (
                "Гусев Пётр Ильич;Гусева Анна Ильинична;89130000001\nКим Яна Львовна;Ким Ия Львовна;89130000002\n",
                &[FullName, Unknown, Unknown],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(fields(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left() {
        for text in [
            "Молоко;Хлеб\nСыр;Масло\n",
            "Красная Шапочка\nСерый Волк\n",
            "12;13\n14;15\n",
            "Ким Ян\nтовар\nещё товар\nи ещё\nвсё\n",
        ] {
            let told = fields(text);
            assert!(!told.contains(&Field::FullName) && !told.contains(&Field::Surname), "{text}: {told:?}");
        }
    }

    #[test]
    fn titles_above_are_no_data() {
        let sheet = read_sheet("Список 9Б\nна 01.09.2026\n\nКим Ян Львович;9Б\nЛи Яна Юрьевна;9Б\n", None)
            .expect("reads");
        assert_eq!(guess_columns(&sheet).data_after, 2);
    }
}
