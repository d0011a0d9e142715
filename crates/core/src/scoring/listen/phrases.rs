//! Phrases of the catalogue that are no cue by themselves: what a rep says when answering a doubt.

use super::{
    lexicon::Lexicon,
    pattern::PatternIndex,
    words::{Utterance, WordId},
};
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

/// The telling words of some matters, each of which stands for a number.
#[derive(Debug, Clone, Default)]
pub(in crate::scoring) struct Vocabulary {
    /// Sorted stems of every matter.
    stems: Vec<Vec<WordId>>,
}

impl Vocabulary {
    /// Collects the words of every list of texts or patterns; a list is known by its place.
    pub(in crate::scoring) fn new<'t>(lists: impl IntoIterator<Item = Vec<&'t str>>) -> Self {
        let lexicon = Lexicon::get();
        let telling = |text: &str| -> Vec<WordId> {
            let words = Utterance::read(text, &lexicon.stems).words;
            words.into_iter().map(|word| word.stem).filter(|stem| !lexicon.is_light(*stem) && !lexicon.is_goods(*stem)).collect()
        };
        let stems = lists.into_iter().map(|texts| {
            let mut stems: Vec<_> = texts.into_iter().flat_map(telling).collect();
            stems.sort_unstable();
            stems.dedup();
            stems
        });
        Self { stems: stems.collect() }
    }

    /// Whether a text speaks of a matter.
    pub(in crate::scoring) fn touches(&self, matter: usize, text: &str) -> bool {
        let Some(stems) = self.stems.get(matter) else { return false };
        Utterance::read(text, &Lexicon::get().stems).words.iter().any(|word| stems.binary_search(&word.stem).is_ok())
    }
}

/// Whether a customer says that a doubt is settled: "fair enough", "I can live with that".
pub(in crate::scoring) fn says_settled(text: &str) -> bool {
    const LONGEST: usize = 40;
    let lexicon = Lexicon::get();
    let said = Utterance::read(text, &lexicon.stems);
    let end = said.words.len().min(LONGEST);
    lexicon.patterns("settled").find_in(&said, 0, end).iter().any(|found| {
        let (start, _) = said.clause_of(found.first);
        said.question_at(found.first).is_none() && !lexicon.patterns("hedges").any_in(&said, start, end)
    })
}
