//! Submitted sessions: found, read, reviewed, taken elsewhere.

use axum::{extract::State, response::Response};
use futures_util::stream;
use sellme_core::{
    Millis,
    company::Verification,
    id::{SessionId, ShopId, UserId},
    scoring::report::Report,
    session::Outcome,
};
use sellme_store::company::{Submitted, SubmittedFilter, SubmittedOrder};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    admitted::AsManager,
    export::{FormatAsked, Piece, streamed},
    page::{PageAsked, PageBody, Way, answer},
};
use crate::http::{
    Hub,
    body::{Asking, Content, Named, moment, read, whole},
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::{ReviewBody, SessionBody, raw, time, word},
    words,
};

/// How many rows are read at once for a table.
const PIECE: u32 = 500;

/// What a list goes by.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SortAsked {
    /// When a session was handed in.
    #[default]
    Time,
    /// The computed score.
    Score,
}

/// In which order sessions are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct OrderAsked {
    #[serde(default)]
    #[param(inline, required = false)]
    sort: SortAsked,
    /// Which way; `desc` where nothing is said.
    #[param(schema_with = words::way, required = false)]
    order: Option<Way>,
}

impl From<OrderAsked> for SubmittedOrder {
    fn from(asked: OrderAsked) -> Self {
        match (asked.sort, asked.order.unwrap_or(Way::Desc)) {
            (SortAsked::Time, Way::Desc) => Self::Newest,
            (SortAsked::Time, Way::Asc) => Self::Oldest,
            (SortAsked::Score, Way::Desc) => Self::Best,
            (SortAsked::Score, Way::Asc) => Self::Worst,
        }
    }
}

/// Which sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only of this person.
    user_id: Option<Uuid>,
    /// Only of people of this store.
    store_id: Option<Uuid>,
    /// Only about this product.
    #[param(schema_with = words::text, required = false)]
    product_id: Option<String>,
    /// Only of this scenario.
    #[param(schema_with = words::text, required = false)]
    scenario_id: Option<String>,
    /// Only those that ended so.
    #[param(schema_with = words::outcome, required = false)]
    outcome: Option<Outcome>,
    /// Only those of which this became.
    #[param(schema_with = words::verification, required = false)]
    verification: Option<Verification>,
    /// Only those handed in at this time or later.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Millis>,
    /// Only those handed in before this time.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>, format = DateTime)]
    before: Option<Millis>,
}

impl From<Asked> for SubmittedFilter {
    fn from(asked: Asked) -> Self {
        Self {
            team: None,
            shop: asked.store_id.map(ShopId),
            account: asked.user_id.map(UserId),
            product: asked.product_id,
            scenario: asked.scenario_id,
            outcome: asked.outcome,
            verification: asked.verification,
            from: asked.from,
            before: asked.before,
        }
    }
}

/// A submitted session, without its transcript, and whose it is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SubmittedBody<'a> {
    #[serde(flatten)]
    session: SessionBody<'a>,
    user_name: &'a str,
    #[schema(required)]
    store_id: Option<Uuid>,
    #[schema(required)]
    store_name: Option<&'a str>,
    /// How many people have reviewed it.
    reviewers: u32,
}

/// A row of a list, which is made into JSON where it stands.
#[derive(Debug)]
struct Row(Submitted);

impl From<Submitted> for Row {
    fn from(row: Submitted) -> Self {
        Self(row)
    }
}

impl Serialize for Row {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let Self(row) = self;
        let body = SubmittedBody {
            session: SessionBody::new(&row.attempt, None),
            user_name: &row.name,
            store_id: row.shop.as_ref().map(|(id, _)| id.0),
            store_name: row.shop.as_ref().map(|(_, name)| name.as_str()),
            reviewers: row.reviewers,
        };
        body.serialize(to)
    }
}

/// A submitted session with everything about it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ReviewedBody<'a> {
    #[serde(flatten)]
    session: SessionBody<'a>,
    /// The report that the company computed; `null` before that, or where the transcript cannot be scored.
    #[schema(value_type = Option<Object>, required)]
    report: Option<Report>,
}

/// What is said about a session.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ReviewingBody {
    #[schema(min_length = 1, max_length = 5_000)]
    comment: String,
    /// What it is worth to whoever reviews it. The computed score stays what it is.
    #[schema(minimum = 0, maximum = 100)]
    #[serde(default, deserialize_with = "whole")]
    score: Option<u8>,
}

/// What the team handed in, without transcripts.
#[utoipa::path(get, path = "/api/admin/sessions", params(Asked, OrderAsked, PageAsked), security(("token" = [])),
    responses((status = 200, body = PageBody<SubmittedBody>), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn sessions(
    State(hub): State<Hub>,
    AsManager(manager): AsManager,
    Asking(asked): Asking<Asked>,
    Asking(order): Asking<OrderAsked>,
    Asking(page): Asking<PageAsked>,
) -> Answer<Response> {
    answer::<_, Row>(hub.company().submitted(&manager, &asked.into(), order.into(), page.into()).await?)
}

const NAMES: [&str; 20] = [
    "id",
    "userId",
    "userName",
    "storeId",
    "storeName",
    "productId",
    "scenarioId",
    "startTime",
    "endTime",
    "verification",
    "overallScore",
    "productKnowledge",
    "objectionHandling",
    "closingTechnique",
    "rapport",
    "outcome",
    "claimedScore",
    "catalogRevision",
    "rubric",
    "reviewers",
];

/// All of what the team handed in, the newest first, to be kept elsewhere.
#[utoipa::path(get, path = "/api/admin/sessions/export", params(Asked, FormatAsked), security(("token" = [])),
    responses((status = 200, content((Vec<SubmittedBody> = "application/json"), (String = "text/csv"))), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody)))]
pub(super) async fn export(
    State(hub): State<Hub>,
    AsManager(manager): AsManager,
    Asking(asked): Asking<Asked>,
    Asking(form): Asking<FormatAsked>,
) -> Answer<Response> {
    let (company, filter, format) = (hub.company().clone(), SubmittedFilter::from(asked), form.format);
    let first = company.export_submitted(&manager, &filter, PIECE).await?;
    // What is read next follows the last row of what is sent now.
    let pieces = stream::try_unfold(Some(first), move |piece: Option<Vec<Submitted>>| {
        let (company, manager, filter) = (company.clone(), manager.clone(), filter.clone());
        async move {
            let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { return Ok(None) };
            let after = piece.last().and_then(|last| Some((last.attempt.ended_at?, last.attempt.id)));
            let next = company.submitted_after(&manager, &filter, after, PIECE).await?;
            Ok(Some((Piece::of(format, piece.into_iter().map(Row), cells), Some(next))))
        }
    });
    Ok(streamed(format, "sessions", &NAMES, pieces))
}

fn cells(Row(row): &Row) -> [String; 20] {
    let (attempt, metrics) = (&row.attempt, row.attempt.metrics);
    let maybe = |text: Option<String>| text.unwrap_or_default();
    let figure = |figure: Option<u8>| maybe(figure.map(|figure| figure.to_string()));
    [
        attempt.id.to_string(),
        attempt.account.to_string(),
        row.name.clone(),
        maybe(row.shop.as_ref().map(|(id, _)| id.to_string())),
        maybe(row.shop.as_ref().map(|(_, name)| name.clone())),
        attempt.product_id.clone(),
        attempt.scenario_id.clone(),
        time(attempt.started_at),
        maybe(attempt.ended_at.map(time)),
        maybe(attempt.verification.map(|state| word(&state))),
        figure(attempt.score),
        figure(metrics.product_knowledge),
        figure(metrics.objection_handling),
        figure(metrics.closing_technique),
        figure(metrics.rapport),
        maybe(attempt.outcome.map(|outcome| word(&outcome))),
        figure(attempt.claimed_score),
        attempt.catalog_revision.to_string(),
        maybe(attempt.rubric.clone()),
        row.reviewers.to_string(),
    ]
}

/// A submitted session with its transcript, its report and what was said about it.
#[utoipa::path(get, path = "/api/admin/sessions/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = ReviewedBody), (status = 403, body = ErrorBody)))]
pub(super) async fn session(State(hub): State<Hub>, AsManager(manager): AsManager, Named(id): Named) -> Answer<Response> {
    let id: SessionId = id.parse()?;
    let whole = hub.company().whole(manager.holder(), id).await?;
    let report = hub.company().computed_report(manager.holder(), id).await?;
    let handed_in = whole.handed_in.as_ref().map(|(feedback, transcript)| (feedback.as_str(), raw(transcript)));
    json(&ReviewedBody { session: SessionBody::new(&whole.attempt, handed_in).reviewed(whole.reviews), report })
}

/// Says something about a session. Said anew, it takes the place of what the same person said before.
#[utoipa::path(put, path = "/api/admin/sessions/{id}/review", params(("id" = Uuid, Path)), request_body = ReviewingBody,
    security(("token" = [])), responses((status = 200, body = ReviewBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn review(
    State(hub): State<Hub>,
    AsManager(manager): AsManager,
    Named(id): Named,
    Content(bytes): Content,
) -> Answer<Response> {
    let body: ReviewingBody = read(&bytes)?;
    json(&ReviewBody::from(hub.company().review(&manager, id.parse()?, &body.comment, body.score).await?))
}
