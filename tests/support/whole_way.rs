//! The whole way of a foreign file, with everything that must hold whatever its bytes are. The same function stands
//! behind the fuzz targets, the run over the corpus and the program that reads folders.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use sferum_console::names::Role;
use sferum_console::register::{Context, Operation, Organization, Register, SchoolYear, decide};
use sferum_console::roster::{
    OpenedRoster, PlanChoices, ReadChoices, RosterBody, RosterEncoding, RosterError, Scope, WorkbookFormat,
    WorkbookReader, decode, open_body, open_body_for_mapping, plan_import, read_body, read_opened,
    read_workbook_unprotected,
};

const TODAY: Date = date(2026, 9, 20);

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Read as a roster.
    Read {
        /// People taken.
        people: usize,
        /// Rows complained of.
        issues: usize,
    },
    /// Refused as a whole, with this code of the message.
    Refused(&'static str),
}

/// A school without anybody.
pub fn empty_school() -> Register {
    let mut register = Register::default();
    let card = Organization { name: "Школа № 14".into(), ..Organization::default() };
    execute(&mut register, &Operation::Found(card));
    register
}

fn execute(register: &mut Register, operation: &Operation) {
    let context =
        Context { today: TODAY, now: Timestamp::UNIX_EPOCH, actor: "Администратор".into() };
    let changes =
        decide(register, operation, &context).unwrap_or_else(|refusal| panic!("refused: {refusal}"));
    register.apply(&changes);
    register.revision += 1;
}

/// Reads a file of any kind, workbooks through the child process, and goes on as [`plan_twice`].
pub fn read_file(bytes: Vec<u8>, choices: &ReadChoices, reader: &WorkbookReader) -> Outcome {
    match read_body(bytes, reader, &|| false) {
        Ok(body) => read_opened_body(&body.expect("nobody cancels"), choices),
        Err(error) => refused(&error),
    }
}

fn read_opened_body(body: &RosterBody, choices: &ReadChoices) -> Outcome {
    match open_body(body, choices) {
        Ok(opened) => {
            assert_no_replaced_letter(&opened);
            plan_twice(&opened, choices)
        }
        Err(error) => {
            // The screen where the user points at the header must not fall either.
            let _ = open_body_for_mapping(body, choices);
            refused(&error)
        }
    }
}

/// The answers a user gives to a list of pupils.
pub fn pupils() -> ReadChoices {
    ReadChoices { default_role: Some(Role::Student), fill_down: true, ..ReadChoices::default() }
}

/// Delimited text the whole way, and decoded in every encoding that the user could name. Every tenth is pasted.
pub fn read_text_in_every_encoding(bytes: &[u8]) {
    let body = match bytes.len() % 10 {
        0 => RosterBody::Pasted(bytes.to_vec()),
        _ => RosterBody::Text(bytes.to_vec()),
    };
    read_opened_body(&body, &pupils());
    for encoding in RosterEncoding::ALL {
        if let Ok(decoded) = decode(bytes, Some(encoding)) {
            assert!(!decoded.text.contains('\u{FFFD}'), "a letter was replaced");
        }
    }
}

/// A workbook the whole way without the child process: what would end the child ends this one.
pub fn read_workbook_here(bytes: &[u8]) -> Outcome {
    match read_workbook_unprotected(WorkbookFormat::Xlsx, bytes) {
        Ok(workbook) => read_opened_body(&RosterBody::Workbook(workbook), &pupils()),
        Err(problem) => refused(&RosterError::Workbook(problem)),
    }
}

/// Plans an opened file against an empty school, applies it and plans it again: nothing may be left to do.
pub fn plan_twice(opened: &OpenedRoster, choices: &ReadChoices) -> Outcome {
    let roster = match read_opened(opened, choices) {
        Ok(roster) => roster,
        Err(error) => return refused(&error),
    };
    let mut register = empty_school();
    let plan_choices = PlanChoices {
        scope: Scope::Full,
        default_role: Some(Role::Student),
        columns: opened.header.columns.clone(),
        ..PlanChoices::for_year(SchoolYear(2026))
    };
    let plan = |register: &Register| {
        plan_import(register, &roster, &plan_choices, TODAY, &|_| true).expect("nobody cancels")
    };
    let first = plan(&register);
    let outcome = Outcome::Read { people: roster.rows.len(), issues: first.issues.len() };
    if !first.is_empty() {
        execute(&mut register, &Operation::ApplyImport(first.operation("список", "00")));
        assert!(plan(&register).is_empty(), "an applied file has something left to do");
    }
    outcome
}

fn refused(error: &RosterError) -> Outcome {
    let message = error.russian("список");
    assert!(message.chars().any(|letter| matches!(letter, 'а'..='я')), "a message without a Russian word");
    Outcome::Refused(error.code())
}

fn assert_no_replaced_letter(opened: &OpenedRoster) {
    let is_replaced = opened.sheet.rows().any(|row| row.cells().any(|cell| cell.contains('\u{FFFD}')));
    assert!(!is_replaced, "a letter was replaced");
}
