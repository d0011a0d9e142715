//! What a person did with each scenario.

use rusqlite::Connection;
use sellme_core::id::UserId;

use super::profiles;
use crate::{Attempts, Result};

pub(crate) fn all(db: &Connection, user: UserId) -> Result<Vec<Attempts>> {
    let mut statement = db.prepare_cached(
        "SELECT scenario_id, product_id, best, completed FROM tally WHERE person = ?1 AND completed > 0 ORDER BY product_id, scenario_id",
    )?;
    let rows = statement
        .query_map([profiles::number(db, user)?], |row| {
            Ok(Attempts { scenario_id: row.get(0)?, product_id: row.get(1)?, best: row.get(2)?, completed: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}
