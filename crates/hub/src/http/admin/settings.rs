//! What the company's admins have chosen.

use axum::{extract::State, response::Response};
use sellme_app::company::{Settings, SettingsChange};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::admitted::AsAdmin;
use crate::http::{
    Hub,
    body::{Content, read, whole},
    error::{Answer, ErrorBody},
    sessions::json,
};

/// What was chosen.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SettingsBody {
    /// Fewest scored sessions of a period to stand on the board.
    leaderboard_minimum: u32,
}

impl From<Settings> for SettingsBody {
    fn from(settings: Settings) -> Self {
        Self { leaderboard_minimum: settings.leaderboard_minimum }
    }
}

/// What is chosen anew; what is not said stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SettingsChangeBody {
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 1, maximum = 1_000)]
    leaderboard_minimum: Option<u32>,
}

/// What was chosen.
#[utoipa::path(get, path = "/api/admin/settings", security(("token" = [])),
    responses((status = 200, body = SettingsBody), (status = 403, body = ErrorBody)))]
pub(super) async fn settings(State(hub): State<Hub>, AsAdmin(admin): AsAdmin) -> Answer<Response> {
    json(&SettingsBody::from(hub.company().settings(&admin).await?))
}

/// Chooses anew.
#[utoipa::path(patch, path = "/api/admin/settings", request_body = SettingsChangeBody, security(("token" = [])),
    responses((status = 200, body = SettingsBody), (status = 403, body = ErrorBody)))]
pub(super) async fn change(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Content(bytes): Content) -> Answer<Response> {
    let SettingsChangeBody { leaderboard_minimum } = read(&bytes)?;
    json(&SettingsBody::from(hub.company().change_settings(&admin, SettingsChange { leaderboard_minimum }).await?))
}
