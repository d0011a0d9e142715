//! Something that sounds like a voice: a row of vowels from pulses and formants, so that no speech program is needed.

use std::f64::consts::{PI, TAU};

const RATE: usize = 48_000;

/// Formants of a few vowels, in hertz.
const VOWELS: &[[f64; 3]] = &[[700.0, 1220.0, 2600.0], [300.0, 2300.0, 3000.0], [450.0, 800.0, 2830.0], [530.0, 1850.0, 2500.0]];

/// So much voice, mono at 48 kHz.
pub(crate) fn voice(ms: usize) -> Vec<i16> {
    let length = RATE * ms / 1000;
    let mut phase = 0.0;
    let sample = |at: usize| {
        let time = at as f64 / RATE as f64;
        let vowel = VOWELS[(time / 0.18) as usize % VOWELS.len()];
        let pitch = 125.0 + 15.0 * (TAU * 1.7 * time).sin();
        phase += pitch / RATE as f64;
        let harmonics = (1..=(4000.0 / pitch) as u32).map(|n| {
            let frequency = f64::from(n) * pitch;
            let formants: f64 = vowel.iter().map(|formant| 1.0 / (1.0 + ((frequency - formant) / 90.0).powi(2))).sum();
            (formants + 0.01) * (TAU * f64::from(n) * phase).sin() / f64::from(n).sqrt()
        });
        let syllable = 0.25 + 0.75 * (PI * (time / 0.18).fract()).sin();
        (harmonics.sum::<f64>() * syllable * 6000.0).clamp(-32_000.0, 32_000.0) as i16
    };
    (0..length).map(sample).collect()
}

/// So much quiet.
pub(crate) fn quiet(ms: usize) -> Vec<i16> {
    vec![0; RATE * ms / 1000]
}
