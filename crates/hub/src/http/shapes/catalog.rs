//! What is sold, and to whom, in the JSON of the original API.

use sellme_core::{
    Cents,
    catalog::{Importance, Product, Scenario},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{time, word};
use crate::shelf::Shelf;

/// How well a response does that nobody has rated.
const EFFECTIVENESS: u8 = 80;

/// The same in capitals, as the original wrote it: `price-conscious` becomes `PRICE_CONSCIOUS`.
fn capitals<T: Serialize>(ours: &T) -> String {
    word(ours).replace('-', "_").to_ascii_uppercase()
}

/// US dollars.
fn dollars(cents: i64) -> f64 {
    // Prices are far below what a double holds exactly in cents.
    #[allow(clippy::cast_precision_loss)]
    let dollars = cents as f64 / 100.0;
    dollars
}

/// A product without what belongs to it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProductBody<'a> {
    id: &'a str,
    sku: &'a str,
    name: &'a str,
    description: &'a str,
    category: &'a str,
    /// Lowest price, US dollars.
    price_min: f64,
    /// Highest price, US dollars.
    price_max: f64,
    #[schema(required)]
    image_url: Option<&'a str>,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl<'a> ProductBody<'a> {
    pub(crate) fn new(shelf: &'a Shelf, product: &'a Product) -> Self {
        let (min, max) = product.price_range_cents();
        let published = time(shelf.edition().published_at);
        Self {
            id: &product.id,
            sku: &product.sku,
            name: &product.name,
            description: &product.description,
            category: shelf.category(product),
            price_min: dollars(min),
            price_max: dollars(max),
            image_url: None,
            is_active: true,
            created_at: published.clone(),
            updated_at: published,
        }
    }
}

/// A product with its features and prices.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ListedProductBody<'a> {
    #[serde(flatten)]
    product: ProductBody<'a>,
    features: Vec<FeatureBody<'a>>,
    pricing_tiers: Vec<TierBody<'a>>,
}

impl<'a> ListedProductBody<'a> {
    pub(crate) fn new(shelf: &'a Shelf, product: &'a Product) -> Self {
        let feature = |feature: &'a sellme_core::catalog::Feature| FeatureBody {
            id: &feature.id,
            product_id: &product.id,
            name: &feature.name,
            description: &feature.fact,
            importance: match feature.importance {
                Importance::High => 3,
                Importance::Medium => 2,
                Importance::Low => 1,
            },
        };
        let tier = |(tier, no): (&'a sellme_core::catalog::Tier, u32)| TierBody {
            id: format!("{}-tier-{no}", product.id),
            product_id: &product.id,
            name: &tier.name,
            price: dollars(tier.price_cents),
            description: Some(tier.note.as_str()).filter(|note| !note.is_empty()),
        };
        Self {
            product: ProductBody::new(shelf, product),
            features: product.features.iter().map(feature).collect(),
            pricing_tiers: product.tiers.iter().zip(1..).map(tier).collect(),
        }
    }
}

/// A product in a list: with its features and prices, or found by a piece of its text and alone.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProductInListBody<'a> {
    #[serde(flatten)]
    product: ProductBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<Vec<FeatureBody<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pricing_tiers: Option<Vec<TierBody<'a>>>,
}

impl<'a> ProductInListBody<'a> {
    pub(crate) fn listed(shelf: &'a Shelf, product: &'a Product) -> Self {
        let ListedProductBody { product, features, pricing_tiers } = ListedProductBody::new(shelf, product);
        Self { product, features: Some(features), pricing_tiers: Some(pricing_tiers) }
    }

    pub(crate) fn found(shelf: &'a Shelf, product: &'a Product) -> Self {
        Self { product: ProductBody::new(shelf, product), features: None, pricing_tiers: None }
    }
}

/// A product with everything to learn about it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WholeProductBody<'a> {
    #[serde(flatten)]
    listed: ListedProductBody<'a>,
    objections: Vec<ObjectionBody<'a>>,
    scenarios: Vec<ScenarioBody<'a>>,
    training_tips: Vec<TipBody<'a>>,
}

impl<'a> WholeProductBody<'a> {
    pub(crate) fn new(shelf: &'a Shelf, product: &'a Product) -> Self {
        let objection = |objection: &'a sellme_core::catalog::Objection| ObjectionBody {
            id: &objection.id,
            product_id: &product.id,
            text: &objection.line,
            category: capitals(&objection.category),
            responses: objection
                .responses
                .iter()
                .zip(1..)
                .map(|(response, no)| {
                    let steps = [&response.clarify, &response.acknowledge, &response.answer, &response.check];
                    let said: Vec<&str> = steps.into_iter().map(String::as_str).filter(|step| !step.is_empty()).collect();
                    ResponseBody {
                        id: format!("{}-response-{no}", objection.id),
                        objection_id: &objection.id,
                        text: said.join(" "),
                        effectiveness: EFFECTIVENESS,
                    }
                })
                .collect(),
        };
        let tip = |(tip, no): (&'a sellme_core::catalog::Tip, u32)| TipBody {
            id: format!("{}-tip-{no}", product.id),
            product_id: &product.id,
            title: format!("Tip {no}"),
            content: &tip.text,
            category: "GENERAL",
        };
        Self {
            listed: ListedProductBody::new(shelf, product),
            objections: product.objections.iter().map(objection).collect(),
            scenarios: product.scenarios.iter().map(|scenario| ScenarioBody::new(shelf, product, scenario)).collect(),
            training_tips: product.tips.iter().zip(1..).map(tip).collect(),
        }
    }
}

/// What a product is or does.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct FeatureBody<'a> {
    id: &'a str,
    product_id: &'a str,
    name: &'a str,
    description: &'a str,
    /// 3 is a reason to buy, 1 a detail.
    importance: u8,
}

/// A price.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TierBody<'a> {
    id: String,
    product_id: &'a str,
    name: &'a str,
    /// US dollars.
    price: f64,
    #[schema(required)]
    description: Option<&'a str>,
}

/// What customers hold against a product.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ObjectionBody<'a> {
    id: &'a str,
    product_id: &'a str,
    text: &'a str,
    category: String,
    responses: Vec<ResponseBody<'a>>,
}

/// A good response.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ResponseBody<'a> {
    id: String,
    objection_id: &'a str,
    text: String,
    effectiveness: u8,
}

/// A training tip.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TipBody<'a> {
    id: String,
    product_id: &'a str,
    title: String,
    content: &'a str,
    category: &'a str,
}

/// A customer to practise with.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScenarioBody<'a> {
    id: &'a str,
    product_id: &'a str,
    name: &'a str,
    description: &'a str,
    /// The persona, such as `PRICE_CONSCIOUS`.
    customer_type: String,
    /// `EASY`, `MEDIUM`, `HARD` or `EXPERT`.
    difficulty: String,
    #[schema(required)]
    budget: Option<String>,
    pain_points: &'a [String],
    needs: Vec<&'a str>,
    objections: Vec<&'a str>,
    is_active: bool,
    #[schema(format = DateTime)]
    created_at: String,
}

impl<'a> ScenarioBody<'a> {
    pub(crate) fn new(shelf: &'a Shelf, product: &'a Product, scenario: &'a Scenario) -> Self {
        Self {
            id: &scenario.id,
            product_id: &product.id,
            name: &scenario.title,
            description: &scenario.goal,
            customer_type: capitals(&scenario.persona),
            difficulty: capitals(&scenario.difficulty),
            budget: (scenario.budget_cents > 0).then(|| Cents(scenario.budget_cents).to_string()),
            pain_points: &scenario.pain_points,
            needs: scenario.needs.iter().map(|need| need.label.as_str()).collect(),
            objections: scenario.objections.iter().map(|objection| objection.line.as_str()).collect(),
            is_active: true,
            created_at: time(shelf.edition().published_at),
        }
    }
}

/// A customer to practise with, and what they are sold.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ScenarioWithProductBody<'a> {
    #[serde(flatten)]
    scenario: ScenarioBody<'a>,
    product: ProductBody<'a>,
    /// Why it is recommended, where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

impl<'a> ScenarioWithProductBody<'a> {
    pub(crate) fn new(shelf: &'a Shelf, product: &'a Product, scenario: &'a Scenario) -> Self {
        Self { scenario: ScenarioBody::new(shelf, product, scenario), product: ProductBody::new(shelf, product), reason: None }
    }
}
