//! Tokens: what somebody shows instead of a password. One of a sign-in may do all that its owner may; a personal one, for a program or the window of a laptop, all but
//! see to tokens and passwords.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use sellme_core::{
    Code, DAY_MS, Error, Millis,
    company::{Account, Holder, TokenInfo, TokenKind},
    error::Result,
    id::{OrganisationId, TokenId, UserId},
};
use sellme_store::company::NewToken;
use serde_json::json;

use super::{
    Company, Secret, SignedIn,
    people::named,
    secret::{self, Kind},
};
use crate::device::new_id;

/// How long somebody stays signed in, in milliseconds: thirty days.
const SIGNED_IN_MS: i64 = 30 * DAY_MS;

/// For how many days a personal token is good: at most, and where nothing is said.
const MOST_DAYS: u32 = 366;
const USUAL_DAYS: u32 = 90;

/// How many personal tokens somebody has at most.
const MOST_PERSONAL: u32 = 50;

/// How often somebody is signed in at most: with the next time, the oldest ends.
const MOST_SIGNED_IN: u32 = 50;

/// Most tokens that are remembered.
const REMEMBERED: usize = 4_096;

/// A personal token that was just made.
#[derive(Debug)]
pub struct PersonalToken {
    /// What is shown this once.
    pub secret: Secret,
    /// What is known of it from now on.
    pub info: TokenInfo,
}

/// Whom the tokens stand for that were shown lately. Nothing is remembered where other processes may end a token.
#[derive(Debug)]
pub(super) struct Holders(Option<Mutex<Held>>);

#[derive(Debug, Default)]
struct Held {
    holders: HashMap<[u8; 32], Holder>,
    /// How often tokens were ended: what was looked up before the last time may be one of them.
    ended: u64,
}

impl Holders {
    pub(super) fn new(alone: bool) -> Self {
        Self(alone.then(Mutex::default))
    }

    fn get(&self, hash: &[u8; 32], now: Millis) -> Option<Holder> {
        let held = self.0.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
        held.holders.get(hash).filter(|holder| holder.expires_at > now).cloned()
    }

    /// How often tokens were ended so far, to be asked before one is looked up.
    fn ended(&self) -> u64 {
        self.0.as_ref().map_or(0, |held| held.lock().unwrap_or_else(PoisonError::into_inner).ended)
    }

    /// Remembers what was looked up, unless a token was ended meanwhile: it could be this one.
    fn keep(&self, hash: [u8; 32], holder: &Holder, ended: u64) {
        let Some(held) = &self.0 else { return };
        let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
        if held.ended != ended {
            return;
        }
        if held.holders.len() >= REMEMBERED {
            held.holders.clear();
        }
        held.holders.insert(hash, holder.clone());
    }

    /// What is remembered of this person's tokens is looked up anew.
    pub(super) fn forget(&self, account: UserId) {
        if let Some(held) = &self.0 {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            held.ended += 1;
            held.holders.retain(|_, holder| holder.account != account);
        }
    }
}

/// That this is no personal token.
///
/// # Errors
/// `Forbidden`.
pub(super) fn signed_in(holder: &Holder) -> Result<()> {
    match holder.kind {
        TokenKind::SignIn => Ok(()),
        TokenKind::Personal => Err(Error::new(
            Code::Forbidden,
            "A personal access token cannot see to tokens and passwords. Sign in with the password for that.",
        )),
    }
}

impl Company {
    /// Whom a shown token stands for; nobody where it is unknown or has ended.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn holder(&self, shown: &str) -> Result<Option<Holder>> {
        let Some((organisation, hash)) = secret::read(Kind::Person, shown) else { return Ok(None) };
        let now = self.device().now();
        if let Some(holder) = self.0.holders.get(&hash, now) {
            return Ok(Some(holder));
        }
        let ended = self.0.holders.ended();
        let holder = self.store().holder(organisation, hash, now).await?;
        if let Some(holder) = &holder {
            self.0.holders.keep(hash, holder, ended);
        }
        Ok(holder)
    }

    /// Gives somebody a token who has proved who they are. Whoever calls this sees it to its end: what is ended in the records has to be forgotten here too.
    pub(super) async fn give_token(&self, organisation: OrganisationId, account: Account, name: &str) -> Result<SignedIn> {
        let (secret, token) = self.sign_in_token(organisation, account.id, name);
        let deed = self.deed(Some(account.id), "sign_in", &account.id, &json!({ "token": token.id, "name": token.name }));
        if self.store().sign_in(organisation, &token, MOST_SIGNED_IN, deed).await? {
            self.0.holders.forget(account.id);
        }
        Ok(SignedIn { secret, expires_at: token.expires_at, account })
    }

    /// A new token of somebody who signs in: its secret, and what is kept of it.
    pub(super) fn sign_in_token(&self, organisation: OrganisationId, account: UserId, name: &str) -> (Secret, NewToken) {
        let name = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
        self.new_token(organisation, account, TokenKind::SignIn, name, SIGNED_IN_MS)
    }

    fn new_token(&self, organisation: OrganisationId, account: UserId, kind: TokenKind, name: String, lasts_ms: i64) -> (Secret, NewToken) {
        let (now, secret) = (self.device().now(), Secret::of_kind(Kind::Person, organisation, self.device()));
        let id = TokenId(new_id(self.device()));
        let token = NewToken { hash: secret.hash(), id, account, kind, name, created_at: now, expires_at: Millis(now.0 + lasts_ms) };
        (secret, token)
    }

    /// Makes a personal token for somebody who is signed in.
    ///
    /// # Errors
    /// `Forbidden` with a personal token, `InvalidInput` that names the field, `WrongState` where there are too many.
    pub async fn make_token(&self, holder: &Holder, name: &str, days: Option<u32>) -> Result<PersonalToken> {
        signed_in(holder)?;
        let (name, days) = (named("name", name)?, days.unwrap_or(USUAL_DAYS));
        if !(1..=MOST_DAYS).contains(&days) {
            return Err(Error::invalid(format!("days: 1 to {MOST_DAYS} is wanted")));
        }
        let (organisation, account) = (holder.organisation, holder.account);
        let (secret, token) = self.new_token(organisation, account, TokenKind::Personal, name, i64::from(days) * DAY_MS);
        let deed = self.deed(Some(account), "token.created", &account, &json!({ "token": token.id, "name": token.name, "days": days }));
        if !self.store().add_personal_token(organisation, &token, MOST_PERSONAL, deed).await? {
            let message = format!("You have {MOST_PERSONAL} personal access tokens, which is the most. End one that is not used any more.");
            return Err(Error::new(Code::WrongState, message));
        }
        let NewToken { id, kind, name, created_at, expires_at, .. } = token;
        Ok(PersonalToken { secret, info: TokenInfo { id, kind, name, created_at, expires_at } })
    }

    /// The tokens of somebody that are good.
    ///
    /// # Errors
    /// Where the records do not answer.
    pub async fn tokens(&self, holder: &Holder) -> Result<Vec<TokenInfo>> {
        Ok(self.store().tokens(holder.organisation, holder.account, self.device().now()).await?)
    }

    /// Ends one of somebody's own tokens.
    ///
    /// # Errors
    /// `NotFound` where they have no such token; `Forbidden` where a personal token is to end another than itself.
    pub async fn sign_out(&self, holder: &Holder, token: TokenId) -> Result<()> {
        if token != holder.token {
            signed_in(holder)?;
        }
        let deed = self.deed(Some(holder.account), "sign_out", &holder.account, &json!({ "token": token }));
        self.store().revoke(holder.organisation, holder.account, token, deed).await?;
        self.0.holders.forget(holder.account);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sellme_core::company::Role;

    use super::*;

    #[test]
    fn a_token_that_ends_while_it_is_looked_up_is_not_remembered() {
        let holders = Holders::new(true);
        let account = UserId(uuid::Uuid::from_u128(7));
        let holder = Holder {
            organisation: OrganisationId(uuid::Uuid::nil()),
            account,
            role: Role::Trainee,
            shop: None,
            name: "Dana".into(),
            email: "dana@example.com".into(),
            token: TokenId(uuid::Uuid::nil()),
            kind: TokenKind::SignIn,
            expires_at: Millis(10),
        };
        let before = holders.ended();
        holders.forget(account);
        holders.keep([1; 32], &holder, before);
        assert_eq!(holders.get(&[1; 32], Millis(0)), None);
        holders.keep([1; 32], &holder, holders.ended());
        assert_eq!(holders.get(&[1; 32], Millis(0)), Some(holder.clone()));
        assert_eq!(holders.get(&[1; 32], Millis(10)), None, "it ends by itself too");
    }
}
