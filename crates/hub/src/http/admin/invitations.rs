//! Invitations, as admins give them.

use axum::{extract::State, response::Response};
use sellme_app::company::Invitation;
use serde::Serialize;
use utoipa::ToSchema;

use super::admitted::AsAdmin;
use crate::http::{
    Hub,
    body::Named,
    error::{Answer, ErrorBody},
    sessions::json,
    shapes::time,
};

/// An invitation. It is shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct InvitationBody {
    /// For `POST /api/invitations/accept` of the application.
    code: String,
    /// Leads to the page for it; `null` where the server was not told its own address.
    #[schema(required)]
    link: Option<String>,
    #[schema(format = DateTime)]
    expires_at: String,
}

impl InvitationBody {
    pub(super) fn new(hub: &Hub, invitation: &Invitation) -> Self {
        let code = invitation.secret.reveal();
        // What is after the # is sent to no server, and is in none's log.
        let link = hub.0.invitation_page.as_ref().map(|page| format!("{page}#{code}"));
        Self { code: code.to_owned(), link, expires_at: time(invitation.expires_at) }
    }
}

/// Invites somebody anew; their password stays until they set another. An earlier invitation is good no more.
#[utoipa::path(post, path = "/api/admin/users/{id}/invitation", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = InvitationBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn invite(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<Response> {
    let invitation = hub.company().invite(&admin, id.parse()?, false).await?;
    json(&InvitationBody::new(&hub, &invitation))
}

/// Takes somebody's password away, signs them out everywhere, and invites them to set another.
#[utoipa::path(post, path = "/api/admin/users/{id}/password-reset", params(("id" = Uuid, Path)), security(("token" = [])),
    responses((status = 200, body = InvitationBody), (status = 403, body = ErrorBody), (status = 409, body = ErrorBody)))]
pub(super) async fn reset(State(hub): State<Hub>, AsAdmin(admin): AsAdmin, Named(id): Named) -> Answer<Response> {
    let invitation = hub.company().invite(&admin, id.parse()?, true).await?;
    json(&InvitationBody::new(&hub, &invitation))
}
