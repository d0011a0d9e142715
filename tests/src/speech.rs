//! Speech as samples: made by a program that is run, 48 kHz, one channel.

use std::process::Command;

/// Samples a second.
pub const RATE: usize = 48_000;

/// These words, spoken, with a moment of silence after them.
///
/// # Panics
/// Where espeak-ng is not there.
#[must_use]
pub fn speak(words: &str) -> Vec<f32> {
    let output =
        Command::new("espeak-ng").args(["--stdout", "-s", "190", words]).output().expect("espeak-ng; `cargo xtask setup` installs it");
    let bytes = output.stdout;
    let rate = u32::from_le_bytes(bytes[24..28].try_into().expect("a WAV head"));
    let samples: Vec<f32> = bytes[44..].chunks_exact(2).map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32_768.0).collect();
    let step = f64::from(rate) / RATE as f64;
    let long = (samples.len() as f64 / step) as usize;
    let mut speech: Vec<f32> = (0..long)
        .map(|at| {
            let place = at as f64 * step;
            let (before, part) = (place as usize, place.fract() as f32);
            let next = samples.get(before + 1).copied().unwrap_or(0.0);
            samples.get(before).copied().unwrap_or(0.0) * (1.0 - part) + next * part
        })
        .collect();
    speech.extend(std::iter::repeat_n(0.0, RATE));
    speech
}
