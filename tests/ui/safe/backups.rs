//! Backups made, missing, restored; damage found at opening.

use super::*;
use crate::console::{Console, sample_school};
use sferum_console::gui::Destination;

fn file_settings(harness: &mut Harness<'_, ConsoleApp>) {
    act(harness, Action::Go(Destination::FileSettings));
}

/// The sample with one backup, after which the administrator's card was changed.
pub(super) fn restorable(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    file_settings(&mut console.harness);
    act(&mut console.harness, Action::Safe(SafeAction::BackUpNow));
    let register = console.harness.state().view().snapshot.as_ref().expect("open").register.clone();
    let seen = register.organization().clone();
    let wanted = Organization { address: "улица Новая, 7".into(), ..seen.clone() };
    let edit = sferum_console::register::Operation::Edit { seen: seen.into(), wanted: wanted.into() };
    act(&mut console.harness, Action::execute(edit, "Сохранено"));
    console
}

#[test]
fn a_backup_is_restored_in_three_presses_with_what_would_change_first() {
    let mut console = restorable(Setup::default());
    let harness = &mut console.harness;
    assert!(shows(harness, "после неё 1 запись"));
    press(harness, "Что в копии от 12 окт 2026, 14:02");
    assert!(shows(harness, "последняя от 12 окт 2026"));
    press(harness, "Восстановить копию от 12 окт 2026, 14:02");
    assert!(shows(harness, "Будет отброшено: 1 запись журнала"));
    press(harness, "Восстановить состояние на 12 окт 14:02");
    assert!(shows(harness, "Прежний файл цел и лежит рядом"));
    press(harness, "Понятно");
    let kept: Vec<String> = std::fs::read_dir(console.folder.path())
        .expect("listed")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("до восстановления"))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    let (session, _folder) = console.reopened();
    assert_ne!(session.register().organization().address, "улица Новая, 7");
    let newest = session.list_entries(None, 1).expect("read");
    assert_eq!(newest[0].code, "restore_backup");
}

#[test]
fn a_missing_folder_is_said_today_and_can_be_put_right() {
    let school = school_at(clock());
    let mut harness = opened(&school.file, clock(), Setup::default());
    assert!(school.folder.path().join("Резервные копии").is_dir(), "the backup of the day");
    let stick = school.folder.path().join("флешка");
    act(&mut harness, Action::Safe(SafeAction::UseBackupFolder(Some(stick))));
    assert!(shows(&harness, "Нет свежей резервной копии"));
    press(&mut harness, "Настройки копий");
    assert!(shows(&harness, "может быть, вынута флешка"));
    press(&mut harness, "Вернуть папку рядом с файлом");
    assert!(!shows(&harness, "может быть, вынута флешка"));
    press(&mut harness, "Создать сейчас");
    assert_eq!(harness.state().view().error, None);
    assert_eq!(harness.state().view().safe.backup_words(), "копия сделана в 14:02");
}

#[test]
fn a_backup_is_made_while_the_preview_of_an_import_is_read() {
    let school = school_at(clock());
    let mut harness = opened(&school.file, clock(), Setup::default());
    let backups = || std::fs::read_dir(school.folder.path().join("Резервные копии")).expect("listed").count();
    assert_eq!(backups(), 1, "that of the day");
    let seen = harness.state().view().snapshot.as_ref().expect("open").register.organization().clone();
    let wanted = Organization { address: "улица Новая, 7".into(), ..seen.clone() };
    let edit = sferum_console::register::Operation::Edit { seen: seen.into(), wanted: wanted.into() };
    act(&mut harness, Action::execute(edit, "Сохранено"));
    act(&mut harness, Action::ReadPastedRoster("Класс\tФамилия\tИмя\n5А\tБелкин\tИлья\n".into()));
    assert_eq!(backups(), 2, "nothing is committed yet");
    assert_eq!(harness.state().view().safe.backup_words(), "копия сделана в 14:02");
}

/// A file of which a good backup lies beside it, with its pages after the first one overwritten.
pub(super) fn damaged() -> School {
    let school = school_at(clock());
    drop(opened(&school.file, clock(), Setup::default()));
    let mut bytes = std::fs::read(&school.file).expect("read");
    let end = bytes.len();
    bytes[5000..end].fill(0x5A);
    sferum_console::files::write_bytes_atomically(&school.file, &bytes).expect("written");
    school
}

#[test]
fn a_damaged_file_is_said_and_its_newest_good_backup_offered() {
    let school = damaged();
    let mut harness = asking(&school.file, clock(), Setup::default());
    type_into(&mut harness, "Пароль", PASSWORD);
    press(&mut harness, "Открыть");
    assert!(shows(&harness, "Есть исправная копия от"), "the offer");
    press(&mut harness, "Посмотреть и восстановить");
    assert!(shows(&harness, "Нынешний файл не читается"));
    press(&mut harness, "Восстановить состояние на 12 окт 14:02");
    assert!(shows(&harness, "Прежний файл цел и лежит рядом: «Школа 9 повреждён"));
    press(&mut harness, "Понятно");
    assert!(harness.state().view().snapshot.is_some());
    drop(harness);
    drop(session_by(&school.file, PASSWORD).expect("it opens again"));
}

#[test]
fn damage_that_only_a_check_finds_leaves_the_file_open_to_be_read() {
    use sferum_console::register::Operation;
    use sferum_console::session::{BackupOccasion, BackupPlace};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 9.sferum");
    let key = || Some(Key::from_raw([7; 32]));
    let mut session = Session::create(&file, key().as_ref(), card(), clock(), "").expect("created");
    for number in 0..60 {
        let seen = session.register().organization().clone();
        let wanted = Organization { address: format!("улица Новая, {number}"), ..seen.clone() };
        session.execute(&Operation::Edit { seen: seen.into(), wanted: wanted.into() }).expect("edited");
    }
    session.back_up(&BackupPlace::beside(&file), BackupOccasion::Asked).expect("made");
    drop(session);
    let whole = std::fs::read(&file).expect("read");
    // A page that opening does not read.
    let found = (1..whole.len() / 4096).rev().find_map(|page| {
        let mut bytes = whole.clone();
        bytes[page * 4096 + 2000] ^= 1;
        sferum_console::files::write_bytes_atomically(&file, &bytes).expect("written");
        let mut harness = start_page_at(clock(), Setup::default());
        harness.state_mut().open(file.clone(), key(), None);
        harness.run();
        harness.state().view().snapshot.is_some().then_some(harness)
    });
    let mut harness = found.expect("some page is read by the check alone");
    assert!(shows(&harness, "При проверке в файле нашлись повреждения"));
    press(&mut harness, "Открыть для чтения как есть");
    assert!(harness.state().view().file.as_ref().is_some_and(|file| file.read_only));
    assert!(shows(&harness, "Файл повреждён"), "it stays said");
    press(&mut harness, "Резервные копии");
    look_at_restore(&mut harness);
    press(&mut harness, "Восстановить состояние на 12 окт 14:02");
    assert!(shows(&harness, "Прежний файл цел и лежит рядом"));
    press(&mut harness, "Понятно");
    assert!(!shows(&harness, "Файл повреждён"));
}

#[test]
fn the_offer_can_be_left_alone() {
    let school = damaged();
    let before = std::fs::read(&school.file).expect("read");
    let mut harness = asking(&school.file, clock(), Setup::default());
    type_into(&mut harness, "Пароль", PASSWORD);
    press(&mut harness, "Открыть");
    press(&mut harness, "Другой файл");
    harness.get_by_label("Новый файл");
    assert!(before == std::fs::read(&school.file).expect("read"), "nothing was written");
}
