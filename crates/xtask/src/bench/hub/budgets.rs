//! What the server promises against the reference.

use anyhow::Result;

use super::{
    super::row::{Limit, Row},
    figures::Figures,
};
use Limit::{AtLeast, Part};

/// A figure by the name that `load.mjs` prints, what it says in words, its unit and what is promised.
type Budget = (&'static str, &'static str, &'static str, Limit);

const BUDGETS: [Budget; 11] = [
    ("pair c=32 /s", "sessions begun and completed, 32 at once", "/s", AtLeast(5.0)),
    ("pair c=32 server CPU ms", "CPU of a session begun and completed, 32 at once", "ms", Part(8.0)),
    ("pair c=1 /s", "sessions begun and completed, one after the other", "/s", AtLeast(1.5)),
    ("progress 100 p50 ms", "progress over 100 sessions", "ms", Part(10.0)),
    ("progress 10000 p50 ms", "progress over 10,000 sessions", "ms", Part(100.0)),
    ("search10000 one c=1 p50 ms", "search of 10,000 products, one is found", "ms", Part(10.0)),
    ("search10000 wide c=1 p50 ms", "search of 10,000 products, a sixth is found", "ms", Part(10.0)),
    ("product c=8 /s", "products with their training, 8 at once", "/s", AtLeast(10.0)),
    ("start-up ms", "process start → first answer", "ms", Part(6.0)),
    ("idle RSS MB", "memory (RSS) after the start", "MB", Part(4.0)),
    ("end RSS MB", "memory (RSS) after all of it", "MB", Part(6.0)),
];

/// The budgets, each against the reference of the same run.
pub(super) fn rows(figures: &Figures) -> Result<Vec<Row>> {
    let row = |(name, what, unit, limit): Budget| {
        let (reference, hub) = figures.medians(name)?;
        Ok(Row { what: format!("server: {what}, against the reference"), measured: hub, floor: Some(reference), limit, unit })
    };
    BUDGETS.into_iter().map(row).collect()
}

/// The reference against itself on a busy machine, as `load.mjs` wrote it down, without what is not read here.
#[cfg(test)]
pub(super) const RECORDED: &str = include_str!("recorded.json");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_against_itself_keeps_no_budget() {
        let rows = rows(&Figures::read(RECORDED).unwrap()).unwrap();
        assert_eq!(rows.len(), BUDGETS.len());
        for row in rows {
            assert!(!row.keeps(), "{row:?}");
        }
    }

    #[test]
    fn a_figure_that_was_not_measured_is_an_error() {
        let text = RECORDED.replace("endRssMB", "endRss");
        let error = rows(&Figures::read(&text).unwrap()).unwrap_err();
        assert_eq!(error.to_string(), "“end RSS MB” was not measured");
    }
}
