//! What managers and admins say about submitted sessions. What was said is never changed: the newest counts.

use sellme_core::id::{OrganisationId, SessionId, UserId};

use super::audit;
use crate::{
    Result,
    company::{
        CompanyStore, Deed, NewReview, Review,
        sql::Sql,
        value::{Row, params},
    },
};

impl CompanyStore {
    /// Keeps what somebody says about a session. The same once more, right after itself, is no other.
    pub async fn review(&self, organisation: OrganisationId, session: SessionId, review: &NewReview, deed: Deed) -> Result<Review> {
        let review = review.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            let last = find(db, organisation, session)?.into_iter().find(|last| last.reviewer == review.reviewer);
            let version = match last {
                Some(last) if last.comment == review.comment && last.score == review.score => return Ok(last),
                last => last.map_or(0, |last| last.version) + 1,
            };
            db.run(
                "INSERT INTO review (organisation, session, reviewer, version, at, comment, score) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                params![organisation.0, session.0, review.reviewer.0, version, review.at, &review.comment, review.score],
            )?;
            audit::note(db, organisation, &deed)?;
            let NewReview { reviewer, at, comment, score } = review.clone();
            let sql = "SELECT name FROM account WHERE organisation = $1 AND id = $2";
            let name = db.row(sql, params![organisation.0, reviewer.0])?.map(|mut row| row.text(0)).transpose()?.unwrap_or_default();
            Ok(Review { reviewer, name, version, at, comment, score })
        })
        .await
    }

    /// What each reviewer said last about a session, the earliest first.
    pub async fn reviews(&self, organisation: OrganisationId, session: SessionId) -> Result<Vec<Review>> {
        self.read(move |db| find(db, organisation, session)).await
    }
}

fn find(db: &mut dyn Sql, organisation: OrganisationId, session: SessionId) -> Result<Vec<Review>> {
    let rows = db.rows(
        "SELECT r.reviewer, a.name, r.version, r.at, r.comment, r.score
         FROM review r JOIN account a ON a.organisation = r.organisation AND a.id = r.reviewer
         WHERE r.organisation = $1 AND r.session = $2 AND r.version =
           (SELECT max(n.version) FROM review n WHERE n.organisation = r.organisation AND n.session = r.session AND n.reviewer = r.reviewer)
         ORDER BY r.at, r.reviewer",
        params![organisation.0, session.0],
    )?;
    rows.into_iter().map(review).collect()
}

fn review(mut row: Row) -> Result<Review> {
    Ok(Review {
        reviewer: UserId(row.id(0)?),
        name: row.text(1)?,
        version: row.count(2)?,
        at: row.millis(3)?,
        comment: row.text(4)?,
        score: row.maybe_score(5)?,
    })
}
