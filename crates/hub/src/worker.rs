//! Computes reports from the queue, beside the requests and after them: while many ask, it rests between two batches, yet never so long that the queue of a usual
//! day grows.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sellme_app::company::Company;
use tokio::sync::watch;

use crate::metrics::Metrics;

/// How long nobody looks into an empty queue.
const IDLE: Duration = Duration::from_millis(250);

/// How long is waited after the records did not answer.
const AFTER_FAILURE: Duration = Duration::from_secs(2);

/// Requests a second above which computing gives way.
const BUSY: u64 = 1_000;

/// How many times as long as it worked it rests while many ask.
const REST: u32 = 9;

/// How busy the server is.
#[derive(Debug, Default)]
pub(crate) struct Load(AtomicU64);

impl Load {
    /// One request more.
    pub(crate) fn count(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn total(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Computes until it is told to stop.
pub(crate) async fn work(company: Company, metrics: Arc<Metrics>, load: Arc<Load>, mut stopping: watch::Receiver<bool>) {
    let working = async {
        let (mut seen, mut since) = (load.total(), Instant::now());
        loop {
            let begun = Instant::now();
            match company.compute_due().await {
                Ok(0) => tokio::time::sleep(IDLE).await,
                Ok(count) => {
                    let worked = begun.elapsed();
                    metrics.computed.inc_by(count as u64);
                    metrics.computing_seconds.inc_by(worked.as_secs_f64());
                    let (now, asked) = (since.elapsed(), load.total() - seen);
                    let busy = asked.saturating_mul(1_000) > BUSY.saturating_mul(u64::try_from(now.as_millis()).unwrap_or(u64::MAX));
                    if now > Duration::from_millis(100) {
                        (seen, since) = (load.total(), Instant::now());
                    }
                    if busy {
                        tokio::time::sleep(worked * REST).await;
                    }
                }
                Err(error) => {
                    tracing::warn!(code = ?error.code, "reports are not computed for now");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    };
    tokio::select! {
        () = working => {}
        _ = stopping.wait_for(|stop| *stop) => {}
    }
}

/// Keeps the figures of the queue.
pub(crate) async fn measure(company: &Company, metrics: &Metrics) {
    if let Ok(queue) = company.queue().await {
        metrics.waiting.set(queue.waiting.into());
        metrics.oldest_ms.set(queue.oldest_ms);
        metrics.failed.set(queue.failed.into());
    }
}
