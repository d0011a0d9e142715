//! The recording of an attempt, and how its calls went.

use crate::support::{Desk, MINUTE, MORNING, SCENARIO};
use sellme_core::{
    Code, Millis,
    session::Mode,
    wire::{Settings, Track, VoiceSettings},
};

#[tokio::test]
async fn both_sides_grow_as_they_come_and_are_played_from_the_debrief() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    for (track, bytes) in [(Track::Rep, "OggS one "), (Track::Customer, "OggS two"), (Track::Rep, "three")] {
        app.keep_recording(id, track, Millis(0), bytes.into()).await.unwrap();
    }
    assert_eq!(app.recording(id, Track::Rep, Millis(0)).await.unwrap(), b"OggS one three");
    assert_eq!(app.recording(id, Track::Customer, Millis(0)).await.unwrap(), b"OggS two");
    app.complete(id).await.unwrap();
    let debrief = app.delete_recording(id).await.unwrap();
    assert_eq!(debrief.session.id, id);
    assert_eq!(app.recording(id, Track::Rep, Millis(0)).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn each_call_of_an_attempt_has_its_own_sound_and_begins_in_its_own_place() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    for (track, begins, bytes) in [
        (Track::Customer, 90_000, "OggS later"),
        (Track::Rep, 1_500, "OggS first"),
        (Track::Customer, 1_500, "OggS first too"),
        (Track::Customer, 90_000, ", still"),
    ] {
        app.keep_recording(id, track, Millis(begins), bytes.into()).await.unwrap();
    }
    let refused = app.keep_recording(id, Track::Rep, Millis(90_000), b"a piece from the middle".to_vec()).await.unwrap_err();
    assert_eq!(refused.code, Code::InvalidInput, "a file begins with its beginning");
    let recording = app.complete(id).await.unwrap().voice.unwrap().recording.unwrap();
    let calls: Vec<_> = recording.calls.iter().map(|call| (call.begins_ms.0, call.tracks.as_slice())).collect();
    assert_eq!(calls, [(1_500, &[Track::Rep, Track::Customer][..]), (90_000, &[Track::Customer][..])]);
    assert_eq!(app.recording(id, Track::Customer, Millis(90_000)).await.unwrap(), b"OggS later, still");
    assert_eq!(app.recording(id, Track::Customer, Millis(1_500)).await.unwrap(), b"OggS first too");
    assert_eq!(app.recording(id, Track::Rep, Millis(90_000)).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn nothing_but_sound_begins_a_recording_and_nothing_begins_one_of_a_practice_that_is_over() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    assert_eq!(app.keep_recording(id, Track::Rep, Millis(0), b"<html>".to_vec()).await.unwrap_err().code, Code::InvalidInput);
    assert_eq!(app.recording(id, Track::Rep, Millis(0)).await.unwrap_err().code, Code::NotFound);
    app.complete(id).await.unwrap();
    assert_eq!(app.keep_recording(id, Track::Rep, Millis(0), b"OggS".to_vec()).await.unwrap_err().code, Code::WrongState);
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
    let [rep, customer] = app.begin_recording(id).await.unwrap();
    std::fs::write(&customer, "sound").unwrap();
    desk.clock.pass(MINUTE);
    let again = app.begin_recording(id).await.unwrap();
    assert!(again[0] != rep && again[1] != customer, "another call");
    let recording = app.complete(id).await.unwrap().voice.unwrap().recording.unwrap();
    let [call] = recording.calls.as_slice() else { panic!("{recording:?}") };
    assert_eq!((call.tracks.as_slice(), call.media_type.as_str(), call.begins_ms), (&[Track::Customer][..], "audio/ogg", Millis(MINUTE)));
    assert_eq!(recording.goes_at, Millis(MORNING + MINUTE + 3 * 24 * 60 * MINUTE), "the first call's day");
}

#[tokio::test]
async fn a_recording_whose_day_has_come_is_not_there_and_goes_while_the_program_runs() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    let [rep, _] = app.begin_recording(id).await.unwrap();
    std::fs::write(&rep, "OggS").unwrap();
    app.complete(id).await.unwrap();
    desk.clock.pass(30 * 24 * 60 * MINUTE - 1);
    app.forget_due_recordings().await.unwrap();
    assert!(app.debrief(id).await.unwrap().voice.unwrap().recording.is_some(), "its last moment");
    desk.clock.pass(1);
    assert!(rep.is_file());
    assert!(app.debrief(id).await.unwrap().voice.is_none_or(|voice| voice.recording.is_none()));
    assert_eq!(app.recording(id, Track::Rep, Millis(0)).await.unwrap_err().code, Code::NotFound);
    app.forget_due_recordings().await.unwrap();
    assert!(!rep.exists());
}

#[tokio::test]
async fn somebody_elses_recording_is_not_there() {
    let desk = Desk::new();
    let app = desk.open();
    app.create_profile("Dana Reed").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.keep_recording(id, Track::Rep, Millis(0), b"OggS".to_vec()).await.unwrap();
    app.create_profile("Ray").await.unwrap();
    assert_eq!(app.recording(id, Track::Rep, Millis(0)).await.unwrap_err().code, Code::NotFound);
    assert_eq!(app.delete_recording(id).await.unwrap_err().code, Code::NotFound);
}
