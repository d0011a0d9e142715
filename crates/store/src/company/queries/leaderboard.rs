//! Who scored what in a period.

use sellme_core::id::{OrganisationId, UserId};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Ranked,
        value::{Row, params},
    },
};

impl CompanyStore {
    /// Everybody with a scored, submitted session from this day on (days since 1970-01-01, UTC), the best mean first; those with fewer than `least` are left out.
    pub async fn leaderboard(&self, organisation: OrganisationId, from_day: i64, least: u32) -> Result<Vec<Ranked>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT d.account, a.name, CAST(sum(d.scored) AS BIGINT), CAST(sum(d.score_sum) AS BIGINT), max(d.best)
                 FROM day d JOIN account a ON a.organisation = d.organisation AND a.id = d.account
                 WHERE d.organisation = $1 AND d.day >= $2 AND a.disabled_at IS NULL
                 GROUP BY d.account, a.name HAVING CAST(sum(d.scored) AS BIGINT) >= $3
                 ORDER BY (CAST(sum(d.score_sum) AS BIGINT) * 1000) / CAST(sum(d.scored) AS BIGINT) DESC, a.name, d.account",
                params![organisation.0, from_day, least],
            )?;
            let ranked = |mut row: Row| -> Result<Ranked> {
                Ok(Ranked {
                    account: UserId(row.id(0)?),
                    name: row.text(1)?,
                    scored: row.count(2)?,
                    score_sum: u64::try_from(row.integer(3)?).map_err(|_| StoreError::Value("a sum"))?,
                    best: row.maybe_score(4)?.unwrap_or(0),
                })
            };
            rows.into_iter().map(ranked).collect()
        })
        .await
    }
}
