//! Sections of the card of a group that are lists: links, chats, members, movement.

use egui::Ui;

use super::forms::Form;
use super::group_card::quiet_link_ui;
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::badge::badge_ui;
use crate::gui::widgets::card::divider_ui;
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::paint;
use crate::gui::widgets::section::{both_ends_ui, section_ui, section_with_link_ui};
use crate::gui::{Action, Destination, PeoplePage, ScreenContext, icons};
use crate::names::Role;
use crate::register::{Group, GroupId, GroupKind, InviteState, Movement, MovementKind};
use crate::regulation::{chat_title, participation_words, platform_words};
use crate::session::InviteRow;
use crate::wording::{age_days, date_short_without_year, role_plural};

const MOST_LINKS: usize = 6;
const MOST_MEMBERS: usize = 60;
const MOST_MOVEMENTS: usize = 5;

/// The links that are not revoked, flagged ones first.
pub fn links_ui(ui: &mut Ui, context: &ScreenContext<'_>, group: GroupId, actions: &mut Vec<Action>) {
    if section_with_link_ui(ui, "Ссылки", "Выдать ссылку") {
        actions.push(Action::Go(Destination::NewInvite));
    }
    let rows = context.snapshot.invites.of_group(context.register(), group);
    let mut rows: Vec<&InviteRow> = rows.filter(|row| row.state != InviteState::Revoked).collect();
    rows.sort_by_key(|row| (row.flags.is_empty(), row.state, row.id));
    if rows.is_empty() {
        label::caption_ui(ui, "Ссылок пока нет");
    }
    let count = rows.len();
    for (place, row) in rows.into_iter().take(MOST_LINKS).enumerate() {
        if place > 0 {
            divider_ui(ui, 1.0);
        }
        if link_row_ui(ui, row) {
            actions.push(Action::Go(Destination::Invite(row.id)));
        }
    }
    if count > MOST_LINKS && quiet_link_ui(ui, &format!("Все ссылки: {count}")) {
        actions.push(Action::Go(Destination::Room(crate::gui::Room::Links)));
    }
}

fn link_row_ui(ui: &mut Ui, row: &InviteRow) -> bool {
    let inner = ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let age = row.age_days.map_or("—".to_owned(), age_days);
        both_ends_ui(
            ui,
            20.0,
            |ui| label::line_ui(ui, &[Run::body(&row.target_title).medium()]),
            |ui| label::line_ui(ui, &[Run::caption(&age)]),
        );
        both_ends_ui(
            ui,
            24.0,
            |ui| label::line_ui(ui, &[Run::caption(&row.tail)]),
            |ui| state_badge_ui(ui, row),
        );
    });
    let response = inner.response.interact(egui::Sense::click());
    let name = format!("Ссылка {}, {}", row.target_title, row.tail);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, ui.is_enabled(), &name));
    paint::focus_ring(ui, &response, 6);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// Why it is due, or the state.
pub fn state_badge_ui(ui: &mut Ui, row: &InviteRow) {
    if let Some(flag) = row.flags.first() {
        let tone = if flag.rule == crate::regulation::StalenessRule::Exposed {
            Tone::Danger
        } else {
            Tone::Attention
        };
        badge_ui(ui, tone, icons::HOURGLASS_MEDIUM, flag.rule.words());
        return;
    }
    match row.state {
        InviteState::InForce => badge_ui(ui, Tone::Good, icons::CHECK, "действует"),
        InviteState::Reserve => badge_ui(ui, Tone::Neutral, icons::ARCHIVE, "в запасе"),
        InviteState::Deferred => badge_ui(ui, Tone::Neutral, icons::CLOCK, "отложена"),
        InviteState::Revoked => badge_ui(ui, Tone::Neutral, icons::PROHIBIT, "аннулирована"),
    };
}

/// The chats; pressing one opens its form.
pub fn chats_ui(ui: &mut Ui, context: &ScreenContext<'_>, group: GroupId, form: &mut Option<Form>) {
    if section_with_link_ui(ui, "Чаты", "Добавить чат") {
        *form = Some(Form::new_chat(context, Some(group)));
    }
    let register = context.register();
    let chats: Vec<_> =
        register.chats_of_group(group).filter(|chat| chat.archived_on.is_none()).cloned().collect();
    if chats.is_empty() {
        label::caption_ui(ui, "Чатов пока нет");
    }
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for chat in chats {
            let title = chat_title(register, &chat);
            let row = ListRow::new(&title).icon(icons::CHAT_CIRCLE, Ink::Secondary);
            if ui.add(row.right(platform_words(chat.platform))).clicked() {
                *form = Some(Form::edit_chat(&chat));
            }
        }
    });
}

/// The members of the group, each with a way to the card.
pub fn members_ui(ui: &mut Ui, context: &ScreenContext<'_>, group: &Group, actions: &mut Vec<Action>) {
    let register = context.register();
    let staff = group.kind == GroupKind::TeachingStaff;
    let mut members: Vec<_> = register
        .memberships_of_group(group.id)
        .filter(|membership| register.is_current(membership, context.today))
        .filter(
            |membership| if staff { membership.role.is_staff() } else { membership.role == Role::Student },
        )
        .filter_map(|membership| Some((register.person(membership.person)?, membership)))
        .collect();
    let title = if staff { "В коллективе" } else { "Ученики" };
    let (title, link) = (format!("{title}: {}", members.len()), if staff { "Принять" } else { "Зачислить" });
    if section_with_link_ui(ui, &title, link) {
        let page = if staff { PeoplePage::Hire } else { PeoplePage::Enrol(Some(group.id)) };
        actions.push(Action::Go(Destination::PeoplePage(page)));
    }
    if members.is_empty() {
        let empty = if staff { "Никого нет" } else { role_plural(Role::Student) };
        let text = if staff {
            empty.to_owned()
        } else {
            "Список пуст: загрузите его или добавьте людей".to_owned()
        };
        label::caption_ui(ui, &text);
    }
    members.sort_by_cached_key(|(person, _)| person.name.sort_key());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (person, membership) in members.iter().take(MOST_MEMBERS) {
            let name = format!("{} {}", person.name.surname, person.name.given);
            let state = participation_words(membership.participation.state);
            if ui.add(ListRow::new(&name).right(state)).clicked() {
                actions.push(Action::Go(Destination::Person(person.id)));
            }
        }
    });
    if members.len() > MOST_MEMBERS {
        label::caption_ui(ui, &format!("И ещё {}: смотрите в «Людях»", members.len() - MOST_MEMBERS));
    }
}

/// The latest movements into and out of the group.
pub fn movement_ui(ui: &mut Ui, context: &ScreenContext<'_>, group: GroupId, actions: &mut Vec<Action>) {
    let register = context.register();
    let key: crate::register::EntityKey = group.into();
    let referrers = register.referrers(key).iter();
    let mut movements: Vec<&Movement> = referrers
        .filter(|referrer| referrer.kind == crate::register::EntityKind::Movement)
        .filter_map(|referrer| register.tables().movements.get(referrer.id))
        .map(AsRef::as_ref)
        .collect();
    if movements.is_empty() {
        return;
    }
    movements.sort_by_key(|movement| std::cmp::Reverse((movement.on, movement.id)));
    section_ui(ui, "Движение");
    for movement in movements.into_iter().take(MOST_MOVEMENTS) {
        let Some(person) = register.person(movement.person) else { continue };
        let text =
            format!("{} {}: {}", person.name.surname, person.name.given, movement_words(movement.kind));
        let came = movement.to == Some(group);
        let icon = if came { icons::USER_PLUS } else { icons::USER_MINUS };
        let date = date_short_without_year(movement.on);
        let (opened, _) = both_ends_ui(
            ui,
            22.0,
            |ui| {
                let line = label::icon_line_ui(ui, icon, Tone::Neutral, &[Run::body(&text)]);
                line.interact(egui::Sense::click()).clicked()
            },
            |ui| label::line_ui(ui, &[Run::caption(&date)]),
        );
        if opened {
            actions.push(Action::Go(Destination::Person(person.id)));
        }
    }
}

/// The kind of a movement in words.
pub fn movement_words(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Enrolled => "зачисление",
        MovementKind::Transferred => "перевод",
        MovementKind::Left => "выбытие",
        MovementKind::Graduated => "выпуск",
        MovementKind::Hired => "приём на работу",
        MovementKind::Dismissed => "увольнение",
        MovementKind::Returned => "возвращение",
        MovementKind::Renamed => "смена имени",
    }
}
