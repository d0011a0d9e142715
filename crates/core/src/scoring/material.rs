//! What the score is made against: the product, the scenario and the store's policies, owned.

use std::{collections::BTreeMap, sync::OnceLock};

use super::listen::{Phrases, Vocabulary};
use crate::catalog::{Claim, Feature, Need, Objection, Product, Scenario, Topic};

/// What a conversation is scored against. Without a product or a scenario less can be observed, and the report says so.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// What is sold.
    pub product: Option<&'a Product>,
    /// To whom.
    pub scenario: Option<&'a Scenario>,
    /// What the store promises.
    pub policies: &'a [Claim],
    /// Revision of the catalogue.
    pub catalog_revision: Option<u32>,
}

/// The parts of a context that ledgers and coaching use.
#[derive(Debug)]
pub(super) struct Material {
    pub(super) has_product: bool,
    pub(super) has_scenario: bool,
    pub(super) features: Vec<Feature>,
    pub(super) objections: Vec<Objection>,
    pub(super) needs: Vec<Need>,
    /// Lowest and highest price, US cents.
    pub(super) price_cents: Option<(i64, i64)>,
    pub(super) catalog_revision: Option<u32>,
    /// What a rep says when answering the objection at the same place; compiled once there is something to answer.
    answers: OnceLock<Phrases>,
    /// The words in which people speak of the objection at the same place.
    matters: OnceLock<Vocabulary>,
    claims: BTreeMap<String, (Topic, String)>,
}

impl Material {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let own = context.product.map_or(&[][..], |product| &product.claims);
        // A product's own claim hides a policy of the same id.
        let claims = context.policies.iter().chain(own).map(|claim| (claim.id.clone(), (claim.topic, claim.truth.clone()))).collect();
        Self {
            has_product: context.product.is_some(),
            has_scenario: context.scenario.is_some(),
            features: context.product.map(|product| product.features.clone()).unwrap_or_default(),
            objections: context.product.map(|product| product.objections.clone()).unwrap_or_default(),
            needs: context.scenario.map(|scenario| scenario.needs.clone()).unwrap_or_default(),
            price_cents: context.product.map(Product::price_range_cents),
            catalog_revision: context.catalog_revision,
            answers: OnceLock::new(),
            matters: OnceLock::new(),
            claims,
        }
    }

    /// Phrases that answer the objection at the same place.
    pub(super) fn answers(&self) -> &Phrases {
        self.answers.get_or_init(|| Phrases::new(self.objections.iter().map(|known| known.answers.as_slice())))
    }

    /// True where a text speaks of what this objection of the product is about.
    pub(super) fn speaks_of(&self, objection: &str, text: &str) -> bool {
        let matters = self.matters.get_or_init(|| {
            Vocabulary::new(self.objections.iter().map(|known| {
                let spoken = known.heard.iter().chain(&known.answers).chain([&known.line]);
                spoken.map(String::as_str).collect()
            }))
        });
        let known = self.objections.iter().position(|known| known.id == objection);
        known.is_some_and(|known| matters.touches(known, text))
    }

    pub(super) fn feature(&self, id: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.id == id)
    }

    pub(super) fn objection(&self, id: &str) -> Option<&Objection> {
        self.objections.iter().find(|objection| objection.id == id)
    }

    pub(super) fn need(&self, id: &str) -> Option<&Need> {
        self.needs.iter().find(|need| need.id == id)
    }

    /// Topic and true fact of a claim of the product or the policies.
    pub(super) fn claim(&self, id: &str) -> Option<(Topic, &str)> {
        self.claims.get(id).map(|(topic, truth)| (*topic, truth.as_str()))
    }
}
