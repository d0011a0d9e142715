//! What the customer asked, and whether the rep answered it.

use crate::{
    scoring::{
        cue::{Cue, CueKind, Verdict},
        record::{Record, is, quote},
        report::Quote,
    },
    session::Speaker,
};

/// Rep turns in which an answer still belongs to the question.
const WINDOW: u32 = 2;

/// One question of the customer about something that the catalogue knows.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Asked {
    /// A feature's or claim's id, or `price`.
    pub(in crate::scoring) about: String,
    pub(in crate::scoring) asked: Quote,
    pub(in crate::scoring) answered: Option<Quote>,
    /// Position of the turn in which it was asked first.
    pub(in crate::scoring) turn: usize,
    /// True where the rep had a turn to answer it.
    pub(in crate::scoring) chance: bool,
    rep_turns: u32,
}

pub(in crate::scoring) fn ledger(record: &Record) -> Vec<Asked> {
    let mut questions: Vec<Asked> = Vec::new();
    for (turn, heard) in record.turns.iter().enumerate() {
        let cues = record.cues_of(turn);
        if heard.speaker == Speaker::Customer {
            for cue in cues.iter().filter(|cue| cue.kind == CueKind::Question) {
                let Some(about) = &cue.subject else { continue };
                match questions.iter_mut().find(|question| question.about == *about) {
                    // Asked again: another chance to answer the same question.
                    Some(question) => question.rep_turns = 0,
                    None => {
                        questions.push(Asked { about: about.clone(), asked: quote(cue), answered: None, turn, chance: false, rep_turns: 0 })
                    }
                }
            }
            continue;
        }
        for question in &mut questions {
            question.chance = true;
            question.rep_turns += 1;
            if question.answered.is_none() && question.rep_turns <= WINDOW {
                let direct = question.rep_turns == 1 && !cues.iter().any(|cue| cue.verdict == Some(Verdict::Contradicted));
                question.answered = cues.iter().find(|cue| answers(record, &question.about, cue, direct)).map(quote);
            }
        }
    }
    questions
}

/// `direct`: right after the question, and with nothing false beside it.
fn answers(record: &Record, about: &str, cue: &Cue, direct: bool) -> bool {
    // What costs more or less than something else is answered by a price.
    let priced = || record.material.feature(about).is_some_and(|feature| feature.fact.contains('$'));
    match cue.kind {
        CueKind::Feature | CueKind::Benefit => cue.subject.as_deref() == Some(about) || (direct && record.material.claim(about).is_some()),
        CueKind::PriceQuote => (about == "price" || priced()) && cue.subject.as_deref() == Some("right"),
        CueKind::HonestUnknown => about != "price",
        CueKind::Claim if cue.verdict == Some(Verdict::Supported) => {
            let id = cue.refers_to.as_deref();
            let topic = |id| record.material.claim(id).map(|(topic, _)| topic);
            id == Some(about) || topic(about).is_some_and(|asked| id.and_then(topic) == Some(asked))
        }
        _ => false,
    }
}

/// True where a cue is a question about a claim of the catalogue.
pub(in crate::scoring) fn about_claim(record: &Record, cue: &Cue) -> bool {
    cue.kind == CueKind::Question && cue.subject.as_deref().is_some_and(|about| record.material.claim(about).is_some())
}

/// True where a question of the customer stands right before this turn, about anything.
pub(in crate::scoring) fn asked_just_before(record: &Record, turn: usize) -> bool {
    let before = record.turns.iter().take(turn).rposition(|heard| heard.speaker == Speaker::Customer);
    before.is_some_and(|customer| record.cues_of(customer).iter().any(|cue| is(cue, &[CueKind::Question, CueKind::Objection])))
}
