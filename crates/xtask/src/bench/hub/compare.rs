//! Two servers in turn, each time with a fresh copy of the data and a fresh process.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::figures::Figures;
use crate::{
    bench::measured::Scratch,
    command::{program, run, target},
};

/// One comparison.
pub(super) struct Comparison<'a> {
    /// What it is called.
    pub(super) name: &'a str,
    /// The files that start the two.
    pub(super) sides: [PathBuf; 2],
    /// What `load.mjs` measures; everything where it says nothing.
    pub(super) only: &'a [&'a str],
    /// What the sides are told by variables.
    pub(super) told: &'a [(&'a str, String)],
}

impl Comparison<'_> {
    /// Two rounds of each. What they printed and all that was measured stays in `target/bench/NAME.json`.
    pub(super) fn measure(&self, bench: &Path) -> Result<Figures> {
        // Both write to the same disk, and to no memory.
        let scratch = Scratch::new(self.name)?;
        let json = target().join(format!("bench/{}.json", self.name));
        let [a, b] = &self.sides;
        let mut load = program("node", &["load.mjs", "ab", "--rounds", "2", "--secs", "2"]);
        load.arg("--a").arg(a).arg("--b").arg(b).args(self.only).arg("--json").arg(&json);
        // Whoever measures may have servers of his own to talk to.
        for (name, _) in env::vars_os().filter(|(name, _)| name == "DATABASE_URL" || name.to_string_lossy().starts_with("SELLME_")) {
            load.env_remove(name);
        }
        for (name, value) in self.told {
            load.env(name, value);
        }
        run(load.env("BENCH_TMP", &scratch.0).current_dir(bench))?;
        let text = fs::read_to_string(&json).with_context(|| format!("{} cannot be read", json.display()))?;
        Figures::read(&text)
    }
}
