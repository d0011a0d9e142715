//! Phrases of the catalogue that are no cue by themselves: what a rep says when answering a doubt.

use super::{lexicon::Lexicon, pattern::PatternIndex, words::Utterance};
use crate::scoring::cue::Span;

/// Phrases, each of which stands for a number.
#[derive(Debug, Clone, Default)]
pub(in crate::scoring) struct Phrases {
    index: PatternIndex,
}

impl Phrases {
    /// Compiles the patterns of every list; a list is known by its place.
    pub(in crate::scoring) fn new<'p>(lists: impl IntoIterator<Item = &'p [String]>) -> Self {
        let stems = &Lexicon::get().stems;
        let mut index = PatternIndex::default();
        for (key, patterns) in lists.into_iter().enumerate() {
            index.add(key, patterns, stems);
        }
        Self { index }
    }

    /// The first match of every list that is stated, not asked: the list, and the clause around the match.
    pub(in crate::scoring) fn stated(&self, text: &str) -> Vec<(usize, Span, String)> {
        let said = Utterance::read(text, &Lexicon::get().stems);
        let mut found: Vec<(usize, Span, String)> = Vec::new();
        for hit in self.index.find(&said) {
            if found.iter().any(|(key, ..)| *key == hit.key) || said.question_at(hit.first).is_some() {
                continue;
            }
            let (first, last) = (said.clause_of(hit.first).0, said.clause_of(hit.last.saturating_sub(1)).1);
            if let Some((span, quote)) = said.quote(first, last.max(hit.last)) {
                found.push((hit.key, span, quote.to_owned()));
            }
        }
        found
    }
}
