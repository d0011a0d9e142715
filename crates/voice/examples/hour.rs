//! Replays a made-up session of an hour through a whole call, its sound included, and prints what it keeps and by how much memory grows.
//!
//! `cargo run --release -p sellme-voice --features native --example hour`
//!
//! The session is made in one process and listened to in another, which has nothing else in its memory. The last line is the measurement, as JSON.

#[path = "../tests/all/common/talk.rs"]
#[allow(dead_code, reason = "it needs but a part of what the tests have")]
mod talk;

use std::{
    env,
    error::Error,
    fs,
    io::{self, BufRead, BufWriter, Write},
    process::{Command, Stdio},
    time::Duration,
};

use sellme_core::Millis;
use sellme_voice::{
    call::{Call, Input, Output, Plan},
    conversation::Conversation,
    data::{Choice, voice_data},
    events::ServerEvent,
    native::{FRAME, PACKET, Packet, Pipeline},
};
use talk::{Talk, WAYS, Way};

type Outcome = Result<(), Box<dyn Error>>;

/// Says to this program that it is the one that listens.
const LISTEN: &str = "listen";
/// Frames of sound in a second.
const FRAMES: i64 = 100;

fn main() -> Outcome {
    if env::args().nth(1).is_some_and(|argument| argument == LISTEN) { listen() } else { tell() }
}

/// Makes the session, and tells it message by message.
fn tell() -> Outcome {
    let ways: Vec<Way> = WAYS.iter().copied().cycle().take(800).collect();
    let mut listener = Command::new(env::current_exe()?).arg(LISTEN).stdin(Stdio::piped()).spawn()?;
    let mut pipe = BufWriter::new(listener.stdin.take().ok_or("nobody listens")?);
    for one in &Talk::of(&ways).told {
        writeln!(pipe, "{} {}", one.at, one.event)?;
    }
    drop(pipe);
    if listener.wait()?.success() { Ok(()) } else { Err("the listener failed".into()) }
}

/// Listens to the session; the sound of both sides goes on all the while.
fn listen() -> Outcome {
    let before = resident_kb()?;
    let mut out = io::stdout().lock();
    let mut plan = Plan::new(voice_data()?.session(&Choice::default()));
    plan.longest = Millis(2 * 3_600_000);
    let (mut conversation, mut call, mut sound) = (Conversation::new(), Call::new(plan), Sound::new()?);
    for input in [Input::Open, Input::Answered, Input::LinkOpen] {
        call.handle(Millis(0), input);
    }
    let (mut events, mut turns, mut kept, mut end, mut most) = (0, 0, 0, 0, before);
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (at, message) = line.split_once(' ').ok_or("a line without its time")?;
        end = at.parse()?;
        sound.until(end)?;
        let said = call.handle(Millis(end), Input::Message(message));
        turns += said.iter().filter(|out| matches!(out, Output::Turn(_))).count();
        if let Ok(event) = ServerEvent::parse(message) {
            conversation.apply(Millis(end), &event);
        }
        kept = kept.max(conversation.kept());
        events += 1;
        if events % 100 == 0 {
            most = most.max(resident_kb()?);
        }
    }
    most = most.max(resident_kb()?);
    writeln!(out, "{events} events, {} minutes, {turns} turns, {} frames of sound", end / 60_000, sound.frames)?;
    writeln!(out, "kept by the conversation: {kept} things at most, {} at the end", conversation.kept())?;
    let transcript: usize = call.said().iter().map(|(_, text)| text.len()).sum();
    writeln!(out, "kept by the call: its transcript, {} KB", transcript.div_ceil(1024))?;
    writeln!(out, "{}", serde_json::json!({ "name": "hour-mb", "value": (most - before) / 1e3 }))?;
    Ok(())
}

/// What of this process is in memory, in kilobytes of 1000 bytes.
fn resident_kb() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("the system does not say what is in memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? * 1.024)
}

/// The sound of both sides: what the rep's side sends comes back as the customer's voice.
struct Sound {
    pipeline: Pipeline,
    frames: i64,
}

impl Sound {
    fn new() -> Result<Self, Box<dyn Error>> {
        Ok(Self { pipeline: Pipeline::new(false)?, frames: 0 })
    }

    /// Works on everything up to this moment of the session, in milliseconds.
    fn until(&mut self, ms: i64) -> Outcome {
        let mut frame = [0.0; FRAME];
        while self.frames * 1000 < ms * FRAMES {
            let at = usize::try_from(self.frames)?;
            let heard: [f32; FRAME] = std::array::from_fn(|n| {
                let time = (at * FRAME + n) as f32 / 48_000.0 % 60.0;
                0.2 * (time * 900.0).sin() * (time * 20.0).sin()
            });
            let now = Duration::from_millis(u64::try_from(self.frames * 1000 / FRAMES)?);
            if let Some(outgoing) = self.pipeline.capture(&heard)? {
                self.pipeline.put(now, Packet { time: (at / 2 * PACKET) as u64, payload: outgoing.payload });
            }
            self.pipeline.play(now, &mut frame, |_| {});
            self.frames += 1;
        }
        Ok(())
    }
}
