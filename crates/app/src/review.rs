//! Looking back: debrief, history, progress.

use sellme_core::{
    error::Result,
    id::SessionId,
    progress::{Progress, judge},
    wire::{Debrief, HistoryPage, HistoryQuery, HistoryRow},
};
use sellme_store::StoredSession;

use crate::{App, Store, calls, device};

/// A rep with fewer completed sessions is a novice, who is shown one coaching point.
const NOVICE_BELOW: u32 = 5;

impl<S: Store> App<S> {
    /// An attempt with its report, whether or not the catalogue still has its product and scenario.
    ///
    /// # Errors
    /// An unknown session.
    pub async fn debrief(&self, id: SessionId) -> Result<Debrief> {
        let stored = self.stored(id).await?;
        let completed: u32 = self.store.attempts(stored.session.user_id).await?.iter().map(|attempts| attempts.completed).sum();
        let (product, scenario) = self.standing().await?.of_attempt(&self.catalog, &stored.session);
        let voice = calls::record(&stored, self.store.recorded_calls(id).await?);
        Ok(Debrief {
            scenario,
            product,
            session: stored.session,
            turns: stored.turns,
            report: stored.report,
            signals: stored.signals,
            novice: completed < NOVICE_BELOW,
            voice,
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
            let product = self.catalog.product(&session.product_id);
            let scenario = self.catalog.scenario(&session.scenario_id).map(|(_, scenario)| scenario);
            HistoryRow {
                product_name: product.map_or_else(|| session.product_id.clone(), |product| product.name.clone()),
                persona: scenario.map(|scenario| scenario.persona),
                difficulty: scenario.map(|scenario| scenario.difficulty),
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

    /// One attempt of the person who practises, whole, as it is stored.
    pub(crate) async fn stored(&self, id: SessionId) -> Result<StoredSession> {
        let mut stored = self.store.session(id).await?;
        self.must_own(&stored.session).await?;
        // One whose day has come is gone, whether or not its files are yet.
        let now = self.device.now();
        stored.recording = stored.recording.filter(|recording| recording.goes_at > now);
        Ok(stored)
    }
}
