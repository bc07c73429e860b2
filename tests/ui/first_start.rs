//! The way of somebody who never saw the program: from the start page to the first list.

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use sferum_console::desktop::ThemePreference;
use sferum_console::gui::{ConsoleApp, Overlay};
use sferum_console::sample::{SampleKind, roster_files};
use sferum_console::session::Session;
use sferum_console::store::Key;

use crate::console::{Setup, clock, start_page};
use crate::pictures::compare_picture;

const PASSWORD: &str = "барсук овраг сирень";

/// A window, and how often somebody had to press or type.
struct Newcomer {
    harness: Harness<'static, ConsoleApp>,
    inputs: usize,
}

impl Newcomer {
    fn press(&mut self, label: &str) {
        self.inputs += 1;
        self.harness.get_by_label(label).click();
        self.harness.run();
    }

    fn press_what_begins_with(&mut self, label: &str) {
        let found = self.harness.query_all_by_role(egui::accesskit::Role::Button);
        let name =
            found.filter_map(|node| node.accesskit_node().label()).find(|name| name.starts_with(label));
        self.press(&name.expect("the button is there"));
    }

    fn type_name(&mut self, name: &str) {
        self.inputs += 1;
        self.harness.get_by_label("Название, как вы её называете").type_text(name);
        self.harness.run();
    }

    /// From the start page to the third step.
    fn make_file(&mut self, name: &str) {
        self.press("Новый файл");
        self.type_name(name);
        self.press("Дальше: пароль");
        for field in ["Новый пароль", "Пароль ещё раз"] {
            self.inputs += 1;
            let role = egui::accesskit::Role::PasswordInput;
            self.harness.get_by_role_and_label(role, field).focus();
            self.harness.run();
            self.harness.get_by_role_and_label(role, field).type_text(PASSWORD);
            self.harness.run();
        }
        self.press("Выбрать место и создать");
        self.press("Подтвердить завтра");
        assert_eq!(self.harness.state().view().overlay, Some(Overlay::FirstRoster));
    }
}

#[test]
fn from_the_start_page_to_the_first_list_in_a_minute() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, roster) = (folder.path().join("Школа 3.sferum"), folder.path().join("Контингент.csv"));
    let bytes = roster_files(SampleKind::School, date(2026, 10, 12)).into_iter().next().expect("a roster").1;
    sferum_console::files::write_bytes_atomically(&roster, &bytes).expect("the roster can be written");
    let chosen = vec![Some(file.clone()), Some(roster)];
    let mut newcomer = Newcomer { harness: start_page(Setup { chosen, ..Setup::default() }), inputs: 0 };
    newcomer.harness.run();
    newcomer.make_file("Школа № 3");
    newcomer.press("Выбрать файл списка");
    assert_eq!(newcomer.harness.state().view().overlay, Some(Overlay::Import));
    newcomer.press("ученики");
    newcomer.press("Дальше: столбцы");
    newcomer.press("Дальше: проверка");
    newcomer.press_what_begins_with("Внести ");
    newcomer.harness.get_by_label("Список внесён");
    // Beside them the two places in the chooser of files. At five seconds each this is under a minute.
    assert!(newcomer.inputs <= 12, "{} inputs", newcomer.inputs);
    drop(newcomer);
    let session = Session::open(&file, Key::from_password(PASSWORD).as_ref(), clock(), None)
        .expect("the file opens again");
    assert!(session.register().tables().people.len() > 500, "the list is in the file");
}

#[test]
fn the_list_may_come_later_and_is_not_asked_for_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("Школа 3.sferum");
    let chosen = vec![Some(file.clone())];
    let mut newcomer = Newcomer { harness: start_page(Setup { chosen, ..Setup::default() }), inputs: 0 };
    newcomer.harness.run();
    newcomer.make_file("Школа № 3");
    newcomer.press("Позже");
    assert_eq!(newcomer.harness.state().view().overlay, None);
    newcomer.press("Закрыть файл");
    newcomer.harness.state_mut().open(file, Key::from_password(PASSWORD), None);
    newcomer.harness.run();
    assert!(newcomer.harness.state().view().snapshot.is_some());
    assert_eq!(newcomer.harness.state().view().overlay, None, "an opened file is not a new one");
}

#[test]
fn pictures_of_the_third_step() {
    for (theme, name) in
        [(ThemePreference::Light, "first-roster-light"), (ThemePreference::Dark, "first-roster-dark")]
    {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let chosen = vec![Some(folder.path().join("Школа 3.sferum"))];
        let setup = Setup { theme, chosen, ..Setup::default() };
        let mut newcomer = Newcomer { harness: start_page(setup), inputs: 0 };
        newcomer.harness.run();
        newcomer.make_file("Школа № 3");
        newcomer.harness.event(egui::Event::PointerGone);
        compare_picture(&mut newcomer.harness, name);
    }
}
