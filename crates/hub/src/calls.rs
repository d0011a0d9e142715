//! Ends calls beside the requests: those that have lasted as long as they may, and those whose session is over. They are closed in the records first, where they stay to be
//! told of until the service has been: by whichever process, and after whatever became of the one that closed them. To be told twice does the service no harm.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{StreamExt as _, stream};
use sellme_app::Device as _;
use sellme_store::company::OverCall;
use sellme_voice::provider::{CallId, Provider as _};
use tokio::sync::{Notify, watch};

use crate::{device::ThisMachine, http::Hub};

/// How often is looked for them.
const EVERY: Duration = Duration::from_secs(2);

/// For how long the service is told of one, where it does not answer, in milliseconds. No call lasts longer there.
const LONGEST_MS: i64 = 2 * 60 * 60_000;

/// How many it is told of at once.
const AT_ONCE: usize = 8;

/// Wakes whoever ends calls.
#[derive(Debug, Clone, Default)]
pub(crate) struct Over(Arc<Notify>);

impl Over {
    /// That there is a call which is over.
    pub(crate) fn is_there(&self) {
        self.0.notify_one();
    }
}

/// Ends calls until it is told to stop.
pub(crate) async fn end(hub: Hub, mut stopping: watch::Receiver<bool>) {
    let ending = async {
        loop {
            let begun = Instant::now();
            match hub.company().over_calls().await {
                Ok(calls) => stream::iter(&calls).for_each_concurrent(AT_ONCE, |call| hang_up(&hub, call)).await,
                Err(error) => tracing::warn!(code = ?error.code, "calls are not ended for now"),
            }
            // Those that the service does not take are not told of without a pause.
            tokio::select! {
                () = tokio::time::sleep(EVERY.saturating_sub(begun.elapsed()).max(EVERY / 4)) => {}
                () = hub.over().0.notified() => {}
            }
        }
    };
    tokio::select! {
        () = ending => {}
        // Whoever could tell it to stop is gone, or does. What is still to be told of is in the records.
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

/// Tells the service of one.
async fn hang_up(hub: &Hub, call: &OverCall) {
    let Some((http, key)) = hub.voice() else { return };
    let told = match CallId::new(&call.at_service) {
        Some(id) => http.hang_up(key, &id).await.map_err(|error| error.code),
        None => Ok(()),
    };
    if let Err(code) = told {
        if ThisMachine.now().0 - call.since.0 < LONGEST_MS {
            return;
        }
        tracing::warn!(?code, "a call was not ended at the service; it has ended by itself meanwhile");
    }
    if let Err(error) = hub.company().call_told(call).await {
        tracing::warn!(code = ?error.code, "that a call has ended could not be noted; the service is told once more");
    }
}
