//! How the customer puts things: never the same line twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    dice::Dice,
    phrases::{Act, pool},
};
use crate::catalog::Persona;

/// What a phrase may name: `{feature}`, `{price}`, `{alt}`, `{alt_price}`.
pub(super) type Facts = BTreeMap<&'static str, String>;

/// Says things, and remembers what was said.
#[derive(Debug, Clone)]
pub(super) struct Tongue {
    persona: Persona,
    dice: Dice,
    said: BTreeSet<String>,
    draws: u32,
}

impl Tongue {
    /// A tongue that has said nothing yet.
    pub(super) fn new(persona: Persona, dice: Dice) -> Self {
        Self { persona, dice, said: BTreeSet::new(), draws: 0 }
    }

    /// Starts a turn: what is drawn in it depends on nothing that earlier turns drew.
    pub(super) fn begin(&mut self, turn: u32) {
        self.draws = turn * 64;
    }

    /// True with this chance.
    pub(super) fn chance(&mut self, percent: u32) -> bool {
        self.draws += 1;
        self.dice.chance("whether", self.draws, percent)
    }

    /// A line of these that was not said yet.
    pub(super) fn line(&mut self, lines: &[String]) -> Option<String> {
        let fresh: Vec<&String> = lines.iter().filter(|line| !self.said.contains(&spoken(line))).collect();
        self.draws += 1;
        let line = (*fresh.get(self.dice.below("line", self.draws, fresh.len()))?).clone();
        self.said.insert(spoken(&line));
        Some(line)
    }

    /// The first of these that was not said yet: for lines whose order means something.
    pub(super) fn next_line(&mut self, lines: &[String]) -> Option<String> {
        let line = lines.iter().find(|line| !self.said.contains(&spoken(line)))?.clone();
        self.said.insert(spoken(&line));
        Some(line)
    }

    /// True where the line was said.
    pub(super) fn has_said(&self, line: &str) -> bool {
        self.said.contains(&spoken(line))
    }

    /// An act in words that were not used yet, where there are any left.
    pub(super) fn act(&mut self, act: Act, facts: &Facts) -> Option<String> {
        let lines: Vec<String> = pool(self.persona, act).iter().filter_map(|line| fill(line, facts)).collect();
        // What names something of this conversation is worth more than what could be said in any.
        let (with, without): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| facts.values().any(|fact| names(line, fact)));
        if !with.is_empty() && self.chance(60) {
            return self.line(&with).or_else(|| self.line(&without));
        }
        self.line(&without).or_else(|| self.line(&with))
    }

    /// Words for an act whose own are used up: two smaller ones that were not said together yet.
    pub(super) fn combine(&mut self) -> String {
        let (leads, ends) = (pool(self.persona, Act::Lead), pool(self.persona, Act::GoOn));
        self.draws += 1;
        let start = self.dice.below("combine", self.draws, leads.len() * ends.len());
        let pairs = leads.len() * ends.len();
        for step in 0..pairs {
            let at = (start + step * 7) % pairs;
            let text = format!("{} {}", leads[at % leads.len()], ends[at / leads.len()]);
            if self.said.insert(spoken(&text)) {
                return text;
            }
        }
        // Hundreds of turns later: three words, then four.
        let mut text = String::new();
        for at in 0.. {
            let lead = leads.get((start + at * 5) % leads.len().max(1)).map_or("…", String::as_str);
            text = if text.is_empty() { lead.to_owned() } else { format!("{text} {lead}") };
            if self.said.insert(spoken(&text)) {
                break;
            }
        }
        text
    }

    /// Notes a whole reply; false where it was said before.
    pub(super) fn note(&mut self, text: &str) -> bool {
        self.said.insert(format!("= {}", spoken(text)))
    }
}

/// A line without what is not heard.
fn spoken(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect::<String>().to_lowercase()
}

/// The line with its facts, where they are known.
fn fill(line: &str, facts: &Facts) -> Option<String> {
    let mut filled = line.to_owned();
    for (name, fact) in facts {
        filled = filled.replace(&format!("{{{name}}}"), fact);
    }
    (!filled.contains('{')).then(|| capital(&filled))
}

fn names(line: &str, fact: &str) -> bool {
    line.to_lowercase().contains(&fact.to_lowercase())
}

/// With a capital at the start.
fn capital(line: &str) -> String {
    let mut chars = line.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How many sentences a text has.
pub(super) fn sentences(text: &str) -> usize {
    let ends = |c: char| matches!(c, '.' | '!' | '?' | '…');
    text.split_whitespace()
        .filter(|word| word.trim_end_matches(['"', '”', '\'', '’']).ends_with(ends))
        .count()
        .max(usize::from(!text.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_that_runs_dry_is_combined_instead_of_repeated() {
        let mut tongue = Tongue::new(Persona::Rushed, Dice::new(1, "x"));
        let mut said = BTreeSet::new();
        for turn in 0..400 {
            tongue.begin(turn);
            let text = tongue.act(Act::Unclear, &Facts::new()).unwrap_or_else(|| tongue.combine());
            assert!(said.insert(text.clone()), "“{text}” was said twice");
        }
    }

    #[test]
    fn a_price_with_a_point_is_one_sentence() {
        assert_eq!(sentences("It is $5.99. Right?"), 2);
        assert_eq!(sentences("So."), 1);
        assert_eq!(sentences("no end"), 1);
    }
}
