//! Editions of a catalogue: listed, published, put in force again.

use sellme_core::{
    Millis,
    id::{OrganisationId, UserId},
};

use super::{audit, catalogs, organisations};
use crate::{
    Result, StoreError,
    company::{
        CompanyStore, Deed, EditionInfo, NewEdition, Publishing,
        sql::Sql,
        value::{Row, only, params},
    },
};

const COLUMNS: &str = "c.revision, c.published_at, c.published_by, a.name, CASE WHEN o.catalog_revision = c.revision THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END
     FROM catalog c JOIN organisation o ON o.id = c.organisation LEFT JOIN account a ON a.organisation = c.organisation AND a.id = c.published_by";

impl CompanyStore {
    /// A page of the editions, the newest first, and how many there are in all.
    pub async fn editions(&self, organisation: OrganisationId, offset: u32, limit: u32) -> Result<(Vec<EditionInfo>, u32)> {
        self.read_at_once(move |db| {
            let counted = db.rows("SELECT count(*) FROM catalog WHERE organisation = $1", params![organisation.0])?;
            let sql = format!("SELECT {COLUMNS} WHERE c.organisation = $1 ORDER BY c.revision DESC LIMIT $2 OFFSET $3");
            let rows = db.rows(&sql, params![organisation.0, limit, offset])?;
            Ok((rows.into_iter().map(edition).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// An edition, and the catalogue as JSON.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such revision.
    pub async fn edition(&self, organisation: OrganisationId, revision: u32) -> Result<(EditionInfo, String)> {
        self.read_at_once(move |db| {
            let sql = format!("SELECT {COLUMNS} WHERE c.organisation = $1 AND c.revision = $2");
            let info = db.row(&sql, params![organisation.0, revision])?.ok_or_else(|| unknown(revision))?;
            let sql = "SELECT body FROM catalog WHERE organisation = $1 AND revision = $2";
            let body = db.row(sql, params![organisation.0, revision])?.ok_or_else(|| unknown(revision))?;
            Ok((edition(info)?, catalogs::unpack(body.bytes(0)?)?))
        })
        .await
    }

    /// Keeps an edition and puts it in force. The newest once more, while it is in force, is no other.
    pub async fn publish(&self, organisation: OrganisationId, edition: &NewEdition, deed: Deed) -> Result<Publishing> {
        let NewEdition { revision, published_by, published_at, ref text } = *edition;
        let (text, packed) = (text.clone(), catalogs::packed(text.clone()).await?);
        self.write_apart(move |db| {
            db.alone(organisation)?;
            let newest = only(db.rows("SELECT max(revision) FROM catalog WHERE organisation = $1", params![organisation.0])?)?.count(0)?;
            if revision == newest && organisations::catalog_revision(db, organisation)? == newest {
                let sql = "SELECT body FROM catalog WHERE organisation = $1 AND revision = $2";
                let there = db.row(sql, params![organisation.0, revision])?.ok_or_else(|| unknown(revision))?;
                if catalogs::unpack(there.bytes(0)?)? == text {
                    return Ok(Publishing::Already);
                }
            }
            if Some(revision) != newest.checked_add(1) {
                return Ok(Publishing::OutOfTurn(newest));
            }
            db.run(
                "INSERT INTO catalog (organisation, revision, published_at, published_by, body) VALUES ($1, $2, $3, $4, $5)",
                params![organisation.0, revision, published_at, published_by.0, &packed[..]],
            )?;
            put_in_force(db, organisation, revision)?;
            audit::note(db, organisation, &deed)?;
            Ok(Publishing::Done)
        })
        .await
    }

    /// Puts an edition in force again. False where it is already.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where there is no such revision.
    pub async fn put_in_force(&self, organisation: OrganisationId, revision: u32, deed: Deed) -> Result<bool> {
        self.write(move |db| {
            db.alone(organisation)?;
            let sql = "SELECT revision FROM catalog WHERE organisation = $1 AND revision = $2";
            db.row(sql, params![organisation.0, revision])?.ok_or_else(|| unknown(revision))?;
            if organisations::catalog_revision(db, organisation)? == revision {
                return Ok(false);
            }
            put_in_force(db, organisation, revision)?;
            audit::note(db, organisation, &deed)?;
            Ok(true)
        })
        .await
    }
}

fn put_in_force(db: &mut dyn Sql, organisation: OrganisationId, revision: u32) -> Result<()> {
    db.run("UPDATE organisation SET catalog_revision = $2 WHERE id = $1", params![organisation.0, revision]).map(|_| ())
}

fn unknown(revision: u32) -> StoreError {
    StoreError::NotFound { kind: "edition", id: revision.to_string() }
}

fn edition(mut row: Row) -> Result<EditionInfo> {
    let published_at: Millis = row.millis(1)?;
    let by = row.maybe_id(2)?.map(UserId);
    let name = row.maybe_text(3)?;
    Ok(EditionInfo { revision: row.count(0)?, published_at, published_by: by.zip(name), in_force: row.integer(4)? == 1 })
}
