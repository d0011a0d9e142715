//! Figures of a call: how quick the customer answered, what it cost.

use std::collections::VecDeque;

use sellme_core::{Millis, wire::CallFigures};

use super::Call;
use crate::usage::{Prices, TranscriptionPrice, Used, cost_millicents};

/// Of how many answers the middle is known.
const MOST: usize = 1024;

#[derive(Debug, Clone)]
pub(super) struct Figures {
    prices: Option<Prices>,
    transcription: Option<TranscriptionPrice>,
    used: Used,
    /// What was paid at the price of an earlier recogniser.
    banked: u64,
    latencies: VecDeque<Millis>,
}

impl Figures {
    pub(super) fn new(prices: Option<Prices>, transcription: Option<TranscriptionPrice>) -> Self {
        Self { prices, transcription, used: Used::default(), banked: 0, latencies: VecDeque::new() }
    }

    pub(super) fn answered(&mut self, latency: Millis) {
        self.latencies.push_back(latency);
        if self.latencies.len() > MOST {
            self.latencies.pop_front();
        }
    }

    pub(super) fn used(&mut self, used: Used) {
        self.used.add(used);
    }

    /// Another recogniser writes from now on.
    pub(super) fn recogniser(&mut self, price: Option<TranscriptionPrice>) {
        self.banked = self.cost().unwrap_or_default();
        self.used = Used::default();
        self.transcription = price;
    }

    /// In thousandths of a cent; `None` where no price is known.
    pub(super) fn cost(&self) -> Option<u64> {
        let prices = self.prices?;
        Some(self.banked.saturating_add(cost_millicents(&self.used, &prices, self.transcription)))
    }

    pub(super) fn view(&self) -> CallFigures {
        CallFigures {
            latency: self.latencies.back().copied(),
            usual_latency: middle(self.latencies.iter().copied()),
            cost_millicents: self.cost(),
        }
    }
}

/// The middle of these times: the usual one. Of an even number, the mean of the two in the middle.
pub fn middle(times: impl IntoIterator<Item = Millis>) -> Option<Millis> {
    let mut sorted: Vec<Millis> = times.into_iter().collect();
    sorted.sort_unstable();
    let (low, high) = (sorted.get(sorted.len().checked_sub(1)? / 2)?, sorted.get(sorted.len() / 2)?);
    Some(Millis(low.0.midpoint(high.0)))
}

impl Call {
    /// Figures so far.
    #[must_use]
    pub fn figures(&self) -> CallFigures {
        self.figures.view()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::TranscriptionUsage;

    #[test]
    fn the_middle_of_all_answers_is_the_usual_one() {
        let mut figures = Figures::new(None, None);
        assert_eq!(figures.view(), CallFigures::default());
        for latency in [900, 100, 500] {
            figures.answered(Millis(latency));
        }
        let view = figures.view();
        assert_eq!((view.latency, view.usual_latency), (Some(Millis(500)), Some(Millis(500))));
        assert_eq!(view.cost_millicents, None);
    }

    #[test]
    fn the_middle_of_two_is_their_mean_and_of_none_there_is_none() {
        for (times, expected) in [(&[][..], None), (&[7], Some(7)), (&[8, 4], Some(6)), (&[1, 100, 2], Some(2)), (&[1, 2, 5, 100], Some(3))]
        {
            assert_eq!(middle(times.iter().copied().map(Millis)), expected.map(Millis), "{times:?}");
        }
    }

    #[test]
    fn what_was_written_down_is_paid_at_the_price_of_its_time() {
        let prices = Prices { text_in: 0, text_cached: 0, text_out: 0, audio_in: 0, audio_cached: 0, audio_out: 0, image_in: 0 };
        let mut figures = Figures::new(Some(prices), Some(TranscriptionPrice(300)));
        let minute = Used::from(TranscriptionUsage::Duration { millis: 60_000 });
        figures.used(minute);
        figures.recogniser(Some(TranscriptionPrice(1700)));
        figures.used(minute);
        assert_eq!(figures.cost(), Some(2000));
    }
}
