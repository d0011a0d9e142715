//! The steps that lead older records to the newest version. A released step is never changed.

use std::{thread, time::Duration};

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::{Result, StoreError};

/// Proves that a file is a company's: `SMPH` (SellMe PRT, hub).
pub(super) const APPLICATION_ID: i32 = i32::from_be_bytes(*b"SMPH");

const SQLITE: &[M<'_>] = &[
    M::up(include_str!("../../../../migrations/company/sqlite/0001-company.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0002-administration.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0003-curation.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0004-access.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0005-left-open.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0006-order-and-indexes.sql")),
    M::up(include_str!("../../../../migrations/company/sqlite/0007-calls-to-end.sql")),
];

/// The same steps for PostgreSQL, in the same order.
pub(super) const POSTGRES: &[&str] = &[
    include_str!("../../../../migrations/company/postgres/0001-company.sql"),
    include_str!("../../../../migrations/company/postgres/0002-administration.sql"),
    include_str!("../../../../migrations/company/postgres/0003-curation.sql"),
    include_str!("../../../../migrations/company/postgres/0004-access.sql"),
    include_str!("../../../../migrations/company/postgres/0005-left-open.sql"),
    include_str!("../../../../migrations/company/postgres/0006-order-and-indexes.sql"),
    include_str!("../../../../migrations/company/postgres/0007-calls-to-end.sql"),
];

/// The newest version, which is the number of steps.
#[allow(clippy::cast_possible_wrap)]
pub(super) const NEWEST: i64 = POSTGRES.len() as i64;

/// How often the steps are tried where somebody else takes them at the same moment, and how long is waited in between.
const TRIES: u32 = 200;
const AGAIN: Duration = Duration::from_millis(10);

/// Leads the file to the newest version. What is in an older one is handed to `backup` first.
pub(super) fn sqlite(db: &mut Connection, backup: impl FnOnce(&Connection) -> Result<()>) -> Result<()> {
    let found = version(db)?;
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    if (1..NEWEST).contains(&found) {
        backup(db)?;
    }
    let mut tries = 1;
    loop {
        let seen = version(db)?;
        let Err(error) = Migrations::from_slice(SQLITE).to_latest(db).map_err(StoreError::from) else { return Ok(()) };
        // Somebody who opened the file at the same moment was quicker to take a step, or is about to take the next one.
        let now = version(db)?;
        if now == NEWEST {
            return Ok(());
        }
        if tries == TRIES || now == seen && !matches!(error, StoreError::Busy(_)) {
            return Err(error);
        }
        tries += 1;
        thread::sleep(AGAIN);
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
