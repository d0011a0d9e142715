//! What a conversation comes to: one sentence about what went well, one about what was missing. About the act.

use super::{
    coaching::Habit,
    cue::{CueKind, Verdict},
    ledger::{Ledgers, objections::category_name},
    messages,
    points::{Fault, Points},
    record::Record,
    report::{CoachingPoint, Message, Skill},
};
use crate::session::Outcome;

pub(super) fn headline(record: &Record, ledgers: &Ledgers, points: &Points, coaching: &[CoachingPoint]) -> Vec<Message> {
    match &points.not_scored {
        Some(reason) if reason.id == messages::NOT_SCORED_OTHER_LANGUAGE => vec![Message::new(messages::HEADLINE_OTHER_LANGUAGE)],
        Some(_) => cut_short(record, ledgers),
        None => vec![well(ledgers, points), missing(ledgers, points, coaching)],
    }
}

/// Too short to score; and what cut it short, where that can be told.
fn cut_short(record: &Record, ledgers: &Ledgers) -> Vec<Message> {
    let untrue = ledgers.claims.iter().any(|row| row.verdict == Verdict::Contradicted);
    let rude = record.cues.iter().any(|cue| cue.kind == CueKind::PutDown);
    let gone = ledgers.close.row.outcome == Outcome::NoSale;
    let why =
        [(untrue, messages::HEADLINE_MISSING_CLAIM), (rude, messages::HEADLINE_MISSING_RESPECT), (gone, messages::HEADLINE_LEFT_EARLY)];
    let why = why.into_iter().find(|(holds, _)| *holds).map(|(_, id)| id);
    [Some(messages::HEADLINE_TOO_SHORT), why].into_iter().flatten().map(Message::new).collect()
}

fn well(ledgers: &Ledgers, points: &Points) -> Message {
    let told = ledgers.needs.iter().filter(|need| need.told.is_some() && need.asked.is_some()).count();
    let tied = ledgers.facts.tied.len();
    let settled = ledgers.objections.iter().filter(|case| case.resolved).count();
    let score = |skill| points.skills.iter().find(|score| score.skill == skill).and_then(|score| score.score).unwrap_or(0);
    let best = Skill::ALL.into_iter().max_by_key(|skill| score(*skill));
    let id = if ledgers.close.row.outcome == Outcome::Sale && settled == ledgers.objections.len() && tied > 0 {
        messages::HEADLINE_WELL_SALE
    } else if settled > 0 && settled == ledgers.objections.len() {
        messages::HEADLINE_WELL_DOUBTS
    } else if tied > 0 {
        messages::HEADLINE_WELL_TIED
    } else if told > 0 {
        messages::HEADLINE_WELL_FOUND
    } else {
        match best {
            Some(skill) if score(skill) < 35 => messages::HEADLINE_WELL_START,
            Some(Skill::ProductKnowledge) => messages::HEADLINE_WELL_FACTS,
            Some(Skill::ObjectionHandling) => messages::HEADLINE_WELL_SOME_DOUBTS,
            Some(Skill::ClosingTechnique) => messages::HEADLINE_WELL_ASKED,
            _ => messages::HEADLINE_WELL_OPENED,
        }
    };
    Message::new(id)
}

fn missing(ledgers: &Ledgers, points: &Points, coaching: &[CoachingPoint]) -> Message {
    let Some(first) = coaching.first() else { return Message::new(messages::HEADLINE_NOTHING_MISSING) };
    let all_well = points.overall().0.is_some_and(|score| score >= 90);
    let unanswered = ledgers.objections.iter().find(|case| case.chance && case.answer.is_none());
    let worst = |habit: Habit| points.faults.iter().any(|fault: &Fault| fault.habit == habit);
    if worst(Habit::Claim) {
        return Message::new(messages::HEADLINE_MISSING_CLAIM);
    }
    if worst(Habit::PutDown) {
        return Message::new(messages::HEADLINE_MISSING_RESPECT);
    }
    if let Some(case) = unanswered {
        return Message::new(messages::HEADLINE_MISSING_ANSWER).with("category", category_name(case.category));
    }
    if worst(Habit::Ask) {
        return Message::new(messages::HEADLINE_MISSING_ASK);
    }
    if all_well {
        return Message::new(messages::HEADLINE_LITTLE_MISSING);
    }
    Message::new(match first.skill {
        _ if worst(Habit::Push) => messages::HEADLINE_MISSING_PUSH,
        _ if ledgers.needs.iter().all(|need| need.told.is_none()) => messages::HEADLINE_MISSING_NEEDS,
        Skill::ProductKnowledge => messages::HEADLINE_MISSING_FACTS,
        Skill::ObjectionHandling => messages::HEADLINE_MISSING_STEPS,
        Skill::ClosingTechnique => messages::HEADLINE_MISSING_CLOSE,
        Skill::Rapport => messages::HEADLINE_MISSING_LISTENING,
    })
}
