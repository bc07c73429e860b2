//! `enrol`, `hire`, `transfer`, `leave`, `dismiss`, `return`, `movement` (duty 2.3-8).

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{group, judged_day, open};
use super::output::{TextTable, print, print_json, print_line};
use crate::names::{FullName, Role, fold, parse_date, parse_phone};
use crate::register::{
    Entering, EnteringAdult, EnteringWho, GroupId, Leaving, Membership, MovementKind, MovementOperation,
    MovementStep, Operation, OrderReference, Person, PersonId, Register, Returning,
};
use crate::regulation::{
    LedgerFilter, Namesake, links_for_newcomer, movement_kind_words, movement_ledger, people_of_name,
    steps_of_entering, steps_of_leaving, steps_of_return, steps_of_transfer,
};
use crate::session::{Session, movement_cells, write_movement_table};
use crate::wording::{counted, date_short, role_plural};

/// `enrol FILE NAME --class LABEL [--adult NAME [--phone PHONE]] [--order N] [--date DATE] [--namesake]`.
pub(super) fn enrol(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let name = name_given(given)?;
    let today = judged_day(&session);
    let group = group(given, session.register(), today)?.id;
    let adult = given.text("adult")?.map(parsed_name).transpose()?;
    let phone = given.text("phone")?.map(|text| {
        parse_phone(text).map_err(|_| Failure::usage("--phone: один номер, например +7 912 345-67-89."))
    });
    let phone = phone.transpose()?;
    if adult.is_none() && phone.is_some() {
        return Err(Failure::usage("Ключ --phone говорит о взрослом: нужен и ключ --adult."));
    }
    let register = session.register();
    refuse_namesakes(given, register, &people_of_name(register, &name, today))?;
    let adults = adult.into_iter().map(|adult| {
        let known = people_of_name(register, &adult, today);
        let same_phone = known.iter().find(|one| {
            one.is_same_name
                && phone.is_some()
                && register.person(one.person).is_some_and(|person| person.phone == phone)
        });
        EnteringAdult {
            tasks: steps_of_entering(register, &adult, Role::Parent, Some(group), today),
            who: match same_phone {
                Some(known) => EnteringWho::Known(known.person),
                None => EnteringWho::New { name: adult, phone: phone.clone() },
            },
            basis: String::new(),
        }
    });
    let entering = Entering {
        tasks: steps_of_entering(register, &name, Role::Student, Some(group), today),
        adults: adults.collect(),
        person: Person { name, ..Person::default() },
        role: Role::Student,
        group: Some(group),
        post: String::new(),
    };
    let step = MovementStep::Enter(Box::new(entering));
    execute(&mut session, given, step, "Зачислено: 1 человек")?;
    tell_links(&session, Some(group), Role::Student)
}

/// `hire FILE NAME [--role teacher|employee] [--class LABEL] [--post POST] [--until DATE] [--order N] [--date DATE]`.
pub(super) fn hire(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let name = name_given(given)?;
    let today = judged_day(&session);
    let role = given.role()?.unwrap_or(Role::Teacher);
    if !role.is_staff() {
        return Err(Failure::usage("hire: --role teacher или employee."));
    }
    let register = session.register();
    refuse_namesakes(given, register, &people_of_name(register, &name, today))?;
    let group = match group_is_given(given) {
        true => Some(group(given, register, today)?.id),
        false => staff_group(register),
    };
    let entering = Entering {
        tasks: steps_of_entering(register, &name, role, group, today),
        adults: Vec::new(),
        person: Person { name, contract_until: given.date("until", today)?, ..Person::default() },
        role,
        group,
        post: given.text("post")?.unwrap_or_default().to_owned(),
    };
    let step = MovementStep::Enter(Box::new(entering));
    execute(&mut session, given, step, "Принято на работу: 1 человек")?;
    tell_links(&session, group, role)
}

/// `transfer FILE NAME|NUMBER --class LABEL [--order N] [--date DATE]`.
pub(super) fn transfer(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = judged_day(&session);
    let register = session.register();
    let person = person_given(given, register, |person| person.left_on.is_none())?;
    let to = group(given, register, today)?.id;
    let current: Vec<&Arc<Membership>> = register
        .memberships_of_person(person.id)
        .filter(|membership| membership.role == Role::Student && membership.group.is_some())
        .filter(|membership| register.is_current(membership, today))
        .collect();
    let [membership] = current[..] else {
        return Err(Failure::failed(
            "Переводить можно того, кто учится ровно в одном классе. Ничего не изменено.",
        ));
    };
    let tasks = steps_of_transfer(register, membership, to, today);
    let step = MovementStep::Transfer { seen: membership.clone(), to, tasks };
    execute(&mut session, given, step, "Переведено: 1 человек")?;
    tell_links(&session, Some(to), Role::Student)
}

/// `leave FILE NAME|NUMBER [--graduated] [--order N] [--date DATE]`.
pub(super) fn leave(given: &Given) -> Outcome {
    let kind = if given.has("graduated") { MovementKind::Graduated } else { MovementKind::Left };
    leave_as(given, kind)
}

/// `dismiss FILE NAME|NUMBER [--order N] [--date DATE]`.
pub(super) fn dismiss(given: &Given) -> Outcome {
    leave_as(given, MovementKind::Dismissed)
}

fn leave_as(given: &Given, kind: MovementKind) -> Outcome {
    let mut session = open(given)?;
    let today = judged_day(&session);
    let register = session.register();
    let seen = person_given(given, register, |person| person.left_on.is_none())?;
    let tasks = steps_of_leaving(register, &seen, kind, today);
    let step = MovementStep::Leave(vec![Leaving { seen, kind, tasks }]);
    let words = match kind {
        MovementKind::Dismissed => "Уволено: 1 человек",
        MovementKind::Graduated => "Выпущено: 1 человек",
        _ => "Отчислено: 1 человек",
    };
    execute(&mut session, given, step, words)?;
    Ok(DONE)
}

/// `return FILE NAME|NUMBER [--class LABEL] [--role ROLE] [--post POST] [--order N] [--date DATE]`.
pub(super) fn come_back(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = judged_day(&session);
    let register = session.register();
    let seen = person_given(given, register, |person| person.left_on.is_some())?;
    let last = register.memberships_of_person(seen.id).max_by_key(|one| (one.until, one.id));
    let role = given.role()?.or(last.map(|last| last.role)).unwrap_or(Role::Student);
    let group = match group_is_given(given) {
        true => Some(group(given, register, today)?.id),
        false if role.is_staff() => last.and_then(|last| last.group).or_else(|| staff_group(register)),
        false => return Err(Failure::usage("Нужен ключ --class: в какой класс.")),
    };
    let tasks = steps_of_return(register, &seen, role, group, today);
    let post = given.text("post")?.map_or_else(
        || last.filter(|last| last.role == role).map_or_else(String::new, |last| last.post.clone()),
        str::to_owned,
    );
    let step = MovementStep::Return(Box::new(Returning { seen, role, group, post, tasks }));
    execute(&mut session, given, step, "Вернулось: 1 человек")?;
    tell_links(&session, group, role)
}

/// `movement FILE [--from DATE] [--to DATE] [--kind KIND] [--order N] [--open] [--json] [--out PATH]`.
pub(super) fn movement(given: &Given) -> Outcome {
    let session = open(given)?;
    let (register, today) = (session.register(), judged_day(&session));
    let kind = given.text("kind")?.map(|text| {
        serde_json::from_value::<MovementKind>(Value::String(text.to_owned())).map_err(|_| {
            Failure::usage(
                "--kind: enrolled, transferred, left, graduated, hired, dismissed, returned или renamed.",
            )
        })
    });
    let filter = LedgerFilter {
        from: given.date("from", today)?,
        until: given.date("to", today)?,
        kind: kind.transpose()?,
        order: given.text("order")?.unwrap_or_default().to_owned(),
        only_open: given.has("open"),
    };
    let rows = movement_ledger(register, &filter);
    if let Some(out) = given.values.get("out").and_then(|values| values.last()) {
        write_movement_table(register, &rows, &PathBuf::from(out), session.path())?;
        print_line(&format!("Записано: {}.", counted(rows.len() as u64, "строка", "строки", "строк")))?;
        return Ok(DONE);
    }
    if given.has("json") {
        let label = |group: Option<GroupId>| {
            group.and_then(|group| register.group(group)).map(|group| group.label.clone())
        };
        let rows = rows.iter().map(|row| {
            json!({
                "id": row.movement,
                "on": row.on,
                "kind": row.kind,
                "person": row.person,
                "full_name": register.person(row.person).map(|person| person.name.full()),
                "role": row.role.code(),
                "from": label(row.from),
                "to": label(row.to),
                "order": row.order.number,
                "order_date": row.order.date,
                "in_cabinet_on": row.in_cabinet_on,
            })
        });
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(
        &["Дата", "ФИО", "Роль", "Движение", "Откуда", "Куда", "Приказ", "От", "В кабинете"],
        &[],
    );
    for row in &rows {
        table.row(movement_cells(register, row));
    }
    print(&table.render())?;
    let mut kinds: std::collections::BTreeMap<MovementKind, u64> = Default::default();
    for row in &rows {
        *kinds.entry(row.kind).or_default() += 1;
    }
    let kinds: Vec<String> =
        kinds.into_iter().map(|(kind, count)| format!("{}: {count}", movement_kind_words(kind))).collect();
    let all = counted(rows.len() as u64, "движение", "движения", "движений");
    let by_kind = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
    print_line(&format!("Всего: {all}{by_kind}"))?;
    Ok(DONE)
}

fn execute(session: &mut Session, given: &Given, step: MovementStep, done: &str) -> Result<(), Failure> {
    let today = session.clock().today();
    let on = given.date("date", today)?.unwrap_or(today);
    let (number, date) = match given.text("order")? {
        Some(text) => order_parts(text, today),
        None => (String::new(), None),
    };
    let movement = MovementOperation { on, order: OrderReference { number, date }, step };
    let executed = session.execute(&Operation::RecordMovement(Box::new(movement)))?;
    let Some(entry) = executed.entry else { return print_line("Изменений нет.") };
    let tasks = executed
        .changes
        .changes
        .iter()
        .filter(|change| {
            change.before.is_none() && matches!(change.after, Some(crate::register::Entity::CabinetTask(_)))
        })
        .count() as u64;
    let tasks = match tasks {
        0 => String::new(),
        tasks => format!(" В кабинете: {}.", counted(tasks, "дело", "дела", "дел")),
    };
    print_line(&format!("{done}, с {}.{tasks} Запись журнала № {entry}.", date_short(on)))
}

/// «214 от 12.10.2026» is a number and a day; anything else is a number.
fn order_parts(text: &str, today: jiff::civil::Date) -> (String, Option<jiff::civil::Date>) {
    let text = text.trim().trim_start_matches('№').trim();
    match text.split_once(" от ") {
        Some((number, date)) => match parse_date(date, today) {
            Ok(date) => (number.trim().to_owned(), Some(date)),
            Err(_) => (text.to_owned(), None),
        },
        None => (text.to_owned(), None),
    }
}

/// Which links are to be given out; never an address.
fn tell_links(session: &Session, group: Option<GroupId>, role: Role) -> Outcome {
    let today = session.clock().today();
    for (role, link) in links_for_newcomer(session.register(), group, role, today) {
        let words = match link {
            Some(invite) => format!("ссылка № {} {}", invite.id, invite.address.tail()),
            None => "действующей ссылки нет".to_owned(),
        };
        print_line(&format!("  {}: {words}", role_plural(role)))?;
    }
    Ok(DONE)
}

fn group_is_given(given: &Given) -> bool {
    given.values.contains_key("class") || given.values.contains_key("group")
}

fn staff_group(register: &Register) -> Option<GroupId> {
    let groups = register.tables().groups.values();
    let is_staff = |group: &&crate::register::Group| {
        group.kind == crate::register::GroupKind::TeachingStaff && group.archived_on.is_none()
    };
    groups.filter(is_staff).map(|group| group.id).next()
}

fn parsed_name(text: &str) -> Result<FullName, Failure> {
    FullName::parse(text).map_err(|_| {
        Failure::usage("ФИО не читается: нужны фамилия и имя, например «Белкина Анна Петровна».")
    })
}

fn name_given(given: &Given) -> Result<FullName, Failure> {
    parsed_name(given.place(1).unwrap_or_default())
}

/// Somebody of this name is known: whoever means another person says so.
fn refuse_namesakes(given: &Given, register: &Register, found: &[Namesake]) -> Result<(), Failure> {
    let same: Vec<&Namesake> = found.iter().filter(|one| one.is_same_name).collect();
    if same.is_empty() || given.has("namesake") {
        return Ok(());
    }
    let mut text = String::new();
    for one in &same {
        let name = register.person(one.person).map_or_else(String::new, |person| person.name.full());
        let state = one.left_on.map_or_else(|| "здесь".to_owned(), |on| format!("выбыл {}", date_short(on)));
        text.push_str(&format!("  № {}: {name}, {state}\n", one.person));
    }
    print(&text)?;
    Err(Failure::usage(
        "Такой человек уже есть в реестре (список выше). Ничего не изменено. Кто выбыл, возвращается командой \
         return; если это тёзка, добавьте ключ --namesake.",
    ))
}

/// The person named by number or name; of several the list goes to stdout.
fn person_given(
    given: &Given,
    register: &Register,
    is_meant: impl Fn(&Person) -> bool,
) -> Result<Arc<Person>, Failure> {
    let text = given.place(1).unwrap_or_default();
    if let Ok(number) = text.trim().trim_start_matches('№').trim().parse::<u32>() {
        let missing = || Failure::failed(format!("Человека № {number} в файле нет. Ничего не изменено."));
        return register.person(PersonId(number)).cloned().ok_or_else(missing);
    }
    let wanted = parsed_name(text)?;
    let is_named = |person: &Person| {
        fold(&person.name.surname) == fold(&wanted.surname)
            && fold(&person.name.given) == fold(&wanted.given)
            && (wanted.patronymic.is_empty() || fold(&person.name.patronymic) == fold(&wanted.patronymic))
    };
    let people = register.tables().people.iter().map(|(_, person)| person);
    let found: Vec<&Arc<Person>> = people.filter(|person| is_named(person) && is_meant(person)).collect();
    match found[..] {
        [one] => Ok(one.clone()),
        [] => Err(Failure::failed(
            "Такого человека в реестре нет (или с ним этого не сделать). Ничего не изменено. Список: команда people.",
        )),
        _ => {
            let lines: Vec<String> =
                found.iter().map(|person| format!("  № {}: {}\n", person.id, person.name.full())).collect();
            print(&lines.concat())?;
            Err(Failure::usage(
                "Таких людей несколько (список выше). Ничего не изменено. Укажите номер вместо имени.",
            ))
        }
    }
}
