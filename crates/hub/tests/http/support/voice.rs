//! A voice service that mints keys and takes calls, and remembers what it was asked.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, mpsc},
    thread,
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::IntoResponse,
    routing::{get, post},
};
use serde_json::json;

use super::block_on;

/// What it mints, and when that ends.
pub(crate) const MINTED: &str = "ek_for_one_call_0123456789";
const ENDS: i64 = 1_800_000_000;

/// What it answers to an offer.
const SDP: &str = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";

/// What it was asked: path, key, body.
type Asked = Arc<Mutex<Vec<(String, String, String)>>>;

/// The service.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    pub(crate) url: String,
    service: Service,
}

#[derive(Debug, Clone, Default)]
struct Service {
    asked: Asked,
    /// Held while no key and no call is given.
    held: Arc<tokio::sync::RwLock<()>>,
}

impl Voice {
    /// Starts one that answers for as long as the process lives.
    pub(crate) fn start() -> Self {
        let service = Service::default();
        let routes = Router::new()
            .route("/v1/realtime/client_secrets", post(mint))
            .route("/v1/realtime/calls", post(call))
            .route("/v1/models", get(|| async { Json(json!({ "data": [{ "id": "gpt-realtime-2.1" }] })) }))
            .route("/v1/realtime/calls/{id}/hangup", post(hang_up))
            .with_state(service.clone());
        let (say, said) = mpsc::channel::<SocketAddr>();
        thread::spawn(move || {
            block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                say.send(listener.local_addr().unwrap()).unwrap();
                axum::serve(listener, routes).await.unwrap();
            });
        });
        Self { url: format!("http://{}/v1", said.recv().unwrap()), service }
    }

    /// What it was asked so far: path, key, body.
    pub(crate) fn asked(&self) -> Vec<(String, String, String)> {
        self.service.asked.lock().unwrap().clone()
    }

    /// How often it was asked for this.
    pub(crate) fn asked_for(&self, path: &str) -> usize {
        self.asked().iter().filter(|(asked, ..)| asked == path).count()
    }

    /// Gives no key and no call before this is dropped.
    pub(crate) async fn hold(&self) -> tokio::sync::OwnedRwLockWriteGuard<()> {
        Arc::clone(&self.service.held).write_owned().await
    }
}

fn note(asked: &Asked, uri: &Uri, headers: &HeaderMap, body: &Bytes) {
    let key = headers.get("authorization").and_then(|key| key.to_str().ok()).unwrap_or_default();
    asked.lock().unwrap().push((uri.path().to_owned(), key.to_owned(), String::from_utf8_lossy(body).into_owned()));
}

async fn mint(State(Service { asked, held }): State<Service>, uri: Uri, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    note(&asked, &uri, &headers, &body);
    let _held = held.read().await;
    Json(json!({ "value": MINTED, "expires_at": ENDS, "session": {} }))
}

async fn call(State(Service { asked, held }): State<Service>, uri: Uri, headers: HeaderMap, body: Bytes) -> impl IntoResponse {
    note(&asked, &uri, &headers, &body);
    let _held = held.read().await;
    (StatusCode::CREATED, [("location", "/v1/realtime/calls/rtc_1"), ("content-type", "application/sdp")], SDP)
}

async fn hang_up(State(Service { asked, .. }): State<Service>, uri: Uri, headers: HeaderMap, body: Bytes) -> StatusCode {
    note(&asked, &uri, &headers, &body);
    StatusCode::OK
}
