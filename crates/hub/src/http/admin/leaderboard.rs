//! The boards of the application, to be taken elsewhere.

use axum::{extract::State, response::Response};
use sellme_core::id::ShopId;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    admitted::AsManager,
    table::{Cell, Format, line, table},
};
use crate::http::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    leaderboard::{ByAsked, PeriodAsked, PlaceBody, places},
    sessions::json,
};

/// Which board.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    #[serde(default)]
    #[param(inline, required = false)]
    period: PeriodAsked,
    #[serde(default)]
    #[param(inline, required = false)]
    by: ByAsked,
    /// Only of people of this store.
    store: Option<Uuid>,
    /// A table; JSON where nothing is said.
    #[param(inline, required = false)]
    format: Option<Format>,
}

/// Who scored best in a period, or improved most.
#[utoipa::path(get, path = "/api/admin/leaderboard", params(Asked), security(("token" = [])),
    responses((status = 200, content((Vec<PlaceBody> = "application/json"), (String = "text/csv"))), (status = 403, body = ErrorBody),
        (status = 404, body = ErrorBody)))]
pub(super) async fn leaderboard(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let places = places(&hub, manager.holder(), asked.period, asked.by, asked.store.map(ShopId)).await?;
    if asked.format != Some(Format::Csv) {
        return json(&places);
    }
    let mut text = "rank,userId,name,averageScore,bestScore,sessions,improvement\r\n".to_owned();
    for place in places {
        text.push_str(&line([
            place.rank.into(),
            place.user_id.to_string().into(),
            place.name.into(),
            place.average_score.into(),
            place.best_score.into(),
            place.sessions.into(),
            place.improvement.map_or(Cell::Empty, Cell::Number),
        ]));
    }
    Ok(table("leaderboard", text))
}
