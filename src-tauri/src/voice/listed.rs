//! What a service said of its models when it was asked last.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use sellme_voice::provider::{ModelListed, Target};

/// How long it is not asked again: what is retired is retired months before.
const FRESH: Duration = Duration::from_secs(10 * 60);

/// The list of the service that was asked last.
#[derive(Debug, Default)]
pub(super) struct Listed(Mutex<Option<List>>);

#[derive(Debug)]
struct List {
    of: Target,
    models: Vec<ModelListed>,
    at: Instant,
}

impl Listed {
    /// What this service listed; empty where it was not asked or did not answer.
    pub(super) fn of(&self, target: &Target) -> Vec<ModelListed> {
        self.list().as_ref().filter(|list| list.of == *target).map(|list| list.models.clone()).unwrap_or_default()
    }

    /// True where this service has answered a moment ago.
    pub(super) fn is_fresh(&self, target: &Target) -> bool {
        self.list().as_ref().is_some_and(|list| list.of == *target && list.at.elapsed() < FRESH)
    }

    /// Keeps what it answered.
    pub(super) fn keep(&self, of: Target, models: Vec<ModelListed>) {
        *self.list() = Some(List { of, models, at: Instant::now() });
    }

    /// With another key it may have others.
    pub(super) fn forget(&self) {
        *self.list() = None;
    }

    fn list(&self) -> MutexGuard<'_, Option<List>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
