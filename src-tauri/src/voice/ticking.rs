//! Time passes for calls.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use sellme_core::id::SessionId;

/// How often: what a person hears of it is push-to-talk, whose last syllable is waited for.
const BEAT: Duration = Duration::from_millis(100);

/// How long nothing is tried after a beat that broke.
const AFTER_A_FAULT: Duration = Duration::from_secs(1);

/// The calls for which time passes.
#[derive(Debug, Clone, Default)]
pub(super) struct Ticking(Arc<Mutex<HashSet<SessionId>>>);

impl Ticking {
    /// Lets time pass for the call of this attempt, which is there, until `tick` says that it is over; once, however often it is asked for.
    pub(super) fn begin<T>(&self, id: SessionId, tick: impl Fn() -> T + Send + Sync + 'static)
    where
        T: Future<Output = bool> + Send + 'static,
    {
        if !self.ids().insert(id) {
            return;
        }
        let ticking = self.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(BEAT).await;
                if beat(&tick).await {
                    continue;
                }
                ticking.ids().remove(&id);
                // A call that was opened in between found that time passed for it already.
                if !beat(&tick).await || !ticking.ids().insert(id) {
                    break;
                }
            }
        });
    }

    fn ids(&self) -> MutexGuard<'_, HashSet<SessionId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// True where the call goes on. Each beat is on its own: time goes on after one that panics, which is in the log.
async fn beat<T>(tick: &(impl Fn() -> T + Sync)) -> bool
where
    T: Future<Output = bool> + Send + 'static,
{
    match tokio::spawn(tick()).await {
        Ok(goes_on) => goes_on,
        Err(_) => {
            tokio::time::sleep(AFTER_A_FAULT).await;
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn time_goes_on_after_a_beat_that_panics_and_ends_with_the_call() {
        let (ticking, beats, id) = (Ticking::default(), AtomicU32::new(0), SessionId(uuid::Uuid::from_u128(1)));
        let (tell, mut told) = mpsc::unbounded_channel();
        ticking.begin(id, move || {
            let (beat, tell) = (beats.fetch_add(1, Ordering::SeqCst), tell.clone());
            async move {
                if beat == 0 {
                    std::panic::panic_any("made by a test");
                }
                tell.send(beat).unwrap();
                beat < 2
            }
        });
        let mut heard = Vec::new();
        while let Some(beat) = told.recv().await {
            heard.push(beat);
        }
        assert_eq!(heard, [1, 2, 3], "a last look after the end");
        assert!(ticking.ids().is_empty());
    }
}
