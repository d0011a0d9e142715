//! What customers held against products, taken out of the reports so that it can be counted.

use sellme_core::{
    Millis,
    catalog::ObjectionCategory,
    id::{OrganisationId, SessionId, UserId},
    scoring::report::{ObjectionRow, Report},
};

use super::{attempts, catalogs};
use crate::{
    Result,
    columns::{Word, from_json},
    company::{
        CompanyStore, ObjectionSums, TeamQuery,
        sql::Sql,
        value::{Row, params},
    },
};

crate::columns::words!(ObjectionCategory {
    Price => "price",
    Quality => "quality",
    Timing => "timing",
    Competition => "competition",
    Need => "need",
    Trust => "trust"
});

/// Whose session it is, and when it was handed in.
pub(super) struct Of<'a> {
    pub(super) organisation: OrganisationId,
    pub(super) session: SessionId,
    pub(super) account: UserId,
    pub(super) product: &'a str,
    pub(super) at: Millis,
}

impl CompanyStore {
    /// Takes the objections out of the next reports that were computed before there was a place for them.
    pub async fn sort_out(&self, most: u32) -> Result<()> {
        let found = self
            .read(move |db| {
                let rows = db.rows("SELECT organisation, session, body FROM report WHERE sorted_out = 0 LIMIT $1", params![most])?;
                rows.iter().map(older).collect::<Result<Vec<_>>>()
            })
            .await?;
        // Seldom is there any.
        if found.is_empty() {
            return Ok(());
        }
        self.write(move |db| {
            for (organisation, session, objections) in &found {
                let (organisation, session) = (*organisation, *session);
                let mark = "UPDATE report SET sorted_out = 1 WHERE organisation = $1 AND session = $2 AND sorted_out = 0";
                if db.run(mark, params![organisation.0, session.0])? == 0 {
                    continue;
                }
                let attempt = attempts::find(db, organisation, session)?;
                if let Some(at) = attempt.ended_at {
                    let of = Of { organisation, session, account: attempt.account, product: &attempt.product_id, at };
                    keep(db, &of, objections)?;
                }
            }
            Ok(())
        })
        .await
    }

    /// Which objections stood most often at the end, those of each product apart.
    pub async fn objections_lost(&self, organisation: OrganisationId, query: TeamQuery, most: u32) -> Result<Vec<ObjectionSums>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT o.product_id, o.category, o.objection, count(DISTINCT o.session), count(DISTINCT CASE WHEN o.resolved = 0 THEN o.session END)
                 FROM objection o JOIN account a ON a.organisation = o.organisation AND a.id = o.account
                 WHERE o.organisation = $1 AND o.at >= $2 AND (CAST($3 AS UUID) IS NULL OR a.shop = $3)
                 GROUP BY o.product_id, o.category, o.objection HAVING min(o.resolved) = 0
                 ORDER BY 5 DESC, 4 DESC, o.product_id, o.category, coalesce(o.objection, '') LIMIT $4",
                params![organisation.0, query.from.unwrap_or(Millis(i64::MIN)), query.shop.map(|shop| shop.0), most],
            )?;
            rows.into_iter().map(sums).collect()
        })
        .await
    }
}

/// A report of which nothing was taken out yet: whose, and what it says. One that cannot be read says nothing.
fn older(row: &Row) -> Result<(OrganisationId, SessionId, Vec<ObjectionRow>)> {
    let report: Option<Report> = catalogs::unpack(row.bytes(2)?).and_then(|text| from_json(&text, "a report")).ok();
    Ok((OrganisationId(row.id(0)?), SessionId(row.id(1)?), report.map(|report| report.objections).unwrap_or_default()))
}

fn sums(mut row: Row) -> Result<ObjectionSums> {
    Ok(ObjectionSums {
        product: row.text(0)?,
        category: attempts::word(&mut row, 1)?,
        objection: row.maybe_text(2)?,
        raised: row.count(3)?,
        lost: row.count(4)?,
    })
}

/// Keeps what was held against the product in a session.
pub(super) fn keep(db: &mut dyn Sql, of: &Of<'_>, objections: &[ObjectionRow]) -> Result<()> {
    for (row, place) in objections.iter().zip(0_u32..) {
        db.run(
            "INSERT INTO objection (organisation, at, session, place, account, product_id, category, objection, resolved)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            params![
                of.organisation.0,
                of.at,
                of.session.0,
                place,
                of.account.0,
                of.product,
                row.category.word(),
                row.objection.as_ref(),
                i64::from(row.resolved),
            ],
        )?;
    }
    Ok(())
}
