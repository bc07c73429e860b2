//! The cards of a unit and of a chat, and the menu of things to do with a unit, group or chat.

use egui::Ui;

use super::archive_action;
use super::card_sections::state_badge_ui;
use super::forms::Form;
use crate::gui::widgets::callout::Callout;
use crate::gui::widgets::coverage_bar::{CoverageBar, coverage_row_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::menu::{menu_divider_ui, menu_row_ui};
use crate::gui::widgets::page::Inspector;
use crate::gui::widgets::section::{both_ends_ui, named_value_ui, section_ui};
use crate::gui::widgets::{Button, button::named_link_button_ui};
use crate::gui::{Action, Destination, PeoplePage, ScreenContext, icons};
use crate::names::Role;
use crate::register::{Chat, ChatId, Entity, GroupKind, Platform, Target, UnitId};
use crate::regulation::{chat_coverage, chat_kind_words, chat_title, platform_words, transfer_words};
use crate::wording::{date_short, role_counted};

const NAME_WIDTH: f32 = 104.0;

/// The card of a chat; `None`: there is none; else whether it was closed.
pub fn show_chat(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    id: ChatId,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) -> Option<bool> {
    let chat = context.register().chat(id)?.clone();
    let title = chat_title(context.register(), &chat);
    let subtitle = chat
        .archived_on
        .map_or_else(|| chat_kind_words(chat.kind).to_owned(), |on| format!("в архиве с {}", date_short(on)));
    let response = Inspector::new(&title, &subtitle).as_page(context.narrow).show(
        ui,
        |ui| chat_body_ui(ui, context, &chat, actions),
        |ui| foot_ui(ui, &Entity::from(chat.clone()), &title),
    );
    finish(response.foot, context, &Entity::from(chat.clone()), &title, form, actions);
    Some(response.closed)
}

fn chat_body_ui(ui: &mut Ui, context: &ScreenContext<'_>, chat: &Chat, actions: &mut Vec<Action>) {
    let register = context.register();
    if matches!(chat.platform, Platform::Telegram | Platform::Whatsapp | Platform::Viber) {
        let text =
            "Для школьных дел этот мессенджер запрещён: ст. 10 ч. 8 закона № 149-ФЗ. Перенесите чат в MAX.";
        Callout::attention(platform_words(chat.platform), text).show(ui);
    }
    named_value_ui(ui, "Где", NAME_WIDTH, &[Run::body(platform_words(chat.platform))]);
    named_value_ui(ui, "Перенос в MAX", NAME_WIDTH, &[Run::body(transfer_words(chat.transfer))]);
    let owner = chat.owner.and_then(|owner| register.person(owner));
    let name = owner.map_or("не указан".to_owned(), |owner| owner.name.full());
    named_value_ui(ui, "Владелец", NAME_WIDTH, &[Run::body(&name)]);
    if let Some(owner) = owner
        && named_link_button_ui(ui, Some(icons::USER), "Карточка владельца", "Карточка владельца").clicked()
    {
        actions.push(Action::Go(Destination::Person(owner.id)));
    }
    ui.add_space(10.0);
    section_ui(ui, "Внутри");
    let coverage = chat_coverage(register, chat, context.today);
    match coverage.inside {
        Some(inside) => {
            let waiting = coverage.expected.saturating_sub(inside);
            coverage_row_ui(ui, CoverageBar::new("В чате", inside, waiting, coverage.neutral), "");
        }
        None => {
            label::caption_ui(ui, "Нет сведений");
        }
    }
    ui.add_space(10.0);
    chat_links_ui(ui, context, chat.id, actions);
}

fn chat_links_ui(ui: &mut Ui, context: &ScreenContext<'_>, chat: ChatId, actions: &mut Vec<Action>) {
    section_ui(ui, "Ссылки");
    let rows = context.snapshot.invites.of_target(context.register(), Target::Chat(chat));
    let mut any = false;
    for row in rows {
        any = true;
        let (pressed, ()) = both_ends_ui(
            ui,
            28.0,
            |ui| {
                let name = format!("Ссылка {}, {}", row.target_title, row.tail);
                named_link_button_ui(ui, None, &row.tail, &name).clicked()
            },
            |ui| state_badge_ui(ui, row),
        );
        if pressed {
            actions.push(Action::Go(Destination::Invite(row.id)));
        }
    }
    if !any {
        label::caption_ui(ui, "Ссылок пока нет");
    }
}

/// The card of a unit; `None`: there is none; else whether it was closed.
pub fn show_unit(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    id: UnitId,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) -> Option<bool> {
    let register = context.register();
    let unit = register.unit(id)?.clone();
    let groups = context.snapshot.groups.rows().iter().filter(|group| group.unit == Some(id));
    let students: usize = groups.map(|group| group.member_count(Role::Student)).sum();
    let subtitle = match unit.archived_on {
        Some(on) => format!("в архиве с {}", date_short(on)),
        None => role_counted(students as u64, Role::Student),
    };
    let response = Inspector::new(&unit.name, &subtitle).as_page(context.narrow).show(
        ui,
        |ui| {
            let address = if unit.address.is_empty() { "не указан" } else { unit.address.as_str() };
            named_value_ui(ui, "Адрес", NAME_WIDTH, &[Run::body(address)]);
            ui.add_space(10.0);
            section_ui(ui, "Внутри, где есть сведения");
            for (role, name) in [(Role::Student, "Ученики"), (Role::Parent, "Ученики, у кого есть взрослый")]
            {
                let sum = context.snapshot.judged.unit_coverage(Some(id), role);
                match sum.total.inside {
                    Some(inside) => {
                        let waiting = sum.total.expected.saturating_sub(inside);
                        coverage_row_ui(ui, CoverageBar::new(name, inside, waiting, sum.total.neutral), "");
                    }
                    None => {
                        label::caption_ui(ui, &format!("{name}: нет сведений"));
                    }
                }
            }
        },
        |ui| foot_ui(ui, &Entity::from(unit.clone()), &unit.name),
    );
    finish(response.foot, context, &Entity::from(unit.clone()), &unit.name, form, actions);
    Some(response.closed)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pressed {
    Edit,
    Archive,
}

fn foot_ui(ui: &mut Ui, entity: &Entity, name: &str) -> Option<Pressed> {
    let edit_name = format!("Изменить: {name}");
    let edit = Button::outlined("Изменить").icon(icons::PENCIL_SIMPLE).accessible_name(&edit_name);
    if ui.add(edit).clicked() {
        return Some(Pressed::Edit);
    }
    let (word, icon) = if is_archived(entity) {
        ("Вернуть из архива", icons::ARROW_COUNTER_CLOCKWISE)
    } else {
        ("В архив", icons::ARCHIVE)
    };
    let archive_name = format!("{word}: {name}");
    let archive = Button::outlined(word).icon(icon).accessible_name(&archive_name);
    ui.add(archive).clicked().then_some(Pressed::Archive)
}

fn finish(
    pressed: Option<Pressed>,
    context: &ScreenContext<'_>,
    entity: &Entity,
    name: &str,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    match pressed {
        Some(Pressed::Edit) => *form = edit_form(entity),
        Some(Pressed::Archive) => actions.push(archive_action(context, entity, is_archived(entity), name)),
        None => {}
    }
}

fn edit_form(entity: &Entity) -> Option<Form> {
    match entity {
        Entity::Group(group) => Some(Form::edit_group(group)),
        Entity::Unit(unit) => Some(Form::edit_unit(unit)),
        Entity::Chat(chat) => Some(Form::edit_chat(chat)),
        _ => None,
    }
}

fn is_archived(entity: &Entity) -> bool {
    match entity {
        Entity::Group(group) => group.archived_on.is_some(),
        Entity::Unit(unit) => unit.archived_on.is_some(),
        Entity::Chat(chat) => chat.archived_on.is_some(),
        _ => false,
    }
}

/// Rows of the menu of a unit, group or chat.
pub fn entity_menu_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    entity: &Entity,
    form: &mut Option<Form>,
    actions: &mut Vec<Action>,
) {
    let register = context.register();
    if menu_row_ui(ui, icons::PENCIL_SIMPLE, "Изменить…", "", false).clicked() {
        *form = edit_form(entity);
    }
    if let Entity::Group(group) = entity {
        if menu_row_ui(ui, icons::CLIPBOARD_TEXT, "Записать, кто внутри…", "", false).clicked()
        {
            *form = Some(Form::observe(context, group));
        }
        if menu_row_ui(ui, icons::CHAT_CIRCLE, "Добавить чат…", "", false).clicked() {
            *form = Some(Form::new_chat(context, Some(group.id)));
        }
        let word = if group.kind == GroupKind::TeachingStaff {
            "Принять на работу"
        } else {
            "Зачислить"
        };
        if menu_row_ui(ui, icons::USER_PLUS, word, "", false).clicked() {
            let page = match group.kind {
                GroupKind::TeachingStaff => PeoplePage::Hire,
                _ => PeoplePage::Enrol(Some(group.id)),
            };
            actions.push(Action::Go(Destination::PeoplePage(page)));
        }
        if crate::regulation::needs_class_teacher(group.kind)
            && menu_row_ui(ui, icons::CHALKBOARD_TEACHER, "Кто вёл раньше", "", false).clicked()
        {
            actions.push(Action::Go(Destination::ClassTeachers(Some(group.id))));
        }
        if menu_row_ui(ui, icons::UPLOAD_SIMPLE, "Загрузить список", "", false).clicked() {
            actions.push(Action::Go(Destination::Import));
        }
    }
    let name = match entity {
        Entity::Group(group) => group.label.clone(),
        Entity::Unit(unit) => unit.name.clone(),
        Entity::Chat(chat) => chat_title(register, chat),
        _ => return,
    };
    menu_divider_ui(ui);
    let archived = is_archived(entity);
    let word = if archived { "Вернуть из архива" } else { "В архив" };
    if menu_row_ui(ui, icons::ARCHIVE, word, "", false).clicked() {
        actions.push(archive_action(context, entity, archived, &name));
    }
}
