//! The shape of progress.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{id::SessionId, scoring::report::Skill, time::Millis};

/// Which way the scores go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Slope above half a point a session.
    Improving,
    /// In between.
    Steady,
    /// Slope below minus half a point a session.
    Declining,
    /// Fewer than three scores.
    TooEarly,
}

/// The trend over the last ten scored sessions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Trend {
    /// Slope of the least-squares line, hundredths of a point a session.
    pub slope_hundredths: i32,
    /// In a word.
    pub direction: Direction,
}

/// One scored session on the trend's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScorePoint {
    /// Which.
    pub session_id: SessionId,
    /// When it ended.
    pub ended_at: Millis,
    /// Overall score.
    pub score: u8,
}

/// How a skill goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SkillProgress {
    /// Which.
    pub skill: Skill,
    /// Average over all sessions in which it was observed, rounded.
    pub average: Option<u8>,
    /// Average of the last thirty days less the average of the thirty days before, rounded.
    pub change: Option<i32>,
    /// Its last ten scores, oldest first.
    pub recent: Vec<u8>,
}

/// How well a product is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Mastery {
    /// Which product.
    pub product_id: String,
    /// Average overall score of its scored sessions, rounded.
    pub average: u8,
    /// Best overall score.
    pub best: u8,
    /// Completed sessions.
    pub sessions: u32,
}

/// A badge: earned, or how far it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Badge {
    /// `dedicated`, `expert`, `consistent`, or one of the newer ones.
    pub id: String,
    /// True once its rule holds.
    pub earned: bool,
    /// How much of it is done.
    pub have: u32,
    /// How much it takes.
    pub need: u32,
}

/// Practice on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct DayMark {
    /// Days since 1970-01-01 in the device's time zone.
    pub day: i32,
    /// True where a session was completed.
    pub practised: bool,
}

/// What a person's attempts add up to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Progress {
    /// Completed sessions.
    pub total_sessions: u32,
    /// Completed sessions that were long enough to score.
    pub scored_sessions: u32,
    /// Average overall score, rounded.
    pub average_score: Option<u8>,
    /// Best overall score.
    pub best_score: Option<u8>,
    /// Completed of all that were started and are over, percent.
    pub completion_rate: Option<u8>,
    /// Practice time of completed sessions, milliseconds.
    pub practice_ms: Millis,
    /// The four skills.
    pub skills: Vec<SkillProgress>,
    /// Products practised, best known first.
    pub mastery: Vec<Mastery>,
    /// Over the last ten scores.
    pub trend: Trend,
    /// Up to the last thirty scores, oldest first.
    pub scores: Vec<ScorePoint>,
    /// Days in a row with a completed session, up to today or yesterday.
    pub streak: u32,
    /// The longest such run.
    pub best_streak: u32,
    /// The last seven days, today last.
    pub week: Vec<DayMark>,
    /// Badges, earned first.
    pub badges: Vec<Badge>,
}
