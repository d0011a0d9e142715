//! Words as the search index sees them: runs of letters and digits, small, without diacritics. Used to ask the index, and to mark what it found.

use sellme_core::{session::Speaker, wire::Snippet};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A word's beginning finds the word from this many letters on; shorter ones would find nearly everything.
const SHORTEST_BEGINNING: usize = 3;

/// Characters of a snippet, and of them before the first hit.
const SNIPPET: usize = 160;
const LEAD: usize = 60;

/// What somebody looks for: terms that must all be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Search {
    terms: Vec<Term>,
}

/// Words in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Term {
    words: Vec<String>,
    /// The last word may go on.
    beginning: bool,
}

/// Where a search's terms are in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Hits {
    /// How many of the terms are there.
    pub(crate) terms: usize,
    /// First character and the one after the last, in order.
    pub(crate) places: Vec<(usize, usize)>,
}

impl Search {
    /// A search in what was said. Words in quotes must stand in a row and whole; other words may go on.
    pub(crate) fn of_transcripts(text: &str) -> Self {
        Self::parse(text, SHORTEST_BEGINNING)
    }

    /// A search in the catalogue, where the first letters are enough: it is asked while somebody types.
    pub(crate) fn of_products(text: &str) -> Self {
        Self::parse(text, 1)
    }

    fn parse(text: &str, shortest_beginning: usize) -> Self {
        let mut terms = Vec::new();
        for (part, text) in text.split('"').enumerate() {
            if part % 2 == 1 {
                terms.push(Term { words: words(text), beginning: false });
            } else {
                terms.extend(text.split_whitespace().map(|chunk| {
                    let words = words(chunk);
                    let beginning = words.last().is_some_and(|last| last.chars().count() >= shortest_beginning);
                    Term { words, beginning }
                }));
            }
        }
        terms.retain(|term| !term.words.is_empty());
        Self { terms }
    }

    /// The index's own language; nothing where no word was asked for.
    pub(crate) fn expression(&self) -> Option<String> {
        let term = |term: &Term| format!("\"{}\"{}", term.words.join(" "), if term.beginning { "*" } else { "" });
        (!self.terms.is_empty()).then(|| self.terms.iter().map(term).collect::<Vec<_>>().join(" "))
    }

    /// How many terms there are.
    pub(crate) fn terms(&self) -> usize {
        self.terms.len()
    }

    /// Where they are in a text.
    pub(crate) fn hits(&self, text: &str) -> Hits {
        let tokens = tokens(text);
        let mut hits = Hits::default();
        for term in &self.terms {
            let before = hits.places.len();
            for at in 0..tokens.len() {
                let Some(window) = tokens.get(at..at + term.words.len()) else { break };
                if term.fits(window)
                    && let (Some(first), Some(last)) = (window.first(), window.last())
                {
                    hits.places.push((first.start, last.end));
                }
            }
            hits.terms += usize::from(hits.places.len() > before);
        }
        hits.places.sort_unstable();
        hits.places.dedup_by(|next, kept| {
            let touches = next.0 < kept.1;
            if touches {
                kept.1 = kept.1.max(next.1);
            }
            touches
        });
        hits
    }
}

impl Term {
    fn fits(&self, tokens: &[Token]) -> bool {
        let last = self.words.len() - 1;
        self.words.iter().zip(tokens).enumerate().all(|(place, (word, token))| {
            if place == last && self.beginning { token.word.starts_with(word.as_str()) } else { token.word == *word }
        })
    }
}

/// A word in a text: its folded form, its first character and the one after its last.
#[derive(Debug)]
struct Token {
    word: String,
    start: usize,
    end: usize,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut open: Option<Token> = None;
    let mut length = 0;
    for (at, sign) in text.chars().enumerate() {
        length = at + 1;
        if sign.is_alphanumeric() || (open.is_some() && is_combining_mark(sign)) {
            fold_into(sign, &mut open.get_or_insert_with(|| Token { word: String::new(), start: at, end: at }).word);
        } else if let Some(token) = open.take() {
            tokens.push(Token { end: at, ..token });
        }
    }
    tokens.extend(open.map(|token| Token { end: length, ..token }));
    tokens
}

fn words(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.word).collect()
}

/// The text in small letters, without diacritics.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for sign in text.chars() {
        fold_into(sign, &mut folded);
    }
    folded
}

fn fold_into(sign: char, folded: &mut String) {
    if sign.is_ascii() {
        folded.push(sign.to_ascii_lowercase());
    } else {
        folded.extend(sign.to_lowercase().nfd().filter(|sign| !is_combining_mark(*sign)));
    }
}

/// A turn shortened around the first hit, with the hits that are left in it.
pub(crate) fn snippet(speaker: Speaker, turn: u32, text: &str, places: &[(usize, usize)]) -> Snippet {
    let length = text.chars().count();
    let first = places.first().map_or(0, |place| place.0);
    let mut from = if length <= SNIPPET { 0 } else { first.saturating_sub(LEAD).min(length - SNIPPET) };
    if from > 0 {
        // To the beginning of the next word, if it comes before the hit.
        let next = text.chars().enumerate().skip(from).take(first - from).find(|(_, sign)| sign.is_whitespace());
        from = next.map_or(from, |(at, _)| at + 1);
    }
    let to = (from + SNIPPET).min(length);
    let mut shortened = String::new();
    shortened.push_str(if from > 0 { "…" } else { "" });
    shortened.extend(text.chars().skip(from).take(to - from));
    shortened.push_str(if to < length { "…" } else { "" });
    let lead = usize::from(from > 0);
    let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let hits = places.iter().filter(|place| place.0 >= from && place.0 < to);
    let hits = hits.map(|place| (number(place.0 - from + lead), number(place.1.min(to) - from + lead))).collect();
    Snippet { speaker, turn, text: shortened, hits }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn found_by_the_index(db: &Connection, text: &str, expression: &str) -> bool {
        db.execute("INSERT INTO said (said) VALUES ('delete-all')", []).unwrap();
        db.execute("INSERT INTO said (rowid, words) VALUES (1, ?1)", [text]).unwrap();
        db.query_row("SELECT count(*) FROM said WHERE said MATCH ?1", [expression], |row| row.get::<_, bool>(0)).unwrap()
    }

    fn index() -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE VIRTUAL TABLE said USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2')",
        )
        .unwrap();
        db
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_the_index_finds_is_what_the_snippet_marks(text in "[aàAÀáâ\u{301}bñNß3²'\"., -]{0,24}", sought in "[aÀâ\u{301}Bñß3' \"]{1,8}") {
            let search = Search::of_transcripts(&sought);
            prop_assume!(search.expression().is_some());
            let marked = search.hits(&text).terms == search.terms();
            prop_assert_eq!(marked, found_by_the_index(&index(), &text, &search.expression().unwrap()), "{:?}", search);
        }

        #[test]
        fn marks_are_in_order_apart_and_within_the_text(text in ".{0,60}", sought in ".{1,6}") {
            let length = text.chars().count();
            let places = Search::of_products(&sought).hits(&text).places;
            prop_assert!(places.iter().all(|(from, to)| from < to && *to <= length));
            prop_assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        }
    }

    #[test]
    fn short_beginnings_are_whole_words_in_transcripts_and_beginnings_in_the_catalogue() {
        assert_eq!(Search::of_transcripts("bo boo").expression().unwrap(), "\"bo\" \"boo\"*");
        assert_eq!(Search::of_products("bo").expression().unwrap(), "\"bo\"*");
        assert_eq!(Search::of_products(" ?! ").expression(), None);
    }
}
