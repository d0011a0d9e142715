//! What the use cases need of the device they run on.

use sellme_core::Millis;
use uuid::{Builder, Uuid};

/// Clock, time zone and chance; a test or a script brings its own.
pub trait Device: Send + Sync {
    /// The time.
    fn now(&self) -> Millis;

    /// Minutes east of UTC, so that a day is the user's day.
    fn utc_offset_minutes(&self) -> i32;

    /// Ten bytes that nobody has seen before.
    fn chance(&self) -> [u8; 10];
}

/// A new id, ordered by time.
pub(crate) fn new_id(device: &dyn Device) -> Uuid {
    let millis = u64::try_from(device.now().0).unwrap_or(0);
    Builder::from_unix_timestamp_millis(millis, &device.chance()).into_uuid()
}

/// A seed for a customer.
pub(crate) fn new_seed(device: &dyn Device) -> u32 {
    let chance = device.chance();
    u32::from_le_bytes([chance[0], chance[1], chance[2], chance[3]])
}

/// Days since 1970-01-01 where the user is.
pub(crate) fn today(device: &dyn Device) -> i32 {
    let minutes = device.now().0.div_euclid(60_000) + i64::from(device.utc_offset_minutes());
    i32::try_from(minutes.div_euclid(1_440)).unwrap_or(0)
}
