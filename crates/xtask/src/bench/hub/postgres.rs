//! A PostgreSQL of the measurement's own, as the tests have it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::command::{cargo, run};

/// A running server; it ends with this.
#[derive(Debug)]
pub(super) struct Postgres {
    child: Child,
    /// Where it is, without the name of a database.
    pub(super) address: String,
}

impl Postgres {
    /// Starts one.
    pub(super) fn start() -> Result<Self> {
        let example = ["--quiet", "--package", "sellme-tests", "--example", "postgres"];
        run(cargo(&["build"]).args(example))?;
        let mut child = cargo(&["run"]).args(example).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut url = String::new();
        BufReader::new(child.stdout.take().context("no standard output")?).read_line(&mut url)?;
        let Some((address, _)) = url.trim().rsplit_once('/') else {
            bail!("PostgreSQL could not be started; `cargo xtask setup` installs it")
        };
        Ok(Self { address: address.to_owned(), child })
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // At the end of its standard input it puts everything away.
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}
