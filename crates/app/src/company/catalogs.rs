//! Catalogues, read from the records once.

use std::sync::{Arc, Mutex, PoisonError};

use sellme_core::{Code, Error, Millis, catalog::Catalog, error::Result, id::OrganisationId};

use super::Company;

/// How many are kept: those in force, and a few that sessions were begun with.
const KEPT: usize = 6;

/// A catalogue that is or was in force.
#[derive(Debug, PartialEq)]
pub struct Edition {
    /// What is in it.
    pub catalog: Catalog,
    /// Since when.
    pub published_at: Millis,
}

/// The edition of a company at a revision.
type Kept = (OrganisationId, u32, Arc<Edition>);

/// Catalogues that were read, and the revisions in force where nobody else can change them.
#[derive(Debug, Default)]
pub(super) struct Catalogs {
    read: Mutex<Vec<Kept>>,
    in_force: Mutex<Vec<(OrganisationId, u32)>>,
}

impl Catalogs {
    fn get(&self, organisation: OrganisationId, revision: u32) -> Option<Arc<Edition>> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().find(|(of, its, _)| (*of, *its) == (organisation, revision)).map(|(_, _, edition)| Arc::clone(edition))
    }

    fn keep(&self, organisation: OrganisationId, revision: u32, edition: &Arc<Edition>) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.iter().all(|(of, its, _)| (*of, *its) != (organisation, revision)) {
            if read.len() >= KEPT {
                read.remove(0);
            }
            read.push((organisation, revision, Arc::clone(edition)));
        }
    }

    fn revision(&self, organisation: OrganisationId) -> Option<u32> {
        let in_force = self.in_force.lock().unwrap_or_else(PoisonError::into_inner);
        in_force.iter().find(|(of, _)| *of == organisation).map(|(_, revision)| *revision)
    }
}

impl Company {
    /// The catalogue in force.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn catalog(&self, organisation: OrganisationId) -> Result<Arc<Edition>> {
        let revision = match self.0.catalogs.revision(organisation) {
            Some(revision) => revision,
            None => {
                let revision = self.store().catalog_revision(organisation).await?;
                if !self.store().is_shared() {
                    self.0.catalogs.in_force.lock().unwrap_or_else(PoisonError::into_inner).push((organisation, revision));
                }
                revision
            }
        };
        self.catalog_at(organisation, revision).await
    }

    /// A catalogue that is or was in force.
    ///
    /// # Errors
    /// `NotFound` where there is no such revision.
    pub(super) async fn catalog_at(&self, organisation: OrganisationId, revision: u32) -> Result<Arc<Edition>> {
        if let Some(edition) = self.0.catalogs.get(organisation, revision) {
            return Ok(edition);
        }
        let (text, published_at) = self.store().catalog(organisation, revision).await?;
        let read = tokio::task::spawn_blocking(move || serde_json::from_str::<Catalog>(&text)).await;
        let catalog = read.ok().and_then(std::result::Result::ok).ok_or_else(unreadable)?;
        let edition = Arc::new(Edition { catalog, published_at });
        self.0.catalogs.keep(organisation, revision, &edition);
        Ok(edition)
    }
}

fn unreadable() -> Error {
    Error::new(Code::CatalogInvalid, "The catalogue cannot be read. Publish it anew.")
}
