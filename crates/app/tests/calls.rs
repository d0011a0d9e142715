//! A whole attempt by voice: what the service sends becomes turns, signals, steering, a score.
#![allow(clippy::unwrap_used)]

mod support;

use sellme_app::VoiceHost;
use sellme_core::{
    Code, Error, Millis,
    id::SessionId,
    session::{Mode, Speaker, Status},
    wire::{CallControl, CallEnd, CallEvent, CallStage, KeyState, Link, Settings, VoiceSettings},
};
use serde_json::json;
use support::{Desk, MORNING, SCENARIO, faulty::Faulty, line::Line};

type App = sellme_app::App<Faulty>;

async fn voiced(desk: &Desk) -> (App, SessionId, Line) {
    let app = desk.danas().await;
    let id = app.start(SCENARIO, Mode::Voice).await.unwrap().session.id;
    (app, id, Line::new(&desk.clock))
}

#[tokio::test]
async fn what_is_spoken_becomes_turns_with_their_times_and_is_scored() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    assert_eq!(line.sent("response.create").len(), 1, "the customer speaks first");
    line.customer_says(&app, id, "Is this the jacket from the window?", &[]).await;
    line.rep_says(&app, id, "It is. What would you wear it for?").await;
    line.customer_says(&app, id, "Rain, mostly. I ride out early.", &[("reveal_need", json!({ "id": "no-such-need" }))]).await;
    line.rep_says(&app, id, "It sheds rain: it is oilskin. Shall I ring it up for you?").await;
    app.control_call(id, CallControl::HangUp).await.unwrap();
    assert!(!line.wait(&app, id, 4).await);
    assert_eq!(line.stages(), [CallStage::Connecting, CallStage::Live, CallStage::Done], "nothing is left to be written down");
    assert_eq!(line.asked.lock().unwrap().hung_up, ["rtc_1"]);
    let debrief = app.complete(id).await.unwrap();
    let said: Vec<_> = debrief.turns.iter().map(|turn| (turn.speaker, turn.text.as_str())).collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[1], (Speaker::Rep, "It is. What would you wear it for?"));
    let rep = &debrief.turns[1];
    let (started, ended) = rep.spoken_ms().unwrap();
    assert!((1_900..=2_100).contains(&(ended - started)), "{rep:?}");
    let voice = debrief.voice.unwrap();
    assert_eq!((voice.answers, voice.usual_latency), (1, Some(Millis(500))), "the opening answers nobody");
    assert!(voice.cost_millicents.is_some_and(|cost| cost > 0), "{voice:?}");
    assert_eq!(voice.model, "gpt-realtime-2.1");
    assert!(debrief.signals.is_empty(), "a need that this customer does not have was not told: {:?}", debrief.signals);
}

#[tokio::test]
async fn the_service_is_asked_with_the_customers_briefing_and_what_the_data_says() {
    let desk = Desk::new();
    let (app, id, line) = voiced(&desk).await;
    line.open(&app, id).await;
    let session = line.asked.lock().unwrap().sessions[0].clone();
    assert_eq!((&session["type"], &session["model"]), (&json!("realtime"), &json!("gpt-realtime-2.1")));
    assert_eq!(session["audio"]["output"]["voice"], "coral");
    assert_eq!(session["audio"]["input"]["turn_detection"]["type"], "server_vad");
    assert!(session["audio"]["input"]["transcription"]["model"].is_string());
    let instructions = session["instructions"].as_str().unwrap();
    assert!(instructions.contains("Pilbara") && instructions.contains("customer"), "{instructions}");
    let tools: Vec<_> = session["tools"].as_array().unwrap().iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert!(tools.contains(&"decide") && tools.contains(&"raise_objection"), "{tools:?}");
}

#[tokio::test]
async fn a_model_that_the_service_will_end_is_announced_and_the_usual_one_is_not() {
    let desk = Desk::new();
    let app = desk.danas().await;
    // 2026-12-01: the day on which `gpt-realtime` goes is near.
    desk.clock.pass(1_796_083_200_000 - MORNING);
    let host = VoiceHost { host: "api.openai.com".to_owned(), key: KeyState::Missing, native: true };
    let usual = app.voice_view(host.clone()).await.unwrap();
    assert_eq!((usual.model.as_str(), usual.voice.as_str(), usual.retiring.len()), ("gpt-realtime-2.1", "coral", 0));
    assert!(usual.estimate.is_some() && usual.models.contains(&usual.model) && usual.voices.contains(&usual.voice));
    let voice = VoiceSettings { model: Some("gpt-realtime".to_owned()), ..VoiceSettings::default() };
    app.save_settings(&Settings { voice, ..Settings::default() }).await.unwrap();
    let chosen = app.voice_view(host).await.unwrap();
    assert_eq!(chosen.retiring.iter().map(|end| end.on.as_str()).collect::<Vec<_>>(), ["2027-01-20"]);
}

#[tokio::test]
async fn a_customer_who_decides_takes_leave_and_the_call_ends() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.rep_says(&app, id, "Buy it or leave.").await;
    let decided = json!({ "decision": "walk_away", "reason": "put_off" });
    line.customer_says(&app, id, "Then I will leave. Goodbye.", &[("decide", decided)]).await;
    assert!(!line.wait(&app, id, 6).await);
    assert_eq!(line.end(), Some(CallEnd::CustomerDone));
    let view = app.session(id).await.unwrap();
    assert!(view.customer.ended);
    assert_eq!(view.session.status, Status::InProgress, "the rep ends and scores it");
    let debrief = app.complete(id).await.unwrap();
    assert_eq!(debrief.signals.len(), 1);
    assert_eq!(debrief.signals[0].0, 2, "with the turn in which it was said");
    assert!(!line.sent("conversation.item.create").is_empty(), "the function was answered");
}

#[tokio::test]
async fn a_turn_that_cannot_be_stored_is_stored_later_and_in_its_place() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    desk.faults.refuse("append_turn", 0);
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    assert!(line.was_told(|event| matches!(event, CallEvent::Trouble { code: Code::DiskFull })));
    line.customer_says(&app, id, "A jacket for the rain.", &[]).await;
    app.tick_call(id).await;
    let turns = app.session(id).await.unwrap().turns;
    let said: Vec<_> = turns.iter().map(|turn| turn.text.as_str()).collect();
    assert_eq!(said, ["Hello there.", "Good morning, what brings you in?", "A jacket for the rain."]);
}

#[tokio::test]
async fn a_lost_connection_is_made_again_and_what_was_said_is_told_to_it() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    app.call_link(id, Link::Failed).await;
    assert!(line.was_told(|event| matches!(event, CallEvent::Reconnect)));
    line.dial(&app, id).await.unwrap();
    app.call_link(id, Link::Open).await;
    assert_eq!(line.stages().last(), Some(&CallStage::Live));
    let seeded = line.sent("conversation.item.create");
    let words: Vec<_> = seeded.iter().map(|item| item["item"]["content"][0]["text"].as_str().unwrap_or_default()).collect();
    assert!(words.contains(&"Hello there.") && words.contains(&"Good morning, what brings you in?"), "{words:?}");
    assert_eq!(line.sent("response.create").len(), 2, "the opening, and the answer to what the rep asked last");
}

#[tokio::test]
async fn with_the_network_gone_for_good_the_rep_finishes_by_typing_in_one_transcript() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Is this the jacket from the window?", &[]).await;
    line.rep_says(&app, id, "It is. What would you wear it for?").await;
    app.call_link(id, Link::Failed).await;
    for _ in 0..3 {
        line.asked.lock().unwrap().refuses = Some(Error::new(Code::ServiceUnavailable, "Nobody answers."));
        drop(line.dial(&app, id).await);
        line.wait(&app, id, 10).await;
    }
    assert_eq!((line.stages().last(), line.end()), (Some(&CallStage::Done), Some(CallEnd::ConnectionLost)));
    let view = app.go_on_typing(id).await.unwrap();
    assert_eq!(view.turns.last().map(|turn| turn.speaker), Some(Speaker::Customer), "what was asked is answered in writing");
    let answered = app.say(id, "It is cotton with an oil finish, so it sheds the rain.").await.unwrap();
    let debrief = app.complete(id).await.unwrap();
    let indices: Vec<_> = debrief.turns.iter().map(|turn| turn.index).collect();
    assert_eq!(indices, (0..5).collect::<Vec<_>>());
    assert_eq!(debrief.turns[4].text, answered.customer.text);
    assert_eq!(debrief.voice.unwrap().answers, 0);
}

#[tokio::test]
async fn a_refusal_is_told_once_and_ends_the_call_and_not_the_attempt() {
    for code in [Code::KeyRefused, Code::QuotaUsedUp, Code::ModelUnknown, Code::ServiceUnavailable] {
        let desk = Desk::new();
        let (app, id, line) = voiced(&desk).await;
        line.asked.lock().unwrap().refuses = Some(Error::new(code, "No."));
        assert_eq!(line.dial(&app, id).await.unwrap_err().code, code);
        assert!(!line.wait(&app, id, 1).await, "{code:?}");
        assert!(!line.was_told(|event| matches!(event, CallEvent::Reconnect)), "{code:?}");
        line.open(&app, id).await;
        assert_eq!(line.stages().last(), Some(&CallStage::Live), "{code:?}: tried again it works");
    }
}

#[tokio::test]
async fn a_pause_stops_the_clock_and_the_talk() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    app.control_call(id, CallControl::Pause).await.unwrap();
    let before = app.session(id).await.unwrap().session;
    assert!(before.paused);
    line.wait(&app, id, 60).await;
    assert_eq!(app.session(id).await.unwrap().session.active_ms, before.active_ms);
    app.control_call(id, CallControl::Resume).await.unwrap();
    assert_eq!(line.stages()[1..], [CallStage::Live, CallStage::Paused, CallStage::Live]);
}

#[tokio::test]
async fn an_attempt_that_is_ended_in_the_middle_of_a_call_keeps_what_was_said() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    let debrief = app.complete(id).await.unwrap();
    assert_eq!(debrief.turns.len(), 2);
    assert_eq!(line.end(), Some(CallEnd::HungUp));
    assert!(debrief.voice.is_some());
    assert!(!line.wait(&app, id, 1).await);
    assert_eq!(line.asked.lock().unwrap().hung_up, ["rtc_1"]);
}

#[tokio::test]
async fn what_nobody_understands_ends_no_call() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    for message in ["", "{", "null", "[]", "{\"type\":7}", "{\"type\":\"something.new\",\"x\":1}", "\u{0}", "{\"type\":\"response.done\"}"]
    {
        app.call_message(id, message).await;
    }
    line.customer_says(&app, id, "Hello there.", &[]).await;
    assert_eq!(line.turns(), ["Hello there."]);
    assert_eq!(line.stages().last(), Some(&CallStage::Live));
}
