//! Sound for the tests.

use std::f32::consts::TAU;

/// A voice: syllables of a buzz whose pitch moves, with pauses between words.
pub fn voice(seconds: usize) -> Vec<f32> {
    let mut phase = 0.0_f32;
    let mut low = 0.0_f32;
    (0..seconds * 48_000)
        .map(|n| {
            let t = n as f32 / 48_000.0;
            let word = (t * 0.9).fract();
            let swell = if word < 0.75 { (TAU * 2.0 * t * 2.1).sin().abs() } else { 0.0 };
            phase = (phase + (130.0 + 40.0 * (t * 3.1).sin() + 25.0 * (t * 7.7).sin()) / 48_000.0).fract();
            low += ((1.0 - 2.0 * phase) - low) * (0.18 + 0.1 * (t * 5.3).sin());
            low * swell * 0.4
        })
        .collect()
}

/// A tone.
pub fn tone(hertz: f32, samples: std::ops::Range<usize>) -> Vec<f32> {
    samples.map(|n| 0.3 * (TAU * hertz * n as f32 / 48_000.0).sin()).collect()
}

pub fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}

/// How loud this frequency is, as an amplitude: the middle of moments of 40 ms, for its pitch is moved a little.
pub fn loud(sound: &[f32], hertz: f32) -> f32 {
    let moments: Vec<f32> = sound.chunks_exact(1_920).map(|moment| amplitude(moment, hertz)).collect();
    moments.iter().sum::<f32>() / moments.len().max(1) as f32
}

fn amplitude(sound: &[f32], hertz: f32) -> f32 {
    let (mut sine, mut cosine) = (0.0, 0.0);
    for (n, sample) in sound.iter().enumerate() {
        let phase = TAU * hertz * n as f32 / 48_000.0;
        sine += sample * phase.sin();
        cosine += sample * phase.cos();
    }
    2.0 * (sine * sine + cosine * cosine).sqrt() / sound.len() as f32
}
