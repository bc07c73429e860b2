//! One roster in every shape that schools have. A shape is tables of cells; `text_files` and `workbook_files` make
//! files of them.

use jiff::civil::{Date, date};
use sferum_console::names::Role;
use sferum_console::roster::ReadChoices;

use super::made_school::{Carries, Employee, MadeSchool, Pupil};

/// A cell as a spreadsheet has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Blank,
    Text(String),
    Number(f64),
    Date(Date),
}

/// One worksheet.
#[derive(Clone, Default)]
pub struct Table {
    /// Name of the worksheet.
    pub sheet: String,
    pub rows: Vec<Vec<Cell>>,
    /// Cells merged downwards: column, first and last row, all from 0.
    pub merged_down: Vec<(u16, u32, u32)>,
}

/// One file.
#[derive(Clone)]
pub struct ShapedFile {
    pub name: String,
    pub tables: Vec<Table>,
}

/// A shape of a roster of pupils.
pub struct Shape {
    pub name: &'static str,
    /// What it says besides ФИО, class and date of birth.
    pub carries: Carries,
    /// The same roster, perhaps in several files.
    pub write: fn(&MadeSchool) -> Vec<ShapedFile>,
    /// What the user answers beyond «ученики».
    pub answers: fn(&mut ReadChoices),
    /// One sheet a class cannot be written as text.
    pub workbook_only: bool,
}

const PHONES: Carries = Carries { phone: true, parents: false };
const NAMES_ONLY: Carries = Carries { phone: false, parents: false };
const FAMILIES: Carries = Carries { phone: true, parents: true };

fn nothing(_: &mut ReadChoices) {}

/// Every shape. The first is the plainest.
pub const SHAPES: [Shape; 18] = [
    shape("split name, trailing delimiter", PHONES, split),
    shape("joined name", PHONES, joined),
    shape("given name first", PHONES, given_first),
    shape("year and letter apart", NAMES_ONLY, year_and_letter),
    shape("titles, totals, empty rows, repeated headers", PHONES, printed),
    shape("extra and sensitive columns", PHONES, with_sensitive_columns),
    shape("blanks and line breaks in headers", PHONES, ragged_headers),
    shape("serial dates and phones as numbers", PHONES, numbers),
    shape("capitals", PHONES, capitals),
    shape("class labels in all spellings", PHONES, class_spellings),
    shape("two parents in the row", FAMILIES, parent_one_and_two),
    shape("mother and father in the row", FAMILIES, mother_and_father),
    shape("phones in all spellings", PHONES, phone_spellings),
    shape("no-break spaces and dashes in cells", NAMES_ONLY, untidy_cells),
    shape("class teacher in every row", NAMES_ONLY, with_class_teacher),
    Shape {
        answers: |choices| choices.fill_down = true,
        ..shape("class in a merged block", NAMES_ONLY, merged_class)
    },
    shape("a file a class, class in the title", PHONES, a_file_a_class),
    Shape {
        workbook_only: true,
        answers: |choices| choices.sheet = Some(sferum_console::roster::SheetChoice::EveryAsClass),
        ..shape("a sheet a class", PHONES, a_sheet_a_class)
    },
];

const fn shape(name: &'static str, carries: Carries, write: fn(&MadeSchool) -> Vec<ShapedFile>) -> Shape {
    Shape { name, carries, write, answers: nothing, workbook_only: false }
}

impl Shape {
    /// What the user answers.
    pub fn reading(&self) -> ReadChoices {
        let mut choices = ReadChoices { default_role: Some(Role::Student), ..ReadChoices::default() };
        (self.answers)(&mut choices);
        choices
    }
}

fn text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if text.is_empty() { Cell::Blank } else { Cell::Text(text) }
}

fn texts(cells: &[&str]) -> Vec<Cell> {
    cells.iter().map(|cell| text(*cell)).collect()
}

fn born(pupil: &Pupil) -> Cell {
    pupil.birth_date.map_or(Cell::Blank, Cell::Date)
}

fn phone(phone: Option<&String>) -> Cell {
    phone.map_or(Cell::Blank, |digits| text(format!("+7{digits}")))
}

fn one_file(table: Table) -> Vec<ShapedFile> {
    vec![ShapedFile { name: "список".into(), tables: vec![table] }]
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Table {
    let rows = std::iter::once(texts(header)).chain(rows).collect();
    Table { sheet: "Лист1".into(), rows, ..Table::default() }
}

fn list(school: &MadeSchool, header: &[&str], row: impl Fn(usize, &Pupil) -> Vec<Cell>) -> Vec<ShapedFile> {
    one_file(table(header, school.pupils.iter().enumerate().map(|(index, pupil)| row(index, pupil))))
}

fn split(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Телефон", ""],
        |_, pupil| {
            let name = &pupil.name;
            let mut row = texts(&[&name.surname, &name.given, &name.patronymic, &pupil.class]);
            row.extend([born(pupil), phone(pupil.phone.as_ref()), Cell::Blank]);
            row
        },
    )
}

fn joined(school: &MadeSchool) -> Vec<ShapedFile> {
    list(school, &["№ п/п", "ФИО", "Класс", "Д.р.", "Тел."], |index, pupil| {
        let number = Cell::Number(index as f64 + 1.0);
        vec![number, text(pupil.name.full()), text(&pupil.class), born(pupil), phone(pupil.phone.as_ref())]
    })
}

fn given_first(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["ФИО обучающегося", "Класс/группа", "Дата рождения", "Мобильный телефон"],
        |_, pupil| {
            let name = &pupil.name;
            // Two words alone tell no order: the rest of the column does.
            let written = format!("{} {} {}", name.given, name.patronymic, name.surname).replace("  ", " ");
            vec![text(written), text(&pupil.class), born(pupil), phone(pupil.phone.as_ref())]
        },
    )
}

fn year_and_letter(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["Параллель", "Литера", "Фамилия", "Имя", "Отчество", "Дата рожд."],
        |_, pupil| {
            let (name, class) = (&pupil.name, pupil.class.as_str());
            let letter = class.trim_start_matches(|sign: char| sign.is_ascii_digit());
            let year = class.trim_end_matches(letter).parse().unwrap_or(0.0);
            let mut row = vec![Cell::Number(year)];
            row.extend(texts(&[letter, &name.surname, &name.given, &name.patronymic]));
            row.push(born(pupil));
            row
        },
    )
}

const PRINTED_HEADER: [&str; 5] = ["№", "Фамилия, имя, отчество", "Класс", "Дата рождения", "Телефон"];

/// As it comes out of a printing program: ten rows of titles at most, a page of 30, totals.
fn printed(school: &MadeSchool) -> Vec<ShapedFile> {
    let mut rows = vec![
        texts(&["Муниципальное бюджетное общеобразовательное учреждение", "", "", "", ""]),
        texts(&["Школа № 14", "", "", "", ""]),
        Vec::new(),
        texts(&["", "Список обучающихся на 01.09.2026", "", "", ""]),
        texts(&["", "2026/2027 учебный год", "", "", ""]),
        Vec::new(),
        texts(&PRINTED_HEADER),
    ];
    for (index, pupil) in school.pupils.iter().enumerate() {
        if index > 0 && index % 30 == 0 {
            rows.push(Vec::new());
            rows.push(texts(&PRINTED_HEADER));
        }
        let number = Cell::Number(index as f64 + 1.0);
        let name = text(pupil.name.full());
        rows.push(vec![number, name, text(&pupil.class), born(pupil), phone(pupil.phone.as_ref())]);
    }
    // Numbered beforehand and left blank.
    rows.push(vec![Cell::Number(school.pupils.len() as f64 + 1.0), Cell::Blank]);
    rows.push(texts(&["", &format!("Итого: {}", school.pupils.len())]));
    rows.push(Vec::new());
    rows.push(texts(&["Всего", "", "", "", &school.pupils.len().to_string()]));
    one_file(Table { sheet: "Список".into(), rows, ..Table::default() })
}

/// What must never be taken, in columns of its own. The values are checked not to appear anywhere.
pub const SENSITIVE_VALUES: [&str; 5] =
    ["112-233-445 95", "zq7wX", "III-СЮ 555000", "ул. Лесная, 3", "группа здоровья II"];

fn with_sensitive_columns(school: &MadeSchool) -> Vec<ShapedFile> {
    let header = [
        "ФИО ученика",
        "СНИЛС",
        "Класс",
        "Пароль",
        "Дата рождения",
        "Свидетельство о рождении",
        "Телефон",
        "Адрес проживания",
        "Состояние здоровья",
        "Кружок",
    ];
    let [insurance, password, certificate, address, health] = SENSITIVE_VALUES;
    list(school, &header, |index, pupil| {
        let mut row = texts(&[&pupil.name.full(), insurance, &pupil.class, password]);
        row.extend([
            born(pupil),
            text(certificate),
            phone(pupil.phone.as_ref()),
            text(address),
            text(health),
        ]);
        row.push(text(if index % 5 == 0 { "шахматы" } else { "" }));
        row
    })
}

fn ragged_headers(school: &MadeSchool) -> Vec<ShapedFile> {
    let header = [
        "№\nп/п",
        "Фамилия\u{A0}",
        " Имя",
        "Отчество\n(при наличии)",
        "Класс\u{A0}/\u{A0}группа",
        "ДАТА\r\nРОЖДЕНИЯ",
        "Номер\u{A0}телефона*",
    ];
    list(school, &header, |index, pupil| {
        let name = &pupil.name;
        let mut row = vec![Cell::Number(index as f64 + 1.0)];
        row.extend(texts(&[&name.surname, &name.given, &name.patronymic, &pupil.class]));
        row.extend([born(pupil), phone(pupil.phone.as_ref())]);
        row
    })
}

/// Days since 30 December 1899, as spreadsheets count.
pub fn serial_of(day: Date) -> f64 {
    f64::from(day.since(date(1899, 12, 30)).map_or(0, |span| span.get_days()))
}

fn numbers(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["Фамилия", "Имя", "Отчество", "Группа", "Дата рождения", "Телефон"],
        |_, pupil| {
            let name = &pupil.name;
            let mut row = texts(&[&name.surname, &name.given, &name.patronymic, &pupil.class]);
            row.push(pupil.birth_date.map_or(Cell::Blank, |day| Cell::Number(serial_of(day))));
            let as_number = |digits: &String| format!("7{digits}").parse().map_or(Cell::Blank, Cell::Number);
            row.push(pupil.phone.as_ref().map_or(Cell::Blank, as_number));
            row
        },
    )
}

fn capitals(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["УЧАЩИЙСЯ", "КЛАСС", "ДАТА РОЖДЕНИЯ", "ТЕЛЕФОН"],
        |_, pupil| {
            let name = text(pupil.name.full().to_uppercase());
            vec![name, text(&pupil.class), born(pupil), phone(pupil.phone.as_ref())]
        },
    )
}

/// A class as one hand writes it and another does not.
fn spelled(class: &str, index: usize) -> String {
    let letter = class.trim_start_matches(|sign: char| sign.is_ascii_digit());
    let year = class.trim_end_matches(letter);
    let small = letter.to_lowercase();
    let latin = match letter {
        "А" => "A",
        "В" => "B",
        other => other,
    };
    match index % 9 {
        0 => class.to_owned(),
        1 => format!("{year}{small}"),
        2 => format!("{year} {letter}"),
        3 => format!("{year}-{small}"),
        4 => format!("{year} «{letter}»"),
        5 => format!("{year} \"{letter}\""),
        6 => format!("{year} класс {letter}"),
        7 => format!("{year}{latin}"),
        _ => format!(" {year}\u{A0}{letter} "),
    }
}

fn class_spellings(school: &MadeSchool) -> Vec<ShapedFile> {
    list(school, &["ФИО", "Класс", "Дата рождения", "Телефон"], |index, pupil| {
        let class = text(spelled(&pupil.class, index));
        vec![text(pupil.name.full()), class, born(pupil), phone(pupil.phone.as_ref())]
    })
}

fn parent_one_and_two(school: &MadeSchool) -> Vec<ShapedFile> {
    let header = [
        "ФИО",
        "Класс",
        "Дата рождения",
        "Телефон",
        "Родитель 1",
        "Телефон родителя 1",
        "Родитель 2",
        "Телефон родителя 2",
    ];
    list(school, &header, |_, pupil| with_parents(school, pupil))
}

fn mother_and_father(school: &MadeSchool) -> Vec<ShapedFile> {
    let header = [
        "ФИО",
        "Класс",
        "Дата рождения",
        "Телефон",
        "ФИО матери",
        "Телефон матери",
        "ФИО отца",
        "Телефон отца",
    ];
    list(school, &header, |_, pupil| with_parents(school, pupil))
}

fn with_parents(school: &MadeSchool, pupil: &Pupil) -> Vec<Cell> {
    let mut row = vec![text(pupil.name.full()), text(&pupil.class), born(pupil), phone(pupil.phone.as_ref())];
    for adult in [pupil.mother, pupil.father] {
        let adult = school.adult(adult);
        row.push(adult.map_or(Cell::Blank, |adult| text(adult.name.full())));
        row.push(phone(adult.and_then(|adult| adult.phone.as_ref())));
    }
    row
}

fn phone_spellings(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения", "Контактный телефон"],
        |index, pupil| {
            let name = &pupil.name;
            let mut row = texts(&[&name.surname, &name.given, &name.patronymic, &pupil.class]);
            row.push(born(pupil));
            let written = |digits: &String| {
                let (code, rest) = digits.split_at(3);
                let (one, two, three) = (&rest[..3], &rest[3..5], &rest[5..]);
                match index % 5 {
                    0 => format!("8 ({code}) {one}-{two}-{three}"),
                    1 => format!("8{digits}"),
                    2 => digits.clone(),
                    3 => format!("+7 {code} {one} {two} {three}"),
                    _ => format!("7{digits}"),
                }
            };
            row.push(pupil.phone.as_ref().map_or(Cell::Blank, |digits| text(written(digits))));
            row
        },
    )
}

/// Blanks before, after and in the middle, no-break ones too; dates in other orders; «нет» for nothing.
fn untidy_cells(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения"],
        |index, pupil| {
            let name = &pupil.name;
            let surname = match index % 3 {
                0 => format!("\u{A0}{}", name.surname),
                1 => format!("{}  ", name.surname),
                _ => name.surname.replace('-', " – "),
            };
            let patronymic = if name.patronymic.is_empty() { "-" } else { &name.patronymic };
            let day = pupil.birth_date.map(|day| match index % 3 {
                0 => day.strftime("%Y-%m-%d").to_string(),
                1 => day.strftime("%d.%m.%Y 0:00:00").to_string(),
                _ => day.strftime("%d/%m/%Y").to_string(),
            });
            let mut row = texts(&[&surname, &format!(" {}", name.given), patronymic, &pupil.class]);
            row.push(text(day.unwrap_or_default()));
            row
        },
    )
}

fn with_class_teacher(school: &MadeSchool) -> Vec<ShapedFile> {
    list(
        school,
        &["ФИО обучающегося", "Класс", "Дата рождения", "Классный руководитель"],
        |_, pupil| {
            let leader = school.staff.iter().find(|employee| employee.leads.as_deref() == Some(&pupil.class));
            let leader = leader.map_or(String::new(), |employee| employee.name.full());
            vec![text(pupil.name.full()), text(&pupil.class), born(pupil), text(leader)]
        },
    )
}

fn merged_class(school: &MadeSchool) -> Vec<ShapedFile> {
    let mut merged_down: Vec<(u16, u32, u32)> = Vec::new();
    let mut last = "";
    let mut rows = vec![texts(&["Класс", "ФИО", "Дата рождения"])];
    for pupil in &school.pupils {
        let here = rows.len() as u32;
        let first_of_block = pupil.class != last;
        match merged_down.last_mut() {
            Some(block) if !first_of_block => block.2 = here,
            _ => merged_down.push((0, here, here)),
        }
        last = &pupil.class;
        let class = if first_of_block { text(&pupil.class) } else { Cell::Blank };
        rows.push(vec![class, text(pupil.name.full()), born(pupil)]);
    }
    one_file(Table { sheet: "Все классы".into(), rows, merged_down })
}

fn a_file_a_class(school: &MadeSchool) -> Vec<ShapedFile> {
    let file = |class: &String| {
        let mut rows = vec![
            texts(&[&format!("Список {} класса на 01.09.2026", spelled(class, 4))]),
            Vec::new(),
            texts(&["№", "ФИО", "Дата рождения", "Телефон"]),
        ];
        let pupils = school.pupils.iter().filter(|pupil| pupil.class == *class);
        for (index, pupil) in pupils.enumerate() {
            let number = Cell::Number(index as f64 + 1.0);
            rows.push(vec![number, text(pupil.name.full()), born(pupil), phone(pupil.phone.as_ref())]);
        }
        let table = Table { sheet: "Лист1".into(), rows, ..Table::default() };
        ShapedFile { name: class.clone(), tables: vec![table] }
    };
    school.classes().iter().map(file).collect()
}

fn a_sheet_a_class(school: &MadeSchool) -> Vec<ShapedFile> {
    let sheet = |class: &String| {
        let pupils = school.pupils.iter().filter(|pupil| pupil.class == *class);
        let rows =
            pupils.map(|pupil| vec![text(pupil.name.full()), born(pupil), phone(pupil.phone.as_ref())]);
        Table {
            sheet: class.clone(), ..table(&["ФИО", "Дата рождения", "Телефон"], rows)
        }
    };
    let tables = school.classes().iter().map(sheet).collect();
    vec![ShapedFile { name: "школа".into(), tables }]
}

/// The staff with posts, phones and «Классное руководство».
pub fn staff_list(school: &MadeSchool) -> ShapedFile {
    let row = |employee: &Employee| {
        let leads = employee.leads.clone().unwrap_or_default();
        vec![text(employee.name.full()), text(employee.post), phone(Some(&employee.phone)), text(leads)]
    };
    let header = ["ФИО сотрудника", "Должность", "Телефон", "Классное руководство"];
    ShapedFile {
        name: "сотрудники".into(), tables: vec![table(&header, school.staff.iter().map(row))]
    }
}
