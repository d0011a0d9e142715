//! From choosing a scenario to the debrief.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ProductSummary, ScenarioSummary, VoiceRecord};
use crate::{
    customer::CustomerState,
    scoring::report::{Message, Report, Skill},
    session::{Session, Signal, Turn},
};

/// What to practise now, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Recommendation {
    /// With whom.
    pub scenario: ScenarioSummary,
    /// What is sold.
    pub product: ProductSummary,
    /// Why this one.
    pub reason: Message,
}

/// An attempt that was begun and not ended, as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Unfinished {
    /// The session; its clock is as of the last turn or pause.
    pub session: Session,
    /// The scenario; `null` where the catalogue no longer has it: the attempt cannot go on and can only be left.
    pub scenario: Option<ScenarioSummary>,
    /// What is sold; `null` where the catalogue no longer has it.
    pub product: Option<ProductSummary>,
}

/// The home screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PracticeView {
    /// What to practise now.
    pub recommendation: Recommendation,
    /// Attempts that were begun and not ended, newest first.
    pub unfinished: Vec<Unfinished>,
    /// Every product.
    pub products: Vec<ProductSummary>,
    /// Every scenario.
    pub scenarios: Vec<ScenarioSummary>,
}

/// What the rep can see of the customer before a word is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CustomerCard {
    /// Who it is.
    pub title: String,
    /// What the rep can see.
    pub seen: Vec<String>,
    /// Weak answers before the customer leaves.
    pub patience: u32,
}

/// What the rep knows before the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Briefing {
    /// The scenario.
    pub scenario: ScenarioSummary,
    /// What is sold.
    pub product: ProductSummary,
    /// What the rep is there to do.
    pub goal: String,
    /// Who it is with.
    pub customer: CustomerCard,
    /// Facts to rely on: the price, then the most important ones.
    pub facts: Vec<String>,
    /// Weight of each skill, percent, in the order of [`Skill::ALL`].
    pub weights: Vec<(Skill, u32)>,
    /// Version of the rubric.
    pub rubric_version: String,
}

/// A session as its screen shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SessionView {
    /// The session.
    pub session: Session,
    /// The scenario.
    pub scenario: ScenarioSummary,
    /// What is sold.
    pub product: ProductSummary,
    /// What the rep is there to do.
    pub goal: String,
    /// Facts to rely on.
    pub facts: Vec<String>,
    /// What was said.
    pub turns: Vec<Turn>,
    /// The customer.
    pub customer: CustomerState,
    /// True while the clock of the practice runs: not in a pause, and by voice only while there is a line.
    pub running: bool,
}

/// Both turns after the rep said something: stored, with what the customer did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Answered {
    /// The rep's turn.
    pub rep: Turn,
    /// The customer's answer.
    pub customer: Turn,
    /// What the customer did.
    pub signals: Vec<Signal>,
    /// How the customer stands.
    pub state: CustomerState,
}

/// Help on request; asking costs no points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Hint {
    /// What to do next.
    pub text: Message,
    /// A line that shows the shape of it, from the catalogue.
    pub example: Option<String>,
}

/// A session with its report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Debrief {
    /// The session.
    pub session: Session,
    /// The scenario; `null` where the catalogue no longer has it, so that it cannot be practised again.
    pub scenario: Option<ScenarioSummary>,
    /// What was sold; `null` where the catalogue no longer has it.
    pub product: Option<ProductSummary>,
    /// What was said.
    pub turns: Vec<Turn>,
    /// What it was worth; `null` for an attempt that was left.
    pub report: Option<Report>,
    /// What the customer did, with the turn in which it did it.
    pub signals: Vec<(u32, Signal)>,
    /// True for a rep with fewer than five completed sessions: shown one coaching point.
    pub novice: bool,
    /// How its calls went; `null` where nobody spoke.
    pub voice: Option<VoiceRecord>,
    /// The scenario to practise next.
    pub next: Recommendation,
}
