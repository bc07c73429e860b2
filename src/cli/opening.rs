//! Opening the file, and finding what an argument names in it.

use std::io::BufRead;
use std::sync::Arc;

use jiff::civil::Date;

use super::failure::Failure;
use super::given::Given;
use super::output::say;
use crate::names::{fold, group_key};
use crate::register::{Group, Register, SchoolYear, UnitId};
use crate::regulation::current_year;
use crate::session::{OpenChoices, Session, Snapshot};
use crate::store::Key;
use crate::wording::{date_short, list_of};

/// Opens the file named first, with password and actor as given.
///
/// # Errors
/// What the session says; exit code 3 where the file is open elsewhere.
pub(super) fn open(given: &Given) -> Result<Session, Failure> {
    let clock = given.clock()?;
    let key = key(given)?;
    Ok(Session::open_as(&given.path(0), key.as_ref(), clock, given.text("actor")?, &choices(given))?)
}

/// `--allow-network`.
pub(super) fn choices(given: &Given) -> OpenChoices {
    OpenChoices { allow_network: given.has("allow-network"), ..OpenChoices::default() }
}

/// The key of `--password-stdin`: the first line, without its end.
///
/// # Errors
/// When the line is empty or cannot serve as a password.
pub(super) fn key(given: &Given) -> Result<Option<Key>, Failure> {
    if !given.has("password-stdin") {
        return Ok(None);
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    let password = line.trim_end_matches(['\r', '\n']);
    let key = read.ok().and_then(|_| Key::from_password(password));
    let refused = "Пароль не взят: на вводе пустая строка или недопустимые знаки. Ничего не изменено.";
    key.map(Some).ok_or_else(|| Failure::failed(refused))
}

/// The day that lists are judged by. Where the computer's date cannot be believed that is the last day the file
/// knows, which is said.
pub(super) fn judged_day(session: &Session) -> Date {
    let (day, trust) = session.judged_day();
    if !trust.is_trusted() && !session.clock().judges_a_given_day() {
        let wall = date_short(session.clock().wall_day());
        say(&format!(
            "Дата компьютера, {wall}, расходится с последней записью файла. Сроки посчитаны на {}; верный день \
             задаётся ключом --today.",
            date_short(day)
        ));
    }
    day
}

/// The register with its lists, judged by [`judged_day`].
pub(super) fn snapshot(session: &Session) -> Snapshot {
    let day = judged_day(session);
    Snapshot::build(session.register(), day, session.judged_day().1)
}

/// The school year meant: `--year`, else the current one of the file.
///
/// # Errors
/// When `--year` is none.
pub(super) fn year(given: &Given, register: &Register, today: Date) -> Result<SchoolYear, Failure> {
    let Some(text) = given.text("year")? else { return Ok(current_year(register, today)) };
    let (first, second) =
        text.split_once(['/', '-']).map_or((text, None), |(first, second)| (first, Some(second)));
    let number = |text: &str| text.trim().parse::<i16>().ok().filter(|year| (1990..=2100).contains(year));
    match (number(first), second.map(number)) {
        (Some(first), None) => Ok(SchoolYear(first)),
        (Some(first), Some(Some(second))) if second == first + 1 => Ok(SchoolYear(first)),
        _ => Err(Failure::usage("--year: учебный год пишется 2026/2027 или 2026.")),
    }
}

/// `--unit`: not given, «нет» (without a unit), or one of the file's by name or number.
///
/// # Errors
/// When there is no such unit.
pub(super) fn unit(given: &Given, register: &Register) -> Result<Option<Option<UnitId>>, Failure> {
    let Some(text) = given.text("unit")? else { return Ok(None) };
    let units = || register.tables().units.values().filter(|unit| unit.archived_on.is_none());
    let wanted = fold(text);
    let by_name = units().find(|unit| fold(&unit.name) == wanted);
    let by_number = || units().find(|unit| unit.id.to_string() == wanted);
    match by_name.or_else(by_number) {
        Some(unit) => Ok(Some(Some(unit.id))),
        None if wanted == "нет" => Ok(Some(None)),
        None => {
            let names: Vec<String> = units().map(|unit| format!("{} (№ {})", unit.name, unit.id)).collect();
            let known = if names.is_empty() {
                "в файле их нет".into()
            } else {
                format!("есть {}", list_of(&names, 20))
            };
            Err(Failure::failed(format!("Такого корпуса нет: {known}. Ничего не изменено.")))
        }
    }
}

/// The group of `--group`, in the year and the unit meant.
///
/// # Errors
/// Exit code 1 where there is none, 2 with a list where there are several.
pub(super) fn group(given: &Given, register: &Register, today: Date) -> Result<Arc<Group>, Failure> {
    // `--class` says the same where a class is meant.
    let label = match given.text("class")? {
        Some(label) => label,
        None => given.required("group")?,
    };
    let (year, unit) = (year(given, register, today)?, unit(given, register)?);
    let key = group_key(label);
    let found: Vec<&Arc<Group>> = register
        .groups_in_year(year)
        .filter(|group| group_key(&group.label) == key && unit.is_none_or(|unit| group.unit == unit))
        .collect();
    match found[..] {
        [group] => Ok(group.clone()),
        [] => Err(Failure::failed(format!(
            "Группы «{label}» в {year} учебном году нет. Ничего не изменено. Список групп: команда groups."
        ))),
        _ => {
            let lines = found.iter().map(|group| match group.unit.and_then(|unit| register.unit(unit)) {
                Some(unit) => format!("  {}, {}: --unit {}", group.label, unit.name, unit.id),
                None => format!("  {}, без корпуса: --unit нет", group.label),
            });
            let lines = lines.collect::<Vec<_>>().join("\n");
            Err(Failure::usage(format!(
                "Групп «{label}» несколько. Ничего не изменено. Уточните корпус:\n{lines}"
            )))
        }
    }
}
