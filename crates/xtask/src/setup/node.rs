//! Node, and the packages of the window.

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

use super::{packages, rights::Rights};
use crate::command::{is_installed, program, root, run};

/// The oldest Node that the window's tools run on.
const OLDEST: (u32, u32) = (20, 19);

/// Makes sure that node and npm are there and new enough. They are not installed from here: which Node a machine has is its owner's choice.
///
/// # Errors
/// Says what is missing or too old, and the line that mends it.
pub(super) fn check() -> Result<()> {
    let printed = Command::new("node").arg("--version").output().ok().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let Some(wrong) = wrong(printed.as_deref(), is_installed("npm")) else { return Ok(()) };
    bail!("{wrong} {}", remedy(is_installed("npm"), is_installed("apt-get"), Rights::here()?))
}

/// What is wrong with what `node --version` printed, or that there is no npm beside it.
fn wrong(printed: Option<&str>, npm: bool) -> Option<String> {
    let needed = format!("Node {}.{} or newer is needed, with npm.", OLDEST.0, OLDEST.1);
    let Some(printed) = printed else { return Some(format!("node is not installed. {needed}")) };
    let mut numbers = printed.trim().trim_start_matches('v').split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    let version = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if version < OLDEST {
        return Some(format!("Node {} is too old. {needed}", printed.trim()));
    }
    (!npm).then(|| format!("npm is not installed. {needed}"))
}

/// Debian 12 has Node 18 only; npm brings a newer one, which goes before it on the path.
fn remedy(npm: bool, apt: bool, rights: Rights) -> String {
    if !npm && !apt {
        return "Install it from the Node.js project, or with a version manager (nvm, fnm, volta), then start again.".to_owned();
    }
    let mut commands = if npm { Vec::new() } else { packages::commands(&["npm"]).to_vec() };
    commands.push("npm install --global node@20".to_owned());
    let line = rights.line(&commands);
    format!(
        "Debian 12 itself has only Node 18. Run this line, then start again (a version manager such as nvm or fnm does as well):\n\n  {line}"
    )
}

/// Installs the window's packages where the lock file changed since the last time.
pub(super) fn install() -> Result<()> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_node_is_named_exactly() {
        assert_eq!(wrong(Some("v20.19.0\n"), true), None);
        assert_eq!(wrong(Some("v22.1.0\n"), true), None);
        for (printed, npm, said) in [
            (None, true, "node is not installed"),
            (Some("v18.20.4\n"), true, "Node v18.20.4 is too old"),
            (Some("v20.18.3\n"), false, "Node v20.18.3 is too old"),
            (Some("gibberish"), true, "Node gibberish is too old"),
            (Some("v20.19.1\n"), false, "npm is not installed"),
        ] {
            let wrong = wrong(printed, npm).unwrap();
            assert!(wrong.starts_with(said) && wrong.contains("20.19"), "{wrong}");
        }
    }

    #[test]
    fn the_remedy_is_a_line_to_run() {
        assert!(remedy(true, true, Rights::Root).ends_with("\n\n  npm install --global node@20"));
        let both = remedy(false, true, Rights::Sudo);
        assert!(both.contains("sudo apt-get install -y --no-install-recommends npm && sudo npm install --global node@20"), "{both}");
        assert!(remedy(false, false, Rights::None).contains("Node.js project"));
    }
}
