//! Invitations, as those accept them who were invited.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    Hub,
    body::{Content, read},
    error::{Answer, ErrorBody},
    sessions::json,
    sign_in::SignedInBody,
    signed_in::Entering,
};

/// Who was invited.
#[derive(Deserialize, ToSchema)]
pub(crate) struct AcceptBody {
    /// The invitation's code.
    code: String,
    /// The password from now on: 12 to 200 characters, of which four are letters, and none that is easily guessed.
    #[schema(min_length = 12, max_length = 200)]
    password: String,
    /// What the token is for, such as “Store 3, till”.
    name: Option<String>,
}

/// Accepts an invitation: sets the password and signs in. It is used up by that.
#[utoipa::path(post, path = "/api/invitations/accept", request_body = AcceptBody,
    responses((status = 200, body = SignedInBody), (status = 401, body = ErrorBody), (status = 429, body = ErrorBody), (status = 500, body = ErrorBody), (status = 503, body = ErrorBody)))]
pub(super) async fn accept(State(hub): State<Hub>, Entering(_network): Entering, Content(bytes): Content) -> Answer<Response> {
    let body: AcceptBody = read(&bytes)?;
    let name = body.name.as_deref().unwrap_or("invitation");
    json(&SignedInBody::from(&hub.company().accept_invitation(&body.code, &body.password, name).await?))
}
