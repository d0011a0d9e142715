//! This device: its clock, its time zone, its chance.

use std::time::{SystemTime, UNIX_EPOCH};

use sellme_app::Device;
use sellme_core::Millis;

/// The device that the program runs on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThisDevice;

impl Device for ThisDevice {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn utc_offset_minutes(&self) -> i32 {
        jiff::Zoned::now().offset().seconds() / 60
    }

    fn chance(&self) -> [u8; 10] {
        let mut chance = [0; 10];
        chance.copy_from_slice(&uuid::Uuid::new_v4().as_bytes()[6..]);
        // Bytes 6 and 8 of a version 4 id carry its version and variant; the first two of another id fill them.
        let other = uuid::Uuid::new_v4();
        (chance[0], chance[2]) = (other.as_bytes()[0], other.as_bytes()[1]);
        chance
    }
}
