//! How much a catalogue may have looked for in what is said. The listener's work is what is said, times this. The program's own catalogue has less than half of any of it.

use super::{Claim, Product, Scenario};

/// How large a text may be that is looked for in what is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    /// Words, and groups of alternatives, one after the other.
    steps: usize,
    characters: usize,
}

/// A pattern.
pub(super) const PATTERN: Size = Size { steps: 16, characters: 400 };
/// A line of a customer or a rep, which is looked for word by word.
pub(super) const LINE: Size = Size { steps: 100, characters: 600 };

/// Most alternatives (`a|b`) at one place.
const ALTERNATIVES: usize = 40;

/// Most texts that are looked for: those of all policies, of a product without its scenarios, and of a scenario.
pub(super) const OF_POLICIES: usize = 1_000;
pub(super) const OF_PRODUCT: usize = 1_000;
pub(super) const OF_SCENARIO: usize = 500;

impl Size {
    /// What is too much about a text, where something is.
    pub(super) fn exceeded(self, text: &str) -> Option<String> {
        if text.chars().nth(self.characters).is_some() {
            return Some(format!("has more than {} characters", self.characters));
        }
        if text.split_whitespace().any(|step| step.split('|').count() > ALTERNATIVES) {
            return Some(format!("has more than {ALTERNATIVES} alternatives at one place"));
        }
        let words = |step: &str| step.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        let steps: usize = text.split_whitespace().map(|step| if step.contains('|') { 1 } else { words(step) }).sum();
        (steps > self.steps).then(|| format!("has {steps} words one after the other, at most {} can be looked for", self.steps))
    }
}

pub(super) fn of_claims(claims: &[Claim]) -> usize {
    claims.iter().map(|claim| claim.says.len()).sum()
}

pub(super) fn of_product(product: &Product) -> usize {
    let features: usize = product.features.iter().map(|feature| feature.says.len()).sum();
    let objections = product.objections.iter();
    let objections: usize = objections.map(|known| known.heard.len() + known.answers.len() + 2 * known.responses.len()).sum();
    features + of_claims(&product.claims) + objections
}

pub(super) fn of_scenario(scenario: &Scenario) -> usize {
    let needs = scenario.needs.iter();
    let needs: usize = needs.map(|need| need.told.len() + need.hint.len() + need.asked.len() + need.says.len()).sum();
    let answers: usize = scenario.answers.values().map(Vec::len).sum();
    let ends = scenario.opening.len() + scenario.goodbye_buy.len() + scenario.goodbye_leave.len();
    needs + answers + ends + 3 * (scenario.objections.len() + scenario.traps.len()) + scenario.questions.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_so_many_steps_alternatives_and_characters_and_not_one_more() {
        let said = |text: String| PATTERN.exceeded(&text).unwrap_or_default();
        assert_eq!(said("a .. ".repeat(16)), "");
        assert!(said("a .. ".repeat(17)).contains("17 words"));
        assert!(said("a-".repeat(17)).contains("17 words"), "words that a hyphen joins are several");
        assert_eq!(said(format!("a .. {}", ["b"; 40].join("|"))), "");
        assert!(said(format!("a .. {}", ["b"; 41].join("|"))).contains("40 alternatives"));
        assert_eq!(said("é".repeat(400)), "");
        assert!(said("é".repeat(401)).contains("400 characters"));
        assert_eq!(LINE.exceeded(&"a ".repeat(100)), None);
    }
}
