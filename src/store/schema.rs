//! The schema: migrations, the runner, and what a file of ours must look like.

use rusqlite::Connection;

use super::StoreError;

/// Marks the file as ours: «SfRm».
pub(super) const APPLICATION_ID: i32 = 0x5366_526D;

/// The migrations of this program, in order; the file's `user_version` counts those it has had.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_register.sql")];

/// One object of `sqlite_schema`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SchemaObject {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

/// Everything in the schema of a file, in a fixed order.
pub(super) fn list_schema(connection: &Connection) -> Result<Vec<SchemaObject>, StoreError> {
    let mut statement = connection
        .prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name, tbl_name")?;
    let rows = statement.query_map([], |row| {
        Ok(SchemaObject { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The schema that the first `version` migrations make.
pub(super) fn schema_after(migrations: &[&str], version: u32) -> Result<Vec<SchemaObject>, StoreError> {
    let connection = Connection::open_in_memory()?;
    for migration in &migrations[..(version as usize).min(migrations.len())] {
        connection.execute_batch(migration)?;
    }
    list_schema(&connection)
}

/// The format of a file of ours.
///
/// # Errors
/// [`StoreError::NotOurs`], [`StoreError::NewerVersion`], [`StoreError::ForeignSchema`].
pub(super) fn check(connection: &Connection, migrations: &[&str]) -> Result<u32, StoreError> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    check_marks(application, version, migrations)?;
    if list_schema(connection)? != schema_after(migrations, version)? {
        return Err(StoreError::ForeignSchema);
    }
    Ok(version)
}

/// The marks alone, which can also be read from the bytes of a file without a key.
pub(super) fn check_marks(application: i32, version: u32, migrations: &[&str]) -> Result<(), StoreError> {
    let program = migrations.len() as u32;
    if application != APPLICATION_ID || version == 0 {
        Err(StoreError::NotOurs)
    } else if version > program {
        Err(StoreError::NewerVersion { file: version, program })
    } else {
        Ok(())
    }
}

/// Brings a file from the format it has to the newest, in one transaction.
///
/// # Errors
/// What SQLite says; the file then has the format it had.
pub(super) fn migrate(connection: &mut Connection, from: u32, migrations: &[&str]) -> Result<(), StoreError> {
    // A migration may rebuild tables; references are checked once, at the end.
    connection.pragma_update(None, "foreign_keys", false)?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Exclusive)?;
    for migration in &migrations[from as usize..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", migrations.len() as u32)?;
    if transaction.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(StoreError::Damaged("a reference leads nowhere".into()));
    }
    transaction.commit()?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}
