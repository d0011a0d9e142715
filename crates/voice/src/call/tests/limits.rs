//! How much a call may take.

use super::*;

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
    assert!(desk.event(&used(1, 1450)).contains(&Output::Soon { end: CallEnd::CostCap, left: None }));
    desk.event(&used(2, 150));
    desk.pass(3000);
    assert_eq!(end(&desk.said), Some((CallEnd::CostCap, None)));
    assert_eq!(desk.call.figures().cost_millicents, Some(10_240));
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
    desk.event(&json!({ "type": "session.created", "session": { "id": "s", "expires_at": at } }));
    let mut soon = 0;
    for _ in 0..20 {
        soon += desk.pass(10_000).iter().filter(|out| matches!(out, Output::Soon { end: CallEnd::SessionExpired, .. })).count();
        desk.rep_says(&format!("u{}", desk.now), "And?");
    }
    assert_eq!(soon, 1);
    assert_eq!(end(&desk.said), Some((CallEnd::SessionExpired, None)));
    // A laptop whose clock is an hour ahead.
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "session.created", "session": { "id": "s", "expires_at": (BEGIN - 5) / 1000 } }));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_pause_stops_the_clock_and_everything_else() {
    let mut desk = Desk::live(plan());
    desk.pass(1000);
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    let out = desk.control(CallControl::Pause);
    assert_eq!(sent(&out), ["session.update", "input_audio_buffer.commit"], "what the rep was saying is kept");
    assert!(out.contains(&Output::Mute(true)));
    assert_eq!(desk.call.stage(), CallStage::Paused);
    desk.pass(600_000);
    assert_eq!((desk.call.stage(), desk.call.active()), (CallStage::Paused, Millis(1000)));
    let out = desk.control(CallControl::Resume);
    assert_eq!(
        sent(&out),
        ["input_audio_buffer.clear", "session.update", "response.create"],
        "what was said to nobody is gone, the rest answered"
    );
    assert!(matches!(&out[1], Output::Send(message) if message.contains("server_vad")), "{out:?}");
    assert!(out.contains(&Output::Mute(false)));
    assert_eq!(desk.call.stage(), CallStage::Live);
    desk.control(CallControl::Pause);
    desk.pass(LONGEST_PAUSE_MS + 3000);
    assert_eq!(end(&desk.said), Some((CallEnd::NobodySpoke, None)), "not for ever");
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
}

#[test]
fn a_customer_who_is_paused_was_not_interrupted() {
    let mut desk = Desk::live(plan());
    let words = "Hello there, I saw the jacket in your window.";
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.event(&json!({ "type": "conversation.item.added", "previous_item_id": null, "item": { "id": "a", "type": "message", "role": "assistant" } }));
    desk.event(&json!({ "type": "output_audio_buffer.started", "response_id": "r" }));
    desk.event(&json!({ "type": "response.output_audio_transcript.done", "response_id": "r", "item_id": "a", "transcript": words }));
    desk.pass(1500);
    let out = desk.control(CallControl::Pause);
    assert_eq!(sent(&out), ["session.update", "input_audio_buffer.clear", "response.cancel", "output_audio_buffer.clear"]);
    let Some(Output::Turn(turn)) = out.iter().find(|out| matches!(out, Output::Turn(_))) else { panic!("{out:?}") };
    assert_eq!((turn.text.as_str(), turn.interrupted), ("Hello there, I saw the", false));
    desk.event(&json!({ "type": "output_audio_buffer.cleared", "response_id": "r" }));
    desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    desk.control(CallControl::Resume);
    assert_eq!(turns(&desk.said), ["Hello there, I saw the"], "once");
}

#[test]
fn speech_whose_end_is_never_told_keeps_no_call_open() {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    desk.pass(119_750);
    assert!(!desk.said.contains(&Output::Speaking(None)));
    desk.pass(250);
    assert!(desk.said.contains(&Output::Speaking(None)));
    desk.pass(IDLE_MS + 3000);
    assert_eq!(end(&desk.said), Some((CallEnd::NobodySpoke, None)));
}
