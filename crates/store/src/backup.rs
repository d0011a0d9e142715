//! Backups: whole copies in `backups/`, before any migration and at most daily, three kept.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sellme_core::{DAY_MS, Millis};

use crate::{
    Folder, Result, connection,
    folder::{make_private, remove_file, sync_folder},
};

/// How many are kept.
const KEPT: usize = 3;

/// A backup's file, named after its place in the row and its time: `0007-1790000000000.db`. The place orders them, since clocks can be set back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Backup {
    place: u32,
    made_at: i64,
    pub(crate) path: PathBuf,
}

impl Backup {
    fn read(path: PathBuf) -> Option<Self> {
        let (place, made_at) = path.file_name()?.to_str()?.strip_suffix(".db")?.split_once('-')?;
        Some(Self { place: place.parse().ok()?, made_at: made_at.parse().ok()?, path })
    }
}

/// All backups, oldest first.
pub(crate) fn all(folder: &Folder) -> Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(folder.backups()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut all = Vec::new();
    for entry in entries {
        all.extend(Backup::read(entry?.path()));
    }
    all.sort();
    Ok(all)
}

/// The newest one.
pub(crate) fn newest(folder: &Folder) -> Result<Option<Backup>> {
    Ok(all(folder)?.pop())
}

/// True where the newest backup is a day old, or from a time that has not come yet by a day (the clock was set back), or where there is none.
pub(crate) fn is_due(folder: &Folder, now: Millis) -> Result<bool> {
    Ok(newest(folder)?.is_none_or(|backup| (now.0 - backup.made_at).abs() >= DAY_MS))
}

/// Makes a backup, then removes all but the newest three. The connection must be in no transaction.
pub(crate) fn make(db: &Connection, folder: &Folder, now: Millis) -> Result<PathBuf> {
    std::fs::create_dir_all(folder.backups())?;
    let place = newest(folder)?.map_or(1, |backup| backup.place + 1);
    let path = folder.backups().join(format!("{place:04}-{}.db", now.0));
    // Under another name until it is whole, so that half a backup is never taken for one.
    let unfinished = folder.backups().join("unfinished");
    remove_file(&unfinished)?;
    let copied = copy(db, &unfinished).and_then(|()| Ok(std::fs::rename(&unfinished, &path)?));
    if copied.is_err() {
        // A full disk needs the room, and nobody would look for it here. Why there is no backup matters more than what is left of it.
        drop(remove_file(&unfinished));
    }
    copied?;
    sync_folder(&folder.backups())?;
    let all = all(folder)?;
    for old in all.iter().take(all.len().saturating_sub(KEPT)) {
        remove_file(&old.path)?;
    }
    Ok(path)
}

fn copy(db: &Connection, to: &Path) -> Result<()> {
    make_private(to)?;
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(std::fs::File::options().read(true).write(true).open(to)?.sync_all()?)
}

/// Makes a backup from a connection of its own, if one is due.
pub(crate) fn make_if_due(folder: &Folder, now: Millis) -> Result<Option<PathBuf>> {
    if is_due(folder, now)? { make_now(folder, now).map(Some) } else { Ok(None) }
}

/// Makes a backup from a connection of its own.
pub(crate) fn make_now(folder: &Folder, now: Millis) -> Result<PathBuf> {
    make(&connection::copying(&folder.file())?, folder, now)
}

/// Removes every backup, and half ones too.
pub(crate) fn remove_all(folder: &Folder) -> Result<()> {
    remove_folder(&folder.backups())
}

/// Removes a folder with everything in it; it is no error where there is none.
pub(crate) fn remove_folder(path: &Path) -> Result<()> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
