//! What the listener remembers of earlier turns. Bounded, however long the conversation is.

use std::collections::{BTreeSet, VecDeque};

use super::words::{Utterance, WordId};
use crate::scoring::cue::{Cue, CueKind};

/// Customer turns whose words are remembered.
const RECENT: usize = 3;
/// Most words that are remembered of a turn.
const MOST_WORDS: usize = 80;
/// Most amounts that are remembered of a speaker.
const MOST_AMOUNTS: usize = 32;

/// What was said before.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// Turns of the rep so far.
    pub(super) rep_turns: u32,
    /// Ids of needs that the customer told.
    pub(super) told: BTreeSet<String>,
    /// Telling words of the customer's last turns, newest last.
    pub(super) recent: VecDeque<Vec<WordId>>,
    /// Telling words of what the customer said they need.
    pub(super) need_words: Vec<WordId>,
    /// What the rep did in the last turn.
    pub(super) rep_last: Vec<(CueKind, Option<String>)>,
    /// True where the rep's last turn ended in a question.
    pub(super) rep_asked: bool,
    /// True where the customer spoke last.
    pub(super) customer_last: bool,
    /// What the customer did in the last turn.
    pub(super) customer_did: Vec<(CueKind, Option<String>)>,
    /// Sums that the rep named, cents.
    pub(super) rep_amounts: VecDeque<i64>,
    /// Sums that the customer named, cents.
    pub(super) customer_amounts: VecDeque<i64>,
    /// True once the customer committed.
    pub(super) accepted: bool,
    /// Sums that the rep named in the last turn, cents.
    pub(super) rep_sums: Vec<i64>,
    /// Sums that the customer named in the last turn, cents.
    pub(super) customer_sums: Vec<i64>,
    /// What the customer asked about last, in the last turn: the id of a claim or a feature.
    pub(super) asked_about: Option<String>,
    /// Names that the customer gave.
    pub(super) names: Vec<WordId>,
}

impl Memory {
    /// Whether the rep did something in the last turn.
    pub(super) fn rep_did(&self, kind: CueKind) -> bool {
        self.rep_last.iter().any(|(did, _)| *did == kind)
    }

    /// Whether the customer did something in the last turn.
    pub(super) fn customer_just(&self, kind: CueKind) -> bool {
        self.customer_did.iter().any(|(did, _)| *did == kind)
    }

    /// Whether the rep asked for the sale in the last turn, and not only for a next step.
    pub(super) fn sale_asked(&self) -> bool {
        self.rep_last.iter().any(|(did, subject)| *did == CueKind::AskForSale && subject.as_deref() != Some("next_step"))
    }

    /// Whether the customer has named sums of their own, in answer to the rep's.
    pub(super) fn haggles(&self) -> bool {
        self.customer_amounts.iter().any(|sum| !self.rep_amounts.contains(sum))
    }

    pub(super) fn keep_rep(&mut self, cues: &[Cue], asked: bool, amounts: &[i64]) {
        self.rep_turns += 1;
        self.rep_last = cues.iter().map(|cue| (cue.kind, cue.subject.clone())).collect();
        self.rep_asked = asked;
        self.customer_last = false;
        keep(&mut self.rep_amounts, amounts);
        self.rep_sums = amounts.iter().copied().take(MOST_AMOUNTS).collect();
    }

    pub(super) fn keep_customer(&mut self, cues: &[Cue], said: &Utterance<'_>, telling: impl Fn(WordId) -> bool, amounts: &[i64]) {
        let mut words: Vec<_> = said.words.iter().map(|word| word.stem).filter(|stem| telling(*stem)).take(MOST_WORDS).collect();
        words.sort_unstable();
        words.dedup();
        if cues.iter().any(|cue| cue.kind == CueKind::Need) && self.need_words.len() < 4 * MOST_WORDS {
            self.need_words.extend(&words);
        }
        self.recent.push_back(words);
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
        for cue in cues.iter().filter(|cue| cue.kind == CueKind::Need) {
            if let Some(id) = &cue.refers_to {
                self.told.insert(id.clone());
            }
        }
        self.customer_did = cues.iter().map(|cue| (cue.kind, cue.subject.clone())).collect();
        self.asked_about = cues.iter().rfind(|cue| cue.kind == CueKind::Question).and_then(|cue| cue.subject.clone());
        self.accepted = self.accepted || cues.iter().any(|cue| cue.kind == CueKind::Acceptance);
        self.customer_last = true;
        keep(&mut self.customer_amounts, amounts);
        self.customer_sums = amounts.iter().copied().take(MOST_AMOUNTS).collect();
    }
}

fn keep(all: &mut VecDeque<i64>, new: &[i64]) {
    for amount in new.iter().take(MOST_AMOUNTS) {
        if !all.contains(amount) {
            all.push_back(*amount);
        }
        if all.len() > MOST_AMOUNTS {
            all.pop_front();
        }
    }
}
