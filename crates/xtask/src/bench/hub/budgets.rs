//! What the server promises against the reference.

use anyhow::Result;

use super::{
    super::row::{Limit, Row},
    figures::Figures,
};
use Limit::{AtLeast, Part, Times};

/// A figure by the name that `load.mjs` prints, what it says in words, its unit and what is promised.
pub(super) type Budget = (&'static str, &'static str, &'static str, Limit);

/// Against the reference, with the records in a folder.
pub(super) const AGAINST_REFERENCE: [Budget; 11] = [
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

/// Against the reference, with the records in PostgreSQL.
pub(super) const ON_POSTGRES: [Budget; 1] =
    [("pair c=32 /s", "on PostgreSQL: sessions begun and completed, 32 at once", "/s", AtLeast(1.5))];

/// With a million sessions, against the server with eleven thousand.
pub(super) const WITH_A_MILLION: [Budget; 3] = [
    ("pair c=32 p50 ms", "with a million sessions: one begun and completed, 32 at once", "ms", Times(1.5)),
    ("pair c=32 server CPU ms", "with a million sessions: CPU of one begun and completed", "ms", Times(1.5)),
    ("progress 10000 p50 ms", "with a million sessions: progress over 10,000", "ms", Times(1.5)),
];

/// The budgets, each for the second side against the first one of the same run.
pub(super) fn rows(figures: &Figures, budgets: &[Budget]) -> Result<Vec<Row>> {
    let row = |(name, what, unit, limit): Budget| {
        let (floor, measured) = figures.medians(name)?;
        Ok(Row { what: format!("server: {what}"), measured, floor: Some(floor), limit, unit })
    };
    budgets.iter().copied().map(row).collect()
}

/// The reference against itself on a busy machine, as `load.mjs` wrote it down, without what is not read here.
#[cfg(test)]
pub(super) const RECORDED: &str = include_str!("recorded.json");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_against_itself_keeps_no_budget() {
        let rows = rows(&Figures::read(RECORDED).unwrap(), &AGAINST_REFERENCE).unwrap();
        assert_eq!(rows.len(), AGAINST_REFERENCE.len());
        for row in rows {
            assert!(!row.keeps(), "{row:?}");
        }
    }

    #[test]
    fn a_figure_that_was_not_measured_is_an_error() {
        let text = RECORDED.replace("endRssMB", "endRss");
        let error = rows(&Figures::read(&text).unwrap(), &AGAINST_REFERENCE).unwrap_err();
        assert_eq!(error.to_string(), "“end RSS MB” was not measured");
    }
}
