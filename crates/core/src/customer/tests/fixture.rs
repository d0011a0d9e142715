//! A product and a customer of each kind, apart from the catalogue.

use crate::catalog::{Catalog, Difficulty, Persona, Product, Scenario};

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
