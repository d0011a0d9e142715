//! Attempts, filtered and searched.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    catalog::{Difficulty, Persona},
    session::{Outcome, Session, Speaker},
};

/// How far back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// Ninety days.
    Quarter,
}

/// Which scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ScoreBand {
    /// 80 and more.
    High,
    /// 60 to 79.
    Middle,
    /// Below 60.
    Low,
    /// Too short to score, or left.
    Unscored,
}

/// What to look for; every field narrows it down.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS), ts(optional_fields))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct HistoryQuery {
    /// Words that were said, by either side.
    pub text: Option<String>,
    /// Product.
    pub product_id: Option<String>,
    /// Scenario.
    pub scenario_id: Option<String>,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// Scores.
    pub score: Option<ScoreBand>,
    /// How far back.
    pub period: Option<Period>,
    /// First row, from 0.
    pub offset: u32,
    /// Rows at most; 0 means 50.
    pub limit: u32,
}

/// Where the words were said. `hits` are places in `text`, in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Snippet {
    /// By whom.
    pub speaker: Speaker,
    /// Index of the turn.
    pub turn: u32,
    /// The turn's text, shortened around the first hit.
    pub text: String,
    /// Start and end of each hit.
    pub hits: Vec<(u32, u32)>,
}

/// One attempt in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// The attempt.
    pub session: Session,
    /// Name of the product.
    pub product_name: String,
    /// How the customer behaved; `null` where the catalogue no longer has the scenario.
    pub persona: Option<Persona>,
    /// How hard it was.
    pub difficulty: Option<Difficulty>,
    /// Where the words were said.
    pub snippet: Option<Snippet>,
}

/// A page of attempts, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// The rows.
    pub rows: Vec<HistoryRow>,
    /// How many match in all.
    pub matching: u32,
    /// How many attempts there are.
    pub total: u32,
}
