//! Talking by voice: the calls of an attempt, how they went, and its recording. `open` is the use cases, `talk` one call while it lasts, `plan` what it is to be.

mod offer;
mod open;
mod plan;
mod record;
mod recording;
mod talk;
mod view;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex as Quick, PoisonError},
};

use sellme_core::{
    id::SessionId,
    wire::{CallEvent, OfferForm},
};
use sellme_voice::provider::{Key, Provider};
use tokio::sync::Mutex;

pub(crate) use record::record;
use talk::Talk;
pub use view::VoiceHost;

/// Who answers the calls of an attempt.
#[derive(Clone)]
pub struct Service {
    /// The service.
    pub provider: Arc<dyn Provider>,
    /// Its key; `None` where it wants none or none is there.
    pub key: Option<Key>,
    /// True for OpenAI itself or what stands in for it: then what its data file says of models holds.
    pub is_open_ai: bool,
    /// How the offer is posted.
    pub offer: OfferForm,
}

/// What whoever carries the sound is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// Something happened, for the window or for the connection.
    Event(CallEvent),
    /// The microphone is shut, or open. A webview does that by itself, from the stages that it is told and what the rep does.
    Mute(bool),
}

/// Hears what happens in a call. It must not wait for anything.
pub type Listener = Arc<dyn Fn(Told) + Send + Sync>;

/// Where a call is while it lasts; empty before and after.
type Seat = Arc<Mutex<Option<Talk>>>;

/// The calls that are going on, one at most for an attempt.
#[derive(Default)]
pub(crate) struct Calls(Quick<HashMap<SessionId, Seat>>);

impl Calls {
    /// The seat of this attempt's call.
    fn seat(&self, id: SessionId) -> Seat {
        let mut seats = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seats.retain(|_, seat| Arc::strong_count(seat) > 1 || seat.try_lock().map_or(true, |talk| talk.is_some()));
        Arc::clone(seats.entry(id).or_default())
    }

    /// Attempts that have a call now, or had one a moment ago.
    fn ids(&self) -> Vec<SessionId> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().copied().collect()
    }
}

impl fmt::Debug for Calls {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Calls(…)")
    }
}
