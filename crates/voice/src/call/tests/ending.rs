//! How calls end.

use super::*;

#[test]
fn what_the_service_refuses_in_mid_call_is_named() {
    for (code, expected) in [
        ("insufficient_quota", (CallEnd::Refused, Some(Code::QuotaUsedUp))),
        ("session_expired", (CallEnd::SessionExpired, Some(Code::SessionExpired))),
        ("model_not_found", (CallEnd::Refused, Some(Code::ModelUnknown))),
    ] {
        let mut desk = Desk::live(plan());
        desk.event(&json!({ "type": "error", "error": { "code": code } }));
        desk.pass(4000);
        assert_eq!(end(&desk.said), Some(expected), "{code}");
    }
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "error", "error": { "code": "response_cancel_not_active" } }));
    desk.event(&json!({ "type": "error", "error": { "code": "never_heard_of" } }));
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn hanging_up_waits_for_the_last_words_but_not_for_ever() {
    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    let out = desk.control(CallControl::HangUp);
    assert_eq!(sent(&out), ["session.update", "input_audio_buffer.commit"]);
    assert_eq!(desk.call.stage(), CallStage::Ending);
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.pass(1000);
    let out =
        desk.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Goodbye." }));
    assert_eq!(turns(&out), ["Goodbye."]);
    assert_eq!(end(&out), Some((CallEnd::HungUp, None)));
    assert_eq!(out[out.len() - 3..out.len() - 1], [Output::HangUp, Output::Close]);

    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.control(CallControl::HangUp);
    assert_eq!(end(&desk.pass(2750)), None);
    let out = desk.pass(250);
    assert_eq!((turns(&out), end(&out)), (vec!["…"], Some((CallEnd::HungUp, None))));
}

#[test]
fn hanging_up_with_nothing_outstanding_is_at_once_in_every_state() {
    let mut desk = Desk::live(plan());
    assert_eq!(end(&desk.control(CallControl::HangUp)), Some((CallEnd::HungUp, None)));
    for begin in [vec![], vec![Input::Open], vec![Input::Open, Input::Answered]] {
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
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.input(Input::CustomerDone);
    desk.pass(2000);
    assert_eq!(desk.call.stage(), CallStage::Live);
    desk.customer_says("r", "Goodbye then.");
    assert_eq!(end(&desk.said), Some((CallEnd::CustomerDone, None)));
    assert_eq!(turns(&desk.said), ["Goodbye then."]);

    let mut desk = Desk::live(plan());
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.input(Input::CustomerDone);
    desk.pass(LEAVING_MS + 3000);
    assert_eq!(end(&desk.said), Some((CallEnd::CustomerDone, None)), "however long it takes");
}

#[test]
fn a_microphone_that_is_gone_ends_the_call_by_name() {
    for input in [Input::MicrophoneLost, Input::Link(Link::MicrophoneLost)] {
        let mut desk = Desk::live(plan());
        desk.input(input);
        assert_eq!(end(&desk.said), Some((CallEnd::MicrophoneLost, Some(Code::NoMicrophone))));
    }
}
