//! The HTTP side: opening and ending calls, minting secrets, models.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{FromRequest, Multipart, Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    call::Call,
    config::Config,
    cors::cors,
    fault::Fault,
    ids::{fresh, unix_now},
    knobs::Refusal,
    models,
    secrets::{Secret, Secrets},
    session::Session,
    shapes::SECRET,
};
use crate::peer::{Peer, PeerConfig, PeerHandle, toward};

/// What all requests share.
#[derive(Clone)]
pub(super) struct Office(Arc<Shared>);

struct Shared {
    config: Config,
    secrets: Secrets,
    calls: Mutex<HashMap<String, PeerHandle>>,
}

/// A refusal, as it is sent.
struct Refused(StatusCode, Fault);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1.json() }))).into_response()
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self(StatusCode::BAD_REQUEST, fault)
    }
}

/// Who asks.
enum Caller {
    /// Somebody with a key.
    Key,
    /// Somebody with a secret that was minted.
    Secret(Box<Secret>),
}

impl Office {
    pub(super) fn new(config: Config) -> Self {
        Self(Arc::new(Shared { config, secrets: Secrets::default(), calls: Mutex::default() }))
    }

    /// Ends every call.
    pub(super) fn end_calls(&self) {
        for (_, call) in self.calls().drain() {
            call.close();
        }
    }

    fn calls(&self) -> std::sync::MutexGuard<'_, HashMap<String, PeerHandle>> {
        self.0.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets in whoever has a key.
    fn admit(&self, headers: &HeaderMap) -> Result<Caller, Refused> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let bearer = text("authorization").and_then(|value| value.strip_prefix("Bearer ").or_else(|| value.strip_prefix("bearer ")));
        let key = bearer.or_else(|| text("api-key")).map(str::trim).unwrap_or_default();
        if let Some(secret) = self.0.secrets.find(key) {
            return Ok(Caller::Secret(Box::new(secret)));
        }
        let known = match &self.0.config.token {
            Some(token) => key == token,
            None => !key.is_empty() && !key.starts_with("ek_"),
        };
        if known && self.0.config.knobs.refusal() != Some(Refusal::Key) {
            return Ok(Caller::Key);
        }
        Err(Refused(StatusCode::UNAUTHORIZED, Fault::new("invalid_api_key", "Incorrect API key provided.")))
    }

    /// What is refused on purpose.
    fn trouble(&self) -> Result<(), Refused> {
        let (status, fault) = match self.0.config.knobs.refusal() {
            None | Some(Refusal::Nonsense) => return Ok(()),
            Some(Refusal::Key) => (StatusCode::UNAUTHORIZED, Fault::new("invalid_api_key", "Incorrect API key provided.")),
            Some(Refusal::Quota) => (
                StatusCode::TOO_MANY_REQUESTS,
                Fault::new("insufficient_quota", "You exceeded your current quota, please check your plan."),
            ),
            Some(Refusal::Rate) => {
                (StatusCode::TOO_MANY_REQUESTS, Fault::new("rate_limit_exceeded", "Too many sessions. Try again later."))
            }
            Some(Refusal::Model) => (StatusCode::BAD_REQUEST, Fault::at("invalid_model", "session.model", "The model does not exist.")),
            Some(Refusal::Down) => (StatusCode::SERVICE_UNAVAILABLE, Fault::new("server_error", "The service is down.")),
        };
        Err(Refused(status, fault))
    }

    /// Opens a call.
    async fn open(&self, offer: &str, asked: Option<&Value>) -> Result<Response, Refused> {
        self.trouble()?;
        let config = &self.0.config;
        let session = Session::new(&fresh("sess"), unix_now() + config.longest.as_secs(), asked)?;
        if !models::talks(session.model(), &config.knobs) {
            let message = format!("The model `{}` does not exist or you do not have access to it.", session.model());
            return Err(Fault::at("invalid_model", "session.model", message).into());
        }
        if config.knobs.refusal() == Some(Refusal::Nonsense) {
            return Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/sdp")], "<html>Welcome!</html>").into_response());
        }
        let peer = PeerConfig {
            addresses: self.addresses(),
            silence: Duration::from_secs(10),
            faults: config.knobs.network().clone(),
            ..PeerConfig::default()
        };
        let (answer, handle, events) =
            Peer::answer(peer, offer).await.map_err(|error| Fault::at("invalid_offer", "sdp", error.to_string()))?;
        let call = Call::new(config, session, handle.clone());
        let call = call.map_err(|error| Refused(StatusCode::INTERNAL_SERVER_ERROR, Fault::new("server_error", error.to_string())))?;
        let id = fresh("rtc");
        let location = format!("/v1/realtime/calls/{id}");
        self.calls().insert(id.clone(), handle);
        let office = self.clone();
        tokio::spawn(async move {
            call.run(events).await;
            office.calls().remove(&id);
        });
        Ok((StatusCode::CREATED, [(header::CONTENT_TYPE, "application/sdp"), (header::LOCATION, location.as_str())], answer)
            .into_response())
    }

    /// Own addresses that a caller may reach.
    fn addresses(&self) -> Vec<IpAddr> {
        let ip = self.0.config.listen.ip();
        if !ip.is_unspecified() {
            return vec![ip];
        }
        let outside = toward(([192, 0, 2, 1], 9).into()).ok().filter(|own| !own.is_loopback());
        [Some(IpAddr::from([127, 0, 0, 1])), outside].into_iter().flatten().collect()
    }
}

/// All of it.
pub(super) fn router(office: Office) -> Router {
    Router::new()
        .route("/v1/realtime/calls", post(open_call))
        .route("/v1/realtime/calls/{id}/hangup", post(hang_up))
        .route("/v1/realtime/calls/{id}", get(look_up).delete(hang_up))
        .route("/v1/realtime/client_secrets", post(mint))
        .route("/v1/models", get(list_models))
        .route("/knobs", post(turn_knobs))
        .fallback(|| async { Refused(StatusCode::NOT_FOUND, Fault::new("unknown_url", "There is nothing here.")) })
        .layer(middleware::from_fn(cors))
        .with_state(office)
}

async fn open_call(State(office): State<Office>, request: Request) -> Result<Response, Refused> {
    let caller = office.admit(request.headers())?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
    let bad = |error: &dyn std::fmt::Display| Refused(StatusCode::BAD_REQUEST, Fault::new("invalid_request", error.to_string()));
    if kind.starts_with("application/sdp") {
        let offer = String::from_request(request, &()).await.map_err(|error| bad(&error))?;
        let session = if let Caller::Secret(secret) = caller { secret.session } else { None };
        return office.open(&offer, session.as_ref()).await;
    }
    if !kind.starts_with("multipart/form-data") {
        let fault = Fault::new("unsupported_content_type", "Send application/sdp or multipart/form-data.");
        return Err(Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault));
    }
    let mut parts = Multipart::from_request(request, &()).await.map_err(|error| bad(&error))?;
    let (mut offer, mut session) = (None, None);
    while let Some(part) = parts.next_field().await.map_err(|error| bad(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let text = part.text().await.map_err(|error| bad(&error))?;
        match name.as_str() {
            "sdp" => offer = Some(text),
            "session" => session = Some(json_of(text.as_bytes(), "session")?),
            other => return Err(Fault::at("unknown_parameter", other, format!("Unknown parameter: '{other}'.")).into()),
        }
    }
    let missing = || Fault::at("missing_required_parameter", "sdp", "Missing required parameter: 'sdp'.");
    let offer = offer.ok_or_else(missing)?;
    let bound = if let Caller::Secret(secret) = caller { secret.session } else { None };
    office.open(&offer, session.or(bound).as_ref()).await
}

async fn hang_up(State(office): State<Office>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    office.admit(&headers)?;
    let Some(call) = office.calls().remove(&id) else {
        return Err(Refused(StatusCode::NOT_FOUND, Fault::new("call_id_not_found", format!("There is no call '{id}'."))));
    };
    call.close();
    Ok(StatusCode::OK.into_response())
}

/// No part of the protocol: whether a call goes on.
async fn look_up(State(office): State<Office>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    office.admit(&headers)?;
    let known = office.calls().contains_key(&id);
    Ok(if known { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }.into_response())
}

async fn mint(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    if !matches!(office.admit(&headers)?, Caller::Key) {
        return Err(Refused(StatusCode::UNAUTHORIZED, Fault::new("invalid_api_key", "A client secret mints no other.")));
    }
    if office.0.config.knobs.refusal() != Some(Refusal::Model) {
        office.trouble()?;
    }
    let asked = if body.is_empty() { json!({}) } else { json_of(&body, "body")? };
    SECRET.check(&asked, "")?;
    let seconds = asked.pointer("/expires_after/seconds").and_then(Value::as_u64).unwrap_or(600);
    // The model is not looked at here: that shows when a call is opened.
    let session = Session::new(&fresh("sess"), 0, asked.get("session"))?;
    let secret = office.0.secrets.mint(seconds, asked.get("session").cloned());
    let minted = json!({ "value": secret.value, "expires_at": secret.expires_at, "session": session.json() });
    Ok(Json(minted).into_response())
}

async fn list_models(State(office): State<Office>, headers: HeaderMap) -> Result<Response, Refused> {
    office.admit(&headers)?;
    Ok(Json(models::list(&office.0.config.knobs)).into_response())
}

/// No part of the protocol: lets a test in another process make things go wrong.
async fn turn_knobs(State(office): State<Office>, headers: HeaderMap, body: Bytes) -> Result<Response, Refused> {
    let refusing = office.0.config.knobs.refusal() == Some(Refusal::Key);
    if !refusing {
        office.admit(&headers)?;
    }
    let asked = json_of(&body, "body")?;
    let knobs = &office.0.config.knobs;
    for (name, value) in asked.as_object().into_iter().flatten() {
        let count = || value.as_u64().and_then(|count| u32::try_from(count).ok()).unwrap_or(0);
        match name.as_str() {
            "refuse" => knobs.refuse(value.as_str().and_then(Refusal::named)),
            "loss" => knobs.network().lose(u8::try_from(count().min(100)).unwrap_or(100)),
            "delay_ms" => knobs.network().delay(Duration::from_millis(count().into())),
            "cut" => knobs.network().cut(value.as_bool().unwrap_or(false)),
            "fail_responses" => knobs.fail_responses(count()),
            "fail_transcriptions" => knobs.fail_transcriptions(count()),
            "hang_up" => office.end_calls(),
            "models_gone" => knobs.retire(value.as_array().into_iter().flatten().filter_map(|id| id.as_str().map(str::to_owned))),
            "models_end" => {
                let day = |(id, day): (&String, &Value)| Some((id.clone(), day.as_str()?.to_owned()));
                knobs.announce(value.as_object().into_iter().flatten().filter_map(day));
            }
            other => return Err(Fault::at("unknown_parameter", other, format!("There is no knob '{other}'.")).into()),
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn json_of(bytes: &[u8], what: &str) -> Result<Value, Fault> {
    serde_json::from_slice(bytes).map_err(|error| Fault::at("invalid_json", what, format!("Could not parse the JSON: {error}")))
}
