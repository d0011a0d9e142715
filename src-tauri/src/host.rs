//! The program on one data folder: what the window and the command line hold on to.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use sellme_app::{App, Device};
use sellme_core::{
    Code, Error,
    catalog::Catalog,
    embedded,
    error::Result,
    wire::{Boot, Notice},
};
use sellme_store::{Folder, FolderLock, SqliteStore, StoreError};

use crate::{
    catalog,
    config::{self, Place},
    voice::Voice,
};

/// What a host does with its data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Practises: holds the folder's lock.
    Practise,
    /// Only asks. Opens the folder like the window where nobody has it open, so that what must be repaired or brought up to date is; else reads beside
    /// whoever has.
    Read,
}

/// The use cases on the data folder, or why it could not be opened. Clones share it.
#[derive(Clone)]
pub(crate) struct Host {
    opening: Arc<Opening>,
}

struct Opening {
    folder: Folder,
    place: Place,
    device: Arc<dyn Device>,
    purpose: Purpose,
    /// Tells somebody at a terminal what happened while it was opened; a window asks for it with its first question.
    tell: Option<fn(&Notice)>,
    opened: OnceLock<Opened>,
    voice: OnceLock<Voice>,
    /// One opens at a time; who comes meanwhile waits for the same answer.
    turn: Mutex<()>,
}

struct Opened {
    app: App<SqliteStore>,
    store: SqliteStore,
    notices: Vec<Notice>,
    /// Held as long as this is; nobody has it who reads beside somebody else.
    lock: Option<FolderLock>,
}

impl Host {
    /// A host of this folder. It is opened at the first use; one that cannot be opened says why, and is tried again at the next use, so that what was in the way
    /// can be moved while the window shows it.
    pub(crate) fn new(place: &Place, device: Arc<dyn Device>, purpose: Purpose) -> Self {
        Self::telling(place, device, purpose, None)
    }

    /// As [`Self::new`], for somebody at a terminal, who is told what happened while the folder was opened.
    pub(crate) fn in_terminal(place: &Place, device: Arc<dyn Device>, purpose: Purpose, tell: fn(&Notice)) -> Self {
        Self::telling(place, device, purpose, Some(tell))
    }

    fn telling(place: &Place, device: Arc<dyn Device>, purpose: Purpose, tell: Option<fn(&Notice)>) -> Self {
        let (folder, place) = (Folder::at(&place.data), place.clone());
        let (opened, turn) = (OnceLock::new(), Mutex::new(()));
        let voice = OnceLock::new();
        Self { opening: Arc::new(Opening { folder, place, device, purpose, tell, opened, voice, turn }) }
    }

    /// Begins to open the folder while something else, such as the window, starts too.
    pub(crate) fn warm_up(&self) {
        let host = self.clone();
        std::thread::spawn(move || host.app().map(|_| ()));
    }

    /// The use cases.
    pub(crate) fn app(&self) -> Result<&App<SqliteStore>> {
        self.opened().map(|opened| &opened.app)
    }

    /// The use cases, where anybody has used any of them.
    pub(crate) fn app_in_use(&self) -> Option<&App<SqliteStore>> {
        self.opening.opened.get().map(|opened| &opened.app)
    }

    /// Talking by voice.
    pub(crate) fn speech(&self) -> &Voice {
        self.opening.voice.get_or_init(|| Voice::new(self.opening.place.realtime_url.clone()))
    }

    /// True where what can be searched is this host's catalogue: read beside whoever has the folder open, it is theirs.
    pub(crate) fn searches_its_own(&self) -> Result<bool> {
        self.opened().map(|opened| opened.lock.is_some())
    }

    /// What the window needs to begin.
    pub(crate) async fn boot(&self) -> Result<Boot> {
        let opened = self.opened()?;
        Ok(Boot {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data_dir: self.opening.folder.path().display().to_string(),
            catalog_revision: opened.app.catalog().revision,
            profile: opened.app.profile().await?,
            profiles: opened.app.profiles().await?,
            settings: opened.app.settings().await?,
            notices: opened.notices.clone(),
        })
    }

    /// Closes the data file, so that the next start knows that nothing was cut short. Nothing can be asked after that.
    pub(crate) fn close(&self) {
        if let Some(opened) = self.opening.opened.get() {
            opened.store.close();
        }
    }

    fn opened(&self) -> Result<&Opened> {
        if let Some(opened) = self.opening.opened.get() {
            return Ok(opened);
        }
        let _turn = self.opening.turn.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(opened) = self.opening.opened.get() {
            return Ok(opened);
        }
        let opened = self.opening.open()?;
        Ok(self.opening.opened.get_or_init(|| opened))
    }
}

impl Opening {
    fn open(&self) -> Result<Opened> {
        let catalog = Arc::new(catalog(&self.place)?);
        let mut notices = self.place.notices.clone();
        let (store, lock) = match FolderLock::take(&self.folder) {
            Ok(lock) => {
                let opened = SqliteStore::open(&self.folder, self.device.now())?;
                wait(opened.store.index_products(&catalog))?;
                opened.notices.iter().for_each(|notice| self.tell.iter().for_each(|tell| tell(notice)));
                notices.extend(opened.notices);
                (opened.store, Some(lock))
            }
            Err(StoreError::InUse(_) | StoreError::ReadOnly(_)) if self.purpose == Purpose::Read => {
                (SqliteStore::open_to_read(&self.folder)?, None)
            }
            Err(error) => return Err(error.into()),
        };
        let app = App::new(store.clone(), catalog, Arc::clone(&self.device), config::exports(self.folder.path()));
        Ok(Opened { app, store, notices, lock })
    }
}

/// Waits for the store where there may or may not be a runtime: on a thread of its own.
fn wait<T: Send>(question: impl Future<Output = std::result::Result<T, StoreError>> + Send) -> Result<T> {
    let failed = || Error::new(Code::Internal, "The program could not wait for its data file.");
    let waited = std::thread::scope(|scope| {
        let thread = scope.spawn(|| tokio::runtime::Builder::new_current_thread().build().ok().map(|runtime| runtime.block_on(question)));
        thread.join().ok().flatten()
    });
    Ok(waited.ok_or_else(failed)??)
}

/// The catalogue that this place says: the built-in one, or that of those who write one.
pub(crate) fn catalog(place: &Place) -> Result<Catalog> {
    match &place.catalog {
        Some(folder) => catalog::read(folder),
        None => embedded::catalog().cloned(),
    }
}
