//! The history of imports. It is read from the journal: what an import changed are its entry's changes, nothing is
//! stored twice.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use crate::store::EntryRow;

/// The journal's name of an import ([`Operation::code`](crate::register::Operation::code)).
pub(super) const IMPORT: &str = "import";

/// One import of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRecord {
    /// Number of the journal entry.
    pub entry: u64,
    /// Wall clock.
    pub at: Timestamp,
    /// The wall clock's civil day.
    pub day: Date,
    /// Who did it.
    pub actor: String,
    /// Name of the file without folders.
    pub file_name: String,
    /// SHA-256 of its bytes, in hex; empty where unknown.
    pub file_hash: String,
    /// Rows that changed something.
    pub rows: u64,
    /// The numbers of its preview by [`PlanCounts::named`](crate::roster::PlanCounts::named), in that order; empty
    /// for imports of older programs.
    pub counts: Vec<(String, u64)>,
    /// How many parts it has: people with what came with them, groups, remembered answers.
    pub parts: u64,
    /// How many of them are taken back.
    pub parts_undone: u64,
    /// The entry that took it back.
    pub undone_by: Option<u64>,
}

impl ImportRecord {
    pub(super) fn of(entry: &EntryRow, parts: u64, parts_undone: u64) -> Self {
        let details = details(entry);
        let text = |name: &str| details[name].as_str().unwrap_or_default().to_owned();
        let named = crate::roster::PlanCounts::default().named();
        let counts = named
            .into_iter()
            .filter_map(|(name, _)| details["counts"][name].as_u64().map(|count| (name.to_owned(), count)));
        Self {
            entry: entry.number,
            at: entry.at,
            day: entry.day,
            actor: entry.actor.clone(),
            file_name: text("file"),
            file_hash: text("sha256"),
            rows: details["rows"].as_u64().unwrap_or_default(),
            counts: counts.collect(),
            parts,
            parts_undone,
            undone_by: entry.undone_by,
        }
    }

    /// A number of its preview; 0 where it is not known.
    pub fn count(&self, name: &str) -> u64 {
        self.counts.iter().find(|(known, _)| known == name).map_or(0, |(_, count)| *count)
    }

    /// Parts that an undo left in place, because they were changed later; 0 where nothing was taken back.
    pub fn parts_kept(&self) -> u64 {
        if self.parts_undone == 0 { 0 } else { self.parts.saturating_sub(self.parts_undone) }
    }
}

pub(super) fn file_hash_of(entry: &EntryRow) -> String {
    details(entry)["sha256"].as_str().unwrap_or_default().to_owned()
}

fn details(entry: &EntryRow) -> Value {
    serde_json::from_str(&entry.details).unwrap_or(Value::Null)
}
