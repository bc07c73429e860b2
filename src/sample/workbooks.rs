//! A roster as a workbook: titles over merged cells, one merged class cell over its pupils, parents in columns, a mother
//! of two children, class teachers.

use super::people::{MadePerson, People, people};
use super::rosters::{birth, typed_phone};
use super::{SampleKind, SampleSheet};
use crate::register::SchoolYear;

const HEADERS: [&str; 9] = [
    "№ п/п",
    "Класс",
    "ФИО учащегося",
    "Дата рождения",
    "Родитель 1",
    "Телефон родителя 1",
    "Родитель 2",
    "Телефон родителя 2",
    "Классный руководитель",
];
/// Position of the class in [`HEADERS`].
const CLASS: usize = 1;
/// Position of the header below the titles.
const HEADER: usize = 3;

/// File names and sheets; only the school keeps its parents in a workbook.
pub(super) fn workbooks(kind: SampleKind, year: SchoolYear) -> Vec<(String, Vec<SampleSheet>)> {
    match kind {
        SampleKind::College => Vec::new(),
        SampleKind::School => {
            let people = people(kind, year);
            let groups = groups_with_siblings(&people);
            vec![("Контингент с родителями.xlsx".into(), vec![sheet(&people, &groups, year)])]
        }
    }
}

/// Two classes in which one mother has a child each.
fn groups_with_siblings(people: &People) -> Vec<usize> {
    for (adult, _) in people.adults.iter().enumerate() {
        let children =
            people.students.iter().filter(|student| student.adults.iter().any(|link| link.0 == adult));
        let mut groups: Vec<usize> = children.map(|student| student.group).collect();
        groups.dedup();
        if groups.len() == 2 {
            return groups;
        }
    }
    Vec::new()
}

fn sheet(people: &People, groups: &[usize], year: SchoolYear) -> SampleSheet {
    let line = |text: String| {
        let mut cells = vec![String::new(); HEADERS.len()];
        cells[0] = text;
        cells
    };
    let mut rows = vec![
        line("Школа № 14".into()),
        line(format!("Список учащихся и родителей на 01.09.{}", year.0)),
        line(String::new()),
        HEADERS.map(str::to_owned).to_vec(),
    ];
    let last_column = HEADERS.len() - 1;
    let mut merged = vec![[0, 0, 0, last_column], [1, 0, 1, last_column]];
    for group in groups {
        let first = rows.len();
        let teacher = people.leader_of(*group).map(|leader| people.staff[leader].person.name.full());
        for student in people.students_of(*group) {
            let student = &people.students[student];
            let place = rows.len() - HEADER;
            let mut cells = vec![place.to_string(), String::new(), student.person.name.full()];
            cells.push(birth(student.person.birth_date));
            for number in 0..2 {
                let adult = student.adults.get(number).map(|(adult, _)| &people.adults[*adult].person);
                cells.extend(adult_cells(adult, place));
            }
            cells.push(teacher.clone().unwrap_or_default());
            rows.push(cells);
        }
        if let Some(cells) = rows.get_mut(first) {
            cells[CLASS] = people.groups[*group].label.clone();
        }
        if rows.len() > first + 1 {
            merged.push([first, CLASS, rows.len() - 1, CLASS]);
        }
    }
    rows.push(line(format!("Всего: {}", rows.len() - HEADER - 1)));
    SampleSheet { name: "Контингент".into(), rows, header: HEADER, merged }
}

fn adult_cells(adult: Option<&MadePerson>, place: usize) -> [String; 2] {
    let phone = adult.and_then(|adult| adult.phone.as_ref());
    [adult.map(|adult| adult.name.full()).unwrap_or_default(), typed_phone(phone, place)]
}
