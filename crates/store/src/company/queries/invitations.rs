//! Invitations: by which somebody sets their password, once.

use sellme_core::{
    Millis,
    company::Account,
    id::{OrganisationId, UserId},
};

use super::{accounts, audit, people, tokens};
use crate::{
    Result,
    company::{CompanyStore, Deed, NewInvitation, NewToken, sql::Sql, value::params},
};

impl CompanyStore {
    /// Invites somebody; an earlier invitation of theirs is good no more. With `reset` neither is their password, and they are signed out everywhere.
    ///
    /// # Errors
    /// [`crate::StoreError::NotFound`].
    pub async fn invite(
        &self,
        organisation: OrganisationId,
        id: UserId,
        invitation: &NewInvitation,
        reset: bool,
        deed: Deed,
    ) -> Result<()> {
        let invitation = invitation.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            people::find(db, organisation, id)?;
            put(db, organisation, id, &invitation)?;
            if reset {
                db.run("UPDATE account SET password = NULL WHERE organisation = $1 AND id = $2", params![organisation.0, id.0])?;
                people::signed_out(db, organisation, id)?;
            }
            audit::note(db, organisation, &deed)
        })
        .await
    }

    /// Whom an invitation is for: nobody where it is unknown, was used or has ended, or where they may not sign in any more.
    pub async fn invited(&self, organisation: OrganisationId, hash: [u8; 32], now: Millis) -> Result<Option<Account>> {
        self.read(move |db| {
            let found = db.row(
                "SELECT a.id, a.email, a.name, a.role, a.shop, a.created_at, a.disabled_at
                 FROM invitation i JOIN account a ON a.organisation = i.organisation AND a.id = i.account
                 WHERE i.organisation = $1 AND i.hash = $2 AND i.expires_at > $3 AND a.disabled_at IS NULL",
                params![organisation.0, &hash[..], now],
            )?;
            found.map(|mut row| accounts::account(&mut row, 0)).transpose()
        })
        .await
    }

    /// Uses an invitation up: the password is set, whoever was signed in as this person is no more, and the token is good from now on. False where somebody was quicker.
    pub async fn accept(&self, organisation: OrganisationId, hash: [u8; 32], password: &str, token: &NewToken, deed: Deed) -> Result<bool> {
        let (password, token) = (password.to_owned(), token.clone());
        self.write(move |db| {
            let used = db.run(
                "DELETE FROM invitation WHERE organisation = $1 AND hash = $2 AND account = $3 AND expires_at > $4",
                params![organisation.0, &hash[..], token.account.0, token.created_at],
            )?;
            if used == 0 {
                return Ok(false);
            }
            let set = db.run(
                "UPDATE account SET password = $3, failures = 0, locked_until = 0, last_sign_in_at = $4
                 WHERE organisation = $1 AND id = $2 AND disabled_at IS NULL",
                params![organisation.0, token.account.0, &password, token.created_at],
            )?;
            if set == 0 {
                return Ok(false);
            }
            people::signed_out(db, organisation, token.account)?;
            tokens::add(db, organisation, &token)?;
            audit::note(db, organisation, &deed)?;
            Ok(true)
        })
        .await
    }
}

pub(super) fn put(db: &mut dyn Sql, organisation: OrganisationId, id: UserId, invitation: &NewInvitation) -> Result<()> {
    drop_of(db, organisation, id)?;
    db.run(
        "INSERT INTO invitation (organisation, account, hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        params![organisation.0, id.0, &invitation.hash[..], invitation.created_at, invitation.expires_at],
    )
    .map(|_| ())
}

pub(super) fn drop_of(db: &mut dyn Sql, organisation: OrganisationId, id: UserId) -> Result<()> {
    db.run("DELETE FROM invitation WHERE organisation = $1 AND account = $2", params![organisation.0, id.0]).map(|_| ())
}
