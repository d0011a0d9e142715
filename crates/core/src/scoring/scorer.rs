//! Scoring a conversation turn by turn. The report is made from what was kept of the turns, so that scoring as it goes ends in the same report as scoring the whole.

use super::{
    coaching::coaching,
    cue::Cue,
    headline::headline,
    ledger::Ledgers,
    listen::Listener,
    material::{Context, Material},
    points::Points,
    record::Record,
    report::Report,
    rubric::{Rubric, rubric},
};
use crate::{session::Turn, wire::Hint};

/// Listens to a conversation and scores it as far as it went. Same turns, same report.
#[derive(Debug, Clone)]
pub struct Scorer {
    listener: Listener,
    record: Record,
}

impl Scorer {
    /// A scorer for a conversation that has not begun.
    #[must_use]
    pub fn new(context: &Context<'_>) -> Self {
        let listener = Listener::new(context.product, context.scenario, context.policies);
        Self { listener, record: Record::new(Material::new(context)) }
    }

    /// Takes in the next turn and gives back what was noticed in it. Turns come in order.
    pub fn hear(&mut self, turn: &Turn) -> Vec<Cue> {
        let cues = self.listener.hear(turn);
        self.record.hear(turn, cues.clone());
        cues
    }

    /// The report of what was heard so far.
    #[must_use]
    pub fn report(&self) -> Report {
        report(&self.record, rubric())
    }
}

/// Scores a whole conversation.
#[must_use]
pub fn score(context: &Context<'_>, turns: &[Turn]) -> Report {
    let mut scorer = Scorer::new(context);
    for turn in turns {
        scorer.hear(turn);
    }
    scorer.report()
}

/// What to do next, as the conversation stands. Asking costs no points.
#[must_use]
pub fn hint(scorer: &Scorer) -> Hint {
    super::hint::next(&scorer.record, rubric())
}

pub(super) fn report(record: &Record, rubric: &Rubric) -> Report {
    let ledgers = Ledgers::of(record, rubric);
    let points = Points::of(record, &ledgers, rubric);
    let coaching = coaching(record, &ledgers, &points.faults, rubric);
    let headline = headline(record, &ledgers, &points, &coaching);
    let (overall_score, observed_weight) = points.overall();
    Report {
        rubric: rubric.stamp(),
        catalog_revision: record.material.catalog_revision,
        overall_score,
        observed_weight,
        not_scored: points.not_scored.clone(),
        metrics: points.metrics(),
        outcome: ledgers.close.row.outcome,
        headline,
        coaching,
        skills: points.skills,
        objections: ledgers.objections.iter().map(|case| case.row()).collect(),
        claims: ledgers.claims,
        needs: ledgers.needs,
        close: ledgers.close.row,
        measures: ledgers.measures.rows,
        cues: record.cues.clone(),
    }
}
