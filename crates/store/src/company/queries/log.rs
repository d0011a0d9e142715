//! The log of what was done, as it is read: some of it, with the names of those who did it.

use sellme_core::id::OrganisationId;

use super::audit;
use crate::{
    Result,
    company::{
        AuditQuery, CompanyStore, LoggedDeed,
        value::{Row, only, params},
    },
};

const COLUMNS: &str = "l.seq, l.at, l.actor, l.action, l.subject, l.detail, a.name";
const FROM: &str = "audit l LEFT JOIN account a ON a.organisation = l.organisation AND a.id = l.actor";
const MATCHING: &str = "l.organisation = $1 AND (CAST($2 AS UUID) IS NULL OR l.actor = $2) AND (CAST($3 AS TEXT) IS NULL OR l.action = $3) \
     AND (CAST($4 AS BIGINT) IS NULL OR l.at >= CAST($4 AS BIGINT)) AND (CAST($5 AS BIGINT) IS NULL OR l.at < CAST($5 AS BIGINT))";

impl CompanyStore {
    /// Some entries, the newest first, and how many there are in all.
    pub async fn log(&self, organisation: OrganisationId, query: &AuditQuery, offset: u32, limit: u32) -> Result<(Vec<LoggedDeed>, u32)> {
        let query = query.clone();
        self.read_at_once(move |db| {
            let actor = query.actor.map(|actor| actor.0);
            let counted = db.rows(
                &format!("SELECT count(*) FROM audit l WHERE {MATCHING}"),
                params![organisation.0, actor, query.action.as_ref(), query.from, query.before],
            )?;
            let rows = db.rows(
                &format!("SELECT {COLUMNS} FROM {FROM} WHERE {MATCHING} ORDER BY l.seq DESC LIMIT $6 OFFSET $7"),
                params![organisation.0, actor, query.action.as_ref(), query.from, query.before, limit, offset],
            )?;
            Ok((rows.into_iter().map(logged).collect::<Result<_>>()?, only(counted)?.count(0)?))
        })
        .await
    }

    /// Some entries after this number, the oldest first.
    pub async fn log_after(&self, organisation: OrganisationId, query: &AuditQuery, after: i64, limit: u32) -> Result<Vec<LoggedDeed>> {
        let query = query.clone();
        self.read(move |db| {
            let rows = db.rows(
                &format!("SELECT {COLUMNS} FROM {FROM} WHERE {MATCHING} AND l.seq > $6 ORDER BY l.seq LIMIT $7"),
                params![organisation.0, query.actor.map(|actor| actor.0), query.action.as_ref(), query.from, query.before, after, limit],
            )?;
            rows.into_iter().map(logged).collect()
        })
        .await
    }
}

fn logged(mut row: Row) -> Result<LoggedDeed> {
    Ok(LoggedDeed { entry: audit::entry(&mut row)?, actor_name: row.maybe_text(6)? })
}
