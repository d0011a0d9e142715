//! Whole sessions from elsewhere: an older copy of the file, or another device.

use rusqlite::Connection;
use sellme_core::session::{Session, Status};

use super::{calls, recordings, reports, sessions, signals, turns};
use crate::{Completion, Result, StoreError, StoredSession};

/// Adds a session as it stands. What is filled in at its end comes from its report; a completed session whose report is gone keeps what its row says.
pub(crate) fn session(db: &Connection, stored: &StoredSession) -> Result<()> {
    let Session { id, active_ms, status, .. } = stored.session;
    sessions::create(db, &stored.session)?;
    let standing = sessions::standing(db, id)?;
    for (index, turn) in (0..).zip(&stored.turns) {
        if turn.index != index {
            return Err(StoreError::Gap { id: id.to_string(), expected: index, got: turn.index });
        }
        turns::insert(db, standing.no, standing.person, turn)?;
    }
    sessions::count_turns(db, standing.no)?;
    for (turn, signal) in &stored.signals {
        signals::add(db, standing.no, standing.person, *turn, signal)?;
    }
    for call in &stored.calls {
        calls::insert(db, standing.no, standing.person, call)?;
    }
    if let Some(recording) = &stored.recording {
        recordings::insert(db, &standing, recording)?;
    }
    let ended_at = stored.session.ended_at.unwrap_or(stored.session.started_at);
    match (status, &stored.report) {
        (Status::InProgress, _) => Ok(()),
        (Status::Abandoned, _) => sessions::abandon(db, id, ended_at, active_ms),
        (Status::Completed, Some(report)) => {
            let outcome = stored.session.outcome.unwrap_or(report.outcome);
            let packed = reports::pack(report)?;
            sessions::complete(db, id, &Completion { ended_at, active_ms, outcome, report: report.clone() }, &packed)
        }
        (Status::Completed, None) => sessions::complete_without_report(db, &standing, &stored.session, ended_at),
    }
}
