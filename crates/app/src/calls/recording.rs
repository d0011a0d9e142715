//! The recording of an attempt: the sound of both sides, call by call.

use std::path::PathBuf;

use sellme_core::{
    Code, DAY_MS, Error, Millis,
    error::Result,
    id::SessionId,
    wire::{Debrief, Track},
};

use crate::{App, Store};

impl<S: Store> App<S> {
    /// Begins to record a call of an attempt, from now on, as Opus in Ogg; gives the files for its sides, the rep's first. Neither is there yet.
    ///
    /// # Errors
    /// An attempt that is over; a full disk.
    pub async fn begin_recording(&self, id: SessionId) -> Result<[PathBuf; 2]> {
        let begins = self.hold(id).await?.0.active(self.device.now());
        self.store.begin_recording(id, begins, self.goes_at().await?).await
    }

    /// Adds a piece to one side of the call that the webview records; the first one says what kind of sound it is. The call begins `begins_ms` after the start of the
    /// practice, and no other of the attempt does.
    ///
    /// # Errors
    /// A kind of sound that is none of ours; an attempt that is over and was not recorded; a full disk: what was written before stays and can be played. Whoever
    /// records stops then: a later piece would follow a hole.
    pub async fn keep_recording(&self, id: SessionId, track: Track, begins_ms: Millis, bytes: Vec<u8>) -> Result<()> {
        self.stored(id).await?;
        self.store.keep_sound(id, track, begins_ms, self.goes_at().await?, bytes).await
    }

    /// The day of what is recorded now.
    async fn goes_at(&self) -> Result<Millis> {
        let days = self.settings().await?.voice.recording_days;
        Ok(Millis(self.device.now().0 + i64::from(days) * DAY_MS))
    }

    /// The sound of one side of the call that begins there.
    ///
    /// # Errors
    /// An unknown attempt; one without a recording of that side.
    pub async fn recording(&self, id: SessionId, track: Track, begins_ms: Millis) -> Result<Vec<u8>> {
        if self.stored(id).await?.recording.is_none() {
            return Err(Error::new(Code::NotFound, "This practice was not recorded."));
        }
        self.store.sound(id, track, begins_ms).await
    }

    /// Removes the recordings of everybody whose day has come. Whoever keeps the program open asks for it now and then.
    ///
    /// # Errors
    /// Where one could not be removed; the others are. It is not shown any more.
    pub async fn forget_due_recordings(&self) -> Result<()> {
        self.store.forget_due_recordings(self.device.now()).await
    }

    /// Removes the recording of an attempt; everything else of it stays.
    ///
    /// # Errors
    /// An unknown attempt.
    pub async fn delete_recording(&self, id: SessionId) -> Result<Debrief> {
        self.stored(id).await?;
        self.store.delete_recording(id).await?;
        self.debrief(id).await
    }
}
