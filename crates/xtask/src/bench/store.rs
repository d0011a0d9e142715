//! Ten thousand sessions and ten thousand products (`crates/store/examples/bench_store`).

use anyhow::{Context, Result};

use super::{
    measured::{Measured, Scratch, example},
    row::{Limit, Row},
};
use crate::command::program;

/// Fills a data folder and asks about it.
pub(super) fn measure() -> Result<Vec<Row>> {
    let bench = example("sellme-store", "bench_store", "")?;
    let scratch = Scratch::new("store")?;
    let measured = Measured::of(program(&bench.to_string_lossy(), &[]).arg(&scratch.0))?;
    let (few, many) = (measured.get("progress-100")?, measured.get("progress-10000")?);
    let (asked, slowest) = measured.worst("products ").context("no search among the products was measured")?;
    Ok(vec![
        Row::at_most("progress over 10,000 sessions", many, 10.0, "ms"),
        Row {
            what: "progress, 10,000 sessions against 100".to_owned(),
            measured: many,
            floor: Some(few),
            limit: Limit::Times(20.0),
            unit: "ms",
        },
        Row::at_most(&format!("product search over 10,000 products (slowest of ten questions: “{asked}”)"), slowest, 5.0, "ms"),
        Row::at_most("history search, 10,000 sessions, a word in 1 %, first 50", measured.get("history-rare")?, 20.0, "ms"),
        Row::at_most("history search, 10,000 sessions, a word in every one, first 50", measured.get("history-common")?, 20.0, "ms"),
        Row::at_most("10,000 sessions of 40 turns on disk, reports and search index included", measured.get("folder-mb")?, 250.0, "MB"),
    ])
}
