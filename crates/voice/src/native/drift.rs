//! Two clocks that never agree: the sender's, and this machine's sound device's.

use super::{RATE, Resampler};

/// Of the distance from the target, so much is made up a second.
const CORRECTION: f64 = 0.05;
/// The most that the speed changes while all is well: half a percent, which nobody hears.
const GENTLE: f64 = 0.005;
/// The distance from which on more is allowed, in samples: 60 ms.
const FAR: f64 = 0.06 * RATE as f64;
/// The most that the speed changes then.
const FIRM: f64 = 0.03;
/// How fast the measured depth follows, a sample: 1 s, so that the saw teeth of packets are not seen.
const SMOOTHING: f64 = 1.0 / RATE as f64;

/// Plays a stream so much slower or faster that the sound that waits stays at its target.
#[derive(Debug)]
pub struct Drift {
    resampler: Resampler,
    /// The smoothed distance from the target, in samples.
    distance: f64,
    ratio: f64,
}

impl Default for Drift {
    fn default() -> Self {
        Self { resampler: Resampler::new(1.0), distance: 0.0, ratio: 1.0 }
    }
}

impl Drift {
    /// Plays at the sender's speed until it knows better.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes sound from the stream.
    pub fn push(&mut self, sound: &[f32]) {
        self.resampler.push(sound);
    }

    /// Samples that are missing for a frame of this length, at the speed of now.
    #[must_use]
    pub fn missing(&self, frame: usize) -> usize {
        let needed = (frame as f64 * self.ratio).ceil() as usize + 1;
        needed.saturating_sub(self.resampler.waiting())
    }

    /// Fills a frame; what is missing at its end is silent. `depth` is the sound that waits elsewhere and `target` what should wait in all, in samples; `None`
    /// while the stream does not play, so that the pause is not taken for drift. Gives how much of the frame is sound.
    pub fn pull(&mut self, frame: &mut [f32], depth: Option<(u64, u64)>) -> usize {
        if let Some((depth, target)) = depth {
            let distance = depth as f64 + self.resampler.waiting() as f64 - target as f64;
            let weight = (SMOOTHING * frame.len() as f64).min(1.0);
            self.distance += (distance - self.distance) * weight;
            let most = if self.distance.abs() > FAR { FIRM } else { GENTLE };
            self.ratio = 1.0 + (self.distance / f64::from(RATE) * CORRECTION).clamp(-most, most);
            if self.distance > FAR {
                self.ratio = 1.0 + FIRM;
            }
        }
        let mut sound = 0;
        for sample in frame.iter_mut() {
            let value = self.resampler.pull(self.ratio);
            sound += usize::from(value.is_some());
            *sample = value.unwrap_or(0.0);
        }
        sound
    }

    /// Forgets what waits, and what it knew of it.
    pub fn clear(&mut self) {
        self.resampler.clear();
        self.distance = 0.0;
        self.ratio = 1.0;
    }

    /// The smoothed distance of what waits from its target, in samples.
    #[must_use]
    pub fn distance(&self) -> f64 {
        self.distance
    }

    /// Samples of the stream that a sample here takes.
    #[must_use]
    pub fn ratio(&self) -> f64 {
        self.ratio
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::*;
    use crate::native::{FRAME, PACKET};

    /// Ten minutes of a tone from a sender whose clock is so much off. Gives the last smoothed distance in ms, the greatest step of the second difference of what
    /// was played against that of the tone itself, and how often nothing was there.
    fn run(ppm: f64) -> (f64, f64, usize) {
        let hertz = 440.0;
        let pace = 2.0 * PI * hertz / f64::from(RATE);
        let mut drift = Drift::new();
        let target = 2 * PACKET as u64;
        let (mut sent, mut waiting) = (0_u64, 0_u64);
        let mut frame = [0.0; FRAME];
        let (mut before, mut roughest, mut empty) = ([0.0_f64; 2], 0.0_f64, 0);
        for n in 0..60_000_u64 {
            let due = (n as f64 * FRAME as f64 * (1.0 + ppm / 1e6)) as u64 + target;
            while (sent + waiting + PACKET as u64) <= due {
                waiting += PACKET as u64;
            }
            while drift.missing(FRAME) > 0 && waiting > 0 {
                let sound: Vec<f32> = (sent..sent + PACKET as u64).map(|n| (0.5 * (pace * n as f64).sin()) as f32).collect();
                drift.push(&sound);
                sent += PACKET as u64;
                waiting -= PACKET as u64;
            }
            let got = drift.pull(&mut frame, Some((waiting, target)));
            if n < 100 {
                continue;
            }
            empty += FRAME - got;
            for sample in frame {
                let sample = f64::from(sample);
                if n > 101 {
                    roughest = roughest.max((sample - 2.0 * before[1] + before[0]).abs());
                }
                before = [before[1], sample];
            }
        }
        (drift.distance() / 48.0, roughest / (0.5 * pace * pace), empty)
    }

    #[test]
    fn a_clock_that_is_off_is_followed_for_ten_minutes_without_a_click() {
        for ppm in [-300.0, 0.0, 300.0] {
            let (distance, roughest, empty) = run(ppm);
            assert!(distance.abs() < 15.0, "{ppm} ppm: {distance} ms from the target");
            assert!(roughest < 1.1, "{ppm} ppm: a click, {roughest} times as rough as the tone");
            assert_eq!(empty, 0, "{ppm} ppm: sound was missing");
        }
    }

    #[test]
    fn too_much_that_waits_is_made_up_for_in_seconds() {
        let mut drift = Drift::new();
        let mut frame = [0.0; FRAME];
        let mut waiting = 9_600_u64;
        for n in 0..1_000_u64 {
            waiting += FRAME as u64;
            while drift.missing(FRAME) > 0 {
                drift.push(&[0.1; FRAME]);
                waiting -= FRAME as u64;
            }
            drift.pull(&mut frame, Some((waiting, 1_920)));
            if n == 999 {
                assert!(drift.distance() < FAR * 1.2, "{}", drift.distance());
            }
        }
    }
}
