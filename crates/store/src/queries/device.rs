//! What belongs to the device and to nobody.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension};

use crate::Result;

/// Keys of the table.
pub(crate) const CHOSEN_PROFILE: &str = "chosen_profile";
/// The digest of the products that can be searched. Under the name that it had when it was a revision, so that an older program finds no revision that
/// it would take for its own.
pub(crate) const INDEXED_CATALOG: &str = "indexed_revision";
/// How many sessions the repair that made this file kept, and how many it knew to be missing, apart by a space.
pub(crate) const REPAIRED: &str = "repaired";
/// There until a start has told of the repair that made this file, which may have been cut short before it could.
pub(crate) const REPAIR_UNTOLD: &str = "repair_untold";
/// Ids of people who were deleted and whose last traces have not been removed yet, apart by spaces.
pub(crate) const TO_SCRUB: &str = "to_scrub";

pub(crate) fn get(db: &Connection, key: &str) -> Result<Option<String>> {
    Ok(db.prepare_cached("SELECT value FROM device WHERE key = ?1")?.query_row([key], |row| row.get(0)).optional()?)
}

pub(crate) fn set(db: &Connection, key: &str, value: &str) -> Result<()> {
    db.prepare_cached("INSERT INTO device (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value")?
        .execute([key, value])?;
    Ok(())
}

/// Ids of people who were deleted and whose last traces have not been removed yet.
pub(crate) fn to_scrub(db: &Connection) -> Result<BTreeSet<String>> {
    Ok(get(db, TO_SCRUB)?.unwrap_or_default().split_whitespace().map(str::to_owned).collect())
}

/// Adds people to those whose last traces have to be removed.
pub(crate) fn add_to_scrub(db: &Connection, people: impl IntoIterator<Item = String>) -> Result<()> {
    let mut all = to_scrub(db)?;
    all.extend(people);
    if all.is_empty() { Ok(()) } else { set(db, TO_SCRUB, &all.into_iter().collect::<Vec<_>>().join(" ")) }
}

/// Says that no deleted person has left a trace.
pub(crate) fn scrubbed(db: &Connection) -> Result<()> {
    clear(db, TO_SCRUB)
}

pub(crate) fn clear(db: &Connection, key: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM device WHERE key = ?1")?.execute([key])?;
    Ok(())
}
