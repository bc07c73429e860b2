//! Id-indexed tables whose clone shares everything: chunks of 256 records behind `Arc`.
//! One edit copies one chunk of pointers, whatever the size of the school.

use std::sync::Arc;

const CHUNK: usize = 256;

/// A persistent map from a dense id (counted from 1) to a record.
#[derive(Debug)]
pub struct Table<T> {
    chunks: Vec<Arc<Chunk<T>>>,
    count: usize,
}

#[derive(Debug)]
struct Chunk<T> {
    slots: Vec<Option<Arc<T>>>,
}

impl<T> Clone for Chunk<T> {
    fn clone(&self) -> Self {
        Self { slots: self.slots.clone() }
    }
}

impl<T> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { chunks: self.chunks.clone(), count: self.count }
    }
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), count: 0 }
    }
}

impl<T: PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count && self.iter().eq(other.iter())
    }
}

impl<T> Table<T> {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The record with this id.
    pub fn get(&self, id: u32) -> Option<&Arc<T>> {
        self.chunks.get(id as usize / CHUNK)?.slots.get(id as usize % CHUNK)?.as_ref()
    }

    /// Every record with its id, ids rising.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u32, &Arc<T>)> {
        self.chunks.iter().enumerate().flat_map(|(chunk_number, chunk)| {
            chunk.slots.iter().enumerate().filter_map(move |(slot_number, slot)| {
                let id = (chunk_number * CHUNK + slot_number) as u32;
                slot.as_ref().map(|record| (id, record))
            })
        })
    }

    /// Every record, ids rising.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.iter().map(|(_, record)| record.as_ref())
    }

    /// Puts, replaces or (with `None`) removes a record; returns what stood there.
    pub fn put(&mut self, id: u32, record: Option<Arc<T>>) -> Option<Arc<T>> {
        let (chunk_number, slot_number) = (id as usize / CHUNK, id as usize % CHUNK);
        if chunk_number >= self.chunks.len() {
            record.as_ref()?;
            self.chunks.resize_with(chunk_number + 1, || Arc::new(Chunk { slots: Vec::new() }));
        }
        let chunk = Arc::make_mut(&mut self.chunks[chunk_number]);
        if slot_number >= chunk.slots.len() {
            chunk.slots.resize(slot_number + 1, None);
        }
        let is_some = record.is_some();
        let previous = std::mem::replace(&mut chunk.slots[slot_number], record);
        self.count = self.count + usize::from(is_some) - usize::from(previous.is_some());
        previous
    }

    /// Changes the record with this id in place (made from its default where there is none).
    pub(super) fn change(&mut self, id: u32, change: impl FnOnce(&mut T))
    where
        T: Clone + Default,
    {
        let mut record = self.put(id, None).unwrap_or_default();
        change(Arc::make_mut(&mut record));
        self.put(id, Some(record));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clone_is_unmoved_by_later_edits() {
        let mut table = Table::default();
        for id in 1..=1000 {
            table.put(id, Some(Arc::new(id * 2)));
        }
        let before = table.clone();
        table.put(500, None);
        table.put(501, Some(Arc::new(7)));
        assert_eq!(
            (before.len(), before.get(500).map(|v| **v), before.get(501).map(|v| **v)),
            (1000, Some(1000), Some(1002))
        );
        assert_eq!((table.len(), table.get(500), table.get(501).map(|v| **v)), (999, None, Some(7)));
        assert_ne!(before, table);
        table.put(500, Some(Arc::new(1000)));
        table.put(501, Some(Arc::new(1002)));
        assert_eq!(before, table);
    }

    #[test]
    fn absent_ids_are_none_and_iteration_rises() {
        let mut table: Table<u32> = Table::default();
        assert!(table.put(900, None).is_none() && table.is_empty());
        for id in [700, 3, 256] {
            table.put(id, Some(Arc::new(id)));
        }
        assert_eq!(table.iter().map(|(id, _)| id).collect::<Vec<_>>(), [3, 256, 700]);
    }
}
