//! What is generated from the Rust types: the TypeScript types of the window, and the documents of the hub.

use std::{fs, process::Command};

use anyhow::Result;

use crate::command::{cargo, output, root};

/// Checks them, or with `UPDATE_BINDINGS` in the environment writes them.
pub(crate) fn check() -> Command {
    cargo(&["test", "--quiet", "--package", "sellme-core", "--features", "bindings", "--test", "bindings"])
}

/// Writes the OpenAPI documents of the hub, of its application and its administration; its own tests check them.
pub(crate) fn write_documents() -> Result<()> {
    let documents: [(&str, &[&str]); 2] = [("openapi.json", &[]), ("admin-openapi.json", &["--admin"])];
    for (file, which) in documents {
        let document = output(cargo(&["run", "--quiet", "--package", "sellme-hub", "--", "openapi"]).args(which))?;
        fs::write(root().join("crates/hub").join(file), document)?;
    }
    Ok(())
}
