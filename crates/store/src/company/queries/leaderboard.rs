//! Who scored what in a period. Who does not want to stand on the board does not.

use sellme_core::id::{OrganisationId, ShopId, UserId};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Improved, Ranked,
        value::{Row, params},
    },
};

/// Who may stand on a board; the store is the second parameter.
const STANDING: &str = "a.disabled_at IS NULL AND a.on_board = 1 AND (CAST($2 AS UUID) IS NULL OR a.shop = $2)";

impl CompanyStore {
    /// Everybody of the store, where one is named, with a scored, submitted session from this day on (days since 1970-01-01, UTC), the best mean first; those with
    /// fewer than `least` are left out.
    pub async fn leaderboard(&self, organisation: OrganisationId, shop: Option<ShopId>, from_day: i64, least: u32) -> Result<Vec<Ranked>> {
        self.read(move |db| {
            let rows = db.rows(
                &format!(
                    "SELECT d.account, a.name, CAST(sum(d.scored) AS BIGINT), CAST(sum(d.score_sum) AS BIGINT), max(d.best)
                     FROM day d JOIN account a ON a.organisation = d.organisation AND a.id = d.account
                     WHERE d.organisation = $1 AND {STANDING} AND d.day >= $3
                     GROUP BY d.account, a.name HAVING CAST(sum(d.scored) AS BIGINT) >= $4
                     ORDER BY (CAST(sum(d.score_sum) AS BIGINT) * 1000) / CAST(sum(d.scored) AS BIGINT) DESC, a.name, d.account"
                ),
                params![organisation.0, shop.map(|shop| shop.0), from_day, least],
            )?;
            let ranked = |mut row: Row| -> Result<Ranked> {
                Ok(Ranked {
                    account: UserId(row.id(0)?),
                    name: row.text(1)?,
                    scored: row.count(2)?,
                    score_sum: sum(&row, 3)?,
                    best: row.maybe_score(4)?.unwrap_or(0),
                })
            };
            rows.into_iter().map(ranked).collect()
        })
        .await
    }

    /// Everybody of the store, where one is named, with at least so many scored, submitted sessions from `from_day` on, and as many in the days from `before_day` to
    /// that one. By name.
    pub async fn improvements(
        &self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
        before_day: i64,
        from_day: i64,
        least: u32,
    ) -> Result<Vec<Improved>> {
        self.read(move |db| {
            let of = |what: &str, period: &str| {
                format!("coalesce(CAST(sum(CASE WHEN d.day {period} $4 THEN d.{what} ELSE 0 END) AS BIGINT), 0)")
            };
            let (now, before) = (of("scored", ">="), of("scored", "<"));
            let rows = db.rows(
                &format!(
                    "SELECT d.account, a.name, {now}, {}, {}, max(CASE WHEN d.day >= $4 THEN d.best ELSE 0 END), {before}
                     FROM day d JOIN account a ON a.organisation = d.organisation AND a.id = d.account
                     WHERE d.organisation = $1 AND {STANDING} AND d.day >= $3
                     GROUP BY d.account, a.name HAVING {now} >= $5 AND {before} >= $5 ORDER BY a.name, d.account",
                    of("score_sum", ">="),
                    of("score_sum", "<"),
                ),
                params![organisation.0, shop.map(|shop| shop.0), before_day, from_day, least],
            )?;
            let improved = |mut row: Row| -> Result<Improved> {
                Ok(Improved {
                    account: UserId(row.id(0)?),
                    name: row.text(1)?,
                    now: (row.count(2)?, sum(&row, 3)?, row.maybe_score(5)?.unwrap_or(0)),
                    before: (row.count(6)?, sum(&row, 4)?),
                })
            };
            rows.into_iter().map(improved).collect()
        })
        .await
    }
}

fn sum(row: &Row, column: usize) -> Result<u64> {
    u64::try_from(row.integer(column)?).map_err(|_| StoreError::Value("a sum"))
}
