//! What is heard and sent while the call is open.

use sellme_core::{Millis, session::Speaker};

use super::{Call, Output, State, limits::RELEASE_MS};
use crate::events::{ClientEvent, ServerEvent, SessionConfig};

/// A shorter press was a slip: the service takes less for nothing.
const SHORTEST_PRESS_MS: i64 = 300;

/// How long words of the rep are waited for after they were sent off, where nothing else says that they are on their way.
const ON_THE_WAY_MS: i64 = 1500;

/// The button of push-to-talk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Held {
    /// Nobody holds it.
    #[default]
    Free,
    /// Held since then.
    Since(Millis),
    /// Let go; what is still on its way is waited for until then.
    Until {
        /// When it was pressed.
        since: Millis,
        /// When what was said is sent off.
        at: Millis,
    },
}

impl Call {
    pub(super) fn message(&mut self, now: Millis, message: &str, out: &mut Vec<Output>) {
        // A channel that carries something is open.
        if matches!(self.state, State::Connecting { answered: true, .. }) {
            self.link_open(now, out);
        }
        if !matches!(self.state, State::Open | State::Ending { .. }) {
            return;
        }
        // What cannot be read says nothing.
        let Ok(event) = ServerEvent::parse(message) else { return };
        if matches!(event, ServerEvent::SessionUpdated(_)) && self.opening.is_some() {
            self.opening = Some(now);
        }
        if matches!(event, ServerEvent::OutputCleared { .. }) {
            out.push(Output::ClearPlayout);
        }
        let changes = self.conversation.apply(now, &event);
        self.changes(now, changes, out);
    }

    pub(super) fn tick(&mut self, now: Millis, out: &mut Vec<Output>) {
        if matches!(self.state, State::Open | State::Ending { .. }) {
            let changes = self.conversation.tick(now);
            self.changes(now, changes, out);
        }
    }

    pub(super) fn somebody_speaks(&self) -> bool {
        self.conversation.speaks(Speaker::Rep) || self.conversation.speaks(Speaker::Customer)
    }

    pub(super) fn pass_talk(&mut self, now: Millis, out: &mut Vec<Output>) {
        if self.opening.is_some_and(|at| now >= at) {
            self.opening = None;
            self.asking.ask(ClientEvent::answer());
        }
        if let Held::Until { at, .. } = self.held
            && now >= at
        {
            self.held = Held::Free;
            self.commit(now, out);
            self.asking.ask(ClientEvent::answer());
            self.tell_mute(out);
        }
        if self.paused.is_none()
            && let Some(event) = self.asking.next(now, self.conversation.speaks(Speaker::Rep))
        {
            self.send(&event, out);
        }
    }

    /// What the rep said so far is sent off.
    pub(super) fn commit(&mut self, now: Millis, out: &mut Vec<Output>) {
        self.send(&ClientEvent::InputCommit, out);
        self.owes_words = Some(Millis(now.0 + ON_THE_WAY_MS));
    }

    pub(super) fn press(&mut self, now: Millis, out: &mut Vec<Output>) {
        if !self.is_live() || !self.plan.is_push_to_talk() {
            return;
        }
        let since = match self.held {
            Held::Since(_) => return,
            // Taken up again before what was said was sent off: it goes on since its first press.
            Held::Until { since, .. } => since,
            Held::Free => {
                self.send(&ClientEvent::InputClear, out);
                self.cancelled_answer = self.is_to_answer();
                self.quieten(out);
                now
            }
        };
        self.held = Held::Since(since);
        self.last_voice = now;
        self.tell_mute(out);
        let changes = self.conversation.pressed(now, since);
        self.changes(now, changes, out);
    }

    pub(super) fn let_go(&mut self, now: Millis, out: &mut Vec<Output>) {
        let Held::Since(since) = self.held else { return };
        self.last_voice = now;
        let changes = if now.since(since).0 < SHORTEST_PRESS_MS {
            self.held = Held::Free;
            self.send(&ClientEvent::InputClear, out);
            self.tell_mute(out);
            if std::mem::take(&mut self.cancelled_answer) {
                self.asking.ask(ClientEvent::answer());
            }
            self.conversation.slipped(now)
        } else {
            self.held = Held::Until { since, at: Millis(now.0 + RELEASE_MS) };
            self.conversation.released(now)
        };
        self.changes(now, changes, out);
    }

    /// True while an answer is awaited of which nothing was heard yet.
    pub(super) fn is_to_answer(&self) -> bool {
        self.asking.is_wanted() && !self.conversation.speaks(Speaker::Customer)
    }

    /// The customer falls silent, if it speaks or is about to.
    pub(super) fn quieten(&mut self, out: &mut Vec<Output>) {
        if self.asking.forget() {
            self.send(&ClientEvent::ResponseCancel { response_id: None }, out);
        }
        if self.conversation.speaks(Speaker::Customer) {
            self.send(&ClientEvent::OutputClear, out);
        }
    }

    /// Turns are noticed, or not. Push-to-talk never does.
    pub(super) fn notice_turns(&self, on: bool, out: &mut Vec<Output>) {
        let detection = self.plan.session.turn_detection().flatten();
        if !self.plan.is_push_to_talk() {
            let session = Box::new(SessionConfig::only_turn_detection(detection.filter(|_| on)));
            self.send(&ClientEvent::SessionUpdate { session }, out);
        }
    }

    /// Opens or shuts the microphone where that changed.
    pub(super) fn tell_mute(&mut self, out: &mut Vec<Output>) {
        let talks = !self.plan.is_push_to_talk() || self.held != Held::Free;
        let shut = self.muted || self.paused.is_some() || !talks || self.state != State::Open;
        if self.told_mute != Some(shut) {
            self.told_mute = Some(shut);
            out.push(Output::Mute(shut));
        }
    }
}
