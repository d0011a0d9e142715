//! What a conversation was worth, from its words and their timing alone.
//!
//! `cue` what was noticed, `listen` how it is noticed, `ledger` what it adds up to, `points` what it is worth, `coaching` what to do differently,
//! `report` all of it. Signals of the customer never come in here.

mod coaching;
pub mod cue;
mod headline;
mod hint;
mod ledger;
pub mod listen;
mod material;
pub mod messages;
mod points;
mod record;
pub mod report;
mod rubric;
mod scorer;
#[cfg(test)]
mod testing;

pub use material::Context;
pub use rubric::{Rubric, rubric};
pub use scorer::{Scorer, hint, score};
