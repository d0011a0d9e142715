//! A damaged data file: what can be read of it is saved, what cannot comes from the newest backup that is sound, and the damaged file is set aside.
//!
//! The new file is filled beside the damaged one and takes its place last, so that a stop in between loses nothing: the repair then begins anew.

mod merge;
mod salvage;

use std::path::PathBuf;

use rusqlite::{Connection, TransactionBehavior};
use sellme_core::{Millis, wire::Notice};

use crate::{
    Folder, Result, StoreError, backup, connection,
    folder::{remove_file, sync_folder, with_companions},
    migrations, probe,
};

/// Repairs the data file and says what is there again and what is known to be missing.
///
/// # Errors
/// Where the folder cannot be written or the disk is full; the damaged file is then where it was.
pub(crate) fn repair(folder: &Folder, now: Millis) -> Result<Notice> {
    remove_file(&folder.repairing())?;
    let mut sources = Vec::new();
    // A file whose first page is gone cannot be opened at all.
    sources.extend(connection::copying(&folder.file()).ok());
    sources.extend(newest_sound_backup(folder)?);
    if !sources.iter().any(salvage::has_sessions) {
        return Err(StoreError::Lost(folder.file()));
    }
    let mut fresh = connection::writing(&folder.repairing())?;
    migrations::to_newest(&mut fresh)?;
    let transaction = fresh.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (kept, missing) = merge::merge(&sources, &transaction)?;
    transaction.commit()?;
    fresh.pragma_update_and_check(None, "wal_checkpoint", "TRUNCATE", |_| Ok(()))?;
    fresh.close().map_err(|(_, error)| error)?;
    drop(sources);
    remove_file(&folder.borrowed())?;
    std::fs::rename(folder.repairing(), folder.repaired())?;
    let set_aside = set_aside(folder, now)?;
    std::fs::rename(folder.repaired(), folder.file())?;
    sync_folder(folder.path())?;
    Ok(Notice::Repaired { kept, missing, set_aside: set_aside.display().to_string() })
}

/// Moves the damaged file into a folder named after the time, its log with it.
fn set_aside(folder: &Folder, now: Millis) -> Result<PathBuf> {
    let mut aside = folder.damaged().join(now.0.to_string());
    for again in 2.. {
        if !aside.exists() {
            break;
        }
        aside = folder.damaged().join(format!("{}-{again}", now.0));
    }
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

fn newest_sound_backup(folder: &Folder) -> Result<Option<Connection>> {
    for backup in backup::all(folder)?.into_iter().rev() {
        let known = probe::version(&backup.path).is_ok_and(|version| version <= migrations::NEWEST);
        if known && probe::is_sound(&backup.path)? {
            let file = folder.borrowed();
            remove_file(&file)?;
            std::fs::copy(&backup.path, &file)?;
            let mut db = connection::writing(&file)?;
            migrations::to_newest(&mut db)?;
            return Ok(Some(db));
        }
    }
    Ok(None)
}
