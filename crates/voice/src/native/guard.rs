//! What could be no more than the customer's own voice, come back, is not sent: a canceller that has lost its step lets seconds of it through.
//!
//! How loud the microphone is, is compared with the loudest that was played a moment ago. How far below that an echo stays is learned while the customer speaks:
//! soon where so little is heard after something loud that there is no echo (a headset), else little by little. What is louder is the rep, and passes at once if the
//! microphone is there: a sound server leads what the speaker plays into the stream of one that is pulled out.

use std::collections::VecDeque;

use super::{FRAME, level::decibels};

/// Frames for which something that was played can come back: 600 ms, which is more than speaker, room and microphone together hold, even on a busy machine.
const COMES_BACK: usize = 60;
/// Frames after which what can come back has come back, but for what a busy machine holds up: 400 ms.
const CAME_BACK: usize = 40;
/// What is played softer than this has no echo to speak of, in decibels below full scale.
const AUDIBLE: f32 = -48.0;
/// An echo is supposed to be so much softer than what is played until it is known better: its third quartile, in decibels.
const SUPPOSED: f32 = -17.0;
/// Softer and louder than this it is never believed to be.
const BELIEVED: std::ops::RangeInclusive<f32> = -20.0..=6.0;
/// It is no louder than what is usually the loudest after something was played, with so much to spare, in decibels; but this is not believed to be softer than that.
const TO_SPARE: f32 = 6.0;
const LEAST: f32 = -40.0;
/// The usual is found in such steps, in decibels a frame. While somebody is heard over the customer it rises in smaller ones: that is the rep, or the echo of a headset
/// that was pulled out, which is known after a word or two.
const STEP: f32 = 1.0;
const STEP_IN_SPEECH: f32 = 0.15;
/// Where that is softer, nothing comes back (a headset), in decibels.
const NOTHING: f32 = -26.0;
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
/// What is softer than this is nobody who speaks, in decibels below full scale.
const FAINT: f32 = -54.0;
/// Frames after which the microphone is supposed to be there although nobody has said so: 150 ms.
const UNANSWERED: u32 = 15;
/// Frames for which it stays open after the last that was louder: 250 ms.
const STAYS: u32 = 25;

/// Tells frames of 10 ms that could be echo from those that cannot.
#[derive(Debug)]
pub(super) struct Guard {
    /// How loud the last frames were that were played, in decibels.
    played: VecDeque<f32>,
    /// How loud the microphone was lately, in decibels.
    heard: VecDeque<f32>,
    /// How far an echo is below that, by what was heard so far: its third quartile, in decibels.
    learned: f32,
    /// How far below what was played the loudest usually is that is heard after it, in decibels: an echo is seldom louder.
    most: f32,
    /// Frames in which the customer was heard.
    customer: u32,
    count: u32,
    stays: u32,
    microphone: Microphone,
}

/// What is known of the microphone while somebody speaks over the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Microphone {
    /// Nobody speaks, and nobody wants to know.
    Unasked,
    /// Whether it is there is asked since so many frames; `taken` once somebody has gone to look.
    Asked { frames: u32, taken: bool },
    /// It is there.
    There,
}

impl Microphone {
    /// A frame later, while somebody seems to speak; where no answer comes it is supposed to be there.
    fn awaited(self) -> Self {
        match self {
            Self::Unasked => Self::Asked { frames: 1, taken: false },
            Self::Asked { frames, .. } if frames >= UNANSWERED => Self::There,
            Self::Asked { frames, taken } => Self::Asked { frames: frames + 1, taken },
            Self::There => Self::There,
        }
    }
}

impl Guard {
    pub(super) fn new() -> Self {
        let empty = |most| VecDeque::with_capacity(most + 1);
        Self {
            played: empty(COMES_BACK),
            heard: empty(CAME_BACK),
            learned: SUPPOSED,
            most: SUPPOSED + SPREAD,
            customer: 0,
            count: 0,
            stays: 0,
            microphone: Microphone::Unasked,
        }
    }

    /// This goes to the speaker.
    pub(super) fn played(&mut self, frame: &[f32]) {
        if self.played.len() >= COMES_BACK {
            self.played.pop_front();
        }
        let then = self.played.len().checked_sub(CAME_BACK).and_then(|at| self.played.get(at));
        if self.heard.len() == CAME_BACK
            && let Some(then) = then.filter(|then| **then > AUDIBLE)
        {
            let rises = max(&self.heard) - then > self.most;
            self.most += match (rises, self.stays > 0) {
                (true, true) => STEP_IN_SPEECH,
                (true, false) => STEP,
                (false, _) => -STEP,
            };
            self.most = self.most.max(LEAST);
        }
        self.played.push_back(loudness(frame));
    }

    /// Hears what the microphone heard, before anything was taken out of it. False where it could be echo.
    pub(super) fn passes(&mut self, heard: &[f32]) -> bool {
        let loud = loudness(heard);
        if self.heard.len() >= CAME_BACK {
            self.heard.pop_front();
        }
        self.heard.push_back(loud);
        let loudest = max(&self.played);
        if loudest < AUDIBLE {
            // Nothing stays open from here into the next thing that the customer says.
            (self.count, self.stays, self.microphone) = (0, 0, Microphone::Unasked);
            return true;
        }
        self.customer += 1;
        let below = loud - loudest;
        let echo = (self.learned + SPREAD).min(self.most + TO_SPARE);
        let louder = below > echo && loud > FAINT;
        self.learned += match (below > self.learned, louder && self.stays > 0) {
            (true, true) => RISE_IN_SPEECH,
            (true, false) => RISE,
            (false, _) => -FALL,
        };
        self.learned = self.learned.clamp(*BELIEVED.start(), *BELIEVED.end());
        self.count = if louder { (self.count + COUNTS).min(SPEAKS) } else { self.count.saturating_sub(1) };
        let speaks = self.count >= SPEAKS;
        if speaks || self.microphone != Microphone::Unasked {
            self.microphone = self.microphone.awaited();
        }
        self.stays = if speaks && self.microphone == Microphone::There { STAYS } else { self.stays.saturating_sub(1) };
        if self.count == 0 && self.stays == 0 {
            self.microphone = Microphone::Unasked;
        }
        self.is_open()
    }

    /// True while the rep is heard over the customer.
    pub(super) fn is_open(&self) -> bool {
        self.stays > 0
    }

    /// The microphone gave nothing for a while: that says nothing of an echo.
    pub(super) fn missed(&mut self) {
        self.heard.clear();
    }

    /// So many frames the customer was heard by now, where nothing of it came back lately.
    pub(super) fn without_echo(&self) -> Option<u32> {
        (self.most < NOTHING && max(&self.played) > AUDIBLE).then_some(self.customer)
    }

    /// True once where somebody speaks over the customer, and it has to be known whether the microphone is there.
    pub(super) fn asks(&mut self) -> bool {
        let Microphone::Asked { taken, .. } = &mut self.microphone else { return false };
        !std::mem::replace(taken, true)
    }

    /// It is there.
    pub(super) fn sure(&mut self) {
        if self.microphone != Microphone::Unasked {
            self.microphone = Microphone::There;
        }
    }
}

fn max(values: &VecDeque<f32>) -> f32 {
    values.iter().copied().fold(f32::NEG_INFINITY, f32::max)
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
        talk_in(Room::new(160, echo), rep, from)
    }

    fn talk_in(mut room: Room, rep: f32, from: &[usize]) -> Vec<bool> {
        let (mut customer, mut voice, mut guard) = (Voice::new(1), Voice::new(2), Guard::new());
        let gain = 10_f32.powf(rep / 20.0);
        let frame = |n: usize| {
            let played = customer.take(FRAME);
            guard.played(&played);
            let speaks = from.iter().any(|from| (*from..from + 100).contains(&n));
            let near = voice.take(FRAME);
            let heard: Vec<f32> =
                played.iter().zip(near).map(|(far, near)| room.hear(*far) + if speaks { gain * near } else { 0.0 }).collect();
            let passes = guard.passes(&heard);
            if guard.asks() {
                guard.sure();
            }
            passes
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
    fn an_echo_that_comes_up_in_the_midst_is_taken_for_the_rep_for_a_few_seconds_at_most() {
        let (mut customer, mut guard) = (Voice::new(1), Guard::new());
        let (mut headset, mut loud) = (Room::new(160, -90.0), Room::new(160, -12.0));
        let passed: Vec<bool> = (0..2_000)
            .map(|n| {
                let played = customer.take(FRAME);
                guard.played(&played);
                let room = if n < 600 { &mut headset } else { &mut loud };
                let heard: Vec<f32> = played.iter().map(|far| room.hear(*far)).collect();
                let passes = guard.passes(&heard);
                if guard.asks() {
                    guard.sure();
                }
                passes
            })
            .collect();
        let leaked: Vec<usize> = passed.iter().enumerate().skip(50).filter(|(_, passed)| **passed).map(|(n, _)| n).collect();
        assert!(leaked.iter().all(|n| (600..1_000).contains(n)), "{leaked:?}");
    }

    #[test]
    fn who_hesitates_passes_although_the_answer_takes_a_moment() {
        let (mut customer, mut rep) = (Voice::new(1), Voice::new(2));
        let (mut room, mut guard) = (Room::new(160, -12.0), Guard::new());
        let mut asked = None;
        let mut passed = Vec::new();
        for n in 0..600 {
            let played = customer.take(FRAME);
            guard.played(&played);
            // Every other frame of the rep is soft.
            let gain = if n < 300 {
                0.0
            } else if n % 2 == 0 {
                1.4
            } else {
                0.0
            };
            let heard: Vec<f32> = played.iter().zip(rep.take(FRAME)).map(|(far, near)| room.hear(*far) + gain * near).collect();
            passed.push(guard.passes(&heard));
            if guard.asks() {
                asked = Some(n);
            }
            if asked.is_some_and(|asked| n == asked + 3) {
                guard.sure();
            }
        }
        let count = passed[300..].iter().filter(|passed| **passed).count();
        assert!(count > 100, "{count} frames of 300 passed");
    }

    #[test]
    fn an_echo_that_comes_late_is_no_headset() {
        let passed = talk_in(Room::new(350, -12.0), 0.0, &[]);
        assert!(!passed[50..].contains(&true));
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
    fn with_a_headset_the_rep_passes_however_softly_once_the_customer_spoke_for_a_second() {
        for (echo, rep) in [(-90.0, -25.0), (-60.0, -25.0), (-40.0, -15.0)] {
            let passed = talk(echo, rep, &[120, 700]);
            for from in [120, 700] {
                assert!(passed[from..from + 33].contains(&true), "{rep} dB, from {from}, with an echo of {echo} dB");
            }
        }
    }

    #[test]
    fn who_cut_in_leaves_nothing_open_for_what_the_customer_says_next() {
        let (mut customer, mut rep) = (Voice::new(1), Voice::new(2));
        let (mut room, mut guard) = (Room::new(160, -12.0), Guard::new());
        // The customer speaks; the rep cuts in, and the customer is silent within a quarter of a second; the rep ends, and the customer answers.
        let mut leaked = 0;
        for n in 0..1_200 {
            let played = if (300..650).contains(&n) { vec![0.0; FRAME] } else { customer.take(FRAME) };
            guard.played(&played);
            let near = if (275..500).contains(&n) { rep.take(FRAME) } else { vec![0.0; FRAME] };
            let heard: Vec<f32> = played.iter().zip(near).map(|(far, near)| room.hear(*far) + near).collect();
            // It takes a moment to come back; until then silence passes.
            leaked += usize::from(guard.passes(&heard) && n >= 650 && loudness(&heard) > AUDIBLE);
        }
        assert_eq!(leaked, 0);
    }

    /// What is played comes itself, as it does from a microphone that was pulled out. True where it passes.
    fn hear_itself(guard: &mut Guard, customer: &mut Voice) -> bool {
        let played = customer.take(FRAME);
        guard.played(&played);
        guard.passes(&played)
    }

    #[test]
    fn nobody_passes_over_the_customer_before_it_is_sure_that_the_microphone_is_there() {
        let (mut customer, mut guard) = (Voice::new(1), Guard::new());
        let passed: Vec<bool> = (0..200).map_while(|_| (!guard.asks()).then(|| hear_itself(&mut guard, &mut customer))).collect();
        assert!(passed.len() < 200 && passed.last() == Some(&false) && !guard.asks(), "it asks once, and lets nothing pass meanwhile");
        assert!((0..5).all(|_| !hear_itself(&mut guard, &mut customer)));
        guard.sure();
        assert!((0..50).any(|_| hear_itself(&mut guard, &mut customer)), "it is there: somebody speaks");
    }

    #[test]
    fn who_is_not_answered_passes_all_the_same_soon() {
        let (mut customer, mut guard) = (Voice::new(1), Guard::new());
        while !guard.asks() {
            hear_itself(&mut guard, &mut customer);
        }
        let passed = (0..200).position(|_| hear_itself(&mut guard, &mut customer)).expect("it passes");
        assert!((13..60).contains(&passed), "{passed} frames later");
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
