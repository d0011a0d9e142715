//! Time passes for calls.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use sellme_core::id::SessionId;

use crate::host::Host;

/// How often: what a person hears of it is push-to-talk, whose last syllable is waited for.
const BEAT: Duration = Duration::from_millis(100);

/// The calls for which time passes.
#[derive(Debug, Default)]
pub(super) struct Ticking(Mutex<HashSet<SessionId>>);

impl Ticking {
    /// Lets time pass for the call of this attempt, which is there, until it is over; once, however often it is asked for.
    pub(super) fn begin(&self, host: Host, id: SessionId) {
        if !self.ids().insert(id) {
            return;
        }
        tokio::spawn(async move {
            let ticking = &host.speech().ticking;
            let Ok(app) = host.app() else { return };
            loop {
                tokio::time::sleep(BEAT).await;
                if app.tick_call(id).await {
                    continue;
                }
                ticking.ids().remove(&id);
                // A call that was opened in between found that time passed for it already.
                if !app.tick_call(id).await || !ticking.ids().insert(id) {
                    break;
                }
            }
        });
    }

    fn ids(&self) -> std::sync::MutexGuard<'_, HashSet<SessionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
