//! Sessions from the start to the end, and what must not change after it.

use crate::support::{NOON, Place, completed, end_with, id, profile, report, session, talk, user, wait};
use rusqlite::Connection;
use sellme_core::{
    Millis,
    session::{Decision, Outcome, Reason, Signal, Speaker, Status, Turn},
    wire::{Settings, Theme},
};
use sellme_store::{Completion, SqliteStore, StoreError};

fn with_dana(place: &Place) -> SqliteStore {
    let store = place.open();
    wait(store.create_profile(&profile(1, "Dana"))).unwrap();
    store
}

#[test]
fn what_was_said_and_done_is_there_after_a_restart() {
    let place = Place::new();
    let begun = session(1, user(1), NOON);
    let signals = [Signal::RaiseObjection { id: "price".into() }, Signal::Decide { decision: Decision::Buy, reason: Reason::Convinced }];
    let mut turn = Turn::typed(0, Speaker::Customer, "Is it waxed? “Sí”, señor — 🤠");
    turn.started_ms = Some(Millis(20));
    turn.interrupted = true;
    {
        let store = with_dana(&place);
        wait(store.create_session(&begun)).unwrap();
        wait(store.append_turn(begun.id, &turn, &signals, Millis(1_500))).unwrap();
    }
    let found = wait(place.open().session(begun.id)).unwrap();
    assert_eq!(found.turns, [turn]);
    assert_eq!(found.signals, signals.map(|signal| (0, signal)));
    assert_eq!(found.report, None);
    assert_eq!(found.session, sellme_core::session::Session { turns: 1, active_ms: Millis(1_500), ..begun });
}

#[test]
fn a_completed_session_keeps_its_report_as_it_was() {
    let place = Place::new();
    let store = with_dana(&place);
    let begun = session(1, user(1), NOON);
    talk(&store, &begun, &["Hello", "Good morning"]);
    let made = report(Some(84), Outcome::Sale);
    end_with(&store, &begun, made.clone());
    let found = wait(store.session(begun.id)).unwrap();
    assert_eq!(found.report, Some(made));
    assert_eq!(
        (found.session.status, found.session.outcome, found.session.overall_score),
        (Status::Completed, Some(Outcome::Sale), Some(84))
    );
    assert_eq!(found.session.ended_at, Some(Millis(NOON.0 + 900_000)));
    assert!(wait(store.unfinished(user(1))).unwrap().is_empty());
}

#[test]
fn a_turn_that_does_not_follow_the_last_one_is_refused_without_a_trace() {
    let place = Place::new();
    let store = with_dana(&place);
    let begun = session(1, user(1), NOON);
    talk(&store, &begun, &["Hello"]);
    for index in [0, 2] {
        let refused = wait(store.append_turn(begun.id, &Turn::typed(index, Speaker::Rep, "Hi"), &[], Millis(0)));
        assert!(matches!(refused, Err(StoreError::Gap { expected: 1, got, .. }) if got == index), "{refused:?}");
    }
    assert_eq!(wait(store.session(begun.id)).unwrap().turns.len(), 1);
}

#[test]
fn nothing_can_be_added_to_a_session_that_is_over() {
    let place = Place::new();
    let store = with_dana(&place);
    let (done, left) = (session(1, user(1), NOON), session(2, user(1), NOON));
    completed(&store, &done, &["Hello", "Hi"], 70);
    talk(&store, &left, &["Hello"]);
    wait(store.abandon(left.id, NOON, Millis(3))).unwrap();
    for over in [&done, &left] {
        let turn = Turn::typed(wait(store.session(over.id)).unwrap().session.turns, Speaker::Rep, "Wait");
        let completion =
            Completion { ended_at: NOON, active_ms: Millis(0), outcome: Outcome::Sale, report: report(Some(99), Outcome::Sale) };
        assert!(matches!(wait(store.append_turn(over.id, &turn, &[], Millis(0))), Err(StoreError::Over { .. })));
        assert!(matches!(wait(store.complete(over.id, completion)), Err(StoreError::Over { .. })));
        assert!(matches!(wait(store.abandon(over.id, NOON, Millis(0))), Err(StoreError::Over { .. })));
        assert!(matches!(wait(store.set_paused(over.id, true, Millis(0))), Err(StoreError::Over { .. })));
    }
    for there in [&done, &left] {
        assert!(matches!(wait(store.create_session(there)), Err(StoreError::Exists { .. })));
    }
    assert!(matches!(wait(store.session(id(9))), Err(StoreError::NotFound { kind: "session", .. })));
}

#[test]
fn a_paused_session_is_found_paused_and_unfinished_newest_first() {
    let place = Place::new();
    let store = with_dana(&place);
    let (older, newer) = (session(1, user(1), NOON), session(2, user(1), Millis(NOON.0 + 5)));
    wait(store.create_session(&newer)).unwrap();
    wait(store.create_session(&older)).unwrap();
    wait(store.set_paused(older.id, true, Millis(77))).unwrap();
    let unfinished = wait(store.unfinished(user(1))).unwrap();
    assert_eq!(unfinished.iter().map(|session| session.id).collect::<Vec<_>>(), [newer.id, older.id]);
    assert!(unfinished[1].paused && unfinished[1].active_ms == Millis(77));
    assert!(matches!(wait(store.create_session(&older)), Err(StoreError::Exists { .. })));
}

#[test]
fn the_file_itself_refuses_to_change_or_delete_what_belongs_to_a_completed_session() {
    let place = Place::new();
    let store = with_dana(&place);
    let begun = session(1, user(1), NOON);
    wait(store.create_session(&begun)).unwrap();
    let raised = [Signal::RaiseObjection { id: "price".into() }];
    wait(store.append_turn(begun.id, &Turn::typed(0, Speaker::Customer, "Hello"), &raised, Millis(0))).unwrap();
    end_with(&store, &begun, report(Some(50), Outcome::NoSale));
    store.close();
    let db = Connection::open(place.folder.file()).unwrap();
    for attempt in [
        "UPDATE session SET overall_score = 100",
        "UPDATE session SET status = 'IN_PROGRESS', ended_at = NULL",
        "DELETE FROM session",
        "REPLACE INTO session SELECT * FROM session",
        "UPDATE turn SET text = 'other'",
        "DELETE FROM turn",
        "INSERT INTO turn (session, idx, person, speaker, at_ms, text) VALUES (1, 1, 1, 'rep', 0, 'late')",
        "UPDATE signal SET signal = '{}'",
        "DELETE FROM signal",
        "INSERT INTO signal (session, idx, place, person, signal) VALUES (1, 0, 9, 1, '{}')",
        "UPDATE report SET body = x''",
        "DELETE FROM report",
        "REPLACE INTO report (session, person, rubric, body) VALUES (1, 1, '', x'')",
        "INSERT INTO report (session, person, rubric, body) VALUES (1, 1, '', x'')",
    ] {
        let refused = db.execute(attempt, []).unwrap_err().to_string();
        assert!(refused.contains("a completed session"), "{attempt}: {refused}");
    }
}

#[test]
fn people_and_what_they_chose_are_kept_apart() {
    let place = Place::new();
    let store = with_dana(&place);
    assert_eq!(wait(store.chosen_profile()).unwrap(), None);
    wait(store.create_profile(&profile(2, "Ray"))).unwrap();
    assert_eq!(wait(store.choose_profile(user(2))).unwrap().name, "Ray");
    assert_eq!(wait(store.rename_profile(user(2), "Raymond")).unwrap().name, "Raymond");
    let dark = Settings { theme: Theme::Dark, ..Settings::default() };
    wait(store.save_settings(user(2), &dark)).unwrap();
    assert_eq!(wait(store.settings(user(2))).unwrap(), dark);
    assert_eq!(wait(store.settings(user(1))).unwrap(), Settings::default());
    assert_eq!(wait(store.chosen_profile()).unwrap().unwrap().name, "Raymond");
    assert!(matches!(wait(store.create_profile(&profile(2, "Twice"))), Err(StoreError::Exists { .. })));
    assert!(matches!(wait(store.choose_profile(user(3))), Err(StoreError::NotFound { kind: "profile", .. })));
    assert!(matches!(wait(store.settings(user(3))), Err(StoreError::NotFound { .. })));
    assert_eq!(wait(store.profiles()).unwrap().len(), 2);
}

#[test]
fn a_choice_of_a_newer_program_does_not_undo_the_others() {
    let place = Place::new();
    with_dana(&place).close();
    let db = rusqlite::Connection::open(place.folder.file()).unwrap();
    db.execute("UPDATE profile SET settings = ?1", [r#"{"theme":"contrast","letterKeys":false,"voice":{"rate":2}}"#]).unwrap();
    drop(db);
    let kept = wait(place.open().settings(user(1))).unwrap();
    assert_eq!(kept, Settings { theme: Theme::Contrast, letter_keys: false, ..Settings::default() });
}

#[test]
fn sessions_stream_oldest_first_and_stop_when_told() {
    let place = Place::new();
    let store = with_dana(&place);
    for number in 0..5 {
        completed(&store, &session(number, user(1), Millis(NOON.0 - i64::try_from(number).unwrap())), &["Hello", "Hi"], 60);
    }
    let (send, seen) = std::sync::mpsc::channel();
    let handed = wait(store.for_each_session(user(1), move |stored| {
        send.send(stored.session.id).unwrap();
        if stored.session.id == id(2) { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
    }));
    assert_eq!(handed.unwrap(), 3);
    assert_eq!(seen.iter().collect::<Vec<_>>(), [id(4), id(3), id(2)]);
}

#[test]
fn a_closed_store_answers_that_it_is_closed() {
    let place = Place::new();
    let store = with_dana(&place);
    store.close();
    assert!(matches!(wait(store.profiles()), Err(StoreError::Closed)));
    assert!(!place.folder.path().join("sellme.db-wal").exists(), "a clean close leaves no log");
    assert!(!place.folder.path().join("sellme.open").exists(), "a clean close leaves no marker");
}
