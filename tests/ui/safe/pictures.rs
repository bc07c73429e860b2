//! What it looks like, light and dark, large and narrow. Codes and folders are made by chance, so pages that show them
//! are drawn by themselves with invented ones.

use super::backups::{damaged, restorable};
use super::*;
use crate::console::{SIZE, large_letters, narrow_window, sample_school};
use crate::pictures::{compare_picture, window};
use sferum_console::desktop::{Preferences, ThemePreference};
use sferum_console::gui::screens::safe::{self, BackupListing, CodePage, DamagePage, SafeState};
use sferum_console::gui::screens::settings::{self, SettingsState};
use sferum_console::gui::{OpenFile, ScreenContext};
use sferum_console::session::{
    BackupPlace, BackupState, CodeState, GoodBackup, PasswordSet, ReplacedBackups, RestoreOffer, Snapshot,
    newest_good_backup,
};

const THEMES: [(ThemePreference, &str); 2] =
    [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")];
/// The normal window in either theme, with letters half as large again, and narrow.
const WINDOWS: [(egui::Theme, [f32; 2], f32, &str); 4] = [
    (egui::Theme::Light, SIZE, 1.0, "light"),
    (egui::Theme::Dark, SIZE, 1.0, "dark"),
    (egui::Theme::Light, [SIZE[0] / 1.5, SIZE[1] / 1.5], 1.5, "150"),
    (egui::Theme::Light, [1100.0, 700.0], 1.0, "1100"),
];
const FOLDER: &str = "/дом/Документы/Школа";

fn themed(theme: ThemePreference) -> Setup {
    Setup { theme, ..Setup::default() }
}

/// The second step of a new file, with a middling password.
fn password_step(setup: Setup) -> Harness<'static, ConsoleApp> {
    let mut harness = start_page_at(clock(), setup);
    harness.run();
    harness.get_by_label("Новый файл").click();
    harness.run();
    type_into(&mut harness, "Название, как вы её называете", "Школа № 9");
    press(&mut harness, "Дальше: пароль");
    type_into(&mut harness, "Новый пароль", "hvtkqsoprw");
    type_into(&mut harness, "Пароль ещё раз", "hvtkq1");
    harness
}

#[test]
fn pictures_of_the_new_password() {
    for (theme, name) in THEMES {
        compare_picture(&mut password_step(themed(theme)), &format!("safe-password-{name}"));
    }
    compare_picture(&mut password_step(large_letters()), "safe-password-150");
}

#[test]
fn pictures_of_the_code() {
    let code = || {
        RecoveryCode::from_bytes(&std::array::from_fn(|place| (place as u8).wrapping_mul(37).wrapping_add(3)))
    };
    let left = vec![Path::new(FOLDER).join("Школа 9 2026-10-01 0900.sferum")];
    for (theme, size, scale, name) in WINDOWS {
        let backups = Ok(ReplacedBackups { removed: 3, left: left.clone() });
        let set = PasswordSet { code: code(), replaces_code: name != "light", backups };
        let mut state = SafeState { code: Some(CodePage::of_new(set)), ..SafeState::default() };
        let mut harness =
            window(theme, size, scale, move |ui| safe::show(ui, false, &mut state, &mut Vec::new()));
        compare_picture(&mut harness, &format!("safe-code-{name}"));
    }
    let mut page = CodePage::to_confirm();
    page.ask([5, 11]);
    let mut state = SafeState { code: Some(page), ..SafeState::default() };
    state.problem = Some("Группы не совпали с кодом. Сверьте лист: будут спрошены другие две.".into());
    let draw = move |ui: &mut egui::Ui| safe::show(ui, false, &mut state, &mut Vec::new());
    compare_picture(&mut window(egui::Theme::Light, SIZE, 1.0, draw), "safe-confirm-light");
}

#[test]
fn pictures_of_a_forgotten_password() {
    let school = school_at(clock());
    for (setup, name) in
        [(Setup::default(), "light"), (themed(ThemePreference::Dark), "dark"), (large_letters(), "150")]
    {
        let mut harness = asking(&school.file, clock(), setup);
        press(&mut harness, "Забыли пароль?");
        type_into(&mut harness, "Код восстановления", "7K2M 9QXA 00TB");
        press(&mut harness, "Проверить код");
        compare_picture(&mut harness, &format!("safe-forgotten-{name}"));
    }
}

#[test]
fn pictures_of_the_banner() {
    let school = school_at(clock());
    let mut harness = opened(&school.file, clock(), narrow_window());
    compare_picture(&mut harness, "safe-banner-1100");
    press(&mut harness, "Закрыть файл");
    drop(harness);
    let mut harness = opened(&school.file, later("2026-10-13T15:00:00"), themed(ThemePreference::Dark));
    compare_picture(&mut harness, "safe-banner-late-dark");
}

#[test]
fn pictures_of_a_restore() {
    for (theme, name) in THEMES {
        let mut console = restorable(themed(theme));
        look_at_restore(&mut console.harness);
        compare_picture(&mut console.harness, &format!("safe-restore-{name}"));
    }
    let mut console = restorable(large_letters());
    look_at_restore(&mut console.harness);
    compare_picture(&mut console.harness, "safe-restore-150");
}

/// A good backup as if it lay in the invented folder.
fn backup() -> GoodBackup {
    let school = damaged();
    let key = Key::from_password(PASSWORD);
    let place = BackupPlace::beside(&school.file);
    let newest = newest_good_backup(&place, &school.file, key.as_ref(), None).expect("listed");
    let mut backup = newest.expect("there is one");
    backup.file.path = Path::new(FOLDER).join("Резервные копии/Школа 9 2026-10-12 1402.sferum");
    backup.file.size = 1_258_291;
    backup
}

#[test]
fn pictures_of_damage() {
    let backup = backup();
    for (theme, size, scale, name) in WINDOWS {
        let text = "Файл не открылся, а его копия этим паролем открывается: файл повреждён. Есть исправная копия от 12 \
                    окт 2026 14:02. Восстановите её: нынешний файл останется рядом под другим именем.";
        let offer = RestoreOffer { backup: backup.clone(), text: text.into() };
        let damage = DamagePage { file: "Школа 9.sferum".into(), offer, is_open: false };
        let mut state = SafeState { damage: Some(damage), ..SafeState::default() };
        let draw = move |ui: &mut egui::Ui| safe::show(ui, false, &mut state, &mut Vec::new());
        compare_picture(&mut window(theme, size, scale, draw), &format!("safe-damage-{name}"));
    }
}

/// The section of the settings over an invented folder.
fn section(snapshot: Snapshot, newest: GoodBackup, narrow: bool) -> impl FnMut(&mut egui::Ui) {
    let path = Path::new(FOLDER).join("Школа 9.sferum");
    let file = OpenFile { path: path.clone(), read_only: false, encrypted: true, saved_at: String::new() };
    let place = BackupPlace::beside(&path);
    let mut older = newest.file.clone();
    older.path = path.with_file_name("прежняя.sferum");
    older.made_at = jiff::civil::date(2026, 10, 11).at(9, 30, 0, 0);
    let mut list = BackupListing::new(place.clone(), Ok(vec![newest.file.clone(), older]));
    list.details.insert(newest.file.path.clone(), Ok(newest.details.clone()));
    let medium = sferum_console::files::MediumKind::Local;
    let safe = SafeState {
        code_state: Some(CodeState::Waiting { since: snapshot.today, late: false }),
        backups: Some(BackupState { place, medium, newest: Some(newest), problem: None }),
        list: Some(list),
        ..SafeState::default()
    };
    let (preferences, mut state) = (Preferences::default(), SettingsState::default());
    state.open_file();
    move |ui| {
        let (today, wall_day) = (snapshot.today, snapshot.today);
        let context = ScreenContext {
            snapshot: &snapshot,
            unveiled: &snapshot,
            file: &file,
            safe: &safe,
            preferences: &preferences,
            today,
            wall_day,
            narrow,
        };
        settings::show(ui, &context, &mut state, &mut Vec::new());
    }
}

#[test]
fn pictures_of_the_settings_of_the_file() {
    let console = sample_school(Setup::default());
    let snapshot = console.harness.state().view().snapshot.clone().expect("open");
    let newest = backup();
    for (theme, size, scale, name) in WINDOWS {
        let draw = section(snapshot.clone(), newest.clone(), size[0] < 1200.0);
        compare_picture(&mut window(theme, size, scale, draw), &format!("safe-settings-{name}"));
    }
}

#[test]
fn nothing_sticks_out_of_the_settings_of_the_file() {
    for setup in [large_letters(), narrow_window()] {
        let console = restorable(setup);
        crate::console::assert_controls_in_sight(&console, "Файл и безопасность");
    }
}
