//! Opus to sound.

use super::{Next, PACKET, RATE, SoundError};

/// The longest packet of Opus, in samples: 120 ms.
const LONGEST: usize = 6 * PACKET;

/// Decodes what the jitter buffer gives, and makes up what is missing.
#[derive(Debug)]
pub struct Decoder {
    opus: opus::Decoder,
    sound: Vec<f32>,
}

impl Decoder {
    /// A decoder that has heard nothing.
    ///
    /// # Errors
    /// [`SoundError::Codec`].
    pub fn new() -> Result<Self, SoundError> {
        Ok(Self { opus: opus::Decoder::new(RATE, opus::Channels::Mono)?, sound: vec![0.0; LONGEST] })
    }

    /// The sound of it; none for [`Next::Nothing`]. A packet that is no Opus is made up for.
    pub fn decode(&mut self, next: &Next) -> &[f32] {
        let made = match next {
            Next::Packet(packet) if !packet.payload.is_empty() => match self.opus.decode_float(&packet.payload, &mut self.sound, false) {
                Ok(samples) => samples,
                Err(_) => self.conceal(PACKET),
            },
            Next::Recover(packet, samples) if !packet.payload.is_empty() => {
                let samples = whole(*samples);
                match self.sound.get_mut(..samples).map(|sound| self.opus.decode_float(&packet.payload, sound, true)) {
                    Some(Ok(samples)) => samples,
                    _ => self.conceal(samples),
                }
            }
            Next::Recover(_, samples) | Next::Conceal(samples) => self.conceal(*samples),
            Next::Packet(_) | Next::Nothing => 0,
        };
        self.sound.get(..made).unwrap_or_default()
    }

    fn conceal(&mut self, samples: usize) -> usize {
        let samples = whole(samples);
        match self.sound.get_mut(..samples).map(|sound| self.opus.decode_float(&[], sound, false)) {
            Some(Ok(samples)) => samples,
            _ => 0,
        }
    }
}

/// Opus makes up whole 2.5 ms.
fn whole(samples: usize) -> usize {
    (samples / 120 * 120).clamp(120, LONGEST)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::native::{Encoder, Packet};

    fn rms(sound: &[f32]) -> f32 {
        (sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32).sqrt()
    }

    /// Something like a voice: a buzz with a swell.
    fn voice(packet: usize) -> Vec<f32> {
        (0..PACKET)
            .map(|n| {
                let t = (packet * PACKET + n) as f32 / RATE as f32;
                let swell = 0.6 + 0.4 * (t * 25.0).sin();
                (1..8).map(|h| (t * 150.0 * h as f32 * std::f32::consts::TAU).sin() / h as f32).sum::<f32>() * 0.2 * swell
            })
            .collect()
    }

    fn packets(count: usize) -> Vec<Packet> {
        let mut encoder = Encoder::new().unwrap();
        (0..count).map(|n| Packet { time: (n * PACKET) as u64, payload: encoder.push(&voice(n)).unwrap().unwrap() }).collect()
    }

    #[test]
    fn sound_comes_back_as_loud_as_it_was() {
        let mut decoder = Decoder::new().unwrap();
        let mut out = Vec::new();
        for packet in packets(50) {
            out.extend_from_slice(decoder.decode(&Next::Packet(packet)));
        }
        assert_eq!(out.len(), 50 * PACKET);
        let loud = rms(&(20..50).flat_map(voice).collect::<Vec<_>>());
        assert!((rms(&out[20 * PACKET..]) / loud - 1.0).abs() < 0.25, "{} against {loud}", rms(&out[20 * PACKET..]));
    }

    #[test]
    fn a_lost_packet_is_better_recovered_than_guessed() {
        let packets = packets(60);
        let mut whole = Decoder::new().unwrap();
        let (mut recovering, mut guessing) = (Decoder::new().unwrap(), Decoder::new().unwrap());
        let (mut recovered, mut guessed) = (0.0, 0.0);
        for (n, packet) in packets.iter().enumerate() {
            let true_sound = whole.decode(&Next::Packet(packet.clone())).to_vec();
            if n % 10 != 9 {
                recovering.decode(&Next::Packet(packet.clone()));
                guessing.decode(&Next::Packet(packet.clone()));
                continue;
            }
            let Some(after) = packets.get(n + 1) else { break };
            let error = |sound: &[f32]| rms(&sound.iter().zip(&true_sound).map(|(a, b)| a - b).collect::<Vec<_>>());
            recovered += error(recovering.decode(&Next::Recover(after.clone(), PACKET)));
            guessed += error(guessing.decode(&Next::Conceal(PACKET)));
        }
        assert!(recovered < guessed, "{recovered} against {guessed}");
    }

    #[test]
    fn nothing_is_no_sound_and_garbage_is_made_up_for() {
        let mut decoder = Decoder::new().unwrap();
        assert!(decoder.decode(&Next::Nothing).is_empty());
        let empty = Packet { time: 0, payload: Arc::from([]) };
        assert!(decoder.decode(&Next::Packet(empty)).is_empty());
        let garbage = Packet { time: 0, payload: Arc::from([0xff; 7]) };
        assert!(decoder.decode(&Next::Packet(garbage)).len() <= LONGEST);
    }
}
