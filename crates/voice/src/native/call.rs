//! A call with this machine's own sound.

use std::sync::{Arc, mpsc::Sender};

use sellme_core::{Code, Error};
use tokio::sync::mpsc;

use super::{
    DeviceEvent, Packet, SoundError, Through,
    device::{Ends, Keeper, Wanted},
    sound::{Order, Sound, Told},
};
use crate::{
    peer::{self, Ended, Peer, PeerConfig, PeerError, PeerEvent, PeerHandle},
    recording::Recorder,
};

/// Events that wait to be taken. Levels are left out before it is full.
const EVENTS: usize = 4096;
/// So many of them are kept free of levels.
const RESERVED: usize = 256;

/// What a call begins with.
#[derive(Debug, Clone, Default)]
pub struct CallOptions {
    /// The microphone's name; the system's own choice where `None` or not there.
    pub input: Option<String>,
    /// The speaker's name.
    pub output: Option<String>,
    /// The way to them.
    pub through: Through,
    /// The microphone is shut at first (push-to-talk).
    pub muted: bool,
    /// How the connection is made.
    pub peer: PeerConfig,
}

/// What happens in a call.
#[derive(Debug, Clone, PartialEq)]
pub enum NativeEvent {
    /// The data channel is open.
    Open,
    /// A message came on it.
    Text(String),
    /// Packets pass; again after [`NativeEvent::Disconnected`].
    Connected,
    /// Nothing passes; it may come back.
    Disconnected,
    /// It is over; nothing follows. Everything of it is closed.
    Closed(Ended),
    /// How loud it is on both sides, 0 to 1, ten times a second.
    Levels {
        /// The rep's microphone, as it is sent.
        rep: f32,
        /// The customer, as it is played.
        customer: f32,
    },
    /// A device is gone or back. The call goes on, with silence in its place.
    Device(DeviceEvent),
}

/// Why a call cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The machine's sound.
    #[error(transparent)]
    Sound(#[from] SoundError),
    /// The connection.
    #[error(transparent)]
    Peer(#[from] PeerError),
}

impl From<CallError> for Error {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Sound(error) => error.into(),
            CallError::Peer(error @ (PeerError::BadDescription(_) | PeerError::NoSound | PeerError::NoChannel)) => Self::new(
                Code::ServiceUnavailable,
                format!("The service answered with something that is no call: {error}. Try again, or go on by typing."),
            ),
            CallError::Peer(error @ PeerError::Socket(_)) => Self::new(
                Code::ConnectionBlocked,
                format!("No way to the service was found: {error}. Check the network, or go on by typing."),
            ),
            CallError::Peer(error) => Self::new(Code::Internal, error.to_string()),
        }
    }
}

/// A call that was offered: its devices are being opened, and it waits for the answer.
#[derive(Debug)]
pub struct Offered {
    peer: peer::Offered,
    keeper: Keeper,
    orders: Sender<Order>,
    receiver: std::sync::mpsc::Receiver<Order>,
    options: CallOptions,
}

/// A call.
#[derive(Debug)]
pub struct NativeCall {
    /// What happens, in order; the last is [`NativeEvent::Closed`].
    pub events: mpsc::Receiver<NativeEvent>,
    /// What it is told.
    pub handle: CallHandle,
}

impl NativeCall {
    /// Finds the devices and offers a call. Gives the session description to be posted. The devices are opened while it is on its way.
    ///
    /// # Errors
    /// Where no microphone or no speaker is there.
    pub async fn offer(options: CallOptions) -> Result<(String, Offered), CallError> {
        let (orders, receiver) = Sound::queue();
        let wanted = Wanted { input: options.input.clone(), output: options.output.clone(), through: options.through };
        let ends = orders.clone();
        let keeper = Keeper::start(wanted, move |end: Ends| {
            // It only fails where the call is over.
            let _ = ends.send(Order::Ends(end));
        });
        // What is not needed for the offer is made beside it.
        let (keeper, offered) = tokio::join!(keeper, Peer::offer(options.peer.clone()));
        let (keeper, (sdp, peer)) = (keeper?, offered?);
        Ok((sdp, Offered { peer, keeper, orders, receiver, options }))
    }
}

impl Offered {
    /// Nobody wants it any more. Done once its devices are closed.
    pub async fn give_up(self) {
        self.keeper.let_go().await;
    }

    /// Takes the answer; the connection is being made from now on. A device that is not open yet is not waited for: where it cannot be opened after all, it is lost
    /// ([`NativeEvent::Device`]).
    ///
    /// # Errors
    /// Where a device could not be opened, the answer cannot be used, or no way to the other side is there.
    pub async fn accept(self, answer: &str) -> Result<NativeCall, CallError> {
        let Self { peer, keeper, orders, receiver, options } = self;
        if let Some(refusal) = keeper.refusal() {
            keeper.let_go().await;
            return Err(refusal.into());
        }
        let (peer, peer_events) = match peer.accept(answer).await {
            Ok(accepted) => accepted,
            Err(error) => {
                keeper.let_go().await;
                return Err(error.into());
            }
        };
        let (told, tellings) = mpsc::unbounded_channel();
        let queue = (orders.clone(), receiver);
        let sound = Sound::start(queue, options.muted, peer.clone(), move |telling| {
            // It only fails where the call is over.
            let _ = told.send(telling);
        })?;
        let (events, receiver) = mpsc::channel(EVENTS);
        let hold = Hold { peer: peer.clone() };
        let handle = CallHandle { orders, peer: peer.clone(), _hold: Arc::new(hold) };
        tokio::spawn(carry((peer, peer_events), tellings, sound, keeper, events));
        Ok(NativeCall { events: receiver, handle })
    }
}

/// Carries what happens on the connection and at the devices to whoever listens, and sound to the thread that plays it.
async fn carry(
    (line, mut peer): (PeerHandle, mpsc::Receiver<PeerEvent>),
    mut tellings: mpsc::UnboundedReceiver<Told>,
    sound: Sound,
    keeper: Keeper,
    events: mpsc::Sender<NativeEvent>,
) {
    let ended = loop {
        let event = tokio::select! {
            event = peer.recv() => match event {
                Some(PeerEvent::Opus(packet)) => {
                    // It only fails where the thread is gone, and then nothing is heard.
                    let _ = sound.orders.send(Order::Put(Packet { time: packet.time, payload: packet.payload }));
                    continue;
                }
                Some(PeerEvent::Connected) => NativeEvent::Connected,
                Some(PeerEvent::ChannelOpen) => {
                    // As above.
                    let _ = sound.orders.send(Order::Begin);
                    NativeEvent::Open
                }
                Some(PeerEvent::Text(text)) => NativeEvent::Text(text),
                Some(PeerEvent::Disconnected) => NativeEvent::Disconnected,
                Some(PeerEvent::Closed(why)) => break why,
                None => break Ended::Broken,
            },
            told = tellings.recv() => match told {
                // Its thread is gone: nobody is heard any more, on either side.
                None => break Ended::Broken,
                Some(Told::Levels(..)) if events.capacity() < RESERVED => continue,
                Some(Told::Levels(rep, customer)) => NativeEvent::Levels { rep, customer },
                Some(Told::Device(event)) => NativeEvent::Device(event),
                Some(Told::Unsure) => {
                    keeper.look_for_microphone();
                    continue;
                }
            },
        };
        if events.send(event).await.is_err() {
            // Nobody listens any more.
            break Ended::Here;
        }
    };
    line.close();
    // Devices are closed and threads joined before it is said that all is over.
    let closing = tokio::task::spawn_blocking(move || {
        keeper.close();
        drop(sound);
    });
    if closing.await.is_err() {
        tracing::warn!("a call's sound was not closed cleanly");
    }
    // Nobody may listen any more.
    let _ = events.send(NativeEvent::Closed(ended)).await;
}

/// Closes the connection once nobody holds the call any more.
#[derive(Debug)]
struct Hold {
    peer: PeerHandle,
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.peer.close();
    }
}

/// Holds a call: it ends when the last copy is dropped.
#[derive(Debug, Clone)]
pub struct CallHandle {
    orders: Sender<Order>,
    peer: PeerHandle,
    _hold: Arc<Hold>,
}

impl CallHandle {
    /// Sends a message on the data channel. Before it is open, messages wait.
    ///
    /// # Errors
    /// Where it is longer than the other side takes, where too many wait, and where the call is over.
    pub fn send_text(&self, text: impl Into<String>) -> Result<(), PeerError> {
        self.peer.send_text(text)
    }

    /// Shuts or opens the microphone: silence is sent while it is shut. Push-to-talk is the same.
    pub fn mute(&self, on: bool) {
        self.order(Order::Mute(on));
    }

    /// Nobody hears or speaks while it is on: silence is sent, and what comes is not played.
    pub fn hold(&self, on: bool) {
        self.order(Order::Hold(on));
    }

    /// The customer is silent at once; what waits to be played is never heard.
    pub fn clear_playout(&self) {
        self.order(Order::Clear);
    }

    /// Both sides are recorded from now on, or no more.
    pub fn record(&self, recorder: Option<Arc<Recorder>>) {
        self.order(Order::Record(recorder));
    }

    /// Ends the call; [`NativeEvent::Closed`] follows.
    pub fn close(&self) {
        self.peer.close();
    }

    fn order(&self, order: Order) {
        // It only fails where the call is over.
        let _ = self.orders.send(order);
    }
}
