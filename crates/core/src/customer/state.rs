//! What can be seen of the customer from outside.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::session::Signal;

/// The customer's bearing, as anybody in the shop could see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Keeps a distance.
    Guarded,
    /// Listens, has doubts.
    Doubtful,
    /// Listens.
    Attentive,
    /// Likes what it hears.
    Interested,
    /// Close to buying.
    Ready,
    /// Getting short.
    Impatient,
    /// Gone, or bought.
    Done,
}

/// What the conversation's screen shows of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CustomerState {
    /// Bearing.
    pub mood: Mood,
    /// True once the customer has bought or left.
    pub ended: bool,
}

/// What the customer answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// The words.
    pub text: String,
    /// What it did by saying them.
    pub signals: Vec<Signal>,
    /// How it stands after them.
    pub state: CustomerState,
}
