//! What a client may ask for, and what it is told where it may not.

use serde_json::{Value, json};

use super::client::{Client, quick, session};

#[tokio::test]
async fn an_event_that_is_wrong_is_refused_by_its_id_and_the_call_goes_on() {
    let mut client = Client::start(quick(), &session()).await;
    let cases = [
        (json!({ "type": "session.update", "session": { "instructions": "x" } }), "missing_required_parameter", "session.type"),
        (json!({ "type": "session.update", "session": { "type": "realtime", "voice": "coral" } }), "unknown_parameter", "session.voice"),
        (
            json!({ "type": "session.update", "session": { "type": "realtime", "model": "gpt-realtime-2" } }),
            "invalid_value",
            "session.model",
        ),
        (json!({ "type": "response.create", "response": { "modalities": ["text"] } }), "unknown_parameter", "response.modalities"),
        (json!({ "type": "response.make" }), "invalid_value", "type"),
        (json!({ "item_id": "item_1" }), "missing_required_parameter", "type"),
        (json!({ "type": "conversation.item.delete", "item_id": "item_1" }), "invalid_value", "item_id"),
        (json!({ "type": "conversation.item.retrieve", "item_id": "item_1" }), "item_retrieve_invalid_item_id", "item_id"),
        (
            json!({ "type": "conversation.item.create", "item": { "type": "message", "role": "assistant", "content": [{ "type": "output_audio" }] } }),
            "invalid_value",
            "item.content[0].type",
        ),
        (
            json!({ "type": "conversation.item.create", "item": { "type": "function_call_output", "call_id": "call_1", "output": "" } }),
            "invalid_value",
            "item.call_id",
        ),
        (json!({ "type": "input_audio_buffer.append", "audio": "" }), "invalid_value", "type"),
    ];
    for (event, code, param) in cases {
        assert_eq!(client.refused(event.clone()).await, (code.to_owned(), param.to_owned()), "{event}");
    }
    client.handle.send_text("{ no").unwrap();
    assert_eq!(client.until("error").await["error"]["code"], "invalid_event");
    client.send(&json!({ "type": "session.update", "session": { "type": "realtime", "instructions": "new" } }));
    assert_eq!(client.until("session.updated").await["session"]["instructions"], "new");
}

#[tokio::test]
async fn ten_thousand_events_at_once_are_each_answered() {
    let mut client = Client::start(quick(), &session()).await;
    let handle = client.handle.clone();
    tokio::spawn(async move {
        for n in 0..10_000 {
            while handle.send_text(format!("{{\"type\":\"nothing\",\"event_id\":\"e{n}\"}}")).is_err() {
                tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            }
        }
    });
    for n in 0..10_000 {
        assert_eq!(client.until("error").await["error"]["event_id"], format!("e{n}"));
    }
}

#[tokio::test]
async fn a_response_beside_the_conversation_is_written_and_leaves_it_alone() {
    let mut client = Client::start(quick(), &session()).await;
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.started").await;
    client.send(&json!({
        "type": "response.create",
        "response": { "conversation": "none", "metadata": { "topic": "sum" }, "output_modalities": ["text"], "input": [] }
    }));
    let text = client.until("response.output_text.done").await["text"].as_str().unwrap().to_owned();
    assert!(text.contains("turns so far"), "{text}");
    client.until("output_audio_buffer.stopped").await;
    let done: Vec<&Value> = client.all("response.done");
    let beside = done.iter().find(|done| done["response"]["conversation_id"].is_null()).unwrap();
    assert_eq!(beside["response"]["metadata"]["topic"], "sum");
    assert_eq!(client.all("conversation.item.added").len(), 1, "the customer's own line");
}

#[tokio::test]
async fn items_are_put_in_taken_out_and_cut_short() {
    let mut client = Client::start(quick(), &session()).await;
    let item = |id: &str, role: &str, kind: &str| json!({ "id": id, "type": "message", "role": role, "content": [{ "type": kind, "text": "Hello there" }] });
    client.send(&json!({ "type": "conversation.item.create", "item": item("one", "system", "input_text") }));
    assert_eq!(client.until("conversation.item.done").await["previous_item_id"], Value::Null);
    client.send(&json!({ "type": "conversation.item.create", "item": item("two", "system", "input_text"), "previous_item_id": "root" }));
    assert_eq!(client.until("conversation.item.done").await["previous_item_id"], Value::Null);
    client.send(&json!({ "type": "conversation.item.create", "item": item("three", "system", "input_text") }));
    assert_eq!(client.until("conversation.item.done").await["previous_item_id"], "one");
    client.send(&json!({ "type": "conversation.item.delete", "item_id": "one" }));
    assert_eq!(client.until("conversation.item.deleted").await["item_id"], "one");
    client.send(&json!({ "type": "conversation.item.retrieve", "item_id": "two" }));
    assert_eq!(client.until("conversation.item.retrieved").await["item"]["role"], "system");
    client.send(&json!({ "type": "response.create" }));
    client.until("output_audio_buffer.stopped").await;
    let spoken = client.all("response.output_item.added")[0]["item"]["id"].clone();
    let cut = |ms: u64| json!({ "type": "conversation.item.truncate", "item_id": spoken, "content_index": 0, "audio_end_ms": ms });
    assert_eq!(client.refused(cut(600_000)).await, ("invalid_value".to_owned(), "audio_end_ms".to_owned()));
    client.send(&cut(200));
    assert_eq!(client.until("conversation.item.truncated").await["audio_end_ms"], 200);
    client.send(&json!({ "type": "conversation.item.retrieve", "item_id": spoken }));
    let left = client.until("conversation.item.retrieved").await["item"]["content"][0]["transcript"].as_str().unwrap().to_owned();
    assert_eq!(left.split_whitespace().count(), 2, "a word lasts 180 ms: {left}");
}

#[tokio::test]
async fn a_session_of_text_is_answered_in_writing() {
    let mut session = session();
    session["output_modalities"] = json!(["text"]);
    let mut client = Client::start(quick(), &session).await;
    client.send(&json!({ "type": "response.create" }));
    let done = client.until("response.done").await;
    assert_eq!(done["response"]["output"][0]["content"][0]["type"], "output_text");
    assert!(client.sound.is_empty() && client.all("output_audio_buffer.started").is_empty());
}
