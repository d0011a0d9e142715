//! Who practises, and what each has chosen.

use rusqlite::{Connection, OptionalExtension, Row};
use sellme_core::{id::UserId, session::Profile, wire::Settings};

use super::device;
use crate::{
    Result, StoreError,
    columns::{from_json, json, millis, uuid},
};

pub(crate) fn all(db: &Connection) -> Result<Vec<Profile>> {
    let mut statement = db.prepare_cached("SELECT id, name, created_at FROM profile ORDER BY created_at, no")?;
    let rows = statement.query_map([], profile)?.collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

pub(crate) fn get(db: &Connection, id: UserId) -> Result<Profile> {
    let found =
        db.prepare_cached("SELECT id, name, created_at FROM profile WHERE id = ?1")?.query_row([id.0.as_bytes()], profile).optional()?;
    found.ok_or_else(|| missing(id))
}

/// The number that rows point at; it never leaves the file.
pub(crate) fn number(db: &Connection, id: UserId) -> Result<i64> {
    let found = db.prepare_cached("SELECT no FROM profile WHERE id = ?1")?.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?;
    found.ok_or_else(|| missing(id))
}

pub(crate) fn create(db: &Connection, profile: &Profile) -> Result<()> {
    let added = db
        .prepare_cached("INSERT INTO profile (id, name, created_at) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING")?
        .execute((profile.id.0.as_bytes(), &profile.name, profile.created_at.0))?;
    if added == 0 { Err(StoreError::Exists { kind: "profile", id: profile.id.to_string() }) } else { Ok(()) }
}

pub(crate) fn rename(db: &Connection, id: UserId, name: &str) -> Result<Profile> {
    db.prepare_cached("UPDATE profile SET name = ?2 WHERE id = ?1")?.execute((id.0.as_bytes(), name))?;
    get(db, id)
}

/// The person who practises; nobody before the first profile is made, or when the chosen one is gone.
pub(crate) fn chosen(db: &Connection) -> Result<Option<Profile>> {
    let Some(id) = device::get(db, device::CHOSEN_PROFILE)?.and_then(|text| text.parse().ok()) else { return Ok(None) };
    match get(db, id) {
        Ok(profile) => Ok(Some(profile)),
        Err(StoreError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

pub(crate) fn choose(db: &Connection, id: UserId) -> Result<Profile> {
    let profile = get(db, id)?;
    device::set(db, device::CHOSEN_PROFILE, &id.to_string())?;
    Ok(profile)
}

/// What the person has chosen; the defaults where nothing was.
pub(crate) fn settings(db: &Connection, id: UserId) -> Result<Settings> {
    let found: Option<Option<String>> =
        db.prepare_cached("SELECT settings FROM profile WHERE id = ?1")?.query_row([id.0.as_bytes()], |row| row.get(0)).optional()?;
    match found {
        None => Err(missing(id)),
        Some(None) => Ok(Settings::default()),
        // Settings that a newer program wrote must not lock a person out.
        Some(Some(text)) => Ok(from_json(&text, "settings").unwrap_or_default()),
    }
}

pub(crate) fn save_settings(db: &Connection, id: UserId, settings: &Settings) -> Result<()> {
    keep_settings(db, id, &json(settings, "settings")?)
}

/// Keeps settings as they are stored.
pub(crate) fn keep_settings(db: &Connection, id: UserId, settings: &str) -> Result<()> {
    let changed = db.prepare_cached("UPDATE profile SET settings = ?2 WHERE id = ?1")?.execute((id.0.as_bytes(), settings))?;
    if changed == 0 { Err(missing(id)) } else { Ok(()) }
}

fn profile(row: &Row<'_>) -> rusqlite::Result<Profile> {
    Ok(Profile { id: UserId(uuid(row, 0)?), name: row.get(1)?, created_at: millis(row, 2)? })
}

fn missing(id: UserId) -> StoreError {
    StoreError::NotFound { kind: "profile", id: id.to_string() }
}
