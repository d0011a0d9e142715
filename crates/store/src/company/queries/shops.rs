//! Stores of a company.

use std::collections::BTreeMap;

use sellme_core::id::{OrganisationId, ShopId};

use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Deed, Shop,
        queries::audit,
        sql::Sql,
        value::{Row, only, params},
    },
};

const COLUMNS: &str = "s.id, s.name, s.created_at, \
     (SELECT count(*) FROM account a WHERE a.organisation = s.organisation AND a.shop = s.id), \
     (SELECT count(*) FROM device d WHERE d.organisation = s.organisation AND d.shop = s.id)";

impl CompanyStore {
    /// A store.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn shop(&self, organisation: OrganisationId, id: ShopId) -> Result<Shop> {
        self.read(move |db| find(db, organisation, id)).await
    }

    /// A page of a company's stores, by name, and how many there are in all.
    pub async fn shops(&self, organisation: OrganisationId, offset: u32, limit: u32) -> Result<(Vec<Shop>, u32)> {
        self.read_at_once(move |db| {
            let counted = db.rows("SELECT count(*) FROM shop WHERE organisation = $1", params![organisation.0])?;
            let sql = format!("SELECT {COLUMNS} FROM shop s WHERE s.organisation = $1 ORDER BY s.name, s.id LIMIT $2 OFFSET $3");
            let rows = db.rows(&sql, params![organisation.0, limit, offset])?;
            Ok((rows.into_iter().map(shop).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// Every store by its name.
    pub async fn shop_names(&self, organisation: OrganisationId) -> Result<BTreeMap<String, ShopId>> {
        self.read(move |db| {
            let rows = db.rows("SELECT name, id FROM shop WHERE organisation = $1", params![organisation.0])?;
            rows.into_iter().map(|mut row| Ok((row.text(0)?, ShopId(row.id(1)?)))).collect()
        })
        .await
    }

    /// Calls a store something else.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where another has that name, [`StoreError::NotFound`].
    pub async fn rename_shop(&self, organisation: OrganisationId, id: ShopId, name: &str, deed: Deed) -> Result<Shop> {
        let name = name.to_owned();
        self.write(move |db| {
            let taken =
                db.row("SELECT 1 FROM shop WHERE organisation = $1 AND name = $2 AND id <> $3", params![organisation.0, &name, id.0])?;
            if taken.is_some() {
                return Err(StoreError::Exists { kind: "store", id: name.clone() });
            }
            if db.run("UPDATE shop SET name = $3 WHERE organisation = $1 AND id = $2", params![organisation.0, id.0, &name])? == 0 {
                return Err(unknown(id));
            }
            audit::note(db, organisation, &deed)?;
            find(db, organisation, id)
        })
        .await
    }

    /// Removes a store in which nobody and no device is; codes by which one would enrol go with it. False where it is not empty.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn remove_shop(&self, organisation: OrganisationId, id: ShopId, deed: Deed) -> Result<bool> {
        self.write(move |db| {
            db.alone(organisation)?;
            let shop = find(db, organisation, id)?;
            if shop.people > 0 || shop.devices > 0 {
                return Ok(false);
            }
            db.run("DELETE FROM enrolment WHERE organisation = $1 AND shop = $2", params![organisation.0, id.0])?;
            match db.run("DELETE FROM shop WHERE organisation = $1 AND id = $2", params![organisation.0, id.0]) {
                // Somebody came at the same moment.
                Err(StoreError::NotFound { kind: "row", id }) => Err(StoreError::Busy(id)),
                gone => gone,
            }?;
            audit::note(db, organisation, &deed)?;
            Ok(true)
        })
        .await
    }
}

fn find(db: &mut dyn Sql, organisation: OrganisationId, id: ShopId) -> Result<Shop> {
    let sql = format!("SELECT {COLUMNS} FROM shop s WHERE s.organisation = $1 AND s.id = $2");
    let found = db.row(&sql, params![organisation.0, id.0])?;
    shop(found.ok_or_else(|| unknown(id))?)
}

fn unknown(id: ShopId) -> StoreError {
    StoreError::NotFound { kind: "store", id: id.to_string() }
}

fn shop(mut row: Row) -> Result<Shop> {
    Ok(Shop { id: ShopId(row.id(0)?), name: row.text(1)?, created_at: row.millis(2)?, people: row.count(3)?, devices: row.count(4)? })
}
