//! What is generated from the Rust types: the TypeScript types of the window, and the document of the hub.

use std::{fs, process::Command};

use anyhow::Result;

use crate::command::{cargo, output, root};

/// Checks them, or with `UPDATE_BINDINGS` in the environment writes them.
pub(crate) fn check() -> Command {
    cargo(&["test", "--quiet", "--package", "sellme-core", "--features", "bindings", "--test", "bindings"])
}

/// Writes the OpenAPI document of the hub; its own tests check it.
pub(crate) fn write_document() -> Result<()> {
    let document = output(&mut cargo(&["run", "--quiet", "--package", "sellme-hub", "--", "openapi"]))?;
    Ok(fs::write(root().join("crates/hub/openapi.json"), document)?)
}
