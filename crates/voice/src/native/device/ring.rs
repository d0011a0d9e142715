//! The ends of a device's rings that our own thread has.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering},
};

use rtrb::{Consumer, Producer};

use crate::native::{FRAME, RATE, Resampler};

/// What a device's thread tells of itself, without a lock.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Times that it called.
    pub(super) calls: AtomicUsize,
    /// The most samples of ours that it took or gave at once.
    pub(super) gulp: AtomicUsize,
    /// How long sound is under way between it and the air, in milliseconds.
    pub(super) latency: AtomicU32,
    /// Times that it wanted sound and none was there.
    pub(super) dry: AtomicUsize,
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
    /// The first silence, in samples, was given.
    spare: usize,
    dry: usize,
}

impl Outlet {
    pub(super) fn new(ring: Producer<f32>, watch: Arc<Watch>, rate: u32) -> Self {
        let ratio = f64::from(RATE) / f64::from(rate);
        Self { ring, watch, resampler: (rate != RATE).then(|| Resampler::new(ratio)), ratio, spare: FRAME, dry: 0 }
    }

    /// True where the speaker should get another frame now.
    pub(crate) fn wants(&mut self) -> bool {
        let dry = self.watch.dry.load(Ordering::Relaxed);
        if dry > self.dry {
            // It ran dry: a little more is held from now on, up to 60 ms.
            self.dry = dry;
            self.spare = (self.spare + FRAME / 2).min(6 * FRAME);
        }
        let target = self.watch.gulp.load(Ordering::Relaxed).clamp(FRAME, 20 * FRAME) + self.spare;
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
