//! A new file with its password and recovery code; a code that waits; the way back in by it.

use super::*;
use sferum_console::gui::{Destination, Room};
use sferum_console::session::CodeState;

/// Goes through the form of a new file up to the page of its code.
fn new_file(file: &Path, page: &Path) -> Harness<'static, ConsoleApp> {
    let chosen = vec![Some(file.to_owned()), Some(page.to_owned())];
    let mut harness = start_page_at(clock(), Setup { chosen, ..Setup::default() });
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    type_into(&mut harness, "Название, как вы её называете", "Школа № 9");
    press(&mut harness, "Дальше: пароль");
    type_new_password(&mut harness, PASSWORD);
    press(&mut harness, "Выбрать место и создать");
    assert_eq!(harness.state().view().error, None);
    harness
}

#[test]
fn a_new_file_gets_a_password_and_a_code_that_is_confirmed_from_paper() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, page) = (folder.path().join("Школа 9.sferum"), folder.path().join("лист"));
    let mut harness = new_file(&file, &page);
    let groups = groups_on_screen(&harness);
    assert!(groups.iter().all(|group| group.len() == 4), "{}", groups.len());
    assert!(!shows(&harness, "Скопировать"), "a code is not copied");
    press(&mut harness, "Сохранить страницу для сейфа…");
    assert!(page.with_extension("docx").is_file(), "the page lies where the chooser said");
    press(&mut harness, "Проверить лист");
    assert!(!shows(&harness, "Группа 3: "), "the code is hidden while it is checked");
    let wrong = vec!["0000".to_owned(); 14];
    confirm_code(&mut harness, &wrong);
    assert!(shows(&harness, "Группы не совпали с кодом"));
    confirm_code(&mut harness, &groups);
    assert!(!shows(&harness, "Код восстановления не подтверждён"));
    assert!(harness.state().view().snapshot.is_some());
    press(&mut harness, "Закрыть файл");
    drop(harness);
    let session = session_by(&file, PASSWORD).expect("opens by the password");
    assert!(matches!(session.code_state(), CodeState::Confirmed { .. }));
    drop(session);
    assert!(Session::open(&file, None, clock(), None).is_err(), "and not without");
}

#[test]
fn weak_and_differing_passwords_create_nothing() {
    let mut harness = start_page_at(clock(), Setup::default());
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    type_into(&mut harness, "Название, как вы её называете", "Школа № 9");
    press(&mut harness, "Дальше: пароль");
    for (first, second, said) in [
        ("короткий", "короткий", "Пароль короче 10 знаков"),
        ("пароль2026", "пароль2026", "Пароль из тех, что подбирают первыми"),
        (PASSWORD, "барсук овраг", "Надёжность пароля: отличный"),
        (PASSWORD, "барсук сирень", "Пароли не совпадают"),
    ] {
        type_into(&mut harness, "Новый пароль", first);
        type_into(&mut harness, "Пароль ещё раз", second);
        assert!(shows(&harness, said), "{first}: {said}");
        assert!(is_disabled(&harness, "Выбрать место и создать"), "{first}, {second}");
    }
    type_into(&mut harness, "Пароль ещё раз", PASSWORD);
    assert!(!is_disabled(&harness, "Выбрать место и создать"));
}

#[test]
fn a_deferred_code_stays_in_a_banner_and_after_a_day_it_presses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 9.sferum");
    let mut harness = new_file(&file, &folder.path().join("лист.docx"));
    let groups = groups_on_screen(&harness);
    press(&mut harness, "Подтвердить завтра");
    for room in [Room::Today, Room::Classes, Room::People, Room::Links, Room::Journal, Room::Settings] {
        act(&mut harness, Action::Go(Destination::Room(room)));
        harness.get_by_role_and_label(Role::Button, "Подтвердить код восстановления");
        assert!(shows(&harness, "пока лист не проверен"), "{room:?}");
    }
    press(&mut harness, "Закрыть файл");
    drop(harness);
    let mut harness = opened(&file, later("2026-10-13T15:00:00"), Setup::default());
    assert!(shows(&harness, "не подтверждён с 12 окт"), "a day later it presses");
    press(&mut harness, "Подтвердить код восстановления");
    assert!(!shows(&harness, "Группа 3: "), "the code itself is not shown without the password");
    confirm_code(&mut harness, &groups);
    assert!(!shows(&harness, "не подтверждён"));
}

#[test]
fn a_forgotten_password_is_replaced_by_the_code_and_the_old_one_is_dead() {
    let school = school_at(clock());
    let mut harness = asking(&school.file, clock(), Setup::default());
    press(&mut harness, "Забыли пароль?");
    assert!(shows(&harness, "Других способов нет"));
    let mut groups: Vec<String> = school.code.groups().iter().map(|group| group.to_lowercase()).collect();
    let right = groups.join(" ");
    let swapped = if groups[4].starts_with('0') { "1" } else { "0" };
    groups[4].replace_range(0..1, swapped);
    type_into(&mut harness, "Код восстановления", &groups.join(" "));
    press(&mut harness, "Проверить код");
    assert!(shows(&harness, "группа 5"), "the group with the slip is named");
    type_into(&mut harness, "Код восстановления", &right);
    press(&mut harness, "Проверить код");
    type_new_password(&mut harness, OTHER_PASSWORD);
    press(&mut harness, "Открыть с новым паролем");
    assert!(shows(&harness, "Прежний код больше не действует"));
    let groups = groups_on_screen(&harness);
    assert_ne!(groups.join(" ").to_lowercase(), right, "a new code");
    press(&mut harness, "Проверить лист");
    confirm_code(&mut harness, &groups);
    assert!(harness.state().view().snapshot.is_some());
    drop(harness);
    drop(session_by(&school.file, OTHER_PASSWORD).expect("the new password opens"));
    assert!(session_by(&school.file, PASSWORD).is_err(), "the old one does not");
    assert!(Session::check_code(&school.file, &school.code, clock()).is_err(), "nor the old code");
    drop(school.folder);
}
