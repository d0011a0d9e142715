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
    net::IpAddr,
    sync::{Arc, LazyLock},
    time::Duration,
};

use axum::{Extension, Router, body::Bytes, http::header::CONTENT_TYPE, middleware};
use sellme_app::company::{CallCaps, Company, Recent};
use sellme_core::{error::Result, id::OrganisationId};
use sellme_voice::provider::{Http, Key};
use tokio::{sync::watch, task::JoinHandle};
use tokio_util::task::TaskTracker;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{calls::Over, config::Config, limits::Limits, metrics::Metrics, oidc::Oidc, serve::voice, shelf::Shelf, worker::Load};

/// How many bytes of catalogues, as JSON, are kept ready to be asked.
const SHELVES: usize = 64 << 20;

/// What every route has at hand.
#[derive(Clone)]
pub struct Hub(Arc<Inner>);

struct Inner {
    company: Company,
    limits: Limits,
    metrics: Arc<Metrics>,
    load: Arc<Load>,
    behind_proxy: bool,
    /// Further proxies, nearer to the client.
    trusted_proxies: Vec<IpAddr>,
    /// How long a request may take, its body included.
    patience: Duration,
    /// Requests that are seen to their end.
    under_way: TaskTracker,
    /// True once nobody new is let in.
    stopping: watch::Receiver<bool>,
    voice: Option<(Http, Option<Key>)>,
    over: Over,
    oidc: Option<Oidc>,
    model: Option<String>,
    caps: CallCaps,
    /// Where invitations are accepted.
    invitation_page: Option<String>,
    /// By company and revision.
    shelves: Recent<(OrganisationId, u32), Shelf>,
}

impl Hub {
    /// What the routes have at hand, as it was told.
    ///
    /// # Errors
    /// A configuration that is not safe.
    pub(crate) fn new(
        company: Company,
        config: &Config,
        metrics: Arc<Metrics>,
        load: Arc<Load>,
        stopping: watch::Receiver<bool>,
    ) -> anyhow::Result<Self> {
        Ok(Self(Arc::new(Inner {
            company,
            limits: Limits::new(config),
            metrics,
            load,
            behind_proxy: config.behind_proxy,
            trusted_proxies: config.trusted_proxy.clone(),
            patience: Duration::from_secs(config.request_seconds.into()),
            under_way: TaskTracker::new(),
            stopping,
            voice: voice(config)?,
            over: Over::default(),
            oidc: config.oidc.service()?,
            model: config.realtime_model.clone(),
            caps: config.caps(),
            invitation_page: config.invitations()?.map(String::from),
            shelves: Recent::of_bytes(SHELVES),
        })))
    }

    pub(crate) fn company(&self) -> &Company {
        &self.0.company
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Requests that are seen to their end, whoever hangs up.
    pub(crate) fn under_way(&self) -> &TaskTracker {
        &self.0.under_way
    }

    /// Sees something to its end, whoever hangs up. A stop waits for it, as long as it waits at all.
    fn see_through<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> JoinHandle<T> {
        self.0.under_way.spawn(work)
    }

    /// Whoever ends calls, to be woken.
    pub(crate) fn over(&self) -> &Over {
        &self.0.over
    }

    /// The voice service, and the key for it; none where there is none.
    pub(crate) fn voice(&self) -> Option<(&Http, Option<&Key>)> {
        self.0.voice.as_ref().map(|(http, key)| (http, key.as_ref()))
    }

    /// The catalogue in force, ready to be asked.
    async fn shelf(&self, organisation: OrganisationId) -> Result<Arc<Shelf>> {
        let edition = self.company().catalog(organisation).await?;
        let (name, bytes) = ((organisation, edition.catalog.revision), edition.bytes);
        if let Some(shelf) = self.0.shelves.get(&name) {
            return Ok(shelf);
        }
        let made = tokio::task::spawn_blocking(move || Arc::new(Shelf::new(edition))).await;
        let shelf =
            made.map_err(|_| sellme_core::Error::new(sellme_core::Code::Internal, "The catalogue could not be prepared. Try again."))?;
        Ok(self.0.shelves.keep(name, bytes, shelf))
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
    static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document::sent(&openapi()));
    let (router, _) = routes().split_for_parts();
    let router = router
        .route("/api/openapi.json", axum::routing::get(async || ([(CONTENT_TYPE, "application/json")], DOCUMENT.clone())))
        .route("/", axum::routing::get(page::door))
        .route("/style.css", axum::routing::get(page::style))
        .route("/invitation", axum::routing::get(page::invitation))
        .route("/invitation.js", axum::routing::get(page::invitation_script))
        .route("/token", axum::routing::get(page::token))
        .route("/token.js", axum::routing::get(page::token_script))
        .route("/connect.js", axum::routing::get(page::connect_script));
    wrapped(router, hub)
}

/// The administration.
pub(crate) fn administration(hub: &Hub) -> Router {
    static DOCUMENT: LazyLock<Bytes> = LazyLock::new(|| document::sent(&openapi_admin()));
    let (router, _) = admin::routes().split_for_parts();
    let router = router
        .route("/api/admin/openapi.json", axum::routing::get(async || ([(CONTENT_TYPE, "application/json")], DOCUMENT.clone())))
        .route("/metrics", axum::routing::get(health::metrics));
    wrapped(router.layer(Extension(signed_in::WithoutProxy)), hub)
}

fn wrapped(router: Router<Hub>, hub: &Hub) -> Router {
    router
        .fallback(wrap::nothing_there)
        .method_not_allowed_fallback(wrap::not_like_that)
        .layer(CatchPanicLayer::custom(wrap::panicked))
        .layer(middleware::from_fn_with_state(hub.clone(), wrap::every_answer))
        .with_state(hub.clone())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use axum::{
        body::Body,
        http::{Request, StatusCode, header::RETRY_AFTER},
    };
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;

    use super::*;
    use crate::config::tests::config;

    #[tokio::test]
    async fn whoever_still_asks_while_the_server_stops_is_told_to_come_again() {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&["--data-dir", &*folder.path().to_string_lossy()]);
        let company = crate::company(&config.records, true).await.unwrap();
        let (stop, stopping) = watch::channel(false);
        let hub = Hub::new(company.clone(), &config, Arc::default(), Arc::default(), stopping).unwrap();
        let ask = || application(&hub).oneshot(Request::get("/health/ready").body(Body::empty()).unwrap());
        assert_eq!(ask().await.unwrap().status(), StatusCode::OK);
        stop.send(true).unwrap();
        assert_eq!(ask().await.unwrap().status(), StatusCode::OK, "who is answered is answered");
        tokio::task::spawn_blocking(move || company.close()).await.unwrap();
        let refused = ask().await.unwrap();
        assert_eq!((refused.status(), refused.headers()[RETRY_AFTER].as_bytes()), (StatusCode::SERVICE_UNAVAILABLE, &b"5"[..]));
        let said = refused.into_body().collect().await.unwrap().to_bytes();
        assert!(said.starts_with(b"{\"code\":\"stopping\",\"message\":\"The server is being stopped."), "{said:?}");
    }
}
