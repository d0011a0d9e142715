//! What belongs to the device and to nobody.

use rusqlite::{Connection, OptionalExtension};

use crate::Result;

/// Keys of the table.
pub(crate) const CHOSEN_PROFILE: &str = "chosen_profile";
pub(crate) const INDEXED_REVISION: &str = "indexed_revision";
pub(crate) const TO_SCRUB: &str = "to_scrub";

pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    Ok(db.prepare_cached("SELECT value FROM device WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()?)
}

pub(crate) fn set(db: &Connection, key: &str, value: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO device (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
        .execute([key, value])?;
    Ok(())
}

pub(crate) fn clear(db: &Connection, key: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM device WHERE key = ?1")?.execute([key])?;
    Ok(())
}
