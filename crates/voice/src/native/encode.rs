//! Sound to Opus.

use std::sync::Arc;

use super::{PACKET, RATE, SoundError};

/// Bits a second: speech is transparent long before it.
const BITRATE: i32 = 32_000;
/// Packets of a hundred that may be lost: what is sent twice is made for it.
const EXPECTED_LOSS: i32 = 10;
/// The longest packet that Opus makes, in bytes.
const LONGEST: usize = 1_275;
/// How hard it tries, of 10: more is not heard at this rate, and costs.
const EFFORT: i32 = 5;

/// Makes packets of 20 ms.
#[derive(Debug)]
pub struct Encoder {
    opus: opus::Encoder,
    gathered: Vec<f32>,
}

impl Encoder {
    /// For speech, with a copy of every packet in the next, and packets through silence too.
    ///
    /// # Errors
    /// [`SoundError::Codec`].
    pub fn new() -> Result<Self, SoundError> {
        let mut opus = opus::Encoder::new(RATE, opus::Channels::Mono, opus::Application::Voip)?;
        opus.set_bitrate(opus::Bitrate::Bits(BITRATE))?;
        opus.set_complexity(EFFORT)?;
        opus.set_inband_fec(true)?;
        opus.set_packet_loss_perc(EXPECTED_LOSS)?;
        opus.set_dtx(false)?;
        Ok(Self { opus, gathered: Vec::with_capacity(2 * PACKET) })
    }

    /// Takes sound; gives a packet once there is enough for one.
    ///
    /// # Errors
    /// [`SoundError::Codec`]; the sound that it was to be of is dropped.
    pub fn push(&mut self, sound: &[f32]) -> Result<Option<Arc<[u8]>>, SoundError> {
        self.gathered.extend(sound);
        if self.gathered.len() < PACKET {
            return Ok(None);
        }
        let packet: Vec<f32> = self.gathered.drain(..PACKET).collect();
        Ok(Some(Arc::from(self.opus.encode_vec_float(&packet, LONGEST)?)))
    }
}
