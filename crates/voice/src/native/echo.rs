//! The customer's voice is taken out of the microphone, and so is noise; the rep is made as loud as is usual.

use std::collections::VecDeque;

use sonora::{
    AudioProcessing, Config, StreamConfig,
    config::{AdaptiveDigital, EchoCanceller, GainController2, HighPassFilter, NoiseSuppression, TransparentModeType},
};

use super::{FRAME, RATE, SoundError};

/// Played frames that may wait for their turn: what is older cannot be of use. Speakers take sound in gulps of several frames.
const WAITING: usize = 40;
/// Played frames that wait usually, so that a gulp of the microphone finds as many of them as it has itself. They are told before the speaker has them, so that
/// the echo still comes after them.
const USUAL: usize = 3;
/// Where more wait, two are taken at once.
const MANY: usize = 16;

/// Cancels echo, suppresses noise and controls gain, in frames of 10 ms.
pub struct Canceller {
    processing: AudioProcessing,
    played: VecDeque<Vec<f32>>,
    spare: Vec<Vec<f32>>,
    /// True once as many wait as usual.
    primed: bool,
}

impl std::fmt::Debug for Canceller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Canceller").field("waiting", &self.played.len()).finish_non_exhaustive()
    }
}

impl Default for Canceller {
    fn default() -> Self {
        Self::new()
    }
}

impl Canceller {
    /// A canceller that does not know the room yet; it learns it within a second or two.
    #[must_use]
    pub fn new() -> Self {
        let config = Config {
            high_pass_filter: Some(HighPassFilter::default()),
            // With a headset nothing comes back: the other way of finding that out took who cut in for an echo, now and then for seconds.
            echo_canceller: Some(EchoCanceller { transparent_mode: TransparentModeType::Hmm, ..EchoCanceller::default() }),
            noise_suppression: Some(NoiseSuppression::default()),
            // Gently: what is left of an echo is made louder as well.
            gain_controller2: Some(GainController2 {
                adaptive_digital: Some(AdaptiveDigital { initial_gain_db: 6.0, max_gain_db: 24.0, ..AdaptiveDigital::default() }),
                ..GainController2::default()
            }),
            ..Config::default()
        };
        let stream = StreamConfig::new(RATE, 1);
        let processing = AudioProcessing::builder().config(config).capture_config(stream).render_config(stream).build();
        Self { processing, played: VecDeque::with_capacity(WAITING + 1), spare: Vec::new(), primed: false }
    }

    /// From when a frame is told as played to when it comes back through the microphone, as far as the devices say, in milliseconds. A first guess: the rest is
    /// found out by listening.
    pub fn set_delay(&mut self, milliseconds: u32) {
        // An answer of `Err` only says that it was brought into its range.
        let _ = self.processing.set_stream_delay_ms(i32::try_from(milliseconds.min(500)).unwrap_or(500));
    }

    /// Exactly this frame goes to the speaker.
    pub fn played(&mut self, frame: &[f32]) {
        if self.played.len() >= WAITING
            && let Some(oldest) = self.played.pop_front()
        {
            self.spare.push(oldest);
        }
        let mut copy = self.spare.pop().unwrap_or_default();
        copy.clear();
        copy.extend_from_slice(frame);
        self.played.push_back(copy);
    }

    /// What the microphone heard, without what was played.
    ///
    /// # Errors
    /// [`SoundError::Codec`] where the frame is not 10 ms long.
    pub fn clean(&mut self, heard: &[f32], clean: &mut [f32; FRAME]) -> Result<(), SoundError> {
        self.primed |= self.played.len() > USUAL;
        let take = match self.played.len() {
            _ if !self.primed => 0,
            waiting if waiting > MANY => 2,
            _ => 1,
        };
        for _ in 0..take {
            let Some(frame) = self.played.pop_front() else { break };
            let mut unused = [0.0; FRAME];
            let done = self.processing.process_render_f32(&[&frame], &mut [&mut unused]);
            self.spare.push(frame);
            done.map_err(|error| SoundError::Codec(format!("{error:?}")))?;
        }
        if heard.len() != FRAME {
            return Err(SoundError::Codec(format!("a frame of {} samples", heard.len())));
        }
        self.processing.process_capture_f32(&[heard], &mut [clean]).map_err(|error| SoundError::Codec(format!("{error:?}")))
    }
}

#[cfg(test)]
#[path = "echo_tests.rs"]
mod tests;
