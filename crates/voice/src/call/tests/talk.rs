//! What is asked for and reported while a call is open.

use super::*;

#[test]
fn a_report_is_answered_silently_and_a_bad_one_is_not_passed_on() {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    let call = |id: &str, arguments: &str| {
        json!({ "type": "response.output_item.done", "response_id": "r", "item":
        { "id": format!("f{id}"), "type": "function_call", "status": "completed", "name": "reveal_need", "call_id": id, "arguments": arguments } })
    };
    let out = desk.event(&call("c1", r#"{"id":"warm"}"#));
    assert_eq!(sent(&out), ["conversation.item.create"]);
    assert!(out.contains(&Output::Signal { call_id: "c1".into(), name: "reveal_need".into(), arguments: json!({ "id": "warm" }) }));
    assert_eq!(desk.event(&call("c1", r#"{"id":"warm"}"#)), [], "once");
    let out = desk.event(&call("c2", r#"{"id":"wa"#));
    assert_eq!((sent(&out).len(), out.len()), (1, 1), "{out:?}");
}

#[test]
fn an_answer_that_only_reported_is_asked_for_its_words() {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    let item =
        json!({ "id": "f", "type": "function_call", "status": "completed", "name": "reveal_need", "call_id": "c", "arguments": "{}" });
    let out = desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "completed", "output": [item] } }));
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
        desk.event(&busy(id));
        assert_eq!(sent(&desk.pass(wait - 250)), [""; 0]);
        assert_eq!(sent(&desk.pass(250)), ["response.create"]);
    }
    assert!(desk.event(&busy(4)).contains(&Output::Trouble(Code::ServiceUnavailable)));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_recogniser_that_is_refused_is_replaced_once_and_in_later_sessions_too() {
    let data = voice_data().expect("data");
    let transcription = data.transcription(&data.defaults.transcription_fallback, &[]);
    let mut desk = Desk::live(Plan { fallback: Some(Fallback { transcription, price: None }), ..plan() });
    let refusal = json!({ "type": "error", "error": { "code": "invalid_value", "param": "session.audio.input.transcription.model" } });
    let out = desk.event(&refusal);
    assert!(out.contains(&Output::Trouble(Code::TranscriptionChanged)));
    assert!(matches!(&out[0], Output::Send(message) if message.contains("gpt-live-transcribe")), "{out:?}");
    assert_eq!(desk.event(&refusal), []);
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert!(out.iter().any(|out| matches!(out, Output::Send(message) if message.contains("gpt-live-transcribe"))), "{out:?}");
}

#[test]
fn a_recogniser_that_is_refused_with_the_offer_is_replaced_before_the_call_begins() {
    let data = voice_data().expect("data");
    let transcription = data.transcription(&data.defaults.transcription_fallback, &[]);
    let mut desk = Desk::new(Plan { fallback: Some(Fallback { transcription, price: None }), ..plan() });
    desk.input(Input::Open);
    let other = desk.call.other_session().expect("another session");
    assert_eq!(other.transcription().map(|asked| asked.model.as_str()), Some("gpt-live-transcribe"));
    assert_eq!(other.turn_detection(), data.session(&Choice::default()).turn_detection(), "all else is the same");
    let out = desk.input(Input::RecogniserRefused);
    assert_eq!(out, [Output::Trouble(Code::TranscriptionChanged)]);
    assert_eq!(desk.call.other_session(), None, "there is no third");
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert!(!out.iter().any(|out| matches!(out, Output::Send(message) if message.contains("4o-mini"))), "{out:?}");
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn push_to_talk_clears_cancels_and_asks_in_the_right_order() {
    let mut desk = Desk::live(push_to_talk());
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.event(&json!({ "type": "output_audio_buffer.started", "response_id": "r" }));
    let out = desk.control(CallControl::Press);
    assert_eq!(sent(&out), ["input_audio_buffer.clear", "response.cancel", "output_audio_buffer.clear"]);
    assert!(out.contains(&Output::Mute(false)));
    assert!(out.contains(&Output::Speaking(Some(Speaker::Rep))));
    assert_eq!(desk.control(CallControl::Press), []);
    desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "cancelled" } }));
    desk.event(&json!({ "type": "output_audio_buffer.cleared", "response_id": "r" }));
    desk.pass(2000);
    let out = desk.control(CallControl::Release);
    assert_eq!(sent(&out), [""; 0], "what is on its way is waited for");
    let out = desk.pass(250);
    assert_eq!(sent(&out), ["input_audio_buffer.commit", "response.create"]);
    assert!(out.contains(&Output::Mute(true)));
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    let out = desk.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Hi." }));
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
fn a_turn_that_is_taken_up_again_began_with_its_first_press() {
    let mut desk = Desk::live(push_to_talk());
    desk.control(CallControl::Press);
    desk.pass(3000);
    desk.control(CallControl::Release);
    desk.now += 100;
    desk.control(CallControl::Press);
    desk.now += 100;
    assert_eq!(sent(&desk.control(CallControl::Release)), [""; 0], "short as it is, it is no slip: nothing is cleared");
    desk.pass(250);
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    let out = desk.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Hi." }));
    let Some(Output::Turn(turn)) = out.iter().find(|out| matches!(out, Output::Turn(_))) else { panic!("{out:?}") };
    assert_eq!((turn.started, turn.ended), (Some(Millis(BEGIN)), Some(Millis(BEGIN + 3200))));
}

#[test]
fn what_the_service_takes_back_is_not_played_and_words_about_it_are_only_words() {
    let mut desk = Desk::live(plan());
    let out = desk.event(&json!({ "type": "output_audio_buffer.cleared", "response_id": "r" }));
    assert!(out.contains(&Output::ClearPlayout));
    desk.rep_says("u", "My log says output_audio_buffer.cleared all day.");
    assert_eq!(desk.said.iter().filter(|out| **out == Output::ClearPlayout).count(), 1);
}

#[test]
fn where_no_other_recogniser_is_there_none_is_said_to_be() {
    let mut desk = Desk::live(plan());
    let refusal = json!({ "type": "error", "error": { "code": "invalid_value", "param": "session.audio.input.transcription.model" } });
    assert_eq!(desk.event(&refusal), [Output::Trouble(Code::TranscriptionFailed)]);
    assert_eq!(desk.event(&refusal), [], "once");
}

#[test]
fn mute_quiet_and_repeat_do_what_they_say() {
    let mut desk = Desk::live(plan());
    assert_eq!(desk.control(CallControl::Mute { on: true }), [Output::Mute(true)]);
    assert_eq!(desk.control(CallControl::Mute { on: true }), []);
    assert_eq!(desk.control(CallControl::Mute { on: false }), [Output::Mute(false)]);
    assert_eq!(desk.control(CallControl::Repeat), [], "nothing was said yet");
    // The opening that was asked for begins.
    desk.event(&json!({ "type": "response.created", "response": { "id": "r1" } }));
    assert_eq!(sent(&desk.control(CallControl::Quiet)), ["response.cancel", "output_audio_buffer.clear"]);
    desk.event(&json!({ "type": "response.done", "response": { "id": "r1", "status": "cancelled" } }));
    desk.customer_says("r2", "Hello.");
    assert_eq!(sent(&desk.control(CallControl::Quiet)), ["output_audio_buffer.clear"]);
    let out = desk.control(CallControl::Repeat);
    assert_eq!(sent(&out), ["response.create"]);
    assert!(matches!(&out[0], Output::Send(message) if message.contains("once more") && message.contains(r#""tool_choice":"none""#)));
}

#[test]
fn answers_are_asked_for_one_at_a_time_but_those_apart_are_not_held_back() {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::answer()))), [""; 0]);
    let apart = crate::events::ResponseConfig { conversation: Some(crate::events::client::Conversation::None), ..Default::default() };
    assert_eq!(sent(&desk.input(Input::Send(ClientEvent::ResponseCreate { response: Some(Box::new(apart)) }))), ["response.create"]);
    let out = desk.event(&json!({ "type": "response.done", "response": { "id": "r", "status": "completed" } }));
    assert_eq!(sent(&out), ["response.create"]);
}

#[test]
fn what_is_no_message_is_passed_over() {
    let mut desk = Desk::live(Plan::new(SessionConfig::default()));
    for message in ["", "no", "[]", r#"{"type":"future"}"#] {
        assert_eq!(desk.input(Input::Message(message)), []);
    }
    assert_eq!(desk.call.stage(), CallStage::Live);
}
