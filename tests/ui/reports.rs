//! Отчёты: the duties in two parts, coverage, documents.

use egui::accesskit::Role as AccessRole;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{Action, ConsoleApp, Destination, ReportsPage, Room};
use sferum_console::regulation::Duty;

use crate::console::{Console, Setup, assert_controls_in_sight, large_letters, narrow_window, sample_school};
use crate::pictures::compare_picture;

fn reports(setup: Setup) -> Console {
    let mut console = sample_school(setup);
    console.harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Num6);
    settle(&mut console.harness);
    assert_eq!(console.harness.state().view().room, Room::Reports);
    console
}

/// Facts and journal entries are computed beside the window: they come with the next frames.
fn settle(harness: &mut Harness<'_, ConsoleApp>) {
    for _ in 0..3 {
        harness.run();
    }
}

fn open_duty(harness: &mut Harness<'_, ConsoleApp>, begins: &str) {
    let rows = harness.query_all_by_role(AccessRole::ListBoxOption);
    let row = rows
        .into_iter()
        .find(|row| row.accesskit_node().label().is_some_and(|name| name.starts_with(begins)));
    row.unwrap_or_else(|| panic!("a row that begins with «{begins}»")).click();
    settle(harness);
}

fn show(harness: &mut Harness<'_, ConsoleApp>, page: ReportsPage) {
    harness.state_mut().act(Action::Go(Destination::Reports(page)));
    settle(harness);
}

#[test]
fn a_duty_shows_what_is_left_what_proves_it_and_leads_there() {
    let mut console = reports(Setup::default());
    let harness = &mut console.harness;
    harness.get_by_label("Мои обязанности");
    harness.get_by_label("Делают учителя: вижу, не отвечаю");
    open_duty(harness, "Аннулирование невостребованных ссылок");
    harness.get_by_label("Осталось");
    harness.get_by_label("Чем подтверждается");
    harness.get_by_label("В журнале");
    let entries = harness.query_all_by_label_contains("Запись №").count();
    assert!((1..=6).contains(&entries), "{entries}");
    let first = harness.query_all_by_label_contains("Перейти: ").next().expect("something is left");
    first.click();
    settle(harness);
    assert_eq!(harness.state().view().room, Room::Links);
    harness.state_mut().act(Action::Go(Destination::Duty(Duty::Oversight)));
    settle(harness);
    harness.get_by_label("Документ: Отчёт для руководителя");
    harness.get_by_label_contains("по графику сверок");
}

#[test]
fn looking_and_a_rhythm_of_ones_own_stand_in_the_file() {
    let mut console = reports(Setup::default());
    let harness = &mut console.harness;
    open_duty(harness, "Помощь и поддержка");
    harness.get_by_label("Просмотрено сегодня: помощь и поддержка участников").click();
    settle(harness);
    harness.get_by_role_and_label(AccessRole::ComboBox, "Свой график этой обязанности").click();
    harness.run();
    harness.get_by_role_and_label(AccessRole::ListBoxOption, "каждые 2 недели").click();
    settle(harness);
    harness.get_by_label("26 окт 2026, по вашему графику");
    harness.get_by_label("Просмотрено 12 окт 2026");
    harness.state_mut().act(Action::Go(Destination::Duty(Duty::SubjectChats)));
    settle(harness);
    harness.get_by_label("Не требуется: чаты по предметам").click();
    settle(harness);
    harness.get_by_label("Снова требуется: чаты по предметам");
    let (session, _folder) = console.reopened();
    let rhythm = session.register().settings().duty_rhythms["2.3-10"];
    assert_eq!((rhythm.every_weeks, rhythm.looked_on), (2, Some(date(2026, 10, 12))));
    assert!(session.register().organization().not_required.iter().any(|code| code == "2.6"));
    let entries = session.list_entries(None, 3).expect("readable");
    assert_eq!(entries.iter().filter(|entry| entry.code == "edit_settings").count(), 2);
}

#[test]
fn a_report_and_a_draft_are_written_where_they_were_asked_to() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [report, draft, folder_of_check] =
        ["отчёт.docx", "приказ.docx", "папка.docx"].map(|name| folder.path().join(name));
    let chosen = [&report, &draft, &folder_of_check].map(|path| Some(path.clone())).into();
    let mut console = reports(Setup { chosen, ..Setup::default() });
    let harness = &mut console.harness;
    show(harness, ReportsPage::Coverage);
    harness.get_by_label("Кто внутри");
    harness.get_by_label("Отчёт для руководителя").click();
    harness.run();
    harness.get_by_label("Сохранить документ").click();
    settle(harness);
    show(harness, ReportsPage::Documents);
    harness.get_by_role_and_label(AccessRole::Button, "Приказ об администраторе").click();
    settle(harness);
    harness.get_by_role_and_label(AccessRole::Button, "Папка проверки").click();
    harness.run();
    harness.get_by_label("Сохранить документ").click();
    settle(harness);
    assert_eq!(harness.state().view().error, None);
    for path in [report, draft, folder_of_check] {
        let bytes = std::fs::read(&path).expect("it was written");
        assert!(bytes.starts_with(b"PK"), "{path:?}");
    }
}

#[test]
fn a_passport_waits_for_its_group_and_days_ahead_are_refused() {
    let mut console = reports(Setup::default());
    let harness = &mut console.harness;
    show(harness, ReportsPage::Documents);
    harness.get_by_role_and_label(AccessRole::Button, "Паспорт класса").click();
    harness.run();
    assert!(harness.get_by_label("Сохранить документ").accesskit_node().is_disabled());
    harness.key_press(egui::Key::Escape);
    harness.run();
    harness.get_by_role_and_label(AccessRole::Button, "Папка проверки").click();
    harness.run();
    harness.get_by_role_and_label(AccessRole::TextInput, "Ссылки на день").focus();
    harness.run();
    harness.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    harness.run();
    harness.get_by_role_and_label(AccessRole::TextInput, "Ссылки на день").type_text("13.10.2026");
    harness.run();
    assert!(harness.get_by_label("Сохранить документ").accesskit_node().is_disabled());
}

#[test]
fn in_narrow_windows_and_large_letters_nothing_is_cut_off() {
    for setup in [narrow_window(), large_letters()] {
        let mut console = reports(setup);
        assert_controls_in_sight(&console, "duties");
        for page in [ReportsPage::Coverage, ReportsPage::Documents] {
            show(&mut console.harness, page);
            assert_controls_in_sight(&console, "reports");
        }
        console.harness.state_mut().act(Action::Go(Destination::Duty(Duty::RevokeUnclaimed)));
        settle(&mut console.harness);
        assert_controls_in_sight(&console, "duty card");
    }
}

#[test]
fn pictures_of_the_reports() {
    for (theme, ending) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let mut console = reports(Setup { theme, ..Setup::default() });
        let harness = &mut console.harness;
        compare_picture(harness, &format!("reports-duties-{ending}"));
        open_duty(harness, "Аннулирование невостребованных ссылок");
        compare_picture(harness, &format!("reports-duty-{ending}"));
        show(harness, ReportsPage::Coverage);
        compare_picture(harness, &format!("reports-coverage-{ending}"));
        show(harness, ReportsPage::Documents);
        compare_picture(harness, &format!("reports-documents-{ending}"));
    }
    let mut console = reports(large_letters());
    show(&mut console.harness, ReportsPage::Coverage);
    compare_picture(&mut console.harness, "reports-coverage-150");
}
