//! The clock of the sound that is sent.

use std::time::Duration;

use tokio::time::Instant;

use super::CLOCK;

/// A pause is told from a frame that is a little late by its length.
const PAUSE: Duration = Duration::from_millis(120);

/// The clock of the sound that is sent: it runs on through a pause, so that the listener's buffer does not take the next word for a late one.
#[derive(Debug, Default)]
pub(super) struct Clock {
    began: Option<Instant>,
    next: u64,
}

/// Where a frame belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Samples since the first.
    pub(super) time: u64,
    /// True for the first after a pause.
    pub(super) first: bool,
}

impl Clock {
    /// The place of the next frame, which lasts so many samples.
    pub(super) fn place(&mut self, now: Instant, samples: u32) -> Place {
        let began = *self.began.get_or_insert(now);
        let elapsed = now.saturating_duration_since(began);
        let wall = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX).saturating_mul(CLOCK) / 1_000_000;
        let pause = u64::try_from(PAUSE.as_millis()).unwrap_or(0) * CLOCK / 1000;
        let first = self.next == 0 || wall > self.next + pause;
        if first {
            self.next = wall.max(self.next);
        }
        let time = self.next;
        self.next += u64::from(samples);
        Place { time, first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_clock_runs_on_through_a_pause() {
        let mut clock = Clock::default();
        let start = Instant::now();
        assert_eq!(clock.place(start, 960), Place { time: 0, first: true });
        assert_eq!(clock.place(start + Duration::from_millis(25), 960), Place { time: 960, first: false });
        assert_eq!(clock.place(start + Duration::from_secs(1), 960), Place { time: 48_000, first: true });
    }
}
