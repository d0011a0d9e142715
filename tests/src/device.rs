//! A device whose clock is set by hand and whose chance is counted.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use sellme_app::Device;
use sellme_core::Millis;

/// 2026-03-02, a Monday, 09:00 UTC.
pub const MORNING: i64 = 1_772_442_000_000;

/// A day in milliseconds.
pub const DAY: i64 = 86_400_000;

/// A device under the test's hand.
#[derive(Debug)]
pub struct TestDevice {
    now: AtomicI64,
    drawn: AtomicI64,
}

impl TestDevice {
    /// A device at this time.
    #[must_use]
    pub fn at(now: i64) -> Arc<Self> {
        Arc::new(Self { now: AtomicI64::new(now), drawn: AtomicI64::new(0) })
    }

    /// Sets the clock.
    pub fn set(&self, now: i64) {
        self.now.store(now, Ordering::SeqCst);
    }

    /// Lets time pass, or sets the clock back where it is negative.
    pub fn pass(&self, millis: i64) {
        self.now.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Device for TestDevice {
    fn now(&self) -> Millis {
        Millis(self.now.load(Ordering::SeqCst))
    }

    fn utc_offset_minutes(&self) -> i32 {
        0
    }

    fn chance(&self) -> [u8; 10] {
        let mut chance = [7; 10];
        chance[..8].copy_from_slice(&self.drawn.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        chance
    }
}
