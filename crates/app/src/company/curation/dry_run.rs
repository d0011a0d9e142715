//! What a catalogue would have made of the sessions that were computed last. Nothing is kept of it.

use std::sync::Arc;

use sellme_core::{
    Code, Error,
    catalog::Catalog,
    company::turns,
    id::{SessionId, UserId},
    scoring::{
        self, Context,
        report::{Metrics, Report},
    },
    session::Outcome,
};
use sellme_store::company::Attempt;
use serde_json::Value;

use super::{Admin, Company, Unpublished, editions::read};

/// How many sessions are read at once: each comes with its transcript.
const PIECE: u32 = 20;

/// What a session was worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scores {
    /// Overall; none where the conversation was too short.
    pub overall: Option<u8>,
    /// The four skills.
    pub metrics: Metrics,
    /// How it ended.
    pub outcome: Option<Outcome>,
}

/// A session, as it was computed and as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescored {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub account: UserId,
    /// Its scenario.
    pub scenario: String,
    /// As it was computed.
    pub before: Scores,
    /// As it would be; none where the catalogue has no such scenario, or the transcript cannot be scored.
    pub after: Option<Scores>,
    /// True where the catalogue has no such scenario.
    pub gone: bool,
}

impl Rescored {
    /// True where it would be worth something else.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.after.is_some_and(|after| after != self.before)
    }
}

/// What a catalogue would make of sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DryRun {
    /// Each session, the newest first.
    pub sessions: Vec<Rescored>,
}

impl DryRun {
    /// How many would be worth something else.
    #[must_use]
    pub fn changed(&self) -> usize {
        self.sessions.iter().filter(|session| session.changes()).count()
    }

    /// How many have a scenario that the catalogue does not have.
    #[must_use]
    pub fn gone(&self) -> usize {
        self.sessions.iter().filter(|session| session.gone).count()
    }

    /// Mean of new less old overall scores, in hundredths, half away from zero; none without a session that has both.
    #[must_use]
    pub fn mean_difference_hundredths(&self) -> Option<i64> {
        let difference = |session: &Rescored| Some(i64::from(session.after?.overall?) - i64::from(session.before.overall?));
        let differences: Vec<i64> = self.sessions.iter().filter_map(difference).collect();
        let count = i64::try_from(differences.len()).ok().filter(|count| *count > 0)?;
        let sum = differences.iter().sum::<i64>() * 100;
        Some((2 * sum + sum.signum() * count) / (2 * count))
    }
}

impl Company {
    /// Scores the sessions that were computed last once more, with this catalogue.
    ///
    /// # Errors
    /// The catalogue's faults.
    pub async fn dry_run(&self, by: &Admin, catalog: Value, sessions: u32) -> std::result::Result<DryRun, Unpublished> {
        let organisation = by.holder().organisation;
        let catalog = read(catalog).await?;
        let mut run = DryRun::default();
        for offset in (0..sessions).step_by(PIECE as usize) {
            let piece = self.store().computed_last(organisation, offset, PIECE.min(sessions - offset)).await?;
            let (catalog, ended) = (Arc::clone(&catalog), piece.len() < PIECE as usize);
            let work = move || piece.into_iter().map(|(attempt, transcript)| rescored(&catalog, attempt, &transcript)).collect::<Vec<_>>();
            let failed = |_| Error::new(Code::Internal, "A session could not be scored with this catalogue. Nothing was changed.");
            run.sessions.extend(tokio::task::spawn_blocking(work).await.map_err(failed)?);
            if ended {
                break;
            }
        }
        Ok(run)
    }
}

fn rescored(catalog: &Catalog, attempt: Attempt, transcript: &str) -> Rescored {
    let found = catalog.scenario(&attempt.scenario_id);
    let report = found.zip(turns(transcript).ok()).map(|((product, scenario), turns)| {
        let context = Context {
            product: Some(product),
            scenario: Some(scenario),
            policies: &catalog.policies,
            catalog_revision: Some(catalog.revision),
        };
        scoring::score(&context, &turns)
    });
    let after = |report: Report| Scores { overall: report.overall_score, metrics: report.metrics, outcome: Some(report.outcome) };
    Rescored {
        session: attempt.id,
        account: attempt.account,
        before: Scores { overall: attempt.score, metrics: attempt.metrics, outcome: attempt.outcome },
        after: report.map(after),
        gone: found.is_none(),
        scenario: attempt.scenario_id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(before: Option<u8>, after: Option<u8>) -> Rescored {
        let scores = |overall| Scores { overall, metrics: Metrics::default(), outcome: None };
        Rescored {
            session: SessionId(uuid::Uuid::nil()),
            account: UserId(uuid::Uuid::nil()),
            scenario: String::new(),
            before: scores(before),
            after: Some(scores(after)),
            gone: false,
        }
    }

    #[test]
    fn the_mean_difference_is_rounded_away_from_zero_and_leaves_out_what_has_no_score() {
        let mean = |sessions: &[(Option<u8>, Option<u8>)]| {
            let sessions = sessions.iter().map(|(before, after)| session(*before, *after)).collect();
            DryRun { sessions }.mean_difference_hundredths()
        };
        assert_eq!(mean(&[]), None);
        assert_eq!(mean(&[(None, Some(7)), (Some(7), None)]), None);
        assert_eq!(mean(&[(Some(50), Some(51)), (Some(50), Some(50)), (Some(9), None)]), Some(50));
        assert_eq!(mean(&[(Some(50), Some(51)), (Some(50), Some(50)), (Some(50), Some(51))]), Some(67));
        assert_eq!(mean(&[(Some(51), Some(50)), (Some(50), Some(50)), (Some(51), Some(50))]), Some(-67));
    }
}
