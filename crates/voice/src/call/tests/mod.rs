//! Calls, from their first offer to their last word.

use sellme_core::{
    Code, Error, Millis,
    session::Speaker,
    wire::{CallControl, CallEnd, CallStage, Link},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    data::{Choice, voice_data},
    events::SessionConfig,
};

/// When everything begins.
const BEGIN: i64 = 1_000_000;

mod ending;
mod limits;
mod link;
mod talk;
mod waiting;

/// A call with a clock and everything that it said.
struct Desk {
    call: Call,
    now: i64,
    said: Vec<Output>,
}

fn plan() -> Plan {
    Plan::new(voice_data().expect("data").session(&Choice::default()))
}

fn push_to_talk() -> Plan {
    Plan::new(voice_data().expect("data").session(&Choice { push_to_talk: true, ..Choice::default() }))
}

impl Desk {
    fn new(plan: Plan) -> Self {
        Self { call: Call::new(plan), now: BEGIN, said: Vec::new() }
    }

    /// One that is connected, whose opening came to nothing. What was said until then is forgotten.
    fn live(plan: Plan) -> Self {
        let mut desk = Self::new(plan);
        desk.connect();
        desk.event(&json!({ "type": "response.created", "response": { "id": "opening" } }));
        desk.event(&json!({ "type": "response.done", "response": { "id": "opening", "status": "completed" } }));
        desk.said.clear();
        desk
    }

    fn connect(&mut self) {
        for input in [Input::Open, Input::Answered, Input::LinkOpen] {
            self.input(input);
        }
    }

    fn input(&mut self, input: Input<'_>) -> Vec<Output> {
        let out = self.call.handle(Millis(self.now), input);
        self.said.extend(out.clone());
        out
    }

    fn event(&mut self, event: &Value) -> Vec<Output> {
        self.input(Input::Message(&event.to_string()))
    }

    /// Ticks for so long, four times a second.
    fn pass(&mut self, ms: i64) -> Vec<Output> {
        let until = self.now + ms;
        let mut out = Vec::new();
        while self.now < until {
            self.now = (self.now + 250).min(until);
            out.extend(self.input(Input::Tick));
        }
        out
    }

    fn control(&mut self, control: CallControl) -> Vec<Output> {
        self.input(Input::Control(control))
    }

    /// An answer that is made and played to its end.
    fn customer_says(&mut self, id: &str, words: &str) {
        self.event(&json!({ "type": "response.created", "response": { "id": id, "conversation_id": "c" } }));
        let item = format!("item_{id}");
        self.event(&json!({ "type": "response.output_item.added", "response_id": id, "item": { "id": item, "type": "message", "role": "assistant" } }));
        self.event(&json!({ "type": "conversation.item.added", "previous_item_id": null, "item": { "id": item, "type": "message", "role": "assistant", "status": "in_progress" } }));
        self.event(&json!({ "type": "output_audio_buffer.started", "response_id": id }));
        self.event(&json!({ "type": "response.output_audio_transcript.done", "response_id": id, "item_id": item, "transcript": words }));
        self.event(&json!({ "type": "response.done", "response": { "id": id, "status": "completed" } }));
        self.event(&json!({ "type": "output_audio_buffer.stopped", "response_id": id }));
    }

    fn rep_says(&mut self, item: &str, words: &str) {
        self.event(&json!({ "type": "input_audio_buffer.speech_started", "item_id": item }));
        self.event(&json!({ "type": "input_audio_buffer.speech_stopped", "item_id": item }));
        self.event(&json!({ "type": "input_audio_buffer.committed", "item_id": item, "previous_item_id": null }));
        self.event(&json!({ "type": "conversation.item.input_audio_transcription.completed", "item_id": item, "transcript": words }));
    }
}

/// Types of the events that were sent, in order.
fn sent(out: &[Output]) -> Vec<String> {
    let kind = |message: &String| serde_json::from_str::<Value>(message).expect("JSON")["type"].as_str().expect("a type").to_owned();
    out.iter().filter_map(|out| if let Output::Send(message) = out { Some(kind(message)) } else { None }).collect()
}

fn turns(out: &[Output]) -> Vec<&str> {
    out.iter().filter_map(|out| if let Output::Turn(turn) = out { Some(turn.text.as_str()) } else { None }).collect()
}

fn end(out: &[Output]) -> Option<(CallEnd, Option<Code>)> {
    out.iter().find_map(|out| match out {
        Output::Stage { stage: CallStage::Done, end: Some(end), error, .. } => Some((*end, error.as_ref().map(|error| error.code))),
        _ => None,
    })
}

fn connects(out: &[Output]) -> Vec<u32> {
    out.iter().filter_map(|out| if let Output::Connect { attempt } = out { Some(*attempt) } else { None }).collect()
}
