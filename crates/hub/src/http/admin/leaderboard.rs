//! The boards of the application, to be taken elsewhere.

use axum::{extract::State, response::Response};
use futures_util::stream;
use sellme_core::id::ShopId;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::{
    admitted::AsManager,
    export::{Format, Piece, streamed},
};
use crate::http::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    leaderboard::{ByAsked, PeriodAsked, PlaceBody, places},
    sessions::json,
    words,
};

/// Which board.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// All time where nothing is said, or a month for the improvement.
    #[param(inline, required = false)]
    period: Option<PeriodAsked>,
    #[serde(default)]
    #[param(inline, required = false)]
    by: ByAsked,
    /// Only of people of this store.
    store: Option<Uuid>,
    /// A table; JSON where nothing is said.
    #[param(schema_with = words::format, required = false)]
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
    let names = ["rank", "userId", "name", "averageScore", "bestScore", "sessions", "improvement"];
    let piece = Piece::of(Format::Csv, places.into_iter(), cells);
    Ok(streamed(Format::Csv, "leaderboard", &names, stream::iter([Ok(piece)])))
}

fn cells(place: &PlaceBody) -> [String; 7] {
    [
        place.rank.to_string(),
        place.user_id.to_string(),
        place.name.clone(),
        place.average_score.to_string(),
        place.best_score.to_string(),
        place.sessions.to_string(),
        place.improvement.map(|points| points.to_string()).unwrap_or_default(),
    ]
}
