//! Submitted sessions: found, read, reviewed, taken elsewhere.

use axum::{extract::State, response::Response};
use futures_util::stream;
use sellme_app::company::Manager;
use sellme_core::{
    Millis,
    company::Verification,
    id::{SessionId, ShopId, UserId},
    scoring::report::Report,
    session::Outcome,
};
use sellme_store::company::{Submitted, SubmittedFilter, SubmittedOrder};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    admitted::AsManager,
    export::{Format, Piece, streamed},
    page::{PageBody, answer, paging},
};
use crate::http::{
    Hub,
    body::{Asking, Content, Named, limit, page, read, whole},
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

/// Which end comes first.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrderAsked {
    /// The oldest, the worst.
    Asc,
    /// The newest, the best.
    #[default]
    Desc,
}

/// Which sessions are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only of this person.
    user_id: Option<Uuid>,
    /// Only of people of this store.
    store: Option<Uuid>,
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
    #[serde(default)]
    #[param(inline, required = false)]
    sort: SortAsked,
    #[serde(default)]
    #[param(inline, required = false)]
    order: OrderAsked,
    /// From 1.
    #[serde(default, deserialize_with = "page")]
    #[param(minimum = 1, maximum = 100_000)]
    page: Option<u32>,
    /// How many a page has; 50 where nothing is said.
    #[serde(default, deserialize_with = "limit")]
    #[param(minimum = 1, maximum = 200)]
    size: Option<u32>,
    /// All that is found, the newest first, as a table or a list to be kept; a page where nothing is said.
    #[param(schema_with = words::format, required = false)]
    format: Option<Format>,
}

/// A time as RFC 3339.
fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Millis>, D::Error> {
    let text = String::deserialize(from)?;
    let read: Result<jiff::Timestamp, _> = text.parse();
    read.map(|at| Some(Millis(at.as_millisecond()))).map_err(|_| D::Error::custom("a time such as 2026-03-02T09:00:00Z is wanted"))
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

/// A page, or everything where a form is asked for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
#[allow(dead_code, reason = "for the document: the rows are made into JSON where they stand")]
pub(crate) enum ListedBody<'a> {
    Page(PageBody<SubmittedBody<'a>>),
    All(Vec<SubmittedBody<'a>>),
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

/// What the team handed in: a page of it, or all as a table.
#[utoipa::path(get, path = "/api/admin/sessions", params(Asked), security(("token" = [])),
    responses((status = 200, content((ListedBody = "application/json"), (String = "text/csv"))),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn sessions(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let filter = SubmittedFilter {
        team: None,
        shop: asked.store.map(ShopId),
        account: asked.user_id.map(UserId),
        product: asked.product_id,
        scenario: asked.scenario_id,
        outcome: asked.outcome,
        verification: asked.verification,
        from: asked.from,
        before: asked.before,
    };
    if let Some(format) = asked.format {
        return export(&hub, manager, filter, format).await;
    }
    let order = match (asked.sort, asked.order) {
        (SortAsked::Time, OrderAsked::Desc) => SubmittedOrder::Newest,
        (SortAsked::Time, OrderAsked::Asc) => SubmittedOrder::Oldest,
        (SortAsked::Score, OrderAsked::Desc) => SubmittedOrder::Best,
        (SortAsked::Score, OrderAsked::Asc) => SubmittedOrder::Worst,
    };
    answer::<_, Row>(hub.company().submitted(&manager, &filter, order, paging(asked.page, asked.size)).await?)
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

async fn export(hub: &Hub, manager: Manager, filter: SubmittedFilter, format: Format) -> Answer<Response> {
    let company = hub.company().clone();
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
