//! Node, and the packages of the window.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::command::{program, root, run};

/// Installs the window's packages where the lock file changed since the last time.
pub(super) fn install() -> Result<()> {
    version()?;
    let lock = fs::read(root().join("ui/package-lock.json")).context("ui/package-lock.json cannot be read")?;
    let stamp = root().join("ui/node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing the window's packages");
    run(program("npm", &["ci", "--no-audit", "--no-fund"]).current_dir(root().join("ui")))?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn version() -> Result<()> {
    let printed = Command::new("node").arg("--version").output().context("node is not installed; Node 20.19 or newer is needed")?.stdout;
    let printed = String::from_utf8_lossy(&printed);
    let mut numbers = printed.trim().trim_start_matches('v').split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version < (20, 19) {
        bail!("Node {} is too old; Node 20.19 or newer is needed", printed.trim());
    }
    Ok(())
}
