//! What the store refuses or fails at, and what a person is told about it.

use std::{io, path::PathBuf};

use rusqlite::{ErrorCode, ffi};
use sellme_core::{Code, Error};

/// The result of anything that the store does.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Why the store refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No session or profile has that id.
    #[error("there is no {kind} {id}")]
    NotFound {
        /// `session` or `profile`.
        kind: &'static str,
        /// The id that was asked for.
        id: String,
    },
    /// The session is over, so nothing can be added to it.
    #[error("session {id} is over")]
    Over {
        /// The session.
        id: String,
    },
    /// A turn that does not follow the last one.
    #[error("turn {got} of session {id} where {expected} comes next")]
    Gap {
        /// The session.
        id: String,
        /// The index that comes next.
        expected: u32,
        /// The index that came.
        got: u32,
    },
    /// Something with that id is there already.
    #[error("{kind} {id} is there already")]
    Exists {
        /// `session` or `profile`.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// The folder or the file cannot be written.
    #[error("the data folder cannot be written: {0}")]
    ReadOnly(String),
    /// No room is left, or a limit on the file's size is reached.
    #[error("no room on the disk: {0}")]
    Full(String),
    /// Another process holds the file for too long.
    #[error("the data file is locked: {0}")]
    Busy(String),
    /// Another window has the folder.
    #[error("the data folder {0} is in use")]
    InUse(PathBuf),
    /// The file was made by a newer program.
    #[error("the data file has version {found}, this program knows {known}")]
    Newer {
        /// Version of the file.
        found: i64,
        /// Newest version that this program knows.
        known: i64,
    },
    /// The file is not ours.
    #[error("{0} is not a data file of this program")]
    Foreign(PathBuf),
    /// The file is damaged.
    #[error("the data file is damaged: {0}")]
    Damaged(String),
    /// The file is damaged, nothing in it can be read, and there is no sound backup.
    #[error("nothing in {0} can be read and there is no backup")]
    Lost(PathBuf),
    /// The database server does not answer; it may again soon.
    #[error("the database does not answer: {0}")]
    Unreachable(String),
    /// The database gave something up that took too long; nothing of it was done.
    #[error("the database gave it up: {0}")]
    TimedOut(String),
    /// Too much waits to be done already, so that this was not begun.
    #[error("too much is asked for at once")]
    Crowded,
    /// The records were made by an older program, and whoever looks does not change them.
    #[error("the records have version {found}, this program knows {known}")]
    Older {
        /// Version of the records.
        found: i64,
        /// The version that this program works with.
        known: i64,
    },
    /// The store is closed, or a thread of it is gone.
    #[error("the data file is closed")]
    Closed,
    /// Bytes that are no sound, where a recording begins.
    #[error("no sound of a known kind")]
    NoSound,
    /// A recording that is too long to be read at once.
    #[error("the recording is too long to be read at once")]
    TooLong,
    /// A stored value that cannot be read back, or a value that cannot be stored.
    #[error("a value of {0} cannot be read or stored")]
    Value(&'static str),
    /// Any other failure of the file system.
    #[error(transparent)]
    Io(io::Error),
    /// Any other failure of SQLite.
    #[error(transparent)]
    Sqlite(rusqlite::Error),
    /// Any other failure of PostgreSQL.
    #[cfg(feature = "company")]
    #[error(transparent)]
    Postgres(postgres::Error),
    /// A migration failed.
    #[error(transparent)]
    Migration(rusqlite_migration::Error),
}

impl StoreError {
    /// The same again, for everybody whose work was in a transaction that failed.
    #[cfg(feature = "company")]
    pub(crate) fn alike(&self) -> Self {
        match self {
            Self::Full(why) => Self::Full(why.clone()),
            Self::Busy(why) => Self::Busy(why.clone()),
            Self::ReadOnly(why) => Self::ReadOnly(why.clone()),
            Self::Damaged(why) => Self::Damaged(why.clone()),
            Self::Unreachable(why) => Self::Unreachable(why.clone()),
            Self::Sqlite(error) if let Some(cause) = error.sqlite_error() => {
                Self::Sqlite(rusqlite::Error::SqliteFailure(*cause, Some(error.to_string())))
            }
            _ => Self::Value("a transaction"),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(cause) = error.sqlite_error() else { return Self::Sqlite(error) };
        match cause.code {
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy(error.to_string()),
            ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::ReadOnly(error.to_string()),
            ErrorCode::DiskFull => Self::Full(error.to_string()),
            // A write that the system refused: a quota or the largest size of a file, which SQLite does not tell from other failures.
            ErrorCode::SystemIoFailure if matches!(cause.extended_code, ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMSIZE) => {
                Self::Full(error.to_string())
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            // A file where a folder should be cannot be written into either.
            io::ErrorKind::PermissionDenied
            | io::ErrorKind::ReadOnlyFilesystem
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::AlreadyExists => Self::ReadOnly(error.to_string()),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Self::Full(error.to_string()),
            _ => Self::Io(error),
        }
    }
}

impl From<rusqlite_migration::Error> for StoreError {
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
            other => Self::Migration(other),
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let (code, message) = match &error {
            StoreError::NotFound { kind, id } => return Self::not_found(kind, id),
            StoreError::Over { .. } => {
                (Code::WrongState, "This session is over and kept as it is. Start a new one to go on practicing.".to_owned())
            }
            StoreError::Gap { .. } => {
                (Code::WrongState, "This session has gone on somewhere else. Nothing was lost; open it again to see all of it.".to_owned())
            }
            StoreError::Exists { kind, id } => (Code::InvalidInput, format!("The {kind} “{id}” is there already. Nothing was changed.")),
            StoreError::ReadOnly(_) => (
                Code::ReadOnly,
                "The data folder cannot be written, so nothing new can be saved. What was saved before is still there. Allow writing to that folder \
                 or choose another data folder, then try again."
                    .to_owned(),
            ),
            StoreError::Full(_) => (
                Code::DiskFull,
                "There is no room left on the disk, so this could not be saved. Everything before it is kept. Free some space, then try again.".to_owned(),
            ),
            StoreError::Busy(_) => (
                Code::DatabaseBusy,
                "Another program is holding the data file, so this could not be done. Nothing was lost. Close the other program, then try again.".to_owned(),
            ),
            StoreError::InUse(folder) => (
                Code::FolderInUse,
                format!("Another window is open with the data folder {}. Nothing was changed. Use that window, or close it first.", folder.display()),
            ),
            StoreError::Newer { .. } => (
                Code::DatabaseNewer,
                "The data file was made by a newer version of this program. It was left as it is and nothing was lost. Install the newest version to open it."
                    .to_owned(),
            ),
            StoreError::Foreign(path) => (
                Code::DatabaseForeign,
                format!(
                    "The file {} was not made by this program, so it was left as it is. Move it away or choose another data folder, then start again.",
                    path.display()
                ),
            ),
            StoreError::Damaged(_) => (
                Code::DatabaseDamaged,
                "The data file is damaged. It is kept as it is. Close the program and start it again: it then saves what can be read and fills the rest \
                 from the newest backup."
                    .to_owned(),
            ),
            StoreError::Lost(path) => (
                Code::DatabaseDamaged,
                format!(
                    "The data file {} is damaged: nothing in it can be read, and there is no backup that can. Both were left as they are. Move \
                     what is in its folder to a safe place, or choose another data folder, to start with an empty one.",
                    path.display()
                ),
            ),
            StoreError::Unreachable(_) => (
                Code::DatabaseBusy,
                "The company's database does not answer right now. What was to be changed may be changed all the same: look before you try again. Everything that \
                 was confirmed is kept."
                    .to_owned(),
            ),
            StoreError::TimedOut(_) => (
                Code::DatabaseBusy,
                "This took the company's database too long, so it was given up and nothing of it was done. Everything that was confirmed is kept. Try again in a \
                 moment."
                    .to_owned(),
            ),
            StoreError::Crowded => (
                Code::DatabaseBusy,
                "More is asked for right now than can be answered, so this was not begun. Nothing was lost. Try again in a moment.".to_owned(),
            ),
            StoreError::Older { found, known } => (
                Code::WrongState,
                format!(
                    "The records are of version {found}, and this program looks at those of version {known} alone. They were left as they are. Look with the \
                     program that serves them, or start this one to serve them first: that leads them to its version."
                ),
            ),
            StoreError::NoSound => (Code::InvalidInput, "A recording is Opus in Ogg or WebM, or MPEG-4 audio.".to_owned()),
            StoreError::TooLong => (Code::InvalidInput, "This recording is too long to be played here.".to_owned()),
            StoreError::Closed => (Code::Internal, "The data file is closed. What was saved is kept. Start the program again.".to_owned()),
            // Values that cannot be read, and whatever else goes wrong in the file system or a database.
            _ => (
                Code::Internal,
                "The data file did not answer as it should. What was saved is kept. Try again; if it happens again, start the program anew.".to_owned(),
            ),
        };
        Self::new(code, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_put_off_may_try_again() {
        for error in [
            StoreError::Crowded,
            StoreError::TimedOut(String::new()),
            StoreError::Unreachable(String::new()),
            StoreError::Busy(String::new()),
        ] {
            assert_eq!(Error::from(error).code, Code::DatabaseBusy);
        }
    }
}
