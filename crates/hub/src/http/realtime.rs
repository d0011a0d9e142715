//! Talking by voice with the company's key, which never leaves this process.

use axum::{
    extract::State,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{CONTENT_TYPE, LOCATION},
    },
    response::{IntoResponse, Response},
};
use sellme_app::company::CallGrant;
use sellme_core::{Code, Error, company::Holder, id::SessionId};
use sellme_voice::provider::{CallId, Http, Key, Provider as _};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    Hub,
    body::{Content, Named},
    error::{Answer, ErrorBody, Refusal},
    sessions::json,
    shapes::time,
    signed_in::SignedIn,
};

/// The form of a session description.
const SDP: &str = "application/sdp";

/// With what a client opens its call at the service itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MintedBody {
    session_id: Uuid,
    /// Good for this one customer, and only for a few minutes.
    ephemeral_key: String,
    /// When it ends, where the service says that.
    #[schema(format = DateTime, required)]
    expires_at: Option<String>,
    /// What the customer is called.
    scenario: String,
}

/// Opens a call with a session's customer. With an offer (`application/sdp`) the answer comes back; else a key with which the client opens calls itself for some minutes. Nobody can end those from here: the key counts for as long as a call may last.
#[utoipa::path(post, path = "/api/sessions/{id}/realtime", params(("id" = Uuid, Path)), security(("token" = [])),
    request_body(content((String = "application/sdp"), (Value = "application/json")), description = "An offer to be answered; with anything else a key is asked for."),
    responses((status = 200, content((MintedBody = "application/json"), (String = "application/sdp"))), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 502, body = ErrorBody)))]
pub(super) async fn open(
    State(hub): State<Hub>,
    SignedIn(holder): SignedIn,
    Named(id): Named,
    headers: HeaderMap,
    Content(bytes): Content,
) -> Answer<Response> {
    hub.limits().calls.count(&holder.account.0).map_err(Refusal::too_often)?;
    let id: SessionId = id.parse()?;
    let (http, key) = voice(&hub)?;
    let is_offer = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(SDP.as_bytes()));
    let offer = if is_offer { Some(offer(&bytes)?) } else { None };
    let grant = hub.company().grant_call(&holder, id, hub.0.model.as_deref(), hub.0.caps).await?;
    hang_up(http, key, &grant.earlier).await;
    let session = serde_json::to_value(&grant.config).map_err(|error| Error::new(Code::Internal, error.to_string()))?;
    match offer {
        Some(offer) => {
            let opened = http.open(key, &session, offer).await;
            let at_service = opened.as_ref().ok().and_then(|opened| opened.call.as_ref()).map(CallId::as_str);
            answered(&hub, &holder, &grant, at_service, opened.is_ok()).await;
            let location =
                HeaderValue::from_str(&format!("/api/sessions/{}/realtime", grant.session)).unwrap_or(HeaderValue::from_static("/"));
            Ok(([(CONTENT_TYPE, HeaderValue::from_static(SDP)), (LOCATION, location)], opened?.answer).into_response())
        }
        None => {
            let minted = http.mint(key, &session).await;
            answered(&hub, &holder, &grant, None, minted.is_ok()).await;
            let minted = minted?;
            json(&MintedBody {
                session_id: grant.session.0,
                ephemeral_key: minted.secret.reveal().to_owned(),
                expires_at: minted.expires_at.map(time),
                scenario: grant.scenario,
            })
        }
    }
}

/// Ends the calls of a session.
#[utoipa::path(delete, path = "/api/sessions/{id}/realtime", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody), (status = 502, body = ErrorBody)))]
pub(super) async fn end(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<StatusCode> {
    let (http, key) = voice(&hub)?;
    let calls = hub.company().end_calls(&holder, id.parse()?).await?;
    hang_up(http, key, &calls).await;
    Ok(StatusCode::NO_CONTENT)
}

async fn hang_up(http: &Http, key: Option<&Key>, calls: &[String]) {
    for call in calls.iter().filter_map(|call| CallId::new(call)) {
        if let Err(error) = http.hang_up(key, &call).await {
            tracing::warn!(code = ?error.code, "a call was not ended at the service; it ends with its connection");
        }
    }
}

fn voice(hub: &Hub) -> Answer<(&Http, Option<&Key>)> {
    let off =
        || Error::new(Code::KeyMissing, "This hub has no key of a voice service, so that nobody can talk through it. Practice by typing.");
    let (http, key) = hub.0.voice.as_ref().ok_or_else(off)?;
    Ok((http, key.as_ref()))
}

fn offer(bytes: &[u8]) -> Answer<&str> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.starts_with("v=0"));
    text.ok_or_else(|| Refusal::field("body", "a session description (SDP) is wanted"))
}

/// Notes how the service answered. Where the records do not take the note, the call counts for as long as it may last.
async fn answered(hub: &Hub, holder: &Holder, grant: &CallGrant, at_service: Option<&str>, taken: bool) {
    if let Err(error) = hub.company().call_answered(holder, grant, at_service, taken).await {
        tracing::warn!(code = ?error.code, "how a call was answered could not be noted");
    }
}
