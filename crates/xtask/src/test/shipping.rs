//! The shipping profile is built, and three promises are driven in it: no devtools, no automation by environment variable, a panic in a command leaves the window
//! working. For the last one the program is built once more so that it can be driven; only its own crate is built again.

use std::fs;

use anyhow::{Context, Result, bail};

use super::{
    Totals,
    steps::{self, FEATURES, SHIPPED, under_display},
};
use crate::command::{cargo, run, target, watch};

/// Builds it and drives the promises.
pub(super) fn promises(totals: &mut Totals) -> Result<()> {
    let build = |features: &str| run(&mut cargo(&["build", "--profile", "shipping", "--package", "sellme", "--features", features]));
    build(&format!("{SHIPPED},sellme/automation"))?;
    let folder = target().join("shipping");
    fs::copy(folder.join("sellme"), folder.join("sellme-driven")).context("the driven build could not be set aside")?;
    // Last, so that what lies in the folder is what ships.
    build(SHIPPED)?;
    // The development build is what has devtools, to compare with.
    steps::build()?;
    let mut command = under_display(&[
        "test",
        "--workspace",
        "--features",
        FEATURES,
        "--test",
        "all",
        "--",
        "shipping::",
        "--ignored",
        "--test-threads=1",
    ]);
    let (printed, success) = watch(&mut command)?;
    totals.read(&printed);
    if !success {
        bail!("the shipping build breaks a promise");
    }
    Ok(())
}
