//! This machine's sound devices, and the microphone while it is tried.

use std::sync::{Mutex, MutexGuard, PoisonError};

use sellme_core::{
    error::Result,
    wire::{MicrophoneEvent, SoundDevices},
};
use sellme_voice::native::{Listening, Through, devices, listen};

use super::blocking;
use crate::host::Host;

/// The microphone while it is tried.
#[derive(Debug, Default)]
pub(super) struct Microphone(Mutex<Tried>);

#[derive(Debug, Default)]
struct Tried {
    /// Counts tries, and ends of them.
    turn: u64,
    listening: Option<Listening>,
}

impl Microphone {
    fn tried(&self) -> MutexGuard<'_, Tried> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was tried before is over. Gives it, to be closed, and whose turn it is now.
    fn next(&self) -> (u64, Option<Listening>) {
        let mut tried = self.tried();
        tried.turn += 1;
        (tried.turn, tried.listening.take())
    }

    /// It is open. Given back where something else was tried while it was being opened, or nobody listens any more.
    fn keep(&self, turn: u64, listening: Listening) -> Option<Listening> {
        let mut tried = self.tried();
        if tried.turn != turn {
            return Some(listening);
        }
        tried.listening = Some(listening);
        None
    }
}

impl Host {
    /// The machine's devices.
    pub(crate) async fn sound_devices(&self) -> Result<SoundDevices> {
        blocking(|| devices(Through::default())).await
    }

    /// Tries the microphone; an earlier try ends.
    pub(crate) async fn listen(&self, input: Option<String>, events: impl FnMut(MicrophoneEvent) + Send + 'static) -> Result<()> {
        let (turn, before) = self.speech().listening.next();
        blocking(|| drop(before)).await?;
        let listening = blocking(|| listen(Through::default(), input, events)).await??;
        let late = self.speech().listening.keep(turn, listening);
        blocking(|| drop(late)).await
    }

    /// The microphone is no longer tried.
    pub(crate) async fn stop_listening(&self) -> Result<()> {
        let (_, listening) = self.speech().listening.next();
        blocking(|| drop(listening)).await
    }
}
