//! What the sessions of a team add up to.

use sellme_core::{error::Result, id::ShopId};
use sellme_store::company::{Member, ObjectionSums, ProductSums, TeamQuery};
use serde_json::json;

use super::{Company, Manager};
use crate::company::Period;

/// How many objections, and how many people, are told.
const TOLD: u32 = 100;

/// What the computed sessions of a team add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamFigures {
    /// For each product.
    pub products: Vec<ProductSums>,
    /// Objections, those first that stood most often at the end.
    pub objections: Vec<ObjectionSums>,
    /// Trainees who handed nothing in, those first who did not for longest.
    pub without_practice: Vec<Member>,
    /// How many of these there are in all.
    pub without_practice_total: u32,
}

impl Company {
    /// What a team's sessions of a period add up to.
    ///
    /// # Errors
    /// `Forbidden` for the store of another team; `NotFound` for an unknown store.
    pub async fn team_figures(&self, by: &Manager, period: Period, shop: Option<ShopId>) -> Result<TeamFigures> {
        let holder = by.holder();
        let shop = self.looks_at(holder, shop).await?;
        let query = TeamQuery { shop, from: period.begins(self.device().now()) };
        let (without_practice, without_practice_total) = self.store().without_practice(holder.organisation, query, TOLD).await?;
        Ok(TeamFigures {
            products: self.store().product_sums(holder.organisation, query).await?,
            objections: self.store().objections_lost(holder.organisation, query, TOLD).await?,
            without_practice,
            without_practice_total,
        })
    }

    /// The same, to be kept elsewhere. That it was taken is in the log.
    ///
    /// # Errors
    /// As [`Company::team_figures`].
    pub async fn export_team(&self, by: &Manager, period: Period, shop: Option<ShopId>) -> Result<TeamFigures> {
        let holder = by.holder();
        let shop = self.looks_at(holder, shop).await?;
        let figures = self.team_figures(by, period, shop).await?;
        let deed = self.deed(Some(holder.account), "team.exported", &holder.organisation, &json!({ "storeId": shop }));
        self.store().note(holder.organisation, deed).await?;
        Ok(figures)
    }
}
