//! A damaged data file: what can be read of it is saved, what cannot comes from the newest backup that is sound, and the damaged file is set aside.
//!
//! The new file is filled beside the damaged one and takes its place last, so that a stop in between loses nothing: before the new file is whole the
//! repair begins anew, after that it is carried through.

mod merge;
mod salvage;

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, TransactionBehavior};
use sellme_core::{Millis, wire::Notice};

use crate::{
    Folder, Result, StoreError, backup, connection,
    folder::{remove_file, sync_folder, with_companions},
    migrations, probe,
    queries::device,
};

/// Repairs the data file and says where the damaged one is kept. The new one holds what the [`notice`] says.
///
/// # Errors
/// Where the folder cannot be written or the disk is full; the damaged file is then where it was.
pub(crate) fn repair(folder: &Folder, now: Millis) -> Result<PathBuf> {
    remove_file(&folder.repairing())?;
    let mut sources = Vec::new();
    // A file whose first page is gone cannot be opened at all, and with one that is gone or cut to nothing SQLite throws the log away.
    if !probe::is_empty(&folder.file())? {
        sources.extend(connection::copying(&folder.file()).ok());
    }
    sources.extend(newest_sound_backup(folder)?);
    if !sources.iter().any(salvage::has_sessions) {
        return Err(StoreError::Lost(folder.file()));
    }
    // Where the file is gone, something is set aside all the same, so that a damaged file of earlier is not taken for this one.
    File::options().create(true).append(true).open(folder.file())?;
    let mut fresh = connection::writing(&folder.repairing(), migrations::APPLICATION_ID)?;
    migrations::to_newest(&mut fresh)?;
    let transaction = fresh.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (kept, missing) = merge::merge(&sources, &transaction)?;
    device::set(&transaction, device::REPAIRED, &format!("{kept} {missing}"))?;
    device::set(&transaction, device::REPAIR_UNTOLD, "1")?;
    transaction.commit()?;
    fresh.pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))?;
    fresh.close().map_err(|(_, error)| error)?;
    drop(sources);
    remove_file(&folder.borrowed())?;
    std::fs::rename(folder.repairing(), folder.repaired())?;
    // On the disk before the damaged file moves: from here on the new one is what counts.
    sync_folder(folder.path())?;
    take_place(folder, now)
}

/// Puts the new file, which is whole, where the damaged one is, and says where the damaged one is kept. May have been cut short anywhere before.
pub(crate) fn take_place(folder: &Folder, now: Millis) -> Result<PathBuf> {
    let aside = set_aside(folder, now)?;
    std::fs::rename(folder.repaired(), folder.file())?;
    sync_folder(folder.path())?;
    Ok(aside)
}

/// What the user is told of the repair that made this file, if no start has told them yet: the one that repaired may have been cut short before it could.
pub(crate) fn notice(db: &Connection, folder: &Folder, aside: Option<&Path>) -> Result<Option<Notice>> {
    if device::get(db, device::REPAIR_UNTOLD)?.is_none() && aside.is_none() {
        return Ok(None);
    }
    let aside = match aside {
        Some(aside) => aside.to_owned(),
        None => asides(folder)?.pop().unwrap_or_else(|| folder.damaged()),
    };
    let counts = device::get(db, device::REPAIRED)?;
    let counts = counts.as_deref().and_then(|counts| counts.split_once(' '));
    let counts = counts.and_then(|(kept, missing)| Some((kept.parse().ok()?, missing.parse().ok()?)));
    Ok(counts.map(|(kept, missing)| Notice::Repaired { kept, missing, set_aside: aside.display().to_string() }))
}

/// The user is told of it.
pub(crate) fn told(db: &Connection) -> Result<()> {
    device::clear(db, device::REPAIR_UNTOLD)
}

/// Moves the damaged file into a folder named after the time, or into the one where it was begun, its log with it.
fn set_aside(folder: &Folder, now: Millis) -> Result<PathBuf> {
    let aside = match begun_aside(folder)? {
        Some(begun) => begun,
        None => new_aside(folder, now),
    };
    std::fs::create_dir_all(&aside)?;
    for path in with_companions(&folder.file()) {
        if let Some(name) = path.file_name().filter(|_| path.exists()) {
            std::fs::rename(&path, aside.join(name))?;
        }
    }
    sync_folder(&aside)?;
    sync_folder(folder.path())?;
    Ok(aside)
}

/// Where the damaged file was being set aside when that was cut short: the newest folder, if the file is not in it yet or has gone from its place.
fn begun_aside(folder: &Folder) -> Result<Option<PathBuf>> {
    let file = folder.file();
    let newest = asides(folder)?.pop();
    Ok(newest.filter(|aside| !file.exists() || file.file_name().is_some_and(|name| !aside.join(name).exists())))
}

/// Folders of damaged files, the newest last.
fn asides(folder: &Folder) -> Result<Vec<PathBuf>> {
    let entries = match std::fs::read_dir(folder.damaged()) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            all.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    all.sort();
    Ok(all.into_iter().map(|(_, path)| path).collect())
}

fn new_aside(folder: &Folder, now: Millis) -> PathBuf {
    let mut aside = folder.damaged().join(now.0.to_string());
    for again in 2.. {
        if !aside.exists() {
            break;
        }
        aside = folder.damaged().join(format!("{}-{again}", now.0));
    }
    aside
}

fn newest_sound_backup(folder: &Folder) -> Result<Option<Connection>> {
    for backup in backup::all(folder)?.into_iter().rev() {
        let known = probe::version(&backup.path).is_ok_and(|version| version <= migrations::NEWEST);
        if known && probe::is_sound(&backup.path)? {
            let file = folder.borrowed();
            remove_file(&file)?;
            std::fs::copy(&backup.path, &file)?;
            let mut db = connection::writing(&file, migrations::APPLICATION_ID)?;
            migrations::to_newest(&mut db)?;
            return Ok(Some(db));
        }
    }
    Ok(None)
}
