//! Devices on the floors of stores: they enrol with a code, and may then read the catalogue.

use sellme_core::{
    Code, DAY_MS, Error, Millis,
    company::{Holder, StoreDevice},
    error::Result,
    id::{DeviceId, ShopId},
};
use sellme_store::company::{NewDevice, NewEnrolment};
use serde_json::json;
use uuid::Uuid;

use super::{Admin, EnrolmentCode, Page, Paging};
use crate::{
    company::{
        Company, Secret,
        people::named,
        secret::{self, Kind},
    },
    device::new_id,
};

/// How long a code is good, in milliseconds: fifteen minutes.
const CODE_MS: i64 = 15 * 60 * 1000;

/// How long a device stays enrolled, in milliseconds: a year.
const ENROLLED_MS: i64 = 365 * DAY_MS;

/// How exactly it is known when a device asked for something last, in milliseconds: to the hour.
const SEEN_MS: i64 = 60 * 60 * 1000;

/// Whom a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// Somebody who is signed in.
    Person(Holder),
    /// A device that is enrolled.
    Device(StoreDevice),
}

impl Caller {
    /// The id of the person or the device.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Person(holder) => holder.account.0,
            Self::Device(device) => device.id.0,
        }
    }
}

impl Company {
    /// Whom a shown token stands for, be it a person or a device; nobody where it is unknown or has ended.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn caller(&self, shown: &str) -> Result<Option<Caller>> {
        if let Some(device) = self.store_device(shown).await? {
            return Ok(Some(Caller::Device(device)));
        }
        Ok(self.holder(shown).await?.map(Caller::Person))
    }

    /// A code by which one device of a store enrols, and when it ends.
    ///
    /// # Errors
    /// `NotFound` where the store is not there.
    pub async fn offer_enrolment(&self, by: &Admin, shop: ShopId) -> Result<(EnrolmentCode, Millis)> {
        let (holder, now) = (by.holder(), self.device().now());
        let code = EnrolmentCode::new(self.device());
        let enrolment = NewEnrolment { hash: code.hash(), shop, expires_at: Millis(now.0 + CODE_MS) };
        let deed = self.deed(Some(holder.account), "enrolment.offered", &shop, &json!({}));
        self.store().offer_enrolment(holder.organisation, &enrolment, now, deed).await?;
        Ok((code, enrolment.expires_at))
    }

    /// Enrols a device: the secret is what it shows from now on.
    ///
    /// # Errors
    /// `SignInRefused` where the code is not good, `InvalidInput` for a name that is none.
    pub async fn enrol(&self, typed: &str, name: &str) -> Result<(Secret, StoreDevice)> {
        let name = named("name", name)?;
        let code = EnrolmentCode::typed(typed).ok_or_else(not_good)?.hash();
        let now = self.device().now();
        let organisation = self.store().enrolment(code, now).await?.ok_or_else(not_good)?;
        let secret = Secret::of_kind(Kind::Device, organisation, self.device());
        let id = DeviceId(new_id(self.device()));
        let deed = self.deed(None, "device.enrolled", &id, &json!({ "name": name }));
        let device = NewDevice { id, hash: secret.hash(), name, created_at: now, expires_at: Millis(now.0 + ENROLLED_MS) };
        let enrolled = self.store().enrol(organisation, code, &device, deed).await?;
        Ok((secret, enrolled.ok_or_else(not_good)?))
    }

    /// The device that a shown token belongs to; none where it is unknown, was let go or has ended.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn store_device(&self, shown: &str) -> Result<Option<StoreDevice>> {
        let Some((organisation, hash)) = secret::read(Kind::Device, shown) else { return Ok(None) };
        let now = self.device().now();
        let found = self.store().device_by_token(organisation, hash, now).await?;
        if let Some(device) = &found
            && now.since(device.seen_at).0 >= SEEN_MS
        {
            self.store().device_seen(organisation, device.id, now).await?;
        }
        Ok(found)
    }

    /// A page of the company's devices by name, of one store or of all.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn devices(&self, by: &Admin, shop: Option<ShopId>, paging: Paging) -> Result<Page<StoreDevice>> {
        let (devices, total) = self.store().devices(by.holder().organisation, shop, paging.offset(), paging.size).await?;
        Ok(paging.page(devices, total))
    }

    /// Calls a device something else.
    ///
    /// # Errors
    /// `InvalidInput` for a name that is none, `NotFound`.
    pub async fn rename_device(&self, by: &Admin, id: DeviceId, name: &str) -> Result<StoreDevice> {
        let (holder, name) = (by.holder(), named("name", name)?);
        let deed = self.deed(Some(holder.account), "device.renamed", &id, &json!({ "name": name }));
        Ok(self.store().rename_device(holder.organisation, id, &name, deed).await?)
    }

    /// Lets go of a device: its token is good no more.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn revoke_device(&self, by: &Admin, id: DeviceId) -> Result<()> {
        let holder = by.holder();
        let deed = self.deed(Some(holder.account), "device.revoked", &id, &json!({}));
        Ok(self.store().revoke_device(holder.organisation, id, deed).await?)
    }
}

fn not_good() -> Error {
    Error::new(Code::SignInRefused, "This code is not right, was used already, or has ended. Ask an admin for a new one.")
}
