//! `cargo xtask bench`: the budgets of the program, measured on this machine and printed as a table. Never part of `cargo xtask test`: a loaded machine is not
//! a slow program.

mod bundle;
mod hub;
mod machine;
mod measured;
mod process;
mod row;
mod scoring;
mod sound;
mod store;
mod table;
mod turn;
mod voice;
mod window;

use std::process::ExitCode;

use anyhow::{Result, bail};

use row::Row;

/// One group of budgets, measured together.
struct Group {
    /// What it is called on the command line.
    name: &'static str,
    /// What it measures.
    what: &'static str,
    /// Measures it.
    measure: fn() -> Result<Vec<Row>>,
}

const GROUPS: &[Group] = &[
    Group { name: "start", what: "start and memory of the window against an empty one", measure: window::start },
    Group { name: "turn", what: "a rep's turn through the use cases against two durable inserts", measure: turn::measure },
    Group { name: "answer", what: "a rep's turn in the real window, until the answer is on the page", measure: window::answer },
    Group { name: "store", what: "progress, search and room of ten thousand sessions and products", measure: store::measure },
    Group { name: "scoring", what: "scoring a conversation of forty turns", measure: scoring::measure },
    Group { name: "call", what: "a call by voice until it is open, natively and in Chromium, against bare peers", measure: voice::call },
    Group { name: "talk", what: "a talk by voice: answer and interruption as they are heard, against bare peers", measure: voice::talk },
    Group { name: "sound", what: "what a call's sound costs against a bare peer with an echo canceller", measure: voice::sound },
    Group { name: "events", what: "reading the events of a call, and the memory of an hour", measure: voice::events },
    Group {
        name: "hub",
        what: "the company's server against the reference beside the repository, where there is one",
        measure: hub::measure,
    },
    Group { name: "postgres", what: "the same with the records in PostgreSQL", measure: hub::on_postgres },
    Group {
        name: "million",
        what: "the company's server with a million sessions against itself with eleven thousand",
        measure: hub::with_a_million,
    },
    Group { name: "queue", what: "how the company's server keeps up with the reports to compute", measure: hub::queue },
    Group { name: "bundle", what: "size of the window's pages", measure: bundle::measure },
];

/// Measures the named groups, or all. Ends with 1 where a budget is missed.
pub(crate) fn bench(names: &[String]) -> Result<ExitCode> {
    if names.first().is_some_and(|name| name == "list") {
        GROUPS.iter().for_each(|group| println!("{:10} {}", group.name, group.what));
        return Ok(ExitCode::SUCCESS);
    }
    if let [inside, name] = names
        && inside == window::INSIDE
    {
        return window::inside(name);
    }
    if let Some(unknown) = names.iter().find(|name| GROUPS.iter().all(|group| group.name != name.as_str())) {
        bail!("there is no measurement “{unknown}”; `cargo xtask bench list` names them");
    }
    let mut rows = Vec::new();
    for group in GROUPS.iter().filter(|group| names.is_empty() || names.iter().any(|name| name == group.name)) {
        eprintln!("\n== {} ({})", group.name, group.what);
        rows.extend((group.measure)()?);
    }
    println!("\n{}\n\n{}", table::markdown(&rows), machine::line()?);
    Ok(if rows.iter().all(Row::keeps) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
