//! What the sessions of a team add up to. What was practised in private is nobody else's business and counts in nothing here.

use sellme_core::{
    Millis,
    id::{OrganisationId, UserId},
};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Member, ProductSums, TeamQuery,
        value::{Row, only, params},
    },
};

impl CompanyStore {
    /// What the computed sessions about each product add up to.
    pub async fn product_sums(&self, organisation: OrganisationId, query: TeamQuery) -> Result<Vec<ProductSums>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT s.product_id, count(*), count(s.score), CAST(coalesce(sum(s.score), 0) AS BIGINT),
                   count(s.product_knowledge), CAST(coalesce(sum(s.product_knowledge), 0) AS BIGINT),
                   count(s.objection_handling), CAST(coalesce(sum(s.objection_handling), 0) AS BIGINT),
                   count(s.closing_technique), CAST(coalesce(sum(s.closing_technique), 0) AS BIGINT),
                   count(s.rapport), CAST(coalesce(sum(s.rapport), 0) AS BIGINT),
                   count(CASE WHEN s.outcome = 'sale' THEN 1 END), count(CASE WHEN s.outcome = 'no_sale' THEN 1 END),
                   count(CASE WHEN s.outcome = 'undecided' THEN 1 END)
                 FROM session s JOIN account a ON a.organisation = s.organisation AND a.id = s.account
                 WHERE s.organisation = $1 AND s.ended_at >= $2 AND s.visibility = 'submitted' AND s.verification <> 'pending'
                   AND (CAST($3 AS UUID) IS NULL OR a.shop = $3)
                 GROUP BY s.product_id ORDER BY s.product_id",
                params![organisation.0, from(query), query.shop.map(|shop| shop.0)],
            )?;
            rows.into_iter().map(sums).collect()
        })
        .await
    }

    /// Trainees who may sign in and handed nothing in, the longest without practice first; and how many there are in all.
    pub async fn without_practice(&self, organisation: OrganisationId, query: TeamQuery, most: u32) -> Result<(Vec<Member>, u32)> {
        self.read_at_once(move |db| {
            let idle = "a.organisation = $1 AND a.role = 'trainee' AND a.disabled_at IS NULL AND (CAST($3 AS UUID) IS NULL OR a.shop = $3)
                 AND NOT EXISTS (SELECT 1 FROM session s WHERE s.organisation = a.organisation AND s.account = a.id AND s.ended_at >= $2)";
            let counted = db.rows(
                &format!("SELECT count(*) FROM account a WHERE {idle}"),
                params![organisation.0, from(query), query.shop.map(|shop| shop.0)],
            )?;
            let rows = db.rows(
                &format!(
                    "SELECT a.id, a.name, m.latest FROM account a LEFT JOIN
                       (SELECT account, max(ended_at) AS latest FROM session WHERE organisation = $1 AND ended_at < $2 GROUP BY account) m
                       ON m.account = a.id
                     WHERE {idle} ORDER BY coalesce(m.latest, -1), a.name, a.id LIMIT $4"
                ),
                params![organisation.0, from(query), query.shop.map(|shop| shop.0), most],
            )?;
            Ok((rows.into_iter().map(member).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }
}

fn from(query: TeamQuery) -> Millis {
    query.from.unwrap_or(Millis(i64::MIN))
}

fn sums(mut row: Row) -> Result<ProductSums> {
    let pair = |row: &Row, column: usize| -> Result<(u32, u64)> {
        Ok((row.count(column)?, u64::try_from(row.integer(column + 1)?).map_err(|_| StoreError::Value("a sum"))?))
    };
    Ok(ProductSums {
        product: row.text(0)?,
        sessions: row.count(1)?,
        scored: pair(&row, 2)?,
        skills: [pair(&row, 4)?, pair(&row, 6)?, pair(&row, 8)?, pair(&row, 10)?],
        outcomes: [row.count(12)?, row.count(13)?, row.count(14)?],
    })
}

fn member(mut row: Row) -> Result<Member> {
    Ok(Member { account: UserId(row.id(0)?), name: row.text(1)?, last: row.maybe_millis(2)? })
}
