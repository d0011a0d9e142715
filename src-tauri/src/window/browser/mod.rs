//! A build for tests can serve its pages to a browser instead of opening its window: the pages that ship, with their policy, and the very commands of the window,
//! over HTTP on this machine instead of the window's bridge. It exists because the system's webview on Linux has no peer connections and Chromium has. Never
//! shipped.

mod told;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use sellme_core::{Code, Error, error::Result};
use serde_json::{Value, json};
use tauri::{
    App, AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody, InvokeError, InvokeResponse, InvokeResponseBody},
    test::{MockRuntime, mock_builder},
    webview::InvokeRequest,
};
use tokio::{net::TcpListener, sync::oneshot};

use super::{commands, context};
use crate::{
    config::Place,
    device::ThisDevice,
    host::{Host, Purpose},
    logs,
};
use told::Told;

/// Where the bridge is, and how the page gets it before its own script.
const BRIDGE: (&str, &str, &str) = ("/bridge.js", include_str!("bridge.js"), "<head><script src=\"/bridge.js\"></script>");

/// What the requests share.
#[derive(Clone)]
struct Served {
    app: AppHandle<MockRuntime>,
    window: WebviewWindow<MockRuntime>,
    told: Told,
}

/// Serves the pages at this address until the program is ended; prints one line of JSON with the address once it does.
///
/// # Errors
/// An address that cannot be listened at.
pub(crate) async fn serve(place: &Place, listen: SocketAddr) -> Result<()> {
    let _log = logs::to_files(&place.data);
    let host = Host::new(place, Arc::new(ThisDevice), Purpose::Practise);
    let told = Told::default();
    let (_app, served) = open(&host, told).map_err(|error| failed("The pages could not be made ready", &error))?;
    // On the window's own runtime, as its commands are.
    let done = tauri::async_runtime::spawn(answer(served, listen)).await;
    host.close();
    let done = done.map_err(|error| failed("The pages were not served to the end", &error))?;
    done.map_err(|error| failed("The pages could not be served", &error))
}

/// A window that nobody sees, whose bridge the browser's requests go through.
fn open(host: &Host, told: Told) -> tauri::Result<(App<MockRuntime>, Served)> {
    let tell = told.clone();
    let builder = mock_builder().channel_interceptor(move |_, channel, index, body| {
        tell.tell(channel, index, body);
        true
    });
    let app = commands::register(builder).build(context())?;
    app.manage(host.clone());
    let window = WebviewWindowBuilder::new(&app, "main", WebviewUrl::default()).build()?;
    let served = Served { app: app.handle().clone(), window, told };
    Ok((app, served))
}

async fn answer(served: Served, listen: SocketAddr) -> std::io::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    let ready = json!({ "url": format!("http://{}/", listener.local_addr()?) });
    let routes = Router::new()
        .route("/invoke/{command}", post(invoke))
        .route("/told", get(so_far))
        .route("/told/{from}", get(told))
        .route(BRIDGE.0, get(([(header::CONTENT_TYPE, "text/javascript")], BRIDGE.1)))
        .fallback(get(page))
        .with_state(served);
    say(&ready)?;
    axum::serve(listener, routes).with_graceful_shutdown(stopped()).await
}

fn say(ready: &Value) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = std::io::stdout();
    writeln!(out, "{ready}")?;
    out.flush()
}

/// Until it is told to stop.
async fn stopped() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "nothing can stop this but its end");
        std::future::pending::<()>().await;
    }
}

/// A command, as the page of the window calls it.
async fn invoke(State(served): State<Served>, Path(command): Path<String>, body: Bytes) -> Response {
    let Ok(arguments) = serde_json::from_slice(&body) else { return StatusCode::BAD_REQUEST.into_response() };
    match call(&served, command, arguments).await {
        Some(InvokeResponse::Ok(InvokeResponseBody::Json(answer))) => {
            ([(header::CONTENT_TYPE, "application/json")], answer).into_response()
        }
        Some(InvokeResponse::Ok(InvokeResponseBody::Raw(bytes))) => bytes.into_response(),
        Some(InvokeResponse::Err(InvokeError(refusal))) => (StatusCode::UNPROCESSABLE_ENTITY, Json(refusal)).into_response(),
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn call(served: &Served, command: String, arguments: Value) -> Option<InvokeResponse> {
    let request = InvokeRequest {
        cmd: command,
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: served.window.url().ok()?,
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: served.app.invoke_key().to_owned(),
    };
    let (done, answered) = oneshot::channel();
    let respond = move |_, _, response, _, _| drop(done.send(response));
    served.window.clone().on_message(request, Box::new(respond));
    answered.await.ok()
}

/// How much commands told so far.
async fn so_far(State(served): State<Served>) -> Json<usize> {
    Json(served.told.count())
}

/// What commands told since so many, once there is any of it.
async fn told(State(served): State<Served>, Path(from): Path<usize>) -> Json<Vec<Value>> {
    Json(served.told.since(from).await)
}

/// A page or a file of it, as the program has it in itself.
async fn page(State(served): State<Served>, uri: Uri) -> Response {
    let path = if uri.path() == "/" { "index.html" } else { uri.path() };
    let Some(asset) = served.app.asset_resolver().get(path.to_owned()) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response = match path {
        "index.html" => String::from_utf8_lossy(&asset.bytes).replacen("<head>", BRIDGE.2, 1).into_response(),
        _ => asset.bytes.into_response(),
    };
    let headers = [(header::CONTENT_TYPE, Some(asset.mime_type)), (header::CONTENT_SECURITY_POLICY, asset.csp_header)];
    for (name, value) in headers {
        if let Some(value) = value.and_then(|value| value.parse().ok()) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn failed(what: &str, error: &dyn std::error::Error) -> Error {
    Error::new(Code::Internal, format!("{what}: {error}."))
}
