//! Talking by voice: the calls of an attempt, how they went, and its recording. `open` is the use cases, `talk` one call while it lasts, `plan` what it is to be,
//! `carry` does what its machine says and `storing` keeps what was said.

mod carry;
mod offer;
mod open;
mod partings;
mod plan;
mod record;
mod recording;
mod storing;
mod talk;
mod view;
mod wish;

use std::sync::Arc;

use sellme_core::wire::{CallEvent, OfferForm, ProviderKind};
use sellme_voice::provider::{Key, Provider};

pub(crate) use partings::Partings;
pub(crate) use record::record;
pub(crate) use talk::Talk;
pub use view::VoiceHost;
pub use wish::CallWish;
pub(crate) use wish::Wishes;

/// Who answers the calls of an attempt.
#[derive(Clone)]
pub struct Service {
    /// The service.
    pub provider: Arc<dyn Provider>,
    /// Its key; `None` where it wants none or none is there.
    pub key: Option<Key>,
    /// What it is. For OpenAI itself, or what stands in for it, what its data file says of models and prices holds.
    pub kind: ProviderKind,
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
    /// What is still to be played is dropped: the service has taken it back. A webview plays what comes as it comes.
    ClearPlayout,
}

/// Hears what happens in a call. It must not wait for anything.
pub type Listener = Arc<dyn Fn(Told) + Send + Sync>;
