//! How long each state may last, and how much a call may take.

use sellme_core::{Millis, wire::CallEnd};

use super::{Call, Output, State};

/// A try to connect, from the offer to the open data channel.
pub const CONNECT_MS: i64 = 15_000;

/// Tries of the first connection: whoever has just pressed the button is told at once, and may press it again.
pub const FIRST_TRIES: u32 = 1;

/// Tries to make a lost connection again.
pub const TRIES: u32 = 3;

/// How long nothing may pass before the connection counts as lost: often it comes back.
pub const TRANSIENT_MS: i64 = 5000;

/// Time in which nothing happened, not even a tick: the machine slept.
pub const SLEEP_MS: i64 = 30_001;

/// Nobody spoke for so long: the call ends.
pub const IDLE_MS: i64 = 180_000;

/// The longest pause.
pub const LONGEST_PAUSE_MS: i64 = 30 * 60 * 1000;

/// How long the customer may take to take leave.
pub const LEAVING_MS: i64 = 20_000;

/// From letting go of the button to the end of what was said: sound takes another way than events and arrives later.
pub const RELEASE_MS: i64 = 250;

/// A moment in which the customer's last sound may still begin.
const LAST_WORD_MS: i64 = 500;

/// The session is ended by us so long before the service ends it, so that what was said is still written down.
const BEFORE_EXPIRY_MS: i64 = 5000;

/// How long before its end the rep is told.
const NOTICE_MS: i64 = 60_000;
const EXPIRY_NOTICE_MS: i64 = 120_000;
const IDLE_NOTICE_MS: i64 = 30_000;

/// What the rep was told of.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Warned {
    time: bool,
    cost: bool,
    idle: bool,
    pub(super) expiry: bool,
}

impl Call {
    /// Time passed, whatever else happened.
    pub(super) fn pass(&mut self, now: Millis, out: &mut Vec<Output>) {
        match self.state {
            State::Idle | State::Done => {}
            State::Waiting { .. } | State::Connecting { .. } => {
                if self.leaving.is_some() {
                    self.end(now, CallEnd::CustomerDone, None, out);
                }
                self.connect(now, out);
            }
            State::Open => {
                self.pass_open(now, out);
                if let State::Ending { since } = self.state {
                    self.pass_ending(now, since, out);
                }
            }
            State::Ending { since } => self.pass_ending(now, since, out),
        }
    }

    fn pass_open(&mut self, now: Millis, out: &mut Vec<Output>) {
        if self.shaky.is_some_and(|since| now.since(since).0 >= TRANSIENT_MS) {
            self.lose(now, CallEnd::ConnectionLost, out);
            return self.connect(now, out);
        }
        if let Some(end) = self.must_end(now) {
            return self.end(now, end, None, out);
        }
        self.warn(now, out);
        self.pass_talk(now, out);
    }

    /// Why the call must end now.
    fn must_end(&self, now: Millis) -> Option<CallEnd> {
        if let Some(since) = self.leaving {
            let silent = !self.conversation.speaks(sellme_core::session::Speaker::Customer) && !self.asking.is_active();
            let passed = now.since(since).0;
            if (silent && passed >= LAST_WORD_MS) || passed >= LEAVING_MS {
                return Some(CallEnd::CustomerDone);
            }
        }
        if self.expires.is_some_and(|at| now.0.saturating_add(BEFORE_EXPIRY_MS) >= at.0) {
            return Some(CallEnd::SessionExpired);
        }
        if self.active_ms >= self.plan.longest.0 {
            return Some(CallEnd::TimeCap);
        }
        if self.share_of_cost().is_some_and(|percent| percent >= 100) {
            return Some(CallEnd::CostCap);
        }
        let quiet = now.since(self.last_voice).0;
        match self.paused {
            Some(since) if now.since(since).0 >= LONGEST_PAUSE_MS => Some(CallEnd::NobodySpoke),
            None if quiet >= IDLE_MS && !self.somebody_speaks() => Some(CallEnd::NobodySpoke),
            _ => None,
        }
    }

    /// Percent of the most that the call may cost.
    fn share_of_cost(&self) -> Option<u128> {
        let (cost, most) = (self.figures.cost()?, self.plan.most_millicents?);
        Some(if most == 0 { 100 } else { u128::from(cost) * 100 / u128::from(most) })
    }

    fn warn(&mut self, now: Millis, out: &mut Vec<Output>) {
        let left = self.plan.longest.0 - self.active_ms;
        if left <= NOTICE_MS && !std::mem::replace(&mut self.warned.time, true) {
            out.push(Output::Soon { end: CallEnd::TimeCap, left: Some(Millis(left)) });
        }
        if self.share_of_cost().is_some_and(|percent| percent >= 90) && !std::mem::replace(&mut self.warned.cost, true) {
            out.push(Output::Soon { end: CallEnd::CostCap, left: None });
        }
        let left = self.expires.map(|at| at.0.saturating_sub(now.0).saturating_sub(BEFORE_EXPIRY_MS));
        if let Some(left) = left.filter(|left| *left <= EXPIRY_NOTICE_MS)
            && !std::mem::replace(&mut self.warned.expiry, true)
        {
            out.push(Output::Soon { end: CallEnd::SessionExpired, left: Some(Millis(left)) });
        }
        let left = IDLE_MS - now.since(self.last_voice).0;
        let idle = self.paused.is_none() && left <= IDLE_NOTICE_MS && !self.somebody_speaks();
        if idle && !self.warned.idle {
            out.push(Output::Soon { end: CallEnd::NobodySpoke, left: Some(Millis(left)) });
        }
        self.warned.idle = idle;
    }
}
