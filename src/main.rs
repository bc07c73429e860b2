//! Arguments → window or headless command; nothing else.

use std::process::ExitCode;

use sferum_console::cli::{self, WindowStart};
use sferum_console::desktop::report_panics_without_their_message;
use sferum_console::gui::{self, StartWith};
use sferum_console::session::Clock;

fn main() -> ExitCode {
    report_panics_without_their_message();
    cli::run(std::env::args_os().skip(1), open_window)
}

fn open_window(start: WindowStart, clock: Clock) -> Result<(), String> {
    let start = match start {
        WindowStart::StartPage => StartWith::StartPage,
        WindowStart::Demo => StartWith::Demo,
        WindowStart::File { path, key, actor } => StartWith::File { path, key, actor },
    };
    gui::run_window(start, clock)
}
