//! A keyring whose moods are set by hand.

use std::{
    collections::HashMap,
    sync::{Condvar, Mutex},
};

use sellme_voice::provider::Key;

use super::keyring::{Keyring, Trouble};

/// How it is at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    /// It does what it is asked.
    Works,
    /// It says this.
    Fails(Trouble),
    /// It waits for somebody, until its mood changes.
    Waits,
}

pub(super) struct Fake {
    mood: Mutex<Mood>,
    changed: Condvar,
    held: Mutex<HashMap<String, Key>>,
    asked: Mutex<Vec<&'static str>>,
}

impl Fake {
    pub(super) fn that(mood: Mood) -> Self {
        Self { mood: Mutex::new(mood), changed: Condvar::new(), held: Mutex::default(), asked: Mutex::default() }
    }

    pub(super) fn becomes(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
        self.changed.notify_all();
    }

    /// What it holds for this account.
    pub(super) fn holds(&self, account: &str) -> Option<String> {
        self.held.lock().unwrap().get(account).map(|key| key.reveal().to_owned())
    }

    /// How often it was asked for this.
    pub(super) fn asked(&self, what: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| **asked == what).count()
    }

    fn answers(&self, what: &'static str) -> Result<(), Trouble> {
        self.asked.lock().unwrap().push(what);
        let mood = self.changed.wait_while(self.mood.lock().unwrap(), |mood| *mood == Mood::Waits).unwrap();
        if let Mood::Fails(trouble) = *mood { Err(trouble) } else { Ok(()) }
    }
}

impl Keyring for Fake {
    fn get(&self, account: &str) -> Result<Option<Key>, Trouble> {
        self.answers("get")?;
        Ok(self.held.lock().unwrap().get(account).cloned())
    }

    fn set(&self, account: &str, key: &Key) -> Result<(), Trouble> {
        self.answers("set")?;
        self.held.lock().unwrap().insert(account.to_owned(), key.clone());
        Ok(())
    }

    fn delete(&self, account: &str) -> Result<(), Trouble> {
        self.answers("delete")?;
        self.held.lock().unwrap().remove(account);
        Ok(())
    }
}
