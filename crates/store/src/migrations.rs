//! The steps that lead any older data file to the newest version. A released step is never changed.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::Result;

/// Proves that a file is ours: `SMPR` (SellMe PRT).
pub(crate) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"SMPR");

const STEPS: &[M<'_>] = &[
    M::up(include_str!("../../../migrations/sqlite/0001-sessions.sql")),
    M::up(include_str!("../../../migrations/sqlite/0002-search-and-tallies.sql")),
];

const MIGRATIONS: Migrations<'_> = Migrations::from_slice(STEPS);

/// The newest version, which is the number of steps.
#[allow(clippy::cast_possible_wrap)]
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

/// Leads the file to the newest version.
pub(crate) fn to_newest(db: &mut Connection) -> Result<()> {
    Ok(MIGRATIONS.to_latest(db)?)
}

/// Leads an empty file to an older version, for tests.
#[cfg(test)]
pub(crate) fn to_version(db: &mut Connection, version: usize) -> Result<()> {
    Ok(MIGRATIONS.to_version(db, version)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_holds_together() {
        assert!(MIGRATIONS.validate().is_ok(), "{:?}", MIGRATIONS.validate());
    }
}
