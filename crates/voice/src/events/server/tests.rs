//! What is read from messages, good and bad.

use super::*;
use crate::events::{ItemKind, ItemStatus, Role};

fn parse(message: &str) -> ServerEvent {
    ServerEvent::parse(message).expect("an event")
}

#[test]
fn the_first_item_is_told_from_one_whose_place_is_not_known() {
    let previous = |rest: &str| match parse(&format!(r#"{{"type":"input_audio_buffer.committed","item_id":"a"{rest}}}"#)) {
        ServerEvent::Committed { previous, .. } => previous,
        other => panic!("{other:?}"),
    };
    assert_eq!(previous(""), Previous::Unknown);
    assert_eq!(previous(r#","previous_item_id":null"#), Previous::First);
    assert_eq!(previous(r#","previous_item_id":"b""#), Previous::After("b".into()));
    assert_eq!(previous(r#","previous_item_id":7"#), Previous::Unknown);
}

#[test]
fn names_of_the_beta_are_taken_for_what_they_are_called_now() {
    for (old, new) in [
        (
            r#"{"type":"conversation.item.created","item":{"id":"a","type":"message","role":"assistant","content":[{"type":"audio","transcript":"Hi"}]}}"#,
            r#"{"type":"conversation.item.added","item":{"id":"a","type":"message","role":"assistant","content":[{"type":"output_audio","transcript":"Hi"}]}}"#,
        ),
        (
            r#"{"type":"response.audio_transcript.delta","item_id":"a","delta":"Hi"}"#,
            r#"{"type":"response.output_audio_transcript.delta","item_id":"a","delta":"Hi"}"#,
        ),
        (
            r#"{"type":"response.audio_transcript.done","item_id":"a","transcript":"Hi"}"#,
            r#"{"type":"response.output_audio_transcript.done","item_id":"a","transcript":"Hi"}"#,
        ),
        (r#"{"type":"response.text.done","item_id":"a","text":"Hi"}"#, r#"{"type":"response.output_text.done","item_id":"a","text":"Hi"}"#),
        (
            r#"{"type":"response.content_part.done","item_id":"a","part":{"type":"text","text":"Hi"}}"#,
            r#"{"type":"response.content_part.done","item_id":"a","part":{"type":"output_text","text":"Hi"}}"#,
        ),
    ] {
        assert_eq!(parse(old), parse(new));
    }
}

#[test]
fn what_is_not_known_is_kept_aside() {
    let raw = r#"{"type":"galaxy.brain","depth":{"of":[1,2]}}"#;
    let ServerEvent::Unknown { kind, raw: kept } = parse(raw) else { panic!("it is known") };
    assert_eq!(kind, "galaxy.brain");
    assert_eq!(kept, serde_json::from_str::<Value>(raw).expect("JSON"));
    let without_item = r#"{"type":"conversation.item.added","item":7}"#;
    assert!(matches!(parse(without_item), ServerEvent::Unknown { .. }));
    let without_id = r#"{"type":"conversation.item.input_audio_transcription.delta","delta":"so"}"#;
    let ServerEvent::Unknown { raw, .. } = parse(without_id) else { panic!("it is known") };
    assert_eq!(raw["delta"], "so");
}

#[test]
fn a_field_that_is_not_what_it_should_be_is_missing_and_the_rest_is_read() {
    let event = parse(
        r#"{"type":"conversation.item.done","previous_item_id":false,"item":
            {"id":"a","type":"message","role":"captain","status":3,"content":[7,{"type":"hologram"},{"type":"input_audio","transcript":null}],"new":1}}"#,
    );
    let ServerEvent::ItemDone { item, previous } = event else { panic!("{event:?}") };
    assert_eq!((item.id.as_str(), item.kind, item.role, item.status), ("a", ItemKind::Message, None, None));
    assert_eq!(item.content, [Content::Other, Content::InputAudio { transcript: None }]);
    assert_eq!(previous, Previous::Unknown);
    let event = parse(r#"{"type":"input_audio_buffer.speech_started","item_id":"u","audio_start_ms":-5}"#);
    assert_eq!(event, ServerEvent::SpeechStarted { item_id: "u".into(), audio_start_ms: None });
    let event = parse(r#"{"type":"input_audio_buffer.speech_started","item_id":"u","audio_start_ms":1e300}"#);
    assert_eq!(event, ServerEvent::SpeechStarted { item_id: "u".into(), audio_start_ms: None });
}

#[test]
fn what_is_no_event_is_said_to_be_malformed_without_quoting_it() {
    for message in ["", "null", "[]", "{}", r#"{"type":1}"#, r#""secret words""#, "{\"type\":\"error\"", "\u{0}"] {
        let malformed = ServerEvent::parse(message).expect_err("no event");
        assert!(!malformed.to_string().contains("secret"));
    }
    let deep = "[".repeat(100_000);
    assert!(ServerEvent::parse(&deep).is_err(), "reading is not led into the depths");
}

#[test]
fn a_response_says_where_it_belongs_and_what_it_used() {
    let event = parse(
        r#"{"type":"response.done","response":{"id":"r","status":"completed","conversation_id":null,"metadata":{"for":"score"},
            "output":[{"id":"f","type":"function_call","status":"completed","name":"decide","call_id":"c","arguments":"{}"}],
            "usage":{"input_tokens":30,"output_tokens":9,"input_token_details":{"text_tokens":10,"audio_tokens":20,"cached_tokens":12,
            "cached_tokens_details":{"text_tokens":8,"audio_tokens":4}},"output_token_details":{"text_tokens":2,"audio_tokens":7}}}}"#,
    );
    let ServerEvent::ResponseDone(response) = event else { panic!("{event:?}") };
    assert!(response.marked);
    assert_eq!(response.conversation, crate::events::response::Belongs::Nowhere);
    let usage = response.usage.expect("usage");
    assert_eq!((usage.input_text, usage.cached_text, usage.input_audio, usage.cached_audio), (10, 8, 20, 4));
    assert_eq!((usage.output_text, usage.output_audio), (2, 7));
    let call = &response.output[0];
    assert_eq!((call.kind, call.status, call.role), (ItemKind::FunctionCall, Some(ItemStatus::Completed), None::<Role>));
}
