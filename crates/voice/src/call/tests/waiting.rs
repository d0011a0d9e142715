//! Whoever has spoken gets an answer, whatever is pressed meanwhile; and what is said for long is said all the same.

use super::*;

/// The rep said something and the service begins to answer.
fn asked(desk: &mut Desk) {
    desk.rep_says("u", "What is it for?");
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
}

#[test]
fn an_answer_that_a_pause_took_back_before_its_first_sound_is_asked_for_when_the_talk_goes_on() {
    let mut desk = Desk::live(plan());
    asked(&mut desk);
    assert!(sent(&desk.control(CallControl::Pause)).contains(&"response.cancel".to_owned()));
    desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    assert_eq!(sent(&desk.pass(10_000)), [""; 0]);
    assert_eq!(sent(&desk.control(CallControl::Resume)).last().map(String::as_str), Some("response.create"));
    assert_eq!(sent(&desk.pass(1000)), [""; 0], "once");
}

#[test]
fn an_answer_that_begins_in_a_pause_is_taken_back_and_asked_for_when_the_talk_goes_on() {
    let mut desk = Desk::live(plan());
    desk.rep_says("u", "What is it for?");
    desk.control(CallControl::Pause);
    let out = desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    assert_eq!(sent(&out), ["response.cancel", "output_audio_buffer.clear"]);
    desk.event(
        &json!({ "type": "response.output_audio_transcript.done", "response_id": "r", "item_id": "a", "transcript": "For the rain." }),
    );
    desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    desk.pass(60_000);
    assert_eq!(turns(&desk.said), ["What is it for?"], "nobody heard the answer");
    assert_eq!(sent(&desk.control(CallControl::Resume)).last().map(String::as_str), Some("response.create"));
    desk.customer_says("again", "For the rain.");
    assert_eq!(turns(&desk.said), ["What is it for?", "For the rain."]);
}

#[test]
fn what_a_cancelled_answer_cost_is_counted() {
    let prices = voice_data().expect("data").prices("gpt-realtime-2.1");
    let mut desk = Desk::live(Plan { prices, ..plan() });
    asked(&mut desk);
    desk.control(CallControl::Pause);
    let usage = json!({ "input_token_details": { "audio_tokens": 1_000_000 } });
    desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled", "usage": usage } }));
    assert!(desk.call.figures().cost_millicents > Some(0));
}

#[test]
fn a_customer_who_was_heard_in_part_before_a_pause_is_not_asked_for_more() {
    let mut desk = Desk::live(plan());
    asked(&mut desk);
    desk.event(
        &json!({ "type": "response.output_item.added", "response_id": "r", "item": { "id": "a", "type": "message", "role": "assistant" } }),
    );
    desk.event(&json!({ "type": "output_audio_buffer.started", "response_id": "r" }));
    desk.event(&json!({ "type": "response.output_audio_transcript.done", "response_id": "r", "item_id": "a", "transcript": "It is for the rain, mostly." }));
    desk.pass(1500);
    desk.control(CallControl::Pause);
    desk.pass(3000);
    assert!(!sent(&desk.control(CallControl::Resume)).contains(&"response.create".to_owned()));
    assert_eq!(sent(&desk.pass(1000)), [""; 0]);
}

#[test]
fn a_slip_of_the_button_does_not_cost_the_answer_that_was_being_made() {
    let mut desk = Desk::live(push_to_talk());
    desk.control(CallControl::Press);
    desk.pass(1000);
    desk.control(CallControl::Release);
    desk.pass(250);
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    assert!(sent(&desk.control(CallControl::Press)).contains(&"response.cancel".to_owned()));
    desk.now += 100;
    desk.control(CallControl::Release);
    let out = desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    assert_eq!(sent(&out), ["response.create"]);
    // One while the customer speaks cuts it off, as it does by voice.
    desk.event(&json!({ "type": "response.created", "response": { "id": "again" } }));
    desk.event(&json!({ "type": "output_audio_buffer.started", "response_id": "again" }));
    desk.control(CallControl::Press);
    desk.now += 100;
    desk.control(CallControl::Release);
    desk.event(&json!({ "type": "response.done", "response": { "id": "again", "status": "cancelled" } }));
    assert_eq!(sent(&desk.pass(1000)), [""; 0]);
}

#[test]
fn a_slip_is_no_end_of_what_the_rep_said() {
    let mut desk = Desk::live(push_to_talk());
    desk.control(CallControl::Press);
    desk.now += 100;
    desk.control(CallControl::Release);
    desk.now += 5000;
    desk.customer_says("r", "Hello.");
    assert!(!desk.said.iter().any(|out| matches!(out, Output::Answered(_))), "{:?}", desk.said);
}

/// The rep speaks for so long, with these events meanwhile; gives what is in the transcript then.
fn spoken_for(ms: i64, meanwhile: &[Value]) -> Vec<String> {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    desk.pass(1000);
    for event in meanwhile {
        desk.event(event);
    }
    desk.pass(ms - 1000);
    desk.event(&json!({ "type": "input_audio_buffer.speech_stopped", "item_id": "u" }));
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "So much for the weather." }));
    desk.pass(2000);
    turns(&desk.said).into_iter().map(str::to_owned).collect()
}

#[test]
fn speech_of_more_than_two_minutes_is_a_turn_although_it_was_taken_for_over() {
    for ms in [100_000, 125_000, 200_000] {
        assert_eq!(spoken_for(ms, &[]), ["So much for the weather."], "{ms}");
    }
}

#[test]
fn what_is_no_turn_and_stands_behind_the_rep_does_not_end_what_the_rep_says() {
    let silent =
        json!({ "type": "conversation.item.added", "item": { "id": "f", "type": "function_call_output", "call_id": "c", "output": "" } });
    assert_eq!(spoken_for(15_000, &[silent]), ["So much for the weather."]);
}

#[test]
fn speech_that_a_finished_answer_waited_behind_is_a_turn_when_it_comes_late() {
    let answer = [
        json!({ "type": "response.created", "response": { "id": "r" } }),
        json!({ "type": "response.output_item.added", "response_id": "r", "item": { "id": "a", "type": "message", "role": "assistant" } }),
        json!({ "type": "output_audio_buffer.started", "response_id": "r" }),
        json!({ "type": "response.output_audio_transcript.done", "response_id": "r", "item_id": "a", "transcript": "Well." }),
        json!({ "type": "response.done", "response": { "id": "r", "status": "completed" } }),
        json!({ "type": "output_audio_buffer.stopped", "response_id": "r" }),
    ];
    assert_eq!(spoken_for(30_000, &answer), ["Well.", "So much for the weather."]);
}

#[test]
fn where_the_other_recogniser_is_refused_too_it_is_said_that_nothing_is_written_down() {
    let data = voice_data().expect("data");
    let transcription = data.transcription(&data.defaults.transcription_fallback, &[]);
    let mut desk = Desk::live(Plan { fallback: Some(Fallback { transcription, price: None }), ..plan() });
    let refusal = json!({ "type": "error", "error": { "code": "invalid_value", "param": "session.audio.input.transcription.model" } });
    desk.event(&refusal);
    desk.pass(5000);
    assert_eq!(desk.event(&refusal), [], "the first one was still asked for");
    desk.pass(10_000);
    assert_eq!(desk.event(&refusal), [Output::Trouble(Code::TranscriptionFailed)]);
    assert_eq!(desk.event(&refusal), [], "once");
}
