//! Of which version the tables are, and the steps that lead older ones to the newest.

use postgres::{Client, GenericClient};

use super::{
    super::migrations::{NEWEST, POSTGRES},
    address::Address,
    refused,
};
use crate::{Result, StoreError};

/// Held while a process leads the records to the newest version: of two that start at once, one waits.
const MIGRATING: i64 = 0x534D_5048;

/// Of which version the records are, without a change to them; `None` where there are none yet.
///
/// # Errors
/// The address cannot be read, the server does not answer or refuses.
pub(in crate::company) fn version(address: &str) -> Result<Option<i64>> {
    let mut client = Address::read(address)?.looking().connect()?;
    let sql = "SELECT to_regclass('sellme_version') IS NOT NULL";
    let there: bool = client.query_one(sql, &[]).and_then(|row| row.try_get(0)).map_err(refused)?;
    Ok(if there { Some(found(&mut client)?).filter(|found| *found > 0) } else { None })
}

fn found(client: &mut impl GenericClient) -> Result<i64> {
    let sql = "SELECT coalesce(max(version), 0) FROM sellme_version";
    client.query_one(sql, &[]).and_then(|row| row.try_get(0)).map_err(refused)
}

/// Leads the tables to the newest version: all steps in one transaction, however long they take.
///
/// # Errors
/// The records are newer, or the server refuses; nothing is changed then.
pub(super) fn take(client: &mut Client) -> Result<()> {
    let mut transaction = client.transaction().map_err(refused)?;
    // An index on a million rows takes longer than any answer may, and whoever waits for another process's steps waits for as long as those take.
    transaction.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").map_err(refused)?;
    let alone: bool =
        transaction.query_one("SELECT pg_try_advisory_xact_lock($1)", &[&MIGRATING]).and_then(|row| row.try_get(0)).map_err(refused)?;
    if !alone {
        tracing::info!("another process leads the records to the newest version; this one waits until it has");
        transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATING]).map_err(refused)?;
    }
    // A table that somebody holds is not waited for without an end: whoever asks for it after this would wait as well.
    transaction
        .batch_execute("SET LOCAL lock_timeout TO DEFAULT; CREATE TABLE IF NOT EXISTS sellme_version (version BIGINT NOT NULL)")
        .map_err(refused)?;
    let found = found(&mut transaction)?;
    if found > NEWEST {
        return Err(StoreError::Newer { found, known: NEWEST });
    }
    let done = usize::try_from(found).map_err(|_| StoreError::Value("the version"))?;
    for step in POSTGRES.iter().skip(done) {
        transaction.batch_execute(step).map_err(refused)?;
    }
    transaction.execute("DELETE FROM sellme_version", &[]).map_err(refused)?;
    transaction.execute("INSERT INTO sellme_version VALUES ($1)", &[&NEWEST]).map_err(refused)?;
    transaction.commit().map_err(refused)
}
