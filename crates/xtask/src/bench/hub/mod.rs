//! The company's server against the reference: the same service as it was first designed, in its strongest form, on the same data, in the same run. The reference and what
//! measures both lie beside the repository; where they do not, there is nothing to compare with.

mod budgets;
mod compare;
mod figures;
mod postgres;
mod reference;

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use super::{
    measured::{Measured, Scratch, example},
    row::{Limit, Row},
};
use crate::command::{cargo, output, root, run};
use budgets::{AGAINST_REFERENCE, ON_POSTGRES, WITH_A_MILLION};
use compare::Comparison;
use postgres::Postgres;

/// How the reference is started: write-ahead log, and the index that its slowest question needs.
const REFERENCE: &str = "sides/seed-reference-wal-indexed.json";

/// How the server is started, with its records in a folder, in PostgreSQL, and with very many of them in a folder.
const SQLITE: &str = "sqlite.json";
const POSTGRES: &str = "postgres.json";
const MILLION: &str = "million.json";

/// How many times the 11,100 sessions of the data are a million.
const TIMES: &str = "91";

/// The database of the reference with its sessions.
const DATA: &str = "data/out/catalog-36.db";

/// The server against the reference.
pub(super) fn measure() -> Result<Vec<Row>> {
    let Some(bench) = prepared()? else { return Ok(Vec::new()) };
    let comparison = Comparison { name: "hub", sides: [REFERENCE.into(), side(SQLITE)], only: &[], told: &[] };
    budgets::rows(&comparison.measure(&bench)?, &AGAINST_REFERENCE)
}

/// The server on PostgreSQL against the reference.
pub(super) fn on_postgres() -> Result<Vec<Row>> {
    let Some(bench) = prepared()? else { return Ok(Vec::new()) };
    let postgres = Postgres::start()?;
    let told = [("BENCH_POSTGRES", postgres.address.clone())];
    let only = ["--only", "pairs", "--conc", "32"];
    let comparison = Comparison { name: "hub-postgres", sides: [REFERENCE.into(), side(POSTGRES)], only: &only, told: &told };
    budgets::rows(&comparison.measure(&bench)?, &ON_POSTGRES)
}

/// The server with a million sessions against itself with eleven thousand.
pub(super) fn with_a_million() -> Result<Vec<Row>> {
    let Some(bench) = prepared()? else { return Ok(Vec::new()) };
    let million = Scratch::new("million")?;
    let mut import = Command::new(root().join("target/release/sellme-hub"));
    import.args(["import-reference", "--times", TIMES, "--from"]).arg(bench.join(DATA)).arg("--data-dir").arg(&million.0);
    run(import.env_remove("DATABASE_URL").env("SELLME_HUB_LOG", "warn"))?;
    let told = [("BENCH_MILLION", million.0.to_string_lossy().into_owned())];
    let only = ["--only", "pairs,progress", "--conc", "32"];
    let comparison = Comparison { name: "hub-million", sides: [side(SQLITE), side(MILLION)], only: &only, told: &told };
    budgets::rows(&comparison.measure(&bench)?, &WITH_A_MILLION)
}

/// How the queue of reports keeps up.
pub(super) fn queue() -> Result<Vec<Row>> {
    build()?;
    let queue = example("sellme-hub", "queue", "sellme-hub/bench")?;
    let measured = Measured::read(&output(Command::new(queue).arg(root().join("target/release/sellme-hub")))?);
    let told = |what: &str, name, unit| -> Result<Row> {
        Ok(Row { what: format!("server: {what}"), measured: measured.get(name)?, floor: None, limit: Limit::Told, unit })
    };
    Ok(vec![
        Row::at_most("server: longest wait for a report at 100 sessions a second", measured.get("oldest ms")?, 1_000.0, "ms"),
        told("reports waiting after 32 completed sessions at once for 4 s", "waiting after the burst", "")?,
        told("reports computed after that", "drained /s", "/s")?,
        Row::at_most("server: completed sessions without a report in the end", measured.get("missing")?, 0.0, ""),
    ])
}

/// The file that starts the server so.
fn side(name: &str) -> PathBuf {
    root().join("crates/hub/bench").join(name)
}

/// Builds the server as it would be released, where the files that start it look for it, wherever cargo builds everything else.
fn build() -> Result<()> {
    run(&mut cargo(&["build", "--release", "--package", "sellme-hub", "--features", "sellme-hub/bench", "--target-dir", "target"]))
}

/// The folder to measure in, with the server built; none where there is nothing to compare with.
fn prepared() -> Result<Option<PathBuf>> {
    let shared = root().join("../shared/bench");
    if !shared.join("load.mjs").is_file() {
        println!("skipped: no bench");
        return Ok(None);
    }
    let bench = reference::set_up(&shared)?;
    build()?;
    Ok(Some(bench))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const SIDES: [&str; 3] = [SQLITE, POSTGRES, MILLION];

    fn read(name: &str) -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(side(name)).unwrap()).unwrap()
    }

    #[test]
    fn the_server_is_started_as_it_was_built() {
        for name in SIDES {
            let read = read(name);
            let folder = side(name).parent().unwrap().join(read["cwd"].as_str().unwrap());
            assert_eq!(folder.canonicalize().unwrap(), root());
            assert_eq!(read["cmd"][0], "target/release/sellme-hub", "{name}");
        }
    }

    #[test]
    fn the_key_of_the_measurement_goes_to_its_own_service() {
        for name in SIDES {
            assert_eq!(read(name)["env"]["SELLME_HUB_REALTIME_URL"], "${REALTIME_BASE_URL}", "{name}");
        }
    }

    #[test]
    fn every_start_begins_with_no_data_of_an_earlier_one() {
        for (name, first) in [(SQLITE, "rm -rf \"$SIDE_DB.d\" && "), (MILLION, "rm -rf \"$SIDE_DB.d\" && "), (POSTGRES, "mkdir -p ")] {
            assert!(read(name)["prepare"].as_str().unwrap().starts_with(first), "{name}");
        }
        assert!(read(POSTGRES)["prepare"].as_str().unwrap().contains("DROP DATABASE IF EXISTS bench"));
    }

    #[test]
    fn what_prepares_a_start_is_understood_by_a_shell() {
        for name in SIDES {
            for command in ["prepare", "headers"] {
                let read = read(name);
                assert!(
                    Command::new("sh").args(["-n", "-c", read[command].as_str().unwrap()]).status().unwrap().success(),
                    "{name}: {command}"
                );
            }
        }
    }
}
