//! Calls, from their first offer to their last word.

use sellme_core::{
    Code, Error, Millis,
    session::Speaker,
    wire::{CallControl, CallEnd, CallStage, Link},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    data::{Choice, voice_data},
    events::SessionConfig,
};

/// When everything begins.
const BEGIN: i64 = 1_000_000;

/// A call with a clock and everything that it said.
struct Desk {
    call: Call,
    now: i64,
    said: Vec<Output>,
}

fn plan() -> Plan {
    Plan::new(voice_data().expect("data").session(&Choice::default()))
}

fn push_to_talk() -> Plan {
    Plan::new(voice_data().expect("data").session(&Choice { push_to_talk: true, ..Choice::default() }))
}

impl Desk {
    fn new(plan: Plan) -> Self {
        Self { call: Call::new(plan), now: BEGIN, said: Vec::new() }
    }

    /// One that is connected, whose opening came to nothing. What was said until then is forgotten.
    fn live(plan: Plan) -> Self {
        let mut desk = Self::new(plan);
        desk.connect();
        desk.event(json!({ "type": "response.created", "response": { "id": "opening" } }));
        desk.event(json!({ "type": "response.done", "response": { "id": "opening", "status": "completed" } }));
        desk.said.clear();
        desk
    }

    fn connect(&mut self) {
        for input in [Input::Open, Input::Answered, Input::LinkOpen] {
            self.input(input);
        }
    }

    fn input(&mut self, input: Input<'_>) -> Vec<Output> {
        let out = self.call.handle(Millis(self.now), input);
        self.said.extend(out.clone());
        out
    }

    fn event(&mut self, event: Value) -> Vec<Output> {
        self.input(Input::Message(&event.to_string()))
    }

    /// Ticks for so long, four times a second.
    fn pass(&mut self, ms: i64) -> Vec<Output> {
        let until = self.now + ms;
        let mut out = Vec::new();
        while self.now < until {
            self.now = (self.now + 250).min(until);
            out.extend(self.input(Input::Tick));
        }
        out
    }

    fn control(&mut self, control: CallControl) -> Vec<Output> {
        self.input(Input::Control(control))
    }

    /// An answer that is made and played to its end.
    fn customer_says(&mut self, id: &str, words: &str) {
        self.event(json!({ "type": "response.created", "response": { "id": id, "conversation_id": "c" } }));
        let item = format!("item_{id}");
        self.event(json!({ "type": "response.output_item.added", "response_id": id, "item": { "id": item, "type": "message", "role": "assistant" } }));
        self.event(json!({ "type": "conversation.item.added", "previous_item_id": null, "item": { "id": item, "type": "message", "role": "assistant", "status": "in_progress" } }));
        self.event(json!({ "type": "output_audio_buffer.started", "response_id": id }));
        self.event(json!({ "type": "response.output_audio_transcript.done", "response_id": id, "item_id": item, "transcript": words }));
        self.event(json!({ "type": "response.done", "response": { "id": id, "status": "completed" } }));
        self.event(json!({ "type": "output_audio_buffer.stopped", "response_id": id }));
    }

    fn rep_says(&mut self, item: &str, words: &str) {
        self.event(json!({ "type": "input_audio_buffer.speech_started", "item_id": item }));
        self.event(json!({ "type": "input_audio_buffer.speech_stopped", "item_id": item }));
        self.event(json!({ "type": "input_audio_buffer.committed", "item_id": item, "previous_item_id": null }));
        self.event(json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": item, "transcript": words }));
    }
}

/// Types of the events that were sent, in order.
fn sent(out: &[Output]) -> Vec<String> {
    let kind = |message: &String| serde_json::from_str::<Value>(message).expect("JSON")["type"].as_str().expect("a type").to_owned();
    out.iter().filter_map(|out| if let Output::Send(message) = out { Some(kind(message)) } else { None }).collect()
}

fn turns(out: &[Output]) -> Vec<&str> {
    out.iter().filter_map(|out| if let Output::Turn(turn) = out { Some(turn.text.as_str()) } else { None }).collect()
}

fn end(out: &[Output]) -> Option<(CallEnd, Option<Code>)> {
    out.iter().find_map(|out| match out {
        Output::Stage { stage: CallStage::Done, end: Some(end), error, .. } => Some((*end, error.as_ref().map(|error| error.code))),
        _ => None,
    })
}

fn connects(out: &[Output]) -> Vec<u32> {
    out.iter().filter_map(|out| if let Output::Connect { attempt } = out { Some(*attempt) } else { None }).collect()
}

#[test]
fn a_call_goes_from_idle_to_live_and_the_customer_begins() {
    let mut desk = Desk::new(plan());
    assert_eq!(desk.call.stage(), CallStage::Idle);
    assert_eq!(desk.input(Input::Tick), []);
    let out = desk.input(Input::Open);
    assert_eq!(out, [Output::Connect { attempt: 1 }, Output::Stage { stage: CallStage::Connecting, attempt: 1, end: None, error: None }]);
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert_eq!(sent(&out), ["response.create"]);
    assert!(out.contains(&Output::Mute(false)));
    assert_eq!(desk.call.stage(), CallStage::Live);
    assert_eq!(desk.input(Input::Link(Link::Open)), [], "open twice is open");
}

#[test]
fn a_session_that_goes_over_the_channel_is_there_before_the_customer_begins() {
    let mut desk = Desk::new(Plan { tell_session: true, ..plan() });
    desk.connect();
    assert_eq!(sent(&desk.said), ["session.update"]);
    let Some(Output::Send(update)) = desk.said.iter().find(|out| matches!(out, Output::Send(_))) else { panic!("nothing was sent") };
    assert!(!update.contains("gpt-realtime"), "a model cannot change in a session");
    let out = desk.event(json!({ "type": "session.updated", "session": {} }));
    assert_eq!(sent(&out), ["response.create"]);
    let mut desk = Desk::new(Plan { tell_session: true, ..plan() });
    desk.connect();
    assert_eq!(sent(&desk.pass(4750)), [""; 0]);
    assert_eq!(sent(&desk.pass(250)), ["response.create"], "not for ever");
}

#[test]
fn who_typed_before_goes_on_where_it_was() {
    let history = vec![(Speaker::Customer, "Hello.".to_owned()), (Speaker::Rep, "Hi.".to_owned())];
    let mut desk = Desk::new(Plan { history, ..plan() });
    desk.connect();
    assert_eq!(sent(&desk.said), ["conversation.item.create"; 2]);
}

#[test]
fn a_first_connection_that_does_not_come_about_says_why() {
    for (answered, code) in [(false, Code::ServiceUnavailable), (true, Code::ConnectionBlocked)] {
        let mut desk = Desk::new(plan());
        desk.input(Input::Open);
        for _ in 0..FIRST_TRIES {
            if answered {
                desk.input(Input::Answered);
            }
            desk.pass(CONNECT_MS + 1000);
        }
        assert_eq!(connects(&desk.said), [1, 2]);
        assert_eq!(end(&desk.said), Some((CallEnd::ConnectionLost, Some(code))));
        let closed = desk.said.iter().filter(|out| **out == Output::Close).count();
        assert_eq!(closed, 2, "each try is closed before the next");
    }
}

#[test]
fn what_is_refused_for_good_is_not_tried_again() {
    for code in [Code::KeyRefused, Code::KeyMissing, Code::QuotaUsedUp, Code::ModelUnknown] {
        let mut desk = Desk::new(plan());
        desk.input(Input::Open);
        desk.input(Input::Refused(Error::new(code, "No.")));
        assert_eq!(end(&desk.said), Some((CallEnd::Refused, Some(code))));
        assert_eq!(desk.input(Input::Open), [], "over is over");
    }
    let mut desk = Desk::new(plan());
    desk.input(Input::Open);
    desk.input(Input::Refused(Error::new(Code::ServiceUnavailable, "Busy.")));
    desk.pass(1000);
    assert_eq!(connects(&desk.said), [1, 2]);
}

#[test]
fn what_the_service_refuses_in_mid_call_is_named() {
    for (code, expected) in [
        ("insufficient_quota", (CallEnd::Refused, Some(Code::QuotaUsedUp))),
        ("session_expired", (CallEnd::SessionExpired, Some(Code::SessionExpired))),
        ("model_not_found", (CallEnd::Refused, Some(Code::ModelUnknown))),
    ] {
        let mut desk = Desk::live(plan());
        desk.event(json!({ "type": "error", "error": { "code": code } }));
        desk.pass(4000);
        assert_eq!(end(&desk.said), Some(expected), "{code}");
    }
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "error", "error": { "code": "response_cancel_not_active" } }));
    desk.event(json!({ "type": "error", "error": { "code": "never_heard_of" } }));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_short_break_of_the_connection_is_waited_out() {
    let mut desk = Desk::live(plan());
    desk.input(Input::Link(Link::Disconnected));
    desk.pass(4750);
    desk.input(Input::Link(Link::Connected));
    desk.pass(5000);
    assert_eq!(connects(&desk.said), [0; 0]);
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_lost_connection_is_made_again_and_the_service_is_told_what_was_said() {
    let mut desk = Desk::live(plan());
    desk.customer_says("r1", "Hello.");
    desk.event(json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    desk.event(json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": "item_r1" }));
    desk.input(Input::Link(Link::Disconnected));
    let out = desk.pass(5000);
    assert_eq!(turns(&desk.said), ["Hello.", "…"], "no turn is lost");
    assert_eq!(connects(&out), [1]);
    assert_eq!(desk.call.stage(), CallStage::Reconnecting);
    // The first two tries come to nothing.
    desk.input(Input::Link(Link::Failed));
    assert_eq!(connects(&desk.pass(1000)), [2]);
    desk.input(Input::Refused(Error::new(Code::ServiceUnavailable, "Not now.")));
    assert_eq!(connects(&desk.pass(1750)), [0; 0]);
    assert_eq!(connects(&desk.pass(250)), [3]);
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert_eq!(sent(&out), ["conversation.item.create"], "what was said, but no new beginning");
    assert_eq!(desk.call.stage(), CallStage::Live);
    // The same ids mean other things now.
    desk.rep_says("u", "Are you there?");
    assert_eq!(turns(&desk.said), ["Hello.", "…", "Are you there?"]);
}

#[test]
fn a_connection_that_does_not_come_back_keeps_the_attempt() {
    let mut desk = Desk::live(plan());
    desk.customer_says("r1", "Hello.");
    desk.input(Input::Link(Link::Failed));
    desk.pass(TRIES as i64 * CONNECT_MS + 7000);
    assert_eq!(connects(&desk.said), [1, 2, 3]);
    assert_eq!(end(&desk.said), Some((CallEnd::ConnectionLost, Some(Code::ServiceUnavailable))));
    assert_eq!(desk.call.said(), [(Speaker::Customer, "Hello.".to_owned())]);
}

#[test]
fn a_machine_that_slept_connects_again() {
    let mut desk = Desk::live(plan());
    desk.pass(1000);
    desk.now += 3_600_000;
    let out = desk.input(Input::Tick);
    assert_eq!(connects(&out), [1]);
    assert_eq!(desk.call.active(), Millis(1000), "sleep is no talk");
    desk.pass(60_000);
    assert_eq!(end(&desk.said), Some((CallEnd::Slept, Some(Code::ServiceUnavailable))));
}

#[test]
fn hanging_up_waits_for_the_last_words_but_not_for_ever() {
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    let out = desk.control(CallControl::HangUp);
    assert_eq!(sent(&out), ["session.update", "input_audio_buffer.commit"]);
    assert_eq!(desk.call.stage(), CallStage::Ending);
    desk.event(json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.pass(1000);
    let out =
        desk.event(json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Goodbye." }));
    assert_eq!(turns(&out), ["Goodbye."]);
    assert_eq!(end(&out), Some((CallEnd::HungUp, None)));
    assert_eq!(out[out.len() - 3..out.len() - 1], [Output::HangUp, Output::Close]);

    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.control(CallControl::HangUp);
    assert_eq!(end(&desk.pass(2750)), None);
    let out = desk.pass(250);
    assert_eq!((turns(&out), end(&out)), (vec!["…"], Some((CallEnd::HungUp, None))));
}

#[test]
fn hanging_up_with_nothing_outstanding_is_at_once_in_every_state() {
    let mut desk = Desk::live(plan());
    assert_eq!(end(&desk.control(CallControl::HangUp)), Some((CallEnd::HungUp, None)));
    for begin in [vec![], vec![Input::Open], vec![Input::Open, Input::Link(Link::Failed)]] {
        let mut desk = Desk::new(plan());
        for input in begin {
            desk.input(input);
        }
        assert_eq!(end(&desk.control(CallControl::HangUp)), Some((CallEnd::HungUp, None)));
    }
}

#[test]
fn the_customer_says_its_last_word_before_the_call_ends() {
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.input(Input::CustomerDone);
    desk.pass(2000);
    assert_eq!(desk.call.stage(), CallStage::Live);
    desk.customer_says("r", "Goodbye then.");
    assert_eq!(end(&desk.said), Some((CallEnd::CustomerDone, None)));
    assert_eq!(turns(&desk.said), ["Goodbye then."]);

    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.input(Input::CustomerDone);
    desk.pass(LEAVING_MS + 3000);
    assert_eq!(end(&desk.said), Some((CallEnd::CustomerDone, None)), "however long it takes");
}

#[test]
fn a_report_is_answered_silently_and_a_bad_one_is_not_passed_on() {
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    let call = |id: &str, arguments: &str| {
        json!({ "type": "response.output_item.done", "response_id": "r", "item":
        { "id": format!("f{id}"), "type": "function_call", "status": "completed", "name": "reveal_need", "call_id": id, "arguments": arguments } })
    };
    let out = desk.event(call("c1", r#"{"id":"warm"}"#));
    assert_eq!(sent(&out), ["conversation.item.create"]);
    assert!(out.contains(&Output::Signal { call_id: "c1".into(), name: "reveal_need".into(), arguments: json!({ "id": "warm" }) }));
    assert_eq!(desk.event(call("c1", r#"{"id":"warm"}"#)), [], "once");
    let out = desk.event(call("c2", r#"{"id":"wa"#));
    assert_eq!((sent(&out).len(), out.len()), (1, 1), "{out:?}");
}

#[test]
fn an_answer_that_only_reported_is_asked_for_its_words() {
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    let item =
        json!({ "id": "f", "type": "function_call", "status": "completed", "name": "reveal_need", "call_id": "c", "arguments": "{}" });
    let out = desk.event(json!({ "type": "response.done", "response": { "id": "r", "status": "completed", "output": [item] } }));
    assert_eq!(sent(&out), ["conversation.item.create", "response.create"]);
}

#[test]
fn a_busy_service_is_asked_again_and_then_said_to_be_in_trouble() {
    let mut desk = Desk::live(plan());
    let busy = |id: u32| {
        json!({ "type": "response.done", "response": { "id": format!("r{id}"), "status": "failed", "conversation_id": "c",
        "status_details": { "error": { "code": "rate_limit_exceeded" } } } })
    };
    for (id, wait) in [(1, 1000), (2, 2000), (3, 4000)] {
        desk.event(busy(id));
        assert_eq!(sent(&desk.pass(wait - 250)), [""; 0]);
        assert_eq!(sent(&desk.pass(250)), ["response.create"]);
    }
    assert!(desk.event(busy(4)).contains(&Output::Trouble(Code::ServiceUnavailable)));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_recogniser_that_is_refused_is_replaced_once_and_in_later_sessions_too() {
    let data = voice_data().expect("data");
    let transcription = data.transcription(&data.defaults.transcription_fallback, &[]);
    let mut desk = Desk::live(Plan { fallback: Some(Fallback { transcription, price: None }), ..plan() });
    let refusal = json!({ "type": "error", "error": { "code": "invalid_value", "param": "session.audio.input.transcription.model" } });
    let out = desk.event(refusal.clone());
    assert!(out.contains(&Output::Trouble(Code::TranscriptionChanged)));
    assert!(matches!(&out[0], Output::Send(message) if message.contains("gpt-live-transcribe")), "{out:?}");
    assert_eq!(desk.event(refusal), []);
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert!(out.iter().any(|out| matches!(out, Output::Send(message) if message.contains("gpt-live-transcribe"))), "{out:?}");
}

#[test]
fn our_own_caps_end_a_call_and_are_told_before() {
    let mut desk = Desk::live(Plan { longest: Millis(90_000), ..plan() });
    let out = desk.pass(30_000);
    assert!(out.contains(&Output::Soon { end: CallEnd::TimeCap, left: Some(Millis(60_000)) }));
    desk.pass(60_000);
    assert_eq!(end(&desk.said), Some((CallEnd::TimeCap, None)));

    let prices = voice_data().expect("data").prices("gpt-realtime-2.1");
    let mut desk = Desk::live(Plan { prices, most_millicents: Some(10_000), ..plan() });
    let used = |id: u32, tokens: u32| {
        json!({ "type": "response.done", "response": { "id": format!("r{id}"), "status": "completed", "conversation_id": "c",
        "usage": { "output_tokens": tokens, "output_token_details": { "audio_tokens": tokens } } } })
    };
    assert!(desk.event(used(1, 1450)).contains(&Output::Soon { end: CallEnd::CostCap, left: None }));
    desk.event(used(2, 150));
    desk.pass(3000);
    assert_eq!(end(&desk.said), Some((CallEnd::CostCap, None)));
    assert_eq!(desk.call.record().cost_millicents, Some(10_240));
}

#[test]
fn a_call_in_which_nobody_speaks_ends() {
    let mut desk = Desk::live(plan());
    desk.pass(100_000);
    desk.rep_says("u", "Hello?");
    let out = desk.pass(IDLE_MS - 30_000);
    assert!(out.iter().any(|out| matches!(out, Output::Soon { end: CallEnd::NobodySpoke, .. })));
    assert_eq!(desk.call.stage(), CallStage::Live);
    desk.pass(31_000);
    assert_eq!(end(&desk.said), Some((CallEnd::NobodySpoke, None)));
}

#[test]
fn a_session_ends_before_the_service_ends_it() {
    let mut desk = Desk::live(plan());
    let at = (BEGIN + 200_000) / 1000;
    desk.event(json!({ "type": "session.created", "session": { "id": "s", "expires_at": at } }));
    let mut soon = 0;
    for _ in 0..20 {
        soon += desk.pass(10_000).iter().filter(|out| matches!(out, Output::Soon { end: CallEnd::SessionExpired, .. })).count();
        desk.rep_says(&format!("u{}", desk.now), "And?");
    }
    assert_eq!(soon, 1);
    assert_eq!(end(&desk.said), Some((CallEnd::SessionExpired, None)));
    // A laptop whose clock is an hour ahead.
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "session.created", "session": { "id": "s", "expires_at": (BEGIN - 5) / 1000 } }));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn push_to_talk_clears_cancels_and_asks_in_the_right_order() {
    let mut desk = Desk::live(push_to_talk());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.event(json!({ "type": "output_audio_buffer.started", "response_id": "r" }));
    let out = desk.control(CallControl::Press);
    assert_eq!(sent(&out), ["input_audio_buffer.clear", "response.cancel", "output_audio_buffer.clear"]);
    assert!(out.contains(&Output::Mute(false)));
    assert!(out.contains(&Output::Speaking(Some(Speaker::Rep))));
    assert_eq!(desk.control(CallControl::Press), []);
    desk.event(json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    desk.event(json!({ "type": "output_audio_buffer.cleared", "response_id": "r" }));
    desk.pass(2000);
    let out = desk.control(CallControl::Release);
    assert_eq!(sent(&out), [""; 0], "what is on its way is waited for");
    let out = desk.pass(250);
    assert_eq!(sent(&out), ["input_audio_buffer.commit", "response.create"]);
    assert!(out.contains(&Output::Mute(true)));
    desk.event(json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    let out = desk.event(json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Hi." }));
    let Some(Output::Turn(turn)) = out.iter().find(|out| matches!(out, Output::Turn(_))) else { panic!("{out:?}") };
    assert_eq!((turn.started, turn.ended), (Some(Millis(BEGIN)), Some(Millis(BEGIN + 2000))), "timed by the button");
}

#[test]
fn a_slip_of_the_button_says_nothing_and_a_second_press_goes_on() {
    let mut desk = Desk::live(push_to_talk());
    desk.control(CallControl::Press);
    desk.now += 100;
    assert_eq!(sent(&desk.control(CallControl::Release)), ["input_audio_buffer.clear"]);
    assert_eq!(sent(&desk.pass(1000)), [""; 0]);
    desk.control(CallControl::Press);
    desk.pass(1000);
    desk.control(CallControl::Release);
    desk.now += 100;
    assert_eq!(sent(&desk.control(CallControl::Press)), [""; 0], "it goes on, nothing is cleared");
    desk.pass(1000);
    desk.control(CallControl::Release);
    assert_eq!(sent(&desk.pass(250)), ["input_audio_buffer.commit", "response.create"]);
    let mut desk = Desk::live(plan());
    assert_eq!(desk.control(CallControl::Press), [], "where turns are noticed there is no button");
}

#[test]
fn a_pause_stops_the_clock_and_everything_else() {
    let mut desk = Desk::live(plan());
    desk.pass(1000);
    desk.event(json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    let out = desk.control(CallControl::Pause);
    assert_eq!(sent(&out), ["session.update", "input_audio_buffer.commit"], "what the rep was saying is kept");
    assert!(out.contains(&Output::Mute(true)));
    assert_eq!(desk.call.stage(), CallStage::Paused);
    desk.pass(600_000);
    assert_eq!((desk.call.stage(), desk.call.active()), (CallStage::Paused, Millis(1000)));
    let out = desk.control(CallControl::Resume);
    assert_eq!(sent(&out), ["session.update", "response.create"], "and answered");
    assert!(matches!(&out[0], Output::Send(message) if message.contains("server_vad")), "{out:?}");
    assert!(out.contains(&Output::Mute(false)));
    assert_eq!(desk.call.stage(), CallStage::Live);
    desk.control(CallControl::Pause);
    desk.pass(LONGEST_PAUSE_MS + 3000);
    assert_eq!(end(&desk.said), Some((CallEnd::NobodySpoke, None)), "not for ever");
}

#[test]
fn a_pause_outlives_its_connection() {
    let mut desk = Desk::live(plan());
    desk.control(CallControl::Pause);
    desk.input(Input::Link(Link::Failed));
    assert_eq!(desk.call.stage(), CallStage::Reconnecting);
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert_eq!(desk.call.stage(), CallStage::Paused);
    assert!(out.contains(&Output::Mute(true)));
    assert!(
        matches!(out.iter().find(|out| matches!(out, Output::Send(_))), Some(Output::Send(message)) if message.contains(r#""turn_detection":null"#))
    );
}

#[test]
fn mute_quiet_and_repeat_do_what_they_say() {
    let mut desk = Desk::live(plan());
    assert_eq!(desk.control(CallControl::Mute { on: true }), [Output::Mute(true)]);
    assert_eq!(desk.control(CallControl::Mute { on: true }), []);
    assert_eq!(desk.control(CallControl::Mute { on: false }), [Output::Mute(false)]);
    assert_eq!(desk.control(CallControl::Repeat), [], "nothing was said yet");
    // The opening that was asked for begins.
    desk.event(json!({ "type": "response.created", "response": { "id": "r1" } }));
    assert_eq!(sent(&desk.control(CallControl::Quiet)), ["response.cancel", "output_audio_buffer.clear"]);
    desk.event(json!({ "type": "response.done", "response": { "id": "r1", "status": "cancelled" } }));
    desk.customer_says("r2", "Hello.");
    assert_eq!(sent(&desk.control(CallControl::Quiet)), ["output_audio_buffer.clear"]);
    let out = desk.control(CallControl::Repeat);
    assert_eq!(sent(&out), ["response.create"]);
    assert!(matches!(&out[0], Output::Send(message) if message.contains("once more") && message.contains(r#""tool_choice":"none""#)));
}

#[test]
fn steering_goes_out_at_once_or_with_the_next_connection() {
    let mut desk = Desk::live(plan());
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::direction("Grow impatient.")))), ["conversation.item.create"]);
    desk.input(Input::Link(Link::Failed));
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::direction("Leave soon.")))), [""; 0]);
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert!(out.iter().any(|out| matches!(out, Output::Send(message) if message.contains("Leave soon."))), "{out:?}");
}

#[test]
fn answers_are_asked_for_one_at_a_time_but_those_apart_are_not_held_back() {
    let mut desk = Desk::live(plan());
    desk.event(json!({ "type": "response.created", "response": { "id": "r" } }));
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::answer()))), [""; 0]);
    let apart = crate::events::ResponseConfig { conversation: Some(crate::events::client::Conversation::None), ..Default::default() };
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::ResponseCreate { response: Some(Box::new(apart)) }))), ["response.create"]);
    let out = desk.event(json!({ "type": "response.done", "response": { "id": "r", "status": "completed" } }));
    assert_eq!(sent(&out), ["response.create"]);
}

#[test]
fn a_microphone_that_is_gone_ends_the_call_by_name() {
    for input in [Input::MicrophoneLost, Input::Link(Link::MicrophoneLost)] {
        let mut desk = Desk::live(plan());
        desk.input(input);
        assert_eq!(end(&desk.said), Some((CallEnd::MicrophoneLost, Some(Code::NoMicrophone))));
    }
}

#[test]
fn a_clock_that_is_set_back_stops_nothing() {
    let mut desk = Desk::live(plan());
    desk.pass(1000);
    desk.now -= 86_400_000;
    desk.pass(1000);
    desk.event(json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.control(CallControl::HangUp);
    desk.pass(3000);
    assert_eq!(end(&desk.said), Some((CallEnd::HungUp, None)));
    assert_eq!(desk.call.active(), Millis(1750), "but the step that went back");
}

#[test]
fn figures_tell_latency_and_cost() {
    let prices = voice_data().expect("data").prices("gpt-realtime-2.1");
    let mut desk = Desk::live(Plan { prices, ..plan() });
    desk.rep_says("u", "Hello.");
    desk.now += 640;
    desk.customer_says("r", "Hi.");
    let figures = desk.call.figures();
    assert_eq!((figures.latency, figures.usual_latency), (Some(Millis(640)), Some(Millis(640))));
    assert_eq!(figures.cost_millicents, Some(0));
    let record = desk.call.record();
    assert_eq!((record.answers, record.slowest_latency, record.model.as_str()), (1, Some(Millis(640)), "gpt-realtime-2.1"));
}

#[test]
fn what_is_no_message_is_passed_over() {
    let mut desk = Desk::live(Plan::new(SessionConfig::default()));
    for message in ["", "no", "[]", r#"{"type":"future"}"#] {
        assert_eq!(desk.input(Input::Message(message)), []);
    }
    assert_eq!(desk.call.stage(), CallStage::Live);
}
