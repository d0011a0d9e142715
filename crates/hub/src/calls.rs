//! Ends calls beside the requests: those that have lasted as long as they may, and those whose session is over. They are closed in the records first, where of several
//! servers one alone gets each; only then is the service told.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use sellme_voice::provider::{CallId, Provider as _};
use tokio::sync::watch;

use crate::http::Hub;

/// How often is looked for them.
const EVERY: Duration = Duration::from_secs(2);

/// How often the service is told of one, where it does not answer.
const TRIES: u32 = 30;

/// How many it is told of at once.
const AT_ONCE: usize = 8;

/// Ends calls until it is told to stop.
pub(crate) async fn end(hub: Hub, mut stopping: watch::Receiver<bool>) {
    let mut left = Vec::new();
    loop {
        match hub.company().end_overdue_calls().await {
            Ok(calls) => left.extend(calls.iter().filter_map(|call| CallId::new(call)).map(|call| (call, 1))),
            Err(error) => tracing::warn!(code = ?error.code, "calls are not ended for now"),
        }
        left = hang_up(&hub, left).await;
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            // Whoever could tell it to stop is gone, or does.
            _ = stopping.wait_for(|stop| *stop) => return,
        }
    }
}

/// Tells the service of these, each with how often that was tried. Gives those that it has to be told of again.
async fn hang_up(hub: &Hub, calls: Vec<(CallId, u32)>) -> Vec<(CallId, u32)> {
    let Some((http, key)) = hub.voice() else { return Vec::new() };
    let told = stream::iter(calls).map(|(call, tries)| async move {
        let error = http.hang_up(key, &call).await.err()?;
        if tries < TRIES {
            return Some((call, tries + 1));
        }
        tracing::warn!(code = ?error.code, "a call was not ended at the service; it ends with its connection");
        None
    });
    told.buffer_unordered(AT_ONCE).filter_map(|left| async { left }).collect().await
}
