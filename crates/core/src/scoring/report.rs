//! The report: scores, and the evidence for every point. Same transcript, catalogue revision and rubric: same bytes.
//!
//! Texts are message ids with arguments (the message catalogue has the words), except what is built from the catalogue's own content (true facts, better lines).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cue::{Cue, Span, Verdict};
use crate::{
    catalog::{ObjectionCategory, Topic},
    session::Outcome,
};

/// The four skills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Skill {
    /// Facts, price, answers.
    ProductKnowledge,
    /// Steps taken at objections.
    ObjectionHandling,
    /// Discovery, ask, next step.
    ClosingTechnique,
    /// Opening, listening, courtesy.
    Rapport,
}

impl Skill {
    /// All four, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::ProductKnowledge, Self::ObjectionHandling, Self::ClosingTechnique, Self::Rapport];
}

/// The four scores, 0-100; `null` where a skill could not be observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Metrics {
    /// Weight 0.30.
    pub product_knowledge: Option<u8>,
    /// Weight 0.25.
    pub objection_handling: Option<u8>,
    /// Weight 0.25.
    pub closing_technique: Option<u8>,
    /// Weight 0.20.
    pub rapport: Option<u8>,
}

impl Metrics {
    /// The score of one skill.
    #[must_use]
    pub fn get(&self, skill: Skill) -> Option<u8> {
        match skill {
            Skill::ProductKnowledge => self.product_knowledge,
            Skill::ObjectionHandling => self.objection_handling,
            Skill::ClosingTechnique => self.closing_technique,
            Skill::Rapport => self.rapport,
        }
    }
}

/// A message of the message catalogue: its id and its arguments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Id, such as `point-fact-tied`.
    pub id: String,
    /// Arguments by name; content of the catalogue or digits.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub args: BTreeMap<String, String>,
}

impl Message {
    /// A message without arguments.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into(), args: BTreeMap::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }
}

/// A quote: a place in the transcript and the words there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// Index of the turn.
    pub turn: u32,
    /// Where in the turn.
    pub span: Span,
    /// The words at the span.
    pub text: String,
}

/// One point won or missed, with its evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// Id of the rubric's rule.
    pub rule: String,
    /// What it was for.
    pub label: Message,
    /// Points: positive earned, negative missed or lost.
    pub value: i32,
    /// Where it happened, or the moment at which it was missed. Always there where the transcript has such a moment.
    pub quote: Option<Quote>,
}

/// One skill's score and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SkillScore {
    /// Which.
    pub skill: Skill,
    /// Percent of the overall score.
    pub weight: u32,
    /// 0-100, `null` where it could not be observed.
    pub score: Option<u8>,
    /// Points earned, losses taken off as far as the rubric lets them.
    pub earned: u32,
    /// Points that could be earned in this conversation.
    pub available: u32,
    /// Why it could not be observed.
    pub not_observed: Option<Message>,
    /// Every point won, then every point missed.
    pub points: Vec<Point>,
}

/// How a step of handling an objection went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Done.
    Done,
    /// Not done.
    Missing,
    /// Cannot be told from this transcript; costs nothing.
    NotMeasurable,
}

/// The steps, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Not answering at once.
    Pause,
    /// Asking what is behind it.
    Clarify,
    /// Taking it seriously.
    Acknowledge,
    /// Answering it with a fact.
    Answer,
    /// Asking whether that settles it.
    Check,
}

/// One step of handling an objection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// How it went.
    pub state: StepState,
    /// The words that did it.
    pub quote: Option<Quote>,
    /// Length of the pause in milliseconds, where it was timed.
    pub pause_ms: Option<u32>,
}

/// One objection and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ObjectionRow {
    /// Its kind.
    pub category: ObjectionCategory,
    /// Id of the product's objection, where it is one.
    pub objection: Option<String>,
    /// The customer's words.
    pub raised: Quote,
    /// How often it was raised.
    pub times: u32,
    /// Pause, clarify, acknowledge, answer, check.
    pub steps: Vec<Step>,
    /// True where it was answered and the customer did not come back to it.
    pub resolved: bool,
}

/// One statement of the rep, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ClaimRow {
    /// What it is about.
    pub topic: Topic,
    /// Id of the claim, where the catalogue has one.
    pub claim: Option<String>,
    /// The rep's words.
    pub said: Quote,
    /// What the catalogue says of it.
    pub verdict: Verdict,
    /// The true fact, where there is one.
    pub truth: Option<String>,
}

/// One need of the customer and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NeedRow {
    /// Id in the scenario; without a scenario, of the cue.
    pub need: String,
    /// Its name.
    pub label: String,
    /// The rep's question that brought it out.
    pub asked: Option<Quote>,
    /// Where the customer told it.
    pub told: Option<Quote>,
    /// Where the rep gave it back.
    pub reflected: Option<Quote>,
    /// Where the rep tied a feature to it.
    pub tied: Option<Quote>,
}

/// What became of the close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CloseLedger {
    /// Benefits and facts that stood before the first ask.
    pub value_before_ask: u32,
    /// Objections that were open when the rep first asked.
    pub open_at_ask: u32,
    /// First trial close.
    pub trial: Option<Quote>,
    /// Every ask for the sale.
    pub asks: Vec<Quote>,
    /// The customer's answer that decided it.
    pub answer: Option<Quote>,
    /// How it ended.
    pub outcome: Outcome,
}

/// What is measured of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MeasureKind {
    /// Rep's share of the speaking time, percent.
    TalkShare,
    /// Rep's longest turn, seconds.
    LongestTurn,
    /// Open questions asked, count.
    OpenQuestions,
    /// Closed questions asked, count.
    ClosedQuestions,
    /// Thirds of the conversation with a question in them, count 0-3.
    QuestionSpread,
    /// Rep's pace, words a minute.
    Pace,
    /// Pace after objections less pace elsewhere, words a minute.
    PaceJump,
    /// Median pause after an objection, seconds.
    PauseAfterObjection,
    /// Times the rep cut in, count.
    Interruptions,
    /// Fillers, a minute.
    Fillers,
}

/// One measure; `value` is `null` where it cannot be measured, with the reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// Which.
    pub kind: MeasureKind,
    /// The value in tenths of the kind's unit.
    pub tenths: Option<i32>,
    /// The aim, in tenths of the unit: from, to.
    pub aim: Option<(i32, i32)>,
    /// Why it is not measurable.
    pub not_measurable: Option<Message>,
}

/// One thing to do differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CoachingPoint {
    /// Kind; never two of the same in a report.
    pub kind: String,
    /// What to do, in an imperative.
    pub title: Message,
    /// What was said, or the customer's line that was not taken up.
    pub quote: Option<Quote>,
    /// What to say instead, built from this product's facts and this customer's need.
    pub better: String,
    /// Why it cost.
    pub why: Message,
    /// Points that it cost.
    pub cost: u32,
    /// The skill that it cost.
    pub skill: Skill,
}

/// The rubric that a report was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RubricStamp {
    /// Its version.
    pub version: String,
    /// SHA-256 of its file, hexadecimal.
    pub hash: String,
}

/// Scores, cues, ledgers, measures and coaching of one conversation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The rubric.
    pub rubric: RubricStamp,
    /// Revision of the catalogue; `null` where none was used.
    pub catalog_revision: Option<u32>,
    /// 0-100 over the observed weights; `null` where the conversation is too short.
    pub overall_score: Option<u8>,
    /// Percent of the weights that could be observed.
    pub observed_weight: u32,
    /// Why there is no overall score.
    pub not_scored: Option<Message>,
    /// The four scores.
    pub metrics: Metrics,
    /// How it ended.
    pub outcome: Outcome,
    /// What it comes to, in one or two sentences about the act.
    pub headline: Vec<Message>,
    /// The four skills with every point.
    pub skills: Vec<SkillScore>,
    /// At most three things to do differently, most worthwhile first; a host shows one to a novice.
    pub coaching: Vec<CoachingPoint>,
    /// Objections.
    pub objections: Vec<ObjectionRow>,
    /// Claims.
    pub claims: Vec<ClaimRow>,
    /// Needs.
    pub needs: Vec<NeedRow>,
    /// The close.
    pub close: CloseLedger,
    /// Measures of the conversation.
    pub measures: Vec<Measure>,
    /// Everything that was noticed, by turn.
    pub cues: Vec<Cue>,
}
