//! The steps of `cargo xtask test`.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use super::{Totals, hub, shipping};
use crate::{
    bindings,
    command::{cargo, root, run, target, watch},
    display, licences, ui,
};

/// One step.
pub(super) struct Step {
    /// What it is called on the command line.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) what: &'static str,
    /// Does it.
    pub(super) run: fn(&mut Totals) -> Result<()>,
}

/// What the program is built with in every step, so that nothing is built twice.
pub(super) const FEATURES: &str = "sellme/custom-protocol,sellme/browser,sellme-voice/endpoint";

/// How many cases a property is tried with.
const CASES: &str = "PROPTEST_CASES";

/// What it is shipped with.
pub(super) const SHIPPED: &str = "sellme/custom-protocol";

/// All steps, the quick ones first.
pub(super) const STEPS: &[Step] = &[
    Step { name: "format", what: "Rust is formatted", run: format },
    Step { name: "ui", what: "types, lint, formatting, unit tests, build and size of the window", run: ui },
    Step {
        name: "browser",
        what: "the window in Chromium: against the fake backend, with accessibility scans; by voice against the program itself; a stock voice client",
        run: browser,
    },
    Step { name: "lint", what: "clippy, warnings are errors", run: lint },
    Step { name: "rust", what: "unit, property, golden and integration tests", run: rust },
    Step { name: "fuzz", what: "harmed session descriptions and event streams, many of them; PROPTEST_CASES says how many", run: fuzz },
    Step {
        name: "hub",
        what: "the company's server, asked at random by its own document; SELLME_HUB_EXAMPLES says how often",
        run: hub::asked_at_random,
    },
    Step { name: "bindings", what: "generated files are up to date", run: generated },
    Step { name: "licences", what: "licences, bans and sources of crates, packages, fonts and data", run: licences },
    Step { name: "window", what: "the real window under Xvfb", run: window },
    Step { name: "shipping", what: "three promises of the shipping profile", run: shipping::promises },
];

/// Builds the pages and the programs that tests start. The whole workspace with its tests is selected, as in the tests themselves: another selection would ask the same crates
/// for other features and build them twice.
pub(super) fn build() -> Result<()> {
    ui::build_what_changed()?;
    run(&mut cargo(&["build", "--workspace", "--bins", "--tests", "--features", FEATURES]))
}

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
    build()?;
    // What speaks and listens does so in real time: one after the other, and nothing beside it.
    for script in ["test:browser", "test:sound"] {
        let mut specs = ui::script(script);
        for (name, program) in [("SELLME_ENDPOINT", "sellme-endpoint"), ("SELLME_PROGRAM", "sellme"), ("SELLME_HUB", "sellme-hub")] {
            specs.env(name, target().join("debug").join(program));
        }
        counted(&mut specs, totals)?;
    }
    Ok(())
}

fn lint(_: &mut Totals) -> Result<()> {
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--features", FEATURES, "--", "--deny", "warnings"]))?;
    // What people get has not what tests drive it with; what is used by that alone is dead in it.
    run(&mut cargo(&["clippy", "--package", "sellme", "--features", SHIPPED, "--", "--deny", "warnings"]))
}

fn rust(totals: &mut Totals) -> Result<()> {
    // The window's tests need a display and have a step of their own.
    build()?;
    counted(&mut cargo(&["test", "--workspace", "--features", FEATURES]), totals)
}

/// What strangers send, harmed at random: the fuzzing that a stable toolchain has. A counterexample is shrunk and printed.
fn fuzz(totals: &mut Totals) -> Result<()> {
    build()?;
    let mut command = cargo(&["test", "--workspace", "--features", FEATURES, "--test", "all", "--", "sdp::", "streams::"]);
    if std::env::var_os(CASES).is_none() {
        command.env(CASES, "500");
    }
    counted(&mut command, totals)
}

fn generated(totals: &mut Totals) -> Result<()> {
    counted(&mut bindings::check(), totals)
}

fn licences(_: &mut Totals) -> Result<()> {
    licences::check()
}

fn window(totals: &mut Totals) -> Result<()> {
    // No picture of an earlier run is taken for one of this.
    let pictures = root().join("tests/screens/current");
    if pictures.exists() {
        fs::remove_dir_all(&pictures)?;
    }
    build()?;
    counted(
        &mut under_display(&[
            "test",
            "--workspace",
            "--features",
            FEATURES,
            "--test",
            "all",
            "--",
            "window::",
            "--ignored",
            "--test-threads=1",
        ]),
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
