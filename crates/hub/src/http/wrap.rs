//! What every request passes through: it gets an id, is counted and logged, and its answer gets the headers that keep browsers safe.

use std::{any::Any, convert::Infallible, time::Instant};

use axum::{
    body::Body,
    extract::{FromRequestParts, MatchedPath, Request, State},
    http::{
        HeaderName, HeaderValue, StatusCode, Uri,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::sync::watch;
use uuid::Uuid;

use super::{
    Hub,
    body::Reading,
    error::{Refusal, RefusedAs},
};

/// Names a request in the log and to whoever made it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that a client may bring.
const LONGEST_ID: usize = 64;

const SAFETY: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (CACHE_CONTROL, "no-store"),
];

/// Whoever asked for something, who may hang up at any moment.
#[derive(Debug, Clone)]
pub(super) struct Asker(watch::Receiver<()>);

impl Asker {
    /// Whether nobody waits for the answer any more.
    pub(super) fn is_gone(&self) -> bool {
        self.0.has_changed().is_err()
    }
}

impl<S: Sync> FromRequestParts<S> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // Where nobody was noted, nobody waits.
        Ok(parts.extensions.get().cloned().unwrap_or_else(|| Self(watch::channel(()).1)))
    }
}

pub(super) async fn every_answer(State(hub): State<Hub>, mut request: Request<Body>, next: Next) -> Response {
    let begun = Instant::now();
    hub.0.load.count();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let id = request_id(&request);
    let reading = Reading::default();
    request.extensions_mut().insert(reading.clone());
    let (waits, asker) = watch::channel(());
    request.extensions_mut().insert(Asker(asker));
    let only_reads = method.is_safe();
    let handled = next.run(request);
    let answered = if only_reads {
        tokio::time::timeout(hub.0.patience, handled).await
    } else {
        // What was begun is seen to its end, also where nobody waits for it any more: after a write things are forgotten, and others told.
        let mut handled = hub.see_through(handled);
        let done = tokio::time::timeout(hub.0.patience, &mut handled).await;
        if done.is_err() && reading.goes_on() {
            // Nothing is begun before the body is there, and whoever still reads it holds the connection up.
            handled.abort();
        }
        done.map(|done| done.unwrap_or_else(|failed| panicked(Box::new(failed))))
    };
    drop(waits);
    let mut response = match answered {
        Ok(response) => response,
        Err(_) if reading.goes_on() => Refusal::slow_body().into_response(),
        Err(_) => Refusal::no_answer().into_response(),
    };
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR && *hub.0.stopping.borrow() {
        // The records are closed already.
        response = Refusal::stopping().into_response();
    }
    let status = response.status().as_u16();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let elapsed = begun.elapsed();
    hub.0.metrics.answered(route, status, elapsed.as_secs_f64());
    // No address, no query and no body: they may hold what somebody said, or who they are.
    if status >= 500 {
        let code = response.extensions().get::<RefusedAs>().map(|RefusedAs(code)| code.as_str());
        tracing::error!(%method, route, status, code, request = id.to_str().unwrap_or_default(), micros = elapsed.as_micros(), "failed");
    } else {
        tracing::debug!(%method, route, status, request = id.to_str().unwrap_or_default(), micros = elapsed.as_micros(), "answered");
    }
    let headers = response.headers_mut();
    for (name, value) in SAFETY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert(REQUEST_ID, id);
    response
}

/// The id that the client or a proxy gave, where it is a plain one; else one of our own.
fn request_id(request: &Request<Body>) -> HeaderValue {
    let plain =
        |id: &&HeaderValue| id.len() <= LONGEST_ID && id.as_bytes().iter().all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(sign));
    let given = request.headers().get(REQUEST_ID).filter(plain).cloned();
    given.unwrap_or_else(|| {
        let mut text = Uuid::encode_buffer();
        let id = Uuid::new_v4();
        HeaderValue::from_str(id.simple().encode_lower(&mut text)).unwrap_or(HeaderValue::from_static("none"))
    })
}

pub(super) async fn nothing_there(uri: Uri) -> Refusal {
    let path: String = uri.path().chars().take(80).collect();
    Refusal::new(StatusCode::NOT_FOUND, "not_found", format!("There is nothing at “{path}”."))
}

pub(super) async fn not_like_that() -> Refusal {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This cannot be asked with that method.")
}

/// A handler that panicked: the client gets an error, everybody else goes on.
pub(super) fn panicked(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "Something went wrong. Nothing that was confirmed is lost. Try again.")
        .into_response()
}
