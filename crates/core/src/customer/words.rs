//! Words and patterns, as the catalogue's files describe them: words match by their stem, `a|b` is either, `..` up to three words between.
//!
//! Beside the listener's `pattern` on purpose. That one finds thousands of patterns in a whole turn, stops at the end of a sentence and never passes over a "not":
//! what it finds is quoted and scored. A customer asks small questions of pieces of a turn (does this clause begin so, is that all of it, what do its last six
//! words ask), wants "why .. not" and "do you .. not like" to match, and compares turns with lines of the scenario; it quotes nothing and costs nobody a point.

use rust_stemmers::{Algorithm, Stemmer};

use super::price::{number, value};

/// How many words `..` may stand for.
const GAP: usize = 3;
/// Longer turns are read up to here; nobody listens to more.
const MOST_WORDS: usize = 600;

/// The words of a text, by their stems.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words(Vec<String>);

impl Words {
    /// The words of `text`: lower case, contractions opened, numbers in digits, stemmed.
    pub(crate) fn of(text: &str) -> Self {
        let mut plain = Vec::new();
        for raw in text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’' | '.'))) {
            let raw = raw.trim_matches(|c: char| !c.is_alphanumeric());
            if raw.is_empty() || raw.len() > 60 {
                continue;
            }
            open_contraction(&raw.to_lowercase().replace('’', "'"), |word| plain.push(word.to_owned()));
            if plain.len() >= MOST_WORDS {
                break;
            }
        }
        let stemmer = Stemmer::create(Algorithm::English);
        Self(in_digits(&plain).iter().map(|word| stemmer.stem(word).into_owned()).collect())
    }

    /// The last few of them.
    pub(super) fn last(&self, count: usize) -> Self {
        Self(self.0.get(self.0.len().saturating_sub(count)..).unwrap_or_default().to_vec())
    }

    /// Those from one place to another.
    pub(super) fn between(&self, from: usize, to: usize) -> Self {
        Self(self.0.get(from..to.min(self.0.len())).unwrap_or_default().to_vec())
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of the longer words occur in the others.
    pub(super) fn shared_with(&self, other: &Self) -> usize {
        self.0.iter().filter(|word| word.len() > 3 && other.0.contains(word)).count()
    }

    /// True if they are the same words in the same order.
    pub(super) fn same(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

/// The words with their number words in digits: "a hundred and nineteen" is "a 119".
fn in_digits(words: &[String]) -> Vec<String> {
    let counts = |word: &str| word == "hundred" || number(word).is_some();
    let mut found = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let mut run: Vec<&str> = Vec::new();
        let mut next = at;
        while let Some(word) = words.get(next) {
            let joins = word == "and" && !run.is_empty() && words.get(next + 1).is_some_and(|word| counts(word));
            if counts(word) {
                run.push(word);
            } else if !joins {
                break;
            }
            next += 1;
        }
        match value(&run) {
            Some(cents) if !run.is_empty() => {
                found.push((cents / 100).to_string());
                if cents % 100 > 0 {
                    found.push((cents % 100).to_string());
                }
                at = next;
            }
            _ => {
                found.push(word.clone());
                at += 1;
            }
        }
    }
    found
}

/// Calls `word` for each word of one token: `isn't` is `is not`.
fn open_contraction(token: &str, mut word: impl FnMut(&str)) {
    match token {
        "can't" | "cannot" => {
            word("can");
            return word("not");
        }
        "won't" => {
            word("will");
            return word("not");
        }
        "let's" => {
            word("let");
            return word("us");
        }
        _ => {}
    }
    for (ending, opened) in [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'m", "am"), ("'s", "is"), ("'d", "would")]
    {
        if let Some(stem) = token.strip_suffix(ending)
            && !stem.is_empty()
        {
            word(stem);
            return word(opened);
        }
    }
    for part in token.split(|c: char| c == '\'' || (c == '.' && !token.chars().all(|c| c.is_ascii_digit() || c == '.'))) {
        if !part.is_empty() {
            word(part);
        }
    }
}

/// One step of a pattern.
#[derive(Debug, Clone)]
struct Step {
    /// True where up to three words may come before it.
    gap: bool,
    /// Any of these.
    words: Vec<String>,
}

/// A few words in order.
#[derive(Debug, Clone)]
pub(crate) struct Pattern(Vec<Step>);

impl Pattern {
    /// Reads a pattern.
    pub(super) fn read(text: &str) -> Self {
        let mut steps = Vec::new();
        let mut gap = false;
        for part in text.split_whitespace() {
            if part == ".." {
                gap = true;
                continue;
            }
            if part.contains('|') {
                let words = part.split('|').flat_map(|word| Words::of(word).0).collect();
                steps.push(Step { gap, words });
            } else {
                for (at, word) in Words::of(part).0.into_iter().enumerate() {
                    steps.push(Step { gap: gap && at == 0, words: vec![word] });
                }
            }
            gap = false;
        }
        Self(steps)
    }

    /// Reads several.
    pub(crate) fn all(texts: &[String]) -> Vec<Self> {
        texts.iter().map(|text| Self::read(text)).collect()
    }

    /// True if it occurs in the words.
    pub(super) fn found_in(&self, words: &Words) -> bool {
        !self.0.is_empty() && (0..words.0.len()).any(|at| self.from(&words.0, at, 0))
    }

    /// True if the words are this pattern and nothing else.
    pub(super) fn is_all_of(&self, words: &Words) -> bool {
        self.0.len() == words.0.len() && self.from(&words.0, 0, 0)
    }

    /// True if the words begin with it.
    pub(super) fn begins(&self, words: &Words) -> bool {
        !self.0.is_empty() && !words.0.is_empty() && self.from(&words.0, 0, 0)
    }

    /// True if it begins at this word.
    pub(super) fn begins_at(&self, words: &Words, at: usize) -> bool {
        !self.0.is_empty() && self.from(&words.0, at, 0)
    }

    fn from(&self, words: &[String], at: usize, step: usize) -> bool {
        let Some(wanted) = self.0.get(step) else { return true };
        let reach = if step > 0 && wanted.gap { GAP } else { 0 };
        (at..=at + reach).any(|at| words.get(at).is_some_and(|word| wanted.words.contains(word)) && self.from(words, at + 1, step + 1))
    }
}

/// How many of the patterns occur in the words.
pub(super) fn count(patterns: &[Pattern], words: &Words) -> usize {
    patterns.iter().filter(|pattern| pattern.found_in(words)).count()
}

/// True if one of the patterns occurs in the words.
pub(crate) fn any(patterns: &[Pattern], words: &Words) -> bool {
    patterns.iter().any(|pattern| pattern.found_in(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> bool {
        Pattern::read(pattern).found_in(&Words::of(text))
    }

    #[test]
    fn words_match_by_stem_whatever_case_punctuation_or_contraction() {
        assert!(found("shed .. rain|water", "It SHEDS nearly all the rain."));
        assert!(found("is not", "No, it isn't."));
        assert!(found("can not", "You can't wash it") && found("cannot", "one can not"));
        assert!(found("what is .. name", "What’s your name?"));
    }

    #[test]
    fn number_words_are_digits() {
        assert!(found("40 less", "That is forty dollars less") || found("40 .. less", "That is forty dollars less"));
        assert!(found("119", "a hundred and nineteen"));
        assert!(found("30 days", "You have thirty days"));
    }

    #[test]
    fn a_gap_is_three_words_at_most() {
        assert!(found("where .. wear", "where do you usually wear it"));
        assert!(!found("where .. wear", "where do you and all your brothers wear it"));
    }

    #[test]
    fn a_word_inside_another_word_does_not_match() {
        assert!(!found("yes", "yesterday"));
        assert!(!found("deal", "ideally"));
    }

    #[test]
    fn punctuation_and_emoji_alone_are_no_words() {
        assert_eq!(Words::of("… 🙂 !!! \u{7}").len(), 0);
    }
}
