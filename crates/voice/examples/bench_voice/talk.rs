//! A talk in which every answer is interrupted: by the program, by a bare client with the same devices, and by a bare client that has no devices and is fed with
//! the same samples.

use std::{
    collections::VecDeque,
    sync::PoisonError,
    time::{Duration, Instant},
};

use sellme_voice::native::{Decoder, Encoder, NativeCall, NativeEvent, Next, PACKET, Packet};
use tokio::time::{sleep, timeout};

use crate::{
    Outcome,
    bare::{Bare, Happened},
    connect,
    recording::Recording,
    report,
    said::vowels,
    server::{Devices, Recorder, say},
};

/// How long an answer is waited for.
const HANG: Duration = Duration::from_secs(5);
/// What hears the rep has to get used to the room.
const SETTLE: Duration = Duration::from_millis(1200);
/// How long an answer is listened to before it is interrupted: the shortest lasts longer.
const LISTEN: Duration = Duration::from_millis(600);
/// How long the first is: in its first second it is not known yet whether the customer comes back through the microphone.
const FIRST: Duration = Duration::from_millis(1100);
/// How long the last answer is listened to.
const LAST: Duration = Duration::from_millis(1200);
/// How long the rep speaks, in seconds.
const SPEECH: f64 = 1.2;
const FRAME: Duration = Duration::from_millis(20);
const STARTED: &str = "\"output_audio_buffer.started\"";
const CLEARED: &str = "\"output_audio_buffer.cleared\"";

/// Talks all ways in turn, so that a busier moment falls on all.
pub(crate) async fn measure(url: &str, calls: usize, turns: usize) -> Outcome<()> {
    let mut taken: [[Vec<f64>; 2]; 3] = Default::default();
    for _ in 0..calls {
        let (address, other) = (url.to_owned(), url.to_owned());
        let fed = tokio::task::spawn_blocking(move || fed(&address, turns)).await??;
        let plain = tokio::task::spawn_blocking(move || with_devices(&other, turns)).await??;
        let whole = ours(url, turns).await?;
        for (taken, recording) in taken.iter_mut().zip([fed, plain, whole]) {
            let (answers, silences) = recording.measure();
            eprintln!("answers {answers:.0?}, silences {silences:.0?}");
            taken[0].extend(answers);
            taken[1].extend(silences);
        }
    }
    for (who, [answers, silences]) in ["fed", "devices", "ours"].iter().zip(taken) {
        report::measured(&format!("answer {who}"), &answers);
        report::measured(&format!("silence {who}"), &silences);
    }
    Ok(())
}

/// As the program talks.
async fn ours(url: &str, turns: usize) -> Outcome<Recording> {
    let (mut call, _) = connect::ours(url).await?;
    let recorder = Recorder::start()?;
    sleep(SETTLE).await;
    for turn in 0..turns {
        let _said = say(&vowels(SPEECH))?;
        // What is not heard is not answered: it shows in what was measured, and the talk goes on.
        if let Ok(told) = timeout(HANG, answered(&mut call)).await {
            told?;
        }
        sleep(if turn == 0 { FIRST } else { LISTEN }).await;
    }
    sleep(LAST).await;
    let recording = recorder.stop()?;
    connect::end(call).await;
    Ok(recording)
}

/// Until an answer begins.
async fn answered(call: &mut NativeCall) -> Outcome<()> {
    loop {
        match call.events.recv().await.ok_or("the call ended")? {
            NativeEvent::Text(text) if text.contains(STARTED) => return Ok(()),
            // As the host does it.
            NativeEvent::Text(text) if text.contains(CLEARED) => call.handle.clear_playout(),
            NativeEvent::Closed(why) => return Err(format!("the call closed: {why:?}").into()),
            _ => {}
        }
    }
}

/// The bare client with the same devices.
fn with_devices(url: &str, turns: usize) -> Outcome<Recording> {
    let devices = Devices::open()?;
    let mut bare = Bare::call(url)?;
    let recorder = Recorder::start()?;
    let (mut encoder, mut decoder, mut sent) = (Encoder::new()?, Decoder::new()?, 0);
    let mut script = Script::new(turns);
    let mut said = None;
    while let Some(speaks) = script.next() {
        if speaks {
            said = Some(say(&vowels(SPEECH))?);
        }
        for happened in bare.step(Instant::now() + Duration::from_millis(1))? {
            match happened {
                Happened::Sound(payload) => {
                    devices.played.lock().unwrap_or_else(PoisonError::into_inner).extend(decoder.decode(&packet(payload)));
                }
                Happened::Text(text) => {
                    script.told(&text);
                    if text.contains(CLEARED) {
                        devices.played.lock().unwrap_or_else(PoisonError::into_inner).clear();
                    }
                }
            }
        }
        let heard: Vec<f32> = {
            let mut queue = devices.heard.lock().unwrap_or_else(PoisonError::into_inner);
            let whole = queue.len() / PACKET * PACKET;
            queue.drain(..whole).collect()
        };
        for frame in heard.chunks(PACKET) {
            if let Some(packet) = encoder.push(frame)? {
                bare.speak(sent, packet.to_vec())?;
                sent += PACKET as u64;
            }
        }
    }
    drop(said);
    let recording = recorder.stop()?;
    bare.close()?;
    Ok(recording)
}

/// The bare client, fed with the same samples at their pace; what comes is heard as it comes.
fn fed(url: &str, turns: usize) -> Outcome<Recording> {
    let mut bare = Bare::call(url)?;
    let (mut encoder, mut decoder) = (Encoder::new()?, Decoder::new()?);
    let (mut recording, mut waiting) = (Recording::default(), VecDeque::new());
    let (begun, mut due) = (Instant::now(), Instant::now() + FRAME);
    let mut script = Script::new(turns);
    while let Some(speaks) = script.next() {
        if speaks {
            waiting.extend(vowels(SPEECH));
        }
        if Instant::now() >= due {
            // A frame can be sent once its last sample was said.
            due += FRAME;
            let frame: Vec<f32> = (0..PACKET).map(|_| waiting.pop_front().unwrap_or(0.0)).collect();
            let time = recording.said.len() as u64;
            recording.said.extend(&frame);
            if let Some(packet) = encoder.push(&frame)? {
                bare.speak(time, packet.to_vec())?;
            }
        }
        for happened in bare.step(due)? {
            match happened {
                Happened::Sound(payload) => {
                    let at = begun.elapsed().as_micros() * 48 / 1000;
                    recording.hear(usize::try_from(at)?, decoder.decode(&packet(payload)));
                }
                Happened::Text(text) => script.told(&text),
            }
        }
    }
    bare.close()?;
    Ok(recording)
}

fn packet(payload: Vec<u8>) -> Next {
    Next::Packet(Packet { time: 0, payload: payload.into() })
}

/// When the rep speaks, for a client that has to look again and again.
struct Script {
    left: usize,
    /// How long the next answer is listened to.
    listen: Duration,
    /// When the next thing is due; `None` while an answer is waited for.
    due: Option<Instant>,
    begun: Instant,
}

impl Script {
    fn new(turns: usize) -> Self {
        Self { left: turns, listen: FIRST, due: Some(Instant::now() + SETTLE), begun: Instant::now() }
    }

    /// True where the rep begins to speak now; `None` at the end.
    fn next(&mut self) -> Option<bool> {
        let now = Instant::now();
        if self.due.is_none() && now > self.begun + HANG {
            // What was not answered shows in the number of measurements.
            return None;
        }
        if self.due.is_none_or(|due| now < due) {
            return Some(false);
        }
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        self.begun = now;
        self.due = None;
        Some(true)
    }

    /// An answer begins: it is listened to.
    fn told(&mut self, text: &str) {
        if text.contains(STARTED) {
            self.due = Some(Instant::now() + self.listen + if self.left == 0 { LAST } else { Duration::ZERO });
            self.listen = LISTEN;
        }
    }
}
