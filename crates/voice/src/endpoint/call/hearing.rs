//! The rep's side of a call: who speaks when, what is written down of it.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::Call;
use crate::{
    endpoint::{
        conversation::Item,
        ear::{Heard, Taken},
        fault::Fault,
        ids::fresh,
        session::Turns,
        usage,
    },
    peer::OpusPacket,
};

/// No sound for so long is silence: a client may stop sending where another sends quiet.
const GAP: Duration = Duration::from_millis(250);

/// A transcript that is being written.
pub(super) struct Transcript {
    item: String,
    /// `None` where it fails.
    text: Option<String>,
    sound_ms: u64,
    /// When its first piece comes.
    first: Instant,
    due: Instant,
    begun: bool,
}

impl Call {
    pub(super) fn hear(&mut self, packet: &OpusPacket) {
        self.heard_at = Instant::now();
        let turns = self.session.turns();
        let heard = self.ear.hear(packet, turns);
        self.noticed(&heard, turns);
    }

    /// Where nothing comes any more in the middle of a turn, the turn ends all the same.
    pub(super) fn hear_nothing(&mut self, now: Instant) {
        if !self.ear.speaking || now.saturating_duration_since(self.heard_at) < GAP {
            return;
        }
        let missing = now.saturating_duration_since(self.heard_at);
        self.heard_at = now;
        let turns = self.session.turns();
        let heard = self.ear.silence(u64::try_from(missing.as_millis()).unwrap_or(0), turns);
        self.noticed(&heard, turns);
    }

    fn noticed(&mut self, heard: &[Heard], turns: Option<Turns>) {
        let Some(turns) = turns.filter(|_| self.open) else { return };
        for heard in heard {
            match *heard {
                Heard::Started(at) => {
                    let item = fresh("item");
                    self.emit("input_audio_buffer.speech_started", json!({ "audio_start_ms": at, "item_id": item }));
                    self.speaking = Some(item);
                    self.quiet_since = None;
                    if turns.interrupts {
                        self.interrupt();
                    }
                }
                Heard::Stopped(at) => {
                    let item = self.speaking.take().unwrap_or_else(|| fresh("item"));
                    self.emit("input_audio_buffer.speech_stopped", json!({ "audio_end_ms": at, "item_id": item }));
                    if let Some(taken) = self.ear.take() {
                        self.commit(item, taken);
                        if turns.answers {
                            self.answer();
                        }
                    }
                }
            }
        }
    }

    /// The client says that the turn is over.
    pub(super) fn commit_now(&mut self) -> Result<(), Fault> {
        let empty = || Fault::new("input_audio_buffer_commit_empty", "Error committing input audio buffer: buffer too small.");
        let taken = self.ear.take().ok_or_else(empty)?;
        let item = self.speaking.take().unwrap_or_else(|| fresh("item"));
        self.commit(item, taken);
        Ok(())
    }

    /// A turn of the rep is over: it becomes an item, and is written down.
    fn commit(&mut self, id: String, taken: Taken) {
        let item = json!({
            "id": id, "object": "realtime.item", "type": "message", "status": "completed", "role": "user",
            "content": [{ "type": "input_audio", "transcript": null }]
        });
        let added = self.conversation.add(Item { id: id.clone(), value: item.clone(), sound_ms: taken.ms, words: Vec::new() }, None);
        let before = added.unwrap_or(None);
        self.emit("input_audio_buffer.committed", json!({ "item_id": id, "previous_item_id": before }));
        self.emit("conversation.item.added", json!({ "item": item, "previous_item_id": before }));
        self.emit("conversation.item.done", json!({ "item": item, "previous_item_id": before }));
        let text = self.recognise(taken);
        self.brain.hear(text.clone().filter(|text| !text.is_empty()));
        if self.session.hearer().is_some() {
            let now = Instant::now();
            let (first, due) = (now + self.pace.recognise / 2, now + self.pace.recognise);
            self.transcripts.push(Transcript { item: id, text, sound_ms: taken.ms, first, due, begun: false });
        }
    }

    /// What the recogniser makes of it: the next line of its script. Nothing where nobody spoke, and `None` where it fails.
    fn recognise(&mut self, taken: Taken) -> Option<String> {
        if !taken.voiced {
            return Some(String::new());
        }
        let line = self.script.get(self.line).cloned();
        if self.knobs.transcription_fails() {
            return None;
        }
        self.line += 1;
        line
    }

    /// The rep's words came in writing, from an earlier call: its recogniser had heard them.
    pub(super) fn skip_line(&mut self, words: &str) {
        if self.script.get(self.line).is_some_and(|line| line == words) {
            self.line += 1;
        }
    }

    /// Sends the transcripts that are due.
    pub(super) fn write_down(&mut self, now: Instant) {
        let mut kept = Vec::new();
        for mut transcript in std::mem::take(&mut self.transcripts) {
            if now >= transcript.first && !std::mem::replace(&mut transcript.begun, now >= transcript.first) {
                self.begin_transcript(&transcript);
            }
            if now >= transcript.due { self.end_transcript(&transcript) } else { kept.push(transcript) }
        }
        self.transcripts = kept;
    }

    fn begin_transcript(&mut self, transcript: &Transcript) {
        let Some(text) = &transcript.text else { return };
        let (first, _) = halves(text);
        if !first.is_empty() {
            let delta = json!({ "item_id": transcript.item, "content_index": 0, "delta": first });
            self.emit("conversation.item.input_audio_transcription.delta", delta);
        }
    }

    fn end_transcript(&mut self, transcript: &Transcript) {
        let place = json!({ "item_id": transcript.item, "content_index": 0 });
        let with = |mut event: Value, name: &str, value: Value| {
            event[name] = value;
            event
        };
        let Some(text) = &transcript.text else {
            let error = json!({ "type": "transcription_error", "code": "audio_unintelligible", "message": "The audio could not be transcribed.", "param": null });
            self.emit("conversation.item.input_audio_transcription.failed", with(place, "error", error));
            return;
        };
        let (_, second) = halves(text);
        if !second.is_empty() {
            self.emit("conversation.item.input_audio_transcription.delta", with(place.clone(), "delta", json!(second)));
        }
        if let Some(content) = self.conversation.find_mut(&transcript.item).and_then(|item| item.value.pointer_mut("/content/0")) {
            content["transcript"] = json!(text);
        }
        let model = self.session.hearer().unwrap_or_default();
        let usage = usage::transcription(model, text, transcript.sound_ms);
        let done = with(with(place, "transcript", json!(text)), "usage", usage);
        self.emit("conversation.item.input_audio_transcription.completed", done);
    }

    /// Nobody has said anything for as long as the session waits: the silence is a turn.
    pub(super) fn grow_impatient(&mut self, now: Instant) {
        let idle = self.session.turns().and_then(|turns| turns.idle);
        let (Some(idle), Some(since)) = (idle, self.quiet_since) else { return };
        if now.saturating_duration_since(since) < idle || self.speaking.is_some() || self.is_responding() {
            return;
        }
        self.quiet_since = None;
        let item = fresh("item");
        let from = self.ear.heard_ms.saturating_sub(u64::try_from(idle.as_millis()).unwrap_or(0));
        let event = json!({ "audio_start_ms": from, "audio_end_ms": self.ear.heard_ms, "item_id": item });
        self.emit("input_audio_buffer.timeout_triggered", event);
        if let Some(taken) = self.ear.take() {
            self.commit(item, Taken { voiced: false, ..taken });
            self.answer();
        }
    }
}

/// A text in two pieces, cut between words.
fn halves(text: &str) -> (&str, &str) {
    let middle = text.char_indices().map(|(at, _)| at).find(|at| *at >= text.len() / 2).unwrap_or(0);
    let cut = text.get(middle..).and_then(|rest| rest.find(' ')).map_or(text.len(), |space| middle + space + 1);
    text.split_at(cut)
}
