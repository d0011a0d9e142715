//! What could be no more than the customer's own voice, come back, is not sent: a canceller that has lost its step lets seconds of it through.
//!
//! How loud the microphone is, is compared with the loudest that was played a moment ago. How far below that an echo stays is learned while the customer speaks.
//! What is louder is the rep, and passes at once.

use std::collections::VecDeque;

use super::{FRAME, level::decibels};

/// Frames for which something that was played can come back: 600 ms, which is more than speaker, room and microphone together hold, even on a busy machine.
const COMES_BACK: usize = 60;
/// What is played softer than this has no echo to speak of, in decibels below full scale.
const AUDIBLE: f32 = -48.0;
/// An echo is supposed to be so much softer than what is played until it is known better: its third quartile, in decibels.
const SUPPOSED: f32 = -17.0;
/// Softer and louder than this it is never believed to be: a headset that is pulled out is heard in the next moment.
const BELIEVED: std::ops::RangeInclusive<f32> = -25.0..=6.0;
/// Three frames of four are softer than what is learned, so it falls a third as fast as it rises, in decibels a frame.
const RISE: f32 = 0.045;
const FALL: f32 = RISE / 3.0;
/// While the rep speaks too, it hardly rises.
const RISE_IN_SPEECH: f32 = 0.02;
/// The loudest of an echo is so far above its third quartile, with room to spare, in decibels.
const SPREAD: f32 = 8.0;
/// A frame that is louder than an echo counts three, any other takes one back; at nine somebody speaks.
const COUNTS: u32 = 3;
const SPEAKS: u32 = 9;
/// Frames for which it stays open after the last that was louder: 250 ms.
const STAYS: u32 = 25;

/// Tells frames of 10 ms that could be echo from those that cannot.
#[derive(Debug)]
pub(super) struct Guard {
    /// How loud the last frames were that were played, in decibels.
    played: VecDeque<f32>,
    /// How far an echo is below that, by what was heard so far: its third quartile, in decibels.
    learned: f32,
    count: u32,
    stays: u32,
}

impl Guard {
    pub(super) fn new() -> Self {
        Self { played: VecDeque::with_capacity(COMES_BACK + 1), learned: SUPPOSED, count: 0, stays: 0 }
    }

    /// This goes to the speaker.
    pub(super) fn played(&mut self, frame: &[f32]) {
        if self.played.len() >= COMES_BACK {
            self.played.pop_front();
        }
        self.played.push_back(loudness(frame));
    }

    /// Hears what the microphone heard, before anything was taken out of it. False where it could be echo.
    pub(super) fn passes(&mut self, heard: &[f32]) -> bool {
        let loudest = self.played.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        if loudest < AUDIBLE {
            self.count = 0;
            return true;
        }
        let below = loudness(heard) - loudest;
        let louder = below > self.learned + SPREAD;
        self.learned += match (below > self.learned, louder && self.stays > 0) {
            (true, true) => RISE_IN_SPEECH,
            (true, false) => RISE,
            (false, _) => -FALL,
        };
        self.learned = self.learned.clamp(*BELIEVED.start(), *BELIEVED.end());
        self.count = if louder { (self.count + COUNTS).min(SPEAKS) } else { self.count.saturating_sub(1) };
        self.stays = if self.count >= SPEAKS { STAYS } else { self.stays.saturating_sub(1) };
        self.stays > 0
    }
}

fn loudness(frame: &[f32]) -> f32 {
    decibels(frame.iter().map(|sample| f64::from(*sample).powi(2)).sum(), FRAME as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::synth::{Room, Voice};

    /// The customer speaks for 20 s in a room; from the given frames on, for a second each, the rep speaks too, so much softer or louder than the customer. Gives
    /// for every frame whether it passed.
    fn talk(echo: f32, rep: f32, from: &[usize]) -> Vec<bool> {
        let (mut customer, mut voice) = (Voice::new(1), Voice::new(2));
        let (mut room, mut guard) = (Room::new(160, echo), Guard::new());
        let gain = 10_f32.powf(rep / 20.0);
        let frame = |n: usize| {
            let played = customer.take(FRAME);
            guard.played(&played);
            let speaks = from.iter().any(|from| (*from..from + 100).contains(&n));
            let near = voice.take(FRAME);
            let heard: Vec<f32> =
                played.iter().zip(near).map(|(far, near)| room.hear(*far) + if speaks { gain * near } else { 0.0 }).collect();
            guard.passes(&heard)
        };
        (0..2_000).map(frame).collect()
    }

    #[test]
    fn the_customer_alone_never_passes_however_loud_its_echo_is() {
        for echo in [-6.0, -12.0, -20.0, -40.0] {
            let passed = talk(echo, 0.0, &[]);
            // Louder than is supposed it is learned first.
            let first = if echo > -10.0 { 500 } else { 50 };
            let leaked = passed[first..].iter().filter(|passed| **passed).count();
            assert_eq!(leaked, 0, "at {echo} dB");
        }
    }

    #[test]
    fn the_rep_passes_within_a_third_of_a_second_while_the_customer_speaks() {
        let from = [300, 700, 1_100, 1_500, 1_800];
        for passed in [talk(-12.0, 0.0, &from), talk(-12.0, 3.0, &from), talk(-40.0, -3.0, &from)] {
            for from in from {
                assert!(passed[from..from + 33].contains(&true), "from {from}");
            }
        }
    }

    #[test]
    fn who_speaks_while_nothing_is_played_passes_however_softly() {
        let (mut guard, mut voice) = (Guard::new(), Voice::new(3));
        for _ in 0..200 {
            guard.played(&[0.0; FRAME]);
            let soft: Vec<f32> = voice.take(FRAME).iter().map(|sample| 0.05 * sample).collect();
            assert!(guard.passes(&soft));
        }
    }
}
