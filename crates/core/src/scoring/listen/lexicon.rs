//! What people say, as data: `data/lexicon/*.toml`, one rule per way of doing something. Compiled once.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{
    pattern::PatternIndex,
    words::{Stems, WordId},
};
use crate::scoring::cue::{CueKind, Strength};

/// Where in a turn a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Place {
    /// Anywhere.
    #[default]
    Anywhere,
    /// At the start of the turn, after a word or two such as "oh" or "well".
    Turn,
    /// At the start of a sentence or a clause.
    Clause,
    /// It is all that the sentence says, but for words that carry nothing.
    Whole,
    /// It is all that the first sentence of the turn says.
    Answer,
}

/// In what a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mood {
    /// Statements and questions.
    #[default]
    Any,
    /// Statements.
    Statement,
    /// Questions.
    Question,
}

/// What is quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Quoting {
    /// The clause of the match; the question where it is one.
    #[default]
    Clause,
    /// The match alone.
    Match,
}

/// What a rule waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum After {
    /// Nothing.
    #[default]
    Anything,
    /// The other side asked for the sale in its last turn.
    Ask,
    /// The other side asked for the sale or offered something in its last turn.
    Offer,
    /// As `offer`, or the other side has not said anything yet.
    Decline,
    /// The other side objected, or was in doubt, in its last turn.
    Objection,
}

/// One way of doing something.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Stable id, in every cue.
    pub(super) id: String,
    /// What it is a sign of.
    pub(super) kind: CueKind,
    /// What about.
    #[serde(default)]
    pub(super) subject: Option<String>,
    /// How sure.
    #[serde(default = "plain")]
    pub(super) strength: Strength,
    /// Patterns.
    pub(super) says: Vec<String>,
    /// Patterns that silence it within the same sentence.
    #[serde(default)]
    unless: Vec<String>,
    /// Where it looks.
    #[serde(default)]
    pub(super) place: Place,
    /// In what it looks.
    #[serde(default)]
    pub(super) mood: Mood,
    /// What is quoted.
    #[serde(default)]
    pub(super) quote: Quoting,
    /// What it waits for.
    #[serde(default)]
    pub(super) after: After,
    /// True where a "not" before it changes nothing.
    #[serde(default)]
    pub(super) negated: bool,
    #[serde(skip)]
    pub(super) silenced_by: PatternIndex,
}

fn plain() -> Strength {
    Strength::Plain
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    rule: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordFile {
    empty: Vec<String>,
    light: Vec<String>,
    goods: Vec<String>,
    units: Vec<String>,
    patterns: std::collections::BTreeMap<String, Vec<String>>,
}

/// Other wordings of claims that must not be made.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Trap {
    /// Ids of the claims in the catalogue.
    pub(super) claims: Vec<String>,
    /// Patterns.
    pub(super) says: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TrapFile {
    trap: Vec<Trap>,
}

/// Rules of one speaker with their index.
#[derive(Debug, Clone, Default)]
pub(super) struct Rules {
    pub(super) rules: Vec<Rule>,
    pub(super) index: PatternIndex,
}

impl Rules {
    fn read(files: &[&str], stems: &Stems) -> Self {
        let mut all = Self::default();
        for file in files {
            // a file that does not parse is caught by a test; here it would only be silent
            let Ok(RuleFile { rule }) = toml::from_str(file) else { continue };
            for mut rule in rule {
                rule.silenced_by.add(0, &rule.unless, stems);
                all.index.add(all.rules.len(), &rule.says, stems);
                all.rules.push(rule);
            }
        }
        all
    }
}

/// Everything that is known of how people talk.
pub(crate) struct Lexicon {
    pub(super) rep: Rules,
    pub(super) customer: Rules,
    /// Other wordings of claims that must not be made.
    pub(super) traps: Vec<Trap>,
    pub(super) stems: Stems,
    /// Words that carry nothing on their own (sorted): "well", "so", "um".
    empty: Vec<WordId>,
    /// Stems too common to show that somebody listened (sorted).
    light: Vec<WordId>,
    /// Stems of things that a store sells (sorted).
    goods: Vec<WordId>,
    /// Stems after which a number is no price (sorted): "30 days".
    units: Vec<WordId>,
    patterns: std::collections::BTreeMap<String, PatternIndex>,
    nothing: PatternIndex,
}

const REP: [&str; 6] = [
    include_str!("../../../data/lexicon/opening.toml"),
    include_str!("../../../data/lexicon/empathy.toml"),
    include_str!("../../../data/lexicon/closing.toml"),
    include_str!("../../../data/lexicon/conduct.toml"),
    include_str!("../../../data/lexicon/unbacked.toml"),
    include_str!("../../../data/lexicon/checking.toml"),
];
const CUSTOMER: [&str; 3] = [
    include_str!("../../../data/lexicon/answer.toml"),
    include_str!("../../../data/lexicon/objection.toml"),
    include_str!("../../../data/lexicon/interest.toml"),
];
const TRAPS: &str = include_str!("../../../data/lexicon/traps.toml");
const WORDS: &str = include_str!("../../../data/lexicon/words.toml");

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::read);

impl Lexicon {
    /// The lexicon.
    pub(crate) fn get() -> &'static Self {
        &LEXICON
    }

    fn read() -> Self {
        let stems = Stems::new();
        let rep = Rules::read(&REP, &stems);
        let customer = Rules::read(&CUSTOMER, &stems);
        let traps = toml::from_str(TRAPS).map(|TrapFile { trap }| trap).unwrap_or_default();
        let words = toml::from_str(WORDS).unwrap_or(WordFile {
            empty: Vec::new(),
            light: Vec::new(),
            goods: Vec::new(),
            units: Vec::new(),
            patterns: std::collections::BTreeMap::new(),
        });
        let sorted = |words: &[String]| {
            let mut out: Vec<_> = words.iter().map(|word| stems.stem(word)).collect();
            out.sort_unstable();
            out
        };
        let (empty, light, goods, units) = (sorted(&words.empty), sorted(&words.light), sorted(&words.goods), sorted(&words.units));
        let mut patterns = std::collections::BTreeMap::new();
        for (name, list) in &words.patterns {
            let mut index = PatternIndex::default();
            index.add(0, list, &stems);
            patterns.insert(name.clone(), index);
        }
        Self { rep, customer, traps, stems, empty, light, goods, units, patterns, nothing: PatternIndex::default() }
    }

    /// Whether a word carries nothing on its own.
    pub(super) fn is_empty(&self, stem: WordId) -> bool {
        self.empty.binary_search(&stem).is_ok()
    }

    /// Whether a stem is too common to show that somebody listened.
    pub(super) fn is_light(&self, stem: WordId) -> bool {
        self.light.binary_search(&stem).is_ok() || self.is_empty(stem)
    }

    /// Whether a stem names a thing that a store sells.
    pub(super) fn is_goods(&self, stem: WordId) -> bool {
        self.goods.binary_search(&stem).is_ok()
    }

    /// Whether a number before this stem is no price.
    pub(super) fn is_unit(&self, stem: WordId) -> bool {
        self.units.binary_search(&stem).is_ok()
    }

    /// A named group of patterns of `words.toml`.
    pub(super) fn patterns(&self, name: &str) -> &PatternIndex {
        self.patterns.get(name).unwrap_or(&self.nothing)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_file_parses_and_every_rule_has_its_own_kebab_case_id() {
        let mut ids = HashSet::new();
        for file in REP.iter().chain(&CUSTOMER) {
            let RuleFile { rule } = toml::from_str(file).unwrap();
            for rule in rule {
                assert!(rule.id.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit()), "{}", rule.id);
                assert!(!rule.says.is_empty(), "{}", rule.id);
                assert!(ids.insert(rule.id.clone()), "{} twice", rule.id);
            }
        }
        let _: TrapFile = toml::from_str(TRAPS).unwrap();
        let _: WordFile = toml::from_str(WORDS).unwrap();
    }

    #[test]
    fn every_group_of_patterns_that_the_code_asks_for_is_there() {
        let words: WordFile = toml::from_str(WORDS).unwrap();
        for name in super::super::GROUPS {
            assert!(words.patterns.contains_key(name), "{name}");
        }
    }
}
