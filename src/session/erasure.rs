//! Erasing people who left (152-ФЗ): who may go, the erasure itself, what the journal tells of it afterwards.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::backups::{BackupPlace, list_backups};
use super::clock::Clock;
use super::errors::SessionError;
use super::registers::Session;
pub use crate::documents::{BackupsAfterErasure, ErasureActRequest, ErasureFacts};
use crate::register::{ErasureRecord, ErasureTrace, PersonId, Register};
use crate::regulation::departed_before;
use crate::store::{ERASE_EVENT, Erased, NewEntry, Store, StoreError};
use crate::wording::counted;

/// The event that records what became of the backups after an erasure.
const BACKUPS_EVENT: &str = "erase_backups";

/// What an erasure did.
#[derive(Clone, Debug)]
pub struct ErasureOutcome {
    /// Number of its journal entry.
    pub entry: u64,
    pub record: ErasureRecord,
    /// Whether the file was rewritten without free pages.
    pub compacted: bool,
    /// What became of the backups; `None`: they were left alone.
    pub backups: Option<BackupsAfterErasure>,
}

/// Cleans a restored copy of everybody who was erased from the file whose place it takes. Writes an entry also where the
/// copy knows none of them, so that the list is not lost and no id of theirs is given out again; nothing where the copy
/// has the whole list.
///
/// # Errors
/// When a file cannot be read or written; nothing is erased then.
pub(super) fn reapply_erasures(
    present: &Store,
    copy: &mut Store,
    register: &mut Register,
    clock: &Clock,
    actor: &str,
) -> Result<(), StoreError> {
    let (erased, known) = (present.list_erased_people()?, copy.list_erased_people()?);
    if erased.iter().all(|person| known.binary_search(person).is_ok()) {
        return Ok(());
    }
    erase_from(copy, register, &erased, None, clock, actor).map(drop)
}

fn erase_from(
    store: &mut Store,
    register: &mut Register,
    people: &[PersonId],
    before: Option<Date>,
    clock: &Clock,
    actor: &str,
) -> Result<Erased, StoreError> {
    let mut trace = ErasureTrace::new(register, people);
    // Twice: an earlier name may stand in the journal before what shows whose it is.
    for _ in 0..2 {
        store.for_each_change(|_, change| trace.learn(register, &change))?;
    }
    let plan = trace.plan(register, before);
    let entry = NewEntry {
        at: clock.timestamp(),
        day: clock.wall_day(),
        actor,
        code: ERASE_EVENT,
        details: String::new(),
        undoes: None,
    };
    let erased = store.erase(&trace, &plan, &entry, store.revision())?;
    register.apply(&plan.changes());
    register.revision = erased.entry.number;
    Ok(erased)
}

/// Earlier forms of the file that lie beside it: put aside before a restore, kept before a change of format. They may
/// hold what the user wants kept, so they are named and not removed.
fn older_files_beside(file: &Path) -> Vec<String> {
    let (Some(folder), Some(stem)) = (file.parent(), file.file_stem()) else { return Vec::new() };
    let stem = stem.to_string_lossy();
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_older = |path: &Path| {
        path != file
            && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("sferum"))
            && name_of(path).starts_with(stem.as_ref())
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut names: Vec<String> = paths.filter(|path| is_older(path)).map(|path| name_of(&path)).collect();
    names.sort();
    names
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

#[derive(Serialize, Deserialize)]
struct BackupsRecord {
    /// The erasure they belong to.
    entry: u64,
    #[serde(flatten)]
    backups: BackupsAfterErasure,
}

impl Session {
    /// Erases people who left before a day, then replaces the backups (`place`; `None`: they are left as they are and
    /// the act leaves room for them). Cannot be undone.
    ///
    /// # Errors
    /// When somebody of them still has a part in the school, left later, or work about them is not finished; when the
    /// file cannot be written. Nothing is erased then.
    pub fn erase_people(
        &mut self,
        people: &[PersonId],
        before: Date,
        place: Option<&BackupPlace>,
    ) -> Result<ErasureOutcome, SessionError> {
        let departed = departed_before(self.register(), before);
        let may_go: HashSet<PersonId> = departed
            .iter()
            .filter(|departed| departed.obstacles.is_empty())
            .map(|departed| departed.person)
            .collect();
        let kept = people.iter().filter(|person| !may_go.contains(person)).count();
        if kept > 0 {
            let kept = counted(kept as u64, "человека", "людей", "людей");
            return Err(SessionError::Outside(format!(
                "Данные {kept} удалить нельзя: они ещё в организации, выбыли позже или о них есть незаконченные дела. \
                 Ничего не удалено. Обновите список и повторите."
            )));
        }
        if people.is_empty() {
            return Err(SessionError::Outside("Удалять некого. Ничего не изменено.".into()));
        }
        let erased = self.erase(people, Some(before))?;
        let entry = erased.entry.number;
        let backups = place.map(|place| self.replace_backups_after_erasure(place));
        if let Some(backups) = &backups {
            let details = serde_json::to_value(BackupsRecord { entry, backups: backups.clone() });
            self.record_event(BACKUPS_EVENT, &details.expect("counts and names always serialize"))?;
        }
        Ok(ErasureOutcome { entry, record: erased.record, compacted: erased.compacted, backups })
    }

    fn erase(&mut self, people: &[PersonId], before: Option<Date>) -> Result<Erased, SessionError> {
        let register = Arc::make_mut(&mut self.register);
        let erased = erase_from(&mut self.store, register, people, before, &self.clock, &self.actor)?;
        register.last_recorded_day = Some(self.clock.wall_day());
        Ok(erased)
    }

    /// Puts a fresh backup in the place of those made before an erasure and names those out of reach. What fails here is
    /// named in the act: the erasure itself is done.
    fn replace_backups_after_erasure(&self, place: &BackupPlace) -> BackupsAfterErasure {
        let mut backups = BackupsAfterErasure::default();
        let folder = place.folder.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        match list_backups(place, self.path()) {
            Ok(listed) if listed.is_empty() => {}
            Ok(listed) => match self.replace_backups(place, None) {
                Ok((_, replaced)) => {
                    backups.replaced = u32::try_from(replaced.removed).unwrap_or(u32::MAX);
                    backups.unreachable = replaced.left.iter().map(|path| name_of(path)).collect();
                }
                Err(_) => backups.unreachable = listed.iter().map(|backup| name_of(&backup.path)).collect(),
            },
            Err(_) => backups.unreachable.push(format!("все копии в папке «{folder}», её нет на месте")),
        }
        backups.unreachable.extend(older_files_beside(self.path()));
        backups
    }

    /// Everybody ever erased from this file.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_erased_people(&self) -> Result<Vec<PersonId>, SessionError> {
        Ok(self.store.list_erased_people()?)
    }

    /// The erasures of this file, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn list_erasures(&self) -> Result<Vec<ErasureFacts>, SessionError> {
        let backups: Vec<BackupsRecord> = self
            .store
            .list_entries_of(BACKUPS_EVENT, usize::MAX)?
            .iter()
            .filter_map(|entry| serde_json::from_str(&entry.details).ok())
            .collect();
        let zone = self.clock.now().time_zone().clone();
        let mut erasures = Vec::new();
        for (entry, at, record) in self.store.list_erasures()? {
            let row = self.store.get_entry(entry)?.ok_or(SessionError::NoSuchEntry { entry })?;
            let time = at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
            let of_this = backups.iter().find(|backups| backups.entry == entry);
            let backups = of_this.map(|backups| backups.backups.clone());
            erasures.push(ErasureFacts { entry, on: row.day, time, actor: row.actor, record, backups });
        }
        Ok(erasures)
    }
}
