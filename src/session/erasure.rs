//! Erasing people who left (152-ФЗ): who may go, the erasure itself, what the journal tells of it afterwards.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::errors::SessionError;
use super::registers::Session;
pub use crate::documents::{BackupsAfterErasure, ErasureActRequest, ErasureFacts};
use crate::register::{ErasureRecord, ErasureTrace, PersonId};
use crate::regulation::departed_before;
use crate::store::{ERASE_EVENT, Erased, NewEntry};
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
    /// What became of the backups; `None`: this program keeps none of this file.
    pub backups: Option<BackupsAfterErasure>,
}

#[derive(Serialize, Deserialize)]
struct BackupsRecord {
    /// The erasure they belong to.
    entry: u64,
    #[serde(flatten)]
    backups: BackupsAfterErasure,
}

impl Session {
    /// Erases people who left before a day. Cannot be undone.
    ///
    /// # Errors
    /// When somebody of them still has a part in the school, left later, or work about them is not finished; when the
    /// file cannot be written. Nothing is erased then.
    pub fn erase_people(
        &mut self,
        people: &[PersonId],
        before: Date,
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
        let backups = self.replace_backups_after_erasure()?;
        if let Some(backups) = &backups {
            let details = serde_json::to_string(&BackupsRecord { entry, backups: backups.clone() });
            self.record_event(BACKUPS_EVENT, details.unwrap_or_default())?;
        }
        Ok(ErasureOutcome { entry, record: erased.record, compacted: erased.compacted, backups })
    }

    /// Cleans a restored copy of everybody who was erased from the file whose place it takes: to be called with
    /// [`Session::list_erased_people`] of that file. Writes an entry also where the copy knows none of them, so that the
    /// list is not lost and no id of theirs is given out again; `None` for an empty list.
    ///
    /// # Errors
    /// When the file cannot be written; nothing is erased then.
    pub fn reapply_erasures(&mut self, people: &[PersonId]) -> Result<Option<u64>, SessionError> {
        if people.is_empty() {
            return Ok(None);
        }
        Ok(Some(self.erase(people, None)?.entry.number))
    }

    fn erase(&mut self, people: &[PersonId], before: Option<Date>) -> Result<Erased, SessionError> {
        let register = self.register.clone();
        let mut trace = ErasureTrace::new(&register, people);
        // Twice: an earlier name may stand in the journal before what shows whose it is.
        for _ in 0..2 {
            self.store.for_each_change(|_, change| trace.learn(&register, &change))?;
        }
        let plan = trace.plan(&register, before);
        let day = self.clock.wall_day();
        let entry = NewEntry {
            at: self.clock.timestamp(),
            day,
            actor: &self.actor,
            code: ERASE_EVENT,
            details: String::new(),
            undoes: None,
        };
        let erased = self.store.erase(&trace, &plan, &entry, register.revision)?;
        drop(register);
        let register = Arc::make_mut(&mut self.register);
        register.apply(&plan.changes());
        register.revision = erased.entry.number;
        register.last_recorded_day = Some(day);
        Ok(erased)
    }

    /// Puts a fresh backup in the place of those made before an erasure and names those out of reach.
    ///
    /// Nothing is done yet: backups are another part of the program. Whoever fills this in lists the file's backups,
    /// writes and checks a new one, removes the reachable older ones, and returns the names of the others.
    fn replace_backups_after_erasure(&mut self) -> Result<Option<BackupsAfterErasure>, SessionError> {
        Ok(None)
    }

    fn record_event(&mut self, code: &str, details: String) -> Result<u64, SessionError> {
        let day = self.clock.wall_day();
        let entry =
            NewEntry { at: self.clock.timestamp(), day, actor: &self.actor, code, details, undoes: None };
        let number = self.store.append_event(&entry)?.number;
        let register = Arc::make_mut(&mut self.register);
        register.revision = number;
        register.last_recorded_day = Some(day);
        Ok(number)
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
