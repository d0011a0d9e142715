//! Recordings: whose they are and when they go. Their sound is in files.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};
use sellme_core::{Millis, id::SessionId, session::Recording};

use super::sessions::{self, Standing};
use crate::{
    Result,
    columns::{millis, uuid},
};

/// The recording of a session, for [`recording`].
pub(crate) const OF_SESSION: &str = "SELECT begins_ms, goes_at, media_type FROM recording WHERE session = ?1";

/// Notes that a session is recorded; what was noted first stays.
pub(crate) fn begin(db: &Connection, id: SessionId, recording: &Recording) -> Result<()> {
    let standing = sessions::going_on(db, id)?;
    insert(db, &standing, recording)
}

pub(crate) fn insert(db: &Connection, standing: &Standing, recording: &Recording) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO recording (session, person, begins_ms, goes_at, media_type) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (session) DO NOTHING",
    )?
    .execute((standing.no, standing.person, recording.begins_ms.0, recording.goes_at.0, &recording.media_type))?;
    Ok(())
}

pub(crate) fn get(db: &Connection, session: i64) -> Result<Option<Recording>> {
    Ok(db.prepare_cached(OF_SESSION)?.query_row([session], recording).optional()?)
}

/// Forgets the recording of a session.
pub(crate) fn delete(db: &Connection, id: SessionId) -> Result<()> {
    let standing = sessions::standing(db, id)?;
    db.prepare_cached("DELETE FROM recording WHERE session = ?1")?.execute([standing.no])?;
    Ok(())
}

/// Forgets the recordings whose day has come.
pub(crate) fn delete_due(db: &Connection, now: Millis) -> Result<()> {
    db.prepare_cached("DELETE FROM recording WHERE goes_at <= ?1")?.execute([now.0])?;
    Ok(())
}

/// Sessions that have a recording.
pub(crate) fn sessions(db: &Connection) -> Result<BTreeSet<SessionId>> {
    let mut statement = db.prepare_cached("SELECT session.id FROM recording JOIN session ON session.no = recording.session")?;
    let rows = statement.query_map([], |row| uuid(row, 0).map(SessionId))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

pub(crate) fn recording(row: &Row<'_>) -> rusqlite::Result<Recording> {
    Ok(Recording { begins_ms: millis(row, 0)?, goes_at: millis(row, 1)?, media_type: row.get(2)? })
}
