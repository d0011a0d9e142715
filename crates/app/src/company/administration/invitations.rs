//! Invitations: shown once, good for a week, used once.

use std::fmt;

use sellme_core::{Code, DAY_MS, Error, Millis, error::Result, id::UserId};
use sellme_store::company::NewInvitation;
use serde_json::json;

use super::Admin;
use crate::company::{
    Company, Secret, SignedIn,
    secret::{self, Kind},
};

/// How long an invitation is good, in milliseconds: seven days.
const GOOD_MS: i64 = 7 * DAY_MS;

/// An invitation, as it is shown once.
pub struct Invitation {
    /// What the invited person shows.
    pub secret: Secret,
    /// When it ends.
    pub expires_at: Millis,
}

impl fmt::Debug for Invitation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Invitation").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

impl Company {
    /// Invites somebody to set a password; an earlier invitation of theirs is good no more. With `reset` neither is their password from now on, and they are signed out
    /// everywhere.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `NotFound`; `WrongState` where they may not sign in.
    pub async fn invite(&self, by: &Admin, id: UserId, reset: bool) -> Result<Invitation> {
        let holder = by.signed_in()?;
        if self.person(by, id).await?.account.disabled_at.is_some() {
            return Err(Error::new(Code::WrongState, "This person may not sign in, so nothing was changed. Let them sign in again first."));
        }
        let (kept, invitation) = self.new_invitation(by);
        let action = if reset { "password.reset" } else { "account.invited" };
        let deed = self.deed(Some(holder.account), action, &id, &json!({}));
        self.store().invite(holder.organisation, id, &kept, reset, deed).await?;
        self.0.holders.forget(id);
        Ok(invitation)
    }

    /// Sets the password of whoever was invited, and signs them in. Whoever was signed in as them before is no more.
    ///
    /// # Errors
    /// `SignInRefused` where the invitation is not good, `InvalidInput` for a password that is too easy.
    pub async fn accept_invitation(&self, shown: &str, password: &str, name: &str) -> Result<SignedIn> {
        let (organisation, hash) = secret::read(Kind::Invitation, shown).ok_or_else(not_good)?;
        let account = self.store().invited(organisation, hash, self.device().now()).await?.ok_or_else(not_good)?;
        let password = self.hashed(password, &account.email).await?;
        let (secret, token) = self.sign_in_token(organisation, account.id, name);
        let deed = self.deed(Some(account.id), "invitation.accepted", &account.id, &json!({ "token": token.id, "name": token.name }));
        if !self.store().accept(organisation, hash, &password, &token, deed).await? {
            return Err(not_good());
        }
        self.0.holders.forget(account.id);
        self.0.guesses.forget_all(&account.email);
        Ok(SignedIn { secret, expires_at: token.expires_at, account })
    }

    /// A new invitation: what is kept of it, and what is shown.
    pub(super) fn new_invitation(&self, by: &Admin) -> (NewInvitation, Invitation) {
        let secret = Secret::of_kind(Kind::Invitation, by.holder().organisation, self.device());
        let created_at = self.device().now();
        let expires_at = Millis(created_at.0 + GOOD_MS);
        (NewInvitation { hash: secret.hash(), created_at, expires_at }, Invitation { secret, expires_at })
    }
}

fn not_good() -> Error {
    Error::new(Code::SignInRefused, "This invitation is not right, was used already, or has ended. Ask for a new one.")
}
