//! Whether a service takes a key: one question that costs nothing.

use sellme_core::wire::KeyTest;

use super::{Key, Provider};

/// Asks the service for its models with this key, and looks for the chosen one (`model` is empty where the server has one of its own).
pub async fn try_key(provider: &dyn Provider, key: Option<&Key>, model: &str) -> KeyTest {
    match provider.models(key).await {
        Ok(models) => {
            let said = !model.is_empty() && !models.is_empty();
            KeyTest { accepted: true, has_model: said.then(|| models.iter().any(|listed| listed.id == model)), refusal: None }
        }
        Err(refusal) => KeyTest { accepted: false, has_model: None, refusal: Some(refusal) },
    }
}
