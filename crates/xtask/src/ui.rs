//! The window's pages.

use anyhow::Result;

use crate::command::{program, root, run};

/// Runs a script of `ui/package.json`.
pub(crate) fn script(name: &str) -> std::process::Command {
    let mut command = program("npm", &["run", "--silent", name]);
    command.current_dir(root().join("ui"));
    command
}

/// Builds the pages that the program embeds.
pub(crate) fn build() -> Result<()> {
    run(&mut script("build"))
}
