//! Looking back: debrief, history, progress.

use sellme_core::{
    error::Result,
    id::SessionId,
    progress::{Progress, judge},
    wire::{Debrief, HistoryPage, HistoryQuery, HistoryRow, ProductSummary, ScenarioSummary},
};
use sellme_store::StoredSession;

use crate::{App, Store, device, views};

/// A rep with fewer completed sessions is a novice, who is shown one coaching point.
const NOVICE_BELOW: u32 = 5;

impl<S: Store> App<S> {
    /// An attempt with its report.
    ///
    /// # Errors
    /// An unknown session.
    pub async fn debrief(&self, id: SessionId) -> Result<Debrief> {
        let stored = self.stored(id).await?;
        let completed: u32 = self.store.attempts(stored.session.user_id).await?.iter().map(|attempts| attempts.completed).sum();
        let (product, scenario) = self.names(&stored).await?;
        Ok(Debrief {
            scenario,
            product,
            session: stored.session,
            turns: stored.turns,
            report: stored.report,
            signals: stored.signals,
            novice: completed < NOVICE_BELOW,
            next: self.recommend(&[]).await?,
        })
    }

    /// Attempts that match, newest first.
    ///
    /// # Errors
    /// No profile yet.
    pub async fn history(&self, query: &HistoryQuery) -> Result<HistoryPage> {
        let found = self.store.history(self.user().await?, query, self.device.now()).await?;
        let rows = found.rows.into_iter().map(|(session, snippet)| {
            let known = self.catalog.scenario(&session.scenario_id);
            HistoryRow {
                product_name: known.map_or_else(|| session.product_id.clone(), |(product, _)| product.name.clone()),
                persona: known.map(|(_, scenario)| scenario.persona),
                difficulty: known.map(|(_, scenario)| scenario.difficulty),
                session,
                snippet,
            }
        });
        Ok(HistoryPage { rows: rows.collect(), matching: found.matching, total: found.total })
    }

    /// What the attempts add up to.
    ///
    /// # Errors
    /// No profile yet.
    pub async fn progress(&self) -> Result<Progress> {
        let today = device::today(&*self.device);
        let tallies = self.store.tallies(self.user().await?, self.device.utc_offset_minutes(), today).await?;
        Ok(judge(&tallies, today))
    }

    /// One attempt whole, as it is stored.
    pub(crate) async fn stored(&self, id: SessionId) -> Result<StoredSession> {
        self.store.session(id).await
    }

    async fn names(&self, stored: &StoredSession) -> Result<(ProductSummary, ScenarioSummary)> {
        let (product, scenario) = views::find(&self.catalog, &stored.session.scenario_id)?;
        let standing = self.standing().await?;
        Ok((standing.product_summary(&self.catalog, product), standing.scenario_summary(product, scenario)))
    }
}
