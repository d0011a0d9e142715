//! The report of a handed-in session, computed from its transcript: what counts is this, whatever was claimed.

use sellme_core::{
    Code, Error,
    company::{ClaimedMetrics, Verification, turns},
    error::Result,
    scoring::{Context, report::Report},
    session::Turn,
};
use sellme_store::company::{Computed, Due};

use super::Company;

/// How many are taken from the queue at once.
const BATCH: u32 = 8;

/// How many older reports are gone through at once.
const OLDER: u32 = 50;

/// What a report that could not be computed is not tried again by.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes a report of what was said.
pub type Engine = fn(&Context<'_>, &[Turn]) -> Report;

/// How the queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Queue {
    /// How many wait.
    pub waiting: u32,
    /// How long the oldest has waited, in milliseconds.
    pub oldest_ms: i64,
    /// How many this version of the program could not compute. They count for nothing, and are tried again by another version, or, with records in a folder, at the next
    /// start.
    pub failed: u32,
}

impl Company {
    /// Computes the reports that have waited longest. Says how many. Where none waits, what older reports say of objections is taken out of some of them.
    ///
    /// # Errors
    /// Where the records do not answer; what was taken is computed later, here or elsewhere.
    pub async fn compute_due(&self) -> Result<usize> {
        let due = self.store().take_due(BATCH, VERSION, self.device().now()).await?;
        let mut computed = Vec::with_capacity(due.len());
        for due in due {
            let session = due.attempt.id;
            match self.compute(due).await {
                Ok(Some(report)) => computed.push(report),
                Ok(None) => {
                    tracing::error!(%session, code = ?Code::Internal, "a report could not be computed by this version; it is set aside")
                }
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
        let (waiting, since, failed) = self.store().waiting(VERSION).await?;
        let oldest_ms = since.map_or(0, |since| self.device().now().since(since).0);
        Ok(Queue { waiting, oldest_ms, failed })
    }

    /// What comes of a session that is due; nothing where the engine gave up on it, and then it is set aside.
    async fn compute(&self, due: Due) -> Result<Option<Computed>> {
        let Due { organisation, attempt, transcript } = due;
        let edition = self.catalog_at(organisation, attempt.catalog_revision).await?;
        let claimed: Option<ClaimedMetrics> = attempt.claimed_metrics.as_deref().and_then(|text| serde_json::from_str(text).ok());
        let (session, engine) = (attempt.id, self.0.engine);
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
            Some(engine(&context, &turns))
        };
        let report = match tokio::task::spawn_blocking(work).await {
            Ok(report) => report,
            // Nothing is known of the session by that, least of all that it differs from what was claimed.
            Err(gone) if gone.is_panic() => {
                return self.store().set_aside(organisation, session, VERSION).await.map(|()| None).map_err(Error::from);
            }
            Err(_) => return Err(Error::new(Code::Internal, "The server stops. The report is computed later.")),
        };
        let agrees = report.as_ref().zip(claimed).is_some_and(|(report, claimed)| claimed.agrees(&report.metrics));
        let verification = if agrees { Verification::Verified } else { Verification::Differs };
        Ok(Some(Computed { organisation, session, verification, report }))
    }
}
