//! The card of one link: why it is flagged, to whom it was handed over, who is inside, what takes its place.

use egui::{Id, Key, Modifiers, Popup, Ui};

use super::acts::{self, LinkAct};
use super::{LinksState, words};
use crate::gui::widgets::Button;
use crate::gui::widgets::badge::quiet_badge_ui;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::card::inset_card_ui;
use crate::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::masked;
use crate::gui::widgets::menu::{menu_divider_ui, menu_on, menu_row_ui};
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::{both_ends_ui, named_value_ui, section_ui, section_with_link_ui};
use crate::gui::{Action, ScreenContext, icons};
use crate::register::{Invite, InviteId, InviteState, ObservationSource};
use crate::regulation::{Duty, Flag, Seen, StalenessRule, explain, place_coverage, seen_of_place};
use crate::session::InviteRow;
use crate::wording::{date_short, days_ago, role_name, role_plural};

const NAME_WIDTH: f32 = 96.0;

/// What was pressed in the card.
#[derive(Clone, Copy)]
enum Pressed {
    Act(LinkAct),
    Show(InviteId),
}

pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    state: &mut LinksState,
    row: &InviteRow,
    actions: &mut Vec<Action>,
) {
    let Some(invite) = context.register().invite(row.id).cloned() else { return };
    let subtitle = format!("{}, ссылка {}", role_name(row.role), row.tail);
    let response = Inspector::new(&row.target_title, &subtitle).as_page(context.narrow).show(
        ui,
        |ui| {
            // Over a whole page lines of a thousand points are not read.
            ui.set_max_width(ui.available_width().min(640.0));
            body_ui(ui, context, row, &invite)
        },
        |ui| foot_ui(ui, row),
    );
    let escaped = context.narrow
        && state.dialog.is_none()
        && !Popup::is_any_open(ui.ctx())
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if response.closed || escaped {
        state.inspected = None;
    }
    match response.body.or(response.foot) {
        Some(Pressed::Act(act)) => acts::perform(context, state, act, &[row.id], actions),
        Some(Pressed::Show(id)) => state.select(id),
        None => {}
    }
}

fn body_ui(ui: &mut Ui, context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) -> Option<Pressed> {
    let mut pressed = None;
    if row.flags.is_empty() {
        let (tone, icon) = words::state_look(row.state);
        quiet_badge_ui(ui, tone, icon, &words::state_words(invite, row.state, context.today));
    } else {
        flags_ui(ui, context, row, invite);
    }
    ui.add_space(8.0);
    if address_ui(ui, row, invite) {
        pressed = Some(Pressed::Act(LinkAct::Copy));
    }
    ui.add_space(8.0);
    facts_ui(ui, context, row, invite);
    ui.add_space(8.0);
    let is_open = row.state != InviteState::Revoked;
    let word = if invite.handed_over.is_some() { "Изменить" } else { "Передать" };
    if is_open {
        if section_with_link_ui(ui, "Передача", word) {
            pressed = Some(Pressed::Act(LinkAct::HandOver));
        }
    } else {
        section_ui(ui, "Передача");
    }
    label::body_ui(ui, &capital(&words::hand_over_words(invite, context.register(), context.today)));
    ui.add_space(8.0);
    if section_with_link_ui(ui, "Кто внутри", "Записать") {
        pressed = Some(Pressed::Act(LinkAct::Observe));
    }
    inside_ui(ui, context, row);
    pressed.or(relatives_ui(ui, context, row, invite))
}

fn flags_ui(ui: &mut Ui, context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) {
    for flag in &row.flags {
        let title = capital(flag.rule.words());
        let text = flag_text(context, flag, invite);
        let (tone, icon, _) = words::badge_of(flag.rule);
        Callout::new(tone, icon, &title, &text).show(ui);
    }
    let is_recommendation = row.flags.iter().all(|flag| flag.is_recommendation);
    let duty = words::duty_line(context.register(), Duty::RevokeUnclaimed);
    if is_recommendation {
        label::caption_ui(ui, "Рекомендация: за ссылки чатов отвечают их учителя");
    }
    label::caption_ui(ui, &duty);
}

fn flag_text(context: &ScreenContext<'_>, flag: &Flag, invite: &Invite) -> String {
    let reason = explain(flag, context.register(), invite, context.today);
    let since = words::day_words(flag.since, context.today);
    let act_by = words::day_words(flag.act_by, context.today);
    let by = match flag.rule {
        StalenessRule::Exposed => "Аннулируйте сразу".to_owned(),
        _ if flag.act_by < context.today => format!("По нашему графику пора было до {act_by}"),
        _ => format!("По нашему графику до {act_by}"),
    };
    format!("{}. Видно с {since}. {by}.", capital(&reason))
}

fn address_ui(ui: &mut Ui, row: &InviteRow, invite: &Invite) -> bool {
    let name = format!("Копировать ссылку {}", words::subject(row));
    let mut copied = false;
    let mask = Id::unique(("address of a link", invite.id));
    inset_card_ui(ui, 8, |ui| {
        both_ends_ui(
            ui,
            28.0,
            |ui| {
                ui.add_space(4.0);
                label::line_ui(ui, &[Run::body(&invite.address.masked())])
            },
            |ui| {
                let button = Button::outlined("Копировать").in_bar().accessible_name(&name);
                copied |= ui.add(button).clicked();
            },
        );
    });
    if masked::is_open(ui, mask) {
        label::rich_ui(ui, &[Run::body(invite.address.as_str())]);
    }
    masked::reveal_button_ui(ui, mask, &format!("адрес ссылки {}", words::subject(row)));
    if let Some(warning) = invite.address.shape().warning() {
        label::caption_ui(ui, warning);
    }
    copied
}

fn facts_ui(ui: &mut Ui, context: &ScreenContext<'_>, row: &InviteRow, invite: &Invite) {
    let (register, today) = (context.register(), context.today);
    ui.spacing_mut().item_spacing.y = 6.0;
    let value = |ui: &mut Ui, name: &str, value: &str| {
        named_value_ui(ui, name, NAME_WIDTH, &[Run::body(value)]);
    };
    value(ui, "Куда", &words::place_line(register, invite, today));
    if !row.flags.is_empty() {
        value(ui, "Состояние", &words::state_words(invite, row.state, today));
    }
    let issued = match (invite.issued_on, invite.issued_by.and_then(|person| register.person(person))) {
        (Some(on), Some(person)) => format!("{}, {}", date_short(on), person.name.short()),
        (Some(on), None) => date_short(on),
        (None, _) => "до начала учёта".to_owned(),
    };
    value(ui, "Создана", &issued);
    if let Some(day) = invite.expires_on {
        value(ui, "Действует до", &date_short(day));
    }
    if let Some(revocation) = &invite.revocation {
        let by = if revocation.by.is_empty() { String::new() } else { format!(", {}", revocation.by) };
        value(ui, "Аннулирована", &format!("{}{by}", date_short(revocation.on)));
        if !revocation.reason.is_empty() {
            value(ui, "Почему", &words::reason_words(&revocation.reason));
        }
    }
    if let Some(deferral) = invite.deferral.as_ref().filter(|_| row.state == InviteState::Deferred) {
        let reason = if deferral.reason.is_empty() {
            "причина не записана"
        } else {
            &deferral.reason
        };
        value(ui, "Отложена", &format!("до {}, {reason}", date_short(deferral.until)));
    }
    if let Some(delegation) = &invite.delegation {
        let to =
            delegation.to.map_or_else(String::new, |to| format!(", {}", words::short_name(register, to)));
        value(ui, "Поручена", &format!("{}{to}", date_short(delegation.on)));
    }
    if let Some(failed) = &invite.failed {
        value(ui, "Не удалось", &format!("{}, {}", date_short(failed.on), failed.why));
    }
    ui.spacing_mut().item_spacing.y = 8.0;
}

fn inside_ui(ui: &mut Ui, context: &ScreenContext<'_>, row: &InviteRow) {
    let (register, today) = (context.register(), context.today);
    let coverage = place_coverage(register, row.target, row.role, today);
    let Some(inside) = coverage.inside else {
        label::secondary_ui(ui, "Сведений нет: никто не смотрел, кто вступил.");
        return;
    };
    let note = if coverage.neutral > 0 {
        format!("не участвуют или не приглашены: {}", coverage.neutral)
    } else {
        String::new()
    };
    let name =
        if row.role == crate::names::Role::Parent { "Со взрослым" } else { role_plural(row.role) };
    let waiting = coverage.expected.saturating_sub(inside);
    coverage_row_ui(ui, CoverageBar::new(&capital(name), inside, waiting, coverage.neutral), &note);
    let looks = seen_of_place(register, row.target, row.role);
    for seen in looks.iter().rev().take(3) {
        let age = days_ago(words::days_between(seen.on, today));
        label::caption_ui(ui, &format!("{}: {}, {age}", date_short(seen.on), seen_words(seen)));
    }
    if let Some(latest) =
        register.observations_of_target(row.target).max_by_key(|observation| (observation.on, observation.id))
    {
        let source = match latest.source {
            ObservationSource::Number => "со слов или из кабинета",
            ObservationSource::Ticks => "по отметкам",
            ObservationSource::Reconciliation => "по сверке списка",
            ObservationSource::Picture => "глазами по снимку",
        };
        label::caption_ui(ui, &format!("Последние сведения: {source}"));
    }
}

/// «22 из 26».
pub(in crate::gui::screens) fn seen_words(seen: &Seen) -> String {
    match seen.of {
        Some(of) => format!("{} из {of}", seen.joined),
        None => seen.joined.to_string(),
    }
}

/// Other links of the same place and role: the one it was replaced by, the one it replaced, those in reserve.
fn relatives_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    row: &InviteRow,
    invite: &Invite,
) -> Option<Pressed> {
    let others: Vec<&InviteRow> = context
        .register()
        .invites_of_target(row.target)
        .filter(|other| other.id != row.id && other.role == row.role)
        .filter_map(|other| context.snapshot.invites.get(other.id))
        .collect();
    if others.is_empty() {
        return None;
    }
    ui.add_space(8.0);
    section_ui(ui, "Другие ссылки туда же");
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut pressed = None;
    for other in others {
        let replaced = context.register().invite(other.id).and_then(|other| other.replaced_by);
        let word = if invite.replaced_by == Some(other.id) {
            format!("{}, заменила эту", other.tail)
        } else if replaced == Some(row.id) {
            format!("{}, заменена этой", other.tail)
        } else {
            other.tail.clone()
        };
        let (tone, icon) = words::state_look(other.state);
        let list_row = ListRow::new(&word)
            .icon(icon, crate::gui::theme::Ink::Tone(tone))
            .right(words::state_name(other.state));
        if ui.add(list_row).clicked() {
            pressed = Some(Pressed::Show(other.id));
        }
    }
    pressed
}

fn foot_ui(ui: &mut Ui, row: &InviteRow) -> Option<Pressed> {
    let mut pressed = None;
    let is_open = row.state != InviteState::Revoked;
    let subject = words::subject(row);
    if is_open {
        let name = format!("Аннулировать ссылку {subject}");
        let revoke = Button::danger("Аннулировать").icon(icons::PROHIBIT).accessible_name(&name);
        if ui.add(revoke).clicked() {
            pressed = Some(LinkAct::Revoke);
        }
        let name = format!("Отложить ссылку {subject}");
        if ui.add(Button::outlined("Отложить").accessible_name(&name)).clicked() {
            pressed = Some(LinkAct::Defer);
        }
    }
    let name = format!("Другие действия со ссылкой {subject}");
    let more = ui.add(Button::icon_only(icons::DOTS_THREE, &name));
    menu_on(&more, |ui| {
        let mut item = |ui: &mut Ui, icon, word, act| {
            if menu_row_ui(ui, icon, word, "", act == LinkAct::Expose).clicked() {
                pressed = Some(act);
            }
        };
        item(ui, icons::EYE, "Записать, кто внутри…", LinkAct::Observe);
        if is_open {
            item(ui, icons::HAND, "Передать…", LinkAct::HandOver);
            item(ui, icons::USER_SWITCH, "Поручить учителю…", LinkAct::Delegate);
            menu_divider_ui(ui);
            item(ui, icons::WARNING_CIRCLE, "Попала к посторонним…", LinkAct::Expose);
        }
    });
    pressed.map(Pressed::Act)
}

/// The first letter large.
pub(in crate::gui::screens) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}
