//! One item that may become a turn.

use sellme_core::{Millis, session::Speaker};

use super::{change::Spoken, words::Words};

/// What stands where words could not be written down.
pub const UNWRITTEN: &str = "…";

/// What the rep says.
#[derive(Debug, Clone, Default)]
pub(super) struct Rep {
    pub(super) words: Words,
    pub(super) started: Option<Millis>,
    pub(super) ended: Option<Millis>,
    /// Speech goes on.
    pub(super) open: bool,
    /// The service told when it ended.
    pub(super) stopped: bool,
    /// The service made an item of it.
    pub(super) committed: bool,
    /// What was heard was thrown away; unless it is committed after all, it was nothing.
    pub(super) discarded: bool,
    /// It is silence that the service took for a turn.
    pub(super) silence: bool,
    /// Parts that are spoken, as far as the item tells.
    pub(super) parts: usize,
    /// Parts whose transcript came or failed.
    pub(super) written: Vec<u32>,
    /// A transcript failed.
    pub(super) failed: bool,
}

/// What the customer says.
#[derive(Debug, Clone, Default)]
pub(super) struct Customer {
    pub(super) words: Words,
    /// A response says that it is its own.
    pub(super) claimed: bool,
    /// The service says that it is whole.
    pub(super) whole: bool,
    /// It is sound, not only words.
    pub(super) spoken: bool,
    /// How much of it was heard, where the service told, in milliseconds.
    pub(super) truncated: Option<i64>,
}

/// What an item is.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// Another item was said to be after it; nothing else is known.
    Unheard,
    /// The rep's.
    Rep(Rep),
    /// The customer's.
    Customer(Customer),
    /// No turn: a stage direction, a call, history that was put back.
    Silent,
}

/// One item between its first event and its release.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) kind: Kind,
    /// It was told where it belongs, or that this is not told.
    pub(super) placed: bool,
    /// The last event about it.
    pub(super) touched: Millis,
    /// Since when it is finished.
    pub(super) settled: Option<Millis>,
    /// The turn that came of it, once it is finished.
    pub(super) turn: Option<Spoken>,
}

impl Line {
    pub(super) fn new(kind: Kind, now: Millis) -> Self {
        Self { kind, placed: false, touched: now, settled: None, turn: None }
    }

    /// Finished, with this turn or none.
    pub(super) fn settle(&mut self, now: Millis, turn: Option<Spoken>) {
        if self.settled.is_none() {
            self.settled = Some(now);
            self.turn = turn;
        }
    }

    /// True for speech of which nothing came so far: no item, no words, and nobody said that it was thrown away.
    pub(super) fn may_come(&self) -> bool {
        matches!(&self.kind, Kind::Rep(rep) if !rep.committed && !rep.discarded && rep.written.is_empty())
            && !self.placed
            && self.turn.is_none()
    }

    /// Finished without a turn.
    pub(super) fn silence(&mut self, now: Millis) {
        if self.settled.is_none() {
            self.kind = Kind::Silent;
            self.settle(now, None);
        }
    }
}

impl Rep {
    /// True where every spoken part was written down or could not be.
    pub(super) fn is_written(&self) -> bool {
        !self.written.is_empty() && self.written.len() >= self.parts
    }

    /// The part's transcript came or failed; false where it had before.
    pub(super) fn write(&mut self, index: u32) -> bool {
        let new = !self.written.contains(&index);
        if new {
            self.written.push(index);
        }
        new
    }

    /// The turn, with `…` for words that are missing where `must`.
    pub(super) fn turn(&self, item_id: &str, must: bool) -> Option<Spoken> {
        let mut text = self.words.all();
        if text.is_empty() && must {
            UNWRITTEN.clone_into(&mut text);
        }
        (!text.is_empty()).then(|| Spoken {
            speaker: Speaker::Rep,
            text,
            started: self.started,
            ended: self.ended.filter(|ended| self.started.is_none_or(|started| started <= *ended)),
            interrupted: false,
            item_id: item_id.to_owned(),
        })
    }
}
