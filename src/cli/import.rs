//! `import`: a roster into the register, exactly as previewed (duties 2.3-3, 2.3-8).

use std::fmt::Write;

use super::failure::{DONE, FAILED, Failure, Outcome};
use super::given::Given;
use super::opening::{open, unit, year};
use super::output::{TextTable, one_line, print, print_json, say};
use crate::register::Register;
use crate::regulation::usual_group_kind;
use crate::roster::{
    IssueCode, PlanChoices, PlanIssue, PlanKind, PlanRow, ReadChoices, Scope, Severity, WorkbookReader,
};
use crate::session::{
    JobHandle, PreparedRoster, RosterImport, RosterRequest, RosterSource, Session, prepare_roster,
};

/// `import FILE ROSTER [--role ROLE] [--scope SCOPE] [--group LABEL] [--dry-run] [--json]`.
///
/// A row wider than its header means that cells are shifted, perhaps unseen in other rows too: such a file is
/// refused whole. Other rows with errors are left out and listed.
pub(super) fn import(given: &Given) -> Outcome {
    let (role, scope) = (given.role()?, scope(given)?);
    let mut session = open(given)?;
    let (register, today) = (session.register(), session.clock().today());
    let mut plan = PlanChoices::for_year(year(given, register, today)?);
    plan.scope = scope;
    plan.default_role = role;
    plan.group_kind = usual_group_kind(register.organization().kind);
    plan.unit = unit(given, register)?.flatten();
    let group = given.text("group")?.map(str::to_owned);
    let request = RosterRequest {
        source: RosterSource::File(given.path(1)),
        read: ReadChoices { default_role: role, group, ..ReadChoices::default() },
        plan,
        reuse: None,
    };
    let prepared = match prepare_roster(
        register,
        &request,
        today,
        &WorkbookReader::of_this_program(),
        &JobHandle::default(),
    ) {
        RosterImport::Ready(prepared) => prepared,
        RosterImport::Unreadable { text, code, .. } => return Err(unreadable(&text, code)),
        RosterImport::Cancelled => return Err(Failure::failed("Загрузка остановлена. Ничего не изменено.")),
    };
    warn_of_year(&prepared, given)?;
    let torn = prepared.plan.issues.iter().find(|issue| issue.code == IssueCode::TooManyFields.code());
    if let Some(torn) = torn {
        let message = format!("{} Ничего не изменено.", issue_words(torn));
        show(given, &session, &prepared, Ending::Refused)?;
        say(&format!("Файл «{}» не загружен: {}", prepared.name, lower_first(&message)));
        return Ok(FAILED);
    }
    let ending = if given.has("dry-run") {
        Ending::DryRun
    } else {
        Ending::Applied(session.execute(&prepared.operation())?.entry)
    };
    show(given, &session, &prepared, ending)?;
    Ok(DONE)
}

fn scope(given: &Given) -> Result<Scope, Failure> {
    let wrong = || Failure::usage("--scope: одно из additions, groups, full.");
    given.text("scope")?.map_or(Ok(Scope::Additions), |text| Scope::from_code(text).ok_or_else(wrong))
}

/// The reader's words speak of the window's steps; here stands which option does the same.
fn unreadable(text: &str, code: &str) -> Failure {
    let hint = match code {
        "no_group_column" => " Класс для всего файла задаётся ключом --group.",
        _ => "",
    };
    Failure::failed(format!("{text}{hint}"))
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

#[derive(Clone, Copy)]
enum Ending {
    /// With the journal entry, where anything changed.
    Applied(Option<u64>),
    DryRun,
    Refused,
}

fn show(given: &Given, session: &Session, prepared: &PreparedRoster, ending: Ending) -> Result<(), Failure> {
    if given.has("json") {
        let (applied, entry) = match ending {
            Ending::Applied(entry) => (true, entry),
            Ending::DryRun | Ending::Refused => (false, None),
        };
        return print_json(&prepared.plan.to_json(&prepared.roster, applied, entry));
    }
    print(&text(session.register(), prepared, ending))
}

fn text(register: &Register, prepared: &PreparedRoster, ending: Ending) -> String {
    let (plan, roster) = (&prepared.plan, &prepared.roster);
    let mut text = source_line(prepared);
    let mut table = TextTable::new(&["", ""], &[1]);
    for (word, count) in [
        ("Прочитано строк", roster.rows_seen),
        ("Новых", plan.counts.added),
        ("Обновить", plan.counts.updated),
        ("Перевести", plan.counts.moved),
        ("Без изменений", plan.counts.unchanged),
        ("Нет в файле", plan.counts.absent),
        ("Надо решить, кто это", plan.counts.ambiguous),
        ("Не взято строк", plan.counts.skipped),
    ] {
        table.row([word.to_owned(), count.to_string()]);
    }
    text.push_str(table.render().trim_start());
    let lists = [
        ("Созданы группы", &plan.groups_created),
        ("Не взяты столбцы (личные сведения)", &roster.skipped_columns),
        ("Не узнаны столбцы", &roster.unknown_columns),
    ];
    for (title, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(text, "{title}: {}", one_line(&names.join(", ")));
    }
    for note in &roster.notes {
        let _ = writeln!(text, "{note}");
    }
    people_lines(&mut text, register, prepared);
    if !plan.issues.is_empty() {
        let _ = writeln!(text, "Замечания:");
        for issue in &plan.issues {
            let grave = if issue.severity == Severity::Error { "ошибка" } else { "внимание" };
            let _ = writeln!(text, "  {grave}: {}", one_line(&issue_words(issue)));
        }
    }
    let _ = match ending {
        Ending::Applied(Some(entry)) => writeln!(text, "Записано. Запись журнала № {entry}."),
        Ending::Applied(None) => writeln!(text, "Менять нечего: всё это уже есть."),
        Ending::DryRun => writeln!(text, "Проверка: ничего не записано."),
        Ending::Refused => writeln!(text, "Ничего не записано."),
    };
    text
}

fn source_line(prepared: &PreparedRoster) -> String {
    let source = &prepared.roster.source;
    let mut line = format!("«{}»: {}", prepared.name, source.format);
    if let Some(encoding) = source.encoding {
        let _ = write!(line, ", {encoding}");
    }
    match source.delimiter {
        Some("\t") => line.push_str(", разделитель табуляция"),
        Some(delimiter) => {
            let _ = write!(line, ", разделитель «{delimiter}»");
        }
        None => {}
    }
    let _ = writeln!(line, ", заголовок в строке {}, {}", source.header_row, prepared.plan.year);
    line
}

/// Whom the user must look at: those to be decided, those missing from the file.
fn people_lines(text: &mut String, register: &Register, prepared: &PreparedRoster) {
    let plan = &prepared.plan;
    let undecided: Vec<&PlanRow> = plan.rows.iter().filter(|row| row.kind == PlanKind::Ambiguous).collect();
    if !undecided.is_empty() {
        let _ = writeln!(text, "Надо решить, кто это (сделайте это в окне):");
        for row in undecided {
            let who = one_line(&format!("{} {}", row.name.full(), row.group));
            let _ = writeln!(text, "  строка {}: {}, {}", row.row, who.trim_end(), one_line(&row.why));
        }
    }
    if !plan.absent.is_empty() {
        let _ = writeln!(text, "Нет в файле (никто не удалён):");
        for absent in &plan.absent {
            let name = register.person(absent.person).map_or_else(String::new, |person| person.name.full());
            let _ = writeln!(text, "  {name} {}", absent.group_label);
        }
    }
}

/// The message with its row and column, where it does not name them itself.
fn issue_words(issue: &PlanIssue) -> String {
    let mut words = issue.message.clone();
    if !words.to_lowercase().contains("строк") {
        words = format!("Строка {}: {words}", issue.row);
    }
    match &issue.column {
        Some(column) if !words.contains(column.as_str()) => format!("{words} Столбец «{column}»."),
        _ => words,
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
