//! After a person was deleted: nothing of what was theirs stays anywhere in the data folder.
//!
//! Noted as due in the transaction that deletes, so that a stop in between is made up for at the next start.

use std::path::Path;

use rusqlite::Connection;
use sellme_core::Millis;

use crate::{Folder, Result, StoreError, backup, queries::device};

/// Rewrites the file without the free pages, empties the log, and removes every other copy: backups, damaged files, the person's exports, logs.
/// A new backup is made of what is left.
///
/// # Errors
/// [`StoreError::Busy`] where another process still reads the old state; the scrub stays due.
pub(crate) fn scrub(db: &Connection, folder: &Folder, person: &str, now: Millis) -> Result<()> {
    backup::remove_all(folder)?;
    backup::remove_folder(&folder.damaged())?;
    each_file(&folder.exports(), &|export| remove_if_about(export, person))?;
    each_file(&folder.logs(), &empty)?;
    rewrite(db)?;
    device::clear(db, device::TO_SCRUB)?;
    backup::make(db, folder, now)?;
    Ok(())
}

fn rewrite(db: &Connection) -> Result<()> {
    db.execute_batch("VACUUM")?;
    let busy: bool = db.query_row("PRAGMA wal_checkpoint (TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(StoreError::Busy("the log is still being read".to_owned())) } else { Ok(()) }
}

fn each_file(folder: &Path, act: &dyn Fn(&Path) -> Result<()>) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            each_file(&entry.path(), act)?;
        } else {
            act(&entry.path())?;
        }
    }
    Ok(())
}

/// Every export names the person by id; other people's exports stay. One that was never finished may not have come as far as the id.
fn remove_if_about(export: &Path, person: &str) -> Result<()> {
    let unfinished = export.extension().is_some_and(|extension| extension == "part");
    let text = std::fs::read(export)?;
    if unfinished || text.windows(person.len()).any(|window| window == person.as_bytes()) {
        std::fs::remove_file(export)?;
    }
    Ok(())
}

/// Cuts a log to nothing. It stays where it is, since the program goes on writing to the newest one.
fn empty(log: &Path) -> Result<()> {
    Ok(std::fs::File::options().write(true).open(log)?.set_len(0)?)
}
