//! The words of the instructions: data, in `data/briefing.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::catalog::Persona;

/// The file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    role: Rules,
    persona: BTreeMap<Persona, Vec<String>>,
    product: BTreeMap<String, String>,
    money: BTreeMap<String, String>,
    needs: BTreeMap<String, String>,
    objections: BTreeMap<String, String>,
    traps: BTreeMap<String, String>,
    talk: BTreeMap<String, String>,
    voice: Rules,
    tools: BTreeMap<String, String>,
    steer: BTreeMap<String, String>,
    pub(super) guard: Guard,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rules: Vec<String>,
}

/// How a slip is noticed and mended.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Guard {
    pub(super) note: String,
    pub(super) offers: Vec<String>,
    pub(super) sells: Vec<String>,
    pub(super) coaches: Vec<String>,
    pub(super) judges: Vec<String>,
    pub(super) machine: Vec<String>,
    pub(super) reveals: Vec<String>,
}

const TEXT: &str = include_str!("../../data/briefing.toml");

// Read once; `the_words_can_be_read` keeps the file from ever failing here.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(TEXT).unwrap_or_default());

/// The words.
pub(super) fn words() -> &'static Words {
    &WORDS
}

impl Words {
    /// What the role is.
    pub(super) fn role(&self) -> &[String] {
        &self.role.rules
    }

    /// How it speaks.
    pub(super) fn voice(&self) -> &[String] {
        &self.voice.rules
    }

    /// How a persona behaves.
    pub(super) fn persona(&self, persona: Persona) -> &[String] {
        self.persona.get(&persona).map_or(&[], Vec::as_slice)
    }

    /// The sentence of this section and name; empty where there is none, which `the_words_can_be_read` rules out.
    pub(super) fn of(&self, section: Section, name: &str) -> &str {
        let sentences = match section {
            Section::Product => &self.product,
            Section::Money => &self.money,
            Section::Needs => &self.needs,
            Section::Objections => &self.objections,
            Section::Traps => &self.traps,
            Section::Talk => &self.talk,
            Section::Tools => &self.tools,
            Section::Steer => &self.steer,
        };
        sentences.get(name).map_or("", String::as_str)
    }
}

/// A section of the file whose sentences have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Product,
    Money,
    Needs,
    Objections,
    Traps,
    Talk,
    Tools,
    Steer,
}

/// A sentence with its facts filled in.
pub(super) fn filled(sentence: &str, facts: &[(&str, &str)]) -> String {
    facts.iter().fold(sentence.to_owned(), |text, (name, fact)| text.replace(&format!("{{{name}}}"), fact))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_can_be_read() {
        let words: Words = toml::from_str(TEXT).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(words.persona.len(), 5);
        assert!(words.role().len() >= 3 && words.voice().len() >= 5);
        let guard = &words.guard;
        for patterns in [&guard.offers, &guard.sells, &guard.coaches, &guard.judges, &guard.machine, &guard.reveals] {
            assert!(!patterns.is_empty());
        }
    }

    #[test]
    fn every_sentence_that_the_code_asks_for_is_there() {
        let asked = [
            (Section::Product, "knows learns challenges"),
            (Section::Money, "budget ceiling alternative tag"),
            (Section::Needs, "rule unprompted open hinted guarded"),
            (Section::Objections, "rule price_bold price later early_bold early hidden settled full repeated worth honest asked"),
            (Section::Traps, "rule"),
            (Section::Talk, "opening patience believe buy restated unasked waits decide"),
            (Section::Tools, "raise_objection reveal_need trap decide"),
            (Section::Steer, "buy walk_away undecided challenge doubt wary impatient brushed refused refused_over due"),
        ];
        for (section, names) in asked {
            for name in names.split(' ') {
                assert_ne!(words().of(section, name), "", "{section:?} {name}");
            }
        }
        let all = [&WORDS.product, &WORDS.money, &WORDS.needs, &WORDS.objections, &WORDS.traps, &WORDS.talk, &WORDS.tools, &WORDS.steer];
        let count: usize = all.iter().map(|section| section.len()).sum();
        assert_eq!(count, asked.iter().map(|(_, names)| names.split(' ').count()).sum::<usize>(), "a sentence is never asked for");
    }
}
