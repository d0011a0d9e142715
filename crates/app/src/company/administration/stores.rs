//! The company's stores.

use sellme_core::{Code, Error, error::Result, id::ShopId};
pub use sellme_store::company::Shop;
use serde_json::json;

use super::{Admin, Manager, Page, Paging};
use crate::company::{
    Company,
    people::{named, taken},
};

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
    /// As [`Company::add_shop`].
    pub async fn open_shop(&self, by: &Admin, name: &str) -> Result<Shop> {
        let holder = by.holder();
        let id = self.add_shop(holder.organisation, Some(holder.account), name).await?;
        Ok(self.store().shop(holder.organisation, id).await?)
    }

    /// Calls a store something else.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, `WrongState` where another has it, `NotFound`.
    pub async fn rename_shop(&self, by: &Admin, id: ShopId, name: &str) -> Result<Shop> {
        let (holder, name) = (by.holder(), named("name", name)?);
        let deed = self.deed(Some(holder.account), "store.renamed", &id, &json!({ "name": name }));
        self.store().rename_shop(holder.organisation, id, &name, deed).await.map_err(|error| taken(error, &name))
    }

    /// Removes a store in which nobody works and no device is.
    ///
    /// # Errors
    /// `NotFound`, `WrongState` where somebody or something is there.
    pub async fn remove_shop(&self, by: &Admin, id: ShopId) -> Result<()> {
        let holder = by.holder();
        let deed = self.deed(Some(holder.account), "store.removed", &id, &json!({}));
        if self.store().remove_shop(holder.organisation, id, deed).await? {
            Ok(())
        } else {
            Err(Error::new(
                Code::WrongState,
                "People or devices still belong to this store, so it was kept. Move them to another store first.",
            ))
        }
    }
}
