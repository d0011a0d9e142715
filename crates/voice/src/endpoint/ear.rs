//! Hears when the rep speaks.

use earshot::Detector;

use super::{error::EndpointError, session::Turns};
use crate::peer::OpusPacket;

/// Samples a second of what is listened to.
const RATE: usize = 16_000;
/// Samples of a look of the detector: 16 ms.
const LOOK: usize = 256;
const LOOK_MS: u64 = 16;
/// Looks with voice before it counts as speech.
const LOOKS: u32 = 3;
/// The detector settles in this time, in milliseconds.
const SETTLING: u64 = 500;
/// The longest packet, 120 ms.
const LONGEST: usize = RATE * 12 / 100;
/// The most packets in a row that are made up for.
const MOST_MISSING: u64 = 50;
/// The least sound that can be committed, in milliseconds.
const LEAST: u64 = 100;

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// Speech began here, in milliseconds of sound since the start.
    Started(u64),
    /// Speech is over; so much sound there is.
    Stopped(u64),
}

/// Sound that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// Its length, in milliseconds.
    pub(super) ms: u64,
    /// True where somebody spoke in it.
    pub(super) voiced: bool,
}

/// Hears when the rep speaks, by the sound alone.
pub(super) struct Ear {
    decoder: opus::Decoder,
    detector: Box<Detector>,
    /// Sound that does not fill a look yet.
    rest: Vec<i16>,
    /// Sound so far, in milliseconds.
    pub(super) heard_ms: u64,
    /// Looks with voice in a row.
    run: u32,
    /// Milliseconds since the last look with voice.
    quiet_ms: u64,
    pub(super) speaking: bool,
    next: Option<u64>,
    /// Where what can be committed begins.
    from_ms: u64,
    voiced: bool,
}

impl Ear {
    pub(super) fn new() -> Result<Self, EndpointError> {
        let decoder = opus::Decoder::new(16_000, opus::Channels::Mono).map_err(std::io::Error::other)?;
        Ok(Self {
            decoder,
            detector: Detector::default_boxed(),
            rest: Vec::new(),
            heard_ms: 0,
            run: 0,
            quiet_ms: 0,
            speaking: false,
            next: None,
            from_ms: 0,
            voiced: false,
        })
    }

    /// Takes a packet in. What is missing before it is made up for, so that the clock stays right.
    pub(super) fn hear(&mut self, packet: &OpusPacket, turns: Option<Turns>) -> Vec<Heard> {
        let missing = self.next.map_or(0, |next| packet.sequence.saturating_sub(next)).min(MOST_MISSING);
        self.next = Some(packet.sequence + 1);
        let mut sound = vec![0i16; LONGEST];
        let length = self.decoder.get_nb_samples(&packet.payload).unwrap_or(RATE / 50).min(LONGEST);
        for at in 0..missing {
            // The last one may be told by the packet that came; the decoder guesses the others.
            let (told, fec) = if at + 1 == missing { (&*packet.payload, true) } else { (&[][..], false) };
            if let Ok(made) = self.decoder.decode(told, sound.get_mut(..length).unwrap_or_default(), fec) {
                self.rest.extend(sound.iter().take(made));
            }
        }
        match self.decoder.decode(&packet.payload, &mut sound, false) {
            Ok(made) => self.rest.extend(sound.iter().take(made)),
            Err(error) => tracing::debug!(%error, "a packet of sound could not be read"),
        }
        self.look(turns)
    }

    /// Nothing came for so long: that is silence, where somebody was speaking.
    pub(super) fn silence(&mut self, ms: u64, turns: Option<Turns>) -> Vec<Heard> {
        self.rest.extend(std::iter::repeat_n(0, usize::try_from(ms).unwrap_or(0) * RATE / 1000));
        self.look(turns)
    }

    /// Takes what was heard since the last time, where it is enough.
    pub(super) fn take(&mut self) -> Option<Taken> {
        let taken = Taken { ms: self.heard_ms.saturating_sub(self.from_ms), voiced: self.voiced };
        if taken.ms < LEAST {
            return None;
        }
        self.forget();
        Some(taken)
    }

    /// Throws away what could be committed.
    pub(super) fn forget(&mut self) {
        self.from_ms = self.heard_ms;
        self.voiced = false;
        self.speaking = false;
        self.run = 0;
    }

    fn look(&mut self, turns: Option<Turns>) -> Vec<Heard> {
        let mut heard = Vec::new();
        let whole = self.rest.len() / LOOK * LOOK;
        let sound: Vec<i16> = self.rest.drain(..whole).collect();
        for look in sound.chunks_exact(LOOK) {
            let score = self.detector.predict_i16(look);
            self.heard_ms += LOOK_MS;
            let threshold = turns.map_or(0.5, |turns| turns.threshold);
            let voice = score > threshold && self.heard_ms > SETTLING;
            self.run = if voice { self.run + 1 } else { 0 };
            self.quiet_ms = if voice { 0 } else { self.quiet_ms + LOOK_MS };
            self.voiced |= self.run >= LOOKS;
            let Some(turns) = turns else { continue };
            if !self.speaking && self.run >= LOOKS {
                self.speaking = true;
                let began = self.heard_ms.saturating_sub(u64::from(self.run) * LOOK_MS + turns.prefix_ms).max(self.from_ms);
                self.from_ms = began;
                heard.push(Heard::Started(began));
            } else if self.speaking && self.quiet_ms >= turns.silence_ms {
                self.speaking = false;
                heard.push(Heard::Stopped(self.heard_ms));
            }
        }
        heard
    }
}
