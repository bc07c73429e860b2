//! Changes: past facts. The same change set is written, applied, shown in the journal and inverted.

use serde_json::Value;

use super::entity::{Entity, EntityKey, Fields};

/// One entity before and after. `before: None` creates, `after: None` removes.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The part it belongs to: a person with what came with it, one link, one group. Counted from 1.
    pub part: u32,
    pub before: Option<Entity>,
    pub after: Option<Entity>,
}

impl Change {
    /// The entity that changed.
    pub fn key(&self) -> EntityKey {
        self.after.as_ref().or(self.before.as_ref()).expect("decide never makes a change of nothing").key()
    }

    /// Only the fields that differ, before and after; `None` for a side that does not exist.
    pub fn fields(&self) -> ChangedFields {
        let before = self.before.as_ref().map(Entity::to_fields);
        let after = self.after.as_ref().map(Entity::to_fields);
        match (before, after) {
            (Some(before), Some(after)) => {
                let (before, after) = differing(before, after);
                ChangedFields { before: Some(before), after: Some(after) }
            }
            (before, after) => ChangedFields { before, after },
        }
    }
}

/// The journal's view of one change: only the fields that differ. A field absent on one side of an
/// edit stands there as null.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangedFields {
    pub before: Option<Fields>,
    pub after: Option<Fields>,
}

fn differing(before: Fields, after: Fields) -> (Fields, Fields) {
    let (mut only_before, mut only_after) = (Fields::new(), Fields::new());
    for (name, old) in &before {
        let new = after.get(name).unwrap_or(&Value::Null);
        if new != old {
            only_before.insert(name.clone(), old.clone());
            only_after.insert(name.clone(), new.clone());
        }
    }
    for (name, new) in after {
        if !before.contains_key(&name) {
            only_before.insert(name.clone(), Value::Null);
            only_after.insert(name, new);
        }
    }
    (only_before, only_after)
}

/// One change as the journal keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct JournalChange {
    pub part: u32,
    pub key: EntityKey,
    pub fields: ChangedFields,
}

/// Why a part of an entry was not undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeptBecause {
    /// A field it set was changed later.
    ChangedLater,
    /// Something later refers to what it created.
    ReferredLater,
    /// Taking it back would break an invariant of the register.
    WouldBreak,
    /// Its journal payload was erased.
    Erased,
}

/// A part that undo left as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptPart {
    pub part: u32,
    /// The first entity of the part, for its name on screen.
    pub subject: EntityKey,
    pub because: KeptBecause,
}

/// Everything one operation changes, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChangeSet {
    pub changes: Vec<Change>,
    /// Parts that an undo kept.
    pub kept: Vec<KeptPart>,
}

impl ChangeSet {
    /// Whether nothing changes; an empty set writes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many parts change.
    pub fn part_count(&self) -> usize {
        let mut parts: Vec<u32> = self.changes.iter().map(|change| change.part).collect();
        parts.sort_unstable();
        parts.dedup();
        parts.len()
    }

    /// The set that takes this one back: order reversed, before and after swapped.
    pub fn inverted(&self) -> ChangeSet {
        let changes = self.changes.iter().rev();
        let swap = |change: &Change| Change {
            part: change.part,
            before: change.after.clone(),
            after: change.before.clone(),
        };
        ChangeSet { changes: changes.map(swap).collect(), kept: Vec::new() }
    }
}
