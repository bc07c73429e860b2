//! The page of the current link: what it opens, why it is flagged, what to do in the cabinet, and the answers.

use egui::{Key, Rect, Ui, UiBuilder, pos2, vec2};
use jiff::civil::Date;

use super::answers::{self, Given, teacher};
use super::{CleanupState, give};
use crate::gui::icons::{self, Icon};
use crate::gui::screens::links::words::{
    self, day_words, days_between, duty_line, hand_over_words, links_accusative, place_line, short_name,
    state_words,
};
use crate::gui::screens::links::{address_error, capital, seen_words};
use crate::gui::theme::{Ink, Tone, size};
use crate::gui::widgets::answer_key::{Answer, answer_card_ui};
use crate::gui::widgets::badge::{badge_ui, quiet_badge_ui};
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::{card_ui, divider_ui, inset_card_ui};
use crate::gui::widgets::field::TextField;
use crate::gui::widgets::key_cap::key_cap_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, ScreenContext};
use crate::register::{Invite, InviteId, InviteState, Register, Target};
use crate::regulation::{Duty, StalenessRule, explain, seen_of_place};
use crate::session::InviteRow;
use crate::wording::{age_days, days_ago};

const WIDTH: f32 = 680.0;
const LEAST_WIDTH: f32 = 300.0;
/// Under this height of the page the answers stand at its foot.
const LOW_PAGE: f32 = 560.0;
const GAP: f32 = 12.0;
const NAME_WIDTH: f32 = 98.0;

pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    current: InviteId,
    actions: &mut Vec<Action>,
) {
    let (Some(row), Some(invite)) =
        (context.snapshot.invites.get(current), context.register().invite(current))
    else {
        return;
    };
    let is_low = ui.available_height() < LOW_PAGE;
    let mut given = None;
    if is_low && invite.revocation.is_none() && state.failing.is_none() {
        given = foot_ui(ui, context, invite);
    }
    egui::ScrollArea::vertical().id_salt("cleanup card").auto_shrink(false).show(ui, |ui| {
        let room = ui.available_rect_before_wrap();
        // While the window is being widened there may be no room at all.
        let width = WIDTH.min(room.width() - 48.0).max(LEAST_WIDTH);
        let left = (room.center().x - width / 2.0).round();
        let rect = Rect::from_min_size(pos2(left, room.top() + 24.0), vec2(width, f32::INFINITY));
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let at_foot = is_low && state.failing.is_none() && invite.revocation.is_none();
            card_ui(ui, 28, |ui| given = given.or(card_contents_ui(ui, context, state, row, invite)));
            if !at_foot {
                given = given.or(answers_ui(ui, context, state, invite, width, actions));
            }
            below_ui(ui, state, row);
            ui.add_space(24.0);
        });
    });
    if let Some(given) = given {
        give(context, state, given, actions);
    }
}

/// The answers in one row: they never scroll away.
fn foot_ui(ui: &mut Ui, context: &ScreenContext<'_>, invite: &Invite) -> Option<Given> {
    let notes = Notes::of(context, invite);
    page::foot_ui(ui, |ui| {
        let mut given = None;
        ui.spacing_mut().item_spacing.x = 6.0;
        for (answer, _, what) in notes.answers() {
            let word = if what == Given::Delegate { "Поручить" } else { answer.word };
            let name = format!("{}, клавиша {}", answer.word, answer.key);
            let response = ui.add(Button::outlined(word).in_bar().key(answer.key).accessible_name(&name));
            if response.clicked() && !is_entered(ui, &response, what) {
                given = Some(what);
            }
        }
        given
    })
}

fn card_contents_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    row: &InviteRow,
    invite: &Invite,
) -> Option<Given> {
    let place = state.progress.place_of(row.id).map_or(0, |place| place + 1);
    let count = format!("ссылка {place} из {}", state.progress.items.len());
    both_ends_ui(
        ui,
        24.0,
        |ui| link_badge_ui(ui, context, row, invite),
        |ui| label::line_ui(ui, &[Run::caption(&count)]),
    );
    ui.spacing_mut().item_spacing.y = 4.0;
    label::line_ui(ui, &[Run::body(&row.target_title).size(size::HERO).semibold()]);
    let about = place_line(context.register(), invite, context.today);
    label::rich_ui(ui, &[Run::body(&about).size(size::LEAD).secondary()]);
    ui.add_space(8.0);
    let copied = address_ui(ui, row, invite);
    ui.add_space(8.0);
    facts_ui(ui, context, state, row, invite);
    ui.add_space(4.0);
    divider_ui(ui, 6.0);
    let is_recommendation = !row.flags.is_empty() && row.flags.iter().all(|flag| flag.is_recommendation);
    let duty = Duty::RevokeUnclaimed;
    let words = if is_recommendation {
        format!("рекомендация к {}", duty.clause())
    } else {
        duty.line()
    };
    ui.horizontal(|ui| {
        let word = if state.steps_are_open {
            "Свернуть шаги"
        } else {
            "Что сделать в кабинете, по шагам"
        };
        if named_link_button_ui(ui, Some(icons::LIST_BULLETS), word, word).clicked() {
            state.steps_are_open = !state.steps_are_open;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            label::line_ui(ui, &[Run::caption(&words)]).on_hover_text(duty_line(context.register(), duty));
        });
    });
    if state.steps_are_open {
        steps_ui(ui, invite);
    }
    copied.then_some(Given::Copy)
}

/// The badge of the most pressing rule, or the state where nothing presses.
pub(super) fn link_badge_ui(ui: &mut Ui, context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) {
    match row.flags.first() {
        Some(flag) => {
            let (tone, icon, word) = words::badge_of(flag.rule);
            badge_ui(ui, tone, icon, word);
        }
        None => {
            let (tone, icon) = words::state_look(row.state);
            quiet_badge_ui(ui, tone, icon, &state_words(invite, row.state, context.today));
        }
    }
}

fn address_ui(ui: &mut Ui, row: &InviteRow, invite: &Invite) -> bool {
    let masked = invite.address.masked();
    let (start, end) = masked.rsplit_once(' ').unwrap_or((&masked, ""));
    let name = format!("Копировать ссылку {}", words::subject(row));
    let mut copied = false;
    inset_card_ui(ui, 12, |ui| {
        both_ends_ui(
            ui,
            32.0,
            |ui| {
                ui.add_space(4.0);
                label::icon_ui(ui, icons::LINK_SIMPLE, 20.0, Ink::Secondary);
                ui.spacing_mut().item_spacing.x = 5.0;
                ui.add_space(4.0);
                let note =
                    if ui.available_width() > 380.0 { "    последние знаки" } else { "" };
                label::line_ui(
                    ui,
                    &[
                        Run::body(start).size(size::LEAD).secondary(),
                        Run::body(" "),
                        Run::body(end).size(size::TITLE).semibold(),
                        Run::caption(note),
                    ],
                );
            },
            |ui| {
                let button = Button::outlined("Копировать").icon(icons::COPY).key("C").accessible_name(&name);
                copied |= ui.add(button).clicked();
            },
        );
    });
    copied
}

fn facts_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    row: &InviteRow,
    invite: &Invite,
) {
    let (register, today) = (context.register(), context.today);
    ui.spacing_mut().item_spacing.y = 10.0;
    fact_ui(ui, icons::CALENDAR_BLANK, "Передана", &hand_over_words(invite, register, today));
    fact_ui(ui, icons::EYE, "Проверено", &checked_words(register, invite, today));
    if let Some(flag) = row.flags.first() {
        let mut why = capital(&explain(flag, register, invite, today));
        if row.flags.len() > 1 {
            let more: Vec<&str> = row.flags.iter().skip(1).map(|flag| flag.rule.words()).collect();
            why.push_str(&format!("; ещё: {}", more.join(", ")));
        }
        fact_ui(ui, icons::SHIELD_WARNING, "Почему пора", &why);
    }
    for (icon, name, value) in past_answers(register, invite, today) {
        fact_ui(ui, icon, name, &value);
    }
    fact_ui(ui, icons::ARCHIVE, "Замена", &replacement_words(context, row, invite));
    if matches!(invite.target, Target::Chat(_)) && row.state != InviteState::Revoked {
        successor_ui(ui, state);
    }
}

fn fact_ui(ui: &mut Ui, icon: Icon, name: &str, value: &str) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        label::icon_ui(ui, icon, 18.0, Ink::Secondary);
        ui.allocate_ui_with_layout(
            vec2(NAME_WIDTH, 20.0),
            egui::Layout::left_to_right(egui::Align::Min),
            |ui| {
                ui.set_min_width(NAME_WIDTH);
                label::line_ui(ui, &[Run::body(name).secondary()]);
            },
        );
        label::rich_ui(ui, &[Run::body(value)]);
    });
}

/// What was answered on earlier days.
fn past_answers(register: &Register, invite: &Invite, today: Date) -> Vec<(Icon, &'static str, String)> {
    let mut past = Vec::new();
    if let Some(failed) = &invite.failed {
        let value = format!("{}: {}", day_words(failed.on, today), failed.why);
        past.push((icons::WARNING_CIRCLE, "Не удалось", value));
    }
    if let Some(delegation) = &invite.delegation {
        let to = delegation.to.map_or_else(String::new, |to| format!(", {}", short_name(register, to)));
        past.push((icons::USER_SWITCH, "Поручена", format!("{}{to}", day_words(delegation.on, today))));
    }
    past
}

/// «31 авг и 30 сен внутри одни и те же 22 из 26», «30 сен внутри 22 из 26, 12 дней назад».
fn checked_words(register: &Register, invite: &Invite, today: Date) -> String {
    let looks = seen_of_place(register, invite.target, invite.role);
    let Some(last) = looks.last() else {
        return "сведений нет: никто не смотрел, кто вступил".into();
    };
    let day = day_words(last.on, today);
    match looks.iter().rev().find(|seen| seen.on < last.on) {
        Some(before) if before.joined == last.joined => {
            let first = day_words(before.on, today);
            format!("{first} и {day} внутри одни и те же {}", seen_words(last))
        }
        _ => format!("{day} внутри {}, {}", seen_words(last), days_ago(days_between(last.on, today))),
    }
}

fn replacement_words(context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) -> String {
    if let Some(newer) = invite.replaced_by.and_then(|id| context.snapshot.invites.get(id)) {
        return format!("заменена ссылкой {}", newer.tail);
    }
    let of_state = |state| {
        context
            .register()
            .invites_of_target(row.target)
            .filter(|other| other.id != row.id && other.role == row.role)
            .find(|other| other.state(context.today) == state)
            .map(|other| other.address.tail())
    };
    if let Some(tail) = of_state(InviteState::Reserve) {
        format!("в запасе есть ссылка {tail}, никому не дана")
    } else if let Some(tail) = of_state(InviteState::InForce) {
        format!("действует ещё одна ссылка {tail}")
    } else {
        "другой ссылки туда нет".into()
    }
}

fn successor_ui(ui: &mut Ui, state: &mut CleanupState) {
    let problem = address_error(&state.successor);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.add_space(30.0);
        let response = TextField::bare("Новая ссылка этого чата, если кабинет её дал", &mut state.successor)
            .hint("Новая ссылка этого чата, если кабинет её дал: Ctrl V")
            .error(problem)
            .width(ui.available_width())
            .show(ui);
        state.successor_had_focus = response.has_focus();
    });
}

/// What is done by hand in the cabinet. Names there change from version to version, so the steps stay general.
fn steps_ui(ui: &mut Ui, invite: &Invite) {
    let steps: &[&str] = match invite.target {
        Target::Chat(_) => &[
            "1. Откройте этот чат в MAX и его сведения: нажмите на название вверху.",
            "2. Найдите ссылку-приглашение. Сверьте последние знаки с теми, что выше.",
            "3. Создайте новую ссылку взамен: старая сразу перестаёт работать.",
            "4. Скопируйте новую и вставьте её сюда: Ctrl V. Она ляжет в запас.",
            "5. Нажмите 1. Если чат ведёт учитель и ссылки вам не видно, нажмите 4.",
        ],
        Target::Group(_) | Target::Organization => &[
            "1. Откройте кабинет организации и нужный класс или группу.",
            "2. Найдите ссылки-приглашения этой роли. Сверьте последние знаки с теми, что выше.",
            "3. Аннулируйте ссылку и подтвердите.",
            "4. Нажмите здесь 1. Если такой ссылки в кабинете уже нет, тоже 1.",
        ],
    };
    ui.spacing_mut().item_spacing.y = 4.0;
    for step in steps {
        label::body_ui(ui, step);
    }
    label::caption_ui(ui, "Названия кнопок в вашей версии кабинета могут отличаться.");
}

fn answers_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    invite: &Invite,
    width: f32,
    actions: &mut Vec<Action>,
) -> Option<Given> {
    ui.add_space(8.0);
    if let Some(revocation) = &invite.revocation {
        let text =
            format!("Аннулирована {}. Отменить последнее: Ctrl Z", day_words(revocation.on, context.today));
        Callout::new(Tone::Good, icons::CHECK_CIRCLE, "", &text).show(ui);
        return None;
    }
    if state.failing.is_some() {
        failing_ui(ui, context, state, actions);
        return None;
    }
    label::line_ui(ui, &[Run::body("Что вышло в кабинете?").size(size::LEAD).semibold()]);
    ui.add_space(2.0);
    let notes = Notes::of(context, invite);
    let mut given = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let across = if width < 600.0 { 2 } else { 4 };
        let card = ((width - (across - 1) as f32 * GAP) / across as f32).floor();
        let answers = notes.answers();
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing = vec2(GAP, GAP);
            for row in answers.chunks(across) {
                ui.horizontal(|ui| {
                    for (answer, icon, what) in row {
                        let response = answer_card_ui(ui, answer, *icon, card);
                        if response.clicked() && !is_entered(ui, &response, *what) {
                            given = Some(*what);
                        }
                    }
                });
            }
        });
    });
    given
}

/// Enter on a focused card must not revoke: only its key, Space and the pointer do.
pub(super) fn is_entered(ui: &Ui, response: &egui::Response, given: Given) -> bool {
    given == Given::Revoked && response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

/// The words of the answers for one link.
pub(super) struct Notes {
    pub defer: String,
    pub teacher: String,
}

impl Notes {
    pub(super) fn of(context: &ScreenContext<'_>, invite: &Invite) -> Self {
        let days = i64::from(context.register().settings().defer_days.max(1));
        let teacher = teacher(context, invite).map_or_else(
            || "учитель не назначен".to_owned(),
            |person| short_name(context.register(), person),
        );
        Self { defer: format!("на {}", age_days(days)), teacher }
    }

    fn answers(&self) -> [(Answer<'_>, Icon, Given); 4] {
        let answer = |key, word, note, likely| Answer { key, word, note, likely };
        [
            (answer("1", "Аннулирована", "готово, следующая", true), icons::CHECK, Given::Revoked),
            (answer("2", "Отложить", &self.defer, false), icons::CLOCK, Given::Defer),
            (answer("3", "Не удалось", "записать, почему", false), icons::WARNING_CIRCLE, Given::Failed),
            (answer("4", "Поручить учителю", &self.teacher, false), icons::USER_SWITCH, Given::Delegate),
        ]
    }
}

/// One line: why it did not work. Enter records it.
pub(super) fn failing_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut CleanupState,
    actions: &mut Vec<Action>,
) {
    let Some(why) = &mut state.failing else { return };
    let id = egui::Id::unique("cleanup failing");
    let response = TextField::new("Почему не удалось?", why)
        .hint("чата нет в кабинете, нет прав, кабинет не открылся")
        .id(id)
        .show(ui);
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !response.has_focus() && !entered {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let is_written = !why.trim().is_empty();
    let mut is_saved = entered && is_written;
    ui.horizontal(|ui| {
        let because = (!is_written).then_some("Сначала напишите, почему");
        let save = Button::outlined("Записать").key("Enter").disabled_because(because);
        is_saved |= ui.add(save).clicked();
        if ui.add(Button::ghost("Отмена").key("Esc")).clicked() {
            state.failing = None;
        }
    });
    if is_saved && let Some(why) = state.failing.take() {
        answers::fail(context, state, why.trim(), actions);
    }
}

fn below_ui(ui: &mut Ui, state: &mut CleanupState, row: &InviteRow) {
    ui.add_space(4.0);
    let open = state.progress.open_of_group(row.id).len();
    both_ends_ui(
        ui,
        32.0,
        |ui| {
            if open < 2 {
                return;
            }
            let word = format!("Отметить все {} {}", links_accusative(open), row.group_label);
            if ui.add(Button::outlined(&word).icon(icons::CHECKS)).clicked() {
                state.confirms_group = true;
            }
        },
        |ui| {
            label::line_ui(ui, &[Run::caption("отменить последнее")]);
            key_cap_ui(ui, "Ctrl Z");
            ui.add_space(8.0);
            label::line_ui(ui, &[Run::caption("по списку")]);
            key_cap_ui(ui, "↓");
            key_cap_ui(ui, "↑");
        },
    );
}

/// Why the link is flagged, short: for the strip.
pub(super) fn short_reason(context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) -> String {
    match row.flags.first() {
        Some(flag) if flag.rule == StalenessRule::Stalled => {
            capital(&checked_words(context.register(), invite, context.today))
        }
        Some(flag) => capital(&explain(flag, context.register(), invite, context.today)),
        None => capital(&state_words(invite, row.state, context.today)),
    }
}
