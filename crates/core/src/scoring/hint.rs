//! A hint on request: the one thing to do next, from how the conversation stands.

use super::{
    coaching::{Better, Habit},
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
    if ledgers.close.row.outcome == Outcome::NoSale {
        return said(messages::HINT_LEAVE, Habit::Push, Detail::Nothing);
    }
    if let Some(hint) = doubt(&ledgers, &better) {
        return hint;
    }
    if let Some(question) = ledgers.questions.iter().rev().find(|question| question.answered.is_none() && recent(record, question.turn)) {
        return said(messages::HINT_ANSWER_QUESTION, Habit::Question, Detail::Question(question.about.clone()));
    }
    if let Some(need) = ledgers.needs.iter().find(|need| need.told.is_some() && need.tied.is_none()) {
        let line = example(better.line(Habit::TieNeed, &Detail::Need(need.need.clone())));
        return Hint { text: Message::new(messages::HINT_TIE).with("need", need.label.as_str()), example: line };
    }
    let found = ledgers.needs.iter().filter(|need| need.told.is_some()).count();
    if found == 0 || (found < ledgers.needs.len() && ledgers.facts.tied.len() < 2) {
        return said(messages::HINT_DISCOVER, Habit::Discovery, Detail::Nothing);
    }
    let hesitates = ledgers.close.declined.is_some();
    if hesitates && ledgers.close.first_ask.is_some() {
        return said(messages::HINT_NEXT_STEP, Habit::NextStep, Detail::Nothing);
    }
    if ledgers.facts.counted.len() < rubric.closing.value_facts as usize {
        return said(messages::HINT_VALUE, Habit::Facts, Detail::Nothing);
    }
    if ledgers.close.row.trial.is_none() && ledgers.close.first_ask.is_none() {
        return said(messages::HINT_TRIAL, Habit::Trial, Detail::Nothing);
    }
    said(messages::HINT_ASK, Habit::Ask, Detail::Nothing)
}

/// The newest doubt that stands open, and its next step.
fn doubt(ledgers: &Ledgers, better: &Better<'_>) -> Option<Hint> {
    let (index, case) = ledgers.objections.iter().enumerate().rev().find(|(_, case)| case.open())?;
    let detail = Detail::Objection(index);
    let again = case.answer.is_some();
    let (id, habit) = if again {
        (messages::HINT_ANSWER_AGAIN, Habit::Answer)
    } else if case.clarify.is_none() {
        (messages::HINT_CLARIFY, Habit::Clarify)
    } else {
        (messages::HINT_ANSWER_DOUBT, Habit::Answer)
    };
    let line = better.line(habit, &detail);
    let text = Message::new(id).with("category", category_name(case.category));
    Some(Hint { text, example: Some(line).filter(|line| !line.is_empty()) })
}

/// True where the turn is the customer's last one or the one before it.
fn recent(record: &Record, turn: usize) -> bool {
    record.turns_of(Speaker::Customer).rev().take(2).any(|(at, _)| at == turn)
}
