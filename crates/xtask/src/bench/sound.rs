//! A sound server of the measurements' own, without sound hardware. Its microphone and its speaker are the two sides of one device, so that what is said and what
//! is heard can be recorded together, on one clock.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::command::output;

/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// What makes the devices. Without rewinding they hold no two seconds back, as hardware does not either.
const DEVICES: [&str; 6] = [
    "load-module module-null-sink sink_name=room rate=48000 channels=2 norewinds=1",
    "load-module module-remap-sink sink_name=mouth master=room channels=1 channel_map=mono master_channel_map=front-left remix=no",
    "load-module module-remap-sink sink_name=speaker master=room channels=1 channel_map=mono master_channel_map=front-right remix=no",
    "load-module module-remap-source source_name=microphone master=room.monitor channels=1 channel_map=mono master_channel_map=front-left remix=no",
    "set-default-sink speaker",
    "set-default-source microphone",
];

/// A running sound server. It ends when this is dropped, and when this process ends.
pub(super) struct SoundServer {
    folder: PathBuf,
    server: Child,
}

impl SoundServer {
    /// Starts it, with its devices.
    pub(super) fn start() -> Result<Self> {
        // A socket's path must be short, and a target folder's may not be.
        let folder = env::temp_dir().join(format!("sellme-sound-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        // The shell waits for the end of its input, which comes when this process is gone, and takes the server with it.
        let script = format!(
            "pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-level=error \
             -L 'module-native-protocol-unix socket={} auth-anonymous=1' & server=$!; cat >/dev/null; kill $server; wait $server",
            folder.join("native").display()
        );
        let mut command = Command::new("sh");
        within(&folder, &mut command).args(["-c", &script]).stdin(Stdio::piped()).stdout(Stdio::null());
        let server = Self { server: command.spawn()?, folder };
        let begun = Instant::now();
        while !server.within(&mut Command::new("pactl")).arg("info").stdout(Stdio::null()).stderr(Stdio::null()).status()?.success() {
            if begun.elapsed() > PATIENCE {
                bail!("the sound server does not answer; `cargo xtask setup` installs it");
            }
            thread::sleep(Duration::from_millis(50));
        }
        for device in DEVICES {
            output(server.within(&mut Command::new("pactl")).args(device.split(' ')))?;
        }
        Ok(server)
    }

    /// Has a program find it, and no other.
    pub(super) fn within<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        within(&self.folder, command)
    }
}

fn within<'a>(folder: &Path, command: &'a mut Command) -> &'a mut Command {
    command
        .env("XDG_RUNTIME_DIR", folder)
        .env("HOME", folder)
        .env("PULSE_SERVER", format!("unix:{}", folder.join("native").display()))
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
}

impl Drop for SoundServer {
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        // What has ended by itself cannot be ended again, and what stays in the folder for temporary files is cleared away by the system.
        drop(self.server.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}
