//! The close ledger: value before the ask, the ask, the answer, and how it ended. The whole conversation counts, to its last turn.

use crate::{
    scoring::{
        cue::{Cue, CueKind, Strength},
        ledger::{facts::Facts, objections::Case},
        points::crowded,
        record::{Place, Record, is, place, quote},
        report::{CloseLedger, Quote},
        rubric::Rubric,
    },
    session::{Outcome, Speaker},
};

const ENGAGED: [CueKind; 3] = [CueKind::Need, CueKind::Question, CueKind::BuyingSignal];

/// The close with what the points need beside its row.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Close {
    pub(in crate::scoring) row: CloseLedger,
    /// Where the first ask was.
    pub(in crate::scoring) first_ask: Option<Place>,
    /// Asks after a final no.
    pub(in crate::scoring) pushed: Vec<Quote>,
    /// An offer of what comes next.
    pub(in crate::scoring) next_step: Option<Quote>,
    /// Took leave or thanked after the customer declined or left it open, and did not push.
    pub(in crate::scoring) graceful: Option<Quote>,
    /// The customer's no, or what they said instead of a yes.
    pub(in crate::scoring) declined: Option<Quote>,
}

/// How the answer to the ask stands while the conversation goes on.
struct Standing {
    outcome: Outcome,
    answer: Option<Quote>,
    /// Asked for the sale since the last no.
    asked: bool,
    refusals: u32,
    final_no: bool,
}

pub(in crate::scoring) fn ledger(record: &Record, cases: &[Case], facts: &Facts, rubric: &Rubric) -> Close {
    let mut standing = Standing { outcome: Outcome::Undecided, answer: None, asked: false, refusals: 0, final_no: false };
    let (mut trial, mut asks, mut first_ask) = (None, Vec::new(), None);
    let (mut pushed, mut next_step, mut graceful, mut declined) = (Vec::new(), None, None, None);
    // There is nothing to try before anything was shown.
    let shown = |turn: usize, cue: &Cue| !crowded(record, turn, rubric) && facts.counted.iter().any(|fact| fact.place < place(turn, cue));
    let (mut doubted, mut said_no) = (false, false);
    for (turn, heard) in record.turns.iter().enumerate() {
        let cues = record.cues_of(turn);
        if heard.speaker == Speaker::Customer {
            doubted = cues.iter().any(|cue| cue.kind == CueKind::Objection);
            standing.hear(cues);
            if let Some(cue) = cues.iter().find(|cue| is(cue, &[CueKind::Refusal, CueKind::Hesitation])) {
                declined = Some(quote(cue));
                // "Hm" is a no only to a question that was asked.
                said_no |= cue.kind == CueKind::Refusal || !asks.is_empty();
                graceful = None;
            }
            continue;
        }
        for cue in cues {
            match cue.kind {
                CueKind::TrialClose | CueKind::CheckBack
                    if tests(cue, doubted) && trial.is_none() && first_ask.is_none() && shown(turn, cue) =>
                {
                    trial = Some(quote(cue));
                }
                // What could be meant otherwise ("it's your call") is an ask only where the customer took it for one.
                CueKind::AskForSale if cue.strength == Strength::Weak && !accepted_next(record, turn) => {}
                CueKind::AskForSale => {
                    let step = cue.subject.as_deref() == Some("next_step");
                    if standing.final_no && !step && standing.outcome != Outcome::Sale {
                        pushed.push(quote(cue));
                    }
                    if step {
                        next_step = Some(quote(cue));
                    } else {
                        first_ask = first_ask.or(Some(place(turn, cue)));
                        standing.asked = true;
                    }
                    asks.push(quote(cue));
                }
                CueKind::Farewell | CueKind::Rapport if said_no && standing.outcome != Outcome::Sale => graceful = Some(quote(cue)),
                _ => {}
            }
        }
    }
    let before = |moment: Place| facts.counted.iter().filter(|fact| fact.place < moment).count();
    let row = CloseLedger {
        value_before_ask: count(first_ask.map_or(facts.counted.len(), before)),
        open_at_ask: count(first_ask.map_or(0, |moment| cases.iter().filter(|case| case.open_at(moment)).count())),
        trial,
        asks,
        answer: standing.answer,
        outcome: standing.outcome,
    };
    Close { row, first_ask, graceful: graceful.filter(|_| pushed.is_empty()), pushed, next_step, declined }
}

impl Standing {
    fn hear(&mut self, cues: &[Cue]) {
        // The first of the strongest: "I'll take it", and not "you win" after it.
        let find = |kind| cues.iter().rev().filter(move |cue| cue.kind == kind).max_by_key(|cue| cue.strength);
        let (yes, no) = (find(CueKind::Acceptance), find(CueKind::Refusal));
        // Both in one breath ("no, I'll take it"): the later one stands.
        let yes = yes.filter(|yes| no.is_none_or(|no| no.span < yes.span));
        if let Some(yes) = yes.filter(|yes| yes.strength == Strength::Strong || (yes.strength == Strength::Plain && self.asked)) {
            self.outcome = Outcome::Sale;
            self.answer = Some(quote(yes));
            self.final_no = false;
            return;
        }
        // A bare "no" says no to the sale only where that was asked.
        if let Some(no) = no.filter(|no| no.strength != Strength::Weak || self.asked) {
            // A sale stands against every politeness after it; only taking it back outright undoes it.
            if self.outcome == Outcome::Sale && !takes_back(no) {
                return;
            }
            self.refusals += u32::from(self.asked || no.strength == Strength::Strong);
            self.final_no = no.strength == Strength::Strong || self.refusals > 1;
            self.outcome = Outcome::NoSale;
            self.answer = Some(quote(no));
            self.asked = false;
            return;
        }
        // Who asks and tells again after a no is not gone.
        if self.outcome == Outcome::NoSale && cues.iter().any(|cue| is(cue, &ENGAGED)) {
            self.outcome = Outcome::Undecided;
            self.answer = None;
            self.final_no = false;
        }
    }
}

/// Asks how the customer stands: of itself, or as a check where there was no doubt to check.
fn tests(cue: &Cue, doubted: bool) -> bool {
    cue.kind == CueKind::TrialClose || !doubted
}

fn accepted_next(record: &Record, turn: usize) -> bool {
    record.cues_of(turn + 1).iter().any(|cue| cue.kind == CueKind::Acceptance)
}

/// True where the customer takes back a yes in so many words.
fn takes_back(no: &Cue) -> bool {
    const WORDS: [&str; 7] = ["changed my mind", "don't want it", "do not want it", "not buying", "cancel", "forget it", "put it back"];
    let said = no.quote.to_lowercase().replace('’', "'");
    no.strength == Strength::Strong && WORDS.iter().any(|words| said.contains(words))
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
