//! Client secrets that were minted, with the session that each opens.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde_json::Value;

use super::ids::{fresh, unix_now};

/// A secret that was minted.
#[derive(Debug, Clone)]
pub(super) struct Secret {
    pub(super) value: String,
    /// Seconds since 1970.
    pub(super) expires_at: u64,
    /// The session that was bound to it, if one was.
    pub(super) session: Option<Value>,
}

/// The secrets of an endpoint.
#[derive(Debug, Default)]
pub(super) struct Secrets(Mutex<HashMap<String, Secret>>);

impl Secrets {
    /// Mints a secret that is good for so many seconds.
    pub(super) fn mint(&self, seconds: u64, session: Option<Value>) -> Secret {
        let now = unix_now();
        let secret = Secret { value: fresh("ek"), expires_at: now + seconds, session };
        let mut secrets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.retain(|_, secret| secret.expires_at > now);
        secrets.insert(secret.value.clone(), secret.clone());
        secret
    }

    /// The secret, while it is good.
    pub(super) fn find(&self, value: &str) -> Option<Secret> {
        let secrets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.get(value).filter(|secret| secret.expires_at > unix_now()).cloned()
    }
}
