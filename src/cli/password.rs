//! `password set|change|recover`: the key of a file. Passwords and codes come line by line through the input, never as
//! arguments, which everybody on the computer can read.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::failure::{DONE, Failure, Outcome};
use super::given::Given;
use super::opening::choices;
use super::output::{print_json, print_line, say};
use crate::desktop::Preferences;
use crate::session::{BackupPlace, PasswordSet, RecoveryCode, SecretText, Session, SessionError};
use crate::wording::counted;

/// Longest line that is read.
const LONGEST_LINE: u64 = 4096;

/// `password set FILE`: line 1 the new password. `change`: line 1 the present one, line 2 the new one. `recover`: line
/// 1 the recovery code, line 2 the new password.
pub(super) fn password(given: &Given) -> Outcome {
    const STEPS: [&str; 3] = ["set", "change", "recover"];
    let place_of_step = (0..2).find(|place| given.place(*place).is_some_and(|word| STEPS.contains(&word)));
    let Some(place_of_step) = place_of_step else {
        return Err(Failure::usage("password: нужно set, change или recover и файл."));
    };
    let (step, file) = (given.place(place_of_step).unwrap_or_default(), given.path(1 - place_of_step));
    let (clock, page) = (given.clock()?, page_path(given)?);
    let actor = given.text("actor")?;
    let place = BackupPlace::of(&file, &Preferences::load().backup_folders);
    let choices = choices(given);
    let (mut session, set) = match step {
        "set" => {
            let new = secret_line("новый пароль")?;
            let mut session = Session::open_as(&file, None, clock, actor, &choices)?;
            let set = session.set_password(None, &new, &place)?;
            (session, set)
        }
        "change" => {
            let (old, new) = (secret_line("прежний пароль")?, secret_line("новый пароль")?);
            let key = crate::store::Key::from_password(old.as_str()).ok_or(SessionError::WrongPassword)?;
            let mut session = Session::open_as(&file, Some(&key), clock, actor, &choices)?;
            let set = session.set_password(Some(&old), &new, &place)?;
            (session, set)
        }
        _ => {
            let (code, new) = (secret_line("код восстановления")?, secret_line("новый пароль")?);
            let code = RecoveryCode::parse(code.as_str()).map_err(SessionError::Code)?;
            Session::recover(&file, &code, &new, clock, actor, &place, &choices)?
        }
    };
    let written = write_page(page.as_deref(), &mut session, &set.code);
    if given.has("json") {
        let backups = set.backups.as_ref().ok();
        print_json(&json!({
            "code": set.code.text().as_str(),
            "entry": session.register().revision,
            "replaces_code": set.replaces_code,
            "backups_removed": backups.map(|replaced| replaced.removed),
            "backups_left": backups.map(|replaced| replaced.left.len()),
        }))?;
    } else {
        print_line("Пароль задан.")?;
        print_code(&set.code)?;
    }
    say_what_to_do(&set);
    written?;
    Ok(DONE)
}

/// One secret of the input, without its end.
///
/// # Errors
/// When there is no further line.
pub(super) fn secret_line(what: &str) -> Result<SecretText, Failure> {
    let mut line = String::with_capacity(256);
    let read = std::io::Read::take(std::io::stdin().lock(), LONGEST_LINE).read_line(&mut line);
    let is_there = read.is_ok_and(|count| count > 0);
    let text = SecretText::new(line);
    let trimmed = text.as_str().trim_end_matches(['\r', '\n']);
    if !is_there || trimmed.is_empty() {
        return Err(Failure::failed(format!("На вводе нет строки: {what}. Ничего не изменено.")));
    }
    Ok(SecretText::new(trimmed.to_owned()))
}

/// The code on stdout, where it is the answer.
///
/// # Errors
/// When the output cannot be written.
pub(super) fn print_code(code: &RecoveryCode) -> Result<(), Failure> {
    print_line(&format!("Код восстановления: {}", code.text().as_str()))
}

/// `--code-out`: the page for the safe.
///
/// # Errors
/// When it cannot be written; the password is set all the same.
pub(super) fn write_page(
    page: Option<&Path>,
    session: &mut Session,
    code: &RecoveryCode,
) -> Result<(), Failure> {
    let Some(path) = page else { return Ok(()) };
    session.write_code_page(code, path).map_err(|error| {
        Failure::failed(format!("Пароль задан, но лист с кодом не записан. {error} Сохраните код из вывода."))
    })
}

/// `--code-out`, looked at before anything is changed.
///
/// # Errors
/// When it does not end with `.docx`.
pub(super) fn page_path(given: &Given) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = given.values.get("code-out").and_then(|values| values.last()).map(PathBuf::from) else {
        return Ok(None);
    };
    match path.extension() {
        Some(ending) if ending.eq_ignore_ascii_case("docx") => Ok(Some(path)),
        _ => Err(Failure::usage("--code-out: нужно имя с окончанием .docx.")),
    }
}

fn say_what_to_do(set: &PasswordSet) {
    let old = if set.replaces_code {
        " Прежний код больше не действует, прежний лист уничтожьте."
    } else {
        ""
    };
    say(&format!("Распечатайте код и храните в сейфе: без пароля и кода файл не откроет никто.{old}"));
    match &set.backups {
        Ok(replaced) if !replaced.left.is_empty() => say(&format!(
            "Остались копии с прежним паролем или без него, которые не удалось убрать: {}.",
            counted(replaced.left.len() as u64, "файл", "файла", "файлов")
        )),
        Ok(_) => {}
        Err(problem) => say(&problem.to_string()),
    }
}
