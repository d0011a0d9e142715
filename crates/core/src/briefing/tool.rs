//! The functions by which a voice model reports what it does. Their names are those of the signals.

use serde_json::{Value, json};

use super::{
    brief::Brief,
    words::{Section, words},
};

/// A function that a model may call.
#[derive(Debug, Clone, PartialEq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it is for, and when it is called.
    pub description: String,
    /// JSON schema of its arguments.
    pub parameters: Value,
}

/// Reasons, as [`crate::session::Reason`] is written.
const REASONS: [&str; 9] =
    ["convinced", "out_of_patience", "lost_trust", "doubt_left", "too_expensive", "never_asked", "put_off", "rep_left", "out_of_time"];

impl Tool {
    /// The functions for this customer; those without anything to report are left out.
    pub(super) fn all(brief: &Brief<'_>) -> Vec<Self> {
        let needs: Vec<&str> = brief.scenario.needs.iter().map(|need| need.id.as_str()).collect();
        let by_id = [("raise_objection", brief.objection_ids()), ("reveal_need", needs), ("trap", brief.trap_ids())];
        let mut tools: Vec<Self> =
            by_id.into_iter().filter(|(_, ids)| !ids.is_empty()).map(|(name, ids)| Self::new(name, &[("id", &ids)])).collect();
        tools.push(Self::new("decide", &[("decision", &["buy", "walk_away", "undecided"]), ("reason", &REASONS)]));
        tools
    }

    fn new(name: &'static str, arguments: &[(&str, &[&str])]) -> Self {
        let properties: serde_json::Map<String, Value> =
            arguments.iter().map(|(name, allowed)| ((*name).to_owned(), json!({ "type": "string", "enum": allowed }))).collect();
        let required: Vec<&str> = arguments.iter().map(|(name, _)| *name).collect();
        let parameters = json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false });
        Self { name, description: words().of(Section::Tools, name).to_owned(), parameters }
    }
}
