//! What the service says.

use serde_json::Value;

use super::{
    fault::Fault,
    item::{Content, Item, Previous},
    read::{self, Object},
    response::Response,
    session::SessionFacts,
    usage::TranscriptionUsage,
};

/// A message that is no event: not JSON, not an object, or without a type. It is not quoted, since somebody's words may be in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// It is not JSON.
    #[error("not JSON (line {line}, column {column})")]
    NotJson {
        /// Where reading ended.
        line: usize,
        /// Where reading ended.
        column: usize,
    },
    /// It is JSON and no event.
    #[error("not an object with a type")]
    NotAnEvent,
}

/// Where in a response something belongs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The response; empty where it was not said.
    pub response_id: String,
    /// The item; empty where it was not said.
    pub item_id: String,
    /// Which item of the response.
    pub output_index: u32,
    /// Which part of the item.
    pub content_index: u32,
}

/// One event of the service.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerEvent {
    /// The session is there.
    SessionCreated(SessionFacts),
    /// The session was changed.
    SessionUpdated(SessionFacts),
    /// The conversation is there.
    ConversationCreated {
        /// Its id.
        id: Option<String>,
    },
    /// An item is in the conversation.
    ItemAdded {
        /// The item.
        item: Item,
        /// Where.
        previous: Previous,
    },
    /// An item is whole.
    ItemDone {
        /// The item.
        item: Item,
        /// Where.
        previous: Previous,
    },
    /// An item was taken out.
    ItemDeleted {
        /// Which.
        item_id: String,
    },
    /// What was not heard of an item was cut off.
    ItemTruncated {
        /// Which.
        item_id: String,
        /// How much was heard, in milliseconds.
        audio_end_ms: Option<i64>,
    },
    /// More words of the person.
    TranscriptionDelta {
        /// Which item.
        item_id: String,
        /// Which part.
        content_index: u32,
        /// The words.
        delta: String,
        /// Id of the event, by which one that comes twice is known; empty where it has none.
        event_id: String,
    },
    /// All words of the person.
    TranscriptionCompleted {
        /// Which item.
        item_id: String,
        /// Which part.
        content_index: u32,
        /// The words; empty where there were none.
        transcript: String,
        /// What it used.
        usage: Option<TranscriptionUsage>,
    },
    /// The person's words could not be written down.
    TranscriptionFailed {
        /// Which item.
        item_id: String,
        /// Which part.
        content_index: u32,
        /// Why.
        fault: Fault,
    },
    /// The person begins to speak.
    SpeechStarted {
        /// Item to come; empty where it was not said.
        item_id: String,
        /// When, in milliseconds of the session's sound.
        audio_start_ms: Option<i64>,
    },
    /// The person has stopped.
    SpeechStopped {
        /// Item to come; empty where it was not said.
        item_id: String,
        /// When, in milliseconds of the session's sound.
        audio_end_ms: Option<i64>,
    },
    /// What was heard becomes an item.
    Committed {
        /// Which.
        item_id: String,
        /// Where.
        previous: Previous,
    },
    /// What was heard was thrown away.
    InputCleared,
    /// Nobody spoke for so long that the service took silence for a turn.
    TimedOut {
        /// The item made of silence.
        item_id: String,
    },
    /// The model's sound begins.
    OutputStarted {
        /// Of which response; empty where it was not said.
        response_id: String,
    },
    /// The model's sound was played to its end.
    OutputStopped {
        /// Of which response; empty where it was not said.
        response_id: String,
    },
    /// The model's sound was cut off.
    OutputCleared {
        /// Of which response; empty where it was not said.
        response_id: String,
    },
    /// A response is being made.
    ResponseCreated(Response),
    /// A response has another item.
    OutputItemAdded {
        /// Of which response.
        response_id: String,
        /// The item.
        item: Item,
    },
    /// An item of a response is whole, or broken off.
    OutputItemDone {
        /// Of which response.
        response_id: String,
        /// The item.
        item: Item,
    },
    /// An item has another part.
    PartAdded {
        /// Where.
        place: Place,
    },
    /// A part of an item is whole.
    PartDone {
        /// Where.
        place: Place,
        /// The part.
        part: Option<Content>,
    },
    /// More words of the model, spoken or written.
    WordsDelta {
        /// Where.
        place: Place,
        /// The words.
        delta: String,
        /// True where they are spoken.
        spoken: bool,
        /// Id of the event, by which one that comes twice is known; empty where it has none.
        event_id: String,
    },
    /// All words of the model, spoken or written.
    WordsDone {
        /// Where.
        place: Place,
        /// The words.
        words: String,
        /// True where they are spoken.
        spoken: bool,
    },
    /// More sound of the model, on a transport that carries it so; the sound itself is not kept.
    Sound {
        /// Where.
        place: Place,
    },
    /// All arguments of a call, perhaps of one that was broken off.
    ArgumentsDone {
        /// Where.
        place: Place,
        /// Id of the call.
        call_id: String,
        /// Name of the function, where it was said.
        name: Option<String>,
        /// JSON as text.
        arguments: String,
    },
    /// A response is over, whichever way.
    ResponseDone(Response),
    /// What may still be asked in this minute; nothing here acts on it.
    RateLimits,
    /// Something was wrong; most are harmless.
    Error(Fault),
    /// An event that is not known here, or that lacks what makes it useful.
    Unknown {
        /// Its type.
        kind: String,
        /// All of it.
        raw: Value,
    },
}

impl ServerEvent {
    /// Reads one message of the data channel.
    ///
    /// # Errors
    /// [`Malformed`] where it is no event at all. An event that is not known is [`ServerEvent::Unknown`]; a field that is not known, or is not what it should be, is
    /// left out.
    pub fn parse(message: &str) -> Result<Self, Malformed> {
        let value: Value =
            serde_json::from_str(message).map_err(|error| Malformed::NotJson { line: error.line(), column: error.column() })?;
        let Value::Object(mut object) = value else { return Err(Malformed::NotAnEvent) };
        let Some(Value::String(kind)) = object.get("type") else { return Err(Malformed::NotAnEvent) };
        let kind = kind.clone();
        Ok(match known(&kind, &mut object) {
            Some(event) => event,
            None => Self::Unknown { kind, raw: Value::Object(object) },
        })
    }
}

/// The event of this type, where it is known and has what it needs. What is taken out of the object is gone, so everything that may fail comes first.
fn known(kind: &str, o: &mut Object) -> Option<ServerEvent> {
    use ServerEvent as E;
    let has = |o: &Object, key: &str| o.get(key).is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty()));
    Some(match kind {
        "session.created" => E::SessionCreated(SessionFacts::take(o)),
        "session.updated" => E::SessionUpdated(SessionFacts::take(o)),
        "conversation.created" => E::ConversationCreated { id: read::object(o, "conversation").and_then(|mut o| read::text(&mut o, "id")) },
        "conversation.item.added" | "conversation.item.created" => {
            let previous = Previous::take(o);
            E::ItemAdded { item: Item::take(o, "item")?, previous }
        }
        "conversation.item.done" => {
            let previous = Previous::take(o);
            E::ItemDone { item: Item::take(o, "item")?, previous }
        }
        "conversation.item.deleted" if has(o, "item_id") => E::ItemDeleted { item_id: id(o, "item_id") },
        "conversation.item.truncated" if has(o, "item_id") => {
            E::ItemTruncated { item_id: id(o, "item_id"), audio_end_ms: read::millis(o, "audio_end_ms") }
        }
        "conversation.item.input_audio_transcription.delta" if has(o, "item_id") => E::TranscriptionDelta {
            item_id: id(o, "item_id"),
            content_index: read::index(o, "content_index"),
            delta: id(o, "delta"),
            event_id: id(o, "event_id"),
        },
        "conversation.item.input_audio_transcription.completed" if has(o, "item_id") => E::TranscriptionCompleted {
            item_id: id(o, "item_id"),
            content_index: read::index(o, "content_index"),
            transcript: id(o, "transcript"),
            usage: TranscriptionUsage::take(o),
        },
        "conversation.item.input_audio_transcription.failed" if has(o, "item_id") => E::TranscriptionFailed {
            item_id: id(o, "item_id"),
            content_index: read::index(o, "content_index"),
            fault: Fault::take(o, "error").unwrap_or_default(),
        },
        "input_audio_buffer.speech_started" => {
            E::SpeechStarted { item_id: id(o, "item_id"), audio_start_ms: read::millis(o, "audio_start_ms") }
        }
        "input_audio_buffer.speech_stopped" => {
            E::SpeechStopped { item_id: id(o, "item_id"), audio_end_ms: read::millis(o, "audio_end_ms") }
        }
        "input_audio_buffer.committed" if has(o, "item_id") => E::Committed { item_id: id(o, "item_id"), previous: Previous::take(o) },
        "input_audio_buffer.cleared" => E::InputCleared,
        "input_audio_buffer.timeout_triggered" => E::TimedOut { item_id: id(o, "item_id") },
        "output_audio_buffer.started" => E::OutputStarted { response_id: id(o, "response_id") },
        "output_audio_buffer.stopped" => E::OutputStopped { response_id: id(o, "response_id") },
        "output_audio_buffer.cleared" => E::OutputCleared { response_id: id(o, "response_id") },
        "response.created" => E::ResponseCreated(Response::take(o, "response")?),
        "response.done" => E::ResponseDone(Response::take(o, "response")?),
        "response.output_item.added" => E::OutputItemAdded { item: Item::take(o, "item")?, response_id: id(o, "response_id") },
        "response.output_item.done" => E::OutputItemDone { item: Item::take(o, "item")?, response_id: id(o, "response_id") },
        "response.content_part.added" => E::PartAdded { place: place(o) },
        "response.content_part.done" => E::PartDone { part: Content::take(o, "part"), place: place(o) },
        "response.output_audio_transcript.delta" | "response.audio_transcript.delta" => {
            E::WordsDelta { delta: id(o, "delta"), place: place(o), spoken: true, event_id: id(o, "event_id") }
        }
        "response.output_audio_transcript.done" | "response.audio_transcript.done" => {
            E::WordsDone { words: id(o, "transcript"), place: place(o), spoken: true }
        }
        "response.output_text.delta" | "response.text.delta" => {
            E::WordsDelta { delta: id(o, "delta"), place: place(o), spoken: false, event_id: id(o, "event_id") }
        }
        "response.output_text.done" | "response.text.done" => E::WordsDone { words: id(o, "text"), place: place(o), spoken: false },
        "response.output_audio.delta" | "response.output_audio.done" | "response.audio.delta" | "response.audio.done" => {
            E::Sound { place: place(o) }
        }
        "response.function_call_arguments.done" => E::ArgumentsDone {
            call_id: id(o, "call_id"),
            name: read::first_text(o, &["name"]),
            arguments: id(o, "arguments"),
            place: place(o),
        },
        "rate_limits.updated" => E::RateLimits,
        // Some put it at the top.
        "error" => E::Error(Fault::take(o, "error").unwrap_or_else(|| Fault::from_object(std::mem::take(o)))),
        _ => return None,
    })
}

/// A text that is empty where it is missing.
fn id(object: &mut Object, key: &str) -> String {
    read::text(object, key).unwrap_or_default()
}

fn place(o: &mut Object) -> Place {
    Place {
        response_id: id(o, "response_id"),
        item_id: id(o, "item_id"),
        output_index: read::index(o, "output_index"),
        content_index: read::index(o, "content_index"),
    }
}

#[cfg(test)]
mod tests;
