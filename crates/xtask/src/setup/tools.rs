//! Tools that come from the registries of crates and of Python's packages, into the target folder.

use std::{
    env::consts::EXE_SUFFIX,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::command::{cargo, run, target};

const CARGO_DENY: &str = "0.20.2";

/// `schemathesis` and all that it needs, in exact versions.
const SCHEMATHESIS: &str = include_str!("schemathesis.txt");

/// Debian's own, which its package python3-venv belongs to: a version manager may have put another first on the path.
const PYTHON: &str = "/usr/bin/python3";

/// Where `cargo-deny` is.
pub(crate) fn cargo_deny() -> PathBuf {
    folder(CARGO_DENY).join("bin").join(format!("cargo-deny{EXE_SUFFIX}"))
}

/// Where `schemathesis` is.
pub(crate) fn schemathesis() -> PathBuf {
    folder("schemathesis").join("bin").join(format!("schemathesis{EXE_SUFFIX}"))
}

fn folder(name: &str) -> PathBuf {
    target().join("tools").join(name)
}

/// Brings what is missing.
pub(super) fn install() -> Result<()> {
    install_cargo_deny()?;
    install_schemathesis()
}

fn install_cargo_deny() -> Result<()> {
    if cargo_deny().is_file() {
        return Ok(());
    }
    println!("Building cargo-deny {CARGO_DENY}");
    let folder = folder(CARGO_DENY);
    let folder = folder.to_string_lossy();
    // Without its default features it has no network, which the checks that run here do not need. Built in a third of the time, it takes a second more.
    run(&mut cargo(&[
        "install",
        "cargo-deny",
        "--version",
        CARGO_DENY,
        "--locked",
        "--no-default-features",
        "--debug",
        "--quiet",
        "--root",
        &folder,
    ]))
}

/// Into a folder of its own, anew where the list of versions changed since the last time.
fn install_schemathesis() -> Result<()> {
    let folder = folder("schemathesis");
    let stamp = folder.join(".installed");
    if is_installed(&stamp, SCHEMATHESIS) && schemathesis().is_file() {
        return Ok(());
    }
    println!("Installing schemathesis");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be removed", folder.display()))?;
    }
    let python = if Path::new(PYTHON).is_file() { PYTHON } else { "python3" };
    run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
    let versions = folder.join("versions.txt");
    fs::write(&versions, SCHEMATHESIS)?;
    // Nothing is built on the way, and nothing comes along that is not in the list.
    let options = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet", "--only-binary", ":all:", "--no-deps"];
    run(Command::new(folder.join("bin").join(format!("python{EXE_SUFFIX}"))).args(options).arg("--requirement").arg(&versions))?;
    fs::write(stamp, SCHEMATHESIS)?;
    Ok(())
}

/// True where the stamp of the last time is of these versions.
fn is_installed(stamp: &Path, versions: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|installed| installed == versions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_of_python_has_one_version() {
        let packages: Vec<&str> = SCHEMATHESIS.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(packages[0].starts_with("schemathesis==4."), "{packages:?}");
        for package in packages {
            let (name, version) = package.split_once("==").unwrap_or_else(|| panic!("{package} has no version"));
            assert!(!name.is_empty() && version.starts_with(|first: char| first.is_ascii_digit()), "{package}");
            assert!(version.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '.'), "{package}");
        }
    }

    #[test]
    fn what_was_not_installed_to_the_end_or_with_other_versions_is_installed_again() {
        let stamp = std::env::temp_dir().join(format!("sellme-stamp-{}", std::process::id()));
        assert!(!is_installed(&stamp, "a==1"));
        fs::write(&stamp, "a==1").unwrap();
        assert!(is_installed(&stamp, "a==1"));
        assert!(!is_installed(&stamp, "a==2"));
        fs::remove_file(stamp).unwrap();
    }
}
