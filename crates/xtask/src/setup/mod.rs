//! Installs what building and testing need. Quick when nothing is missing.

mod node;
mod packages;
mod rights;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};

pub(crate) use tools::{cargo_deny, schemathesis};

/// What a task needs to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    /// Building and starting the window.
    Running,
    /// Building, and every test.
    Testing,
}

/// `cargo xtask setup`.
pub(crate) fn everything() -> Result<ExitCode> {
    needs(For::Testing)?;
    println!("Set up. `cargo xtask run` opens the window, `cargo xtask test` runs every test.");
    Ok(ExitCode::SUCCESS)
}

/// Makes sure that all is there.
pub(crate) fn needs(purpose: For) -> Result<()> {
    // Both are looked at before either stops it, so that whoever has to mend something reads all of it at once.
    let refused: Vec<_> =
        [packages::install(purpose), node::check()].into_iter().filter_map(Result::err).map(|error| format!("{error:#}")).collect();
    if !refused.is_empty() {
        bail!("{}", refused.join("\n\n"));
    }
    node::install()?;
    if purpose == For::Testing {
        tools::install()?;
    }
    Ok(())
}
