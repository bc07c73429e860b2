//! `class-teachers`: the distribution, a new one out of text or a table, and the cabinet's list against it (duty 2.3-5).
//! Names stand on stdout only.

use std::path::Path;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open, year};
use super::output::{TextTable, print, print_json, print_line, say};
use super::pasted::read_option;
use crate::register::{Appointee, Entity, Operation, OrderReference, PersonId, Register, SchoolYear};
use crate::regulation::{
    CabinetDifference, CabinetRow, DistributionAnswers, DistributionLine, DistributionPlan,
    PlannedAppointment, PlannedState, StaffNames, TeacherMatch, cabinet_steps_of, class_teacher_rows,
    compare_with_cabinet, plan_distribution, read_distribution, read_distribution_rows,
};
use crate::roster::WorkbookReader;
use crate::session::{JobHandle, Session, read_class_teacher_file};
use crate::wording::{counted, date_short};

/// `class-teachers FILE [--paste SOURCE|-] [--order N] [--date D] [--on D] [--cabinet [--whole]] [--dry-run] [--json]`.
pub(super) fn class_teachers(given: &Given) -> Outcome {
    let is_cabinet = given.has("cabinet");
    if !given.values.contains_key("paste") {
        let needs_paste = ["order", "date", "on"].iter().any(|name| given.values.contains_key(name));
        if is_cabinet || needs_paste || given.has("dry-run") || given.has("whole") {
            return Err(Failure::usage("Нужен ключ --paste: список, который надо прочитать."));
        }
        return show(given, &open(given)?);
    }
    if given.has("whole") && !is_cabinet {
        return Err(Failure::usage("--whole бывает только вместе с --cabinet."));
    }
    let mut session = open(given)?;
    let today = judged_day(&session);
    let year = year(given, session.register(), today)?;
    let (lines, hash) = read_lines(given, session.register(), year, today)?;
    if lines.is_empty() {
        return Err(Failure::failed(
            "Классов с именами в списке не нашлось. Ничего не изменено. Пишите, например, «7Б Иванова Мария Петровна».",
        ));
    }
    let staff = StaffNames::of(session.register(), today);
    if is_cabinet {
        return compare(given, &mut session, &staff, &lines, year, today);
    }
    let answers = DistributionAnswers {
        order: OrderReference {
            number: given.text("order")?.unwrap_or_default().trim().trim_start_matches('№').trim().to_owned(),
            date: given.date("date", today)?,
        },
        since: given.date("on", today)?,
        ..DistributionAnswers::default()
    };
    let mut plan = plan_distribution(session.register(), &staff, &lines, &answers, year, today);
    plan.operation.pasted_hash = hash;
    appoint(given, &mut session, plan)
}

/// Lines of a table where the name of the source is one of a table, else of text.
fn read_lines(
    given: &Given,
    register: &Register,
    year: SchoolYear,
    today: Date,
) -> Result<(Vec<DistributionLine>, String), Failure> {
    let source = given.values.get("paste").and_then(|values| values.last()).map(Path::new);
    let ending =
        source.and_then(|path| path.extension()).map(|ending| ending.to_string_lossy().to_lowercase());
    if let (Some(path), Some("xlsx" | "xls" | "ods" | "csv")) = (source, ending.as_deref()) {
        let reader = WorkbookReader::of_this_program();
        let file = read_class_teacher_file(path, &reader, &JobHandle::default()).map_err(Failure::failed)?;
        return Ok((read_distribution_rows(register, &file.rows, year, today), file.hash));
    }
    let pasted = read_option(given, "paste")?.ok_or_else(|| Failure::usage("Нужен ключ --paste."))?;
    Ok((read_distribution(register, &pasted.text, year, today), pasted.hash))
}

fn appoint(given: &Given, session: &mut Session, plan: DistributionPlan) -> Outcome {
    let before = session.register().clone();
    let count = plan.operation.appointments.len();
    let entry = match given.has("dry-run") || count == 0 {
        true => None,
        false => session.execute(&Operation::AppointClassTeachers(plan.operation.clone()))?.entry,
    };
    if given.has("json") {
        let rows: Vec<Value> = plan.rows.iter().map(|row| planned_json(&before, row)).collect();
        print_json(
            &json!({ "rows": rows, "written": if entry.is_some() { count } else { 0 }, "entry": entry }),
        )?;
    } else {
        print(&planned_table(&before, &plan))?;
    }
    let questions = plan.count(PlannedState::is_question);
    if questions > 0 {
        let lines: Vec<String> = plan
            .rows
            .iter()
            .filter(|row| row.state.is_question())
            .map(|row| format!("{} ({})", row.line, row.state.words()))
            .collect();
        say(&format!("Не записаны строки: {}. Впишите ФИО полностью и повторите.", lines.join(", ")));
    }
    let words = counted(count as u64, "назначение", "назначения", "назначений");
    let end = match entry {
        Some(entry) => format!("Записано: {words}. Запись журнала № {entry}."),
        None if count == 0 => "Нового в списке нет. Ничего не изменено.".to_owned(),
        None => format!("К записи: {words}. Ничего не изменено: с ключом --dry-run список только показан."),
    };
    if given.has("json") {
        say(&end)
    } else {
        print_line(&end)?
    }
    Ok(DONE)
}

fn name_of(register: &Register, person: PersonId) -> String {
    register.person(person).map_or_else(String::new, |person| person.name.full())
}

fn planned_table(register: &Register, plan: &DistributionPlan) -> String {
    let mut table = TextTable::new(
        &[
            "Строка",
            "Группа",
            "В списке",
            "Кто",
            "Что будет",
            "Вместо",
            "Приказ",
            "С какого дня",
            "По какой день",
        ],
        &[0],
    );
    for row in &plan.rows {
        let chosen = match (&row.chosen, &row.teacher) {
            (Some(Appointee::Existing(person)), _) => name_of(register, *person),
            (Some(Appointee::New(name)), _) => name.full(),
            (None, TeacherMatch::Ask(people)) => {
                let names: Vec<String> = people.iter().map(|person| name_of(register, *person)).collect();
                format!("{}?", names.join(" или "))
            }
            (None, _) => String::new(),
        };
        let instead: Vec<String> = row.instead_of.iter().map(|person| name_of(register, *person)).collect();
        table.row([
            row.line.to_string(),
            row.label.clone(),
            row.written.clone(),
            chosen,
            row.state.words().to_owned(),
            instead.join(", "),
            order_text(&row.order),
            if row.state.is_written() { date_short(row.since) } else { String::new() },
            row.until.map(date_short).unwrap_or_default(),
        ]);
    }
    table.render()
}

/// «№ 45 от 1 сен 2026».
fn order_text(order: &OrderReference) -> String {
    let number = if order.number.is_empty() { String::new() } else { format!("№ {}", order.number) };
    let date = order.date.map(|date| format!("от {}", date_short(date))).unwrap_or_default();
    [number, date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn person_json(register: &Register, person: PersonId) -> Value {
    json!({ "id": person, "full_name": name_of(register, person) })
}

fn planned_json(register: &Register, row: &PlannedAppointment) -> Value {
    let people =
        |people: &[PersonId]| people.iter().map(|one| person_json(register, *one)).collect::<Vec<_>>();
    let teacher = match &row.chosen {
        Some(Appointee::Existing(person)) => person_json(register, *person),
        Some(Appointee::New(name)) => json!({ "full_name": name.full() }),
        None => Value::Null,
    };
    let candidates = match (&row.chosen, &row.teacher) {
        (None, TeacherMatch::Ask(asked)) => people(asked),
        _ => Vec::new(),
    };
    json!({
        "line": row.line,
        "group": row.label,
        "written": row.written,
        "state": row.state.code(),
        "teacher": teacher,
        "candidates": candidates,
        "instead_of": people(&row.instead_of),
        "order": row.order,
        "since": row.since,
        "until": row.until,
        "temporary": row.temporary,
    })
}

/// The distribution as it stands.
fn show(given: &Given, session: &Session) -> Outcome {
    let register = session.register();
    let today = judged_day(session);
    let rows = class_teacher_rows(register, year(given, register, today)?, today);
    let assignments = |ids: &[crate::register::AssignmentId]| {
        ids.iter().filter_map(|id| register.tables().assignments.get(id.0)).cloned().collect::<Vec<_>>()
    };
    let label = |group: crate::register::GroupId| {
        register.group(group).map_or_else(String::new, |group| group.label.clone())
    };
    if given.has("json") {
        let rows = rows.iter().map(|row| {
            let teachers: Vec<Value> = assignments(&row.now)
                .iter()
                .map(|one| {
                    json!({
                        "teacher": person_json(register, one.person),
                        "order": one.order,
                        "since": one.since,
                        "until": one.until,
                        "temporary": one.temporary,
                    })
                })
                .collect();
            json!({ "group": label(row.group), "teachers": teachers, "to_settle": row.finding.is_some() })
        });
        print_json(&Value::Array(rows.collect()))?;
        return Ok(DONE);
    }
    let headings = ["Группа", "Кто ведёт", "Приказ", "С какого дня", "По какой день", "Решить"];
    let mut table = TextTable::new(&headings, &[]);
    for row in &rows {
        let settle = if row.finding.is_some() { "да" } else { "" };
        let now = assignments(&row.now);
        if now.is_empty() {
            let empty = String::new;
            table.row([label(row.group), "не назначен".into(), empty(), empty(), empty(), settle.into()]);
        }
        for one in now {
            let name = name_of(register, one.person);
            table.row([
                label(row.group),
                if one.temporary { format!("{name} (временно)") } else { name },
                order_text(&one.order),
                one.since.map(date_short).unwrap_or_default(),
                one.until.map(date_short).unwrap_or_default(),
                settle.to_owned(),
            ]);
        }
    }
    print(&table.render())?;
    Ok(DONE)
}

/// The cabinet's list: differences, and the steps they become.
fn compare(
    given: &Given,
    session: &mut Session,
    staff: &StaffNames,
    lines: &[DistributionLine],
    year: SchoolYear,
    today: Date,
) -> Outcome {
    let register = session.register().clone();
    let rows = compare_with_cabinet(&register, staff, lines, year, today);
    let steps = cabinet_steps_of(&register, &rows, given.has("whole"));
    let count = steps.len();
    let entry = match given.has("dry-run") || count == 0 {
        true => None,
        false => session.execute(&Operation::Add(steps.iter().cloned().map(Entity::from).collect()))?.entry,
    };
    if given.has("json") {
        let texts: Vec<&str> = steps.iter().map(|step| step.text.as_str()).collect();
        let rows: Vec<Value> = rows.iter().map(|row| cabinet_json(&register, row)).collect();
        print_json(&json!({ "rows": rows, "steps": texts, "entry": entry }))?;
    } else {
        let mut table = TextTable::new(&["Группа", "У нас", "В кабинете", "Что выходит"], &[]);
        for row in rows.iter().filter(|row| row.difference != CabinetDifference::Same) {
            let ours: Vec<String> = row.ours.iter().map(|person| name_of(&register, *person)).collect();
            let label = register.group(row.group).map_or_else(String::new, |group| group.label.clone());
            table.row([label, ours.join(", "), row.theirs.join(", "), row.difference.words().to_owned()]);
        }
        print(&table.render())?;
    }
    let words = counted(count as u64, "дело", "дела", "дел");
    let end = match entry {
        Some(entry) => format!("Для кабинета записано: {words}. Запись журнала № {entry}."),
        None if count == 0 => "Новых дел для кабинета нет. Ничего не изменено.".to_owned(),
        None => format!(
            "Для кабинета будет: {words}. Ничего не изменено: с ключом --dry-run список только показан."
        ),
    };
    if given.has("json") {
        say(&end)
    } else {
        print_line(&end)?
    }
    Ok(DONE)
}

fn cabinet_json(register: &Register, row: &CabinetRow) -> Value {
    let ours: Vec<Value> = row.ours.iter().map(|person| person_json(register, *person)).collect();
    json!({
        "group": register.group(row.group).map(|group| group.label.clone()),
        "ours": ours,
        "theirs": row.theirs,
        "difference": row.difference.code(),
    })
}
