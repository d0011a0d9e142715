//! Measures of the conversation. Times come from real timing alone; a measure without enough to go on says why instead of showing a number.

use crate::{
    scoring::{
        cue::{Cue, CueKind, Span},
        ledger::objections::Case,
        messages,
        record::{Heard, Record, is, overlap, quote},
        report::{Measure, MeasureKind, Message, Quote},
        rubric::{Aim, Rubric},
    },
    session::Speaker,
};

const QUESTIONS: [CueKind; 3] = [CueKind::OpenQuestion, CueKind::ClosedQuestion, CueKind::DiscoveryQuestion];

/// A question of the rep.
#[derive(Debug, Clone)]
pub(in crate::scoring) struct RepQuestion {
    pub(in crate::scoring) turn: usize,
    pub(in crate::scoring) open: bool,
    pub(in crate::scoring) words: Quote,
    span: Span,
}

/// The measures, and those that points are made of.
pub(in crate::scoring) struct Measures {
    pub(in crate::scoring) rows: Vec<Measure>,
    pub(in crate::scoring) questions: Vec<RepQuestion>,
    /// Percent of the speaking time in tenths, where it is measurable.
    pub(in crate::scoring) talk_share: Option<i32>,
    /// The customer's words that the rep cut off, where it is measurable.
    pub(in crate::scoring) interrupted: Option<Vec<Quote>>,
    /// Milliseconds from the first timed word to the last.
    pub(in crate::scoring) length_ms: i64,
}

type Outcome = Result<i32, Message>;

pub(in crate::scoring) fn ledger(record: &Record, cases: &[Case], rubric: &Rubric) -> Measures {
    let rules = &rubric.measures;
    let questions = rep_questions(record);
    let open = questions.iter().filter(|question| question.open).count();
    let talk_share = talk_share(record, rubric);
    let interrupted = interrupted(record, rubric);
    let length_ms = timed(record).map(|(_, (_, to))| to).max().unwrap_or(0) - timed(record).map(|(_, (from, _))| from).min().unwrap_or(0);
    let rows = vec![
        row(MeasureKind::TalkShare, rules.talk_share, talk_share.clone()),
        row(MeasureKind::LongestTurn, rules.longest_turn, longest_turn(record)),
        row(MeasureKind::OpenQuestions, rules.open_questions, asked(record, open)),
        row(MeasureKind::ClosedQuestions, rules.closed_questions, asked(record, questions.len() - open)),
        row(MeasureKind::QuestionSpread, rules.question_spread, spread(record, &questions)),
        row(MeasureKind::Pace, rules.pace, pace(record, rubric)),
        row(MeasureKind::PaceJump, rules.pace_jump, pace_jump(record, rubric)),
        row(MeasureKind::PauseAfterObjection, rules.pause, pause(record, cases)),
        row(
            MeasureKind::Interruptions,
            rules.interruptions,
            interrupted.as_ref().map(|cut| tenths(cut.len() as i64)).map_err(Message::clone),
        ),
        row(MeasureKind::Fillers, rules.fillers, Err(fillers(record))),
    ];
    Measures { rows, questions, talk_share: talk_share.ok(), interrupted: interrupted.ok(), length_ms }
}

fn row(kind: MeasureKind, aim: Aim, value: Outcome) -> Measure {
    match value {
        Ok(tenths) => Measure { kind, tenths: Some(tenths), aim: Some(aim.aim), not_measurable: None },
        Err(reason) => Measure { kind, tenths: None, aim: Some(aim.aim), not_measurable: Some(reason) },
    }
}

/// The rep's questions, each once: one that both opens and discovers is one question.
fn rep_questions(record: &Record) -> Vec<RepQuestion> {
    let mut questions: Vec<RepQuestion> = Vec::new();
    for (turn, _) in record.turns_of(Speaker::Rep) {
        for cue in record.cues_of(turn).iter().filter(|cue| is(cue, &QUESTIONS)) {
            let known = questions.iter_mut().rev().take_while(|known| known.turn == turn).find(|known| overlap(known.span, cue.span));
            match known {
                Some(known) => known.open = opens(cue, Some(known.open)),
                None => questions.push(RepQuestion { turn, open: opens(cue, None), words: quote(cue), span: cue.span }),
            }
        }
    }
    questions
}

fn opens(cue: &Cue, known: Option<bool>) -> bool {
    match cue.kind {
        CueKind::OpenQuestion => true,
        CueKind::ClosedQuestion => false,
        _ => known.unwrap_or(true),
    }
}

fn timed(record: &Record) -> impl Iterator<Item = (&Heard, (i64, i64))> {
    record.turns.iter().filter_map(|heard| Some((heard, heard.timed?)))
}

fn speech_ms(record: &Record, speaker: Speaker) -> i64 {
    timed(record).filter(|(heard, _)| heard.speaker == speaker).map(|(_, (from, to))| to - from).sum()
}

fn without_timing() -> Message {
    Message::new(messages::UNMEASURED_TYPED)
}

/// Not measurable where the rep spoke too little, or not at all.
fn enough_speech(record: &Record, rubric: &Rubric) -> Result<i64, Message> {
    let spoken = speech_ms(record, Speaker::Rep);
    if spoken == 0 {
        return Err(without_timing());
    }
    let least = rubric.measures.least_speech_ms;
    if spoken < least { Err(too_little(messages::UNMEASURED_TOO_LITTLE_SPEECH, spoken, least)) } else { Ok(spoken) }
}

fn too_little(id: &str, there: i64, least: i64) -> Message {
    Message::new(id).with("there", (there / 1000).to_string()).with("least", (least / 1000).to_string())
}

fn talk_share(record: &Record, rubric: &Rubric) -> Outcome {
    let rep = enough_speech(record, rubric)?;
    if record.turns.iter().any(|heard| heard.words > 0 && heard.timed.is_none()) {
        return Err(Message::new(messages::UNMEASURED_PARTLY_TYPED));
    }
    let all = rep + speech_ms(record, Speaker::Customer);
    Ok(clamp(1000 * rep / all.max(1)))
}

fn longest_turn(record: &Record) -> Outcome {
    let longest = timed(record).filter(|(heard, _)| heard.speaker == Speaker::Rep).map(|(_, (from, to))| to - from).max();
    longest.map(|ms| clamp(ms / 100)).ok_or_else(without_timing)
}

fn asked(record: &Record, number: usize) -> Outcome {
    if record.turns_of(Speaker::Rep).next().is_none() {
        return Err(Message::new(messages::UNMEASURED_NO_REP));
    }
    Ok(tenths(number as i64))
}

/// In how many thirds of the rep's turns a question was asked.
fn spread(record: &Record, questions: &[RepQuestion]) -> Outcome {
    let turns: Vec<usize> = record.turns_of(Speaker::Rep).map(|(turn, _)| turn).collect();
    if turns.len() < 6 {
        return Err(Message::new(messages::UNMEASURED_FEW_TURNS).with("least", "6"));
    }
    let mut thirds = [false; 3];
    for question in questions {
        let before = turns.partition_point(|turn| *turn < question.turn);
        if let Some(third) = thirds.get_mut(before * 3 / turns.len()) {
            *third = true;
        }
    }
    Ok(tenths(thirds.iter().filter(|third| **third).count() as i64))
}

/// Words a minute of these turns, in tenths.
fn words_a_minute<'a>(turns: impl Iterator<Item = (&'a Heard, (i64, i64))>) -> (i64, i64) {
    turns.fold((0, 0), |(words, ms), (heard, (from, to))| (words + i64::from(heard.words), ms + to - from))
}

fn pace(record: &Record, rubric: &Rubric) -> Outcome {
    enough_speech(record, rubric)?;
    let (words, ms) = words_a_minute(timed(record).filter(|(heard, _)| heard.speaker == Speaker::Rep));
    Ok(clamp(words * 600_000 / ms.max(1)))
}

fn pace_jump(record: &Record, rubric: &Rubric) -> Outcome {
    enough_speech(record, rubric)?;
    let objected = |turn: usize| turn > 0 && record.cues_of(turn - 1).iter().any(|cue| cue.kind == CueKind::Objection);
    let rep = |after: bool| {
        record.turns_of(Speaker::Rep).filter(move |(turn, _)| objected(*turn) == after).filter_map(|(_, heard)| Some((heard, heard.timed?)))
    };
    let ((after_words, after_ms), (else_words, else_ms)) = (words_a_minute(rep(true)), words_a_minute(rep(false)));
    let least = rubric.measures.least_after_objection_ms;
    if after_ms < least {
        return Err(too_little(messages::UNMEASURED_FEW_REPLIES, after_ms, least));
    }
    if else_ms < least {
        return Err(too_little(messages::UNMEASURED_TOO_LITTLE_SPEECH, else_ms, least));
    }
    Ok(clamp(after_words * 600_000 / after_ms - else_words * 600_000 / else_ms))
}

fn pause(record: &Record, cases: &[Case]) -> Outcome {
    if timed(record).next().is_none() {
        return Err(without_timing());
    }
    let mut pauses: Vec<u32> = cases.iter().filter_map(|case| case.pause).map(|(ms, _)| ms).collect();
    pauses.sort_unstable();
    let middle = pauses.get(pauses.len() / 2).zip(pauses.get(pauses.len().saturating_sub(1) / 2));
    let (high, low) = middle.ok_or_else(|| Message::new(messages::UNMEASURED_NO_OBJECTION))?;
    Ok(clamp((i64::from(*low) + i64::from(*high)) / 200))
}

/// The customer's turns that the rep talked into; an overlap shorter than a back-channel does not count.
fn interrupted(record: &Record, rubric: &Rubric) -> Result<Vec<Quote>, Message> {
    if timed(record).next().is_none() {
        return Err(without_timing());
    }
    let pairs = record.turns.iter().zip(record.turns.iter().skip(1));
    let cut = pairs.filter(|(customer, rep)| {
        let overlaps =
            customer.timed.zip(rep.timed).is_some_and(|((_, ended), (started, _))| ended - started >= rubric.measures.overlap_ms);
        customer.speaker == Speaker::Customer
            && rep.speaker == Speaker::Rep
            && (overlaps || (customer.interrupted && customer.timed.is_some()))
    });
    Ok(cut.filter_map(|(customer, _)| customer.line.clone()).collect())
}

/// Nothing that this engine reads keeps fillers: people do not type them, and recognisers leave them out.
fn fillers(record: &Record) -> Message {
    if timed(record).next().is_none() { without_timing() } else { Message::new(messages::UNMEASURED_FILLERS_STRIPPED) }
}

fn tenths(number: i64) -> i32 {
    clamp(number.saturating_mul(10))
}

fn clamp(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}
