//! Choosing what to practise, and studying it.

use std::collections::HashMap;

use sellme_core::{
    Error,
    catalog::{Product, Scenario},
    error::Result,
    progress::{Candidate, recommend},
    wire::{PracticeView, ProductSummary, ProductView, Recommendation, Unfinished},
};

use crate::{App, Store};

impl<S: Store> App<S> {
    /// The home screen.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn practice(&self) -> Result<PracticeView> {
        let standing = self.standing().await?;
        // From their rows alone: looking at the home screen starts no clock, writes nothing, and one attempt that cannot be read does not hide the others.
        let unfinished = match self.store.chosen_profile().await? {
            Some(profile) => self.store.unfinished(profile.id).await?,
            None => Vec::new(),
        };
        let unfinished = unfinished.into_iter().map(|session| {
            let (product, scenario) = standing.of_attempt(&self.catalog, &session);
            Unfinished { session, scenario, product }
        });
        Ok(PracticeView {
            recommendation: self.recommend(&[]).await?,
            unfinished: unfinished.collect(),
            products: self.catalog.products.iter().map(|product| standing.product_summary(&self.catalog, product)).collect(),
            scenarios: self.scenarios().map(|(product, scenario)| standing.scenario_summary(product, scenario)).collect(),
        })
    }

    /// What to practise now, other than these scenarios where there is another.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn recommend(&self, skip: &[String]) -> Result<Recommendation> {
        let standing = self.standing().await?;
        let scores = match self.store.chosen_profile().await? {
            Some(profile) => self.store.recent_scores(profile.id, None, 5).await?,
            None => Vec::new(),
        };
        let candidates: Vec<Candidate> = self
            .scenarios()
            .map(|(product, scenario)| {
                let summary = standing.scenario_summary(product, scenario);
                Candidate {
                    scenario_id: scenario.id.clone(),
                    product_id: product.id.clone(),
                    difficulty: scenario.difficulty,
                    sample: product.sample,
                    attempts: summary.attempts,
                    best: summary.best_score,
                }
            })
            .collect();
        let (scenario_id, reason) = recommend(&scores, &candidates, skip).ok_or_else(|| Error::not_found("scenario", "recommended"))?;
        let (product, scenario) = crate::views::find(&self.catalog, &scenario_id)?;
        Ok(Recommendation {
            scenario: standing.scenario_summary(product, scenario),
            product: standing.product_summary(&self.catalog, product),
            reason: reason.with("product", &product.name),
        })
    }

    /// Products that match the words and the category, best first; all of them by category without words.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn products(&self, text: &str, category: Option<&str>) -> Result<Vec<ProductSummary>> {
        let standing = self.standing().await?;
        let summary = |product: &Product| standing.product_summary(&self.catalog, product);
        if text.trim().is_empty() {
            let all = self.catalog.products.iter().filter(|product| category.is_none_or(|category| product.category == category));
            return Ok(all.map(summary).collect());
        }
        let ids = self.store.search_products(text, category).await?;
        // One pass over the catalogue, however many are found.
        let by_id: HashMap<&str, &Product> = self.catalog.products.iter().map(|product| (product.id.as_str(), product)).collect();
        Ok(ids.iter().filter_map(|id| by_id.get(id.as_str()).copied()).map(summary).collect())
    }

    /// A product to study.
    ///
    /// # Errors
    /// An unknown product.
    pub async fn product(&self, id: &str) -> Result<ProductView> {
        let product = self.catalog.product(id).ok_or_else(|| Error::not_found("product", id))?;
        let standing = self.standing().await?;
        Ok(ProductView {
            summary: standing.product_summary(&self.catalog, product),
            description: product.description.clone(),
            tiers: product.tiers.clone(),
            features: product.features.clone(),
            claims: product.claims.clone(),
            policies: self.catalog.policies.clone(),
            objections: product.objections.clone(),
            tips: product.tips.clone(),
            scenarios: product.scenarios.iter().map(|scenario| standing.scenario_summary(product, scenario)).collect(),
        })
    }

    fn scenarios(&self) -> impl Iterator<Item = (&Product, &Scenario)> {
        self.catalog.products.iter().flat_map(|product| product.scenarios.iter().map(move |scenario| (product, scenario)))
    }
}
