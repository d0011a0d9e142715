//! Overall scores, newest first.

use rusqlite::{Connection, Row};
use sellme_core::{
    id::{SessionId, UserId},
    progress::ScorePoint,
};

use super::profiles;
use crate::{
    Result,
    columns::{millis, uuid},
};

/// The last scores, of one product or of all.
pub(crate) fn recent(db: &Connection, user: UserId, product: Option<&str>, most: u32) -> Result<Vec<u8>> {
    let mut statement = db.prepare_cached(
        "SELECT overall_score FROM session INDEXED BY session_over WHERE person = ?1 AND ended_at IS NOT NULL AND overall_score IS NOT NULL \
         AND (?2 IS NULL OR product_id = ?2) ORDER BY ended_at DESC, no DESC LIMIT ?3",
    )?;
    let rows = statement.query_map((profiles::number(db, user)?, product, most), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// The last scores as points on a line, newest first.
pub(crate) fn points(db: &Connection, person: i64, most: u32) -> Result<Vec<ScorePoint>> {
    let mut statement = db.prepare_cached(
        "SELECT id, ended_at, overall_score FROM session INDEXED BY session_over WHERE person = ?1 AND ended_at IS NOT NULL \
         AND overall_score IS NOT NULL ORDER BY ended_at DESC, no DESC LIMIT ?2",
    )?;
    let rows = statement.query_map((person, most), point)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn point(row: &Row<'_>) -> rusqlite::Result<ScorePoint> {
    Ok(ScorePoint { session_id: SessionId(uuid(row, 0)?), ended_at: millis(row, 1)?, score: row.get(2)? })
}
