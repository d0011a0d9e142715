//! A product and what is true of it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::scenario::Scenario;

/// A group of products.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Category {
    /// Identity.
    pub id: String,
    /// Shown name.
    pub name: String,
}

/// Something the store sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Product {
    /// Identity, and the name of its file.
    pub id: String,
    /// The store's own number.
    pub sku: String,
    /// Shown name.
    pub name: String,
    /// Id of its category.
    pub category: String,
    /// True where it is not in the store's list but is there for practice.
    #[serde(default)]
    pub sample: bool,
    /// Which drawing shows it.
    pub art: String,
    /// A few words under the name.
    pub line: String,
    /// Two or three sentences.
    pub description: String,
    /// Prices, lowest first.
    #[serde(alias = "tier")]
    pub tiers: Vec<Tier>,
    /// What it is and does.
    #[serde(alias = "feature")]
    pub features: Vec<Feature>,
    /// Facts and traps.
    #[serde(alias = "claim")]
    pub claims: Vec<Claim>,
    /// What customers hold against it.
    #[serde(alias = "objection")]
    pub objections: Vec<Objection>,
    /// Training tips.
    #[serde(alias = "tip")]
    pub tips: Vec<Tip>,
    /// Customers to practise with.
    #[serde(alias = "scenario")]
    pub scenarios: Vec<Scenario>,
}

impl Product {
    /// Lowest and highest price in US cents.
    #[must_use]
    pub fn price_range_cents(&self) -> (i64, i64) {
        let prices = || self.tiers.iter().map(|tier| tier.price_cents);
        (prices().min().unwrap_or(0), prices().max().unwrap_or(0))
    }

    /// The feature with this id.
    #[must_use]
    pub fn feature(&self, id: &str) -> Option<&Feature> {
        self.features.iter().find(|feature| feature.id == id)
    }

    /// The objection with this id.
    #[must_use]
    pub fn objection(&self, id: &str) -> Option<&Objection> {
        self.objections.iter().find(|objection| objection.id == id)
    }
}

/// A price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tier {
    /// What this price buys.
    pub name: String,
    /// US cents.
    #[serde(alias = "price_cents")]
    #[cfg_attr(feature = "bindings", ts(type = "number"))]
    pub price_cents: i64,
    /// Sizes, colours.
    #[serde(default)]
    pub note: String,
}

/// How much a feature matters to most buyers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Importance {
    /// A reason to buy.
    High,
    /// Good to know.
    Medium,
    /// A detail.
    Low,
}

/// A true property of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Feature {
    /// Identity within the product.
    pub id: String,
    /// A short noun phrase.
    pub name: String,
    /// How much it matters.
    pub importance: Importance,
    /// The fact in a sentence.
    pub fact: String,
    /// What it does for a customer, in a sentence.
    pub benefit: String,
    /// Patterns: how a rep puts it.
    pub says: Vec<String>,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// What it costs, discounts, price match.
    Price,
    /// What it is made of and what that withstands.
    Material,
    /// Who made it and where.
    Origin,
    /// How it is looked after.
    Care,
    /// Guarantees.
    Warranty,
    /// Returns and exchanges.
    Returns,
    /// Delivery.
    Shipping,
    /// What it does for a body.
    Medical,
    /// Sizes and fit.
    Fit,
    /// Anything else.
    Other,
}

/// Whether saying it is right or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Saying it is right.
    Fact,
    /// Saying it is wrong; `truth` is the true answer.
    Trap,
}

/// Something a rep may state about a product or the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Claim {
    /// Identity within the product, or within the policies.
    pub id: String,
    /// A short title: what a policy is about, or what a trap has a rep say. A product's facts have none.
    #[serde(default)]
    pub name: String,
    /// What it is about.
    pub topic: Topic,
    /// Right or wrong.
    pub kind: ClaimKind,
    /// Patterns: how a rep puts it.
    pub says: Vec<String>,
    /// The true fact in a sentence.
    pub truth: String,
}

/// The kinds of objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ObjectionCategory {
    /// It costs too much.
    Price,
    /// It is not good enough.
    Quality,
    /// Not now.
    Timing,
    /// Something else is better or cheaper.
    Competition,
    /// Not needed.
    Need,
    /// Not believed.
    Trust,
}

/// What customers hold against a product, with good responses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Objection {
    /// Identity within the product.
    pub id: String,
    /// Its kind.
    pub category: ObjectionCategory,
    /// Its name, in the customer's words.
    pub line: String,
    /// Patterns: how a customer puts it.
    pub heard: Vec<String>,
    /// Patterns: what a rep says when answering it.
    pub answers: Vec<String>,
    /// Ids of features that answer it.
    #[serde(default)]
    pub features: Vec<String>,
    /// Good responses, a shape rather than a script.
    #[serde(alias = "response")]
    pub responses: Vec<Response>,
}

/// A good response to an objection, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Response {
    /// A question about what is behind it.
    #[serde(default)]
    pub clarify: String,
    /// Taking it seriously.
    #[serde(default)]
    pub acknowledge: String,
    /// The answer.
    pub answer: String,
    /// A question whether that settles it.
    pub check: String,
}

/// A training tip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Tip {
    /// The tip.
    pub text: String,
}
