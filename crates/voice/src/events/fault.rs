//! What the service says went wrong.

use serde::{Deserialize, Serialize};

use super::read::{self, Object};

/// An error as the service tells it. Every part may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// Its kind, such as `invalid_request_error`.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Its code, such as `session_expired`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// A sentence for a developer; it may quote what was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The field to blame, such as `session.audio.input.transcription.model`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// Id of the client's event that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_id: Option<String>,
}

impl Fault {
    pub(super) fn take(object: &mut Object, key: &str) -> Option<Self> {
        read::object(object, key).map(Self::from_object)
    }

    pub(super) fn from_object(mut object: Object) -> Self {
        Self {
            kind: read::text(&mut object, "type"),
            code: read::text(&mut object, "code"),
            message: read::text(&mut object, "message"),
            param: read::text(&mut object, "param"),
            event_id: read::text(&mut object, "event_id"),
        }
    }
}
