//! How a session was spoken: its calls and its recording. Shown beside the score, never part of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{time::Millis, wire::CallEnd};

/// One call of a session, from its first offer to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CallRecord {
    /// The model that spoke for the customer.
    pub model: String,
    /// When it began, UTC.
    pub started_at: Millis,
    /// When it ended, UTC.
    pub ended_at: Millis,
    /// Why it ended.
    pub end: CallEnd,
    /// From the end of the rep's speech to the customer's first sound, every answer that was timed, in milliseconds.
    pub latencies_ms: Vec<u32>,
    /// Times that the customer fell out of its role and was put back.
    pub role_slips: u32,
    /// What it cost, in thousandths of a cent; `None` where no price is known.
    pub cost_millicents: Option<u64>,
}

/// The recording of a session as it was begun; its sound is in files, one a side for each call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// Where in the practice its first files begin, in milliseconds since the start.
    pub begins_ms: Millis,
    /// When it goes, UTC.
    pub goes_at: Millis,
    /// Media type of its first files.
    pub media_type: String,
}
