//! Figures for whoever watches the server, as Prometheus reads them.

use std::sync::atomic::AtomicU64;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::Registry,
};

/// What a request was for, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Request {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The figures.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram>,
    /// Sign-ins by the company's sign-in service that were refused.
    pub(crate) sign_ins_refused: Counter,
    /// Reports that were computed.
    pub(crate) computed: Counter,
    /// Sessions whose report is still to be computed.
    pub(crate) waiting: Gauge<i64>,
    /// How long the oldest of them has waited.
    pub(crate) oldest_ms: Gauge<i64>,
    /// Sessions whose report this version of the program could not compute.
    pub(crate) failed: Gauge<i64>,
    /// Seconds that computing took.
    pub(crate) computing_seconds: Counter<f64, AtomicU64>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("sellme_hub");
        let requests = Family::<Request, Counter>::default();
        let seconds = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(exponential_buckets(0.000_25, 4.0, 9)));
        let (computed, waiting, oldest_ms, failed) = (Counter::default(), Gauge::default(), Gauge::default(), Gauge::default());
        let sign_ins_refused = Counter::default();
        registry.register("sign_ins_refused", "Sign-ins by the sign-in service that were refused", sign_ins_refused.clone());
        let computing_seconds = Counter::<f64, AtomicU64>::default();
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register("request_seconds", "How long answers took, by route", seconds.clone());
        registry.register("reports_computed", "Reports that were computed", computed.clone());
        registry.register("reports_waiting", "Sessions whose report is still to be computed", waiting.clone());
        registry.register("reports_oldest_wait_milliseconds", "How long the oldest of them has waited", oldest_ms.clone());
        registry.register("reports_failed", "Sessions whose report this version of the program could not compute", failed.clone());
        registry.register("reports_computing_seconds", "Seconds that computing reports took", computing_seconds.clone());
        Self { registry, requests, seconds, sign_ins_refused, computed, waiting, oldest_ms, failed, computing_seconds }
    }
}

impl Metrics {
    /// Counts a request that was answered.
    pub(crate) fn answered(&self, route: &str, status: u16, seconds: f64) {
        self.requests.get_or_create(&Request { route: route.to_owned(), status }).inc();
        self.seconds.get_or_create(&Route { route: route.to_owned() }).observe(seconds);
    }

    /// As text, in Prometheus's form.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
