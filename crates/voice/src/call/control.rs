//! What the rep asks for.

use sellme_core::{
    Millis,
    session::Speaker,
    wire::{CallControl, CallEnd},
};

use super::{Call, Output, State, asking::Asking, say, talk::Held};
use crate::events::{ClientEvent, ResponseConfig, session::ToolChoice};

impl Call {
    pub(super) fn control(&mut self, now: Millis, control: &CallControl, out: &mut Vec<Output>) {
        match control {
            CallControl::Mute { on } => {
                self.muted = *on;
                if self.state == State::Open {
                    self.tell_mute(out);
                }
            }
            CallControl::Press => self.press(now, out),
            CallControl::Release => self.let_go(now, out),
            CallControl::Quiet => self.quiet(out),
            CallControl::Repeat => self.repeat(),
            CallControl::Pause => self.pause(now, out),
            CallControl::Resume => self.resume(now, out),
            CallControl::HangUp => self.end(now, CallEnd::HungUp, None, out),
        }
    }

    fn quiet(&mut self, out: &mut Vec<Output>) {
        if !self.is_live() {
            return;
        }
        if self.asking.forget() {
            self.send(&ClientEvent::ResponseCancel { response_id: None }, out);
        }
        // Always: sound may be playing of which nothing here knows.
        self.send(&ClientEvent::OutputClear, out);
    }

    fn repeat(&mut self) {
        let anything = self.said.iter().any(|(speaker, _)| *speaker == Speaker::Customer);
        if self.is_live() && anything {
            let response = ResponseConfig {
                instructions: Some(say::REPEAT.to_owned()),
                tool_choice: Some(ToolChoice::None),
                ..ResponseConfig::default()
            };
            self.asking.ask(ClientEvent::ResponseCreate { response: Some(Box::new(response)) });
        }
    }

    /// The clock stops. What the rep was saying is kept and answered when it goes on.
    fn pause(&mut self, now: Millis, out: &mut Vec<Output>) {
        if self.paused.is_some() {
            return;
        }
        if self.state != State::Open {
            // Once there is a connection, it is paused.
            self.paused = Some(now);
            return;
        }
        self.notice_turns(false, out);
        if self.conversation.speaks(Speaker::Rep) || self.held != Held::Free {
            self.commit(now, out);
            self.owes_answer = true;
            let changes = self.conversation.released(now);
            self.changes(now, changes, out);
        } else {
            self.send(&ClientEvent::InputClear, out);
        }
        self.held = Held::Free;
        self.owes_answer |= self.is_to_answer();
        self.quieten(out);
        self.break_off(now, out);
        self.paused = Some(now);
        self.tell_mute(out);
    }

    /// An answer begins although the clock stands: it is taken back, and asked for again when the talk goes on.
    pub(super) fn take_back(&mut self, now: Millis, out: &mut Vec<Output>) {
        self.owes_answer = true;
        self.send(&ClientEvent::ResponseCancel { response_id: None }, out);
        self.send(&ClientEvent::OutputClear, out);
        self.break_off(now, out);
    }

    /// Nobody cut in: the customer just stops.
    fn break_off(&mut self, now: Millis, out: &mut Vec<Output>) {
        self.asking = Asking::default();
        let changes = self.conversation.break_off(now);
        self.changes(now, changes, out);
    }

    fn resume(&mut self, now: Millis, out: &mut Vec<Output>) {
        if self.paused.take().is_none() || self.state != State::Open {
            return;
        }
        self.last_voice = now;
        // What the service heard meanwhile, if anything, was said to nobody.
        self.send(&ClientEvent::InputClear, out);
        self.notice_turns(true, out);
        self.tell_mute(out);
        let owes = std::mem::take(&mut self.owes_answer) || self.is_customers_turn();
        if owes && self.leaving.is_none() {
            self.asking.ask(ClientEvent::answer());
        }
    }
}
