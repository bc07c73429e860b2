//! What else hangs on a person: leaderships, where they were seen, links, requests, steps, appeals, movements, earlier
//! names. Every line leads to its thing.

use crate::names::capitalized;
use egui::Ui;

use crate::gui::icons::{self, Icon};
use crate::gui::theme::{Ink, Tone};
use crate::gui::widgets::label::{self, Run};
use crate::gui::widgets::list_row::ListRow;
use crate::gui::widgets::section::{section_ui, section_with_note_ui};
use crate::gui::{Action, Destination, ScreenContext};
use crate::names::Role;
use crate::register::{
    Appeal, CabinetTask, EntityKind, Invite, JoinRequest, Movement, MovementKind, Person, PersonId, Register,
};
use crate::regulation::{chat_title, class_teacher_word, is_inside, movement_kind_words, target_title};
use crate::wording::{date_short, date_short_without_year, role_name};

/// Most lines of one section; the newest first.
const MOST_LINES: usize = 8;

/// A line that leads somewhere.
struct Line {
    icon: Icon,
    text: String,
    note: String,
    to: Option<Destination>,
}

/// Draws every section that has something.
pub fn show(ui: &mut Ui, context: &ScreenContext<'_>, person: &Person, actions: &mut Vec<Action>) {
    let register = context.register();
    let sections = [
        ("Классное руководство", leaderships(context, person.id)),
        ("Где видели", places_seen(context, person.id)),
        ("Чаты", chats(register, person.id)),
        ("Ссылки", links(register, person.id)),
        ("Заявки", requests(register, person.id)),
        ("Задачи для кабинета", tasks(register, person.id)),
        ("Обращения", appeals(register, person.id)),
        ("Движение", movements(register, person.id)),
    ];
    for (title, lines) in sections {
        section_lines_ui(ui, title, &lines, actions);
    }
    names_ui(ui, person);
}

fn section_lines_ui(ui: &mut Ui, title: &str, lines: &[Line], actions: &mut Vec<Action>) {
    if lines.is_empty() {
        return;
    }
    section_with_note_ui(ui, title, &lines.len().to_string());
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for line in lines.iter().take(MOST_LINES) {
            let row = ListRow::new(&line.text).icon(line.icon, Ink::Secondary).right(&line.note);
            if ui.add(row).clicked()
                && let Some(to) = &line.to
            {
                actions.push(Action::Go(to.clone()));
            }
        }
    });
    if lines.len() > MOST_LINES {
        label::caption_ui(ui, &format!("и ещё {}", lines.len() - MOST_LINES));
    }
    ui.add_space(10.0);
}

fn names_ui(ui: &mut Ui, person: &Person) {
    if person.former_names.is_empty() && person.merged.is_empty() {
        return;
    }
    section_ui(ui, "Прежние карточки и имена");
    for name in &person.former_names {
        label::icon_line_ui(ui, icons::CLOCK_COUNTER_CLOCKWISE, Tone::Neutral, &[Run::body(&name.full())]);
    }
    if !person.merged.is_empty() {
        let numbers: Vec<String> = person.merged.iter().map(|id| format!("№ {id}")).collect();
        label::caption_ui(ui, &format!("Объединена с карточкой {}", numbers.join(", ")));
    }
    ui.add_space(10.0);
}

/// The records of a kind that refer to a person, the newest first.
fn referring(register: &Register, person: PersonId, kind: EntityKind) -> impl Iterator<Item = u32> + '_ {
    register.referrers(person).iter().rev().filter(move |referrer| referrer.kind == kind).map(|one| one.id)
}

fn leaderships(context: &ScreenContext<'_>, person: PersonId) -> Vec<Line> {
    let register = context.register();
    let mut assignments: Vec<_> = register.assignments_of_person(person).collect();
    assignments.sort_by_key(|one| std::cmp::Reverse((one.until.is_none(), one.since)));
    assignments
        .into_iter()
        .filter_map(|one| {
            let group = register.group(one.group)?;
            let note = match (one.until, one.since) {
                (Some(until), _) => format!("до {}", date_short(until)),
                (None, Some(since)) => format!("с {}", date_short(since)),
                (None, None) => String::new(),
            };
            let temporary = if one.temporary { ", временно" } else { "" };
            Some(Line {
                icon: icons::CHALKBOARD_TEACHER,
                text: format!("{}: {}{temporary}", group.label, class_teacher_word(group.kind)),
                note,
                to: Some(Destination::Group(group.id)),
            })
        })
        .collect()
}

/// Groups in which the person was seen inside, with the day: who left and is still seen there stands here too.
fn places_seen(context: &ScreenContext<'_>, person: PersonId) -> Vec<Line> {
    let register = context.register();
    let mut seen = Vec::new();
    for membership in register.memberships_of_person(person) {
        if is_inside(membership.participation.state) {
            seen.push((membership.group, membership.role, membership.participation.as_of));
        }
    }
    for bond in register.guardianships_of_adult(person) {
        if !is_inside(bond.participation.state) {
            continue;
        }
        let studies = register.memberships_of_person(bond.child);
        let of_child =
            studies.filter(|one| one.role == Role::Student && register.is_current(one, context.today));
        seen.extend(of_child.map(|one| (one.group, Role::Parent, bond.participation.as_of)));
    }
    seen.sort_by_key(|(_, _, as_of)| std::cmp::Reverse(*as_of));
    let line = |(group, role, as_of): (Option<crate::register::GroupId>, Role, Option<jiff::civil::Date>)| {
        let group = group.and_then(|group| register.group(group));
        let place = group.map_or("организация", |group| group.label.as_str());
        Line {
            icon: icons::EYE,
            text: format!("{place}, {}", role_name(role)),
            note: as_of.map_or("день не записан".to_owned(), date_short),
            to: group.map(|group| Destination::Group(group.id)),
        }
    };
    seen.into_iter().map(line).collect()
}

/// Chats that the person owns.
fn chats(register: &Register, person: PersonId) -> Vec<Line> {
    referring(register, person, EntityKind::Chat)
        .filter_map(|id| register.tables().chats.get(id))
        .map(|chat| Line {
            icon: icons::CHAT_CIRCLE,
            text: chat_title(register, chat),
            note: if chat.archived_on.is_some() {
                "владелец, в архиве"
            } else {
                "владелец"
            }
            .into(),
            to: chat.group.map(Destination::Group),
        })
        .collect()
}

fn links(register: &Register, person: PersonId) -> Vec<Line> {
    let line = |invite: &Invite| {
        let handed = invite.handed_over.as_ref().filter(|done| done.to == Some(person));
        let note = if invite.revocation.is_some() {
            "аннулирована".to_owned()
        } else if let Some(done) = handed {
            done.on.map_or("получена".to_owned(), |on| {
                format!("получена {}", date_short_without_year(on))
            })
        } else if invite.delegation.is_some_and(|asked| asked.to == Some(person)) {
            "поручена".to_owned()
        } else {
            "выдана этим человеком".to_owned()
        };
        Line {
            icon: icons::LINK_SIMPLE,
            text: format!("{} {}", target_title(register, invite.target), invite.address.tail()),
            note,
            to: Some(Destination::Invite(invite.id)),
        }
    };
    let invites = referring(register, person, EntityKind::Invite);
    invites.filter_map(|id| register.tables().invites.get(id)).map(|invite| line(invite)).collect()
}

fn requests(register: &Register, person: PersonId) -> Vec<Line> {
    let line = |request: &JoinRequest| Line {
        icon: icons::USER_PLUS,
        text: format!("{}, {}", target_title(register, request.target), role_name(request.role)),
        note: match &request.decision {
            Some(decision) if decision.accepted => {
                format!("принята {}", date_short_without_year(decision.on))
            }
            Some(decision) => format!("отклонена {}", date_short_without_year(decision.on)),
            None => "ждёт".into(),
        },
        to: Some(Destination::JoinRequests),
    };
    let requests = referring(register, person, EntityKind::JoinRequest);
    requests.filter_map(|id| register.tables().join_requests.get(id)).map(|request| line(request)).collect()
}

fn tasks(register: &Register, person: PersonId) -> Vec<Line> {
    let line = |task: &CabinetTask| Line {
        icon: icons::LIST_CHECKS,
        text: task.text.clone(),
        note: match (task.done_on, task.due_on) {
            (Some(done), _) => format!("сделано {}", date_short_without_year(done)),
            (None, Some(due)) => format!("до {}", date_short_without_year(due)),
            (None, None) => "не сделано".into(),
        },
        to: Some(Destination::CabinetTasks),
    };
    let tasks = referring(register, person, EntityKind::CabinetTask);
    tasks.filter_map(|id| register.tables().cabinet_tasks.get(id)).map(|task| line(task)).collect()
}

/// Appeals have no page of their own: their line leads nowhere.
fn appeals(register: &Register, person: PersonId) -> Vec<Line> {
    let line = |appeal: &Appeal| Line {
        icon: icons::LIFEBUOY,
        text: appeal.question.clone(),
        note: match appeal.answered_on {
            Some(on) => format!("отвечено {}", date_short_without_year(on)),
            None => format!("с {}", date_short_without_year(appeal.received_on)),
        },
        to: None,
    };
    let appeals = referring(register, person, EntityKind::Appeal);
    appeals.filter_map(|id| register.tables().appeals.get(id)).map(|appeal| line(appeal)).collect()
}

fn movements(register: &Register, person: PersonId) -> Vec<Line> {
    let label = |group: Option<crate::register::GroupId>| {
        group.and_then(|group| register.group(group)).map(|group| group.label.clone())
    };
    let line = |movement: &Movement| {
        let places = match (label(movement.from), label(movement.to)) {
            (Some(from), Some(to)) => format!(": {from} → {to}"),
            (None, Some(place)) | (Some(place), None) => format!(": {place}"),
            (None, None) => String::new(),
        };
        let order = match movement.order.number.as_str() {
            "" => String::new(),
            number => format!(", приказ № {number}"),
        };
        Line {
            icon: movement_icon(movement.kind),
            text: format!("{}{places}{order}", capitalized(movement_kind_words(movement.kind))),
            note: date_short(movement.on),
            to: movement.to.or(movement.from).map(Destination::Group),
        }
    };
    let movements = referring(register, person, EntityKind::Movement);
    movements.filter_map(|id| register.tables().movements.get(id)).map(|movement| line(movement)).collect()
}

fn movement_icon(kind: MovementKind) -> Icon {
    match kind {
        MovementKind::Enrolled | MovementKind::Hired | MovementKind::Returned => icons::USER_PLUS,
        MovementKind::Transferred | MovementKind::Renamed => icons::SWAP,
        MovementKind::Left | MovementKind::Graduated | MovementKind::Dismissed => icons::USER_MINUS,
    }
}
