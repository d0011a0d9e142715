//! A training session: one attempt at a scenario, turn by turn.

mod call;
mod signal;
mod turn;

pub use call::{CallRecord, Recording};
pub use signal::{Decision, Reason, Signal};
pub use turn::{Speaker, Turn};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    id::{SessionId, UserId},
    time::Millis,
};

/// Where an attempt stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Status {
    /// Being practised, or paused.
    InProgress,
    /// Ended and scored; immutable.
    Completed,
    /// Left by the rep; kept, not scored.
    Abandoned,
}

/// How the conversation ended, read from its words alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rep asked (or the customer committed unprompted) and the customer clearly accepted.
    Sale,
    /// The customer clearly declined.
    NoSale,
    /// Neither.
    Undecided,
}

/// How the rep talked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// By typing.
    Typing,
    /// By voice.
    Voice,
}

/// Who may see an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Private: never leaves the device.
    Practice,
    /// Synced; a manager can see it.
    Submitted,
}

/// A person who practises on this device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// Identity.
    pub id: UserId,
    /// What the person is called.
    pub name: String,
    /// When the profile was made.
    pub created_at: Millis,
}

/// One attempt at a scenario, without its turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Identity, ordered by the time of the start.
    pub id: SessionId,
    /// Whose attempt it is.
    pub user_id: UserId,
    /// What is sold.
    pub product_id: String,
    /// To whom.
    pub scenario_id: String,
    /// The seed of the customer; with the same rep turns it makes the same customer.
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub seed: u32,
    /// By typing or by voice.
    pub mode: Mode,
    /// Private or submitted.
    pub visibility: Visibility,
    /// Where it stands.
    pub status: Status,
    /// True while the rep has stopped the clock.
    pub paused: bool,
    /// How it ended; set on completion.
    pub outcome: Option<Outcome>,
    /// Overall score, 0-100; set on completion where the conversation was long enough to score.
    pub overall_score: Option<u8>,
    /// When it began.
    pub started_at: Millis,
    /// When it was completed or abandoned.
    pub ended_at: Option<Millis>,
    /// Milliseconds of practice, pauses left out.
    pub active_ms: Millis,
    /// How many turns were said.
    pub turns: u32,
    /// Revision of the catalogue that it was begun with; its report names the one that it was scored with.
    pub catalog_revision: u32,
    /// One way to win that was fixed before the start (ids of needs, objections and the ask, in order).
    pub win_path: Vec<String>,
}
