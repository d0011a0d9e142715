//! The rubric: what each moment is worth. Data, read from `data/rubric.toml`; its version and hash are in every report.

use std::{collections::BTreeMap, fmt::Write as _, sync::LazyLock};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::report::{RubricStamp, Skill};

const EMBEDDED: &str = include_str!("../../data/rubric.toml");

/// What one kind of moment is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Points for one time.
    pub points: u32,
    /// How many times it counts.
    pub most: u32,
}

impl Rule {
    /// Points for every time that it counts.
    #[must_use]
    pub fn total(self) -> u32 {
        self.points * self.most
    }
}

/// The least that is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Length {
    /// Turns of the rep.
    pub rep_turns: u32,
    /// Words on both sides.
    pub words: u32,
}

/// Percent of the overall score by skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    product_knowledge: u32,
    objection_handling: u32,
    closing_technique: u32,
    rapport: u32,
}

/// How much losses may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Losses {
    /// Percent of what a skill earned.
    pub most_percent: u32,
}

/// Rules of product knowledge; the file says what each is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained where it has its value: data/rubric.toml")]
pub struct ProductRules {
    pub relevant_fact: Rule,
    pub other_fact: Rule,
    pub facts_per_turn: u32,
    pub tied_fact: Rule,
    pub right_price: Rule,
    pub answered_question: Rule,
    pub honest_unknown: Rule,
    pub loss_contradicted: Rule,
    pub loss_unsupported: Rule,
    pub loss_wrong_price: Rule,
    pub loss_recital: Rule,
    pub recital_facts: u32,
}

/// Rules of objection handling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained where it has its value: data/rubric.toml")]
pub struct ObjectionRules {
    pub pause: Rule,
    pub clarify: Rule,
    pub acknowledge: Rule,
    pub answer: Rule,
    pub check: Rule,
    pub resolved: Rule,
    pub loss_argued: Rule,
    pub loss_discounted: Rule,
    pub window_turns: u32,
    pub check_turns: u32,
}

/// Rules of closing technique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained where it has its value: data/rubric.toml")]
pub struct ClosingRules {
    pub discovery: Rule,
    pub late_discovery: Rule,
    pub trial: Rule,
    pub ask: Rule,
    pub ask_after_value: Rule,
    pub ask_clear_of_doubts: Rule,
    pub settled: Rule,
    pub value_facts: u32,
    pub loss_no_value: Rule,
    pub loss_pushed: Rule,
}

/// Rules of rapport.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained where it has its value: data/rubric.toml")]
pub struct RapportRules {
    pub opening: Rule,
    pub opening_offer: Rule,
    pub respect: Rule,
    pub reflection: Rule,
    pub empathy: Rule,
    pub used_need: Rule,
    pub open_questions: Rule,
    pub question_balance: Rule,
    pub courtesy: Rule,
    pub talk_share: Rule,
    pub loss_interrupted: Rule,
    pub loss_monologue: Rule,
    pub loss_put_down: Rule,
    pub loss_interrogation: Rule,
    pub monologue_words: u32,
    pub question_limit: u32,
    pub crowded_acts: u32,
}

/// What a measure aims at, in tenths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// From, to.
    pub aim: (i32, i32),
    /// Where it is worth nothing any more, below and above.
    #[serde(default)]
    pub zero: Option<(i32, i32)>,
}

/// Aims and least amounts of the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is explained where it has its value: data/rubric.toml")]
pub struct MeasureRules {
    pub talk_share: Aim,
    pub longest_turn: Aim,
    pub open_questions: Aim,
    pub closed_questions: Aim,
    pub question_spread: Aim,
    pub pace: Aim,
    pub pace_jump: Aim,
    pub pause: Aim,
    pub interruptions: Aim,
    pub fillers: Aim,
    pub least_speech_ms: i64,
    pub least_after_objection_ms: i64,
    pub overlap_ms: i64,
}

/// The rubric.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Raised with every change.
    pub version: String,
    /// The least that is scored.
    pub length: Length,
    /// Percent of the overall score by skill.
    pub weights: Weights,
    /// How much losses may take.
    pub losses: Losses,
    /// Product knowledge.
    pub product: ProductRules,
    /// Objection handling.
    pub objections: ObjectionRules,
    /// Closing technique.
    pub closing: ClosingRules,
    /// Rapport.
    pub rapport: RapportRules,
    /// Measures.
    pub measures: MeasureRules,
    /// How easily a habit is mended, 1 to 10, by kind of coaching point.
    pub ease: BTreeMap<String, u32>,
    /// Better lines, with slots in braces, by name.
    pub lines: BTreeMap<String, String>,
    /// A clarifying question by category of objection.
    pub clarify: BTreeMap<String, String>,
    /// SHA-256 of the file, hexadecimal.
    #[serde(skip)]
    pub hash: String,
}

impl Rubric {
    /// Reads a rubric.
    ///
    /// # Errors
    /// What the TOML reader says of a field that is missing, unknown or of the wrong type.
    pub fn from_toml(text: &str) -> Result<Self, toml::de::Error> {
        let mut rubric: Self = toml::from_str(text)?;
        for byte in Sha256::digest(text.as_bytes()) {
            // Writing to a string cannot fail.
            let _ = write!(rubric.hash, "{byte:02x}");
        }
        Ok(rubric)
    }

    /// Version and hash.
    #[must_use]
    pub fn stamp(&self) -> RubricStamp {
        RubricStamp { version: self.version.clone(), hash: self.hash.clone() }
    }

    /// Percent of the overall score.
    #[must_use]
    pub fn weight(&self, skill: Skill) -> u32 {
        match skill {
            Skill::ProductKnowledge => self.weights.product_knowledge,
            Skill::ObjectionHandling => self.weights.objection_handling,
            Skill::ClosingTechnique => self.weights.closing_technique,
            Skill::Rapport => self.weights.rapport,
        }
    }
}

/// The rubric that ships with the engine.
#[must_use]
pub fn rubric() -> &'static Rubric {
    #[expect(clippy::expect_used, reason = "the file is part of the binary; a test reads it")]
    static RUBRIC: LazyLock<Rubric> = LazyLock::new(|| Rubric::from_toml(EMBEDDED).expect("data/rubric.toml is a rubric"));
    &RUBRIC
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_four_weights_make_a_hundred() {
        assert_eq!(Skill::ALL.map(|skill| rubric().weight(skill)), [30, 25, 25, 20]);
    }

    #[test]
    fn the_hash_changes_with_the_file() {
        let other = EMBEDDED.replace("rep_turns = 4", "rep_turns = 5");
        assert_eq!(rubric().hash.len(), 64);
        assert_ne!(Rubric::from_toml(&other).unwrap().hash, rubric().hash);
    }

    #[test]
    fn a_rule_that_is_missing_or_unknown_is_refused_by_name() {
        let missing = EMBEDDED.replace("right_price = { points = 3, most = 1 }", "");
        assert!(Rubric::from_toml(&missing).unwrap_err().message().contains("right_price"));
        let unknown = EMBEDDED.replace("[length]", "[length]\nbreadth = 1");
        assert!(Rubric::from_toml(&unknown).unwrap_err().message().contains("breadth"));
    }
}
