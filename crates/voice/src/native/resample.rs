//! Resampling at a ratio that may change from sample to sample.

use std::{collections::VecDeque, f64::consts::PI};

/// Samples on each side that a value is made of.
const REACH: usize = 12;
/// Places between two samples that the filter is tabled for.
const PHASES: usize = 256;

/// Makes a stream of samples slower or faster, with a windowed sinc filter. It delays by 12 samples.
#[derive(Debug)]
pub struct Resampler {
    /// One row a phase, and one more so that rows can be blended.
    table: Vec<[f32; 2 * REACH]>,
    /// Input around the next output.
    window: VecDeque<f32>,
    /// Where in the window, past its middle, the next output is.
    position: f64,
}

impl Resampler {
    /// For ratios around this one (input samples an output sample): above 1 what cannot be kept is filtered out first.
    #[must_use]
    pub fn new(around: f64) -> Self {
        let cutoff = if around > 1.01 { 0.95 / around } else { 1.0 };
        let table = (0..=PHASES).map(|phase| row(phase as f64 / PHASES as f64, cutoff)).collect();
        let window = std::iter::repeat_n(0.0, REACH).collect();
        Self { table, window, position: 0.0 }
    }

    /// Takes input.
    pub fn push(&mut self, input: &[f32]) {
        self.window.extend(input);
    }

    /// The next sample, where there is input enough for it; `ratio` is how many samples of input it takes.
    pub fn pull(&mut self, ratio: f64) -> Option<f32> {
        while self.position >= 1.0 {
            self.window.pop_front()?;
            self.position -= 1.0;
        }
        if self.window.len() < 2 * REACH {
            return None;
        }
        let place = self.position * PHASES as f64;
        let phase = (place as usize).min(PHASES - 1);
        let blend = (place - phase as f64) as f32;
        let (below, above) = (self.table.get(phase)?, self.table.get(phase + 1)?);
        let value = self.window.iter().zip(below.iter().zip(above)).map(|(sample, (a, b))| sample * (a + (b - a) * blend)).sum();
        self.position += ratio;
        Some(value)
    }

    /// Input that waits beyond what the filter itself holds, in samples.
    #[must_use]
    pub fn waiting(&self) -> usize {
        (self.window.len() + 1).saturating_sub(2 * REACH).saturating_sub(self.position as usize)
    }

    /// Forgets what waits.
    pub fn clear(&mut self) {
        self.window.clear();
        self.window.extend(std::iter::repeat_n(0.0, REACH));
        self.position = 0.0;
    }
}

/// The filter for a value at `offset` past the middle of its window.
fn row(offset: f64, cutoff: f64) -> [f32; 2 * REACH] {
    let mut taps = [0.0; 2 * REACH];
    for (index, tap) in taps.iter_mut().enumerate() {
        let distance = index as f64 - (REACH as f64 - 1.0) - offset;
        let x = PI * distance * cutoff;
        let sinc = if x.abs() < 1e-9 { 1.0 } else { x.sin() / x };
        let across = distance / REACH as f64;
        let window = if across.abs() >= 1.0 { 0.0 } else { 0.42 + 0.5 * (PI * across).cos() + 0.08 * (2.0 * PI * across).cos() };
        *tap = sinc * window;
    }
    let sum: f64 = taps.iter().sum();
    for tap in &mut taps {
        *tap /= sum;
    }
    taps.map(|tap| tap as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: f64, hertz: f64, samples: usize) -> Vec<f32> {
        (0..samples).map(|n| (0.5 * (2.0 * PI * hertz * n as f64 / rate).sin()) as f32).collect()
    }

    /// The loudness of a frequency in this sound, and of all else in it, both as a root mean square.
    fn split(sound: &[f32], rate: f64, hertz: f64) -> (f64, f64) {
        let (mut sine, mut cosine, mut all) = (0.0, 0.0, 0.0);
        for (n, sample) in sound.iter().enumerate() {
            let phase = 2.0 * PI * hertz * n as f64 / rate;
            sine += f64::from(*sample) * phase.sin();
            cosine += f64::from(*sample) * phase.cos();
            all += f64::from(*sample).powi(2);
        }
        let length = sound.len() as f64;
        let power = 2.0 * (sine * sine + cosine * cosine) / (length * length);
        (power.sqrt(), (all / length - power).max(0.0).sqrt())
    }

    #[test]
    fn a_tone_keeps_its_pitch_and_loudness_from_any_rate() {
        for rate in [8_000.0, 16_000.0, 44_100.0, 48_000.0, 96_000.0] {
            let ratio = rate / 48_000.0;
            let mut resampler = Resampler::new(ratio);
            resampler.push(&tone(rate, 1_000.0, rate as usize));
            let out: Vec<f32> = std::iter::from_fn(|| resampler.pull(ratio)).collect();
            assert!(out.len().abs_diff(48_000) < 100, "{rate}: {}", out.len());
            let (loud, rest) = split(&out[4_800..43_200], 48_000.0, 1_000.0);
            assert!((loud - 0.5 / 2.0_f64.sqrt()).abs() < 0.005, "{rate}: {loud}");
            assert!(rest < 0.002, "{rate}: {rest}");
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_is_filtered_out() {
        let mut resampler = Resampler::new(2.0);
        resampler.push(&tone(96_000.0, 33_000.0, 96_000));
        let out: Vec<f32> = std::iter::from_fn(|| resampler.pull(2.0)).collect();
        let loud = (out.iter().skip(100).map(|s| f64::from(*s).powi(2)).sum::<f64>() / out.len() as f64).sqrt();
        assert!(loud < 0.01, "{loud}");
    }
}
