//! The SQLite store answers what the use cases ask.

use std::path::PathBuf;

use sellme_core::{
    Error, Millis,
    error::Result,
    id::{SessionId, UserId},
    progress::Tallies,
    session::{CallRecord, Profile, Session, Signal, Turn},
    wire::{Deleted, HistoryQuery, RecordedCall, Settings, Track},
};
use sellme_store::{Attempts, Completion, Deletion, Found, SqliteStore, StoredSession};

use crate::{EachSession, Store};

impl Store for SqliteStore {
    async fn profiles(&self) -> Result<Vec<Profile>> {
        Ok(Self::profiles(self).await?)
    }

    async fn create_profile(&self, profile: &Profile) -> Result<()> {
        Ok(Self::create_chosen_profile(self, profile).await?)
    }

    async fn rename_profile(&self, user: UserId, name: &str) -> Result<Profile> {
        Ok(Self::rename_profile(self, user, name).await?)
    }

    async fn chosen_profile(&self) -> Result<Option<Profile>> {
        Ok(Self::chosen_profile(self).await?)
    }

    async fn choose_profile(&self, user: UserId) -> Result<Profile> {
        Ok(Self::choose_profile(self, user).await?)
    }

    async fn settings(&self, user: UserId) -> Result<Settings> {
        Ok(Self::settings(self, user).await?)
    }

    async fn save_settings(&self, user: UserId, settings: &Settings) -> Result<()> {
        Ok(Self::save_settings(self, user, settings).await?)
    }

    async fn create_session(&self, session: &Session) -> Result<()> {
        Ok(Self::create_session(self, session).await?)
    }

    async fn append_turn(&self, session: SessionId, turn: &Turn, signals: &[Signal], active: Millis) -> Result<()> {
        Ok(Self::append_turn(self, session, turn, signals, active).await?)
    }

    async fn set_paused(&self, session: SessionId, paused: bool, active: Millis) -> Result<()> {
        Ok(Self::set_paused(self, session, paused, active).await?)
    }

    async fn add_call(&self, session: SessionId, call: &CallRecord) -> Result<()> {
        Ok(Self::add_call(self, session, call).await?)
    }

    async fn begin_recording(&self, session: SessionId, begins: Millis, goes_at: Millis) -> Result<[PathBuf; 2]> {
        Ok(Self::begin_recording(self, session, begins, goes_at).await?)
    }

    async fn keep_sound(&self, session: SessionId, track: Track, begins: Millis, goes_at: Millis, bytes: Vec<u8>) -> Result<()> {
        Ok(Self::keep_sound(self, session, track, begins, goes_at, bytes).await?)
    }

    async fn recorded_calls(&self, session: SessionId) -> Result<Vec<RecordedCall>> {
        Ok(Self::recorded_calls(self, session).await?)
    }

    async fn sound(&self, session: SessionId, track: Track, begins: Millis) -> Result<Vec<u8>> {
        Ok(Self::sound(self, session, track, begins).await?)
    }

    async fn forget_due_recordings(&self, now: Millis) -> Result<()> {
        Ok(Self::forget_due_recordings(self, now).await?)
    }

    async fn delete_recording(&self, session: SessionId) -> Result<()> {
        Ok(Self::delete_recording(self, session).await?)
    }

    async fn complete(&self, session: SessionId, completion: Completion) -> Result<()> {
        Ok(Self::complete(self, session, completion).await?)
    }

    async fn abandon(&self, session: SessionId, ended_at: Millis, active: Millis) -> Result<()> {
        Ok(Self::abandon(self, session, ended_at, active).await?)
    }

    async fn session(&self, session: SessionId) -> Result<StoredSession> {
        Ok(Self::session(self, session).await?)
    }

    async fn unfinished(&self, user: UserId) -> Result<Vec<Session>> {
        Ok(Self::unfinished(self, user).await?)
    }

    async fn attempts(&self, user: UserId) -> Result<Vec<Attempts>> {
        Ok(Self::attempts(self, user).await?)
    }

    async fn recent_scores(&self, user: UserId, product: Option<String>, count: u32) -> Result<Vec<u8>> {
        Ok(Self::recent_scores(self, user, product, count).await?)
    }

    async fn history(&self, user: UserId, query: &HistoryQuery, now: Millis) -> Result<Found> {
        Ok(Self::history(self, user, query.clone(), now).await?)
    }

    async fn tallies(&self, user: UserId, utc_offset_minutes: i32, today: i32) -> Result<Tallies> {
        Ok(Self::tallies(self, user, utc_offset_minutes, today).await?)
    }

    async fn search_products(&self, text: &str, category: Option<&str>) -> Result<Vec<String>> {
        Ok(Self::search_products(self, text, category.map(str::to_owned)).await?)
    }

    async fn for_each_session(&self, user: UserId, each: EachSession) -> Result<u32> {
        Ok(Self::for_each_session(self, user, each).await?)
    }

    async fn delete_person(&self, user: UserId, now: Millis) -> Result<Deleted> {
        let Deletion { sessions, held_up } = Self::delete_person(self, user, now).await?;
        let traces_left = held_up.is_some();
        if let Some(error) = held_up.map(Error::from) {
            tracing::warn!(code = ?error.code, "the last traces of a deleted person are still there");
        }
        Ok(Deleted { sessions, traces_left })
    }

    fn begin_backup_if_due(&self, now: Millis) -> Result<()> {
        Ok(Self::begin_backup_if_due(self, now, |made| {
            if let Err(error) = made {
                tracing::warn!(code = ?sellme_core::Error::from(error).code, "no backup was made");
            }
        })?)
    }
}
