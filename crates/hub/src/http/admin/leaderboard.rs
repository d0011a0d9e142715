//! The boards of the application, to be taken elsewhere.

use axum::{extract::State, response::Response};
use futures_util::stream;

use super::{
    admitted::AsManager,
    export::{Format, Piece, streamed},
};
use crate::http::{
    Hub,
    body::Asking,
    error::{Answer, ErrorBody},
    leaderboard::{Asked, PlaceBody, places},
    sessions::json,
};

/// Who scored best in a period, or improved most.
#[utoipa::path(get, path = "/api/admin/leaderboard", params(Asked), security(("token" = [])),
    responses((status = 200, body = Vec<PlaceBody>), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn leaderboard(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    json(&places(&hub, manager.holder(), &asked).await?)
}

/// The same as a table, to be kept elsewhere. That it was taken is in the log.
#[utoipa::path(get, path = "/api/admin/leaderboard/export", params(Asked), security(("token" = [])),
    responses((status = 200, content((String = "text/csv"))), (status = 403, body = ErrorBody), (status = 404, body = ErrorBody)))]
pub(super) async fn export(State(hub): State<Hub>, AsManager(manager): AsManager, Asking(asked): Asking<Asked>) -> Answer<Response> {
    let places = places(&hub, manager.holder(), &asked).await?;
    hub.company().board_exported(&manager, asked.shop()).await?;
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
