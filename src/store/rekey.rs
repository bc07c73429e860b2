//! Another key for the open file: everything is exported into a new file under the new key, that file is checked and
//! put in the place of the old one. Nothing is ever encrypted anew in place, so a kill leaves one of the two whole.

use std::path::Path;

use rusqlite::{Connection, params};

use super::backup::making_folder;
use super::replace::{CheckedFile, check_file, replace_file};
use super::{Holder, Key, Loaded, NewEntry, Store, StoreError, opening, schema};

/// What a change of the key needs to know.
pub struct NewKey<'change> {
    /// The key to come.
    pub key: &'change Key,
    /// Who holds the file.
    pub holder: &'change Holder,
    /// The entry of the journal that tells of it; it stands only in the file with the new key.
    pub entry: NewEntry<'change>,
    /// Rows of the workspace that only the file with the new key has.
    pub workspace: &'change [(&'change str, String)],
    /// The name of the old file beside the new one. It is closed with the old key, or with none: the caller removes it.
    pub keep_as: &'change Path,
}

impl Store {
    /// Puts the content under another key (or, from a file without one, under its first). The file is closed for a
    /// moment and open again afterwards, with the register read anew.
    ///
    /// The new file has the defaults of SQLCipher 4 and a salt of its own.
    ///
    /// # Errors
    /// [`StoreError::ReadOnly`], [`StoreError::CopyUnsound`], what the disk says: the file has the key it had and is
    /// open as before, unless opening it again failed as well ([`StoreError::MustReopen`] from then on).
    pub fn change_key(&mut self, change: &NewKey<'_>) -> Result<Loaded, StoreError> {
        self.sound_connection()?;
        if self.read_only {
            return Err(StoreError::ReadOnly);
        }
        let parent = self.path.canonicalize()?;
        let parent = parent.parent().unwrap_or(Path::new("."));
        let folder = making_folder(parent)?;
        let new_file = folder.path().join("new");
        let key = change.key.of_new_file()?;
        opening::create_private(&new_file)?;
        export(self.sound_connection()?, &new_file, &key)?;
        let exported = self.finish_and_check(&new_file, &key, change)?;
        self.exchange(&exported, key, change)
    }

    /// Gives the exported file its entry and rows, and checks that it is what this one is and one entry more.
    fn finish_and_check(
        &self,
        new_file: &Path,
        key: &Key,
        change: &NewKey<'_>,
    ) -> Result<CheckedFile, StoreError> {
        let (mut store, loaded) = Store::open(new_file, Some(key), change.holder)?;
        if (store.revision, loaded.head_hash) != (self.revision, self.head_hash) {
            return Err(StoreError::CopyUnsound);
        }
        store.append_event(&change.entry)?;
        store.write(|connection| {
            let mut statement =
                connection.prepare("INSERT OR REPLACE INTO workspace (key, value) VALUES (?1, ?2)")?;
            for (name, value) in change.workspace {
                statement.execute(params![name, value])?;
            }
            Ok(())
        })?;
        drop(store);
        check_file(new_file, Some(key))
    }

    /// Closes, swaps, opens again: the new file, or the old one where it could not be swapped.
    fn exchange(&mut self, with: &CheckedFile, key: Key, change: &NewKey<'_>) -> Result<Loaded, StoreError> {
        let placeholder = Connection::open_in_memory()?;
        opening::release(&self.connection);
        drop(std::mem::replace(&mut self.connection, placeholder));
        self.poisoned = true;
        self.claim.give_up();
        let swapped = replace_file(&self.path, with, Some(change.keep_as));
        let old_key = self.key.take();
        let key = if swapped.is_ok() { Some(key) } else { old_key };
        let (store, loaded) = Store::open(&self.path, key.as_ref(), change.holder)?;
        *self = store;
        swapped.map(|()| loaded)
    }
}

/// Copies tables, rows and marks into an empty file, row by row: pages of two keys have nothing in common.
fn export(from: &Connection, target: &Path, key: &Key) -> Result<(), StoreError> {
    let path = std::path::absolute(target)?;
    let statement = format!("ATTACH DATABASE ?1 AS exported KEY {}", key.literal().as_str());
    let statement = zeroize::Zeroizing::new(statement);
    from.execute(&statement, [path.to_string_lossy()])?;
    let copied = copy_into_attached(from);
    let detached = from.execute_batch("DETACH DATABASE exported");
    copied?;
    Ok(detached?)
}

fn copy_into_attached(from: &Connection) -> Result<(), StoreError> {
    use rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE;
    let version: u32 = from.pragma_query_value(None, "user_version", |row| row.get(0))?;
    // The function writes the schema of the new file, which a cautious connection does not let anybody do.
    from.set_db_config(SQLITE_DBCONFIG_DEFENSIVE, false)?;
    let exported = from.query_row("SELECT sqlcipher_export('exported')", [], |_| Ok(()));
    from.set_db_config(SQLITE_DBCONFIG_DEFENSIVE, true)?;
    exported?;
    from.pragma_update(Some("exported"), "user_version", version)?;
    Ok(from.pragma_update(Some("exported"), "application_id", schema::APPLICATION_ID)?)
}
