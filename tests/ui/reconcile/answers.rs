//! What is answered beside a line: the known adult of a child, an adult from the lists, and whom to invite.

use egui::accesskit::Role as Seen;
use sferum_console::desktop::ThemePreference;
use sferum_console::register::{ChatKind, RememberedKind};

use super::*;
use crate::pictures::compare_picture;

/// The form «взрослый ребёнка…» of the stranger at the end, with the child chosen.
fn adult_form(console: &mut Console, child: &str) {
    paste(console, PASTED);
    press(console, Key::End);
    press(console, Key::H);
    type_into(console, "Ребёнок", child);
    console.harness.get_by_label_contains(&format!("{child}, ")).click();
    console.harness.run();
}

/// A child of the class and the name of an adult of theirs.
fn child_with_adult(console: &Console, label: &str) -> (String, String) {
    let class = group(console, label);
    let register = console.harness.state().view().snapshot.clone().expect("a file is open").register;
    let today = date(2026, 10, 12);
    let mut children = register.current_members(class, Role::Student, today).into_iter();
    let found = children.find_map(|child| {
        let adult = register.current_guardians(child, today).next()?.adult;
        let name = |person| register.person(person).map(|person| person.name.full());
        Some((name(child)?, name(adult)?))
    });
    found.expect("a child with an adult")
}

fn aliases_of(register: &Register, person: PersonId) -> Vec<String> {
    let known = register.tables().remembered.values();
    let known = known.filter(|known| known.kind == RememberedKind::PersonAlias);
    known.filter(|known| known.value == person.to_string()).map(|known| known.key.clone()).collect()
}

#[test]
fn the_known_adult_of_a_child_is_confirmed_as_the_line() {
    let mut console = open(Setup::default(), "7Б");
    let (child, adult) = child_with_adult(&console, "7Б");
    let people = |register: &Register| register.tables().people.values().count();
    let before = console.harness.state().view().snapshot.as_ref().map(|snapshot| people(&snapshot.register));
    adult_form(&mut console, &child);
    let start = format!("{adult}, ");
    {
        let mut choices = console.harness.query_all_by_label_contains(&start);
        let radio = choices.find(|node| node.accesskit_node().role() == Seen::RadioButton);
        radio.expect("the register knows this adult").click();
    }
    console.harness.run();
    click(&mut console, "Подтвердить");
    click(&mut console, "Записать сверку");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(Some(people(register)), before, "nobody was created");
    assert!(is_inside(register, &adult));
    let aliases = aliases_of(register, person(register, &adult));
    assert!(aliases.iter().any(|key| key.contains("рыбак-верещагин")), "{aliases:?}");
    let mut tasks = register.tables().cabinet_tasks.values();
    assert!(!tasks.any(|task| task.written_name == STRANGER), "there is nobody left to ask about");
}

#[test]
fn somebody_of_the_lists_becomes_an_adult_of_the_child() {
    let mut console = open(Setup::default(), "7Б");
    let (child, _) = child_with_adult(&console, "7Б");
    let (_, other) = child_with_adult(&console, "5А");
    adult_form(&mut console, &child);
    console.harness.get_by_role_and_label(Seen::RadioButton, "Другой взрослый из списков школы").click();
    console.harness.run();
    compare_picture(&mut console.harness, "reconcile-adult-listed-light");
    type_into(&mut console, "Взрослый из списка", &other);
    console.harness.get_by_label_contains(&other).click();
    console.harness.run();
    type_into(&mut console, "Кем приходится", "бабушка");
    click(&mut console, "Записать взрослым");
    click(&mut console, "Записать сверку");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let (child, adult) = (person(register, &child), person(register, &other));
    let link =
        register.current_guardians(child, date(2026, 10, 12)).find(|link| link.adult == adult).cloned();
    let link = link.expect("the guardianship was made");
    assert_eq!((link.basis.as_str(), link.participation.state), ("бабушка", ParticipationState::Joined));
    assert!(aliases_of(register, adult).iter().any(|key| key.contains("рыбак-верещагин")));
}

/// Names beside the ticks «Пригласить: …».
fn missing(console: &Console) -> Vec<String> {
    let nodes = console.harness.query_all_by_label_contains("Пригласить: ");
    nodes
        .filter_map(|node| node.accesskit_node().label())
        .filter_map(|label| label.strip_prefix("Пригласить: ").map(str::to_owned))
        .collect()
}

/// Open steps «пригласить».
fn invited(register: &Register) -> Vec<PersonId> {
    let tasks = register.tables().cabinet_tasks.values();
    let tasks = tasks.filter(|task| task.kind == CabinetTaskKind::Invite && task.done_on.is_none());
    tasks.filter_map(|task| task.person).collect()
}

fn names_of(register: &Register, people: &[PersonId]) -> Vec<String> {
    people.iter().filter_map(|person| register.person(*person)).map(|person| person.name.full()).collect()
}

#[test]
fn only_the_ticked_of_the_missing_are_invited() {
    let mut console = open(Setup::default(), "7Б");
    paste(&mut console, PASTED);
    press(&mut console, Key::End);
    let names = missing(&console);
    assert!(names.len() > 1, "{names:?}");
    click(&mut console, &format!("Пригласить: {}", names[1]));
    compare_picture(&mut console.harness, "reconcile-invite-light");
    click(&mut console, "Записать сверку");
    console.harness.get_by_label_contains("Из них пригласить");
    let (session, _folder) = console.reopened();
    let register = session.register();
    assert_eq!(names_of(register, &invited(register)), [names[1].clone()]);
}

#[test]
fn nobody_is_invited_by_itself_and_all_by_one_tick() {
    let mut console = open(Setup { theme: ThemePreference::Dark, ..Setup::default() }, "7Б");
    paste(&mut console, PASTED);
    click(&mut console, "Записать сверку");
    let register = console.harness.state().view().snapshot.clone().expect("a file is open").register;
    assert!(invited(&register).is_empty(), "{:?}", names_of(&register, &invited(&register)));
    click(&mut console, "Отменить сверку");
    click(&mut console, "Другой список");
    let class = group(&console, "7Б");
    console.harness.state_mut().act(Action::Go(Destination::ReconcileGroup(class)));
    console.harness.run();
    paste(&mut console, PASTED);
    press(&mut console, Key::End);
    let names = missing(&console);
    click(&mut console, "Пригласить");
    click(&mut console, "Записать сверку");
    let (session, _folder) = console.reopened();
    let register = session.register();
    let invited = invited(register);
    // Those below the edge of the window are ticked as well.
    let written = names_of(register, &invited);
    assert!(names.iter().all(|name| written.contains(name)), "{names:?} {written:?}");
    let participates = |person: &PersonId| {
        let mut bonds = register.guardianships_of_adult(*person);
        bonds.any(|bond| bond.participation.state != ParticipationState::DoesNotParticipate)
    };
    assert!(invited.iter().all(participates), "{written:?}");
}

#[test]
fn the_card_of_a_class_opens_the_room_with_the_class_chosen() {
    let mut console = sample_school(Setup::default());
    let class = group(&console, "8А");
    console.harness.state_mut().act(Action::Go(Destination::Group(class)));
    console.harness.run();
    click(&mut console, "Сверить: 8А");
    console.harness.get_by_label("Что сверяем: 8А");
}

#[test]
fn a_leak_opens_the_room_with_its_chat_chosen() {
    let mut console = sample_school(Setup::default());
    let register = console.harness.state().view().snapshot.clone().expect("a file is open").register;
    let mut chats = register.tables().chats.values().filter(|chat| chat.kind == ChatKind::Students);
    let chat = chats.next().expect("a chat of pupils").clone();
    let title = sferum_console::regulation::chat_title(&register, &chat);
    let (target, role) = (Target::Chat(chat.id), Role::Student);
    console.harness.state_mut().act(Action::Go(Destination::ReconcilePlace { target, role }));
    console.harness.run();
    let label = format!("Чат «{title}»");
    let place = console.harness.get_by_role_and_label(Seen::RadioButton, &label);
    assert_eq!(place.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
}
