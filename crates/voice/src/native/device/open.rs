//! Opening a device. Its own thread touches nothing but its ring and a few numbers.

use std::{
    collections::VecDeque,
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use cpal::{
    BufferSize, Device, FromSample, Host, SampleFormat, SizedSample, Stream, StreamConfig, SupportedBufferSize, SupportedStreamConfig,
    traits::{DeviceTrait, StreamTrait},
};

use super::{
    Through, choose, convert, host, name,
    ring::{Intake, Outlet, Watch},
    still_there,
};
use crate::native::{FRAME, RATE, SoundError};

/// Rings hold so many milliseconds: enough for a thread that was held up.
const RING: usize = 1000;
/// How long opening may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// What a microphone gives at a time, in samples: 20 ms.
const GIVEN: u32 = 2 * FRAME as u32;
/// What a speaker takes at a time: 20 ms, and twice as much where it runs dry with that.
const TAKEN: u32 = 2 * FRAME as u32;
/// Calls at the start that take more than usual: the speaker's own buffer is filled.
const FILLING: usize = 3;
/// How long sound that is cut off fades, in samples: 5 ms.
const FADE: usize = FRAME / 2;

/// A device that runs; it stops when this is dropped.
pub(crate) struct Running {
    pub(super) name: String,
    pub(super) id: Option<cpal::DeviceId>,
    pub(super) watch: Arc<Watch>,
    _stream: Stream,
}

impl std::fmt::Debug for Running {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Running").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Running {
    /// True while the system's list has it.
    pub(crate) fn is_listed(&self, through: Through) -> bool {
        self.id.as_ref().is_none_or(|id| still_there(through, id))
    }

    /// True once its own thread said that it does not go on.
    pub(crate) fn is_lost(&self) -> bool {
        self.watch.lost.load(Ordering::Relaxed)
    }
}

/// A device that was found and is not open yet.
pub(crate) struct Found {
    device: Device,
    config: StreamConfig,
    format: SampleFormat,
}

/// Finds the microphone (`input`) or the speaker of this name, or the system's own choice.
pub(crate) fn find(through: Through, wanted: Option<&str>, input: bool) -> Result<Found, SoundError> {
    find_at(&*host(through)?, wanted, input)
}

/// The same, where the sound system was asked already.
pub(super) fn find_at(host: &Host, wanted: Option<&str>, input: bool) -> Result<Found, SoundError> {
    let device = choose(host, wanted, input)?;
    let (config, format) = shape(&device, input)?;
    Ok(Found { device, config, format })
}

impl Found {
    /// The same in pieces of twice the size, for a machine that is too busy for small ones.
    pub(super) fn in_larger_pieces(mut self) -> Self {
        if let BufferSize::Fixed(period) = &mut self.config.buffer_size {
            *period *= 2;
        }
        self
    }

    /// Opens a microphone.
    pub(crate) fn open_input(self) -> Result<(Running, Intake), SoundError> {
        let Self { device, config, format } = self;
        let watch = Arc::new(Watch::default());
        let (into, out) = rtrb::RingBuffer::new(config.sample_rate as usize * RING / 1000);
        let stream = match format {
            SampleFormat::I8 => input::<i8>(&device, config, into, &watch),
            SampleFormat::U8 => input::<u8>(&device, config, into, &watch),
            SampleFormat::I16 => input::<i16>(&device, config, into, &watch),
            SampleFormat::U16 => input::<u16>(&device, config, into, &watch),
            SampleFormat::I32 => input::<i32>(&device, config, into, &watch),
            SampleFormat::U32 => input::<u32>(&device, config, into, &watch),
            SampleFormat::F64 => input::<f64>(&device, config, into, &watch),
            SampleFormat::F32 => input::<f32>(&device, config, into, &watch),
            other => return Err(SoundError::Broken(format!("its samples are {other}"))),
        }?;
        stream.play().map_err(|error| SoundError::of_device(&error, true))?;
        let intake = Intake::new(out, Arc::clone(&watch), config.sample_rate);
        Ok((Running { name: name(&device), id: device.id().ok(), watch, _stream: stream }, intake))
    }

    /// Opens a speaker.
    pub(crate) fn open_output(self) -> Result<(Running, Outlet), SoundError> {
        let Self { device, config, format } = self;
        let watch = Arc::new(Watch::default());
        let (into, out) = rtrb::RingBuffer::new(config.sample_rate as usize * RING / 1000);
        let stream = match format {
            SampleFormat::I8 => output::<i8>(&device, config, out, &watch),
            SampleFormat::U8 => output::<u8>(&device, config, out, &watch),
            SampleFormat::I16 => output::<i16>(&device, config, out, &watch),
            SampleFormat::U16 => output::<u16>(&device, config, out, &watch),
            SampleFormat::I32 => output::<i32>(&device, config, out, &watch),
            SampleFormat::U32 => output::<u32>(&device, config, out, &watch),
            SampleFormat::F64 => output::<f64>(&device, config, out, &watch),
            SampleFormat::F32 => output::<f32>(&device, config, out, &watch),
            other => return Err(SoundError::Broken(format!("its samples are {other}"))),
        }?;
        stream.play().map_err(|error| SoundError::of_device(&error, false))?;
        let outlet = Outlet::new(into, Arc::clone(&watch), config.sample_rate);
        Ok((Running { name: name(&device), id: device.id().ok(), watch, _stream: stream }, outlet))
    }
}

/// 48 kHz, one channel, `f32` where the device has it; else as it likes best.
fn shape(device: &Device, input: bool) -> Result<(StreamConfig, SampleFormat), SoundError> {
    let told = |error: cpal::Error| SoundError::of_device(&error, input);
    let ranges: Vec<_> = if input {
        device.supported_input_configs().map_err(told)?.collect()
    } else {
        device.supported_output_configs().map_err(told)?.collect()
    };
    let ours =
        ranges.into_iter().find(|range| range.channels() == 1 && range.sample_format() == SampleFormat::F32 && range.contains_rate(RATE));
    let chosen: SupportedStreamConfig = match ours.and_then(|range| range.try_with_sample_rate(RATE)) {
        Some(ours) => ours,
        None if input => device.default_input_config().map_err(told)?,
        None => device.default_output_config().map_err(told)?,
    };
    let mut config = chosen.config();
    let wanted = if input { GIVEN } else { TAKEN };
    let period = u32::try_from(u64::from(wanted) * u64::from(config.sample_rate) / u64::from(RATE)).unwrap_or(wanted);
    config.buffer_size = match chosen.buffer_size() {
        SupportedBufferSize::Range { min, max } if (*min..=*max).contains(&period) => BufferSize::Fixed(period),
        _ => BufferSize::Default,
    };
    Ok((config, chosen.sample_format()))
}

fn input<T>(device: &Device, config: StreamConfig, mut ring: rtrb::Producer<f32>, watch: &Arc<Watch>) -> Result<Stream, SoundError>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let (told, channels) = (Arc::clone(watch), usize::from(config.channels));
    let stream = device.build_input_stream(
        config,
        move |data: &[T], info: &cpal::InputCallbackInfo| {
            for sample in convert::inward(data, channels) {
                if ring.push(sample).is_err() {
                    break;
                }
            }
            let times = info.timestamp();
            tell(&told, data.len() / channels.max(1), config.sample_rate, times.callback.saturating_duration_since(times.capture));
        },
        errors(watch),
        Some(PATIENCE),
    );
    stream.map_err(|error| SoundError::of_device(&error, true))
}

fn output<T>(device: &Device, config: StreamConfig, mut ring: rtrb::Consumer<f32>, watch: &Arc<Watch>) -> Result<Stream, SoundError>
where
    T: SizedSample + FromSample<f32>,
{
    let (told, channels) = (Arc::clone(watch), usize::from(config.channels));
    let mut fading = VecDeque::with_capacity(FADE);
    let piece = match config.buffer_size {
        BufferSize::Fixed(period) => usize::try_from(period).ok(),
        BufferSize::Default => None,
    };
    let stream = device.build_output_stream(
        config,
        move |data: &mut [T], info: &cpal::OutputCallbackInfo| {
            let flushed = told.flush.swap(false, Ordering::Relaxed);
            if flushed {
                let cut = std::iter::from_fn(|| ring.pop().ok()).enumerate();
                fading.extend(
                    cut.map(|(n, sample)| (n, sample * (1.0 - n as f32 / FADE as f32)))
                        .take_while(|(n, _)| *n < FADE)
                        .map(|(_, sample)| sample),
                );
                while ring.pop().is_ok() {}
            }
            let mut dry = false;
            convert::outward(data, channels, || {
                fading.pop_front().or_else(|| ring.pop().ok()).unwrap_or_else(|| {
                    dry = true;
                    0.0
                })
            });
            told.dry.fetch_add(usize::from(dry && !flushed), Ordering::Relaxed);
            let (times, frames) = (info.timestamp(), data.len() / channels.max(1));
            if told.calls.load(Ordering::Relaxed) >= FILLING && piece.is_some_and(|piece| frames >= 2 * piece) {
                told.short.fetch_add(1, Ordering::Relaxed);
            }
            tell(&told, frames, config.sample_rate, times.playback.saturating_duration_since(times.callback));
        },
        errors(watch),
        Some(PATIENCE),
    );
    stream.map_err(|error| SoundError::of_device(&error, false))
}

fn tell(watch: &Watch, samples: usize, rate: u32, latency: Duration) {
    let ours = samples * RATE as usize / (rate as usize).max(1);
    watch.latency.store(u32::try_from(latency.as_millis()).unwrap_or(0).min(1000), Ordering::Relaxed);
    if watch.calls.fetch_add(1, Ordering::Relaxed) >= FILLING {
        watch.gulp.fetch_max(ours, Ordering::Relaxed);
    }
}

/// Takes note of an error after which the device does not go on. Any other may pass, such as a sound server that was slow to answer; where it does not, the
/// device calls no more, and that is seen too.
fn errors(watch: &Arc<Watch>) -> impl FnMut(cpal::Error) + Send + 'static {
    use cpal::ErrorKind as Kind;
    let watch = Arc::clone(watch);
    move |error| {
        if matches!(error.kind(), Kind::DeviceNotAvailable | Kind::HostUnavailable | Kind::PermissionDenied | Kind::StreamInvalidated) {
            watch.lost.store(true, Ordering::Relaxed);
        } else {
            watch.short.fetch_add(1, Ordering::Relaxed);
        }
    }
}
