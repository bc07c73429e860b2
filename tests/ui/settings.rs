//! Настройки.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, ConsoleApp, Destination};
use sferum_console::names::Role;

use crate::console::{Console, Setup, sample_school};
use crate::pictures::compare_picture;

fn settings(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.get_by_label("Настройки").click();
    console.harness.run();
    console
}

/// Puts text into a field in place of what stands there.
fn retype(harness: &mut Harness<'_, ConsoleApp>, label: &str, text: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run();
    harness.get_by_role_and_label(egui::accesskit::Role::TextInput, label).type_text(text);
    harness.run();
}

fn open(harness: &mut Harness<'_, ConsoleApp>, section: &str) {
    harness.get_by_role_and_label(egui::accesskit::Role::ListBoxOption, section).click();
    harness.run();
}

fn save(harness: &mut Harness<'_, ConsoleApp>, section: &str) {
    let name = format!("Сохранить: {section}");
    let button = harness.get_by_label(&name);
    assert!(!button.accesskit_node().is_disabled(), "{section} can be saved");
    button.click();
    harness.run();
    assert_eq!(harness.state().view().error, None);
}

#[test]
fn the_card_is_saved_only_when_something_changed() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    assert!(harness.get_by_label("Сохранить: Организация").accesskit_node().is_disabled());
    retype(harness, "Адрес", "улица Новая, 7");
    save(harness, "Организация");
    assert!(harness.get_by_label("Сохранить: Организация").accesskit_node().is_disabled(), "saved");
    open(harness, "Ответственные");
    retype(harness, "Администратор: дата приказа", "31.02.2026");
    assert_eq!(harness.query_all_by_label("Такого дня нет").count(), 2, "at the field and at the button");
    assert!(harness.get_by_label("Сохранить: Ответственные").accesskit_node().is_disabled());
    retype(harness, "Администратор: дата приказа", "28 авг 2026");
    retype(harness, "Администратор: номер приказа", "№ 412");
    save(harness, "Ответственные");
    let (session, _folder) = console.reopened();
    let card = session.register().organization();
    assert_eq!(card.address, "улица Новая, 7");
    let order = &card.administrator.order;
    assert_eq!((order.number.as_str(), order.date), ("412", Some(date(2026, 8, 28))));
}

#[test]
fn a_deputy_is_added_and_an_own_clause_is_kept() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    open(harness, "Ответственные");
    let known =
        harness.state().view().snapshot.as_ref().expect("open").register.organization().deputies.len();
    harness.get_by_label("Добавить заместителя").click();
    harness.run();
    let label = format!("Заместитель {}: фамилия, имя и отчество", known + 1);
    retype(harness, &label, "Осокина Вера Львовна");
    save(harness, "Ответственные");
    open(harness, "Положение");
    harness.get_by_label("Структура организации").click();
    harness.run();
    retype(harness, "Наш пункт: назначение администратора приказом", "п. 3.1");
    save(harness, "Положение");
    let (session, _folder) = console.reopened();
    let card = session.register().organization();
    assert_eq!(card.deputies.last().map(|deputy| deputy.name.as_str()), Some("Осокина Вера Львовна"));
    assert_eq!(card.own_clauses.get("2.1").map(String::as_str), Some("п. 3.1"));
    assert!(card.not_required.iter().any(|code| code == "2.3-3"));
}

#[test]
fn thresholds_show_at_once_what_they_would_do() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    open(harness, "Пороги");
    let now = harness.state().view().snapshot.as_ref().expect("an open file").invites.flagged_count();
    harness.get_by_label_contains("столько же, сколько сейчас");
    retype(harness, "Никто не вступил, для родителей, дней", "300");
    retype(harness, "Нет сведений, для родителей, дней", "300");
    harness.get_by_label_contains(&format!("сейчас {now}"));
    assert!(harness.query_by_label_contains("столько же, сколько сейчас").is_none());
    save(harness, "Пороги");
    let fewer = harness.state().view().snapshot.as_ref().expect("an open file").invites.flagged_count();
    assert!(fewer < now, "{fewer} of {now}");
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().settings().thresholds(Role::Parent).unclaimed_observed, 300);
}

#[test]
fn the_schedule_refuses_nought_in_words() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    open(harness, "График");
    retype(harness, "Разбирать ссылки раз в", "0");
    assert!(harness.query_by_label("От 1 до 52").is_some());
    assert!(harness.get_by_label("Сохранить: График").accesskit_node().is_disabled());
    retype(harness, "Разбирать ссылки раз в", "4");
    save(harness, "График");
    let (session, _folder) = console.reopened();
    assert_eq!(session.register().settings().cleanup_every_weeks, 4);
}

#[test]
fn the_words_of_a_step_are_the_schools_own_until_ours_are_wanted_back() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    open(harness, "Шаги кабинета");
    let back = "Вернуть исходный текст: Рассмотреть заявку";
    assert!(harness.query_by_label(back).is_none(), "ours stands there");
    harness.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Рассмотреть заявку").focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run();
    harness
        .get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Рассмотреть заявку")
        .type_text("Меню «Заявки», потом {кто}");
    harness.run();
    save(harness, "Шаги кабинета");
    harness.state_mut().act(Action::Go(Destination::CabinetTasks));
    harness.run();
    let shown = harness.query_all_by_label("Меню «Заявки», потом Наталья").count();
    assert_eq!(shown, 1, "under the step in the click list");
    harness.get_by_label("Настройки").click();
    harness.run();
    harness.get_by_label(back).click();
    harness.run();
    save(harness, "Шаги кабинета");
    let (session, _folder) = console.reopened();
    assert!(session.register().settings().step_texts.is_empty(), "ours again, so nothing is kept");
}

#[test]
fn appearance_holds_at_once() {
    let mut console = settings(Setup::default());
    let harness = &mut console.harness;
    open(harness, "Вид");
    harness.get_by_label("Тема: Тёмная").click();
    harness.run();
    harness.get_by_label("Плотные строки таблиц").click();
    compare_picture(harness, "settings-appearance-dark");
}

#[test]
fn pictures_of_the_settings() {
    for (theme, ending) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let mut console = settings(Setup { theme, ..Setup::default() });
        let harness = &mut console.harness;
        compare_picture(harness, &format!("settings-{ending}"));
        if theme == ThemePreference::Light {
            for (section, name) in [
                ("Ответственные", "people"),
                ("Положение", "clauses"),
                ("Пороги", "thresholds"),
                ("График", "schedule"),
                ("Шаги кабинета", "steps"),
                ("Файл и безопасность", "file"),
            ] {
                open(harness, section);
                if name != "file" {
                    compare_picture(harness, &format!("settings-{name}-light"));
                }
            }
        }
    }
}

#[test]
fn a_problem_stands_beside_the_button_that_cannot_save() {
    let mut console = settings(Setup { scale_percent: 150, ..Setup::default() });
    open(&mut console.harness, "Пороги");
    retype(&mut console.harness, "Никто не вступил, для учителей, дней", "0");
    compare_picture(&mut console.harness, "settings-problem-light-150");
}
