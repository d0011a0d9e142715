//! The steps that lead older records to the newest version. A released step is never changed.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::{Result, StoreError};

/// Proves that a file is a company's: `SMPH` (SellMe PRT, hub).
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"SMPH");

const SQLITE: &[M<'_>] = &[
    M::up(include_str!("../../../../migrations/company/sqlite/0001-company.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0002-administration.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0003-curation.sql")),
];

/// The same steps for PostgreSQL, in the same order.
pub(super) const POSTGRES: &[&str] = &[
    include_str!("../../../../migrations/company/postgres/0001-company.sql"),
    include_str!("../../../../migrations/company/postgres/0002-administration.sql"),
    include_str!("../../../../migrations/company/postgres/0003-curation.sql"),
];

/// The newest version, which is the number of steps.
#[allow(clippy::cast_possible_wrap)]
pub(super) const NEWEST: i64 = POSTGRES.len() as i64;

/// Leads the file to the newest version. What is in an older one is handed to `backup` first.
pub(super) fn sqlite(db: &mut Connection, backup: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let found = version(db)?;
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    if (1..NEWEST).contains(&found) {
        backup(db)?;
    }
    match Migrations::from_slice(SQLITE).to_latest(db) {
        // Somebody who opened the file at the same moment was quicker to take a step.
        Err(_) if version(db)? == NEWEST => Ok(()),
        done => Ok(done?),
    }
}

fn version(db: &Connection) -> Result<i64> {
    Ok(db.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_databases_take_the_same_steps() {
        assert_eq!(SQLITE.len(), POSTGRES.len());
    }
}
