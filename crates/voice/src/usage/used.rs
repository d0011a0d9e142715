//! Tokens by kind, and sound that was written down.

use crate::events::{ResponseUsage, TranscriptionUsage};

/// Milliseconds of the rep's sound in one token of it.
const MS_PER_TOKEN: u64 = 100;

/// What was used. Sums never wrap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Used {
    /// By answers, in tokens.
    pub tokens: ResponseUsage,
    /// By writing down what the rep said, in milliseconds of sound.
    pub written_ms: u64,
}

impl Used {
    /// Adds what was used elsewhere.
    pub fn add(&mut self, other: Self) {
        let (own, more) = (&mut self.tokens, other.tokens);
        for (own, more) in [
            (&mut own.input_text, more.input_text),
            (&mut own.input_audio, more.input_audio),
            (&mut own.input_image, more.input_image),
            (&mut own.cached_text, more.cached_text),
            (&mut own.cached_audio, more.cached_audio),
            (&mut own.cached_image, more.cached_image),
            (&mut own.output_text, more.output_text),
            (&mut own.output_audio, more.output_audio),
            (&mut self.written_ms, other.written_ms),
        ] {
            *own = own.saturating_add(more);
        }
    }
}

impl From<ResponseUsage> for Used {
    fn from(tokens: ResponseUsage) -> Self {
        Self { tokens, written_ms: 0 }
    }
}

impl From<TranscriptionUsage> for Used {
    /// A recogniser that counts in tokens is paid as one that counts in time: a token of sound is 100 ms.
    fn from(usage: TranscriptionUsage) -> Self {
        let written_ms = match usage {
            TranscriptionUsage::Tokens { input_audio, .. } => input_audio.saturating_mul(MS_PER_TOKEN),
            TranscriptionUsage::Duration { millis } => millis,
        };
        Self { written_ms, ..Self::default() }
    }
}
