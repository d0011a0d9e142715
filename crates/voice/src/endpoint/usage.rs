//! What a response counts as: sound by its length, text by its words, and what was sent before as cached.

use serde_json::{Value, json};

use super::conversation::Conversation;

/// Milliseconds of sound to a token: of the rep, of the customer.
const REP_MS: u64 = 100;
const CUSTOMER_MS: u64 = 50;
/// Tokens are cached in lots of this.
const LOT: u64 = 64;

/// Counts what a call uses.
#[derive(Debug, Default)]
pub(super) struct Meter {
    /// What the last response was sent, text and sound.
    before: (u64, u64),
}

/// About as many tokens as a text has.
pub(super) fn text_tokens(text: &str) -> u64 {
    let words = u64::try_from(text.split_whitespace().count()).unwrap_or(0);
    words * 4 / 3
}

impl Meter {
    /// The usage of a response with so much text and so much sound, in milliseconds.
    pub(super) fn response(&mut self, conversation: &Conversation, instructions: &str, text: &str, sound_ms: u64) -> Value {
        let input_text = text_tokens(instructions) + conversation.texts().map(text_tokens).sum::<u64>();
        let (rep, customer) = conversation.sounds();
        let input_sound = rep / REP_MS + customer.saturating_sub(sound_ms) / CUSTOMER_MS;
        let cached = |now: u64, before: u64| now.min(before) / LOT * LOT;
        let (cached_text, cached_sound) = (cached(input_text, self.before.0), cached(input_sound, self.before.1));
        self.before = (input_text, input_sound);
        let (output_text, output_sound) = (text_tokens(text), sound_ms / CUSTOMER_MS);
        json!({
            "total_tokens": input_text + input_sound + output_text + output_sound,
            "input_tokens": input_text + input_sound,
            "output_tokens": output_text + output_sound,
            "input_token_details": {
                "text_tokens": input_text,
                "audio_tokens": input_sound,
                "image_tokens": 0,
                "cached_tokens": cached_text + cached_sound,
                "cached_tokens_details": { "text_tokens": cached_text, "audio_tokens": cached_sound, "image_tokens": 0 }
            },
            "output_token_details": { "text_tokens": output_text, "audio_tokens": output_sound }
        })
    }
}

/// The usage of a transcript of so much sound: newer models count seconds, others tokens.
pub(super) fn transcription(model: &str, text: &str, sound_ms: u64) -> Value {
    if matches!(model, "whisper-1" | "gpt-live-transcribe" | "gpt-realtime-whisper") {
        #[expect(clippy::cast_precision_loss, reason = "minutes at most")]
        let seconds = sound_ms as f64 / 1000.0;
        return json!({ "type": "duration", "seconds": seconds });
    }
    let (heard, written) = (sound_ms / REP_MS, text_tokens(text));
    json!({
        "type": "tokens",
        "total_tokens": heard + written,
        "input_tokens": heard,
        "input_token_details": { "text_tokens": 0, "audio_tokens": heard },
        "output_tokens": written
    })
}
