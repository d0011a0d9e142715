//! The other side of a call.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use sellme_voice::{
    native::{CallOptions, Decoder, Encoder, NativeCall, NativeEvent, Next, PACKET, Packet},
    peer::{OpusPacket, Peer, PeerConfig, PeerEvent, PeerHandle},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};

use crate::sounds::tone;

/// Longer than anything here takes: what takes longer hangs.
pub const HANG: Duration = Duration::from_secs(60);

/// The other side: hears, and plays a tone while it is told to.
pub struct Service {
    pub handle: PeerHandle,
    pub events: mpsc::Receiver<PeerEvent>,
    speaks: Arc<AtomicBool>,
    words: std::sync::mpsc::Sender<Vec<f32>>,
    decoder: Decoder,
    speaker: JoinHandle<()>,
}

/// A call from this machine, and the other side of it.
pub async fn call(options: CallOptions) -> (NativeCall, Service) {
    let (offer, offered) = NativeCall::offer(options).await.unwrap();
    let (answer, handle, events) = Peer::answer(PeerConfig::default(), &offer).await.unwrap();
    let mut call = offered.accept(&answer).await.unwrap();
    let speaks = Arc::new(AtomicBool::new(false));
    let (words, said) = std::sync::mpsc::channel();
    let speaker = tokio::spawn(speak(handle.clone(), Arc::clone(&speaks), said));
    let service = Service { handle, events, speaks, words, decoder: Decoder::new().unwrap(), speaker };
    until(&mut call.events, |event| matches!(event, NativeEvent::Open)).await;
    (call, service)
}

/// Sends a packet every 20 ms: words, a tone of 1 kHz, or silence.
async fn speak(handle: PeerHandle, speaks: Arc<AtomicBool>, said: std::sync::mpsc::Receiver<Vec<f32>>) {
    let mut encoder = Encoder::new().unwrap();
    let mut ticks = tokio::time::interval(Duration::from_millis(20));
    let mut words = VecDeque::new();
    for n in 0.. {
        ticks.tick().await;
        words.extend(said.try_iter().flatten());
        let samples = n * PACKET..(n + 1) * PACKET;
        let sound = match words.len() {
            0 if speaks.load(Ordering::Relaxed) => tone(1_000.0, samples),
            waiting => words.drain(..waiting.min(PACKET)).chain(std::iter::repeat(0.0)).take(PACKET).collect(),
        };
        let packet = encoder.push(&sound).unwrap().unwrap();
        if handle.send_opus(packet, 960).is_err() {
            return;
        }
    }
}

impl Service {
    pub fn speak(&self, on: bool) {
        self.speaks.store(on, Ordering::Relaxed);
    }

    /// Says these samples, in the time that they take.
    pub fn say(&self, sound: Vec<f32>) {
        self.words.send(sound).unwrap();
    }

    /// So many seconds of what the rep says, from now on.
    pub async fn listen(&mut self, seconds: usize) -> Vec<f32> {
        while self.events.try_recv().is_ok() {}
        let mut heard = Vec::new();
        while heard.len() < seconds * 48_000 {
            let packet = self.sound().await;
            let next = Next::Packet(Packet { time: packet.time, payload: packet.payload });
            heard.extend_from_slice(self.decoder.decode(&next));
        }
        heard
    }

    pub async fn text(&mut self) -> String {
        loop {
            match timeout(HANG, self.events.recv()).await.unwrap().unwrap() {
                PeerEvent::Text(text) => return text,
                PeerEvent::Closed(why) => panic!("{why:?}"),
                _ => {}
            }
        }
    }

    async fn sound(&mut self) -> OpusPacket {
        loop {
            match timeout(HANG, self.events.recv()).await.unwrap().unwrap() {
                PeerEvent::Opus(packet) => return packet,
                PeerEvent::Closed(why) => panic!("{why:?}"),
                _ => {}
            }
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.speaker.abort();
    }
}

/// The first event that is wanted; all others before it are passed over.
pub async fn until(events: &mut mpsc::Receiver<NativeEvent>, wanted: impl Fn(&NativeEvent) -> bool) -> NativeEvent {
    loop {
        let event = timeout(HANG, events.recv()).await.expect("nothing happened").expect("the last event is `Closed`");
        if wanted(&event) {
            return event;
        }
        assert!(!matches!(event, NativeEvent::Closed(_)), "{event:?}");
    }
}
