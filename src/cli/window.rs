//! The window, and what there is instead where no window can open.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use super::OpenWindow;
use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{key, snapshot};
use super::output::{print, say};
use super::overview::overview;
use crate::session::{Clock, open_demo};
use crate::store::Key;

/// What the window is to show first.
pub enum WindowStart {
    /// Sample, new, open, recent.
    StartPage,
    /// The sample school.
    Demo,
    /// A file.
    File { path: PathBuf, key: Option<Key>, actor: Option<String> },
}

/// Runs the window. The demonstration without a display prints its day instead.
pub(super) fn run(given: &Given, demo: bool, open_window: OpenWindow) -> Outcome {
    let clock = given.clock()?;
    let start = match given.place(0) {
        _ if demo => WindowStart::Demo,
        None => WindowStart::StartPage,
        Some(_) => WindowStart::File {
            path: given.path(0),
            key: key(given)?,
            actor: given.text("actor")?.map(str::to_owned),
        },
    };
    let Err(missing) = open(start, clock.clone(), open_window) else { return Ok(DONE) };
    let why = format!("Окно не открылось: {missing}.");
    if !demo {
        return Err(Failure::failed(format!(
            "{why} Ничего не изменено. Команды без окна работают и так: sferum-console --help."
        )));
    }
    let session = open_demo(&clock)?;
    print(&overview(&snapshot(&session)))?;
    say(&format!("{why} Выше тот же день учебной школы текстом. Команды без окна: sferum-console --help."));
    Ok(DONE)
}

/// Opens the window, or says in Russian what is missing.
fn open(start: WindowStart, clock: Clock, open_window: OpenWindow) -> Result<(), &'static str> {
    if !has_display() {
        return Err("нет графического экрана (не заданы DISPLAY и WAYLAND_DISPLAY)");
    }
    match catch_unwind(AssertUnwindSafe(|| open_window(start, clock))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(reason)) => Err(missing_words(&reason)),
        // Windowing libraries panic where a part of the system's is not there.
        Err(_) => Err("оконная система или OpenGL не работают на этом компьютере"),
    }
}

/// What is missing, by what the windowing library says of it.
fn missing_words(reason: &str) -> &'static str {
    let reason = reason.to_lowercase();
    let speaks_of = |words: &[&str]| words.iter().any(|word| reason.contains(word));
    if speaks_of(&["glutin", "opengl", "egl", "glx", "gl config", "gl context"]) {
        "нет OpenGL (нужен драйвер видеокарты или Mesa)"
    } else if speaks_of(&["display", "x11", "wayland", "winit", "event loop", "xopen"]) {
        "графический экран не отвечает"
    } else {
        "оконная система или OpenGL не работают на этом компьютере"
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
fn has_display() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_said_in_russian() {
        for (reason, expected) in [
            ("Found no glutin configs matching the template", "OpenGL"),
            ("winit EventLoopError: neither WAYLAND_DISPLAY nor DISPLAY is set", "экран"),
            ("something else", "оконная система"),
        ] {
            assert!(missing_words(reason).contains(expected), "{reason}");
        }
    }
}
