//! The clock of a practice: which of the device's time was practice, and how far it had come at any moment of it.

use std::collections::VecDeque;

use sellme_core::Millis;

/// The most practice that passes between two things that happen in an attempt, in milliseconds: whoever says nothing for longer has left the machine, or it slept.
const LONGEST_STRETCH: i64 = 5 * 60_000;
/// How many marks are kept. What was said further back was stored long ago.
const MOST_MARKS: usize = 64;

/// A moment at which something happened.
#[derive(Debug, Clone, Copy)]
struct Mark {
    wall: Millis,
    active: Millis,
    /// True where the clock ran from then on.
    runs: bool,
}

/// Runs and stops; never goes back.
#[derive(Debug)]
pub(crate) struct Clock {
    marks: VecDeque<Mark>,
}

impl Clock {
    /// A clock that has come so far.
    pub(crate) fn new(now: Millis, active: Millis, runs: bool) -> Self {
        Self { marks: VecDeque::from([Mark { wall: now, active, runs }]) }
    }

    /// Milliseconds of practice so far. Between two marks at most [`LONGEST_STRETCH`] counts.
    pub(crate) fn active(&self, now: Millis) -> Millis {
        let Some(last) = self.marks.back() else { return Millis(0) };
        let running = if last.runs { now.since(last.wall).0.clamp(0, LONGEST_STRETCH) } else { 0 };
        Millis(last.active.0 + running)
    }

    /// Counts the time so far, and runs or stops from here on.
    pub(crate) fn mark(&mut self, now: Millis, runs: bool) -> Millis {
        let active = self.active(now);
        if self.marks.len() >= MOST_MARKS {
            self.marks.pop_front();
        }
        self.marks.push_back(Mark { wall: now, active, runs });
        active
    }

    /// True while it runs.
    pub(crate) fn runs(&self) -> bool {
        self.marks.back().is_some_and(|last| last.runs)
    }

    /// Stops for good or for now, without a mark of its own.
    pub(crate) fn stop(&mut self) {
        self.marks.back_mut().into_iter().for_each(|last| last.runs = false);
    }

    /// How far the practice had come at this moment, which is over. Where a stretch was longer than what counts of it, its end counts.
    pub(crate) fn at(&self, wall: Millis, now: Millis) -> Millis {
        let wall = wall.min(now);
        let Some(place) = self.marks.iter().rposition(|mark| mark.wall <= wall) else {
            return self.marks.front().map_or(Millis(0), |first| first.active);
        };
        let mark = self.marks[place];
        let (until, end) = self.marks.get(place + 1).map_or((now, self.active(now)), |next| (next.wall, next.active));
        if !mark.runs {
            return mark.active;
        }
        Millis((end.0 - until.since(wall).0).clamp(mark.active.0, end.0.max(mark.active.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::new(Millis(1_000), Millis(0), true)
    }

    #[test]
    fn a_moment_has_its_place_on_the_clock() {
        let mut clock = clock();
        clock.mark(Millis(11_000), true);
        for (wall, active) in [(900, 0), (1_000, 0), (4_000, 3_000), (11_000, 10_000), (15_000, 14_000), (99_000, 19_000)] {
            assert_eq!(clock.at(Millis(wall), Millis(20_000)), Millis(active), "{wall}");
        }
    }

    #[test]
    fn a_pause_is_no_practice_and_what_was_said_before_it_stays_before_it() {
        let mut clock = clock();
        clock.mark(Millis(11_000), false);
        assert_eq!(clock.active(Millis(60_000)), Millis(10_000));
        // Written down only while the clock stood.
        assert_eq!(clock.at(Millis(8_000), Millis(60_000)), Millis(7_000));
        assert_eq!(clock.at(Millis(30_000), Millis(60_000)), Millis(10_000));
        clock.mark(Millis(60_000), true);
        assert_eq!(clock.at(Millis(61_000), Millis(62_000)), Millis(11_000));
        assert_eq!(clock.at(Millis(8_000), Millis(62_000)), Millis(7_000));
    }

    #[test]
    fn after_a_long_silence_what_is_said_at_its_end_keeps_its_length() {
        let clock = clock();
        let now = Millis(1_000 + 20 * 60_000);
        assert_eq!(clock.active(now), Millis(LONGEST_STRETCH));
        let from = clock.at(Millis(now.0 - 8_000), now);
        assert_eq!((from, clock.at(now, now)), (Millis(LONGEST_STRETCH - 8_000), Millis(LONGEST_STRETCH)));
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_go_back() {
        let mut clock = clock();
        clock.mark(Millis(11_000), true);
        assert_eq!(clock.mark(Millis(5_000), true), Millis(10_000));
        let at = clock.at(Millis(6_000), Millis(7_000));
        assert!((0..=12_000).contains(&at.0), "{at:?}");
    }

    #[test]
    fn it_keeps_no_more_than_it_needs() {
        let mut clock = clock();
        for second in 2..10_000 {
            clock.mark(Millis(second * 1_000), true);
        }
        assert!(clock.marks.len() <= MOST_MARKS);
        assert_eq!(clock.at(Millis(9_998_500), Millis(10_000_000)), Millis(9_997_500));
    }
}
