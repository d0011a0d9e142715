//! The routes of the administration: each takes typed input, calls one use case, and answers.

mod admitted;
mod audit;
mod devices;
mod editions;
mod export;
mod import;
mod invitations;
mod leaderboard;
mod page;
mod people_asked;
mod sessions;
mod settings;
mod stores;
mod team;
mod users;

use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Hub, error, health, sign_in};
pub(crate) use devices::DeviceBody;

/// The document's head.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "SellMe PRT hub, administration",
        license(name = "Proprietary, see LICENSE"),
        description = "People, stores, devices, the catalogue, submitted sessions and the log of a company. Sign in at /api/sign-in and send the token as a bearer."
    ),
    components(schemas(error::ErrorBody))
)]
struct Head;

pub(super) fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::me))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(users::users, users::add))
        .routes(routes!(import::import))
        .routes(routes!(export::people))
        .routes(routes!(users::user, users::change))
        .routes(routes!(users::sign_out))
        .routes(routes!(invitations::invite))
        .routes(routes!(invitations::reset))
        .routes(routes!(stores::stores, stores::add))
        .routes(routes!(stores::rename, stores::remove))
        .routes(routes!(devices::devices))
        .routes(routes!(devices::offer))
        .routes(routes!(devices::rename, devices::revoke))
        .routes(routes!(audit::audit))
        .routes(routes!(audit::export))
        .routes(routes!(editions::editions, editions::publish))
        .routes(routes!(editions::edition))
        .routes(routes!(editions::put_in_force))
        .routes(routes!(editions::check))
        .routes(routes!(editions::dry_run))
        .routes(routes!(sessions::sessions))
        .routes(routes!(sessions::export))
        .routes(routes!(sessions::session))
        .routes(routes!(sessions::review))
        .routes(routes!(team::team))
        .routes(routes!(team::export))
        .routes(routes!(leaderboard::leaderboard))
        .routes(routes!(leaderboard::export))
        .routes(routes!(settings::settings, settings::change))
}
