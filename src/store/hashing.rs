//! The journal's hashes. Every piece is framed by its length, so that no two different rows hash alike
//! by moving bytes from one field to the next.

use std::fmt;

use sha2::{Digest, Sha256};

/// The hash of a journal entry, which covers all entries before it.
/// Printed on acts and kept with backups, so that cutting the journal's end off is noticed.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct HeadHash(pub [u8; 32]);

impl fmt::Display for HeadHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

impl fmt::Debug for HeadHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "HeadHash({self})")
    }
}

/// What stands in the row of a change besides salt, payload and hash.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChangeFrame<'row> {
    pub(super) sequence: i64,
    pub(super) part: i64,
    pub(super) kind: &'row str,
    pub(super) entity: i64,
}

/// What stands in the row of an entry besides its hash.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryFrame<'row> {
    pub(super) number: i64,
    pub(super) at: i64,
    pub(super) day: &'row str,
    pub(super) actor: &'row str,
    pub(super) code: &'row str,
    pub(super) details: &'row str,
    pub(super) undoes: Option<i64>,
    pub(super) changes: i64,
}

pub(super) fn change_hash(salt: &[u8], payload: &[u8], frame: &ChangeFrame<'_>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    feed(&mut hasher, salt);
    feed(&mut hasher, payload);
    feed(&mut hasher, frame.kind.as_bytes());
    for number in [frame.entity, frame.part, frame.sequence] {
        hasher.update(number.to_le_bytes());
    }
    hasher.finalize().into()
}

/// The hash of an entry in the making: the changes' hashes follow in order.
pub(super) struct EntryHasher(Sha256);

impl EntryHasher {
    pub(super) fn new(previous: HeadHash, frame: &EntryFrame<'_>) -> Self {
        let mut hasher = Sha256::new();
        feed(&mut hasher, &previous.0);
        hasher.update(frame.number.to_le_bytes());
        hasher.update(frame.at.to_le_bytes());
        for text in [frame.day, frame.actor, frame.code, frame.details] {
            feed(&mut hasher, text.as_bytes());
        }
        hasher.update([u8::from(frame.undoes.is_some())]);
        hasher.update(frame.undoes.unwrap_or_default().to_le_bytes());
        hasher.update(frame.changes.to_le_bytes());
        Self(hasher)
    }

    pub(super) fn add_change(&mut self, hash: &[u8]) {
        feed(&mut self.0, hash);
    }

    pub(super) fn finish(self) -> HeadHash {
        HeadHash(self.0.finalize().into())
    }
}

fn feed(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}
