//! Whole files: `sample`, `new`, `verify`.

use std::fmt::Write;
use std::path::Path;

use super::backups::verify_backups;
use super::failure::{DONE, FAILED, Failure, Outcome};
use super::given::Given;
use super::opening::{choices, open};
use super::output::{print, print_line, say};
use super::password::{page_path, print_code, secret_line, write_page};
use crate::files::write_bytes_atomically;
use crate::register::{Organization, OrganizationKind};
use crate::sample::SampleKind;
use crate::session::{Session, create_sample, sample_roster_files};
use crate::store::VerifyProblem;
use crate::wording::{counted, list_of};

/// `sample DIR`: both sample files, their rosters and pasted lists. Nothing is overwritten.
pub(super) fn sample(given: &Given) -> Outcome {
    let clock = given.clock()?;
    let folder = given.path(0);
    std::fs::create_dir_all(&folder)
        .map_err(|_| Failure::failed("Папку не удалось создать: проверьте, можно ли в неё писать."))?;
    let samples = [(SampleKind::School, "school.sferum"), (SampleKind::College, "college.sferum")];
    let mut rosters: Vec<(String, Vec<u8>)> = Vec::new();
    for (kind, _) in samples {
        rosters.extend(sample_roster_files(kind, clock.today())?);
    }
    let names = samples.iter().map(|(_, name)| *name).chain(rosters.iter().map(|(name, _)| name.as_str()));
    let taken: Vec<&str> = names.filter(|name| is_taken(&folder.join(name))).collect();
    if !taken.is_empty() {
        return Err(Failure::failed(format!(
            "В папке уже есть {}. Ничего не записано. Выберите другую папку.",
            list_of(&taken, 10)
        )));
    }
    for (kind, name) in samples {
        create_sample(&folder.join(name), kind, &clock)?;
        print_line(name)?;
    }
    for (name, bytes) in &rosters {
        write_bytes_atomically(&folder.join(name), bytes).map_err(|_| {
            Failure::failed(format!("«{name}» не удалось записать: проверьте место на диске."))
        })?;
        print_line(name)?;
    }
    Ok(DONE)
}

/// A dangling link counts as taken too.
fn is_taken(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// `new FILE --name NAME [--kind KIND]`.
pub(super) fn new(given: &Given) -> Outcome {
    let name = given.required("name")?.trim().to_owned();
    let kind = match given.text("kind")? {
        None | Some("school") => OrganizationKind::School,
        Some("college") => OrganizationKind::College,
        Some("kindergarten") => OrganizationKind::Kindergarten,
        Some(_) => return Err(Failure::usage("--kind: одно из school, college, kindergarten.")),
    };
    if name.is_empty() {
        return Err(Failure::usage("--name: название не может быть пустым."));
    }
    let (clock, page) = (given.clock()?, page_path(given)?);
    let organization = Organization { name, kind, ..Organization::default() };
    let actor = given.text("actor")?.unwrap_or_default();
    let (path, choices) = (given.path(0), choices(given));
    if !given.has("password-stdin") {
        if page.is_some() {
            return Err(Failure::usage("--code-out: без --password-stdin кода восстановления нет."));
        }
        let session = Session::create_as(&path, None, organization, clock, actor, &choices)?;
        print_line(&format!("Файл создан: {}.", session.register().organization().name))?;
        say(
            "Файл без пароля: его прочитает любой, кто его получит. Пароль задаётся ключом --password-stdin.",
        );
        return Ok(DONE);
    }
    let password = secret_line("пароль")?;
    let (mut session, code) =
        Session::create_with_password(&path, &password, organization, clock, actor, &choices)?;
    print_line(&format!("Файл создан: {}.", session.register().organization().name))?;
    print_code(&code)?;
    print_line("Распечатайте его и храните в сейфе: без пароля и кода файл не откроет никто.")?;
    write_page(page.as_deref(), &mut session, &code)?;
    Ok(DONE)
}

/// `verify FILE [--deep]`: exit code 1 where something is wrong. With `--deep` the newest backups are checked too, and
/// the file keeps the day.
pub(super) fn verify(given: &Given) -> Outcome {
    let mut session = open(given)?;
    let report = session.verify()?;
    let mut text = String::new();
    let _ = writeln!(text, "Пароль: {}", if report.encrypted { "есть" } else { "без пароля" });
    let _ = writeln!(
        text,
        "Журнал: {}, {}",
        counted(report.entries, "запись", "записи", "записей"),
        counted(report.changes, "изменение", "изменения", "изменений")
    );
    let _ = writeln!(text, "Контрольная сумма последней записи: {}", report.head_hash);
    if report.problems.is_empty() {
        let _ = writeln!(text, "Файл цел.");
        print(&text)?;
        if !given.has("deep") {
            return Ok(DONE);
        }
        session.check_pages()?;
        return Ok(if verify_backups(given, &session)? { DONE } else { FAILED });
    }
    if let Ok(check) = session.judge_journal(&report)
        && check.first_broken.is_some()
    {
        let _ = writeln!(text, "{}", check.words);
    }
    for problem in &report.problems {
        let _ = writeln!(text, "  {}", problem_words(problem));
    }
    print(&text)?;
    say("Файл повреждён или изменён мимо программы. Он не тронут. Возьмите последнюю резервную копию.");
    Ok(FAILED)
}

fn problem_words(problem: &VerifyProblem) -> String {
    match problem {
        VerifyProblem::Pages(words) => format!("страницы файла: {words}"),
        VerifyProblem::Cipher(words) => format!("шифрование: {words}"),
        VerifyProblem::Reference { table, row } => {
            format!("таблица {table}, строка {row}: ссылается в пустоту")
        }
        VerifyProblem::Schema => "устройство файла не такое, как делает программа".into(),
        VerifyProblem::JournalGap { entry } => format!("в журнале нет записи № {entry}"),
        VerifyProblem::JournalBroken { entry } => format!("запись журнала № {entry} изменена"),
        VerifyProblem::Unreadable(words) => format!("не читается: {words}"),
        VerifyProblem::DiffersFromJournal(key) => {
            format!("таблица {}, строка {}: не то, что в журнале", key.kind.code(), key.id)
        }
        VerifyProblem::CounterBehind(kind) => format!("таблица {}: счётчик номеров отстал", kind.code()),
    }
}
