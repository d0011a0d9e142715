//! Who answers: what talks with a service is made once, since it reads the system's certificates, and the calls of an attempt at a hub have one that lasts as long as
//! they do.

use std::sync::{Arc, Mutex, PoisonError};

use sellme_core::{error::Result, wire::ProviderKind};
use sellme_voice::provider::{Attempt, Http, Hub, HubCalls, Key, ModelListed, Provider, Target};

use super::blocking;

/// What was made last.
#[derive(Debug, Default)]
pub(super) struct Answering {
    http: Last<Arc<Http>>,
    hub: Last<Hub>,
    calls: Last<Arc<HubCalls>>,
}

impl Answering {
    /// The models that this service has; none of a hub, where it takes the key.
    pub(super) async fn models(&self, target: &Target, key: Option<&Key>) -> Result<Vec<ModelListed>> {
        match target.kind {
            ProviderKind::Hub => self.hub(target.clone()).await?.takes(key).await.map(|()| Vec::new()),
            ProviderKind::OpenAi | ProviderKind::Compatible => self.http(target.clone()).await?.models(key).await,
        }
    }

    /// Who opens the calls of this attempt.
    pub(super) async fn provider(&self, target: Target, attempt: Attempt) -> Result<Arc<dyn Provider>> {
        if target.kind != ProviderKind::Hub {
            return Ok(self.http(target).await?);
        }
        let hub = self.hub(target).await?;
        let calls = self.calls.that(|calls| *calls.attempt() == attempt && calls.hub().target() == hub.target());
        Ok(calls.unwrap_or_else(|| self.calls.keep(Arc::new(hub.calls_of(attempt)))))
    }

    async fn http(&self, target: Target) -> Result<Arc<Http>> {
        match self.http.that(|http| *http.target() == target) {
            Some(http) => Ok(http),
            None => Ok(self.http.keep(Arc::new(blocking(|| Http::new(target)).await??))),
        }
    }

    async fn hub(&self, target: Target) -> Result<Hub> {
        match self.hub.that(|hub| *hub.target() == target) {
            Some(hub) => Ok(hub),
            None => Ok(self.hub.keep(blocking(|| Hub::new(target)).await??)),
        }
    }
}

#[derive(Debug)]
struct Last<T>(Mutex<Option<T>>);

impl<T> Default for Last<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Last<T> {
    /// What was made last, where it is what is wanted.
    fn that(&self, is_wanted: impl FnOnce(&T) -> bool) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().filter(|last| is_wanted(last)).cloned()
    }

    fn keep(&self, made: T) -> T {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
        made
    }
}
