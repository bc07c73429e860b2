//! «Лист класса» on paper and as a workbook that reads back.

use sferum_console::documents::{
    CLASS_SHEET_DAY, CLASS_SHEET_HEADERS, CLASS_SHEET_TICKS, CLASS_SHEET_TITLE, ClassSheetRequest,
    class_sheet_workbook, compose_class_sheet, docx_file,
};
use sferum_console::register::{Membership, NonParticipation, Participation, ParticipationState};

use super::reading::{School, TODAY, cells_of, text_of};

fn school() -> School {
    let mut school = School::new();
    for (surname, state, reason) in [
        ("Внутренний", ParticipationState::Joined, None),
        ("Несогласный", ParticipationState::DoesNotParticipate, Some(NonParticipation::Declined)),
    ] {
        let seen = school.student(surname);
        let participation = Participation { state, as_of: Some(TODAY), reason, ..Participation::default() };
        school.edit(seen.clone(), Membership { participation, ..seen });
    }
    school
}

#[test]
fn the_workbook_keeps_its_layout() {
    let school = school();
    let sheet = |with_known| {
        let request = ClassSheetRequest { group: school.class, with_known };
        cells_of(&class_sheet_workbook(&school.register, &request, TODAY).expect("written"))
    };
    let cells = sheet(false);
    assert_eq!(cells[0][0], format!("{CLASS_SHEET_TITLE}7Б"));
    assert_eq!(cells[2][0], format!("{CLASS_SHEET_DAY}22.11.2026"));
    let header =
        cells.iter().position(|row| row[..] == CLASS_SHEET_HEADERS).expect("the header, to the letter");
    let rows: Vec<[&str; 5]> =
        cells[header + 1..].iter().map(|row| [row[0].as_str(), &row[1], &row[2], &row[3], &row[4]]).collect();
    assert_eq!(
        rows,
        [
            ["1", "Внутренний Лев Ильич", "", "", ""],
            ["2", "Ёлкин Лев Ильич", "", "", ""],
            ["3", "Несогласный Лев Ильич", "", "", "+"],
            ["4", "Осокин Лев Ильич", "", "", ""],
            ["5", "Ряскин Лев Ильич", "", "", ""],
        ]
    );
    assert_eq!(sheet(true)[header + 1][2], "+");
    assert!(CLASS_SHEET_TICKS.contains(&"+"));
}

#[test]
fn the_paper_has_boxes_and_never_the_reason() {
    let school = school();
    let request = ClassSheetRequest { group: school.class, with_known: false };
    let text = text_of(&docx_file(&compose_class_sheet(&school.register, &request, TODAY)).expect("written"));
    for wanted in [
        "Лист класса 7Б",
        "Список на 22 ноября 2026 г.: 5 человек.",
        "Осокин Лев Ильич",
        "□",
        "Классный руководитель",
    ] {
        assert!(text.contains(wanted), "{wanted} is missing in {text}");
    }
    assert!(!text.contains("отказ"), "{text}");
    assert_eq!(text.matches('□').count(), 14, "five pupils, three boxes each, one ticked already");
}
