//! Editions of the catalogue: checked, published, put in force again.

use std::sync::Arc;

use sellme_core::{
    Code, Error,
    catalog::{Catalog, Fault},
    company::Holder,
    error::Result,
};
use sellme_store::company::{EditionInfo, NewEdition, Publishing};
use serde_json::{Value, json};

use super::{Admin, Company, Page, Paging, Unpublished};

/// What a look at a catalogue says.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Everything that is wrong; nothing where it can be published.
    pub faults: Vec<Fault>,
    /// The revision that the next edition has to have.
    pub next_revision: u32,
}

impl Company {
    /// A page of the editions, the newest first.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn editions(&self, by: &Admin, paging: Paging) -> Result<Page<EditionInfo>> {
        let (editions, total) = self.store().editions(by.holder().organisation, paging.offset(), paging.size).await?;
        Ok(paging.page(editions, total))
    }

    /// An edition, and the catalogue as JSON.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn edition(&self, by: &Admin, revision: u32) -> Result<(EditionInfo, String)> {
        Ok(self.store().edition(by.holder().organisation, revision).await?)
    }

    /// Looks whether a catalogue could be published.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn check_catalog(&self, by: &Admin, catalog: Value) -> Result<Checked> {
        let holder = by.holder();
        let next_revision = self.newest(holder).await?.saturating_add(1);
        let faults = match read(catalog).await {
            Ok(catalog) if catalog.revision == next_revision => Vec::new(),
            Ok(_) => vec![Fault { path: "revision".to_owned(), problem: out_of_turn(next_revision) }],
            Err(Unpublished::Faults(faults)) => faults,
            Err(Unpublished::Refused(error)) => return Err(error),
        };
        Ok(Checked { faults, next_revision })
    }

    /// Publishes a catalogue and puts it in force: sessions that begin from now on have it, those under way keep theirs. The newest once more is no other.
    ///
    /// # Errors
    /// Its faults; `WrongState` where its revision is not one more than the newest.
    pub async fn publish(&self, by: &Admin, catalog: Value) -> std::result::Result<EditionInfo, Unpublished> {
        let holder = by.holder();
        let catalog = read(catalog).await?;
        let text = written(Arc::clone(&catalog)).await?;
        let revision = catalog.revision;
        let scenarios: usize = catalog.products.iter().map(|product| product.scenarios.len()).sum();
        let detail = json!({ "products": catalog.products.len(), "scenarios": scenarios });
        let deed = self.deed(Some(holder.account), "catalog.published", &revision, &detail);
        let edition = NewEdition { revision, text, published_by: holder.account, published_at: self.device().now() };
        let done = self.store().publish(holder.organisation, &edition, deed).await;
        // Whatever is on the disk by now is read anew.
        self.0.catalogs.changed(holder.organisation);
        match done? {
            Publishing::Done | Publishing::Already => Ok(self.store().edition(holder.organisation, revision).await?.0),
            Publishing::OutOfTurn(newest) => {
                let message = format!("revision: {}. Nothing was changed.", out_of_turn(newest.saturating_add(1)));
                Err(Error::new(Code::WrongState, message).into())
            }
        }
    }

    /// Puts an earlier edition in force again, or a later one.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn put_in_force(&self, by: &Admin, revision: u32) -> Result<EditionInfo> {
        let holder = by.holder();
        let deed = self.deed(Some(holder.account), "catalog.put_in_force", &revision, &json!({}));
        let done = self.store().put_in_force(holder.organisation, revision, deed).await;
        self.0.catalogs.changed(holder.organisation);
        done?;
        Ok(self.store().edition(holder.organisation, revision).await?.0)
    }

    async fn newest(&self, holder: &Holder) -> Result<u32> {
        let (editions, _) = self.store().editions(holder.organisation, 0, 1).await?;
        Ok(editions.first().map_or(0, |edition| edition.revision))
    }
}

fn out_of_turn(next: u32) -> String {
    format!("{next} is wanted, one more than the newest")
}

/// A catalogue as JSON; it takes a while, in which others are answered.
async fn written(catalog: Arc<Catalog>) -> Result<String> {
    let written = tokio::task::spawn_blocking(move || serde_json::to_string(&*catalog)).await;
    let text = written.map_err(|_| Error::new(Code::Internal, "The catalogue could not be written down. Nothing was changed."))?;
    text.map_err(|error| Error::new(Code::CatalogInvalid, error.to_string()))
}

/// The catalogue that the JSON says; it takes a while, in which others are answered.
pub(super) async fn read(catalog: Value) -> std::result::Result<Arc<Catalog>, Unpublished> {
    let read = tokio::task::spawn_blocking(move || Catalog::from_json(catalog)).await;
    match read {
        Ok(Ok(catalog)) => Ok(Arc::new(catalog)),
        Ok(Err(faults)) => Err(Unpublished::Faults(faults)),
        Err(_) => Err(Error::new(Code::Internal, "The catalogue could not be checked. Nothing was changed.").into()),
    }
}
