//! Locking, links on the clipboard, names on a projector, bugs while drawing (faults rows 26, 27, 29).

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT, Queryable};
use sferum_console::desktop::{PreparedClipboard, PreparedIdleTime, ThemePreference};
use sferum_console::gui::{Action, ConsoleApp, Destination, Moment, Overlay, Room};
use sferum_console::names::{FullName, InviteAddress, Role, parse_phone};
use sferum_console::register::{Invite, InviteId, Operation, Organization, Person, PersonId, Target};
use sferum_console::session::{LinkPaper, LinkRegisterRequest, Session};
use sferum_console::store::Key as FileKey;

use crate::console::{Setup, clock, moment, moments, sample_school, start_page};
use crate::pictures::compare_picture;

const PASSWORD: &str = "осенний лист 14";
const ADDRESS: &str = "https://max.ru/join/AbCdEfGhIjKlMnOpQrStUvWxYz0123456789_-abCk7Qx";

/// A window with its clocks, idleness and clipboard in the test's hands.
struct Guarded {
    harness: Harness<'static, ConsoleApp>,
    moment: Arc<Mutex<Moment>>,
    idle: PreparedIdleTime,
    clipboard: PreparedClipboard,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Guarded {
    fn over(mut harness: Harness<'static, ConsoleApp>, file: PathBuf, folder: tempfile::TempDir) -> Self {
        let (moment, idle, clipboard) = (moment(), PreparedIdleTime::default(), PreparedClipboard::default());
        let clocks = moments(moment.clone());
        harness.state_mut().set_guard(Box::new(idle.clone()), Box::new(clipboard.clone()), clocks);
        harness.run();
        Self { harness, moment, idle, clipboard, file, _folder: folder }
    }

    /// The sample school.
    fn sample(setup: Setup) -> Self {
        let console = sample_school(setup);
        Self::over(console.harness, console.file, console.folder)
    }

    /// A file with a password, one person and one link.
    fn with_password(setup: Setup) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("Школа 9.sferum");
        let card = Organization { name: "Школа 9".into(), ..Organization::default() };
        let mut session =
            Session::create(&file, key().as_ref(), card, clock(), "").expect("the file is made");
        let person = Person {
            name: FullName::new("Ковалёва", "Нина", "Игоревна"),
            phone: parse_phone("+7 917 345-67-45").ok(),
            ..Person::default()
        };
        let add = Operation::AddPerson { person, memberships: Vec::new(), children: Vec::new() };
        session.execute(&add).expect("she is added");
        let (address, _) = InviteAddress::parse(ADDRESS).expect("a whole address");
        let invite = Invite::in_reserve(Target::Organization, Role::Teacher, address, clock().today());
        session.execute(&Operation::AddInvites(vec![invite])).expect("it is recorded");
        drop(session);
        let mut harness = start_page(setup);
        harness.state_mut().open(file.clone(), key(), None);
        harness.run();
        assert!(harness.state().view().snapshot.is_some(), "the file opens");
        Self::over(harness, file, folder)
    }

    /// Both clocks go on by so many seconds, and a frame is drawn.
    fn pass(&mut self, seconds: u64) {
        let mut moment = self.moment.lock().expect("nobody panicked");
        moment.steady += Duration::from_secs(seconds);
        moment.wall += Duration::from_secs(seconds);
        drop(moment);
        self.harness.run();
    }

    fn act(&mut self, action: Action) {
        self.harness.state_mut().act(action);
        self.harness.run();
    }

    fn is_locked(&self) -> bool {
        let view = self.harness.state().view();
        assert_eq!(view.locked.is_some(), view.snapshot.is_none(), "locked means that nothing is held");
        view.locked.is_some()
    }

    fn unlock(&mut self, password: &str) {
        let field = || By::new().label("Пароль").predicate(|node| node.is_text_input());
        self.harness.get(field()).focus();
        self.harness.run();
        self.harness.get(field()).type_text(password);
        self.harness.run();
        self.harness.key_press(Key::Enter);
        self.harness.run();
    }

    fn shows(&self, text: &str) -> bool {
        let holds = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            [node.label(), node.value()].into_iter().flatten().any(|words| words.contains(text))
        };
        self.harness.root().children_recursive().any(|node| holds(&node))
    }
}

fn key() -> Option<FileKey> {
    FileKey::from_password(PASSWORD)
}

#[test]
fn it_locks_when_the_whole_system_stands_idle_and_comes_back_to_the_same_room() {
    let mut guarded = Guarded::with_password(Setup::default());
    guarded.act(Action::Go(Destination::Room(Room::People)));
    guarded.pass(14 * 60);
    assert!(!guarded.is_locked(), "a minute early");
    guarded.idle.set(Some(Duration::from_secs(30)));
    guarded.pass(2 * 60);
    assert!(!guarded.is_locked(), "somebody works in the browser beside");
    guarded.idle.set(Some(Duration::from_secs(15 * 60)));
    guarded.pass(14 * 60 + 40);
    assert!(guarded.is_locked());
    assert!(guarded.shows("15 минут без работы"));
    drop(Session::open(&guarded.file, key().as_ref(), clock(), None).expect("the file is released"));

    guarded.unlock("другой пароль");
    assert!(guarded.is_locked());
    let refusal = guarded.harness.state().view().locked.as_ref().and_then(|locked| locked.refusal.clone());
    assert!(refusal.is_some(), "it says that it did not open");
    guarded.unlock(PASSWORD);
    assert!(!guarded.is_locked());
    assert_eq!(guarded.harness.state().view().room, Room::People);
}

#[test]
fn ctrl_l_and_a_jump_of_the_clock_lock_at_once() {
    for by_key in [true, false] {
        let mut guarded = Guarded::sample(Setup::default());
        if by_key {
            guarded.harness.key_press_modifiers(Modifiers::COMMAND, Key::L);
        } else {
            guarded.moment.lock().expect("nobody panicked").wall += Duration::from_secs(3600);
        }
        guarded.harness.run();
        assert!(guarded.is_locked());
        assert!(guarded.shows("У файла нет пароля"), "nobody is promised what a screen cannot keep");
        guarded.harness.get_by_label("Продолжить").click();
        guarded.harness.run();
        assert!(!guarded.is_locked());
    }
}

#[test]
fn an_import_goes_on_after_unlocking() {
    let mut guarded = Guarded::sample(Setup::default());
    let text = "Фамилия;Имя;Класс\nЯсенева;Дарина;7Б\n";
    guarded.act(Action::ReadPastedRoster(text.into()));
    guarded.act(Action::Lock);
    assert!(guarded.is_locked());
    guarded.harness.get_by_label("Продолжить").click();
    guarded.harness.run();
    assert_eq!(guarded.harness.state().view().overlay, Some(Overlay::Import));
    assert!(guarded.shows("Ясенева"), "the pasted list was read again");
    guarded.act(Action::CloseFile);
    drop(guarded.harness);
    let session = Session::open(&guarded.file, None, clock(), None).expect("the file opens");
    assert!(session.get_workspace("import").expect("it is read").is_some(), "closing keeps it too");
}

#[test]
fn a_link_is_shown_only_while_it_was_held_and_for_ten_seconds() {
    let mut guarded = Guarded::with_password(Setup::default());
    guarded.act(Action::Go(Destination::Invite(InviteId(1))));
    assert!(guarded.shows("k7Qx") && !guarded.shows("AbCdEf"));
    let button = "Показать адрес ссылки";
    guarded.harness.get_by_label_contains(button).click();
    guarded.harness.run();
    assert!(!guarded.shows("AbCdEf"), "a mere press shows nothing");
    let place = guarded.harness.get_by_label_contains(button).rect().center();
    guarded.harness.drag_at(place);
    guarded.harness.run_steps(4);
    assert!(guarded.shows("AbCdEf"), "held");
    guarded.harness.drop_at(place);
    guarded.harness.run_steps(20);
    assert!(guarded.shows("AbCdEf"), "it stands after five seconds");
    guarded.harness.run_steps(24);
    assert!(!guarded.shows("AbCdEf"), "and not after eleven");
}

#[test]
fn a_copied_link_goes_after_two_minutes_and_on_locking_if_it_is_still_ours() {
    let mut guarded = Guarded::with_password(Setup::default());
    guarded.act(Action::CopyInvite(InviteId(1)));
    assert_eq!(guarded.clipboard.text().as_deref(), Some(ADDRESS));
    assert!(guarded.shows("буфер очистится через 2 минуты"));
    guarded.pass(119);
    assert_eq!(guarded.clipboard.text().as_deref(), Some(ADDRESS));
    guarded.pass(1);
    assert_eq!(guarded.clipboard.text(), None);

    guarded.act(Action::CopyInvite(InviteId(1)));
    guarded.clipboard.set("список покупок");
    guarded.act(Action::Lock);
    assert_eq!(guarded.clipboard.text().as_deref(), Some("список покупок"), "not ours any more");
    guarded.unlock(PASSWORD);
    guarded.act(Action::CopyInvite(InviteId(1)));
    guarded.harness.state_mut().leave();
    assert_eq!(guarded.clipboard.text(), None, "leaving takes it back");
}

#[test]
fn a_projector_sees_no_names() {
    let mut guarded = Guarded::with_password(Setup::default());
    guarded.act(Action::Go(Destination::Person(PersonId(1))));
    assert!(guarded.shows("Ковалёва"));
    guarded.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    guarded.harness.run();
    assert!(!guarded.shows("Ковалёва") && guarded.shows("К. Н. И."));
    for room in [Room::Today, Room::Classes, Room::People, Room::Links, Room::Reconcile, Room::Journal] {
        guarded.act(Action::Go(Destination::Room(room)));
        assert!(!guarded.shows("Ковалёва"), "{room:?}");
    }
    // What is done meanwhile is done to the real record.
    guarded.act(Action::Go(Destination::Person(PersonId(1))));
    let seen = guarded
        .harness
        .state()
        .view()
        .veiled
        .as_ref()
        .and_then(|veiled| veiled.register.person(PersonId(1)).cloned());
    let people = seen.into_iter().collect();
    let depart = Operation::Depart { people, on: clock().today(), order: Default::default() };
    guarded.act(Action::execute(depart, "Выбытие записано"));
    assert_eq!(guarded.harness.state().view().error, None);
    guarded.harness.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::P);
    guarded.harness.run();
    let view = guarded.harness.state().view();
    let person = view.snapshot.as_ref().and_then(|snapshot| snapshot.register.person(PersonId(1)).cloned());
    let person = person.expect("she is there");
    assert_eq!(
        (person.name.full().as_str(), person.left_on),
        ("Ковалёва Нина Игоревна", Some(clock().today()))
    );
}

#[test]
fn pasted_names_are_covered_on_a_projector() {
    let mut guarded = Guarded::sample(Setup::default());
    guarded.act(Action::ReadPastedRoster("Фамилия;Имя;Класс\nЯсенева;Дарина;7Б\n".into()));
    guarded.act(Action::ToggleProjector);
    assert!(!guarded.shows("Ясенева"));
    guarded.harness.get_by_label("Выключить режим проектора").click();
    guarded.harness.run();
    assert!(guarded.shows("Ясенева"), "the work is still there");
}

#[test]
fn after_a_bug_the_file_opens_again() {
    let mut guarded = Guarded::with_password(Setup::default());
    guarded.act(Action::Go(Destination::Room(Room::Links)));
    guarded.harness.state_mut().panic_at_next_drawing();
    guarded.harness.run();
    assert!(guarded.shows("Сохранённое цело"));
    assert!(guarded.harness.state().view().snapshot.is_none());
    drop(Session::open(&guarded.file, key().as_ref(), clock(), None).expect("the file is released"));
    guarded.harness.get_by_label("Открыть файл заново").click();
    guarded.harness.run();
    guarded.unlock(PASSWORD);
    assert_eq!(guarded.harness.state().view().room, Room::Links);
}

#[test]
fn addresses_leave_the_file_only_with_its_password_and_are_journalled() {
    let mut guarded = Guarded::with_password(Setup::default());
    let out = guarded.file.with_file_name("Реестр.csv");
    for (password, written) in [("другой пароль", false), (PASSWORD, true)] {
        let request = LinkRegisterRequest { with_addresses: true, ..LinkRegisterRequest::default() };
        guarded.act(Action::WriteLinkPaper {
            paper: Box::new(LinkPaper::LinkRegister(request)),
            path: out.clone(),
            confirmed_by: FileKey::from_password(password),
        });
        assert_eq!(out.exists(), written, "{password}");
    }
    guarded.act(Action::Go(Destination::Room(Room::Journal)));
    assert!(guarded.shows("Выгружен реестр ссылок с адресами"));
}

#[test]
fn pictures_of_the_guard() {
    for (theme, name) in [(ThemePreference::Light, "light"), (ThemePreference::Dark, "dark")] {
        let setup = || Setup { theme, ..Setup::default() };
        let mut guarded = Guarded::with_password(setup());
        guarded.act(Action::Lock);
        compare_picture(&mut guarded.harness, &format!("locked-{name}"));
        let mut guarded = Guarded::sample(setup());
        guarded.act(Action::Lock);
        compare_picture(&mut guarded.harness, &format!("locked-without-password-{name}"));
        let mut guarded = Guarded::sample(setup());
        guarded.act(Action::ToggleProjector);
        guarded.act(Action::Go(Destination::Room(Room::People)));
        let first =
            guarded.harness.state().view().snapshot.as_ref().and_then(|snapshot| {
                snapshot.people.iter().find(|row| !row.groups.is_empty()).map(|row| row.id)
            });
        guarded.act(Action::Go(Destination::Person(first.expect("somebody is in a class"))));
        guarded.pass(9);
        compare_picture(&mut guarded.harness, &format!("projector-{name}"));
        guarded.harness.state_mut().panic_at_next_drawing();
        compare_picture(&mut guarded.harness, &format!("broken-{name}"));
    }
}
