//! Rapport: opening, listening, taking doubts seriously, using what was told. From words and turns alone, never from a voice.

use std::collections::BTreeSet;

use super::{
    crowded,
    tally::{Detail, Tally},
};
use crate::{
    scoring::{
        coaching::Habit,
        cue::{Cue, CueKind, Verdict},
        ledger::Ledgers,
        messages,
        record::{Record, is, quote},
        report::{Message, NeedRow, Quote},
        rubric::Rubric,
    },
    session::Speaker,
};

/// What shows that a question was followed by something else than the next question.
const GIVES: [CueKind; 8] = [
    CueKind::Feature,
    CueKind::Benefit,
    CueKind::Empathy,
    CueKind::Reflection,
    CueKind::Rapport,
    CueKind::PriceQuote,
    CueKind::Claim,
    CueKind::HonestUnknown,
];
/// Turns in a row that only ask.
const INTERROGATION: u32 = 4;

pub(super) fn count(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) -> Result<(), Message> {
    opening(record, rubric, tally);
    respect(record, ledgers, rubric, tally);
    listening(record, ledgers, rubric, tally);
    empathy(record, ledgers, rubric, tally);
    questions(record, ledgers, rubric, tally);
    courtesy(record, rubric, tally);
    talk(ledgers, rubric, tally);
    losses(record, ledgers, rubric, tally);
    Ok(())
}

/// The rep's cues of these kinds, one a turn, in turns that were not said for the score.
fn cues<'a>(record: &'a Record, rubric: &'a Rubric, kinds: &'a [CueKind]) -> impl Iterator<Item = (usize, &'a Cue)> {
    record.turns_of(Speaker::Rep).filter(|(turn, _)| !crowded(record, *turn, rubric)).filter_map(move |(turn, _)| {
        let cue = record.cues_of(turn).iter().find(|cue| is(cue, kinds))?;
        Some((turn, cue))
    })
}

fn opening(record: &Record, rubric: &Rubric, tally: &mut Tally) {
    let worth = rubric.rapport.opening.points;
    let first = record.turns_of(Speaker::Rep).next().map_or(0, |(turn, _)| turn);
    let kinds = [CueKind::Greeting, CueKind::Rapport, CueKind::OpenQuestion, CueKind::DiscoveryQuestion];
    let opened = cues(record, rubric, &kinds).find(|(turn, _)| *turn == first).map(|(_, cue)| quote(cue));
    // "Can I help you?" invites "just looking".
    let offer =
        record.cues_of(first).iter().find(|cue| cue.kind == CueKind::ClosedQuestion && cue.quote.to_lowercase().contains("help you"));
    match (opened, offer) {
        (Some(words), None) => tally.earn("opening", Message::new(messages::POINT_OPENING), worth, Some(words)),
        (opened, Some(cue)) => {
            let part = opened.as_ref().map_or(0, |_| rubric.rapport.opening_offer.points.min(worth));
            tally.earn("opening", Message::new(messages::POINT_OPENING), part, opened);
            let label = Message::new(messages::POINT_OPENING_OFFER);
            tally.miss("opening", label, worth - part, Some(quote(cue)), Habit::Opening, Detail::Nothing);
        }
        (None, None) => {
            let label = Message::new(messages::POINT_OPENING_MISSED);
            tally.miss("opening", label, worth, record.first_line(Speaker::Rep), Habit::Opening, Detail::Nothing);
        }
    }
}

/// Whether the floor was shared: nobody put down, nobody lectured, nobody cut off.
fn respect(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.rapport;
    let put_down = || record.all().find(|(_, cue)| cue.kind == CueKind::PutDown).map(|(_, cue)| quote(cue));
    let argued = || ledgers.objections.iter().find_map(|case| case.argued.clone());
    let speech = || record.turns_of(Speaker::Rep).find(|(_, heard)| heard.words > rules.monologue_words)?.1.line.clone();
    let cut = || ledgers.measures.interrupted.as_deref().and_then(|cut| cut.first().cloned());
    match put_down().or_else(argued).or_else(speech).or_else(cut) {
        None => tally.earn("respect", Message::new(messages::POINT_RESPECT), rules.respect.points, respectful(record)),
        Some(words) => {
            let label = Message::new(messages::POINT_RESPECT_MISSED);
            tally.miss("respect", label, rules.respect.points, Some(words), Habit::PutDown, Detail::Nothing);
        }
    }
}

/// The rep's last question that left the customer room, else their last words, from a turn without a put-down and with nothing false in it.
fn respectful(record: &Record) -> Option<Quote> {
    let wrong = |cue: &Cue| cue.kind == CueKind::PutDown || cue.verdict == Some(Verdict::Contradicted);
    let fair = || record.turns_of(Speaker::Rep).rev().filter(|(turn, _)| !record.cues_of(*turn).iter().any(wrong));
    let asks = |cue: &&Cue| is(cue, &[CueKind::OpenQuestion, CueKind::DiscoveryQuestion]);
    let question = fair().find_map(|(turn, _)| record.cues_of(turn).iter().find(asks)).map(quote);
    question.or_else(|| fair().find_map(|(_, heard)| heard.line.clone()))
}

fn listening(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rule = rubric.rapport.reflection;
    let heard = record.turns_of(Speaker::Customer).next().map_or(usize::MAX, |(turn, _)| turn);
    let mut found = 0;
    for (_, cue) in cues(record, rubric, &[CueKind::Reflection]).filter(|(turn, _)| *turn > heard).take(rule.most as usize) {
        found += 1;
        tally.earn("reflection", Message::new(messages::POINT_REFLECTION), rule.points, Some(quote(cue)));
    }
    let told = |row: &&NeedRow| row.told.is_some();
    let unheard = ledgers.needs.iter().filter(told).find(|row| row.reflected.is_none()).and_then(|row| row.told.clone());
    let moment = unheard.or_else(|| record.first_line(Speaker::Customer));
    if heard != usize::MAX {
        let label = Message::new(messages::POINT_REFLECTION_MISSED);
        tally.miss("reflection", label, rule.total() - found * rule.points, moment.clone(), Habit::Listen, Detail::Nothing);
    }
    used(record, ledgers, rubric, tally, moment);
}

/// Needs that came up again in the rep's own words after they were told.
fn used(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally, moment: Option<Quote>) {
    let rule = rubric.rapport.used_need;
    let told = ledgers.needs.iter().filter(|row| row.told.is_some());
    let places = if record.material.has_scenario { ledgers.needs.len() } else { told.clone().count() }.clamp(1, rule.most as usize);
    let mut used = 0;
    for row in told {
        let Some(words) = row.tied.as_ref().or(row.reflected.as_ref()) else { continue };
        if used < places {
            used += 1;
            let label = Message::new(messages::POINT_USED_NEED).with("need", row.label.as_str());
            tally.earn("used-need", label, rule.points, Some(words.clone()));
        }
    }
    let missed = u32::try_from(places - used).unwrap_or(0) * rule.points;
    tally.miss("used-need", Message::new(messages::POINT_USED_MISSED), missed, moment, Habit::Listen, Detail::Nothing);
}

fn empathy(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let worth = rubric.rapport.empathy.points;
    // What took a doubt seriously is a word at a doubt, whatever it was.
    let taken = || ledgers.objections.iter().find_map(|case| case.acknowledge.clone());
    let shown = cues(record, rubric, &[CueKind::Empathy]).next().map(|(_, cue)| quote(cue)).or_else(taken);
    let held_back = || record.all().find(|(_, cue)| cue.kind == CueKind::Hesitation).map(|(_, cue)| quote(cue));
    let occasion = ledgers.objections.iter().find(|case| case.chance).map(|case| case.raised.clone()).or_else(held_back);
    match (shown, occasion) {
        (Some(words), _) => tally.earn("empathy", Message::new(messages::POINT_EMPATHY), worth, Some(words)),
        (None, Some(moment)) => {
            let label = Message::new(messages::POINT_EMPATHY_MISSED);
            tally.miss("empathy", label, worth, Some(moment), Habit::Empathy, Detail::Nothing);
        }
        (None, None) => {}
    }
}

fn questions(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.rapport;
    let asked = &ledgers.measures.questions;
    let mut turns = BTreeSet::new();
    for question in asked.iter().filter(|question| question.open && !crowded(record, question.turn, rubric)) {
        if turns.len() < rules.open_questions.most as usize && turns.insert(question.turn) {
            let label = Message::new(messages::POINT_OPEN_QUESTION);
            tally.earn("open-questions", label, rules.open_questions.points, Some(question.words.clone()));
        }
    }
    let found = u32::try_from(turns.len()).unwrap_or(0);
    let closed = asked.iter().find(|question| !question.open).map(|question| question.words.clone());
    let moment = closed.or_else(|| record.first_line(Speaker::Rep));
    let missed = rules.open_questions.total() - found * rules.open_questions.points;
    let label = Message::new(messages::POINT_OPEN_QUESTION_MISSED);
    tally.miss("open-questions", label, missed, moment.clone(), Habit::Questions, Detail::Nothing);
    let open = asked.iter().filter(|question| question.open).count();
    let worth = rules.question_balance.points;
    if open > 0 && 2 * open >= asked.len() {
        let words = asked.iter().find(|question| question.open).map(|question| question.words.clone());
        tally.earn("question-balance", Message::new(messages::POINT_QUESTION_BALANCE), worth, words);
    } else {
        let label = Message::new(messages::POINT_QUESTION_BALANCE_MISSED);
        tally.miss("question-balance", label, worth, moment, Habit::Questions, Detail::Nothing);
    }
}

fn courtesy(record: &Record, rubric: &Rubric, tally: &mut Tally) {
    let worth = rubric.rapport.courtesy.points;
    let kind = cues(record, rubric, &[CueKind::Rapport, CueKind::Farewell]).last().map(|(_, cue)| quote(cue));
    match kind {
        Some(words) => tally.earn("courtesy", Message::new(messages::POINT_COURTESY), worth, Some(words)),
        None => {
            let label = Message::new(messages::POINT_COURTESY_MISSED);
            tally.miss("courtesy", label, worth, record.last_line(Speaker::Rep), Habit::Courtesy, Detail::Nothing);
        }
    }
}

/// The share of the talk, where it was timed: full points in the aim, none from where it is worth nothing.
fn talk(ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let Some(share) = ledgers.measures.talk_share else { return };
    let (from, to) = rubric.measures.talk_share.aim;
    let (low, high) = rubric.measures.talk_share.zero.unwrap_or((0, 1000));
    let worth = i32::try_from(rubric.rapport.talk_share.points).unwrap_or(0);
    let part = |off: i32, width: i32| (2 * worth * (width - off).max(0) + width) / (2 * width.max(1));
    let earned = match share {
        share if share < from => part(from - share, from - low),
        share if share > to => part(share - to, high - to),
        _ => worth,
    };
    let percent = (share / 10).to_string();
    let label = |id| Message::new(id).with("percent", percent.as_str());
    tally.earn("talk-share", label(messages::POINT_TALK_SHARE), earned.unsigned_abs(), None);
    let missed = (worth - earned).unsigned_abs();
    tally.miss("talk-share", label(messages::POINT_TALK_SHARE_MISSED), missed, None, Habit::Talk, Detail::Nothing);
}

fn losses(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.rapport;
    // One every two minutes is how people talk.
    let cut = ledgers.measures.interrupted.as_deref().unwrap_or(&[]);
    let free = usize::try_from(ledgers.measures.length_ms / 120_000).unwrap_or(0).max(1);
    for words in cut.iter().skip(free).take(rules.loss_interrupted.most as usize) {
        let label = Message::new(messages::POINT_INTERRUPTED);
        tally.lose("loss-interrupted", label, rules.loss_interrupted.points, Some(words.clone()), Habit::Interrupt, Detail::Nothing);
    }
    let long = record.turns_of(Speaker::Rep).filter(|(_, heard)| heard.words > rules.monologue_words);
    for (_, heard) in long.take(rules.loss_monologue.most as usize) {
        let label = Message::new(messages::POINT_MONOLOGUE).with("words", heard.words.to_string());
        tally.lose("loss-monologue", label, rules.loss_monologue.points, heard.line.clone(), Habit::Monologue, Detail::Nothing);
    }
    let put_downs = record.all().filter(|(_, cue)| cue.kind == CueKind::PutDown);
    for (_, cue) in put_downs.take(rules.loss_put_down.most as usize) {
        let label = Message::new(messages::POINT_PUT_DOWN);
        tally.lose("loss-put-down", label, rules.loss_put_down.points, Some(quote(cue)), Habit::PutDown, Detail::Nothing);
    }
    if let Some(words) = interrogation(record, ledgers, rubric) {
        let label = Message::new(messages::POINT_INTERROGATION);
        tally.lose("loss-interrogation", label, rules.loss_interrogation.points, Some(words), Habit::Interrogation, Detail::Nothing);
    }
}

/// Where questions became too many in a row, or too many in all.
fn interrogation(record: &Record, ledgers: &Ledgers, rubric: &Rubric) -> Option<Quote> {
    let asked = &ledgers.measures.questions;
    if let Some(question) = asked.get(rubric.rapport.question_limit as usize) {
        return Some(question.words.clone());
    }
    let asks: BTreeSet<usize> = asked.iter().map(|question| question.turn).collect();
    let mut row = 0;
    for (turn, heard) in record.turns_of(Speaker::Rep) {
        let only_asks = asks.contains(&turn) && !record.cues_of(turn).iter().any(|cue| is(cue, &GIVES));
        row = if only_asks { row + 1 } else { 0 };
        if row >= INTERROGATION {
            return heard.line.clone();
        }
    }
    None
}
