//! The JSON of the original API, and what was added to it.

use jiff::Timestamp;
use sellme_core::{
    Cents, Millis,
    catalog::{Importance, Product, Scenario},
    company::{Account, Role, Standing},
    scoring::report::Metrics,
};
use sellme_store::company::Attempt;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::words;
use crate::shelf::Shelf;

/// How well a response does that nobody has rated.
const EFFECTIVENESS: u8 = 80;

/// A time as RFC 3339 with milliseconds.
pub(crate) fn time(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| "1970-01-01T00:00:00.000Z".to_owned(), |at| format!("{at:.3}"))
}

/// A word of ours, as it is on the wire.
pub(crate) fn word<T: Serialize>(word: &T) -> String {
    serde_json::to_value(word).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The same in capitals, as the original wrote it: `price-conscious` becomes `PRICE_CONSCIOUS`.
fn capitals<T: Serialize>(ours: &T) -> String {
    word(ours).replace('-', "_").to_ascii_uppercase()
}

/// JSON that was stored, as it stands.
pub(crate) fn raw(text: &str) -> Option<&RawValue> {
    serde_json::from_str(text).ok()
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

/// The four scores.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MetricsBody {
    #[schema(required, minimum = 0, maximum = 100)]
    product_knowledge: Option<u8>,
    #[schema(required, minimum = 0, maximum = 100)]
    objection_handling: Option<u8>,
    #[schema(required, minimum = 0, maximum = 100)]
    closing_technique: Option<u8>,
    #[schema(required, minimum = 0, maximum = 100)]
    rapport: Option<u8>,
}

impl From<Metrics> for MetricsBody {
    fn from(metrics: Metrics) -> Self {
        Self {
            product_knowledge: metrics.product_knowledge,
            objection_handling: metrics.objection_handling,
            closing_technique: metrics.closing_technique,
            rapport: metrics.rapport,
        }
    }
}

/// What the company computed from the transcript; this counts.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct VerificationBody {
    /// `pending`, `verified` or `differs`.
    #[schema(schema_with = words::verification)]
    state: String,
    #[schema(required, minimum = 0, maximum = 100)]
    overall_score: Option<u8>,
    metrics: MetricsBody,
    /// `sale`, `no_sale` or `undecided`.
    #[schema(schema_with = words::maybe_outcome, required)]
    outcome: Option<String>,
    /// Version of the rubric.
    #[schema(required)]
    rubric: Option<String>,
}

/// One attempt at a scenario.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionBody<'a> {
    id: Uuid,
    user_id: Uuid,
    scenario_id: &'a str,
    product_id: &'a str,
    /// `IN_PROGRESS`, `COMPLETED` or `ABANDONED`.
    #[schema(schema_with = words::status)]
    status: String,
    #[schema(format = DateTime)]
    start_time: String,
    #[schema(format = DateTime, required)]
    end_time: Option<String>,
    /// Seconds.
    #[schema(required)]
    duration: Option<i64>,
    /// As claimed.
    #[schema(schema_with = words::claimed_metrics, required)]
    metrics: Option<&'a RawValue>,
    /// What the claimed metrics come to by the weights.
    #[schema(required, minimum = 0, maximum = 100)]
    overall_score: Option<u8>,
    #[schema(required)]
    feedback: Option<&'a str>,
    /// As it was handed in.
    #[schema(schema_with = words::transcript, required)]
    transcript: Option<&'a RawValue>,
    sale_completed: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// `practice` or `submitted`.
    #[schema(schema_with = words::visibility)]
    visibility: String,
    catalog_revision: u32,
    #[schema(required)]
    verification: Option<VerificationBody>,
}

/// No figures yet.
const ZERO: &str = r#"{"productKnowledge":0,"objectionHandling":0,"closingTechnique":0,"rapport":0}"#;

impl<'a> SessionBody<'a> {
    /// With what was handed in: the client's words, and the transcript.
    pub(crate) fn new(attempt: &'a Attempt, handed_in: Option<(&'a str, Option<&'a RawValue>)>) -> Self {
        let started = time(attempt.started_at);
        Self {
            id: attempt.id.0,
            user_id: attempt.account.0,
            scenario_id: &attempt.scenario_id,
            product_id: &attempt.product_id,
            status: word(&attempt.status),
            start_time: started.clone(),
            end_time: attempt.ended_at.map(time),
            duration: attempt.ended_at.map(|ended| ended.since(attempt.started_at).0 / 1000),
            metrics: raw(attempt.claimed_metrics.as_deref().unwrap_or(ZERO)),
            overall_score: attempt.claimed_score,
            feedback: handed_in.map(|(feedback, _)| feedback),
            transcript: handed_in.and_then(|(_, transcript)| transcript),
            sale_completed: attempt.outcome == Some(sellme_core::session::Outcome::Sale),
            created_at: started,
            visibility: word(&attempt.visibility),
            catalog_revision: attempt.catalog_revision,
            verification: attempt.verification.map(|state| VerificationBody {
                state: word(&state),
                overall_score: attempt.score,
                metrics: attempt.metrics.into(),
                outcome: attempt.outcome.map(|outcome| word(&outcome)),
                rubric: attempt.rubric.clone(),
            }),
        }
    }
}

/// What a person's computed scores come to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProgressBody {
    total_sessions: u32,
    /// 0 without a score.
    #[schema(maximum = 100)]
    average_score: u8,
    /// Mean score by product.
    product_mastery: std::collections::BTreeMap<String, u8>,
    /// Mean score by skill; a skill that was never observed is not there.
    skill_breakdown: std::collections::BTreeMap<String, u8>,
    /// Mean of the newer half of the last ten scores less that of the older half.
    trend: i32,
    /// Slope of the line through the last ten scores, points a session.
    trend_slope: f64,
    /// `improving`, `steady`, `declining` or `too_early`.
    #[schema(schema_with = words::direction)]
    trend_word: String,
    badges: Vec<BadgeBody>,
    #[schema(required, minimum = 0, maximum = 100)]
    best_score: Option<u8>,
    /// Sessions that are handed in and not computed yet.
    pending_sessions: u32,
}

/// A badge that was earned.
#[derive(Debug, Serialize, ToSchema)]
struct BadgeBody {
    id: &'static str,
    name: &'static str,
}

impl From<Standing> for ProgressBody {
    fn from(standing: Standing) -> Self {
        Self {
            total_sessions: standing.total_sessions,
            average_score: standing.average_score,
            product_mastery: standing.product_mastery,
            skill_breakdown: standing.skill_breakdown,
            trend: standing.trend,
            trend_slope: f64::from(standing.trend_slope_hundredths) / 100.0,
            trend_word: word(&standing.trend_direction),
            badges: standing.badges.into_iter().map(|badge| BadgeBody { id: badge.id, name: badge.name }).collect(),
            best_score: standing.best_score,
            pending_sessions: standing.pending_sessions,
        }
    }
}

/// A person.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UserBody {
    id: Uuid,
    email: String,
    name: String,
    /// `trainee`, `manager` or `admin`.
    #[schema(schema_with = words::role)]
    role: String,
    #[schema(required)]
    store_id: Option<Uuid>,
}

impl UserBody {
    pub(crate) fn new(id: Uuid, email: &str, name: &str, role: Role, shop: Option<Uuid>) -> Self {
        Self { id, email: email.to_owned(), name: name.to_owned(), role: word(&role), store_id: shop }
    }
}

impl From<&Account> for UserBody {
    fn from(account: &Account) -> Self {
        Self::new(account.id.0, &account.email, &account.name, account.role, account.shop.map(|shop| shop.0))
    }
}
