//! What is sent to the service: exactly what it knows, since it refuses what it does not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    item::{Content, Role},
    session::{Modality, SessionConfig, Tool, ToolChoice},
};

/// One event for the service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum ClientEvent {
    /// Changes the session; only what is in it.
    #[serde(rename = "session.update")]
    SessionUpdate {
        /// What changes.
        session: Box<SessionConfig>,
    },
    /// What was heard becomes an item.
    #[serde(rename = "input_audio_buffer.commit")]
    InputCommit,
    /// What was heard is thrown away.
    #[serde(rename = "input_audio_buffer.clear")]
    InputClear,
    /// The model's sound is cut off; only where sound is carried by WebRTC.
    #[serde(rename = "output_audio_buffer.clear")]
    OutputClear,
    /// Puts an item into the conversation.
    #[serde(rename = "conversation.item.create")]
    ItemCreate {
        /// The item.
        item: NewItem,
        /// After which; `root` is the front, none is the end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous_item_id: Option<String>,
    },
    /// Takes an item out.
    #[serde(rename = "conversation.item.delete")]
    ItemDelete {
        /// Which.
        item_id: String,
    },
    /// Cuts off what was not heard; never over WebRTC, where the service does it.
    #[serde(rename = "conversation.item.truncate")]
    ItemTruncate {
        /// Which.
        item_id: String,
        /// Which part.
        content_index: u32,
        /// How much was heard, in milliseconds.
        audio_end_ms: u64,
    },
    /// Asks for an answer.
    #[serde(rename = "response.create")]
    ResponseCreate {
        /// How, where it differs from the session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response: Option<Box<ResponseConfig>>,
    },
    /// Breaks an answer off.
    #[serde(rename = "response.cancel")]
    ResponseCancel {
        /// Which; none is the one that is being made.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        response_id: Option<String>,
    },
}

impl ClientEvent {
    /// A stage direction: what the model knows from now on and nobody says.
    pub fn direction(text: impl Into<String>) -> Self {
        Self::said(None, Role::System, Content::InputText { text: text.into() })
    }

    /// A message, under this id where one is given.
    #[must_use]
    pub fn said(id: Option<String>, role: Role, part: Content) -> Self {
        Self::ItemCreate { item: NewItem::Message { id, role, content: vec![part] }, previous_item_id: None }
    }

    /// What a function gave back.
    pub fn function_output(call_id: impl Into<String>, output: impl Into<String>) -> Self {
        Self::ItemCreate {
            item: NewItem::FunctionCallOutput { id: None, call_id: call_id.into(), output: output.into() },
            previous_item_id: None,
        }
    }

    /// An answer as the session has it.
    #[must_use]
    pub fn answer() -> Self {
        Self::ResponseCreate { response: None }
    }

    /// The message of the data channel. Writing these types cannot fail; were it to, the message would be empty and not be sent.
    #[must_use]
    pub fn message(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An event with a name by which an error answers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClientMessage {
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
    /// The event.
    #[serde(flatten)]
    pub event: ClientEvent,
}

impl ClientMessage {
    /// The message of the data channel.
    #[must_use]
    pub fn message(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// An item that is put into a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum NewItem {
    /// Something said. A model's sound cannot be put in, its words can.
    Message {
        /// Its id; none lets the service choose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Whose.
        role: Role,
        /// Its parts.
        content: Vec<Content>,
    },
    /// What a function gave back.
    FunctionCallOutput {
        /// Its id; none lets the service choose.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The call that it answers.
        call_id: String,
        /// What came of it.
        output: String,
    },
}

/// How an answer differs from the session.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ResponseConfig {
    /// `none` keeps it out of the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<Conversation>,
    /// Marks by which it is known again.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
    /// Sound or words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_modalities: Option<Vec<Modality>>,
    /// In place of the briefing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instructions: Option<String>,
    /// In place of the session's functions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<Tool>>,
    /// Whether functions are called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<ToolChoice>,
    /// The longest answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_output_tokens: Option<u32>,
}

/// Where an answer belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conversation {
    /// Into the session's conversation.
    Auto,
    /// Into none.
    None,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::events::session::{Audio, AudioInput, AudioOutput, Field, NoiseReduction, Transcription, TurnDetection};

    fn shape(event: &ClientEvent) -> Value {
        let value: Value = serde_json::from_str(&event.message()).expect("JSON");
        let back: ClientEvent = serde_json::from_value(value.clone()).expect("reads what it writes");
        assert_eq!(&back, event);
        value
    }

    #[test]
    fn only_what_is_set_is_sent() {
        let nothing = ClientEvent::SessionUpdate { session: Box::default() };
        assert_eq!(shape(&nothing), json!({ "type": "session.update", "session": { "type": "realtime" } }));
        assert_eq!(shape(&ClientEvent::answer()), json!({ "type": "response.create" }));
        assert_eq!(shape(&ClientEvent::ResponseCancel { response_id: None }), json!({ "type": "response.cancel" }));
        assert_eq!(shape(&ClientEvent::InputCommit), json!({ "type": "input_audio_buffer.commit" }));
        assert_eq!(shape(&ClientEvent::OutputClear), json!({ "type": "output_audio_buffer.clear" }));
    }

    #[test]
    fn what_is_turned_off_is_sent_as_null_and_read_back_as_off() {
        let off = ClientEvent::SessionUpdate { session: Box::new(SessionConfig::only_turn_detection(None)) };
        let session = json!({ "type": "realtime", "audio": { "input": { "turn_detection": null } } });
        assert_eq!(shape(&off), json!({ "type": "session.update", "session": session }));
    }

    #[test]
    fn a_session_has_the_shape_of_the_reference() {
        let session = SessionConfig {
            model: Some("gpt-realtime-2.1".into()),
            output_modalities: Some(vec![Modality::Audio]),
            audio: Some(Audio {
                input: Some(AudioInput {
                    noise_reduction: Some(Some(NoiseReduction { field: Field::NearField })),
                    transcription: Some(Some(Transcription {
                        model: "gpt-live-transcribe".into(),
                        keywords: vec!["Pilbara".into()],
                        ..Transcription::default()
                    })),
                    turn_detection: Some(Some(TurnDetection::ServerVad {
                        threshold: Some(0.5),
                        prefix_padding_ms: Some(300),
                        silence_duration_ms: Some(500),
                        idle_timeout_ms: None,
                        create_response: Some(true),
                        interrupt_response: Some(true),
                    })),
                }),
                output: Some(AudioOutput { voice: Some("coral".into()), speed: None }),
            }),
            tools: Some(vec![Tool::function("decide", "Call it when you decide.", json!({ "type": "object" }))]),
            tool_choice: Some(ToolChoice::Auto),
            ..SessionConfig::default()
        };
        let expected = json!({
            "type": "realtime",
            "model": "gpt-realtime-2.1",
            "output_modalities": ["audio"],
            "audio": {
                "input": {
                    "noise_reduction": { "type": "near_field" },
                    "transcription": { "model": "gpt-live-transcribe", "keywords": ["Pilbara"] },
                    "turn_detection": { "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 500, "create_response": true, "interrupt_response": true },
                },
                "output": { "voice": "coral" },
            },
            "tools": [{ "type": "function", "name": "decide", "description": "Call it when you decide.", "parameters": { "type": "object" } }],
            "tool_choice": "auto",
        });
        assert_eq!(serde_json::to_value(&session).expect("JSON"), expected);
        assert_eq!(serde_json::from_value::<SessionConfig>(expected).expect("a session"), session);
    }

    #[test]
    fn items_have_the_shape_of_the_reference() {
        assert_eq!(
            shape(&ClientEvent::direction("Grow impatient.")),
            json!({ "type": "conversation.item.create", "item": { "type": "message", "role": "system", "content": [{ "type": "input_text", "text": "Grow impatient." }] } })
        );
        assert_eq!(
            shape(&ClientEvent::function_output("call_1", "{}")),
            json!({ "type": "conversation.item.create", "item": { "type": "function_call_output", "call_id": "call_1", "output": "{}" } })
        );
    }

    #[test]
    fn a_name_for_errors_to_answer_is_sent_beside_the_event() {
        let named = ClientMessage { event_id: Some("ours_1".into()), event: ClientEvent::answer() };
        let value: Value = serde_json::from_str(&named.message()).expect("JSON");
        assert_eq!(value, json!({ "event_id": "ours_1", "type": "response.create" }));
        assert_eq!(serde_json::from_value::<ClientMessage>(value).expect("reads"), named);
    }
}
