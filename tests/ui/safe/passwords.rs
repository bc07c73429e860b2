//! Wrong passwords, changed passwords, files without one.

use super::*;
use sferum_console::gui::Destination;

#[test]
fn a_wrong_password_makes_the_next_try_wait() {
    let school = school_at(clock());
    let mut harness = asking(&school.file, clock(), Setup::default());
    for seconds in [1, 2] {
        type_into(&mut harness, "Пароль", "неверный пароль");
        harness.key_press(egui::Key::Enter);
        harness.step();
        harness.step();
        let words = format!("Следующая попытка через {seconds} с");
        assert!(shows(&harness, &words), "{words}");
        assert!(is_disabled(&harness, "Открыть"));
        assert!(harness.state().view().snapshot.is_none());
        for _ in 0..4 * seconds {
            harness.step();
        }
    }
    assert!(!shows(&harness, "Следующая попытка"), "it has waited");
    type_into(&mut harness, "Пароль", PASSWORD);
    press(&mut harness, "Открыть");
    assert!(harness.state().view().snapshot.is_some());
}

#[test]
fn a_changed_password_kills_the_old_one_and_its_backups() {
    let school = school_at(clock());
    let mut harness = opened(&school.file, clock(), Setup::default());
    act(&mut harness, Action::Go(Destination::FileSettings));
    press(&mut harness, "Сменить пароль…");
    type_into(&mut harness, "Прежний пароль", "не тот пароль");
    type_new_password(&mut harness, OTHER_PASSWORD);
    press(&mut harness, "Сменить пароль");
    assert!(shows(&harness, "Пароль не подходит"));
    // The wait after a wrong one.
    for _ in 0..6 {
        harness.step();
    }
    type_into(&mut harness, "Прежний пароль", PASSWORD);
    press(&mut harness, "Сменить пароль");
    assert!(shows(&harness, "Прежний код больше не действует"));
    assert!(shows(&harness, "Убрано: 1 прежняя копия"));
    let groups = groups_on_screen(&harness);
    press(&mut harness, "Проверить лист");
    confirm_code(&mut harness, &groups);
    // The code can be shown again, for the password only.
    press(&mut harness, "Показать код…");
    type_into(&mut harness, "Пароль файла", OTHER_PASSWORD);
    press(&mut harness, "Показать код");
    assert_eq!(groups_on_screen(&harness), groups);
    press(&mut harness, "Готово");
    drop(harness);
    drop(session_by(&school.file, OTHER_PASSWORD).expect("the new password opens"));
    assert!(session_by(&school.file, PASSWORD).is_err(), "the old one does not");
}

#[test]
fn a_real_file_without_a_password_asks_for_one_and_the_sample_does_not() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 9.sferum");
    drop(Session::create(&file, None, card(), clock(), "").expect("created"));
    let mut harness = asking(&file, clock(), Setup::default());
    assert!(shows(&harness, "Файл без пароля"));
    press(&mut harness, "Задать пароль");
    press(&mut harness, "Задать пароль…");
    type_new_password(&mut harness, PASSWORD);
    press(&mut harness, "Задать пароль");
    groups_on_screen(&harness);
    press(&mut harness, "Подтвердить завтра");
    assert!(harness.state().view().file.as_ref().is_some_and(|file| file.encrypted));
    drop(harness);
    drop(session_by(&file, PASSWORD).expect("it has the password"));
    let sample = crate::console::sample_school(Setup::default());
    assert!(!shows(&sample.harness, "Файл без пароля"));
}
