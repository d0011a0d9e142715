//! Connecting, losing the connection, connecting again.

use super::*;

#[test]
fn a_call_goes_from_idle_to_live_and_the_customer_begins() {
    let mut desk = Desk::new(plan());
    assert_eq!(desk.call.stage(), CallStage::Idle);
    assert_eq!(desk.input(Input::Tick), []);
    let out = desk.input(Input::Open);
    let stage = Output::Stage { stage: CallStage::Connecting, attempt: 1, end: None, error: None };
    assert_eq!(out, [stage, Output::Connect { attempt: 1 }], "told first: making the connection may take a while");
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
    let out = desk.event(&json!({ "type": "session.updated", "session": {} }));
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
    assert_eq!(
        sent(&desk.said),
        ["conversation.item.create", "conversation.item.create", "response.create"],
        "the rep waits for an answer"
    );
    let history = vec![(Speaker::Rep, "Hi.".to_owned()), (Speaker::Customer, "Hello.".to_owned())];
    let mut desk = Desk::new(Plan { history, ..plan() });
    desk.connect();
    assert_eq!(sent(&desk.said), ["conversation.item.create"; 2], "it is the rep's turn");
}

#[test]
fn what_the_rep_said_last_is_answered_on_the_new_connection() {
    let mut desk = Desk::live(plan());
    desk.customer_says("r1", "Hello.");
    desk.rep_says("u", "What brings you in?");
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert_eq!(sent(&out), ["conversation.item.create", "conversation.item.create", "response.create"]);
    // Told later, the session comes first.
    let mut desk = Desk::live(Plan { tell_session: true, ..plan() });
    desk.rep_says("u", "Hello?");
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    assert_eq!(sent(&desk.input(Input::LinkOpen)), ["session.update", "conversation.item.create"]);
    assert_eq!(sent(&desk.event(&json!({ "type": "session.updated", "session": {} }))), ["response.create"]);
}

#[test]
fn an_opening_that_was_lost_with_its_connection_is_asked_for_again() {
    let mut desk = Desk::new(plan());
    desk.connect();
    desk.event(&json!({ "type": "response.created", "response": { "id": "r" } }));
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    assert_eq!(sent(&desk.input(Input::LinkOpen)), ["response.create"]);
}

#[test]
fn in_a_pause_the_answer_that_is_owed_outlives_the_connection() {
    let mut desk = Desk::live(plan());
    desk.customer_says("r1", "Hello.");
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    desk.control(CallControl::Pause);
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": "u", "transcript": "Hi." }));
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert!(!sent(&out).contains(&"response.create".to_owned()), "{out:?}");
    assert!(sent(&desk.control(CallControl::Resume)).contains(&"response.create".to_owned()));
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
        assert_eq!(connects(&desk.said), [1]);
        assert_eq!(end(&desk.said), Some((CallEnd::ConnectionLost, Some(code))));
        let closed = desk.said.iter().filter(|out| **out == Output::Close).count();
        assert_eq!(closed, 1, "the try is closed");
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
    assert_eq!(connects(&desk.said), [1], "whoever called is told at once, and calls again");
    assert_eq!(end(&desk.said), Some((CallEnd::ConnectionLost, Some(Code::ServiceUnavailable))));
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
    desk.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": "u" }));
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": "item_r1" }));
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
fn a_pause_that_meets_a_lost_connection_is_one_once_there_is_another() {
    let mut desk = Desk::live(plan());
    desk.rep_says("u", "Hello?");
    desk.input(Input::Link(Link::Failed));
    desk.control(CallControl::Pause);
    assert_eq!(desk.call.stage(), CallStage::Reconnecting);
    desk.input(Input::Answered);
    let out = desk.input(Input::LinkOpen);
    assert_eq!(desk.call.stage(), CallStage::Paused);
    assert!(out.contains(&Output::Mute(true)) && !sent(&out).contains(&"response.create".to_owned()), "{out:?}");
    desk.control(CallControl::Resume);
    assert_eq!(desk.call.stage(), CallStage::Live);
    // Taken back in time, it is none.
    desk.input(Input::Link(Link::Failed));
    desk.control(CallControl::Pause);
    desk.control(CallControl::Resume);
    desk.input(Input::Answered);
    desk.input(Input::LinkOpen);
    assert_eq!(desk.call.stage(), CallStage::Live);
}

#[test]
fn a_device_that_another_program_has_is_tried_again_and_one_that_is_gone_is_not() {
    let mut desk = Desk::live(plan());
    desk.input(Input::Link(Link::Failed));
    desk.input(Input::Refused(Error::new(Code::SoundBusy, "Taken.")));
    assert_eq!(connects(&desk.pass(1000)), [2]);
    desk.input(Input::Refused(Error::new(Code::NoSpeaker, "Gone.")));
    assert_eq!(end(&desk.said), Some((CallEnd::MicrophoneLost, Some(Code::NoSpeaker))));
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
fn a_clock_that_is_set_back_stops_nothing() {
    let mut desk = Desk::live(plan());
    desk.pass(1000);
    desk.now -= 86_400_000;
    desk.pass(1000);
    desk.event(&json!({ "type": "input_audio_buffer.committed", "item_id": "u", "previous_item_id": null }));
    desk.control(CallControl::HangUp);
    desk.pass(3000);
    assert_eq!(end(&desk.said), Some((CallEnd::HungUp, None)));
    assert_eq!(desk.call.active(), Millis(1750), "but the step that went back");
}

#[test]
fn a_connection_that_is_lost_again_and_again_is_given_up() {
    let mut desk = Desk::live(plan());
    for _ in 0..=TRIES {
        assert_eq!(end(&desk.said), None);
        desk.input(Input::Link(Link::Failed));
        desk.input(Input::Answered);
        desk.input(Input::LinkOpen);
        desk.pass(2000);
    }
    assert_eq!(end(&desk.said), Some((CallEnd::ConnectionLost, Some(Code::ConnectionBlocked))));
    let mut desk = Desk::live(plan());
    for _ in 0..10 {
        desk.input(Input::Link(Link::Failed));
        desk.input(Input::Answered);
        desk.input(Input::LinkOpen);
        desk.pass(12_000);
    }
    assert_eq!(desk.call.stage(), CallStage::Live, "one that holds for a while counts as one");
}
