//! Attempts, from the start to the end.

use rusqlite::{Connection, OptionalExtension, Row};
use sellme_core::{
    Millis,
    id::{SessionId, UserId},
    session::{Session, Status},
};

use super::{calls, profiles, recordings, reports, signals, transcripts, turns};
use crate::{
    Completion, Result, StoreError, StoredSession,
    columns::{Word, from_json, json, maybe_millis, maybe_word, millis, unreadable, uuid, word},
};

/// The columns of [`session`], for a query over `session` and `profile`.
pub(crate) const COLUMNS: &str = "session.id, profile.id, product_id, scenario_id, seed, mode, visibility, status, paused, outcome, overall_score, \
     started_at, ended_at, active_ms, turns, catalog_revision, win_path";

/// Where a session stands, by the number that rows point at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) no: i64,
    pub(crate) person: i64,
    pub(crate) status: Status,
    pub(crate) turns: u32,
}

pub(crate) fn create(db: &Connection, session: &Session) -> Result<()> {
    if standing(db, session.id).is_ok() {
        return Err(StoreError::Exists { kind: "session", id: session.id.to_string() });
    }
    let person = profiles::number(db, session.user_id)?;
    db.prepare_cached(
        "INSERT INTO session (id, person, product_id, scenario_id, seed, mode, visibility, status, paused, started_at, active_ms, \
         catalog_revision, win_path) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'IN_PROGRESS', ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute((
        session.id.0.as_bytes(),
        person,
        &session.product_id,
        &session.scenario_id,
        session.seed,
        session.mode.word(),
        session.visibility.word(),
        session.paused,
        session.started_at.0,
        session.active_ms.0,
        session.catalog_revision,
        json(&session.win_path, "winPath")?,
    ))?;
    Ok(())
}

pub(crate) fn standing(db: &Connection, id: SessionId) -> Result<Standing> {
    let found = db
        .prepare_cached("SELECT no, person, status, turns FROM session WHERE id = ?1")?
        .query_row([id.0.as_bytes()], |row| {
            Ok(Standing { no: row.get(0)?, person: row.get(1)?, status: word(row, 2)?, turns: row.get(3)? })
        })
        .optional()?;
    found.ok_or_else(|| StoreError::NotFound { kind: "session", id: id.to_string() })
}

/// Where the session stands, if it can still go on.
pub(crate) fn going_on(db: &Connection, id: SessionId) -> Result<Standing> {
    let standing = standing(db, id)?;
    if standing.status == Status::InProgress { Ok(standing) } else { Err(StoreError::Over { id: id.to_string() }) }
}

pub(crate) fn set_paused(db: &Connection, id: SessionId, paused: bool, active_ms: Millis) -> Result<()> {
    let standing = going_on(db, id)?;
    db.prepare_cached("UPDATE session SET paused = ?2, active_ms = ?3 WHERE no = ?1")?.execute((standing.no, paused, active_ms.0))?;
    Ok(())
}

/// Counts one turn more.
pub(crate) fn grow(db: &Connection, no: i64, active_ms: Millis) -> Result<()> {
    db.prepare_cached("UPDATE session SET turns = turns + 1, active_ms = ?2 WHERE no = ?1")?.execute((no, active_ms.0))?;
    Ok(())
}

/// Counts the turns that are there.
pub(crate) fn count_turns(db: &Connection, no: i64) -> Result<()> {
    db.prepare_cached("UPDATE session SET turns = (SELECT count(*) FROM turn WHERE session = ?1) WHERE no = ?1")?.execute([no])?;
    Ok(())
}

/// Ends a session with its report, which is already packed.
pub(crate) fn complete(db: &Connection, id: SessionId, completion: &Completion, report: &[u8]) -> Result<()> {
    let standing = going_on(db, id)?;
    reports::insert(db, &standing, &completion.report.rubric.version, report)?;
    transcripts::index(db, standing.no)?;
    let metrics = &completion.report.metrics;
    let marks = reports::marks(&completion.report);
    db.prepare_cached(
        "UPDATE session SET status = 'COMPLETED', paused = 0, ended_at = ?2, active_ms = ?3, outcome = ?4, overall_score = ?5, product_knowledge = ?6, \
         objection_handling = ?7, closing_technique = ?8, rapport = ?9, contradicted = ?10, objections = ?11, resolved = ?12 WHERE no = ?1",
    )?
    .execute((
        standing.no,
        completion.ended_at.0,
        completion.active_ms.0,
        completion.outcome.word(),
        completion.report.overall_score,
        metrics.product_knowledge,
        metrics.objection_handling,
        metrics.closing_technique,
        metrics.rapport,
        marks.contradicted,
        marks.objections,
        marks.resolved,
    ))?;
    Ok(())
}

/// Ends a session whose report was lost; its overall score is still known.
pub(crate) fn complete_without_report(db: &Connection, standing: &Standing, session: &Session, ended_at: Millis) -> Result<()> {
    transcripts::index(db, standing.no)?;
    db.prepare_cached("UPDATE session SET status = 'COMPLETED', paused = 0, ended_at = ?2, active_ms = ?3, outcome = ?4, overall_score = ?5 WHERE no = ?1")?
        .execute((standing.no, ended_at.0, session.active_ms.0, session.outcome.map(Word::word), session.overall_score))?;
    Ok(())
}

pub(crate) fn abandon(db: &Connection, id: SessionId, ended_at: Millis, active_ms: Millis) -> Result<()> {
    let standing = going_on(db, id)?;
    transcripts::index(db, standing.no)?;
    db.prepare_cached("UPDATE session SET status = 'ABANDONED', paused = 0, ended_at = ?2, active_ms = ?3 WHERE no = ?1")?.execute((
        standing.no,
        ended_at.0,
        active_ms.0,
    ))?;
    Ok(())
}

pub(crate) fn stored(db: &Connection, id: SessionId) -> Result<StoredSession> {
    stored_by_number(db, standing(db, id)?.no)
}

pub(crate) fn stored_by_number(db: &Connection, no: i64) -> Result<StoredSession> {
    Ok(StoredSession {
        session: by_number(db, no)?,
        turns: turns::all(db, no)?,
        signals: signals::all(db, no)?,
        report: reports::get(db, no)?,
        calls: calls::all(db, no)?,
        recording: recordings::get(db, no)?,
    })
}

pub(crate) fn by_number(db: &Connection, no: i64) -> Result<Session> {
    let sql = format!("SELECT {COLUMNS} FROM session JOIN profile ON profile.no = session.person WHERE session.no = ?1");
    Ok(db.prepare_cached(&sql)?.query_row([no], session)?)
}

/// Sessions that can still go on, newest first.
pub(crate) fn unfinished(db: &Connection, user: UserId) -> Result<Vec<Session>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM session JOIN profile ON profile.no = session.person \
         WHERE person = ?1 AND ended_at IS NULL ORDER BY started_at DESC, session.no DESC"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([profiles::number(db, user)?], session)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// Numbers of all the person's sessions, oldest first.
pub(crate) fn numbers(db: &Connection, user: UserId) -> Result<Vec<i64>> {
    let mut statement = db.prepare_cached("SELECT no FROM session WHERE person = ?1 ORDER BY started_at, no")?;
    let rows = statement.query_map([profiles::number(db, user)?], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

/// A row of [`COLUMNS`].
pub(crate) fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: SessionId(uuid(row, 0)?),
        user_id: UserId(uuid(row, 1)?),
        product_id: row.get(2)?,
        scenario_id: row.get(3)?,
        seed: row.get(4)?,
        mode: word(row, 5)?,
        visibility: word(row, 6)?,
        status: word(row, 7)?,
        paused: row.get(8)?,
        outcome: maybe_word(row, 9)?,
        overall_score: row.get(10)?,
        started_at: millis(row, 11)?,
        ended_at: maybe_millis(row, 12)?,
        active_ms: millis(row, 13)?,
        turns: row.get(14)?,
        catalog_revision: row.get(15)?,
        win_path: from_json(row.get_ref(16)?.as_str()?, "winPath").map_err(|_| unreadable(rusqlite::types::Type::Text))?,
    })
}
