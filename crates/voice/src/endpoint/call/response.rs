//! Responses: made faster than they are spoken, but not at once.

use std::time::Duration;

use sellme_core::session::Signal;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::Call;
use crate::endpoint::{
    conversation::Item,
    fault::Fault,
    ids::fresh,
    session::tool_names,
    voice::{Speech, Word},
};

/// How long a written word takes to be made, in milliseconds of speech.
const WRITTEN_WORD: u64 = 60;

/// Why a response ended early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The rep spoke.
    TurnDetected,
    /// The client cancelled it.
    ClientCancelled,
}

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Completed,
    Cancelled(Why),
    Failed,
}

/// A response that is being made.
pub(super) struct Response {
    id: String,
    /// False where it stays out of the conversation.
    in_band: bool,
    metadata: Value,
    /// True where it is written, not spoken.
    writes: bool,
    item: String,
    /// What it says; `None` where there is nothing to say.
    text: Option<String>,
    /// Functions that it calls: name and arguments.
    calls: Vec<(String, Value)>,
    speech: Option<Speech>,
    thinks_until: Instant,
    began: Option<Instant>,
    next_word: usize,
    output: Vec<Value>,
    fails: bool,
}

impl Response {
    /// The words so far.
    fn said(&self) -> String {
        let words = self.speech.iter().flat_map(|speech| &speech.words).take(self.next_word);
        words.map(|word| word.text.as_str()).collect()
    }

    /// Its first part, as it is sent.
    fn part(&self, text: &str) -> Value {
        if self.writes { json!({ "type": "output_text", "text": text }) } else { json!({ "type": "output_audio", "transcript": text }) }
    }

    fn message(&self, status: &str, content: &[Value]) -> Value {
        json!({ "id": self.item, "object": "realtime.item", "type": "message", "status": status, "role": "assistant", "content": content })
    }

    /// Its place in an event.
    fn place(&self) -> Value {
        json!({ "response_id": self.id, "item_id": self.item, "output_index": 0, "content_index": 0 })
    }
}

impl Call {
    /// True while the customer makes an answer in the conversation.
    pub(super) fn is_responding(&self) -> bool {
        self.responses.iter().any(|response| response.in_band)
    }

    /// Answers the turn that has just ended, or as soon as the answer before it is made.
    pub(super) fn answer(&mut self) {
        if self.is_responding() {
            self.unanswered = true;
        } else {
            self.begin_response(&Value::Null);
        }
    }

    /// The client asks for a response.
    pub(super) fn create_response(&mut self, asked: &Value) -> Result<(), Fault> {
        if asked["conversation"] != "none" && self.is_responding() {
            let message = "Conversation already has an active response. Wait until it is finished before creating a new one.";
            return Err(Fault::new("conversation_already_has_active_response", message));
        }
        self.begin_response(asked);
        Ok(())
    }

    fn begin_response(&mut self, asked: &Value) {
        let in_band = asked["conversation"] != "none";
        let forced = asked.pointer("/tool_choice/name").and_then(Value::as_str).map(str::to_owned);
        let (text, calls) = if in_band { self.reply(asked) } else { self.aside(forced) };
        let written = asked["output_modalities"][0].as_str().map_or(self.session.writes(), |kind| kind == "text");
        let response = Response {
            id: fresh("resp"),
            in_band,
            metadata: asked["metadata"].clone(),
            writes: written || !in_band,
            item: fresh("item"),
            text,
            calls,
            speech: None,
            thinks_until: Instant::now() + self.pace.think,
            began: None,
            next_word: 0,
            output: Vec::new(),
            fails: self.knobs.response_fails(),
        };
        let created = self.response_json(&response, "in_progress", &Value::Null, &Value::Null);
        self.emit("response.created", json!({ "response": created }));
        let limit =
            |name: &str, limit: u64, remaining: u64| json!({ "name": name, "limit": limit, "remaining": remaining, "reset_seconds": 60.0 });
        let limits = json!([limit("requests", 1000, 999), limit("tokens", 40_000, 39_000)]);
        self.emit("rate_limits.updated", json!({ "rate_limits": limits }));
        self.prepare(response);
    }

    /// What the customer answers in the conversation, and which functions it calls with that.
    fn reply(&mut self, asked: &Value) -> (Option<String>, Vec<(String, Value)>) {
        // The outcome of a function is nothing to talk about.
        let told = self.conversation.last().is_some_and(|item| item.value["type"] == "function_call_output");
        if told {
            return (None, Vec::new());
        }
        let reply = self.brain.answer();
        let tools = if asked["tools"].is_array() { tool_names(asked.get("tools")) } else { self.session.tools() };
        let may_call = asked["tool_choice"].as_str().map_or(self.session.may_call(), |choice| choice != "none");
        let calls = reply.signals.iter().filter_map(called).filter(|(name, _)| may_call && tools.contains(name));
        (Some(reply.text), calls.collect())
    }

    /// What is answered beside the conversation.
    fn aside(&self, forced: Option<String>) -> (Option<String>, Vec<(String, Value)>) {
        let summary = self.brain.sum_up();
        match forced {
            Some(name) => (None, vec![(name, json!({ "text": summary }))]),
            None => (Some(summary), Vec::new()),
        }
    }

    /// Has it spoken, on a thread where that may take its time.
    fn prepare(&mut self, mut response: Response) {
        if let Some(text) = response.text.clone() {
            if response.writes {
                response.speech = Some(written(&text));
            } else {
                let (voice, speed, spoken, id) = (self.voice.clone(), self.session.speed(), self.spoken.clone(), response.id.clone());
                tokio::task::spawn_blocking(move || {
                    let _gone = spoken.blocking_send((id, voice.speak(&text, speed)));
                });
            }
        }
        self.responses.push(response);
    }

    /// Its sound is there.
    pub(super) fn voiced(&mut self, id: &str, speech: Speech) {
        if let Some(response) = self.responses.iter_mut().find(|response| response.id == id) {
            response.speech = Some(speech);
        }
    }

    /// Makes of every response what is due by now.
    pub(super) fn respond(&mut self, now: Instant) {
        for mut response in std::mem::take(&mut self.responses) {
            match self.advance(&mut response, now) {
                Some(end) => self.finish(response, end),
                None => self.responses.push(response),
            }
        }
        if self.unanswered && !self.is_responding() {
            self.unanswered = false;
            self.begin_response(&Value::Null);
        }
    }

    /// Makes what is due of one. Gives back how it ended, once it did.
    fn advance(&mut self, response: &mut Response, now: Instant) -> Option<End> {
        if now < response.thinks_until {
            return None;
        }
        if response.fails {
            return Some(End::Failed);
        }
        if response.text.is_none() {
            return Some(End::Completed);
        }
        let began = match (response.began, &response.speech) {
            (Some(began), _) => began,
            (None, None) => return None,
            (None, Some(_)) => {
                response.began = Some(now);
                self.begin_item(response);
                now
            }
        };
        let made = now.saturating_duration_since(began).mul_f64(self.pace.making);
        let made = if response.writes { made } else { made.min(Duration::from_millis(self.mouth.sent_ms(&response.id)) + self.pace.lead) };
        // The first word comes with the first sound.
        let made_ms = u64::try_from(made.as_millis()).unwrap_or(u64::MAX).max(20);
        self.mouth.made(&response.id, made_ms);
        self.play(now);
        self.make_words(response, made_ms);
        let speech = response.speech.as_ref()?;
        (made_ms >= speech.length_ms() && response.next_word >= speech.words.len()).then_some(End::Completed)
    }

    fn begin_item(&mut self, response: &mut Response) {
        let item = response.message("in_progress", &[]);
        self.emit("response.output_item.added", json!({ "response_id": response.id, "output_index": 0, "item": item }));
        if response.in_band {
            let speech = response.speech.clone().unwrap_or_default();
            let kept = Item { id: response.item.clone(), value: item.clone(), sound_ms: speech.length_ms(), words: speech.words.clone() };
            let before = self.conversation.add(kept, None).unwrap_or(None);
            self.emit("conversation.item.added", json!({ "item": item, "previous_item_id": before }));
            if !response.writes {
                self.mouth.say(&response.id, &response.item, speech.sound);
            }
        }
        let mut added = response.place();
        added["part"] = response.part("");
        self.emit("response.content_part.added", added);
    }

    fn make_words(&mut self, response: &mut Response, made_ms: u64) {
        let kind = if response.writes { "response.output_text.delta" } else { "response.output_audio_transcript.delta" };
        let words = response.speech.as_ref().map(|speech| speech.words.clone()).unwrap_or_default();
        while let Some(word) = words.get(response.next_word).filter(|word| word.at_ms <= made_ms) {
            response.next_word += 1;
            let mut delta = response.place();
            delta["delta"] = json!(word.text);
            self.emit(kind, delta);
        }
    }

    /// Ends the answer in the conversation before its time. False where there was none.
    pub(super) fn stop_responding(&mut self, why: Why) -> bool {
        self.stop(why, |response| response.in_band)
    }

    /// Ends one by its id. False where there was none.
    pub(super) fn cancel(&mut self, id: &str) -> bool {
        self.stop(Why::ClientCancelled, |response| response.id == id)
    }

    fn stop(&mut self, why: Why, wanted: impl Fn(&Response) -> bool) -> bool {
        let found = self.responses.iter().position(wanted);
        let Some(response) = found.map(|at| self.responses.remove(at)) else { return false };
        self.finish(response, End::Cancelled(why));
        true
    }

    fn finish(&mut self, mut response: Response, end: End) {
        let said = response.said();
        let mut sound_ms = 0;
        if response.began.is_some() {
            sound_ms = if response.writes { 0 } else { self.made_ms(&response) };
            self.end_item(&mut response, end, &said, sound_ms);
        }
        if end == End::Completed {
            for (name, arguments) in std::mem::take(&mut response.calls) {
                self.call_function(&mut response, &name, &arguments);
            }
        }
        self.mouth.complete(&response.id);
        let usage = self.meter.response(&self.conversation, self.session.instructions(), &said, sound_ms);
        let (status, details) = match end {
            End::Completed => ("completed", Value::Null),
            End::Cancelled(Why::TurnDetected) => ("cancelled", json!({ "type": "cancelled", "reason": "turn_detected" })),
            End::Cancelled(Why::ClientCancelled) => ("cancelled", json!({ "type": "cancelled", "reason": "client_cancelled" })),
            End::Failed => {
                let error = json!({ "type": "server_error", "code": "inference_rate_limit_exceeded", "message": "Try again." });
                ("failed", json!({ "type": "failed", "error": error }))
            }
        };
        let done = self.response_json(&response, status, &details, &usage);
        self.emit("response.done", json!({ "response": done }));
    }

    /// How much of its sound was made, in milliseconds.
    fn made_ms(&self, response: &Response) -> u64 {
        let made = response.began.map_or(Duration::ZERO, |began| began.elapsed()).mul_f64(self.pace.making);
        let sent = Duration::from_millis(self.mouth.sent_ms(&response.id));
        let whole = response.speech.as_ref().map_or(0, Speech::length_ms);
        u64::try_from(made.min(sent + self.pace.lead).max(sent).as_millis()).unwrap_or(u64::MAX).min(whole)
    }

    fn end_item(&mut self, response: &mut Response, end: End, said: &str, sound_ms: u64) {
        let status = if end == End::Completed { "completed" } else { "incomplete" };
        let with = |mut event: Value, name: &str, value: Value| {
            event[name] = value;
            event
        };
        if response.writes {
            self.emit("response.output_text.done", with(response.place(), "text", json!(said)));
        } else {
            self.emit("response.output_audio.done", response.place());
            self.emit("response.output_audio_transcript.done", with(response.place(), "transcript", json!(said)));
        }
        self.emit("response.content_part.done", with(response.place(), "part", response.part(said)));
        let item = response.message(status, &[response.part(said)]);
        if response.in_band {
            if let Some(kept) = self.conversation.find_mut(&response.item) {
                kept.value = item.clone();
                kept.words.truncate(response.next_word);
                kept.sound_ms = if response.writes { 0 } else { sound_ms };
            }
            let before = self.conversation.before(&response.item).map(str::to_owned);
            self.emit("conversation.item.done", json!({ "item": item, "previous_item_id": before }));
        }
        self.emit("response.output_item.done", json!({ "response_id": response.id, "output_index": 0, "item": item }));
        response.output.push(item);
    }

    fn call_function(&mut self, response: &mut Response, name: &str, arguments: &Value) {
        let (id, call, index) = (fresh("item"), fresh("call"), response.output.len());
        let arguments = arguments.to_string();
        let item = |status: &str, arguments: &str| {
            json!({
                "id": id, "object": "realtime.item", "type": "function_call", "status": status,
                "name": name, "call_id": call, "arguments": arguments
            })
        };
        let added = item("in_progress", "");
        self.emit("response.output_item.added", json!({ "response_id": response.id, "output_index": index, "item": added }));
        let done = item("completed", &arguments);
        let mut before = None;
        if response.in_band {
            let kept = Item { id: id.clone(), value: done.clone(), sound_ms: 0, words: Vec::new() };
            before = self.conversation.add(kept, None).unwrap_or(None);
            self.emit("conversation.item.added", json!({ "item": added, "previous_item_id": before }));
        }
        let place = json!({ "response_id": response.id, "item_id": id, "output_index": index, "call_id": call });
        let mut delta = place.clone();
        delta["delta"] = json!(arguments);
        self.emit("response.function_call_arguments.delta", delta);
        let mut whole = place;
        whole["name"] = json!(name);
        whole["arguments"] = json!(arguments);
        self.emit("response.function_call_arguments.done", whole);
        if response.in_band {
            self.emit("conversation.item.done", json!({ "item": done, "previous_item_id": before }));
        }
        self.emit("response.output_item.done", json!({ "response_id": response.id, "output_index": index, "item": done }));
        response.output.push(done);
    }

    fn response_json(&self, response: &Response, status: &str, details: &Value, usage: &Value) -> Value {
        let session = self.session.json();
        json!({
            "id": response.id,
            "object": "realtime.response",
            "status": status,
            "status_details": details,
            "output": response.output,
            "conversation_id": if response.in_band { json!("conv_default") } else { Value::Null },
            "output_modalities": [if response.writes { "text" } else { "audio" }],
            "max_output_tokens": session["max_output_tokens"],
            "audio": { "output": { "format": session["audio"]["output"]["format"], "voice": session["audio"]["output"]["voice"] } },
            "metadata": response.metadata,
            "usage": usage
        })
    }
}

/// A written answer: as words that take their time.
fn written(text: &str) -> Speech {
    let words = text.split_inclusive(' ').zip((0u64..).map(|at| at * WRITTEN_WORD));
    Speech { sound: Vec::new(), words: words.map(|(word, at_ms)| Word { at_ms, text: word.to_owned() }).collect() }
}

/// The function call that says what the customer did.
fn called(signal: &Signal) -> Option<(String, Value)> {
    let mut arguments = serde_json::to_value(signal).ok()?;
    let name = arguments.as_object_mut()?.remove("kind")?.as_str()?.to_owned();
    Some((name, arguments))
}
