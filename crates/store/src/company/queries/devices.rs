//! Devices on the floors of stores, and the codes by which they enrol.

use sellme_core::{
    Millis,
    company::StoreDevice,
    id::{DeviceId, OrganisationId, ShopId},
};

use super::{accounts, audit};
use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Deed, NewDevice, NewEnrolment,
        value::{Row, only, params},
    },
};

const COLUMNS: &str = "organisation, id, shop, name, created_at, expires_at, seen_at";

impl CompanyStore {
    /// Keeps a code by which a device may enrol. Codes that have ended are forgotten.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where the store is not there.
    pub async fn offer_enrolment(&self, organisation: OrganisationId, enrolment: &NewEnrolment, now: Millis, deed: Deed) -> Result<()> {
        let enrolment = enrolment.clone();
        self.write(move |db| {
            // So that the store is not removed meanwhile.
            db.alone(organisation)?;
            accounts::has_shop(db, organisation, Some(enrolment.shop))?;
            db.run("DELETE FROM enrolment WHERE organisation = $1 AND expires_at <= $2", params![organisation.0, now])?;
            db.run(
                "INSERT INTO enrolment (organisation, hash, shop, expires_at) VALUES ($1, $2, $3, $4)",
                params![organisation.0, &enrolment.hash[..], enrolment.shop.0, enrolment.expires_at],
            )?;
            audit::note(db, organisation, &deed)
        })
        .await
    }

    /// The company of a code that is still good.
    pub async fn enrolment(&self, hash: [u8; 32], now: Millis) -> Result<Option<OrganisationId>> {
        self.read(move |db| {
            let found = db.row("SELECT organisation FROM enrolment WHERE hash = $1 AND expires_at > $2", params![&hash[..], now])?;
            found.map(|row| row.id(0).map(OrganisationId)).transpose()
        })
        .await
    }

    /// Uses a code up: the device is enrolled. Nothing where somebody was quicker, or the code has ended.
    pub async fn enrol(&self, organisation: OrganisationId, code: [u8; 32], device: &NewDevice, deed: Deed) -> Result<Option<StoreDevice>> {
        let device = device.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            let used = db.row(
                "DELETE FROM enrolment WHERE organisation = $1 AND hash = $2 AND expires_at > $3 RETURNING shop",
                params![organisation.0, &code[..], device.created_at],
            )?;
            let Some(used) = used else { return Ok(None) };
            let shop = ShopId(used.id(0)?);
            db.run(
                "INSERT INTO device (organisation, id, hash, shop, name, created_at, expires_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $6)",
                params![organisation.0, device.id.0, &device.hash[..], shop.0, &device.name, device.created_at, device.expires_at],
            )?;
            audit::note(db, organisation, &deed)?;
            Ok(Some(StoreDevice {
                organisation,
                id: device.id,
                shop,
                name: device.name.clone(),
                created_at: device.created_at,
                expires_at: device.expires_at,
                seen_at: device.created_at,
            }))
        })
        .await
    }

    /// The device that a token belongs to: none where the token is unknown or has ended.
    pub async fn device_by_token(&self, organisation: OrganisationId, hash: [u8; 32], now: Millis) -> Result<Option<StoreDevice>> {
        self.read(move |db| {
            let sql = format!("SELECT {COLUMNS} FROM device WHERE organisation = $1 AND hash = $2 AND expires_at > $3");
            db.row(&sql, params![organisation.0, &hash[..], now])?.map(device).transpose()
        })
        .await
    }

    /// Notes that a device asked for something.
    pub async fn device_seen(&self, organisation: OrganisationId, id: DeviceId, now: Millis) -> Result<()> {
        self.write(move |db| {
            db.run("UPDATE device SET seen_at = $3 WHERE organisation = $1 AND id = $2", params![organisation.0, id.0, now]).map(|_| ())
        })
        .await
    }

    /// Some of a company's devices by name, of one store or of all, and how many there are.
    pub async fn devices(
        &self,
        organisation: OrganisationId,
        shop: Option<ShopId>,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<StoreDevice>, u32)> {
        self.read_at_once(move |db| {
            let matching = "organisation = $1 AND (CAST($2 AS UUID) IS NULL OR shop = $2)";
            let shop = shop.map(|shop| shop.0);
            let counted = db.rows(&format!("SELECT count(*) FROM device WHERE {matching}"), params![organisation.0, shop])?;
            let sql = format!("SELECT {COLUMNS} FROM device WHERE {matching} ORDER BY name, id LIMIT $3 OFFSET $4");
            let rows = db.rows(&sql, params![organisation.0, shop, limit, offset])?;
            Ok((rows.into_iter().map(device).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// Calls a device something else.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn rename_device(&self, organisation: OrganisationId, id: DeviceId, name: &str, deed: Deed) -> Result<StoreDevice> {
        let name = name.to_owned();
        self.write(move |db| {
            let sql = format!("UPDATE device SET name = $3 WHERE organisation = $1 AND id = $2 RETURNING {COLUMNS}");
            let found = db.row(&sql, params![organisation.0, id.0, &name])?;
            let renamed = device(found.ok_or_else(|| unknown(id))?)?;
            audit::note(db, organisation, &deed)?;
            Ok(renamed)
        })
        .await
    }

    /// Lets go of a device: its token is good no more.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    pub async fn revoke_device(&self, organisation: OrganisationId, id: DeviceId, deed: Deed) -> Result<()> {
        self.write(move |db| {
            if db.run("DELETE FROM device WHERE organisation = $1 AND id = $2", params![organisation.0, id.0])? == 0 {
                return Err(unknown(id));
            }
            audit::note(db, organisation, &deed)
        })
        .await
    }
}

fn device(mut row: Row) -> Result<StoreDevice> {
    Ok(StoreDevice {
        organisation: OrganisationId(row.id(0)?),
        id: DeviceId(row.id(1)?),
        shop: ShopId(row.id(2)?),
        name: row.text(3)?,
        created_at: row.millis(4)?,
        expires_at: row.millis(5)?,
        seen_at: row.millis(6)?,
    })
}

fn unknown(id: DeviceId) -> StoreError {
    StoreError::NotFound { kind: "device", id: id.to_string() }
}
