//! Catalogues: every revision that was ever in force.

use std::io::{Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use sellme_core::{Millis, id::OrganisationId};

use super::organisations;
use crate::{
    Result, StoreError,
    company::{CompanyStore, sql::Sql, value::params},
};

/// Largest catalogue, as JSON: a hundred thousand products.
const LARGEST: u64 = 512 * 1024 * 1024;

impl CompanyStore {
    /// Revision of the catalogue in force.
    pub async fn catalog_revision(&self, organisation: OrganisationId) -> Result<u32> {
        self.read(move |db| organisations::catalog_revision(db, organisation)).await
    }

    /// A catalogue as JSON, and when it was published.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such revision.
    pub async fn catalog(&self, organisation: OrganisationId, revision: u32) -> Result<(String, Millis)> {
        self.read(move |db| {
            let sql = "SELECT body, published_at FROM catalog WHERE organisation = $1 AND revision = $2";
            let found = db.row(sql, params![organisation.0, revision])?;
            let row = found.ok_or_else(|| StoreError::NotFound { kind: "catalogue", id: revision.to_string() })?;
            Ok((unpack(row.bytes(0)?)?, row.millis(1)?))
        })
        .await
    }
}

pub(super) fn add(db: &mut dyn Sql, organisation: OrganisationId, revision: u32, now: Millis, packed: &[u8]) -> Result<()> {
    db.run(
        "INSERT INTO catalog (organisation, revision, published_at, body) VALUES ($1, $2, $3, $4)",
        params![organisation.0, revision, now, packed],
    )?;
    Ok(())
}

/// A text, deflated where nobody else waits for it: a large catalogue takes a while.
pub(super) async fn packed(text: String) -> Result<Vec<u8>> {
    tokio::task::spawn_blocking(move || pack(&text)).await.unwrap_or(Err(StoreError::Closed))
}

/// A text, deflated.
pub(super) fn pack(text: &str) -> Result<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes())?;
    Ok(encoder.finish()?)
}

/// A text that was deflated.
pub(super) fn unpack(packed: &[u8]) -> Result<String> {
    let mut text = String::new();
    DeflateDecoder::new(packed).take(LARGEST).read_to_string(&mut text).map_err(|_| StoreError::Value("a packed text"))?;
    Ok(text)
}
