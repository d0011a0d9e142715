//! One response of the model while it is made and played.

use sellme_core::{Millis, session::Speaker};

use super::{
    change::Spoken,
    heard::{self, MS_PER_SOUND_TOKEN, Pace},
};
use crate::events::ResponseStatus;

/// A response that is over at the service.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done {
    pub(super) at: Millis,
    pub(super) status: ResponseStatus,
    /// Length of the sound that was made; 0 where it was not told.
    pub(super) sound_ms: u64,
}

/// A call whose item did not say whether it is whole.
#[derive(Debug, Clone)]
pub(super) struct Waiting {
    pub(super) key: String,
    pub(super) call_id: String,
    pub(super) name: String,
    pub(super) arguments: String,
}

/// One response.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) id: String,
    /// Not part of the conversation.
    pub(super) outside: bool,
    /// Its messages, in order.
    pub(super) lines: Vec<String>,
    /// It was said to be made.
    pub(super) began: bool,
    /// It has sound.
    pub(super) spoken: bool,
    pub(super) first_words: Option<Millis>,
    pub(super) started: Option<Millis>,
    pub(super) ended: Option<Millis>,
    /// Its sound was cut off.
    pub(super) cut: bool,
    /// It ends because the call does, not because somebody cut in.
    pub(super) hung_up: bool,
    pub(super) done: Option<Done>,
    pub(super) waiting: Vec<Waiting>,
    pub(super) called: bool,
    pub(super) touched: Millis,
}

impl Answer {
    pub(super) fn new(id: &str, now: Millis) -> Self {
        Self {
            id: id.to_owned(),
            outside: false,
            lines: Vec::new(),
            began: false,
            spoken: false,
            first_words: None,
            started: None,
            ended: None,
            cut: false,
            hung_up: false,
            done: None,
            waiting: Vec::new(),
            called: false,
            touched: now,
        }
    }

    pub(super) fn was_cancelled(&self) -> bool {
        self.done.is_some_and(|done| done.status == ResponseStatus::Cancelled)
    }
}

/// A line of an answer that is over.
pub(super) struct Piece<'a> {
    pub(super) item_id: &'a str,
    pub(super) words: String,
    pub(super) truncated: Option<i64>,
}

/// The end of an answer's sound in which no word begins any more: whoever speaks in it has heard all of them. The time of a cut is no more exact than this.
const LAST_BREATH_MS: u64 = 300;

/// What was heard of an answer, line by line. A line of which nothing was heard is no turn.
pub(super) fn heard(answer: &Answer, pieces: &[Piece<'_>], pace: &mut Pace, now: Millis) -> Vec<Option<Spoken>> {
    let all = pieces.iter().map(|piece| piece.words.as_str()).collect::<Vec<_>>().join(" ");
    let made = answer.done.map_or(0, |done| done.sound_ms);
    let whole = if made > 0 { made } else { pace.millis(&all).max(1) };
    let begin = answer.started.or(answer.first_words);
    let end = answer.ended.or(answer.done.map(|done| done.at));
    let length = |from: Option<Millis>, to: Option<Millis>| from.zip(to).map_or(0, |(from, to)| to.since(from).0.unsigned_abs());
    let cut = answer.cut || (answer.was_cancelled() && answer.ended.is_none());
    let played = match cut {
        true => length(begin, Some(end.unwrap_or(now))),
        false => u64::MAX,
    };
    if !cut && answer.started.is_some() && answer.ended.is_some() {
        pace.learn(&all, length(answer.started, answer.ended).try_into().unwrap_or(i64::MAX));
    }
    let total = all.chars().count().max(1) as u64;
    let is_whole = answer.done.is_some_and(|done| done.status == ResponseStatus::Completed);
    let mut before = 0;
    let turn = |piece: &Piece<'_>| {
        let words = piece.words.trim();
        let own = whole.saturating_mul(words.chars().count() as u64) / total;
        let offset = before;
        before += own;
        let own_played = match piece.truncated {
            Some(millis) => millis.unsigned_abs(),
            None => played.saturating_sub(offset),
        };
        // Nothing is left that was not heard. Of an answer that was broken off in the midst of a sentence nobody knows how much was to come.
        let at_its_end =
            (is_whole || heard::is_sentence(words)) && made > 0 && own.saturating_sub(own_played) <= LAST_BREATH_MS.min(own / 4);
        let text = if answer.spoken && !at_its_end { heard::cut(words, own_played, own) } else { words };
        let complete = text.len() == words.len();
        let shift = |millis: u64| i64::try_from(millis).unwrap_or(i64::MAX);
        let started = begin.filter(|_| answer.spoken).map(|begin| Millis(begin.0.saturating_add(shift(offset))));
        let ended = match (started, answer.ended, answer.done) {
            (None, ..) => None,
            (Some(started), Some(ended), _) if complete && pieces.len() > 1 => {
                Some(ended.min(Millis(started.0.saturating_add(shift(own)))))
            }
            (_, Some(ended), _) => Some(ended),
            // No events about playing: the sound was made faster than it is played, so it ends when its length is over.
            (Some(started), None, Some(done)) if made > 0 => {
                Some(done.at.max(Millis(started.0.saturating_add(shift(own.min(own_played))))))
            }
            // Broken off while it was said: then, as far as anybody can tell. Otherwise nobody knows.
            (Some(_), None, done) => cut.then(|| done.map_or(now, |done| done.at)),
        };
        (!text.is_empty()).then(|| Spoken {
            speaker: Speaker::Customer,
            text: text.to_owned(),
            ended: ended.filter(|ended| started.is_some_and(|started| started <= *ended)),
            started,
            interrupted: !answer.hung_up && (!complete || (answer.was_cancelled() && !heard::is_sentence(words))),
            item_id: piece.item_id.to_owned(),
        })
    };
    pieces.iter().map(turn).collect()
}

/// Length of the sound of this many tokens, in milliseconds.
pub(super) fn sound_ms(tokens: u64) -> u64 {
    tokens.saturating_mul(MS_PER_SOUND_TOKEN)
}
