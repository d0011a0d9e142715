//! Companies and their stores.

use sellme_core::{
    Millis,
    company::Organisation,
    id::{OrganisationId, ShopId},
};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Deed,
        queries::{audit, catalogs},
        sql::Sql,
        value::{Row, params},
    },
};

const COLUMNS: &str = "id, name, created_at, catalog_revision";

impl CompanyStore {
    /// Adds a company with its first catalogue, as JSON.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where one has that name.
    pub async fn create_organisation(&self, organisation: &Organisation, catalog: &str, deed: Deed) -> Result<()> {
        let organisation = organisation.clone();
        let packed = catalogs::packed(catalog.to_owned()).await?;
        self.write(move |db| {
            let name = organisation.name.as_str();
            if db.row("SELECT 1 FROM organisation WHERE name = $1", params![name])?.is_some() {
                return Err(StoreError::Exists { kind: "organisation", id: name.to_owned() });
            }
            db.run(
                "INSERT INTO organisation (id, name, created_at, catalog_revision, settings) VALUES ($1, $2, $3, $4, '{}')",
                params![organisation.id.0, name, organisation.created_at, organisation.catalog_revision],
            )?;
            catalogs::add(db, organisation.id, organisation.catalog_revision, organisation.created_at, &packed)?;
            audit::note(db, organisation.id, &deed)
        })
        .await
    }

    /// Every company.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        self.read(|db| {
            let rows = db.rows(&format!("SELECT {COLUMNS} FROM organisation ORDER BY name"), &[])?;
            rows.into_iter().map(organisation).collect()
        })
        .await
    }

    /// Adds a store of a company.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where one has that name.
    pub async fn create_shop(&self, organisation: OrganisationId, id: ShopId, name: &str, now: Millis, deed: Deed) -> Result<()> {
        let name = name.to_owned();
        self.write(move |db| {
            if db.row("SELECT 1 FROM shop WHERE organisation = $1 AND name = $2", params![organisation.0, &name])?.is_some() {
                return Err(StoreError::Exists { kind: "store", id: name.clone() });
            }
            db.run(
                "INSERT INTO shop (organisation, id, name, created_at) VALUES ($1, $2, $3, $4)",
                params![organisation.0, id.0, &name, now],
            )?;
            audit::note(db, organisation, &deed)
        })
        .await
    }
}

fn organisation(mut row: Row) -> Result<Organisation> {
    Ok(Organisation { id: OrganisationId(row.id(0)?), name: row.text(1)?, created_at: row.millis(2)?, catalog_revision: row.count(3)? })
}

/// The catalogue in force.
pub(super) fn catalog_revision(db: &mut dyn Sql, organisation: OrganisationId) -> Result<u32> {
    let row = db.row("SELECT catalog_revision FROM organisation WHERE id = $1", params![organisation.0])?;
    row.ok_or_else(|| StoreError::NotFound { kind: "organisation", id: organisation.to_string() })?.count(0)
}
