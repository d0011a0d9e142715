//! System packages: by apt on Debian and Ubuntu, named elsewhere.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};

use super::{For, rights::Rights};
use crate::command::{is_installed, output, program, run};

/// A Debian package, and what it brings, by which other systems tell whether they have it.
struct Package {
    name: &'static str,
    brings: Brings,
}

/// What is looked for where there is no package by that name.
enum Brings {
    Program(&'static str),
    Library(&'static str),
    /// A file in one of the folders of libraries.
    File(&'static str),
    Font(&'static str),
}

use Brings::{File, Font, Library, Program};

/// Where libraries lie, on one system or another.
const LIBRARIES: [&str; 4] = ["/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu"];

/// What the window is built with, the fast linker, what the codec of calls is built with (cmake), and sound by ALSA with its way to `PulseAudio`.
const BUILD: &[Package] = &[
    Package { name: "libwebkit2gtk-4.1-dev", brings: Library("webkit2gtk-4.1") },
    Package { name: "mold", brings: Program("mold") },
    Package { name: "pkg-config", brings: Program("pkg-config") },
    Package { name: "cmake", brings: Program("cmake") },
    Package { name: "libasound2-dev", brings: Library("alsa") },
    Package { name: "libasound2-plugins", brings: File("alsa-lib/libasound_module_pcm_pulse.so") },
];

/// What the tests drive: a display, a session bus, a keyring, the webview's driver, a browser, a sound server with devices that are not there; strace shows that a
/// write reached the disk, fonts that a screen is readable, espeak-ng speaks (it is run, never linked). Schemathesis is installed with python3-venv.
/// Debian's `PostgreSQL` (12 has 15, Ubuntu its own) is there for its programs: tests start private servers with them, and never ask the one that the package itself may start.
const TEST: &[Package] = &[
    Package { name: "xvfb", brings: Program("xvfb-run") },
    Package { name: "xauth", brings: Program("xauth") },
    Package { name: "dbus-daemon", brings: Program("dbus-run-session") },
    Package { name: "gnome-keyring", brings: Program("gnome-keyring-daemon") },
    Package { name: "webkit2gtk-driver", brings: Program("WebKitWebDriver") },
    Package { name: "chromium", brings: Program("chromium") },
    Package { name: "strace", brings: Program("strace") },
    Package { name: "fonts-dejavu-core", brings: Font("DejaVu Sans") },
    Package { name: "util-linux", brings: Program("prlimit") },
    Package { name: "espeak-ng", brings: Program("espeak-ng") },
    Package { name: "pulseaudio", brings: Program("pulseaudio") },
    Package { name: "pulseaudio-utils", brings: Program("pactl") },
    Package { name: "python3-venv", brings: Program("python3") },
    Package { name: "postgresql", brings: Program("initdb") },
];

/// Names the browser of the tests where it is not Debian's (`ui/tests/stage.mjs`): Ubuntu has no such package.
const BROWSER: &str = "CHROMIUM";

/// How long a busy package manager is waited for.
const PATIENCE: Duration = Duration::from_secs(600);
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Installs the packages that are missing.
///
/// # Errors
/// Where they cannot be installed from here: names them, with the line to run where there is apt.
pub(super) fn install(purpose: For) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let own_browser = env::var_os(BROWSER).is_some_and(|path| Path::new(&path).is_file());
    let wanted = BUILD.iter().chain(if purpose == For::Testing { TEST } else { &[] });
    let wanted = wanted.filter(|package| package.name != "chromium" || !own_browser);
    if !is_installed("dpkg-query") || !is_installed("apt-get") {
        let missing: Vec<_> = wanted.filter(|package| !is_there(&package.brings)).map(|package| package.name).collect();
        if missing.is_empty() {
            return Ok(());
        }
        bail!("this system has no apt-get. Install what these Debian packages hold, then start again: {}", missing.join(" "));
    }
    let missing = missing(wanted.map(|package| package.name), &installed()?);
    if missing.is_empty() {
        return Ok(());
    }
    let rights = Rights::here()?;
    if rights == Rights::None {
        bail!("system packages are missing. Run this line, then start again:\n\n  {}", rights.line(&commands(&missing)));
    }
    println!("Installing {}", missing.join(" "));
    update(rights)?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(&missing);
    run(&mut apt(rights, &arguments))
}

/// apt that asks nothing, waits for whoever holds the lock, and speaks English, since what it says about the lock is read.
fn apt(rights: Rights, arguments: &[&str]) -> Command {
    let patience = format!("DPkg::Lock::Timeout={}", PATIENCE.as_secs());
    let mut command = rights.command("apt-get");
    command.args([
        "-o",
        &patience,
        "-o",
        "Acquire::Retries=3",
        "-o",
        "Dpkg::Options::=--force-confdef",
        "-o",
        "Dpkg::Options::=--force-confold",
    ]);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Brings the package lists up to date. `apt-get update` does not wait for a package manager that is busy, so this does.
fn update(rights: Rights) -> Result<()> {
    let tries = PATIENCE.as_secs() / LOOK_AGAIN.as_secs();
    for _ in 0..tries {
        let output = apt(rights, &["update"]).output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            return Ok(());
        }
        if !is_locked(&said) {
            bail!("the package lists could not be updated:\n{said}");
        }
        println!("Another package manager is at work; waiting.");
        thread::sleep(LOOK_AGAIN);
    }
    bail!("another package manager has been at work for {} minutes; start again when it is done", PATIENCE.as_secs() / 60)
}

/// True where apt says that somebody else holds its lock.
fn is_locked(said: &str) -> bool {
    ["Could not get lock", "Unable to lock", "Unable to acquire the dpkg frontend lock"].iter().any(|words| said.contains(words))
}

/// What installs them by hand.
pub(super) fn commands(packages: &[&str]) -> [String; 2] {
    ["apt-get update".to_owned(), format!("apt-get install -y --no-install-recommends {}", packages.join(" "))]
}

/// The installed packages, as dpkg lists them: name and state, a line each.
fn installed() -> Result<String> {
    output(&mut program("dpkg-query", &["--show", "--showformat=${Package} ${db:Status-Status}\n"]))
}

fn missing<'a>(wanted: impl Iterator<Item = &'a str>, installed: &str) -> Vec<&'a str> {
    let is_installed = |package: &&str| installed.lines().any(|line| line.strip_prefix(*package) == Some(" installed"));
    wanted.filter(|package| !is_installed(package)).collect()
}

fn is_there(brought: &Brings) -> bool {
    match brought {
        Program(name) => is_installed(name),
        Library(name) => Command::new("pkg-config").args(["--exists", name]).status().is_ok_and(|status| status.success()),
        File(name) => LIBRARIES.iter().any(|folder| Path::new(folder).join(name).is_file()),
        Font(name) => Command::new("fc-list").output().is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_missing_unless_it_is_installed_itself() {
        let installed = "mold installed\nxvfb config-files\nlibmold-dev installed\nxauth installed\n";
        assert_eq!(missing(["mold", "xvfb", "strace", "xauth"].into_iter(), installed), ["xvfb", "strace"]);
    }

    #[test]
    fn only_a_lock_is_waited_for() {
        assert!(is_locked("E: Could not get lock /var/lib/apt/lists/lock. It is held by process 7 (apt-get)\nE: Unable to lock directory"));
        assert!(!is_locked("E: The repository 'http://blocked.example bookworm Release' does not have a Release file."));
    }

    #[test]
    fn apt_asks_nothing_reads_nothing_and_speaks_english() {
        for rights in [Rights::Root, Rights::Sudo] {
            let command = apt(rights, &["install", "-y", "mold"]);
            let mut said: Vec<_> =
                command.get_envs().map(|(name, value)| format!("{}={}", name.display(), value.unwrap().display())).collect();
            said.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
            for needed in ["LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", "DPkg::Lock::Timeout=600", "Dpkg::Options::=--force-confold", "-y"]
            {
                assert!(said.iter().any(|word| word == needed), "{rights:?}: {needed} in {said:?}");
            }
        }
    }
}
