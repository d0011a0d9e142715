//! What goes wrong on purpose, so that tests need no bad network.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

/// What goes wrong on purpose. Copies share the same knobs, so that a test turns them while the connection lives.
#[derive(Debug, Clone, Default)]
pub struct Faults(Arc<Knobs>);

#[derive(Debug, Default)]
struct Knobs {
    /// Packets lost each way, of a thousand.
    loss: AtomicU64,
    /// Delay of what is sent, in microseconds.
    delay: AtomicU64,
    /// True while nothing passes.
    cut: AtomicBool,
    /// State of the chance, the same in every run.
    chance: AtomicU64,
}

impl Faults {
    /// Loses this share of all packets, each way.
    pub fn lose(&self, percent: u8) {
        self.0.loss.store(u64::from(percent.min(100)) * 10, Relaxed);
    }

    /// Sends everything so much later.
    pub fn delay(&self, by: Duration) {
        self.0.delay.store(u64::try_from(by.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// Cuts the network, or mends it.
    pub fn cut(&self, cut: bool) {
        self.0.cut.store(cut, Relaxed);
    }

    /// How much later a packet is sent.
    pub(super) fn lateness(&self) -> Duration {
        Duration::from_micros(self.0.delay.load(Relaxed))
    }

    /// True where the next packet does not pass.
    pub(super) fn swallows(&self) -> bool {
        if self.0.cut.load(Relaxed) {
            return true;
        }
        let loss = self.0.loss.load(Relaxed);
        loss > 0 && self.roll() % 1000 < loss
    }

    /// The next of a fixed row of numbers (splitmix64).
    fn roll(&self) -> u64 {
        let state = self.0.chance.fetch_add(0x9E37_79B9_7F4A_7C15, Relaxed);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn about_as_many_packets_are_lost_as_were_asked_for() {
        let faults = Faults::default();
        assert!(!(0..1000).any(|_| faults.swallows()));
        faults.lose(5);
        let lost = (0..10_000).filter(|_| faults.swallows()).count();
        assert!((350..650).contains(&lost), "{lost} of 10000");
    }

    #[test]
    fn a_copy_turns_the_same_knobs() {
        let faults = Faults::default();
        let copy = faults.clone();
        copy.cut(true);
        assert!(faults.swallows());
        copy.cut(false);
        assert!(!faults.swallows());
    }
}
