//! The data folder: what lies where in it.

use std::path::{Path, PathBuf};

use sellme_core::id::SessionId;

use crate::Result;

/// Rights of the owner alone, and those of everybody else.
#[cfg(unix)]
const OWNER_ONLY: u32 = 0o700;
#[cfg(unix)]
const OTHERS: u32 = 0o077;
#[cfg(unix)]
const STICKY: u32 = 0o1000;

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

    /// The file of a company's records.
    #[must_use]
    pub fn company_file(&self) -> PathBuf {
        self.0.join("company.db")
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

    /// Where a company's records are set aside that others took the place of, each in a folder named after the time.
    #[must_use]
    pub fn replaced(&self) -> PathBuf {
        self.0.join("replaced")
    }

    /// Where exports go when nobody says otherwise.
    #[must_use]
    pub fn exports(&self) -> PathBuf {
        self.0.join("exports")
    }

    /// Where recordings are, a folder for each session.
    #[must_use]
    pub fn recordings(&self) -> PathBuf {
        self.0.join("recordings")
    }

    /// Where the recording of a session is.
    #[must_use]
    pub fn recording(&self, session: SessionId) -> PathBuf {
        self.recordings().join(session.to_string())
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

    /// Takes from others the rights to a company's records and to what lies beside them, and to the folder, once it is theirs.
    #[cfg(feature = "company")]
    pub(crate) fn keep_private(&self) {
        self.tighten();
        let backups = std::fs::read_dir(self.backups()).into_iter().flatten().flatten().map(|entry| entry.path());
        let files: Vec<_> = with_companions(&self.company_file()).into_iter().chain([self.lock()]).chain(backups).collect();
        tighten_files(files.iter().map(PathBuf::as_path));
    }

    /// Makes the folder, for its owner alone: what people said in it is nobody else's. One that was there before and is ours, or has nothing in it, becomes so.
    ///
    /// # Errors
    /// Where it cannot be made.
    pub fn create(&self) -> Result<()> {
        if self.0.is_dir() {
            self.tighten();
            return Ok(());
        }
        if let Some(parent) = self.0.parent() {
            std::fs::create_dir_all(parent)?;
        }
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, OWNER_ONLY);
        match builder.create(&self.0) {
            // Another window made it in between.
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && self.0.is_dir() => Ok(()),
            made => Ok(made?),
        }
    }

    /// Takes from others the right to look into the folder. The system lets only its owner do that; whoever else uses it leaves it as it is.
    #[cfg(unix)]
    fn tighten(&self) {
        use std::os::unix::fs::PermissionsExt;
        let is_ours = self.file().exists()
            || self.company_file().exists()
            || std::fs::read_dir(&self.0).is_ok_and(|mut entries| entries.next().is_none());
        let Ok(mode) = std::fs::metadata(&self.0).map(|folder| folder.permissions().mode()) else { return };
        // Into a folder with the third bit, such as `/tmp`, everybody is meant to write.
        if is_ours && mode & OTHERS != 0 && mode & STICKY == 0 {
            drop(std::fs::set_permissions(&self.0, std::fs::Permissions::from_mode(mode & !OTHERS)));
        }
    }

    #[cfg(not(unix))]
    fn tighten(&self) {}
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

/// Makes a file that nobody but its owner may read, where there is none; false where there is one. SQLite takes an empty one for a new one, and gives its companions the
/// same rights.
pub(crate) fn make_private(file: &Path) -> Result<bool> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, OWNER_ONLY & 0o666);
    match options.open(file) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Takes from others the rights to files that an older program made. The system lets only their owner do that.
#[cfg(all(unix, feature = "company"))]
pub(crate) fn tighten_files<'a>(files: impl IntoIterator<Item = &'a Path>) {
    use std::os::unix::fs::PermissionsExt;
    for file in files {
        if let Ok(mode) = std::fs::metadata(file).map(|file| file.permissions().mode())
            && mode & OTHERS != 0
        {
            drop(std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode & !OTHERS)));
        }
    }
}

#[cfg(all(not(unix), feature = "company"))]
pub(crate) fn tighten_files<'a>(_: impl IntoIterator<Item = &'a Path>) {}

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

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "a test like any other; that it is for unix alone hides that from the lint")]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    fn loosen(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn only_its_owner_can_look_into_a_data_folder() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path().join("a/data"));
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o700);
        fs::write(folder.file(), "x").unwrap();
        loosen(folder.path(), 0o755);
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o700, "one that was made by an older program");
    }

    #[test]
    fn a_folder_of_other_things_keeps_its_rights() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::at(temp.path());
        fs::write(temp.path().join("letter.txt"), "Dear").unwrap();
        loosen(folder.path(), 0o755);
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o755);
        fs::write(folder.file(), "x").unwrap();
        loosen(folder.path(), 0o1777);
        folder.create().unwrap();
        assert_eq!(mode(folder.path()), 0o1777, "where everybody is meant to write");
    }
}
