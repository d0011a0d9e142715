//! From the catalogue and the counts to what is shown.

use std::collections::HashMap;

use sellme_core::{
    Cents, Code, Error,
    catalog::{Catalog, Category, ClaimKind, Importance, Product, Scenario, Topic},
    error::Result,
    session::Session,
    wire::{ProductSummary, ScenarioSummary},
};
use sellme_store::Attempts;

/// The rep's own best and attempts, by scenario.
pub(crate) struct Standing {
    by_scenario: HashMap<String, Attempts>,
}

impl Standing {
    pub(crate) fn new(attempts: Vec<Attempts>) -> Self {
        Self { by_scenario: attempts.into_iter().map(|attempts| (attempts.scenario_id.clone(), attempts)).collect() }
    }

    fn scenario(&self, id: &str) -> (Option<u8>, u32) {
        self.by_scenario.get(id).map_or((None, 0), |attempts| (attempts.best, attempts.completed))
    }

    fn product(&self, product: &Product) -> (Option<u8>, u32) {
        let mut both = (None, 0);
        for scenario in &product.scenarios {
            let (best, completed) = self.scenario(&scenario.id);
            both = (both.0.max(best), both.1 + completed);
        }
        both
    }

    /// A product in a list.
    pub(crate) fn product_summary(&self, catalog: &Catalog, product: &Product) -> ProductSummary {
        let (best_score, attempts) = self.product(product);
        let (from, to) = product.price_range_cents();
        let category = catalog.category(&product.category).cloned();
        ProductSummary {
            id: product.id.clone(),
            sku: product.sku.clone(),
            name: product.name.clone(),
            category: category.unwrap_or_else(|| Category { id: product.category.clone(), name: product.category.clone() }),
            sample: product.sample,
            art: product.art.clone(),
            line: product.line.clone(),
            price_from: Cents(from),
            price_to: Cents(to),
            best_score,
            attempts,
        }
    }

    /// A scenario in a list.
    pub(crate) fn scenario_summary(&self, product: &Product, scenario: &Scenario) -> ScenarioSummary {
        let (best_score, attempts) = self.scenario(&scenario.id);
        ScenarioSummary {
            id: scenario.id.clone(),
            product_id: product.id.clone(),
            persona: scenario.persona,
            difficulty: scenario.difficulty,
            title: scenario.title.clone(),
            tests: scenario.tests.clone(),
            best_score,
            attempts,
        }
    }

    /// What an attempt was about, as far as the catalogue still has it.
    pub(crate) fn of_attempt(&self, catalog: &Catalog, session: &Session) -> (Option<ProductSummary>, Option<ScenarioSummary>) {
        let product = catalog.product(&session.product_id).map(|product| self.product_summary(catalog, product));
        let scenario = catalog.scenario(&session.scenario_id).map(|(product, scenario)| self.scenario_summary(product, scenario));
        (product, scenario)
    }
}

/// The scenario with this id, and its product.
pub(crate) fn find<'a>(catalog: &'a Catalog, scenario_id: &str) -> Result<(&'a Product, &'a Scenario)> {
    catalog.scenario(scenario_id).ok_or_else(|| Error::not_found("scenario", scenario_id))
}

/// The scenario of an attempt that is to go on, and its product.
pub(crate) fn of_session<'a>(catalog: &'a Catalog, session: &Session) -> Result<(&'a Product, &'a Scenario)> {
    catalog.scenario(&session.scenario_id).ok_or_else(|| {
        let sentence = "The catalogue no longer has this customer, so this practice cannot go on or be scored. What was said is kept. Leave it to have it in the \
                        history.";
        Error::new(Code::NotFound, sentence)
    })
}

/// Facts that the rep can rely on: the price, the most important features, the return window.
pub(crate) fn facts(catalog: &Catalog, product: &Product) -> Vec<String> {
    let (from, to) = product.price_range_cents();
    let price = if from == to { Cents(from).to_string() } else { format!("{}–{}", Cents(from), Cents(to)) };
    let mut facts = vec![price];
    let by_importance = |importance| product.features.iter().filter(move |feature| feature.importance == importance);
    facts.extend(by_importance(Importance::High).chain(by_importance(Importance::Medium)).take(3).map(|feature| feature.fact.clone()));
    let returns = catalog.policies.iter().find(|claim| claim.topic == Topic::Returns && claim.kind == ClaimKind::Fact);
    facts.extend(returns.map(|claim| claim.truth.clone()));
    facts
}
