//! `cargo xtask endpoint`: a service to talk with by voice, on this machine and without a key.

use std::{
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context, Result};

use crate::command::{cargo, root, run, target};

/// The customer of the demo, for whom its script was written.
const DEMO: &str = "the-gunner-friendly-easy";

/// Builds the endpoint and runs it until it is stopped.
pub(crate) fn serve(arguments: &[String]) -> Result<ExitCode> {
    run(&mut cargo(&["build", "--package", "sellme-voice", "--features", "endpoint", "--bin", "sellme-endpoint"]))?;
    let mut command = Command::new(program());
    command.args(arguments).current_dir(root());
    if !arguments.iter().any(|argument| argument == "--script")
        && let Some(script) = script(arguments)
    {
        command.arg("--script").arg(script);
    }
    become_it(&mut command)
}

/// Takes this process's place, so that whoever stops this stops the endpoint.
#[cfg(unix)]
fn become_it(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).context("the endpoint could not be started")
}

#[cfg(not(unix))]
fn become_it(command: &mut Command) -> Result<ExitCode> {
    let status = command.status().context("the endpoint could not be started")?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// What a good rep says to this customer, where such a script lies beside the tests.
fn script(arguments: &[String]) -> Option<PathBuf> {
    let named = arguments.iter().position(|argument| argument == "--scenario").and_then(|at| arguments.get(at + 1));
    let scripts = root().join("tests/scripts");
    let script = match named {
        Some(scenario) if scenario != DEMO => scripts.join(scenario).join("good.txt"),
        _ => scripts.join("demo.txt"),
    };
    Some(script).filter(|script| script.is_file())
}

fn program() -> PathBuf {
    target().join("debug").join(format!("sellme-endpoint{}", std::env::consts::EXE_SUFFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_of_the_scenario_is_found_where_there_is_one() {
        let ends = |arguments: &[&str], end: &str| {
            let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
            script(&arguments).is_some_and(|script| script.ends_with(end))
        };
        assert!(ends(&[], "scripts/demo.txt"));
        assert!(ends(&["--scenario", "pilbara-skeptical-medium"], "pilbara-skeptical-medium/good.txt"));
        assert_eq!(script(&["--scenario".to_owned(), "nobody".to_owned()]), None);
    }
}
