//! Passwords, the recovery code, backups, restoring and damage, as somebody at the window meets them.

mod backups;
mod code;
mod passwords;
mod pictures;

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};
use sferum_console::gui::{Action, ConsoleApp, SafeAction};
use sferum_console::register::Organization;
use sferum_console::session::{Clock, OpenChoices, RecoveryCode, SecretText, Session};
use sferum_console::store::Key;

use crate::console::{Setup, clock, start_page_at};

const PASSWORD: &str = "барсук овраг сирень";
const OTHER_PASSWORD: &str = "лодка перец туман";

/// A real file under a password, in a folder of its own.
struct School {
    folder: tempfile::TempDir,
    file: PathBuf,
    code: RecoveryCode,
}

fn card() -> Organization {
    Organization { name: "Школа № 9".into(), ..Organization::default() }
}

fn school_at(clock: Clock) -> School {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 9.sferum");
    let (password, choices) = (SecretText::new(PASSWORD.into()), OpenChoices::default());
    let (session, code) =
        Session::create_with_password(&file, &password, card(), clock, "", &choices).expect("created");
    drop(session);
    School { folder, file, code }
}

fn later(moment: &str) -> Clock {
    Clock::fixed(format!("{moment}+03:00[Europe/Moscow]").parse().expect("a valid moment"))
}

/// The start page with the file asking for its password.
fn asking(file: &Path, clock: Clock, setup: Setup) -> Harness<'static, ConsoleApp> {
    let mut harness = start_page_at(clock, setup);
    harness.state_mut().open(file.to_owned(), None, None);
    harness.run();
    harness
}

/// The file, opened by typing its password.
fn opened(file: &Path, clock: Clock, setup: Setup) -> Harness<'static, ConsoleApp> {
    let mut harness = asking(file, clock, setup);
    type_into(&mut harness, "Пароль", PASSWORD);
    press(&mut harness, "Открыть");
    assert!(harness.state().view().snapshot.is_some(), "the file is open");
    harness
}

/// Gives a field the focus and types into it.
#[track_caller]
fn type_into(harness: &mut Harness<'_, ConsoleApp>, label: &str, text: &str) {
    let field = || By::new().label(label).predicate(|node| node.is_text_input());
    harness.get(field()).focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run();
    harness.get(field()).type_text(text);
    harness.run();
}

#[track_caller]
fn press(harness: &mut Harness<'_, ConsoleApp>, label: &str) {
    let button = harness.get_by_role_and_label(Role::Button, label);
    assert!(!button.accesskit_node().is_disabled(), "«{label}» can be pressed");
    button.click();
    harness.run();
}

#[track_caller]
fn is_disabled(harness: &Harness<'_, ConsoleApp>, label: &str) -> bool {
    harness.get_by_role_and_label(Role::Button, label).accesskit_node().is_disabled()
}

fn shows(harness: &Harness<'_, ConsoleApp>, part: &str) -> bool {
    harness.query_all(By::new().label_contains(part)).next().is_some()
}

fn act(harness: &mut Harness<'_, ConsoleApp>, action: Action) {
    harness.state_mut().act(action);
    harness.run();
}

/// Both fields of a new password.
fn type_new_password(harness: &mut Harness<'_, ConsoleApp>, password: &str) {
    type_into(harness, "Новый пароль", password);
    type_into(harness, "Пароль ещё раз", password);
}

/// The fourteen groups on the screen.
fn groups_on_screen(harness: &Harness<'_, ConsoleApp>) -> Vec<String> {
    (1..=14)
        .map(|number| {
            let beginning = format!("Группа {number}: ");
            let node = harness.get(By::new().label_contains(&beginning));
            let node = node.accesskit_node();
            let text = node.label().or_else(|| node.value()).unwrap_or_default();
            text.trim_start_matches(beginning.as_str()).to_owned()
        })
        .collect()
}

/// Types the two groups that are asked for and confirms.
fn confirm_code(harness: &mut Harness<'_, ConsoleApp>, groups: &[String]) {
    let asked: Vec<usize> = (1..=14)
        .filter(|number| {
            let label = format!("Группа {number}");
            harness.query(By::new().label(&label).predicate(|node| node.is_text_input())).is_some()
        })
        .collect();
    assert_eq!(asked.len(), 2, "two groups are asked for");
    for number in asked {
        type_into(harness, &format!("Группа {number}"), &groups[number - 1].to_lowercase());
    }
    press(harness, "Подтвердить");
}

fn session_by(file: &Path, password: &str) -> Result<Session, sferum_console::session::SessionError> {
    Session::open(file, Key::from_password(password).as_ref(), clock(), None)
}

/// Opens the preview of the newest backup; in a large window its row stands below the edge.
fn look_at_restore(harness: &mut Harness<'_, ConsoleApp>) {
    let list = harness.state().view().safe.list.as_ref().expect("listed");
    let newest = list.backups.as_ref().expect("read")[0].clone();
    act(harness, Action::Safe(SafeAction::OpenRestore(newest)));
}
