//! Cutting in, and what can go wrong on the way.

use std::sync::Arc;

use sellme_voice::endpoint::{Config, Pace, serve};
use serde_json::{Value, json};

use super::{
    client::{Client, quick, session},
    tone::{quiet, voice},
};

/// Says its answers in their own time, so that there is something to interrupt.
fn slow() -> Config {
    Config { pace: Pace { playing: 1.0, making: 3.0, ..quick().pace }, ..quick() }
}

#[tokio::test]
async fn a_rep_who_cuts_in_silences_the_customer() {
    let mut client = Client::start(slow(), &session()).await;
    client.utter(&quiet(600)).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.started").await;
    client.utter(&[voice(600), quiet(600)].concat()).await;
    let cleared = client.until("output_audio_buffer.cleared").await;
    let truncated = client.until("conversation.item.truncated").await;
    let first = client.all("response.created")[0]["response"]["id"].clone();
    assert_eq!(cleared["response_id"], first);
    let started = client.kinds().iter().position(|kind| *kind == "input_audio_buffer.speech_started").unwrap();
    let done = client.kinds().iter().position(|kind| *kind == "response.done").unwrap();
    let status = client.all("response.done")[0]["response"]["status"].clone();
    assert!(status == "completed" || started < done && status == "cancelled", "{status}");
    assert!(truncated["audio_end_ms"].as_u64().unwrap() > 0);
    // Nothing more of it is heard until the next answer begins.
    client.until("input_audio_buffer.speech_stopped").await;
    let before = client.sound.len();
    client.until("response.created").await;
    assert!(client.sound.len() <= before + 3, "{} and then {}", before, client.sound.len());
    client.until("output_audio_buffer.stopped").await;
}

#[tokio::test]
async fn an_answer_in_the_making_is_cancelled_by_the_voice_of_the_rep() {
    let mut client = Client::start(Config { pace: Pace { making: 1.0, ..slow().pace }, ..slow() }, &session()).await;
    client.utter(&quiet(600)).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.started").await;
    client.utter(&voice(400)).await;
    let done = client.until("response.done").await;
    assert_eq!(done["response"]["status"], "cancelled");
    assert_eq!(done["response"]["status_details"]["reason"], "turn_detected");
    assert_eq!(done["response"]["output"][0]["status"], "incomplete");
}

#[tokio::test]
async fn a_customer_who_may_not_be_interrupted_finishes_and_then_answers() {
    let mut session = session();
    session["audio"]["input"]["turn_detection"]["interrupt_response"] = json!(false);
    let mut client = Client::start(slow(), &session).await;
    client.utter(&quiet(600)).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.started").await;
    client.utter(&[voice(400), quiet(600)].concat()).await;
    client.until("output_audio_buffer.stopped").await;
    client.until("output_audio_buffer.stopped").await;
    assert!(client.all("output_audio_buffer.cleared").is_empty());
    assert!(client.all("response.done").iter().all(|done| done["response"]["status"] == "completed"));
}

#[tokio::test]
async fn cancel_stops_the_making_and_clear_stops_the_sound() {
    let mut client = Client::start(Config { pace: Pace { making: 1.0, ..slow().pace }, ..slow() }, &session()).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.started").await;
    assert_eq!(client.refused(json!({ "type": "response.create" })).await.0, "conversation_already_has_active_response");
    client.send(&json!({ "type": "response.cancel" }));
    let done = client.until("response.done").await;
    assert_eq!(done["response"]["status_details"]["reason"], "client_cancelled");
    client.send(&json!({ "type": "output_audio_buffer.clear" }));
    assert_eq!(client.refused(json!({ "type": "response.cancel" })).await.0, "response_cancel_not_active");
    let stops = client.all("output_audio_buffer.cleared").len() + client.all("output_audio_buffer.stopped").len();
    assert_eq!(stops, 1, "{:?}", client.kinds());
}

#[tokio::test]
async fn a_lossy_line_still_carries_a_turn() {
    let config = slow();
    config.knobs.network().lose(5);
    let mut client = Client::start(config, &session()).await;
    client.say(900).await;
    client.until("conversation.item.input_audio_transcription.completed").await;
    client.until("output_audio_buffer.stopped").await;
    let said = client.all("response.output_audio_transcript.done")[0]["transcript"].as_str().unwrap().split(' ').count();
    assert!(client.sound.len() > said * 9 * 7 / 10, "{} frames of {}", client.sound.len(), said * 9);
}

#[tokio::test]
async fn a_call_that_is_taken_up_again_goes_on_where_it_was() {
    let endpoint = Arc::new(serve(quick()).await.unwrap());
    let mut first = Client::join(Arc::clone(&endpoint), &session()).await;
    first.send(&json!({ "type": "response.create" }));
    first.until("output_audio_buffer.stopped").await;
    let opening = first.all("response.output_audio_transcript.done")[0]["transcript"].as_str().unwrap().to_owned();
    first.handle.close();
    let mut second = Client::join(endpoint, &session()).await;
    let said = |role: &str, kind: &str, text: &str| json!({ "type": "conversation.item.create", "item": { "type": "message", "role": role, "content": [{ "type": kind, "text": text }] } });
    second.send(&said("assistant", "output_text", &opening));
    second.send(&said("user", "input_text", &quick().script[0]));
    second.send(&said("assistant", "output_text", "He feeds cattle in the rain."));
    second.say(700).await;
    let completed = second.until("conversation.item.input_audio_transcription.completed").await;
    assert_eq!(completed["transcript"], quick().script[1], "what was heard before is not heard again");
    second.until("response.done").await;
}

#[tokio::test]
async fn a_response_that_fails_says_so_and_the_call_goes_on() {
    let config = quick();
    config.knobs.fail_responses(1);
    let mut client = Client::start(config, &session()).await;
    client.send(&json!({ "type": "response.create" }));
    let done = client.until("response.done").await;
    assert_eq!(
        (&done["response"]["status"], &done["response"]["status_details"]["error"]["code"]),
        (&json!("failed"), &json!("inference_rate_limit_exceeded"))
    );
    client.send(&json!({ "type": "response.create" }));
    assert_eq!(client.until("response.done").await["response"]["status"], "completed");
}

#[tokio::test]
async fn a_transcription_that_fails_says_so_and_the_next_one_hears_the_same_line() {
    let config = quick();
    config.knobs.fail_transcriptions(1);
    let mut client = Client::start(config, &session()).await;
    client.say(700).await;
    client.until("conversation.item.input_audio_transcription.failed").await;
    client.until("output_audio_buffer.stopped").await;
    client.say(700).await;
    let completed: Value = client.until("conversation.item.input_audio_transcription.completed").await;
    assert_eq!(completed["transcript"], quick().script[0]);
}

#[tokio::test]
async fn a_rep_whose_sound_stops_in_mid_turn_is_still_answered() {
    let mut client = Client::start(quick(), &session()).await;
    client.utter(&[quiet(600), voice(700)].concat()).await;
    client.until("input_audio_buffer.speech_stopped").await;
    client.until("response.done").await;
}

#[tokio::test]
async fn a_rep_who_says_nothing_for_long_is_asked() {
    let mut session = session();
    session["audio"]["input"]["turn_detection"]["idle_timeout_ms"] = json!(5000);
    let mut client = Client::start(quick(), &session).await;
    client.utter(&quiet(300)).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.stopped").await;
    client.until("input_audio_buffer.timeout_triggered").await;
    client.until("response.created").await;
}
