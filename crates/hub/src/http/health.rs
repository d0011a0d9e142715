//! Whether the server is there, and whether it can work.

use axum::{Json, extract::State, http::header::CONTENT_TYPE, response::IntoResponse};
use sellme_app::Device as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Hub,
    error::{Answer, ErrorBody},
    shapes::time,
    signed_in::PassingBy,
};
use crate::{device::ThisMachine, worker};

/// That the server is there.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthBody {
    status: &'static str,
    #[schema(format = DateTime)]
    timestamp: String,
}

fn ok() -> Json<HealthBody> {
    Json(HealthBody { status: "ok", timestamp: time(ThisMachine.now()) })
}

/// Whether the server is there.
#[utoipa::path(get, path = "/health", responses((status = 200, body = HealthBody)))]
pub(super) async fn health() -> Json<HealthBody> {
    ok()
}

/// Whether the records answer too.
#[utoipa::path(get, path = "/health/ready", responses((status = 200, body = HealthBody), (status = 429, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn ready(State(hub): State<Hub>, _: PassingBy) -> Answer<Json<HealthBody>> {
    hub.company().ready().await?;
    Ok(ok())
}

/// Figures, as Prometheus reads them.
pub(super) async fn metrics(State(hub): State<Hub>) -> impl IntoResponse {
    worker::measure(hub.company(), &hub.0.metrics).await;
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], hub.0.metrics.text())
}
