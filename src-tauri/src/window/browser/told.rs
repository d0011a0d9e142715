//! What commands tell a page later, in order, until it asks for it.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeResponseBody};
use tokio::sync::Notify;

/// All of it; clones share it. Nothing is forgotten: it lives as long as a test.
#[derive(Debug, Clone, Default)]
pub(super) struct Told(Arc<(Mutex<Vec<Value>>, Notify)>);

impl Told {
    /// Another message of a channel.
    pub(super) fn tell(&self, channel: CallbackFn, index: usize, body: &InvokeResponseBody) {
        let message = match body {
            InvokeResponseBody::Json(text) => serde_json::from_str(text).unwrap_or(Value::Null),
            InvokeResponseBody::Raw(bytes) => json!(bytes),
        };
        self.all().push(json!({ "channel": channel.0, "index": index, "message": message }));
        self.0.1.notify_waiters();
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.all().len()
    }

    /// What came after the first so many; waits where nothing did.
    pub(super) async fn since(&self, from: usize) -> Vec<Value> {
        loop {
            let more = self.0.1.notified();
            tokio::pin!(more);
            more.as_mut().enable();
            let new: Vec<Value> = self.all().get(from..).unwrap_or_default().to_vec();
            if !new.is_empty() {
                return new;
            }
            more.await;
        }
    }

    fn all(&self) -> std::sync::MutexGuard<'_, Vec<Value>> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
