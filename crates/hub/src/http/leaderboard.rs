//! Who scored best.

use axum::{extract::State, response::Response};
use sellme_app::company::{BoardRow, Period};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{Hub, body::Asking, error::Answer, sessions::json, signed_in::SignedIn};

/// From when on scores count.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PeriodAsked {
    /// The last seven days.
    Week,
    /// The last thirty days.
    Month,
    /// Ever.
    #[default]
    AllTime,
}

/// Which period.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default)]
    #[param(required = false)]
    period: PeriodAsked,
}

/// A place on the board.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PlaceBody {
    /// From 1; those with the same mean share a place.
    rank: u32,
    user_id: Uuid,
    name: String,
    average_score: u8,
    best_score: u8,
    sessions: u32,
}

impl From<BoardRow> for PlaceBody {
    fn from(row: BoardRow) -> Self {
        Self {
            rank: row.place,
            user_id: row.account.0,
            name: row.name,
            average_score: row.average,
            best_score: row.best,
            sessions: row.sessions,
        }
    }
}

/// Who scored best in a period, among those with at least three scored sessions in it.
#[utoipa::path(get, path = "/api/leaderboard", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<PlaceBody>)))]
pub(super) async fn leaderboard(State(hub): State<Hub>, SignedIn(holder): SignedIn, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let period = match asked.period {
        PeriodAsked::Week => Period::Week,
        PeriodAsked::Month => Period::Month,
        PeriodAsked::AllTime => Period::AllTime,
    };
    let board = hub.company().board(&holder, period).await?;
    json(&board.into_iter().map(PlaceBody::from).collect::<Vec<_>>())
}
