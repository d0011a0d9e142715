//! What is wrong with a request or an event, in the service's own shape.

use serde_json::{Value, json};

/// What is wrong with a request or an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: &'static str,
    pub(super) message: String,
    /// Where, such as `session.audio.input.format`.
    pub(super) param: Option<String>,
}

impl Fault {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), param: None }
    }

    pub(super) fn at(code: &'static str, param: &str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), param: Some(param.to_owned()) }
    }

    /// The `error` object of a body or an event.
    pub(super) fn json(&self) -> Value {
        let kind = match self.code {
            "insufficient_quota" | "rate_limit_exceeded" => self.code,
            "server_error" => "server_error",
            _ => "invalid_request_error",
        };
        json!({ "type": kind, "code": self.code, "message": self.message, "param": self.param })
    }
}
