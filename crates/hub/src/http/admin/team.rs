//! What the sessions of a team add up to.

use std::collections::BTreeMap;

use axum::{extract::State, response::Response};
use futures_util::stream;
use sellme_app::company::{Period, TeamFigures};
use sellme_core::{id::ShopId, scoring::report::Skill};
use sellme_store::company::{Member, ObjectionSums, ProductSums};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    admitted::AsManager,
    export::{Format, Piece, streamed},
};
use crate::http::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    leaderboard::PeriodAsked,
    sessions::json,
    shapes::{time, word},
    words,
};

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    #[serde(default)]
    #[param(inline, required = false)]
    period: PeriodAsked,
    /// Only of people of this store.
    store_id: Option<Uuid>,
}

impl Asked {
    fn what(&self) -> (Period, Option<ShopId>) {
        (self.period.into(), self.store_id.map(ShopId))
    }
}

/// A mean of scores, and of how many.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeanBody {
    /// To a tenth.
    #[schema(required, minimum = 0, maximum = 100)]
    mean: Option<f64>,
    count: u32,
}

impl From<(u32, u64)> for MeanBody {
    fn from((count, sum): (u32, u64)) -> Self {
        let tenths = |sum: u64, count: u64| u32::try_from((20 * sum + count) / (2 * count)).unwrap_or(1_000);
        Self { mean: (count > 0).then(|| f64::from(tenths(sum, count.into())) / 10.0), count }
    }
}

/// How conversations ended.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OutcomesBody {
    sale: u32,
    no_sale: u32,
    undecided: u32,
}

impl From<[u32; 3]> for OutcomesBody {
    fn from([sale, no_sale, undecided]: [u32; 3]) -> Self {
        Self { sale, no_sale, undecided }
    }
}

/// What the sessions about a product add up to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProductFiguresBody {
    product_id: String,
    /// How many were computed.
    sessions: u32,
    overall: MeanBody,
    /// By skill.
    skills: BTreeMap<String, MeanBody>,
    outcomes: OutcomesBody,
}

impl From<ProductSums> for ProductFiguresBody {
    fn from(sums: ProductSums) -> Self {
        let skills = Skill::ALL.into_iter().zip(sums.skills).map(|(skill, sums)| (word(&skill), sums.into()));
        Self {
            product_id: sums.product,
            sessions: sums.sessions,
            overall: sums.scored.into(),
            skills: skills.collect(),
            outcomes: sums.outcomes.into(),
        }
    }
}

/// An objection that was not settled.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LostObjectionBody {
    product_id: String,
    #[schema(schema_with = words::objection)]
    category: String,
    /// The product's objection; `null` where it is none of the catalogue.
    #[schema(required)]
    objection_id: Option<String>,
    /// In how many sessions it was raised.
    raised: u32,
    /// In how many of these it was not settled.
    lost: u32,
}

impl From<ObjectionSums> for LostObjectionBody {
    fn from(sums: ObjectionSums) -> Self {
        let ObjectionSums { product, category, objection, raised, lost } = sums;
        Self { product_id: product, category: word(&category), objection_id: objection, raised, lost }
    }
}

/// Somebody who did not practise.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct WithoutPracticeBody {
    user_id: Uuid,
    name: String,
    /// When they last handed something in.
    #[schema(format = DateTime, required)]
    last_session: Option<String>,
}

impl From<Member> for WithoutPracticeBody {
    fn from(member: Member) -> Self {
        Self { user_id: member.account.0, name: member.name, last_session: member.last.map(time) }
    }
}

/// What the sessions of a team add up to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TeamBody {
    /// By product.
    products: Vec<ProductFiguresBody>,
    /// Of all products.
    outcomes: OutcomesBody,
    /// At most 100, those first that were lost most often.
    objections_lost: Vec<LostObjectionBody>,
    /// Trainees who handed nothing in, at most 100, those first who did not for longest.
    without_practice: Vec<WithoutPracticeBody>,
    /// How many of these there are in all.
    without_practice_total: u32,
}

impl From<TeamFigures> for TeamBody {
    fn from(figures: TeamFigures) -> Self {
        let add = |all: [u32; 3], sums: &ProductSums| [0, 1, 2].map(|at| all[at].saturating_add(sums.outcomes[at]));
        Self {
            outcomes: figures.products.iter().fold([0; 3], add).into(),
            products: figures.products.into_iter().map(ProductFiguresBody::from).collect(),
            objections_lost: figures.objections.into_iter().map(LostObjectionBody::from).collect(),
            without_practice: figures.without_practice.into_iter().map(WithoutPracticeBody::from).collect(),
            without_practice_total: figures.without_practice_total,
        }
    }
}

/// What the sessions of a team add up to: skills by product, outcomes, lost objections, who did not practise.
#[utoipa::path(get, path = "/api/admin/team", params(Asked), security(("token" = [])),
    responses((status = 200, body = TeamBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn team(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let (period, store) = asked.what();
    json(&TeamBody::from(hub.company().team_figures(&manager, period, store).await?))
}

/// The same as a table, to be kept elsewhere. That it was taken is in the log.
#[utoipa::path(get, path = "/api/admin/team/export", params(Asked), security(("token" = [])),
    responses((status = 200, content((String = "text/csv"))), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn export(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let (period, store) = asked.what();
    let rows = rows(&hub.company().export_team(&manager, period, store).await?.into());
    let piece = Piece::of(Format::Csv, rows.into_iter(), Clone::clone);
    Ok(streamed(Format::Csv, "team", &["figure", "productId", "name", "count", "value"], stream::iter([Ok(piece)])))
}

/// One line a figure: which, of which product, of what, how many, and the mean or how many were lost.
fn rows(body: &TeamBody) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    let mut add = |figure: &str, product: &str, name: &str, count: String, value: String| {
        rows.push([figure.to_owned(), product.to_owned(), name.to_owned(), count, value]);
    };
    let mean = |mean: &MeanBody| mean.mean.map(|mean| mean.to_string()).unwrap_or_default();
    for product in &body.products {
        let id = product.product_id.as_str();
        add("mean", id, "overallScore", product.overall.count.to_string(), mean(&product.overall));
        for (skill, figures) in &product.skills {
            add("mean", id, skill, figures.count.to_string(), mean(figures));
        }
        let OutcomesBody { sale, no_sale, undecided } = product.outcomes;
        for (outcome, count) in [("sale", sale), ("no_sale", no_sale), ("undecided", undecided)] {
            add("outcome", id, outcome, count.to_string(), String::new());
        }
    }
    for lost in &body.objections_lost {
        let name = lost.objection_id.as_ref().unwrap_or(&lost.category);
        add("objectionLost", &lost.product_id, name, lost.raised.to_string(), lost.lost.to_string());
    }
    for member in &body.without_practice {
        add("withoutPractice", "", &member.name, String::new(), member.last_session.clone().unwrap_or_default());
    }
    rows
}
