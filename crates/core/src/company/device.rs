//! Devices on the floor of a store, from which people look things up.

use crate::{
    id::{DeviceId, OrganisationId, ShopId},
    time::Millis,
};

/// A device that is enrolled. It may read the catalogue, and nothing about people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreDevice {
    /// Its company.
    pub organisation: OrganisationId,
    /// Identity.
    pub id: DeviceId,
    /// Where it is.
    pub shop: ShopId,
    /// What it is called.
    pub name: String,
    /// When it enrolled.
    pub created_at: Millis,
    /// When its token ends.
    pub expires_at: Millis,
    /// When it asked for something last, to the hour.
    pub seen_at: Millis,
}
