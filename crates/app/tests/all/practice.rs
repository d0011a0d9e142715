//! Practising on a store that refuses, with time that passes, and with a catalogue that changes.

use std::{sync::Arc, time::Duration};

use sellme_app::Device;
use sellme_core::{
    Code, Millis,
    id::SessionId,
    session::{Decision, Mode, Reason, Session, Signal, Speaker, Turn},
};

use crate::support::{Desk, MINUTE, SCENARIO, catalog, names};

/// Who has no answer by then waits for something that never comes.
const LONG_ENOUGH: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_report_names_the_catalogue_that_it_was_scored_with() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let begun = app.start(SCENARIO, Mode::Typing).await.unwrap().session;
    drop(app);
    let mut newer = catalog();
    newer.revision += 1;
    let app = desk.open_with(newer.clone());
    let end = app.complete(begun.id).await.unwrap();
    assert_eq!(end.report.unwrap().catalog_revision, Some(newer.revision));
    assert_eq!(end.session.catalog_revision, begun.catalog_revision, "the session keeps what it was begun with");
}

#[tokio::test]
async fn a_backup_that_was_begun_after_a_session_is_whole_once_the_program_has_closed() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    app.complete(id).await.unwrap();
    drop(app);
    let backups = names(desk.data().join("backups"));
    assert!(backups.len() == 1 && backups[0].ends_with(".db"), "{backups:?}");
}

#[tokio::test]
async fn a_line_whose_answer_was_refused_is_answered_when_it_is_said_again_and_stored_once() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 1);
    assert_eq!(app.say(id, "Good morning, what brings you in?").await.unwrap_err().code, Code::DiskFull);
    let answered = app.say(id, " Good morning, what brings you in? ").await.unwrap();
    assert_eq!((answered.rep.index, answered.customer.index), (1, 2));
    let next = app.say(id, "Good morning, what brings you in?").await.unwrap();
    assert_eq!(next.rep.index, 3, "said a third time, it is a line of its own");
    assert_eq!(app.session(id).await.unwrap().turns[1..], [answered.rep, answered.customer, next.rep, next.customer]);
}

#[tokio::test]
async fn a_line_whose_answer_was_refused_is_shown_with_its_answer_when_the_talk_is_read_again() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 1);
    app.say(id, "Good morning, what brings you in?").await.unwrap_err();
    let turns = app.session(id).await.unwrap().turns;
    assert_eq!(turns.iter().map(|turn| turn.speaker).collect::<Vec<_>>(), [Speaker::Customer, Speaker::Rep, Speaker::Customer]);
    let answered = app.say(id, "What kind of work do you do?").await.unwrap();
    assert_eq!(answered.rep.index, 3);
}

#[tokio::test]
async fn a_line_that_was_not_stored_is_not_there() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 0);
    app.say(id, "Good morning, what brings you in?").await.unwrap_err();
    assert_eq!(app.session(id).await.unwrap().turns.len(), 1);
    assert_eq!(app.say(id, "Good morning, what brings you in?").await.unwrap().rep.index, 1);
}

#[tokio::test]
async fn a_talk_whose_pause_was_refused_goes_on() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("set_paused", 0);
    assert_eq!(app.pause(id).await.unwrap_err().code, Code::DiskFull);
    assert!(!app.session(id).await.unwrap().session.paused);
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    assert!(app.pause(id).await.unwrap().session.paused);
    desk.faults.refuse("set_paused", 0);
    app.resume(id).await.unwrap_err();
    assert!(app.session(id).await.unwrap().session.paused, "and one whose resume was refused stays stopped");
}

#[tokio::test]
async fn the_clock_of_a_running_talk_is_read_as_it_runs() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.clock.pass(MINUTE);
    assert_eq!(app.session(id).await.unwrap().session.active_ms.0, MINUTE);
    assert_eq!(app.session(id).await.unwrap().session.active_ms.0, MINUTE, "reading it settles nothing");
    desk.clock.pass(MINUTE);
    let end = app.complete(id).await.unwrap().session;
    assert_eq!(end.active_ms.0, 2 * MINUTE);
    desk.clock.pass(MINUTE);
    assert_eq!(app.session(id).await.unwrap().session.active_ms, end.active_ms, "a talk that is over stands still");
}

#[tokio::test]
async fn the_clock_stops_when_the_customer_has_gone() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    let mut said = 0;
    while !app.say(id, "Whatever.").await.unwrap().state.ended {
        desk.clock.pass(MINUTE);
        said += 1;
        assert!(said < 50, "the customer never goes");
    }
    desk.clock.pass(30 * MINUTE);
    assert_eq!(app.session(id).await.unwrap().session.active_ms.0, said * MINUTE);
    drop(app);
    let app = desk.open();
    app.session(id).await.unwrap();
    desk.clock.pass(30 * MINUTE);
    assert_eq!(app.complete(id).await.unwrap().session.active_ms.0, said * MINUTE);
}

#[tokio::test]
async fn time_on_the_home_screen_is_not_practice() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.clock.pass(MINUTE);
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    drop(app);
    let app = desk.open();
    assert_eq!(app.practice().await.unwrap().unfinished[0].session.active_ms.0, MINUTE);
    desk.clock.pass(30 * MINUTE);
    assert_eq!(app.session(id).await.unwrap().session.active_ms.0, MINUTE);
    desk.clock.pass(MINUTE);
    let answered = app.say(id, "What kind of work do you do?").await.unwrap();
    assert_eq!(answered.rep.at_ms.0, 2 * MINUTE);
    assert_eq!(app.complete(id).await.unwrap().session.active_ms.0, 2 * MINUTE);
}

#[tokio::test]
async fn the_home_screen_lists_what_is_open_and_stores_nothing() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 1);
    app.say(id, "Good morning, what brings you in?").await.unwrap_err();
    // The answer is still to be stored, and there is no room for it.
    desk.faults.refuse("append_turn", 0);
    assert_eq!(app.practice().await.unwrap().unfinished[0].session.turns, 2);
    app.session(id).await.unwrap_err();
    assert_eq!(app.session(id).await.unwrap().turns.len(), 3);
}

#[tokio::test]
async fn a_talk_that_is_slow_to_read_holds_up_no_other() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let slow = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    let other = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    drop(app);
    let app = desk.open();
    desk.faults.stall(slow);
    let said = async {
        app.say(other, "Good morning, what brings you in?").await.unwrap();
        app.pause(other).await.unwrap();
        app.complete(other).await.unwrap()
    };
    tokio::select! {
        biased;
        _ = app.session(slow) => panic!("it is never read to its end"),
        end = tokio::time::timeout(LONG_ENOUGH, said) => assert_eq!(end.expect("the other goes on").turns.len(), 3),
    }
}

#[tokio::test]
async fn two_who_want_the_same_talk_get_it_one_after_the_other() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    drop(app);
    let app = desk.open();
    let (one, two, over) = tokio::join!(app.say(id, "Good morning."), app.say(id, "What brings you in?"), app.complete(id));
    assert_eq!((one.unwrap().rep.index, two.unwrap().rep.index), (1, 3));
    assert_eq!(over.unwrap().turns.len(), 5);
    assert_eq!(app.say(id, "Hello?").await.unwrap_err().code, Code::WrongState);
}

#[tokio::test]
async fn a_talk_in_which_something_panicked_is_read_from_the_store_again() {
    let desk = Desk::new();
    let app = Arc::new(desk.open());
    app.create_profile("Dana").await.unwrap();
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 1);
    desk.faults.break_down();
    let theirs = Arc::clone(&app);
    let panicked = tokio::spawn(async move { theirs.say(id, "Good morning, what brings you in?").await }).await;
    assert!(panicked.unwrap_err().is_panic());
    // The line was stored, and its answer was not.
    let answered = app.say(id, "Good morning, what brings you in?").await.unwrap();
    assert_eq!((answered.rep.index, answered.customer.index), (1, 2));
    assert_eq!(app.say(id, "What kind of work do you do?").await.unwrap().rep.index, 3);
}

#[tokio::test]
async fn a_talk_that_is_not_in_memory_is_scored_as_one_that_is() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let mut reports = Vec::new();
    for read_again in [false, true] {
        let id = app.start_seeded(SCENARIO, Some(7), Mode::Typing).await.unwrap().session.id;
        for line in ["Good morning, what brings you in?", "What kind of work do you do?", "Would you like to take it home today?"] {
            app.say(id, line).await.unwrap();
        }
        if read_again {
            // A refused pause leaves the store alone to know how the talk stands.
            desk.faults.refuse("set_paused", 0);
            app.pause(id).await.unwrap_err();
        }
        reports.push(app.complete(id).await.unwrap().report.unwrap());
    }
    assert_eq!(reports[0], reports[1]);
}

#[tokio::test]
async fn a_last_line_without_an_answer_gets_it_before_the_talk_is_scored() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.faults.refuse("append_turn", 1);
    app.say(id, "Good morning, what brings you in?").await.unwrap_err();
    let end = app.complete(id).await.unwrap();
    assert_eq!(end.session.turns, 3);
}

#[tokio::test]
async fn a_day_between_two_lines_is_not_a_day_of_practice() {
    let desk = Desk::new();
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Typing).await.unwrap().session.id;
    desk.clock.pass(24 * 60 * MINUTE);
    app.say(id, "Good morning, what brings you in?").await.unwrap();
    assert_eq!(app.session(id).await.unwrap().session.active_ms.0, 5 * MINUTE);
    desk.clock.pass(MINUTE);
    app.say(id, "What kind of work do you do?").await.unwrap();
    desk.clock.pass(24 * 60 * MINUTE);
    assert_eq!(app.complete(id).await.unwrap().session.active_ms.0, 11 * MINUTE);
}

#[tokio::test]
async fn whether_the_customer_has_gone_is_what_was_stored_whatever_a_newer_one_would_have_done() {
    let desk = Desk::new();
    let app = desk.open();
    let dana = app.create_profile("Dana").await.unwrap();
    let begun = app.start(SCENARIO, Mode::Typing).await.unwrap();
    drop(app);
    // As an older program left two talks: in one the customer went after a line that a newer customer would have stayed at; in the other a customer stayed
    // whom a newer one would have lost patience long before.
    let store = sellme_store::SqliteStore::open(&sellme_store::Folder::at(desk.data()), desk.clock.now()).unwrap().store;
    let old = |number: u128, lines: usize| {
        let session = Session { id: SessionId(uuid::Uuid::from_u128(number)), user_id: dana.id, ..begun.session.clone() };
        let said = (1..).take(2 * lines).map(|index| match index % 2 {
            1 => Turn::typed(index, Speaker::Rep, "Whatever."),
            _ => Turn::typed(index, Speaker::Customer, "I see."),
        });
        (session, begun.turns.iter().cloned().chain(said).collect::<Vec<_>>())
    };
    let (gone, gone_turns) = old(1, 1);
    let (here, here_turns) = old(2, 30);
    for (session, turns) in [(&gone, gone_turns), (&here, here_turns)] {
        store.create_session(session).await.unwrap();
        for turn in &turns {
            let decides = session.id == gone.id && turn.index == 2;
            let signals = decides.then_some(Signal::Decide { decision: Decision::WalkAway, reason: Reason::OutOfPatience });
            store.append_turn(session.id, turn, signals.as_slice(), Millis(0)).await.unwrap();
        }
    }
    store.close();
    let app = desk.open();
    assert!(app.session(gone.id).await.unwrap().customer.ended);
    assert_eq!(app.say(gone.id, "What kind of work do you do?").await.unwrap_err().code, Code::WrongState);
    assert!(!app.session(here.id).await.unwrap().customer.ended);
    let answered = app.say(here.id, "What kind of work do you do?").await.unwrap();
    assert!(answered.state.ended, "a decision that is owed is told with the next answer");
    assert!(matches!(answered.signals[..], [Signal::Decide { .. }]));
    drop(app);
    assert!(desk.open().session(here.id).await.unwrap().customer.ended, "and stored");
}
