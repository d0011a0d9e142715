//! The device's clock.

use std::time::{SystemTime, UNIX_EPOCH};

use sellme_app::Clock;
use sellme_core::Millis;

/// The device's clock and time zone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DeviceClock;

impl Clock for DeviceClock {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn utc_offset_minutes(&self) -> i32 {
        jiff::Zoned::now().offset().seconds() / 60
    }
}
