//! Stores of a company.

use sellme_core::id::{OrganisationId, ShopId};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Shop,
        value::{Row, only, params},
    },
};

const COLUMNS: &str =
    "s.id, s.name, s.created_at, (SELECT count(*) FROM account a WHERE a.organisation = s.organisation AND a.shop = s.id)";

impl CompanyStore {
    /// A store.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn shop(&self, organisation: OrganisationId, id: ShopId) -> Result<Shop> {
        self.read(move |db| {
            let sql = format!("SELECT {COLUMNS} FROM shop s WHERE s.organisation = $1 AND s.id = $2");
            let found = db.row(&sql, params![organisation.0, id.0])?;
            shop(found.ok_or_else(|| StoreError::NotFound { kind: "store", id: id.to_string() })?)
        })
        .await
    }

    /// A page of a company's stores, by name, and how many there are in all.
    pub async fn shops(&self, organisation: OrganisationId, offset: u32, limit: u32) -> Result<(Vec<Shop>, u32)> {
        self.read(move |db| {
            let counted = db.rows("SELECT count(*) FROM shop WHERE organisation = $1", params![organisation.0])?;
            let sql = format!("SELECT {COLUMNS} FROM shop s WHERE s.organisation = $1 ORDER BY s.name, s.id LIMIT $2 OFFSET $3");
            let rows = db.rows(&sql, params![organisation.0, limit, offset])?;
            Ok((rows.into_iter().map(shop).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }
}

fn shop(mut row: Row) -> Result<Shop> {
    Ok(Shop { id: ShopId(row.id(0)?), name: row.text(1)?, created_at: row.millis(2)?, people: row.count(3)? })
}
