//! What difficulty and persona turn: data, in `data/customer/`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::catalog::{Difficulty, Persona};

/// How hard a customer is to convince.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knobs {
    /// Weak turns before the customer leaves.
    pub weak_turns: i32,
    /// How many objections are raised at most.
    pub objections: usize,
    /// True where one objection wants more than one answer.
    pub repeats: bool,
    /// How many traps are set at most.
    pub traps: usize,
    /// Percent of the needs that are told without being asked.
    pub unprompted_needs: usize,
    /// Fitting questions before a need is told outright.
    pub good_questions: u32,
    /// Points that settle an objection.
    pub settle: u32,
    /// Interest from which it buys.
    pub interest_to_buy: i32,
    /// Trust below which it does not buy.
    pub trust_to_buy: i32,
    /// Words from which a turn is a monologue.
    pub monologue_words: usize,
    /// Seconds from which a spoken turn is a monologue.
    pub monologue_seconds: i64,
    /// True where a convinced customer buys without being asked.
    pub buys_unasked: bool,
    /// True where the value must be said again with the ask.
    pub restated: bool,
    /// Turns that a convinced customer waits for the ask.
    pub waits_for_ask: u32,
    /// Percent: how heavily false claims weigh.
    pub blame: i32,
}

/// What a customer brings up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// A plain question.
    Question,
    /// An objection.
    Objection,
    /// A trap.
    Trap,
    /// A need, unasked.
    Need,
}

/// How a customer behaves.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manner {
    /// Trust at the start, 0-100.
    pub(super) trust: i32,
    /// Interest at the start, 0-100.
    pub(super) interest: i32,
    /// Trust lost over a false claim, before difficulty.
    pub(super) false_claim: i32,
    /// True where it says so when a claim is false.
    pub(super) challenges: bool,
    /// Trust won by an honest “I do not know”.
    pub(super) honest: i32,
    /// Percent of the difficulty's monologue limit.
    pub(super) monologue_percent: usize,
    /// Rep turns before it has to go.
    pub(super) last_turn: u32,
    /// The order in which it brings things up.
    pub(super) rhythm: Vec<Kind>,
    /// Percent of its answers with a word of its own world added.
    pub(super) color: u32,
    /// Turns it is content to be asked before it brings up something itself.
    pub(super) pace: u32,
}

// Read once; `the_data_can_be_read` keeps the files from ever failing here.
static KNOBS: LazyLock<BTreeMap<Difficulty, Knobs>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/customer/difficulty.toml")).unwrap_or_default());
static MANNERS: LazyLock<BTreeMap<Persona, Manner>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/customer/personas.toml")).unwrap_or_default());

/// The knobs of a difficulty.
#[must_use]
pub fn knobs(difficulty: Difficulty) -> Knobs {
    KNOBS.get(&difficulty).copied().unwrap_or_default()
}

/// The manner of a persona.
pub(super) fn manner(persona: Persona) -> Manner {
    MANNERS.get(&persona).cloned().unwrap_or_default()
}

/// True where this persona says so when a claim is false.
pub(crate) fn challenges(persona: Persona) -> bool {
    MANNERS.get(&persona).is_some_and(|manner| manner.challenges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_can_be_read() {
        assert_eq!(KNOBS.len(), 4);
        assert_eq!(MANNERS.len(), 5);
        assert!(MANNERS.values().all(|manner| manner.rhythm.len() >= 8));
    }

    #[test]
    fn every_knob_gets_harder_from_easy_to_expert() {
        let all = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Expert].map(knobs);
        for pair in all.windows(2) {
            let (easier, harder) = (pair[0], pair[1]);
            assert!(easier.weak_turns > harder.weak_turns);
            assert!(easier.objections < harder.objections);
            assert!(easier.interest_to_buy < harder.interest_to_buy);
            assert!(easier.trust_to_buy < harder.trust_to_buy);
            assert!(easier.monologue_words > harder.monologue_words);
            assert!(easier.good_questions <= harder.good_questions);
            assert!(easier.blame < harder.blame);
        }
    }
}
