//! What it looks like, light and dark, large and narrow.

use super::backups::{damaged_school, restorable};
use super::*;
use crate::console::{large_letters, narrow_window};
use crate::pictures::compare_picture;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::Destination;

const THEMES: [(ThemePreference, &str); 2] =
    [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")];

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

/// The page of the code. The code is made by chance, so a picture of it shows an invented one.
fn code_page(setup: Setup) -> (School, Harness<'static, ConsoleApp>) {
    let school = school_at(clock());
    let mut harness = opened(&school.file, clock(), setup);
    let code = RecoveryCode::from_bytes(&std::array::from_fn(|place| place as u8 * 7 + 3));
    harness.state_mut().show_code_for_a_picture(code);
    harness.run();
    (school, harness)
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
    for (theme, name) in THEMES {
        let (_school, mut harness) = code_page(themed(theme));
        compare_picture(&mut harness, &format!("safe-code-{name}"));
    }
    let (_school, mut harness) = code_page(large_letters());
    compare_picture(&mut harness, "safe-code-150");
    let (_school, mut harness) = code_page(narrow_window());
    compare_picture(&mut harness, "safe-code-1100");
    press(&mut harness, "Подтвердить завтра");
    compare_picture(&mut harness, "safe-banner-1100");
}

#[test]
fn pictures_of_a_restore() {
    for (theme, name) in THEMES {
        let mut console = restorable(themed(theme));
        press(&mut console.harness, "Восстановить копию от 12 окт 2026, 14:02");
        compare_picture(&mut console.harness, &format!("safe-restore-{name}"));
    }
    let mut console = restorable(large_letters());
    press(&mut console.harness, "Восстановить копию от 12 окт 2026, 14:02");
    compare_picture(&mut console.harness, "safe-restore-150");
}

/// Folders of temporary files are named by chance and stand on these pages: their pictures are only looked at.
#[test]
fn the_pages_with_paths_keep_their_controls_in_sight() {
    for setup in [large_letters(), narrow_window(), Setup::default()] {
        let school = damaged_school();
        let scale = (setup.size[0], setup.scale_percent);
        let mut harness = asking(&school.file, clock(), setup);
        type_into(&mut harness, "Пароль", PASSWORD);
        press(&mut harness, "Открыть");
        picture_to_look_at(&mut harness, &format!("damage-{}-{}", scale.0, scale.1));
        press(&mut harness, "Другой файл");
    }
    for setup in [large_letters(), narrow_window(), Setup::default(), themed(ThemePreference::Dark)] {
        let scale = (setup.size[0], setup.scale_percent, setup.theme);
        let mut console = restorable(setup);
        act(&mut console.harness, Action::Go(Destination::FileSettings));
        crate::console::assert_controls_in_sight(&console, "Файл и безопасность");
        picture_to_look_at(&mut console.harness, &format!("settings-{}-{}-{:?}", scale.0, scale.1, scale.2));
    }
}

/// Writes a picture where `SAFE_PICTURES` says; compares nothing.
fn picture_to_look_at(harness: &mut Harness<'_, ConsoleApp>, name: &str) {
    let Some(folder) = std::env::var_os("SAFE_PICTURES") else { return };
    harness.run();
    let drawn = harness.render().expect("the processor can always draw");
    drawn.save(Path::new(&folder).join(format!("{name}.png"))).expect("the picture can be written");
}
