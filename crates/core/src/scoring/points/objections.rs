//! Objection handling: the steps that were taken at every doubt, and whether it was settled.

use super::tally::{Detail, Tally};
use crate::scoring::{
    coaching::Habit,
    cue::CueKind,
    ledger::{
        Ledgers,
        objections::{Case, category_name},
        questions,
    },
    messages,
    record::{Record, place, quote},
    report::{Message, Quote},
    rubric::{Rubric, Rule},
};

pub(super) fn count(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) -> Result<(), Message> {
    // A doubt in the customer's last words left no turn to take it up.
    let cases = || ledgers.objections.iter().enumerate().filter(|(_, case)| case.chance);
    if cases().next().is_none() {
        return Err(Message::new(messages::NOT_OBSERVED_NO_OBJECTION));
    }
    for (index, case) in cases() {
        count_case(index, case, rubric, tally);
    }
    losses(record, ledgers, rubric, tally);
    Ok(())
}

fn about(id: &str, case: &Case) -> Message {
    Message::new(id).with("category", category_name(case.category))
}

fn count_case(index: usize, case: &Case, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.objections;
    let raised = || Some(case.raised.clone());
    if let Some((ms, in_aim)) = case.pause {
        let seconds = format!("{}.{}", ms / 1000, ms % 1000 / 100);
        let label = |id| about(id, case).with("seconds", seconds.as_str());
        if in_aim {
            tally.earn("pause", label(messages::POINT_PAUSE), rules.pause.points, raised());
        } else {
            tally.miss("pause", label(messages::POINT_PAUSE_MISSED), rules.pause.points, raised(), Habit::Pause, Detail::Objection(index));
        }
    }
    if case.ignored() {
        let whole = rules.answer.points + rules.check.points + rules.resolved.points;
        let all = rules.clarify.points + rules.acknowledge.points + if case.postponed() { 0 } else { whole };
        let label = about(messages::POINT_OBJECTION_IGNORED, case);
        tally.miss("answer", label, all, raised(), Habit::Answer, Detail::Objection(index));
        return;
    }
    let mut step = |rule: &str, worth: Rule, words: &Option<Quote>, done: &str, missed: &str, habit: Habit| match words {
        Some(words) => tally.earn(rule, about(done, case), worth.points, Some(words.clone())),
        None => tally.miss(rule, about(missed, case), worth.points, raised(), habit, Detail::Objection(index)),
    };
    step("clarify", rules.clarify, &case.clarify, messages::POINT_CLARIFIED, messages::POINT_CLARIFY_MISSED, Habit::Clarify);
    let (done, missed) = (messages::POINT_ACKNOWLEDGED, messages::POINT_ACKNOWLEDGE_MISSED);
    step("acknowledge", rules.acknowledge, &case.acknowledge, done, missed, Habit::Acknowledge);
    if case.postponed() {
        return;
    }
    step("answer", rules.answer, &case.answer, messages::POINT_ANSWERED, messages::POINT_ANSWER_MISSED, Habit::Answer);
    step("check", rules.check, &case.check, messages::POINT_CHECKED, messages::POINT_CHECK_MISSED, Habit::Check);
    let settled = case.answer.clone().filter(|_| case.resolved);
    step("resolved", rules.resolved, &settled, messages::POINT_RESOLVED, messages::POINT_RESOLVE_MISSED, Habit::Resolve);
}

fn losses(record: &Record, ledgers: &Ledgers, rubric: &Rubric, tally: &mut Tally) {
    let rules = &rubric.objections;
    let argued = ledgers.objections.iter().enumerate().filter_map(|(index, case)| Some((index, case, case.argued.clone()?)));
    for (index, case, words) in argued.take(rules.loss_argued.most as usize) {
        let label = about(messages::POINT_ARGUED, case);
        tally.lose("loss-argued", label, rules.loss_argued.points, Some(words), Habit::Argue, Detail::Objection(index));
    }
    let most = rules.loss_discounted.most as usize;
    let discounted = ledgers.objections.iter().enumerate().filter_map(|(index, case)| Some((index, case, case.discounted.clone()?)));
    for (index, case, words) in discounted.clone().take(most) {
        let label = about(messages::POINT_DISCOUNTED, case);
        tally.lose("loss-discounted", label, rules.loss_discounted.points, Some(words), Habit::Discount, Detail::Objection(index));
    }
    for words in unasked(record, ledgers).take(most.saturating_sub(discounted.count())) {
        let label = Message::new(messages::POINT_DISCOUNTED_UNASKED);
        tally.lose("loss-discounted", label, rules.loss_discounted.points, Some(words), Habit::Discount, Detail::Nothing);
    }
}

/// Offers to take less while no doubt stood open and the customer had asked for nothing.
fn unasked<'a>(record: &'a Record, ledgers: &'a Ledgers) -> impl Iterator<Item = Quote> + 'a {
    let offers = record.all().filter(|(_, cue)| cue.kind == CueKind::DiscountOffer);
    offers
        .filter(|(turn, cue)| {
            let known = |case: &Case| case.discounted.as_ref().is_some_and(|words| words.turn == cue.turn);
            let open = |case: &Case| known(case) || case.open_at(place(*turn, cue));
            !ledgers.objections.iter().any(open) && !questions::asked_just_before(record, *turn)
        })
        .map(|(_, cue)| quote(cue))
}
