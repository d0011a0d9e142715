//! From packets as they come to frames as they are played.

use std::time::Duration;

use super::{Decoder, Drift, FRAME, Jitter, JitterCounts, Next, Packet, RATE, SoundError};

/// More than this above the target is not made up for by speed alone, in samples: 120 ms.
const TOO_MUCH: u64 = 120 * RATE as u64 / 1000;
/// And this not even until it is quiet: 400 ms.
const FAR_TOO_MUCH: u64 = 400 * RATE as u64 / 1000;
/// A packet softer than this may be left out, as a root mean square.
const QUIET: f32 = 0.003;
/// How long sound that is cut off fades, in samples: 5 ms.
const FADE: usize = FRAME / 2;

/// The customer's side: jitter buffer, decoder and drift in one.
#[derive(Debug)]
pub struct Playout {
    jitter: Jitter,
    decoder: Decoder,
    drift: Drift,
    /// The end of sound that was cut off.
    fading: Vec<f32>,
    quiet: bool,
}

impl Playout {
    /// An empty one.
    ///
    /// # Errors
    /// [`SoundError::Codec`].
    pub fn new() -> Result<Self, SoundError> {
        Ok(Self { jitter: Jitter::new(), decoder: Decoder::new()?, drift: Drift::new(), fading: Vec::new(), quiet: true })
    }

    /// A packet came at `now`.
    pub fn put(&mut self, now: Duration, packet: Packet) {
        self.jitter.put(now, packet);
    }

    /// Fills the next frame to play at `now`. Packets that are in it for the first time are given to `heard`.
    pub fn frame(&mut self, now: Duration, frame: &mut [f32; FRAME], mut heard: impl FnMut(Packet)) {
        self.shorten();
        while self.drift.missing(FRAME) > 0 {
            let next = self.jitter.next(now);
            if next == Next::Nothing {
                break;
            }
            let sound = self.decoder.decode(&next);
            if sound.is_empty() {
                break;
            }
            self.quiet = sound.iter().map(|s| s * s).sum::<f32>() < QUIET * QUIET * sound.len() as f32;
            self.drift.push(sound);
            if let Next::Packet(packet) = next {
                heard(packet);
            }
        }
        let waits = self.jitter.playing().then(|| (self.jitter.depth(), self.jitter.target()));
        self.drift.pull(frame, waits);
        for (sample, tail) in frame.iter_mut().zip(self.fading.drain(..)) {
            *sample += tail;
        }
    }

    /// Cuts off what is being played and what waits: the rep speaks.
    pub fn clear(&mut self) {
        let mut tail = [0.0; FADE];
        let sound = self.drift.pull(&mut tail, None);
        self.fading.clear();
        self.fading.extend(tail.iter().take(sound).enumerate().map(|(n, sample)| sample * (1.0 - n as f32 / FADE as f32)));
        self.jitter.clear();
        self.drift.clear();
    }

    /// What became of packets so far.
    #[must_use]
    pub fn counts(&self) -> JitterCounts {
        self.jitter.counts()
    }

    /// Sound that waits and that should wait, in samples.
    #[must_use]
    pub fn waiting(&self) -> (u64, u64) {
        (self.jitter.depth(), self.jitter.target())
    }

    /// After the network or the speaker stood still, much may wait: leaves out packets, quiet ones where that will do.
    fn shorten(&mut self) {
        let excess = self.jitter.depth().saturating_sub(self.jitter.target());
        if !self.jitter.playing() || excess < TOO_MUCH || (excess < FAR_TOO_MUCH && !self.quiet) {
            return;
        }
        self.jitter.skip();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::native::{
        Encoder, PACKET,
        synth::{Voice, rms},
    };

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn packets(count: usize) -> Vec<Packet> {
        let mut encoder = Encoder::new().unwrap();
        let mut voice = Voice::new(4);
        (0..count).map(|n| Packet { time: (n * PACKET) as u64, payload: encoder.push(&voice.take(PACKET)).unwrap().unwrap() }).collect()
    }

    /// Plays packets that come at these milliseconds, for so long; gives the sound and the packets heard.
    fn play(arrivals: &[(u64, Packet)], until: u64, clear_at: Option<u64>) -> (Vec<f32>, Vec<Packet>, Playout) {
        let mut playout = Playout::new().unwrap();
        let (mut out, mut heard) = (Vec::new(), Vec::new());
        let mut frame = [0.0; FRAME];
        for now in 0..until {
            for (_, packet) in arrivals.iter().filter(|(at, _)| *at == now) {
                playout.put(ms(now), packet.clone());
            }
            if clear_at == Some(now) {
                playout.clear();
            }
            if now % 10 == 0 {
                playout.frame(ms(now), &mut frame, |packet| heard.push(packet));
                out.extend(frame);
            }
        }
        (out, heard, playout)
    }

    #[test]
    fn what_is_sent_is_heard_within_a_tenth_of_a_second() {
        let arrivals: Vec<_> = packets(100).into_iter().enumerate().map(|(n, packet)| (n as u64 * 20, packet)).collect();
        let (out, heard, _) = play(&arrivals, 2_200, None);
        assert_eq!(heard.len(), 100);
        let direct = Voice::new(4).take(100 * PACKET);
        let shift = (0..9_600)
            .step_by(24)
            .max_by(|a, b| {
                let alike = |shift: usize| direct.iter().take(48_000).zip(&out[shift..]).map(|(x, y)| x * y).sum::<f32>();
                alike(*a).total_cmp(&alike(*b))
            })
            .unwrap();
        assert!(shift < 4_800, "{} ms", shift / 48);
        assert!(rms(&out) > 0.5 * rms(&direct));
    }

    #[test]
    fn five_percent_lost_is_hardly_heard() {
        let packets = packets(200);
        let all: Vec<_> = packets.iter().cloned().enumerate().map(|(n, packet)| (n as u64 * 20, packet)).collect();
        let some: Vec<_> = all.iter().filter(|(at, _)| at / 20 % 20 != 13).cloned().collect();
        let (whole, _, _) = play(&all, 4_200, None);
        let (lossy, heard, playout) = play(&some, 4_200, None);
        assert_eq!(heard.len(), 190);
        assert_eq!(playout.counts().missing, 10);
        // By how loud each 20 ms are: speed differs by what waits.
        let loud = |sound: &[f32]| sound.chunks(PACKET).map(rms).collect::<Vec<_>>();
        let (whole, lossy) = (loud(&whole), loud(&lossy));
        let difference: Vec<f32> = whole.iter().zip(&lossy).map(|(a, b)| a - b).collect();
        assert!(rms(&difference) < 0.2 * rms(&whole), "{} of {}", rms(&difference), rms(&whole));
    }

    #[test]
    fn what_is_cleared_is_silent_at_once_and_fades_without_a_click() {
        let arrivals: Vec<_> = packets(50).into_iter().enumerate().map(|(n, packet)| (n as u64 * 2, packet)).collect();
        let (out, heard, _) = play(&arrivals, 1_000, Some(500));
        assert!(rms(&out[12_000..24_000]) > 0.001);
        assert_eq!(rms(&out[24_480..]), 0.0);
        assert!(heard.len() < 50);
        let step = |sound: &[f32]| sound.windows(2).map(|w| (w[1] - w[0]).abs()).fold(0.0, f32::max);
        assert!(step(&out[23_900..24_600]) <= step(&out[..23_900]) * 1.2);
    }

    #[test]
    fn after_a_stall_the_delay_goes_back_to_what_it_was() {
        let arrivals: Vec<_> = packets(500)
            .into_iter()
            .enumerate()
            .map(|(n, packet)| (if (50..90).contains(&n) { 1_800 } else { n as u64 * 20 }, packet))
            .collect();
        let (_, _, playout) = play(&arrivals, 9_990, None);
        let (waits, target) = playout.waiting();
        assert!(waits < target + 100 * 48, "{waits} wait instead of {target}");
    }
}
