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

/// What the host itself records.
const OGG: &str = "audio/ogg";

/// Kinds of files that a recording may be, with what their names end in.
const KINDS: [(&str, &str); 3] = [(OGG, "opus"), ("audio/webm", "webm"), ("audio/mp4", "m4a")];

impl<S: Store> App<S> {
    /// Begins to record an attempt, from now on, as Opus in Ogg; gives the folder for its sound. What was begun first stays.
    ///
    /// # Errors
    /// An attempt that is over; a full disk.
    pub async fn begin_recording(&self, id: SessionId) -> Result<PathBuf> {
        let begins_ms = self.hold(id).await?.0.active(self.device.now());
        self.begin(id, OGG, begins_ms).await
    }

    /// Adds a piece to one side of the recording that the webview makes; the first one says what kind of sound it is. The file begins `begins_ms` after the
    /// start of the practice.
    ///
    /// # Errors
    /// A kind of sound that is none of ours; an attempt that is over and was not recorded; a full disk: what was written before stays and can be played.
    pub async fn keep_recording(&self, id: SessionId, track: Track, begins_ms: Millis, bytes: &[u8]) -> Result<()> {
        let path = match self.stored(id).await?.recording {
            Some(recording) => self.store.recording_folder(id).join(file_name(track, &recording.media_type)),
            None => {
                let media_type = sniff(bytes)?;
                self.begin(id, media_type, begins_ms).await?.join(file_name(track, media_type))
            }
        };
        let written = File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|error| unwritten(&error))
    }

    async fn begin(&self, id: SessionId, media_type: &str, begins_ms: Millis) -> Result<PathBuf> {
        let settings = self.settings().await?.voice;
        let goes_at = Millis(self.device.now().0 + i64::from(settings.recording_days) * DAY_MS);
        self.store.begin_recording(id, &Recording { begins_ms, goes_at, media_type: media_type.to_owned() }).await
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

/// What the file of one side is called that the host itself records.
#[must_use]
pub fn recording_name(track: Track) -> String {
    file_name(track, OGG)
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

/// The kind of sound that begins like this.
fn sniff(bytes: &[u8]) -> Result<&'static str> {
    let begins = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
    match () {
        () if begins(0, b"OggS") => Ok(OGG),
        () if begins(0, &[0x1A, 0x45, 0xDF, 0xA3]) => Ok("audio/webm"),
        () if begins(4, b"ftyp") => Ok("audio/mp4"),
        () => Err(Error::invalid("A recording is Opus in Ogg or WebM, or MPEG-4 audio.")),
    }
}

fn unwritten(error: &io::Error) -> Error {
    let code = if error.kind() == io::ErrorKind::StorageFull { Code::DiskFull } else { Code::ReadOnly };
    Error::new(code, "The recording cannot be written. What was recorded before is kept, and the practice goes on.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_sound_is_known_by_how_it_begins_and_others_are_refused() {
        assert_eq!(sniff(b"OggS\0"), Ok("audio/ogg"));
        assert_eq!(sniff(&[0x1A, 0x45, 0xDF, 0xA3, 1]), Ok("audio/webm"));
        assert_eq!(sniff(b"\0\0\0\x1cftypM4A "), Ok("audio/mp4"));
        for other in [&b""[..], b"<html>", b"Ogg", b"RIFF....WAVE"] {
            assert!(sniff(other).is_err(), "{other:?}");
        }
        assert_eq!(file_name(Track::Customer, "audio/ogg"), "customer.opus");
    }
}
