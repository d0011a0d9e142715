//! What scores add up to: one person's standing, and everybody's.

use sellme_core::{
    Error, Millis,
    catalog::{Product, Scenario},
    company::{Holder, Standing, standing},
    error::Result,
    id::UserId,
    progress::{Candidate, recommend},
    scoring::report::Message,
};

use super::{Company, acts_for, not_yours};

/// Fewest scored sessions to stand on the board.
const LEAST: u32 = 3;

/// How many of the last scores decide what is practised next.
const DECIDING: u32 = 5;

const DAY_MS: i64 = 86_400_000;

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

impl Company {
    /// What a person's computed scores come to.
    ///
    /// # Errors
    /// `Forbidden` where a trainee asks for somebody else's, `NotFound`.
    pub async fn standing(&self, holder: &Holder, of: UserId) -> Result<Standing> {
        if !acts_for(holder, of) {
            return Err(not_yours());
        }
        Ok(standing(&self.store().sums(holder.organisation, of).await?))
    }

    /// Who scored best in a period, among those with at least three scored, submitted sessions in it.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn board(&self, holder: &Holder, period: Period) -> Result<Vec<BoardRow>> {
        let Millis(now) = self.device().now();
        let days = match period {
            Period::Week => 7,
            Period::Month => 30,
            Period::AllTime => i64::from(u32::MAX),
        };
        let rows = self.store().leaderboard(holder.organisation, now.div_euclid(DAY_MS) - days + 1, LEAST).await?;
        let mut board: Vec<BoardRow> = Vec::with_capacity(rows.len());
        for (row, place) in rows.into_iter().zip(1..) {
            let count = u64::from(row.scored);
            let average = u8::try_from((2 * row.score_sum + count) / (2 * count).max(1)).unwrap_or(100);
            let place = board.last().filter(|last| last.average == average).map_or(place, |last| last.place);
            board.push(BoardRow { place, account: row.account, name: row.name, average, best: row.best, sessions: row.scored });
        }
        Ok(board)
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
