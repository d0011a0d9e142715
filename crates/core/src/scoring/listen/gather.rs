//! Collects the cues of one turn: quotes them, drops what was said twice, and what was addressed to the scorer.

use super::{lexicon::Lexicon, words::Utterance};
use crate::{
    scoring::cue::{Cue, CueKind, Strength, Verdict},
    session::Turn,
};

/// Most cues of one kind in one turn.
const MOST_OF_A_KIND: usize = 12;
/// Most fillers counted in one turn.
const MOST_FILLERS: usize = 60;
/// Longest quote around a match where no punctuation bounds it, in words on either side.
const QUOTE_REACH: usize = 14;

/// What a cue says beyond its kind and place.
#[derive(Debug, Clone)]
pub(super) struct Note<'a> {
    pub(super) rule: &'a str,
    pub(super) subject: Option<&'a str>,
    pub(super) refers_to: Option<&'a str>,
    pub(super) strength: Strength,
    pub(super) verdict: Option<Verdict>,
}

impl<'a> Note<'a> {
    pub(super) fn new(rule: &'a str, strength: Strength) -> Self {
        Self { rule, subject: None, refers_to: None, strength, verdict: None }
    }

    pub(super) fn about(mut self, subject: Option<&'a str>) -> Self {
        self.subject = subject;
        self
    }

    pub(super) fn refers_to(mut self, id: Option<&'a str>) -> Self {
        self.refers_to = id;
        self
    }

    pub(super) fn verdict(mut self, verdict: Verdict) -> Self {
        self.verdict = Some(verdict);
        self
    }
}

/// The cues of one turn, as they are found.
pub(super) struct Gather<'u> {
    turn: u32,
    pub(super) said: &'u Utterance<'u>,
    /// Cue, and the words that it quotes.
    found: Vec<(Cue, usize, usize)>,
    /// Sentences that count for nothing.
    void: Vec<(usize, usize)>,
}

impl<'u> Gather<'u> {
    pub(super) fn new(turn: &Turn, said: &'u Utterance<'u>, lexicon: &Lexicon) -> Self {
        let scorer = lexicon.patterns("scorer");
        let void = said
            .sentences
            .iter()
            .filter(|sentence| scorer.any_in(said, sentence.first, sentence.last))
            .map(|sentence| (sentence.first, sentence.last))
            .collect();
        Self { turn: turn.index, said, found: Vec::new(), void }
    }

    /// Whether a word stands in a sentence that counts for nothing.
    pub(super) fn is_void(&self, word: usize) -> bool {
        let at = self.void.partition_point(|(_, last)| *last <= word);
        self.void.get(at).is_some_and(|(first, _)| *first <= word)
    }

    /// Notes a cue that quotes exactly some words.
    pub(super) fn add(&mut self, kind: CueKind, first: usize, last: usize, note: &Note<'_>) {
        if self.is_void(first) || self.is_full(kind) {
            return;
        }
        if let Some(cue) = self.same(kind, first, last, note) {
            cue.strength = cue.strength.max(note.strength);
            return;
        }
        let Some((span, quote)) = self.said.quote(first, last) else { return };
        let cue = Cue {
            kind,
            turn: self.turn,
            span,
            quote: quote.to_owned(),
            rule: note.rule.to_owned(),
            subject: note.subject.map(str::to_owned),
            refers_to: note.refers_to.map(str::to_owned),
            strength: note.strength,
            verdict: note.verdict,
        };
        self.found.push((cue, first, last));
    }

    /// Notes a cue that quotes the clause around some words, or the question that they stand in.
    pub(super) fn add_clause(&mut self, kind: CueKind, first: usize, last: usize, note: &Note<'_>) {
        let (from, to) = self.around(first, last);
        self.add(kind, from, to, note);
    }

    /// The clause, or question, around some words.
    pub(super) fn around(&self, first: usize, last: usize) -> (usize, usize) {
        if let Some(question) = self.said.question_at(first).filter(|question| question.last - question.first <= 2 * QUOTE_REACH) {
            return (question.first, question.last.max(last));
        }
        let from = self.said.clause_of(first).0.max(first.saturating_sub(QUOTE_REACH));
        let to = self.said.clause_of(last.saturating_sub(1)).1.min(last + QUOTE_REACH);
        (from, to)
    }

    fn is_full(&self, kind: CueKind) -> bool {
        let most = if kind == CueKind::Filler { MOST_FILLERS } else { MOST_OF_A_KIND };
        self.found.iter().filter(|(cue, ..)| cue.kind == kind).take(most).count() == most
    }

    /// What was noted of the same thing before: the same kind about the same subject, or in overlapping words.
    fn same(&mut self, kind: CueKind, first: usize, last: usize, note: &Note<'_>) -> Option<&mut Cue> {
        let found = self.found.iter_mut().find(|(cue, from, to)| {
            let same = cue.kind == kind && cue.subject.as_deref() == note.subject && cue.refers_to.as_deref() == note.refers_to;
            let overlaps = *from < last && first < *to;
            let once = match kind {
                // each part of a false promise is one: the cure, and the doctor who is said to approve of it
                CueKind::Claim => note.refers_to.is_some() && cue.verdict == note.verdict && note.verdict != Some(Verdict::Contradicted),
                CueKind::Reflection => note.refers_to.is_some(),
                CueKind::Filler
                | CueKind::OpenQuestion
                | CueKind::ClosedQuestion
                | CueKind::DiscoveryQuestion
                | CueKind::Question
                | CueKind::PriceQuote
                | CueKind::Empathy
                | CueKind::Rapport
                | CueKind::PutDown
                | CueKind::BuyingSignal => false,
                _ => true,
            };
            same && (once || overlaps)
        });
        found.map(|(cue, ..)| cue)
    }

    /// Whether a kind was found, anywhere in the turn.
    pub(super) fn any(&self, kind: CueKind) -> bool {
        self.found.iter().any(|(cue, ..)| cue.kind == kind)
    }

    /// Whether a kind was found in words that overlap some others.
    pub(super) fn any_at(&self, kind: CueKind, first: usize, last: usize) -> bool {
        self.found.iter().any(|(cue, from, to)| cue.kind == kind && *from < last && first < *to)
    }

    /// How many of a kind end before a word.
    pub(super) fn count_before(&self, kinds: &[CueKind], word: usize) -> usize {
        self.found.iter().filter(|(cue, _, to)| kinds.contains(&cue.kind) && *to <= word).count()
    }

    /// Changes or drops what was found: `false` drops.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&mut Cue, usize, usize) -> bool) {
        self.found.retain_mut(|(cue, first, last)| keep(cue, *first, *last));
    }

    /// What was found so far.
    pub(super) fn cues(&self) -> impl Iterator<Item = (&Cue, usize, usize)> {
        self.found.iter().map(|(cue, first, last)| (cue, *first, *last))
    }

    /// The cues in order of place.
    pub(super) fn finish(self) -> Vec<Cue> {
        let mut cues: Vec<_> = self.found.into_iter().map(|(cue, ..)| cue).collect();
        cues.sort_by(|a, b| {
            (a.span.start, a.kind, a.span.end, &a.rule, &a.subject).cmp(&(b.span.start, b.kind, b.span.end, &b.rule, &b.subject))
        });
        cues
    }
}
