//! The session of a call: what was asked for, what holds, and what is refused.

use std::time::Duration;

use serde_json::{Value, json};

use super::{fault::Fault, models, shapes::SESSION};

/// How turns are told apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Turns {
    /// From 0 to 1: what counts as voice.
    pub(super) threshold: f32,
    /// Sound kept from before the voice, in milliseconds.
    pub(super) prefix_ms: u64,
    /// Quiet that ends a turn, in milliseconds.
    pub(super) silence_ms: u64,
    /// A turn is answered by itself.
    pub(super) answers: bool,
    /// Voice stops the answer.
    pub(super) interrupts: bool,
    /// How long nobody may speak before the customer asks.
    pub(super) idle: Option<Duration>,
}

/// The session of a call.
#[derive(Debug, Clone)]
pub(super) struct Session {
    value: Value,
    /// True once the voice was heard: it stays.
    pub(super) spoke: bool,
}

impl Session {
    /// A session as it was asked for, the rest as the service has it.
    pub(super) fn new(id: &str, expires_at: u64, asked: Option<&Value>) -> Result<Self, Fault> {
        let mut session = Self { value: usual(id, expires_at), spoke: false };
        if let Some(asked) = asked {
            session.update(asked, "session")?;
        }
        Ok(session)
    }

    /// Changes what is named; everything is checked before anything is changed.
    pub(super) fn update(&mut self, asked: &Value, path: &str) -> Result<(), Fault> {
        SESSION.check(asked, path)?;
        let mut changed = self.value.clone();
        for (name, value) in asked.as_object().into_iter().flatten() {
            if name == "audio" {
                merge_sound(&mut changed, value);
            } else {
                set(&mut changed, name, value.clone());
            }
        }
        fill_turns(&mut changed);
        self.agree(&changed, asked, path)?;
        self.value = changed;
        Ok(())
    }

    /// Rules that go over more than one field.
    fn agree(&self, changed: &Value, asked: &Value, path: &str) -> Result<(), Fault> {
        let refuse = |field: &str, message: &str| Err(Fault::at("invalid_value", &format!("{path}.{field}"), message));
        if changed.get("output_modalities").and_then(Value::as_array).is_none_or(|kinds| kinds.len() != 1) {
            return refuse("output_modalities", "Either 'audio' or 'text', not both.");
        }
        let model = text(changed, "/model");
        if !models::reasons(model) {
            for field in ["reasoning", "parallel_tool_calls"] {
                if asked.get(field).is_some() {
                    return refuse(field, "Not supported by this model.");
                }
            }
        }
        let hearer = text(changed, "/audio/input/transcription/model");
        let has = |field: &str| changed.pointer(&format!("/audio/input/transcription/{field}")).is_some();
        let newer = matches!(hearer, "gpt-transcribe" | "gpt-live-transcribe");
        if has("language") && has("languages") || newer && has("language") {
            return refuse("audio.input.transcription.language", "This model takes 'languages'.");
        }
        for field in ["languages", "keywords"] {
            if has(field) && !newer {
                return refuse(&format!("audio.input.transcription.{field}"), "Not supported by this transcription model.");
            }
        }
        if has("prompt") && hearer == "gpt-realtime-whisper" || has("delay") && hearer != "gpt-realtime-whisper" {
            return refuse("audio.input.transcription", "A field is not supported by this transcription model.");
        }
        let voice = |value: &Value| value.pointer("/audio/output/voice").cloned();
        if self.spoke && voice(changed) != voice(&self.value) {
            let message = "Cannot update a conversation's voice if assistant audio is present.";
            return Err(Fault::at("cannot_update_voice", &format!("{path}.audio.output.voice"), message));
        }
        Ok(())
    }

    /// As it is sent.
    pub(super) fn json(&self) -> &Value {
        &self.value
    }

    /// The model.
    pub(super) fn model(&self) -> &str {
        text(&self.value, "/model")
    }

    /// The instructions.
    pub(super) fn instructions(&self) -> &str {
        text(&self.value, "/instructions")
    }

    /// The model that writes down what the rep says.
    pub(super) fn hearer(&self) -> Option<&str> {
        self.value.pointer("/audio/input/transcription")?.as_object()?;
        Some(text(&self.value, "/audio/input/transcription/model")).filter(|model| !model.is_empty()).or(Some("whisper-1"))
    }

    /// Names of the functions that may be called.
    pub(super) fn tools(&self) -> Vec<String> {
        tool_names(self.value.get("tools"))
    }

    /// True where it may call functions of its own accord.
    pub(super) fn may_call(&self) -> bool {
        self.value.get("tool_choice").and_then(Value::as_str) != Some("none")
    }

    /// True where answers are written, not spoken.
    pub(super) fn writes(&self) -> bool {
        text(&self.value, "/output_modalities/0") == "text"
    }

    /// How fast the voice speaks.
    pub(super) fn speed(&self) -> f64 {
        self.value.pointer("/audio/output/speed").and_then(Value::as_f64).unwrap_or(1.0)
    }

    /// How turns are told apart; `None` where the client says when one ends.
    pub(super) fn turns(&self) -> Option<Turns> {
        let turns = self.value.pointer("/audio/input/turn_detection").filter(|turns| turns.is_object())?;
        let number = |name: &str, usual: u64| turns.get(name).and_then(Value::as_u64).unwrap_or(usual);
        let flag = |name: &str| turns.get(name).and_then(Value::as_bool).unwrap_or(true);
        let meaning = text(turns, "/type") == "semantic_vad";
        // By meaning is beyond a script: how long it waits is what is left of it.
        let waits = match text(turns, "/eagerness") {
            "low" => 1200,
            "high" => 400,
            _ => 700,
        };
        #[expect(clippy::cast_possible_truncation, reason = "from 0 to 1")]
        let threshold = turns.get("threshold").and_then(Value::as_f64).unwrap_or(0.5) as f32;
        Some(Turns {
            threshold,
            prefix_ms: number("prefix_padding_ms", 300),
            silence_ms: if meaning { waits } else { number("silence_duration_ms", 500) },
            answers: flag("create_response"),
            interrupts: flag("interrupt_response"),
            idle: turns.get("idle_timeout_ms").and_then(Value::as_u64).map(Duration::from_millis),
        })
    }
}

/// Names of the functions in a list of tools.
pub(super) fn tool_names(tools: Option<&Value>) -> Vec<String> {
    let tools = tools.and_then(Value::as_array).into_iter().flatten();
    tools.filter_map(|tool| tool.get("name")?.as_str().map(str::to_owned)).collect()
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// Input and output each keep what is not named.
fn merge_sound(session: &mut Value, asked: &Value) {
    for side in ["input", "output"] {
        let Some(kept) = session.pointer_mut(&format!("/audio/{side}")) else { continue };
        for (name, value) in asked.get(side).and_then(Value::as_object).into_iter().flatten() {
            set(kept, name, value.clone());
        }
    }
}

/// What turn detection was not told, as the service has it.
fn fill_turns(session: &mut Value) {
    let Some(turns) = session.pointer_mut("/audio/input/turn_detection").and_then(Value::as_object_mut) else { return };
    let mut usual = vec![("create_response", json!(true)), ("interrupt_response", json!(true))];
    if turns.get("type").and_then(Value::as_str) == Some("semantic_vad") {
        usual.push(("eagerness", json!("auto")));
    } else {
        usual.extend([
            ("threshold", json!(0.5)),
            ("prefix_padding_ms", json!(300)),
            ("silence_duration_ms", json!(500)),
            ("idle_timeout_ms", Value::Null),
        ]);
    }
    for (name, value) in usual {
        turns.entry(name).or_insert(value);
    }
}

/// A session that nothing was asked of.
fn usual(id: &str, expires_at: u64) -> Value {
    json!({
        "type": "realtime",
        "object": "realtime.session",
        "id": id,
        "model": models::USUAL,
        "output_modalities": ["audio"],
        "instructions": "You are a customer in a shop. Stay in that role.",
        "tools": [],
        "tool_choice": "auto",
        "max_output_tokens": "inf",
        "tracing": null,
        "truncation": "auto",
        "prompt": null,
        "expires_at": expires_at,
        "audio": {
            "input": {
                "format": { "type": "audio/pcm", "rate": 24000 },
                "transcription": null,
                "noise_reduction": null,
                "turn_detection": {
                    "type": "server_vad",
                    "threshold": 0.5,
                    "prefix_padding_ms": 300,
                    "silence_duration_ms": 500,
                    "idle_timeout_ms": null,
                    "create_response": true,
                    "interrupt_response": true
                }
            },
            "output": { "format": { "type": "audio/pcm", "rate": 24000 }, "voice": "marin", "speed": 1.0 }
        },
        "include": null
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(asked: &Value) -> (&'static str, String) {
        let fault = Session::new("sess_1", 0, Some(asked)).unwrap_err();
        (fault.code, fault.param.unwrap_or_default())
    }

    #[test]
    fn what_is_not_known_is_refused_where_it_is() {
        let cases = [
            (json!({ "model": "gpt-realtime" }), "missing_required_parameter", "session.type"),
            (json!({ "type": "realtime", "voice": "coral" }), "unknown_parameter", "session.voice"),
            (json!({ "type": "realtime", "modalities": ["audio", "text"] }), "unknown_parameter", "session.modalities"),
            (json!({ "type": "realtime", "temperature": 0.8 }), "unknown_parameter", "session.temperature"),
            (json!({ "type": "realtime", "audio": { "input": { "format": "pcm16" } } }), "invalid_type", "session.audio.input.format"),
            (json!({ "type": "realtime", "output_modalities": ["audio", "text"] }), "invalid_value", "session.output_modalities"),
            (json!({ "type": "realtime", "audio": { "output": { "voice": "bob" } } }), "invalid_value", "session.audio.output.voice"),
            (json!({ "type": "realtime", "audio": { "output": { "speed": 3 } } }), "invalid_value", "session.audio.output.speed"),
            (
                json!({ "type": "realtime", "audio": { "input": { "turn_detection": { "type": "semantic_vad", "threshold": 0.5 } } } }),
                "unknown_parameter",
                "session.audio.input.turn_detection.threshold",
            ),
            (
                json!({ "type": "realtime", "audio": { "input": { "transcription": { "model": "gpt-live-transcribe", "language": "en" } } } }),
                "invalid_value",
                "session.audio.input.transcription.language",
            ),
            (
                json!({ "type": "realtime", "model": "gpt-realtime-1.5", "reasoning": { "effort": "low" } }),
                "invalid_value",
                "session.reasoning",
            ),
        ];
        for (asked, code, param) in cases {
            assert_eq!(refused(&asked), (code, param.to_owned()), "{asked}");
        }
    }

    #[test]
    fn an_update_changes_what_it_names_and_null_takes_turn_detection_away() {
        let mut session = Session::new("sess_1", 7, Some(&json!({ "type": "realtime", "instructions": "a" }))).unwrap();
        session.update(&json!({ "type": "realtime", "audio": { "input": { "turn_detection": null } } }), "session").unwrap();
        assert_eq!((session.instructions(), session.turns()), ("a", None));
        session
            .update(&json!({ "type": "realtime", "audio": { "input": { "turn_detection": { "type": "server_vad" } } } }), "session")
            .unwrap();
        assert_eq!(session.turns().map(|turns| turns.silence_ms), Some(500));
    }

    #[test]
    fn the_voice_stays_once_it_was_heard() {
        let mut session = Session::new("sess_1", 7, None).unwrap();
        let coral = json!({ "type": "realtime", "audio": { "output": { "voice": "coral" } } });
        session.update(&coral, "session").unwrap();
        session.spoke = true;
        session.update(&coral, "session").unwrap();
        let cedar = json!({ "type": "realtime", "audio": { "output": { "voice": "cedar" } } });
        assert_eq!(session.update(&cedar, "session").unwrap_err().code, "cannot_update_voice");
    }
}
