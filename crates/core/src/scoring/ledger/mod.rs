//! What the cues add up to. Every ledger reads the whole record once, in order; none looks at the first turns only.

pub(super) mod claims;
pub(super) mod close;
pub(super) mod facts;
pub(super) mod measures;
pub(super) mod needs;
pub(super) mod objections;
pub(super) mod questions;
#[cfg(test)]
mod tests;

use self::{close::Close, facts::Facts, measures::Measures, objections::Case, questions::Asked};
use super::{
    record::Record,
    report::{ClaimRow, NeedRow},
    rubric::Rubric,
};

/// All ledgers of a conversation.
pub(super) struct Ledgers {
    pub(super) objections: Vec<Case>,
    pub(super) claims: Vec<ClaimRow>,
    pub(super) needs: Vec<NeedRow>,
    pub(super) questions: Vec<Asked>,
    pub(super) facts: Facts,
    pub(super) close: Close,
    pub(super) measures: Measures,
}

impl Ledgers {
    pub(super) fn of(record: &Record, rubric: &Rubric) -> Self {
        let objections = objections::ledger(record, rubric);
        let needs = needs::ledger(record);
        let questions = questions::ledger(record);
        let facts = facts::ledger(record, &needs, rubric);
        let close = close::ledger(record, &objections, &facts, rubric);
        let measures = measures::ledger(record, &objections, rubric);
        Self { claims: claims::ledger(record), objections, needs, questions, facts, close, measures }
    }
}
