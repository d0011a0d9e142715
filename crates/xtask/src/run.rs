//! `cargo xtask run`: the window; without a display the terminal; without a terminal a short scripted session.

use std::{
    io::IsTerminal,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::{
    command::{cargo, root, run as finish, target},
    setup::{self, For},
    ui,
};

/// Whom the script of the demo was written for: whoever came before, the same session is shown.
const DEMO: &str = "the-gunner-friendly-easy";

/// What `sellme` ends with where no display answers (see `src-tauri/src/exit.rs`).
const NO_DISPLAY: i32 = 69;

/// Builds a development profile and starts it.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    setup::needs(For::Running)?;
    ui::build()?;
    finish(&mut cargo(&["build", "--package", "sellme", "--features", "custom-protocol"]))?;
    let sellme = target().join("debug").join(format!("sellme{}", std::env::consts::EXE_SUFFIX));
    let start = |arguments: &[String]| -> Result<i32> {
        let status = Command::new(&sellme).args(arguments).current_dir(root()).status().context("the program could not be started")?;
        Ok(status.code().unwrap_or(1))
    };
    let code = start(arguments)?;
    if code != NO_DISPLAY || !arguments.is_empty() {
        return Ok(exit(code));
    }
    if std::io::stdin().is_terminal() && std::io::stdout().is_terminal() {
        println!("The same practice, in the terminal:\n");
        return Ok(exit(start(&["practice".to_owned()])?));
    }
    println!("There is no terminal either; here is a short session, played from a script:\n");
    let script = root().join("tests/scripts/demo.txt").to_string_lossy().into_owned();
    // Nobody practised, so it goes into nobody's history.
    let folder = target().join("demo").to_string_lossy().into_owned();
    let arguments = ["practice", "--scenario", DEMO, "--seed", "1", "--script", &script, "--data-dir", &folder];
    Ok(exit(start(&arguments.map(str::to_owned))?))
}

fn exit(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}
