//! Calls by voice that the company pays for, so that nobody uses up what is meant for all.

use sellme_core::{
    Millis,
    id::{OrganisationId, SessionId},
};
use uuid::Uuid;

use super::audit;
use crate::{
    Result, StoreError,
    company::{
        CallCap, CallSum, CallsOfDay, CompanyStore, Deed, NewCall, OverCall,
        sql::Sql,
        value::{only, params},
    },
};

/// Closes the open calls that are named after it; `$1` is when. Those that the service knows are to be told of.
///
/// A call never counts for more than it was let to last, nor for less than nothing where a clock was set back. One of which the service said no name cannot be ended
/// from here, so that it counts in full. Its cost goes with its length, rounded up: what was said before is paid again with every answer, so that a shorter call costs
/// no more than its part of the longest.
const CLOSE: &str = "UPDATE call SET closed_at = $1, untold_since = CASE WHEN at_service IS NULL THEN NULL ELSE CAST($1 AS BIGINT) END,
       seconds = CASE WHEN at_service IS NULL THEN seconds WHEN $1 < opened_at THEN 0 WHEN ($1 - opened_at) / 1000 < seconds THEN ($1 - opened_at) / 1000 + 1 ELSE seconds END,
       millicents = CASE WHEN at_service IS NULL THEN millicents WHEN $1 < opened_at THEN 0
         WHEN ($1 - opened_at) / 1000 < seconds THEN (millicents * (($1 - opened_at) / 1000 + 1) + seconds - 1) / seconds ELSE millicents END
     WHERE closed_at IS NULL";

impl CompanyStore {
    /// Opens a call where the caps leave room for it: what counts already, and this one, goes through `beyond` first, which says whether a cap is in the way; that cap is
    /// given then. A call of the same session that is still open ends with that, also where there is no room for this one. `deed` is what is written down of it.
    pub async fn open_call(
        &self,
        organisation: OrganisationId,
        call: &NewCall,
        deed: Option<Deed>,
        beyond: fn(CallsOfDay, caps: CallsOfDay) -> Option<CallCap>,
        caps: CallsOfDay,
    ) -> Result<Option<CallCap>> {
        let call = call.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            close_of_session(db, organisation, call.session, call.opened_at)?;
            let used = used(db, organisation, &call)?;
            let with_it =
                CallsOfDay { seconds: more(used.seconds, call.seconds.into()), millicents: more(used.millicents, call.millicents) };
            if let Some(cap) = beyond(with_it, caps) {
                return Ok(Some(cap));
            }
            db.run(
                "INSERT INTO call (organisation, id, session, account, shop, day, opened_at, seconds, millicents)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                params![
                    organisation.0,
                    call.id,
                    call.session.0,
                    call.account.0,
                    call.shop.map(|shop| shop.0),
                    call.day,
                    call.opened_at,
                    call.seconds,
                    i64::try_from(call.millicents).unwrap_or(i64::MAX),
                ],
            )?;
            if let Some(deed) = &deed {
                audit::note(db, organisation, deed)?;
            }
            Ok(None)
        })
        .await
    }

    /// Notes what the service calls a call that it took. Says whether the call is still open: another one of the session, or its end, may have closed it while the service
    /// was asked, which is to be told of that then.
    pub async fn call_taken(&self, organisation: OrganisationId, id: Uuid, at_service: Option<&str>) -> Result<bool> {
        let at_service = at_service.map(str::to_owned);
        self.write(move |db| {
            let sql = "UPDATE call SET at_service = $3, untold_since = CASE WHEN CAST($3 AS TEXT) IS NULL THEN NULL ELSE closed_at END
                 WHERE organisation = $1 AND id = $2 RETURNING closed_at";
            let row = db.row(sql, params![organisation.0, id, at_service.as_ref()])?;
            row.map_or(Ok(false), |row| Ok(row.maybe_millis(0)?.is_none()))
        })
        .await
    }

    /// Notes that there is no such call at the service: it counts for nothing.
    pub async fn call_not_taken(&self, organisation: OrganisationId, id: Uuid) -> Result<()> {
        self.write(move |db| db.run("DELETE FROM call WHERE organisation = $1 AND id = $2", params![organisation.0, id]).map(|_| ())).await
    }

    /// Closes the open calls of a session: from now on those that can be ended count for as long as they were. `deed` is written down where there was one.
    pub async fn close_calls(&self, organisation: OrganisationId, session: SessionId, now: Millis, deed: Option<Deed>) -> Result<()> {
        self.write(move |db| {
            if deed.is_some() {
                // In the order of whoever opens a call, who comes by the company first.
                db.alone(organisation)?;
            }
            let closed = close_of_session(db, organisation, session, now)?;
            if let Some(deed) = deed.as_ref().filter(|_| closed > 0) {
                audit::note(db, organisation, deed)?;
            }
            Ok(())
        })
        .await
    }

    /// Closes a call, where it is open.
    pub async fn close_call(&self, organisation: OrganisationId, id: Uuid, now: Millis) -> Result<()> {
        self.write(move |db| {
            db.run(&format!("{CLOSE} AND organisation = $2 AND id = $3"), params![now, organisation.0, id])?;
            Ok(())
        })
        .await
    }

    /// Closes the calls of all companies that have lasted as long as they may, or whose session is over.
    pub async fn close_overdue_calls(&self, now: Millis) -> Result<()> {
        self.write(move |db| {
            let overdue = "(opened_at + seconds * 1000 <= $1 OR EXISTS (SELECT 1 FROM session s
                 WHERE s.organisation = call.organisation AND s.id = call.session AND s.status <> 'IN_PROGRESS'))";
            db.run(&format!("{CLOSE} AND {overdue}"), params![now])?;
            Ok(())
        })
        .await
    }

    /// The calls of all companies that are over here and of which the service has not been told, those first that have been for longest, at most so many.
    pub async fn over_calls(&self, most: u32) -> Result<Vec<OverCall>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT organisation, id, at_service, untold_since FROM call WHERE untold_since IS NOT NULL ORDER BY untold_since LIMIT $1",
                params![most],
            )?;
            let over = rows.into_iter().map(|mut row| {
                Ok(OverCall { organisation: OrganisationId(row.id(0)?), id: row.id(1)?, at_service: row.text(2)?, since: row.millis(3)? })
            });
            over.collect()
        })
        .await
    }

    /// Notes that the service has been told of a call that is over.
    pub async fn call_told(&self, organisation: OrganisationId, id: Uuid) -> Result<()> {
        self.write(move |db| {
            db.run("UPDATE call SET untold_since = NULL WHERE organisation = $1 AND id = $2", params![organisation.0, id]).map(|_| ())
        })
        .await
    }
}

/// Says how many there were.
fn close_of_session(db: &mut dyn Sql, organisation: OrganisationId, session: SessionId, now: Millis) -> Result<u64> {
    // By the index of what is open, not through all that the company ever had.
    let of_session = "organisation = $2 AND id IN (SELECT o.id FROM call o WHERE o.session = $3 AND o.closed_at IS NULL)";
    db.run(&format!("{CLOSE} AND {of_session}"), params![now, organisation.0, session.0])
}

fn more(sum: CallSum, own: u64) -> CallSum {
    let with = |counted: u64| counted.saturating_add(own);
    CallSum { account: with(sum.account), shop: with(sum.shop), organisation: with(sum.organisation) }
}

fn used(db: &mut dyn Sql, organisation: OrganisationId, call: &NewCall) -> Result<CallsOfDay> {
    let row = only(db.rows(
        "SELECT CAST(coalesce(sum(CASE WHEN account = $3 THEN seconds ELSE 0 END), 0) AS BIGINT),
           CAST(coalesce(sum(CASE WHEN shop = $4 THEN seconds ELSE 0 END), 0) AS BIGINT), CAST(coalesce(sum(seconds), 0) AS BIGINT),
           CAST(coalesce(sum(CASE WHEN account = $3 THEN millicents ELSE 0 END), 0) AS BIGINT),
           CAST(coalesce(sum(CASE WHEN shop = $4 THEN millicents ELSE 0 END), 0) AS BIGINT), CAST(coalesce(sum(millicents), 0) AS BIGINT)
         FROM call WHERE organisation = $1 AND day = $2",
        params![organisation.0, call.day, call.account.0, call.shop.map(|shop| shop.0)],
    )?)?;
    let number = |column| -> Result<u64> { u64::try_from(row.integer(column)?).map_err(|_| StoreError::Value("a sum of calls")) };
    let sum =
        |from| -> Result<CallSum> { Ok(CallSum { account: number(from)?, shop: number(from + 1)?, organisation: number(from + 2)? }) };
    Ok(CallsOfDay { seconds: sum(0)?, millicents: sum(3)? })
}
