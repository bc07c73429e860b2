//! What `import` prints: the preview as text or JSON, and how it ended.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::json;

use super::failure::Failure;
use super::given::Given;
use super::output::{TextTable, one_line, print, print_json};
use crate::register::Register;
use crate::roster::{ClassAnswer, PlanIssue, PlanKind, PlanRow, Recalled, Severity, scope_words};
use crate::session::{PreparedRoster, Session};
use crate::wording::{counted, list_of, role_name};

/// New groups and columns named at most; `--json` names them all.
const MOST_NAMED: usize = 40;

/// How an import ended.
#[derive(Clone, Copy)]
pub(super) enum Ending {
    /// With the journal entry, where anything changed.
    Applied(Option<u64>),
    DryRun,
    Refused,
}

/// An earlier import of the same bytes, not taken back.
#[derive(Clone, Copy)]
pub(super) struct Earlier {
    pub(super) entry: u64,
    pub(super) day: Date,
}

/// What is said beside the preview.
pub(super) struct Beside {
    pub(super) earlier: Option<Earlier>,
    /// Rows written by `--problems`; `None` without it.
    pub(super) problem_rows: Option<usize>,
}

/// Prints the preview and its ending.
///
/// # Errors
/// When the output cannot be written.
pub(super) fn show(
    given: &Given,
    session: &Session,
    prepared: &PreparedRoster,
    beside: &Beside,
    ending: Ending,
) -> Result<(), Failure> {
    if !given.has("json") {
        return print(&text(session.register(), prepared, beside, ending));
    }
    let (applied, entry) = match ending {
        Ending::Applied(entry) => (true, entry),
        Ending::DryRun | Ending::Refused => (false, None),
    };
    let mut object = prepared.plan.to_json(&prepared.roster, applied, entry);
    if !prepared.recalled.is_empty() {
        object["remembered"] = prepared.recalled.to_json();
    }
    if let Some(earlier) = beside.earlier {
        object["imported_before"] = json!({ "entry": earlier.entry, "day": earlier.day });
    }
    if let Some(rows) = beside.problem_rows {
        object["problem_rows"] = json!(rows);
    }
    print_json(&object)
}

fn text(register: &Register, prepared: &PreparedRoster, beside: &Beside, ending: Ending) -> String {
    let (plan, roster) = (&prepared.plan, &prepared.roster);
    let mut text = source_line(prepared);
    recalled_lines(&mut text, &prepared.recalled);
    text.push_str(counts_table(prepared).render().trim_start());
    let lists = [
        ("Созданы группы", &plan.groups_created),
        ("Не взяты столбцы (личные сведения)", &roster.skipped_columns),
        ("Не узнаны столбцы", &roster.unknown_columns),
    ];
    for (title, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        let _ = writeln!(text, "{title}: {}", one_line(&list_of(names, MOST_NAMED)));
    }
    for note in &roster.notes {
        let _ = writeln!(text, "{note}");
    }
    people_lines(&mut text, prepared);
    absent_lines(&mut text, register, prepared);
    if !plan.issues.is_empty() {
        let _ = writeln!(text, "Замечания:");
        for issue in &plan.issues {
            let grave = if issue.severity == Severity::Error { "ошибка" } else { "внимание" };
            let _ = writeln!(text, "  {grave}: {}", one_line(&issue_words(issue)));
        }
    }
    match beside.problem_rows {
        Some(0) => text.push_str("Строк с замечаниями нет: файл для них не записан.\n"),
        Some(rows) => {
            let rows = counted(rows as u64, "строка", "строки", "строк");
            let _ =
                writeln!(text, "Строки с замечаниями записаны, чтобы исправить и загрузить снова: {rows}.");
        }
        None => {}
    }
    if let Some(earlier) = beside.earlier {
        let day = earlier.day.strftime("%d.%m.%Y");
        let _ = writeln!(text, "Этот файл уже загружали {day}, запись № {}.", earlier.entry);
    }
    let _ = match ending {
        Ending::Applied(Some(entry)) => writeln!(text, "Записано. Запись журнала № {entry}."),
        Ending::Applied(None) => writeln!(text, "Изменений нет: ничего не записано."),
        Ending::DryRun if plan.is_empty() => writeln!(text, "Проверка: изменений нет, ничего не записано."),
        Ending::DryRun => writeln!(text, "Проверка: ничего не записано."),
        Ending::Refused => writeln!(text, "Ничего не записано."),
    };
    text
}

/// The numbers that every import has, and the others where there are any.
fn counts_table(prepared: &PreparedRoster) -> TextTable {
    let counts = &prepared.plan.counts;
    let mut table = TextTable::new(&["", ""], &[1]);
    for (word, count, always) in [
        ("Прочитано строк", prepared.roster.rows_seen, true),
        ("Новых", counts.added, true),
        ("Обновить", counts.updated, true),
        ("Перевести", counts.moved, true),
        ("Без изменений", counts.unchanged, true),
        ("Нет в файле", counts.absent, true),
        ("Выбывших", counts.departed, false),
        ("Похоже, сменилась фамилия", counts.renamed, false),
        ("Надо решить, кто это", counts.ambiguous, true),
        ("Иначе, чем задано вручную", counts.conflicts, false),
        ("Новых родителей", counts.parents_added, false),
        ("Назначить классных руководителей", counts.assignments, false),
        ("Не взято строк", counts.skipped, true),
    ] {
        if always || count > 0 {
            table.row([word.to_owned(), count.to_string()]);
        }
    }
    table
}

/// «Как в прошлый раз»: what was taken from memory.
fn recalled_lines(text: &mut String, recalled: &Recalled) {
    let mut taken = Vec::new();
    let columns = recalled.columns.iter();
    taken.extend(
        columns.map(|column| format!("столбец «{}»: {}", column.header, column.field.russian_name())),
    );
    taken.extend(recalled.scope.map(|scope| scope_words(scope).to_owned()));
    taken.extend(recalled.default_role.map(|role| format!("роль: {}", role_name(role))));
    taken.extend(recalled.post_roles.iter().map(|(post, role)| format!("«{post}»: {}", role_name(*role))));
    taken.extend(recalled.class_answers.iter().map(|(written, answer)| match answer {
        ClassAnswer::Group(label) => format!("«{written}» → {label}"),
        ClassAnswer::LeaveOut => format!("«{written}» не загружать"),
    }));
    if !taken.is_empty() {
        let _ = writeln!(text, "Как в прошлый раз: {}", one_line(&taken.join("; ")));
    }
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

/// Whom the user must look at: those to be decided, changed names, families, values set by hand.
fn people_lines(text: &mut String, prepared: &PreparedRoster) {
    let plan = &prepared.plan;
    let row_line = |row: &PlanRow| {
        let who = one_line(&format!("{} {}", row.name.full(), row.group));
        format!("строка {}: {}, {}", row.row, who.trim_end(), one_line(&row.why))
    };
    let of = |kind: PlanKind| plan.rows.iter().filter(move |row| row.kind == kind);
    let undecided = of(PlanKind::Ambiguous).map(row_line).collect();
    // A person is set once the change is accepted.
    let renamed = of(PlanKind::Renamed).filter(|row| row.person.is_none()).map(row_line).collect();
    let separate = plan.adult_proposals.iter().filter(|proposal| !proposal.joined);
    let separate = separate.map(|proposal| {
        let rows: Vec<String> = proposal.rows.iter().map(u32::to_string).collect();
        let name = one_line(&proposal.name.full());
        format!("строки {}: {name}, {}", rows.join(", "), one_line(&proposal.why))
    });
    let by_hand = plan.conflicts.iter().filter(|conflict| !conflict.taken).map(|conflict| {
        let column =
            if conflict.column.is_empty() { String::new() } else { format!(", «{}»", conflict.column) };
        let (in_file, by_hand) = (&conflict.in_file, &conflict.by_hand);
        one_line(&format!("строка {}{column}: в файле {in_file}, вручную задано {by_hand}", conflict.row))
    });
    let lists: [(&str, Vec<String>); 4] = [
        ("Надо решить, кто это (сделайте это в окне):", undecided),
        ("Похоже, сменилась фамилия (принять все: --accept-renames):", renamed),
        ("Похоже, один человек (объединить всех: --join-families):", separate.collect()),
        ("Заданное вручную оставлено:", by_hand.collect()),
    ];
    for (title, lines) in lists.into_iter().filter(|(_, lines)| !lines.is_empty()) {
        let _ = writeln!(text, "{title}");
        for line in lines {
            let _ = writeln!(text, "  {line}");
        }
    }
}

/// Who is missing from the file, and which option enters them as left.
fn absent_lines(text: &mut String, register: &Register, prepared: &PreparedRoster) {
    let absent = &prepared.plan.absent;
    for (departs, title) in [(true, "Выбыли:"), (false, "Нет в файле (остаются в реестре):")]
    {
        let mut people = absent.iter().filter(|absent| absent.departs == departs).peekable();
        if people.peek().is_some() {
            let _ = writeln!(text, "{title}");
        }
        for absent in people {
            let name = register.person(absent.person).map_or_else(String::new, |person| person.name.full());
            let _ = writeln!(text, "  {}", one_line(&format!("{name} {}", absent.group_label)));
        }
    }
    let staying = absent.iter().filter(|absent| !absent.departs).count();
    if staying > 0 {
        let people = counted(staying as u64, "человека", "человек", "человек");
        let _ =
            writeln!(text, "Нет в файле {people}. Отметить всех выбывшими: --confirm-departures {staying}.");
    }
}

/// The message with its row and column, where it does not name them itself.
pub(super) fn issue_words(issue: &PlanIssue) -> String {
    let mut words = issue.message.clone();
    if !words.to_lowercase().contains("строк") {
        words = format!("Строка {}: {words}", issue.row);
    }
    match &issue.column {
        Some(column) if !words.contains(column.as_str()) => format!("{words} Столбец «{column}»."),
        _ => words,
    }
}
