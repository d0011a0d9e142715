//! A product and a customer of each kind, apart from the catalogue.

use crate::catalog::{Catalog, Difficulty, Persona, Product, Scenario, introduced};

/// The embedded catalogue.
pub(super) fn catalog() -> &'static Catalog {
    crate::embedded::catalog().unwrap()
}

/// The scenario with these, and its product; the catalogue has every persona at every difficulty or a near one.
pub(super) fn scenario_of(persona: Persona, difficulty: Difficulty) -> (&'static Product, Scenario) {
    let all = || catalog().products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)));
    let exact = all().find(|(_, scenario)| scenario.persona == persona && scenario.difficulty == difficulty);
    let (product, scenario) = exact.or_else(|| all().find(|(_, scenario)| scenario.difficulty == difficulty)).unwrap();
    (product, Scenario { persona, difficulty, ..scenario.clone() })
}

/// True where one of these lines is in a reply, with whoever it speaks of as "he" or by name.
pub(super) fn says_one(scenario: &Scenario, reply: &str, lines: &[String]) -> bool {
    let named = |line: &String| scenario.who.as_ref().and_then(|who| introduced(line, who));
    lines.iter().any(|line| reply.contains(line.as_str()) || named(line).is_some_and(|line| reply.contains(&line)))
}
