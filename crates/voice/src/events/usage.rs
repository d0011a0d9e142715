//! What the service says it used.

use super::read::{self, Object};

/// Tokens of one response. What is cached is part of what went in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ResponseUsage {
    /// Words that went in.
    pub input_text: u64,
    /// Sound that went in.
    pub input_audio: u64,
    /// Pictures that went in.
    pub input_image: u64,
    /// Words among them that were cached.
    pub cached_text: u64,
    /// Sound among them that was cached.
    pub cached_audio: u64,
    /// Pictures among them that were cached.
    pub cached_image: u64,
    /// Words that came out.
    pub output_text: u64,
    /// Sound that came out.
    pub output_audio: u64,
}

impl ResponseUsage {
    pub(super) fn take(object: &mut Object) -> Option<Self> {
        let mut usage = read::object(object, "usage")?;
        let (total_in, total_out) = (read::whole(&usage, "input_tokens"), read::whole(&usage, "output_tokens"));
        let mut input = read::object(&mut usage, "input_token_details").unwrap_or_default();
        let output = read::object(&mut usage, "output_token_details").unwrap_or_default();
        let cached = read::object(&mut input, "cached_tokens_details");
        let count = |object: &Object, key| read::whole(object, key).unwrap_or_default();
        let mut read = Self {
            input_text: count(&input, "text_tokens"),
            input_audio: count(&input, "audio_tokens"),
            input_image: count(&input, "image_tokens"),
            output_text: count(&output, "text_tokens"),
            output_audio: count(&output, "audio_tokens"),
            ..Self::default()
        };
        // A server that does not tell kinds apart has words.
        if read.input_text + read.input_audio + read.input_image == 0 {
            read.input_text = total_in.unwrap_or_default();
        }
        if read.output_text + read.output_audio == 0 {
            read.output_text = total_out.unwrap_or_default();
        }
        match cached {
            Some(cached) => {
                read.cached_text = count(&cached, "text_tokens").min(read.input_text);
                read.cached_audio = count(&cached, "audio_tokens").min(read.input_audio);
                read.cached_image = count(&cached, "image_tokens").min(read.input_image);
            }
            // Which kind was cached was not said: the kind that is cheaper to have cached is taken, so that the cost is never told too low.
            None => {
                let cached = count(&input, "cached_tokens");
                read.cached_text = cached.min(read.input_text);
                read.cached_audio = (cached - read.cached_text).min(read.input_audio);
            }
        }
        Some(read)
    }
}

/// What writing down one utterance used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TranscriptionUsage {
    /// Counted in tokens.
    Tokens {
        /// Sound that went in.
        input_audio: u64,
        /// Words that went in.
        input_text: u64,
        /// Words that came out.
        output: u64,
    },
    /// Counted in time.
    Duration {
        /// Milliseconds.
        millis: u64,
    },
}

impl TranscriptionUsage {
    pub(super) fn take(object: &mut Object) -> Option<Self> {
        let mut usage = read::object(object, "usage")?;
        let seconds = usage.get("seconds").and_then(serde_json::Value::as_f64).filter(|seconds| (0.0..=86_400.0).contains(seconds));
        if let Some(seconds) = seconds {
            return Some(Self::Duration { millis: (seconds * 1000.0).ceil() as u64 });
        }
        let (input, output) = (read::whole(&usage, "input_tokens")?, read::whole(&usage, "output_tokens").unwrap_or_default());
        let details = read::object(&mut usage, "input_token_details").unwrap_or_default();
        let text = read::whole(&details, "text_tokens").unwrap_or_default();
        let audio = read::whole(&details, "audio_tokens").unwrap_or_else(|| input.saturating_sub(text));
        Some(Self::Tokens { input_audio: audio, input_text: text, output })
    }
}
