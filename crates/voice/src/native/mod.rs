//! A call with this machine's own microphone and speaker, where the window's engine has no WebRTC (Linux).
//!
//! Sound is 48 kHz, one channel, `f32` from −1 to 1, in frames of 10 ms. What decides (`jitter`, `drift`, `echo`, `level`, `Pipeline`) touches no device and is
//! told the time; `device` holds the machine's microphone and speaker; [`NativeCall`] puts both on a connection.

mod call;
mod decode;
mod device;
mod drift;
mod echo;
mod encode;
mod error;
mod guard;
mod jitter;
mod level;
mod listen;
mod pipeline;
mod playout;
mod resample;
mod sound;
#[cfg(test)]
mod synth;

pub use call::{CallError, CallHandle, CallOptions, NativeCall, NativeEvent, Offered};
pub use decode::Decoder;
pub use device::{DeviceEvent, Through, devices};
pub use drift::Drift;
pub use echo::Canceller;
pub use encode::Encoder;
pub use error::SoundError;
pub use jitter::{Jitter, JitterCounts, Next, Packet};
pub use level::{Level, Meter};
pub use listen::{Listening, listen};
pub use pipeline::{Outgoing, Pipeline};
pub use playout::Playout;
pub use resample::Resampler;

/// Samples a second.
pub const RATE: u32 = 48_000;
/// Samples in a frame: 10 ms.
pub const FRAME: usize = 480;
/// Samples in a packet: 20 ms.
pub const PACKET: usize = 960;
