//! Telling services that calls are over. Nothing else waits for that: a network that is gone may take half a minute to say so.

use std::sync::{Mutex, PoisonError};

use sellme_voice::provider::CallId;
use tokio::task::JoinSet;

use super::Service;

/// What is being told.
#[derive(Debug, Default)]
pub(crate) struct Partings(Mutex<JoinSet<()>>);

impl Partings {
    /// Begins to tell the service that this connection is over.
    pub(super) fn begin(&self, service: &Service, call: CallId) {
        let service = service.clone();
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while all.try_join_next().is_some() {}
        all.spawn(async move {
            if let Err(error) = service.provider.hang_up(service.key.as_ref(), &call).await {
                tracing::warn!(code = ?error.code, "a call was not ended at the service; it ends by itself");
            }
        });
    }

    /// Waits until all of it is told.
    pub(super) async fn all(&self) {
        let mut all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        while all.join_next().await.is_some() {}
    }
}
