//! The files of recordings. A row says that a recording is there; a folder without one is left over and goes.

use std::{collections::BTreeSet, fs, io::ErrorKind, path::Path};

use rusqlite::Connection;
use sellme_core::{Millis, id::SessionId};

use crate::{Folder, Result, queries::recordings};

/// Forgets recordings whose day has come and removes every folder of sound that nobody has a recording for: of those, of deleted ones, of people who are gone.
///
/// # Errors
/// The first thing that could not be removed; everything else is removed all the same.
pub(crate) fn sweep(db: &Connection, folder: &Folder, now: Millis) -> Result<()> {
    recordings::delete_due(db, now)?;
    let kept = recordings::sessions(db)?;
    each_folder(&folder.recordings(), &kept)
}

/// Removes the sound of one session.
pub(crate) fn remove(folder: &Folder, id: SessionId) -> Result<()> {
    remove_folder(&folder.recording(id))
}

fn each_folder(all: &Path, kept: &BTreeSet<SessionId>) -> Result<()> {
    let entries = match fs::read_dir(all) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let mut done = Ok(());
    for entry in entries {
        let entry = entry?;
        let id = entry.file_name().to_str().and_then(|name| name.parse().ok()).map(SessionId);
        if !id.is_some_and(|id| kept.contains(&id)) {
            done = done.and(remove_folder(&entry.path()));
        }
    }
    done
}

fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
