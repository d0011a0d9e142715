//! What an endpoint does wrong on purpose.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use crate::peer::Faults;

/// Why a call is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// 401: the key is wrong or was taken back.
    Key,
    /// 429: nothing is left to be spent.
    Quota,
    /// 429: too many calls at once.
    Rate,
    /// 400: it has no such model.
    Model,
    /// 503: it is down.
    Down,
    /// 201 with a page that is no session description.
    Nonsense,
}

impl Refusal {
    /// The refusal by its name, such as `quota`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "key" => Some(Self::Key),
            "quota" => Some(Self::Quota),
            "rate" => Some(Self::Rate),
            "model" => Some(Self::Model),
            "down" => Some(Self::Down),
            "nonsense" => Some(Self::Nonsense),
            _ => None,
        }
    }
}

/// What an endpoint does wrong on purpose. Copies turn the same knobs, while it runs.
#[derive(Debug, Clone, Default)]
pub struct Knobs(Arc<State>);

#[derive(Debug, Default)]
struct State {
    refusal: Mutex<Option<Refusal>>,
    failing: AtomicU32,
    unheard: AtomicU32,
    faults: Faults,
    /// Models that it has no longer.
    gone: Mutex<BTreeSet<String>>,
    /// Days on which models end, besides its own.
    ends: Mutex<BTreeMap<String, String>>,
}

impl Knobs {
    /// Refuses every call from now on, or takes them again.
    pub fn refuse(&self, why: Option<Refusal>) {
        *self.0.refusal.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    /// Why calls are refused now.
    #[must_use]
    pub fn refusal(&self) -> Option<Refusal> {
        *self.0.refusal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets so many of the next responses fail.
    pub fn fail_responses(&self, count: u32) {
        self.0.failing.store(count, Relaxed);
    }

    /// Lets so many of the next transcriptions fail.
    pub fn fail_transcriptions(&self, count: u32) {
        self.0.unheard.store(count, Relaxed);
    }

    /// Has these models no longer, and all others.
    pub fn retire(&self, models: impl IntoIterator<Item = String>) {
        *self.0.gone.lock().unwrap_or_else(PoisonError::into_inner) = models.into_iter().collect();
    }

    /// Says of these models on which day they end, such as `2027-01-20`.
    pub fn announce(&self, ends: impl IntoIterator<Item = (String, String)>) {
        *self.0.ends.lock().unwrap_or_else(PoisonError::into_inner) = ends.into_iter().collect();
    }

    pub(super) fn is_gone(&self, model: &str) -> bool {
        self.0.gone.lock().unwrap_or_else(PoisonError::into_inner).contains(model)
    }

    pub(super) fn end_of(&self, model: &str) -> Option<String> {
        self.0.ends.lock().unwrap_or_else(PoisonError::into_inner).get(model).cloned()
    }

    /// The network of every call.
    #[must_use]
    pub fn network(&self) -> &Faults {
        &self.0.faults
    }

    pub(super) fn response_fails(&self) -> bool {
        take_one(&self.0.failing)
    }

    pub(super) fn transcription_fails(&self) -> bool {
        take_one(&self.0.unheard)
    }
}

fn take_one(count: &AtomicU32) -> bool {
    count.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok()
}
