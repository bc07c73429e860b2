//! The first steps on a fresh file: a roster, who is in already, the links that exist.

use super::{Task, TaskKind, Urgency};
use crate::register::Register;
use crate::regulation::duty::Duty;
use crate::regulation::year::{group_word, usual_group_kind};
use crate::wording::counted;

/// Whether the file is still being set up: no people, or neither a look nor a link recorded.
pub(super) fn is_fresh(register: &Register) -> bool {
    let tables = register.tables();
    tables.people.is_empty() || (tables.observations.is_empty() && tables.invites.is_empty())
}

/// The steps that are left, in their order.
pub(super) fn first_steps(register: &Register) -> Vec<Task> {
    let tables = register.tables();
    let step = |kind, title: &str, reason: String, duty, button: &str| Task {
        kind,
        count: 1,
        title: title.to_owned(),
        reason,
        duty,
        button: button.to_owned(),
        urgency: Urgency::Due,
        subjects: Vec::new(),
    };
    let mut steps = Vec::new();
    if tables.people.is_empty() {
        let reason = "Подойдёт файл CSV: из электронного журнала или из Excel («Сохранить как»)".to_owned();
        steps.push(step(
            TaskKind::LoadRoster,
            "Загрузить список школы",
            reason,
            Duty::Structure,
            "Загрузить",
        ));
    } else if tables.observations.is_empty() {
        let people = counted(tables.people.len() as u64, "человек", "человека", "человек");
        let place = group_word(usual_group_kind(register.organization().kind));
        let each = if place == "класс" {
            "по каждому классу"
        } else {
            "по каждой группе"
        };
        let reason = format!("В списках {people}; отметьте {each}, сколько вступило, или «не знаю»");
        steps.push(step(TaskKind::SeeWhoIsInside, "Кто уже в системе?", reason, Duty::Oversight, "Отметить"));
    }
    if tables.invites.is_empty() {
        let reason = "Действующие ссылки из кабинета: куда ведут, кому и когда переданы".to_owned();
        let title = "Записать ссылки-приглашения";
        steps.push(step(TaskKind::RecordLinks, title, reason, Duty::InviteLinks, "Записать"));
    }
    steps
}
