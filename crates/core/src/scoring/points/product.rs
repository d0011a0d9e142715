//! Product knowledge: true facts that mattered, the right price, questions answered; and what was promised too much.

use super::tally::{Detail, Tally};
use crate::{
    scoring::{
        coaching::Habit,
        cue::{CueKind, Verdict},
        ledger::{Ledgers, claims, questions},
        messages,
        record::{Record, quote},
        report::{Message, Quote},
        rubric::Rubric,
    },
    session::Speaker,
};

pub(super) fn count(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) -> Result<(), Message> {
    if !record.material.has_product {
        return Err(Message::new(messages::NOT_OBSERVED_NO_PRODUCT));
    }
    facts(record, ledgers, rubric, tally);
    tied(record, ledgers, rubric, tally);
    price(record, ledgers, rubric, tally);
    answers(record, ledgers, rubric, tally);
    promises(ledgers, rubric, tally);
    Ok(())
}

/// A moment at which a fact would have had something to answer.
fn wanted(record: &Record, ledgers: &Ledgers) -> Option<Quote> {
    let need = ledgers.needs.iter().find_map(|need| need.told.clone());
    need.or_else(|| ledgers.objections.first().map(|case| case.raised.clone())).or_else(|| record.first_line(Speaker::Rep))
}

fn facts(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.product;
    let all = rules.relevant_fact.total();
    let (relevant, other): (Vec<_>, Vec<_>) = ledgers.facts.counted.iter().partition(|fact| fact.relevant);
    let mut earned = 0;
    for fact in relevant.iter().take(rules.relevant_fact.most as usize) {
        earned += rules.relevant_fact.points;
        tally.earn("relevant-fact", Message::new(messages::POINT_FACT_RELEVANT), rules.relevant_fact.points, Some(fact.said.clone()));
    }
    for fact in other.iter().take(rules.other_fact.most as usize) {
        let value = rules.other_fact.points.min(all - earned);
        earned += value;
        tally.earn("other-fact", Message::new(messages::POINT_FACT_OTHER), value, Some(fact.said.clone()));
    }
    tally.miss(
        "relevant-fact",
        Message::new(messages::POINT_FACTS_MISSED),
        all - earned,
        wanted(record, ledgers),
        Habit::Facts,
        Detail::Nothing,
    );
    for recital in ledgers.facts.recitals.iter().take(rules.loss_recital.most as usize) {
        let label = Message::new(messages::POINT_RECITAL);
        tally.lose("loss-recital", label, rules.loss_recital.points, Some(recital.said.clone()), Habit::Recital, Detail::Nothing);
    }
}

fn tied(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rule = rubric.product.tied_fact;
    // Without a scenario only a need that was told is known to be there.
    let there =
        if record.material.has_scenario { ledgers.needs.len() } else { ledgers.needs.iter().filter(|need| need.told.is_some()).count() };
    let places = there.min(rule.most as usize);
    let done: Vec<_> = ledgers.facts.tied.iter().take(places).collect();
    for (need, words) in &done {
        let label = ledgers.needs.iter().find(|row| row.need == *need).map_or("", |row| &row.label);
        let message = Message::new(messages::POINT_FACT_TIED).with("need", label);
        tally.earn("tied-fact", message, rule.points, Some(words.clone()));
    }
    let left = ledgers.needs.iter().filter(|row| !ledgers.facts.tied.iter().any(|(need, _)| *need == row.need));
    // Needs that were told come first: there the moment was in plain sight.
    let (told, hidden): (Vec<_>, Vec<_>) = left.partition(|row| row.told.is_some());
    for row in told.into_iter().chain(hidden).take(places - done.len()) {
        let known = row.told.is_some();
        let id = if known { messages::POINT_TIED_MISSED } else { messages::POINT_NEED_NOT_FOUND };
        let (habit, moment) = if known { (Habit::TieNeed, row.told.clone()) } else { (Habit::Discovery, record.first_line(Speaker::Rep)) };
        let label = Message::new(id).with("need", row.label.as_str());
        tally.miss("tied-fact", label, rule.points, moment, habit, Detail::Need(row.need.clone()));
    }
}

fn price(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.product;
    let quotes = |what: &'static str| {
        record
            .all()
            .map(|(_, cue)| cue)
            .filter(move |cue| cue.kind == CueKind::PriceQuote && cue.subject.as_deref() == Some(what))
            .map(quote)
    };
    let right = quotes("right").next();
    let asked =
        ledgers.questions.iter().find(|question| question.about == "price" && question.chance).map(|question| question.asked.clone());
    let asks = ledgers.close.row.asks.first().cloned();
    let price = claims::price(record).unwrap_or_default();
    match (right, asked.or(asks)) {
        (Some(words), _) => tally.earn("right-price", Message::new(messages::POINT_PRICE_RIGHT), rules.right_price.points, Some(words)),
        (None, Some(moment)) => {
            let label = Message::new(messages::POINT_PRICE_MISSED).with("price", price.as_str());
            tally.miss("right-price", label, rules.right_price.points, Some(moment), Habit::Price, Detail::Nothing);
        }
        (None, None) => {}
    }
    for words in quotes("wrong").take(rules.loss_wrong_price.most as usize) {
        let label = Message::new(messages::POINT_PRICE_WRONG).with("price", price.as_str());
        tally.lose("loss-wrong-price", label, rules.loss_wrong_price.points, Some(words), Habit::Price, Detail::Nothing);
    }
}

fn answers(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rule = rubric.product.answered_question;
    // The price has a rule of its own.
    let asked = ledgers.questions.iter().filter(|question| question.chance && question.about != "price");
    let (answered, open): (Vec<_>, Vec<_>) = asked.partition(|question| question.answered.is_some());
    for question in answered.iter().take(rule.most as usize) {
        tally.earn("answered-question", Message::new(messages::POINT_QUESTION_ANSWERED), rule.points, question.answered.clone());
    }
    let room = (rule.most as usize).saturating_sub(answered.len());
    for question in open.iter().take(room) {
        let label = Message::new(messages::POINT_QUESTION_MISSED);
        let detail = Detail::Question(question.about.clone());
        tally.miss("answered-question", label, rule.points, Some(question.asked.clone()), Habit::Question, detail);
    }
    let honest = record.all().find(|(turn, cue)| cue.kind == CueKind::HonestUnknown && questions::asked_just_before(record, *turn));
    if let Some((_, cue)) = honest {
        let label = Message::new(messages::POINT_HONEST_UNKNOWN);
        tally.earn("honest-unknown", label, rubric.product.honest_unknown.points, Some(quote(cue)));
    }
}

fn promises(ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.product;
    // Wrong prices have a rule of their own.
    let claims = |verdict: Verdict| {
        let priced = |row: &&crate::scoring::report::ClaimRow| row.topic == crate::catalog::Topic::Price && row.claim.is_none();
        ledgers.claims.iter().filter(move |row| row.verdict == verdict && !priced(row))
    };
    for row in claims(Verdict::Contradicted).take(rules.loss_contradicted.most as usize) {
        let truth = row.truth.clone().unwrap_or_default();
        let label = Message::new(messages::POINT_CLAIM_CONTRADICTED);
        tally.lose("loss-contradicted", label, rules.loss_contradicted.points, Some(row.said.clone()), Habit::Claim, Detail::Truth(truth));
    }
    for row in claims(Verdict::Unsupported).take(rules.loss_unsupported.most as usize) {
        let truth = row.truth.clone().unwrap_or_default();
        let label = Message::new(messages::POINT_CLAIM_UNSUPPORTED);
        tally.lose(
            "loss-unsupported",
            label,
            rules.loss_unsupported.points,
            Some(row.said.clone()),
            Habit::Unsupported,
            Detail::Truth(truth),
        );
    }
}
