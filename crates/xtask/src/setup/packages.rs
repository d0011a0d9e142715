//! System packages: by apt on Debian and Ubuntu, named elsewhere.

use std::process::Command;

use anyhow::{Result, bail};

use super::For;
use crate::command::{is_installed, output, program, run};

/// What the window is built with, and the fast linker.
const BUILD: &[&str] = &["libwebkit2gtk-4.1-dev", "mold", "pkg-config"];

/// What the tests drive: a display, a session bus, the webview's driver, a browser; strace shows that a write reached the disk, fonts that a screen is readable.
const TEST: &[&str] = &[
    "xvfb",
    "xauth",
    "x11-utils",
    "dbus-daemon",
    "webkit2gtk-driver",
    "chromium",
    "strace",
    "fonts-dejavu-core",
    "util-linux",
    "imagemagick",
];

/// Installs the packages that are missing.
pub(super) fn install(purpose: For) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let wanted = BUILD.iter().chain(if purpose == For::Testing { TEST } else { &[] });
    if !is_installed("dpkg-query") || !is_installed("apt-get") {
        return name_missing(wanted.copied());
    }
    let missing: Vec<&str> = wanted.copied().filter(|package| !is_package_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing {}", missing.join(" "));
    let root = output(&mut program("id", &["-u"]))?.trim() == "0";
    if !root && !is_sudo_silent() {
        bail!(
            "packages are missing and sudo would ask for a password. Run this line, then start again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends {}",
            missing.join(" ")
        );
    }
    let apt = |arguments: &[&str]| {
        let mut command =
            if root { program("apt-get", &[]) } else { program("sudo", &["-n", "--preserve-env=DEBIAN_FRONTEND", "apt-get"]) };
        command
            .args(["-o", "DPkg::Lock::Timeout=600", "-o", "Acquire::Retries=3"])
            .args(arguments)
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    wait_for_lists(&apt)?;
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(&missing);
    run(&mut apt(&arguments))
}

/// `apt-get update` does not wait for a package manager that is busy, so this does: five minutes at most.
fn wait_for_lists(apt: &dyn Fn(&[&str]) -> Command) -> Result<()> {
    for _ in 0..60 {
        let (printed, done) = {
            let output = apt(&["update"]).output()?;
            (String::from_utf8_lossy(&output.stderr).into_owned(), output.status.success())
        };
        if done {
            return Ok(());
        }
        if !printed.contains("lock") {
            bail!("the package lists could not be updated:\n{printed}");
        }
        println!("Another package manager is at work; waiting.");
        std::thread::sleep(std::time::Duration::from_secs(5));
    }
    bail!("another package manager has been at work for five minutes; start again when it is done")
}

fn is_package_installed(package: &str) -> bool {
    let status = Command::new("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]).output();
    status.is_ok_and(|output| output.stdout == b"installed")
}

fn is_sudo_silent() -> bool {
    Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|output| output.status.success())
}

/// Where there is no apt, what is missing is named and the builder decides.
fn name_missing<'a>(wanted: impl Iterator<Item = &'a str>) -> Result<()> {
    let built = Command::new("pkg-config").args(["--exists", "webkit2gtk-4.1"]).status().is_ok_and(|status| status.success());
    if built {
        return Ok(());
    }
    let names: Vec<_> = wanted.collect();
    bail!("this system has no apt-get. Install what these Debian packages hold, then start again: {}", names.join(" "))
}
