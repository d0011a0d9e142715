//! A rep's turn through the use cases on a real store (`crates/app/examples/bench_turn`).

use anyhow::Result;

use super::{
    measured::{Measured, Scratch, example},
    row::{Limit, Row},
};
use crate::command::program;

/// What two durable inserts take, in milliseconds.
pub(super) fn floor() -> Result<f64> {
    let bench = example("sellme-app", "bench_turn", "")?;
    let scratch = Scratch::new("floor")?;
    Measured::of(program(&bench.to_string_lossy(), &[]).arg(&scratch.0).arg("floor"))?.get("two-inserts")
}

/// Says a hundred and fifty lines.
pub(super) fn measure() -> Result<Vec<Row>> {
    let bench = example("sellme-app", "bench_turn", "")?;
    let scratch = Scratch::new("turn")?;
    let measured = Measured::of(program(&bench.to_string_lossy(), &[]).arg(&scratch.0))?;
    Ok(vec![Row {
        what: "a rep's turn: partner, scoring and storage, against two durable inserts".to_owned(),
        measured: measured.get("say")?,
        floor: Some(measured.get("two-inserts")?),
        limit: Limit::Over(5.0),
        unit: "ms",
    }])
}
