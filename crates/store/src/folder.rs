//! The data folder: what lies where in it.

use std::path::{Path, PathBuf};

use crate::Result;

/// A data folder. Nothing is created or read by naming it.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder at this path.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The data file.
    #[must_use]
    pub fn file(&self) -> PathBuf {
        self.0.join("sellme.db")
    }

    /// Where backups are.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// Where damaged files are set aside, each in a folder named after the time.
    #[must_use]
    pub fn damaged(&self) -> PathBuf {
        self.0.join("damaged")
    }

    /// Where exports go when nobody says otherwise.
    #[must_use]
    pub fn exports(&self) -> PathBuf {
        self.0.join("exports")
    }

    /// Where logs are.
    #[must_use]
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// There while the data file is open, so that an unclean stop is seen at the next start.
    pub(crate) fn marker(&self) -> PathBuf {
        self.0.join("sellme.open")
    }

    /// The file that a window locks.
    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("sellme.lock")
    }

    /// The new file while a repair fills it.
    pub(crate) fn repairing(&self) -> PathBuf {
        self.0.join("sellme.repairing")
    }

    /// A backup's copy while a repair reads it, led to the newest version; the backup itself stays as it is.
    pub(crate) fn borrowed(&self) -> PathBuf {
        self.0.join("sellme.borrowed")
    }

    /// The new file once it is whole, until it takes the damaged one's place.
    pub(crate) fn repaired(&self) -> PathBuf {
        self.0.join("sellme.repaired")
    }

    /// Makes the folder.
    pub(crate) fn create(&self) -> Result<()> {
        Ok(std::fs::create_dir_all(&self.0)?)
    }
}

/// The files that SQLite keeps beside a data file, and the data file itself, which comes last.
pub(crate) fn with_companions(file: &Path) -> [PathBuf; 3] {
    let beside = |suffix: &str| {
        let mut name = file.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    [beside("-shm"), beside("-wal"), file.to_owned()]
}

/// Removes a data file with its companions; it is no error where there is none.
pub(crate) fn remove_file(file: &Path) -> Result<()> {
    for path in with_companions(file) {
        remove_if_there(&path)?;
    }
    Ok(())
}

/// Removes one file; it is no error where there is none.
pub(crate) fn remove_if_there(path: &Path) -> Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// Makes renames and removals in a folder durable. Windows has no such call and needs none.
pub(crate) fn sync_folder(path: &Path) -> Result<()> {
    if cfg!(unix) {
        std::fs::File::open(path)?.sync_all()?;
    }
    Ok(())
}
