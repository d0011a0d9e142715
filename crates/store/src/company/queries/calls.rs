//! Calls by voice that the company pays for, so that nobody uses up what is meant for all.

use sellme_core::{
    Millis,
    id::{OrganisationId, SessionId},
};

use crate::{
    Result, StoreError,
    company::{
        CallSeconds, CompanyStore, NewCall,
        sql::Sql,
        value::{only, params},
    },
};

impl CompanyStore {
    /// Opens a call where the caps leave room for it: what counts already, and this one, goes through `fits` first. `None` where it does not fit. A call of the
    /// same session that is still open ends with that: what the service calls it comes back.
    pub async fn open_call(
        &self,
        organisation: OrganisationId,
        call: &NewCall,
        fits: fn(CallSeconds, caps: CallSeconds) -> bool,
        caps: CallSeconds,
    ) -> Result<Option<Vec<String>>> {
        let call = call.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            let earlier = close(db, organisation, call.session, call.opened_at)?;
            let used = seconds(db, organisation, &call)?;
            let own = u64::from(call.seconds);
            let with_it = CallSeconds { account: used.account + own, shop: used.shop + own, organisation: used.organisation + own };
            if !fits(with_it, caps) {
                return Ok(None);
            }
            db.run(
                "INSERT INTO call (organisation, id, session, account, shop, day, opened_at, seconds) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                params![
                    organisation.0,
                    call.id,
                    call.session.0,
                    call.account.0,
                    call.shop.map(|shop| shop.0),
                    call.day,
                    call.opened_at,
                    call.seconds,
                ],
            )?;
            Ok(Some(earlier))
        })
        .await
    }

    /// Notes what the service calls a call that it took; or that it took none, which then counts for nothing.
    pub async fn call_answered(&self, organisation: OrganisationId, id: uuid::Uuid, at_service: Option<&str>, taken: bool) -> Result<()> {
        let at_service = at_service.map(str::to_owned);
        self.write(move |db| {
            if taken {
                let sql = "UPDATE call SET at_service = $3 WHERE organisation = $1 AND id = $2";
                db.run(sql, params![organisation.0, id, at_service.as_ref()])?;
            } else {
                db.run("DELETE FROM call WHERE organisation = $1 AND id = $2", params![organisation.0, id])?;
            }
            Ok(())
        })
        .await
    }

    /// Closes the open calls of a session: from now on they count for as long as they were. Gives what the service calls them.
    pub async fn close_calls(&self, organisation: OrganisationId, session: SessionId, now: Millis) -> Result<Vec<String>> {
        self.write(move |db| close(db, organisation, session, now)).await
    }
}

fn close(db: &mut dyn Sql, organisation: OrganisationId, session: SessionId, now: Millis) -> Result<Vec<String>> {
    // A call never counts for more than it was let to last, nor for less than nothing where a clock was set back.
    let rows = db.rows(
        "UPDATE call SET closed_at = $3,
           seconds = CASE WHEN $3 < opened_at THEN 0 WHEN ($3 - opened_at) / 1000 < seconds THEN ($3 - opened_at) / 1000 + 1 ELSE seconds END
         WHERE organisation = $1 AND session = $2 AND closed_at IS NULL RETURNING at_service",
        params![organisation.0, session.0, now],
    )?;
    rows.into_iter().filter_map(|mut row| row.maybe_text(0).transpose()).collect()
}

fn seconds(db: &mut dyn Sql, organisation: OrganisationId, call: &NewCall) -> Result<CallSeconds> {
    let row = only(db.rows(
        "SELECT CAST(coalesce(sum(CASE WHEN account = $3 THEN seconds ELSE 0 END), 0) AS BIGINT),
           CAST(coalesce(sum(CASE WHEN shop = $4 THEN seconds ELSE 0 END), 0) AS BIGINT), CAST(coalesce(sum(seconds), 0) AS BIGINT)
         FROM call WHERE organisation = $1 AND day = $2",
        params![organisation.0, call.day, call.account.0, call.shop.map(|shop| shop.0)],
    )?)?;
    let number = |column| -> Result<u64> { u64::try_from(row.integer(column)?).map_err(|_| StoreError::Value("seconds")) };
    Ok(CallSeconds { account: number(0)?, shop: number(1)?, organisation: number(2)? })
}
