//! One call while it lasts.

use std::{collections::VecDeque, sync::Arc};

use sellme_core::{
    Error, Millis,
    catalog::Scenario,
    error::Result,
    session::{CallRecord, Signal, Speaker},
    wire::{CallEnd, CallEvent, CallStage},
};
use sellme_voice::{
    call::{Call, Plan, SLEEP_MS},
    conversation::Spoken,
    provider::CallId,
};
use serde_json::Value;

use super::{CallWish, Listener, Service, Told};
use crate::seats::Seated;

/// One call: the machine that decides, and what it needs to be carried out.
pub(crate) struct Talk {
    pub(super) call: Call,
    pub(super) service: Service,
    /// What is posted with every offer.
    pub(super) session: Value,
    pub(super) told: Listener,
    /// Who wants it.
    pub(super) wish: Option<CallWish>,
    /// The offer that an answer is waited for; none once its try was given up.
    pub(super) posted: Option<Arc<()>>,
    /// What the service calls the connection that is open.
    pub(super) at_service: Option<CallId>,
    /// Turns that are finished and not stored yet: the first could not be.
    pub(super) unstored: VecDeque<Spoken>,
    /// Why it could not be.
    unstorable: Option<Error>,
    /// What the customer reported to have done, for its next turn.
    pub(super) reported: Vec<Signal>,
    /// To read the reports with.
    pub(super) scenario: Scenario,
    model: String,
    started_at: Millis,
    /// When it was last heard of, by the device's clock.
    seen: Millis,
    latencies_ms: Vec<u32>,
    pub(super) role_slips: u32,
    pub(super) end: Option<CallEnd>,
}

impl Seated for Talk {}

impl Talk {
    /// A call that nobody has asked for yet.
    pub(super) fn new(plan: Plan, scenario: Scenario, service: Service, told: Listener, now: Millis) -> serde_json::Result<Self> {
        Ok(Self {
            session: serde_json::to_value(&plan.session)?,
            model: plan.session.model.clone().unwrap_or_default(),
            call: Call::new(plan),
            service,
            told,
            wish: None,
            posted: None,
            at_service: None,
            unstored: VecDeque::new(),
            unstorable: None,
            reported: Vec::new(),
            scenario,
            started_at: now,
            seen: now,
            latencies_ms: Vec::new(),
            role_slips: 0,
            end: None,
        })
    }

    /// What is posted where the service does not know the recogniser of [`Self::session`]; `None` where there is no other.
    pub(super) fn other_session(&self) -> Option<Value> {
        // One that cannot be written is none; the first one could be.
        serde_json::to_value(self.call.other_session()?).ok()
    }

    /// Tells whoever carries the sound.
    pub(super) fn tell(&self, event: CallEvent) {
        (self.told)(Told::Event(event));
    }

    /// Takes note of how long an answer was waited for.
    pub(super) fn answered(&mut self, latency: Millis) {
        self.latencies_ms.push(u32::try_from(latency.0).unwrap_or(0));
    }

    /// Takes note of the moment. Since when nobody can have talked, where the machine slept in the midst of the talk.
    pub(super) fn see(&mut self, now: Millis) -> Option<Millis> {
        let seen = std::mem::replace(&mut self.seen, now);
        (self.call.stage() == CallStage::Live && now.since(seen).0 >= SLEEP_MS).then_some(seen)
    }

    /// True where it waits for a connection that somebody is to make.
    pub(super) fn wants_connection(&self) -> bool {
        matches!(self.call.stage(), CallStage::Connecting | CallStage::Reconnecting)
    }

    /// True where the answer to this offer is what it waits for.
    pub(super) fn waits_for(&self, offer: &Arc<()>) -> bool {
        self.wants_connection() && self.posted.as_ref().is_some_and(|posted| Arc::ptr_eq(posted, offer))
    }

    /// A turn could not be stored; the window is told once.
    pub(super) fn cannot_store(&mut self, error: Error) {
        if self.unstorable.as_ref().map(|before| before.code) != Some(error.code) {
            tracing::warn!(code = ?error.code, "a spoken turn could not be stored yet");
            self.stores_again();
            self.tell(CallEvent::Trouble { code: error.code });
        }
        self.unstorable = Some(error);
    }

    /// What could not be stored is, or something else is in the way.
    pub(super) fn stores_again(&mut self) {
        if let Some(error) = self.unstorable.take() {
            self.tell(CallEvent::Recovered { code: error.code });
        }
    }

    /// Every turn so far is stored.
    ///
    /// # Errors
    /// Why not.
    pub(super) fn is_stored(&self) -> Result<()> {
        self.unstorable.clone().map_or(Ok(()), Err)
    }

    /// True once it is over and every turn of it is stored.
    pub(super) fn is_over(&self) -> bool {
        self.call.stage() == CallStage::Done && self.unstored.is_empty()
    }

    /// What goes with the next turn that is stored: with a turn of the customer, what it reported to have done.
    pub(super) fn reports_of(&mut self, speaker: Speaker) -> Vec<Signal> {
        if speaker == Speaker::Customer { std::mem::take(&mut self.reported) } else { Vec::new() }
    }

    /// How it went.
    pub(super) fn record(&self, now: Millis) -> CallRecord {
        CallRecord {
            model: self.model.clone(),
            started_at: self.started_at,
            ended_at: now,
            end: self.end.unwrap_or(CallEnd::HungUp),
            latencies_ms: self.latencies_ms.clone(),
            role_slips: self.role_slips,
            cost_millicents: self.call.figures().cost_millicents,
        }
    }
}
