//! The machine's microphones and speakers: through its sound server (PulseAudio, or PipeWire in its place) where one answers, else through ALSA.

mod convert;
mod keeper;
mod open;
mod ring;

use std::sync::{Arc, Mutex, PoisonError};

use cpal::{
    Device, DeviceId, Host, HostId,
    traits::{DeviceTrait, HostTrait},
};
use sellme_core::wire::SoundDevices;

pub(super) use keeper::{Ends, Keeper, Wanted};
pub(super) use open::{Found, find};
pub(super) use ring::{Intake, Outlet};

use super::SoundError;

/// What happens with the devices of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceEvent {
    /// The microphone is gone. Another is looked for.
    MicrophoneLost(SoundError),
    /// A microphone is there again: its name.
    MicrophoneBack(String),
    /// The speaker is gone. Another is looked for.
    SpeakerLost(SoundError),
    /// A speaker is there again: its name.
    SpeakerBack(String),
}

/// The ways to a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Through {
    /// The sound server, or ALSA where none answers.
    #[default]
    Best,
    /// ALSA; its PulseAudio plugin leads to the sound server where that is installed.
    Alsa,
}

/// The machine's devices, the system's own choice first. Names may be the same for two devices; the first is taken then. None are there where no sound system
/// answers.
#[must_use]
pub fn devices(through: Through) -> SoundDevices {
    let Ok(host) = host(through) else { return SoundDevices::default() };
    let names = |found: Vec<Device>| {
        let mut names: Vec<String> = Vec::new();
        for name in found.iter().map(name) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    };
    SoundDevices { inputs: names(all(&host, true)), outputs: names(all(&host, false)) }
}

/// The one connection to the sound server: its library leaves a thread behind with every connection that is given up.
static SERVER: Mutex<Option<Arc<Host>>> = Mutex::new(None);

/// The sound system.
fn host(through: Through) -> Result<Arc<Host>, SoundError> {
    match through {
        Through::Best => {
            let mut server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = server.as_ref().filter(|known| known.devices().is_ok()) {
                return Ok(Arc::clone(known));
            }
            let host = Arc::new(cpal::default_host());
            // Without a server there may be one later.
            *server = (!alsa(host.id())).then(|| Arc::clone(&host));
            Ok(host)
        }
        #[cfg(target_os = "linux")]
        Through::Alsa => cpal::host_from_id(HostId::Alsa).map(Arc::new).map_err(|error| SoundError::of_device(&error, true)),
        #[cfg(not(target_os = "linux"))]
        Through::Alsa => Err(SoundError::NoMicrophone),
    }
}

/// The sound system as it was when it was asked last: whether it is still there shows when something is asked of it.
fn known(through: Through) -> Option<Arc<Host>> {
    let server = SERVER.lock().unwrap_or_else(PoisonError::into_inner);
    server.as_ref().filter(|_| through == Through::Best).map(Arc::clone)
}

/// Microphones or speakers that a person would choose from, the system's own choice first.
fn all(host: &Host, input: bool) -> Vec<Device> {
    let mut found: Vec<Device> = usual(host, input).into_iter().collect();
    let others = if input { host.input_devices().map(Iterator::collect) } else { host.output_devices().map(Iterator::collect) };
    let others: Vec<Device> = others.unwrap_or_default();
    found.extend(others.into_iter().filter(|device| device.id().is_ok_and(|id| offered(id.host(), id.id(), input))));
    found
}

/// The system's own choice, where it can be used.
fn usual(host: &Host, input: bool) -> Option<Device> {
    let device = if input { host.default_input_device() } else { host.default_output_device() }?;
    let id = device.id().ok()?;
    if !alsa(id.host()) {
        return (!input || !is_monitor(id.id())).then_some(device);
    }
    // ALSA always names one; whether it is there is seen by opening it.
    let there = if input { device.default_input_config().is_ok() } else { device.default_output_config().is_ok() };
    there.then_some(device)
}

/// The one with this name, else the system's own choice.
fn choose(host: &Host, wanted: Option<&str>, input: bool) -> Result<Device, SoundError> {
    let named = wanted.and_then(|wanted| all(host, input).into_iter().find(|device| name(device) == wanted));
    named.or_else(|| usual(host, input)).or_else(|| all(host, input).into_iter().next()).ok_or_else(|| SoundError::gone(input))
}

fn name(device: &Device) -> String {
    device.description().map_or_else(|_| device.to_string(), |description| description.name().to_owned())
}

/// True where a person would choose it: ALSA names its converters and bare hardware too, a sound server what its speakers play.
fn offered(host: HostId, id: &str, input: bool) -> bool {
    if alsa(host) { id.starts_with("plughw:") || id.starts_with("sysdefault:") } else { !input || !is_monitor(id) }
}

/// What a speaker plays is no microphone, although the sound server offers it as one.
fn is_monitor(id: &str) -> bool {
    id.ends_with(".monitor")
}

fn alsa(host: HostId) -> bool {
    host.to_string().eq_ignore_ascii_case("alsa")
}

/// A sound server moves a stream to whatever is left when its device is unplugged, even to what a speaker plays; only its list shows it. ALSA tells.
fn still_there(through: Through, id: &DeviceId) -> bool {
    if alsa(id.host()) {
        return true;
    }
    let listed = |host: &Host| host.devices().ok().map(|mut all| all.any(|device| device.id().is_ok_and(|other| other == *id)));
    // Where it does not answer, the server is perhaps another one by now.
    let told = known(through).and_then(|host| listed(&host));
    told.or_else(|| host(through).ok().and_then(|host| listed(&host))).unwrap_or(false)
}
