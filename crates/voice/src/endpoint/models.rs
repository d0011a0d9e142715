//! The models that the endpoint says it has.

use serde_json::{Value, json};

use super::knobs::Knobs;

/// A model: its name, the day the service ends it, and whether it is one to talk with.
struct Model {
    id: &'static str,
    ends: Option<&'static str>,
    talks: bool,
}

const MODELS: &[Model] = &[
    Model { id: "gpt-realtime-2.1", ends: None, talks: true },
    Model { id: "gpt-realtime-2.1-mini", ends: None, talks: true },
    Model { id: "gpt-realtime-2", ends: None, talks: true },
    Model { id: "gpt-realtime-1.5", ends: None, talks: true },
    Model { id: "gpt-realtime", ends: Some("2027-01-20"), talks: true },
    Model { id: "gpt-realtime-mini", ends: Some("2027-01-20"), talks: true },
    Model { id: "gpt-live-transcribe", ends: None, talks: false },
    Model { id: "gpt-transcribe", ends: None, talks: false },
    Model { id: "gpt-4o-mini-transcribe", ends: Some("2027-02-26"), talks: false },
    Model { id: "whisper-1", ends: Some("2027-02-26"), talks: false },
    Model { id: "gpt-6-luna", ends: None, talks: false },
];

/// What is spoken with where a session names no model.
pub(super) const USUAL: &str = "gpt-realtime-2.1";

/// True where one can talk with it.
pub(super) fn talks(id: &str, knobs: &Knobs) -> bool {
    !knobs.is_gone(id) && MODELS.iter().any(|model| model.talks && model.id == id)
}

/// True where it thinks before it speaks, and takes settings about that.
pub(super) fn reasons(id: &str) -> bool {
    id.starts_with("gpt-realtime-2")
}

/// The list as it is sent.
pub(super) fn list(knobs: &Knobs) -> Value {
    let one = |model: &Model| {
        let ends = knobs.end_of(model.id).or_else(|| model.ends.map(str::to_owned));
        json!({ "id": model.id, "object": "model", "created": 1_767_225_600, "owned_by": "system", "shutdown_date": ends })
    };
    json!({ "object": "list", "data": MODELS.iter().filter(|model| !knobs.is_gone(model.id)).map(one).collect::<Vec<_>>() })
}
