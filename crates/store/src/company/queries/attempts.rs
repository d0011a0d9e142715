//! Sessions: begun, read, listed.

use sellme_core::{
    company::Verification,
    id::{OrganisationId, SessionId, UserId},
    scoring::report::{Metrics, Report},
    session::{Outcome, Status, Visibility},
};

use super::{audit, catalogs};
use crate::{
    Result, StoreError,
    columns::{Word, from_json},
    company::{
        Attempt, AttemptQuery, CompanyStore, Deed, NewAttempt,
        sql::Sql,
        value::{Row, only, params},
    },
};

crate::columns::words!(Verification { Pending => "pending", Verified => "verified", Differs => "differs" });

pub(super) const COLUMNS: &str = "id, account, scenario_id, product_id, visibility, status, catalog_revision, started_at, ended_at, \
     claimed_metrics, claimed_score, verification, score, product_knowledge, objection_handling, closing_technique, rapport, outcome, rubric";

impl CompanyStore {
    /// Begins a session. The same once more, of the same person, is no other. `deed` is written down where it is new.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the person is not there, [`StoreError::Exists`] where a session of somebody else, or of another scenario, has that id.
    pub async fn begin(&self, organisation: OrganisationId, attempt: &NewAttempt, deed: Option<Deed>) -> Result<Attempt> {
        let attempt = attempt.clone();
        self.write(move |db| {
            let added = db.run(
                "INSERT INTO session (organisation, id, account, scenario_id, product_id, visibility, status, catalog_revision, started_at)
                 VALUES ($1, $2, $3, $4, $5, $6, 'IN_PROGRESS', $7, $8) ON CONFLICT (organisation, id) DO NOTHING",
                params![
                    organisation.0,
                    attempt.id.0,
                    attempt.account.0,
                    &attempt.scenario_id,
                    &attempt.product_id,
                    attempt.visibility.word(),
                    attempt.catalog_revision,
                    attempt.started_at,
                ],
            );
            match added {
                Ok(1) => {
                    if let Some(deed) = &deed {
                        audit::note(db, organisation, deed)?;
                    }
                    return Ok(attempt.begun());
                }
                Ok(_) => {}
                // The one thing that a session refers to is its person.
                Err(StoreError::NotFound { .. }) => {
                    return Err(StoreError::NotFound { kind: "user", id: attempt.account.to_string() });
                }
                Err(error) => return Err(error),
            }
            let there = find(db, organisation, attempt.id)?;
            if there.account == attempt.account && there.scenario_id == attempt.scenario_id {
                Ok(there)
            } else {
                Err(StoreError::Exists { kind: "session", id: attempt.id.to_string() })
            }
        })
        .await
    }

    /// A session.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn attempt(&self, organisation: OrganisationId, id: SessionId) -> Result<Attempt> {
        self.read(move |db| find(db, organisation, id)).await
    }

    /// What was handed in with the end of a session: the client's words about it, and the transcript as it came.
    pub async fn handed_in(&self, organisation: OrganisationId, id: SessionId) -> Result<Option<(String, String)>> {
        self.read(move |db| {
            let sql = "SELECT feedback, transcript FROM claim WHERE organisation = $1 AND session = $2";
            let found = db.row(sql, params![organisation.0, id.0])?;
            found.map(|mut row| Ok((row.text(0)?, row.text(1)?))).transpose()
        })
        .await
    }

    /// The report that the company computed.
    pub async fn report(&self, organisation: OrganisationId, id: SessionId) -> Result<Option<Report>> {
        self.read(move |db| {
            let found = db.row("SELECT body FROM report WHERE organisation = $1 AND session = $2", params![organisation.0, id.0])?;
            found.map(|row| from_json(&catalogs::unpack(row.bytes(0)?)?, "a report")).transpose()
        })
        .await
    }

    /// A page of sessions, the newest first, and how many there are in all.
    pub async fn attempts(&self, organisation: OrganisationId, query: &AttemptQuery) -> Result<(Vec<Attempt>, u32)> {
        let query = query.clone();
        self.read_at_once(move |db| {
            // Said outright, so that the index of a person's sessions is used for those, and that of the company's for all.
            let whose = if query.account.is_some() { "account = $2" } else { "CAST($2 AS UUID) IS NULL" };
            let matching = format!(
                "organisation = $1 AND {whose} AND (CAST($3 AS UUID) IS NULL OR account = $3 OR visibility = 'submitted')
                 AND (CAST($4 AS TEXT) IS NULL OR status = $4)
                 AND (CAST($5 AS UUID) IS NULL OR account = $3 OR account IN (SELECT id FROM account WHERE organisation = $1 AND shop = $5))"
            );
            let (account, own) = (query.account.map(|id| id.0), query.submitted_or_of.map(|id| id.0));
            let (status, team) = (query.status.map(Word::word), query.team.map(|shop| shop.0));
            let counted =
                db.rows(&format!("SELECT count(*) FROM session WHERE {matching}"), params![organisation.0, account, own, status, team])?;
            let rows = db.rows(
                &format!("SELECT {COLUMNS} FROM session WHERE {matching} ORDER BY started_at DESC, id DESC LIMIT $6 OFFSET $7"),
                params![organisation.0, account, own, status, team, query.limit, query.offset],
            )?;
            Ok((rows.into_iter().map(attempt).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }
}

impl NewAttempt {
    fn begun(&self) -> Attempt {
        Attempt {
            id: self.id,
            account: self.account,
            scenario_id: self.scenario_id.clone(),
            product_id: self.product_id.clone(),
            visibility: self.visibility,
            status: Status::InProgress,
            catalog_revision: self.catalog_revision,
            started_at: self.started_at,
            ended_at: None,
            claimed_metrics: None,
            claimed_score: None,
            verification: None,
            score: None,
            metrics: Metrics::default(),
            outcome: None,
            rubric: None,
        }
    }
}

/// A session.
pub(super) fn find(db: &mut dyn Sql, organisation: OrganisationId, id: SessionId) -> Result<Attempt> {
    let sql = format!("SELECT {COLUMNS} FROM session WHERE organisation = $1 AND id = $2");
    let row = db.row(&sql, params![organisation.0, id.0])?;
    attempt(row.ok_or_else(|| StoreError::NotFound { kind: "session", id: id.to_string() })?)
}

/// A session in the columns of [`COLUMNS`].
pub(super) fn attempt(mut row: Row) -> Result<Attempt> {
    Ok(Attempt {
        id: SessionId(row.id(0)?),
        account: UserId(row.id(1)?),
        scenario_id: row.text(2)?,
        product_id: row.text(3)?,
        visibility: word::<Visibility>(&mut row, 4)?,
        status: word::<Status>(&mut row, 5)?,
        catalog_revision: row.count(6)?,
        started_at: row.millis(7)?,
        ended_at: row.maybe_millis(8)?,
        claimed_metrics: row.maybe_text(9)?,
        claimed_score: row.maybe_score(10)?,
        verification: maybe_word::<Verification>(&mut row, 11)?,
        score: row.maybe_score(12)?,
        metrics: Metrics {
            product_knowledge: row.maybe_score(13)?,
            objection_handling: row.maybe_score(14)?,
            closing_technique: row.maybe_score(15)?,
            rapport: row.maybe_score(16)?,
        },
        outcome: maybe_word::<Outcome>(&mut row, 17)?,
        rubric: row.maybe_text(18)?,
    })
}

pub(super) fn word<W: Word>(row: &mut Row, column: usize) -> Result<W> {
    maybe_word(row, column)?.ok_or(StoreError::Value("a word"))
}

fn maybe_word<W: Word>(row: &mut Row, column: usize) -> Result<Option<W>> {
    row.maybe_text(column)?.map(|text| W::read(&text)).transpose().map_err(|_| StoreError::Value("a word"))
}
