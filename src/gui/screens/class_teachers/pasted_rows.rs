//! One row of the preview: the line, what it comes to, and the question where there is one.

use egui::{Layout, Ui, vec2};

use crate::gui::icons;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::label::{self, Run};
use crate::register::{Appointee, GroupId, PersonId, Register};
use crate::regulation::{PersonAnswer, PlannedAppointment, PlannedState, TeacherMatch};
use crate::wording::date_short;

/// What was answered about a row, by its place.
pub(super) enum RowAnswer {
    Person(usize, PersonAnswer),
    Group(usize, GroupId),
    LeaveOut(usize),
    /// The answer is taken back.
    TakeBack(usize),
    Beside(usize),
}

fn short(register: &Register, person: PersonId) -> String {
    register.person(person).map_or_else(String::new, |person| person.name.short())
}

/// «вместо: Носова Е. А.», «на время, вместо: …, до 30 дек 2026», «назначается».
pub(super) fn outcome_words(register: &Register, row: &PlannedAppointment) -> String {
    let others: Vec<String> = row.instead_of.iter().map(|person| short(register, *person)).collect();
    let others = others.join(", ");
    match row.state {
        PlannedState::Replaces if !others.is_empty() => format!("вместо: {others}"),
        PlannedState::Temporary => {
            let instead = if others.is_empty() { String::new() } else { format!(", вместо: {others}") };
            let until = row.until.map(|day| format!(", до {}", date_short(day))).unwrap_or_default();
            format!("на время{instead}{until}")
        }
        state => state.words().to_owned(),
    }
}

/// Draws a row; answers what was answered in it.
pub(super) fn row_ui(ui: &mut Ui, register: &Register, row: &PlannedAppointment) -> Option<RowAnswer> {
    let layout = Layout::left_to_right(egui::Align::Center);
    let answer = ui
        .allocate_ui_with_layout(vec2(ui.available_width(), 36.0), layout, |ui| {
            ui.set_min_height(36.0);
            ui.spacing_mut().item_spacing.x = 8.0;
            let cell = |ui: &mut Ui, width: f32, run: Run<'_>| {
                ui.allocate_ui_with_layout(vec2(width, 36.0), layout, |ui| {
                    ui.set_min_width(width);
                    label::line_ui(ui, &[run]);
                });
            };
            cell(ui, 26.0, Run::body(&row.line.to_string()).secondary());
            cell(ui, 74.0, Run::body(&row.label).medium());
            cell(ui, 214.0, Run::body(&row.written).secondary());
            let (tone, icon) = look(row.state);
            label::icon_ui(ui, icon, 16.0, Ink::Tone(tone));
            outcome_ui(ui, register, row)
        })
        .inner;
    divider_ui(ui, 0.0);
    answer
}

fn look(state: PlannedState) -> (Tone, icons::Icon) {
    match state {
        PlannedState::New | PlannedState::Beside | PlannedState::Temporary | PlannedState::Updates => {
            (Tone::Good, icons::CHECK)
        }
        PlannedState::Replaces => (Tone::Attention, icons::SWAP),
        PlannedState::Known | PlannedState::Repeats => (Tone::Neutral, icons::EQUALS),
        PlannedState::LeftOut => (Tone::Neutral, icons::MINUS),
        _ => (Tone::Attention, icons::QUESTION),
    }
}

fn outcome_ui(ui: &mut Ui, register: &Register, row: &PlannedAppointment) -> Option<RowAnswer> {
    let of = format!("{}, строка {}", row.label, row.line);
    match row.state {
        PlannedState::AskTeacher | PlannedState::NobodyFound => teacher_question_ui(ui, register, row, &of),
        PlannedState::AskGroup => group_question_ui(ui, register, row, &of),
        _ => {
            let taken = match &row.chosen {
                Some(Appointee::Existing(person)) => {
                    register.person(*person).map_or_else(String::new, |person| person.name.full())
                }
                Some(Appointee::New(name)) => format!("{} (новый учитель)", name.full()),
                None => String::new(),
            };
            let words = outcome_words(register, row);
            let taken = if taken == row.written { String::new() } else { format!("{taken}  ") };
            let runs = [Run::body(&taken), Run::body(&words).secondary()];
            let links = link_room(row.state);
            let room = (ui.available_width() - links).max(80.0);
            ui.allocate_ui_with_layout(vec2(room, 36.0), Layout::left_to_right(egui::Align::Center), |ui| {
                ui.set_max_width(room);
                label::line_ui(ui, &runs).on_hover_text(format!("{taken}{words}"));
            });
            links_ui(ui, row, &of)
        }
    }
}

/// Room in points that the links of a row take at its right.
fn link_room(state: PlannedState) -> f32 {
    match state {
        PlannedState::Replaces | PlannedState::Clash => 172.0,
        PlannedState::LeftOut => 76.0,
        state if state.is_written() => 84.0,
        _ => 0.0,
    }
}

/// What else can be said of a row that is understood.
fn links_ui(ui: &mut Ui, row: &PlannedAppointment, of: &str) -> Option<RowAnswer> {
    let link = |ui: &mut Ui, word: &str| small_link_button_ui(ui, word, &format!("{word}: {of}")).clicked();
    match row.state {
        PlannedState::LeftOut | PlannedState::Beside => {
            link(ui, "вернуть").then_some(RowAnswer::TakeBack(row.place))
        }
        PlannedState::Replaces => {
            if link(ui, "оба вместе") {
                return Some(RowAnswer::Beside(row.place));
            }
            link(ui, "не брать").then_some(RowAnswer::LeaveOut(row.place))
        }
        PlannedState::Clash => {
            if link(ui, "оба ведут") {
                return Some(RowAnswer::Beside(row.place));
            }
            link(ui, "не брать").then_some(RowAnswer::LeaveOut(row.place))
        }
        state if state.is_written() => link(ui, "не брать").then_some(RowAnswer::LeaveOut(row.place)),
        _ => None,
    }
}

fn teacher_question_ui(
    ui: &mut Ui,
    register: &Register,
    row: &PlannedAppointment,
    of: &str,
) -> Option<RowAnswer> {
    let people: &[PersonId] = match &row.teacher {
        TeacherMatch::Ask(people) => people,
        _ => &[],
    };
    let name = |person: &PersonId| register.person(*person).map_or_else(String::new, |one| one.name.full());
    let mut options: Vec<String> = people.iter().map(name).collect();
    let can_be_new = crate::names::FullName::parse(&row.written).is_ok();
    if can_be_new {
        options.push("Завести нового учителя".to_owned());
    }
    options.push("Не брать эту строку".to_owned());
    let placeholder =
        if people.is_empty() { "Нет среди сотрудников" } else { "Кто это?" };
    let mut chosen = None;
    let accessible = format!("Кто это: {of}");
    if !Choice::new(&accessible).placeholder(placeholder).width(330.0).in_bar().show(
        ui,
        &mut chosen,
        &options,
    ) {
        return None;
    }
    match chosen? {
        place if place < people.len() => Some(RowAnswer::Person(row.place, PersonAnswer::Is(people[place]))),
        place if place == people.len() && can_be_new => {
            Some(RowAnswer::Person(row.place, PersonAnswer::IsNew))
        }
        _ => Some(RowAnswer::LeaveOut(row.place)),
    }
}

fn group_question_ui(
    ui: &mut Ui,
    register: &Register,
    row: &PlannedAppointment,
    of: &str,
) -> Option<RowAnswer> {
    let unit = |group: &GroupId| {
        let unit = register.group(*group)?.unit.and_then(|unit| register.unit(unit));
        Some(unit.map_or_else(|| "без корпуса".to_owned(), |unit| unit.name.clone()))
    };
    let options: Vec<String> = row.groups.iter().filter_map(unit).collect();
    let accessible = format!("Какой корпус: {of}");
    let mut chosen = None;
    let changed = Choice::new(&accessible).placeholder("Какой корпус?").width(240.0).in_bar().show(
        ui,
        &mut chosen,
        &options,
    );
    let group = chosen.filter(|_| changed).and_then(|place| row.groups.get(place))?;
    Some(RowAnswer::Group(row.place, *group))
}
