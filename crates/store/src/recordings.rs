//! Recordings: their folders, their days and their sound. A row says that a recording is there; a folder without one is left over and goes.

use std::{
    collections::BTreeSet,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use rusqlite::Connection;
use sellme_core::{
    Millis,
    id::SessionId,
    session::Recording,
    wire::{RecordedCall, Track},
};

use crate::{Folder, Result, SqliteStore, StoreError, queries::recordings, sound};

impl SqliteStore {
    /// Notes that a session is recorded by the host, as Opus in Ogg, with a call that begins there. What was noted first stays. Gives the files for the call's sides,
    /// the rep's first; neither is made.
    ///
    /// # Errors
    /// [`StoreError::Over`].
    pub async fn begin_recording(&self, id: SessionId, begins: Millis, goes_at: Millis) -> Result<[PathBuf; 2]> {
        let folder = self.folder().recording(id);
        self.write(move |db| {
            recordings::begin(db, id, &Recording { begins_ms: begins, goes_at, media_type: sound::OGG.to_owned() })?;
            fs::create_dir_all(&folder)?;
            Ok([Track::Rep, Track::Customer].map(|track| folder.join(sound::name(track, begins, sound::OGG))))
        })
        .await
    }

    /// Adds a piece to one side of the call that begins there. The first one says what kind of sound it is, and begins the recording where nothing of the session was
    /// recorded before.
    ///
    /// # Errors
    /// [`StoreError::NoSound`]; [`StoreError::Over`] where nothing of this side is there yet; a full disk: what was written before stays and can be played.
    pub async fn keep_sound(&self, id: SessionId, track: Track, begins: Millis, goes_at: Millis, bytes: Vec<u8>) -> Result<()> {
        let folder = self.folder().recording(id);
        self.write(move |db| {
            let media_type = match side(&folder, track, begins)? {
                Some(media_type) => media_type,
                None => {
                    let media_type = sound::kind(&bytes).ok_or(StoreError::NoSound)?.to_owned();
                    recordings::begin(db, id, &Recording { begins_ms: begins, goes_at, media_type: media_type.clone() })?;
                    fs::create_dir_all(&folder)?;
                    media_type
                }
            };
            sound::append(&folder.join(sound::name(track, begins, &media_type)), &bytes)
        })
        .await
    }

    /// The calls of a session that have sound, in their order.
    pub async fn recorded_calls(&self, id: SessionId) -> Result<Vec<RecordedCall>> {
        let folder = self.folder().recording(id);
        self.read(move |_| sound::calls(&folder)).await
    }

    /// The sound of one side of the call that begins there.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], [`StoreError::TooLong`].
    pub async fn sound(&self, id: SessionId, track: Track, begins: Millis) -> Result<Vec<u8>> {
        let folder = self.folder().recording(id);
        self.read(move |_| {
            let media_type = side(&folder, track, begins)?.ok_or_else(|| StoreError::NotFound { kind: "recording", id: id.to_string() })?;
            sound::read(&folder.join(sound::name(track, begins, &media_type)))
        })
        .await
    }

    /// Removes the recordings whose day has come, and sound that nobody has a recording for.
    ///
    /// # Errors
    /// The first thing that could not be removed; everything else is removed all the same.
    pub async fn forget_due_recordings(&self, now: Millis) -> Result<()> {
        let folder = self.folder().clone();
        self.ask_writer(move |db| sweep(db, &folder, now)).await
    }

    /// Removes the recording of a session: first that it is one, then its sound. What cannot be removed now goes at the next start.
    pub async fn delete_recording(&self, id: SessionId) -> Result<()> {
        self.write(move |db| recordings::delete(db, id)).await?;
        let folder = self.folder().clone();
        self.ask_writer(move |_| remove(&folder, id)).await
    }
}

/// The kind of sound of this side of the call that begins there, where it has any.
fn side(folder: &Path, track: Track, begins: Millis) -> Result<Option<String>> {
    let call = sound::calls(folder)?.into_iter().find(|call| call.begins_ms == begins && call.tracks.contains(&track));
    Ok(call.map(|call| call.media_type))
}

/// Forgets recordings whose day has come and removes every folder of sound that nobody has a recording for: of those, of deleted ones, of people who are gone.
///
/// # Errors
/// The first thing that could not be removed; everything else is removed all the same.
pub(crate) fn sweep(db: &Connection, folder: &Folder, now: Millis) -> Result<()> {
    recordings::delete_due(db, now)?;
    let kept = recordings::sessions(db)?;
    each_folder(&folder.recordings(), &kept)
}

/// Removes the sound of one session.
pub(crate) fn remove(folder: &Folder, id: SessionId) -> Result<()> {
    remove_folder(&folder.recording(id))
}

fn each_folder(all: &Path, kept: &BTreeSet<SessionId>) -> Result<()> {
    let entries = match fs::read_dir(all) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let mut done = Ok(());
    for entry in entries {
        let entry = entry?;
        let id = entry.file_name().to_str().and_then(|name| name.parse().ok()).map(SessionId);
        if !id.is_some_and(|id| kept.contains(&id)) {
            done = done.and(remove_folder(&entry.path()));
        }
    }
    done
}

fn remove_folder(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
