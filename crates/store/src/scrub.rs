//! After people were deleted: nothing of what was theirs stays anywhere in the data folder.
//!
//! Noted as due in the transaction that deletes, so that a stop in between is made up for at the next start.

use std::{collections::BTreeSet, path::Path};

use rusqlite::Connection;
use sellme_core::Millis;

use crate::{Folder, Result, StoreError, backup, queries::device, recordings};

/// Removes what deleted people may have left, if there are any who may have: rewrites the file without the free pages, empties the log, and removes every
/// other copy, which are backups, damaged files, those people's exports and recordings, and logs. A new backup is made of what is left.
///
/// # Errors
/// The first thing that could not be removed, [`StoreError::Busy`] where another process still reads the old state. Everything else is removed all the
/// same, and the scrub stays due.
pub(crate) fn scrub(db: &Connection, folder: &Folder, now: Millis) -> Result<()> {
    let people = device::to_scrub(db)?;
    if people.is_empty() {
        return Ok(());
    }
    let removed = [
        backup::remove_all(folder),
        backup::remove_folder(&folder.damaged()),
        each_file(&folder.exports(), &|export| remove_if_about(export, &people)),
        each_file(&folder.logs(), &empty),
        recordings::sweep(db, folder, now),
        rewrite(db),
    ];
    let done = removed.into_iter().collect::<Result<()>>().and_then(|()| device::scrubbed(db));
    // It holds nothing of theirs, since it is written anew from the rows that are left. Where it cannot be made, the next completed session makes one.
    drop(backup::make(db, folder, now));
    done
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
    let mut done = Ok(());
    for entry in entries {
        let entry = entry?;
        let this = if entry.file_type()?.is_dir() { each_file(&entry.path(), act) } else { act(&entry.path()) };
        done = done.and(this);
    }
    done
}

/// Every export names its person by id; other people's exports stay. One that was never finished may not have come as far as the id.
fn remove_if_about(export: &Path, people: &BTreeSet<String>) -> Result<()> {
    let unfinished = export.extension().is_some_and(|extension| extension == "part");
    let text = std::fs::read(export)?;
    let names = |person: &String| text.windows(person.len()).any(|window| window == person.as_bytes());
    if unfinished || people.iter().any(names) {
        std::fs::remove_file(export)?;
    }
    Ok(())
}

/// Cuts a log to nothing. It stays where it is, since the program goes on writing to the newest one.
fn empty(log: &Path) -> Result<()> {
    Ok(std::fs::File::options().write(true).open(log)?.set_len(0)?)
}
