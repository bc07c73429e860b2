//! The card of a duty: what is left and where, what proves it, when to look again.

use crate::names::capitalized;
use egui::Ui;

use super::duties::{look, state_words};
use super::forms::{self, PaperForm};
use super::{ReportsState, documents};
use crate::gui::widgets::Button;
use crate::gui::widgets::button::{link_button_ui, named_link_button_ui};
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::section_ui;
use crate::gui::{Action, Destination, Room, ScreenContext, icons};
use crate::register::{DutyRhythm, Operation};
use crate::regulation::{DutyLine, DutyPlace, DutyState, NextLookBecause, duty_papers};
use crate::session::entry_sentence;
use crate::wording::{counted, date_short};

/// «Возвращаться раз в …», in weeks; 0: no rhythm of its own.
const WEEKS: [u16; 7] = [0, 1, 2, 4, 8, 12, 26];
const ENTRIES_SHOWN: usize = 5;

/// Draws the card.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    line: &DutyLine,
    actions: &mut Vec<Action>,
) {
    let duty = line.status.duty;
    let title = capitalized(duty.title());
    let own = context.register().organization().own_clauses.get(duty.code()).map(|clause| clause.trim());
    let subtitle = match own.filter(|clause| !clause.is_empty()) {
        Some(own) => format!("{} · у нас п. {}", duty.clause(), own.trim_start_matches("п.").trim()),
        None => duty.clause(),
    };
    let read_only = context.file.read_only.then_some("Файл открыт только для чтения");
    let response = Inspector::new(&title, &subtitle).as_page(context.narrow).show(
        ui,
        |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let (icon, tone) = look(line);
            label::icon_line_ui(ui, icon, tone, &[Run::body(&capitalized(&state_words(line))).medium()]);
            left_ui(ui, line, actions);
            proofs_ui(ui, context, state, line, actions);
            next_ui(ui, context, line, read_only, actions);
        },
        |ui| foot_ui(ui, context, line, read_only),
    );
    actions.extend(response.foot);
    if response.closed {
        state.selected = None;
    }
}

fn left_ui(ui: &mut Ui, line: &DutyLine, actions: &mut Vec<Action>) {
    if line.left.is_empty() {
        return;
    }
    ui.add_space(4.0);
    section_ui(ui, "Осталось");
    let spacing = std::mem::take(&mut ui.spacing_mut().item_spacing.y);
    for left in &line.left {
        match left.place.map(destination) {
            Some(destination) => {
                let name = format!("Перейти: {}", left.words);
                let pressed = ui
                    .horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = 6.0;
                        let icon = Button::icon_only(icons::ARROW_RIGHT, &name);
                        let room = (ui.available_width() - 44.0).max(60.0);
                        ui.allocate_ui_with_layout(
                            egui::vec2(room, 24.0),
                            egui::Layout::left_to_right(egui::Align::Center),
                            |ui| {
                                ui.set_min_width(room);
                                label::line_ui(ui, &[Run::body(&left.words)])
                            },
                        );
                        ui.add(icon).clicked()
                    })
                    .inner;
                if pressed {
                    actions.push(Action::Go(destination));
                }
            }
            None => {
                label::body_ui(ui, &left.words);
            }
        }
    }
    ui.spacing_mut().item_spacing.y = spacing;
    if line.left_more > 0 {
        label::caption_ui(ui, &format!("и ещё {}", line.left_more));
    }
}

/// Where a thing that is left is done.
fn destination(place: DutyPlace) -> Destination {
    match place {
        DutyPlace::OrganizationCard => Destination::OrganizationCard,
        DutyPlace::Group(group) => Destination::Group(group),
        DutyPlace::Person(person) => Destination::Person(person),
        DutyPlace::Link(invite) => Destination::Invite(invite),
        DutyPlace::Cleanup => Destination::Cleanup(None),
        DutyPlace::Requests => Destination::JoinRequests,
        DutyPlace::CabinetTasks => Destination::CabinetTasks,
        DutyPlace::Reconcile(group) => Destination::ReconcileGroup(group),
        DutyPlace::Groups => Destination::Room(Room::Classes),
    }
}

fn proofs_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut ReportsState,
    line: &DutyLine,
    actions: &mut Vec<Action>,
) {
    let duty = line.status.duty;
    ui.add_space(4.0);
    section_ui(ui, "Чем подтверждается");
    if line.proofs.is_empty() {
        label::secondary_ui(ui, "Пока ничего не записано.");
    }
    for proof in &line.proofs {
        label::body_ui(ui, proof);
    }
    for paper in duty_papers(duty) {
        let word = documents::paper_words(*paper, context.register().organization().kind);
        if named_link_button_ui(ui, Some(icons::FILE_TEXT), word, &format!("Документ: {word}")).clicked()
        {
            match forms::at_once(*paper, context) {
                Some(action) => actions.push(action),
                None => state.form = Some(PaperForm::new(*paper, context)),
            }
        }
    }
    let entries =
        state.entries.as_ref().filter(|(known, _)| *known == duty).map(|(_, entries)| entries.as_slice());
    let entries = entries.unwrap_or_default();
    if entries.is_empty() {
        return;
    }
    ui.add_space(4.0);
    section_ui(ui, "В журнале");
    for entry in entries.iter().take(ENTRIES_SHOWN) {
        let words = format!("{}, {}", date_short(entry.day), entry_sentence(entry));
        let name = format!("Запись № {}: {words}", entry.number);
        if named_link_button_ui(ui, Some(icons::CLOCK_COUNTER_CLOCKWISE), &shortened(&words), &name)
            .on_hover_text(&words)
            .clicked()
        {
            actions.push(Action::Go(Destination::JournalEntry(entry.number)));
        }
    }
    if entries.len() > ENTRIES_SHOWN && link_button_ui(ui, "Весь журнал").clicked() {
        actions.push(Action::Go(Destination::Room(Room::Journal)));
    }
}

/// A sentence that fits a card: the whole stands in its tooltip.
fn shortened(words: &str) -> String {
    const MOST: usize = 38;
    if words.chars().count() <= MOST {
        return words.to_owned();
    }
    let head: String = words.chars().take(MOST - 1).collect();
    format!("{}…", head.trim_end())
}

fn next_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &DutyLine,
    read_only: Option<&str>,
    actions: &mut Vec<Action>,
) {
    if line.status.state == DutyState::NotRequired {
        return;
    }
    ui.add_space(4.0);
    section_ui(ui, "Когда вернуться");
    let words = match line.next {
        Some(next) => {
            let why = match next.because {
                NextLookBecause::Cleanup => "по графику разбора ссылок",
                NextLookBecause::Reconcile => "по графику сверок",
                NextLookBecause::Rhythm => "по вашему графику",
            };
            let day =
                if next.on <= context.today { "Сегодня".to_owned() } else { date_short(next.on) };
            format!("{day}, {why}")
        }
        None => capitalized(line.usual_rhythm()),
    };
    label::body_ui(ui, &words);
    if let Some(day) = line.rhythm.looked_on {
        label::caption_ui(ui, &format!("Просмотрено {}", date_short(day)));
    }
    let mut weeks = WEEKS.to_vec();
    if !weeks.contains(&line.rhythm.every_weeks) {
        weeks.push(line.rhythm.every_weeks);
    }
    let options: Vec<String> = weeks.iter().map(|weeks| rhythm_words(*weeks)).collect();
    let mut chosen = weeks.iter().position(|weeks| *weeks == line.rhythm.every_weeks);
    let changed = Choice::new("Свой график этой обязанности").width(220.0).show(ui, &mut chosen, &options);
    let wanted = chosen.and_then(|place| weeks.get(place)).copied();
    if let (true, None, Some(every_weeks)) = (changed, read_only, wanted) {
        let rhythm = DutyRhythm { every_weeks, ..line.rhythm };
        actions.push(set_rhythm(context, line, rhythm, format!("График: {}", rhythm_words(every_weeks))));
    }
}

fn rhythm_words(weeks: u16) -> String {
    match weeks {
        0 => "без своего графика".to_owned(),
        1 => "каждую неделю".to_owned(),
        weeks => format!("каждые {}", counted(weeks.into(), "неделю", "недели", "недель")),
    }
}

fn set_rhythm(context: &ScreenContext<'_>, line: &DutyLine, rhythm: DutyRhythm, done: String) -> Action {
    let seen = context.register().settings().clone();
    let mut wanted = seen.clone();
    let code = line.status.duty.code().to_owned();
    if rhythm == DutyRhythm::default() {
        wanted.duty_rhythms.remove(&code);
    } else {
        wanted.duty_rhythms.insert(code, rhythm);
    }
    Action::execute(Operation::Edit { seen: seen.into(), wanted: wanted.into() }, done)
}

fn foot_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    line: &DutyLine,
    read_only: Option<&str>,
) -> Option<Action> {
    let duty = line.status.duty;
    let title = duty.title();
    if line.status.state == DutyState::NotRequired {
        let name = format!("Снова требуется: {title}");
        let button = Button::outlined("Снова требуется").accessible_name(&name).disabled_because(read_only);
        return ui.add(button).clicked().then(|| set_required(context, line, true));
    }
    let name = format!("Просмотрено сегодня: {title}");
    let looked = line.rhythm.looked_on == Some(context.today);
    let reason = read_only.or(looked.then_some("Сегодня уже отмечено"));
    let button = Button::outlined("Просмотрено").icon(icons::EYE).accessible_name(&name);
    let mut action = None;
    if ui.add(button.disabled_because(reason)).clicked() {
        let rhythm = DutyRhythm { looked_on: Some(context.today), ..line.rhythm };
        action = Some(set_rhythm(context, line, rhythm, format!("Просмотрено: {title}")));
    }
    let name = format!("Не требуется: {title}");
    let button = Button::ghost("Не требуется").accessible_name(&name).disabled_because(read_only);
    if ui.add(button).clicked() {
        action = Some(set_required(context, line, false));
    }
    action
}

/// Puts a duty aside or takes it up again; what the card holds of the others stays.
fn set_required(context: &ScreenContext<'_>, line: &DutyLine, required: bool) -> Action {
    let duty = line.status.duty;
    let seen = context.register().organization().clone();
    let mut wanted = seen.clone();
    wanted.not_required.retain(|code| code != duty.code());
    let done = if required {
        format!("Снова требуется: {}", duty.title())
    } else {
        wanted.not_required.push(duty.code().to_owned());
        format!("Не требуется: {}", duty.title())
    };
    Action::execute(Operation::Edit { seen: seen.into(), wanted: wanted.into() }, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_sentence_ends_in_an_ellipsis() {
        assert_eq!(shortened("Аннулировано: 3 ссылки"), "Аннулировано: 3 ссылки");
        let long = shortened("12 окт 2026, Загружен список «Список школы.xlsx»: 612 строк");
        assert!(long.ends_with('…') && long.chars().count() <= 38, "{long}");
        assert_eq!(rhythm_words(4), "каждые 4 недели");
    }
}
