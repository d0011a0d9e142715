//! The recording of an attempt, and how its calls went.
#![allow(clippy::unwrap_used)]

mod support;

use sellme_core::{
    Code, Millis,
    session::Mode,
    wire::{Settings, Track, VoiceSettings},
};
use support::{Desk, MINUTE, MORNING, SCENARIO};

#[tokio::test]
async fn both_sides_grow_as_they_come_and_are_played_from_the_debrief() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    for (track, bytes) in [(Track::Rep, "OggS one "), (Track::Customer, "two"), (Track::Rep, "three")] {
        app.keep_recording(id, track, Millis(0), bytes.as_bytes()).await.unwrap();
    }
    assert_eq!(app.recording(id, Track::Rep).await.unwrap(), b"OggS one three");
    assert_eq!(app.recording(id, Track::Customer).await.unwrap(), b"two");
    app.complete(id).await.unwrap();
    let debrief = app.delete_recording(id).await.unwrap();
    assert_eq!(debrief.session.id, id);
    assert_eq!(app.recording(id, Track::Rep).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn nothing_but_sound_begins_a_recording_and_nothing_begins_one_of_a_practice_that_is_over() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    assert_eq!(app.keep_recording(id, Track::Rep, Millis(0), b"<html>").await.unwrap_err().code, Code::InvalidInput);
    assert_eq!(app.recording(id, Track::Rep).await.unwrap_err().code, Code::NotFound);
    app.complete(id).await.unwrap();
    assert_eq!(app.keep_recording(id, Track::Rep, Millis(0), b"OggS").await.unwrap_err().code, Code::WrongState);
    assert_eq!(app.begin_recording(id).await.unwrap_err().code, Code::WrongState);
}

#[tokio::test]
async fn a_recording_goes_as_many_days_later_as_the_person_chose() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let voice = VoiceSettings { recording: Some(true), recording_days: 3, ..VoiceSettings::default() };
    app.save_settings(&Settings { voice, ..Settings::default() }).await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.clock.pass(MINUTE);
    app.begin_recording(id).await.unwrap();
    app.keep_recording(id, Track::Customer, Millis(0), b"sound").await.unwrap();
    desk.clock.pass(MINUTE);
    app.begin_recording(id).await.unwrap();
    let recording = app.complete(id).await.unwrap().voice.unwrap().recording.unwrap();
    assert_eq!((recording.tracks, recording.media_type.as_str()), (vec![Track::Customer], "audio/ogg"));
    assert_eq!((recording.begins_ms, recording.goes_at), (Millis(MINUTE), Millis(MORNING + MINUTE + 3 * 24 * 60 * MINUTE)));
}

#[tokio::test]
async fn somebody_elses_recording_is_not_there() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.begin_recording(id).await.unwrap();
    app.keep_recording(id, Track::Rep, Millis(0), b"x").await.unwrap();
    app.create_profile("Ray").await.unwrap();
    assert_eq!(app.recording(id, Track::Rep).await.unwrap_err().code, Code::NotFound);
    assert_eq!(app.delete_recording(id).await.unwrap_err().code, Code::NotFound);
}
