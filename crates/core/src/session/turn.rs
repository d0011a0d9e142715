//! One thing said.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::time::Millis;

/// Who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The sales rep who practises.
    Rep,
    /// The simulated customer.
    Customer,
}

/// One thing said, by the rep or the customer. `startedMs` and `endedMs` are there only where speech was really timed (voice); typed turns have neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Turn {
    /// Position in the transcript, from 0.
    pub index: u32,
    /// Who said it.
    pub speaker: Speaker,
    /// The words.
    pub text: String,
    /// When it was finished, in milliseconds of practice since the start; shown, never scored.
    #[serde(default)]
    pub at_ms: Millis,
    /// Start of speech in milliseconds since the start, where it was timed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_ms: Option<Millis>,
    /// End of speech in milliseconds since the start, where it was timed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_ms: Option<Millis>,
    /// True where the other side cut in before it was finished.
    #[serde(default)]
    pub interrupted: bool,
}

/// Longest practice of which times can be real, in milliseconds: a day.
const LONGEST_MS: i64 = 24 * 60 * 60 * 1000;

impl Turn {
    /// Start and end of speech in milliseconds since the start of the practice. `None` where it was not timed, or where the times cannot be: before the start,
    /// after more than a day, an end that is not after the start.
    #[must_use]
    pub fn spoken_ms(&self) -> Option<(i64, i64)> {
        let (from, to) = (self.started_ms?.0, self.ended_ms?.0);
        (0 <= from && from < to && to <= LONGEST_MS).then_some((from, to))
    }

    /// A turn without speech timing.
    pub fn typed(index: u32, speaker: Speaker, text: impl Into<String>) -> Self {
        Self { index, speaker, text: text.into(), at_ms: Millis(0), started_ms: None, ended_ms: None, interrupted: false }
    }
}
