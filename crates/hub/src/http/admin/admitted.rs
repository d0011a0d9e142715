//! Who asks, where not everybody may.

use axum::{extract::FromRequestParts, http::request::Parts};
use sellme_app::company::{Admin, Manager};

use crate::http::{
    Hub,
    error::{Answer, Refusal},
    signed_in::SignedIn,
};

/// An admin who is signed in.
pub(crate) struct AsAdmin(pub(crate) Admin);

impl FromRequestParts<Hub> for AsAdmin {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        let SignedIn(holder) = SignedIn::from_request_parts(parts, hub).await?;
        Ok(Self(Admin::of(holder)?))
    }
}

/// A manager or an admin who is signed in.
pub(crate) struct AsManager(pub(crate) Manager);

impl FromRequestParts<Hub> for AsManager {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, hub: &Hub) -> Answer<Self> {
        let SignedIn(holder) = SignedIn::from_request_parts(parts, hub).await?;
        Ok(Self(Manager::of(holder)?))
    }
}
