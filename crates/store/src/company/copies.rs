//! Copies of a company's records in a folder: made beside a process that serves them, and put in their place again. PostgreSQL has its own programs for that.

use std::path::{Path, PathBuf};

use sellme_core::Millis;

use super::{
    Place,
    migrations::{self, APPLICATION_ID},
    postgres,
};
use crate::{
    Folder, FolderLock, Result, StoreError, connection,
    folder::{make_private, remove_file, sync_folder, with_companions},
    open::close_writer,
    probe,
};

/// Of which version records are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// The one that was found.
    pub found: i64,
    /// The newest that this program knows.
    pub newest: i64,
}

/// Of which version the records are, without a change to them; `None` where there are none yet.
///
/// # Errors
/// They cannot be read, or are not a company's.
pub fn versions(place: &Place) -> Result<Option<Versions>> {
    let found = match place {
        Place::Folder(folder) => {
            let file = folder.company_file();
            match probe::stamp(&file)? {
                None => None,
                Some(APPLICATION_ID) => Some(probe::version(&file)?),
                Some(_) => return Err(StoreError::Foreign(file)),
            }
        }
        Place::Postgres(address) => postgres::version(address)?,
    };
    Ok(found.map(|found| Versions { found, newest: migrations::NEWEST }))
}

/// Copies the records of a folder into a new file, for its owner alone. A process that serves them goes on meanwhile.
///
/// # Errors
/// [`StoreError::Exists`] where there is such a file, [`StoreError::NotFound`] where there are no records; they cannot be read, the file cannot be written.
pub fn back_up(folder: &Folder, to: &Path) -> Result<()> {
    if versions(&Place::Folder(folder.clone()))?.is_none() {
        return Err(nothing(&folder.company_file()));
    }
    if !make_private(to)? {
        return Err(StoreError::Exists { kind: "file", id: to.display().to_string() });
    }
    // Under another name until it is whole, so that half a copy is never taken for one.
    let unfinished = beside(to, ".unfinished");
    let copied = copy(&folder.company_file(), &unfinished).and_then(|()| Ok(std::fs::rename(&unfinished, to)?));
    if copied.is_err() {
        drop(remove_file(&unfinished));
        drop(remove_file(to));
    }
    copied.and_then(|()| sync_folder(parent(to)))
}

/// Puts a copy in the place of a folder's records; those that are there are set aside where `replace` says so. Gives where they are.
///
/// # Errors
/// The copy is not one of a company's records, newer than this program or damaged, and then nothing was changed. [`StoreError::InUse`] while a process serves the folder,
/// [`StoreError::Exists`] where it has records that are not to be replaced.
pub fn restore(folder: &Folder, from: &Path, replace: bool, now: Millis) -> Result<Option<PathBuf>> {
    check(from)?;
    let _alone = FolderLock::take(folder)?;
    let file = folder.company_file();
    let has_records = !probe::is_empty(&file)?;
    if has_records && !replace {
        return Err(StoreError::Exists { kind: "file", id: file.display().to_string() });
    }
    let restoring = beside(&file, ".restoring");
    copy(from, &restoring).inspect_err(|_| drop(remove_file(&restoring)))?;
    let aside = if has_records { Some(set_aside(folder, now)?) } else { None };
    // The log of a file that is gone would be taken for this one's.
    with_companions(&file).iter().filter(|path| **path != file).try_for_each(|path| remove_file(path))?;
    std::fs::rename(&restoring, &file)?;
    sync_folder(folder.path())?;
    folder.keep_private();
    Ok(aside)
}

/// That a file is a whole copy of a company's records, of a version that this program knows.
fn check(copy: &Path) -> Result<()> {
    match probe::stamp(copy)? {
        Some(APPLICATION_ID) => {}
        None => return Err(nothing(copy)),
        Some(_) => return Err(StoreError::Foreign(copy.to_owned())),
    }
    let found = probe::version(copy)?;
    if found > migrations::NEWEST {
        return Err(StoreError::Newer { found, known: migrations::NEWEST });
    }
    let db = connection::reading(copy)?;
    let sound: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if sound != "ok" || found < 1 {
        return Err(StoreError::Damaged(sound));
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    remove_file(to)?;
    make_private(to)?;
    connection::copying(from)?.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(std::fs::File::options().read(true).write(true).open(to)?.sync_all()?)
}

fn set_aside(folder: &Folder, now: Millis) -> Result<PathBuf> {
    // What is in the log goes into the file first. A damaged file may refuse; its log then goes with it.
    if let Ok(db) = connection::writing(&folder.company_file(), APPLICATION_ID) {
        close_writer(db);
    }
    let aside = folder.replaced().join(now.0.to_string());
    Folder::at(folder.replaced()).create()?;
    Folder::at(&aside).create()?;
    for path in with_companions(&folder.company_file()) {
        if let Some(name) = path.file_name().filter(|_| path.exists()) {
            std::fs::rename(&path, aside.join(name))?;
        }
    }
    sync_folder(&aside)?;
    Ok(aside)
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn parent(file: &Path) -> &Path {
    file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

pub(super) fn nothing(file: &Path) -> StoreError {
    StoreError::NotFound { kind: "file of records", id: file.display().to_string() }
}
