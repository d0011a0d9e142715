//! What the customer did by saying a turn.

use rusqlite::Connection;
use sellme_core::session::Signal;

use crate::{
    Result,
    columns::{from_json, json},
};

pub(crate) fn insert(db: &Connection, session: i64, person: i64, turn: u32, done: &[Signal]) -> Result<()> {
    let mut statement = db.prepare_cached("INSERT INTO signal (session, idx, place, person, signal) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (place, signal) in (0_i64..).zip(done) {
        statement.execute((session, turn, place, person, json(signal, "signal")?))?;
    }
    Ok(())
}

/// Adds one signal after those of the same turn that are there.
pub(crate) fn add(db: &Connection, session: i64, person: i64, turn: u32, signal: &Signal) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO signal (session, idx, place, person, signal) \
         VALUES (?1, ?2, (SELECT count(*) FROM signal WHERE session = ?1 AND idx = ?2), ?3, ?4)",
    )?
    .execute((session, turn, person, json(signal, "signal")?))?;
    Ok(())
}

pub(crate) fn all(db: &Connection, session: i64) -> Result<Vec<(u32, Signal)>> {
    let mut statement = db.prepare_cached("SELECT idx, signal FROM signal WHERE session = ?1 ORDER BY idx, place")?;
    let mut rows = statement.query([session])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push((row.get(0)?, from_json(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?, "signal")?));
    }
    Ok(all)
}
