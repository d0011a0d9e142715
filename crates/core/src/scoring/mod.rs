//! What a conversation was worth, from its words and their timing alone.
//!
//! `cue` what was noticed, `listen` how it is noticed, `ledger` what it adds up to, `points` what it is worth, `coaching` what to do differently,
//! `report` all of it. Signals of the customer never come in here.

pub mod cue;
pub mod listen;
pub mod report;
