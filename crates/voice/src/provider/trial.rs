//! Whether a service takes a key: one question that costs nothing, and tells which models it has.

use sellme_core::{error::Result, wire::KeyTest};

use super::ModelListed;

/// Whether a service that lists these models has this one; `None` where that cannot be said: it lists none, or uses one of its own (`model` is empty).
#[must_use]
pub fn has_model(listed: &[ModelListed], model: &str) -> Option<bool> {
    let said = !model.is_empty() && !listed.is_empty();
    said.then(|| listed.iter().any(|one| one.id == model))
}

/// What the answer to the question for models says about the key, and about the chosen model.
#[must_use]
pub fn key_test(answer: &Result<Vec<ModelListed>>, model: &str) -> KeyTest {
    match answer {
        Ok(listed) => KeyTest { accepted: true, has_model: has_model(listed, model), refusal: None },
        Err(refusal) => KeyTest { accepted: false, has_model: None, refusal: Some(refusal.clone()) },
    }
}
