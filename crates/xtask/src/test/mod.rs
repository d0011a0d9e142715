//! `cargo xtask test`: every check, in an order in which the quick ones fail first.

mod hub;
mod shipping;
mod steps;
mod totals;

use std::{
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use crate::setup::{self, For};
use steps::STEPS;
use totals::Totals;

/// Runs the named steps, or all.
pub(crate) fn test(names: &[String]) -> Result<ExitCode> {
    if names.first().is_some_and(|name| name == "list") {
        STEPS.iter().for_each(|step| println!("{:10} {}", step.name, step.what));
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        bail!("there is no step “{unknown}”; `cargo xtask test list` names them");
    }
    let started = Instant::now();
    setup::needs(For::Testing)?;
    println!("setup: {}", shown(started.elapsed()));
    let mut totals = Totals::default();
    let mut failed = Vec::new();
    let mut timings = vec![("setup", started.elapsed())];
    for step in STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)) {
        println!("\n== {} ({})", step.name, step.what);
        let begun = Instant::now();
        if let Err(error) = (step.run)(&mut totals) {
            println!("FAILED {}: {error:#}", step.name);
            failed.push(step.name);
        }
        timings.push((step.name, begun.elapsed()));
    }
    println!("\n== Times");
    timings.iter().for_each(|(name, time)| println!("{name:10} {}", shown(*time)));
    println!("{:10} {}", "all", shown(started.elapsed()));
    if !failed.is_empty() {
        println!("Failed: {}", failed.join(", "));
        totals.failed = totals.failed.max(1);
    }
    println!("{totals}");
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn shown(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}
