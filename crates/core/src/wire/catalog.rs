//! Products and scenarios as they are listed. A scenario's inner life (needs, lines, traps) stays inside: the rep must find it out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Cents,
    catalog::{Category, Claim, Difficulty, Feature, Objection, Persona, Tier, Tip},
};

/// A product in a list, with the rep's own best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProductSummary {
    /// Identity.
    pub id: String,
    /// The store's number.
    pub sku: String,
    /// Name.
    pub name: String,
    /// Category.
    pub category: Category,
    /// Not in the store's list, for practice only.
    pub sample: bool,
    /// Drawing.
    pub art: String,
    /// A few words.
    pub line: String,
    /// Lowest price.
    pub price_from: Cents,
    /// Highest price.
    pub price_to: Cents,
    /// The rep's best overall score.
    pub best_score: Option<u8>,
    /// The rep's completed attempts.
    pub attempts: u32,
}

/// A scenario in a list, with the rep's own best.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ScenarioSummary {
    /// Identity.
    pub id: String,
    /// What is sold.
    pub product_id: String,
    /// How the customer behaves.
    pub persona: Persona,
    /// How hard it is.
    pub difficulty: Difficulty,
    /// Who it is.
    pub title: String,
    /// What it will test.
    pub tests: String,
    /// The rep's best overall score.
    pub best_score: Option<u8>,
    /// The rep's completed attempts.
    pub attempts: u32,
}

/// A product to study.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProductView {
    /// As in a list.
    pub summary: ProductSummary,
    /// Two or three sentences.
    pub description: String,
    /// Prices.
    pub tiers: Vec<Tier>,
    /// What it is and does.
    pub features: Vec<Feature>,
    /// Facts and traps of the product.
    pub claims: Vec<Claim>,
    /// Facts and traps of the store.
    pub policies: Vec<Claim>,
    /// What customers hold against it, with good responses.
    pub objections: Vec<Objection>,
    /// Training tips.
    pub tips: Vec<Tip>,
    /// Customers to practise with.
    pub scenarios: Vec<ScenarioSummary>,
}
