//! Sentences: for the model, and for the rep.

use sellme_core::{Code, Error};

/// Says the last line again. It takes the place of the briefing for one answer, so it says who speaks.
pub(super) const REPEAT: &str = "You are the customer in this conversation and stay the customer. The other person did not catch your last line. Say your last line \
                                 once more, in the same words and the same language. Add nothing before or after it.";

/// The answer to a function that reports something.
pub(super) const REPORTED: &str = r#"{"ok":true}"#;

/// The answer to a function whose arguments are no JSON.
pub(super) const NOT_UNDERSTOOD: &str = r#"{"ok":false,"error":"The arguments must be one JSON object. Go on with the conversation."}"#;

/// What ended the call, in words that a rep understands.
pub(super) fn error(code: Code) -> Error {
    let message = match code {
        Code::KeyRefused => {
            "The voice service does not take the key. What was said is kept. Check the key in Settings, or go on by typing."
        }
        Code::QuotaUsedUp => {
            "The account at the voice service has nothing left to spend. What was said is kept. Ask whoever pays for it, or go on by typing."
        }
        Code::ModelUnknown => {
            "The voice service does not have this model. What was said is kept. Choose another in Settings, or go on by typing."
        }
        Code::SessionExpired => "The voice service ends every session after its longest time. What was said is kept. Go on by typing.",
        Code::ConnectionBlocked => {
            "The voice service answered, but no sound passes: the network does not let it through. What was said is kept. Try another network, or go on by typing."
        }
        Code::NoMicrophone => "The microphone is gone. What was said is kept. Plug it in and begin again, or go on by typing.",
        _ => "The voice service does not answer. What was said is kept. Try again later, or go on by typing.",
    };
    let code = match code {
        Code::KeyRefused | Code::QuotaUsedUp | Code::ModelUnknown | Code::SessionExpired | Code::ConnectionBlocked | Code::NoMicrophone => {
            code
        }
        _ => Code::ServiceUnavailable,
    };
    Error::new(code, message)
}
