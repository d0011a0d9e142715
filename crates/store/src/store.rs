//! The open store. Every method is one question to one thread.

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, TryLockError},
};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use sellme_core::{
    Millis,
    catalog::Catalog,
    id::{SessionId, UserId},
    progress::Tallies,
    session::{CallRecord, Profile, Session, Signal, Turn},
    wire::{HistoryQuery, Settings},
};

use crate::{
    Attempts, Completion, Deletion, Folder, Found, Opened, Result, StoreError, StoredSession, backup, connection,
    marker::Marker,
    open,
    queries::{attempts, calls, catalog, deletion, history, import, profiles, reports, scores, sessions, tallies, turns},
    scrub,
    threads::Threads,
};

/// How many connections read at the same time.
const READERS: usize = 3;

/// An open data folder. Clones share it; it is closed with [`SqliteStore::close`] or when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: Folder,
    threads: Mutex<Option<OpenThreads>>,
    /// Held while a copy of the file is made or removed: a backup that began before a deletion must not be finished after it.
    copies: Arc<Mutex<()>>,
}

#[derive(Debug)]
struct OpenThreads {
    writing: Option<(Threads, Marker)>,
    reading: Threads,
}

impl SqliteStore {
    /// Opens the folder, and makes it where it is not there. The caller holds the folder's [`crate::FolderLock`] for as long as the store is open.
    ///
    /// # Errors
    /// The folder cannot be written, the disk is full, another process holds the file, the file is newer or not ours, or it is damaged beyond repair.
    pub fn open(folder: &Folder, now: Millis) -> Result<Opened> {
        open::open(folder, now)
    }

    /// Opens the folder to read it, beside the window that may have it open. What writes is refused with [`StoreError::InUse`].
    ///
    /// # Errors
    /// As [`SqliteStore::open`], and where there is no data file of this program's version yet.
    pub fn open_to_read(folder: &Folder) -> Result<Self> {
        open::open_to_read(folder)
    }

    pub(crate) fn start(folder: &Folder, writer: Connection, marker: Marker) -> Result<Self> {
        let reading = readers(folder)?;
        let writing = Some((Threads::start("store-writer", vec![writer], open::close_writer)?, marker));
        Ok(Self::over(folder, OpenThreads { writing, reading }))
    }

    pub(crate) fn start_to_read(folder: &Folder) -> Result<Self> {
        Ok(Self::over(folder, OpenThreads { writing: None, reading: readers(folder)? }))
    }

    fn over(folder: &Folder, threads: OpenThreads) -> Self {
        Self { inner: Arc::new(Inner { folder: folder.clone(), threads: Mutex::new(Some(threads)), copies: Arc::default() }) }
    }

    /// Finishes what was asked for, moves the log into the file and closes it. Questions after that get [`StoreError::Closed`].
    pub fn close(&self) {
        self.inner.close();
    }

    /// Everybody who practises on this device, in the order in which they came.
    pub async fn profiles(&self) -> Result<Vec<Profile>> {
        self.read(|db| profiles::all(db)).await
    }

    /// Adds a profile.
    pub async fn create_profile(&self, profile: &Profile) -> Result<()> {
        let profile = profile.clone();
        self.write(move |db| profiles::create(db, &profile)).await
    }

    /// Adds a profile and chooses it, both or neither.
    pub async fn create_chosen_profile(&self, profile: &Profile) -> Result<()> {
        let profile = profile.clone();
        self.write(move |db| {
            profiles::create(db, &profile)?;
            profiles::choose(db, profile.id).map(|_| ())
        })
        .await
    }

    /// Gives a profile another name.
    pub async fn rename_profile(&self, id: UserId, name: &str) -> Result<Profile> {
        let name = name.to_owned();
        self.write(move |db| profiles::rename(db, id, &name)).await
    }

    /// Who practises now; nobody before the first profile is made or after the chosen one was deleted.
    pub async fn chosen_profile(&self) -> Result<Option<Profile>> {
        self.read(|db| profiles::chosen(db)).await
    }

    /// From now on this person practises.
    pub async fn choose_profile(&self, id: UserId) -> Result<Profile> {
        self.write(move |db| profiles::choose(db, id)).await
    }

    /// What the person has chosen.
    pub async fn settings(&self, user: UserId) -> Result<Settings> {
        self.read(move |db| profiles::settings(db, user)).await
    }

    /// Keeps what the person has chosen.
    pub async fn save_settings(&self, user: UserId, settings: &Settings) -> Result<()> {
        let settings = settings.clone();
        self.write(move |db| profiles::save_settings(db, user, &settings)).await
    }

    /// Begins a session; its turns come with [`SqliteStore::append_turn`].
    pub async fn create_session(&self, session: &Session) -> Result<()> {
        let session = session.clone();
        self.write(move |db| sessions::create(db, &session)).await
    }

    /// Adds the turn that comes next, with what the customer did by saying it. It is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::Over`] and [`StoreError::Gap`], both without a trace.
    pub async fn append_turn(&self, id: SessionId, turn: &Turn, signals: &[Signal], active_ms: Millis) -> Result<()> {
        let (turn, signals) = (turn.clone(), signals.to_vec());
        self.write(move |db| turns::append(db, id, &turn, &signals, active_ms)).await
    }

    /// Adds how a call of a session went.
    pub async fn add_call(&self, id: SessionId, call: &CallRecord) -> Result<()> {
        let call = call.clone();
        self.write(move |db| calls::append(db, id, &call)).await
    }

    /// Stops or starts the clock of a session that can still go on.
    pub async fn set_paused(&self, id: SessionId, paused: bool, active_ms: Millis) -> Result<()> {
        self.write(move |db| sessions::set_paused(db, id, paused, active_ms)).await
    }

    /// Ends a session with its report, in one transaction; nothing of it changes after that.
    pub async fn complete(&self, id: SessionId, completion: Completion) -> Result<()> {
        let packed = reports::pack(&completion.report)?;
        self.write(move |db| sessions::complete(db, id, &completion, &packed)).await
    }

    /// Leaves a session; it is kept without a score.
    pub async fn abandon(&self, id: SessionId, ended_at: Millis, active_ms: Millis) -> Result<()> {
        self.write(move |db| sessions::abandon(db, id, ended_at, active_ms)).await
    }

    /// Adds whole sessions as they stand, all or none; each goes through the same states as one that was practised here.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where one is there already, [`StoreError::NotFound`] where its person is not.
    pub async fn import(&self, sessions: Vec<StoredSession>) -> Result<()> {
        self.write(move |db| sessions.iter().try_for_each(|session| import::session(db, session))).await
    }

    /// A session with everything that is kept of it.
    pub async fn session(&self, id: SessionId) -> Result<StoredSession> {
        self.read(move |db| sessions::stored(db, id)).await
    }

    /// Sessions that can still go on, newest first.
    pub async fn unfinished(&self, user: UserId) -> Result<Vec<Session>> {
        self.read(move |db| sessions::unfinished(db, user)).await
    }

    /// What the person did with each scenario that they completed at least once.
    pub async fn attempts(&self, user: UserId) -> Result<Vec<Attempts>> {
        self.read(move |db| attempts::all(db, user)).await
    }

    /// The last `most` overall scores, of one product or of all, newest first.
    pub async fn recent_scores(&self, user: UserId, product: Option<String>, most: u32) -> Result<Vec<u8>> {
        self.read(move |db| scores::recent(db, user, product.as_deref(), most)).await
    }

    /// A page of the person's sessions that are over, newest first.
    pub async fn history(&self, user: UserId, query: HistoryQuery, now: Millis) -> Result<Found> {
        self.read(move |db| history::find(db, user, &query, now)).await
    }

    /// Everything that is counted of the person's attempts. `today` is the day on the device's clock, which is `utc_offset_minutes` ahead of UTC.
    pub async fn tallies(&self, user: UserId, utc_offset_minutes: i32, today: i32) -> Result<Tallies> {
        self.read(move |db| tallies::count(db, user, utc_offset_minutes, today)).await
    }

    /// Makes the catalogue findable, unless it is as it stands.
    pub async fn index_products(&self, catalog: &Catalog) -> Result<()> {
        let catalog = catalog.clone();
        self.write(move |db| catalog::index(db, &catalog)).await
    }

    /// Ids of the products that a text finds, best first; all of them without a text.
    pub async fn search_products(&self, text: &str, category: Option<String>) -> Result<Vec<String>> {
        let text = text.to_owned();
        self.read(move |db| catalog::search(db, &text, category.as_deref())).await
    }

    /// Hands every session of the person to `each`, oldest first and one at a time, until it breaks off. Says how many there were.
    pub async fn for_each_session<F>(&self, user: UserId, mut each: F) -> Result<u32>
    where
        F: FnMut(StoredSession) -> ControlFlow<()> + Send + 'static,
    {
        self.read(move |db| {
            let mut handed = 0;
            for no in sessions::numbers(db, user)? {
                handed += 1;
                if each(sessions::stored_by_number(db, no)?).is_break() {
                    break;
                }
            }
            Ok(handed)
        })
        .await
    }

    /// Deletes a person: afterwards no byte of their name or of what they said is in the data folder, unless [`Deletion::held_up`] says otherwise.
    ///
    /// # Errors
    /// An unknown person, or what the file refuses; nothing is deleted then.
    pub async fn delete_person(&self, user: UserId, now: Millis) -> Result<Deletion> {
        let sessions = self.write(move |db| deletion::person(db, user)).await?;
        let (folder, copies) = (self.inner.folder.clone(), Arc::clone(&self.inner.copies));
        let scrubbed = self
            .ask_writer(move |db| {
                let _alone = copies.lock().unwrap_or_else(PoisonError::into_inner);
                scrub::scrub(db, &folder, now)
            })
            .await;
        Ok(Deletion { sessions, held_up: scrubbed.err() })
    }

    /// Begins a backup if the last one is a day old, and does not wait for it; asked after a completed session. A reader makes it, with a connection of its own, so
    /// that no turn waits for a copy of the whole file. `told` hears how it went, on the thread that made it. One that was begun is whole
    /// before [`SqliteStore::close`] returns. Where another copy is being made or removed, this one is left out.
    ///
    /// # Errors
    /// Where the folder was only opened to read, or is closed.
    pub fn begin_backup_if_due(&self, now: Millis, told: impl FnOnce(Result<Option<PathBuf>>) + Send + 'static) -> Result<()> {
        let (folder, copies) = (self.inner.folder.clone(), Arc::clone(&self.inner.copies));
        self.inner.with(|threads| {
            let Some((_, marker)) = &threads.writing else { return Err(StoreError::InUse(folder.path().to_owned())) };
            let marker = marker.clone();
            // Nobody waits for the answer, so the job itself takes note of damage.
            drop(threads.reading.ask(move |_| {
                // Never in a queue for this lock: the readers that wait in it would answer nobody.
                let _alone = match copies.try_lock() {
                    Ok(alone) => alone,
                    Err(TryLockError::Poisoned(left)) => left.into_inner(),
                    Err(TryLockError::WouldBlock) => return Ok(()),
                };
                let made = backup::make_if_due(&folder, now);
                if matches!(made, Err(StoreError::Damaged(_))) {
                    marker.doubt();
                }
                told(made);
                Ok(())
            })?);
            Ok(())
        })
    }

    /// How the connection that writes is set, by the names of SQLite's pragmas; for tests and for reports of trouble.
    pub async fn pragmas(&self) -> Result<Vec<(String, String)>> {
        self.ask_writer(|db| connection::settings(db)).await
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Folder {
        &self.inner.folder
    }

    /// Asks a reader; everything that it is asked sees the same state of the file.
    pub(crate) async fn read<T: Send + 'static>(&self, question: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static) -> Result<T> {
        let answer = self.inner.with(|threads| {
            threads.reading.ask(|db| {
                let transaction = db.transaction()?;
                question(&transaction)
            })
        })?;
        self.inner.noticed(answer.await.unwrap_or(Err(StoreError::Closed)))
    }

    /// Asks the writer, in a transaction that is on the disk when this returns, or never was.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask_writer(|db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let answer = question(&transaction)?;
            transaction.commit()?;
            Ok(answer)
        })
        .await
    }

    pub(crate) async fn ask_writer<T: Send + 'static>(
        &self,
        question: impl FnOnce(&mut Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let answer = self.inner.with(|threads| match &threads.writing {
            Some((writing, _)) => writing.ask(question),
            None => Err(StoreError::InUse(self.inner.folder.path().to_owned())),
        })?;
        self.inner.noticed(answer.await.unwrap_or(Err(StoreError::Closed)))
    }
}

impl Inner {
    fn with<T>(&self, act: impl FnOnce(&OpenThreads) -> Result<T>) -> Result<T> {
        let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.as_ref().map_or(Err(StoreError::Closed), act)
    }

    /// Damage that is met while working leaves the marker, so that the next start repairs it.
    fn noticed<T>(&self, answer: Result<T>) -> Result<T> {
        if matches!(answer, Err(StoreError::Damaged(_)))
            && let Ok(threads) = self.threads.lock()
            && let Some((_, marker)) = threads.as_ref().and_then(|threads| threads.writing.as_ref())
        {
            marker.doubt();
        }
        answer
    }

    fn close(&self) {
        let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(OpenThreads { writing, reading }) = threads else { return };
        // Readers first: the log can only be moved into the file when nobody reads it.
        reading.finish();
        if let Some((writing, marker)) = writing {
            writing.finish();
            // Where the marker cannot be removed, the next start takes a closer look; that is all.
            drop(marker.clear());
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.close();
    }
}

fn readers(folder: &Folder) -> Result<Threads> {
    let connections = (0..READERS).map(|_| connection::reading(&folder.file())).collect::<Result<Vec<_>>>()?;
    Threads::start("store-reader", connections, drop)
}
