//! How the calls of a session went.

use rusqlite::Connection;
use sellme_core::{id::SessionId, session::CallRecord};

use super::sessions;
use crate::{
    Result,
    columns::{from_json, json},
};

/// The calls of a session, in order.
pub(crate) const OF_SESSION: &str = "SELECT call FROM call WHERE session = ?1 ORDER BY idx";

/// Adds the call that came next.
pub(crate) fn append(db: &Connection, id: SessionId, call: &CallRecord) -> Result<()> {
    let standing = sessions::going_on(db, id)?;
    insert(db, standing.no, standing.person, call)
}

/// Adds a call after those that are there.
pub(crate) fn insert(db: &Connection, session: i64, person: i64, call: &CallRecord) -> Result<()> {
    db.prepare_cached("INSERT INTO call (session, idx, person, call) VALUES (?1, (SELECT count(*) FROM call WHERE session = ?1), ?2, ?3)")?
        .execute((session, person, json(call, "call")?))?;
    Ok(())
}

pub(crate) fn all(db: &Connection, session: i64) -> Result<Vec<CallRecord>> {
    let mut statement = db.prepare_cached(OF_SESSION)?;
    let mut rows = statement.query([session])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(from_json(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, "call")?);
    }
    Ok(all)
}
