//! What a customer hears in a rep's words besides the cues: data, in `data/customer/speech.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::words::{Pattern, Words, any};

/// A group of patterns of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Says {
    RoleBreak,
    TakenBack,
    Yes,
    YesAlone,
    /// Says no more than yes or no.
    YesOrNo,
    No,
    Passive,
    BareAsk,
    /// "What?": the rep did not follow.
    Lost,
    Tags,
    Common,
    Negation,
    Admits,
    PriceAnswers,
}

const TEXT: &str = include_str!("../../data/customer/speech.toml");

// Read once; `the_speech_data_can_be_read` keeps the file from ever failing here.
static SPEECH: LazyLock<BTreeMap<Says, Vec<Pattern>>> = LazyLock::new(|| {
    let groups: BTreeMap<Says, Vec<String>> = toml::from_str(TEXT).unwrap_or_default();
    groups.into_iter().map(|(says, patterns)| (says, Pattern::all(&patterns))).collect()
});

impl Says {
    fn patterns(self) -> &'static [Pattern] {
        SPEECH.get(&self).map_or(&[], Vec::as_slice)
    }

    /// True where the words have it anywhere.
    pub(super) fn is_in(self, words: &Words) -> bool {
        any(self.patterns(), words)
    }

    /// True where the words begin with it.
    pub(super) fn begins(self, words: &Words) -> bool {
        self.patterns().iter().any(|pattern| pattern.begins(words))
    }

    /// True where the words are this and nothing else.
    pub(super) fn is_all_of(self, words: &Words) -> bool {
        self.patterns().iter().any(|pattern| pattern.is_all_of(words))
    }

    /// True where the words end in it, one word long.
    pub(super) fn ends(self, words: &Words) -> bool {
        let last = words.len().checked_sub(1);
        last.is_some_and(|last| self.patterns().iter().any(|pattern| pattern.begins_at(words, last)))
    }

    /// How many of its patterns are in the words.
    pub(super) fn count_in(self, words: &Words) -> usize {
        super::words::count(self.patterns(), words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speech_data_can_be_read() {
        let groups: BTreeMap<Says, Vec<String>> = toml::from_str(TEXT).unwrap();
        assert_eq!(groups.len(), 14);
        assert!(groups.values().all(|patterns| !patterns.is_empty()));
    }
}
