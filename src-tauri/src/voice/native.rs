//! A call with this machine's own sound: the host stands where a webview with peer connections would, and asks for the same.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sellme_app::{CallWish, Listener, Told};
use sellme_core::{
    Code, Error,
    error::Result,
    wire::{CallAnswer, CallEvent, CallStage, Link},
};
use sellme_voice::{
    native::{CallHandle, CallOptions, DeviceEvent, NativeCall, NativeEvent, SoundError},
    recording::{Recorder, RecordingError},
};
use tokio::{
    sync::mpsc::{self, UnboundedReceiver},
    task::JoinSet,
};

use super::{Tell, blocking};
use crate::host::Host;

/// How long what is left of a lost connection may take to close.
const CLOSING: Duration = Duration::from_secs(2);

/// The calls that are carried.
#[derive(Debug, Default)]
pub(super) struct Carrying(Mutex<JoinSet<()>>);

impl Carrying {
    fn begin(&self, call: impl Future<Output = ()> + Send + 'static) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while all.try_join_next().is_some() {}
        all.spawn(call);
    }

    /// Waits until all of them are over and the last page of every recording is written.
    pub(super) async fn all(&self) {
        let mut all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        while all.join_next().await.is_some() {}
    }
}

/// Opens the call of an attempt with this machine's microphone and speaker.
///
/// # Errors
/// Where there is none, where nobody wants it any more, or the service refuses.
pub(super) async fn open(host: Host, wish: CallWish, events: Tell) -> Result<CallAnswer> {
    // A microphone that is tried is let go first: some systems lend it once.
    host.stop_listening().await?;
    let (tell, told) = mpsc::unbounded_channel();
    let listener: Listener = Arc::new(move |one| {
        // It only fails where the call is over.
        let _ = tell.send(one);
    });
    let call = connect(&host, &wish, &listener).await?;
    let carried = Carried { host: host.clone(), wish, events, listener, recorder: None };
    host.speech().carrying.begin(carried.carry(call, told));
    Ok(CallAnswer::default())
}

/// Makes a connection and has it answered.
async fn connect(host: &Host, wish: &CallWish, listener: &Listener) -> Result<NativeCall> {
    // The key first: no microphone is open while a keyring waits for its password, nor opened for somebody who has left meanwhile.
    let service = host.service(wish.id()).await?;
    wish.check()?;
    let settings = host.app()?.settings().await?.voice;
    let options = CallOptions { input: settings.input, output: settings.output, muted: settings.push_to_talk, ..CallOptions::default() };
    let (sdp, offered) = NativeCall::offer(options).await?;
    let answer = match host.negotiate(wish, service, sdp, Arc::clone(listener)).await {
        Ok(answer) => answer,
        Err(error) => {
            offered.give_up().await;
            return Err(error);
        }
    };
    match offered.accept(&answer.sdp.unwrap_or_default()).await {
        Ok(call) => Ok(call),
        Err(error) => {
            host.app()?.call_link(wish.id(), Link::Failed).await;
            Err(error.into())
        }
    }
}

/// A new connection in place of the one that was lost. Where none can be made, the machine that decides knows already, or is told.
async fn again(host: Host, wish: CallWish, listener: Listener, lost: Option<NativeCall>) -> Option<NativeCall> {
    if let Some(lost) = lost {
        // Its devices are let go first: some systems lend them once.
        closed(lost).await;
    }
    match connect(&host, &wish, &listener).await {
        Ok(call) => Some(call),
        Err(error) => {
            tracing::warn!(code = ?error.code, "a connection was not made again");
            // Whoever ended the call or gave up this try knows of it.
            if error.code != Code::WrongState
                && let Ok(app) = host.app()
            {
                app.call_refused(wish.id(), error).await;
            }
            None
        }
    }
}

/// Waits until everything of a connection is closed.
async fn closed(mut call: NativeCall) {
    call.handle.close();
    let all = async { while call.events.recv().await.is_some() {} };
    if tokio::time::timeout(CLOSING, all).await.is_err() {
        tracing::warn!("what is left of a lost connection does not close");
    }
}

/// A connection that is being made; given up where it is dropped.
type Making = Pin<Box<dyn Future<Output = Option<NativeCall>> + Send>>;

/// A call that is carried between the connection and whoever decides.
struct Carried {
    host: Host,
    wish: CallWish,
    events: Tell,
    listener: Listener,
    recorder: Option<Arc<Recorder>>,
}

impl Carried {
    /// Until the call is over.
    async fn carry(mut self, call: NativeCall, mut told: UnboundedReceiver<Told>) {
        let (mut call, mut lost, mut making) = (Some(call), None, None);
        loop {
            tokio::select! {
                event = next(&mut call) => match event {
                    Some(event) => self.happened(event).await,
                    // Everything of this connection is closed; whether there will be another is decided elsewhere.
                    None => call = None,
                },
                made = made(&mut making) => (call, making) = (made, None),
                one = told.recv() => match one {
                    // What it says from now on is nobody's: it is not taken for the next one.
                    Some(Told::Event(CallEvent::Close)) => {
                        making = None;
                        lost = call.take().inspect(|call| call.handle.close()).or(lost);
                    }
                    Some(Told::Event(CallEvent::Reconnect)) => {
                        let (host, wish, listener) = (self.host.clone(), self.wish.clone(), Arc::clone(&self.listener));
                        making = Some(Box::pin(again(host, wish, listener, lost.take())) as Making);
                    }
                    Some(one) => {
                        if self.told(one, call.as_ref().map(|call| &call.handle)).await {
                            break;
                        }
                    }
                    None => break,
                },
            }
        }
        drop((call, lost, making));
        if let Some(recorder) = self.recorder.take() {
            // Its last page is written.
            drop(blocking(move || recorder.finish()).await);
        }
    }

    /// Something happened on the connection or at the devices.
    async fn happened(&self, event: NativeEvent) {
        let (Ok(app), id) = (self.host.app(), self.wish.id()) else { return };
        match event {
            NativeEvent::Open => app.call_link(id, Link::Open).await,
            NativeEvent::Connected => app.call_link(id, Link::Connected).await,
            NativeEvent::Disconnected => app.call_link(id, Link::Disconnected).await,
            NativeEvent::Closed(_) => app.call_link(id, Link::Failed).await,
            NativeEvent::Text(text) => app.call_message(id, &text).await,
            NativeEvent::Levels { rep, customer } => (self.events)(CallEvent::Levels { rep, customer }),
            NativeEvent::Device(event) => (self.events)(match event {
                DeviceEvent::MicrophoneLost(error) => lost(Code::NoMicrophone, &error),
                DeviceEvent::SpeakerLost(error) => lost(Code::NoSpeaker, &error),
                DeviceEvent::MicrophoneBack(_) => CallEvent::Recovered { code: Code::NoMicrophone },
                DeviceEvent::SpeakerBack(_) => CallEvent::Recovered { code: Code::NoSpeaker },
            }),
        }
    }

    /// Does what is said; true once the call is over.
    async fn told(&mut self, told: Told, handle: Option<&CallHandle>) -> bool {
        match told {
            Told::Mute(on) => handle.iter().for_each(|handle| handle.mute(on)),
            Told::ClearPlayout => handle.iter().for_each(|handle| handle.clear_playout()),
            Told::Event(CallEvent::Send { message }) => {
                if let Some(Err(error)) = handle.map(|handle| handle.send_text(message)) {
                    tracing::warn!(%error, "a message was not sent");
                }
            }
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
        if let Some(handle) = handle {
            handle.hold(stage == CallStage::Paused);
            if stage == CallStage::Live {
                if self.recorder.is_none() {
                    match self.record().await {
                        Ok(recorder) => self.recorder = recorder,
                        Err(error) => {
                            tracing::warn!(code = ?error.code, "the call is not recorded");
                            (self.events)(CallEvent::Recording { on: false });
                        }
                    }
                }
                handle.record(self.recorder.clone());
            }
        }
        self.recorder.iter().for_each(|recorder| recorder.pause(stage != CallStage::Live));
    }

    /// Begins to record this call, where the person chose that.
    async fn record(&self) -> Result<Option<Arc<Recorder>>> {
        let app = self.host.app()?;
        if app.settings().await?.voice.recording != Some(true) {
            return Ok(None);
        }
        let [rep, customer] = app.begin_recording(self.wish.id()).await?;
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

/// The connection that is being made, once it is; never where none is.
async fn made(making: &mut Option<Making>) -> Option<NativeCall> {
    match making {
        Some(making) => making.await,
        None => std::future::pending().await,
    }
}

fn lost(code: Code, error: &SoundError) -> CallEvent {
    tracing::warn!(%error, "a sound device is gone");
    CallEvent::Trouble { code }
}
