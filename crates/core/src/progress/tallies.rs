//! What is counted of a person's attempts, before anything is judged. The store fills it in; `judge` reads it.

use super::ScorePoint;
use crate::{scoring::report::Skill, time::Millis};

/// Scores that were added up: how many, and their sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sum {
    /// How many.
    pub count: u32,
    /// Of them all.
    pub sum: u64,
}

impl Sum {
    /// Their average, not rounded; nothing where there are none.
    #[must_use]
    pub fn average(self) -> Option<f64> {
        // Sums stay far below 2^53, so the conversion is exact.
        #[allow(clippy::cast_precision_loss)]
        (self.count > 0).then(|| self.sum as f64 / f64::from(self.count))
    }
}

/// What is counted of one skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillTally {
    /// Which.
    pub skill: Skill,
    /// Over all completed sessions in which it was observed.
    pub all: Sum,
    /// Its last ten scores, oldest first.
    pub recent: Vec<u8>,
    /// Over the thirty days up to and with today.
    pub last_thirty_days: Sum,
    /// Over the thirty days before those.
    pub thirty_days_before: Sum,
}

/// What is counted of one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductTally {
    /// Which.
    pub product_id: String,
    /// Completed sessions.
    pub completed: u32,
    /// Overall scores of those that were long enough to score.
    pub scores: Sum,
    /// Best overall score.
    pub best: Option<u8>,
}

/// Everything that is counted of one person's attempts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tallies {
    /// Completed sessions.
    pub completed: u32,
    /// Sessions that were left.
    pub abandoned: u32,
    /// Overall scores of completed sessions that were long enough to score.
    pub scores: Sum,
    /// Best overall score.
    pub best: Option<u8>,
    /// Practice time of completed sessions, milliseconds.
    pub practice_ms: Millis,
    /// The four skills, in the order of [`Skill::ALL`].
    pub skills: Vec<SkillTally>,
    /// Products with a completed session, by id.
    pub products: Vec<ProductTally>,
    /// The last thirty scores, oldest first.
    pub recent: Vec<ScorePoint>,
    /// Sessions of 95 or more.
    pub at_least_95: u32,
    /// Sessions of 80 or more.
    pub at_least_80: u32,
    /// Scored sessions without a claim that the catalogue contradicts.
    pub uncontradicted: u32,
    /// Scored sessions with an objection in which every one was resolved.
    pub all_resolved: u32,
    /// Completed sessions that ended in a sale.
    pub sales: u32,
    /// Days with a completed session, latest first: days since 1970-01-01 in the device's time zone.
    pub days: Vec<i32>,
}
