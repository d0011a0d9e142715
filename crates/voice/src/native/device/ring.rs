//! The ends of a device's rings that our own thread has.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
    },
    time::Duration,
};

use rtrb::{Consumer, Producer};

use crate::native::{FRAME, RATE, Resampler};

/// What a device's thread tells of itself, without a lock.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Times that it called.
    pub(super) calls: AtomicUsize,
    /// The most samples of ours that it took or gave at once since this was looked at.
    pub(super) gulp: AtomicUsize,
    /// How long sound is under way between it and the air, in milliseconds.
    pub(super) latency: AtomicU32,
    /// Times that it wanted sound and none was there.
    pub(super) dry: AtomicUsize,
    /// Times that it seems to have played all that it holds itself before it was given more: it takes twice a piece at once then, or complains.
    pub(super) short: AtomicUsize,
    /// What waits in the ring is not to be played any more.
    pub(super) flush: AtomicBool,
    /// True once it is gone.
    pub(super) lost: AtomicBool,
}

/// Sound from a microphone.
#[derive(Debug)]
pub(crate) struct Intake {
    ring: Consumer<f32>,
    watch: Arc<Watch>,
    resampler: Option<Resampler>,
    ratio: f64,
}

impl Intake {
    pub(super) fn new(ring: Consumer<f32>, watch: Arc<Watch>, rate: u32) -> Self {
        let ratio = f64::from(rate) / f64::from(RATE);
        Self { ring, watch, resampler: (rate != RATE).then(|| Resampler::new(ratio)), ratio }
    }

    /// The next frame of 10 ms, where it is there.
    pub(crate) fn frame(&mut self, frame: &mut [f32; FRAME]) -> bool {
        let Some(resampler) = &mut self.resampler else { return self.ring.pop_entire_slice(frame).is_ok() };
        let needed = (FRAME as f64 * self.ratio).ceil() as usize + 1;
        while resampler.waiting() < needed {
            let Ok(sample) = self.ring.pop() else { return false };
            resampler.push(&[sample]);
        }
        for sample in frame.iter_mut() {
            *sample = resampler.pull(self.ratio).unwrap_or(0.0);
        }
        true
    }

    /// What waits, in milliseconds.
    pub(crate) fn waiting(&self) -> u32 {
        u32::try_from(self.ring.slots() as u64 * 1000 / (f64::from(RATE) * self.ratio) as u64).unwrap_or(u32::MAX)
    }

    /// How long sound is under way from the air to here, in milliseconds.
    pub(crate) fn latency(&self) -> u32 {
        self.watch.latency.load(Ordering::Relaxed)
    }
}

/// Sound to a speaker.
#[derive(Debug)]
pub(crate) struct Outlet {
    ring: Producer<f32>,
    watch: Arc<Watch>,
    resampler: Option<Resampler>,
    ratio: f64,
    /// What is held beyond what the speaker takes at once, in samples.
    spare: usize,
    /// Times that it ran dry, as far as they were looked at; `None` until it was given anything.
    dry: Option<usize>,
    /// The most that the speaker took at once, in samples: in this while and in the one before. One large piece is no reason to be late for the rest of a call.
    gulps: [usize; 2],
    /// Calls of the speaker at the beginning of this while.
    since: usize,
    /// Calls of the speaker that were seen, and when the last was.
    seen: (usize, Duration),
    /// Calls of the speaker when it last ran dry, or less was held.
    calm: usize,
}

/// Sound is there so long before it is taken: whoever makes it looks every few milliseconds, and makes 10 ms at a time.
const AHEAD: Duration = Duration::from_millis(5);
/// The least and the most that is held beyond what is taken at once, in samples: 2.5 and 60 ms.
const SPARE: std::ops::RangeInclusive<usize> = FRAME / 4..=6 * FRAME;
/// Calls of the speaker after which what it takes at once is looked at anew: a few seconds.
const WHILE: usize = 75;
/// Calls without running dry after which a little less is held: ten seconds, or twice as long with larger pieces.
const CALM: usize = 500;

impl Outlet {
    pub(super) fn new(ring: Producer<f32>, watch: Arc<Watch>, rate: u32) -> Self {
        let ratio = f64::from(RATE) / f64::from(rate);
        Self {
            ring,
            watch,
            resampler: (rate != RATE).then(|| Resampler::new(ratio)),
            ratio,
            spare: *SPARE.start(),
            dry: None,
            gulps: [0; 2],
            since: 0,
            seen: (0, Duration::ZERO),
            calm: 0,
        }
    }

    /// True where the speaker should get another frame at `now`. What it takes at once is made ready little by little until it takes it: sound that is made sooner
    /// waits longer.
    pub(crate) fn wants(&mut self, now: Duration) -> bool {
        let (dry, calls) = (self.watch.dry.load(Ordering::Relaxed), self.watch.calls.load(Ordering::Relaxed));
        // Until it is given anything for the first time, it is dry in any case.
        if dry > *self.dry.get_or_insert(dry) {
            // It ran dry: a little more is held from now on.
            self.dry = Some(dry);
            self.spare = (self.spare + FRAME / 2).min(*SPARE.end());
            self.calm = calls;
        } else if calls.wrapping_sub(self.calm) >= CALM {
            self.spare = self.spare.saturating_sub(FRAME / 4).max(*SPARE.start());
            self.calm = calls;
        }
        if calls != self.seen.0 {
            self.seen = (calls, now);
        }
        let [lately, before] = &mut self.gulps;
        *lately = (*lately).max(self.watch.gulp.swap(0, Ordering::Relaxed));
        let gulp = (*lately).max(*before);
        if calls.wrapping_sub(self.since) >= WHILE {
            (*before, *lately, self.since) = (*lately, 0, calls);
        }
        let due = (now.saturating_sub(self.seen.1) + AHEAD).as_micros() * u128::from(RATE) / 1_000_000;
        let target = gulp.clamp(FRAME, 20 * FRAME).min(usize::try_from(due).unwrap_or(usize::MAX)) + self.spare;
        self.queued() < target
    }

    /// What waits is not played any more; it fades within 5 ms.
    pub(crate) fn flush(&self) {
        self.watch.flush.store(true, Ordering::Relaxed);
    }

    /// Plays a frame. What does not fit is dropped.
    pub(crate) fn play(&mut self, frame: &[f32; FRAME]) {
        let Some(resampler) = &mut self.resampler else {
            // A full ring means that the speaker stands still: what does not fit would be late.
            let _ = self.ring.push_partial_slice(frame);
            return;
        };
        resampler.push(frame);
        while let Some(sample) = resampler.pull(self.ratio) {
            if self.ring.push(sample).is_err() {
                break;
            }
        }
    }

    /// From here to the air, in milliseconds.
    pub(crate) fn latency(&self) -> u32 {
        u32::try_from(self.queued() as u64 * 1000 / u64::from(RATE)).unwrap_or(0) + self.watch.latency.load(Ordering::Relaxed)
    }

    /// What waits in the ring, in samples of ours.
    fn queued(&self) -> usize {
        let capacity = self.ring.buffer().capacity();
        ((capacity - self.ring.slots()) as f64 * self.ratio) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A speaker that calls every 40 ms, and is looked at every 2.5 ms.
    struct Speaker {
        outlet: Outlet,
        ring: Consumer<f32>,
        watch: Arc<Watch>,
        now: Duration,
    }

    const LOOK: Duration = Duration::from_micros(2_500);
    const PERIOD: u32 = 16;

    impl Speaker {
        fn new() -> Self {
            let (into, ring) = rtrb::RingBuffer::new(48_000);
            let watch = Arc::new(Watch::default());
            Self { outlet: Outlet::new(into, Arc::clone(&watch), RATE), ring, watch, now: Duration::ZERO }
        }

        /// Takes so much, and is given what is wanted until it takes again, usually after [`PERIOD`]. Gives back what waits at once, and what waits then.
        fn take(&mut self, samples: usize) -> [usize; 2] {
            self.take_for(samples, PERIOD)
        }

        fn take_for(&mut self, samples: usize, looks: u32) -> [usize; 2] {
            let there = self.ring.slots().min(samples);
            self.ring.read_chunk(there).unwrap().commit_all();
            self.watch.dry.fetch_add(usize::from(there < samples), Ordering::Relaxed);
            self.watch.calls.fetch_add(1, Ordering::Relaxed);
            self.watch.gulp.fetch_max(samples, Ordering::Relaxed);
            let mut waits = [0; 2];
            for look in 0..looks {
                while self.outlet.wants(self.now) {
                    self.outlet.play(&[0.0; FRAME]);
                }
                waits[usize::from(look > 0)] = self.ring.slots();
                self.now += LOOK;
            }
            waits
        }
    }

    #[test]
    fn what_is_taken_at_once_is_made_ready_just_before_it_is_taken() {
        let mut speaker = Speaker::new();
        let held: Vec<[usize; 2]> = (0..100).map(|_| speaker.take(4 * FRAME)).collect();
        assert!(held[1..].iter().all(|[at_once, then]| *at_once <= 3 * FRAME && (4 * FRAME..=5 * FRAME).contains(then)), "{held:?}");
        assert_eq!(speaker.watch.dry.load(Ordering::Relaxed), 1, "it is dry once, before anything is there");
    }

    #[test]
    fn a_speaker_that_is_early_finds_enough() {
        let mut speaker = Speaker::new();
        for _ in 0..10 {
            speaker.take(4 * FRAME);
        }
        let dry = speaker.watch.dry.load(Ordering::Relaxed);
        // It comes 5 ms too soon.
        speaker.take_for(4 * FRAME, PERIOD - 2);
        speaker.take(4 * FRAME);
        assert_eq!(speaker.watch.dry.load(Ordering::Relaxed), dry);
    }

    #[test]
    fn one_large_piece_and_one_dry_moment_do_not_delay_the_rest_of_a_call() {
        let mut speaker = Speaker::new();
        let usual = (0..10).map(|_| speaker.take(4 * FRAME)[1]).max();
        speaker.take(8 * FRAME);
        let later = (0..1_000).map(|_| speaker.take(4 * FRAME)[1]).last();
        assert!(later <= usual, "{later:?} after {usual:?}");
    }
}
