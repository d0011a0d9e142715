//! Tokens: what somebody shows instead of a password.

use sellme_core::{
    Millis,
    company::{Holder, TokenInfo, TokenKind},
    id::{OrganisationId, ShopId, TokenId, UserId},
};

use super::{accounts, audit};
use crate::{
    Result, StoreError,
    columns::Word,
    company::{
        CompanyStore, Deed, NewToken,
        sql::Sql,
        value::{Row, only, params},
    },
};

crate::columns::words!(TokenKind { SignIn => "sign_in", Personal => "personal" });

impl CompanyStore {
    /// Gives somebody a token who has just signed in; earlier failures are forgotten, and so are tokens of theirs that have ended. Of those of a sign-in they have `most`
    /// then: the oldest end. Says whether any did.
    pub async fn sign_in(&self, organisation: OrganisationId, token: &NewToken, most: u32, deed: Deed) -> Result<bool> {
        let token = token.clone();
        self.write(move |db| {
            db.run(
                "UPDATE account SET failures = 0, locked_until = 0, last_sign_in_at = $3 WHERE organisation = $1 AND id = $2",
                params![organisation.0, token.account.0, token.created_at],
            )?;
            forget_ended(db, organisation, &token)?;
            let ended = end_oldest(db, organisation, &token, most.saturating_sub(1))?;
            add(db, organisation, &token)?;
            audit::note(db, organisation, &deed).map(|()| ended)
        })
        .await
    }

    /// Whom a token stands for: nobody where it is unknown, has ended, or where its account may not sign in any more.
    pub async fn holder(&self, organisation: OrganisationId, hash: [u8; 32], now: Millis) -> Result<Option<Holder>> {
        self.read(move |db| {
            let found = db.row(
                "SELECT a.id, a.role, a.shop, a.name, a.email, t.id, t.expires_at, t.kind FROM token t
                 JOIN account a ON a.organisation = t.organisation AND a.id = t.account
                 WHERE t.organisation = $1 AND t.hash = $2 AND t.expires_at > $3 AND a.disabled_at IS NULL",
                params![organisation.0, &hash[..], now],
            )?;
            let Some(mut row) = found else { return Ok(None) };
            Ok(Some(Holder {
                organisation,
                account: UserId(row.id(0)?),
                role: accounts::role(&mut row, 1)?,
                shop: row.maybe_id(2)?.map(ShopId),
                name: row.text(3)?,
                email: row.text(4)?,
                token: TokenId(row.id(5)?),
                expires_at: row.millis(6)?,
                kind: kind(&mut row, 7)?,
            }))
        })
        .await
    }

    /// Gives somebody a personal token, unless they have `most` already: false then. Tokens of theirs that have ended are forgotten.
    pub async fn add_personal_token(&self, organisation: OrganisationId, token: &NewToken, most: u32, deed: Deed) -> Result<bool> {
        let token = token.clone();
        self.write(move |db| {
            db.alone(organisation)?;
            forget_ended(db, organisation, &token)?;
            let sql = "SELECT count(*) FROM token WHERE organisation = $1 AND account = $2 AND kind = 'personal'";
            if only(db.rows(sql, params![organisation.0, token.account.0])?)?.count(0)? >= most {
                return Ok(false);
            }
            add(db, organisation, &token)?;
            audit::note(db, organisation, &deed).map(|()| true)
        })
        .await
    }

    /// The tokens of somebody, the newest first.
    pub async fn tokens(&self, organisation: OrganisationId, account: UserId, now: Millis) -> Result<Vec<TokenInfo>> {
        self.read(move |db| {
            let rows = db.rows(
                "SELECT id, name, created_at, expires_at, kind FROM token
                 WHERE organisation = $1 AND account = $2 AND expires_at > $3 ORDER BY created_at DESC, id DESC",
                params![organisation.0, account.0, now],
            )?;
            let info = |mut row: Row| -> Result<TokenInfo> {
                Ok(TokenInfo {
                    id: TokenId(row.id(0)?),
                    kind: kind(&mut row, 4)?,
                    name: row.text(1)?,
                    created_at: row.millis(2)?,
                    expires_at: row.millis(3)?,
                })
            };
            rows.into_iter().map(info).collect()
        })
        .await
    }

    /// Ends a token of somebody.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] where they have no such token.
    pub async fn revoke(&self, organisation: OrganisationId, account: UserId, id: TokenId, deed: Deed) -> Result<()> {
        self.write(move |db| {
            let gone =
                db.run("DELETE FROM token WHERE organisation = $1 AND account = $2 AND id = $3", params![organisation.0, account.0, id.0])?;
            if gone == 0 {
                return Err(StoreError::NotFound { kind: "token", id: id.to_string() });
            }
            audit::note(db, organisation, &deed)
        })
        .await
    }
}

/// Lets go of what this person was given that has ended.
fn forget_ended(db: &mut dyn Sql, organisation: OrganisationId, token: &NewToken) -> Result<()> {
    db.run(
        "DELETE FROM token WHERE organisation = $1 AND account = $2 AND expires_at <= $3",
        params![organisation.0, token.account.0, token.created_at],
    )?;
    Ok(())
}

/// Ends the oldest sign-ins of this person but so many. Says whether there were any.
fn end_oldest(db: &mut dyn Sql, organisation: OrganisationId, token: &NewToken, kept: u32) -> Result<bool> {
    let ended = db.run(
        "DELETE FROM token WHERE organisation = $1 AND account = $2 AND kind = 'sign_in' AND id NOT IN
           (SELECT id FROM token WHERE organisation = $1 AND account = $2 AND kind = 'sign_in' ORDER BY created_at DESC, id DESC LIMIT $3)",
        params![organisation.0, token.account.0, kept],
    )?;
    Ok(ended > 0)
}

fn kind(row: &mut Row, column: usize) -> Result<TokenKind> {
    TokenKind::read(&row.text(column)?).map_err(|_| StoreError::Value("a kind of token"))
}

pub(super) fn add(db: &mut dyn Sql, organisation: OrganisationId, token: &NewToken) -> Result<()> {
    db.run(
        "INSERT INTO token (organisation, hash, id, account, name, created_at, expires_at, kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            organisation.0,
            &token.hash[..],
            token.id.0,
            token.account.0,
            &token.name,
            token.created_at,
            token.expires_at,
            token.kind.word(),
        ],
    )?;
    Ok(())
}
