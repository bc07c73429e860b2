//! Drafts and paused work: not journalled, no effect on any rule.

use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};

impl Store {
    /// What was put under a key.
    ///
    /// # Errors
    /// [`StoreError::MustReopen`], [`StoreError::Damaged`].
    pub fn get_workspace(&self, key: &str) -> Result<Option<String>, StoreError> {
        let mut statement =
            self.sound_connection()?.prepare_cached("SELECT value FROM workspace WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Puts or replaces a draft.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn put_workspace(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            let mut statement = connection.prepare_cached(
                "INSERT INTO workspace (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )?;
            statement.execute(params![key, value])?;
            Ok(())
        })
    }

    /// Removes a draft; nothing happens where there is none.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn remove_workspace(&mut self, key: &str) -> Result<(), StoreError> {
        self.write(|connection| {
            connection.prepare_cached("DELETE FROM workspace WHERE key = ?1")?.execute([key])?;
            Ok(())
        })
    }
}
