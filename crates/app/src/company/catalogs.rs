//! Catalogues, read from the records once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sellme_core::{Code, Error, Millis, catalog::Catalog, error::Result, id::OrganisationId};

use super::{Company, Recent};

/// How many bytes of them are kept, as JSON: those in force, and a few that sessions were begun with. That of the program has about 700,000.
const KEPT: usize = 64 << 20;

/// A catalogue that is or was in force.
#[derive(Debug, PartialEq)]
pub struct Edition {
    /// What is in it.
    pub catalog: Catalog,
    /// Since when.
    pub published_at: Millis,
    /// How long it is as JSON, in bytes.
    pub bytes: usize,
}

/// Catalogues that were read, by company and revision, and the revisions in force where nobody else can change them.
#[derive(Debug)]
pub(super) struct Catalogs {
    read: Recent<(OrganisationId, u32), Edition>,
    in_force: Mutex<InForce>,
}

impl Default for Catalogs {
    fn default() -> Self {
        Self { read: Recent::of_bytes(KEPT), in_force: Mutex::default() }
    }
}

#[derive(Debug, Default)]
struct InForce {
    revisions: Vec<(OrganisationId, u32)>,
    /// How often another edition was put in force: what was looked up before the last time may be the one before.
    changes: u64,
}

impl Catalogs {
    fn in_force(&self) -> MutexGuard<'_, InForce> {
        self.in_force.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn revision(&self, organisation: OrganisationId) -> Option<u32> {
        self.in_force().revisions.iter().find(|(of, _)| *of == organisation).map(|(_, revision)| *revision)
    }

    /// How often another edition was put in force so far, to be asked before one is looked up.
    fn changes(&self) -> u64 {
        self.in_force().changes
    }

    /// Remembers what was looked up, unless another edition was put in force meanwhile.
    fn remember(&self, organisation: OrganisationId, revision: u32, changes: u64) {
        let mut in_force = self.in_force();
        if in_force.changes == changes {
            in_force.revisions.retain(|(of, _)| *of != organisation);
            in_force.revisions.push((organisation, revision));
        }
    }

    /// Which edition is in force is looked up anew.
    pub(super) fn changed(&self, organisation: OrganisationId) {
        let mut in_force = self.in_force();
        in_force.changes += 1;
        in_force.revisions.retain(|(of, _)| *of != organisation);
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
                let changes = self.0.catalogs.changes();
                let revision = self.store().catalog_revision(organisation).await?;
                if !self.store().is_shared() {
                    self.0.catalogs.remember(organisation, revision, changes);
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
        if let Some(edition) = self.0.catalogs.read.get(&(organisation, revision)) {
            return Ok(edition);
        }
        let (text, published_at) = self.store().catalog(organisation, revision).await?;
        let bytes = text.len();
        let read = tokio::task::spawn_blocking(move || serde_json::from_str::<Catalog>(&text)).await;
        let catalog = read.ok().and_then(std::result::Result::ok).ok_or_else(unreadable)?;
        let edition = Arc::new(Edition { catalog, published_at, bytes });
        Ok(self.0.catalogs.read.keep((organisation, revision), bytes, edition))
    }
}

fn unreadable() -> Error {
    Error::new(Code::CatalogInvalid, "The catalogue cannot be read. Publish it anew.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_that_was_replaced_while_it_was_looked_up_is_not_remembered() {
        let (catalogs, organisation) = (Catalogs::default(), OrganisationId(uuid::Uuid::nil()));
        let before = catalogs.changes();
        catalogs.changed(organisation);
        catalogs.remember(organisation, 1, before);
        assert_eq!(catalogs.revision(organisation), None);
        catalogs.remember(organisation, 2, catalogs.changes());
        assert_eq!(catalogs.revision(organisation), Some(2));
        catalogs.changed(organisation);
        assert_eq!(catalogs.revision(organisation), None);
    }
}
