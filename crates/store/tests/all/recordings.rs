//! How calls went is kept like the session itself; a recording goes on its day, with its person, or when it is asked to.

use std::fs;

use crate::support::{DAY, NOON, Place, end_with, id, profile, report, session, talk, user, wait};
use rusqlite::Connection;
use sellme_core::{
    Millis,
    session::{CallRecord, Outcome, Recording, Session},
    wire::CallEnd,
};
use sellme_store::{Folder, SqliteStore, StoreError};

fn call(model: &str) -> CallRecord {
    CallRecord {
        model: model.to_owned(),
        started_at: NOON,
        ended_at: Millis(NOON.0 + 60_000),
        end: CallEnd::CustomerDone,
        latencies_ms: vec![420, 380],
        role_slips: 1,
        cost_millicents: Some(12_345),
    }
}

fn recording(days: i64) -> Recording {
    Recording { begins_ms: Millis(1_500), goes_at: Millis(NOON.0 + days * DAY), media_type: "audio/ogg".to_owned() }
}

/// A session that goes on, with a call and a recording with sound in it.
fn recorded(store: &SqliteStore, number: u128, person: u128, days: i64) -> Session {
    let session = session(number, user(person), NOON);
    talk(store, &session, &["Howdy", "Hello"]);
    wait(store.add_call(session.id, &call("first"))).unwrap();
    let recording = recording(days);
    let [rep, _] = wait(store.begin_recording(session.id, recording.begins_ms, recording.goes_at)).unwrap();
    fs::write(rep, "sound").unwrap();
    session
}

fn folders(folder: &Folder) -> usize {
    fs::read_dir(folder.recordings()).map_or(0, Iterator::count)
}

fn with_two_people(place: &Place) -> SqliteStore {
    let store = place.open();
    for (number, name) in [(1, "Ray"), (2, "Dana")] {
        wait(store.create_profile(&profile(number, name))).unwrap();
    }
    store
}

#[test]
fn calls_come_back_in_their_order_with_the_recording() {
    let place = Place::new();
    let store = with_two_people(&place);
    let session = recorded(&store, 1, 1, 30);
    wait(store.add_call(session.id, &call("second"))).unwrap();
    let stored = wait(store.session(session.id)).unwrap();
    assert_eq!(stored.calls, [call("first"), call("second")]);
    assert_eq!(stored.recording, Some(recording(30)));
}

#[test]
fn a_completed_session_takes_no_call_and_loses_none() {
    let place = Place::new();
    let store = with_two_people(&place);
    let session = recorded(&store, 1, 1, 30);
    end_with(&store, &session, report(Some(70), Outcome::Sale));
    assert!(matches!(wait(store.add_call(session.id, &call("late"))), Err(StoreError::Over { .. })));
    store.close();
    let db = Connection::open(place.folder.file()).unwrap();
    for change in
        ["DELETE FROM call", "UPDATE call SET call = '{}'", "INSERT INTO call (session, idx, person, call) VALUES (1, 5, 1, '{}')"]
    {
        let refused = db.execute(change, []).expect_err(change).to_string();
        assert!(refused.contains("a completed session never changes"), "{change}: {refused}");
    }
}

#[test]
fn a_recording_can_be_removed_from_a_completed_session_and_nothing_else_changes() {
    let place = Place::new();
    let store = with_two_people(&place);
    let session = recorded(&store, 1, 1, 30);
    end_with(&store, &session, report(Some(70), Outcome::Sale));
    let before = wait(store.session(session.id)).unwrap();
    wait(store.delete_recording(session.id)).unwrap();
    let after = wait(store.session(session.id)).unwrap();
    assert_eq!(after.recording, None);
    assert_eq!((after.turns, after.calls, after.report), (before.turns, before.calls, before.report));
    assert_eq!(folders(&place.folder), 0);
}

#[test]
fn a_recording_goes_at_the_first_start_on_or_after_its_day() {
    let place = Place::new();
    let store = with_two_people(&place);
    let (soon, late) = (recorded(&store, 1, 1, 7), recorded(&store, 2, 1, 30));
    store.close();
    let open = |days: i64| SqliteStore::open(&place.folder, Millis(NOON.0 + days * DAY)).unwrap().store;
    let store = open(6);
    assert_eq!(folders(&place.folder), 2);
    drop(store);
    let store = open(7);
    assert_eq!(wait(store.session(soon.id)).unwrap().recording, None);
    assert!(wait(store.session(late.id)).unwrap().recording.is_some());
    assert!(place.folder.recording(late.id).join("rep-1500.opus").is_file());
    assert_eq!(folders(&place.folder), 1);
}

#[test]
fn sound_that_no_session_has_a_recording_for_is_removed_at_the_start() {
    let place = Place::new();
    let store = with_two_people(&place);
    recorded(&store, 1, 1, 30);
    store.close();
    fs::create_dir_all(place.folder.recording(id(99))).unwrap();
    fs::create_dir_all(place.folder.recordings().join("not-an-id")).unwrap();
    drop(place.open());
    assert_eq!(folders(&place.folder), 1);
}

#[test]
fn with_a_person_go_their_calls_and_recordings_and_nobody_elses() {
    let place = Place::new();
    let store = with_two_people(&place);
    let (theirs, others) = (recorded(&store, 1, 1, 30), recorded(&store, 2, 2, 30));
    assert!(wait(store.delete_person(user(1), NOON)).unwrap().held_up.is_none());
    assert!(!place.folder.recording(theirs.id).exists());
    assert!(place.folder.recording(others.id).join("rep-1500.opus").is_file());
    assert_eq!(wait(store.session(others.id)).unwrap().calls.len(), 1);
    store.close();
    let db = Connection::open(place.folder.file()).unwrap();
    let left: i64 = db.query_row("SELECT (SELECT count(*) FROM call) + (SELECT count(*) FROM recording)", [], |row| row.get(0)).unwrap();
    assert_eq!(left, 2);
}

#[test]
fn a_repair_keeps_calls_and_recordings() {
    let place = Place::new();
    let store = with_two_people(&place);
    let session = recorded(&store, 1, 1, 30);
    end_with(&store, &session, report(Some(70), Outcome::Sale));
    let before = wait(store.session(session.id)).unwrap();
    crate::support::backup(&store, NOON).unwrap().expect("a backup");
    store.close();
    // The first page is gone: everything comes from the backup.
    let mut bytes = fs::read(place.folder.file()).unwrap();
    bytes[..4096].fill(0xA5);
    fs::write(place.folder.file(), bytes).unwrap();
    let store = place.open();
    assert_eq!(wait(store.session(session.id)).unwrap(), before);
    assert!(place.folder.recording(session.id).join("rep-1500.opus").is_file());
}
