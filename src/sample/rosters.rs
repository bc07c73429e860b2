//! Rosters «as schools have them», from the people of the sample and a little later than its register: newcomers,
//! moves, leavers, another spelling, two numbers in a cell, an impossible date, a total row (domain §5).

use std::fmt::Write;

use encoding_rs::WINDOWS_1251;
use jiff::civil::Date;

use super::SampleKind;
use super::chance::Chance;
use super::groups::Part;
use super::invented_names::family;
use super::people::{MadePerson, People, Phones, people};
use crate::names::{FullName, Phone, Role};
use crate::register::SchoolYear;

/// File names and bytes.
pub(super) fn files(kind: SampleKind, year: SchoolYear) -> Vec<(String, Vec<u8>)> {
    let people = people(kind, year);
    match kind {
        SampleKind::School => vec![
            (format!("Контингент {}.csv", year.0), windows_1251(&school_students(&people, year))),
            ("Сотрудники школы.txt".into(), utf_16(&staff(&people))),
            ("Список 7Б.csv".into(), utf_8_with_mark(&one_class(&people, "7Б", year))),
            ("Родители 5А.csv".into(), windows_1251(&parents(&people, "5А"))),
            ("7Б участники чата.txt".into(), school_chat(&people).into_bytes()),
        ],
        SampleKind::College => vec![
            ("Студенты колледжа.csv".into(), utf_8_with_mark(&college_students(&people, year))),
            ("Сотрудники колледжа.txt".into(), utf_16(&staff(&people))),
            (format!("{} участники чата.txt", people.groups[0].label), college_chat(&people).into_bytes()),
        ],
    }
}

fn windows_1251(text: &str) -> Vec<u8> {
    WINDOWS_1251.encode(text).0.into_owned()
}

fn utf_8_with_mark(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").into_bytes()
}

/// What Excel calls «Текст Юникод».
fn utf_16(text: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

pub(super) fn birth(date: Option<Date>) -> String {
    date.map(|date| format!("{:02}.{:02}.{}", date.day(), date.month(), date.year())).unwrap_or_default()
}

/// Phones as different people type them.
pub(super) fn typed_phone(phone: Option<&Phone>, place: usize) -> String {
    let Some(digits) =
        phone.and_then(|phone| phone.as_str().strip_prefix("+7")).filter(|rest| rest.len() == 10)
    else {
        return String::new();
    };
    let (code, first, middle, last) = (&digits[..3], &digits[3..6], &digits[6..8], &digits[8..]);
    match place % 4 {
        0 => format!("8 ({code}) {first}-{middle}-{last}"),
        1 => format!("+7{digits}"),
        2 => format!("8{digits}"),
        _ => format!("8-{code}-{first}-{middle}-{last}"),
    }
}

/// Class labels as different class teachers type them.
fn typed_label(label: &str, place: usize) -> String {
    let Some((parallel, letter)) = label.char_indices().last().map(|(end, _)| label.split_at(end)) else {
        return label.to_owned();
    };
    if label.contains(' ') {
        return label.to_owned();
    }
    match place {
        2 => format!("{parallel}{}", letter.to_lowercase()),
        4 => format!("{parallel} {letter}"),
        7 => format!("{parallel}-{letter}"),
        9 => format!("{parallel} «{letter}»"),
        // A quotation mark inside a quoted field is doubled, as Excel does.
        10 => format!("\"{parallel} \"\"{letter}\"\"\""),
        // Latin look-alike.
        12 => format!("{parallel}A"),
        19 => format!("{parallel} класс {letter}"),
        _ => label.to_owned(),
    }
}

/// What the roster of a few weeks later says of a pupil; `None`: no longer in it.
fn later(people: &People, index: usize) -> Option<(MadePerson, usize)> {
    let student = &people.students[index];
    let (mut person, mut group) = (student.person.clone(), student.group);
    let of_label =
        |label: &str| people.groups.iter().position(|group| group.label == label).unwrap_or(student.group);
    match (person.name.surname.as_str(), person.name.given.as_str()) {
        ("Абдуллина", "Камила") if people.groups[group].label == "7А" => {
            group = of_label("7Б")
        }
        ("Белов", "Савелий") if people.groups[group].label == "5В" => group = of_label("5А"),
        ("Гущина", "Полина") => person.name.surname = "Лосева".into(),
        ("Ермаков", "Никита") if person.name.patronymic.is_empty() => {
            person.name.patronymic = "Олегович".into()
        }
        ("Королёва", "Алёна") => person.name = FullName::new("Королева", "Алена", "Семеновна"),
        ("Лужин", "Захар") => return None,
        _ => {}
    }
    // Those whom the register has seen leave or move are in the file as the register knows them.
    let place = people.students_of(student.group).position(|student| student == index).unwrap_or(0);
    let last = people.students_of(student.group).last() == Some(index);
    let school = people.groups.iter().any(|group| group.label == "7Б");
    let (left, from, to): (&[usize], usize, usize) = if school { (&[0, 3], 8, 6) } else { (&[0, 1], 1, 0) };
    if last && left.contains(&student.group) {
        return None;
    }
    if student.group == from && place == 3 {
        group = to;
    }
    Some((person, group))
}

/// Everybody of the later roster, by group and name, with a few newcomers.
fn later_students(people: &People, year: SchoolYear) -> Vec<(MadePerson, usize)> {
    let mut list: Vec<_> = (0..people.students.len()).filter_map(|index| later(people, index)).collect();
    let mut chance = Chance::new("новички");
    let mut phones = Phones::later();
    for place in 0..9 {
        let group = (place * 3 + 1) % people.groups.len();
        let names = family(&mut chance);
        let month = 1 + chance.below(12) as i8;
        let birth_date = Date::new(year.0 - people.groups[group].age, month, 3 + place as i8).ok();
        let phone = if people.groups[group].age >= 12 { phones.next() } else { None };
        list.push((MadePerson { name: names.child, birth_date, phone }, group));
    }
    list.sort_by_key(|(person, group)| (*group, person.name.sort_key()));
    list
}

/// The whole school as its own Excel saves it: cp1251, `;`, CRLF and a `;` at the end of every line.
fn school_students(people: &People, year: SchoolYear) -> String {
    let mut text = String::from("№ п/п;Фамилия;Имя;Отчество;Дата рождения;Класс;Телефон;СНИЛС;\r\n");
    let students = later_students(people, year);
    let mother_of_aliya = people
        .students
        .iter()
        .find(|student| student.person.name.given == "Алия" && student.person.name.patronymic == "Ильдаровна")
        .and_then(|student| student.adults.first())
        .and_then(|(adult, _)| people.adults[*adult].person.phone.clone());
    for (place, (person, group)) in students.iter().enumerate() {
        let name = &person.name;
        let mut phone = typed_phone(person.phone.as_ref(), place);
        if (name.surname.as_str(), name.given.as_str()) == ("Лыткин", "Егор") {
            // Two numbers in one cell: none may be taken.
            let _ = write!(phone, ", {}", typed_phone(mother_of_aliya.as_ref(), 1));
        }
        if (name.given.as_str(), name.patronymic.as_str()) == ("Алия", "Ильдаровна") {
            // The mother's number in the child's row: the account would be the mother's.
            phone = typed_phone(mother_of_aliya.as_ref(), 0);
        }
        let born = if place == 64 { "31.02.2017".to_owned() } else { birth(person.birth_date) };
        let label = typed_label(&people.groups[*group].label, *group);
        let _ = write!(
            text,
            "{};{};{};{};{born};{label};{phone};;\r\n",
            place + 1,
            name.surname,
            name.given,
            name.patronymic
        );
    }
    let _ = write!(text, "Всего:;{};;;;;;;\r\n", students.len());
    text
}

/// Joined names and free-text groups, UTF-8 with a mark.
fn college_students(people: &People, year: SchoolYear) -> String {
    let mut text = String::from("№ п/п;ФИО студента;Учебная группа;Дата рождения;Номер телефона\r\n");
    for (place, (person, group)) in later_students(people, year).iter().enumerate() {
        let (label, phone) = (&people.groups[*group].label, typed_phone(person.phone.as_ref(), place));
        let _ = write!(
            text,
            "{};{};{label};{};{phone}\r\n",
            place + 1,
            person.name.full(),
            birth(person.birth_date)
        );
    }
    text
}

/// Staff with posts, TAB-separated; the teacher who left is not in it, two newcomers are.
fn staff(people: &People) -> String {
    let left = people.group_with(Part::TeacherLeft).and_then(|group| people.leader_of(group));
    let mut text = String::from("ФИО сотрудника\tДолжность\tКонтактный телефон\r\n");
    let staff = people.staff.iter().enumerate().filter(|(index, _)| Some(*index) != left);
    for (place, (_, member)) in staff.enumerate() {
        let phone = typed_phone(member.person.phone.as_ref(), place);
        let _ = write!(text, "{}\t{}\t{phone}\r\n", member.person.name.full(), member.post);
    }
    let post =
        people.staff.iter().filter(|member| member.role == Role::Teacher).nth(17).map(|member| &member.post);
    let mut phones = Phones::later();
    for name in ["Рыбакова Таисия Ивановна", "Гараев Булат Айратович"]
    {
        let phone = typed_phone(phones.next().as_ref(), 0);
        let _ = write!(text, "{name}\t{}\t{phone}\r\n", post.map_or("", String::as_str));
    }
    text
}

/// One class as its teacher keeps it: title rows above the header, a total below.
fn one_class(people: &People, label: &str, year: SchoolYear) -> String {
    let mut text = format!("Школа № 14;;;\r\nСписок обучающихся {label} на 01.09.{};;;\r\n;;;\r\n", year.0);
    text.push_str("№;Фамилия, имя, отчество;Д.р.;Тел.\r\n");
    let students = later_students(people, year);
    let class = students.iter().filter(|(_, group)| people.groups[*group].label == label);
    let mut count = 0;
    for (place, (person, _)) in class.enumerate() {
        let phone = typed_phone(person.phone.as_ref(), place);
        let _ = write!(text, "{};{};{};{phone}\r\n", place + 1, person.name.full(), birth(person.birth_date));
        count = place + 1;
    }
    let _ = write!(text, ";Итого: {count};;\r\n");
    text
}

/// A class with its parents in columns.
fn parents(people: &People, label: &str) -> String {
    let mut text = String::from("ФИО ученика;Класс;Мать (ФИО);Телефон матери;Отец (ФИО);Телефон отца\r\n");
    for (place, student) in
        people.students.iter().filter(|student| people.groups[student.group].label == label).enumerate()
    {
        let of = |basis: &str| {
            student.adults.iter().find(|adult| adult.1 == basis).map(|adult| &people.adults[adult.0].person)
        };
        let cells = |person: Option<&MadePerson>| {
            let phone = person.and_then(|person| person.phone.as_ref());
            format!(
                "{};{}",
                person.map(|person| person.name.full()).unwrap_or_default(),
                typed_phone(phone, place)
            )
        };
        let _ = write!(
            text,
            "{};{label};{};{}\r\n",
            student.person.name.full(),
            cells(of("мать")),
            cells(of("отец"))
        );
    }
    text
}

/// What the messenger gives when the list of members is copied: names as people call themselves, with noise.
const SEEN: [&str; 5] =
    ["был(а) недавно", "в сети", "был(а) вчера в 21:40", "была 5 минут назад", "был(а) давно"];

fn school_chat(people: &People) -> String {
    let mut text = String::from("Родители 7Б\n24 участника\n\nНаталья Ковалёва\nвладелец\n");
    let by_hand = ["Мама Саши Волкова", "Наталья К.", "Ирина Смирнова", "Рустам Хасанов", "Сергей"];
    for (place, name) in by_hand.iter().enumerate() {
        let _ = write!(text, "{name}\n{}\n", SEEN[place % SEEN.len()]);
    }
    let group = people.groups.iter().position(|group| group.label == "7Б").unwrap_or(0);
    let mothers = people.students_of(group).skip(6).filter_map(|student| {
        let (adult, _) = people.students[student].adults.first()?;
        Some(&people.adults[*adult].person.name)
    });
    // The owner and the five above leave 18 places.
    for (place, name) in mothers.take(18).enumerate() {
        let shown = match place % 5 {
            3 => format!("{} {}", name.surname, name.given),
            4 => format!("{} {} {}", name.surname, name.given, name.patronymic),
            _ => format!("{} {}", name.given, name.surname),
        };
        let _ = write!(text, "{shown}\n{}\n", SEEN[(place + 2) % SEEN.len()]);
    }
    text
}

fn college_chat(people: &People) -> String {
    let students = people.students_of(0).take(19);
    let mut text =
        format!("{}, группа\n20 участников\n\nКсения Рощина (вы)\nадминистратор\n", people.groups[0].label);
    for (place, student) in students.enumerate() {
        let name = &people.students[student].person.name;
        let shown =
            if place % 6 == 5 { name.given.clone() } else { format!("{} {}", name.given, name.surname) };
        let _ = write!(text, "{shown}\n{}\n", SEEN[place % SEEN.len()]);
    }
    text
}
