//! Opening a data folder: what is there is looked at first, then checked, repaired, backed up and led to the newest version, in that order.

use std::path::PathBuf;

use rusqlite::Connection;
use sellme_core::Millis;

use crate::{
    Folder, Opened, Result, SqliteStore, StoreError, backup, connection,
    folder::remove_file,
    marker::Marker,
    migrations::{self, APPLICATION_ID, NEWEST},
    probe::{self, Found},
    recordings, repair, scrub,
};

/// Opens the folder for the window that holds its lock.
pub(crate) fn open(folder: &Folder, now: Millis) -> Result<Opened> {
    folder.create()?;
    let mut set_aside = take_repaired(folder, now)?;
    let found = match probe::look(folder)? {
        Found::Ours(_) if Marker::is_left(folder) && !probe::is_sound(&folder.file())? => Found::Damaged,
        found => found,
    };
    if found == Found::Damaged {
        set_aside = Some(repair::repair(folder, now)?);
    }
    let marker = Marker::set(folder)?;
    let mut writer = connection::writing(&folder.file(), APPLICATION_ID)?;
    if matches!(found, Found::Ours(version) if (1..NEWEST).contains(&version)) {
        backup::make(&writer, folder, now)?;
    }
    migrations::to_newest(&mut writer)?;
    let notices: Vec<_> = repair::notice(&writer, folder, set_aside.as_deref())?.into_iter().collect();
    // What is left of deleted people stays due where it cannot be removed now; that must not keep those out who are still here.
    if let Err(StoreError::Damaged(_)) = scrub::scrub(&writer, folder, now) {
        marker.doubt();
    }
    // Nor must a recording that cannot be removed today; it is tried again while the program runs, and at every start.
    if let Err(error) = recordings::sweep(&writer, folder, now) {
        tracing::warn!(code = ?sellme_core::Error::from(error).code, "recordings whose day has come could not be removed");
    }
    if !notices.is_empty() {
        repair::told(&writer)?;
    }
    let store = SqliteStore::start(folder, writer, marker)?;
    Ok(Opened { store, notices })
}

/// Opens a folder only to read it, beside the window that may have it open.
pub(crate) fn open_to_read(folder: &Folder) -> Result<SqliteStore> {
    match probe::look(folder)? {
        Found::Ours(version) if version == NEWEST => SqliteStore::start_to_read(folder),
        Found::Ours(_) | Found::Nothing => Err(StoreError::NotFound { kind: "data file", id: folder.path().display().to_string() }),
        Found::Damaged => Err(StoreError::Damaged(folder.file().display().to_string())),
    }
}

/// A repair that was cut short after the new file was whole is carried through, and where the damaged one is then is said; before that, it begins anew.
fn take_repaired(folder: &Folder, now: Millis) -> Result<Option<PathBuf>> {
    remove_file(&folder.repairing())?;
    remove_file(&folder.borrowed())?;
    if folder.repaired().exists() { repair::take_place(folder, now).map(Some) } else { Ok(None) }
}

/// What the writer does when the store is closed: the log goes into the file, so that the file alone is everything.
pub(crate) fn close_writer(db: Connection) {
    // A reader of another process may keep the log; then it stays, and is read at the next start.
    drop(db.pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(())));
    drop(db);
}
