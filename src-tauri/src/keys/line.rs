//! One question to the keyring at a time, on a thread of its own. A thread that waits for ever for somebody at a prompt holds up nobody else, nor the end of the
//! program.

use std::{sync::Arc, thread, time::Duration};

use tokio::{
    sync::{Mutex, oneshot},
    time::timeout,
};

use super::keyring::{Keyring, Trouble};

pub(super) struct Line {
    keyring: Arc<dyn Keyring>,
    turn: Arc<Mutex<()>>,
}

impl Line {
    pub(super) fn to(keyring: Arc<dyn Keyring>) -> Self {
        Self { keyring, turn: Arc::default() }
    }

    /// The keyring's answer, waited for this long. While an earlier question still waits for a person, that is said at once: there is no second prompt over the first.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        patience: Duration,
        question: impl FnOnce(&dyn Keyring) -> Result<T, Trouble> + Send + 'static,
    ) -> Result<T, Trouble> {
        let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() else { return Err(Trouble::Slow) };
        let (answer, answered) = oneshot::channel();
        let keyring = Arc::clone(&self.keyring);
        let thread = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            let said = question(&*keyring);
            drop(turn);
            // Nobody may be waiting any more.
            drop(answer.send(said));
        });
        if thread.is_err() {
            return Err(Trouble::Absent);
        }
        match timeout(patience, answered).await {
            Ok(Ok(said)) => said,
            // The thread ended without an answer: whatever is there is no keyring.
            Ok(Err(_)) => Err(Trouble::Absent),
            Err(_) => Err(Trouble::Slow),
        }
    }
}
