//! Rosters of any size, the same on every run, and the same school a term later.

use rust_xlsxwriter::Workbook;

/// Pupils in one group.
const GROUP_SIZE: usize = 27;
/// The header of every roster made here.
const HEADERS: [&str; 6] = ["Фамилия", "Имя", "Отчество", "Группа", "Дата рождения", "Телефон"];

/// A student by number; everything else follows from it.
#[derive(Clone, Copy)]
pub struct MadeStudent {
    number: usize,
    group: usize,
}

/// So many students, in groups of 27.
pub fn students(count: usize) -> Vec<MadeStudent> {
    (0..count).map(|number| MadeStudent { number, group: number / GROUP_SIZE }).collect()
}

/// The same school a term later: of a hundred 5 have left, 3 have moved to the next group, and 5 are new.
pub fn a_term_later(before: &[MadeStudent]) -> Vec<MadeStudent> {
    let groups = before.len().div_ceil(GROUP_SIZE);
    let newcomers = before.len() / 20;
    let stayed =
        before.iter().filter(|student| student.number % 20 != 7).map(|student| match student.number % 100 {
            11 | 41 | 71 => MadeStudent { group: (student.group + 1) % groups, ..*student },
            _ => *student,
        });
    let new = (0..newcomers).map(|place| MadeStudent { number: before.len() + place, group: place % groups });
    stayed.chain(new).collect()
}

impl MadeStudent {
    fn cells(self) -> [String; 6] {
        let number = self.number;
        [
            word(number, "в"),
            word(number / 1_000, "н"),
            word(number / 7, "вич"),
            format!("ИС-{}", self.group),
            format!("{:02}.{:02}.{}", number % 28 + 1, number % 12 + 1, 2009 + number % 6),
            // A code that no operator is known to use.
            format!("8945{:07}", number * 61 % 10_000_000),
        ]
    }
}

/// Made-up syllables: a thousand surnames, each with names of its own.
fn word(mut number: usize, ending: &str) -> String {
    const SYLLABLES: [&str; 10] = ["бе", "ла", "ри", "но", "ду", "ве", "ми", "та", "со", "жу"];
    let mut word = String::new();
    for _ in 0..3 {
        word.push_str(SYLLABLES[number % 10]);
        number /= 10;
    }
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}{ending}", letters.as_str())
}

/// As a Russian spreadsheet saves it, in UTF-8.
pub fn csv(students: &[MadeStudent]) -> Vec<u8> {
    let mut text = format!("\u{FEFF}{}\r\n", HEADERS.join(";"));
    for student in students {
        text.push_str(&student.cells().join(";"));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// One sheet of texts.
pub fn xlsx(students: &[MadeStudent]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let mut write = |row: u32, cells: &[&str]| {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, *cell).expect("within a worksheet");
        }
    };
    write(0, &HEADERS);
    for (row, student) in (1_u32..).zip(students) {
        write(row, &student.cells().each_ref().map(String::as_str));
    }
    workbook.save_to_buffer().expect("a workbook")
}
