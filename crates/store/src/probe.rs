//! What a file is, found out without changing a byte of it.

use std::{fs::File, io::Read, path::Path};

use crate::{
    Folder, Result, StoreError, connection,
    migrations::{APPLICATION_ID, NEWEST},
};

/// What lies where the data file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing, or a file that was never written to, and no backup beside it.
    Nothing,
    /// Ours, in this version. Zero where not even the first step was done.
    Ours(i64),
    /// Ours, but it cannot be read; or gone or cut to nothing, while there is a backup of it.
    Damaged,
}

const MAGIC: &[u8; 16] = b"SQLite format 3\0";
const HEADER: usize = 100;
const APPLICATION_ID_AT: usize = 68;
const VERSION_AT: usize = 60;

/// Looks at the data file.
///
/// # Errors
/// [`StoreError::Foreign`] and [`StoreError::Newer`]; both leave the file exactly as it was.
pub(crate) fn look(folder: &Folder) -> Result<Found> {
    let path = folder.file();
    let has_backup = || Ok::<bool, StoreError>(crate::backup::newest(folder)?.is_some());
    // A first start has no backup. Taken for one, the new file's backups would in time push the good ones out.
    let Some(header) = header(&path)? else { return Ok(if has_backup()? { Found::Damaged } else { Found::Nothing }) };
    let ours = header.starts_with(MAGIC) && number(&header, APPLICATION_ID_AT) == APPLICATION_ID;
    if !ours {
        // A file of ours whose first page is gone still has our backups beside it.
        return if !header.starts_with(MAGIC) && has_backup()? { Ok(Found::Damaged) } else { Err(StoreError::Foreign(path)) };
    }
    known(i64::from(number(&header, VERSION_AT)))?;
    // The write-ahead log may hold a later first page than the file itself.
    match version(&path) {
        Ok(version) => known(version).map(Found::Ours),
        Err(StoreError::Damaged(_)) => Ok(Found::Damaged),
        Err(error) => Err(error),
    }
}

/// Whose file it is, as it stands in its first page: `None` where there is no file, or one with nothing in it.
#[cfg(feature = "company")]
pub(crate) fn stamp(path: &Path) -> Result<Option<i32>> {
    Ok(header(path)?.map(|header| if header.starts_with(MAGIC) { number(&header, APPLICATION_ID_AT) } else { 0 }))
}

/// True where there is no file, or one with nothing in it.
pub(crate) fn is_empty(path: &Path) -> Result<bool> {
    Ok(header(path)?.is_none())
}

/// True where every page and every index entry can be read.
pub(crate) fn is_sound(path: &Path) -> Result<bool> {
    let check = || -> Result<String> {
        let db = connection::reading(path)?;
        Ok(db.pragma_query_value(None, "quick_check", |row| row.get(0))?)
    };
    match check() {
        Ok(answer) => Ok(answer == "ok"),
        Err(StoreError::Damaged(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The version of a file, its schema read as well.
pub(crate) fn version(path: &Path) -> Result<i64> {
    let db = connection::reading(path)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

fn known(version: i64) -> Result<i64> {
    if version > NEWEST { Err(StoreError::Newer { found: version, known: NEWEST }) } else { Ok(version) }
}

fn number(header: &[u8], at: usize) -> i32 {
    header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, i32::from_be_bytes)
}

fn header(path: &Path) -> Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let mut header = Vec::with_capacity(HEADER);
    file.take(HEADER as u64).read_to_end(&mut header)?;
    Ok((!header.is_empty()).then_some(header))
}
