//! What the customer reports of itself, in structured form. Shown beside the score, never part of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the customer decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Buys.
    Buy,
    /// Leaves without buying.
    WalkAway,
    /// Leaves open.
    Undecided,
}

/// Why the customer decided so; the debrief names it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Convinced, and asked at the right moment.
    Convinced,
    /// Patience ran out over weak answers.
    OutOfPatience,
    /// Stopped believing the rep.
    LostTrust,
    /// A doubt was never answered.
    DoubtLeft,
    /// Too expensive for what it was shown to do.
    TooExpensive,
    /// The rep never asked for the sale.
    NeverAsked,
    /// The rep was rude or kept pushing.
    PutOff,
    /// The rep said goodbye.
    RepLeft,
    /// The rep talked too long for somebody in a hurry.
    OutOfTime,
}

/// One thing that the customer did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Signal {
    /// Raised an objection of the product, by its id.
    RaiseObjection {
        /// Id of the objection.
        id: String,
    },
    /// Told a need, by its id.
    RevealNeed {
        /// Id of the need.
        id: String,
    },
    /// Set a trap: a false premise about a claim, by the claim's id.
    Trap {
        /// Id of the claim.
        id: String,
    },
    /// Decided.
    Decide {
        /// What.
        decision: Decision,
        /// Why.
        reason: Reason,
    },
}
