//! The files of sound of a recording: what they are called and what may be in them. Each call of a session has a file a side, named by where in the practice it
//! begins, so that a call never writes into another's.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{ErrorKind, Write as _},
    path::Path,
};

use sellme_core::{
    Millis,
    wire::{RecordedCall, Track},
};

use crate::{Result, StoreError};

/// What the host itself records.
pub(crate) const OGG: &str = "audio/ogg";

/// Kinds of files that a recording may be, with what their names end in.
const KINDS: [(&str, &str); 3] = [(OGG, "opus"), ("audio/webm", "webm"), ("audio/mp4", "m4a")];

/// The most that is read into memory of one side of a call, in bytes: an hour at 128 kbit a second.
const LONGEST: u64 = 64 * 1024 * 1024;

const SIDES: [(Track, &str); 2] = [(Track::Rep, "rep"), (Track::Customer, "customer")];

/// What the file of one side of a call is called that begins there.
pub(crate) fn name(track: Track, begins: Millis, media_type: &str) -> String {
    let side = SIDES.iter().find(|(side, _)| *side == track).map_or("sound", |(_, name)| name);
    let ending = KINDS.iter().find(|(kind, _)| *kind == media_type).map_or("sound", |(_, ending)| ending);
    format!("{side}-{}.{ending}", begins.0)
}

/// What a file of that name is.
fn named(name: &str) -> Option<(Track, Millis, &'static str)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let (side, begins) = stem.split_once('-')?;
    let (track, _) = SIDES.iter().find(|(_, name)| *name == side)?;
    let (media_type, _) = KINDS.iter().find(|(_, kind)| *kind == ending)?;
    Some((*track, Millis(begins.parse().ok().filter(|begins| *begins >= 0)?), media_type))
}

/// The kind of sound that begins like this; `None` for what is none.
pub(crate) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let begins = |at: usize, mark: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(mark));
    match () {
        () if begins(0, b"OggS") => Some(OGG),
        () if begins(0, &[0x1A, 0x45, 0xDF, 0xA3]) => Some("audio/webm"),
        () if begins(4, b"ftyp") => Some("audio/mp4"),
        () => None,
    }
}

/// The calls that have sound in this folder, in their order. An empty file is no sound.
pub(crate) fn calls(folder: &Path) -> Result<Vec<RecordedCall>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut calls: BTreeMap<(Millis, &str), Vec<Track>> = BTreeMap::new();
    for entry in entries {
        let entry = entry?;
        let known = entry.file_name().to_str().and_then(named);
        if let Some((track, begins, media_type)) = known.filter(|_| entry.metadata().is_ok_and(|file| file.len() > 0)) {
            calls.entry((begins, media_type)).or_default().push(track);
        }
    }
    let call = |((begins_ms, media_type), tracks): ((Millis, &str), Vec<Track>)| RecordedCall {
        // The rep's side first, however the folder lists them.
        tracks: SIDES.iter().map(|(track, _)| *track).filter(|track| tracks.contains(track)).collect(),
        media_type: media_type.to_owned(),
        begins_ms,
    };
    Ok(calls.into_iter().map(call).collect())
}

/// Adds a piece to a file that is there or is begun with it.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<()> {
    Ok(File::options().create(true).append(true).open(path).and_then(|mut file| file.write_all(bytes))?)
}

/// All of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    if fs::metadata(path)?.len() > LONGEST {
        return Err(StoreError::TooLong);
    }
    Ok(fs::read(path)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_sound_is_known_by_how_it_begins_and_others_are_none() {
        assert_eq!(kind(b"OggS\0"), Some("audio/ogg"));
        assert_eq!(kind(&[0x1A, 0x45, 0xDF, 0xA3, 1]), Some("audio/webm"));
        assert_eq!(kind(b"\0\0\0\x1cftypM4A "), Some("audio/mp4"));
        for other in [&b""[..], b"<html>", b"Ogg", b"RIFF....WAVE"] {
            assert_eq!(kind(other), None, "{other:?}");
        }
    }

    #[test]
    fn a_name_says_whose_sound_it_is_where_it_begins_and_what_kind_it_is() {
        for (track, begins, media_type) in [(Track::Rep, 0, OGG), (Track::Customer, 61_500, "audio/webm"), (Track::Rep, 7, "audio/mp4")] {
            assert_eq!(named(&name(track, Millis(begins), media_type)), Some((track, Millis(begins), media_type)));
        }
        for other in ["", "rep", "rep.opus", "rep-.opus", "rep--1.opus", "rep-1.wav", "else-1.opus", "rep-1"] {
            assert_eq!(named(other), None, "{other}");
        }
    }
}
