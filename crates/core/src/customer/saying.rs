//! A reply while it is being put together.

use super::tongue::sentences;
use crate::session::Signal;

/// Longer replies are not said: three short sentences where it answers and then asks.
const MOST_SENTENCES: usize = 3;
/// Nor more words than this, where there is something that can wait.
const MOST_WORDS: usize = 42;

/// Parts of a reply, in order, and what is done by saying them.
#[derive(Debug, Clone, Default)]
pub(super) struct Saying {
    parts: Vec<String>,
    pub(super) signals: Vec<Signal>,
    /// True while all of it could be left out for something better.
    pub(super) idle: bool,
    /// True where an answer to a question of the rep is in it.
    pub(super) answers: bool,
}

impl Saying {
    /// Adds a part.
    pub(super) fn add(&mut self, text: impl Into<String>) {
        self.idle = false;
        self.parts.push(text.into());
    }

    /// Adds a part, where there is one.
    pub(super) fn add_some(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.add(text);
        }
    }

    /// Adds a part that gives way to anything better.
    pub(super) fn add_idle(&mut self, text: Option<String>) {
        let idle = self.parts.is_empty();
        self.add_some(text);
        self.idle = idle;
    }

    /// Puts a part before the others.
    pub(super) fn lead_with(&mut self, text: Option<String>) {
        if let Some(text) = text {
            self.parts.insert(0, text);
        }
    }

    /// True where a part of this text can be added.
    pub(super) fn has_room_for(&self, text: &str) -> bool {
        let words = |text: &str| text.split_whitespace().count();
        let (said, so_far): (usize, usize) =
            self.parts.iter().fold((0, 0), |(all, wide), part| (all + sentences(part), wide + words(part)));
        self.is_empty() || said + sentences(text) <= MOST_SENTENCES && so_far + words(text) <= MOST_WORDS
    }

    /// Makes room: takes out what gives way.
    pub(super) fn drop_idle(&mut self) {
        if self.idle {
            self.parts.clear();
        }
    }

    /// Starts again.
    pub(super) fn clear(&mut self) {
        self.parts.clear();
        self.signals.clear();
        self.idle = false;
        self.answers = false;
    }

    /// True where nothing is said yet.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The words.
    pub(super) fn text(&self) -> String {
        self.parts.join(" ")
    }
}
