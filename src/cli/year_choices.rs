//! What the options of `year` say, as the answers a screen would give.

use jiff::civil::Date;

use super::failure::Failure;
use super::given::Given;
use super::import_choices::{parse_order, request_of};
use super::opening::year;
use crate::names::{fold, group_key};
use crate::register::{GroupId, MembershipId, PersonId, Register, SchoolYear};
use crate::regulation::{GroupFate, NextLabel, PersonFate, YearEdit, due_year_change};
use crate::session::YearRequest;

/// The request of the command line.
///
/// # Errors
/// Usage failures; a class or a pupil that the file does not have.
pub(super) fn request(given: &Given, register: &Register, today: Date) -> Result<YearRequest, Failure> {
    let from = year(given, register, today)?;
    let to = match given.text("to-year")? {
        Some(text) => next_year(text)?,
        None if due_year_change(register, today).is_none() && given.text("year")?.is_none() => {
            return Err(Failure::failed(format!(
                "Файл уже ведётся за {from} учебный год. Ничего не изменено. Следующий задаётся ключом --to-year."
            )));
        }
        None => from.next(),
    };
    let mut edits = Vec::new();
    if let Some(day) = given.date("on", today)? {
        edits.push(YearEdit::Day(day));
    }
    if let Some(text) = given.text("order")? {
        edits.push(YearEdit::Order(parse_order(text, today)?));
    }
    for text in given.texts("set")? {
        edits.push(group_edit(register, from, text)?);
    }
    for text in given.texts("pupil")? {
        edits.push(pupil_edit(register, from, text)?);
    }
    let roster = given.values.get("from").and_then(|values| values.last());
    let roster = roster.map(|path| request_of(given, path.into(), register, today)).transpose()?;
    Ok(YearRequest { from, to, edits, accept_proposals: given.has("accept-proposals"), roster })
}

fn next_year(text: &str) -> Result<SchoolYear, Failure> {
    let first = text.split(['/', '-']).next().unwrap_or("");
    let number = first.trim().parse().ok().filter(|year| (1990..=2100).contains(year));
    number.map(SchoolYear).ok_or_else(|| Failure::usage("--to-year: учебный год пишется 2027/2028 или 2027."))
}

/// «9А=10А», «11Б=graduate».
fn group_edit(register: &Register, from: SchoolYear, text: &str) -> Result<YearEdit, Failure> {
    let (label, answer) = halves("set", text)?;
    let group = group_of_year(register, from, label)?;
    let fate = match fold(answer).as_str() {
        "graduate" | "выпуск" => GroupFate::Graduates,
        "dissolve" | "распустить" => GroupFate::Dissolves,
        "leave-out" | "не трогать" => GroupFate::LeftOut,
        "keep" | "оставить" => {
            GroupFate::Becomes(register.group(group).map_or_else(String::new, |group| group.label.clone()))
        }
        _ => GroupFate::Becomes(answer.to_owned()),
    };
    Ok(YearEdit::Fate { group, fate })
}

/// «117=5А», «117=leave».
fn pupil_edit(register: &Register, from: SchoolYear, text: &str) -> Result<YearEdit, Failure> {
    let (number, answer) = halves("pupil", text)?;
    let wrong = || {
        Failure::failed(format!(
            "Ученика № {number} в группах {from} учебного года нет. Ничего не изменено. Номера: команда people."
        ))
    };
    let person = PersonId(number.parse().map_err(|_| wrong())?);
    let (membership, unit) = class_of(register, person, from).ok_or_else(wrong)?;
    let fate = match fold(answer).as_str() {
        "graduate" | "выпуск" => PersonFate::Graduates,
        "leave" | "выбыл" => PersonFate::Leaves,
        _ => PersonFate::To(NextLabel { label: answer.to_owned(), unit }),
    };
    Ok(YearEdit::Person { membership, fate: Some(fate) })
}

fn class_of(
    register: &Register,
    person: PersonId,
    from: SchoolYear,
) -> Option<(MembershipId, Option<crate::register::UnitId>)> {
    register.memberships_of_person(person).filter(|membership| membership.until.is_none()).find_map(
        |membership| {
            let group = register.group(membership.group?)?;
            (group.year == Some(from) && group.archived_on.is_none()).then_some((membership.id, group.unit))
        },
    )
}

fn halves<'text>(option: &str, text: &'text str) -> Result<(&'text str, &'text str), Failure> {
    let (left, right) = text.split_once('=').unwrap_or((text, ""));
    match (left.trim(), right.trim()) {
        (left, right) if !left.is_empty() && !right.is_empty() => Ok((left, right)),
        _ => Err(Failure::usage(format!("--{option} пишется \"ЧТО=ЧЕМ СТАНЕТ\", например \"9А=10А\"."))),
    }
}

/// A group of the year by its label, or by «№7» where several units have the label.
fn group_of_year(register: &Register, from: SchoolYear, label: &str) -> Result<GroupId, Failure> {
    let groups = || register.groups_in_year(from).filter(|group| group.year == Some(from));
    let number = label.strip_prefix('№').and_then(|number| number.trim().parse().ok());
    let key = group_key(label);
    let found: Vec<GroupId> = groups()
        .filter(|group| match number {
            Some(number) => group.id == GroupId(number),
            None => group_key(&group.label) == key,
        })
        .map(|group| group.id)
        .collect();
    match found[..] {
        [group] => Ok(group),
        [] => Err(Failure::failed(format!(
            "Группы «{label}» в {from} учебном году нет. Ничего не изменено. Список групп: команда groups."
        ))),
        _ => {
            let numbers: Vec<String> = found.iter().map(|group| format!("№{group}")).collect();
            Err(Failure::usage(format!(
                "Групп «{label}» несколько. Ничего не изменено. Назовите номер: {}.",
                numbers.join(", ")
            )))
        }
    }
}
