//! «Лист класса» from the summary: saved, filled by another program, looked at and recorded.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calamine::{Reader, Xlsx, open_workbook_from_rs};
use egui_kittest::kittest::Queryable;
use rust_xlsxwriter::Workbook;
use sferum_console::desktop::ThemePreference;
use sferum_console::files::write_bytes_atomically;
use sferum_console::gui::{Action, Destination};
use sferum_console::names::Role;
use sferum_console::register::{ObservationSource, ParticipationState, Register, Target};

use super::{click, group};
use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

const CLASS: &str = "1В";

fn register(console: &Console) -> Arc<Register> {
    console.harness.state().view().snapshot.clone().expect("a file is open").register
}

/// The summary with prepared answers of the chooser: where the sheet is kept, and where the filled one lies.
fn open(theme: ThemePreference, folder: &Path) -> (Console, PathBuf, PathBuf) {
    let (saved, filled) = (folder.join("Лист.xlsx"), folder.join("Лист 1В заполнен.xlsx"));
    let chosen = vec![Some(saved.clone()), Some(filled.clone())];
    let mut console = sample_school(Setup { theme, chosen, ..Setup::default() });
    console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
    console.harness.run();
    click(&mut console, &format!("Сохранить лист {CLASS}"));
    click(&mut console, "Лист для заполнения (Excel)…");
    console.harness.get_by_label("Лист класса сохранён: «Лист.xlsx»");
    (console, saved, filled)
}

/// Everybody of the sheet is in, but for the first: they do not take part; of the second the adult's tick is unclear,
/// and a stranger stands at the end.
fn fill(saved: &Path, filled: &Path) -> usize {
    let bytes = std::fs::read(saved).expect("the sheet was written");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let range = book.worksheet_range("Лист класса").expect("the sheet");
    let mut rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let header = rows.iter().position(|row| row[1] == "ФИО ученика").expect("the header");
    for (place, row) in rows[header + 1..].iter_mut().enumerate() {
        let marks = match place {
            0 => ["", "", "да"],
            1 => ["+", "бабушка", ""],
            _ => ["+", "+", ""],
        };
        row[2..5].clone_from_slice(&marks.map(str::to_owned));
    }
    let pupils = rows.len() - header - 1;
    rows.push(["", "Чужаков Лев Маркович", "+", "", "", ""].map(str::to_owned).to_vec());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0_u32..).zip(&rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            sheet.write_string(row, column, cell).expect("the sheet fits");
        }
    }
    write_bytes_atomically(filled, &book.save_to_buffer().expect("memory")).expect("written");
    pupils
}

#[test]
fn a_filled_sheet_is_looked_at_before_it_is_recorded() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut console, saved, filled) = open(ThemePreference::Light, folder.path());
    click(&mut console, "Открыть");
    assert!(console.harness.state().view().error.is_none(), "the document is there");
    let pupils = fill(&saved, &filled);
    let before = register(&console);
    click(&mut console, "Прочитать лист класса…");
    console.harness.get_by_label("Лист класса 1В");
    console.harness.get_by_label("такого ученика в классе нет, проверьте имя");
    console.harness.get_by_label_contains("«Взрослый в группе»: отметка не понята");
    assert_eq!(register(&console).revision, before.revision, "a preview writes nothing");
    compare_picture(&mut console.harness, "reconcile-sheet-light");

    console.harness.get_by_label_contains("Записать ").click();
    console.harness.run();
    let class = group(&console, CLASS);
    let (session, _folder) = console.reopened();
    let after = session.register();
    assert_eq!(after.revision, before.revision + 1, "one entry");
    let states: Vec<ParticipationState> = after
        .memberships_of_group(class)
        .filter(|member| member.role == Role::Student)
        .map(|member| member.participation.state)
        .collect();
    let count = |state| states.iter().filter(|known| **known == state).count();
    assert_eq!(count(ParticipationState::DoesNotParticipate), 1);
    assert_eq!(count(ParticipationState::Joined) + count(ParticipationState::Confirmed), pupils - 1);
    let mut seen = after.observations_of_target(Target::Group(class));
    assert!(!seen.any(|seen| seen.source == ObservationSource::Ticks), "a stranger spoils the number");
}

#[test]
fn the_preview_in_the_dark() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut console, saved, filled) = open(ThemePreference::Dark, folder.path());
    fill(&saved, &filled);
    click(&mut console, "Прочитать лист класса…");
    compare_picture(&mut console.harness, "reconcile-sheet-dark");
    click(&mut console, "Закрыть окно");
    assert!(console.harness.query_by_label("Лист класса 1В").is_none(), "it is closed");
}

#[test]
fn a_foreign_file_is_refused_and_the_sheets_of_all_classes_are_saved() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let foreign = folder.path().join("список.csv");
    write_bytes_atomically(&foreign, "Фамилия;Имя\r\nОсокин;Лев\r\n".as_bytes()).expect("written");
    let chosen = vec![Some(foreign), Some(folder.path().to_owned())];
    let mut console = sample_school(Setup { chosen, ..Setup::default() });
    console.harness.state_mut().act(Action::Go(Destination::ClassSummary));
    console.harness.run();
    click(&mut console, "Прочитать лист класса…");
    let error = console.harness.state().view().error.clone().expect("a refusal");
    assert!(error.contains("это не лист класса"), "{error}");
    click(&mut console, "Понятно");
    click(&mut console, "Сохранить листы всех классов…");
    console.harness.get_by_label("Сохранено: 27 листов");
    let files = std::fs::read_dir(folder.path()).expect("the folder").count();
    assert_eq!(files, 28, "the foreign list and a sheet a class");
}
