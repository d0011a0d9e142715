//! How a session was spoken, and its recording.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Millis;

/// Whose sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// The rep's microphone.
    Rep,
    /// The customer's voice.
    Customer,
}

/// The sound of one call: one Opus file a side. Both begin at the same moment of the practice's clock, which no other call of the session shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecordedCall {
    /// Sides that are there.
    pub tracks: Vec<Track>,
    /// Media type of the files.
    pub media_type: String,
    /// Where in the practice they begin.
    pub begins_ms: Millis,
}

/// A recording of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RecordingView {
    /// The calls that have sound, in their order; one at least.
    pub calls: Vec<RecordedCall>,
    /// When it goes, UTC.
    pub goes_at: Millis,
}

/// How the calls of a session went: shown beside the rep's measures, never among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct VoiceRecord {
    /// Answers of the customer that were timed, from the end of the rep's speech to the first sound.
    pub answers: u32,
    /// The middle of them, in milliseconds.
    pub usual_latency: Option<Millis>,
    /// The slowest of them, in milliseconds.
    pub slowest_latency: Option<Millis>,
    /// Times that the customer fell out of its role and was put back.
    pub role_slips: u32,
    /// Model of the last call.
    pub model: String,
    /// What the calls cost, in thousandths of a cent; `null` where no price is known.
    #[cfg_attr(feature = "bindings", ts(type = "number | null"))]
    pub cost_millicents: Option<u64>,
    /// The recording, while there is one.
    pub recording: Option<RecordingView>,
}
