//! `import`: a roster into the register, exactly as previewed (duties 2.3-3, 2.3-8).

use std::path::Path;

use jiff::civil::Date;

use super::failure::{DONE, FAILED, Failure, Outcome};
use super::given::Given;
use super::import_choices::{refuse_departures_of, request};
use super::import_report::{Beside, Earlier, Ending, issue_words, show};
use super::opening::open;
use super::output::say;
use crate::register::Register;
use crate::roster::{IssueCode, WorkbookReader};
use crate::session::{
    JobHandle, PreparedRoster, RosterImport, RosterRequest, Session, count_problem_rows, prepare_roster,
    write_problem_rows,
};
use crate::wording::counted;

/// `import FILE ROSTER` with the options of [`super::arguments`].
///
/// A row wider than its header means that cells are shifted, perhaps unseen in other rows too: such a file is
/// refused whole. Other rows with errors are left out and listed. Nobody is entered as left unless their number is
/// given, and it must be right.
pub(super) fn import(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let today = session.clock().today();
    let request = request(given, session.register(), today)?;
    let prepared = match prepare(session.register(), &request, today) {
        RosterImport::Ready(prepared) => prepared,
        RosterImport::Unreadable { text, code, .. } => return Err(unreadable(&text, code)),
        RosterImport::Cancelled => return Err(Failure::failed("Загрузка остановлена. Ничего не изменено.")),
    };
    warn_of_year(&prepared, given)?;
    let beside =
        Beside { earlier: earlier(&session, &prepared)?, problem_rows: write_problems(given, &prepared)? };
    let torn = prepared.plan.issues.iter().find(|issue| issue.code == IssueCode::TooManyFields.code());
    if let Some(torn) = torn {
        let message = format!("{} Ничего не изменено.", issue_words(torn));
        show(given, &session, &prepared, &beside, Ending::Refused)?;
        say(&format!("Файл «{}» не загружен: {}", prepared.name, lower_first(&message)));
        return Ok(FAILED);
    }
    check_departures(given, &request, &prepared)?;
    let ending = if given.has("dry-run") {
        Ending::DryRun
    } else {
        super::backups::before_big_change(given, &session);
        Ending::Applied(session.execute(&prepared.operation())?.entry)
    };
    show(given, &session, &prepared, &beside, ending)?;
    Ok(DONE)
}

/// Reads and plans, without anybody to stop it.
pub(super) fn prepare(register: &Register, request: &RosterRequest, today: Date) -> RosterImport {
    prepare_roster(register, request, today, &WorkbookReader::of_this_program(), &JobHandle::default())
}

/// The reader's words, and which option does what they advise.
pub(super) fn unreadable(text: &str, code: &str) -> Failure {
    let hint = match code {
        "no_group_column" => " Класс для всего файла задаётся ключом --group.",
        "no_name_column" => " Столбец указывается ключом --map \"СТОЛБЕЦ=surname\" или \"#1=full_name\".",
        "no_header" | "no_such_header_row" => " Строка задаётся ключом --header-row.",
        "undecodable" | "unknown_encoding" => " Кодировка задаётся ключом --encoding.",
        _ => "",
    };
    Failure::failed(format!("{text}{hint}"))
}

/// An import of the same bytes that stands.
fn earlier(session: &Session, prepared: &PreparedRoster) -> Result<Option<Earlier>, Failure> {
    let entry = session.find_import_of(&prepared.hash)?;
    Ok(entry.map(|entry| Earlier { entry: entry.number, day: entry.day }))
}

/// `--problems`: written before anything is changed, and also where nothing is. `None` without the option.
fn write_problems(given: &Given, prepared: &PreparedRoster) -> Result<Option<usize>, Failure> {
    let Some(path) = given.values.get("problems").and_then(|values| values.last()).map(Path::new) else {
        return Ok(None);
    };
    let is_the_register = std::fs::canonicalize(path).ok() == std::fs::canonicalize(given.path(0)).ok();
    if path.exists() && is_the_register {
        return Err(Failure::usage("--problems: это файл организации, он не изменён. Назовите другой файл."));
    }
    if count_problem_rows(prepared) == 0 {
        return Ok(Some(0));
    }
    Ok(Some(write_problem_rows(prepared, path)?))
}

/// The number typed must be the number of those who are entered as left.
pub(super) fn check_departures(
    given: &Given,
    request: &RosterRequest,
    prepared: &PreparedRoster,
) -> Result<(), Failure> {
    let Some(confirmed) = given.number("confirm-departures")? else { return Ok(()) };
    refuse_departures_of(Some(prepared.recalled.scope.unwrap_or(request.plan.scope)))?;
    let departing = prepared.plan.absent.iter().filter(|absent| absent.departs).count() as u64;
    if departing == u64::from(confirmed) {
        return Ok(());
    }
    let departing = counted(departing, "человека", "человек", "человек");
    Err(Failure::failed(format!(
        "В файле нет {departing}, а ключом --confirm-departures подтверждено {confirmed}. Ничего не \
         записано. Проверьте список: import с ключом --dry-run."
    )))
}

fn warn_of_year(prepared: &PreparedRoster, given: &Given) -> Result<(), Failure> {
    let named = prepared.opened.header.title.year;
    if let Some(named) = named.filter(|named| *named != prepared.plan.year.0)
        && given.text("year")?.is_none()
    {
        say(&format!(
            "В файле назван {named}/{} учебный год, а список взят как {}. Другой год задаётся ключом --year.",
            named + 1,
            prepared.plan.year
        ));
    }
    Ok(())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
