//! «Лист класса»: a checklist that a class teacher fills by hand or in a spreadsheet, and that reads back by names and
//! ticks (duties 2.3-6, 2.3-8; clause 1.8).
//!
//! Layout of the workbook, kept for ever: one sheet; titles above; a line «Отмечено на: ДД.ММ.ГГГГ» above the header;
//! the header [`CLASS_SHEET_HEADERS`] to the letter; below it one pupil a row, nothing hidden, no formulas. A tick is any
//! of [`CLASS_SHEET_TICKS`] in whatever case; an empty cell says nothing; «-», «нет», «0» say no. The delimited form
//! has the same rows; in it a tick is written «да», since a cell must not begin like a formula.

use crate::names::capitalized;
use jiff::civil::Date;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, IgnoreError};

use super::DocumentError;
use super::composed::{Block, Column, Composed, ComposedTable, LineAlignment, PageLayout, Signature};
use super::csv_table::csv_table;
use super::link_words::{BLANK_DAY, day_of_cell, day_of_document};
use super::xlsx_table::{TEXT_FORMAT, header_format, new_workbook, print_on_a4, write_text};
use crate::names::{Role, group_key};
use crate::register::{Group, GroupId, ParticipationState, PersonId, Register};
use crate::regulation::{class_teacher_word, group_word, is_inside};
use crate::wording::counted;

/// The header of the workbook, to the letter; the columns stand in this order.
pub const CLASS_SHEET_HEADERS: [&str; 6] =
    ["№", "ФИО ученика", "Ученик в группе", "Взрослый в группе", "Не участвует", "Примечание"];
/// What counts as a tick when the sheet is read back, in lower case.
pub const CLASS_SHEET_TICKS: [&str; 12] =
    ["+", "да", "1", "v", "✓", "есть", "x", "х", "*", "✔", "☑", "истина"];
/// What stands before the day in its line of the workbook.
pub const CLASS_SHEET_DAY: &str = "Отмечено на: ";
/// The first title, before the label of the group.
pub const CLASS_SHEET_TITLE: &str = "Лист класса ";
/// The same for a group that is no class.
pub(super) const GROUP_SHEET_TITLE: &str = "Лист группы ";
/// Widths of the columns, in characters.
const WORKBOOK_WIDTHS: [f64; 6] = [5.0, 40.0, 13.0, 13.0, 13.0, 20.0];
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

/// The two lines above the list: whose it is, and of which organization and year. The unit is named where another group
/// of the year has the same label.
pub(super) fn titles(register: &Register, group: GroupId) -> (String, String) {
    let organization = &register.organization().name;
    let Some(group) = register.group(group) else {
        return (CLASS_SHEET_TITLE.to_owned(), organization.clone());
    };
    let title = match group_word(group.kind) {
        "класс" => format!("{CLASS_SHEET_TITLE}{}", group.label),
        _ => format!("{GROUP_SHEET_TITLE}{}", group.label),
    };
    let unit = unit_of_shared_label(register, group).map_or_else(String::new, |unit| format!(", {unit}"));
    let year = group.year.map_or_else(String::new, |year| format!(", {year} учебный год"));
    (title, format!("{organization}{unit}{year}"))
}

/// The unit of a group whose label another group of the same year has too.
pub fn unit_of_shared_label<'register>(
    register: &'register Register,
    group: &Group,
) -> Option<&'register str> {
    let key = group_key(&group.label);
    let is_shared = register.tables().groups.values().any(|other| {
        other.id != group.id
            && other.year == group.year
            && other.archived_on.is_none()
            && group_key(&other.label) == key
    });
    let unit = group.unit.and_then(|unit| register.unit(unit)).filter(|_| is_shared)?;
    Some(unit.name.as_str())
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
        Block::Signatures(vec![Signature { post: capitalized(post), name: teachers.join(", ") }]),
    ];
    Composed { layout: PageLayout::Portrait, made_on: today, blocks, page_numbers: true }
}

/// What stands above the header, line by line.
fn lines_above(register: &Register, group: GroupId, today: Date) -> [String; 4] {
    let (title, place) = titles(register, group);
    let day = format!("{CLASS_SHEET_DAY}{}", day_of_cell(today));
    let hint = "Поставьте «+», кого видите в группе или чате. Участие добровольное.";
    [title, place, day, hint.to_owned()]
}

/// The sheet as delimited text, laid out as the room promises.
pub fn class_sheet_csv(register: &Register, request: &ClassSheetRequest, today: Date) -> Vec<u8> {
    let mark = |known: bool| if known { "да" } else { "" }.to_owned();
    let [title, place, day, hint] = lines_above(register, request.group, today);
    let mut rows: Vec<Vec<String>> = vec![vec![place], vec![day], vec![hint]];
    rows.push(CLASS_SHEET_HEADERS.map(str::to_owned).to_vec());
    rows.extend((1_usize..).zip(pupils(register, request.group, today)).map(|(number, pupil)| {
        vec![
            number.to_string(),
            pupil.name,
            mark(pupil.student_in && request.with_known),
            mark(pupil.adult_in && request.with_known),
            mark(pupil.not_taking_part),
            String::new(),
        ]
    }));
    csv_table(&[title], rows)
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
    let pupils = pupils(register, request.group, today);
    let mut workbook = new_workbook();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Лист класса")?;
    let bold = Format::new().set_bold().set_num_format_index(TEXT_FORMAT);
    let plain = Format::new().set_num_format_index(TEXT_FORMAT);
    for (row, text) in (0_u32..).zip(&lines_above(register, request.group, today)) {
        write_text(sheet, row, 0, text, if row == 0 { &bold } else { &plain })?;
    }
    let header = 4;
    let header_format = header_format().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    for (column, (text, width)) in (0_u16..).zip(CLASS_SHEET_HEADERS.into_iter().zip(WORKBOOK_WIDTHS)) {
        write_text(sheet, header, column, text, &header_format)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_row_height(header, 30.0)?;
    let lined = plain.set_border(FormatBorder::Thin);
    let centered = lined.clone().set_align(FormatAlign::Center);
    for (row, pupil) in (header + 1..).zip(&pupils) {
        let mark = |known: bool| if known { TICK } else { "" };
        let number = (row - header).to_string();
        let cells = [
            (number.as_str(), &centered),
            (&pupil.name, &lined),
            (mark(pupil.student_in && request.with_known), &centered),
            (mark(pupil.adult_in && request.with_known), &centered),
            (mark(pupil.not_taking_part), &centered),
            ("", &lined),
        ];
        for (column, (text, format)) in (0_u16..).zip(cells) {
            // An empty cell keeps its lines: it is there to be filled.
            sheet.write_blank(row, column, format)?;
            write_text(sheet, row, column, text, format)?;
        }
    }
    let last_row = header + u32::try_from(pupils.len()).map_err(|_| DocumentError::TooLarge)?;
    sheet.ignore_error_range(0, 0, last_row, 5, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?;
    print_on_a4(sheet);
    sheet.set_portrait();
    Ok(workbook.save_to_buffer()?)
}
