//! A word as a number: a fixed 64-bit hash (FNV-1a), the same on every platform, so that matching compares numbers and needs no dictionary.

use std::{
    cell::RefCell,
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use rust_stemmers::{Algorithm, Stemmer};

/// A word, or a stem, as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(pub(crate) u64);

/// Words that the stemmer would take for others: "quite" is not "quit".
const OWN_STEM: [&str; 6] = ["quite", "later", "being", "everything", "anything", "nothing"];
/// Longest word that is stemmed, in bytes; longer ones are noise and stay as they are.
const LONGEST_STEMMED: usize = 32;
/// Words whose stems a thread remembers. English sales talk and the whole catalogue need about 5,000.
const MOST_REMEMBERED: usize = 20_000;

thread_local! {
    /// Stems by word. The same few thousand words make up all patterns and nearly all talk, and a stem never changes.
    static STEMS: RefCell<WordMap<WordId>> = RefCell::default();
}

impl WordId {
    /// The id of a word that is already in lower case.
    pub(crate) const fn of(word: &str) -> Self {
        let bytes = word.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut at = 0;
        while at < bytes.len() {
            hash ^= bytes[at] as u64;
            hash = hash.wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        Self(hash)
    }
}

/// The ids of a list of words, computed when the program is built.
pub(crate) const fn ids<const N: usize>(words: [&str; N]) -> [WordId; N] {
    let mut out = [WordId(0); N];
    let mut at = 0;
    while at < N {
        out[at] = WordId::of(words[at]);
        at += 1;
    }
    out
}

/// Finds the stems of English words.
pub(crate) struct Stems(Stemmer);

impl Stems {
    pub(crate) fn new() -> Self {
        Self(Stemmer::create(Algorithm::English))
    }

    /// The stem's id of a lower-case word.
    pub(crate) fn stem(&self, word: &str) -> WordId {
        let plain = word.len() <= LONGEST_STEMMED && word.bytes().all(|byte| byte.is_ascii_lowercase());
        let plain = plain && !OWN_STEM.contains(&word);
        let id = WordId::of(word);
        if !plain {
            return id;
        }
        STEMS.with_borrow_mut(|known| {
            if let Some(stem) = known.get(&id) {
                return *stem;
            }
            let stem = WordId::of(&self.0.stem(word));
            if known.len() < MOST_REMEMBERED {
                known.insert(id, stem);
            }
            stem
        })
    }
}

/// A map by word; the id is a good hash already.
pub(crate) type WordMap<T> = HashMap<WordId, T, BuildHasherDefault<WordHasher>>;

/// Passes a word's number on as its hash.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_joins_the_forms_of_a_word() {
        let stems = Stems::new();
        assert_eq!(stems.stem("sheds"), stems.stem("shed"));
        assert_eq!(stems.stem("looking"), stems.stem("look"));
    }

    #[test]
    fn words_that_only_look_alike_stay_apart() {
        let stems = Stems::new();
        for (a, b) in [("yesterday", "yes"), ("ideally", "deal"), ("soldier", "sold"), ("quite", "quit")] {
            assert_ne!(stems.stem(a), stems.stem(b), "{a} {b}");
        }
    }
}
