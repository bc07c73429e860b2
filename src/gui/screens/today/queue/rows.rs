//! The records that wait, put into words.

use crate::regulation::short_name;
use jiff::civil::Date;

use super::found::{NameIndex, found_words};
use crate::gui::ScreenContext;
use crate::register::{
    Appeal, CabinetTask, Entity, EntityKey, GroupId, JoinRequest, Membership, Movement, MovementKind,
    OrderReference, PersonId, Register,
};
use crate::regulation::target_title;
use crate::wording::{age_days, date_short, days_ago, role_name};

/// One record as the window shows it.
pub struct QueueRow {
    /// The record as seen: an answer to anything else is refused.
    pub record: Entity,
    /// The first line: who, or what is asked.
    pub lead: String,
    /// Role, place and age.
    pub line: String,
    /// What else helps to decide; may be empty.
    pub note: String,
    /// Names the record in the names of its buttons: «заявка, Ольга Смирнова».
    pub subject: String,
    /// Names it in the line at the bottom, after a colon.
    pub short_subject: String,
    /// Undated records come last.
    since: Option<Date>,
}

impl QueueRow {
    /// The key of the record.
    pub fn key(&self) -> EntityKey {
        self.record.key()
    }
}

/// The rows of these records, oldest first.
pub fn of_subjects(context: &ScreenContext<'_>, subjects: &[EntityKey]) -> Vec<QueueRow> {
    let register = context.register();
    let mut index = None;
    let mut rows: Vec<QueueRow> = subjects
        .iter()
        .filter_map(|key| register.get(*key))
        .filter_map(|record| {
            Some(match &record {
                Entity::JoinRequest(request) => {
                    let index = index.get_or_insert_with(|| NameIndex::build(register));
                    let found = found_words(&context.snapshot.people, index, request);
                    of_request(register, request, found, context.today)
                }
                Entity::Movement(movement) => of_movement(register, movement, context.today),
                Entity::CabinetTask(step) => of_step(register, step, context.today),
                Entity::Appeal(appeal) => of_appeal(register, appeal, context.today),
                Entity::Membership(membership) => of_membership(register, membership, context.today),
                _ => return None,
            })
        })
        .collect();
    rows.sort_by_key(|row| (row.since.is_none(), row.since, row.key().id));
    rows
}

fn of_request(register: &Register, request: &JoinRequest, found: String, today: Date) -> QueueRow {
    let age = waits(request.received_on, today, "пришла сегодня");
    QueueRow {
        record: request.clone().into(),
        lead: request.written_name.clone(),
        line: joined(&[role_name(request.role), &target_title(register, request.target), &age]),
        note: found,
        subject: format!("заявка, {}", request.written_name),
        short_subject: request.written_name.clone(),
        since: Some(request.received_on),
    }
}

fn of_movement(register: &Register, movement: &Movement, today: Date) -> QueueRow {
    let name = full_name(register, movement.person);
    let kind = movement_words(movement.kind);
    let label =
        |group: Option<GroupId>| group.and_then(|group| register.group(group)).map(|group| &group.label);
    let places = match (label(movement.from), label(movement.to)) {
        (Some(from), Some(to)) => format!(", {from} → {to}"),
        (Some(only), None) | (None, Some(only)) => format!(", {only}"),
        (None, None) => String::new(),
    };
    QueueRow {
        record: movement.clone().into(),
        lead: name.clone(),
        line: joined(&[&format!("{kind}{places}"), &days_ago(days(movement.on, today))]),
        note: order_words(&movement.order),
        subject: format!("{kind}, {name}"),
        short_subject: format!("{kind}, {}", short_name(register, movement.person)),
        since: Some(movement.on),
    }
}

fn of_step(register: &Register, step: &CabinetTask, today: Date) -> QueueRow {
    let group = step.group.and_then(|group| register.group(group)).map_or("", |group| group.label.as_str());
    let person = step.person.map_or_else(String::new, |person| short_name(register, person));
    let due = step.due_on.map_or_else(String::new, |due| match days(due, today) {
        0 => "по плану сегодня".to_owned(),
        past => format!("по плану {}, {}", date_short(due), days_ago(past)),
    });
    QueueRow {
        record: step.clone().into(),
        lead: step.text.clone(),
        line: joined(&[group, &person, &due]),
        note: String::new(),
        subject: step.text.clone(),
        short_subject: step.text.clone(),
        since: step.due_on,
    }
}

fn of_appeal(register: &Register, appeal: &Appeal, today: Date) -> QueueRow {
    let who = appeal.person.map(|person| full_name(register, person));
    let who = who.filter(|name| !name.is_empty()).unwrap_or_else(|| "от кого, не записано".to_owned());
    QueueRow {
        record: appeal.clone().into(),
        lead: appeal.question.clone(),
        line: joined(&[&who, &waits(appeal.received_on, today, "пришло сегодня")]),
        note: String::new(),
        subject: appeal.question.clone(),
        short_subject: appeal.question.clone(),
        since: Some(appeal.received_on),
    }
}

fn of_membership(register: &Register, membership: &Membership, today: Date) -> QueueRow {
    let name = full_name(register, membership.person);
    let role = role_name(membership.role);
    let group = membership.group.and_then(|group| register.group(group));
    let post = if membership.post.starts_with(role) { "" } else { role };
    let since = match (membership.verification_since, membership.since) {
        (Some(asked), _) => waits(asked, today, "ждёт с сегодняшнего дня"),
        (None, Some(since)) => format!("в списке с {}", date_short(since)),
        (None, None) => String::new(),
    };
    QueueRow {
        record: membership.clone().into(),
        lead: name.clone(),
        line: joined(&[post, &membership.post, group.map_or("", |group| group.label.as_str()), &since]),
        note: String::new(),
        subject: format!("статус «{role}», {name}"),
        short_subject: short_name(register, membership.person),
        since: membership.verification_since.or(membership.since),
    }
}

fn full_name(register: &Register, person: PersonId) -> String {
    register.person(person).map_or_else(String::new, |person| person.name.full())
}

const fn movement_words(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Enrolled => "зачисление",
        MovementKind::Transferred => "перевод",
        MovementKind::Left => "отчисление",
        MovementKind::Graduated => "выпуск",
        MovementKind::Hired => "приём на работу",
        MovementKind::Dismissed => "увольнение",
        MovementKind::Returned => "возвращение",
        MovementKind::Renamed => "смена имени",
    }
}

/// «приказ № 214 от 9 окт 2026».
fn order_words(order: &OrderReference) -> String {
    let number = if order.number.is_empty() { String::new() } else { format!(" № {}", order.number) };
    let date = order.date.map_or_else(String::new, |date| format!(" от {}", date_short(date)));
    if number.is_empty() && date.is_empty() {
        "приказ не указан".to_owned()
    } else {
        format!("приказ{number}{date}")
    }
}

fn days(from: Date, today: Date) -> i64 {
    (today - from).get_days().into()
}

/// «ждёт 4 дня»; on the day itself, or ahead of a clock set back, the other words.
fn waits(since: Date, today: Date, came_today: &str) -> String {
    match days(since, today) {
        ..=0 => came_today.to_owned(),
        days => format!("ждёт {}", age_days(days)),
    }
}

/// The parts there are, with dots between them.
fn joined(parts: &[&str]) -> String {
    let parts: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::{FullName, Role};
    use crate::register::{AppealId, CabinetTaskId, Group, MovementId, Person};
    use jiff::civil::date;

    const TODAY: Date = date(2026, 10, 12);

    fn register() -> Register {
        let mut register = Register::default();
        for (id, label) in [(1, "7Б"), (2, "8А")] {
            register.put_loaded(Group { id: GroupId(id), label: label.into(), ..Group::default() }.into());
        }
        let name = FullName::new("Зорин", "Пётр", "Львович");
        register.put_loaded(Person { id: PersonId(1), name, ..Person::default() }.into());
        register
    }

    #[test]
    fn a_movement_says_from_where_to_where_and_by_which_order() {
        let register = register();
        let movement = |kind, from: Option<u32>, to: Option<u32>| Movement {
            id: MovementId(1),
            person: PersonId(1),
            role: Role::Student,
            kind,
            on: date(2026, 10, 9),
            order: OrderReference { number: "214".into(), date: Some(date(2026, 10, 9)) },
            from: from.map(GroupId),
            to: to.map(GroupId),
            in_cabinet_on: None,
        };
        let cases = [
            (movement(MovementKind::Transferred, Some(2), Some(1)), "перевод, 8А → 7Б · 3 дня назад"),
            (movement(MovementKind::Left, Some(2), None), "отчисление, 8А · 3 дня назад"),
            (movement(MovementKind::Enrolled, None, Some(1)), "зачисление, 7Б · 3 дня назад"),
            (movement(MovementKind::Dismissed, None, None), "увольнение · 3 дня назад"),
        ];
        for (movement, expected) in cases {
            let row = of_movement(&register, &movement, TODAY);
            assert_eq!((row.line.as_str(), row.note.as_str()), (expected, "приказ № 214 от 9 окт 2026"));
            assert_eq!(row.lead, "Зорин Пётр Львович");
        }
        assert_eq!(order_words(&OrderReference::default()), "приказ не указан");
    }

    #[test]
    fn steps_and_appeals_say_how_long_they_wait() {
        let register = register();
        let step = CabinetTask {
            id: CabinetTaskId(1),
            text: "Создать чат".into(),
            group: Some(GroupId(1)),
            due_on: Some(date(2026, 10, 10)),
            ..CabinetTask::default()
        };
        assert_eq!(of_step(&register, &step, TODAY).line, "7Б · по плану 10 окт 2026, 2 дня назад");
        let appeal = |person, received_on| Appeal {
            id: AppealId(1),
            question: "Как войти".into(),
            person,
            received_on,
            ..Appeal::default()
        };
        let line = |appeal| of_appeal(&register, &appeal, TODAY).line;
        assert_eq!(line(appeal(Some(PersonId(1)), date(2026, 10, 11))), "Зорин Пётр Львович · ждёт 1 день");
        assert_eq!(line(appeal(None, TODAY)), "от кого, не записано · пришло сегодня");
    }
}
