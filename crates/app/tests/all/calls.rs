//! A whole attempt by voice: what the service sends becomes turns, signals, steering, a score.

use crate::support::{Desk, MORNING, SCENARIO, faulty::Faulty, line::Line};
use sellme_app::VoiceHost;
use sellme_core::{
    Code, Error, Millis,
    id::SessionId,
    session::{Mode, Speaker, Status},
    wire::{CallControl, CallEnd, CallEvent, CallStage, KeyState, Link, Settings, VoiceSettings},
};
use sellme_voice::provider::ModelListed;
use serde_json::json;

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
    let host = VoiceHost { host: "api.openai.com".to_owned(), key: KeyState::Missing, native: true, listed: Vec::new() };
    let usual = app.voice_view(host.clone()).await.unwrap();
    assert_eq!((usual.model.as_str(), usual.voice.as_str(), usual.retiring.len()), ("gpt-realtime-2.1", "coral", 0));
    assert!(usual.estimate.is_some() && usual.models.contains(&usual.model) && usual.voices.contains(&usual.voice));
    let voice = VoiceSettings { model: Some("gpt-realtime".to_owned()), ..VoiceSettings::default() };
    app.save_settings(&Settings { voice, ..Settings::default() }).await.unwrap();
    let chosen = app.voice_view(host.clone()).await.unwrap();
    assert_eq!(chosen.retiring.iter().map(|end| end.on.as_str()).collect::<Vec<_>>(), ["2027-01-20"]);
    assert_eq!(chosen.has_model, None, "nobody was asked");
    let listed = vec![ModelListed { id: "gpt-realtime-2.1".to_owned(), shutdown_date: None }];
    let asked = app.voice_view(VoiceHost { listed, ..host }).await.unwrap();
    assert_eq!((asked.has_model, asked.models), (Some(false), vec!["gpt-realtime-2.1".to_owned()]), "what is gone is no choice");
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
async fn a_recogniser_that_is_refused_with_the_offer_is_replaced_and_the_call_begins() {
    let desk = Desk::new();
    let (app, id, line) = voiced(&desk).await;
    line.asked.lock().unwrap().refuses = Some(Error::new(Code::TranscriptionChanged, "Not that recogniser."));
    line.open(&app, id).await;
    assert_eq!(line.stages().last(), Some(&CallStage::Live));
    assert!(line.was_told(|event| matches!(event, CallEvent::Trouble { code: Code::TranscriptionChanged })));
    let recognisers = || -> Vec<String> {
        let asked = line.asked.lock().unwrap();
        asked.sessions.iter().map(|session| session["audio"]["input"]["transcription"]["model"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(recognisers(), ["gpt-4o-mini-transcribe", "gpt-live-transcribe"]);
    assert!(line.sent("session.update").iter().all(|update| !update.to_string().contains("4o-mini")));
    app.call_link(id, Link::Failed).await;
    line.dial(&app, id).await.unwrap();
    assert_eq!(recognisers()[2], "gpt-live-transcribe", "what was refused is not asked for again");
}

#[tokio::test]
async fn a_recogniser_that_is_refused_where_there_is_no_other_ends_the_call_and_says_what_to_change() {
    let desk = Desk::new();
    let (app, id, line) = voiced(&desk).await;
    // The day on which the usual one ends has come: the other is asked for at once, and is the last.
    desk.clock.pass(1_803_600_000_000 - MORNING);
    line.asked.lock().unwrap().refuses = Some(Error::new(Code::TranscriptionChanged, "Not that recogniser."));
    let refused = line.dial(&app, id).await.unwrap_err();
    assert_eq!((refused.code, refused.message.as_str()), (Code::InvalidInput, "Not that recogniser."));
    assert_eq!(line.end(), Some(CallEnd::Refused));
    let asked = line.asked.lock().unwrap();
    assert_eq!(asked.sessions.len(), 1);
    assert_eq!(asked.sessions[0]["audio"]["input"]["transcription"]["model"], "gpt-live-transcribe");
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

/// Milliseconds of practice so far.
async fn practised(app: &App, id: SessionId) -> i64 {
    app.session(id).await.unwrap().session.active_ms.0
}

#[tokio::test]
async fn time_in_which_nobody_can_talk_is_no_practice() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    desk.clock.pass(20_000);
    assert_eq!(practised(&app, id).await, 0, "the rep is asked for the microphone");
    line.dial(&app, id).await.unwrap();
    line.wait(&app, id, 5).await;
    assert_eq!(practised(&app, id).await, 0, "it rings");
    app.call_link(id, Link::Open).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    line.wait(&app, id, 2).await;
    let before = practised(&app, id).await;
    assert_eq!(before, 5_500, "what is said and thought about counts");
    app.call_link(id, Link::Failed).await;
    line.wait(&app, id, 6).await;
    assert_eq!(practised(&app, id).await, before, "it is called again");
    line.dial(&app, id).await.unwrap();
    app.call_link(id, Link::Open).await;
    line.rep_says(&app, id, "Good morning, what brings you in?").await;
    app.control_call(id, CallControl::HangUp).await.unwrap();
    line.wait(&app, id, 10).await;
    assert_eq!(practised(&app, id).await, before + 2_000, "once it is over nobody talks");
    let view = app.go_on_typing(id).await.unwrap();
    assert_eq!(view.turns[1].spoken_ms(), Some((before, before + 2_000)), "times are those of the practice");
    desk.clock.pass(4_000);
    assert_eq!(practised(&app, id).await, before + 6_000, "who types needs no line");
}

#[tokio::test]
async fn a_call_that_slept_with_the_machine_has_slept_and_not_practised() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    let before = practised(&app, id).await;
    desk.clock.pass(3 * 60_000);
    app.tick_call(id).await;
    assert_eq!(line.stages().last(), Some(&CallStage::Reconnecting));
    assert_eq!(practised(&app, id).await, before);
}

#[tokio::test]
async fn a_call_that_is_taken_up_in_another_run_of_the_program_counts_from_when_its_line_is_open() {
    let desk = Desk::new();
    let (app, id, mut line) = voiced(&desk).await;
    line.open(&app, id).await;
    line.customer_says(&app, id, "Hello there.", &[]).await;
    let before = practised(&app, id).await;
    drop(app);
    let app = desk.open();
    assert_eq!(practised(&app, id).await, before);
    desk.clock.pass(60_000);
    assert_eq!(practised(&app, id).await, before, "nobody has said that he goes on");
    line.open(&app, id).await;
    desk.clock.pass(1_000);
    assert_eq!(practised(&app, id).await, before + 1_000);
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
