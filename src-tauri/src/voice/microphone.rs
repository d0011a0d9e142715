//! This machine's sound devices, and the microphone while it is tried.

use std::sync::{Mutex, PoisonError};

use sellme_core::{
    error::Result,
    wire::{MicrophoneEvent, SoundDevices},
};
use sellme_voice::native::{Listening, Through, devices, listen};

use super::blocking;
use crate::host::Host;

/// The microphone while it is tried.
#[derive(Debug, Default)]
pub(super) struct Microphone(Mutex<Option<Listening>>);

impl Host {
    /// The machine's devices.
    pub(crate) async fn sound_devices(&self) -> Result<SoundDevices> {
        blocking(|| devices(Through::default())).await
    }

    /// Tries the microphone; an earlier try ends.
    pub(crate) async fn listen(&self, input: Option<String>, events: impl FnMut(MicrophoneEvent) + Send + 'static) -> Result<()> {
        self.stop_listening().await?;
        let listening = blocking(|| listen(Through::default(), input, events)).await??;
        *self.speech().listening.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(listening);
        Ok(())
    }

    /// The microphone is no longer tried.
    pub(crate) async fn stop_listening(&self) -> Result<()> {
        let listening = self.speech().listening.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        blocking(|| drop(listening)).await
    }
}
