//! When a line is finished, and when it is its turn.

use sellme_core::{Millis, session::Speaker};

use super::{
    Conversation, Playing,
    answer::{self, Answer, Piece},
    change::{Change, Spoken},
    line::{Kind, Line},
};
use crate::events::ResponseStatus;

/// How long the words of what the rep said are waited for, since the last event about it.
pub const TRANSCRIPT_MS: i64 = 10_000;

/// Speech of which nobody says that it ended is taken for over: the rep is not shown as speaking for ever. What comes of it later is a turn all the same.
const SPEECH_MS: i64 = 120_000;

/// The same as for a transcript when the call ends, altogether.
pub const ENDING_MS: i64 = 3000;

/// How long an item is waited for that another is said to come after.
const UNHEARD_MS: i64 = 2000;

/// How long a finished item waits to be told where it belongs, and what was thrown away for a sign that it was not.
const PLACE_MS: i64 = 1000;

/// How long a finished answer waits for a sign that it is played.
const PLAYING_MS: i64 = 1000;

/// How long an answer that was cut off waits to be told how much was heard.
const TRUNCATED_MS: i64 = 400;

/// How long a service may say nothing about an answer that it is making.
const MAKING_MS: i64 = 30_000;

/// How long an answer that was played waits to be told that it is over.
const OVER_MS: i64 = 2000;

impl Answer {
    /// The call ends: nothing more of it will be heard.
    pub(super) fn hang_up(&mut self, now: Millis) {
        let plays = self.started.or(self.first_words).is_some() && self.ended.is_none();
        if plays {
            self.ended = Some(now);
        }
        self.cut |= plays;
        self.hung_up = true;
    }

    /// True where nothing more is to be expected of it. `told` is how long its words take to say.
    fn is_over(&self, now: Millis, playing: Playing, truncated: bool, words_ms: u64) -> bool {
        let passed = |since: Millis| now.0.saturating_sub(since.0);
        let words_ms = i64::try_from(words_ms).unwrap_or(i64::MAX / 4);
        if self.hung_up {
            return true;
        }
        let Some(done) = self.done else {
            return match self.ended {
                Some(ended) => passed(ended.max(self.touched)) >= OVER_MS,
                None => passed(self.touched) >= MAKING_MS.saturating_add(words_ms),
            };
        };
        let broken = matches!(done.status, ResponseStatus::Cancelled | ResponseStatus::Failed);
        match (self.started, self.ended) {
            _ if !self.spoken => true,
            (_, Some(ended)) => !self.cut || truncated || passed(ended) >= TRUNCATED_MS,
            // Its end is never told: it is over when it must be.
            (Some(started), None) => {
                let length = i64::try_from(done.sound_ms).unwrap_or(i64::MAX / 4).max(words_ms);
                passed(started.max(done.at)) >= length.saturating_mul(2).saturating_add(TRANSCRIPT_MS)
            }
            (None, None) => {
                truncated || playing == Playing::Untold || (broken && playing == Playing::Told) || passed(done.at) >= PLAYING_MS
            }
        }
    }
}

impl Conversation {
    /// Finishes what can be finished, gives up what was waited for in vain, and releases what is first.
    pub(super) fn review(&mut self, now: Millis, out: &mut Vec<Change>) {
        self.close_answers(now, out);
        if self.silent_at.take_if(|at| now >= *at).is_some() {
            self.voices.end(Speaker::Customer);
        }
        if self.ending.is_some_and(|since| now.0.saturating_sub(since.0) >= ENDING_MS) {
            self.finish(now, out);
        }
        self.give_up(now);
        self.release(now, out);
    }

    fn close_answers(&mut self, now: Millis, out: &mut Vec<Change>) {
        let mut at = 0;
        while let Some(answer) = self.answers.get(at) {
            let truncated = answer.lines.iter().any(
                |id| matches!(self.lines.get(id).map(|line| &line.kind), Some(Kind::Customer(customer)) if customer.truncated.is_some()),
            );
            let words_ms = answer.lines.iter().map(|id| self.pace.millis(&self.words_of(id))).sum();
            if answer.is_over(now, self.playing, truncated, words_ms) {
                let answer = self.answers.remove(at);
                self.close(now, &answer, out);
            } else {
                at += 1;
            }
        }
    }

    /// An answer is over: its lines are what was heard of it.
    fn close(&mut self, now: Millis, answer: &Answer, out: &mut Vec<Change>) {
        if !answer.id.is_empty() {
            self.over.add(&answer.id);
        }
        let untold = answer.spoken && answer.started.is_none() && answer.ended.is_none();
        let whole = answer.done.is_some_and(|done| done.status == ResponseStatus::Completed);
        if untold && whole && self.playing == Playing::Unknown && !answer.hung_up {
            self.playing = Playing::Untold;
        }
        if self.playing != Playing::Told
            && let Some(first) = answer.first_words
        {
            self.answered(first, out);
        }
        if !answer.outside && self.answers.iter().all(|other| other.started.is_none() || other.ended.is_some()) {
            self.voices.end(Speaker::Customer);
        }
        if let Some(first) = answer.first_words
            && untold
            && whole
            && self.playing == Playing::Untold
        {
            let words_ms = answer.lines.iter().map(|id| self.pace.millis(&self.words_of(id))).sum::<u64>();
            let sound_ms = answer.done.map_or(0, |done| done.sound_ms);
            let length = i64::try_from(if sound_ms > 0 { sound_ms } else { words_ms }).unwrap_or(0);
            let silent_at = Millis(first.0.saturating_add(length));
            if silent_at > now {
                self.voices.begin(Speaker::Customer);
                self.silent_at = Some(silent_at);
            }
        }
        // Broken off before its first sound: nobody heard any of it.
        let mut answer = answer.clone();
        let unplayed = answer.spoken && answer.started.is_none() && (answer.hung_up || !whole);
        if unplayed && self.playing == Playing::Told {
            answer.first_words = None;
            answer.cut = true;
        }
        let pieces: Vec<Piece<'_>> = answer
            .lines
            .iter()
            .filter_map(|id| match self.lines.get(id).map(|line| &line.kind) {
                Some(Kind::Customer(customer)) => Some(Piece { item_id: id, words: customer.words.all(), truncated: customer.truncated }),
                _ => None,
            })
            .collect();
        let turns = answer::heard(&answer, &pieces, &mut self.pace, now);
        let ids: Vec<&str> = pieces.iter().map(|piece| piece.item_id).collect();
        for (id, turn) in ids.into_iter().zip(turns) {
            if let Some(line) = self.lines.get_mut(id) {
                line.settle(now, turn);
            }
        }
    }

    /// Lines whose last word was waited for in vain.
    fn give_up(&mut self, now: Millis) {
        let blocked = self.blocked_since().is_some_and(|since| now.0.saturating_sub(since.0) >= TRANSCRIPT_MS);
        let mut silent = false;
        for (id, line) in self.lines.iter_mut().filter(|(_, line)| line.settled.is_none()) {
            let quiet = now.0.saturating_sub(line.touched.0);
            let turn = match &mut line.kind {
                Kind::Unheard if quiet >= UNHEARD_MS => None,
                Kind::Rep(rep) => {
                    let thrown_away = rep.discarded && !rep.committed;
                    // Speech may be long; it is given up only where a turn that came after it waits.
                    let over = if thrown_away { quiet >= PLACE_MS } else { quiet >= TRANSCRIPT_MS && (blocked || !rep.open) };
                    if !over {
                        if rep.open && quiet >= SPEECH_MS {
                            (rep.open, silent, line.touched) = (false, true, now);
                        }
                        continue;
                    }
                    silent |= rep.open;
                    rep.turn(id, (rep.committed || line.placed) && !rep.silence)
                }
                Kind::Customer(customer) => {
                    let over = match customer.claimed {
                        false => (customer.whole && quiet >= PLAYING_MS) || quiet >= MAKING_MS,
                        // Its answer is gone: nothing will finish it.
                        true => !self.answers.iter().any(|answer| answer.lines.contains(id)),
                    };
                    if !over {
                        continue;
                    }
                    unclaimed(id, &customer.words.all())
                }
                Kind::Unheard | Kind::Silent => continue,
            };
            line.settle(now, turn);
        }
        if silent {
            self.voices.end(Speaker::Rep);
        }
    }

    /// Since when a finished turn waits behind the first line. What is no turn says nothing of whether somebody still speaks.
    fn blocked_since(&self) -> Option<Millis> {
        self.order.ids().skip(1).filter_map(|id| self.lines.get(id).filter(|line| line.turn.is_some())?.settled).min()
    }

    fn release(&mut self, now: Millis, out: &mut Vec<Change>) {
        while let Some(id) = self.order.head().map(str::to_owned) {
            let Some(line) = self.lines.get(&id) else {
                self.order.remove(&id);
                continue;
            };
            let waits = |settled: Millis| !line.placed && !self.gives_no_place(line) && now.0.saturating_sub(settled.0) < PLACE_MS;
            match line.settled {
                Some(settled) if !waits(settled) => self.let_go(&id, out),
                _ => break,
            }
        }
    }

    /// An item that nobody heard of has no place to wait for.
    fn gives_no_place(&self, line: &Line) -> bool {
        matches!(line.kind, Kind::Silent) || self.ending.is_some()
    }

    fn let_go(&mut self, id: &str, out: &mut Vec<Change>) {
        self.order.remove(id);
        let line = self.lines.remove(id);
        // What was given up before it was an item may become one yet: it is a turn then, if a late one.
        if !line.as_ref().is_some_and(Line::may_come) {
            self.gone.add(id);
        }
        if let Some(turn) = line.and_then(|line| line.turn) {
            out.push(Change::Turn(turn));
        }
    }

    /// Everything is finished now, with what is known of it.
    pub(super) fn finish(&mut self, now: Millis, out: &mut Vec<Change>) {
        for answer in std::mem::take(&mut self.answers) {
            if !answer.outside {
                self.close(now, &answer, out);
            }
        }
        for (id, line) in &mut self.lines {
            let turn = match &line.kind {
                Kind::Rep(rep) => rep.turn(id, rep.committed && !rep.silence),
                Kind::Customer(customer) => unclaimed(id, &customer.words.all()),
                Kind::Unheard | Kind::Silent => None,
            };
            line.settle(now, turn);
        }
        while let Some(id) = self.order.head().map(str::to_owned) {
            self.let_go(&id, out);
        }
        self.lines.clear();
    }
}

/// A turn of which only the words are known.
fn unclaimed(id: &str, words: &str) -> Option<Spoken> {
    let spoken = |text: &str| Spoken {
        speaker: Speaker::Customer,
        text: text.to_owned(),
        started: None,
        ended: None,
        interrupted: false,
        item_id: id.to_owned(),
    };
    Some(words).filter(|words| !words.is_empty()).map(spoken)
}
