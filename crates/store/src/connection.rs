//! Connections, set up alike.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::{Result, StoreError};

/// How long a connection waits for another process before it gives up.
const PATIENCE: Duration = Duration::from_secs(3);

/// How many statements a connection keeps prepared.
const STATEMENTS: usize = 64;

const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_NO_MUTEX;

/// The connection that writes. Makes the file where there is none, stamped from its first page on.
pub(crate) fn writing(file: &Path, application_id: i32) -> Result<Connection> {
    let db = Connection::open_with_flags(file, FLAGS | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    common(&db)?;
    // SQLite opens a file that it may not write all the same, and complains at the first write only.
    if db.is_readonly(rusqlite::MAIN_DB)? {
        return Err(StoreError::ReadOnly(file.display().to_string()));
    }
    if db.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0))? != application_id {
        // Before the switch to the write-ahead log, so that the file's own first page has it whatever happens next.
        db.pragma_update(None, "application_id", application_id)?;
    }
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "FULL")?;
    // macOS answers a plain fsync while the bytes are still in the drive; elsewhere these two change nothing.
    db.pragma_update(None, "fullfsync", true)?;
    db.pragma_update(None, "checkpoint_fullfsync", true)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "secure_delete", true)?;
    Ok(db)
}

/// A connection that only reads, and never makes a file.
pub(crate) fn reading(file: &Path) -> Result<Connection> {
    let db = copying(file)?;
    db.pragma_update(None, "query_only", true)?;
    Ok(db)
}

fn common(db: &Connection) -> Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    db.pragma_update(None, "trusted_schema", false)?;
    Ok(())
}

/// A connection that makes a copy of the file: it reads the file, and may write another.
pub(crate) fn copying(file: &Path) -> Result<Connection> {
    let db = Connection::open_with_flags(file, FLAGS | OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    common(&db)?;
    let first = db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match first.err().and_then(|error| error.sqlite_error_code()) {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) if !has_log(file) => untouched(file),
        _ => Ok(db),
    }
}

/// A connection to a file in a folder that may not be written, where the index of the write-ahead log cannot be made. Without a log the file alone is everything.
fn untouched(file: &Path) -> Result<Connection> {
    let name: String = file.to_string_lossy().chars().flat_map(escaped).collect();
    let flags = FLAGS | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let db = Connection::open_with_flags(format!("file:{name}?immutable=1"), flags)?;
    common(&db)?;
    Ok(db)
}

fn has_log(file: &Path) -> bool {
    let mut log = file.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// A character of a path in an address.
fn escaped(c: char) -> Vec<char> {
    match c {
        '%' => "%25".chars().collect(),
        '?' => "%3f".chars().collect(),
        '#' => "%23".chars().collect(),
        other => vec![other],
    }
}

const SETTINGS: [&str; 9] = [
    "application_id",
    "busy_timeout",
    "checkpoint_fullfsync",
    "foreign_keys",
    "fullfsync",
    "journal_mode",
    "secure_delete",
    "synchronous",
    "trusted_schema",
];

/// How a connection is set.
pub(crate) fn settings(db: &Connection) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for name in SETTINGS {
        let value = db.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0))?;
        let text = match value {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            other => format!("{other:?}"),
        };
        found.push((name.to_owned(), text));
    }
    Ok(found)
}
