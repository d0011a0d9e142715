//! How a call ends.

use sellme_core::{Error, Millis, session::Speaker, wire::CallEnd};

use super::{Call, Output, State, talk::Held};
use crate::conversation::ENDING_MS;

impl Call {
    /// The call ends, for this reason. Where it is open, what the rep said last is still written down.
    pub(super) fn end(&mut self, now: Millis, end: CallEnd, error: Option<Error>, out: &mut Vec<Output>) {
        if matches!(self.state, State::Ending { .. } | State::Done) {
            return;
        }
        self.end = Some(end);
        self.error = error;
        if self.state != State::Open {
            return self.finish(now, out);
        }
        self.notice_turns(false, out);
        if self.conversation.speaks(Speaker::Rep) || self.held != Held::Free {
            self.commit(now, out);
        }
        self.quieten(out);
        // Sent last, and written down as well as what was sent off just now.
        if self.owes_words.is_some_and(|until| now < until) {
            self.owes_words = Some(Millis(now.0 + ENDING_MS));
        } else {
            self.owes_words = None;
        }
        self.held = Held::Free;
        self.state = State::Ending { since: now };
        self.tell_mute(out);
        let changes = self.conversation.settle(now);
        self.changes(now, changes, out);
    }

    pub(super) fn pass_ending(&mut self, now: Millis, since: Millis, out: &mut Vec<Output>) {
        let settled = self.conversation.is_settled() && self.owes_words.is_none();
        if settled || now.since(since).0 >= ENDING_MS {
            self.finish(now, out);
        }
    }

    /// Over. Whatever is unfinished is finished with what is known of it.
    pub(super) fn finish(&mut self, now: Millis, out: &mut Vec<Output>) {
        let changes = self.conversation.restart(now);
        self.changes(now, changes, out);
        self.unlink(out);
        self.state = State::Done;
    }
}
