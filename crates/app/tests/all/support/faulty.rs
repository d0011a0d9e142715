//! The real store, which refuses the writes that it is told to refuse.

use std::{
    ops::ControlFlow,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use sellme_app::{EachSession, Store};
use sellme_core::{
    Code, Error, Millis,
    error::Result,
    id::{SessionId, UserId},
    progress::Tallies,
    session::{CallRecord, Profile, Session, Signal, Turn},
    wire::{Deleted, HistoryQuery, RecordedCall, Settings, Track},
};
use sellme_store::{Attempts, Completion, Found, SqliteStore, StoredSession};

/// Which call of which kind is refused, counted from now, and which session is slow to read.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    refused: Mutex<Vec<(&'static str, u32)>>,
    broken: Mutex<bool>,
    slow: Mutex<Option<SessionId>>,
}

impl Faults {
    /// From now on this session is never read to its end.
    pub(crate) fn stall(&self, session: SessionId) {
        *self.slow.lock().unwrap() = Some(session);
    }

    /// The call of this kind that comes after `before` others is refused, once.
    pub(crate) fn refuse(&self, call: &'static str, before: u32) {
        self.refused.lock().unwrap().push((call, before));
    }

    /// What would be refused next panics instead, once.
    pub(crate) fn break_down(&self) {
        *self.broken.lock().unwrap() = true;
    }

    fn meet(&self, call: &str) -> Result<()> {
        let refused = self.is_refused(call);
        if refused && std::mem::take(&mut *self.broken.lock().unwrap()) {
            std::panic::panic_any("broken down");
        }
        if refused { Err(Error::new(Code::DiskFull, "There is no room left on the disk.")) } else { Ok(()) }
    }

    fn is_refused(&self, call: &str) -> bool {
        let mut due = self.refused.lock().unwrap();
        let mut refused = false;
        due.retain_mut(|(name, before)| {
            let now = *name == call && *before == 0;
            refused |= now;
            *before -= u32::from(*name == call && !now);
            !now
        });
        refused
    }
}

/// The real store with faults.
pub(crate) struct Faulty {
    store: SqliteStore,
    faults: Arc<Faults>,
}

impl Faulty {
    pub(crate) fn new(store: SqliteStore, faults: Arc<Faults>) -> Self {
        Self { store, faults }
    }
}

impl Store for Faulty {
    async fn profiles(&self) -> Result<Vec<Profile>> {
        Store::profiles(&self.store).await
    }

    async fn create_profile(&self, profile: &Profile) -> Result<()> {
        self.faults.meet("create_profile")?;
        Store::create_profile(&self.store, profile).await
    }

    async fn rename_profile(&self, user: UserId, name: &str) -> Result<Profile> {
        Store::rename_profile(&self.store, user, name).await
    }

    async fn chosen_profile(&self) -> Result<Option<Profile>> {
        Store::chosen_profile(&self.store).await
    }

    async fn choose_profile(&self, user: UserId) -> Result<Profile> {
        self.faults.meet("choose_profile")?;
        Store::choose_profile(&self.store, user).await
    }

    async fn settings(&self, user: UserId) -> Result<Settings> {
        Store::settings(&self.store, user).await
    }

    async fn save_settings(&self, user: UserId, settings: &Settings) -> Result<()> {
        Store::save_settings(&self.store, user, settings).await
    }

    async fn create_session(&self, session: &Session) -> Result<()> {
        Store::create_session(&self.store, session).await
    }

    async fn append_turn(&self, session: SessionId, turn: &Turn, signals: &[Signal], active: Millis) -> Result<()> {
        self.faults.meet("append_turn")?;
        Store::append_turn(&self.store, session, turn, signals, active).await
    }

    async fn set_paused(&self, session: SessionId, paused: bool, active: Millis) -> Result<()> {
        self.faults.meet("set_paused")?;
        Store::set_paused(&self.store, session, paused, active).await
    }

    async fn add_call(&self, session: SessionId, call: &CallRecord) -> Result<()> {
        self.faults.meet("add_call")?;
        Store::add_call(&self.store, session, call).await
    }

    async fn begin_recording(&self, session: SessionId, begins: Millis, goes_at: Millis) -> Result<[PathBuf; 2]> {
        self.faults.meet("begin_recording")?;
        Store::begin_recording(&self.store, session, begins, goes_at).await
    }

    async fn keep_sound(&self, session: SessionId, track: Track, begins: Millis, goes_at: Millis, bytes: Vec<u8>) -> Result<()> {
        self.faults.meet("keep_sound")?;
        Store::keep_sound(&self.store, session, track, begins, goes_at, bytes).await
    }

    async fn recorded_calls(&self, session: SessionId) -> Result<Vec<RecordedCall>> {
        Store::recorded_calls(&self.store, session).await
    }

    async fn sound(&self, session: SessionId, track: Track, begins: Millis) -> Result<Vec<u8>> {
        Store::sound(&self.store, session, track, begins).await
    }

    async fn forget_due_recordings(&self, now: Millis) -> Result<()> {
        self.faults.meet("forget_due_recordings")?;
        Store::forget_due_recordings(&self.store, now).await
    }

    async fn delete_recording(&self, session: SessionId) -> Result<()> {
        self.faults.meet("delete_recording")?;
        Store::delete_recording(&self.store, session).await
    }

    async fn complete(&self, session: SessionId, completion: Completion) -> Result<()> {
        Store::complete(&self.store, session, completion).await
    }

    async fn abandon(&self, session: SessionId, ended_at: Millis, active: Millis) -> Result<()> {
        Store::abandon(&self.store, session, ended_at, active).await
    }

    async fn session(&self, session: SessionId) -> Result<StoredSession> {
        let stalled = *self.faults.slow.lock().unwrap() == Some(session);
        if stalled {
            std::future::pending::<()>().await;
        }
        Store::session(&self.store, session).await
    }

    async fn unfinished(&self, user: UserId) -> Result<Vec<Session>> {
        Store::unfinished(&self.store, user).await
    }

    async fn attempts(&self, user: UserId) -> Result<Vec<Attempts>> {
        Store::attempts(&self.store, user).await
    }

    async fn recent_scores(&self, user: UserId, product: Option<String>, count: u32) -> Result<Vec<u8>> {
        Store::recent_scores(&self.store, user, product, count).await
    }

    async fn history(&self, user: UserId, query: &HistoryQuery, now: Millis) -> Result<Found> {
        Store::history(&self.store, user, query, now).await
    }

    async fn tallies(&self, user: UserId, utc_offset_minutes: i32, today: i32) -> Result<Tallies> {
        Store::tallies(&self.store, user, utc_offset_minutes, today).await
    }

    async fn search_products(&self, text: &str, category: Option<&str>) -> Result<Vec<String>> {
        Store::search_products(&self.store, text, category).await
    }

    async fn for_each_session(&self, user: UserId, mut each: EachSession) -> Result<u32> {
        let faults = Arc::clone(&self.faults);
        let (tell, told) = std::sync::mpsc::channel();
        let count = Store::for_each_session(
            &self.store,
            user,
            Box::new(move |session| match faults.meet("for_each_session") {
                Ok(()) => each(session),
                Err(error) => {
                    // The test goes on with the answer below.
                    drop(tell.send(error));
                    ControlFlow::Break(())
                }
            }),
        )
        .await?;
        told.try_recv().map_or(Ok(count), Err)
    }

    async fn delete_person(&self, user: UserId, now: Millis) -> Result<Deleted> {
        Store::delete_person(&self.store, user, now).await
    }

    fn begin_backup_if_due(&self, now: Millis) -> Result<()> {
        Store::begin_backup_if_due(&self.store, now)
    }
}
