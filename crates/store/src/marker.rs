//! A file that is there while the data file is open. Found at a start, it tells of an unclean stop.

use std::{
    fs::File,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    Folder, Result,
    folder::{remove_if_there, sync_folder},
};

/// The marker of an open data file.
#[derive(Debug, Clone)]
pub(crate) struct Marker {
    folder: Folder,
    doubtful: Arc<AtomicBool>,
}

impl Marker {
    /// True where the last program that opened the file did not close it.
    pub(crate) fn is_left(folder: &Folder) -> bool {
        folder.marker().exists()
    }

    /// Says that the file is open.
    pub(crate) fn set(folder: &Folder) -> Result<Self> {
        File::create(folder.marker())?.sync_all()?;
        sync_folder(folder.path())?;
        Ok(Self { folder: folder.clone(), doubtful: Arc::new(AtomicBool::new(false)) })
    }

    /// Leaves the marker where it is at the end, so that the next start looks closely: something was found damaged.
    pub(crate) fn doubt(&self) {
        self.doubtful.store(true, Ordering::Relaxed);
    }

    /// Says that the file was closed.
    pub(crate) fn clear(&self) -> Result<()> {
        if self.doubtful.load(Ordering::Relaxed) { Ok(()) } else { remove_if_there(&self.folder.marker()) }
    }
}
