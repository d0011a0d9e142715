//! Deleting a person: the one path on which completed sessions go.

use rusqlite::Connection;
use sellme_core::id::UserId;

use super::{device, profiles, transcripts};
use crate::Result;

/// Deletes the person's rows and says how many sessions went. What they leave on the disk is the scrub's work, which is noted as due.
pub(crate) fn person(db: &Connection, user: UserId) -> Result<u32> {
    let profile = profiles::get(db, user)?;
    let person = profiles::number(db, user)?;
    db.execute("INSERT INTO deletion (person) VALUES (?1)", [person])?;
    for table in ["report", "signal", "turn", "call", "recording", "tally"] {
        db.execute(&format!("DELETE FROM {table} WHERE person = ?1"), [person])?;
    }
    let sessions = db.execute("DELETE FROM session WHERE person = ?1", [person])?;
    db.execute("DELETE FROM profile WHERE no = ?1", [person])?;
    db.execute("DELETE FROM deletion", [])?;
    transcripts::index_anew(db)?;
    if device::get(db, device::CHOSEN_PROFILE)?.as_deref() == Some(&profile.id.to_string()) {
        device::clear(db, device::CHOSEN_PROFILE)?;
    }
    device::add_to_scrub(db, [profile.id.to_string()])?;
    Ok(u32::try_from(sessions).unwrap_or(u32::MAX))
}
