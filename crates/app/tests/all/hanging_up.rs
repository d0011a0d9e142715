//! Calls that are not wanted any more, lines that are given up, and what must not be lost with them.

use std::{sync::Arc, time::Duration};

use crate::support::{Desk, SCENARIO, faulty::Faulty, line::Line};
use sellme_core::{
    Code, Error,
    id::SessionId,
    session::{Mode, Status},
    wire::{CallControl, CallEnd, CallEvent, CallStage, Link},
};
use tokio::sync::Notify;

type App = sellme_app::App<Faulty>;

async fn voiced(desk: &Desk) -> (App, SessionId, Line) {
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Voice).await.unwrap().session.id;
    (app, id, Line::new(&desk.clock))
}

/// The next turns cannot be stored, so often.
fn fill_the_disk(desk: &Desk, times: u32) {
    (0..times).for_each(|before| desk.faults.refuse("append_turn", before));
}

fn hung_up(line: &Line) -> Vec<String> {
    line.asked.lock().unwrap().hung_up.clone()
}

#[tokio::test]
async fn a_call_that_is_hung_up_while_it_is_prepared_never_begins() {
    let desk = Desk::new();
    let (app, id, line) = voiced(&desk).await;
    let wish = app.want_call(id);
    app.control_call(id, CallControl::HangUp).await.unwrap();
    assert_eq!(line.dial_with(&app, &wish).await.unwrap_err().code, Code::WrongState);
    assert!(line.asked.lock().unwrap().offers.is_empty() && line.stages().is_empty());
    // Ended in another way, or begun anew, it is as little wanted.
    let wish = app.want_call(id);
    app.end_calls().await.unwrap();
    assert!(wish.check().is_err());
    let (earlier, later) = (app.want_call(id), app.want_call(id));
    assert!(earlier.check().is_err());
    line.dial_with(&app, &later).await.unwrap();
    assert_eq!(line.stages(), [CallStage::Connecting]);
}

#[tokio::test]
async fn a_line_for_a_call_that_is_over_opens_no_other_call() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    let wish = app.want_call(id);
    line.dial_with(&app, &wish).await.unwrap();
    app.call_link(id, Link::Open).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    assert!(line.dial_with(&app, &wish).await.is_err(), "it has its line");
    app.call_link(id, Link::Failed).await;
    for _ in 0..3 {
        line.wait(&app, id, 20).await;
    }
    assert_eq!(line.end(), Some(CallEnd::ConnectionLost));
    assert_eq!(line.dial_with(&app, &wish).await.unwrap_err().code, Code::WrongState);
    assert_eq!(line.asked.lock().unwrap().offers.len(), 1);
}

#[tokio::test]
async fn an_answer_that_comes_after_its_try_was_given_up_is_hung_up_and_the_next_one_is_kept() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    app.call_link(id, Link::Failed).await;
    let late = Arc::new(Notify::new());
    line.asked.lock().unwrap().holds = Some(Arc::clone(&late));
    let wish = app.want_call(id);
    let (given_up, ()) = tokio::join!(line.dial_with(&app, &wish), async {
        line.wait(&app, id, 17).await;
        line.dial_with(&app, &wish).await.unwrap();
        late.notify_one();
    });
    assert_eq!(given_up.unwrap_err().code, Code::WrongState);
    app.parted().await;
    assert_eq!(hung_up(&line), ["rtc_1", "rtc_2"]);
    app.call_link(id, Link::Open).await;
    assert_eq!(line.stages().last(), Some(&CallStage::Live));
    app.control_call(id, CallControl::HangUp).await.unwrap();
    line.wait(&app, id, 4).await;
    assert_eq!(hung_up(&line), ["rtc_1", "rtc_2", "rtc_3"]);
}

#[tokio::test]
async fn a_refusal_that_comes_after_its_try_was_given_up_ends_no_other() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    app.call_link(id, Link::Failed).await;
    let late = Arc::new(Notify::new());
    line.asked.lock().unwrap().holds = Some(Arc::clone(&late));
    line.asked.lock().unwrap().refuses = Some(Error::new(Code::KeyRefused, "No."));
    let wish = app.want_call(id);
    let (given_up, ()) = tokio::join!(line.dial_with(&app, &wish), async {
        line.wait(&app, id, 17).await;
        late.notify_one();
    });
    assert!(given_up.is_err());
    assert_eq!(line.stages().last(), Some(&CallStage::Reconnecting));
}

#[tokio::test]
async fn a_service_that_does_not_hear_that_a_call_is_over_stops_no_time() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.asked.lock().unwrap().is_deaf = true;
    app.call_link(id, Link::Failed).await;
    line.wait(&app, id, 60).await;
    assert_eq!(line.end(), Some(CallEnd::ConnectionLost));
    tokio::task::yield_now().await;
    assert_eq!(hung_up(&line), ["rtc_1"]);
}

#[tokio::test]
async fn an_attempt_is_not_scored_without_a_turn_that_cannot_be_stored_yet() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    fill_the_disk(&desk, 40);
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    app.tick_call(id).await;
    assert_eq!(app.complete(id).await.unwrap_err().code, Code::DiskFull);
    assert_eq!(app.session(id).await.unwrap().session.status, Status::InProgress);
    assert!(app.tick_call(id).await, "it is tried again");
    line.wait(&app, id, 10).await;
    let debrief = app.complete(id).await.unwrap();
    assert_eq!(debrief.turns.len(), 2);
    let told = |is: fn(&CallEvent) -> bool| {
        line.told.lock().unwrap().iter().filter(|one| matches!(one, sellme_app::Told::Event(event) if is(event))).count()
    };
    assert_eq!(told(|event| matches!(event, CallEvent::Trouble { code: Code::DiskFull })), 1, "told once");
    assert_eq!(told(|event| matches!(event, CallEvent::Recovered { code: Code::DiskFull })), 1, "and taken back");
}

#[tokio::test]
async fn another_call_waits_until_what_was_said_in_the_one_before_is_stored() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    fill_the_disk(&desk, 40);
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    app.control_call(id, CallControl::HangUp).await.unwrap();
    assert_eq!(line.dial(&app, id).await.unwrap_err().code, Code::DiskFull);
    line.wait(&app, id, 15).await;
    line.open(&app, id).await;
    let seeded = line.sent("conversation.item.create");
    assert_eq!(seeded.len(), 2, "{seeded:?}");
    assert_eq!(line.turns(), ["Hello there.", "Good morning, what brings you in?"]);
}

#[tokio::test]
async fn the_last_words_before_somebody_else_practises_are_waited_for() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    let dana = app.profile().await.unwrap().unwrap().id;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.speech_started", "item_id": "last" })).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.committed", "item_id": "last" })).await;
    app.control_call(id, CallControl::HangUp).await.unwrap();
    let written = async {
        // Long after another profile would be there, did it not wait.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let words = serde_json::json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "last", "transcript": "Who is it for?" });
        line.hear(&app, id, words).await;
    };
    let (lee, ()) = tokio::join!(app.create_profile("Lee"), written);
    assert_eq!(app.profile().await.unwrap().unwrap().id, lee.unwrap().id);
    app.choose_profile(dana).await.unwrap();
    let kept = app.session(id).await.unwrap();
    assert_eq!(kept.turns.last().map(|turn| turn.text.as_str()), Some("Who is it for?"));
}

#[tokio::test]
async fn nobody_else_practises_while_what_was_said_cannot_be_stored() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    let dana = app.profile().await.unwrap().unwrap().id;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    fill_the_disk(&desk, 400);
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    assert_eq!(app.create_profile("Lee").await.unwrap_err().code, Code::DiskFull);
    assert_eq!(app.profile().await.unwrap().unwrap().id, dana);
    assert_eq!(app.choose_profile(dana).await.unwrap().id, dana, "whoever practises already may be chosen again");
    while app.tick_call(id).await {}
    let lee = app.create_profile("Lee").await.unwrap();
    assert_eq!(app.profile().await.unwrap().unwrap().id, lee.id);
    app.choose_profile(dana).await.unwrap();
    assert_eq!(app.session(id).await.unwrap().turns.len(), 2);
}

#[tokio::test]
async fn a_pause_that_meets_a_lost_line_stops_the_talk_with_the_clock() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    app.call_link(id, Link::Failed).await;
    app.control_call(id, CallControl::Pause).await.unwrap();
    line.dial(&app, id).await.unwrap();
    app.call_link(id, Link::Open).await;
    assert_eq!(line.stages().last(), Some(&CallStage::Paused));
    assert!(app.session(id).await.unwrap().session.paused);
}

#[tokio::test]
async fn before_the_program_ends_calls_are_ended_and_services_are_told() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.speech_started", "item_id": "last" })).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.committed", "item_id": "last" })).await;
    app.end_calls().await.unwrap();
    app.parted().await;
    assert_eq!(hung_up(&line), ["rtc_1"]);
    assert_eq!(line.end(), Some(CallEnd::HungUp));
    assert_eq!(line.turns(), ["Hello there.", "…"], "what was being said is kept as far as it is known");
}

#[tokio::test]
async fn the_last_words_before_the_program_ends_are_waited_for_and_the_clock_is_kept() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.speech_started", "item_id": "last" })).await;
    line.hear(&app, id, serde_json::json!({ "type": "input_audio_buffer.committed", "item_id": "last" })).await;
    let before = app.session(id).await.unwrap().session.active_ms;
    let written = async {
        tokio::task::yield_now().await;
        let words = serde_json::json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "last", "transcript": "Who is it for?" });
        line.hear(&app, id, words).await;
    };
    tokio::join!(async { app.end_calls().await.unwrap() }, written);
    assert_eq!(line.turns(), ["Hello there.", "Who is it for?"]);
    let kept = app.session(id).await.unwrap().session;
    assert!(kept.paused && kept.active_ms >= before, "{kept:?}");
}
