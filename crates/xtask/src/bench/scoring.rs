//! Scoring (`crates/core/benches/score.rs`, measured by criterion).

use std::fs;

use anyhow::{Context, Result};

use super::row::Row;
use crate::command::{cargo, run, target};

/// Runs the benches and reads what criterion found.
pub(super) fn measure() -> Result<Vec<Row>> {
    run(&mut cargo(&["bench", "--package", "sellme-core", "--bench", "score", "--", "--warm-up-time", "1", "--measurement-time", "3"]))?;
    Ok(vec![
        Row::at_most("scoring a conversation of 40 turns, preparation and report included", median("score-40")?, 2.0, "ms"),
        Row::at_most("its parts: listening to 40 turns as they come", median("hear-40")?, 2.0, "ms"),
        Row::at_most("its parts: the last rep's turn and its answer", median("hear-last-two")?, 2.0, "ms"),
        Row::at_most("its parts: the report", median("report")?, 2.0, "ms"),
    ])
}

/// A median in milliseconds.
fn median(name: &str) -> Result<f64> {
    let file = target().join("criterion").join(name).join("new/estimates.json");
    let text = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let estimates: serde_json::Value = serde_json::from_str(&text)?;
    let nanoseconds = estimates["median"]["point_estimate"].as_f64().with_context(|| format!("{} has no median", file.display()))?;
    Ok(nanoseconds / 1e6)
}
