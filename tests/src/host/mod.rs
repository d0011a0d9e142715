//! A host of the window's pages for tests in a browser: the pages that ship, the same commands, the same use cases, over HTTP instead of the window's bridge.
//! It exists because the system's webview on Linux has no peer connections, and Chromium has.

mod commands;
mod voice;

use std::{path::PathBuf, sync::Arc};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response, sse},
    routing::{get, post},
};
use sellme_app::App;
use sellme_core::{Error, embedded, wire::CallEvent};
use sellme_store::{Folder, FolderLock, SqliteStore};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::broadcast;

use crate::device::RealDevice;
use commands::Arguments;

pub use voice::Voice;

/// Makes the pages' bridge out of HTTP; put into the page before its own script.
pub const SHIM: &str = include_str!("shim.js");

/// What a host is started with.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the data is.
    pub data: PathBuf,
    /// Where the built pages are.
    pub pages: PathBuf,
    /// The service of calls, up to and with `/v1`.
    pub realtime_url: String,
    /// Its key.
    pub key: String,
}

/// A host that runs.
pub struct Host {
    app: Arc<App<SqliteStore>>,
    voice: Voice,
    options: Options,
    told: broadcast::Sender<Told>,
    _lock: FolderLock,
}

/// One event of a channel, as the pages' bridge takes it.
#[derive(Debug, Clone, Serialize)]
struct Told {
    channel: u64,
    index: u64,
    message: CallEvent,
}

impl Host {
    /// A host on this folder.
    ///
    /// # Errors
    /// A folder that cannot be opened; an address that is none.
    pub async fn new(options: Options) -> Result<Arc<Self>, Error> {
        let folder = Folder::at(&options.data);
        let lock = FolderLock::take(&folder)?;
        let device = Arc::new(RealDevice);
        let store = SqliteStore::open(&folder, sellme_app::Device::now(&*device))?.store;
        let catalog = Arc::new(embedded::catalog()?.clone());
        store.index_products(&catalog).await?;
        let app = Arc::new(App::new(store, catalog, device, folder.exports()));
        let voice = Voice::new(&options)?;
        Ok(Arc::new(Self { app, voice, options, told: broadcast::channel(4_096).0, _lock: lock }))
    }

    /// Answers the pages.
    pub fn routes(self: Arc<Self>) -> Router {
        Router::new()
            .route("/invoke/{command}", post(invoke))
            .route("/events", get(events))
            .fallback(get(page))
            .with_state(self)
    }

    async fn answer(&self, name: &str, with: &Arguments) -> Result<Value, Error> {
        if let Some(answer) = self.voice.answer(&self.app, &self.told, name, with).await {
            return answer;
        }
        let data = self.options.data.display().to_string();
        commands::answer(&self.app, &data, name, with).await.unwrap_or_else(|| Err(Error::not_found("command", name)))
    }
}

async fn invoke(State(host): State<Arc<Host>>, Path(command): Path<String>, body: Bytes) -> Response {
    let with = Arguments(serde_json::from_slice(&body).unwrap_or(Value::Null));
    if command == "log" {
        eprintln!("page: {}", with.0["message"].as_str().unwrap_or_default());
        return axum::Json(Value::Null).into_response();
    }
    if command == "recording" {
        let sound = async { host.app.recording(with.get("id")?, with.get("track")?).await };
        return match sound.await {
            Ok(sound) => ([(header::CONTENT_TYPE, "application/octet-stream")], sound).into_response(),
            Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(error)).into_response(),
        };
    }
    match host.answer(&command, &with).await {
        Ok(answer) => axum::Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, axum::Json(error)).into_response(),
    }
}

async fn events(State(host): State<Arc<Host>>) -> impl IntoResponse {
    let told = host.told.subscribe();
    let events = futures_util::stream::unfold(told, |mut told| async {
        let event = told.recv().await.ok()?;
        Some((sse::Event::default().json_data(event), told))
    });
    sse::Sse::new(events)
}

/// A built page, with the window's own policy.
async fn page(State(host): State<Arc<Host>>, uri: axum::http::Uri) -> Response {
    let path = if uri.path() == "/" { "index.html" } else { uri.path().trim_start_matches('/') };
    let Ok(file) = host.options.pages.join(path).canonicalize() else { return StatusCode::NOT_FOUND.into_response() };
    if !host.options.pages.canonicalize().is_ok_and(|pages| file.starts_with(pages)) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let kind = match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("woff2") => "font/woff2",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    let mut headers = HeaderMap::new();
    for (name, value) in [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_SECURITY_POLICY, policy())] {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    }
    match std::fs::read(file) {
        Ok(bytes) => (headers, Body::from(bytes)).into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What the window's pages may load.
fn policy() -> String {
    let config: Value = serde_json::from_str(include_str!("../../../src-tauri/tauri.conf.json")).unwrap_or(json!({}));
    let rules = config["app"]["security"]["csp"].as_object().cloned().unwrap_or_default();
    let rules: Vec<String> = rules.iter().map(|(name, sources)| format!("{name} {}", sources.as_str().unwrap_or_default())).collect();
    rules.join("; ")
}
