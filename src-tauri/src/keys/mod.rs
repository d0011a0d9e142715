//! Keys of services: in the system's keyring; where none answers, in this run's memory. A key is kept for the scheme, host and port that it was saved for, and is
//! given out for no other. Nothing here writes one to a file, a log or the window.

#[cfg(test)]
mod bus;
#[cfg(test)]
mod fake;
mod keyring;
mod line;
mod system;
#[cfg(test)]
mod tests;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::Arc,
    time::Duration,
};

use sellme_core::{
    Code, Error,
    error::Result,
    wire::{KeyPlace, KeyState},
};
use sellme_voice::provider::{Address, Key, Target};
use tokio::sync::Mutex;

use self::{
    keyring::{Keyring, Trouble},
    line::Line,
    system::System,
};

/// A key of OpenAI for those who develop; it is sent to OpenAI itself and nowhere else.
const VARIABLE: &str = "OPENAI_API_KEY";

/// How long the keyring is waited for. It may ask a person for a password, who may not be there.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// Where somebody waits for just that: a key is saved, removed or needed.
    long: Duration,
    /// Where it is done in passing: a state is shown, a key moves from memory into the keyring.
    short: Duration,
}

const PATIENCE: Patience = Patience { long: Duration::from_secs(45), short: Duration::from_secs(5) };

/// The keys of this device.
pub struct Keys {
    line: Line,
    patience: Patience,
    environment: Option<Key>,
    /// Held through each operation: one at a time.
    kept: Mutex<Kept>,
}

/// What this run knows besides the keyring, by the origin of the service.
#[derive(Default)]
struct Kept {
    /// Keys that no keyring took.
    memory: HashMap<String, Key>,
    /// Where a key was removed and the keyring did not let go of it: it is not used again, and removed once the keyring answers.
    removed: HashSet<String>,
    /// Where a keyring had a key in this run: it still may, also where none answers any more.
    held: HashSet<String>,
    /// What was wrong when the keyring was last asked.
    trouble: Option<Trouble>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Keys(…)")
    }
}

impl Default for Keys {
    fn default() -> Self {
        Self::of_this_device()
    }
}

impl Keys {
    /// The system's keyring, and the environment that the program was started with.
    #[must_use]
    pub fn of_this_device() -> Self {
        let environment = std::env::var(VARIABLE).ok().and_then(|text| Key::typed(text).ok());
        Self::new(Arc::new(System), environment, PATIENCE)
    }

    fn new(keyring: Arc<dyn Keyring>, environment: Option<Key>, patience: Patience) -> Self {
        Self { line: Line::to(keyring), patience, environment, kept: Mutex::default() }
    }

    /// Saves a key of the service at this address: in the keyring, or for this run only, as the answer says.
    pub async fn save(&self, address: &Address, key: Key) -> KeyPlace {
        let (mut kept, origin) = (self.kept.lock().await, address.origin());
        // The new one takes the place of whatever is there.
        kept.removed.remove(&origin);
        if self.put(&mut kept, &origin, &key, self.patience.long).await.is_ok() {
            kept.memory.remove(&origin);
            return KeyPlace::Keyring;
        }
        kept.memory.insert(origin, key);
        KeyPlace::Memory
    }

    /// The key to send to this service; `None` where it wants none or none is there.
    pub async fn get(&self, target: &Target) -> Option<Key> {
        self.found(target, true).await
    }

    /// The key to send to this service, as far as it can be had without asking anybody.
    pub async fn at_hand(&self, target: &Target) -> Option<Key> {
        self.found(target, false).await
    }

    async fn found(&self, target: &Target, waits: bool) -> Option<Key> {
        if !target.needs_key() {
            return None;
        }
        let mut kept = self.kept.lock().await;
        self.find(&mut kept, &target.address, waits).await.map(|(key, _)| key)
    }

    /// Removes the key of the service at this address from everywhere but the environment. It is not used again, whatever the keyring says.
    ///
    /// # Errors
    /// `Internal` where a keyring that has it, or may have it, does not let go of it; it is tried again at the next use.
    pub async fn remove(&self, address: &Address) -> Result<()> {
        let (mut kept, origin) = (self.kept.lock().await, address.origin());
        kept.memory.remove(&origin);
        match self.take(&mut kept, &origin, self.patience.long).await {
            Ok(()) => Ok(()),
            // No keyring answers, and none had the key as far as is known.
            Err(Trouble::Absent) if !kept.held.contains(&origin) => Ok(()),
            Err(Trouble::Absent) => Err(Error::new(
                Code::Internal,
                "The key is not used any more in this run, but this system's keyring does not answer and may still have it. Once it does, look into Settings → Voice \
                 again, and remove the key if it is there.",
            )),
            Err(Trouble::Refused | Trouble::Slow) => Err(Error::new(
                Code::Internal,
                "The key is not used any more, but this system's keyring is locked and may still have it. Unlock the keyring and remove the key again.",
            )),
        }
    }

    /// What the window is told of the key of this service: where it is and its last four characters.
    pub async fn state(&self, target: &Target) -> KeyState {
        if !target.needs_key() {
            return KeyState::NotNeeded;
        }
        let mut kept = self.kept.lock().await;
        match self.find(&mut kept, &target.address, false).await {
            Some((key, place)) => KeyState::There { last_four: key.last_four().to_owned(), place },
            None => KeyState::Missing,
        }
    }

    /// Looks in memory, in the keyring, in the environment. A key in memory moves into a keyring that answers by now. Where nobody waits for the key, a keyring that
    /// was locked is left alone: each question to it may ask a person for a password.
    async fn find(&self, kept: &mut Kept, address: &Address, waits: bool) -> Option<(Key, KeyPlace)> {
        let origin = address.origin();
        let may_ask = waits || !matches!(kept.trouble, Some(Trouble::Refused | Trouble::Slow));
        if let Some(key) = kept.memory.get(&origin).cloned() {
            if may_ask && self.put(kept, &origin, &key, self.patience.short).await.is_ok() {
                kept.memory.remove(&origin);
                return Some((key, KeyPlace::Keyring));
            }
            return Some((key, KeyPlace::Memory));
        }
        if may_ask {
            let patience = if waits { self.patience.long } else { self.patience.short };
            if kept.removed.contains(&origin) {
                // Whether it worked or not: what is there was removed.
                let _ = self.take(kept, &origin, patience).await;
            } else if let Ok(Some(key)) = self.look(kept, &origin, patience).await {
                return Some((key, KeyPlace::Keyring));
            }
        }
        let own = self.environment.clone().filter(|_| address.is_open_ai());
        own.map(|key| (key, KeyPlace::Environment))
    }

    async fn look(&self, kept: &mut Kept, origin: &str, patience: Duration) -> std::result::Result<Option<Key>, Trouble> {
        let account = origin.to_owned();
        let found = noted(kept, self.line.ask(patience, move |keyring| keyring.get(&account)).await);
        if matches!(found, Ok(Some(_))) {
            kept.held.insert(origin.to_owned());
        }
        found
    }

    async fn put(&self, kept: &mut Kept, origin: &str, key: &Key, patience: Duration) -> std::result::Result<(), Trouble> {
        let (account, key) = (origin.to_owned(), key.clone());
        let put = noted(kept, self.line.ask(patience, move |keyring| keyring.set(&account, &key)).await);
        if put.is_ok() {
            kept.held.insert(origin.to_owned());
        }
        put
    }

    async fn take(&self, kept: &mut Kept, origin: &str, patience: Duration) -> std::result::Result<(), Trouble> {
        let account = origin.to_owned();
        let taken = noted(kept, self.line.ask(patience, move |keyring| keyring.delete(&account)).await);
        if taken.is_ok() {
            kept.removed.remove(origin);
            kept.held.remove(origin);
        } else {
            kept.removed.insert(origin.to_owned());
        }
        taken
    }
}

/// Writes down how the keyring is; the log is told when that changes.
fn noted<T>(kept: &mut Kept, answer: std::result::Result<T, Trouble>) -> std::result::Result<T, Trouble> {
    let trouble = answer.as_ref().err().copied();
    if trouble != kept.trouble {
        match trouble {
            Some(trouble) => tracing::warn!(?trouble, "the keyring does not answer"),
            None => tracing::info!("the keyring answers again"),
        }
        kept.trouble = trouble;
    }
    answer
}
