//! Tools that are built from the crates registry, into the target folder.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{cargo, run, target};

const CARGO_DENY: &str = "0.20.2";

/// Where `cargo-deny` is.
pub(crate) fn cargo_deny() -> PathBuf {
    target().join("tools").join(CARGO_DENY).join("bin").join(format!("cargo-deny{}", std::env::consts::EXE_SUFFIX))
}

/// Builds what is missing.
pub(super) fn install() -> Result<()> {
    if cargo_deny().is_file() {
        return Ok(());
    }
    println!("Building cargo-deny {CARGO_DENY}");
    let folder = target().join("tools").join(CARGO_DENY);
    let folder = folder.to_string_lossy();
    // Without its default features it has no network, which the checks that run here do not need.
    run(&mut cargo(&["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--no-default-features", "--quiet", "--root", &folder]))
}
