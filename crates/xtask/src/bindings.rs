//! The TypeScript types of the window, generated from the Rust types.

use std::process::Command;

use crate::command::cargo;

/// Checks them, or with `UPDATE_BINDINGS` in the environment writes them.
pub(crate) fn check() -> Command {
    cargo(&["test", "--quiet", "--package", "sellme-core", "--features", "bindings", "--test", "bindings"])
}
