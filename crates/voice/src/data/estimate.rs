//! What a session of usual length costs, about.

use sellme_core::Cents;
use serde::Deserialize;

use super::VoiceData;
use crate::{
    events::ResponseUsage,
    usage::{Used, cost_millicents},
};

/// Tokens of a minute of the rep's sound, and of the customer's.
const REP_TOKENS: u64 = 600;
const CUSTOMER_TOKENS: u64 = 1200;

/// A session of usual length.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Usual {
    pub(super) minutes: u32,
    rep_percent: u64,
    answers_a_minute: u64,
    briefing_tokens: u64,
    words_percent: u64,
    uncached_percent_low: u64,
    uncached_percent_high: u64,
}

impl Usual {
    /// What a talk of so many minutes uses, when so many percent of what was said before are not cached.
    ///
    /// With every answer all that was said before is sent again: on average half of it.
    fn used(&self, minutes: u64, uncached_percent: u64) -> Used {
        let rep = minutes * REP_TOKENS * self.rep_percent / 100;
        let customer = minutes * CUSTOMER_TOKENS * (100 - self.rep_percent.min(100)) / 100;
        let answers = minutes * self.answers_a_minute;
        let before = (rep + customer) / 2 * answers;
        let briefing = self.briefing_tokens * answers;
        let cached = |tokens: u64| tokens * (100 - uncached_percent.min(100)) / 100;
        let tokens = ResponseUsage {
            input_text: briefing,
            cached_text: cached(briefing),
            input_audio: rep + before,
            cached_audio: cached(before),
            output_text: customer * self.words_percent / 100,
            output_audio: customer,
            ..ResponseUsage::default()
        };
        Used { tokens, written_ms: minutes * 60_000 * self.rep_percent / 100 }
    }
}

impl VoiceData {
    /// What so many minutes with this model cost, about: from and to. `None` where no price is known.
    #[must_use]
    pub fn estimate(&self, model: &str, minutes: u32) -> Option<(Cents, Cents)> {
        let prices = self.prices(model)?;
        let transcription = self.transcription_price(&self.defaults.transcription);
        // Longer than a day is a day: it is for a person to read.
        let minutes = u64::from(minutes.min(24 * 60));
        let cost = |uncached| {
            let millicents = cost_millicents(&self.usual.used(minutes, uncached), &prices, transcription);
            Cents(i64::try_from(millicents.div_ceil(1000)).unwrap_or(i64::MAX))
        };
        Some((cost(self.usual.uncached_percent_low), cost(self.usual.uncached_percent_high)))
    }

    /// Minutes of a session of usual length.
    #[must_use]
    pub fn usual_minutes(&self) -> u32 {
        self.usual.minutes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::voice_data;

    #[test]
    fn ten_minutes_cost_about_what_the_reference_works_out() {
        let data = voice_data().expect("data");
        assert_eq!(data.usual_minutes(), 10);
        let (low, high) = data.estimate("gpt-realtime-2.1", 10).expect("a price");
        assert!((50..=65).contains(&low.0) && (70..=90).contains(&high.0), "{low} to {high}");
        let (low, high) = data.estimate("gpt-realtime-2.1-mini", 10).expect("a price");
        assert!((15..=22).contains(&low.0) && (20..=30).contains(&high.0), "{low} to {high}");
    }

    #[test]
    fn longer_is_dearer_and_what_has_no_price_has_no_estimate() {
        let data = voice_data().expect("data");
        let cost = |minutes| data.estimate("gpt-realtime-2.1", minutes).expect("a price");
        assert_eq!(cost(0), (Cents(0), Cents(0)));
        assert!(cost(10) < cost(20));
        assert!(cost(20).1.0 > 2 * cost(10).1.0, "history is paid again and again");
        assert!(cost(u32::MAX).1.0 > 0);
        assert_eq!(data.estimate("gpt-realtime", 10), None);
        assert_eq!(data.estimate("somebody-elses", 10), None);
    }
}
