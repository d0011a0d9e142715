//! The objection ledger: every doubt that was raised, and the steps that were taken at it.

use crate::{
    catalog::ObjectionCategory,
    scoring::{
        cue::{Cue, CueKind, Verdict},
        listen::Vocabulary,
        points::crowded,
        record::{Heard, Place, Record, is, overlap, place, quote},
        report::{ObjectionRow, Quote, Step, StepKind, StepState},
        rubric::Rubric,
    },
    session::Speaker,
};

const QUESTIONS: [CueKind; 3] = [CueKind::OpenQuestion, CueKind::ClosedQuestion, CueKind::DiscoveryQuestion];
const CHECKS: [CueKind; 2] = [CueKind::CheckBack, CueKind::TrialClose];
/// A question that does one of these asks nothing about the doubt, and does not check whether it is settled.
const ASKS: [CueKind; 4] = [CueKind::CheckBack, CueKind::TrialClose, CueKind::AskForSale, CueKind::PutDown];

/// One objection with what the points need beside its row.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct Case {
    pub(in crate::scoring) category: ObjectionCategory,
    pub(in crate::scoring) objection: Option<String>,
    pub(in crate::scoring) raised: Quote,
    pub(in crate::scoring) times: u32,
    pub(in crate::scoring) clarify: Option<Quote>,
    pub(in crate::scoring) acknowledge: Option<Quote>,
    pub(in crate::scoring) answer: Option<Quote>,
    /// Answered in the turn before it was raised.
    forestalled: Option<Quote>,
    pub(in crate::scoring) check: Option<Quote>,
    /// Pause before the rep spoke, in milliseconds, where it was timed, and whether that was in the aim.
    pub(in crate::scoring) pause: Option<(u32, bool)>,
    /// True where the rep had a turn to take it up.
    pub(in crate::scoring) chance: bool,
    pub(in crate::scoring) resolved: bool,
    /// Offered to take less before anything else was done.
    pub(in crate::scoring) discounted: Option<Quote>,
    /// Belittled it.
    pub(in crate::scoring) argued: Option<Quote>,
    /// Every moment at which it opened (true) or was answered (false).
    history: Vec<(Place, bool)>,
    rep_turns: u32,
    turns_since_answer: u32,
    last_raised: usize,
    accepted: bool,
}

impl Case {
    /// True where it stood unanswered at this moment.
    pub(in crate::scoring) fn open_at(&self, moment: Place) -> bool {
        self.history.iter().take_while(|(when, _)| *when < moment).last().is_some_and(|(_, open)| *open)
    }

    /// Position of the turn in which it was raised last.
    pub(in crate::scoring) fn last_raised(&self) -> usize {
        self.last_raised
    }

    /// True where it stands unanswered at the end.
    pub(in crate::scoring) fn open(&self) -> bool {
        self.history.last().is_some_and(|(_, open)| *open) && !self.accepted
    }

    /// True where not one step was taken at it.
    pub(in crate::scoring) fn ignored(&self) -> bool {
        self.clarify.is_none() && self.acknowledge.is_none() && self.answer.is_none() && self.check.is_none()
    }

    /// "I'll think about it" rather than a doubt about the product: a question or a next step is all that it takes.
    pub(in crate::scoring) fn postponed(&self) -> bool {
        self.objection.is_none() && self.category == ObjectionCategory::Timing
    }

    /// Its row in the report.
    pub(in crate::scoring) fn row(&self) -> ObjectionRow {
        let step = |kind, words: &Option<Quote>| Step {
            kind,
            state: match words {
                Some(_) => StepState::Done,
                None if self.chance => StepState::Missing,
                None => StepState::NotMeasurable,
            },
            quote: words.clone(),
            pause_ms: None,
        };
        let pause = Step {
            kind: StepKind::Pause,
            state: match self.pause {
                Some((_, true)) => StepState::Done,
                Some((_, false)) => StepState::Missing,
                None => StepState::NotMeasurable,
            },
            quote: None,
            pause_ms: self.pause.map(|(ms, _)| ms),
        };
        ObjectionRow {
            category: self.category,
            objection: self.objection.clone(),
            raised: self.raised.clone(),
            times: self.times,
            steps: vec![
                pause,
                step(StepKind::Clarify, &self.clarify),
                step(StepKind::Acknowledge, &self.acknowledge),
                step(StepKind::Answer, &self.answer),
                step(StepKind::Check, &self.check),
            ],
            resolved: self.resolved,
        }
    }
}

pub(in crate::scoring) fn ledger(record: &Record, rubric: &Rubric) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    // The doubts that the customer raised last: the matter at hand.
    let mut at_hand: Vec<usize> = Vec::new();
    for (turn, heard) in record.turns.iter().enumerate() {
        let cues = record.cues_of(turn);
        match heard.speaker {
            Speaker::Customer => {
                raise(&mut cases, &mut at_hand, record, rubric, turn);
                if heard.settles && !cues.iter().any(|cue| cue.kind == CueKind::Objection) {
                    at_hand.iter().for_each(|index| settle(&mut cases[*index], record, turn));
                }
            }
            // What was said for the score takes no step.
            Speaker::Rep if crowded(record, turn, rubric) => cases.iter_mut().for_each(|case| case.chance = true),
            Speaker::Rep => {
                for (index, case) in cases.iter_mut().enumerate() {
                    hear_rep(case, record, rubric, turn, heard, at_hand.contains(&index));
                }
            }
        }
    }
    for case in &mut cases {
        if case.answer.is_none() && case.times == 1 {
            case.answer = case.forestalled.take();
        }
        case.resolved = case.answer.is_some() && (!case.history.last().is_some_and(|(_, open)| *open) || case.accepted);
    }
    cases
}

fn raise(cases: &mut Vec<Case>, at_hand: &mut Vec<usize>, record: &Record, rubric: &Rubric, turn: usize) {
    let cues = record.cues_of(turn);
    let mut raised = Vec::new();
    for cue in cues.iter().filter(|cue| cue.kind == CueKind::Objection) {
        let Some(category) = category(cue) else { continue };
        let known = cases.iter().rposition(|case| match (&case.objection, &cue.refers_to) {
            (Some(known), Some(id)) => known == id,
            // Put in words of its own: the same doubt as the last one of its kind, unless that one is settled and done.
            (_, None) => case.category == category && (case.open() || turn < case.last_raised + 4),
            (None, Some(_)) => case.category == category && case.open(),
        });
        let index = known.unwrap_or(cases.len());
        match cases.get_mut(index) {
            Some(case) => again(case, turn, cue),
            None => cases.push(first(category, record, rubric, turn, cue)),
        }
        raised.push(index);
    }
    if cues.iter().any(|cue| cue.kind == CueKind::Acceptance) {
        cases.iter_mut().for_each(|case| case.accepted = case.answer.is_some());
    }
    if !raised.is_empty() {
        *at_hand = raised;
    }
}

/// A doubt that is raised for the first time. What the rep said of it just before is its answer, until it is raised again.
fn first(category: ObjectionCategory, record: &Record, rubric: &Rubric, turn: usize, cue: &Cue) -> Case {
    let mut case = new(category, turn, cue);
    let before = turn.checked_sub(1).filter(|before| !crowded(record, *before, rubric));
    let heard = before.and_then(|before| record.turns.get(before)).filter(|heard| heard.speaker == Speaker::Rep);
    if let (Some(before), Some(heard)) = (before, heard)
        && case.objection.is_some()
    {
        case.forestalled = answer_before(&case, record, heard, record.cues_of(before));
        if case.forestalled.is_some() {
            case.history.push(((turn, cue.span.end), false));
        }
    }
    case
}

fn new(category: ObjectionCategory, turn: usize, cue: &Cue) -> Case {
    Case {
        category,
        objection: cue.refers_to.clone(),
        raised: quote(cue),
        times: 1,
        clarify: None,
        acknowledge: None,
        answer: None,
        forestalled: None,
        check: None,
        pause: None,
        chance: false,
        resolved: false,
        discounted: None,
        argued: None,
        history: vec![(place(turn, cue), true)],
        rep_turns: 0,
        turns_since_answer: 0,
        last_raised: turn,
        accepted: false,
    }
}

fn again(case: &mut Case, turn: usize, cue: &Cue) {
    if case.last_raised == turn {
        return;
    }
    if case.objection.is_none() {
        case.objection.clone_from(&cue.refers_to);
    }
    case.times += 1;
    case.last_raised = turn;
    case.rep_turns = 0;
    case.accepted = false;
    case.history.push((place(turn, cue), true));
}

/// The customer says that it is settled: whatever the rep stated just before was the answer.
fn settle(case: &mut Case, record: &Record, turn: usize) {
    let Some(before) = turn.checked_sub(1).filter(|before| record.turns[*before].speaker == Speaker::Rep) else { return };
    let cues = record.cues_of(before);
    if case.answer.is_some() || cues.iter().any(|cue| cue.verdict == Some(Verdict::Contradicted)) {
        return;
    }
    let states = [CueKind::Feature, CueKind::Benefit, CueKind::Claim, CueKind::PriceQuote, CueKind::HonestUnknown];
    if let Some(cue) = cues.iter().find(|cue| is(cue, &states)) {
        case.answer = Some(quote(cue));
        case.turns_since_answer = 0;
        case.history.push((place(before, cue), false));
    }
}

fn hear_rep(case: &mut Case, record: &Record, rubric: &Rubric, turn: usize, heard: &Heard, at_hand: bool) {
    case.rep_turns += 1;
    if case.answer.is_some() {
        case.turns_since_answer += 1;
    }
    let first_reply = !case.chance;
    case.chance = true;
    if first_reply {
        case.pause = pause(record, rubric, case.last_raised, heard);
    }
    let at_hand = at_hand && case.rep_turns <= rubric.objections.window_turns;
    let cues = record.cues_of(turn);
    let stood_open = case.history.last().is_some_and(|(_, open)| *open);
    let answered = answer(case, record, heard, cues, at_hand);
    if let (Some(words), true) = (&answered, stood_open) {
        case.history.push(((turn, words.span.start), false));
    }
    let untouched = case.answer.is_none();
    // An answer that did not settle it is replaced by the one that comes after it was raised again.
    let fresh = untouched || stood_open;
    if let (Some(words), true) = (&answered, fresh) {
        case.answer = Some(words.clone());
        case.turns_since_answer = 0;
    }
    let answered = answered.map(|words| words.span);
    if !at_hand && case.answer.is_none() {
        return;
    }
    let before_answer = |cue: &Cue| fresh && answered.is_none_or(|answer| cue.span.start <= answer.start);
    for cue in cues {
        let ask = || cues.iter().any(|other| is(other, &ASKS) && overlap(other.span, cue.span));
        if case.clarify.is_none() && at_hand && before_answer(cue) && is(cue, &QUESTIONS) && !ask() {
            case.clarify = Some(quote(cue));
        }
        if case.acknowledge.is_none() && at_hand && is(cue, &[CueKind::Empathy, CueKind::Reflection]) {
            case.acknowledge = Some(quote(cue));
        }
        let after_answer = match answered {
            Some(answer) => cue.span.start > answer.start,
            None => !fresh || case.forestalled.is_some(),
        };
        let checks = is(cue, &CHECKS) || (answered.is_some() && cue.kind == CueKind::ClosedQuestion && !ask());
        if case.check.is_none() && after_answer && checks && case.turns_since_answer <= rubric.objections.check_turns {
            case.check = Some(quote(cue));
        }
        if case.discounted.is_none() && at_hand && untouched && before_answer(cue) && cue.kind == CueKind::DiscountOffer {
            case.discounted = Some(quote(cue));
        }
        if case.argued.is_none() && at_hand && cue.kind == CueKind::PutDown {
            case.argued = Some(quote(cue));
        }
    }
}

/// The words of a turn that answer this doubt, the first of them.
fn answer(case: &Case, record: &Record, heard: &Heard, cues: &[Cue], at_hand: bool) -> Option<Quote> {
    // A falsehood settles nothing, whatever true words stand around it.
    if cues.iter().any(|cue| cue.verdict == Some(Verdict::Contradicted)) {
        return None;
    }
    let by_cue = cues.iter().find(|cue| answers(case, record, cue, at_hand)).map(quote);
    let known = case.objection.as_deref().and_then(|id| record.material.objections.iter().position(|known| known.id == id));
    let by_words = heard.answers.iter().find(|(objection, _)| at_hand && known == Some(*objection)).map(|(_, words)| words.clone());
    by_cue.or(by_words)
}

/// The words of the turn before it that answer this doubt: only what speaks of it, since nothing was at hand yet.
fn answer_before(case: &Case, record: &Record, heard: &Heard, cues: &[Cue]) -> Option<Quote> {
    if cues.iter().any(|cue| cue.verdict == Some(Verdict::Contradicted)) {
        return None;
    }
    let known = record.material.objections.iter().position(|known| case.objection.as_deref() == Some(known.id.as_str()))?;
    let words = heard.answers.iter().find(|(objection, _)| *objection == known).map(|(_, words)| words.clone())?;
    // "Honestly" may begin an answer to a doubt that is there; before it, only a fact is one, or what is in the doubt's own words.
    let states = [CueKind::Feature, CueKind::Benefit, CueKind::Claim, CueKind::PriceQuote];
    let fact = cues.iter().any(|cue| is(cue, &states) && overlap(cue.span, words.span));
    (fact || Vocabulary::new([vec![case.raised.text.as_str()]]).touches(0, &words.text)).then_some(words)
}

/// True where what was noticed answers this doubt.
fn answers(case: &Case, record: &Record, cue: &Cue, at_hand: bool) -> bool {
    let stated = is(cue, &[CueKind::Feature, CueKind::Benefit]) || (cue.kind == CueKind::Claim && cue.verdict == Some(Verdict::Supported));
    let known = case.objection.as_deref().and_then(|id| record.material.objection(id));
    let named = case.objection.is_some() && cue.refers_to == case.objection && cue.kind != CueKind::PriceQuote;
    let by_feature = |id: &String| known.is_some_and(|objection| objection.features.contains(id));
    match cue.kind {
        _ if named => true,
        CueKind::Feature | CueKind::Benefit if cue.subject.as_ref().is_some_and(by_feature) => {
            // A fact about the thing answers why it is worth it; a doubt about the thing wants an answer about that doubt.
            let worth = [ObjectionCategory::Price, ObjectionCategory::Need, ObjectionCategory::Competition];
            known.is_some_and(|known| worth.contains(&known.category) || record.material.speaks_of(&known.id, &cue.quote))
        }
        // What it does for this customer answers why it is worth it, and no doubt about the thing or about its use.
        CueKind::Benefit => {
            at_hand && known.is_none_or(|known| !matches!(known.category, ObjectionCategory::Quality | ObjectionCategory::Need))
        }
        CueKind::HonestUnknown => at_hand,
        CueKind::AskForSale => at_hand && case.postponed() && cue.subject.as_deref() == Some("next_step"),
        // A doubt that the catalogue does not know is answered by any true statement while it is the matter at hand.
        _ => stated && at_hand && known.is_none(),
    }
}

fn pause(record: &Record, rubric: &Rubric, raised: usize, heard: &Heard) -> Option<(u32, bool)> {
    let (_, ended) = record.turns.get(raised)?.timed?;
    let (started, _) = heard.timed?;
    let pause = u32::try_from((started - ended).max(0)).ok()?;
    let (from, to) = rubric.measures.pause.aim;
    let aim = i64::from(from) * 100..=i64::from(to) * 100;
    Some((pause, aim.contains(&i64::from(pause))))
}

/// The category of an objection, by its name.
fn category(cue: &Cue) -> Option<ObjectionCategory> {
    Some(match cue.subject.as_deref()? {
        "price" => ObjectionCategory::Price,
        "quality" => ObjectionCategory::Quality,
        "timing" => ObjectionCategory::Timing,
        "competition" => ObjectionCategory::Competition,
        "need" => ObjectionCategory::Need,
        "trust" => ObjectionCategory::Trust,
        _ => return None,
    })
}

/// The name of a category, as cues and messages carry it.
pub(in crate::scoring) fn category_name(category: ObjectionCategory) -> &'static str {
    match category {
        ObjectionCategory::Price => "price",
        ObjectionCategory::Quality => "quality",
        ObjectionCategory::Timing => "timing",
        ObjectionCategory::Competition => "competition",
        ObjectionCategory::Need => "need",
        ObjectionCategory::Trust => "trust",
    }
}
