//! What goes wrong with the machine's sound.

use sellme_core::{Code, Error};

/// What goes wrong with the machine's sound.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SoundError {
    /// No microphone is there, or the one that was is gone.
    #[error("No microphone is there. Connect one, or go on by typing.")]
    NoMicrophone,
    /// No speaker is there, or the one that was is gone.
    #[error("No speaker is there. Connect one, or go on by typing.")]
    NoSpeaker,
    /// The system does not let the program use the device.
    #[error("The system does not let the program use the microphone. Allow it in the system's settings, or go on by typing.")]
    Refused,
    /// Another program has the device.
    #[error("Another program uses the sound device. Close it there, or choose another device.")]
    Busy,
    /// The device does not work.
    #[error("The sound device does not work: {0}")]
    Broken(String),
    /// The codec or the echo canceller refused; it should not.
    #[error("Sound could not be prepared: {0}")]
    Codec(String),
    /// A thread could not be started.
    #[error("No thread for sound could be started.")]
    Thread,
}

impl SoundError {
    /// The error of a device as it is told by the system.
    pub(crate) fn of_device(error: &cpal::Error, input: bool) -> Self {
        use cpal::ErrorKind as Kind;
        match error.kind() {
            Kind::PermissionDenied => Self::Refused,
            Kind::DeviceBusy => Self::Busy,
            Kind::DeviceNotAvailable | Kind::HostUnavailable | Kind::StreamInvalidated => Self::gone(input),
            _ => Self::Broken(error.to_string()),
        }
    }

    /// Nothing is there.
    pub(crate) fn gone(input: bool) -> Self {
        if input { Self::NoMicrophone } else { Self::NoSpeaker }
    }
}

impl From<SoundError> for Error {
    fn from(error: SoundError) -> Self {
        let code = match error {
            SoundError::Refused => Code::MicrophoneRefused,
            SoundError::NoMicrophone | SoundError::Broken(_) => Code::NoMicrophone,
            SoundError::NoSpeaker => Code::NoSpeaker,
            SoundError::Busy => Code::SoundBusy,
            SoundError::Codec(_) | SoundError::Thread => Code::Internal,
        };
        Self::new(code, error.to_string())
    }
}

impl From<opus::Error> for SoundError {
    fn from(error: opus::Error) -> Self {
        Self::Codec(error.to_string())
    }
}
