//! The company's stores.

use sellme_core::error::Result;
pub use sellme_store::company::Shop;

use super::{Admin, Manager, Page, Paging};
use crate::company::Company;

impl Company {
    /// A page of the company's stores, by name.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn shops(&self, by: &Manager, paging: Paging) -> Result<Page<Shop>> {
        let (shops, total) = self.store().shops(by.holder().organisation, paging.offset(), paging.size).await?;
        Ok(paging.page(shops, total))
    }

    /// Adds a store to the company.
    ///
    /// # Errors
    /// `InvalidInput` where one has that name.
    pub async fn open_shop(&self, by: &Admin, name: &str) -> Result<Shop> {
        let holder = by.holder();
        let id = self.add_shop(holder.organisation, Some(holder.account), name).await?;
        Ok(self.store().shop(holder.organisation, id).await?)
    }
}
