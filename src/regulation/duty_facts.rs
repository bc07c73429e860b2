//! What is left of each duty, thing by thing, and which facts prove it. No link address stands here.

use super::short_name;
use jiff::civil::Date;

use super::chats::{chat_kind_words, missing_chats, transfer_list, transfer_words};
use super::class_teachers::{ClassTeacherFinding, class_teacher_findings};
use super::duty::Duty;
use super::duty_page::{DutyLeft, DutyPlace};
use super::reconcile_due::{ReconcileBecause, reconcile_due};
use super::staleness::all_flags;
use super::year::{chat_title, class_teacher_word, current_year, sort_groups};
use crate::names::Role;
use crate::register::{
    ChatKind, GroupId, GroupKind, Invite, MovementKind, ParticipationState, PersonId, Register, Target,
    TransferState, Verification,
};
use crate::wording::{counted, date_long, date_short, role_plural};

/// What is left of a duty, in the order of its lists.
pub(super) fn left_of(register: &Register, duty: Duty, today: Date) -> Vec<DutyLeft> {
    match duty {
        Duty::Appointment => appointment_left(register),
        Duty::OrganizationCard => card_left(register),
        Duty::Structure => structure_left(register, today),
        Duty::ClassTeachers => class_teachers_left(register, today),
        Duty::JoinRequests => requests_left(register),
        Duty::StatusConfirmation => verification_left(register, |role| role.is_staff(), today),
        Duty::EmployeeRole => verification_left(register, |role| role == Role::Employee, today),
        Duty::Movement => movement_left(register),
        Duty::RevokeUnclaimed => cleanup_left(register, today),
        Duty::Support => appeals_left(register),
        Duty::Oversight => oversight_left(register, today),
        Duty::ChatTransfer => transfer_left(register),
        Duty::ClassChats => chats_left(register, today),
        Duty::SafeMode => safe_mode_left(register, today),
        Duty::TeachingStaff
        | Duty::InviteLinks
        | Duty::Voluntary
        | Duty::SubjectChats
        | Duty::StudentsJoin
        | Duty::ParentsJoin => Vec::new(),
    }
}

fn left(words: impl Into<String>, place: impl Into<Option<DutyPlace>>) -> DutyLeft {
    DutyLeft { words: words.into(), place: place.into() }
}

fn label_of(register: &Register, group: GroupId) -> String {
    register.group(group).map_or_else(String::new, |group| group.label.clone())
}

fn appointment_left(register: &Register) -> Vec<DutyLeft> {
    let administrator = &register.organization().administrator;
    let gaps = [
        (administrator.name.is_empty(), "Указать, кто назначен администратором"),
        (administrator.order.number.is_empty(), "Указать номер и дату приказа"),
    ];
    gaps_left(&gaps)
}

fn card_left(register: &Register) -> Vec<DutyLeft> {
    let card = register.organization();
    gaps_left(&[
        (card.address.is_empty(), "Указать адрес организации"),
        (card.head.is_empty(), "Указать руководителя"),
    ])
}

fn gaps_left(gaps: &[(bool, &str)]) -> Vec<DutyLeft> {
    let open = gaps.iter().filter(|(open, _)| *open);
    open.map(|(_, words)| left(*words, DutyPlace::OrganizationCard)).collect()
}

fn structure_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let mut groups: Vec<_> = register
        .tables()
        .groups
        .iter()
        .map(|(_, group)| group)
        .filter(|group| group.archived_on.is_none() && group.year.is_some_and(|year| year.last_day() < today))
        .collect();
    sort_groups(&mut groups);
    let ended = |year| format!("{year} год закончился");
    let line = |group: &&std::sync::Arc<crate::register::Group>| {
        let year = group.year.map_or_else(String::new, ended);
        left(format!("{}: {year}", group.label), DutyPlace::Group(group.id))
    };
    groups.iter().map(line).collect()
}

fn class_teachers_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let findings = class_teacher_findings(register, today);
    let line = |finding: ClassTeacherFinding| {
        let group = finding.group();
        let post =
            register.group(group).map_or("руководитель", |group| class_teacher_word(group.kind));
        let what = match finding {
            ClassTeacherFinding::Gap { .. } => format!("{post} не назначен"),
            ClassTeacherFinding::TeacherLeft { person, on, .. } => {
                format!("{} больше не работает с {}", short_name(register, person), date_short(on))
            }
            ClassTeacherFinding::Away { person, since, .. } => {
                format!("{} отсутствует с {}, замены нет", short_name(register, person), date_short(since))
            }
            ClassTeacherFinding::Double { people, .. } => {
                format!("назначены сразу {}", counted(people.len() as u64, "человек", "человека", "человек"))
            }
        };
        left(format!("{}: {what}", label_of(register, group)), DutyPlace::Group(group))
    };
    findings.into_iter().map(line).collect()
}

fn requests_left(register: &Register) -> Vec<DutyLeft> {
    let mut waiting: Vec<_> =
        register.tables().join_requests.values().filter(|request| request.decision.is_none()).collect();
    waiting.sort_by_key(|request| (request.received_on, request.id));
    let line = |request: &&crate::register::JoinRequest| {
        left(
            format!("{}, заявка от {}", request.written_name, date_short(request.received_on)),
            DutyPlace::Requests,
        )
    };
    waiting.iter().map(line).collect()
}

fn verification_left(register: &Register, of_role: impl Fn(Role) -> bool, today: Date) -> Vec<DutyLeft> {
    let mut found: Vec<DutyLeft> = Vec::new();
    for membership in register.tables().memberships.values() {
        if !of_role(membership.role) || !register.is_current(membership, today) {
            continue;
        }
        let state = match membership.verification {
            Verification::Waiting => "ждёт подтверждения",
            Verification::Rejected => "отклонён в кабинете",
            Verification::NoInformation | Verification::Verified => continue,
        };
        let name = short_name(register, membership.person);
        found.push(left(format!("{name}: {state}"), DutyPlace::Person(membership.person)));
    }
    found.sort_by(|one, other| one.words.cmp(&other.words));
    found
}

fn movement_words(kind: MovementKind) -> &'static str {
    match kind {
        MovementKind::Enrolled => "зачисление",
        MovementKind::Transferred => "перевод",
        MovementKind::Left => "отчисление",
        MovementKind::Graduated => "выпуск",
        MovementKind::Hired => "приём",
        MovementKind::Dismissed => "увольнение",
        #[allow(unreachable_patterns, reason = "a kind that is added later reads as what it is in general")]
        _ => "движение",
    }
}

fn movement_left(register: &Register) -> Vec<DutyLeft> {
    let mut open: Vec<_> =
        register.tables().movements.values().filter(|movement| movement.in_cabinet_on.is_none()).collect();
    open.sort_by_key(|movement| (movement.on, movement.id));
    let line = |movement: &&crate::register::Movement| {
        let name = short_name(register, movement.person);
        let words = format!("{name}: {}, {}", movement_words(movement.kind), date_short(movement.on));
        left(words, DutyPlace::CabinetTasks)
    };
    open.iter().map(line).collect()
}

fn cleanup_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let flags = all_flags(register, today);
    let line = |(invite, flags): (&Invite, &str)| {
        let place = match register.group_of_target(invite.target) {
            Some(group) => label_of(register, group),
            None => "организация".to_owned(),
        };
        left(format!("{place}, {}: {flags}", role_plural(invite.role)), DutyPlace::Link(invite.id))
    };
    let mut lines: Vec<DutyLeft> = Vec::new();
    for (id, flags) in &flags {
        if let (Some(invite), Some(first)) = (register.invite(*id), flags.first()) {
            lines.push(line((invite, first.rule.words())));
        }
    }
    lines
}

fn appeals_left(register: &Register) -> Vec<DutyLeft> {
    let mut open: Vec<_> =
        register.tables().appeals.values().filter(|appeal| appeal.answered_on.is_none()).collect();
    open.sort_by_key(|appeal| (appeal.received_on, appeal.id));
    let line = |appeal: &&crate::register::Appeal| {
        let words = format!("Обращение № {} от {}: ответить", appeal.id, date_short(appeal.received_on));
        left(words, appeal.person.map(DutyPlace::Person))
    };
    open.iter().map(line).collect()
}

fn oversight_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let line = |due: super::reconcile_due::ReconcileDue| {
        let why = match due.because {
            ReconcileBecause::LinkUnobserved { handed_on } => {
                format!("ссылка передана {}, сверки ещё не было", date_short(handed_on))
            }
            ReconcileBecause::LongAgo { last } => format!("сверено {}", date_short(last)),
        };
        left(format!("{}: {why}", label_of(register, due.group)), DutyPlace::Reconcile(due.group))
    };
    reconcile_due(register, today).into_iter().map(line).collect()
}

fn transfer_left(register: &Register) -> Vec<DutyLeft> {
    let line = |item: super::chats::TransferItem| {
        let chat = register.chat(item.chat)?;
        let state = match item.transfer {
            TransferState::NotApplicable => "ещё в VK Мессенджере",
            other => transfer_words(other),
        };
        let place = chat.group.map(DutyPlace::Group);
        Some(left(format!("«{}»: {state}", chat_title(register, chat)), place))
    };
    transfer_list(register).into_iter().filter_map(line).collect()
}

fn chats_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let line = |missing: super::chats::MissingChat| {
        let words = format!("{}: {}", label_of(register, missing.group), chat_kind_words(missing.kind));
        left(words, DutyPlace::Group(missing.group))
    };
    missing_chats(register, today).into_iter().map(line).collect()
}

fn safe_mode_left(register: &Register, today: Date) -> Vec<DutyLeft> {
    let mut groups: Vec<_> = register
        .groups_in_year(current_year(register, today))
        .filter(|group| matches!(group.kind, GroupKind::SchoolClass | GroupKind::StudyGroup))
        .filter(|group| group.safe_mode_on.is_none())
        .collect();
    sort_groups(&mut groups);
    groups
        .iter()
        .map(|group| left(format!("{}: отметить безопасный режим", group.label), DutyPlace::Group(group.id)))
        .collect()
}

/// «12 ссылок, последняя 5 окт 2026»: how many, and the latest day.
fn counted_with_last(days: impl Iterator<Item = Date>, forms: [&str; 3], last_word: &str) -> Option<String> {
    let (mut count, mut last) = (0_u64, None);
    for day in days {
        count += 1;
        last = last.max(Some(day));
    }
    let last = last.map(date_short)?;
    Some(format!("{}, {last_word} {last}", counted(count, forms[0], forms[1], forms[2])))
}

const LINKS: [&str; 3] = ["ссылка", "ссылки", "ссылок"];

/// The facts that prove a duty, each one sentence; none where nothing was recorded.
pub(super) fn proofs_of(register: &Register, duty: Duty, today: Date) -> Vec<String> {
    let tables = register.tables();
    let card = register.organization();
    let one = |proof: Option<String>| proof.into_iter().collect::<Vec<_>>();
    match duty {
        Duty::Appointment => appointment_proofs(register),
        Duty::OrganizationCard => {
            let facts = [(&card.address, "Адрес"), (&card.head, "Руководитель")];
            facts
                .iter()
                .filter(|(value, _)| !value.is_empty())
                .map(|(value, word)| format!("{word}: {value}"))
                .collect()
        }
        Duty::TeachingStaff => one(members_of_staff(register, today)),
        Duty::Structure => one(groups_of_year(register, today)),
        Duty::InviteLinks => {
            let standing = tables.invites.values().filter(|invite| invite.revocation.is_none());
            let recorded =
                counted_with_last(standing.map(|invite| invite.recorded_on), LINKS, "последняя записана");
            one(recorded.map(|words| format!("В реестре {words}")))
        }
        Duty::ClassTeachers => one(teachers_attached(register, today)),
        Duty::JoinRequests => {
            let decided =
                tables.join_requests.values().filter_map(|request| Some(request.decision.as_ref()?.on));
            let words = counted_with_last(decided, ["заявка", "заявки", "заявок"], "последняя");
            one(words.map(|words| format!("Рассмотрено: {words}")))
        }
        Duty::StatusConfirmation => one(verified(register, |role| role.is_staff(), today)),
        Duty::EmployeeRole => one(verified(register, |role| role == Role::Employee, today)),
        Duty::Movement => {
            let done = tables.movements.values().filter_map(|movement| movement.in_cabinet_on);
            let words = counted_with_last(done, ["движение", "движения", "движений"], "последнее");
            one(words.map(|words| format!("Отражено в кабинете: {words}")))
        }
        Duty::RevokeUnclaimed => revoked(register),
        Duty::Support => {
            let answered = tables.appeals.values().filter_map(|appeal| appeal.answered_on);
            let words = counted_with_last(answered, ["обращение", "обращения", "обращений"], "последнее");
            one(words.map(|words| format!("Отвечено: {words}")))
        }
        Duty::Oversight => {
            let looks = tables.observations.values().map(|seen| seen.on);
            let words = counted_with_last(looks, ["сверка", "сверки", "сверок"], "последняя");
            one(words.map(|words| format!("Записано: {words}")))
        }
        Duty::Voluntary => voluntary(register),
        Duty::ChatTransfer => {
            let settled =
                |transfer| matches!(transfer, TransferState::Transferred | TransferState::CreatedAnew);
            let count = tables.chats.values().filter(|chat| settled(chat.transfer)).count() as u64;
            let words =
                || format!("Перенесено или создано заново: {}", counted(count, "чат", "чата", "чатов"));
            one((count > 0).then(words))
        }
        Duty::ClassChats => one(chats_of(register, |kind| kind != ChatKind::Subject)),
        Duty::SubjectChats => one(chats_of(register, |kind| kind == ChatKind::Subject)),
        Duty::StudentsJoin => one(chat_links(register, Role::Student)),
        Duty::ParentsJoin => one(chat_links(register, Role::Parent)),
        Duty::SafeMode => {
            let groups = tables.groups.values().filter_map(|group| group.safe_mode_on);
            let people = tables.people.values().filter_map(|person| person.safe_mode_on);
            let words =
                counted_with_last(groups.chain(people), ["отметка", "отметки", "отметок"], "последняя");
            one(words.map(|words| format!("Безопасный режим: {words}")))
        }
    }
}

fn appointment_proofs(register: &Register) -> Vec<String> {
    let card = register.organization();
    let of_one = |word: &str, person: &crate::register::ResponsiblePerson| {
        let order = &person.order;
        let paper = match (&order.number, order.date) {
            (number, _) if number.is_empty() => String::new(),
            (number, Some(day)) => format!(", приказ от {} г. № {number}", date_long(day)),
            (number, None) => format!(", приказ № {number}"),
        };
        format!("{word}: {}{paper}", person.name)
    };
    let mut proofs = Vec::new();
    if !card.administrator.name.is_empty() {
        proofs.push(of_one("Администратор", &card.administrator));
    }
    let deputies = card.deputies.iter().filter(|deputy| !deputy.name.is_empty());
    proofs.extend(deputies.map(|deputy| of_one("Заместитель", deputy)));
    proofs
}

fn members_of_staff(register: &Register, today: Date) -> Option<String> {
    let groups = register
        .tables()
        .groups
        .values()
        .filter(|group| group.kind == GroupKind::TeachingStaff && group.archived_on.is_none());
    let mut people: Vec<PersonId> = groups
        .flat_map(|group| register.memberships_of_group(group.id))
        .filter(|membership| register.is_current(membership, today))
        .map(|membership| membership.person)
        .collect();
    people.sort_unstable();
    people.dedup();
    let count = people.len() as u64;
    (count > 0)
        .then(|| format!("В педагогическом коллективе {}", counted(count, "человек", "человека", "человек")))
}

fn groups_of_year(register: &Register, today: Date) -> Option<String> {
    let year = current_year(register, today);
    let count =
        register.groups_in_year(year).filter(|group| group.kind != GroupKind::TeachingStaff).count() as u64;
    (count > 0).then(|| format!("{year}: {}", counted(count, "группа", "группы", "групп")))
}

fn teachers_attached(register: &Register, today: Date) -> Option<String> {
    let groups = register.groups_in_year(current_year(register, today));
    let (mut groups_with, mut with_order) = (0_u64, 0_u64);
    for group in groups {
        let mut attached = register.class_teachers(group.id, today).peekable();
        groups_with += u64::from(attached.peek().is_some());
        with_order += u64::from(attached.any(|assignment| !assignment.order.number.is_empty()));
    }
    let words = || {
        let groups = counted(groups_with, "группы", "групп", "групп");
        format!("Руководитель назначен у {groups}, приказ указан у {with_order}")
    };
    (groups_with > 0).then(words)
}

fn verified(register: &Register, of_role: impl Fn(Role) -> bool, today: Date) -> Option<String> {
    let memberships = register.tables().memberships.values();
    let confirmed = memberships.filter(|membership| {
        of_role(membership.role)
            && membership.verification == Verification::Verified
            && register.is_current(membership, today)
    });
    let count = confirmed.count() as u64;
    (count > 0).then(|| format!("Подтверждено: {}", counted(count, "статус", "статуса", "статусов")))
}

fn revoked(register: &Register) -> Vec<String> {
    let gone = register.tables().invites.values().filter_map(|invite| Some(invite.revocation.as_ref()?.on));
    let revoked = counted_with_last(gone, LINKS, "последняя");
    let mut proofs: Vec<String> = revoked.map(|words| format!("Аннулировано: {words}")).into_iter().collect();
    let standing =
        register.tables().invites.values().filter(|invite| invite.revocation.is_none()).count() as u64;
    if standing > 0 {
        proofs.push(format!("Под наблюдением: {}", counted(standing, LINKS[0], LINKS[1], LINKS[2])));
    }
    proofs
}

/// How many told something of themselves: a number without any judgement [R 1.8].
fn voluntary(register: &Register) -> Vec<String> {
    let tables = register.tables();
    let states = || {
        let members = tables.memberships.values().map(|membership| membership.participation.state);
        members.chain(tables.guardianships.values().map(|guardianship| guardianship.participation.state))
    };
    let known = states().filter(|state| *state != ParticipationState::NoInformation).count() as u64;
    let mut proofs = Vec::new();
    if known > 0 {
        proofs.push(format!("Учтено: {}", counted(known, "ответ", "ответа", "ответов")));
        let not = states().filter(|state| *state == ParticipationState::DoesNotParticipate).count();
        proofs.push(format!("Не участвуют по своему выбору: {not}"));
    }
    proofs
}

fn chats_of(register: &Register, of_kind: impl Fn(ChatKind) -> bool) -> Option<String> {
    let chats =
        register.tables().chats.values().filter(|chat| chat.archived_on.is_none() && of_kind(chat.kind));
    let count = chats.count() as u64;
    (count > 0).then(|| format!("Учтено: {}", counted(count, "чат", "чата", "чатов")))
}

fn chat_links(register: &Register, role: Role) -> Option<String> {
    let links = register.tables().invites.values().filter(|invite| {
        invite.revocation.is_none() && invite.role == role && matches!(invite.target, Target::Chat(_))
    });
    let words = counted_with_last(links.map(|invite| invite.recorded_on), LINKS, "последняя записана");
    words.map(|words| format!("В чаты: {words}"))
}
