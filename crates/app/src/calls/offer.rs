//! An offer, as a service is asked to answer it.

use sellme_core::{Code, Error, error::Result};
use sellme_voice::provider::Opened;
use serde_json::Value;

use super::Service;

/// Posts an offer with this session. Where the service does not know the recogniser that is asked for in it, once more with the other session, which is given back
/// then: from there on it holds.
pub(super) async fn post(service: &Service, session: &Value, other: Option<Value>, offer: &str) -> (Result<Opened>, Option<Value>) {
    let key = service.key.as_ref();
    let opened = service.provider.open(key, session, offer).await;
    match other.filter(|_| is_about_recogniser(&opened)) {
        Some(other) => (final_word(service.provider.open(key, &other, offer).await), Some(other)),
        None => (final_word(opened), None),
    }
}

fn is_about_recogniser(opened: &Result<Opened>) -> bool {
    matches!(opened, Err(error) if error.code == Code::TranscriptionChanged)
}

/// A call that is not made goes on with no recogniser: what has to be changed is the service.
fn final_word(opened: Result<Opened>) -> Result<Opened> {
    opened.map_err(|error| if error.code == Code::TranscriptionChanged { Error::invalid(error.message) } else { error })
}
