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
use sellme_voice::provider::{CallId, Http, Key, Minted, Provider as _};
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
    wrap::Asker,
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

/// What a call was opened with, for whoever asked for it.
struct Opened {
    grant: CallGrant,
    answer: Answered,
}

/// What the service answered.
enum Answered {
    /// A session description.
    Offer(String),
    /// A key for a client that opens calls itself.
    Key(Minted),
}

/// Opens a call with a session's customer. With an offer (`application/sdp`) the answer comes back; else a key with which the client opens calls itself for some minutes. Nobody can end those from here: the key counts for as long as a call may last.
#[utoipa::path(post, path = "/api/sessions/{id}/realtime", params(("id" = Uuid, Path)), security(("token" = [])),
    request_body(content((String = "application/sdp"), (Value = "application/json")), description = "An offer to be answered; with anything else a key is asked for."),
    responses((status = 200, content((MintedBody = "application/json"), (String = "application/sdp"))), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 502, body = ErrorBody)))]
pub(super) async fn open(
    State(hub): State<Hub>,
    SignedIn(holder): SignedIn,
    Named(id): Named,
    asker: Asker,
    headers: HeaderMap,
    Content(bytes): Content,
) -> Answer<Response> {
    hub.limits().calls.count(&holder.account.0).map_err(Refusal::too_often)?;
    let id: SessionId = id.parse()?;
    voice(&hub)?;
    let is_offer = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(SDP.as_bytes()));
    let offer = if is_offer { Some(offer(&bytes)?) } else { None };
    let opened = opened(&hub, &holder, id, offer).await?;
    if asker.is_gone() {
        give_up(&hub, &holder, opened).await;
        return Err(Error::new(Code::WrongState, "Nobody waited for the call any more. It was ended.").into());
    }
    opened.response()
}

/// Opens a call: in the records first, then at the service, whose answer is noted.
async fn opened(hub: &Hub, holder: &Holder, id: SessionId, offer: Option<&str>) -> Answer<Opened> {
    let (http, key) = voice(hub)?;
    let granted = hub.company().grant_call(holder, id, hub.0.model.as_deref(), hub.0.caps).await;
    // One of the same session from before is over, whether there is room for this one or not.
    hub.over().is_there();
    let grant = granted?;
    let session = serde_json::to_value(&grant.config).map_err(|error| Error::new(Code::Internal, error.to_string()))?;
    let Some(offer) = offer else {
        return match http.mint(key, &session).await {
            Ok(minted) => Ok(Opened { grant, answer: Answered::Key(minted) }),
            Err(error) => Err(not_taken(hub, holder, &grant, error).await),
        };
    };
    let opened = match http.open(key, &session, offer).await {
        Ok(opened) => opened,
        Err(error) => return Err(not_taken(hub, holder, &grant, error).await),
    };
    let at_service = opened.call.as_ref().map(CallId::as_str);
    match hub.company().call_taken(holder, &grant, at_service).await {
        Ok(true) => Ok(Opened { grant, answer: Answered::Offer(opened.answer) }),
        Ok(false) => {
            hub.over().is_there();
            let message = "This session was ended, or called once more, while the call was opened. The call was ended.";
            Err(Error::new(Code::WrongState, message).into())
        }
        Err(error) => {
            // What is not noted could not be ended later.
            if let Some(call) = &opened.call
                && let Err(error) = http.hang_up(key, call).await
            {
                tracing::warn!(code = ?error.code, "a call was not ended at the service; it ends with its connection");
            }
            Err(error.into())
        }
    }
}

/// Notes that there is no call after all: it counts for nothing. Where the records do not take the note, it counts for as long as it might have lasted.
async fn not_taken(hub: &Hub, holder: &Holder, grant: &CallGrant, why: Error) -> Refusal {
    forget(hub, holder, grant).await;
    why.into()
}

async fn forget(hub: &Hub, holder: &Holder, grant: &CallGrant) {
    if let Err(error) = hub.company().call_not_taken(holder, grant).await {
        tracing::warn!(code = ?error.code, "that there is no call could not be noted");
    }
}

/// Ends a call for which nobody is there any more. A key that nobody got counts for nothing.
async fn give_up(hub: &Hub, holder: &Holder, opened: Opened) {
    let Opened { grant, answer } = opened;
    let Answered::Offer(_) = answer else {
        return forget(hub, holder, &grant).await;
    };
    match hub.company().give_up_call(holder, &grant).await {
        Ok(()) => hub.over().is_there(),
        Err(error) => tracing::warn!(code = ?error.code, "a call that nobody waits for is ended once it has lasted as long as it may"),
    }
}

impl Opened {
    fn response(self) -> Answer<Response> {
        let Self { grant, answer } = self;
        match answer {
            Answered::Offer(answer) => {
                let location =
                    HeaderValue::from_str(&format!("/api/sessions/{}/realtime", grant.session)).unwrap_or(HeaderValue::from_static("/"));
                Ok(([(CONTENT_TYPE, HeaderValue::from_static(SDP)), (LOCATION, location)], answer).into_response())
            }
            Answered::Key(minted) => json(&MintedBody {
                session_id: grant.session.0,
                ephemeral_key: minted.secret.reveal().to_owned(),
                expires_at: minted.expires_at.map(time),
                scenario: grant.scenario,
            }),
        }
    }
}

/// Ends the calls of a session. The service is told at once, and again until it answers.
#[utoipa::path(delete, path = "/api/sessions/{id}/realtime", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 204), (status = 403, body = ErrorBody)))]
pub(super) async fn end(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<StatusCode> {
    voice(&hub)?;
    hub.company().end_calls(&holder, id.parse()?).await?;
    hub.over().is_there();
    Ok(StatusCode::NO_CONTENT)
}

fn voice(hub: &Hub) -> Answer<(&Http, Option<&Key>)> {
    let off =
        || Error::new(Code::KeyMissing, "This hub has no key of a voice service, so that nobody can talk through it. Practice by typing.");
    Ok(hub.voice().ok_or_else(off)?)
}

fn offer(bytes: &[u8]) -> Answer<&str> {
    let text = std::str::from_utf8(bytes).ok().filter(|text| text.starts_with("v=0"));
    text.ok_or_else(|| Refusal::field("body", "a session description (SDP) is wanted"))
}
