//! The end of a session, as a client hands it in.

use sellme_core::id::{OrganisationId, SessionId, UserId};

use super::{attempts, audit};
use crate::{
    Result,
    company::{CompanyStore, Deed, Ending, HandedIn, sql::Sql, value::params},
};

impl CompanyStore {
    /// Ends a session with what a client hands in, and puts it in the queue of what is to be computed: all or nothing. `of` says whose it must be, where that
    /// matters. The same handed in twice is kept once; something else is refused. What is handed in is submitted by that. `deed` is written down where it is done for
    /// somebody else.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`] where there is no such session.
    pub async fn hand_in(
        &self,
        organisation: OrganisationId,
        id: SessionId,
        of: Option<UserId>,
        end: HandedIn,
        deed: Option<Deed>,
    ) -> Result<Ending> {
        self.write(move |db| {
            let ended = db.row(
                &format!(
                    "UPDATE session SET status = 'COMPLETED', visibility = 'submitted', ended_at = $3, claimed_metrics = $4, claimed_score = $5, verification = 'pending'
                     WHERE organisation = $1 AND id = $2 AND status = 'IN_PROGRESS' AND (CAST($6 AS UUID) IS NULL OR account = $6) RETURNING {}",
                    attempts::COLUMNS
                ),
                params![organisation.0, id.0, end.ended_at, &end.metrics, end.score, of.map(|of| of.0)],
            )?;
            let Some(ended) = ended else { return before(db, organisation, id, of, &end) };
            let attempt = attempts::attempt(ended)?;
            db.run(
                "INSERT INTO claim (organisation, session, feedback, transcript) VALUES ($1, $2, $3, $4)",
                params![organisation.0, id.0, &end.feedback, &end.transcript],
            )?;
            db.run(
                "INSERT INTO pending (organisation, session, account, queued_at) VALUES ($1, $2, $3, $4)",
                params![organisation.0, id.0, attempt.account.0, end.ended_at],
            )?;
            if let Some(deed) = deed.as_ref().filter(|deed| deed.actor != Some(attempt.account)) {
                audit::note(db, organisation, deed)?;
            }
            Ok(Ending::Kept(attempt))
        })
        .await
    }
}

/// What there is where nothing could be ended: somebody was quicker, perhaps in another process, and what they left is what is compared.
fn before(db: &mut dyn Sql, organisation: OrganisationId, id: SessionId, of: Option<UserId>, end: &HandedIn) -> Result<Ending> {
    let attempt = attempts::find(db, organisation, id)?;
    if of.is_some_and(|of| of != attempt.account) {
        return Ok(Ending::NotTheirs);
    }
    let sql = "SELECT feedback, transcript FROM claim WHERE organisation = $1 AND session = $2";
    let Some(mut there) = db.row(sql, params![organisation.0, id.0])? else { return Ok(Ending::Other) };
    let same = attempt.claimed_metrics.as_deref() == Some(end.metrics.as_str())
        && there.text(0)? == end.feedback
        && there.text(1)? == end.transcript;
    Ok(if same { Ending::Kept(attempt) } else { Ending::Other })
}
