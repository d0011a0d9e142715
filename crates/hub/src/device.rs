//! The machine that the hub runs on: its clock, its chance.

use std::time::{SystemTime, UNIX_EPOCH};

use sellme_app::Device;
use sellme_core::Millis;

/// This machine.
#[derive(Debug, Clone, Copy)]
pub struct ThisMachine;

impl Device for ThisMachine {
    fn now(&self) -> Millis {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        // Bytes 6 and 8 of a version 4 id carry its version and variant; those of a second id fill them.
        let (one, other) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        let mut chance = [0; 10];
        chance.copy_from_slice(&one.as_bytes()[6..]);
        (chance[0], chance[2]) = (other.as_bytes()[0], other.as_bytes()[1]);
        chance
    }
}
