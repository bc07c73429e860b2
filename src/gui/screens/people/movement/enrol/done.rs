//! The newcomer's page: the links in force for their group and roles, and the ready message with one button.

use std::sync::Arc;

use egui::{Ui, vec2};
use jiff::civil::Date;

use super::to_people;
use crate::gui::action::LinksPage;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::button::small_link_button_ui;
use crate::gui::widgets::callout::{Callout, CalloutAction};
use crate::gui::widgets::card::{card_ui, inset_card_ui};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::scroll_page::{column_ui, scroll_page_ui};
use crate::gui::widgets::section::both_ends_ui;
use crate::gui::widgets::{Button, page};
use crate::gui::{Action, Destination, ScreenContext, icons};
use crate::names::Role;
use crate::register::{
    CabinetTask, GroupId, HandOver, HandOverWay, Invite, InviteState, Membership, Operation, PersonId,
};
use crate::regulation::links_for_newcomer;
use crate::wording::{date_short, list_of, role_dative_plural, role_genitive_plural, role_plural};

/// The page is no wider, in points.
const MOST_WIDTH: f32 = 760.0;

/// Whom the page is about.
pub(super) struct Newcomer {
    person: PersonId,
    group: Option<GroupId>,
    role: Role,
    since: Option<Date>,
    copied: bool,
}

/// What comes next.
pub(super) enum Next {
    Stay,
    /// «Зачислить ещё».
    Another,
}

type Links = Vec<(Role, Option<Arc<Invite>>)>;

impl Newcomer {
    pub(super) fn of(membership: &Membership) -> Newcomer {
        Newcomer {
            person: membership.person,
            group: membership.group,
            role: membership.role,
            since: membership.since,
            copied: false,
        }
    }
}

/// Draws the page.
pub(super) fn show(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    newcomer: &mut Newcomer,
    words: &[String; 4],
    actions: &mut Vec<Action>,
) -> Next {
    let register = context.register();
    let Some(person) = register.person(newcomer.person) else {
        // Taken back.
        return Next::Another;
    };
    let name = person.name.full();
    let label = newcomer.group.and_then(|group| register.group(group)).map(|group| group.label.clone());
    let label = label.unwrap_or_else(|| register.organization().name.clone());
    let subtitle = match newcomer.since {
        Some(since) => format!("{label}, с {}", date_short(since)),
        None => label.clone(),
    };
    let mut next = Next::Stay;
    page::header_ui(ui, &name, &subtitle, |ui| {
        if ui.add(Button::outlined("К людям").icon(icons::ARROW_LEFT).key("Esc")).clicked() {
            actions.push(to_people());
        }
        let card = format!("Карточка: {name}");
        if ui.add(Button::outlined("Карточка").icon(icons::USER).accessible_name(&card)).clicked() {
            actions.push(Action::Go(Destination::Person(newcomer.person)));
        }
        let word =
            if newcomer.role.is_staff() { "Принять ещё" } else { "Зачислить ещё" };
        if ui.add(Button::outlined(word).icon(icons::USER_PLUS)).clicked() {
            next = Next::Another;
        }
    });
    let links = links_for_newcomer(register, newcomer.group, newcomer.role, context.today);
    scroll_page_ui(ui, "newcomer", |ui| {
        column_ui(ui, ui.available_width().min(MOST_WIDTH), |ui| {
            ui.spacing_mut().item_spacing.y = space::LARGE;
            links_ui(ui, context, &links, &label, actions);
            message_ui(ui, context, newcomer, &links, words, &label, actions);
            steps_ui(ui, context, newcomer.person, actions);
        });
    });
    next
}

fn links_ui(ui: &mut Ui, context: &ScreenContext<'_>, links: &Links, label: &str, actions: &mut Vec<Action>) {
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 8.0);
        ui.set_width(ui.available_width());
        label::lead_ui(ui, "Действующие ссылки");
        for (role, link) in links {
            let who = format!("Для {}", role_genitive_plural(*role));
            let Some(invite) = link else {
                label::icon_line_ui(
                    ui,
                    icons::CIRCLE_DASHED,
                    Tone::Attention,
                    &[Run::body(&who), Run::caption(" · ссылки нет")],
                );
                continue;
            };
            let state = match invite.state(context.today) {
                InviteState::Reserve => "в запасе",
                _ => "действует",
            };
            let words = format!(" · {} · {state}", invite.address.tail());
            let (_, copied) = both_ends_ui(
                ui,
                24.0,
                |ui| {
                    let runs = [Run::body(&who), Run::caption(&words)];
                    label::icon_line_ui(ui, icons::LINK_SIMPLE, Tone::Accent, &runs)
                },
                |ui| {
                    let name = format!("Скопировать ссылку: {label}, {}", role_plural(*role));
                    small_link_button_ui(ui, "Скопировать ссылку", &name).clicked()
                },
            );
            if copied {
                actions.push(Action::CopyInvite(invite.id));
            }
        }
        let missing: Vec<&str> =
            links.iter().filter(|(_, link)| link.is_none()).map(|(role, _)| role_plural(*role)).collect();
        if !missing.is_empty() {
            let title = format!("Ссылки нет: {}", list_of(&missing, 4));
            let text = "Выпустите её в кабинете и запишите здесь: сообщение сложится само.";
            let pressed = Callout::attention(&title, text).buttons(&["Выпустить ссылки"]).show(ui);
            if matches!(pressed, Some(CalloutAction::Button(_))) {
                actions.push(Action::Go(Destination::LinksPage(LinksPage::Issue)));
            }
        }
    });
}

/// The words around the link of each role: those of «Раздать классным», without the greeting to a teacher.
fn message(links: &Links, words: &[String; 4], label: &str, masked: bool, today: Date) -> String {
    let mut parts = Vec::new();
    for (role, link) in links {
        let Some(invite) = link else { continue };
        let place = Role::ALL.iter().position(|known| known == role).unwrap_or_default();
        let address = if masked { invite.address.masked() } else { invite.address.as_str().to_owned() };
        let words = match words[place].is_empty() {
            true => format!("Ссылка {}: {{ссылка}}", role_dative_plural(*role)),
            false => words[place].clone(),
        };
        // The label first: an address may hold anything.
        let mut part = words.replace("{класс}", label).replace("{ссылка}", &address);
        if let Some(until) = invite.expires_on.filter(|until| *until >= today) {
            part.push_str(&format!("\nСсылка действует до {}.", date_short(until)));
        }
        parts.push(part);
    }
    parts.join("\n\n")
}

fn message_ui(
    ui: &mut Ui,
    context: &ScreenContext<'_>,
    newcomer: &mut Newcomer,
    links: &Links,
    words: &[String; 4],
    label: &str,
    actions: &mut Vec<Action>,
) {
    if links.iter().all(|(_, link)| link.is_none()) {
        return;
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 10.0);
        ui.set_width(ui.available_width());
        label::lead_ui(ui, "Готовое сообщение");
        let text = message(links, words, label, true, context.today);
        inset_card_ui(ui, 14, |ui| {
            ui.set_width(ui.available_width());
            label::rich_ui(ui, &[Run::body(&text).line_height(20.0)]);
        });
        label::caption_ui(ui, "На экране видны только концы адресов, в буфер попадут целые.");
        let word = if newcomer.copied {
            "Скопировать ещё раз"
        } else {
            "Скопировать сообщение"
        };
        if ui.add(Button::primary(word).icon(icons::COPY)).clicked() {
            newcomer.copied = true;
            let text = message(links, words, label, false, context.today);
            actions.push(Action::CopyText { text, what: "Сообщение скопировано".into() });
            hand_over(context, links, actions);
        }
    });
}

/// Links that lay in reserve are given out by this message.
fn hand_over(context: &ScreenContext<'_>, links: &Links, actions: &mut Vec<Action>) {
    let is_fresh = |invite: &&Arc<Invite>| invite.state(context.today) == InviteState::Reserve;
    let fresh = links.iter().filter_map(|(_, link)| link.as_ref()).filter(is_fresh);
    let seen: Vec<Arc<Invite>> = fresh.cloned().collect();
    if seen.is_empty() || context.file.read_only {
        return;
    }
    let hand_over =
        HandOver { on: Some(context.today), way: HandOverWay::InPerson, to: None, note: String::new() };
    let done = "Сообщение скопировано, ссылка из запаса записана как переданная";
    actions.push(Action::execute(Operation::HandOverInvites { seen, hand_over }, done));
}

fn steps_ui(ui: &mut Ui, context: &ScreenContext<'_>, person: PersonId, actions: &mut Vec<Action>) {
    let register = context.register();
    let is_of_family = |task: &CabinetTask| {
        task.done_on.is_none()
            && task.person.is_some_and(|of| {
                of == person || register.current_guardians(person, context.today).any(|bond| bond.adult == of)
            })
    };
    let tasks: Vec<&CabinetTask> = register
        .tables()
        .cabinet_tasks
        .iter()
        .map(|(_, task)| task.as_ref())
        .filter(|task| is_of_family(task))
        .collect();
    if tasks.is_empty() {
        return;
    }
    card_ui(ui, 20, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::SMALL, 6.0);
        ui.set_width(ui.available_width());
        label::lead_ui(ui, "Дела в кабинете");
        for task in tasks.iter().take(8) {
            label::rich_ui(ui, &[Run::caption(&format!("• {}", task.text)).main()]);
        }
        if small_link_button_ui(ui, "К задачам для кабинета", "К задачам для кабинета").clicked()
        {
            actions.push(Action::Go(Destination::CabinetTasks));
        }
    });
}
