//! What the rep says.

use std::f64::consts::{PI, TAU};

const RATE: f64 = 48_000.0;
/// Formants of a few vowels, in hertz.
const VOWELS: [[f64; 3]; 4] = [[700.0, 1220.0, 2600.0], [300.0, 2300.0, 3000.0], [450.0, 800.0, 2830.0], [530.0, 1850.0, 2500.0]];
/// How long a vowel lasts, in seconds.
const VOWEL: f64 = 0.18;

/// A row of vowels that begins and ends at once: a voice to whoever listens for one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a second or two of samples")]
pub(crate) fn vowels(seconds: f64) -> Vec<f32> {
    let mut phase = 0.0;
    let sample = |at: usize| {
        let time = at as f64 / RATE;
        let vowel = VOWELS[(time / VOWEL) as usize % VOWELS.len()];
        let pitch = 125.0 + 15.0 * (TAU * 1.7 * time).sin();
        phase += pitch / RATE;
        let overtones = 1..=(4_000.0 / pitch) as u32;
        let sum: f64 = overtones
            .map(f64::from)
            .map(|n| {
                let gain = vowel.iter().map(|formant| 1.0 / (1.0 + ((n * pitch - formant) / 90.0).powi(2))).sum::<f64>() + 0.01;
                gain * (TAU * n * phase).sin() / n.sqrt()
            })
            .sum();
        (sum * 0.18 * (0.5 + 0.5 * (PI * (time / VOWEL).fract()).sin())).clamp(-0.9, 0.9) as f32
    };
    (0..(seconds * RATE) as usize).map(sample).collect()
}
