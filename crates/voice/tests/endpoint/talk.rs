//! A conversation, turn by turn.

use serde_json::{Value, json};

use super::client::{Client, by_hand, quick, session};

/// The places of these in a row of types; each must come after the one before it.
fn in_order(client: &Client, wanted: &[&str]) {
    let kinds = client.kinds();
    let mut from = 0;
    for kind in wanted {
        let found = kinds.iter().skip(from).position(|found| found == kind);
        from += found.unwrap_or_else(|| panic!("no {kind} after place {from} in {kinds:#?}")) + 1;
    }
}

#[tokio::test]
async fn the_rep_speaks_is_written_down_and_is_answered() {
    let mut client = Client::start(quick(), &session()).await;
    client.say(900).await;
    client.until("output_audio_buffer.stopped").await;
    in_order(
        &client,
        &[
            "session.created",
            "conversation.created",
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.added",
            "conversation.item.done",
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.content_part.added",
            "output_audio_buffer.started",
            "response.output_audio_transcript.delta",
            "response.output_audio_transcript.done",
            "response.content_part.done",
            "response.done",
            "output_audio_buffer.stopped",
        ],
    );
    let text = |event: &Value, name: &str| event[name].as_str().unwrap().to_owned();
    let completed = client.all("conversation.item.input_audio_transcription.completed")[0];
    assert_eq!(completed["transcript"], "Good morning! Who is the coat for?");
    let deltas: String = client.all("conversation.item.input_audio_transcription.delta").iter().map(|event| text(event, "delta")).collect();
    assert_eq!(deltas, "Good morning! Who is the coat for?");
    let user = client.all("input_audio_buffer.speech_started")[0]["item_id"].clone();
    assert_eq!(completed["item_id"], user);
    let added = client.all("conversation.item.added");
    assert_eq!((&added[0]["item"]["id"], &added[0]["previous_item_id"]), (&user, &Value::Null));
    assert_eq!(added[1]["previous_item_id"], user);
    // What it said is what it wrote, and what it sent was heard.
    let said = text(client.all("response.output_audio_transcript.done")[0], "transcript");
    let pieces: String = client.all("response.output_audio_transcript.delta").iter().map(|event| text(event, "delta")).collect();
    assert_eq!(said, pieces);
    assert!(said.split(' ').count() >= 2, "{said}");
    let done = client.all("response.done")[0];
    assert_eq!(done["response"]["output"][0]["content"][0]["transcript"], said);
    let usage = &done["response"]["usage"];
    assert!(
        usage["input_token_details"]["audio_tokens"].as_u64() > Some(0) && usage["output_token_details"]["audio_tokens"].as_u64() > Some(0)
    );
    // A frame is a fiftieth of a second, and a word a tone of 180 ms. The last frames go another way than the word that they are over.
    let frames = said.split(' ').count() * 180 / 20;
    assert!(client.sound.len().abs_diff(frames) <= 10, "{} of {frames}", client.sound.len());
    assert!(loudness(&client) > 1000.0);
}

/// The root mean square of the sound that came.
fn loudness(client: &Client) -> f64 {
    let mut decoder = opus::Decoder::new(16_000, opus::Channels::Mono).unwrap();
    let mut sound = Vec::new();
    for packet in &client.sound {
        let mut frame = [0i16; 320];
        let made = decoder.decode(&packet.payload, &mut frame, false).unwrap();
        sound.extend_from_slice(&frame[..made]);
    }
    (sound.iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>() / sound.len() as f64).sqrt()
}

#[tokio::test]
async fn times_of_speech_are_those_of_its_sound() {
    let mut client = Client::start(quick(), &session()).await;
    client.say(900).await;
    let started = client.until("input_audio_buffer.speech_started").await["audio_start_ms"].as_u64().unwrap();
    let stopped = client.until("input_audio_buffer.speech_stopped").await["audio_end_ms"].as_u64().unwrap();
    // Voice from 600 to 1500 ms; 300 ms before it are kept, 400 ms after it are waited for.
    assert!((200..=450).contains(&started), "{started}");
    assert!((1800..=2100).contains(&stopped), "{stopped}");
}

#[tokio::test]
async fn the_customer_opens_where_it_is_asked_to_and_goes_on_turn_by_turn() {
    let mut client = Client::start(quick(), &session()).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.stopped").await;
    for _ in 0..3 {
        client.say(700).await;
        client.until("output_audio_buffer.stopped").await;
    }
    let said: Vec<&Value> = client.all("response.output_audio_transcript.done");
    assert_eq!(said.len(), 4);
    assert!(said.windows(2).all(|two| two[0]["transcript"] != two[1]["transcript"]), "{said:?}");
    let heard: Vec<&str> = client
        .all("conversation.item.input_audio_transcription.completed")
        .iter()
        .filter_map(|event| event["transcript"].as_str())
        .collect();
    assert_eq!(heard, quick().script);
    let cached = |at: usize| client.all("response.done")[at]["response"]["usage"]["input_token_details"]["cached_tokens"].as_u64();
    assert_eq!(cached(0), Some(0));
}

#[tokio::test]
async fn once_the_script_is_used_up_recognition_fails_and_the_customer_asks_again() {
    let mut client = Client::start(sellme_voice::endpoint::Config { script: Vec::new(), ..quick() }, &session()).await;
    client.say(700).await;
    client.until("conversation.item.input_audio_transcription.failed").await;
    client.until("response.done").await;
    assert!(client.all("response.output_audio_transcript.done")[0]["transcript"].as_str().unwrap().contains("again"));
}

#[tokio::test]
async fn push_to_talk_commits_and_answers_when_it_is_told_to() {
    let mut client = Client::start(quick(), &by_hand()).await;
    client.send(&json!({ "type": "input_audio_buffer.clear" }));
    client.until("input_audio_buffer.cleared").await;
    assert_eq!(client.refused(json!({ "type": "input_audio_buffer.commit" })).await.0, "input_audio_buffer_commit_empty");
    client.say(700).await;
    // Sound and messages go different ways: what was said last must have come.
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    client.send(&json!({ "type": "input_audio_buffer.commit" }));
    client.until("conversation.item.input_audio_transcription.completed").await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.stopped").await;
    assert!(client.all("input_audio_buffer.speech_started").is_empty());
    assert_eq!(client.all("response.created").len(), 1);
}

#[tokio::test]
async fn what_the_customer_does_comes_as_function_calls_where_there_are_such_tools() {
    let mut session = session();
    let tool = |name: &str| json!({ "type": "function", "name": name, "parameters": { "type": "object", "properties": {} } });
    session["tools"] = json!([tool("raise_objection"), tool("reveal_need"), tool("trap"), tool("decide")]);
    let mut client = Client::start(quick(), &session).await;
    let mut calls = Vec::new();
    for _ in 0..3 {
        client.say(700).await;
        let done = client.until("response.done").await;
        for item in done["response"]["output"].as_array().unwrap().iter().filter(|item| item["type"] == "function_call") {
            calls.push(item.clone());
        }
        client.until("output_audio_buffer.stopped").await;
    }
    assert!(!calls.is_empty(), "the second line asks for a need");
    for call in &calls {
        let arguments: Value = serde_json::from_str(call["arguments"].as_str().unwrap()).unwrap();
        assert!(arguments["id"].is_string() || arguments["decision"].is_string(), "{call}");
    }
    let call = &calls[0]["call_id"];
    client
        .send(&json!({ "type": "conversation.item.create", "item": { "type": "function_call_output", "call_id": call, "output": "{}" } }));
    client.until("conversation.item.done").await;
    client.send(&json!({ "type": "response.create" }));
    let done = client.until("response.done").await;
    assert_eq!(done["response"]["output"], json!([]), "the outcome of a function is nothing to talk about");
}
