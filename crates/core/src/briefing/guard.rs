//! Notices where a voice model fell out of its role: what it says then is not what a customer says. Precise rather than complete: a customer who is called to order
//! without a reason is worse than one slip.

use std::sync::LazyLock;

use super::words::words;
use crate::customer::{Pattern, Words, any};

/// What a model does that fell out of its role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slip {
    /// Says that it is a program.
    Machine,
    /// Speaks of its instructions.
    Reveals,
    /// Judges how the rep sells.
    Judges,
    /// Tells the rep how to sell.
    Coaches,
    /// Sells.
    Sells,
    /// Offers help like somebody behind the counter.
    Offers,
}

static PATTERNS: LazyLock<[(Slip, Vec<Pattern>); 6]> = LazyLock::new(|| {
    let guard = &words().guard;
    [
        (Slip::Machine, Pattern::all(&guard.machine)),
        (Slip::Reveals, Pattern::all(&guard.reveals)),
        (Slip::Judges, Pattern::all(&guard.judges)),
        (Slip::Coaches, Pattern::all(&guard.coaches)),
        (Slip::Sells, Pattern::all(&guard.sells)),
        (Slip::Offers, Pattern::all(&guard.offers)),
    ]
});

/// How a spoken line of the customer falls out of the role, where it does. Read sentence by sentence.
#[must_use]
pub fn slips(line: &str) -> Option<Slip> {
    line.split_inclusive(['.', '?', '!', '\n']).find_map(|sentence| {
        let said = Words::of(sentence);
        PATTERNS.iter().find(|(_, patterns)| any(patterns, &said)).map(|(slip, _)| *slip)
    })
}

/// The silent note that puts a model back into its role.
#[must_use]
pub fn back_to_role() -> &'static str {
    &words().guard.note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::{Persona, Scenario},
        customer::phrases_of,
    };

    fn lines(scenario: &Scenario) -> impl Iterator<Item = &String> {
        let needs = scenario.needs.iter().flat_map(|need| need.told.iter().chain(&need.hint));
        let objections = scenario.objections.iter().flat_map(|objection| [&objection.line, &objection.again, &objection.settled]);
        let traps = scenario.traps.iter().flat_map(|trap| [&trap.ask, &trap.corrected, &trap.believed]);
        let goodbyes = scenario.opening.iter().chain(&scenario.goodbye_buy).chain(&scenario.goodbye_leave);
        let questions = scenario.questions.iter().map(|question| &question.ask);
        goodbyes.chain(scenario.answers.values().flatten()).chain(needs).chain(objections).chain(traps).chain(questions)
    }

    #[test]
    fn no_line_that_a_customer_has_is_a_slip() {
        let mut tripped = Vec::new();
        let products = &crate::embedded::catalog().unwrap().products;
        let scenarios = products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)));
        for (product, scenario) in scenarios {
            let doubts = product.objections.iter().map(|objection| &objection.line);
            tripped.extend(lines(scenario).chain(doubts).filter_map(|line| Some((slips(line)?, line.clone()))));
        }
        for persona in [Persona::Friendly, Persona::PriceConscious, Persona::Rushed, Persona::Skeptical, Persona::Knowledgeable] {
            tripped.extend(phrases_of(persona).filter_map(|(_, line)| Some((slips(line)?, line.to_owned()))));
        }
        assert_eq!(tripped, Vec::new());
    }

    #[test]
    fn the_note_that_puts_it_back_gives_nothing_of_the_talk() {
        assert!(back_to_role().contains("CUSTOMER") && !back_to_role().contains('{'));
    }
}
