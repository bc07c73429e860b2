//! The tasks that facts of the register give rise to, one function each.

use crate::regulation::short_name;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Task, TaskKind, Urgency};
use crate::names::Role;
use crate::register::{
    EntityKey, GroupKind, Invite, InviteId, MembershipId, Movement, MovementKind, PersonId, Register, Target,
};
use crate::regulation::chats::{foreign_chats, platform_words, transfer_list};
use crate::regulation::class_teachers::ClassTeacherFinding;
use crate::regulation::clock_trust::days_between;
use crate::regulation::duty::Duty;
use crate::regulation::judged::Judged;
use crate::regulation::reconcile_due::{ReconcileBecause, ReconcileDue};
use crate::regulation::staleness::{Flag, FlagFact, StalenessRule, explain};
use crate::regulation::year::{class_teacher_word, target_title, usual_group_kind};
use crate::wording::{age_days, counted, date_short_without_year, list_of, plural, range_days, role_plural};

/// How many names a title shows before «и ещё».
const NAMES_IN_TITLE: usize = 3;

type Flags<'a> = [(InviteId, &'a [Flag])];

pub(super) fn tasks_of_day(register: &Register, judged: &Judged) -> Vec<Task> {
    let today = judged.today();
    let found = [
        reconcile(register, judged.reconcile_due()),
        class_teachers(register, judged.class_teacher_findings()),
        status_confirmation(register, judged.waiting_statuses(), today),
        super::movement_tasks::leavers_task(register, today),
        super::movement_tasks::contracts_task(register, today),
        organization_card(register),
    ];
    let tasks = judged.tasks().iter().cloned().chain(found.into_iter().flatten());
    tasks.filter(|task| !is_not_required(register, task.duty)).collect()
}

fn is_not_required(register: &Register, duty: Duty) -> bool {
    register.organization().not_required.iter().any(|code| code == duty.code())
}

/// Puts a task together; nothing to do is no task.
pub(super) fn task(
    kind: TaskKind,
    duty: Duty,
    urgency: Urgency,
    subjects: Vec<EntityKey>,
    words: impl FnOnce(u64) -> (String, String, String),
) -> Option<Task> {
    if subjects.is_empty() {
        return None;
    }
    let count = subjects.len() as u64;
    let (title, reason, button) = words(count);
    Some(Task {
        kind,
        count: u32::try_from(count).unwrap_or(u32::MAX),
        title,
        reason,
        duty,
        button,
        urgency,
        subjects,
    })
}

/// Upper case for the first letter: reasons are made to stand after a colon as well.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// «8Б, родители»; the title of a chat says its role already.
fn place_and_role(register: &Register, invite: &Invite) -> String {
    let title = target_title(register, invite.target);
    match invite.target {
        Target::Chat(_) => title,
        Target::Group(_) | Target::Organization => format!("{title}, {}", role_plural(invite.role)),
    }
}

fn first_rule(flags: &[Flag]) -> Option<StalenessRule> {
    flags.first().map(|flag| flag.rule)
}

pub(in crate::regulation) fn exposed_links(
    register: &Register,
    flags: &Flags<'_>,
    today: Date,
) -> Option<Task> {
    let exposed: Vec<&(InviteId, &[Flag])> =
        flags.iter().filter(|(_, flags)| first_rule(flags) == Some(StalenessRule::Exposed)).collect();
    let subjects = exposed.iter().map(|(id, _)| (*id).into()).collect();
    task(TaskKind::ExposedLinks, Duty::RevokeUnclaimed, Urgency::AtOnce, subjects, |n| {
        let title = counted(n, "ссылку, попавшую", "ссылки, попавшие", "ссылок, попавших");
        let lines = exposed.iter().filter_map(|(id, flags)| {
            let invite = register.invite(*id)?;
            Some(format!(
                "{}: {}",
                place_and_role(register, invite),
                explain(flags.first()?, register, invite, today)
            ))
        });
        let lines: Vec<String> = lines.collect();
        (format!("Аннулировать {title} к посторонним"), list_of(&lines, 1), "Открыть".to_owned())
    })
}

pub(in crate::regulation) fn stale_links(
    register: &Register,
    flags: &Flags<'_>,
    today: Date,
) -> Option<Task> {
    let stale: Vec<&(InviteId, &[Flag])> = flags
        .iter()
        .filter(|(_, flags)| first_rule(flags).is_some_and(|rule| rule != StalenessRule::Exposed))
        .collect();
    let subjects = stale.iter().map(|(id, _)| (*id).into()).collect();
    task(TaskKind::StaleLinks, Duty::RevokeUnclaimed, Urgency::Due, subjects, |n| {
        let all_unclaimed =
            stale.iter().all(|(_, flags)| first_rule(flags) == Some(StalenessRule::Unclaimed));
        let title = if all_unclaimed {
            counted(n, "невостребованную ссылку", "невостребованные ссылки", "невостребованных ссылок")
        } else {
            counted(n, "ссылку", "ссылки", "ссылок")
        };
        let reason = reason_of_stale(register, &stale, all_unclaimed, today);
        (format!("Аннулировать {title}"), reason, format!("Разобрать {n}"))
    })
}

fn reason_of_stale(
    register: &Register,
    stale: &[&(InviteId, &[Flag])],
    all_unclaimed: bool,
    today: Date,
) -> String {
    if let [(id, flags)] = stale
        && let (Some(invite), Some(flag)) = (register.invite(*id), flags.first())
    {
        return format!("{}: {}", place_and_role(register, invite), explain(flag, register, invite, today));
    }
    if all_unclaimed {
        let ages = stale.iter().filter_map(|(id, _)| register.invite(*id));
        let ages: Vec<i64> = ages.map(|invite| days_between(invite.counts_from(), today)).collect();
        let (youngest, oldest) = (ages.iter().min().copied(), ages.iter().max().copied());
        let seen_empty = stale
            .iter()
            .all(|(_, flags)| flags.iter().any(|flag| matches!(flag.fact, FlagFact::NobodyJoined { .. })));
        let found = if seen_empty {
            "и по ним никто не вступил"
        } else {
            "и о вступивших по ним нет сведений"
        };
        return format!("Переданы {} назад, {found}", range_days(youngest.unwrap_or(0), oldest.unwrap_or(0)));
    }
    // In one go: a hundred thousand links may be flagged.
    let mut counts: BTreeMap<StalenessRule, usize> = BTreeMap::new();
    for (_, flags) in stale {
        if let Some(rule) = first_rule(flags) {
            *counts.entry(rule).or_default() += 1;
        }
    }
    let by_rule = counts.into_iter().map(|(rule, count)| format!("{}: {count}", rule.words()));
    sentence(&list_of(&by_rule.collect::<Vec<_>>(), 3))
}

pub(in crate::regulation) fn join_requests(register: &Register, today: Date) -> Option<Task> {
    let waiting = || register.tables().join_requests.values().filter(|request| request.decision.is_none());
    let subjects = waiting().map(|request| request.id.into()).collect();
    task(TaskKind::JoinRequests, Duty::JoinRequests, Urgency::Due, subjects, |n| {
        let oldest = waiting().map(|request| days_between(request.received_on, today)).max().unwrap_or(0);
        let unknown = waiting().filter(|request| request.person.is_none()).count() as u64;
        let age = if oldest <= 0 {
            "Пришли сегодня".to_owned()
        } else {
            format!("Самая давняя ждёт {}", age_days(oldest))
        };
        let found = match unknown {
            0 => "все найдены в списках".to_owned(),
            unknown if unknown == n => "в списках пока никого не нашли".to_owned(),
            unknown => format!("{} пока не в списках", counted(unknown, "человек", "человека", "человек")),
        };
        let title = format!("Рассмотреть {}", counted(n, "заявку", "заявки", "заявок"));
        (title, format!("{age}; {found}"), "Рассмотреть".to_owned())
    })
}

fn reconcile(register: &Register, due: &[ReconcileDue]) -> Option<Task> {
    let subjects = due.iter().map(|due| due.group.into()).collect();
    task(TaskKind::Reconcile, Duty::Movement, Urgency::Due, subjects, |n| {
        let groups: Vec<_> = due.iter().filter_map(|due| register.group(due.group)).collect();
        let labels: Vec<&str> = groups.iter().map(|group| group.label.as_str()).collect();
        let are_classes = groups.iter().all(|group| group.kind == GroupKind::SchoolClass);
        let what = if are_classes {
            counted(n, "класс", "класса", "классов")
        } else {
            counted(n, "группу", "группы", "групп")
        };
        let links = due.iter().any(|due| matches!(due.because, ReconcileBecause::LinkUnobserved { .. }));
        let old = due.iter().any(|due| matches!(due.because, ReconcileBecause::LongAgo { .. }));
        let every = register.settings().reconcile_every_days;
        let reason = match (links, old) {
            (true, false) => "Ссылки переданы, а сверки с тех пор не было: по нашему графику пора".to_owned(),
            (true, true) => format!(
                "Со сверки прошло больше {}, или её не было после передачи ссылки",
                days_genitive(every)
            ),
            _ => {
                format!("По нашему графику пора: последний раз сверены больше {} назад", days_genitive(every))
            }
        };
        (format!("Сверить {what}: {}", list_of(&labels, NAMES_IN_TITLE)), reason, "Сверить".to_owned())
    })
}

/// «30 дней», «21 дня»: after «больше».
fn days_genitive(days: u16) -> String {
    counted(days.into(), "дня", "дней", "дней")
}

fn class_teachers(register: &Register, findings: &[ClassTeacherFinding]) -> Option<Task> {
    if register.tables().assignments.is_empty() {
        // Nobody began with it yet: that is no list of debts.
        return None;
    }
    let subjects = findings.iter().map(|finding| finding.group().into()).collect();
    task(TaskKind::ClassTeachers, Duty::ClassTeachers, Urgency::Routine, subjects, |n| {
        let groups: Vec<_> = findings.iter().filter_map(|finding| register.group(finding.group())).collect();
        let labels: Vec<&str> = groups.iter().map(|group| group.label.as_str()).collect();
        let kind = groups.first().map_or(usual_group_kind(register.organization().kind), |group| group.kind);
        let title = match (n, kind) {
            (1, GroupKind::SchoolClass) => format!("Закрепить классного руководителя за {}", labels.concat()),
            (1, GroupKind::KindergartenGroup) => {
                format!("Закрепить воспитателя за группой «{}»", labels.concat())
            }
            (1, _) => format!("Закрепить куратора за {}", labels.concat()),
            _ => format!("Решить, кто {}: {}", class_teacher_word(kind), list_of(&labels, NAMES_IN_TITLE)),
        };
        // The reason of the first alone: each looks through the movements.
        let first = findings.first().map_or_else(String::new, |finding| reason_of_finding(register, finding));
        let reason = if n == 1 { first } else { format!("{first}; всего {n}") };
        (title, sentence(&reason), "Назначить".to_owned())
    })
}

fn reason_of_finding(register: &Register, finding: &ClassTeacherFinding) -> String {
    match finding {
        ClassTeacherFinding::Gap { group, since: None, .. } => {
            let kind = register.group(*group).map_or_else(GroupKind::default, |group| group.kind);
            format!("{} не назначен", class_teacher_word(kind))
        }
        ClassTeacherFinding::Gap { since: Some(since), last, .. } => {
            let last = last.map(|person| departure_words(register, person)).unwrap_or_default();
            format!("место свободно с {}{last}", date_short_without_year(*since))
        }
        ClassTeacherFinding::TeacherLeft { person, on, .. } => {
            format!("{} не работает с {}", short_name(register, *person), date_short_without_year(*on))
        }
        ClassTeacherFinding::Away { person, since, .. } => {
            let since = date_short_without_year(*since);
            format!("{} отсутствует с {since}, замены нет", short_name(register, *person))
        }
        ClassTeacherFinding::Double { people, .. } => {
            let names: Vec<String> = people.iter().map(|person| short_name(register, *person)).collect();
            format!("закреплены сразу {}", list_of(&names, NAMES_IN_TITLE))
        }
    }
}

/// «: Носова Е. А., увольнение, приказ № 211» where the movement is known.
fn departure_words(register: &Register, person: PersonId) -> String {
    let name = short_name(register, person);
    let movements = register.tables().movements.values();
    let dismissal =
        movements.filter(|movement| movement.person == person && movement.kind == MovementKind::Dismissed);
    match dismissal.max_by_key(|movement| movement.on) {
        Some(movement) if !movement.order.number.is_empty() => {
            format!(": {name}, увольнение, приказ № {}", movement.order.number)
        }
        Some(_) => format!(": {name}, увольнение"),
        None => format!(": раньше {name}"),
    }
}

pub(in crate::regulation) fn movements_to_cabinet(register: &Register) -> Option<Task> {
    let open: Vec<&Movement> =
        register.tables().movements.values().filter(|movement| movement.in_cabinet_on.is_none()).collect();
    let subjects = open.iter().map(|movement| movement.id.into()).collect();
    task(TaskKind::MovementsToCabinet, Duty::Movement, Urgency::Routine, subjects, |n| {
        let title = format!("Отметить в кабинете {}", movements_words(&open));
        let mut orders: Vec<String> = open
            .iter()
            .filter(|movement| !movement.order.number.is_empty())
            .map(|movement| format!("№ {}", movement.order.number))
            .collect();
        orders.sort();
        orders.dedup();
        let reason = match orders.len() {
            0 => "Внесены здесь, в кабинете ещё не отмечены".to_owned(),
            1 => format!("По приказу {}, в кабинете ещё не отмечены", orders.concat()),
            _ => format!("По приказам {}, в кабинете ещё не отмечены", list_of(&orders, NAMES_IN_TITLE)),
        };
        (title, reason, format!("Показать {n}"))
    })
}

/// «2 перевода и 1 отчисление»; over three kinds the sum.
fn movements_words(movements: &[&Movement]) -> String {
    let kinds = [
        (MovementKind::Enrolled, ["зачисление", "зачисления", "зачислений"]),
        (MovementKind::Transferred, ["перевод", "перевода", "переводов"]),
        (MovementKind::Left, ["отчисление", "отчисления", "отчислений"]),
        (MovementKind::Graduated, ["выпуск", "выпуска", "выпусков"]),
        (MovementKind::Hired, ["приём на работу", "приёма на работу", "приёмов на работу"]),
        (MovementKind::Dismissed, ["увольнение", "увольнения", "увольнений"]),
        (MovementKind::Returned, ["возвращение", "возвращения", "возвращений"]),
        (MovementKind::Renamed, ["смену имени", "смены имени", "смен имени"]),
    ];
    let parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|(kind, [one, few, many])| {
            let count = movements.iter().filter(|movement| movement.kind == kind).count() as u64;
            (count > 0).then(|| counted(count, one, few, many))
        })
        .collect();
    match parts.as_slice() {
        [only] => only.clone(),
        [first, second] => format!("{first} и {second}"),
        _ => counted(movements.len() as u64, "изменение", "изменения", "изменений"),
    }
}

pub(in crate::regulation) fn cabinet_tasks(register: &Register, today: Date) -> Option<Task> {
    let open = || {
        register
            .tables()
            .cabinet_tasks
            .values()
            .filter(move |step| step.done_on.is_none() && step.due_on.is_none_or(|due| due <= today))
    };
    let subjects = open().map(|step| step.id.into()).collect();
    task(TaskKind::CabinetTasks, Duty::Movement, Urgency::Routine, subjects, |n| {
        let title = format!("Сделать в кабинете {}", counted(n, "дело", "дела", "дел"));
        let texts: Vec<&str> = open().map(|step| step.text.as_str()).collect();
        (title, list_of(&texts, 1), "Показать".to_owned())
    })
}

pub(in crate::regulation) fn appeals(register: &Register, today: Date) -> Option<Task> {
    let open = || register.tables().appeals.values().filter(|appeal| appeal.answered_on.is_none());
    let subjects = open().map(|appeal| appeal.id.into()).collect();
    task(TaskKind::Appeals, Duty::Support, Urgency::Routine, subjects, |n| {
        let title = format!("Ответить на {}", counted(n, "обращение", "обращения", "обращений"));
        let oldest = open().map(|appeal| days_between(appeal.received_on, today)).max().unwrap_or(0);
        let reason = match oldest {
            ..=0 => format!("{} сегодня", plural(n, "Пришло", "Пришли", "Пришли")),
            oldest => format!("Самое давнее ждёт {}", age_days(oldest)),
        };
        (title, reason, "Показать".to_owned())
    })
}

fn status_confirmation(register: &Register, waiting: &BTreeSet<MembershipId>, today: Date) -> Option<Task> {
    let waits = |role: Role| {
        let memberships = waiting.iter().filter_map(|id| register.membership(*id));
        memberships
            .filter(move |membership| membership.role == role && register.is_current(membership, today))
    };
    let subjects =
        waits(Role::Teacher).chain(waits(Role::Employee)).map(|membership| membership.id.into()).collect();
    task(TaskKind::StatusConfirmation, Duty::StatusConfirmation, Urgency::Routine, subjects, |n| {
        let title = format!("Подтвердить {}", counted(n, "статус", "статуса", "статусов"));
        let (teachers, employees) = (waits(Role::Teacher).count(), waits(Role::Employee).count());
        (title, format!("Ждут: учителей {teachers}, сотрудников {employees}"), "Показать".to_owned())
    })
}

pub(in crate::regulation) fn banned_messengers(register: &Register) -> Option<Task> {
    let chats = foreign_chats(register);
    let subjects = chats.iter().map(|chat| chat.chat.into()).collect();
    task(TaskKind::ForeignChats, Duty::ClassChats, Urgency::Routine, subjects, |n| {
        let title = format!("Перенести в MAX {}", counted(n, "чат", "чата", "чатов"));
        let mut platforms: Vec<&str> = chats.iter().map(|chat| platform_words(chat.platform)).collect();
        platforms.sort_unstable();
        platforms.dedup();
        let reason =
            format!("{}: закон не разрешает вести там дела школы", list_of(&platforms, NAMES_IN_TITLE));
        (title, reason, "Показать".to_owned())
    })
}

pub(in crate::regulation) fn chat_transfer(register: &Register) -> Option<Task> {
    let chats = transfer_list(register);
    let subjects = chats.iter().map(|item| item.chat.into()).collect();
    task(TaskKind::ChatTransfer, Duty::ChatTransfer, Urgency::Routine, subjects, |n| {
        let title = format!("Проверить перенос {}", counted(n, "чата", "чатов", "чатов"));
        let reason =
            "После перехода из VK Мессенджера в MAX про них не отмечено, что они перенесены".to_owned();
        (title, reason, "Показать".to_owned())
    })
}

/// The name of the administrator and the order [R 2.1]: documents cannot be signed without them.
fn organization_card(register: &Register) -> Option<Task> {
    let card = register.organization();
    let mut missing = Vec::new();
    if card.administrator.name.is_empty() {
        missing.push("кто назначен администратором");
    }
    if card.administrator.order.number.is_empty() {
        missing.push("номер приказа");
    }
    let subjects = if missing.is_empty() { Vec::new() } else { vec![card.id.into()] };
    task(TaskKind::OrganizationCard, Duty::Appointment, Urgency::Routine, subjects, |_| {
        let title = "Дополнить карточку организации".to_owned();
        (title, format!("Не указано: {}", list_of(&missing, 2)), "Заполнить".to_owned())
    })
    .filter(|_| !card.name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movements_are_named_by_kind() {
        let movement = |kind| Movement {
            id: crate::register::MovementId(1),
            person: PersonId(1),
            role: Role::Student,
            kind,
            on: jiff::civil::date(2026, 10, 9),
            order: crate::register::OrderReference::default(),
            from: None,
            to: None,
            in_cabinet_on: None,
        };
        let [transferred, left, hired] =
            [MovementKind::Transferred, MovementKind::Left, MovementKind::Hired].map(movement);
        assert_eq!(movements_words(&[&transferred, &left, &transferred]), "2 перевода и 1 отчисление");
        assert_eq!(movements_words(&[&hired]), "1 приём на работу");
        assert_eq!(movements_words(&[&hired, &left, &transferred, &left]), "4 изменения");
    }
}
