//! Closing technique: finding out before pitching, an ask that fits the moment, a clear end.

use std::collections::BTreeSet;

use super::{
    crowded,
    tally::{Detail, Tally},
};
use crate::{
    scoring::{
        coaching::Habit,
        cue::{Cue, CueKind},
        ledger::Ledgers,
        messages,
        record::{Record, is, overlap, quote},
        report::{Message, Quote},
        rubric::Rubric,
    },
    session::{Outcome, Speaker},
};

/// Questions about the sale are not about the customer's situation.
const TESTS: [CueKind; 2] = [CueKind::CheckBack, CueKind::AskForSale];

pub(super) fn count(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) -> Result<(), Message> {
    discovery(record, ledgers, rubric, tally);
    ask(record, ledgers, rubric, tally);
    end(record, ledgers, rubric, tally);
    let close = &ledgers.close;
    for words in close.pushed.iter().take(rubric.closing.loss_pushed.most as usize) {
        let label = Message::new(messages::POINT_PUSHED);
        tally.lose("loss-pushed", label, rubric.closing.loss_pushed.points, Some(words.clone()), Habit::Push, Detail::Nothing);
    }
    Ok(())
}

/// Questions about the customer's situation before the first pitch, one a turn, each of which the customer could answer. After it they are worth less.
fn discovery(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let (rule, late) = (rubric.closing.discovery, rubric.closing.late_discovery);
    let pitch = [ledgers.facts.pitch, ledgers.close.first_ask].into_iter().flatten().min().map_or(usize::MAX, |(turn, _)| turn);
    let answered = |turn: usize| record.turns.get(turn + 1).is_some_and(|next| next.speaker == Speaker::Customer && next.words > 0);
    let mut turns = BTreeSet::new();
    let (mut found, mut worth) = (0, 0);
    for (turn, cue) in record.all().filter(|(_, cue)| is(cue, &[CueKind::DiscoveryQuestion, CueKind::OpenQuestion])) {
        let tests = record.cues_of(turn).iter().any(|other| is(other, &TESTS) && overlap(other.span, cue.span));
        let early = turn < pitch;
        // Later, an open question may be about anything.
        let counts = early || cue.kind == CueKind::DiscoveryQuestion;
        if counts && !tests && answered(turn) && !crowded(record, turn, rubric) && found < rule.most && turns.insert(turn) {
            found += 1;
            let (id, points) = if early { (messages::POINT_DISCOVERY, rule.points) } else { (messages::POINT_DISCOVERY_LATE, late.points) };
            worth += points;
            tally.earn("discovery", Message::new(id), points, Some(quote(cue)));
        }
    }
    // Where nothing was shown either, the first word is where a question would have fitted.
    let moment = ledgers.facts.counted.first().map(|fact| fact.said.clone()).or_else(|| record.first_line(Speaker::Rep));
    let id = if worth == 0 { messages::POINT_DISCOVERY_MISSED } else { messages::POINT_DISCOVERY_SHORT };
    tally.miss("discovery", Message::new(id), rule.total() - worth, moment, Habit::Discovery, Detail::Nothing);
}

/// Where an ask would have fitted: the customer's last sign of interest, else the rep's last turn, which went without one.
fn moment_to_ask(record: &Record) -> Option<Quote> {
    let interest = record.all().filter(|(_, cue)| cue.kind == CueKind::BuyingSignal).last();
    interest.map(|(turn, cue)| sentence(record, turn, cue)).or_else(|| record.last_line(Speaker::Rep))
}

/// The whole sentence around a cue where the turn begins with it, else the cue's words: "Do you have these in wide?", not "Do you have these in".
fn sentence(record: &Record, turn: usize, cue: &Cue) -> Quote {
    let line = record.turns.get(turn).and_then(|heard| heard.line.clone());
    line.filter(|line| overlap(line.span, cue.span) && line.span.end >= cue.span.end).unwrap_or_else(|| quote(cue))
}

fn ask(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let (rules, close) = (&rubric.closing, &ledgers.close);
    match &close.row.trial {
        Some(words) => tally.earn("trial", Message::new(messages::POINT_TRIAL), rules.trial.points, Some(words.clone())),
        None => {
            let moment = close.row.asks.first().cloned().or_else(|| moment_to_ask(record));
            tally.miss("trial", Message::new(messages::POINT_TRIAL_MISSED), rules.trial.points, moment, Habit::Trial, Detail::Nothing);
        }
    }
    let doubts = ledgers.objections.iter().any(|case| case.chance);
    let Some(first) = close.row.asks.first().filter(|_| close.first_ask.is_some()) else {
        // The customer who commits unasked leaves nothing to ask.
        if close.row.outcome != Outcome::Sale {
            let worth = rules.ask.points + rules.ask_after_value.points + if doubts { rules.ask_clear_of_doubts.points } else { 0 };
            tally.miss("ask", Message::new(messages::POINT_ASK_MISSED), worth, moment_to_ask(record), Habit::Ask, Detail::Nothing);
        }
        return;
    };
    let words = || Some(first.clone());
    tally.earn("ask", Message::new(messages::POINT_ASK), rules.ask.points, words());
    if close.row.value_before_ask >= rules.value_facts {
        tally.earn("ask-after-value", Message::new(messages::POINT_ASK_AFTER_VALUE), rules.ask_after_value.points, words());
    } else {
        let label = Message::new(messages::POINT_ASK_TOO_EARLY);
        tally.miss("ask-after-value", label, rules.ask_after_value.points, words(), Habit::AskEarly, Detail::Nothing);
    }
    if close.row.value_before_ask == 0 {
        let label = Message::new(messages::POINT_ASK_NO_VALUE);
        tally.lose("loss-no-value", label, rules.loss_no_value.points, words(), Habit::AskEarly, Detail::Nothing);
    }
    if doubts {
        let open = ledgers.objections.iter().position(|case| close.first_ask.is_some_and(|moment| case.open_at(moment)));
        match open {
            None => tally.earn("ask-clear-of-doubts", Message::new(messages::POINT_ASK_CLEAR), rules.ask_clear_of_doubts.points, words()),
            Some(case) => {
                let label = Message::new(messages::POINT_ASK_OVER_DOUBT);
                let detail = Detail::Objection(case);
                tally.miss("ask-clear-of-doubts", label, rules.ask_clear_of_doubts.points, words(), Habit::AskDoubts, detail);
            }
        }
    }
}

fn end(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let (close, worth) = (&ledgers.close, rubric.closing.settled.points);
    let (id, words) = if close.row.outcome == Outcome::Sale {
        (messages::POINT_SETTLED_SALE, close.row.answer.clone())
    } else if let Some(words) = &close.next_step {
        (messages::POINT_NEXT_STEP, Some(words.clone()))
    } else if let Some(words) = &close.graceful {
        (messages::POINT_GRACEFUL, Some(words.clone()))
    } else {
        // Their no, or the words that they were left with.
        let moment = close.row.answer.clone().or_else(|| record.last_line(Speaker::Customer));
        tally.miss("settled", Message::new(messages::POINT_NEXT_STEP_MISSED), worth, moment, Habit::NextStep, Detail::Nothing);
        return;
    };
    tally.earn("settled", Message::new(id), worth, words);
}
