//! The window's pages.

use std::{fs, path::Path, time::SystemTime};

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

/// Builds them where something that they are made of is newer, so that no program with other pages is tested.
pub(crate) fn build_what_changed() -> Result<()> {
    let folder = root().join("ui");
    let built = changed(&folder.join("dist/index.html"));
    let parts = ["src", "messages", "index.html", "package-lock.json", "vite.config.ts", "svelte.config.js"];
    if built.is_some_and(|built| parts.iter().all(|part| newest(&folder.join(part)).is_none_or(|change| change <= built))) {
        return Ok(());
    }
    build()
}

/// When the newest of a folder's files, or a file, was changed.
fn newest(path: &Path) -> Option<SystemTime> {
    let inside = fs::read_dir(path).into_iter().flatten().flatten().filter_map(|entry| newest(&entry.path()));
    inside.chain(changed(path)).max()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|data| data.modified()).ok()
}
