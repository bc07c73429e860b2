//! Headless commands over a session, for scripts and for machines without a display. Everything listed can be had
//! as JSON; everything else is Russian text.
//!
//! Exit codes: 0 done, 1 failed (a Russian sentence on stderr), 2 the command line is wrong or names several things
//! (they are listed), 3 the file is open elsewhere, 10 `links --flagged` found something.

mod appeals;
mod arguments;
mod backups;
mod cabinet_commands;
mod class_sheet;
mod class_teachers;
mod contents;
mod document;
mod duplicates;
mod duties;
mod erase;
mod erasure_commands;
mod failure;
mod files;
mod given;
mod groups;
mod help;
mod import;
mod import_choices;
mod import_report;
mod imports;
mod journal;
mod link_steps;
mod links;
mod movement;
mod movement_commands;
mod observe;
mod opening;
mod output;
mod overview;
mod password;
mod pasted;
mod people;
mod people_commands;
mod reconcile;
mod remind;
mod requests;
mod summary;
mod tasks;
mod teacher_commands;
mod verification;
mod window;
mod year;
mod year_choices;
mod year_report;

use std::ffi::OsString;
use std::process::ExitCode;

use arguments::{Asked, Run};
pub use window::WindowStart;

use crate::roster::{READ_WORKBOOK_COMMAND, run_workbook_child};
use crate::session::Clock;

/// Opens the window and returns when it is closed; an error says in English why there is none. The window's room
/// is no business of this one, so `main` hands it in.
pub type OpenWindow = fn(WindowStart, Clock) -> Result<(), String>;

/// Runs what the arguments (without the program's name) ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>, open_window: OpenWindow) -> ExitCode {
    let mut arguments = arguments.into_iter().peekable();
    if arguments.peek().is_some_and(|first| first == READ_WORKBOOK_COMMAND) {
        // Not for people: the program starts itself so, to read a workbook where a bomb hurts nobody.
        return if run_workbook_child() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    keep_panics_quiet();
    let outcome = arguments::read(arguments).and_then(|asked| match asked {
        Asked::Help(command) => output::print(&help::text(command)).map(|()| failure::DONE),
        Asked::Version => output::print(&help::version()).map(|()| failure::DONE),
        Asked::Run(command, given) => match command.run {
            Run::Headless(run) => run(&given),
            Run::Window { demo } => window::run(&given, demo, open_window),
        },
    });
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            output::say(&failure.text);
            ExitCode::from(failure.code)
        }
    }
}

/// The message of a panic may quote what it stumbled over, and that may be a name: only the place is told.
fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |location| {
            let file = location.file().rsplit(['/', '\\']).next().unwrap_or_default();
            format!(" ({file}:{})", location.line())
        });
        output::say(&format!("Внутренняя ошибка программы{place}. Последнее сохранённое цело."));
    }));
}
