//! What an error of the service means for the call.

use sellme_core::Code;

use crate::events::Fault;

/// What to make of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Nothing: two things crossed on the way, or it is about one message.
    Harmless,
    /// An answer was asked for while one is being made.
    TooEarly,
    /// Busy; it may be asked again.
    Busy,
    /// It ends the call, or changes who writes down the rep's words.
    Ends(Code),
}

/// What an error means that came by itself.
pub(super) fn meaning(fault: &Fault) -> Meaning {
    if fault.param.as_deref().is_some_and(|param| param.contains("transcription")) {
        return Meaning::Ends(Code::TranscriptionChanged);
    }
    let known = match fault.code.as_deref().unwrap_or_default() {
        "conversation_already_has_active_response" => Meaning::TooEarly,
        "rate_limit_exceeded" | "inference_rate_limit_exceeded" => Meaning::Busy,
        "session_expired" => Meaning::Ends(Code::SessionExpired),
        "insufficient_quota" | "billing_hard_limit_reached" => Meaning::Ends(Code::QuotaUsedUp),
        "invalid_api_key" | "account_deactivated" => Meaning::Ends(Code::KeyRefused),
        "model_not_found" | "invalid_model" => Meaning::Ends(Code::ModelUnknown),
        "beta_api_shape_disabled" => Meaning::Ends(Code::ServiceUnavailable),
        _ => Meaning::Harmless,
    };
    match (known, fault.kind.as_deref()) {
        // Some give only a kind.
        (Meaning::Harmless, Some("insufficient_quota")) => Meaning::Ends(Code::QuotaUsedUp),
        (Meaning::Harmless, Some("authentication_error")) => Meaning::Ends(Code::KeyRefused),
        (known, _) => known,
    }
}

/// True where a transcript failed for a reason that every other will fail for too.
pub(super) fn recogniser_is_gone(fault: &Fault) -> bool {
    let code = fault.code.as_deref().unwrap_or_default();
    matches!(code, "model_not_found" | "invalid_model" | "unsupported_model" | "model_deprecated")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(code: &str) -> Fault {
        Fault { code: Some(code.into()), ..Fault::default() }
    }

    #[test]
    fn every_error_that_ends_a_call_has_a_name_and_others_end_none() {
        for (code, means) in [
            ("session_expired", Meaning::Ends(Code::SessionExpired)),
            ("insufficient_quota", Meaning::Ends(Code::QuotaUsedUp)),
            ("billing_hard_limit_reached", Meaning::Ends(Code::QuotaUsedUp)),
            ("invalid_api_key", Meaning::Ends(Code::KeyRefused)),
            ("account_deactivated", Meaning::Ends(Code::KeyRefused)),
            ("model_not_found", Meaning::Ends(Code::ModelUnknown)),
            ("invalid_model", Meaning::Ends(Code::ModelUnknown)),
            ("beta_api_shape_disabled", Meaning::Ends(Code::ServiceUnavailable)),
            ("response_cancel_not_active", Meaning::Harmless),
            ("input_audio_buffer_commit_empty", Meaning::Harmless),
            ("item_retrieve_invalid_item_id", Meaning::Harmless),
            ("unknown_parameter", Meaning::Harmless),
            ("conversation_already_has_active_response", Meaning::TooEarly),
            ("rate_limit_exceeded", Meaning::Busy),
            ("", Meaning::Harmless),
        ] {
            assert_eq!(meaning(&coded(code)), means, "{code}");
        }
    }

    #[test]
    fn a_refused_recogniser_is_not_a_refused_call() {
        let fault = Fault { param: Some("session.audio.input.transcription.model".into()), ..coded("invalid_model") };
        assert_eq!(meaning(&fault), Meaning::Ends(Code::TranscriptionChanged));
    }
}
