//! Checks what the endpoint sends against the schemas in `schema.json`, which are written from the protocol's reference.

use std::{collections::HashMap, sync::OnceLock};

use jsonschema::Validator;
use serde_json::{Value, json};

/// Every schema, by its name.
fn schemas() -> &'static HashMap<String, Validator> {
    static SCHEMAS: OnceLock<HashMap<String, Validator>> = OnceLock::new();
    SCHEMAS.get_or_init(|| {
        let all: Value = serde_json::from_str(include_str!("schema.json")).unwrap();
        let names = all["$defs"].as_object().unwrap().keys();
        let one = |name: &String| {
            let schema = json!({ "$schema": all["$schema"], "$defs": all["$defs"], "$ref": format!("#/$defs/{name}") });
            (name.clone(), jsonschema::validator_for(&schema).unwrap())
        };
        names.map(one).collect()
    })
}

/// Stops where a value does not have the shape of that name.
pub(crate) fn check(name: &str, value: &Value) {
    let schema = schemas().get(name).unwrap_or_else(|| panic!("no schema for {name}: {value}"));
    let wrong: Vec<String> = schema.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect();
    assert!(wrong.is_empty(), "{name}: {wrong:?}\n{value:#}");
}

#[test]
fn a_shape_of_an_older_protocol_is_told_apart() {
    let old = json!({ "type": "session.created", "event_id": "event_1", "session": { "id": "sess_1", "modalities": ["audio", "text"], "voice": "alloy" } });
    assert!(!schemas()["session.created"].is_valid(&old));
    assert!(!schemas().contains_key("response.audio_transcript.delta"));
}
