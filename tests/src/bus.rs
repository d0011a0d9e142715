//! A session bus that starts nothing: what a window asks it for, such as a keyring, would be started in the home of whoever runs the tests.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::OnceLock,
};

/// The usual rules, but without folders of services to be started.
const RULES: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Where the bus of this run of tests is. It ends with the run, even where that is killed: it watches a pipe that only the run holds.
///
/// # Panics
/// Where it does not start.
#[must_use]
pub fn address() -> &'static str {
    static BUS: OnceLock<(Child, String)> = OnceLock::new();
    let (_, address) = BUS.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let rules = folder.path().join("bus.conf");
        std::fs::write(&rules, RULES).expect("a written file");
        let mut bus = Command::new("sh")
            .args(["-c", "dbus-daemon --config-file=\"$1\" --nofork --print-address & bus=$!; cat >/dev/null; kill $bus", "sh"])
            .arg(&rules)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It says that it may not have as many files open as it would like.
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().expect("a pipe")).read_line(&mut address).expect("an address");
        assert!(address.starts_with("unix:"), "dbus-daemon of the package dbus-daemon; `cargo xtask setup` installs it: {address:?}");
        (bus, address.trim().to_owned())
    });
    address
}
