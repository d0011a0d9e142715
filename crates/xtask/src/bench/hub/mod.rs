//! The company's server against the reference: the same service as it was first designed, in its strongest form, on the same data, in the same run. The reference and what
//! measures both lie beside the repository; where they do not, there is nothing to compare with.

mod budgets;
mod figures;
mod reference;

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{measured::Scratch, row::Row};
use crate::command::{cargo, program, root, run, target};
use figures::Figures;

/// How the reference is started: write-ahead log, and the index that its slowest question needs.
const REFERENCE: &str = "sides/seed-reference-wal-indexed.json";

/// How the server is started.
const HUB: &str = "crates/hub/bench/side.json";

/// Builds the server as it would be released, and runs both in turn.
pub(super) fn measure() -> Result<Vec<Row>> {
    let shared = root().join("../shared/bench");
    if !shared.join("load.mjs").is_file() {
        println!("skipped: no bench");
        return Ok(Vec::new());
    }
    let bench = reference::set_up(&shared)?;
    // Where the file that starts it looks for it, wherever cargo builds everything else.
    run(&mut cargo(&["build", "--release", "--package", "sellme-hub", "--features", "sellme-hub/bench", "--target-dir", "target"]))?;
    compare(&bench, &root().join(HUB))
}

/// Two rounds of each, in turn. What they printed and all that was measured stays in `target/bench/hub.json`.
fn compare(bench: &Path, side: &Path) -> Result<Vec<Row>> {
    // Both write to the same disk, and to no memory.
    let scratch = Scratch::new("hub")?;
    let json = target().join("bench/hub.json");
    let mut load = program("node", &["load.mjs", "ab", "--a", REFERENCE, "--rounds", "2", "--secs", "2"]);
    load.arg("--b").arg(side).arg("--json").arg(&json).env("BENCH_TMP", &scratch.0).current_dir(bench);
    // Whoever measures may have a server of his own to talk to.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("SELLME_")) {
        load.env_remove(name);
    }
    run(&mut load)?;
    let text = fs::read_to_string(&json).with_context(|| format!("{} cannot be read", json.display()))?;
    budgets::rows(&Figures::read(&text)?)
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    fn side() -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(root().join(HUB)).unwrap()).unwrap()
    }

    #[test]
    fn the_server_is_started_as_it_was_built() {
        let side = side();
        let folder = root().join(HUB).parent().unwrap().join(side["cwd"].as_str().unwrap());
        assert_eq!(folder.canonicalize().unwrap(), root());
        let started = side["cmd"][0].as_str().unwrap();
        assert_eq!(started, "target/release/sellme-hub");
        assert!(side["prepare"].as_str().unwrap().contains(&format!("&& {started} import-reference ")), "{side}");
    }

    #[test]
    fn every_start_begins_with_no_data_of_an_earlier_one() {
        let side = side();
        assert!(side["prepare"].as_str().unwrap().starts_with("rm -rf \"$SIDE_DB.d\" && "), "{side}");
        for command in ["prepare", "headers"] {
            assert!(Command::new("sh").args(["-n", "-c", side[command].as_str().unwrap()]).status().unwrap().success(), "{command}");
        }
    }
}
