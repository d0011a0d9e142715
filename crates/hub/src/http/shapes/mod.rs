//! The JSON of the original API, and what was added to it.

mod catalog;

use jiff::Timestamp;
use sellme_core::{
    Millis,
    company::{Account, Role, Standing},
    scoring::report::Metrics,
};
use sellme_store::company::{Attempt, Review};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;
use uuid::Uuid;

use super::words;
pub(crate) use catalog::{ProductInListBody, ScenarioWithProductBody, WholeProductBody};

/// A time as RFC 3339 with milliseconds.
pub(crate) fn time(at: Millis) -> String {
    Timestamp::from_millisecond(at.0).map_or_else(|_| "1970-01-01T00:00:00.000Z".to_owned(), |at| format!("{at:.3}"))
}

/// A word of ours, as it is on the wire.
pub(crate) fn word<T: Serialize>(word: &T) -> String {
    serde_json::to_value(word).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// JSON that was stored, as it stands.
pub(crate) fn raw(text: &str) -> Option<&RawValue> {
    serde_json::from_str(text).ok()
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
    /// What managers and admins said about it, where it is asked for alone. The computed score is not touched by that.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviews: Option<Vec<ReviewBody>>,
}

/// What somebody said last about a session.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReviewBody {
    reviewer_id: Uuid,
    reviewer_name: String,
    /// From 1; how often they have said something.
    version: u32,
    #[schema(format = DateTime)]
    reviewed_at: String,
    comment: String,
    /// What it is worth to them.
    #[schema(required, minimum = 0, maximum = 100)]
    score: Option<u8>,
}

impl From<Review> for ReviewBody {
    fn from(review: Review) -> Self {
        Self {
            reviewer_id: review.reviewer.0,
            reviewer_name: review.name,
            version: review.version,
            reviewed_at: time(review.at),
            comment: review.comment,
            score: review.score,
        }
    }
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
            reviews: None,
        }
    }

    /// With what was said about it.
    pub(crate) fn reviewed(self, reviews: Vec<Review>) -> Self {
        Self { reviews: Some(reviews.into_iter().map(ReviewBody::from).collect()), ..self }
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

/// Whoever is signed in.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MeBody {
    #[serde(flatten)]
    pub(crate) user: UserBody,
    /// False where this person does not want to stand on the board.
    pub(crate) on_leaderboard: bool,
}

impl From<&Account> for UserBody {
    fn from(account: &Account) -> Self {
        Self::new(account.id.0, &account.email, &account.name, account.role, account.shop.map(|shop| shop.0))
    }
}
