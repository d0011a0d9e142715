//! What scores add up to: one person's standing, and everybody's.

use sellme_core::{
    DAY_MS, Error, Millis,
    catalog::{Product, Scenario},
    company::{Holder, Standing, standing},
    error::Result,
    id::{ShopId, UserId},
    progress::{Candidate, recommend},
    scoring::report::Message,
};
use sellme_store::company::Improved;
use serde_json::json;

use super::{Company, Manager};

/// How many of the last scores decide what is practised next.
const DECIDING: u32 = 5;

/// From when on scores count on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Period {
    /// The last seven days.
    Week,
    /// The last thirty days.
    Month,
    /// Ever.
    #[default]
    AllTime,
}

impl Period {
    /// How many days it has, today among them; none where it has no beginning.
    fn days(self) -> Option<i64> {
        match self {
            Self::Week => Some(7),
            Self::Month => Some(30),
            Self::AllTime => None,
        }
    }

    /// Its first day (days since 1970-01-01, UTC).
    fn first_day(self, Millis(now): Millis) -> i64 {
        now.div_euclid(DAY_MS) - self.days().unwrap_or(i64::from(u32::MAX)) + 1
    }

    /// When it begins; none where it has no beginning.
    pub(super) fn begins(self, now: Millis) -> Option<Millis> {
        self.days().map(|_| Millis(self.first_day(now) * DAY_MS))
    }
}

/// A place on the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardRow {
    /// From 1; those with the same mean share a place.
    pub place: u32,
    /// Who.
    pub account: UserId,
    /// What they are called.
    pub name: String,
    /// Mean overall score, rounded.
    pub average: u8,
    /// Best overall score.
    pub best: u8,
    /// Scored sessions.
    pub sessions: u32,
}

/// A place among those who improved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImprovedRow {
    /// The place, and what the scores of the period come to.
    pub row: BoardRow,
    /// Mean of the period less mean of the period before, in tenths of a point.
    pub improvement_tenths: i64,
}

/// A mean of percentages, half up.
fn mean(sum: u64, count: u32) -> u8 {
    let count = u64::from(count);
    u8::try_from((2 * sum + count) / (2 * count).max(1)).unwrap_or(100)
}

impl Company {
    /// What a person's computed scores come to.
    ///
    /// # Errors
    /// `Forbidden` for somebody else's who is not of the team, `NotFound`.
    pub async fn standing(&self, holder: &Holder, of: UserId) -> Result<Standing> {
        self.acts_for(holder, of).await?;
        Ok(standing(&self.store().sums(holder.organisation, of).await?))
    }

    /// Who scored best in a period, of one store or of all, among those with enough scored, submitted sessions in it.
    ///
    /// # Errors
    /// `NotFound` for an unknown store.
    pub async fn board(&self, holder: &Holder, period: Period, shop: Option<ShopId>) -> Result<Vec<BoardRow>> {
        let least = self.least(holder, shop).await?;
        let from = period.first_day(self.device().now());
        let rows = self.store().leaderboard(holder.organisation, shop, from, least).await?;
        let mut board: Vec<BoardRow> = Vec::with_capacity(rows.len());
        for (row, place) in rows.into_iter().zip(1..) {
            let average = mean(row.score_sum, row.scored);
            let place = board.last().filter(|last| last.average == average).map_or(place, |last| last.place);
            board.push(BoardRow { place, account: row.account, name: row.name, average, best: row.best, sessions: row.scored });
        }
        Ok(board)
    }

    /// Who did better in a period than in as many days before it, of one store or of all, among those with enough scored, submitted sessions in both.
    ///
    /// # Errors
    /// `NotFound` for an unknown store.
    pub async fn most_improved(&self, holder: &Holder, period: Period, shop: Option<ShopId>) -> Result<Vec<ImprovedRow>> {
        let least = self.least(holder, shop).await?;
        let Some(days) = period.days() else { return Ok(Vec::new()) };
        let from = period.first_day(self.device().now());
        let rows = self.store().improvements(holder.organisation, shop, from - days, from, least).await?;
        let tenths = |row: &Improved| {
            let (now, before) = (i64::from(row.now.0), i64::from(row.before.0));
            let sum = |sum: u64| i64::try_from(sum).unwrap_or(i64::MAX / 1_000_000);
            // Half up, as everywhere.
            (20 * (sum(row.now.1) * before - sum(row.before.1) * now) + now * before).div_euclid(2 * now * before)
        };
        let mut rows: Vec<_> = rows.into_iter().map(|row| (tenths(&row), row)).filter(|(tenths, _)| *tenths > 0).collect();
        rows.sort_by_key(|(tenths, _)| std::cmp::Reverse(*tenths));
        let mut board: Vec<ImprovedRow> = Vec::with_capacity(rows.len());
        for ((improvement_tenths, row), place) in rows.into_iter().zip(1..) {
            let place = board.last().filter(|last| last.improvement_tenths == improvement_tenths).map_or(place, |last| last.row.place);
            let average = mean(row.now.1, row.now.0);
            let (account, name, best, sessions) = (row.account, row.name, row.now.2, row.now.0);
            board.push(ImprovedRow { row: BoardRow { place, account, name, average, best, sessions }, improvement_tenths });
        }
        Ok(board)
    }

    /// Writes down that a board was taken, to be kept elsewhere.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn board_exported(&self, by: &Manager, shop: Option<ShopId>) -> Result<()> {
        let holder = by.holder();
        let deed = self.deed(Some(holder.account), "leaderboard.exported", &holder.organisation, &json!({ "storeId": shop }));
        Ok(self.store().note(holder.organisation, deed).await?)
    }

    /// Fewest sessions to stand on a board of this store.
    async fn least(&self, holder: &Holder, shop: Option<ShopId>) -> Result<u32> {
        if let Some(shop) = shop {
            self.store().shop(holder.organisation, shop).await?;
        }
        Ok(self.chosen(holder.organisation).await?.leaderboard_minimum)
    }

    /// Id of the scenario to practise next, of one product or of all, and why.
    ///
    /// # Errors
    /// `NotFound` for an unknown product, or where there is nothing to practise.
    pub async fn recommended(&self, holder: &Holder, product: Option<&str>) -> Result<(String, Message)> {
        let edition = self.catalog(holder.organisation).await?;
        let catalog = &edition.catalog;
        if let Some(product) = product
            && catalog.product(product).is_none()
        {
            return Err(Error::not_found("product", product));
        }
        let practised = self.store().practised(holder.organisation, holder.account).await?;
        let scores = self.store().recent_scores(holder.organisation, holder.account, product, DECIDING).await?;
        let of_product = catalog.products.iter().filter(|candidate| product.is_none_or(|product| candidate.id == product));
        let candidate = |product: &Product, scenario: &Scenario| {
            let done = practised.iter().find(|done| done.0 == scenario.id);
            Candidate {
                scenario_id: scenario.id.clone(),
                product_id: product.id.clone(),
                difficulty: scenario.difficulty,
                sample: product.sample,
                attempts: done.map_or(0, |done| done.1),
                best: done.and_then(|done| done.2),
            }
        };
        let candidates: Vec<_> =
            of_product.flat_map(|product| product.scenarios.iter().map(move |scenario| candidate(product, scenario))).collect();
        recommend(&scores, &candidates, &[]).ok_or_else(|| Error::not_found("scenario", "recommended"))
    }
}
