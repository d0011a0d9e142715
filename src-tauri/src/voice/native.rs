//! A call with this machine's own sound: the host stands where a webview with peer connections would, and asks for the same.

use std::sync::{Arc, Mutex, PoisonError};

use sellme_app::{Listener, Told};
use sellme_core::{
    Code, Error,
    error::Result,
    id::SessionId,
    wire::{CallAnswer, CallEvent, CallStage, Link, MicrophoneEvent, SoundDevices},
};
use sellme_voice::{
    native::{CallHandle, CallOptions, DeviceEvent, Listening, NativeCall, NativeEvent, Through, devices, listen},
    recording::{Recorder, RecordingError},
};
use tokio::sync::mpsc::{self, UnboundedReceiver};

use super::Tell;
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

/// Opens the call of an attempt with this machine's microphone and speaker.
///
/// # Errors
/// Where there is none, or the service refuses.
pub(super) async fn open(host: Host, id: SessionId, events: Tell) -> Result<CallAnswer> {
    // A microphone that is tried is let go first: some systems lend it once.
    host.stop_listening().await?;
    let (tell, told) = mpsc::unbounded_channel();
    let listener: Listener = Arc::new(move |one| {
        // It only fails where the call is over.
        let _ = tell.send(one);
    });
    let call = connect(&host, id, &listener).await?;
    let carried = Carried { host, id, events, listener, recorder: None };
    tokio::spawn(carried.carry(call, told));
    Ok(CallAnswer::default())
}

/// Makes a connection and has it answered.
async fn connect(host: &Host, id: SessionId, listener: &Listener) -> Result<NativeCall> {
    let settings = host.app()?.settings().await?.voice;
    let options = CallOptions { input: settings.input, output: settings.output, muted: settings.push_to_talk, ..CallOptions::default() };
    let (sdp, offered) = NativeCall::offer(options).await?;
    let answer = host.negotiate(id, &sdp, Arc::clone(listener)).await?;
    match offered.accept(&answer.sdp.unwrap_or_default()).await {
        Ok(call) => Ok(call),
        Err(error) => {
            host.app()?.call_link(id, Link::Failed).await;
            Err(error.into())
        }
    }
}

/// A call that is carried between the connection and whoever decides.
struct Carried {
    host: Host,
    id: SessionId,
    events: Tell,
    listener: Listener,
    recorder: Option<Arc<Recorder>>,
}

impl Carried {
    /// Until the call is over.
    async fn carry(mut self, call: NativeCall, mut told: UnboundedReceiver<Told>) {
        let mut call = Some(call);
        loop {
            tokio::select! {
                event = next(&mut call) => match event {
                    Some(event) => self.happened(event, call.as_ref().map(|call| &call.handle)).await,
                    // Everything of this connection is closed; whether there will be another is decided elsewhere.
                    None => call = None,
                },
                one = told.recv() => match one {
                    Some(Told::Event(CallEvent::Reconnect)) => call = self.again().await,
                    Some(one) => {
                        if self.told(one, call.as_ref().map(|call| &call.handle)).await {
                            break;
                        }
                    }
                    None => break,
                },
            }
        }
        drop(call);
        if let Some(recorder) = self.recorder.take() {
            // Its last page is written.
            drop(blocking(move || recorder.finish()).await);
        }
    }

    /// A new connection in place of the one that was lost. Where none can be made, the machine that decides knows already, or is told.
    async fn again(&self) -> Option<NativeCall> {
        match connect(&self.host, self.id, &self.listener).await {
            Ok(call) => Some(call),
            Err(error) => {
                tracing::warn!(code = ?error.code, "a connection was not made again");
                let link = if error.code == Code::NoMicrophone { Link::MicrophoneLost } else { Link::Failed };
                if let Ok(app) = self.host.app() {
                    app.call_link(self.id, link).await;
                }
                None
            }
        }
    }

    /// Something happened on the connection or at the devices.
    async fn happened(&self, event: NativeEvent, handle: Option<&CallHandle>) {
        let Ok(app) = self.host.app() else { return };
        match event {
            NativeEvent::Open => app.call_link(self.id, Link::Open).await,
            NativeEvent::Connected => app.call_link(self.id, Link::Connected).await,
            NativeEvent::Disconnected => app.call_link(self.id, Link::Disconnected).await,
            NativeEvent::Closed(_) => app.call_link(self.id, Link::Failed).await,
            NativeEvent::Text(text) => {
                // What the service has taken back is not played any more.
                if text.contains("output_audio_buffer.cleared") {
                    handle.iter().for_each(|handle| handle.clear_playout());
                }
                app.call_message(self.id, &text).await;
            }
            NativeEvent::Levels { rep, customer } => (self.events)(CallEvent::Levels { rep, customer }),
            NativeEvent::Device(event) => {
                let code = Code::NoMicrophone;
                match event {
                    DeviceEvent::MicrophoneLost(error) | DeviceEvent::SpeakerLost(error) => {
                        tracing::warn!(%error, "a sound device is gone");
                        (self.events)(CallEvent::Trouble { code });
                    }
                    DeviceEvent::MicrophoneBack(_) | DeviceEvent::SpeakerBack(_) => (self.events)(CallEvent::Recovered { code }),
                }
            }
        }
    }

    /// Does what is said; true once the call is over.
    async fn told(&mut self, told: Told, handle: Option<&CallHandle>) -> bool {
        match told {
            Told::Mute(on) => handle.iter().for_each(|handle| handle.mute(on)),
            Told::Event(CallEvent::Send { message }) => {
                if let Some(Err(error)) = handle.map(|handle| handle.send_text(message)) {
                    tracing::warn!(%error, "a message was not sent");
                }
            }
            Told::Event(CallEvent::Close) => handle.iter().for_each(|handle| handle.close()),
            Told::Event(event) => {
                if let CallEvent::Stage { stage, .. } = &event {
                    let (stage, over) = (*stage, *stage == CallStage::Done);
                    self.moved(stage, handle).await;
                    (self.events)(event);
                    return over;
                }
                (self.events)(event);
            }
        }
        false
    }

    /// The call stands elsewhere: nobody hears or speaks in a pause, and what is recorded stands still with the clock.
    async fn moved(&mut self, stage: CallStage, handle: Option<&CallHandle>) {
        let Some(handle) = handle else { return };
        handle.hold(stage == CallStage::Paused);
        if stage == CallStage::Live && self.recorder.is_none() {
            match self.record().await {
                Ok(recorder) => self.recorder = recorder,
                Err(error) => {
                    tracing::warn!(code = ?error.code, "the call is not recorded");
                    (self.events)(CallEvent::Recording { on: false });
                }
            }
            handle.record(self.recorder.clone());
        } else if stage == CallStage::Live {
            handle.record(self.recorder.clone());
        }
        self.recorder.iter().for_each(|recorder| recorder.pause(stage != CallStage::Live));
    }

    /// Begins to record this call, where the person chose that.
    async fn record(&self) -> Result<Option<Arc<Recorder>>> {
        let app = self.host.app()?;
        if app.settings().await?.voice.recording != Some(true) {
            return Ok(None);
        }
        let [rep, customer] = app.begin_recording(self.id).await?;
        let events = Arc::clone(&self.events);
        let stopped = move |error: RecordingError| {
            tracing::warn!(%error, "the recording stopped");
            events(CallEvent::Recording { on: false });
        };
        let recorder = blocking(move || Recorder::start(&rep, &customer, stopped)).await?.map_err(Error::from)?;
        (self.events)(CallEvent::Recording { on: true });
        Ok(Some(Arc::new(recorder)))
    }
}

/// The next thing that happens in a call; nothing where there is none.
async fn next(call: &mut Option<NativeCall>) -> Option<NativeEvent> {
    match call.as_mut() {
        Some(call) => call.events.recv().await,
        None => std::future::pending().await,
    }
}

/// Does what may take a moment where it holds up nobody.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let failed = |_| Error::new(Code::Internal, "The machine's sound could not be asked.");
    tokio::task::spawn_blocking(work).await.map_err(failed)
}
