//! One window per data folder, kept by a lock of the operating system that goes with the process.

use std::fs::{File, TryLockError};

use crate::{Folder, Result, StoreError, folder::make_private};

/// Held by the window that has a data folder; let go when it is dropped or when the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
}

impl FolderLock {
    /// Takes the folder, and makes it where it is not there.
    ///
    /// # Errors
    /// [`StoreError::InUse`] where another window has it, [`StoreError::ReadOnly`] where the folder cannot be written.
    pub fn take(folder: &Folder) -> Result<Self> {
        folder.create()?;
        make_private(&folder.lock())?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.lock())?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::InUse(folder.path().to_owned())),
            Err(TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing the file lets go too, but not while a process that is just being started still has it open.
        drop(self.file.unlock());
    }
}
