//! What the ledgers are worth: every point won, missed or lost, with its evidence, by skill.

mod closing;
mod objections;
mod product;
mod rapport;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use self::tally::Tally;
pub(super) use self::tally::{Detail, Fault};
use super::{
    coaching::Habit,
    cue::CueKind,
    ledger::Ledgers,
    messages,
    record::Record,
    report::{Message, Metrics, Point, Skill, SkillScore},
    rubric::Rubric,
};
use crate::session::Speaker;

/// The four skills, and what went wrong in them.
pub(super) struct Points {
    pub(super) skills: Vec<SkillScore>,
    pub(super) faults: Vec<Fault>,
    /// Why there is no score.
    pub(super) not_scored: Option<Message>,
}

impl Points {
    pub(super) fn of(record: &Record, ledgers: &Ledgers, rubric: &Rubric) -> Self {
        let not_scored = other_language(record).or_else(|| too_short(record, rubric));
        let mut faults = Vec::new();
        let skills = Skill::ALL.map(|skill| {
            let mut tally = Tally::default();
            let observed = if record.turns_of(Speaker::Rep).next().is_none() {
                Err(Message::new(messages::NOT_OBSERVED_NO_REP))
            } else {
                match skill {
                    Skill::ProductKnowledge => product::count(record, ledgers, rubric, &mut tally),
                    Skill::ObjectionHandling => objections::count(record, ledgers, rubric, &mut tally),
                    Skill::ClosingTechnique => closing::count(record, ledgers, rubric, &mut tally),
                    Skill::Rapport => rapport::count(record, ledgers, rubric, &mut tally),
                }
            };
            if not_scored.is_some() {
                tally.forgive();
            }
            let reason = observed.err().or_else(|| not_scored.clone());
            let (score, found) = tally.finish(skill, rubric, reason);
            faults.extend(found);
            score
        });
        faults.retain(|fault| !done_for_the_main_part(fault.habit, &skills));
        Self { skills: skills.into(), faults, not_scored }
    }

    /// The four scores.
    pub(super) fn metrics(&self) -> Metrics {
        let score = |skill| self.skills.iter().find(|score| score.skill == skill).and_then(|score| score.score);
        Metrics {
            product_knowledge: score(Skill::ProductKnowledge),
            objection_handling: score(Skill::ObjectionHandling),
            closing_technique: score(Skill::ClosingTechnique),
            rapport: score(Skill::Rapport),
        }
    }

    /// The overall score over the observed weights, and their sum in percent.
    pub(super) fn overall(&self) -> (Option<u8>, u32) {
        let observed = self.skills.iter().filter_map(|skill| Some((u32::from(skill.score?), skill.weight)));
        let (sum, weight) = observed.fold((0, 0), |(sum, all), (score, weight)| (sum + score * weight, all + weight));
        let overall = (2 * sum + weight).checked_div(2 * weight).and_then(|score| u8::try_from(score).ok());
        (overall.filter(|_| self.not_scored.is_none()), weight)
    }
}

/// True where no more was missed of a habit's opposite than was earned by it: advice would contradict the points beside it.
fn done_for_the_main_part(habit: Habit, skills: &[SkillScore]) -> bool {
    let rules = habit.opposite();
    let of_rule = |point: &&Point| rules.contains(&point.rule.as_str());
    // What was asked too late is praised, and still not what the advice asks for.
    let done = |point: &Point| if point.label.id == messages::POINT_DISCOVERY_LATE { -point.value } else { point.value };
    let values: Vec<i32> = skills.iter().flat_map(|skill| &skill.points).filter(of_rule).map(done).collect();
    !values.is_empty() && values.iter().sum::<i32>() >= 0
}

/// Why the conversation cannot be measured, where half of what the rep said or more is in another language.
fn other_language(record: &Record) -> Option<Message> {
    let spoken = || record.turns_of(Speaker::Rep).filter(|(_, heard)| heard.words > 0);
    let foreign = spoken().filter(|(_, heard)| heard.foreign).count();
    let all = spoken().count();
    let message = || Message::new(messages::NOT_SCORED_OTHER_LANGUAGE).with("turns", foreign.to_string()).with("all", all.to_string());
    (foreign > 0 && 2 * foreign >= all).then(message)
}

/// Why the conversation is too short to score, where it is.
fn too_short(record: &Record, rubric: &Rubric) -> Option<Message> {
    let turns = record.turns_of(Speaker::Rep).filter(|(_, heard)| heard.words > 0).count();
    let words: u64 = record.turns.iter().map(|heard| u64::from(heard.words)).sum();
    let short = turns < rubric.length.rep_turns as usize || words < u64::from(rubric.length.words);
    short.then(|| {
        Message::new(messages::NOT_SCORED_TOO_SHORT)
            .with("turns", turns.to_string())
            .with("words", words.to_string())
            .with("least-turns", rubric.length.rep_turns.to_string())
            .with("least-words", rubric.length.words.to_string())
    })
}

/// True where a turn does so many kinds of thing at once that it was said for the score and not for the customer.
pub(super) fn crowded(record: &Record, turn: usize, rubric: &Rubric) -> bool {
    let acts: BTreeSet<CueKind> = record.cues_of(turn).iter().filter_map(|cue| act(cue.kind)).collect();
    acts.len() >= rubric.rapport.crowded_acts as usize
}

/// What a rep's cue does, where it is an act of its own.
fn act(kind: CueKind) -> Option<CueKind> {
    match kind {
        CueKind::OpenQuestion | CueKind::ClosedQuestion | CueKind::DiscoveryQuestion => Some(CueKind::OpenQuestion),
        CueKind::Feature | CueKind::Benefit => Some(CueKind::Feature),
        CueKind::Greeting
        | CueKind::Reflection
        | CueKind::Empathy
        | CueKind::Rapport
        | CueKind::PriceQuote
        | CueKind::TrialClose
        | CueKind::AskForSale
        | CueKind::DiscountOffer
        | CueKind::HonestUnknown
        | CueKind::CheckBack
        | CueKind::Farewell => Some(kind),
        _ => None,
    }
}
