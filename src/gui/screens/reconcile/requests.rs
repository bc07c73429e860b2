//! Заявки: what waits in the cabinet, each beside what the roster says of it; a decision leaves a step to click.

use crate::names::capitalized;
use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Align, Frame, Layout, Margin, Ui, vec2};
use jiff::civil::Date;

use super::{Mode, mode_bar_ui};
use crate::gui::icons::{self, Icon};
use crate::gui::screens::form_fields::side_by_side_ui;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::badge::{badge_ui, quiet_badge_ui};
use crate::gui::widgets::card::{card_ui, divider_ui};
use crate::gui::widgets::choice::Choice;
use crate::gui::widgets::dialog::{Dialog, DialogAnswer};
use crate::gui::widgets::empty_state::EmptyState;
use crate::gui::widgets::field::{TextField, field_label_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext};
use crate::names::Role;
use crate::reconcile::{
    Confidence, JudgedRequest, ReadRequest, RequestSign, RequestVerdict, answer_to_request, read_requests,
};
use crate::register::{JoinRequest, JoinRequestId, Operation, PersonId, Target};
use crate::regulation::{current_year, target_title};
use crate::wording::{age_days, counted, role_name};

/// A request with what the roster says.
struct Row {
    request: Arc<JoinRequest>,
    judged: JudgedRequest,
    /// «родитель, 7Б · ждёт 4 дня».
    line: String,
    words: String,
}

/// What is typed or pasted.
#[derive(Default)]
struct Entry {
    text: String,
    read_of: Option<(String, Option<usize>, usize)>,
    read: Vec<ReadRequest>,
    /// Place among the groups; the one named in a line goes before.
    group: Option<usize>,
    role: usize,
}

/// State of the mode.
#[derive(Default)]
pub(super) struct RequestsState {
    rows: Option<((u64, Date), Vec<Row>)>,
    entry: Option<Entry>,
    /// The request that is being declined, and why.
    declining: Option<(JoinRequestId, String)>,
    /// Who a request of several candidates is.
    chosen: BTreeMap<JoinRequestId, PersonId>,
}

impl RequestsState {
    fn refresh(&mut self, context: &ScreenContext<'_>) {
        let version = context.snapshot.version();
        if self.rows.as_ref().is_some_and(|(of, _)| *of == version) {
            return;
        }
        let register = context.register();
        let rows = context.snapshot.requests.iter().map(|row| {
            let request = &row.request;
            let waits = match (context.today - request.received_on).get_days() {
                ..=0 => "пришла сегодня".to_owned(),
                days => format!("ждёт {}", age_days(days.into())),
            };
            let place = target_title(register, request.target);
            let line = format!("{}, {place} · {waits}", role_name(request.role));
            let (request, judged) = (request.clone(), row.judged.clone());
            Row { words: row.words.clone(), request, judged, line }
        });
        self.rows = Some((version, rows.collect()));
    }
}

/// Draws the mode.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut RequestsState,
    mode: &mut Mode,
    actions: &mut Vec<Action>,
) {
    state.refresh(context);
    let rows = state.rows.take().map(|(_, rows)| rows).unwrap_or_default();
    let clear: Vec<&Row> = rows.iter().filter(|row| row.judged.is_clear()).collect();
    let subtitle = if rows.is_empty() {
        "Ни одна заявка не ждёт".to_owned()
    } else {
        format!(
            "{} · точно наши: {} · решение принимается в кабинете, здесь остаётся шаг",
            counted(rows.len() as u64, "заявка ждёт", "заявки ждут", "заявок ждут"),
            clear.len()
        )
    };
    let reason = context.file.read_only.then_some("Файл открыт только для чтения");
    let (add, accept) = page::header_above_filters_ui(ui, "Заявки", &subtitle, |ui| {
        let add = Button::outlined("Внести заявки").icon(icons::CLIPBOARD_TEXT).disabled_because(reason);
        let add = ui.add(add).clicked();
        let word = format!("Принять точно наших: {}", clear.len());
        let accept = Button::primary(&word).icon(icons::CHECK).disabled_because(reason);
        (add, clear.len() > 1 && ui.add(accept).clicked())
    });
    if accept {
        let decisions: Vec<_> =
            clear.iter().map(|row| decision(context, row, true, "", row.judged.certain_person())).collect();
        let done = format!("Приняты: {}", counted(decisions.len() as u64, "заявка", "заявки", "заявок"));
        actions.push(Action::execute(Operation::DecideRequests { decisions, on: context.today }, done));
    }
    mode_bar_ui(ui, mode, |_| {});
    if add {
        state.entry = Some(Entry { role: 3, ..Entry::default() });
    }
    if rows.is_empty() {
        let empty = EmptyState::done("Заявок нет", "Скопируйте список заявок из кабинета или впишите одну");
        if empty.button(Button::outlined("Внести заявки").disabled_because(reason)).show(ui) {
            state.entry = Some(Entry { role: 3, ..Entry::default() });
        }
    } else {
        scroll_page_ui(ui, "requests", |ui| {
            let width = ui.available_width().min(960.0);
            column_ui(ui, width, |ui| {
                card_ui(ui, 0, |ui| {
                    ui.spacing_mut().item_spacing.y = 0.0;
                    for (place, row) in rows.iter().enumerate() {
                        if place > 0 {
                            divider_ui(ui, 0.0);
                        }
                        ui.push_id(row.request.id.0, |ui| row_ui(ui, context, row, state, actions));
                    }
                });
            });
        });
    }
    entry_ui(ui, context, state, actions);
    declining_ui(ui, context, &rows, state, actions);
    state.rows = Some((context.snapshot.version(), rows));
}

fn decision(
    context: &ScreenContext<'_>,
    row: &Row,
    accepted: bool,
    reason: &str,
    person: Option<PersonId>,
) -> crate::register::RequestAnswer {
    let register = context.register();
    let title = target_title(register, row.request.target);
    let group = register.group_of_target(row.request.target);
    answer_to_request(&row.request, &title, accepted, reason, person, group)
}

fn look_of(row: &Row) -> (Tone, Icon, &'static str) {
    let trouble = row.judged.signs.iter().any(RequestSign::is_trouble);
    match &row.judged.verdict {
        _ if trouble => (Tone::Attention, icons::WARNING, "присмотритесь"),
        RequestVerdict::Ours { confidence: Confidence::Certain, .. } => (Tone::Good, icons::CHECK, "наш"),
        RequestVerdict::Ours { .. } => (Tone::Accent, icons::LINK_SIMPLE, "похоже, наш"),
        RequestVerdict::Several { .. } => (Tone::Accent, icons::USERS, "подходят несколько"),
        RequestVerdict::Unknown { .. } => (Tone::Neutral, icons::QUESTION, "нет такого"),
    }
}

fn row_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    row: &Row,
    state: &mut RequestsState,
    actions: &mut Vec<Action>,
) {
    let (tone, icon, word) = look_of(row);
    let read_only = context.file.read_only;
    let candidates: &[PersonId] = match &row.judged.verdict {
        RequestVerdict::Several { candidates, .. } => candidates,
        _ => &[],
    };
    let frame = Frame::new().inner_margin(Margin { left: 20, right: 16, top: 12, bottom: 12 });
    frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        both_ends_ui(
            ui,
            28.0,
            |ui| {
                ui.spacing_mut().item_spacing.x = 10.0;
                label::line_ui(ui, &[Run::body(&row.request.written_name).medium()]);
                if tone == Tone::Neutral {
                    quiet_badge_ui(ui, tone, icon, word);
                } else {
                    badge_ui(ui, tone, icon, word);
                }
            },
            |ui| {
                if read_only {
                    return;
                }
                ui.spacing_mut().item_spacing.x = 8.0;
                let name = &row.request.written_name;
                let decline_name = format!("Отклонить: {name}");
                let decline = Button::ghost("Отклонить…").in_bar().accessible_name(&decline_name);
                if ui.add(decline).clicked() {
                    let why = if matches!(row.judged.verdict, RequestVerdict::Unknown { .. }) {
                        "нет в списках"
                    } else {
                        ""
                    };
                    state.declining = Some((row.request.id, why.into()));
                }
                let person = person_of(row, &state.chosen);
                let reason =
                    (!candidates.is_empty() && person.is_none()).then_some("Сначала выберите, кто это");
                let accept_name = format!("Принять: {name}");
                let accept = Button::outlined("Принять").icon(icons::CHECK).in_bar();
                if ui.add(accept.accessible_name(&accept_name).disabled_because(reason)).clicked() {
                    let answer = decision(context, row, true, "", person);
                    let operation = Operation::DecideRequests { decisions: vec![answer], on: context.today };
                    actions.push(Action::execute(operation, format!("Заявка принята: {name}")));
                }
            },
        );
        label::line_ui(ui, &[Run::caption(&row.line)]);
        let ink = if tone == Tone::Attention { Ink::Tone(Tone::Attention) } else { Ink::Main };
        label::rich_ui(ui, &[Run::caption(&capitalized(&row.words)).ink(ink).line_height(19.0)]);
        if !candidates.is_empty() {
            ui.add_space(4.0);
            candidates_ui(ui, context, row, candidates, state);
        }
    });
}

fn person_of(row: &Row, chosen: &BTreeMap<JoinRequestId, PersonId>) -> Option<PersonId> {
    match &row.judged.verdict {
        RequestVerdict::Ours { person, .. } => Some(*person),
        _ => chosen.get(&row.request.id).copied(),
    }
}

fn candidates_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    row: &Row,
    candidates: &[PersonId],
    state: &mut RequestsState,
) {
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), 28.0),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            label::line_ui(ui, &[Run::caption("Кто это:")]);
            for person in candidates.iter().take(4) {
                let Some(found) = context.register().person(*person) else { continue };
                let on = state.chosen.get(&row.request.id) == Some(person);
                let (short, full) = (found.name.short(), found.name.full());
                let name = format!("{}: это {full}", row.request.written_name);
                let button =
                    Button::outlined(&short).in_bar().selected(on).tooltip(&full).accessible_name(&name);
                if ui.add(button).clicked() {
                    if on {
                        state.chosen.remove(&row.request.id);
                    } else {
                        state.chosen.insert(row.request.id, *person);
                    }
                }
            }
        },
    );
}

fn declining_ui(
    ui: &Ui,
    context: &ScreenContext<'_>,
    rows: &[Row],
    state: &mut RequestsState,
    actions: &mut Vec<Action>,
) {
    let Some((id, why)) = &mut state.declining else { return };
    let Some(row) = rows.iter().find(|row| row.request.id == *id) else {
        state.declining = None;
        return;
    };
    let title = format!("Отклонить заявку: {}", row.request.written_name);
    let dialog = Dialog::new("decline-request", &title).confirm("Отклонить");
    let (answer, ()) = dialog.show(ui.ctx(), |ui| {
        label::secondary_ui(ui, &capitalized(&row.words));
        TextField::new("Причина", why).hint("нет в списках, не та роль").show(ui);
        label::caption_ui(ui, "В задачах для кабинета появится шаг «Отклонить заявку».");
    });
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed => {
            let answer =
                decision(context, row, false, &crate::names::clean(why), person_of(row, &state.chosen));
            let operation = Operation::DecideRequests { decisions: vec![answer], on: context.today };
            actions
                .push(Action::execute(operation, format!("Заявка отклонена: {}", row.request.written_name)));
            state.declining = None;
        }
        _ => state.declining = None,
    }
}

const ROLES: [Role; 4] = Role::ALL;

/// «Внести заявки»: pasted from the cabinet, or one typed.
fn entry_ui(ui: &Ui, context: &ScreenContext<'_>, state: &mut RequestsState, actions: &mut Vec<Action>) {
    let Some(entry) = &mut state.entry else { return };
    let groups = context.snapshot.groups.rows();
    let target = match entry.group {
        Some(place) if place > 0 => groups.get(place - 1).map(|row| Target::Group(row.id)),
        Some(_) => Some(Target::Organization),
        None => None,
    };
    let asked = (entry.text.clone(), entry.group, entry.role);
    if entry.read_of.as_ref() != Some(&asked) {
        let year = current_year(context.register(), context.today);
        let role = ROLES.get(entry.role).copied();
        entry.read = read_requests(context.register(), &entry.text, year, target, role);
        entry.read_of = Some(asked);
    }
    let new: Vec<&ReadRequest> = entry.read.iter().filter(|read| read.known.is_none()).collect();
    let homeless = new.iter().filter(|read| read.target.is_none()).count();
    let reason = if new.is_empty() {
        Some("Вставьте имена, по одному на строке")
    } else if homeless > 0 {
        Some("Выберите, куда просятся: в строках класс не назван")
    } else {
        None
    };
    let word = if new.is_empty() {
        "Внести".to_owned()
    } else {
        format!("Внести: {}", counted(new.len() as u64, "заявка", "заявки", "заявок"))
    };
    let known = entry.read.len() - new.len();
    let requests: Vec<JoinRequest> = new
        .iter()
        .filter_map(|read| {
            Some(JoinRequest {
                id: JoinRequestId::default(),
                written_name: read.written_name.clone(),
                role: read.role?,
                target: read.target?,
                received_on: context.today,
                person: None,
                decision: None,
            })
        })
        .collect();
    let dialog = Dialog::new("enter-requests", "Внести заявки").confirm(&word).disabled_because(reason);
    let (answer, ()) = dialog.show(ui.ctx(), |ui| entry_fields_ui(ui, context, entry, known));
    match answer {
        DialogAnswer::Open => {}
        DialogAnswer::Confirmed => {
            let done = format!("Внесено: {}", counted(requests.len() as u64, "заявка", "заявки", "заявок"));
            actions
                .push(Action::execute(Operation::Add(requests.into_iter().map(Into::into).collect()), done));
            state.entry = None;
        }
        _ => state.entry = None,
    }
}

fn entry_fields_ui(ui: &mut Ui, context: &ScreenContext<'_>, entry: &mut Entry, known: usize) {
    let hint = "Наталья Климова, 7Б, родитель";
    TextField::new("Заявки из кабинета, по одной на строке", &mut entry.text).hint(hint).rows(6).show(ui);
    let mut places = vec!["Вся организация".to_owned()];
    places.extend(context.snapshot.groups.rows().iter().map(|row| row.label.clone()));
    let roles: Vec<&str> = ROLES.iter().map(|role| role_name(*role)).collect();
    let mut role = Some(entry.role);
    side_by_side_ui(
        ui,
        |ui, width| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 5.0;
                let id = field_label_ui(ui, "Куда просятся").id;
                let choice = Choice::new("Куда просятся").labelled_by(id).width(width);
                choice.placeholder("По классу в строке").show(ui, &mut entry.group, &places);
            });
        },
        |ui, width| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 5.0;
                let id = field_label_ui(ui, "Роль").id;
                Choice::new("Роль").labelled_by(id).width(width).show(ui, &mut role, &roles);
            });
        },
    );
    entry.role = role.unwrap_or(entry.role);
    label::caption_ui(ui, "Класс и роль, названные в строке, важнее выбранных здесь.");
    if known > 0 {
        let words = counted(known as u64, "заявка уже ждёт", "заявки уже ждут", "заявок уже ждут");
        label::caption_ui(ui, &format!("{words}: второй раз не вносится."));
    }
}
