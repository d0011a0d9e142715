//! The sound server: what is said into its microphone, what is recorded of it, and its devices as plainly as they can be used.

use std::{
    collections::VecDeque,
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};

use cpal::{
    BufferSize, Stream, StreamConfig,
    traits::{DeviceTrait, HostTrait, StreamTrait},
};

use crate::{Outcome, recording::Recording};

const RAW: [&str; 3] = ["--raw", "--rate=48000", "--format=float32le"];

/// A program that is ended when this is dropped.
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // What has ended by itself cannot be ended again.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Says this into the microphone, for as long as this is held.
pub(crate) fn say(sound: &[f32]) -> Outcome<Running> {
    let path = place("said");
    fs::write(&path, sound.iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<_>>())?;
    let mut command = Command::new("pacat");
    command.arg("--playback").args(RAW).args(["--channels=1", "--latency-msec=50", "-d", "mouth"]).arg(path);
    Ok(Running(command.stdin(Stdio::null()).spawn()?))
}

/// Records both sides.
pub(crate) struct Recorder {
    program: Running,
    path: PathBuf,
}

impl Recorder {
    pub(crate) fn start() -> Outcome<Self> {
        let path = place("both");
        let mut command = Command::new("pacat");
        command.arg("--record").args(RAW).args(["--channels=2", "--latency-msec=20", "-d", "room.monitor"]);
        Ok(Self { program: Running(command.stdin(Stdio::null()).stdout(fs::File::create(&path)?).spawn()?), path })
    }

    pub(crate) fn stop(self) -> Outcome<Recording> {
        drop(self.program);
        let samples: Vec<f32> =
            fs::read(&self.path)?.chunks_exact(4).map(|bytes| bytes.try_into().map(f32::from_le_bytes)).collect::<Result<_, _>>()?;
        Ok(Recording::interleaved(&samples))
    }
}

fn place(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("sellme-bench-{name}-{}", std::process::id()))
}

/// Sound on its way to or from a device.
pub(crate) type Queue = Arc<Mutex<VecDeque<f32>>>;

/// The same devices, asked for sound in the same pieces, with nothing but a queue behind each.
pub(crate) struct Devices {
    pub(crate) heard: Queue,
    pub(crate) played: Queue,
    _streams: [Stream; 2],
}

impl Devices {
    pub(crate) fn open() -> Outcome<Self> {
        let host = cpal::default_host();
        let config = |period| StreamConfig { channels: 1, sample_rate: 48_000, buffer_size: BufferSize::Fixed(period) };
        let (heard, played) = (Queue::default(), Queue::default());
        let (into, from) = (Arc::clone(&heard), Arc::clone(&played));
        let microphone = host.default_input_device().ok_or("there is no microphone")?.build_input_stream(
            config(960),
            move |data: &[f32], _: &_| into.lock().unwrap_or_else(PoisonError::into_inner).extend(data),
            |_| {},
            None,
        )?;
        let speaker = host.default_output_device().ok_or("there is no speaker")?.build_output_stream(
            config(960),
            move |data: &mut [f32], _: &_| {
                let mut queue = from.lock().unwrap_or_else(PoisonError::into_inner);
                data.iter_mut().for_each(|sample| *sample = queue.pop_front().unwrap_or(0.0));
            },
            |_| {},
            None,
        )?;
        microphone.play()?;
        speaker.play()?;
        Ok(Self { heard, played, _streams: [microphone, speaker] })
    }
}
