//! «Лист класса»: a checklist that a class teacher fills by hand or in a spreadsheet, and that reads back by names and
//! ticks (duties 2.3-6, 2.3-8; clause 1.8).
//!
//! Layout of the workbook, kept for ever: one sheet; titles above; a line «Отмечено на: ДД.ММ.ГГГГ» above the header;
//! the header [`CLASS_SHEET_HEADERS`] to the letter; below it one pupil a row, nothing hidden, no formulas. A tick is any
//! of [`CLASS_SHEET_TICKS`] in whatever case; an empty cell says nothing; «-», «нет», «0» say no.

use jiff::civil::Date;

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::link_words::{BLANK_DAY, day_of_cell, day_of_document};
use super::plain_workbook::{PlainSheet, plain_workbook};
use crate::names::Role;
use crate::register::{GroupId, ParticipationState, PersonId, Register};
use crate::regulation::{class_teacher_word, group_word, is_inside};
use crate::wording::counted;

/// The header of the workbook, to the letter; the columns stand in this order.
pub const CLASS_SHEET_HEADERS: [&str; 6] =
    ["№", "ФИО ученика", "Ученик в группе", "Взрослый в группе", "Не участвует", "Примечание"];
/// What counts as a tick when the sheet is read back, in lower case.
pub const CLASS_SHEET_TICKS: [&str; 6] = ["+", "да", "1", "v", "✓", "есть"];
/// What stands before the day in its line of the workbook.
pub const CLASS_SHEET_DAY: &str = "Отмечено на: ";
/// The first title, before the label of the group.
pub const CLASS_SHEET_TITLE: &str = "Лист класса ";
/// A box to tick with a pen; every font for Russian has it.
const BOX: &str = "□";
/// A tick that the program writes.
const TICK: &str = "+";

/// What is asked of a class sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassSheetRequest {
    /// The class.
    pub group: GroupId,
    /// Ticks where the register knows that somebody is in; else only those who do not participate are marked, so
    /// that nobody asks them again.
    pub with_known: bool,
}

struct Pupil {
    name: String,
    student_in: bool,
    adult_in: bool,
    not_taking_part: bool,
}

/// The current students by name.
fn pupils(register: &Register, group: GroupId, today: Date) -> Vec<Pupil> {
    let mut memberships: Vec<_> = register
        .memberships_of_group(group)
        .filter(|membership| membership.role == Role::Student && register.is_current(membership, today))
        .filter_map(|membership| Some((membership, register.person(membership.person)?)))
        .collect();
    memberships.sort_by_cached_key(|(membership, person)| (person.name.sort_key(), membership.id));
    let pupils = memberships.into_iter().map(|(membership, person)| Pupil {
        name: person.name.full(),
        student_in: is_inside(membership.participation.state),
        adult_in: adult_is_in(register, person.id, today),
        not_taking_part: membership.participation.state == ParticipationState::DoesNotParticipate,
    });
    pupils.collect()
}

fn adult_is_in(register: &Register, child: PersonId, today: Date) -> bool {
    register.current_guardians(child, today).any(|guardianship| is_inside(guardianship.participation.state))
}

fn titles(register: &Register, group: GroupId) -> (String, String) {
    let organization = &register.organization().name;
    let Some(group) = register.group(group) else {
        return (CLASS_SHEET_TITLE.to_owned(), organization.clone());
    };
    let title = match group_word(group.kind) {
        "класс" => format!("{CLASS_SHEET_TITLE}{}", group.label),
        _ => format!("Лист группы {}", group.label),
    };
    let year = group.year.map_or_else(String::new, |year| format!(", {year} учебный год"));
    (title, format!("{organization}{year}"))
}

/// Composes the sheet to be printed.
pub fn compose_class_sheet(register: &Register, request: &ClassSheetRequest, today: Date) -> Composed {
    let (title, place) = titles(register, request.group);
    let mark = |known: bool| if known { TICK } else { BOX }.to_owned();
    let rows: Vec<Vec<String>> = (1..)
        .zip(pupils(register, request.group, today))
        .map(|(number, pupil): (usize, Pupil)| {
            vec![
                number.to_string(),
                pupil.name,
                mark(pupil.student_in && request.with_known),
                mark(pupil.adult_in && request.with_known),
                mark(pupil.not_taking_part),
                String::new(),
            ]
        })
        .collect();
    let count = counted(rows.len() as u64, "человек", "человека", "человек");
    let columns = CLASS_SHEET_HEADERS.into_iter().zip([5, 40, 13, 14, 14, 24]).enumerate();
    let columns = columns.map(|(place, (header, share))| Column {
        header,
        share,
        is_centered: matches!(place, 0 | 2 | 3 | 4),
    });
    let post = register
        .group(request.group)
        .map_or("руководитель", |group| class_teacher_word(group.kind));
    let teachers: Vec<String> = register
        .class_teachers(request.group, today)
        .filter_map(|assignment| register.person(assignment.person))
        .map(|person| person.name.short())
        .collect();
    let blocks = vec![
        Block::Title(title),
        Block::Paragraph(place, LineAlignment::Center),
        Block::Paragraph(
            format!("Список на {}: {count}.\nОтмечено на: {BLANK_DAY}", day_of_document(today)),
            LineAlignment::Left,
        ),
        Block::SmallPrint(
            "Отметьте, кого видите в группе или чате. Участие добровольное: «не участвует» отмечают со слов семьи, \
             причину писать не нужно."
                .to_owned(),
        ),
        Block::Table(ComposedTable { columns: columns.collect(), rows }),
        Block::Signatures(vec![Signature { post: capitalised(post), name: teachers.join(", ") }]),
    ];
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The sheet as a workbook, laid out as the room promises.
///
/// # Errors
/// [`DocumentError`].
pub fn class_sheet_workbook(
    register: &Register,
    request: &ClassSheetRequest,
    today: Date,
) -> Result<Vec<u8>, DocumentError> {
    let (title, place) = titles(register, request.group);
    let hint = "Отметьте «+», кого видите. Участие добровольное.".to_owned();
    let mut rows: Vec<Vec<String>> = vec![
        vec![title],
        vec![place],
        vec![format!("{CLASS_SHEET_DAY}{}", day_of_cell(today))],
        vec![hint],
        CLASS_SHEET_HEADERS.map(str::to_owned).to_vec(),
    ];
    let header = rows.len() - 1;
    let mark = |known: bool| if known { TICK } else { "" }.to_owned();
    rows.extend((1..).zip(pupils(register, request.group, today)).map(|(number, pupil): (usize, Pupil)| {
        vec![
            number.to_string(),
            pupil.name,
            mark(pupil.student_in && request.with_known),
            mark(pupil.adult_in && request.with_known),
            mark(pupil.not_taking_part),
            String::new(),
        ]
    }));
    let last_column = CLASS_SHEET_HEADERS.len() - 1;
    let merged = (0..header).map(|row| [row, 0, row, last_column]).collect();
    plain_workbook(&[PlainSheet { name: "Лист класса".to_owned(), rows, header, merged }])
}
