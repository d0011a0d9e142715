//! What the store sells, to whom, and what is true of it. Read from files that people write (see `data/catalog/README.md`), checked whole before use.
//!
//! This module stands alone (no `crate::` imports): the build script compiles it too, so that a bad file stops the build.

mod bounds;
mod check;
mod entries;
mod introduction;
mod json;
mod load;
mod product;
mod scenario;

pub use introduction::{introduced, speaks_of};
pub use json::Fault;
pub use load::{CatalogError, SourceFile};
pub use product::{Category, Claim, ClaimKind, Feature, Importance, Objection, ObjectionCategory, Product, Response, Tier, Tip, Topic};
pub use scenario::{Alternative, CustomerQuestion, Difficulty, Need, Persona, RaisedObjection, Scenario, Trap, Who};

use serde::{Deserialize, Serialize};

/// Everything that can be sold, at one revision.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Catalog {
    /// Raised with every change; sessions keep the revision that they were scored with.
    pub revision: u32,
    /// Categories in the order in which they are shown.
    pub categories: Vec<Category>,
    /// What the store promises and what it does not, for every product.
    pub policies: Vec<Claim>,
    /// Products by category, then by name.
    pub products: Vec<Product>,
}

impl Catalog {
    /// The product with this id.
    #[must_use]
    pub fn product(&self, id: &str) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    /// The scenario with this id, and its product.
    #[must_use]
    pub fn scenario(&self, id: &str) -> Option<(&Product, &Scenario)> {
        self.products.iter().find_map(|product| {
            let scenario = product.scenarios.iter().find(|scenario| scenario.id == id)?;
            Some((product, scenario))
        })
    }

    /// The category with this id.
    #[must_use]
    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }
}
