//! Undo, part by part: a part is taken back only if everything it set is still as it set it, nothing
//! later refers to what it created, and the result keeps the invariants; else the whole part stays.

use serde_json::Value;

use super::super::change::{Change, ChangeSet, JournalChange, KeptBecause, KeptPart};
use super::super::entity::{Entity, Fields};
use super::super::{Refusal, Register};
use super::invariants;

pub(super) fn undo(
    register: &Register,
    code: &str,
    parts: Option<&[u32]>,
    journal: &[JournalChange],
) -> Result<ChangeSet, Refusal> {
    if code == "found" {
        return Err(Refusal::CannotUndoFounding);
    }
    let mut numbers: Vec<u32> = journal.iter().map(|change| change.part).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if let Some(wanted) = parts {
        if wanted.iter().any(|part| numbers.binary_search(part).is_err()) {
            return Err(Refusal::NoSuchPart);
        }
        numbers.retain(|part| wanted.contains(part));
    }
    // Later parts may refer to what earlier parts of the same entry created: backwards.
    let mut working = register.clone();
    let mut set = ChangeSet::default();
    let mut by_part: std::collections::BTreeMap<u32, Vec<&JournalChange>> = std::collections::BTreeMap::new();
    for change in journal {
        by_part.entry(change.part).or_default().push(change);
    }
    for part in numbers.iter().rev() {
        let changes = &by_part[part];
        match undo_part(&working, *part, changes) {
            Ok(undone) => {
                working.apply(&undone);
                set.changes.extend(undone.changes);
            }
            Err(because) => set.kept.push(KeptPart { part: *part, subject: changes[0].key, because }),
        }
    }
    set.kept.reverse();
    if set.changes.is_empty() {
        return Err(if set.kept.is_empty() { Refusal::NothingToUndo } else { Refusal::EveryPartKept });
    }
    Ok(set)
}

fn undo_part(working: &Register, part: u32, journal: &[&JournalChange]) -> Result<ChangeSet, KeptBecause> {
    let mut set = ChangeSet::default();
    let mut scratch = working.clone();
    for change in journal.iter().rev() {
        let current = scratch.get(change.key);
        let after = take_back(change, current.as_ref())?;
        scratch.put(change.key, after.clone());
        set.changes.push(Change { part, before: current, after });
    }
    match invariants::check(working, &set) {
        Ok(()) => Ok(set),
        Err(Refusal::StillReferred { .. }) => Err(KeptBecause::ReferredLater),
        Err(_) => Err(KeptBecause::WouldBreak),
    }
}

fn take_back(change: &JournalChange, current: Option<&Entity>) -> Result<Option<Entity>, KeptBecause> {
    match (&change.fields.before, &change.fields.after, current) {
        (None, None, _) => Err(KeptBecause::Erased),
        (None, Some(after), Some(current)) if current.to_fields() == *after => Ok(None),
        (Some(before), None, None) => rebuilt(change, before.clone()).map(Some),
        (Some(before), Some(after), Some(current)) => {
            let mut fields = current.to_fields();
            for (name, set_to) in after {
                if fields.get(name).unwrap_or(&Value::Null) != set_to {
                    return Err(KeptBecause::ChangedLater);
                }
            }
            for (name, old) in before {
                match old {
                    Value::Null => fields.remove(name),
                    old => fields.insert(name.clone(), old.clone()),
                };
            }
            rebuilt(change, fields).map(Some)
        }
        _ => Err(KeptBecause::ChangedLater),
    }
}

fn rebuilt(change: &JournalChange, fields: Fields) -> Result<Entity, KeptBecause> {
    Entity::from_fields(change.key, fields).map_err(|_| KeptBecause::WouldBreak)
}
