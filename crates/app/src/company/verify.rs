//! The report of a handed-in session, computed from its transcript: what counts is this, whatever was claimed.

use sellme_core::{
    company::{ClaimedMetrics, Verification, turns},
    error::Result,
    scoring::{self, Context},
};
use sellme_store::company::{Computed, Due};

use super::Company;

/// How many are taken from the queue at once.
const BATCH: u32 = 8;

/// How many older reports are gone through at once.
const OLDER: u32 = 50;

/// How the queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Queue {
    /// How many wait.
    pub waiting: u32,
    /// How long the oldest has waited, in milliseconds.
    pub oldest_ms: i64,
}

impl Company {
    /// Computes the reports that have waited longest. Says how many. Where none waits, what older reports say of objections is taken out of some of them.
    ///
    /// # Errors
    /// Where the records do not answer; what was taken is computed later, here or elsewhere.
    pub async fn compute_due(&self) -> Result<usize> {
        let due = self.store().take_due(BATCH, self.device().now()).await?;
        let mut computed = Vec::with_capacity(due.len());
        for due in due {
            let session = due.attempt.id;
            match self.compute(due).await {
                Ok(report) => computed.push(report),
                // The others are none the worse for it. This one is tried again when nobody has it any more.
                Err(error) => tracing::error!(%session, code = ?error.code, "a report could not be computed"),
            }
        }
        let count = computed.len();
        if count > 0 {
            self.store().keep_computed(computed).await?;
        } else {
            self.store().sort_out(OLDER).await?;
        }
        Ok(count)
    }

    /// How the queue of what is to be computed stands.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn queue(&self) -> Result<Queue> {
        let (waiting, since) = self.store().waiting().await?;
        let oldest_ms = since.map_or(0, |since| self.device().now().since(since).0);
        Ok(Queue { waiting, oldest_ms })
    }

    async fn compute(&self, due: Due) -> Result<Computed> {
        let Due { organisation, attempt, transcript } = due;
        let edition = self.catalog_at(organisation, attempt.catalog_revision).await?;
        let claimed: Option<ClaimedMetrics> = attempt.claimed_metrics.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let session = attempt.id;
        let work = move || {
            // It was read when it was handed in; what cannot be read now is not scored, and counts for nothing.
            let turns = turns(&transcript).ok()?;
            let catalog = &edition.catalog;
            let (product, scenario) = catalog.scenario(&attempt.scenario_id)?;
            let context = Context {
                product: Some(product),
                scenario: Some(scenario),
                policies: &catalog.policies,
                catalog_revision: Some(catalog.revision),
            };
            Some(scoring::score(&context, &turns))
        };
        let report = tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
            tracing::error!(%session, "a report could not be computed");
            None
        });
        let agrees = report.as_ref().zip(claimed).is_some_and(|(report, claimed)| claimed.agrees(&report.metrics));
        let verification = if agrees { Verification::Verified } else { Verification::Differs };
        Ok(Computed { organisation, session, verification, report })
    }
}
