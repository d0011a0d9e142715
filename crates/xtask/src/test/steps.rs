//! The steps of `cargo xtask test`.

use std::process::Command;

use anyhow::{Result, bail};

use super::{Totals, shipping};
use crate::{
    bindings,
    command::{cargo, run, watch},
    display, licences, ui,
};

/// One step.
pub(super) struct Step {
    /// What it is called on the command line.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) what: &'static str,
    /// True where it runs without being named.
    pub(super) usual: bool,
    /// Does it.
    pub(super) run: fn(&mut Totals) -> Result<()>,
}

/// What the program is built with in every step, so that nothing is built twice.
pub(super) const FEATURES: &str = "sellme/custom-protocol,sellme/automation";

/// All steps, the quick ones first.
pub(super) const STEPS: &[Step] = &[
    Step { name: "format", what: "Rust is formatted", usual: true, run: format },
    Step { name: "ui", what: "types, lint, formatting, unit tests, build and size of the window", usual: true, run: ui },
    Step { name: "browser", what: "the window in Chromium against the fake backend, with accessibility scans", usual: true, run: browser },
    Step { name: "lint", what: "clippy, warnings are errors", usual: true, run: lint },
    Step { name: "rust", what: "unit, property, golden and integration tests", usual: true, run: rust },
    Step { name: "bindings", what: "generated files are up to date", usual: true, run: generated },
    Step { name: "licences", what: "licences, bans and sources of crates, packages, fonts and data", usual: true, run: licences },
    Step { name: "window", what: "the real window under Xvfb", usual: true, run: window },
    Step { name: "shipping", what: "three promises of the shipping profile, on request", usual: false, run: shipping::promises },
];

fn counted(command: &mut Command, totals: &mut Totals) -> Result<()> {
    let (printed, success) = watch(command)?;
    totals.read(&printed);
    if !success {
        bail!("the command above failed");
    }
    Ok(())
}

fn format(_: &mut Totals) -> Result<()> {
    run(&mut cargo(&["fmt", "--all", "--check"]))
}

fn ui(totals: &mut Totals) -> Result<()> {
    run(&mut ui::script("check"))?;
    run(&mut ui::script("lint"))?;
    counted(&mut ui::script("test"), totals)?;
    ui::build()?;
    run(&mut ui::script("size"))
}

fn browser(totals: &mut Totals) -> Result<()> {
    counted(&mut ui::script("test:browser"), totals)
}

fn lint(_: &mut Totals) -> Result<()> {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--features", FEATURES, "--", "--deny", "warnings"]))
}

fn rust(totals: &mut Totals) -> Result<()> {
    // The window's tests need a display and have a step of their own.
    run(&mut cargo(&["build", "--package", "sellme", "--features", FEATURES]))?;
    counted(&mut cargo(&["test", "--workspace", "--features", FEATURES]), totals)
}

fn generated(totals: &mut Totals) -> Result<()> {
    counted(&mut bindings::check(), totals)
}

fn licences(_: &mut Totals) -> Result<()> {
    licences::check()
}

fn window(totals: &mut Totals) -> Result<()> {
    run(&mut cargo(&["build", "--package", "sellme", "--features", FEATURES]))?;
    counted(
        &mut under_display(&["test", "--workspace", "--features", FEATURES, "--test", "window", "--", "--ignored", "--test-threads=1"]),
        totals,
    )
}

/// cargo under a virtual display with a session bus of its own.
pub(super) fn under_display(arguments: &[&str]) -> Command {
    let inner = cargo(arguments);
    let mut command = display::inside(&inner.get_program().to_string_lossy());
    command.args(inner.get_args());
    for (name, value) in inner.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command
}
