//! What a call's sound costs: `native_cpu [SECONDS [ROUNDS]]` runs calls between two connections of this process as fast as packets come, in turns bare (the
//! connection, the codec and the echo canceller) and with everything (jitter buffer, concealment, drift, levels, silence; recording left out). The other side, which
//! sends back what comes, works on a thread that is not counted. Prints the CPU time of a second of call in milliseconds and the ratio of both as JSON, medians
//! over the rounds.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "what it measured is what it is for")]

use std::{
    collections::VecDeque,
    error::Error,
    fs,
    sync::mpsc::channel,
    thread::{self, JoinHandle},
    time::Duration,
};

use sellme_voice::{
    native::{Canceller, Decoder, Encoder, FRAME, Next, PACKET, Packet, Pipeline},
    peer::{Peer, PeerConfig, PeerEvent},
};
use tokio::{runtime::Builder, time::interval};

type Outcome<T> = Result<T, Box<dyn Error>>;

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
    decoded: VecDeque<f32>,
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

/// CPU time of this thread so far, in milliseconds. Everything of the near side runs on it.
fn cpu() -> Outcome<f64> {
    let line = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanos: f64 = line.split_whitespace().next().ok_or("no schedstat")?.parse()?;
    Ok(nanos / 1e6)
}

/// Answers an offer on a thread of its own, and sends back every packet of sound that comes.
fn far(offer: String) -> Outcome<(String, JoinHandle<()>)> {
    let (told, answered) = channel();
    let thread = thread::spawn(move || {
        let Ok(runtime) = Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            let Ok((answer, handle, mut events)) = Peer::answer(PeerConfig::default(), &offer).await else { return };
            if told.send(answer).is_err() {
                return;
            }
            while let Some(event) = events.recv().await {
                if let PeerEvent::Opus(packet) = event {
                    // What does not go is not heard.
                    drop(handle.send_opus(packet.payload, PACKET as u32));
                }
            }
        });
    });
    Ok((answered.recv()?, thread))
}

/// A call of so many seconds: one side works, the other sends back what came. Gives the CPU time a second.
async fn run(seconds: u32, mut works: impl Works) -> Outcome<f64> {
    let (offer, offered) = Peer::offer(PeerConfig::default()).await?;
    let (answer, far) = far(offer)?;
    let (handle, mut events) = offered.accept(&answer).await?;
    while events.recv().await.is_some_and(|event| event != PeerEvent::ChannelOpen) {}
    let mut ticks = interval(Duration::from_millis(10));
    let before = cpu()?;
    let (mut played, mut heard) = ([0.0; FRAME], [0.0; FRAME]);
    for n in 0..seconds as usize * 100 {
        ticks.tick().await;
        let now = Duration::from_millis(n as u64 * 10);
        while let Ok(event) = events.try_recv() {
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
            handle.send_opus(payload, PACKET as u32)?;
        }
    }
    let spent = cpu()? - before;
    handle.close();
    while events.recv().await.is_some() {}
    far.join().map_err(|_| "the other side failed")?;
    Ok(spent / f64::from(seconds))
}

fn bare() -> Outcome<Bare> {
    Ok(Bare { canceller: Canceller::new(), encoder: Encoder::new()?, decoder: Decoder::new()?, decoded: VecDeque::new() })
}

/// Prints the middle one; the spread goes to whoever reads along.
fn measured(name: &str, mut values: Vec<f64>) {
    values.sort_by(f64::total_cmp);
    let middle = values.get(values.len() / 2).copied().unwrap_or(f64::NAN);
    eprintln!("{name}: {middle:.2} of {values:.2?}");
    println!("{{\"name\":\"{name}\",\"value\":{middle}}}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let seconds = std::env::args().nth(1).map_or(Ok(5), |seconds| seconds.parse())?;
    let rounds: usize = std::env::args().nth(2).map_or(Ok(7), |rounds| rounds.parse())?;
    let (mut floors, mut ratios) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let floor = run(seconds, bare()?).await?;
        let whole = run(seconds, Whole(Pipeline::new(false)?)).await?;
        floors.push(floor);
        ratios.push(whole / floor);
    }
    measured("cpu floor", floors);
    measured("cpu ratio", ratios);
    Ok(())
}
