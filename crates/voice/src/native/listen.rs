//! The microphone is tried before a call.

use std::{
    sync::mpsc::{self, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::Duration,
};

use sellme_core::wire::MicrophoneEvent;

use super::{
    FRAME, Meter, SoundError,
    device::{Found, Through, find},
};

/// How often the level is told: eight times a second.
const TOLD: Duration = Duration::from_millis(125);
/// Turns without sound after which the microphone is gone: 2 s.
const SILENT: u32 = 16;
/// Turns after which the list of devices is looked through: 1 s.
const LISTED: u32 = 8;

/// A microphone that is listened to; nothing of it is kept. It stops when this is dropped.
#[derive(Debug)]
pub struct Listening {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has stopped too.
            let _ = thread.join();
        }
    }
}

/// Listens to the microphone of this name, or the system's own choice, and tells how loud it is a few times a second. After [`MicrophoneEvent::Lost`] nothing
/// follows. Blocks while the microphone is opened.
///
/// # Errors
/// Where no microphone is there, or it cannot be opened.
pub fn listen(
    through: Through,
    input: Option<String>,
    on_level: impl FnMut(MicrophoneEvent) + Send + 'static,
) -> Result<Listening, SoundError> {
    let (stop, stopped) = mpsc::channel();
    let (opened, was_opened) = mpsc::channel();
    let mut on_level = on_level;
    let run = move || {
        let (running, mut intake) = match find(through, input.as_deref(), true).and_then(Found::open_input) {
            Ok(open) => open,
            Err(error) => {
                // Nobody waits only where the caller is gone.
                let _ = opened.send(Err(error));
                return;
            }
        };
        if opened.send(Ok(())).is_err() {
            return;
        }
        let (mut meter, mut frame, mut silent, mut turns) = (Meter::new(), [0.0; FRAME], 0, 0_u32);
        while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(TOLD) {
            silent += 1;
            turns = turns.wrapping_add(1);
            while intake.frame(&mut frame) {
                meter.hear(&frame);
                silent = 0;
            }
            if silent >= SILENT || running.is_lost() || (turns % LISTED == 0 && !running.is_listed(through)) {
                on_level(MicrophoneEvent::Lost { error: SoundError::NoMicrophone.into() });
                return;
            }
            if silent == 0 {
                let level = meter.read();
                on_level(MicrophoneEvent::Level { level: level.level, speech: level.speech });
            }
        }
    };
    let thread = thread::Builder::new().name("sellme-listen".to_owned()).spawn(run).map_err(|_| SoundError::Thread)?;
    let listening = Listening { stop: Some(stop), thread: Some(thread) };
    was_opened.recv().map_err(|_| SoundError::Thread)??;
    Ok(listening)
}
