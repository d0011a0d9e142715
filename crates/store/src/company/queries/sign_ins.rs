//! Sign-ins at the company's own sign-in service that are under way. Each ends with the first answer that comes for it.

use sellme_core::{Millis, company::Account, id::OrganisationId};

use super::accounts;
use crate::{
    Result,
    company::{CompanyStore, NewSignIn, value::params},
};

impl CompanyStore {
    /// Notes that somebody was sent there. Those that have ended are forgotten.
    pub async fn begin_sign_in(&self, organisation: OrganisationId, begun: &NewSignIn, now: Millis) -> Result<()> {
        let begun = begun.clone();
        self.write(move |db| {
            db.run("DELETE FROM sign_in WHERE organisation = $1 AND expires_at <= $2", params![organisation.0, now])?;
            db.run(
                "INSERT INTO sign_in (organisation, hash, browser, expires_at) VALUES ($1, $2, $3, $4)",
                params![organisation.0, &begun.hash[..], &begun.browser[..], begun.expires_at],
            )?;
            Ok(())
        })
        .await
    }

    /// True where this sign-in was under way in this browser; it is over with that.
    pub async fn end_sign_in(&self, organisation: OrganisationId, hash: [u8; 32], browser: [u8; 32], now: Millis) -> Result<bool> {
        self.write(move |db| {
            let ended = db.run(
                "DELETE FROM sign_in WHERE organisation = $1 AND hash = $2 AND browser = $3 AND expires_at > $4",
                params![organisation.0, &hash[..], &browser[..], now],
            )?;
            Ok(ended > 0)
        })
        .await
    }

    /// A person of a company by their address, in small letters.
    pub async fn account_at(&self, organisation: OrganisationId, email: &str) -> Result<Option<Account>> {
        let email = email.to_owned();
        self.read(move |db| {
            let sql = format!("SELECT {} FROM account WHERE organisation = $1 AND email = $2", accounts::COLUMNS);
            db.row(&sql, params![organisation.0, &email])?.map(|mut row| accounts::account(&mut row, 0)).transpose()
        })
        .await
    }
}
