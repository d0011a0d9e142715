//! The log of what was done: each entry holds the hash of the one before it.

use sellme_core::{
    Millis,
    id::{OrganisationId, UserId},
};
use sha2::{Digest, Sha256};

use crate::{
    Result, StoreError,
    company::{
        AuditEntry, AuditHead, CompanyStore, Deed,
        sql::Sql,
        value::{Row, params},
    },
};

/// How many entries are read at once.
const PIECE: i64 = 1_000;

impl CompanyStore {
    /// Writes down what was done.
    pub async fn note(&self, organisation: OrganisationId, deed: Deed) -> Result<()> {
        self.write(move |db| note(db, organisation, &deed)).await
    }

    /// Entries after this number, oldest first, a piece at a time.
    pub async fn audit(&self, organisation: OrganisationId, after: i64) -> Result<Vec<AuditEntry>> {
        self.read(move |db| Ok(piece(db, organisation, after)?.into_iter().map(|(entry, _)| entry).collect())).await
    }

    /// Goes through the whole log. Gives how many entries it has; `Err` in the answer is the number of the first that was changed, or that is missing, the newest too.
    pub async fn check_audit(&self, organisation: OrganisationId) -> Result<std::result::Result<i64, i64>> {
        // Others may write meanwhile: what was the newest entry at the beginning is among those that follow, and nothing is beyond the newest at the end.
        let newest = self.audit_head(organisation).await?;
        let (mut last, mut before) = (0, [0; 32]);
        loop {
            let entries = self.read(move |db| piece(db, organisation, last)).await?;
            if entries.is_empty() {
                break;
            }
            for (entry, stored) in entries {
                let sealed = hash(&before, &entry);
                let is_newest = entry.seq == newest.seq;
                if entry.seq != last + 1 || sealed[..] != stored[..] || is_newest && sealed != newest.hash {
                    return Ok(Err(last + 1));
                }
                (last, before) = (entry.seq, sealed);
            }
        }
        let most = self.audit_head(organisation).await?.seq;
        Ok(if last < newest.seq {
            Err(last + 1)
        } else if last > most {
            Err(most + 1)
        } else {
            Ok(last)
        })
    }

    /// The newest entry, as it is kept apart from the log.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] for a company that is not there.
    pub async fn audit_head(&self, organisation: OrganisationId) -> Result<AuditHead> {
        self.read(move |db| head(db, organisation, "")).await
    }

    /// The entry of this number, where there is one, as it is sealed in the log.
    pub async fn audit_sealed(&self, organisation: OrganisationId, seq: i64) -> Result<Option<AuditHead>> {
        self.read(move |db| {
            let found = db.row("SELECT hash FROM audit WHERE organisation = $1 AND seq = $2", params![organisation.0, seq])?;
            found.map(|row| Ok(AuditHead { seq, hash: sealed(&row, 0)? })).transpose()
        })
        .await
    }
}

/// Writes down what was done, in the transaction that does it.
pub(super) fn note(db: &mut dyn Sql, organisation: OrganisationId, deed: &Deed) -> Result<()> {
    let lock = db.to_change();
    let AuditHead { seq, hash: before } = head(db, organisation, lock)?;
    let entry = AuditEntry {
        seq: seq + 1,
        at: deed.at,
        actor: deed.actor,
        action: deed.action.to_owned(),
        subject: deed.subject.clone(),
        detail: deed.detail.clone(),
    };
    let sealed = hash(&before, &entry);
    let written = db.run(
        "INSERT INTO audit (organisation, seq, at, actor, action, subject, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            organisation.0,
            entry.seq,
            entry.at,
            entry.actor.map(|actor| actor.0),
            &entry.action,
            &entry.subject,
            &entry.detail,
            &sealed[..],
        ],
    );
    match written {
        // Another process was quicker to write the next number: the whole transaction is tried again.
        Err(StoreError::Exists { id, .. }) => Err(StoreError::Busy(id)),
        written => written.map(|_| ()),
    }?;
    let sql = "UPDATE organisation SET audit_seq = $2, audit_hash = $3 WHERE id = $1";
    db.run(sql, params![organisation.0, entry.seq, &sealed[..]]).map(|_| ())
}

fn head(db: &mut dyn Sql, organisation: OrganisationId, lock: &str) -> Result<AuditHead> {
    let sql = format!("SELECT audit_seq, audit_hash FROM organisation WHERE id = $1{lock}");
    let found = db.row(&sql, params![organisation.0])?;
    let row = found.ok_or_else(|| StoreError::NotFound { kind: "organisation", id: organisation.to_string() })?;
    let seq = row.integer(0)?;
    Ok(AuditHead { seq, hash: if seq == 0 { [0; 32] } else { sealed(&row, 1)? } })
}

fn sealed(row: &Row, column: usize) -> Result<[u8; 32]> {
    row.bytes(column)?.try_into().map_err(|_| StoreError::Value("a hash"))
}

fn piece(db: &mut dyn Sql, organisation: OrganisationId, after: i64) -> Result<Vec<(AuditEntry, Vec<u8>)>> {
    let rows = db.rows(
        "SELECT seq, at, actor, action, subject, detail, hash FROM audit WHERE organisation = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        params![organisation.0, after, PIECE],
    )?;
    let read = |mut row: Row| -> Result<(AuditEntry, Vec<u8>)> { Ok((entry(&mut row)?, row.bytes(6)?.to_vec())) };
    rows.into_iter().map(read).collect()
}

/// An entry in the first six columns.
pub(super) fn entry(row: &mut Row) -> Result<AuditEntry> {
    Ok(AuditEntry {
        seq: row.integer(0)?,
        at: row.millis(1)?,
        actor: row.maybe_id(2)?.map(UserId),
        action: row.text(3)?,
        subject: row.text(4)?,
        detail: row.text(5)?,
    })
}

/// What an entry is sealed with: every part with its length, so that none can be moved into another.
fn hash(before: &[u8; 32], entry: &AuditEntry) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(before);
    let Millis(at) = entry.at;
    hasher.update(entry.seq.to_be_bytes());
    hasher.update(at.to_be_bytes());
    let actor = entry.actor.map(|actor| actor.to_string()).unwrap_or_default();
    for part in [&actor, &entry.action, &entry.subject, &entry.detail] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().into()
}
