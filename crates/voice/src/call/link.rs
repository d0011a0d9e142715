//! Connecting, and connecting again.

use sellme_core::{Code, Error, Millis, session::Speaker, wire::CallEnd};

use super::{
    Call, Output, State,
    asking::Asking,
    limits::{CONNECT_MS, FIRST_TRIES, TRIES},
    say,
    talk::Held,
};
use crate::{
    conversation,
    events::{ClientEvent, SessionConfig},
};

/// How long the first answer waits for the session to be as it was asked for.
const SESSION_MS: i64 = 5000;

/// A connection that held for so long was one.
const STEADY_MS: i64 = 10_000;

/// How much steering waits for a connection; more is old.
const MOST_STEERING: usize = 64;

impl Call {
    pub(super) fn open(&mut self, now: Millis) {
        if self.state == State::Idle {
            self.attempt = 1;
            self.state = State::Waiting { until: now };
        }
    }

    pub(super) fn answered(&mut self) {
        if let State::Connecting { answered, .. } = &mut self.state {
            *answered = true;
        }
    }

    /// Makes a try where one is due, and gives one up that takes too long.
    pub(super) fn connect(&mut self, now: Millis, out: &mut Vec<Output>) {
        match self.state {
            State::Waiting { until } if now >= until => {
                self.state = State::Connecting { since: now, answered: false };
                self.linked = true;
                // First, since making a connection may take a while.
                self.tell_stage(out);
                out.push(Output::Connect { attempt: self.attempt });
            }
            State::Connecting { since, answered } if now.since(since).0 >= CONNECT_MS => {
                let code = if answered { Code::ConnectionBlocked } else { Code::ServiceUnavailable };
                self.try_failed(now, say::error(code), out);
            }
            _ => {}
        }
    }

    pub(super) fn link_open(&mut self, now: Millis, out: &mut Vec<Output>) {
        if !matches!(self.state, State::Connecting { .. }) {
            return;
        }
        self.state = State::Open;
        self.shaky = None;
        self.last_voice = now;
        self.opened = now;
        self.told_mute = None;
        self.tell_mute(out);
        // The service had the session with the offer, unless it takes none there; what changed since is told again.
        let told_later = self.plan.tell_session;
        if told_later {
            let session = Box::new(SessionConfig { model: None, ..self.plan.session.clone() });
            self.send(&ClientEvent::SessionUpdate { session }, out);
        } else if let Some(fallback) = self.plan.fallback.as_ref().filter(|_| self.fell_back.is_some()) {
            let session = Box::new(SessionConfig::only_transcription(fallback.transcription.clone()));
            self.send(&ClientEvent::SessionUpdate { session }, out);
        }
        if self.paused.is_some() {
            self.notice_turns(false, out);
        }
        for event in conversation::seed(self.said.iter().map(|(speaker, text)| (*speaker, text.as_str()))) {
            self.send(&event, out);
        }
        self.begun = true;
        for event in std::mem::take(&mut self.steering) {
            self.steer(event, out);
        }
        if self.is_customers_turn() {
            self.opening = Some(if told_later { Millis(now.0 + SESSION_MS) } else { now });
        }
    }

    /// True where a new session is to answer first: nobody has begun yet and the customer is to, or the last words were the rep's. The service that was to answer
    /// them is gone with its connection, and nobody else asks for it.
    pub(super) fn is_customers_turn(&self) -> bool {
        conversation::last(&self.said).map_or(self.plan.customer_begins, |speaker| speaker == Speaker::Rep)
    }

    /// The try came to nothing: another, or none.
    pub(super) fn try_failed(&mut self, now: Millis, error: Error, out: &mut Vec<Output>) {
        self.unlink(out);
        let tries = if self.begun { TRIES } else { FIRST_TRIES };
        if self.attempt >= tries {
            return self.end(now, self.lost_by, Some(error), out);
        }
        // One second, two, four: a network that comes back is not stormed.
        let wait = 1000_i64 << (self.attempt.saturating_sub(1)).min(5);
        self.attempt += 1;
        self.state = State::Waiting { until: Millis(now.0 + wait) };
    }

    /// The connection is lost. What was said is kept; a new one is made.
    pub(super) fn lose(&mut self, now: Millis, how: CallEnd, out: &mut Vec<Output>) {
        let changes = self.conversation.restart(now);
        self.changes(now, changes, out);
        self.unlink(out);
        self.asking = Asking::default();
        self.held = Held::default();
        self.opening = None;
        // What was said tells whether one is owed, once there is a connection.
        self.owes_answer = false;
        self.expires = None;
        self.warned.expiry = false;
        self.shaky = None;
        self.lost_by = how;
        // One that is lost as soon as it is there is as good as none.
        self.flaps = if now.since(self.opened).0 < STEADY_MS { self.flaps + 1 } else { 0 };
        if self.flaps > TRIES {
            self.state = State::Waiting { until: now };
            return self.end(now, how, Some(say::error(Code::ConnectionBlocked)), out);
        }
        self.attempt = 1;
        self.state = State::Waiting { until: now };
    }

    /// Tells the service and closes what is left of the connection.
    pub(super) fn unlink(&mut self, out: &mut Vec<Output>) {
        if std::mem::take(&mut self.linked) {
            out.push(Output::HangUp);
            out.push(Output::Close);
        }
    }

    pub(super) fn link_failed(&mut self, now: Millis, out: &mut Vec<Output>) {
        match self.state {
            State::Connecting { .. } => self.try_failed(now, say::error(Code::ConnectionBlocked), out),
            State::Open => self.lose(now, CallEnd::ConnectionLost, out),
            State::Ending { .. } => self.finish(now, out),
            State::Idle | State::Waiting { .. } | State::Done => {}
        }
    }

    pub(super) fn refused(&mut self, now: Millis, error: Error, out: &mut Vec<Output>) {
        match (self.state, error.code) {
            (State::Idle | State::Waiting { .. } | State::Ending { .. } | State::Done, _) => {}
            // It may be there in a moment.
            (State::Connecting { .. }, Code::ServiceUnavailable | Code::ConnectionBlocked | Code::SoundBusy | Code::Internal) => {
                self.try_failed(now, error, out)
            }
            (_, Code::NoMicrophone | Code::NoSpeaker | Code::MicrophoneRefused) => self.end(now, CallEnd::MicrophoneLost, Some(error), out),
            (_, Code::SessionExpired) => self.end(now, CallEnd::SessionExpired, Some(error), out),
            _ => self.end(now, CallEnd::Refused, Some(error), out),
        }
    }

    pub(super) fn microphone_lost(&mut self, now: Millis, out: &mut Vec<Output>) {
        if self.state != State::Idle {
            self.end(now, CallEnd::MicrophoneLost, Some(say::error(Code::NoMicrophone)), out);
        }
    }

    /// Steering goes out at once, or with the next connection.
    pub(super) fn steer(&mut self, event: ClientEvent, out: &mut Vec<Output>) {
        match self.state {
            State::Open if Asking::is_about(&event) => self.asking.ask(event),
            State::Open => self.send(&event, out),
            State::Ending { .. } | State::Done => {}
            State::Idle | State::Waiting { .. } | State::Connecting { .. } => {
                self.steering.push_back(event);
                if self.steering.len() > MOST_STEERING {
                    self.steering.pop_front();
                }
            }
        }
    }
}
