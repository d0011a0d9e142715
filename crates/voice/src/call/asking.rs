//! Asking for answers, one at a time: the service refuses a second while one is being made.

use std::collections::VecDeque;

use sellme_core::Millis;

use crate::{
    conversation::Outcome,
    events::{ClientEvent, client::Conversation},
};

/// An answer that was asked for and did not begin for so long was never heard of.
const BEGIN_MS: i64 = 5000;

/// An answer of which nobody said for so long that it is over, is.
const ANSWER_MS: i64 = 60_000;

/// How often a service that is busy is asked again.
const MOST_RETRIES: u32 = 3;

/// How often in a row an answer without a word is asked for again.
const MOST_SILENT: u32 = 2;

/// How many may wait.
const MOST_WAITING: usize = 4;

/// What is to be done about an answer that ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// Nothing.
    Nothing,
    /// It was asked for too often in vain.
    GiveUp,
}

/// Answers that are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Asking {
    active: Option<Millis>,
    sent: Option<(Millis, ClientEvent)>,
    waiting: VecDeque<ClientEvent>,
    retries: u32,
    again: Option<Millis>,
    silent: u32,
}

impl Asking {
    /// True for an event that asks for an answer of the conversation. One that is apart runs beside it.
    pub(super) fn is_about(event: &ClientEvent) -> bool {
        match event {
            ClientEvent::ResponseCreate { response } => {
                response.as_ref().is_none_or(|response| response.conversation != Some(Conversation::None))
            }
            _ => false,
        }
    }

    /// True while one is being made, or was asked for.
    pub(super) fn is_active(&self) -> bool {
        self.active.is_some() || self.sent.is_some()
    }

    /// True while one is being made, was asked for or is to be.
    pub(super) fn is_wanted(&self) -> bool {
        self.is_active() || self.again.is_some() || !self.waiting.is_empty()
    }

    /// Asks, as soon as none is being made. The same twice is once.
    pub(super) fn ask(&mut self, event: ClientEvent) {
        if self.waiting.len() < MOST_WAITING && !self.waiting.contains(&event) {
            self.waiting.push_back(event);
        }
    }

    /// Nothing that waits is wanted any more, nor what was asked for just now. True where there is something to be cancelled.
    pub(super) fn forget(&mut self) -> bool {
        self.waiting.clear();
        self.again = None;
        let asked = self.sent.take().is_some();
        asked || self.active.is_some()
    }

    pub(super) fn began(&mut self, now: Millis) {
        self.active = Some(now);
        self.sent = None;
        self.again = None;
    }

    pub(super) fn ended(&mut self, now: Millis, outcome: Outcome) -> After {
        self.active = None;
        self.sent = None;
        match outcome {
            Outcome::Spoke => (self.retries, self.silent) = (0, 0),
            // The customer reported something and said nothing: the rep would wait for ever.
            Outcome::OnlyCalls if self.silent < MOST_SILENT => {
                self.silent += 1;
                self.ask(ClientEvent::answer());
            }
            Outcome::OnlyCalls | Outcome::Nothing | Outcome::Cancelled => self.silent = 0,
            Outcome::Busy | Outcome::Failed if self.retries < MOST_RETRIES => {
                self.again = Some(Millis(now.0 + (1000 << self.retries)));
                self.retries += 1;
            }
            Outcome::Busy | Outcome::Failed => {
                self.retries = 0;
                return After::GiveUp;
            }
        }
        After::Nothing
    }

    /// The service said that one is being made already.
    pub(super) fn too_early(&mut self, now: Millis) {
        self.active.get_or_insert(now);
        if let Some((_, event)) = self.sent.take()
            && !self.waiting.contains(&event)
        {
            self.waiting.push_front(event);
        }
    }

    /// What may be asked now. While the rep speaks nothing is: what it says is answered by itself.
    pub(super) fn next(&mut self, now: Millis, rep_speaks: bool) -> Option<ClientEvent> {
        let over = |since: Millis, most: i64| now.since(since).0 >= most;
        self.active = self.active.filter(|since| !over(*since, ANSWER_MS));
        self.sent.take_if(|(since, _)| over(*since, BEGIN_MS));
        if self.again.is_some_and(|at| now >= at) {
            self.again = None;
            if !rep_speaks {
                self.ask(ClientEvent::answer());
            }
        }
        if self.is_active() {
            return None;
        }
        let event = self.waiting.pop_front()?;
        self.sent = Some((now, event.clone()));
        Some(event)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_answer_is_asked_for_when_the_first_is_over() {
        let mut asking = Asking::default();
        let stage = ClientEvent::ResponseCreate { response: Some(Box::default()) };
        asking.ask(ClientEvent::answer());
        asking.ask(stage.clone());
        asking.ask(ClientEvent::answer());
        assert_eq!(asking.next(Millis(0), false), Some(ClientEvent::answer()));
        assert_eq!(asking.next(Millis(1), false), None);
        asking.began(Millis(2));
        assert_eq!(asking.next(Millis(3), false), None);
        asking.ended(Millis(4), Outcome::Spoke);
        assert_eq!(asking.next(Millis(4), false), Some(stage));
        asking.began(Millis(5));
        asking.ended(Millis(6), Outcome::Spoke);
        assert_eq!(asking.next(Millis(7), false), None, "the same twice is once");
    }

    #[test]
    fn what_was_asked_too_early_is_asked_again_after_the_other() {
        let mut asking = Asking::default();
        asking.ask(ClientEvent::answer());
        assert!(asking.next(Millis(0), false).is_some());
        asking.too_early(Millis(1));
        assert_eq!(asking.next(Millis(2), false), None);
        asking.ended(Millis(3), Outcome::Spoke);
        assert_eq!(asking.next(Millis(3), false), Some(ClientEvent::answer()));
    }

    #[test]
    fn a_busy_service_is_asked_again_later_and_not_for_ever() {
        let mut asking = Asking::default();
        let mut now = 0;
        for wait in [1000, 2000, 4000] {
            assert_eq!(asking.ended(Millis(now), Outcome::Busy), After::Nothing);
            assert_eq!(asking.next(Millis(now + wait - 1), false), None);
            now += wait;
            assert_eq!(asking.next(Millis(now), false), Some(ClientEvent::answer()));
        }
        assert_eq!(asking.ended(Millis(now), Outcome::Busy), After::GiveUp);
        assert_eq!(asking.next(Millis(now + 100_000), false), None);
    }

    #[test]
    fn a_rep_who_speaks_is_not_talked_over_by_a_second_try() {
        let mut asking = Asking::default();
        asking.ended(Millis(0), Outcome::Failed);
        assert_eq!(asking.next(Millis(1000), true), None);
        assert_eq!(asking.next(Millis(9000), false), None);
    }

    #[test]
    fn an_answer_that_never_begins_or_never_ends_blocks_nothing_for_ever() {
        let mut asking = Asking::default();
        asking.ask(ClientEvent::answer());
        assert!(asking.next(Millis(0), false).is_some());
        asking.ask(ClientEvent::answer());
        assert_eq!(asking.next(Millis(4999), false), None);
        assert!(asking.next(Millis(5000), false).is_some());
        asking.began(Millis(5001));
        asking.ask(ClientEvent::answer());
        assert_eq!(asking.next(Millis(64_000), false), None);
        assert!(asking.next(Millis(65_001), false).is_some());
    }

    #[test]
    fn an_answer_that_only_reports_is_asked_for_again_but_not_for_ever() {
        let mut asking = Asking::default();
        for _ in 0..MOST_SILENT {
            asking.ended(Millis(0), Outcome::OnlyCalls);
            assert!(asking.next(Millis(0), false).is_some());
        }
        asking.ended(Millis(0), Outcome::OnlyCalls);
        assert_eq!(asking.next(Millis(0), false), None);
    }
}
