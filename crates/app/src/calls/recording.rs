//! The recording of an attempt: one file of sound a side, in a folder of its own.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use sellme_core::{
    Code, Error, Millis,
    error::Result,
    id::SessionId,
    session::Recording,
    wire::{Debrief, Track},
};

use crate::{App, Store};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The most that is read into memory of one side, in bytes: an hour at 128 kbit a second.
const LONGEST: u64 = 64 * 1024 * 1024;

/// Kinds of files that a recording may be, with what their names end in.
const KINDS: [(&str, &str); 3] = [("audio/ogg", "opus"), ("audio/webm", "webm"), ("audio/mp4", "m4a")];

impl<S: Store> App<S> {
    /// Begins to record an attempt, from now on; gives the folder for its sound. What was begun first stays.
    ///
    /// # Errors
    /// An attempt that is over; a kind of sound that is none of ours; a full disk.
    pub async fn begin_recording(&self, id: SessionId, media_type: &str) -> Result<PathBuf> {
        let kind = kind(media_type).ok_or_else(|| Error::invalid("A recording is Opus in Ogg or WebM, or MPEG-4 audio."))?;
        let settings = self.settings().await?.voice;
        let begins_ms = self.hold(id).await?.0.active(self.device.now());
        let goes_at = Millis(self.device.now().0 + i64::from(settings.recording_days) * DAY_MS);
        self.store.begin_recording(id, &Recording { begins_ms, goes_at, media_type: kind.to_owned() }).await
    }

    /// Adds sound to one side of the recording.
    ///
    /// # Errors
    /// An attempt that is not recorded; a full disk: what was written before stays and can be played.
    pub async fn keep_recording(&self, id: SessionId, track: Track, bytes: &[u8]) -> Result<()> {
        let path = self.sound(id, track).await?;
        let written = File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| unwritten(&error))
    }

    /// The sound of one side.
    ///
    /// # Errors
    /// An unknown attempt; one without a recording of that side.
    pub async fn recording(&self, id: SessionId, track: Track) -> Result<Vec<u8>> {
        let path = self.sound(id, track).await?;
        let missing = |_| Error::new(Code::NotFound, "This recording is no longer there.");
        if fs::metadata(&path).map_err(missing)?.len() > LONGEST {
            return Err(Error::invalid("This recording is too long to be played here."));
        }
        fs::read(&path).map_err(missing)
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

    async fn sound(&self, id: SessionId, track: Track) -> Result<PathBuf> {
        let stored = self.stored(id).await?;
        let recording = stored.recording.ok_or_else(|| Error::new(Code::NotFound, "This practice was not recorded."))?;
        Ok(self.store.recording_folder(id).join(file_name(track, &recording.media_type)))
    }
}

/// Sides that are there.
pub(crate) fn tracks(folder: &Path, media_type: &str) -> Vec<Track> {
    let is_there = |track: &Track| fs::metadata(folder.join(file_name(*track, media_type))).is_ok_and(|file| file.len() > 0);
    [Track::Rep, Track::Customer].into_iter().filter(is_there).collect()
}

/// What the file of one side is called.
pub(crate) fn file_name(track: Track, media_type: &str) -> String {
    let side = match track {
        Track::Rep => "rep",
        Track::Customer => "customer",
    };
    let ending = KINDS.iter().find(|(kind, _)| *kind == media_type).map_or("sound", |(_, ending)| ending);
    format!("{side}.{ending}")
}

/// The kind without its parameters, such as `;codecs=opus`.
fn kind(media_type: &str) -> Option<&'static str> {
    let plain = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    KINDS.iter().find(|(kind, _)| *kind == plain).map(|(kind, _)| *kind)
}

fn unwritten(error: &io::Error) -> Error {
    let code = if error.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::ReadOnly };
    Error::new(code, "The recording cannot be written. What was recorded before is kept, and the practice goes on.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_sound_is_known_with_its_parameters_and_others_are_not() {
        assert_eq!(kind("audio/webm;codecs=opus"), Some("audio/webm"));
        assert_eq!(kind("Audio/OGG"), Some("audio/ogg"));
        assert_eq!(kind("audio/../../x"), None);
        assert_eq!(file_name(Track::Customer, "audio/ogg"), "customer.opus");
    }
}
