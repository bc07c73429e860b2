//! The card of a group: what is due, who leads it, who is inside, its links, chats, members and movement.

use crate::names::capitalized;
use egui::Ui;

use super::card_sections::{chats_ui, links_ui, members_ui, movement_ui};
use super::forms::Form;
use super::{cleanup_words, excel, place_cards};
use crate::gui::screens::form_fields::order_words;
use crate::gui::theme::Tone;
use crate::gui::widgets::avatar::person_ui;
use crate::gui::widgets::button::named_link_button_ui;
use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::widgets::checkbox::checkbox_ui;
use crate::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::menu::menu_on;
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::{both_ends_ui, section_with_link_ui, section_with_note_ui};
use crate::gui::widgets::{Button, button::link_button_ui};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::{Entity, Group, GroupId, GroupKind, InviteId, Operation};
use crate::regulation::{
    Coverage, class_teacher_word, explain, group_coverage, last_look_at_group, needs_class_teacher,
    roster_of_group,
};
use crate::wording::{counted, date_short, days_ago, plural, role_counted};

/// Draws the card; `None`: there is no such group (any more); else whether it was closed.
pub fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    id: GroupId,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) -> Option<bool> {
    let group = context.register().group(id)?.clone();
    let flagged = flagged_invites(context, id);
    let subtitle = subtitle(context, &group);
    let more_name = format!("Другие действия: {}", group.label);
    let inspector = Inspector::new(&group.label, &subtitle).more(&more_name).as_page(context.narrow);
    // Body and foot are drawn one after the other, yet both hold what they push into.
    let (mut from_foot, mut opened) = (Vec::new(), None);
    let response = inspector.show(
        ui,
        |ui| body_ui(ui, context, &group, &flagged, &mut opened, actions),
        |ui| foot_ui(ui, context, &group, &flagged, &mut from_foot),
    );
    actions.append(&mut from_foot);
    if let Some(more) = &response.more {
        menu_on(more, |ui| {
            place_cards::entity_menu_ui(ui, context, &Entity::from(group.clone()), &mut opened, actions);
        });
    }
    if opened.is_some() {
        *form = opened;
    }
    Some(response.closed)
}

fn subtitle(context: &ScreenContext<'_>, group: &Group) -> String {
    let register = context.register();
    let role = if group.kind == GroupKind::TeachingStaff { Role::Teacher } else { Role::Student };
    let members = register.current_members(group.id, role, context.today).len() as u64;
    let members = role_counted(members, role);
    let unit = group.unit.and_then(|unit| register.unit(unit)).map(|unit| unit.name.clone());
    let archived = group.archived_on.map(|on| format!("в архиве с {}", date_short(on)));
    [unit, Some(members), archived].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The flagged links behind a group, ids rising.
fn flagged_invites(context: &ScreenContext<'_>, group: GroupId) -> Vec<InviteId> {
    let rows = context.snapshot.invites.of_group(context.register(), group);
    let mut flagged: Vec<InviteId> = rows.filter(|row| !row.flags.is_empty()).map(|row| row.id).collect();
    flagged.sort_unstable();
    flagged
}

fn body_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    group: &Group,
    flagged: &[InviteId],
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    due_ui(ui, context, flagged, actions);
    leaders_ui(ui, context, group, form, actions);
    ui.add_space(10.0);
    inside_ui(ui, context, group, form, actions);
    ui.add_space(10.0);
    links_ui(ui, context, group.id, actions);
    ui.add_space(10.0);
    chats_ui(ui, context, group.id, form);
    ui.add_space(10.0);
    members_ui(ui, context, group, actions);
    ui.add_space(10.0);
    super::restricted_ui::show(ui, context, group.id, actions);
    movement_ui(ui, context, group.id, actions);
    ui.add_space(10.0);
    safe_mode_ui(ui, context, group, actions);
}

fn due_ui(ui: &mut Ui, context: &ScreenContext<'_>, flagged: &[InviteId], actions: &mut Vec<Action>) {
    let Some(first) = flagged.first() else { return };
    let why = context.snapshot.invites.get(*first).zip(context.register().invite(*first)).and_then(
        |(row, invite)| Some(explain(row.flags.first()?, context.register(), invite, context.today)),
    );
    let count = flagged.len() as u64;
    let title = if count == 1 {
        "Одну ссылку пора аннулировать".to_owned()
    } else {
        format!("{} пора аннулировать", counted(count, "ссылку", "ссылки", "ссылок"))
    };
    let text = capitalized(&why.unwrap_or_default());
    if Callout::attention(&title, &text).opens().show(ui) == Some(CalloutAction::Opened) {
        actions.push(Action::Go(Destination::Invite(*first)));
    }
    ui.add_space(8.0);
}

fn leaders_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    group: &Group,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    if !needs_class_teacher(group.kind) {
        return;
    }
    let register = context.register();
    let assignments: Vec<_> = register.class_teachers(group.id, context.today).cloned().collect();
    let title = capitalized(class_teacher_word(group.kind));
    let link = if assignments.is_empty() { "Назначить" } else { "Изменить" };
    if section_with_link_ui(ui, &title, link) {
        *form = Some(Form::teacher(context, group));
    }
    if assignments.is_empty() {
        let run = Run::body("не назначен").medium().tone(Tone::Attention);
        label::icon_line_ui(ui, icons::WARNING, Tone::Attention, &[run]);
    }
    for assignment in assignments {
        let Some(person) = register.person(assignment.person) else { continue };
        let mut note = order_words(&assignment.order);
        if note.is_empty() {
            note = assignment.since.map_or("приказ не указан".to_owned(), |since| {
                format!("с {}", date_short(since))
            });
        }
        if assignment.temporary {
            note.push_str(", временно");
        }
        let name = person.name.full();
        let row = person_ui(ui, &person.name.initials(), &name, &note).interact(egui::Sense::click());
        row.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("Карточка: {name}")));
        if row.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
            actions.push(Action::Go(Destination::Person(person.id)));
        }
    }
}

fn inside_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    group: &Group,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let seen = last_look_at_group(context.register(), group.id);
    let note = seen.map_or("нет сведений".to_owned(), |seen| {
        format!("сверено {}", days_ago((context.today - seen).get_days().into()))
    });
    section_with_note_ui(ui, "Внутри", &note);
    for (role, name) in rows_of_roles(group.kind) {
        let coverage = group_coverage(context.register(), group.id, *role, context.today);
        coverage_ui(ui, name, &coverage, &neutral_note(context, group.id, *role, coverage.unknown));
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let observe = "Записать, кто внутри";
        if named_link_button_ui(ui, Some(icons::CLIPBOARD_TEXT), observe, observe).clicked() {
            *form = Some(Form::observe(context, group));
        }
        let name = format!("Сверить: {}", group.label);
        if named_link_button_ui(ui, Some(icons::ARROWS_LEFT_RIGHT), "Сверить", &name).clicked() {
            actions.push(Action::Go(Destination::ReconcileGroup(group.id)));
        }
    });
}

/// The roles whose coverage a kind of group has, with the word of the bar.
pub fn rows_of_roles(kind: GroupKind) -> &'static [(Role, &'static str)] {
    match kind {
        GroupKind::TeachingStaff => &[(Role::Teacher, "Учителя"), (Role::Employee, "Сотрудники")],
        GroupKind::KindergartenGroup => &[(Role::Parent, "Дети, у кого есть взрослый")],
        GroupKind::SchoolClass | GroupKind::StudyGroup | GroupKind::Club => {
            &[(Role::Student, "Ученики"), (Role::Parent, "Ученики, у кого есть взрослый")]
        }
    }
}

fn coverage_ui(ui: &mut Ui, name: &str, coverage: &Coverage, note: &str) {
    match coverage.inside {
        Some(inside) => {
            let waiting = coverage.missing().unwrap_or_default();
            let outside = coverage.neutral + coverage.unknown;
            coverage_row_ui(ui, CoverageBar::new(name, inside, waiting, outside), note);
        }
        None if coverage.expected == 0 => {}
        None => {
            let of = format!("нет сведений, всего {}", coverage.expected);
            both_ends_ui(
                ui,
                20.0,
                |ui| label::line_ui(ui, &[Run::body(name)]),
                |ui| label::line_ui(ui, &[Run::caption(&of)]),
            );
        }
    }
}

/// «1 не участвует, 2 не приглашали»: beside the bar, never in it.
fn neutral_note(context: &ScreenContext<'_>, group: GroupId, role: Role, unknown: u32) -> String {
    let counts = roster_of_group(context.register(), group, role, context.today).counts;
    let part = |count: u32, one: &str, many: &str| {
        (count > 0).then(|| format!("{count} {}", plural(count.into(), one, many, many)))
    };
    let parts = [
        part(counts.does_not_participate, "не участвует", "не участвуют"),
        part(counts.not_invited, "не приглашали", "не приглашали"),
        part(counts.absent, "долго отсутствует", "долго отсутствуют"),
        part(unknown, "нет сведений", "нет сведений"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn safe_mode_ui(ui: &mut Ui, context: &ScreenContext<'_>, group: &Group, actions: &mut Vec<Action>) {
    let mut on = group.safe_mode_on.is_some();
    let word = match group.safe_mode_on {
        Some(date) => format!("Безопасный режим проверен {}", date_short(date)),
        None => "Безопасный режим проверен".to_owned(),
    };
    if checkbox_ui(ui, &mut on, &word).changed() {
        let wanted = Group { safe_mode_on: on.then_some(context.today), ..group.clone() };
        let operation = Operation::Edit { seen: Entity::from(group.clone()), wanted: wanted.into() };
        let done = if on { "отмечен" } else { "отметка снята" };
        actions.push(Action::execute(operation, format!("{}: безопасный режим, {done}", group.label)));
    }
}

fn foot_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    group: &Group,
    flagged: &[InviteId],
    actions: &mut Vec<Action>,
) {
    if flagged.is_empty() {
        if ui.add(Button::outlined("Загрузить список").icon(icons::UPLOAD_SIMPLE)).clicked() {
            actions.push(Action::Go(Destination::Import));
        }
    } else if ui.add(Button::primary(&cleanup_words(flagged.len())).icon(icons::LIST_CHECKS)).clicked() {
        actions.push(Action::Go(Destination::Cleanup(Some(flagged.to_vec()))));
    }
    if ui.add(Button::outlined("Для Excel").icon(icons::COPY)).clicked() {
        actions.push(excel::copy_members(context, group.id));
    }
}

/// A quiet link in a card.
pub fn quiet_link_ui(ui: &mut Ui, word: &str) -> bool {
    link_button_ui(ui, word).clicked()
}
