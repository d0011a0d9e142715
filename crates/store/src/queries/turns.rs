//! What was said.

use rusqlite::{Connection, Row};
use sellme_core::{
    Millis,
    id::SessionId,
    session::{Signal, Turn},
};

use super::{sessions, signals};
use crate::{
    Result, StoreError,
    columns::{Word, maybe_millis, millis, word},
};

/// The turns of a session, for [`turn`].
pub(crate) const OF_SESSION: &str =
    "SELECT idx, speaker, text, at_ms, started_ms, ended_ms, interrupted FROM turn WHERE session = ?1 ORDER BY idx";

/// Adds the turn that comes next, with what the customer did by saying it.
pub(crate) fn append(db: &Connection, id: SessionId, turn: &Turn, done: &[Signal], active_ms: Millis) -> Result<()> {
    let standing = sessions::going_on(db, id)?;
    if turn.index != standing.turns {
        return Err(StoreError::Gap { id: id.to_string(), expected: standing.turns, got: turn.index });
    }
    insert(db, standing.no, standing.person, turn)?;
    signals::insert(db, standing.no, standing.person, turn.index, done)?;
    sessions::grow(db, standing.no, active_ms)
}

pub(crate) fn insert(db: &Connection, session: i64, person: i64, turn: &Turn) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO turn (session, idx, person, speaker, at_ms, started_ms, ended_ms, interrupted, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute((
        session,
        turn.index,
        person,
        turn.speaker.word(),
        turn.at_ms.0,
        turn.started_ms.map(|at| at.0),
        turn.ended_ms.map(|at| at.0),
        turn.interrupted,
        &turn.text,
    ))?;
    Ok(())
}

pub(crate) fn all(db: &Connection, session: i64) -> Result<Vec<Turn>> {
    let mut statement = db.prepare_cached(OF_SESSION)?;
    let rows = statement.query_map([session], turn)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

pub(crate) fn turn(row: &Row<'_>) -> rusqlite::Result<Turn> {
    Ok(Turn {
        index: row.get(0)?,
        speaker: word(row, 1)?,
        text: row.get(2)?,
        at_ms: millis(row, 3)?,
        started_ms: maybe_millis(row, 4)?,
        ended_ms: maybe_millis(row, 5)?,
        interrupted: row.get(6)?,
    })
}
