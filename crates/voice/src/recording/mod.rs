//! A recording of a session: one Ogg Opus file a side, from the packets as they were sent and played, both on one timeline.

mod recorder;
mod track;

pub use recorder::Recorder;
pub use track::OggTrack;

use sellme_core::{Code, Error};

/// Why a recording stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    /// The disk is full.
    #[error("The disk is full: the recording stopped, and what was recorded until then is kept. The conversation goes on.")]
    DiskFull,
    /// The folder cannot be written.
    #[error("The recording cannot be written into its folder. The conversation goes on.")]
    ReadOnly,
    /// Something else.
    #[error("The recording stopped ({0}); what was recorded until then is kept. The conversation goes on.")]
    Other(std::io::ErrorKind),
}

impl From<std::io::Error> for RecordingError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem | Kind::NotFound => Self::ReadOnly,
            other => Self::Other(other),
        }
    }
}

impl From<RecordingError> for Error {
    fn from(error: RecordingError) -> Self {
        let code = match error {
            RecordingError::DiskFull => Code::DiskFull,
            RecordingError::ReadOnly => Code::ReadOnly,
            RecordingError::Other(_) => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}
