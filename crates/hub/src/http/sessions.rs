//! Training sessions: begun, completed, read.

use std::borrow::Cow;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use sellme_app::company::Begin;
use sellme_core::{
    Error,
    company::{Claim, ClaimedMetrics},
    id::{SessionId, UserId},
    session::{Status, Visibility},
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    Hub,
    body::{Asking, Content, Named, PartAsked, read},
    error::{Answer, ErrorBody, Refusal},
    products::TOTAL,
    shapes::{SessionBody, raw},
    signed_in::SignedIn,
    words,
};

/// What begins a session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BeginBody {
    /// To whom something is sold.
    scenario_id: String,
    /// Whose attempt it is; the asker's own where nothing is said.
    #[schema(schema_with = words::maybe_id)]
    user_id: Option<Uuid>,
    /// Its id, where the client has one already; the same once more gives the same session.
    #[schema(schema_with = words::maybe_id)]
    id: Option<Uuid>,
    /// `submitted` where nothing is said.
    #[schema(schema_with = words::maybe_visibility)]
    visibility: Option<Visibility>,
}

/// What completes one.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct CompleteBody<'a> {
    #[schema(schema_with = words::claimed_metrics)]
    metrics: ClaimedMetrics,
    #[schema(schema_with = words::feedback)]
    #[serde(default, borrow)]
    feedback: Option<Cow<'a, str>>,
    /// Turns: `{role, text, at}`, `{role, content, timestamp}` or `{speaker, text, startedMs, endedMs}`.
    #[schema(schema_with = words::transcript)]
    #[serde(default, borrow)]
    transcript: Option<&'a RawValue>,
}

/// Which sessions are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Asked {
    /// Only of this person.
    user_id: Option<Uuid>,
    /// Only of this status.
    #[param(schema_with = words::status, required = false)]
    status: Option<Status>,
}

/// Begins a session.
#[utoipa::path(post, path = "/api/sessions", request_body = BeginBody, security(("token" = [])),
    responses((status = 200, body = SessionBody), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn begin(State(hub): State<Hub>, SignedIn(holder): SignedIn, Content(bytes): Content) -> Answer<Response> {
    let body: BeginBody = read(&bytes)?;
    let begin = Begin {
        scenario_id: body.scenario_id,
        user_id: body.user_id.map(UserId),
        id: body.id.map(SessionId),
        visibility: body.visibility.unwrap_or(Visibility::Submitted),
    };
    let attempt = hub.company().begin(&holder, begin).await?;
    json(&SessionBody::new(&attempt, None))
}

/// Completes a session with what the client scored and what was said. What counts is computed from the transcript a moment later.
#[utoipa::path(post, path = "/api/sessions/{id}/complete", params(("id" = Uuid, Path)), request_body = CompleteBody, security(("token" = [])),
    responses((status = 200, body = SessionBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn complete(
    State(hub): State<Hub>,
    SignedIn(holder): SignedIn,
    Named(id): Named,
    Content(bytes): Content,
) -> Answer<Response> {
    let id: SessionId = id.parse()?;
    let body: CompleteBody<'_> = read(&bytes)?;
    let transcript = body.transcript.map_or("[]", RawValue::get);
    let claim = Claim {
        metrics: body.metrics,
        feedback: body.feedback.as_deref().unwrap_or_default().to_owned(),
        transcript: transcript.to_owned(),
    };
    let attempt = hub.company().hand_in(&holder, id, claim).await?;
    let handed_in = (body.feedback.as_deref().unwrap_or_default(), body.transcript.or_else(|| raw("[]")));
    json(&SessionBody::new(&attempt, Some(handed_in)))
}

/// A session, with its transcript once it is completed, and what managers said about it.
#[utoipa::path(get, path = "/api/sessions/{id}", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = SessionBody), (status = 403, body = ErrorBody)))]
pub(super) async fn session(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<Response> {
    let whole = hub.company().whole(&holder, id.parse()?).await?;
    let handed_in = whole.handed_in.as_ref().map(|(feedback, transcript)| (feedback.as_str(), raw(transcript)));
    json(&SessionBody::new(&whole.attempt, handed_in).reviewed(whole.reviews))
}

/// The report that the company computed: scores, and the evidence for every point.
#[utoipa::path(get, path = "/api/sessions/{id}/report", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = Object), (status = 403, body = ErrorBody)))]
pub(super) async fn report(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<Response> {
    let report = hub.company().computed_report(&holder, id.parse()?).await?;
    let report = report.ok_or_else(|| Error::not_found("report", &id))?;
    json(&report)
}

/// Sessions, the newest first and without transcripts: one's own, or the team's submitted ones for a manager. How many there are is in `X-Total-Count`.
#[utoipa::path(get, path = "/api/sessions", params(Asked, PartAsked), security(("token" = [])),
    responses((status = 200, body = Vec<SessionBody>, headers(("X-Total-Count" = u32, description = "How many there are in all"))),
        (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn sessions(
    State(hub): State<Hub>,
    SignedIn(holder): SignedIn,
    Asking(asked): Asking<Asked>,
    Asking(part): Asking<PartAsked>,
) -> Answer<Response> {
    let listed = hub.company().attempts(&holder, asked.user_id.map(UserId), asked.status, part.offset(), part.limit()).await?;
    let bodies: Vec<_> = listed.sessions.iter().map(|attempt| SessionBody::new(attempt, None)).collect();
    Ok(([(TOTAL, HeaderValue::from(listed.total))], Json(bodies)).into_response())
}

/// An answer in JSON.
pub(super) fn json<T: Serialize>(body: &T) -> Answer<Response> {
    written(body).map(as_json)
}

/// What an answer says, in JSON.
pub(super) fn written<T: Serialize>(body: &T) -> Answer<Bytes> {
    let failed = |_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The answer could not be written. Try again.");
    serde_json::to_vec(body).map(Bytes::from).map_err(failed)
}

/// An answer that says this JSON.
pub(super) fn as_json(bytes: Bytes) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], bytes).into_response()
}
