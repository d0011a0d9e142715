//! The routes: each takes typed input, calls one use case, and answers.

mod admin;
mod body;
mod devices;
mod document;
mod error;
mod health;
mod invitations;
mod leaderboard;
mod oidc;
mod page;
mod products;
mod progress;
mod realtime;
mod scenarios;
mod sessions;
mod shapes;
mod sign_in;
mod signed_in;
mod words;
mod wrap;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use sellme_app::company::{CallCaps, Company};
use sellme_core::{error::Result, id::OrganisationId};
use sellme_voice::provider::{Http, Key};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{limits::Limits, metrics::Metrics, oidc::Oidc, shelf::Shelf, worker::Load};

/// How many catalogues are kept ready to be asked.
const SHELVES: usize = 4;

/// What every route has at hand.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    company: Company,
    limits: Limits,
    metrics: Arc<Metrics>,
    load: Arc<Load>,
    behind_proxy: bool,
    /// How long a request may take, its body included.
    patience: Duration,
    voice: Option<(Http, Option<Key>)>,
    oidc: Option<Oidc>,
    model: Option<String>,
    caps: CallCaps,
    /// Where invitations are accepted.
    invitation_page: Option<String>,
    shelves: Mutex<Vec<(OrganisationId, u32, Arc<Shelf>)>>,
}

impl Hub {
    pub(crate) fn new(
        company: Company,
        config: &crate::config::Config,
        metrics: Arc<Metrics>,
        load: Arc<Load>,
        voice: Option<(Http, Option<Key>)>,
        oidc: Option<Oidc>,
    ) -> Self {
        Self(Arc::new(Inner {
            company,
            limits: Limits::new(config),
            metrics,
            load,
            behind_proxy: config.behind_proxy,
            patience: Duration::from_secs(config.request_seconds.into()),
            voice,
            oidc,
            model: config.realtime_model.clone(),
            caps: config.caps(),
            invitation_page: config.invitation_page.clone(),
            shelves: Mutex::default(),
        }))
    }

    pub(crate) fn company(&self) -> &Company {
        &self.0.company
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The catalogue in force, ready to be asked.
    async fn shelf(&self, organisation: OrganisationId) -> Result<Arc<Shelf>> {
        let edition = self.company().catalog(organisation).await?;
        let revision = edition.catalog.revision;
        let shelves = || self.0.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        let known = |(of, its, _): &&(OrganisationId, u32, Arc<Shelf>)| (*of, *its) == (organisation, revision);
        if let Some((_, _, shelf)) = shelves().iter().find(known) {
            return Ok(Arc::clone(shelf));
        }
        let made = tokio::task::spawn_blocking(move || Arc::new(Shelf::new(edition))).await;
        let shelf =
            made.map_err(|_| sellme_core::Error::new(sellme_core::Code::Internal, "The catalogue could not be prepared. Try again."))?;
        let mut shelves = shelves();
        if shelves.iter().find(known).is_none() {
            if shelves.len() >= SHELVES {
                shelves.remove(0);
            }
            shelves.push((organisation, revision, Arc::clone(&shelf)));
        }
        Ok(shelf)
    }
}

/// The document's head.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "SellMe PRT hub",
        license(name = "Proprietary, see LICENSE"),
        description = "Training sessions, scores and the catalogue of a company. Sign in at /api/sign-in and send the token as a bearer."
    ),
    components(schemas(error::ErrorBody))
)]
struct Head;

fn routes() -> OpenApiRouter<Hub> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(oidc::there))
        .routes(routes!(oidc::back))
        .routes(routes!(sign_in::me, sign_in::change_me))
        .routes(routes!(invitations::accept))
        .routes(routes!(devices::enrol))
        .routes(routes!(sign_in::change_password))
        .routes(routes!(sign_in::tokens, sign_in::make_token))
        .routes(routes!(sign_in::sign_out, sign_in::end_token))
        .routes(routes!(products::products))
        .routes(routes!(products::product))
        .routes(routes!(scenarios::scenarios))
        .routes(routes!(scenarios::recommended))
        .routes(routes!(scenarios::scenario))
        .routes(routes!(sessions::begin, sessions::sessions))
        .routes(routes!(sessions::session))
        .routes(routes!(sessions::complete))
        .routes(routes!(sessions::report))
        .routes(routes!(realtime::open, realtime::end))
        .routes(routes!(progress::progress))
        .routes(routes!(leaderboard::leaderboard))
}

/// The OpenAPI document of the application, as it is checked in.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut document = routes().split_for_parts().1;
    document::complete(&mut document);
    document
}

/// The OpenAPI document of the administration, as it is checked in.
#[must_use]
pub fn openapi_admin() -> utoipa::openapi::OpenApi {
    let mut document = admin::routes().split_for_parts().1;
    document::complete(&mut document);
    document
}

/// The application.
pub(crate) fn application(hub: &Hub) -> Router {
    let (router, _) = routes().split_for_parts();
    let document = openapi().to_json().unwrap_or_default();
    let router = router.route(
        "/api/openapi.json",
        axum::routing::get(|| async move { ([(axum::http::header::CONTENT_TYPE, "application/json")], document) }),
    );
    let router = router.route("/", axum::routing::get(page::page)).route("/style.css", axum::routing::get(page::style));
    wrapped(router, hub)
}

/// The administration.
pub(crate) fn administration(hub: &Hub) -> Router {
    let (router, _) = admin::routes().split_for_parts();
    let document = openapi_admin().to_json().unwrap_or_default();
    let router = router.route(
        "/api/admin/openapi.json",
        axum::routing::get(|| async move { ([(axum::http::header::CONTENT_TYPE, "application/json")], document) }),
    );
    wrapped(router.route("/metrics", axum::routing::get(health::metrics)), hub)
}

fn wrapped(router: Router<Hub>, hub: &Hub) -> Router {
    router
        .fallback(wrap::nothing_there)
        .method_not_allowed_fallback(wrap::not_like_that)
        .layer(DefaultBodyLimit::max(body::LARGEST))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::REQUEST_TIMEOUT, hub.0.patience))
        .layer(CatchPanicLayer::custom(wrap::panicked))
        .layer(middleware::from_fn_with_state(hub.clone(), wrap::every_answer))
        .with_state(hub.clone())
}
