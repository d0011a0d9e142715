//! What a conversation tells whoever holds it.

use sellme_core::{Code, Millis, session::Speaker};
use serde_json::Value;

use crate::usage::Used;

/// One thing that was said, finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Who said it.
    pub speaker: Speaker,
    /// The words that were heard; `…` where they could not be written down.
    pub text: String,
    /// When speech began, on the clock that was passed in.
    pub started: Option<Millis>,
    /// When speech ended.
    pub ended: Option<Millis>,
    /// True where the other side cut in before it was finished.
    pub interrupted: bool,
    /// The service's id of it.
    pub item_id: String,
}

/// How an answer of the model ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Something was said.
    Spoke,
    /// It called functions and said nothing.
    OnlyCalls,
    /// It is empty.
    Nothing,
    /// Somebody cut in, or it was asked to stop.
    Cancelled,
    /// The service has too much to do just now; it may be asked again.
    Busy,
    /// The service could not; it may be asked again.
    Failed,
}

/// What an event or the passing of time changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A turn is finished. They come in order, each once.
    Turn(Spoken),
    /// The words so far of a turn that is not finished.
    Caption {
        /// Whose.
        speaker: Speaker,
        /// All of them.
        text: String,
    },
    /// Who speaks now.
    Speaking(Option<Speaker>),
    /// The model calls a function; each call comes once.
    Call {
        /// Its id, by which it is answered.
        call_id: String,
        /// The function.
        name: String,
        /// Its arguments.
        arguments: Value,
    },
    /// The model called a function with something that is not JSON, or without a name.
    BadCall {
        /// Its id, by which it is answered; empty where it has none.
        call_id: String,
        /// The function.
        name: String,
    },
    /// The model's sound began.
    Answered {
        /// Since the rep stopped speaking.
        latency: Millis,
    },
    /// An answer of the conversation is being made.
    AnswerBegan,
    /// An answer of the conversation is over at the service; its sound may still be played.
    AnswerEnded(Outcome),
    /// An answer or a transcript used this much.
    Usage(Used),
    /// The rep said something that was no words; no turn comes of it.
    Unclear,
    /// The session will be over at this time.
    Expires(Millis),
    /// The service says what ends the call, or ([`Code::TranscriptionChanged`]) that it cannot write down the rep's words as it was asked to.
    Failed(Code),
    /// What was asked for came too early: an answer is being made already.
    AskedTooEarly,
}
