//! What a person's scores come to.

use axum::{extract::State, response::Response};

use super::{
    Hub,
    body::Named,
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::ProgressBody,
    signed_in::SignedIn,
};

/// What a person's computed scores come to: one's own, or anybody's of the team for a manager.
#[utoipa::path(get, path = "/api/users/{id}/progress", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = ProgressBody), (status = 403, body = ErrorBody)))]
pub(super) async fn progress(State(hub): State<Hub>, SignedIn(holder): SignedIn, Named(id): Named) -> Answer<Response> {
    json(&ProgressBody::from(hub.company().standing(&holder, id.parse()?).await?))
}
