//! What a call's sound costs: `native_cpu [SECONDS]` runs a call between two connections of this process as fast as packets come, once bare (the connection, the
//! codec and the echo canceller) and once with everything (jitter buffer, concealment, drift, levels, silence, recording left out), and prints a line of JSON
//! with the CPU time of each in milliseconds a second of call, and their ratio.
#![allow(clippy::print_stdout, reason = "what it measured is what it is for")]

use std::{error::Error, fs, time::Duration};

use sellme_voice::{
    native::{Canceller, Decoder, Encoder, FRAME, Next, PACKET, Packet, Pipeline},
    peer::{Peer, PeerConfig, PeerEvent, PeerHandle},
};
use tokio::{sync::mpsc::Receiver, time::interval};

type Outcome<T> = Result<T, Box<dyn Error>>;

struct Side {
    handle: PeerHandle,
    events: Receiver<PeerEvent>,
}

/// What one side of the call does with sound.
trait Works {
    /// The microphone heard this; what is to be sent.
    fn capture(&mut self, heard: &[f32; FRAME]) -> Outcome<Option<std::sync::Arc<[u8]>>>;
    /// A packet came.
    fn put(&mut self, now: Duration, packet: Packet);
    /// The speaker plays this.
    fn play(&mut self, now: Duration, frame: &mut [f32; FRAME]);
}

struct Bare {
    canceller: Canceller,
    encoder: Encoder,
    decoder: Decoder,
    decoded: std::collections::VecDeque<f32>,
}

impl Works for Bare {
    fn capture(&mut self, heard: &[f32; FRAME]) -> Outcome<Option<std::sync::Arc<[u8]>>> {
        let mut clean = [0.0; FRAME];
        self.canceller.clean(heard, &mut clean)?;
        Ok(self.encoder.push(&clean)?)
    }

    fn put(&mut self, _: Duration, packet: Packet) {
        self.decoded.extend(self.decoder.decode(&Next::Packet(packet)));
    }

    fn play(&mut self, _: Duration, frame: &mut [f32; FRAME]) {
        for sample in frame.iter_mut() {
            *sample = self.decoded.pop_front().unwrap_or(0.0);
        }
        self.canceller.played(frame);
    }
}

struct Whole(Pipeline);

impl Works for Whole {
    fn capture(&mut self, heard: &[f32; FRAME]) -> Outcome<Option<std::sync::Arc<[u8]>>> {
        Ok(self.0.capture(heard)?.map(|outgoing| outgoing.payload))
    }

    fn put(&mut self, now: Duration, packet: Packet) {
        self.0.put(now, packet);
    }

    fn play(&mut self, now: Duration, frame: &mut [f32; FRAME]) {
        self.0.play(now, frame, |_| {});
        self.0.levels();
    }
}

/// CPU time of this process so far, in milliseconds.
fn cpu() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/schedstat")?;
    let mut total = 0.0;
    // Every thread's own: the runtime has one worker.
    for task in fs::read_dir("/proc/self/task")? {
        let line = fs::read_to_string(task?.path().join("schedstat")).unwrap_or_default();
        total += line.split_whitespace().next().and_then(|nanos| nanos.parse::<f64>().ok()).unwrap_or(0.0);
    }
    if stat.is_empty() { Err("no schedstat".into()) } else { Ok(total / 1e6) }
}

async fn pair() -> Outcome<(Side, Side)> {
    let (offer, offered) = Peer::offer(PeerConfig::default()).await?;
    let (answer, handle, events) = Peer::answer(PeerConfig::default(), &offer).await?;
    let far = Side { handle, events };
    let (handle, events) = offered.accept(&answer).await?;
    let mut near = Side { handle, events };
    while let Some(event) = near.events.recv().await {
        if event == PeerEvent::ChannelOpen {
            break;
        }
    }
    Ok((near, far))
}

/// A call of so many seconds: one side works, the other sends back what came. Gives the CPU time a second.
async fn run(seconds: u32, mut works: impl Works) -> Outcome<f64> {
    let (mut near, mut far) = pair().await?;
    let mut ticks = interval(Duration::from_millis(10));
    let before = cpu()?;
    let (mut played, mut heard) = ([0.0; FRAME], [0.0; FRAME]);
    for n in 0..seconds as usize * 100 {
        ticks.tick().await;
        let now = Duration::from_millis(n as u64 * 10);
        while let Ok(event) = near.events.try_recv() {
            if let PeerEvent::Opus(packet) = event {
                works.put(now, Packet { time: packet.time, payload: packet.payload });
            }
        }
        works.play(now, &mut played);
        for (m, sample) in heard.iter_mut().enumerate() {
            let t = (n * FRAME + m) as f32 / 48_000.0;
            *sample = 0.2 * (t * 900.0).sin() * (t * 20.0).sin() + 0.2 * played.get(m).copied().unwrap_or(0.0);
        }
        if let Some(payload) = works.capture(&heard)? {
            near.handle.send_opus(payload, PACKET as u32)?;
        }
        while let Ok(event) = far.events.try_recv() {
            if let PeerEvent::Opus(packet) = event {
                far.handle.send_opus(packet.payload, PACKET as u32)?;
            }
        }
    }
    let spent = cpu()? - before;
    near.handle.close();
    Ok(spent / f64::from(seconds))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(10), |seconds| seconds.parse())?;
    let bare = Bare {
        canceller: Canceller::new(),
        encoder: Encoder::new()?,
        decoder: Decoder::new()?,
        decoded: std::collections::VecDeque::new(),
    };
    let floor = run(seconds, bare).await?;
    let whole = run(seconds, Whole(Pipeline::new(false)?)).await?;
    println!("{{\"floor_ms_a_second\":{floor:.2},\"native_ms_a_second\":{whole:.2},\"ratio\":{:.3}}}", whole / floor);
    Ok(())
}
