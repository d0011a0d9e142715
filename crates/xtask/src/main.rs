//! Everything that a developer starts. Builds with nothing but Rust and gcc; installs the rest.
#![allow(clippy::print_stdout, reason = "a task talks to the terminal")]

mod bench;
mod bindings;
mod command;
mod display;
mod endpoint;
mod format;
mod hub;
mod licences;
mod run;
mod setup;
mod test;
mod ui;

use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask <task>

  setup     installs what building and testing need (safe to run twice)
  run       builds a development profile and opens the window; without a display, practises in the terminal
  endpoint  a service to talk with by voice, on this machine and without a key; `endpoint --help` says more
  hub       the company's server with a sample company, and what to paste to talk with it
  test      checks and tests everything, and prints totals; `test <step>…` only these (see `test list`)
  bench     measures the budgets and prints them as a table; `bench <name>…` only these
  fmt       formats everything and regenerates generated files
  licences  checks the licences of everything that ships, and lists them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let rest = arguments.get(1..).unwrap_or_default();
    let done = match arguments.first().map(String::as_str) {
        Some("setup") => setup::everything(),
        Some("run") => run::run(rest),
        Some("endpoint") => endpoint::serve(rest),
        Some("hub") => hub::serve(rest),
        Some("test") => test::test(rest),
        Some("bench") => bench::bench(rest),
        Some("fmt") => format::write(),
        Some("licences") => licences::list(),
        _ => {
            println!("{HELP}");
            return if arguments.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(2) };
        }
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
