//! The one error shape that crosses a boundary: a code that a program acts on and a sentence that a person understands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why something was refused or failed. A code exists only where the window, the command line or a test acts on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// The input is not acceptable as it stands (empty line, invalid JSON, unknown flag value…).
    InvalidInput,
    /// No product, scenario, session or profile has that id.
    NotFound,
    /// The session is not in a state that allows this (saying after completion…).
    WrongState,
    /// The catalogue's files do not hold together; the message names file, entry and field.
    CatalogInvalid,
    /// The data folder cannot be written.
    ReadOnly,
    /// The disk is full.
    DiskFull,
    /// Another process holds the data file for too long.
    DatabaseBusy,
    /// Another window already uses this data folder.
    FolderInUse,
    /// The data file was made by a newer version of the program.
    DatabaseNewer,
    /// The data file is not one of ours.
    DatabaseForeign,
    /// The data file is damaged beyond what could be repaired.
    DatabaseDamaged,
    /// No microphone is there.
    NoMicrophone,
    /// No speaker is there.
    NoSpeaker,
    /// Another program has the microphone or the speaker; it may let go of it.
    SoundBusy,
    /// The system does not let the program use the microphone.
    MicrophoneRefused,
    /// No key of the service is there.
    KeyMissing,
    /// The service does not take the key.
    KeyRefused,
    /// The account at the service has no money or quota left.
    QuotaUsedUp,
    /// The service has no such model.
    ModelUnknown,
    /// The service does not answer, or not in a way that can be understood.
    ServiceUnavailable,
    /// The service answered and no sound or data passes: the network does not let it through.
    ConnectionBlocked,
    /// The session at the service is over.
    SessionExpired,
    /// The service cannot write down what the rep says as it was asked to; the call goes on with another recogniser.
    TranscriptionChanged,
    /// The service cannot write down what the rep says, and no other recogniser is there; the call goes on.
    TranscriptionFailed,
    /// Nobody is signed in, or the sign-in has ended.
    NotSignedIn,
    /// The address or the password is not right.
    SignInRefused,
    /// Too many sign-ins failed; none is tried for a while.
    SignInLocked,
    /// It is somebody else's, or not for this role.
    Forbidden,
    /// What the company allows for a day is used up.
    LimitReached,
    /// Something that should not happen; details are in the log.
    Internal,
}

/// A refusal or failure as it crosses a boundary: exactly `{ "code", "message" }`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "bindings", derive(ts_rs::TS))]
#[error("{message}")]
pub struct Error {
    /// What a program acts on.
    pub code: Code,
    /// What happened, what was kept and what to do next, for a person.
    pub message: String,
}

impl Error {
    /// An error with this code and sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// [`Code::InvalidInput`] with this sentence.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::InvalidInput, message)
    }

    /// [`Code::NotFound`] for a thing of this kind with this id.
    pub fn not_found(kind: &str, id: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no {kind} “{id}”."))
    }
}

/// The result of anything that can be refused.
pub type Result<T> = std::result::Result<T, Error>;
