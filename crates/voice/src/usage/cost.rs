//! From what was used to money, in whole numbers.

use serde::Deserialize;

use super::Used;

/// What a model costs, in US cents for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// Words in.
    pub text_in: u64,
    /// Words in that were cached.
    pub text_cached: u64,
    /// Words out.
    pub text_out: u64,
    /// Sound in.
    pub audio_in: u64,
    /// Sound in that was cached.
    pub audio_cached: u64,
    /// Sound out.
    pub audio_out: u64,
    /// Pictures in, cached or not.
    pub image_in: u64,
}

/// What a recogniser costs, in thousandths of a US cent for a minute of sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct TranscriptionPrice(pub u64);

/// The cost in thousandths of a cent. Exact up to the one rounding at the end, which is upwards: a token costs `cents / 1 000 000`, a millisecond
/// `millicents / 60 000`, and both are added over their common denominator of 60 000 in 128 bits before anything is divided.
///
/// Without a price of the recogniser, what was written down counts as free.
#[must_use]
pub fn cost_millicents(used: &Used, prices: &Prices, transcription: Option<TranscriptionPrice>) -> u64 {
    let tokens = &used.tokens;
    let wide = u128::from;
    let uncached = |all: u64, cached: u64| wide(all.saturating_sub(cached));
    // In cents for a million tokens, which is thousandths of a cent for a thousand.
    let thousandth_millicents = uncached(tokens.input_text, tokens.cached_text) * wide(prices.text_in)
        + wide(tokens.cached_text) * wide(prices.text_cached)
        + wide(tokens.output_text) * wide(prices.text_out)
        + uncached(tokens.input_audio, tokens.cached_audio) * wide(prices.audio_in)
        + wide(tokens.cached_audio) * wide(prices.audio_cached)
        + wide(tokens.output_audio) * wide(prices.audio_out)
        + wide(tokens.input_image) * wide(prices.image_in);
    let written = wide(used.written_ms) * wide(transcription.map_or(0, |price| price.0));
    let sixty_thousandths = thousandth_millicents.saturating_mul(60).saturating_add(written);
    u64::try_from(sixty_thousandths.div_ceil(60_000)).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{ResponseUsage, TranscriptionUsage};

    const PRICES: Prices =
        Prices { text_in: 400, text_cached: 40, text_out: 2400, audio_in: 3200, audio_cached: 40, audio_out: 6400, image_in: 500 };

    fn tokens(tokens: ResponseUsage) -> Used {
        Used::from(tokens)
    }

    #[test]
    fn a_minute_of_each_side_costs_what_the_price_list_says() {
        // 600 tokens at $32 a million are $0.0192, 1200 at $64 are $0.0768.
        let rep = tokens(ResponseUsage { input_audio: 600, ..ResponseUsage::default() });
        assert_eq!(cost_millicents(&rep, &PRICES, None), 1920);
        let customer = tokens(ResponseUsage { output_audio: 1200, ..ResponseUsage::default() });
        assert_eq!(cost_millicents(&customer, &PRICES, None), 7680);
    }

    #[test]
    fn what_is_cached_is_paid_as_cached_and_not_twice() {
        let used = tokens(ResponseUsage {
            input_audio: 100_000,
            cached_audio: 90_000,
            input_text: 1000,
            cached_text: 1000,
            ..ResponseUsage::default()
        });
        assert_eq!(cost_millicents(&used, &PRICES, None), 10_000 * 3200 / 1000 + 90_000 * 40 / 1000 + 40);
    }

    #[test]
    fn writing_down_is_paid_by_the_minute_whichever_way_it_is_counted() {
        let price = Some(TranscriptionPrice(1700));
        let minute = Used::from(TranscriptionUsage::Duration { millis: 60_000 });
        assert_eq!(cost_millicents(&minute, &PRICES, price), 1700);
        let tokens = Used::from(TranscriptionUsage::Tokens { input_audio: 600, input_text: 9, output: 200 });
        assert_eq!(cost_millicents(&tokens, &PRICES, price), 1700);
        assert_eq!(cost_millicents(&tokens, &PRICES, None), 0);
    }

    #[test]
    fn small_sums_are_not_rounded_away_one_by_one() {
        let mut used = Used::default();
        for _ in 0..1000 {
            used.add(tokens(ResponseUsage { input_text: 1, cached_text: 1, ..ResponseUsage::default() }));
        }
        assert_eq!(cost_millicents(&used, &PRICES, None), 40);
        assert_eq!(cost_millicents(&tokens(ResponseUsage { input_text: 1, ..ResponseUsage::default() }), &PRICES, None), 1, "upwards");
    }

    #[test]
    fn absurd_figures_end_at_the_most_that_can_be_told() {
        let all = u64::MAX;
        let used = Used {
            tokens: ResponseUsage {
                input_text: all,
                input_audio: all,
                input_image: all,
                output_text: all,
                output_audio: all,
                ..ResponseUsage::default()
            },
            written_ms: all,
        };
        assert_eq!(cost_millicents(&used, &PRICES, Some(TranscriptionPrice(all))), all);
    }
}
