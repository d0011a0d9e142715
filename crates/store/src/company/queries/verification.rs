//! The queue of sessions whose report is to be computed, and what was computed.

use sellme_core::{
    Millis,
    id::{OrganisationId, SessionId},
    scoring::report::Report,
};

use super::{
    attempts, catalogs,
    objections::{self, Of},
    standing,
};
use crate::{
    Result, StoreError,
    columns::{Word, json},
    company::{
        CompanyStore, Computed, Due,
        sql::Sql,
        value::{only, params},
    },
};

/// How long a process has what it took, in milliseconds. After that another one may take it.
const LEASE_MS: i64 = 60_000;

/// Lets go of what a process had taken that is gone, and of what it could not compute: for whoever knows that there is no other.
pub(in crate::company) fn let_go(db: &mut dyn Sql) -> Result<()> {
    db.run("UPDATE pending SET leased_until = 0, failed_by = NULL WHERE leased_until > 0 OR failed_by IS NOT NULL", &[]).map(|_| ())
}

impl CompanyStore {
    /// Takes the oldest of the queue that this version of the program has not failed at, at most so many. Nobody else gets them for a minute.
    pub async fn take_due(&self, most: u32, version: &'static str, now: Millis) -> Result<Vec<Due>> {
        self.write_apart(move |db| {
            let taken = db.rows(
                // What somebody has for far longer than a minute was taken before the clock was set back. A little longer is another process whose clock is ahead of
                // this one's, or who looked at it later and was quicker.
                "UPDATE pending SET leased_until = $1 WHERE (leased_until <= $2 OR leased_until > $3) AND (organisation, session) IN
                   (SELECT organisation, session FROM pending WHERE (leased_until <= $2 OR leased_until > $3) AND (failed_by IS NULL OR failed_by <> $5)
                    ORDER BY queued_at LIMIT $4)
                 RETURNING organisation, session",
                params![Millis(now.0 + LEASE_MS), now, Millis(now.0 + 2 * LEASE_MS), most, version],
            )?;
            let mut due = Vec::new();
            for row in taken {
                let (organisation, session) = (OrganisationId(row.id(0)?), SessionId(row.id(1)?));
                let sql = "SELECT transcript FROM claim WHERE organisation = $1 AND session = $2";
                let Some(mut claim) = db.row(sql, params![organisation.0, session.0])? else { continue };
                let attempt = attempts::find(db, organisation, session)?;
                due.push(Due { organisation, attempt, transcript: claim.text(0)? });
            }
            Ok(due)
        })
        .await
    }

    /// Keeps in mind that this version of the program failed at a report. It stays in the queue for another one, which gets it once the minute is over for which it was
    /// taken: two versions that serve beside each other do not hand it to and fro.
    pub async fn set_aside(&self, organisation: OrganisationId, session: SessionId, version: &'static str) -> Result<()> {
        self.write(move |db| {
            let sql = "UPDATE pending SET failed_by = $3 WHERE organisation = $1 AND session = $2";
            db.run(sql, params![organisation.0, session.0, version]).map(|_| ())
        })
        .await
    }

    /// How many are waiting that this version of the program has not failed at, since when the oldest of them does, and how many it has failed at.
    pub async fn waiting(&self, version: &'static str) -> Result<(u32, Option<Millis>, u32)> {
        self.read_at_once(move |db| {
            let sql = "SELECT count(*), min(queued_at) FROM pending WHERE failed_by IS NULL OR failed_by <> $1";
            let row = only(db.rows(sql, params![version])?)?;
            let failed = only(db.rows("SELECT count(*) FROM pending WHERE failed_by = $1", params![version])?)?;
            Ok((row.count(0)?, row.maybe_millis(1)?, failed.count(0)?))
        })
        .await
    }

    /// Keeps what was computed, and counts it. What another process was quicker to keep is left as it is.
    pub async fn keep_computed(&self, computed: Vec<Computed>) -> Result<()> {
        let pack = move || computed.into_iter().map(Packed::of).collect::<Result<Vec<_>>>();
        let computed = tokio::task::spawn_blocking(pack).await.unwrap_or(Err(StoreError::Closed))?;
        self.write_apart(move |db| {
            for Packed { computed, body } in &computed {
                let (organisation, session) = (computed.organisation, computed.session);
                let gone = db.run("DELETE FROM pending WHERE organisation = $1 AND session = $2", params![organisation.0, session.0])?;
                if gone == 0 {
                    continue;
                }
                let report = computed.report.as_ref();
                let metrics = report.map(|report| report.metrics).unwrap_or_default();
                db.run(
                    "UPDATE session SET verification = $3, score = $4, product_knowledge = $5, objection_handling = $6, closing_technique = $7,
                       rapport = $8, outcome = $9, rubric = $10 WHERE organisation = $1 AND id = $2",
                    params![
                        organisation.0,
                        session.0,
                        computed.verification.word(),
                        report.and_then(|report| report.overall_score),
                        metrics.product_knowledge,
                        metrics.objection_handling,
                        metrics.closing_technique,
                        metrics.rapport,
                        report.map(|report| report.outcome.word()),
                        report.map(|report| report.rubric.version.as_str()),
                    ],
                )?;
                if let (Some(report), Some(body)) = (report, body) {
                    db.run(
                        "INSERT INTO report (organisation, session, catalog_revision, rubric, body, sorted_out) VALUES ($1, $2, $3, $4, $5, 1)",
                        params![organisation.0, session.0, report.catalog_revision.unwrap_or(0), &report.rubric.hash, &body[..]],
                    )?;
                }
                let attempt = attempts::find(db, organisation, session)?;
                if let (Some(report), Some(at)) = (report, attempt.ended_at) {
                    let of = Of { organisation, session, account: attempt.account, product: &attempt.product_id, at };
                    objections::keep(db, &of, &report.objections)?;
                }
                standing::count(db, organisation, &attempt)?;
            }
            Ok(())
        })
        .await
    }
}

/// What was computed, with its report ready to be kept.
struct Packed {
    computed: Computed,
    body: Option<Vec<u8>>,
}

impl Packed {
    fn of(computed: Computed) -> Result<Self> {
        let pack = |report: &Report| catalogs::pack(&json(report, "a report")?);
        let body = computed.report.as_ref().map(pack).transpose()?;
        Ok(Self { computed, body })
    }
}
