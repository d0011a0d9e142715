//! How much of what a model wrote was heard, when its sound was cut off.

/// Milliseconds of a model's sound in one token of it.
pub(super) const MS_PER_SOUND_TOKEN: u64 = 50;

/// Characters a second before anything was measured: some 150 words a minute.
const USUAL_PER_SECOND: u64 = 15;

/// How much the guess weighs against what was measured, in milliseconds of speech.
const USUAL_WEIGHT_MS: u64 = 10_000;

/// How fast this voice speaks, learnt from what was played to its end.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pace {
    characters: u64,
    millis: u64,
}

impl Pace {
    /// Words that took this long to play.
    pub(super) fn learn(&mut self, words: &str, millis: i64) {
        let Some(millis) = u64::try_from(millis).ok().filter(|millis| *millis >= 500) else { return };
        // Old measures fade, so that the voice may change and the sums stay small.
        if self.millis > 600_000 {
            (self.characters, self.millis) = (self.characters / 2, self.millis / 2);
        }
        self.characters = self.characters.saturating_add(words.chars().count() as u64);
        self.millis = self.millis.saturating_add(millis);
    }

    /// How long these words take to say.
    pub(super) fn millis(&self, words: &str) -> u64 {
        let characters = self.characters + USUAL_WEIGHT_MS * USUAL_PER_SECOND / 1000;
        (words.chars().count() as u64).saturating_mul(self.millis + USUAL_WEIGHT_MS) / characters.max(1)
    }
}

/// The words of which all were heard, when `played` of `whole` milliseconds were.
pub(super) fn cut(words: &str, played: u64, whole: u64) -> &str {
    let words = words.trim();
    if played >= whole {
        return words;
    }
    let total = words.chars().count() as u128;
    let heard = usize::try_from(total * u128::from(played) / u128::from(whole)).unwrap_or(usize::MAX);
    let Some((end, next)) = words.char_indices().nth(heard) else { return words };
    if next.is_whitespace() {
        return words[..end].trim_end();
    }
    // In the midst of a word: it was not heard. What has no spaces (some languages) is cut where it is.
    let before = &words[..end];
    match before.rfind(char::is_whitespace) {
        Some(space) => before[..space].trim_end(),
        None if !words.contains(char::is_whitespace) => before,
        None => "",
    }
}

/// True where the words come to the end of a sentence: as far as anybody can tell nothing more was to be said.
pub(super) fn is_sentence(words: &str) -> bool {
    let closing = |sign: char| matches!(sign, '"' | '\'' | '”' | '’' | '»' | ')');
    words.trim_end_matches(closing).ends_with(['.', '!', '?', '。', '！', '？'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_half_heard_was_not_heard() {
        let words = "I like the jacket, but";
        assert_eq!(cut(words, 0, 2200), "");
        assert_eq!(cut(words, 50, 2200), "");
        assert_eq!(cut(words, 100, 2200), "I");
        assert_eq!(cut(words, 1100, 2200), "I like the");
        assert_eq!(cut(words, 2199, 2200), "I like the jacket,");
        assert_eq!(cut(words, 2200, 2200), words);
        assert_eq!(cut(words, 1, 0), words);
    }

    #[test]
    fn a_sentence_that_came_to_its_end_is_one() {
        for whole in ["Hello there.", "Is it oiled?", "He said “no.”", "Well (I think so!)", "そうです。"] {
            assert!(is_sentence(whole), "{whole}");
        }
        for broken in ["", "Hello there", "I like the jacket,", "Well, I", "”"] {
            assert!(!is_sentence(broken), "{broken}");
        }
    }

    #[test]
    fn words_without_spaces_and_of_many_bytes_are_cut_between_characters() {
        assert_eq!(cut("こんにちは世界", 500, 1000), "こんに");
        assert_eq!(cut("Äußerst übel", 600, 1000), "Äußerst");
        assert_eq!(cut("", 1, 2), "");
    }

    #[test]
    fn a_voice_that_was_measured_is_known_better() {
        let mut pace = Pace::default();
        let words = "x".repeat(150);
        assert_eq!(pace.millis(&words), 10_000);
        for _ in 0..20 {
            pace.learn(&words, 5000);
        }
        assert!((5000..6000).contains(&pace.millis(&words)), "{}", pace.millis(&words));
        pace.learn(&words, -4);
        pace.learn(&words, i64::MAX);
        assert!(pace.millis(&words) > 0);
    }
}
