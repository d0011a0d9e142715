//! What the use cases need of a store. Everything that returns from a method that writes is durable.

use std::{future::Future, ops::ControlFlow, path::PathBuf};

use sellme_core::{
    Millis,
    error::Result,
    id::{SessionId, UserId},
    progress::Tallies,
    session::{CallRecord, Profile, Session, Signal, Turn},
    wire::{Deleted, HistoryQuery, RecordedCall, Settings, Track},
};
use sellme_store::{Attempts, Completion, Found, StoredSession};

/// What is done with each session that is handed over.
pub type EachSession = Box<dyn FnMut(StoredSession) -> ControlFlow<()> + Send>;

/// Profiles, sessions, search and counts.
pub trait Store: Send + Sync + 'static {
    /// Everybody who practises on this device, oldest first.
    fn profiles(&self) -> impl Future<Output = Result<Vec<Profile>>> + Send;
    /// Adds a person, who practises from now on; both or neither.
    fn create_profile(&self, profile: &Profile) -> impl Future<Output = Result<()>> + Send;
    /// Changes a person's name.
    fn rename_profile(&self, user: UserId, name: &str) -> impl Future<Output = Result<Profile>> + Send;
    /// Who practises.
    fn chosen_profile(&self) -> impl Future<Output = Result<Option<Profile>>> + Send;
    /// From now on this person practises.
    fn choose_profile(&self, user: UserId) -> impl Future<Output = Result<Profile>> + Send;
    /// What a person has chosen.
    fn settings(&self, user: UserId) -> impl Future<Output = Result<Settings>> + Send;
    /// Keeps what a person has chosen.
    fn save_settings(&self, user: UserId, settings: &Settings) -> impl Future<Output = Result<()>> + Send;

    /// Begins an attempt.
    fn create_session(&self, session: &Session) -> impl Future<Output = Result<()>> + Send;
    /// Adds one finished turn with what the customer did in it.
    fn append_turn(&self, session: SessionId, turn: &Turn, signals: &[Signal], active: Millis) -> impl Future<Output = Result<()>> + Send;
    /// Stops the clock or lets it run.
    fn set_paused(&self, session: SessionId, paused: bool, active: Millis) -> impl Future<Output = Result<()>> + Send;
    /// Adds how a call of an attempt went.
    fn add_call(&self, session: SessionId, call: &CallRecord) -> impl Future<Output = Result<()>> + Send;
    /// Notes that an attempt is recorded by the host, with a call that begins there; gives the files for its sides, the rep's first. What was noted first stays.
    fn begin_recording(&self, session: SessionId, begins: Millis, goes_at: Millis) -> impl Future<Output = Result<[PathBuf; 2]>> + Send;
    /// Adds a piece to one side of the call that begins there; the first one begins the recording.
    fn keep_sound(
        &self,
        session: SessionId,
        track: Track,
        begins: Millis,
        goes_at: Millis,
        bytes: Vec<u8>,
    ) -> impl Future<Output = Result<()>> + Send;
    /// The calls of an attempt that have sound, in their order.
    fn recorded_calls(&self, session: SessionId) -> impl Future<Output = Result<Vec<RecordedCall>>> + Send;
    /// The sound of one side of the call that begins there; [`sellme_core::Code::NotFound`] where there is none.
    fn sound(&self, session: SessionId, track: Track, begins: Millis) -> impl Future<Output = Result<Vec<u8>>> + Send;
    /// Removes the recordings whose day has come.
    fn forget_due_recordings(&self, now: Millis) -> impl Future<Output = Result<()>> + Send;
    /// Removes the recording of an attempt.
    fn delete_recording(&self, session: SessionId) -> impl Future<Output = Result<()>> + Send;
    /// Ends an attempt with its report, in one transaction.
    fn complete(&self, session: SessionId, completion: Completion) -> impl Future<Output = Result<()>> + Send;
    /// Ends an attempt without one.
    fn abandon(&self, session: SessionId, ended_at: Millis, active: Millis) -> impl Future<Output = Result<()>> + Send;
    /// One attempt whole; [`sellme_core::Code::NotFound`] where there is none.
    fn session(&self, session: SessionId) -> impl Future<Output = Result<StoredSession>> + Send;
    /// Attempts that were begun and not ended, newest first.
    fn unfinished(&self, user: UserId) -> impl Future<Output = Result<Vec<Session>>> + Send;

    /// Completed attempts and best score by scenario.
    fn attempts(&self, user: UserId) -> impl Future<Output = Result<Vec<Attempts>>> + Send;
    /// The last overall scores, newest first.
    fn recent_scores(&self, user: UserId, product: Option<String>, count: u32) -> impl Future<Output = Result<Vec<u8>>> + Send;
    /// Attempts that match, newest first.
    fn history(&self, user: UserId, query: &HistoryQuery, now: Millis) -> impl Future<Output = Result<Found>> + Send;
    /// Everything that progress is judged from, counted by the store.
    fn tallies(&self, user: UserId, utc_offset_minutes: i32, today: i32) -> impl Future<Output = Result<Tallies>> + Send;
    /// Ids of products that match, best first.
    fn search_products(&self, text: &str, category: Option<&str>) -> impl Future<Output = Result<Vec<String>>> + Send;

    /// Hands over all of a person's sessions, oldest first, one at a time, until it is told to stop; gives back how many.
    fn for_each_session(&self, user: UserId, each: EachSession) -> impl Future<Output = Result<u32>> + Send;
    /// Deletes everything of a person for good. An error means that nothing was deleted.
    fn delete_person(&self, user: UserId, now: Millis) -> impl Future<Output = Result<Deleted>> + Send;
    /// Begins a backup where one is due. It is made while other questions are answered, and is whole before the store is closed.
    fn begin_backup_if_due(&self, now: Millis) -> Result<()>;
}
