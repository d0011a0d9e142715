//! The shipping profile is built once, and three promises are driven in it: no devtools, no automation by environment variable, a panic in a command leaves
//! the window working.

use anyhow::{Result, bail};

use super::{
    Totals,
    steps::{FEATURES, under_display},
};
use crate::command::{cargo, run, watch};

/// Builds it and drives the promises.
pub(super) fn promises(totals: &mut Totals) -> Result<()> {
    run(&mut cargo(&["build", "--profile", "shipping", "--package", "sellme", "--features", "sellme/custom-protocol"]))?;
    let mut command =
        under_display(&["test", "--workspace", "--features", FEATURES, "--test", "shipping", "--", "--ignored", "--test-threads=1"]);
    let (printed, success) = watch(&mut command)?;
    totals.read(&printed);
    if !success {
        bail!("the shipping build breaks a promise");
    }
    Ok(())
}
