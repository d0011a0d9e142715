//! Sessions that were practised and scored elsewhere, taken in as they stand.

use sellme_core::id::OrganisationId;

use super::{accounts, standing};
use crate::{
    Result,
    columns::Word,
    company::{Attempt, CompanyStore, NewAccount, value::params},
};

impl CompanyStore {
    /// Adds people, and sessions of theirs with their feedback and transcript: all or nothing. Their scores count as if they had been computed here.
    pub async fn import(
        &self,
        organisation: OrganisationId,
        people: Vec<NewAccount>,
        sessions: Vec<(Attempt, String, String)>,
    ) -> Result<()> {
        self.write_apart(move |db| {
            for account in &people {
                accounts::add(db, organisation, account)?;
            }
            for (attempt, feedback, transcript) in &sessions {
                let metrics = attempt.metrics;
                db.run(
                    "INSERT INTO session (organisation, id, account, scenario_id, product_id, visibility, status, catalog_revision, started_at, ended_at,
                       claimed_metrics, claimed_score, verification, score, product_knowledge, objection_handling, closing_technique, rapport)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'verified', $13, $14, $15, $16, $17)",
                    params![
                        organisation.0,
                        attempt.id.0,
                        attempt.account.0,
                        &attempt.scenario_id,
                        &attempt.product_id,
                        attempt.visibility.word(),
                        attempt.status.word(),
                        attempt.catalog_revision,
                        attempt.started_at,
                        attempt.ended_at,
                        attempt.claimed_metrics.as_ref(),
                        attempt.claimed_score,
                        attempt.score,
                        metrics.product_knowledge,
                        metrics.objection_handling,
                        metrics.closing_technique,
                        metrics.rapport,
                    ],
                )?;
                db.run(
                    "INSERT INTO claim (organisation, session, feedback, transcript) VALUES ($1, $2, $3, $4)",
                    params![organisation.0, attempt.id.0, feedback, transcript],
                )?;
                standing::count(db, organisation, attempt)?;
            }
            Ok(())
        })
        .await
    }
}
