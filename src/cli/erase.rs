//! `erase`: whose data is due, and erasing it (152-ФЗ). Without `--confirm` nothing is changed.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::{Value, json};

use super::document::commission;
use super::failure::{DONE, FAILED, Failure, Outcome};
use super::given::Given;
use super::opening::{judged_day, open};
use super::output::{TextTable, print, print_json, print_line, say};
use crate::desktop::Preferences;
use crate::register::{PersonId, Register};
use crate::regulation::{DepartedPerson, ErasureObstacle, departed_before, erasure_cutoff};
use crate::session::{
    BackupPlace, ErasureActRequest, ErasureOutcome, FilePaper, PaperFormat, Session, write_file_paper,
};
use crate::wording::{counted, date_short, role_name};

/// `erase FILE [--departed-before DATE] [--dry-run] [--confirm N] [--act PATH] [--events PATH]`.
pub(super) fn erase(given: &Given) -> Outcome {
    let confirmed = given.number("confirm")?;
    if confirmed.is_some() && !given.values.contains_key("departed-before") {
        return Err(Failure::usage("Для удаления нужен ключ --departed-before: день, до которого выбыли."));
    }
    let papers = papers(given)?;
    let mut session = open(given)?;
    let today = judged_day(&session);
    let before = match given.date("departed-before", today)? {
        Some(before) => before,
        None => erasure_cutoff(session.register(), today),
    };
    if before > today {
        return Err(Failure::usage("--departed-before: этот день ещё не наступил."));
    }
    let departed = departed_before(session.register(), before);
    let may_go: Vec<PersonId> = departed
        .iter()
        .filter(|departed| departed.obstacles.is_empty())
        .map(|departed| departed.person)
        .collect();
    let Some(confirmed) = confirmed.filter(|_| !given.has("dry-run")) else {
        return show(given, session.register(), &departed, before, may_go.len());
    };
    if confirmed as usize != may_go.len() {
        return Err(Failure::failed(format!(
            "Ничего не удалено: --confirm {confirmed}, а удалить предстоит {}. Посмотрите список с --dry-run.",
            counted(may_go.len() as u64, "человека", "человек", "человек")
        )));
    }
    let place = BackupPlace::of(&given.path(0), &Preferences::load().backup_folders);
    let outcome = session.erase_people(&may_go, before, Some(&place))?;
    report(&outcome)?;
    write_papers(&session, &outcome, &papers, given)
}

/// Where the papers go; looked at before anything is erased.
struct Papers {
    act: Option<PathBuf>,
    events: Option<PathBuf>,
}

fn papers(given: &Given) -> Result<Papers, Failure> {
    let path = |name: &str, forms: &[PaperFormat], endings: &str| -> Result<Option<PathBuf>, Failure> {
        if !given.values.contains_key(name) {
            return Ok(None);
        }
        let path = given.path_of(name)?;
        let fits = PaperFormat::of_path(&path).is_some_and(|format| forms.contains(&format));
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !fits {
            return Err(Failure::usage(format!(
                "--{name}: нужен файл с окончанием {endings}. Ничего не удалено."
            )));
        }
        if !folder.is_dir() {
            return Err(Failure::failed(format!("--{name}: такой папки нет. Ничего не удалено.")));
        }
        Ok(Some(path))
    };
    Ok(Papers {
        act: path("act", &[PaperFormat::Docx], ".docx")?,
        events: path("events", &[PaperFormat::Csv, PaperFormat::Xlsx], ".csv или .xlsx")?,
    })
}

fn show(
    given: &Given,
    register: &Register,
    departed: &[DepartedPerson],
    before: Date,
    may_go: usize,
) -> Outcome {
    if given.has("json") {
        let people: Vec<Value> = departed.iter().map(|departed| departed_json(register, departed)).collect();
        print_json(&json!({ "departed_before": before, "to_erase": may_go, "people": people }))?;
        return Ok(DONE);
    }
    let mut table = TextTable::new(&["№", "Имя", "Кем был", "Выбыл", "Записей", "Что мешает"], &[0, 4]);
    for departed in departed {
        let roles: Vec<&str> = departed.roles.iter().map(|role| role_name(*role)).collect();
        let obstacles: Vec<String> = departed.obstacles.iter().map(|it| obstacle_words(*it)).collect();
        let name = register.person(departed.person).map(|person| person.name.full()).unwrap_or_default();
        table.row([
            departed.person.to_string(),
            name,
            roles.join(", "),
            date_short(departed.departed_on),
            departed.record_count().to_string(),
            obstacles.join("; "),
        ]);
    }
    let mut text = if departed.is_empty() { String::new() } else { table.render() };
    let day = date_short(before);
    let _ = match may_go {
        0 => writeln!(text, "Выбывших до {day}, чьи данные можно удалить, нет."),
        count => writeln!(
            text,
            "Удалить можно данные {}. Это нельзя отменить: --departed-before {before} --confirm {count}",
            counted(count as u64, "человека", "человек", "человек")
        ),
    };
    print(&text)?;
    Ok(DONE)
}

fn departed_json(register: &Register, departed: &DepartedPerson) -> Value {
    let records = departed.records.iter().map(|(kind, count)| (kind.code().to_owned(), json!(count)));
    json!({
        "id": departed.person,
        "name": register.person(departed.person).map(|person| person.name.full()),
        "departed_on": departed.departed_on,
        "roles": departed.roles.iter().map(|role| role.code()).collect::<Vec<_>>(),
        "records": records.collect::<serde_json::Map<_, _>>(),
        "obstacles": departed.obstacles.iter().map(|it| obstacle_words(*it)).collect::<Vec<_>>(),
    })
}

fn obstacle_words(obstacle: ErasureObstacle) -> String {
    match obstacle {
        ErasureObstacle::OpenTask(task) => format!("дело № {task} в кабинете не сделано"),
        ErasureObstacle::LinkInForce(link) => format!("действует ссылка № {link}"),
        ErasureObstacle::OwnsChat(chat) => format!("владеет чатом № {chat}"),
        ErasureObstacle::ClassTeacher(_) => "не снято классное руководство".to_owned(),
    }
}

fn report(outcome: &ErasureOutcome) -> Result<(), Failure> {
    let record = &outcome.record;
    let rows: u32 = record.rows.values().sum();
    print_line(&format!(
        "Удалены данные {}: записей {rows}, упоминаний {}, изменений в журнале {}. Запись журнала № {}.",
        counted(record.people.len() as u64, "человека", "человек", "человек"),
        record.edited,
        record.journal_changes,
        outcome.entry
    ))?;
    match &outcome.backups {
        None => say("Резервные копии, сделанные раньше, остались: уничтожьте их сами и укажите это в акте."),
        Some(backups) => {
            print_line(&format!("Резервных копий заменено новой: {}.", backups.replaced))?;
            for name in &backups.unreachable {
                print_line(&format!("  не нашлась копия «{name}»: уничтожьте её сами"))?;
            }
        }
    }
    Ok(())
}

/// The data is gone whatever becomes of the papers: they can be written again from the journal.
fn write_papers(session: &Session, outcome: &ErasureOutcome, papers: &Papers, given: &Given) -> Outcome {
    let request = ErasureActRequest {
        commission: commission(given.text("commission")?.unwrap_or_default()),
        order: given.text("order")?.unwrap_or_default().to_owned(),
    };
    let entry = outcome.entry;
    let wanted = [
        (&papers.act, FilePaper::ErasureAct { entry, request }),
        (&papers.events, FilePaper::ErasureEvents { entry: Some(entry) }),
    ];
    let mut code = DONE;
    for (path, paper) in wanted {
        let Some(path) = path else { continue };
        match write_file_paper(session, &paper, path) {
            Ok(()) => print_line(&format!("{}.", paper.done_words()))?,
            Err(error) => {
                say(&error.to_string());
                code = FAILED;
            }
        }
    }
    Ok(code)
}
