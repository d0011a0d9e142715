//! Formatting and generated files.

use std::process::ExitCode;

use anyhow::Result;

use crate::{
    bindings,
    command::{cargo, run},
    setup::{self, For},
    ui,
};

/// `cargo xtask fmt`.
pub(crate) fn write() -> Result<ExitCode> {
    setup::needs(For::Running)?;
    run(&mut cargo(&["fmt", "--all"]))?;
    run(bindings::check().env("UPDATE_BINDINGS", "1"))?;
    bindings::write_documents()?;
    run(&mut ui::script("format"))?;
    Ok(ExitCode::SUCCESS)
}
