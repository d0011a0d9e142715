//! From the milliseconds of a session's sound to the clock that is passed in.

use sellme_core::Millis;

/// An event about sound that lies further back than this is about a sound clock that stood still in between (a microphone that sent nothing).
const FURTHEST_MS: i64 = 3000;

/// Where 0 of the session's sound is. The first event about it says where; an event that comes sooner after its sound than any before says it better, since the
/// network and the service can only add to it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SoundClock {
    zero: Option<i64>,
    /// Sound from before speech that a start includes.
    pub(super) prefix_ms: i64,
    /// Silence after speech that an end includes.
    pub(super) silence_ms: i64,
}

impl SoundClock {
    /// When speech began that the service says began there.
    pub(super) fn start(&mut self, now: Millis, audio_ms: Option<i64>) -> Millis {
        match audio_ms {
            // What is told at once is the place where speech was noticed: the padding is before it.
            Some(audio) => self.map(now, audio.saturating_add(self.prefix_ms)),
            None => now,
        }
    }

    /// When speech ended that the service says ended there. It was noticed only after the silence.
    pub(super) fn end(&mut self, now: Millis, audio_ms: Option<i64>, started: Option<Millis>) -> Millis {
        let noticed = audio_ms.map_or(now, |audio| self.map(now, audio));
        let ended = Millis(noticed.0 - self.silence_ms);
        match started {
            // A server that leaves the silence out of its times has shorter turns than the silence.
            Some(started) if ended <= started => noticed.max(started),
            _ => ended,
        }
    }

    fn map(&mut self, now: Millis, audio: i64) -> Millis {
        let zero = now.0.saturating_sub(audio);
        let known = match self.zero {
            Some(known) if known <= zero && zero.saturating_sub(known) <= FURTHEST_MS => known,
            _ => zero,
        };
        self.zero = Some(known);
        Millis(known.saturating_add(audio))
    }

    /// A new session begins at 0 again.
    pub(super) fn restart(&mut self) {
        self.zero = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quickest_event_says_where_the_clock_begins() {
        let mut clock = SoundClock::default();
        assert_eq!(clock.start(Millis(10_400), Some(200)), Millis(10_400));
        // 100 ms quicker than the first: everything is 100 ms earlier than it seemed.
        assert_eq!(clock.end(Millis(12_300), Some(2200), None), Millis(12_300));
        assert_eq!(clock.start(Millis(20_900), Some(10_500)), Millis(20_600));
    }

    #[test]
    fn padding_and_silence_are_no_speech() {
        let mut clock = SoundClock { prefix_ms: 300, silence_ms: 500, ..SoundClock::default() };
        let started = clock.start(Millis(1000), Some(700));
        assert_eq!(started, Millis(1000));
        assert_eq!(clock.end(Millis(3500), Some(3500), Some(started)), Millis(3000));
        assert_eq!(clock.end(Millis(1400), Some(1400), Some(started)), Millis(1400), "shorter than the silence");
    }

    #[test]
    fn a_sound_clock_that_stood_still_is_set_again() {
        let mut clock = SoundClock::default();
        clock.start(Millis(1000), Some(1000));
        assert_eq!(clock.start(Millis(60_000), Some(1500)), Millis(60_000));
    }

    #[test]
    fn without_times_the_arrival_counts() {
        let mut clock = SoundClock::default();
        assert_eq!(clock.start(Millis(7), None), Millis(7));
        assert_eq!(clock.end(Millis(9), None, Some(Millis(7))), Millis(9));
    }
}
