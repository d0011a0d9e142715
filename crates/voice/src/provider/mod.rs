//! Who answers a call: a service, and how it wants to be asked.
//!
//! What is asked and how an answer is judged is here for everybody; what talks with a service is [`Http`], or with the company's hub [`Hub`], behind
//! the feature `http`.

mod address;
#[cfg(feature = "http")]
mod answer;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "http")]
mod hub;
mod key;
#[cfg(feature = "http")]
mod refusal;
#[cfg(feature = "http")]
mod server;
mod target;
mod trial;

use std::{fmt::Debug, pin::Pin};

use sellme_core::{Millis, error::Result};
use serde_json::Value;

pub use address::{Address, OPEN_AI};
#[cfg(feature = "http")]
pub use http::Http;
#[cfg(feature = "http")]
pub use hub::{Attempt, Hub, HubCalls};
pub use key::Key;
#[cfg(feature = "http")]
pub use server::Patience;
pub use target::Target;
pub use trial::{has_model, key_test};

/// An answer that is waited for.
pub type Waiting<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// A call at a service: the last part of its address there, checked to be no more than that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CallId(String);

impl CallId {
    /// The id, if it is one: letters, digits, `-`, `_` and `.`, at most 200.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        let plain = |sign: u8| sign.is_ascii_alphanumeric() || b"-_.".contains(&sign);
        let is_id = !id.is_empty() && id.len() <= 200 && id.bytes().all(plain) && !id.bytes().all(|sign| sign == b'.');
        is_id.then(|| Self(id.to_owned()))
    }

    /// As the service wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A call that a service took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Its answer to the offer: a session description.
    pub answer: String,
    /// What it calls the call; `None` where it did not say, so that the call ends with the connection.
    pub call: Option<CallId>,
}

/// A key for one call, which a service made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minted {
    /// The key.
    pub secret: Key,
    /// When it ends, where the service says that.
    pub expires_at: Option<Millis>,
}

/// A model that a service lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelListed {
    /// Its name.
    pub id: String,
    /// The day it ends, such as `2027-01-20`, where the service says one.
    pub shutdown_date: Option<String>,
}

/// A service that takes calls.
pub trait Provider: Debug + Send + Sync {
    /// Opens a call: the session's configuration and an offer go in, the answer comes out.
    ///
    /// # Errors
    /// `KeyMissing`, `KeyRefused`, `QuotaUsedUp`, `ModelUnknown`; `ServiceUnavailable` where another try may help; `InvalidInput` where the
    /// service, or what it was asked for, has to be changed in Settings; `TranscriptionChanged` where it does not know the recogniser, so that another may be
    /// asked for.
    fn open<'a>(&'a self, key: Option<&'a Key>, session: &'a Value, offer: &'a str) -> Waiting<'a, Opened>;

    /// Ends a call at the service. A call that it no longer knows is ended.
    ///
    /// # Errors
    /// As [`Provider::open`]; the call then ends by itself some time after its connection is gone.
    fn hang_up<'a>(&'a self, key: Option<&'a Key>, call: &'a CallId) -> Waiting<'a, ()>;

    /// The models that this key may use.
    ///
    /// # Errors
    /// As [`Provider::open`].
    fn models<'a>(&'a self, key: Option<&'a Key>) -> Waiting<'a, Vec<ModelListed>>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_call_cannot_lead_elsewhere() {
        assert_eq!(CallId::new("rtc_u1-9.a").as_ref().map(CallId::as_str), Some("rtc_u1-9.a"));
        for id in ["", "..", ".", "a/b", "a?b", "a#b", "a%2fb", "a b", "a\r\nX: y", &"a".repeat(201)] {
            assert_eq!(CallId::new(id), None, "{id}");
        }
    }
}
