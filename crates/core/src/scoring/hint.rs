//! A hint on request: the one thing to do next, from how the conversation stands.

use super::{
    coaching::{Better, Habit},
    cue::CueKind,
    ledger::{Ledgers, objections::category_name},
    messages,
    points::Detail,
    record::Record,
    report::Message,
    rubric::Rubric,
};
use crate::{
    session::{Outcome, Speaker},
    wire::Hint,
};

pub(super) fn next(record: &Record, rubric: &Rubric) -> Hint {
    let ledgers = Ledgers::of(record, rubric);
    let better = Better { record, ledgers: &ledgers, rubric };
    let example = |line: String| Some(line).filter(|line| !line.is_empty());
    let said = |id: &str, habit: Habit, detail: Detail| Hint { text: Message::new(id), example: example(better.line(habit, &detail)) };
    if record.turns_of(Speaker::Rep).next().is_none() {
        return said(messages::HINT_OPEN, Habit::Opening, Detail::Nothing);
    }
    if ledgers.close.row.outcome == Outcome::Sale {
        return said(messages::HINT_THANK, Habit::Courtesy, Detail::Nothing);
    }
    // What was raised last is on the table, whatever else was said with it.
    if let Some(hint) = doubt(record, &ledgers, &better) {
        return hint;
    }
    if ledgers.close.row.outcome == Outcome::NoSale {
        return said(messages::HINT_LEAVE, Habit::Push, Detail::Nothing);
    }
    if let Some(question) = ledgers.questions.iter().rev().find(|question| question.answered.is_none() && recent(record, question.turn)) {
        return said(messages::HINT_ANSWER_QUESTION, Habit::Question, Detail::Question(question.about.clone()));
    }
    if let Some(need) = ledgers.needs.iter().find(|need| need.told.is_some() && need.tied.is_none()) {
        let line = example(better.line(Habit::TieNeed, &Detail::Need(need.need.clone())));
        return Hint { text: Message::new(messages::HINT_TIE).with("need", need.label.as_str()), example: line };
    }
    let shown = ledgers.facts.counted.len() >= rubric.closing.value_facts as usize;
    if shown && wants_it(record) {
        return said(messages::HINT_ASK, Habit::Ask, Detail::Nothing);
    }
    let found = ledgers.needs.iter().filter(|need| need.told.is_some()).count();
    if found == 0 || (found < ledgers.needs.len() && ledgers.facts.tied.len() < 2) {
        // "Before I show you anything" is said before anything was shown.
        let habit = if ledgers.facts.pitch.is_some() { Habit::Questions } else { Habit::Discovery };
        return said(messages::HINT_DISCOVER, habit, Detail::Nothing);
    }
    let hesitates = ledgers.close.declined.is_some();
    if hesitates && ledgers.close.first_ask.is_some() {
        return said(messages::HINT_NEXT_STEP, Habit::NextStep, Detail::Nothing);
    }
    if !shown {
        return said(messages::HINT_VALUE, Habit::Facts, Detail::Nothing);
    }
    if ledgers.close.row.trial.is_none() && ledgers.close.first_ask.is_none() {
        return said(messages::HINT_TRIAL, Habit::Trial, Detail::Nothing);
    }
    said(messages::HINT_ASK, Habit::Ask, Detail::Nothing)
}

/// The doubt on the table: the one that the customer raised last, else the newest that stands open; and its next step.
fn doubt(record: &Record, ledgers: &Ledgers, better: &Better<'_>) -> Option<Hint> {
    let open = || ledgers.objections.iter().enumerate().rev().filter(|(_, case)| case.open());
    let now = record.turns_of(Speaker::Customer).next_back().map(|(turn, _)| turn);
    let gone = ledgers.close.row.outcome == Outcome::NoSale;
    let (index, case) = open()
        .find(|(_, case)| Some(case.last_raised()) == now)
        .or_else(|| open().max_by_key(|(_, case)| case.last_raised()).filter(|_| !gone))?;
    let detail = Detail::Objection(index);
    let again = case.answer.is_some();
    let (id, habit) = if again {
        (messages::HINT_ANSWER_AGAIN, Habit::Answer)
    } else if case.clarify.is_none() && case.times < 2 {
        // Who had to say it twice wants an answer, not a question.
        (messages::HINT_CLARIFY, Habit::Clarify)
    } else {
        (messages::HINT_ANSWER_DOUBT, Habit::Answer)
    };
    let line = better.line(habit, &detail);
    let text = Message::new(id).with("category", category_name(case.category));
    Some(Hint { text, example: Some(line).filter(|line| !line.is_empty()) })
}

/// True where the customer's last turn shows interest and asks nothing.
fn wants_it(record: &Record) -> bool {
    let last = record.turns_of(Speaker::Customer).next_back().map(|(turn, _)| record.cues_of(turn)).unwrap_or_default();
    last.iter().any(|cue| cue.kind == CueKind::BuyingSignal) && !last.iter().any(|cue| cue.kind == CueKind::Question)
}

/// True where the turn is the customer's last one or the one before it.
fn recent(record: &Record, turn: usize) -> bool {
    record.turns_of(Speaker::Customer).rev().take(2).any(|(at, _)| at == turn)
}
