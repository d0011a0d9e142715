//! Patterns that were read before.

use std::{collections::HashMap, sync::Arc};

use super::{pattern::Pattern, words::Stems};

/// Patterns that are remembered. The built-in catalogue and the lexicon have about 15,000 texts, which are some 400,000 bytes.
const MOST: usize = 40_000;

/// Bytes of their texts. What is made of a text takes some thirty times as much.
const MOST_BYTES: usize = 1_500_000;

/// Patterns by their text, up to a bound: catalogues come and go, and what was made of those that went is given back.
#[derive(Debug, Default)]
pub(super) struct Known {
    patterns: HashMap<String, Arc<Pattern>>,
    bytes: usize,
}

impl Known {
    /// The pattern of a text.
    pub(super) fn get(&mut self, text: &str, stems: &Stems) -> Arc<Pattern> {
        if let Some(pattern) = self.patterns.get(text) {
            return Arc::clone(pattern);
        }
        let pattern = Arc::new(Pattern::parse(text, stems));
        if text.len() > MOST_BYTES {
            return pattern;
        }
        if self.patterns.len() >= MOST || self.bytes + text.len() > MOST_BYTES {
            // What is still in use is soon here again.
            *self = Self::default();
        }
        self.bytes += text.len();
        self.patterns.insert(text.to_owned(), Arc::clone(&pattern));
        pattern
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scoring::listen::lexicon::Lexicon;

    #[test]
    fn what_is_remembered_is_bounded_in_texts_and_in_bytes() {
        let stems = &Lexicon::get().stems;
        let mut known = Known::default();
        for number in 0..=MOST {
            known.get(&number.to_string(), stems);
        }
        assert_eq!(known.patterns.len(), 1, "those before were given back");
        let long = "x".repeat(MOST_BYTES / 3);
        for number in 0..9 {
            known.get(&format!("{long}{number}"), stems);
            assert!(known.bytes <= MOST_BYTES && known.bytes == known.patterns.keys().map(String::len).sum::<usize>());
        }
        let before = (known.bytes, known.patterns.len());
        known.get(&"x".repeat(MOST_BYTES + 1), stems);
        assert_eq!((known.bytes, known.patterns.len()), before, "what is longer than all is not remembered");
    }

    #[test]
    fn the_same_text_is_read_once() {
        let stems = &Lexicon::get().stems;
        let mut known = Known::default();
        let (one, other) = (known.get("sheds .. rain", stems), known.get("sheds .. rain", stems));
        assert!(Arc::ptr_eq(&one, &other));
    }
}
