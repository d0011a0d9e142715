//! A sound server of a test's own, without sound hardware: a speaker that can be listened to and a microphone that can be spoken into.
//!
//! A process learns from its environment where its sound server is, and may not change that for itself. So [`within`] starts the test's own program again for
//! one test, with the server's address. The server ends with the test, even where that is killed: it watches a pipe that only the test holds.

use std::{
    env, fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// Says to a test that it runs within a server, and where its folder is.
const FOLDER: &str = "TEST_SOUND_SERVER";
/// Longer than anything here takes: what takes longer hangs.
const HANG: Duration = Duration::from_secs(120);
/// The speaker, as its description says.
pub const SPEAKER: &str = "Test Speaker";
/// The microphone.
pub const MICROPHONE: &str = "Test Microphone";

/// A running sound server. It ends when this is dropped.
pub struct Pulse {
    folder: PathBuf,
    server: Option<Child>,
}

/// Runs a test within a sound server of its own. `name` is the test's full name.
pub fn within(name: &str, test: impl FnOnce(&Pulse)) {
    if let Some(folder) = env::var_os(FOLDER) {
        return test(&Pulse { folder: folder.into(), server: None });
    }
    let _alone = alone();
    let pulse = Pulse::start();
    again(name, &pulse.variables());
}

/// Runs a test where no sound server and no sound hardware is.
pub fn without(name: &str, test: impl FnOnce()) {
    if env::var_os(FOLDER).is_some() {
        return test();
    }
    let _alone = alone();
    let folder = new_folder();
    again(name, &variables(&folder));
    fs::remove_dir_all(folder).unwrap();
}

/// One sound server at a time: real sound is in a hurry, and the machine may have two cores.
fn alone() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the test's own program again for this test.
fn again(name: &str, variables: &[(&'static str, String)]) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([name, "--exact", "--nocapture", "--test-threads=1"])
        .envs(variables.iter().cloned())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if began.elapsed() > HANG {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{name} hangs");
        }
        thread::sleep(Duration::from_millis(20));
    };
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert!(status.success(), "{name} failed: {out}");
    assert!(out.contains("1 passed"), "{name} is not the name of the test: {out}");
}

impl Pulse {
    /// Starts a server with one speaker and one microphone.
    pub fn start() -> Self {
        let folder = new_folder();
        let socket = folder.join("native");
        // The shell waits for the end of its input, which comes when the test is gone, and takes the server with it.
        let script = format!(
            "pulseaudio -n --daemonize=no --use-pid-file=no --exit-idle-time=-1 --log-level=error \
             -L 'module-native-protocol-unix socket={} auth-anonymous=1' & server=$!; \
             cat >/dev/null; kill $server; wait $server",
            socket.display()
        );
        let server = Command::new("sh")
            .args(["-c", &script])
            .envs(variables(&folder))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let pulse = Self { folder, server: Some(server) };
        let began = Instant::now();
        while !pulse.command("pactl", &["info"]).output().is_ok_and(|out| out.status.success()) {
            assert!(began.elapsed() < HANG, "no sound server: {}", fs::read_to_string(pulse.folder.join("log")).unwrap());
            thread::sleep(Duration::from_millis(50));
        }
        // Without rewinding they hold no two seconds back, as hardware does not either.
        pulse.load(&["module-null-sink", "sink_name=speaker", "rate=48000", "norewinds=1", &described("sink", SPEAKER)]);
        // What is played into the mouth is what the microphone hears.
        pulse.load(&["module-null-sink", "sink_name=mouth", "rate=48000", "norewinds=1", &described("sink", "Mouth")]);
        pulse.plug();
        pulse.pactl(&["set-default-sink", "speaker"]);
        pulse
    }

    /// Its environment, for another program.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        variables(&self.folder)
    }

    /// Plugs the microphone in, and makes it the system's choice.
    pub fn plug(&self) {
        self.load(&["module-remap-source", "source_name=microphone", "master=mouth.monitor", &described("source", MICROPHONE)]);
        self.pactl(&["set-default-source", "microphone"]);
    }

    /// Unplugs the microphone.
    pub fn unplug(&self) {
        self.pactl(&["unload-module", "module-remap-source"]);
    }

    /// Says these samples (48 kHz, one channel) into the microphone; it goes on while this is held.
    pub fn say(&self, sound: &[f32]) -> Running {
        let path = self.folder.join(format!("said-{}", sound.len()));
        fs::write(&path, sound.iter().flat_map(|sample| sample.to_le_bytes()).collect::<Vec<_>>()).unwrap();
        let player = self
            .command(
                "pacat",
                &["--playback", "--raw", "--rate=48000", "--channels=1", "--format=float32le", "--latency-msec=50", "-d", "mouth"],
            )
            .arg(&path)
            .spawn()
            .unwrap();
        Running(player)
    }

    /// What the speaker plays comes back into the microphone from now on, 12 dB softer, as it does without a headset.
    pub fn echo(&self) {
        self.load(&[
            "module-loopback",
            "source=speaker.monitor",
            "sink=mouth",
            "latency_msec=60",
            "adjust_time=0",
            "source_dont_move=1",
            "sink_dont_move=1",
        ]);
        let listed = self.pactl(&["list", "short", "sink-inputs"]);
        let looped = listed.lines().filter(|line| line.contains("module-loopback")).filter_map(|line| line.split('\t').next()).next();
        // Softer than it is, not as loud as that: so a sign before it is read.
        self.pactl(&["set-sink-input-volume", looped.unwrap(), "-12dB"]);
    }

    /// Listens to the speaker from now on.
    pub fn hear(&self) -> Heard {
        self.hear_at("speaker")
    }

    /// Listens to what the microphone hears from now on.
    pub fn overhear(&self) -> Heard {
        self.hear_at("mouth")
    }

    fn hear_at(&self, sink: &str) -> Heard {
        let path = self.folder.join(format!("heard-{sink}"));
        let recorder = self
            .command(
                "pacat",
                &[
                    "--record",
                    "--raw",
                    "--rate=48000",
                    "--channels=1",
                    "--format=float32le",
                    "--latency-msec=20",
                    "-d",
                    &format!("{sink}.monitor"),
                ],
            )
            .stdout(fs::File::create(&path).unwrap())
            .spawn()
            .unwrap();
        Heard { recorder: Running(recorder), path }
    }

    fn load(&self, module: &[&str]) -> String {
        self.pactl(&[&["load-module"], module].concat())
    }

    fn pactl(&self, arguments: &[&str]) -> String {
        let out = self.command("pactl", arguments).output().unwrap();
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).envs(self.variables()).stdin(Stdio::null());
        command
    }
}

impl Drop for Pulse {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            drop(server.stdin.take());
            let _ = server.wait();
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// A program that is ended when this is dropped.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the speaker plays.
pub struct Heard {
    recorder: Running,
    path: PathBuf,
}

impl Heard {
    /// Stops listening; gives all samples.
    pub fn stop(self) -> Vec<f32> {
        drop(self.recorder);
        read(&self.path)
    }
}

fn read(path: &Path) -> Vec<f32> {
    fs::read(path).unwrap().chunks_exact(4).map(|bytes| f32::from_le_bytes(bytes.try_into().unwrap())).collect()
}

fn described(kind: &str, name: &str) -> String {
    format!("{kind}_properties=\"device.description='{name}'\"")
}

fn new_folder() -> PathBuf {
    let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let folder = env::temp_dir().join(format!("sellme-pulse-{}-{nanos}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn variables(folder: &Path) -> Vec<(&'static str, String)> {
    let here = folder.to_str().unwrap().to_owned();
    vec![
        (FOLDER, here.clone()),
        ("XDG_RUNTIME_DIR", here.clone()),
        ("HOME", here.clone()),
        ("PULSE_SERVER", format!("unix:{here}/native")),
        ("PULSE_COOKIE", format!("{here}/.config/pulse/cookie")),
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent".to_owned()),
    ]
}
