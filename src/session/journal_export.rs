//! The journal of a period as a list, and the answer to «цел ли журнал». Addresses and phones are masked as on screen.

use jiff::civil::Date;

use super::errors::SessionError;
use super::journal_words::{change_lines, entity_title, entry_sentence};
use super::registers::Session;
use crate::documents::TableCell;
use crate::names::{InviteAddress, find_addresses};
use crate::store::{EntryRow, VerifyProblem, VerifyReport};
use crate::wording::{counted, date_short};

/// What is asked of an export.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JournalExportRequest {
    /// First day; from the beginning where `None`.
    pub from: Option<Date>,
    /// Last day; to the end where `None`.
    pub to: Option<Date>,
    /// Kinds and numbers of records instead of names and contents. Who acted is told all the same.
    pub ids_only: bool,
}

/// Headers of the list: constant, so that exports can be laid side by side.
pub(super) const JOURNAL_HEADERS: [&str; 11] =
    ["Запись", "Дата", "Время", "Кто", "Что сделано", "Отмена", "Часть", "Над чем", "Поле", "Было", "Стало"];
/// Entries read at once.
const PAGE: usize = 500;

/// The rows of an export, oldest first: one for every changed field, one for an entry without any.
///
/// # Errors
/// When the period ends before it begins, holds nothing, or the file cannot be read.
pub(super) fn journal_rows(
    session: &Session,
    request: &JournalExportRequest,
) -> Result<Vec<Vec<TableCell>>, SessionError> {
    let outside = |text: &str| SessionError::Outside(text.to_owned());
    if request.from.zip(request.to).is_some_and(|(from, to)| to < from) {
        return Err(outside("Конец периода раньше начала. Ничего не записано. Исправьте даты."));
    }
    let entries = entries_within(session, request)?;
    if entries.is_empty() {
        return Err(outside(
            "За этот период записей в журнале нет. Ничего не записано. Возьмите другой период.",
        ));
    }
    let zone = session.clock().now().time_zone().clone();
    let mut rows = Vec::new();
    for entry in &entries {
        let head = head_cells(entry, &zone);
        let before = rows.len();
        add_changes(session, entry, request, &head, &mut rows)?;
        if rows.len() == before {
            let mut row = head;
            row.extend(std::iter::repeat_with(|| TableCell::Empty).take(5));
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Oldest first.
fn entries_within(session: &Session, request: &JournalExportRequest) -> Result<Vec<EntryRow>, SessionError> {
    let (mut found, mut before) = (Vec::new(), None);
    loop {
        let page = session.list_entries(before, PAGE)?;
        before = page.last().map(|entry| entry.number);
        let is_last = page.len() < PAGE;
        // The clock may have been set back in between, so every entry is looked at.
        found.extend(page.into_iter().filter(|entry| {
            request.from.is_none_or(|from| from <= entry.day) && request.to.is_none_or(|to| entry.day <= to)
        }));
        if is_last {
            break;
        }
    }
    found.reverse();
    Ok(found)
}

fn head_cells(entry: &EntryRow, zone: &jiff::tz::TimeZone) -> Vec<TableCell> {
    let taken_back = entry.undone_by.map(|by| format!("отменена записью № {by}"));
    vec![
        entry.number.to_string().into(),
        TableCell::Date(entry.day),
        entry.at.to_zoned(zone.clone()).strftime("%H:%M:%S").to_string().into(),
        entry.actor.as_str().into(),
        entry_sentence(entry).into(),
        taken_back.map_or(TableCell::Empty, TableCell::Text),
    ]
}

fn add_changes(
    session: &Session,
    entry: &EntryRow,
    request: &JournalExportRequest,
    head: &[TableCell],
    rows: &mut Vec<Vec<TableCell>>,
) -> Result<(), SessionError> {
    let register = session.register();
    for change in session.list_changes(entry.number, 0, usize::MAX)? {
        let mut add = |title: String, field: String, before: String, after: String| {
            let mut row = head.to_vec();
            row.extend([change.part.to_string(), title, field, before, after].map(TableCell::Text));
            rows.push(row);
        };
        if request.ids_only {
            add(
                format!("{} {}", change.key.kind.code(), change.key.id),
                String::new(),
                String::new(),
                String::new(),
            );
            continue;
        }
        let fields = change.fields.after.as_ref().or(change.fields.before.as_ref());
        let title = masked(&entity_title(register, change.key, fields));
        for line in change_lines(register, &change) {
            add(title.clone(), line.field, masked(&line.before), masked(&line.after));
        }
    }
    Ok(())
}

/// A link that somebody typed into a note opens a chat just as well.
fn masked(text: &str) -> String {
    let mut masked = text.to_owned();
    for found in find_addresses(text) {
        if let Ok((address, _)) = InviteAddress::parse(found) {
            masked = masked.replace(found, &address.masked());
        }
    }
    masked
}

/// Whether the journal is whole, in numbers and in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalCheck {
    pub entries: u64,
    pub changes: u64,
    /// «Контрольная отметка» of the newest entry.
    pub mark: String,
    /// The first entry that is missing or changed, and the day of it or of the last sound one before.
    pub first_broken: Option<(u64, Option<Date>)>,
    /// What else is wrong with the file.
    pub other_problems: usize,
    /// What the journal is worth, in one or two sentences.
    pub words: String,
}

impl JournalCheck {
    /// Whether nothing is wrong with the file at all.
    pub fn is_whole(&self) -> bool {
        self.first_broken.is_none() && self.other_problems == 0
    }
}

impl Session {
    /// Checks the file and says what that means for its journal.
    ///
    /// # Errors
    /// When the file cannot be read at all.
    pub fn check_journal(&self) -> Result<JournalCheck, SessionError> {
        let report = self.verify()?;
        self.judge_journal(&report)
    }

    /// What a report means for the journal.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn judge_journal(&self, report: &VerifyReport) -> Result<JournalCheck, SessionError> {
        let broken = report.problems.iter().find_map(|problem| match problem {
            VerifyProblem::JournalGap { entry } => Some((*entry, true)),
            VerifyProblem::JournalBroken { entry } => Some((*entry, false)),
            _ => None,
        });
        let counts = format!(
            "{}, {}",
            counted(report.entries, "запись", "записи", "записей"),
            counted(report.changes, "изменение", "изменения", "изменений")
        );
        let (mut first_broken, mut words) = (None, format!("Журнал цел: {counts}."));
        if let Some((entry, is_missing)) = broken {
            let sound = if is_missing { entry.saturating_sub(1) } else { entry };
            // A damaged entry may not even have a day that can be read.
            let day = self.list_entries(Some(sound + 1), 1).ok().and_then(|found| Some(found.first()?.day));
            first_broken = Some((entry, day));
            let when = day.map(date_short).unwrap_or_default();
            words = match (is_missing, day.is_some()) {
                (true, true) => {
                    format!("В журнале нет записи № {entry}: последняя целая перед ней от {when}.")
                }
                (true, false) => format!("В журнале нет записи № {entry}."),
                (false, true) => format!("Запись журнала № {entry} от {when} изменена мимо программы."),
                (false, false) => format!("Запись журнала № {entry} изменена мимо программы."),
            };
            words.push_str(" Всё, что до неё, цело.");
        }
        let other_problems =
            report.problems.len() - report.problems.iter().filter(|it| is_of_chain(it)).count();
        if other_problems > 0 {
            words.push_str(&format!(
                " Кроме того, найдено: {}.",
                counted(other_problems as u64, "ошибка файла", "ошибки файла", "ошибок файла")
            ));
        }
        Ok(JournalCheck {
            entries: report.entries,
            changes: report.changes,
            mark: report.head_hash.to_string(),
            first_broken,
            other_problems,
            words,
        })
    }
}

fn is_of_chain(problem: &VerifyProblem) -> bool {
    matches!(problem, VerifyProblem::JournalGap { .. } | VerifyProblem::JournalBroken { .. })
}
